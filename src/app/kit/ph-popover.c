/* ph-popover.c: popovers that are made when they are wanted, and go when they are closed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-popover.h"

static gboolean
unparent_cb (gpointer data)
{
  g_autoptr (GtkWidget) popover = data;

  if (gtk_widget_get_parent (popover) != NULL)
    gtk_widget_unparent (popover);

  return G_SOURCE_REMOVE;
}

/* Not at once: what closes it may be an item of it that is still to be activated. */
static void
closed_cb (GtkWidget *popover)
{
  g_idle_add (unparent_cb, g_object_ref (popover));
}

/**
 * ph_popover_open_once:
 * @popover: (transfer floating): a #GtkPopover
 * @over: its parent, until it is closed
 */
void
ph_popover_open_once (GtkWidget *popover, GtkWidget *over)
{
  g_signal_connect (popover, "closed", G_CALLBACK (closed_cb), NULL);
  gtk_widget_set_parent (popover, over);
  gtk_popover_popup (GTK_POPOVER (popover));
}
