/* ph-session-capture.c: the capture of a session: the file that its records are written to, or were read from
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-session-capture.h"

#include "ph-capture-end.h"
#include "ph-capture-file.h"
#include "ph-session-private.h"
#include "ph-words.h"

/* ---- writing ---- */

static void
tell_failure (PhSession *session, const char *path, const GError *error)
{
  g_autofree char *name = g_filename_display_name (path);
  PhRecord record = { .time = g_get_real_time () * 1000, .kind = PH_RECORD_ERROR, .detail = (guint16) error->code };
  PhWords words;

  ph_words_init (&words, "create", name);
  ph_words_add (&words, "cause", ph_error_get_cause (error));
  record.length = (guint32) words.length;
  ph_store_post (session->store, &record, words.bytes);
}

/**
 * ph_session_begin_capture:
 * @session: must not have a worker yet
 *
 * Prepares a file in the session's capture folder. It is made by ph_session_want_capture(); if that fails, an error record says so, and
 * the session goes on in memory. Does nothing without a folder.
 */
void
ph_session_begin_capture (PhSession *session)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  if (session->folder == NULL || session->spool != NULL)
    return;
  path = ph_capture_file_dup_new_path (session->folder);
  session->spool = ph_spool_new_later (session->store, path, &error);
  if (session->spool == NULL)
    tell_failure (session, path, error);
  else
    ph_spool_set_limits (session->spool, session->file_most, session->space_least);
}

/**
 * ph_session_want_capture:
 *
 * Has the file of ph_session_begin_capture() made, with what has happened so far: something was opened. What could not be opened is
 * worth no file, so nothing is left of it.
 */
void
ph_session_want_capture (PhSession *session)
{
  if (session->spool != NULL)
    ph_spool_begin (session->spool);
}

/**
 * ph_session_end_capture:
 * @session: must not have a worker any more
 *
 * Frees store and spool. Records that are not on file yet are written by another thread: see ph_capture_end().
 */
void
ph_session_end_capture (PhSession *session)
{
  if (session->spool != NULL || session->file != NULL || ph_store_has_threads (session->store))
    ph_capture_end (session->spool, session->store);
  else
    ph_store_free (session->store);
  session->spool = NULL;
  session->store = NULL;
  g_clear_pointer (&session->folder, g_free);
  g_clear_pointer (&session->file, g_free);
}

/**
 * ph_session_finish_capture:
 * @session: will not be opened again, and nothing is sent any more
 *
 * Ends the worker, and then the file in order; its records can still be read. Does nothing without a file. Waits for the disk, so not for
 * a program with a window.
 *
 * Returns: whether all records are on file
 */
gboolean
ph_session_finish_capture (PhSession *session)
{
  g_return_val_if_fail (PH_IS_SESSION (session), FALSE);

  if (session->spool == NULL)
    return TRUE;
  g_clear_pointer (&session->worker, ph_worker_free);
  ph_spool_end (session->spool);

  return ph_spool_get_state (session->spool) != PH_SPOOL_BROKEN;
}

/**
 * ph_session_set_capture_folder:
 * @folder: (type filename) (nullable): created if needed; %NULL for memory only
 *
 * Sets where the capture file is created when the session has opened something. Has no effect after it began to.
 */
void
ph_session_set_capture_folder (PhSession *session, const char *folder)
{
  g_return_if_fail (PH_IS_SESSION (session));

  g_free (session->folder);
  session->folder = g_strdup (folder);
}

/**
 * ph_session_set_capture_limits:
 * @size: bytes that the capture file may have; %G_MAXUINT64 for no limit
 * @reserve: bytes that are left free on the disk
 *
 * Takes effect at once. When a limit is reached a record says so, and the session goes on in memory.
 */
void
ph_session_set_capture_limits (PhSession *session, guint64 size, guint64 reserve)
{
  g_return_if_fail (PH_IS_SESSION (session));

  session->file_most = size;
  session->space_least = reserve;
  if (session->spool != NULL)
    ph_spool_set_limits (session->spool, size, reserve);
}

/**
 * ph_session_capture_to:
 * @session: must not have opened or sent anything yet
 * @path: (type filename): must not exist
 *
 * Creates a file for the records of the session at a place of the caller's choice.
 *
 * Returns: %FALSE with @error if the file cannot be created
 */
gboolean
ph_session_capture_to (PhSession *session, const char *path, GError **error)
{
  g_return_val_if_fail (PH_IS_SESSION (session), FALSE);
  g_return_val_if_fail (session->worker == NULL && session->spool == NULL && session->file == NULL, FALSE);

  session->spool = ph_spool_new (session->store, path, error);

  return session->spool != NULL;
}

/**
 * ph_session_get_capture_state:
 *
 * Returns: where its records are kept
 */
PhCaptureState
ph_session_get_capture_state (PhSession *session)
{
  if (session->file != NULL)
    return PH_CAPTURE_READ;
  if (session->spool != NULL)
    switch (ph_spool_get_state (session->spool))
      {
      case PH_SPOOL_WRITING: return PH_CAPTURE_WRITING;
      case PH_SPOOL_SLOW: return PH_CAPTURE_SLOW;
      case PH_SPOOL_BROKEN: return PH_CAPTURE_BROKEN;
      case PH_SPOOL_ABSENT:
      case PH_SPOOL_WAITING: break;
      }

  return session->worker != NULL ? PH_CAPTURE_MEMORY : PH_CAPTURE_NONE;
}

/**
 * ph_session_get_capture_path:
 *
 * Returns: (type filename) (nullable) (transfer none): the file that is being written, or was read
 */
const char *
ph_session_get_capture_path (PhSession *session)
{
  PhSpoolState state = session->spool != NULL ? ph_spool_get_state (session->spool) : PH_SPOOL_ABSENT;

  if (state != PH_SPOOL_ABSENT && state != PH_SPOOL_WAITING)
    return ph_spool_get_path (session->spool);

  return session->file;
}

/**
 * ph_session_get_spool:
 *
 * Returns: (nullable) (transfer none): the writer of its file; lives as long as the session
 */
PhSpool *
ph_session_get_spool (PhSession *session)
{
  return session->spool;
}

/**
 * ph_session_is_paused:
 *
 * Returns: whether the worker waits for memory: it is full, and the user chose that nothing is dropped
 */
gboolean
ph_session_is_paused (PhSession *session)
{
  return ph_store_get_full (session->store) == PH_STORE_PAUSE && ph_store_is_waiting (session->store);
}

/* ---- reading ---- */

/**
 * ph_session_new_from_store:
 * @store: (transfer full): from ph_store_new_from_file()
 * @path: (type filename): that file
 *
 * Makes a session of a capture file. Its records are folded a part in each frame until ph_session_is_folded().
 *
 * Returns: (transfer full): a read-only session, which cannot be opened
 */
PhSession *
ph_session_new_from_store (PhStore *store, const char *path)
{
  PhSession *session = ph_session_new ();

  ph_store_free (session->store);
  session->store = store;
  session->file = g_strdup (path);
  ph_store_set_wake (store, ph_refresh_wake, session->refresh);
  ph_refresh_set_store (session->refresh, store);
  ph_refresh_wake (session->refresh);

  return session;
}

/**
 * ph_session_is_stream:
 *
 * Returns: whether what was opened last carries streams
 */
gboolean
ph_session_is_stream (PhSession *session)
{
  return session->fold.stream;
}

/**
 * ph_session_is_read_only:
 *
 * Returns: whether it was read from a file, so that it cannot be opened
 */
gboolean
ph_session_is_read_only (PhSession *session)
{
  return session->file != NULL;
}

/**
 * ph_session_is_folded:
 *
 * Returns: whether counters and peers are complete: every record of the store is folded
 */
gboolean
ph_session_is_folded (PhSession *session)
{
  return session->fold.end >= ph_store_end (session->store);
}

/**
 * ph_session_get_missing:
 * Returns: how many records the file misses, among those folded so far; 0 for a session that was not read from a file
 */
guint64
ph_session_get_missing (PhSession *session)
{
  return session->fold.missing;
}

/**
 * ph_session_is_damaged:
 *
 * Returns: whether it was read from a file that misses records or was changed, as far as it is folded; its counters may then
 *   be too low
 */
gboolean
ph_session_is_damaged (PhSession *session)
{
  PhProofState state = ph_store_get_proof (session->store).state;

  return ph_session_is_read_only (session)
         && (session->fold.missing > 0 || ph_store_is_cut (session->store) || state == PH_PROOF_CUT || state == PH_PROOF_MISSING
             || state == PH_PROOF_CHANGED);
}
