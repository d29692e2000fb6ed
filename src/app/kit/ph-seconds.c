/* ph-seconds.c: looks again whenever a second is over, as long as there is something to look at, and then not at all
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-seconds.h"

#define GRACE 60 /* ms behind the end of a second: what was received in it has come to the main thread by then */

static void wait (PhSeconds *seconds);

static gboolean
over_cb (gpointer data)
{
  PhSeconds *seconds = data;

  seconds->source = 0;
  if (seconds->look (seconds->data))
    wait (seconds);

  return G_SOURCE_REMOVE;
}

static void
wait (PhSeconds *seconds)
{
  guint into = (guint) (g_get_real_time () / 1000 % 1000);

  if (seconds->source == 0)
    seconds->source = g_timeout_add (1000 - into + GRACE, over_cb, seconds);
}

/**
 * ph_seconds_now:
 *
 * Returns: the second that is running, since 1970
 */
gint64
ph_seconds_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/**
 * ph_seconds_begin:
 * @seconds: whose function is set
 *
 * Looks now, and goes on if there is something; where it is going on already, that is left as it is.
 */
void
ph_seconds_begin (PhSeconds *seconds)
{
  if (seconds->source == 0 && seconds->look (seconds->data))
    wait (seconds);
}

/**
 * ph_seconds_stop:
 * @seconds: does not look again until it begins again
 */
void
ph_seconds_stop (PhSeconds *seconds)
{
  g_clear_handle_id (&seconds->source, g_source_remove);
}
