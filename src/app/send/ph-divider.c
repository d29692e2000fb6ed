/* ph-divider.c: saves and restores the divider above the send area
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-divider.h"

#include "ph-settings.h"

/* Set once the divider was restored: its position before that is not saved. */
#define PLACED "ph-divider-placed"

/* The height of the send area is saved, so it does not depend on the height of the window. */
static void
notify_position_cb (GtkPaned *paned)
{
  int height = gtk_widget_get_height (GTK_WIDGET (paned));
  int below = height - gtk_paned_get_position (paned);

  if (g_object_get_data (G_OBJECT (paned), PLACED) != NULL && height > 0)
    g_settings_set_int (ph_settings_get (), "send-area-height", CLAMP (below, 0, 16384));
}

static void
notify_max_position_cb (GtkPaned *paned)
{
  int max, wanted = g_settings_get_int (ph_settings_get (), "send-area-height");
  int height = gtk_widget_get_height (GTK_WIDGET (paned));

  g_object_get (paned, "max-position", &max, NULL);
  if (g_object_get_data (G_OBJECT (paned), PLACED) != NULL || height <= 0 || max == G_MAXINT)
    return;
  if (wanted > 0)
    gtk_paned_set_position (paned, CLAMP (height - wanted, 0, max));
  g_object_set_data (G_OBJECT (paned), PLACED, GINT_TO_POINTER (TRUE));
}

/**
 * ph_divider_remember:
 * @paned: with the send area as its end child
 */
void
ph_divider_remember (GtkPaned *paned)
{
  g_signal_connect (paned, "notify::max-position", G_CALLBACK (notify_max_position_cb), NULL);
  g_signal_connect (paned, "notify::position", G_CALLBACK (notify_position_cb), NULL);
}
