/* ph-save-records.c: records of a session as text or bytes: what a save job writes
 *
 * What is saved is what there was when it was asked for, while the session goes on. Chunks on file are read one at a time. Those that are
 * in memory only are held from the beginning, so that the memory limit takes none of them, and the writer waits for nobody.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-save-records.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ph-session-private.h"

#define WRITE_AT (64u * 1024u) /* bytes of text that are written together */

typedef struct
{
  PhSession *session; /* its reference is dropped on the main thread */
  PhStore *store;     /* borrowed from it */
  guint64 first, end; /* the records that are chosen */
  PhSearch *only;     /* nullable: of those, only what matches */
  GPtrArray *held;    /* of PhBlock, NULL where one is done: the chunks that are in memory only, from this one on: */
  guint64 held_first;
  guint64 chunk_first, chunk_last; /* chunks to look at: one before the first record is among them, for what it cuts */

  PhExport *export;
  PhNames *names;
  GString *text;
  guint64 number; /* of the last record, counted from 1 */
  guint64 next;   /* the record that is expected */
  gboolean gap;   /* it was not there */
} Records;

static void
records_free (gpointer content)
{
  Records *self = content;

  g_ptr_array_unref (self->held);
  g_clear_pointer (&self->only, ph_search_free);
  ph_export_free (self->export);
  ph_names_free (self->names);
  g_string_free (self->text, TRUE);
  g_object_unref (self->session);
  g_free (self);
}

/* ---- on the job's thread ---- */

static gboolean
flush (Records *self, PhSaveJob *job, GError **error)
{
  gboolean written = ph_save_job_write (job, self->text->str, self->text->len, error);

  g_string_truncate (self->text, 0);

  return written;
}

/* The chunk of that number: NULL if it is gone, or cannot be read. */
static PhBlock *
take_block (Records *self, guint64 number)
{
  if (number >= self->held_first && number - self->held_first < self->held->len)
    return g_steal_pointer (&g_ptr_array_index (self->held, number - self->held_first));

  return ph_store_hold (self->store, number);
}

/* One bit for each of the first @n records: whether it matches. NULL with @error if the job was cancelled. */
static guint64 *
search_block (Records *self, PhSaveJob *job, const PhChunk *chunk, guint32 n, GError **error)
{
  g_autofree guint64 *bits = g_new0 (guint64, (n + 63) / 64);

  if (ph_search_chunk (self->only, chunk, 0, n, ph_save_job_get_stop (job), bits))
    return g_steal_pointer (&bits);
  ph_save_job_goes_on (job, error);

  return NULL;
}

static gboolean
write_block (Records *self, PhSaveJob *job, PhBlock *block, GError **error)
{
  const PhChunk *chunk = ph_block_get_chunk (block);
  guint32 n = (guint32) MIN (ph_block_count (block), self->end - MIN (chunk->first_seq, self->end));
  g_autofree guint64 *bits = NULL;

  if (n > 0 && self->only != NULL && (bits = search_block (self, job, chunk, n, error)) == NULL)
    return FALSE;
  self->gap |= chunk->first_seq > self->next;
  self->next = MAX (self->next, chunk->first_seq + n);
  /* Behind a gap it is the header that knows. Numbers never go back. */
  self->number = MAX (self->number, chunk->shown);
  for (guint32 i = 0; i < n; i++)
    {
      const PhRecord *record = ph_chunk_record (chunk, i);
      const guint8 *payload = (const guint8 *) chunk + record->offset;
      gboolean chosen = chunk->first_seq + i >= self->first && (bits == NULL || (bits[i / 64] >> i % 64 & 1) != 0);

      ph_names_record (self->names, record, payload);
      self->number += !ph_record_is_silent (record);
      (chosen ? ph_export_record : ph_export_pass) (self->export, self->number, self->names, record, payload);
      if (self->text->len >= WRITE_AT && !flush (self, job, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
records_write (PhSaveJob *job, gpointer content, GError **error)
{
  Records *self = content;

  self->next = self->first;
  for (guint64 number = self->chunk_first; number <= self->chunk_last && self->first < self->end; number++)
    {
      g_autoptr (PhBlock) block = take_block (self, number);

      if (!ph_save_job_goes_on (job, error) || (block != NULL && !write_block (self, job, block, error)))
        return FALSE;
      ph_save_job_set_progress (job, number - self->chunk_first, self->chunk_last + 1 - self->chunk_first);
    }
  self->gap |= self->next < self->end;
  ph_export_finish (self->export);

  return flush (self, job, error);
}

/* ---- on the main thread ---- */

static char *
records_dup_failure (const char *place, const char *why)
{
  return g_strdup_printf (_("Cannot save as %s: %s"), place, why);
}

static char *
records_dup_remark (gpointer content)
{
  return ((Records *) content)->gap ? g_strdup (_("Records that could not be read are missing in it.")) : NULL;
}

const PhSaveContent ph_save_records = {
  .write = records_write,
  .free = records_free,
  .dup_remark = records_dup_remark,
  .dup_failure = records_dup_failure,
};

static void
tell_name_cb (const PhRecord *record, const char *text, gpointer names)
{
  ph_names_record (names, record, (const guint8 *) text);
}

/* The records that say who the peers are, and what was bound, are not among those that are looked at. */
static void
tell_what_was_before (Records *self)
{
  const PhFold *fold = &self->session->fold;
  const PhFoldOpening *opening = ph_fold_get_opening (fold, self->first);
  const char *local = ph_names_get_local (fold->names);
  g_auto (GStrv) locals = NULL;

  ph_names_foreach (fold->names, tell_name_cb, self->names);
  if (local == NULL || opening == NULL || opening->seq != g_array_index (fold->opened, PhFoldOpening, fold->opened->len - 1).seq)
    return;
  locals = g_strsplit (local, PH_NAMES_AND, 2);
  for (guint i = 0; locals[i] != NULL; i++)
    {
      const PhRecord open = { .kind = PH_RECORD_OPEN, .length = (guint32) strlen (locals[i]) };

      ph_export_pass (self->export, 0, self->names, &open, (const guint8 *) locals[i]);
    }
}

/**
 * ph_save_records_new:
 * @session: a reference is kept
 * @form: copied
 * @first: the first record to save
 * @end: one after the last record: at most ph_session_get_end()
 * @only: (nullable) (transfer full): of these, only what matches is saved
 *
 * Main thread.
 *
 * Returns: (transfer full): for ph_save_job_start(), with #ph_save_records
 */
gpointer
ph_save_records_new (PhSession *session, const PhExportForm *form, guint64 first, guint64 end, PhSearch *only)
{
  Records *self = g_new0 (Records, 1);

  self->session = g_object_ref (session);
  self->store = ph_session_get_store (session);
  self->first = MAX (first, ph_store_first (self->store));
  self->end = end;
  self->only = only;
  self->held = ph_store_hold_unwritten (self->store);
  if (self->held->len > 0)
    self->held_first = ph_block_get_chunk (g_ptr_array_index (self->held, 0))->number;
  self->chunk_first = ph_store_chunk_of (self->store, self->first);
  self->chunk_last = ph_store_chunk_of (self->store, MAX (end, 1) - 1);
  if (ph_store_chunk_first (self->store, self->chunk_first) > 0 && self->chunk_first > 0)
    self->chunk_first--;
  self->text = g_string_new (ph_format_get_head (form->format));
  self->export = ph_export_new (form, self->text);
  self->names = ph_names_new (PH_LIMIT_PEERS, NULL, NULL);
  if (ph_store_chunk_first (self->store, self->chunk_first) > 0)
    tell_what_was_before (self);

  return self;
}
