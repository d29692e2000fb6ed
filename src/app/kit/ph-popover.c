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

/* GTK takes the focus out of a hidden popover with the next frame. When the popover is gone by then, the focus stays in it, and no
 * key reaches the window any more. */
static void
give_back_focus (GtkWidget *popover, GtkWidget *before)
{
  GtkRoot *root = gtk_widget_get_root (popover);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, popover))
    return;
  if (before == NULL || !gtk_widget_get_mapped (before) || !gtk_widget_grab_focus (before))
    gtk_root_set_focus (root, NULL);
}

/* What closes it may be an item of it that is still to be activated: it goes later.
 * @before: a weak reference */
static void
closed_cb (GtkWidget *popover, GWeakRef *before)
{
  g_autoptr (GtkWidget) widget = g_weak_ref_get (before);

  give_back_focus (popover, widget);
  g_idle_add (unparent_cb, g_object_ref (popover));
}

static void
weak_ref_free (gpointer data, GClosure *closure)
{
  g_weak_ref_clear (data);
  g_free (data);
}

/**
 * ph_popover_open_once:
 * @popover: (transfer floating): a #GtkPopover
 * @over: its parent, until it is closed
 *
 * When it is closed the focus goes back to where it was.
 */
void
ph_popover_open_once (GtkWidget *popover, GtkWidget *over)
{
  GtkRoot *root = gtk_widget_get_root (over);
  GWeakRef *before = g_new0 (GWeakRef, 1);

  g_weak_ref_init (before, root != NULL ? gtk_root_get_focus (root) : NULL);
  g_signal_connect_data (popover, "closed", G_CALLBACK (closed_cb), before, weak_ref_free, 0);
  gtk_widget_set_parent (popover, over);
  gtk_popover_popup (GTK_POPOVER (popover));
}
