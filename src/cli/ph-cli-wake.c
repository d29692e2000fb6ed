/* ph-cli-wake.c: a source that another thread sets off, however often before it is dispatched
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-cli-wake.h"

static gboolean
wake_dispatch (GSource *source, GSourceFunc func, gpointer data)
{
  g_source_set_ready_time (source, -1);

  return func (data);
}

static GSourceFuncs wake_funcs = { .dispatch = wake_dispatch };

/**
 * ph_cli_wake_new:
 * @func: called in the default main context
 * @data: for @func
 *
 * Returns: (transfer full): a source that is attached and sleeps
 */
GSource *
ph_cli_wake_new (GSourceFunc func, gpointer data)
{
  GSource *wake = g_source_new (&wake_funcs, sizeof (GSource));

  g_source_set_callback (wake, func, data, NULL);
  g_source_attach (wake, NULL);

  return wake;
}

/**
 * ph_cli_wake_set_off:
 * @wake: from ph_cli_wake_new(), maybe destroyed meanwhile
 *
 * Any thread.
 */
void
ph_cli_wake_set_off (GSource *wake)
{
  g_source_set_ready_time (wake, 0);
}
