/* ph-cli-run-end.c: what a run does when all was sent, and when nothing happens any more
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-cli-run-private.h"

/* Whether nothing is to be handed over any more. */
static gboolean
has_handed_over (PhCliRun *run)
{
  const PhCliOptions *options = run->options;
  gboolean greeted = run->greeted || !ph_cli_run_has_messages (run);
  gboolean read = run->input == NULL || (ph_cli_input_has_ended (run->input) && run->whole == NULL);

  return run->open && greeted && read && ph_cli_feeds_are_done (&run->feeds, options);
}

/* Whether the system has taken all of it. A repeat without end is never sent. */
static gboolean
has_sent (PhCliRun *run)
{
  return run->all_sent && run->busy == 0 && g_queue_is_empty (&run->pending);
}

/**
 * ph_cli_run_check_all_sent:
 *
 * To be called after each change. Tells the session once that nothing more is sent: then it need not wait for that when a peer has
 * finished. Ends what options say is to end with it.
 */
void
ph_cli_run_check_all_sent (PhCliRun *run)
{
  if (!run->all_sent && has_handed_over (run))
    {
      run->all_sent = TRUE;
      ph_session_finish_sending (run->session);
    }
  if (run->went_out || !has_sent (run))
    return;
  run->went_out = TRUE;
  if (run->options->half_close_at_end)
    ph_session_control (run->session, PH_PEER_ALL, PH_PEER_HALF_CLOSE);
  if (run->options->end_when_sent && !run->stopping)
    ph_cli_run_stop_cb (run);
}

static gint64
quiet_left (PhCliRun *run)
{
  return run->quiet_since + (gint64) (run->options->end_after_quiet * G_TIME_SPAN_SECOND) - g_get_monotonic_time ();
}

static gboolean
quiet_cb (gpointer data)
{
  PhCliRun *run = data;
  gint64 left = quiet_left (run);

  run->quiet_timer = 0;
  if (left > 0)
    run->quiet_timer = g_timeout_add ((guint) (left / 1000 + 1), quiet_cb, run);
  else
    ph_cli_run_stop_cb (run);

  return G_SOURCE_REMOVE;
}

/** ph_cli_run_not_quiet: the port was opened, or something was received or sent. */
void
ph_cli_run_not_quiet (PhCliRun *run)
{
  if (run->options->end_after_quiet < 0)
    return;
  run->quiet_since = g_get_monotonic_time ();
  if (run->quiet_timer == 0 && run->open)
    run->quiet_timer = g_timeout_add ((guint) (quiet_left (run) / 1000 + 1), quiet_cb, run);
}
