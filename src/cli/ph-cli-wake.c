/* ph-cli-wake.c: a GSource that another thread triggers; several triggers before the dispatch are one
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
 * @func: called in the default main context after ph_cli_wake_set_off()
 *
 * Returns: (transfer full): an attached source; %G_SOURCE_REMOVE from @func destroys it
 */
GSource *
ph_cli_wake_new (GSourceFunc func, gpointer data)
{
  GSource *wake = g_source_new (&wake_funcs, sizeof (GSource));

  g_source_set_callback (wake, func, data, NULL);
  g_source_attach (wake, NULL);

  return wake;
}

/** ph_cli_wake_set_off: Any thread. Does nothing if @wake was destroyed. */
void
ph_cli_wake_set_off (GSource *wake)
{
  g_source_set_ready_time (wake, 0);
}
