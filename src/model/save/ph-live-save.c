/* ph-live-save.c: what a session records goes into files while it goes on: the side of the main thread
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-saver.h"

#include "ph-session-private.h"

struct _PhLiveSave
{
  PhSession *session; /* borrowed */
  gulong handler;
  PhSaver *saver;
};

static void
advanced_cb (PhSession *session, PhLiveSave *self)
{
  ph_saver_advance (self->saver, ph_session_get_end (session));
}

static void
tell_name_cb (const PhRecord *record, const char *text, gpointer names)
{
  ph_names_record (names, record, (const guint8 *) text);
}

/* A save that begins in the middle needs the names of the peers, and what is bound. */
static void
tell_what_was_before (PhLiveSave *self)
{
  PhSession *session = self->session;
  PhStore *store = ph_session_get_store (session);
  guint64 end = ph_session_get_end (session), number;

  ph_store_begin_read (store);
  number = ph_store_number (store, end) - 1;
  ph_store_end_read (store);
  ph_saver_begin_at (self->saver, end, number);
  ph_names_foreach (ph_session_get_names (session), tell_name_cb, ph_saver_get_names (self->saver));
  if (ph_session_get_local (session) != NULL)
    ph_saver_tell_open (self->saver, ph_session_get_local (session), ph_session_get_remote (session));
}

/**
 * ph_live_save_new:
 * @session: must outlive the save
 * @spec: copied; what its form owns is given away, also where this fails
 *
 * Saves what is recorded from now on. That a file was begun, and errors of the disk, are records of the session (`action=save`). Main thread.
 *
 * Returns: (transfer full) (nullable): %NULL with @error if the pattern is wrong, or the system starts no thread
 */
PhLiveSave *
ph_live_save_new (PhSession *session, const PhLiveSaveSpec *spec, GError **error)
{
  PhLiveSave *self = g_new0 (PhLiveSave, 1);

  self->session = session;
  self->saver = ph_saver_new (ph_session_get_store (session), spec, error);
  if (self->saver != NULL)
    tell_what_was_before (self);
  if (self->saver == NULL || !ph_saver_start (self->saver, error))
    {
      g_clear_pointer (&self->saver, ph_saver_unref);
      g_free (self);
      return NULL;
    }
  self->handler = g_signal_connect (session, "advanced", G_CALLBACK (advanced_cb), self);

  return self;
}

static void
stop (PhLiveSave *self, gboolean wait)
{
  ph_saver_advance (self->saver, ph_store_end (ph_session_get_store (self->session)));
  ph_saver_stop (self->saver, wait);
}

/**
 * ph_live_save_free:
 *
 * Ends the save. What there is by now is written by its thread; see ph_live_save_end_all(). Main thread; waits for nothing.
 */
void
ph_live_save_free (PhLiveSave *self)
{
  g_signal_handler_disconnect (self->session, self->handler);
  stop (self, FALSE);
  ph_saver_unref (self->saver);
  g_free (self);
}

/**
 * ph_live_save_finish:
 *
 * Ends the save, but for ph_live_save_free(). Waits for the disk, so not for a program with a window.
 *
 * Returns: whether all records are in the files; else ph_live_save_get_status() says more
 */
gboolean
ph_live_save_finish (PhLiveSave *self)
{
  g_auto (PhLiveSaveStatus) status = { 0 };

  stop (self, TRUE);
  ph_saver_get_status (self->saver, &status);

  return status.missing == 0 && status.failure == NULL;
}

/** ph_live_save_get_status: Main thread. */
void
ph_live_save_get_status (PhLiveSave *self, PhLiveSaveStatus *ret_status)
{
  ph_saver_get_status (self->saver, ret_status);
}

/** ph_live_save_status_clear: Frees the fields, not @status. */
void
ph_live_save_status_clear (PhLiveSaveStatus *status)
{
  g_clear_pointer (&status->path, g_free);
  g_clear_pointer (&status->failure, g_free);
}

/** ph_live_save_end_all: Waits until all saves that were ended are on disk. Called before the program ends. */
void
ph_live_save_end_all (void)
{
  ph_saver_wait_all ();
}
