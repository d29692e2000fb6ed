/* ph-capture-memory.c: writes the records that a session has in memory as a capture file
 *
 * Records are numbered anew from 0, so that those that memory dropped do not count as missing in the file. The records that say what
 * was opened, and what the numbers of peers and destinations stand for, may have been dropped too. They are made anew from what the
 * session knows, and come first.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-capture-memory.h"

#include <string.h>

#include "ph-session-private.h"

/* A record that is made anew. */
typedef struct
{
  PhRecord record; /* a time of 0 means that of the first record */
  guint8 *payload;
} Name;

struct _PhCaptureMemory
{
  GPtrArray *held; /* of PhBlock: all chunks; NULL where one is written */
  guint64 first;  /* the first record that was neither cleared nor dropped */
  gint64 time;    /* of that record: times must not decrease in a file, or jumping to a time would fail */
  GArray *names;  /* of Name */
};

/* The chunk that is being filled, and the job that writes it. */
typedef struct
{
  PhSaveJob *job;
  PhChunk *chunk;
} Out;

static void
name_clear (gpointer data)
{
  g_free (((Name *) data)->payload);
}

static void
add_name_cb (const PhRecord *record, const char *text, gpointer names)
{
  Name name = { *record, (guint8 *) g_strdup (text) };

  name.record.length = (guint32) MIN (strlen (text), PH_STORE_PAYLOAD_MAX);
  g_array_append_val ((GArray *) names, name);
}

/* By kind: the opening first, destinations last. Then by number: a peer that is named later counts as newer. */
static int
compare_names_cb (gconstpointer a, gconstpointer b)
{
  const PhRecord *left = &((const Name *) a)->record, *right = &((const Name *) b)->record;

  if (left->kind != right->kind)
    return left->kind < right->kind ? -1 : 1;

  return left->peer < right->peer ? -1 : left->peer > right->peer;
}

/**
 * ph_capture_memory_new:
 * @session: outlives what is returned
 *
 * Copies what only the main thread may read: opening, peers and destinations. Main thread.
 *
 * Returns: (transfer full): for ph_capture_memory_write()
 */
PhCaptureMemory *
ph_capture_memory_new (PhSession *session)
{
  PhCaptureMemory *memory = g_new0 (PhCaptureMemory, 1);
  PhStore *store = ph_session_get_store (session);
  const PhFoldOpening *opening;
  const PhRecord *record;

  memory->held = ph_store_hold_unwritten (store);
  ph_store_begin_read (store);
  memory->first = ph_session_get_first (session);
  record = ph_store_get (store, memory->first, NULL);
  memory->time = record != NULL ? record->time : g_get_real_time () * 1000;
  ph_store_end_read (store);
  memory->names = g_array_new (FALSE, FALSE, sizeof (Name));
  g_array_set_clear_func (memory->names, name_clear);
  opening = ph_fold_get_opening (&session->fold, memory->first);
  if (opening != NULL)
    {
      Name name = { opening->record, g_memdup2 (opening->payload, opening->record.length) };

      g_array_append_val (memory->names, name);
    }
  if (memory->first > 0)
    ph_names_foreach (ph_session_get_names (session), add_name_cb, memory->names);
  g_array_sort (memory->names, compare_names_cb);

  return memory;
}

void
ph_capture_memory_free (PhCaptureMemory *memory)
{
  g_ptr_array_unref (memory->held);
  g_array_unref (memory->names);
  g_free (memory);
}

/* Writes the chunk and begins the next one. */
static gboolean
flush (Out *out, gboolean last, GError **error)
{
  guint64 shown = out->chunk->shown;
  guint64 number = out->chunk->number + 1, next = out->chunk->first_seq + out->chunk->count;

  /* Only the first chunk is written when it is empty: a file without any chunk is no capture. */
  if (out->chunk->count == 0 && out->chunk->number > 0)
    return TRUE;
  ph_proof_seal (out->chunk, last);
  if (!ph_save_job_write (out->job, out->chunk, PH_CHUNK_SIZE, error))
    return FALSE;
  shown += ph_chunk_count_shown (out->chunk, 0, out->chunk->count);
  memset (out->chunk, 0, PH_CHUNK_SIZE);
  ph_chunk_init (out->chunk, number, next);
  out->chunk->shown = shown;

  return TRUE;
}

/* Appends a record to the chunk, or to a new one if it has no room. */
static gboolean
put (Out *out, const PhRecord *record, gconstpointer payload, GError **error)
{
  PhChunk *chunk = out->chunk;
  PhRecord *place;

  if (PH_CHUNK_SIZE - chunk->count * sizeof (PhRecord) - chunk->used < record->length + sizeof (PhRecord) && !flush (out, FALSE, error))
    return FALSE;
  place = ph_chunk_record (chunk, chunk->count);
  *place = *record;
  place->offset = chunk->used;
  if (record->length > 0)
    memcpy ((guint8 *) chunk + chunk->used, payload, record->length);
  chunk->used += record->length;
  chunk->count++;

  return TRUE;
}

static gboolean
put_names (PhCaptureMemory *memory, Out *out, GError **error)
{
  for (guint i = 0; i < memory->names->len; i++)
    {
      const Name *name = &g_array_index (memory->names, Name, i);
      PhRecord record = name->record;

      record.time = record.time != 0 ? record.time : memory->time;
      if (!put (out, &record, name->payload, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
put_block (PhCaptureMemory *memory, Out *out, PhBlock *block, GError **error)
{
  const PhChunk *chunk = ph_block_get_chunk (block);
  guint32 count = ph_block_count (block);

  for (guint32 i = 0; i < count; i++)
    {
      const PhRecord *record = ph_chunk_record (chunk, i);

      if (chunk->first_seq + i >= memory->first && !put (out, record, (const guint8 *) chunk + record->offset, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * ph_capture_memory_write:
 * @memory: from ph_capture_memory_new()
 * @job: writes it
 *
 * Writes the records that the store had when @memory was made, and what the newest chunk has got since. The job's thread.
 *
 * Returns: %FALSE with @error if the job failed or was cancelled
 */
gboolean
ph_capture_memory_write (PhCaptureMemory *memory, PhSaveJob *job, GError **error)
{
  g_autofree PhChunk *chunk = g_try_malloc0 (PH_CHUNK_SIZE);
  Out out = { job, chunk };

  if (chunk == NULL)
    return ph_error_no_memory (error);
  ph_chunk_init (chunk, 0, 0);
  if (!put_names (memory, &out, error))
    return FALSE;
  for (guint i = 0; i < memory->held->len; i++)
    {
      g_autoptr (PhBlock) block = g_steal_pointer (&g_ptr_array_index (memory->held, i));

      if (!put_block (memory, &out, block, error))
        return FALSE;
      ph_save_job_set_progress (job, i, memory->held->len);
    }

  return flush (&out, TRUE, error);
}
