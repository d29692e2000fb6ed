/* ph-target-entry.h: a field for an address to send to that is in no list
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-message-target.h"

G_BEGIN_DECLS

#define PH_TYPE_TARGET_ENTRY (ph_target_entry_get_type ())
G_DECLARE_FINAL_TYPE (PhTargetEntry, ph_target_entry, PH, TARGET_ENTRY, GtkBox)

/*
 * Signals:
 *   "told" (const char *words): why the address is wrong; "" when it is not any more
 *   "taken" (): Enter was pressed, and the address is that of the target now
 *   "left" (gboolean focus): nothing is to be typed any more, and what takes its place gets the focus
 */
void ph_target_entry_set_target (PhTargetEntry *entry, PhMessageTarget *target);
gboolean ph_target_entry_commit (PhTargetEntry *entry);

G_END_DECLS
