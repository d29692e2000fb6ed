/* ph-session-capture.c: a session's records in a file: written while it runs, or read back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-session-capture.h"

#include "ph-capture-end.h"
#include "ph-capture-file.h"
#include "ph-session-private.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

/* ---- writing ---- */

static void
tell_failure (PhSession *session, const char *path, const GError *error)
{
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *text = g_strdup_printf (_("Cannot write the capture to %s: %s. It is kept in memory only"), name,
                                           error->message);
  PhRecord record = { .time = g_get_real_time () * 1000,
                      .length = (guint32) strlen (text),
                      .kind = PH_RECORD_ERROR,
                      .detail = (guint16) error->code };

  ph_store_post (session->store, &record, text);
}

/**
 * ph_session_begin_capture:
 * @session: a session whose worker is not there yet
 *
 * Makes the file. If that fails it is told by a record, and the capture is kept in memory.
 */
void
ph_session_begin_capture (PhSession *session)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  if (session->folder == NULL || session->spool != NULL)
    return;
  path = ph_capture_dup_new_path (session->folder);
  /* Where this fails, making the file fails too, and says why. */
  g_mkdir_with_parents (session->folder, 0700);
  session->spool = ph_spool_new (session->store, path, &error);
  if (session->spool == NULL)
    tell_failure (session, path, error);
  else
    ph_spool_set_limits (session->spool, session->file_most, session->space_least);
}

/**
 * ph_session_end_capture:
 * @session: a session without a worker
 *
 * Frees its store and its spool: what is not on file yet is written by another thread.
 */
void
ph_session_end_capture (PhSession *session)
{
  if (session->spool != NULL)
    ph_capture_end (session->spool, session->store);
  else
    ph_store_free (session->store);
  session->spool = NULL;
  session->store = NULL;
  g_clear_pointer (&session->folder, g_free);
  g_clear_pointer (&session->file, g_free);
}

/**
 * ph_session_set_capture_folder:
 * @session: a session
 * @folder: (type filename) (nullable): where a file is to be made, folder and all, when the first record comes;
 *   %NULL for memory only
 *
 * Counts for a session that has not opened or sent anything yet.
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
 * @session: a session
 * @size: bytes that the file in its capture folder may have; %G_MAXUINT64 for any number
 * @reserve: bytes that stay free on the disk
 *
 * At the limit it is told by a record, and the capture goes on in memory. Counts at once.
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
 * @session: a session that has not opened or sent anything yet
 * @path: (type filename): a file that does not exist; made now
 * @error: why not
 *
 * Returns: whether its records go there
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
 * @session: a session
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
      }

  return session->worker != NULL ? PH_CAPTURE_MEMORY : PH_CAPTURE_NONE;
}

/**
 * ph_session_get_capture_path:
 * @session: a session
 *
 * Returns: (type filename) (nullable) (transfer none): the file that is written, or was read
 */
const char *
ph_session_get_capture_path (PhSession *session)
{
  if (session->spool != NULL)
    return ph_spool_get_path (session->spool);

  return session->file;
}

/**
 * ph_session_get_spool:
 * @session: a session
 *
 * Returns: (nullable) (transfer none): what writes its file; good while the session is
 */
PhSpool *
ph_session_get_spool (PhSession *session)
{
  return session->spool;
}

/**
 * ph_session_is_paused:
 * @session: a session
 *
 * Returns: whether it takes nothing in just now because memory is full and the user wants nothing dropped
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
 * Its records are folded a little in each frame, beginning now: ph_session_is_folded() tells when that is done.
 *
 * Returns: (transfer full): a session that stays closed and never opens
 */
PhSession *
ph_session_new_from_store (PhStore *store, const char *path)
{
  PhSession *session = ph_session_new ();

  ph_store_free (session->store);
  session->store = store;
  session->file = g_strdup (path);
  ph_refresh_set_store (session->refresh, store);
  ph_refresh_wake (session->refresh);

  return session;
}

/**
 * ph_session_is_stream:
 * @session: a session
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
 * @session: a session
 *
 * Returns: whether it shows a file and can open nothing
 */
gboolean
ph_session_is_read_only (PhSession *session)
{
  return session->file != NULL;
}

/**
 * ph_session_is_folded:
 * @session: a session
 *
 * Returns: whether the counters and peers know every record that there is
 */
gboolean
ph_session_is_folded (PhSession *session)
{
  return session->fold.end >= ph_store_end (session->store);
}

/**
 * ph_session_get_missing:
 * @session: a session that was read from a file
 *
 * Returns: how many of its records so far the file does not have
 */
guint64
ph_session_get_missing (PhSession *session)
{
  return session->fold.missing;
}

/**
 * ph_session_is_damaged:
 * @session: a session
 *
 * Returns: whether it was read from a file of which records are missing, as far as is known by now; so there may have been more
 *   than what it counts
 */
gboolean
ph_session_is_damaged (PhSession *session)
{
  return ph_session_is_read_only (session) && (session->fold.missing > 0 || ph_store_is_cut (session->store));
}
