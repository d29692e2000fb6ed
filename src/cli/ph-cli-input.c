/* ph-cli-input.c: lines of standard input, read without blocking the main thread
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-cli-input.h"

#include "ph-cli-wake.h"
#include "ph-plat-stdio.h"
#include "ph-thread.h"

#include <string.h>

#define READ_SIZE (64u * 1024u)

/* Data of both threads; reference counted. */
typedef struct
{
  GMutex mutex;
  GCond cond;       /* the queue has room again, or @unwanted was set */
  GQueue chunks;    /* of #GBytes */
  gsize waiting;    /* bytes in @chunks */
  gboolean ended;   /* end of input, or a read failed */
  gboolean unwanted;/* the main thread has freed its side */
  GSource *news;    /* wakes the main thread; destroyed by it */
} Shared;

struct _PhCliInput
{
  Shared *shared;
  GSource *news;

  GString *text;  /* bytes taken from the chunks; [start, len) are not given out yet */
  gsize start;
  gsize searched; /* no line end between @start and this */
};

static void
shared_clear (gpointer data)
{
  Shared *shared = data;

  g_queue_clear_full (&shared->chunks, (GDestroyNotify) g_bytes_unref);
  g_source_unref (shared->news);
  g_mutex_clear (&shared->mutex);
  g_cond_clear (&shared->cond);
}

static void
shared_release (Shared *shared)
{
  g_atomic_rc_box_release_full (shared, shared_clear);
}

/* ---- the reading thread ---- */

/* Blocks while the queue is full. Returns FALSE if the main thread wants no more. */
static gboolean
push_chunk (Shared *shared, GBytes *chunk)
{
  gboolean wanted;

  g_mutex_lock (&shared->mutex);
  while (shared->waiting >= PH_CLI_INPUT_WAITING && !shared->unwanted)
    g_cond_wait (&shared->cond, &shared->mutex);
  g_queue_push_tail (&shared->chunks, chunk);
  shared->waiting += g_bytes_get_size (chunk);
  wanted = !shared->unwanted;
  g_mutex_unlock (&shared->mutex);
  ph_cli_wake_set_off (shared->news);

  return wanted;
}

static gpointer
read_all (gpointer data)
{
  Shared *shared = data;
  gboolean wanted = TRUE;
  gssize got;

  while (wanted)
    {
      guint8 *buffer = g_malloc (READ_SIZE);

      got = ph_plat_stdio_read (buffer, READ_SIZE);
      if (got <= 0)
        {
          g_free (buffer);
          break;
        }
      wanted = push_chunk (shared, g_bytes_new_take (g_realloc (buffer, (gsize) got), (gsize) got));
    }
  g_mutex_lock (&shared->mutex);
  shared->ended = TRUE;
  g_mutex_unlock (&shared->mutex);
  ph_cli_wake_set_off (shared->news);
  shared_release (shared);

  return NULL;
}

/* ---- the main thread ---- */

/**
 * ph_cli_input_new:
 * @func: called in the main loop when there may be another line; must return %G_SOURCE_CONTINUE
 *
 * Starts the reading thread. To be called once in a program.
 *
 * Returns: (transfer full) (nullable): %NULL with @error if the system starts no thread
 */
PhCliInput *
ph_cli_input_new (GSourceFunc func, gpointer data, GError **error)
{
  PhCliInput *input = g_new0 (PhCliInput, 1);
  Shared *shared = g_atomic_rc_box_new0 (Shared);

  g_mutex_init (&shared->mutex);
  g_cond_init (&shared->cond);
  g_queue_init (&shared->chunks);
  shared->news = ph_cli_wake_new (func, data);

  input->shared = shared;
  input->news = g_source_ref (shared->news);
  input->text = g_string_new (NULL);
  if (ph_thread_run ("input", read_all, g_atomic_rc_box_acquire (shared), error))
    return input;
  shared_release (shared);
  ph_cli_input_free (input);

  return NULL;
}

/** ph_cli_input_free: Does not wait for the reading thread, which may be blocked in a read. */
void
ph_cli_input_free (PhCliInput *input)
{
  g_source_destroy (input->news);
  g_source_unref (input->news);
  g_mutex_lock (&input->shared->mutex);
  input->shared->unwanted = TRUE;
  g_cond_signal (&input->shared->cond);
  g_mutex_unlock (&input->shared->mutex);
  shared_release (input->shared);
  g_string_free (input->text, TRUE);
  g_free (input);
}

/* Appends the next chunk to the text. Returns FALSE if there is none yet, or none any more: @ret_ended says which. */
static gboolean
take_chunk (PhCliInput *input, gboolean *ret_ended)
{
  Shared *shared = input->shared;
  g_autoptr (GBytes) chunk = NULL;

  g_mutex_lock (&shared->mutex);
  chunk = g_queue_pop_head (&shared->chunks);
  if (chunk != NULL)
    shared->waiting -= g_bytes_get_size (chunk);
  *ret_ended = shared->ended;
  g_cond_signal (&shared->cond);
  g_mutex_unlock (&shared->mutex);
  if (chunk == NULL)
    return FALSE;

  g_string_erase (input->text, 0, (gssize) input->start);
  input->searched -= input->start;
  input->start = 0;
  g_string_append_len (input->text, g_bytes_get_data (chunk, NULL), (gssize) g_bytes_get_size (chunk));

  return TRUE;
}

/* Where to cut a line that is too long: not inside a UTF-8 character or a line end. */
static gsize
part_length (const char *text)
{
  gsize length = PH_CLI_LINE_MAX;

  if (text[length - 1] == '\r')
    return length - 1;
  for (guint i = 0; i < 4 && ((guint8) text[length] & 0xC0) == 0x80; i++)
    length--;

  return ((guint8) text[length] & 0xC0) == 0x80 ? PH_CLI_LINE_MAX : length;
}

static void
give (PhCliInput *input, GString *line, gsize length)
{
  g_string_truncate (line, 0);
  g_string_append_len (line, input->text->str + input->start, (gssize) length);
  input->start += length;
  input->searched = input->start;
}

/**
 * ph_cli_input_next:
 * @line: gets the next line with its LF, if it has one; may hold any bytes, also NUL
 * @ret_end: (out): what ended the line
 *
 * Returns: %FALSE if there is no line yet, or none any more; then @line is unchanged
 */
gboolean
ph_cli_input_next (PhCliInput *input, GString *line, PhCliLineEnd *ret_end)
{
  gboolean ended = FALSE;

  for (;;)
    {
      const char *text = input->text->str;
      gsize length = input->text->len;
      const char *end = memchr (text + input->searched, '\n', length - input->searched);

      if (end != NULL && (gsize) (end - text) - input->start <= PH_CLI_LINE_MAX)
        {
          give (input, line, (gsize) (end - text) - input->start + 1);
          *ret_end = PH_CLI_LINE_ENDED;
          return TRUE;
        }
      if (length - input->start > PH_CLI_LINE_MAX)
        {
          give (input, line, part_length (text + input->start));
          *ret_end = PH_CLI_LINE_PART;
          return TRUE;
        }
      input->searched = length;
      if (take_chunk (input, &ended))
        continue;
      if (!ended || input->start == length)
        return FALSE;
      give (input, line, length - input->start);
      *ret_end = PH_CLI_LINE_LAST;
      return TRUE;
    }
}

/** ph_cli_input_has_ended: Returns: whether ph_cli_input_next() has given the last line, and the input is at its end */
gboolean
ph_cli_input_has_ended (PhCliInput *input)
{
  Shared *shared = input->shared;
  gboolean ended;

  g_mutex_lock (&shared->mutex);
  ended = shared->ended && g_queue_is_empty (&shared->chunks) && input->start == input->text->len;
  g_mutex_unlock (&shared->mutex);

  return ended;
}
