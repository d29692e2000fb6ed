/* ph-direction.c: addresses and hex run from left to right, also in a window that runs from right to left
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-direction.h"

/**
 * ph_direction_keep_label:
 * @label: shows an address, or what was typed
 *
 * “[::1]:80” has no letter that would tell its direction. Words of a language that runs from right to left still do so.
 * The label stays at the side where the window's lines begin.
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
 * As forms have it elsewhere too: what is typed begins at the left, what is hinted at where the language begins.
 */
void
ph_direction_keep_entry (GtkEditable *entry)
{
  gtk_widget_set_direction (GTK_WIDGET (gtk_editable_get_delegate (entry)), GTK_TEXT_DIR_LTR);
}
