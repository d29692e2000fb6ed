/* ph-saver.c: the thread of a live save: follows a store, formats its records and writes them
 *
 * The store is its queue: what cannot be written stays there, so the memory of a save is the same however much arrives.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-saver.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#include "ph-marks.h"
#include "ph-save-files.h"
#include "ph-thread.h"

#define MAY_WRITE 2 /* W_OK, which not every system has by that name */

struct _PhSaver
{
  int refs; /* atomic: the thread's and the owner's */

  GMutex mutex; /* guards what follows */
  GCond cond;
  guint64 end;       /* the records before it are to be written */
  gboolean finished; /* nothing comes behind @end */
  gboolean done;     /* the thread has ended */
  PhLiveSaveStatus status;

  /* The thread's own, once it runs. */
  PhStore *store; /* has a reference for the time of the thread */
  char *folder;
  PhNamePattern *pattern;
  PhSaveFiles *files;
  PhExport *export;
  GString *out;    /* of the export: one piece */
  GString *before; /* text of an opening, until there is an address for the name of its file */
  PhNames *names;
  PhBlock *block; /* nullable: the chunk of @next */
  char *remote;   /* nullable: of a client */
  PhExportSides sides;
  gboolean per_peer, opened;
  gboolean checked; /* the folder can be written */
  gboolean broken;  /* the last write failed */
  gboolean gap;     /* records before @next are lost */
  gboolean stream;  /* what was received last came by a stream, whose peer can be slowed down */
  guint64 next;
  guint64 number;    /* of the last record that is shown, counted from 1 */
  guint64 unwritten; /* records since the last write */
  guint64 missing, told_missing;
  gint64 told_at;    /* when, by the monotonic clock; 0: not yet */
};

/* Threads that have not ended. */
static GMutex all_mutex;
static GCond all_cond;
static guint n_running;

/* ---- telling ---- */

static void
post (PhSaver *self, PhRecordKind kind, PhError code, const char *path, const char *cause, guint64 count)
{
  g_autofree char *name = g_filename_display_name (path != NULL ? path : self->folder);
  PhRecord record = { .time = g_get_real_time () * 1000, .kind = (guint8) kind, .detail = (guint16) code };
  PhWords words;

  ph_words_init (&words, "save", name);
  ph_words_add (&words, "cause", cause);
  if (count > 0)
    ph_words_add_number (&words, "count", count);
  record.length = (guint32) words.length;
  ph_store_post (self->store, &record, words.bytes);
}

static void
told_cb (gpointer data, const char *path, gboolean gone)
{
  post (data, PH_RECORD_NOTE, PH_ERROR_NONE, path, gone ? "moved" : "begun", 0);
}

static void
tell_missing (PhSaver *self)
{
  if (self->missing == self->told_missing)
    return;
  post (self, PH_RECORD_ERROR, PH_ERROR_LIMIT, ph_save_files_get_path (self->files), "gap", self->missing - self->told_missing);
  self->told_missing = self->missing;
  self->told_at = g_get_monotonic_time ();
}

/* A slow disk loses something all the time: it is told no more than once in PH_SAVER_RETRY. */
static gboolean
may_tell (PhSaver *self)
{
  return self->told_at == 0 || g_get_monotonic_time () - self->told_at >= PH_SAVER_RETRY;
}

/* ---- records ---- */

/* The first of two addresses, which an endpoint without a local address is bound to. */
static void
note_open (PhSaver *self, const char *local, const char *remote)
{
  g_free (self->remote);
  self->remote = g_strdup (remote);
  ph_save_files_set_local (self->files, local);
  self->opened = TRUE;
}

/* Whose file gets it: NULL for that of all. */
static const char *
owner_of (PhSaver *self, const PhRecord *record, const char *peer)
{
  if (!self->per_peer)
    return self->remote;
  if (record->peer == PH_PEER_ALL)
    return "all";

  return peer != NULL ? peer : "unknown";
}

static void
piece_cb (gpointer data, const PhRecord *record, const char *peer)
{
  PhSaver *self = data;
  const char *owner = owner_of (self, record, peer);

  if (self->per_peer && record->peer == PH_PEER_NONE && !ph_record_is_data (record))
    g_string_truncate (self->out, 0);
  else if (!self->opened && self->before->len < PH_SAVER_TEXT_MOST)
    g_string_append_len (self->before, self->out->str, (gssize) self->out->len);
  else if (self->opened)
    {
      if (self->before->len > 0)
        ph_save_files_add (self->files, owner, record->time, self->before->str, self->before->len);
      g_string_truncate (self->before, 0);
      ph_save_files_add (self->files, owner, record->time, self->out->str, self->out->len);
    }
  g_string_truncate (self->out, 0);
}

/* That a file was begun is told to who looks at the session, and not to who reads the file. */
static gboolean
is_wanted (const PhSaver *self, const PhRecord *record, const guint8 *payload)
{
  PhWords words;

  if (record->kind == PH_RECORD_OUT)
    return (self->sides & PH_EXPORT_SENT) != 0;
  if (record->kind == PH_RECORD_IN)
    return (self->sides & PH_EXPORT_RECEIVED) != 0;
  if (record->kind != PH_RECORD_NOTE)
    return TRUE;
  ph_words_read (&words, payload, record->length);

  return g_strcmp0 (ph_words_get (&words, "action"), "save") != 0;
}

static void
save_record (PhSaver *self, const PhRecord *record, const guint8 *payload)
{
  gboolean wanted = is_wanted (self, record, payload);

  ph_names_record (self->names, record, payload);
  if (record->kind == PH_RECORD_OPENING)
    {
      self->opened = FALSE;
      g_string_truncate (self->before, 0);
    }
  if (record->kind == PH_RECORD_OPEN && !self->opened)
    {
      g_autofree char *local = ph_marks_dup ((const char *) payload, record->length, PH_MARKS_NAME_MAX);

      note_open (self, local, record->peer != PH_PEER_NONE ? ph_names_get_peer (self->names, record->peer) : NULL);
    }
  if (record->kind == PH_RECORD_IN)
    self->stream = (record->flags & PH_RECORD_STREAM) != 0;
  self->opened |= ph_record_is_data (record); /* where the record of the opening is lost */
  self->number += !ph_record_is_silent (record);
  self->unwritten += wanted && !ph_record_is_silent (record);
  (wanted ? ph_export_record : ph_export_pass) (self->export, self->number, self->names, record, payload);
}

/* Behind a gap the header of the chunk knows the number, and so how many are lost. */
static void
end_gap (PhSaver *self, const PhChunk *chunk)
{
  guint64 before = chunk->shown + ph_chunk_count_shown (chunk, 0, (guint32) (self->next - chunk->first_seq));

  self->gap = FALSE;
  if (before <= self->number)
    return;
  self->missing += before - self->number;
  self->number = before;
}

/* Formats records up to @end, as many as are written together. */
static void
take_some (PhSaver *self, guint64 end)
{
  for (guint n = 0; self->next < end && n < PH_SAVER_RECORDS_MOST && ph_save_files_get_waiting (self->files) < PH_SAVER_TEXT_MOST; n++)
    {
      const PhChunk *chunk = ph_store_hold_for (self->store, self->next, &self->block);
      const PhRecord *record;

      if (chunk == NULL)
        {
          self->gap = TRUE;
          self->next = MIN (ph_store_step_over (self->store, self->next), end);
          continue;
        }
      if (self->gap)
        end_gap (self, chunk);
      record = ph_chunk_record (chunk, (guint32) (self->next - chunk->first_seq));
      save_record (self, record, (const guint8 *) chunk + record->offset);
      self->next++;
    }
}

/* ---- writing ---- */

static gboolean
check_folder (PhSaver *self, GError **error)
{
  PhError code = PH_ERROR_NONE;

  if (!g_file_test (self->folder, G_FILE_TEST_IS_DIR))
    code = g_file_test (self->folder, G_FILE_TEST_EXISTS) ? PH_ERROR_NO_FOLDER : PH_ERROR_NO_FILE;
  else if (g_access (self->folder, MAY_WRITE) != 0)
    code = PH_ERROR_FILE_DENIED;
  self->checked = code == PH_ERROR_NONE;
  if (!self->checked)
    ph_error_set (error, code, NULL, ph_error_why (code));

  return self->checked;
}

static void
set_broken (PhSaver *self, const GError *error)
{
  const char *path = ph_save_files_get_path (self->files);

  if (self->broken == (error != NULL))
    return;
  self->broken = error != NULL;
  if (self->broken)
    post (self, PH_RECORD_ERROR, (PhError) error->code, path, ph_error_get_cause (error), 0);
  else
    post (self, PH_RECORD_NOTE, PH_ERROR_NONE, path, "again", 0);
}

static void
publish (PhSaver *self, const GError *error)
{
  const char *path = ph_save_files_get_path (self->files);

  g_mutex_lock (&self->mutex);
  if (g_strcmp0 (self->status.path, path) != 0)
    {
      g_free (self->status.path);
      self->status.path = g_strdup (path);
    }
  self->status.size = ph_save_files_get_size (self->files);
  self->status.total = ph_save_files_get_total (self->files);
  self->status.files = ph_save_files_get_count (self->files);
  self->status.missing = self->missing;
  g_clear_pointer (&self->status.failure, g_free);
  if (error != NULL)
    {
      g_autofree char *name = g_filename_display_name (path != NULL ? path : self->folder);

      self->status.failure = g_strdup_printf (_("Cannot save to %s: %s"), name, error->message);
    }
  g_mutex_unlock (&self->mutex);
}

static void
write_all (PhSaver *self)
{
  g_autoptr (GError) error = NULL;

  if ((self->checked || check_folder (self, &error)) && ph_save_files_flush (self->files, &error))
    self->unwritten = 0;
  set_broken (self, error);
  if (!self->broken && may_tell (self))
    tell_missing (self);
  publish (self, error);
}

/* What a stream brings waits for the disk: the store fills up, and then TCP slows the peer down. A disk that takes nothing stops
 * nobody, and the senders of datagrams cannot be slowed down: what does not fit into memory is lost then, and told. */
static void
keep_unsaved (PhSaver *self)
{
  g_mutex_lock (&self->mutex);
  ph_store_keep_from (self->store, PH_STORE_SAVER, self->stream && !self->broken && !self->finished ? self->next : G_MAXUINT64);
  g_mutex_unlock (&self->mutex);
}

/* ---- the thread ---- */

/* Sleeps until there is something to write, or a write that failed is to be tried again. Returns whether it goes on after that. */
static gboolean
wait_for_work (PhSaver *self, guint64 *ret_end)
{
  gint64 until = g_get_monotonic_time () + PH_SAVER_RETRY;
  gboolean finished;

  g_mutex_lock (&self->mutex);
  while (!self->finished && (self->broken || self->next >= self->end))
    if (!self->broken && self->missing == self->told_missing)
      g_cond_wait (&self->cond, &self->mutex);
    else if (!g_cond_wait_until (&self->cond, &self->mutex, until))
      break;
  *ret_end = self->end;
  finished = self->finished;
  g_mutex_unlock (&self->mutex);

  return !finished;
}

/* What is left when nothing more is written is lost, and told. */
static void
count_the_rest (PhSaver *self, guint64 end)
{
  if (self->broken)
    self->missing += self->unwritten + (end - MIN (self->next, end));
  tell_missing (self);
  g_mutex_lock (&self->mutex);
  self->status.missing = self->missing;
  g_mutex_unlock (&self->mutex);
}

static void
ended (PhSaver *self)
{
  g_clear_pointer (&self->block, ph_block_release);
  g_clear_pointer (&self->files, ph_save_files_free);
  ph_store_unref (self->store);
  g_mutex_lock (&self->mutex);
  self->done = TRUE;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
  ph_saver_unref (self);
  g_mutex_lock (&all_mutex);
  n_running--;
  g_cond_broadcast (&all_cond);
  g_mutex_unlock (&all_mutex);
}

static gpointer
run (gpointer data)
{
  PhSaver *self = data;
  gboolean goes_on;
  guint64 end;

  write_all (self); /* an error of the folder is told at once */
  do
    {
      goes_on = wait_for_work (self, &end);
      do
        {
          take_some (self, end);
          write_all (self);
          keep_unsaved (self);
        }
      while (!self->broken && self->next < end);
    }
  while (goes_on);
  if (!self->broken)
    {
      ph_export_finish (self->export);
      write_all (self);
    }
  count_the_rest (self, end);
  ended (self);

  return NULL;
}

/* ---- the owner ---- */

/**
 * ph_saver_new:
 * @store: must live until the thread has ended: see ph_store_ref()
 *
 * Returns: (transfer full) (nullable): one whose thread does not run yet; %NULL with @error if the pattern is wrong
 */
PhSaver *
ph_saver_new (PhStore *store, const PhLiveSaveSpec *spec, GError **error)
{
  PhSaver *self = g_new0 (PhSaver, 1);
  PhExportForm form = spec->form;
  PhSaveFilesPlan plan = { .folder = spec->folder, .every = spec->every, .per_peer = spec->per_peer, .told = told_cb, .data = self };

  self->refs = 1;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  form.piece_func = piece_cb;
  form.piece_data = self;
  self->out = g_string_new (NULL);
  self->before = g_string_new (NULL);
  self->export = ph_export_new (&form, self->out);
  self->names = ph_names_new (PH_LIMIT_PEERS, NULL, NULL);
  self->store = store;
  self->folder = g_strdup (spec->folder);
  self->sides = form.sides;
  self->per_peer = spec->per_peer;
  self->pattern = ph_name_pattern_new (spec->pattern, NULL, error);
  if (self->pattern == NULL)
    {
      ph_saver_unref (self);
      return NULL;
    }
  plan.pattern = self->pattern;
  plan.head = ph_format_get_head (form.format);
  self->files = ph_save_files_new (&plan);

  return self;
}

/**
 * ph_saver_begin_at:
 * @seq: the first record that is saved
 * @number: of the last one before it that is shown
 *
 * Before ph_saver_start().
 */
void
ph_saver_begin_at (PhSaver *self, guint64 seq, guint64 number)
{
  self->next = self->end = seq;
  self->number = number;
}

/** ph_saver_get_names: Returns: what is to be told of peers that were known before. Before ph_saver_start() */
PhNames *
ph_saver_get_names (PhSaver *self)
{
  return self->names;
}

/**
 * ph_saver_tell_open:
 * @local: what was bound before: one address, or two with %PH_NAMES_AND between them
 * @remote: (nullable): what a client is connected to
 *
 * Before ph_saver_start().
 */
void
ph_saver_tell_open (PhSaver *self, const char *local, const char *remote)
{
  g_auto (GStrv) locals = g_strsplit (local, PH_NAMES_AND, 2);

  for (guint i = 0; locals[i] != NULL; i++)
    {
      const PhRecord open = { .kind = PH_RECORD_OPEN, .length = (guint32) strlen (locals[i]) };

      ph_export_pass (self->export, 0, self->names, &open, (const guint8 *) locals[i]);
    }
  note_open (self, locals[0], remote);
}

/** ph_saver_start: Returns: %FALSE with @error if the system starts no thread */
gboolean
ph_saver_start (PhSaver *self, GError **error)
{
  ph_store_ref (self->store);
  g_atomic_int_inc (&self->refs);
  g_mutex_lock (&all_mutex);
  n_running++;
  g_mutex_unlock (&all_mutex);
  if (ph_thread_run ("save", run, self, error))
    return TRUE;
  g_mutex_lock (&all_mutex);
  n_running--;
  g_mutex_unlock (&all_mutex);
  g_atomic_int_add (&self->refs, -1);
  ph_store_unref (self->store);

  return FALSE;
}

/**
 * ph_saver_advance:
 * @end: the records before it are to be written
 */
void
ph_saver_advance (PhSaver *self, guint64 end)
{
  g_mutex_lock (&self->mutex);
  if (end > self->end)
    {
      self->end = end;
      g_cond_signal (&self->cond);
    }
  g_mutex_unlock (&self->mutex);
}

/**
 * ph_saver_stop:
 * @wait: until all is written, or cannot be
 *
 * Writes what was announced, and ends the thread.
 */
void
ph_saver_stop (PhSaver *self, gboolean wait)
{
  g_mutex_lock (&self->mutex);
  self->finished = TRUE;
  ph_store_keep_from (self->store, PH_STORE_SAVER, G_MAXUINT64); /* the disk may hang */
  g_cond_signal (&self->cond);
  while (wait && !self->done)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);
}

/** ph_saver_get_status: Any thread. */
void
ph_saver_get_status (PhSaver *self, PhLiveSaveStatus *ret_status)
{
  g_mutex_lock (&self->mutex);
  *ret_status = self->status;
  ret_status->path = g_strdup (self->status.path);
  ret_status->failure = g_strdup (self->status.failure);
  g_mutex_unlock (&self->mutex);
}

/** ph_saver_unref: the last reference frees it. */
void
ph_saver_unref (PhSaver *self)
{
  if (!g_atomic_int_dec_and_test (&self->refs))
    return;
  g_clear_pointer (&self->block, ph_block_release);
  g_clear_pointer (&self->files, ph_save_files_free);
  g_clear_pointer (&self->pattern, ph_name_pattern_free);
  ph_export_free (self->export);
  ph_names_free (self->names);
  g_string_free (self->out, TRUE);
  g_string_free (self->before, TRUE);
  g_free (self->folder);
  g_free (self->remote);
  ph_live_save_status_clear (&self->status);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self);
}

/** ph_saver_wait_all: waits until the threads of all that were stopped have ended. Before the program ends. */
void
ph_saver_wait_all (void)
{
  g_mutex_lock (&all_mutex);
  while (n_running > 0)
    g_cond_wait (&all_cond, &all_mutex);
  g_mutex_unlock (&all_mutex);
}
