/* ph-captures-here.c: the list of this user's captures, which all tabs share, with the limits set in the preferences
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-captures-here.h"

#include "ph-capture-end.h"
#include "ph-live-save.h"
#include "ph-save-job.h"
#include "ph-settings.h"

#define FIRST_LOOK 3 /* seconds after the start, so that it does not slow the start down */

static PhCaptures *captures;
static guint first_look;

static void
set_limits (void)
{
  GSettings *settings = ph_settings_get ();

  ph_captures_set_limits (captures, (guint64) g_settings_get_uint (settings, "captures-size") << 30,
                          g_settings_get_uint (settings, "captures-days"));
}

static gboolean
refresh_cb (gpointer unused)
{
  first_look = 0;
  if (captures == NULL)
    return G_SOURCE_REMOVE;
  set_limits ();
  ph_captures_refresh (captures);

  return G_SOURCE_REMOVE;
}

/**
 * ph_captures_here:
 *
 * The list is refreshed, which deletes what is over the limits, soon after the first call, while captures grow, and when one ends.
 * Main thread.
 *
 * Returns: (transfer none): the captures in the user's cache folder
 */
PhCaptures *
ph_captures_here (void)
{
  g_autofree char *folder = NULL;

  if (captures != NULL)
    return captures;
  folder = ph_capture_file_dup_folder ();
  captures = ph_captures_new (folder);
  set_limits ();
  g_signal_connect_object (ph_settings_get (), "changed::captures-size", G_CALLBACK (refresh_cb), captures, G_CONNECT_SWAPPED);
  ph_capture_end_watch (refresh_cb, NULL);
  first_look = g_timeout_add_seconds (FIRST_LOOK, refresh_cb, NULL);

  return captures;
}

/**
 * ph_captures_here_end:
 *
 * Called when the program ends, after all windows are gone. Waits until all captures are on disk, and removes the file of the one
 * that was deleted last.
 */
void
ph_captures_here_end (void)
{
  ph_capture_end_watch (NULL, NULL);
  ph_save_job_end_all ();
  ph_live_save_end_all ();
  ph_capture_end_wait ();
  g_clear_handle_id (&first_look, g_source_remove);
  if (captures != NULL)
    ph_captures_end (captures);
  g_clear_object (&captures);
}
