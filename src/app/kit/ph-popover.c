/* ph-popover.c: popovers that give the focus back, and some that are made when they are wanted, and go when they are closed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-popover.h"

#define FOCUS_BEFORE "ph-focus-before" /* what had the focus when the popover was opened */

static void
map_cb (GtkWidget *popover)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (popover));

  if (focus != NULL && !gtk_widget_is_ancestor (focus, popover))
    g_object_set_data_full (G_OBJECT (popover), FOCUS_BEFORE, g_object_ref (focus), g_object_unref);
}

static gboolean
give_back_again_cb (gpointer data)
{
  GtkWidget *before = data;
  GtkRoot *root = gtk_widget_get_root (before);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && gtk_widget_get_mapped (before) && gtk_widget_get_ancestor (focus, GTK_TYPE_MENU_BUTTON) != NULL)
    gtk_widget_grab_focus (before);

  return G_SOURCE_REMOVE;
}

/* Who has led the focus elsewhere meanwhile, keeps it there. */
static void
give_back_cb (GtkWidget *popover)
{
  g_autoptr (GtkWidget) before = g_object_steal_data (G_OBJECT (popover), FOCUS_BEFORE);
  GtkRoot *root = gtk_widget_get_root (popover);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, popover))
    return;
  if (before == NULL || !gtk_widget_get_mapped (before) || !gtk_widget_grab_focus (before))
    gtk_root_set_focus (root, NULL);
  else if (GTK_IS_MENU_BUTTON (gtk_widget_get_parent (popover)))
    /* A menu button of GTK 4.18 takes the focus when this has been told. The next key comes after. */
    g_idle_add_full (G_PRIORITY_HIGH, give_back_again_cb, g_object_ref (before), g_object_unref);
}

/**
 * ph_popover_return_focus:
 * @popover: a #GtkPopover
 *
 * Gives the focus back, each time @popover is closed, to what had it before. GTK takes it out of a hidden popover with the next
 * frame only, and gives it to the first child of the parent. When the popover is gone by then, the focus stays in it, and no key
 * reaches the window any more.
 */
void
ph_popover_return_focus (GtkWidget *popover)
{
  g_return_if_fail (GTK_IS_POPOVER (popover));

  g_signal_connect (popover, "map", G_CALLBACK (map_cb), NULL);
  g_signal_connect (popover, "closed", G_CALLBACK (give_back_cb), NULL);
}

static gboolean
unparent_cb (gpointer data)
{
  g_autoptr (GtkWidget) popover = data;

  if (gtk_widget_get_parent (popover) != NULL)
    gtk_widget_unparent (popover);

  return G_SOURCE_REMOVE;
}

/* What closes it may be an item of it that is still to be activated: it goes later. */
static void
closed_cb (GtkWidget *popover)
{
  g_idle_add (unparent_cb, g_object_ref (popover));
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
  ph_popover_return_focus (popover);
  g_signal_connect (popover, "closed", G_CALLBACK (closed_cb), NULL);
  gtk_widget_set_parent (popover, over);
  gtk_popover_popup (GTK_POPOVER (popover));
}
