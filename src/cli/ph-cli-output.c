/* ph-cli-output.c: the thread that prints what a session records
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-cli-output.h"

#include "ph-cli-wake.h"
#include "ph-endpoint.h"
#include "ph-thread.h"

#define PRINT_AT_MOST (64u * 1024u) /* bytes to format before they are written */
#define WORDS_MOST (64u * 1024u)    /* bytes for standard error that wait before it counts as full */

struct _PhCliOutput
{
  const PhCliOptions *options; /* borrowed */
  PhStore *store;              /* borrowed */

  GThread *thread;
  GSource *news; /* wakes the main thread */

  GMutex mutex; /* never held while printing; guards all that follow */
  GCond cond;
  guint64 end;         /* of the records that may be printed */
  gboolean finished;   /* nothing comes after @end */
  GString *words;      /* for standard error */
  gboolean done;       /* the thread prints nothing any more */
  PhCliPrinted result; /* of the last write */

  /* The thread's own. */
  PhCliPrinter *printer;
  PhNames *names;
  PhBlock *block; /* nullable: the chunk of @next */
  guint64 next;
  guint64 number; /* of the last record that was printed, counted from 1 */
  guint64 received;
  gboolean closed; /* CLOSED was printed */
};

/* ---- the thread ---- */

/* Records behind CLOSED are errors of messages that were still pending, and --count limits what is received: neither is printed. */
static gboolean
is_wanted (PhCliOutput *self, const PhRecord *record)
{
  const guint64 count = self->options->count;

  return !self->closed && (record->kind != PH_RECORD_IN || count == 0 || self->received++ < count);
}

static void
print_record (PhCliOutput *self, const PhRecord *record, const guint8 *payload, PhCliPrinted *printed)
{
  ph_names_record (self->names, record, payload);
  if (!is_wanted (self, record))
    return;
  self->number += !ph_record_is_silent (record);
  if (ph_cli_printer_bytes (self->printer, record, payload, printed))
    return;
  ph_cli_printer_record (self->printer, self->number, self->names, record, payload);
  self->closed = record->kind == PH_RECORD_CLOSED;
}

/* Formats records, up to PRINT_AT_MOST bytes of text, or writes the bytes of many. */
static PhCliPrinted
format_some (PhCliOutput *self, guint64 end)
{
  PhCliPrinted printed = PH_CLI_PRINTED;

  while (printed == PH_CLI_PRINTED && self->next < end && ph_cli_printer_waiting (self->printer) < PRINT_AT_MOST)
    {
      const PhChunk *chunk = ph_store_hold_for (self->store, self->next, &self->block);
      const PhRecord *record;

      if (chunk == NULL)
        {
          self->next = MIN (ph_store_step_over (self->store, self->next), end);
          continue;
        }
      record = ph_chunk_record (chunk, (guint32) (self->next - chunk->first_seq));
      print_record (self, record, (const guint8 *) chunk + record->offset, &printed);
      self->next++;
      if (self->next == chunk->first_seq + ph_chunk_count (chunk) || self->next == end)
        ph_store_keep_from (self->store, PH_STORE_PRINTER, self->next);
    }

  return printed;
}

/* Sleeps until there is something to print. FALSE at the end. */
static gboolean
wait_for_work (PhCliOutput *self, guint64 *ret_end, char **ret_words)
{
  gboolean work;

  g_mutex_lock (&self->mutex);
  while (self->next == self->end && self->words->len == 0 && !self->finished)
    g_cond_wait (&self->cond, &self->mutex);
  work = self->next < self->end || self->words->len > 0;
  *ret_end = self->end;
  if (work)
    {
      *ret_words = g_strndup (self->words->str, self->words->len);
      g_string_truncate (self->words, 0);
    }
  g_mutex_unlock (&self->mutex);

  return work;
}

static void
stop (PhCliOutput *self, PhCliPrinted result)
{
  g_clear_pointer (&self->block, ph_block_release);
  g_mutex_lock (&self->mutex);
  self->done = TRUE;
  self->result = result;
  g_mutex_unlock (&self->mutex);
  ph_store_keep_from (self->store, PH_STORE_PRINTER, G_MAXUINT64);
  ph_cli_wake_set_off (self->news);
}

static gpointer
run (gpointer data)
{
  PhCliOutput *self = data;
  PhCliPrinted printed = PH_CLI_PRINTED;
  char *words = NULL;
  guint64 end;

  while (printed == PH_CLI_PRINTED && wait_for_work (self, &end, &words))
    {
      printed = format_some (self, end); /* the line "open" comes before anything else */
      if (*words != '\0')
        {
          g_printerr ("%s", words);
          ph_cli_wake_set_off (self->news); /* it is not full any more */
        }
      g_free (words);
      if (printed == PH_CLI_PRINTED)
        printed = ph_cli_printer_flush (self->printer);
      ph_store_keep_from (self->store, PH_STORE_PRINTER, self->next);
    }
  stop (self, printed);

  return NULL;
}

/* ---- the main thread ---- */

/**
 * ph_cli_output_new:
 * @options: borrowed; must outlive the output
 * @store: borrowed; must outlive the output
 * @func: called in the main loop when it is done, or not full any more; must return %G_SOURCE_CONTINUE
 * @error: there is no thread to be had
 *
 * From now on the store keeps what is not printed yet.
 *
 * Returns: (transfer full) (nullable)
 */
PhCliOutput *
ph_cli_output_new (const PhCliOptions *options, PhStore *store, GSourceFunc func, gpointer data, GError **error)
{
  g_autoptr (PhCliOutput) self = g_new0 (PhCliOutput, 1);

  self->options = options;
  self->store = store;
  self->words = g_string_new (NULL);
  self->printer = ph_cli_printer_new (options);
  self->names = ph_names_new (PH_LIMIT_PEERS, NULL, NULL);
  self->news = ph_cli_wake_new (func, data);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  ph_store_keep_from (store, PH_STORE_PRINTER, 0);
  self->thread = ph_thread_new ("output", run, self, error);

  return self->thread != NULL ? g_steal_pointer (&self) : NULL;
}

/** ph_cli_output_free: Waits until all is printed that was announced. */
void
ph_cli_output_free (PhCliOutput *output)
{
  ph_cli_output_finish (output);
  if (output->thread != NULL)
    g_thread_join (output->thread);
  g_printerr ("%s", output->words->str); /* where standard output has failed */
  g_source_destroy (output->news);
  g_source_unref (output->news);
  ph_cli_printer_free (output->printer);
  ph_names_free (output->names);
  g_string_free (output->words, TRUE);
  g_mutex_clear (&output->mutex);
  g_cond_clear (&output->cond);
  g_free (output);
}

/**
 * ph_cli_output_advance:
 * @end: the records before it may be printed
 */
void
ph_cli_output_advance (PhCliOutput *output, guint64 end)
{
  g_mutex_lock (&output->mutex);
  output->end = end;
  g_cond_signal (&output->cond);
  g_mutex_unlock (&output->mutex);
}

/** ph_cli_output_finish: Says that nothing more is to come: when all is printed, the output is done. */
void
ph_cli_output_finish (PhCliOutput *output)
{
  g_mutex_lock (&output->mutex);
  output->finished = TRUE;
  g_cond_signal (&output->cond);
  g_mutex_unlock (&output->mutex);
}

/**
 * ph_cli_output_say:
 * @form: as for printf(), with the line feed
 *
 * Prints words to standard error, without waiting for it.
 */
void
ph_cli_output_say (PhCliOutput *output, const char *form, ...)
{
  va_list args;

  va_start (args, form);
  g_mutex_lock (&output->mutex);
  g_string_append_vprintf (output->words, form, args);
  g_cond_signal (&output->cond);
  g_mutex_unlock (&output->mutex);
  va_end (args);
}

/**
 * ph_cli_output_is_full:
 *
 * Returns: whether so many words wait for standard error that no more should be said
 */
gboolean
ph_cli_output_is_full (PhCliOutput *output)
{
  gboolean full;

  g_mutex_lock (&output->mutex);
  full = output->words->len >= WORDS_MOST;
  g_mutex_unlock (&output->mutex);

  return full;
}

/**
 * ph_cli_output_is_done:
 * @ret_printed: (out): why, if it is done
 *
 * Returns: whether all is printed, or printing has failed
 */
gboolean
ph_cli_output_is_done (PhCliOutput *output, PhCliPrinted *ret_printed)
{
  gboolean done;

  g_mutex_lock (&output->mutex);
  done = output->done;
  if (done)
    *ret_printed = output->result;
  g_mutex_unlock (&output->mutex);

  return done;
}
