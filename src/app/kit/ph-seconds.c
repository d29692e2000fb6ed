/* ph-seconds.c: calls a function at the end of each second, until the function says that it is not needed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-seconds.h"

#define GRACE 60 /* ms after the end of a second: by then the main thread has all records of that second */

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
 * Returns: the present second, in s since 1970
 */
gint64
ph_seconds_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/**
 * ph_seconds_begin:
 * @seconds: must have a function
 *
 * Calls the function now, and then each second while it returns %TRUE. Does nothing if it is going on already. Main thread.
 */
void
ph_seconds_begin (PhSeconds *seconds)
{
  if (seconds->source == 0 && seconds->look (seconds->data))
    wait (seconds);
}

/**
 * ph_seconds_stop:
 *
 * Ends the calls, until ph_seconds_begin(). Must be called before the memory of @seconds is freed.
 */
void
ph_seconds_stop (PhSeconds *seconds)
{
  g_clear_handle_id (&seconds->source, g_source_remove);
}
