/* ph-direction.c: keeps addresses and hex from left to right in a window that runs from right to left
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-direction.h"

/**
 * ph_direction_keep_label:
 * @label: shows an address, or something that the user typed
 *
 * Sets the direction of text that has no letters, such as “[::1]:80”. Letters of a language that runs from right to left still do. The
 * label stays aligned to the side where lines of the window begin.
 */
void
ph_direction_keep_label (GtkLabel *label)
{
  gtk_widget_set_direction (GTK_WIDGET (label), GTK_TEXT_DIR_LTR);
  if (gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL)
    gtk_label_set_xalign (label, 1 - gtk_label_get_xalign (label));
}

/**
 * ph_direction_keep_entry:
 * @entry: for an address or a port
 *
 * Typed text begins at the left. The placeholder still begins where the language begins, as in forms elsewhere.
 */
void
ph_direction_keep_entry (GtkEditable *entry)
{
  gtk_widget_set_direction (GTK_WIDGET (gtk_editable_get_delegate (entry)), GTK_TEXT_DIR_LTR);
}
