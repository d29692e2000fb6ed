/* ph-rule-row.h: one highlight rule, edited in place
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-rules.h"

G_BEGIN_DECLS

#define PH_TYPE_RULE_ROW (ph_rule_row_get_type ())
G_DECLARE_FINAL_TYPE (PhRuleRow, ph_rule_row, PH, RULE_ROW, GtkBox)

/*
 * Signals: "changed" (): it says something else. "move" (int): it wants to go that many places down. "remove" ().
 * Actions: "rule.up", "rule.down", "rule.remove".
 */
GtkWidget *ph_rule_row_new (const PhRule *rule, GtkSizeGroup *modes, GtkSizeGroup *hues);
PhRule *ph_rule_row_dup_rule (PhRuleRow *row);
void ph_rule_row_set_place (PhRuleRow *row, gboolean first, gboolean last);
void ph_rule_row_focus (PhRuleRow *row);

G_END_DECLS
