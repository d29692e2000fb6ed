/* ph-checked-entry.h: a field for a text that is taken if it is right, and else stays out of force, marked, with the reason below
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define PH_TYPE_CHECKED_ENTRY (ph_checked_entry_get_type ())
G_DECLARE_FINAL_TYPE (PhCheckedEntry, ph_checked_entry, PH, CHECKED_ENTRY, GtkBox)

/**
 * PhCheckedEntryFunc:
 * @typed: without blanks around, and without what an input method writes otherwise
 *
 * Takes a text over.
 *
 * Returns: %FALSE with @error if it is wrong
 */
typedef gboolean (*PhCheckedEntryFunc) (gpointer data, const char *typed, GError **error);

/*
 * Properties:
 *   "label" (string): the accessible name
 *   "width-chars" (int)
 */
void ph_checked_entry_set_text (PhCheckedEntry *entry, const char *text);
void ph_checked_entry_set_func (PhCheckedEntry *entry, PhCheckedEntryFunc func, gpointer data);

G_END_DECLS
