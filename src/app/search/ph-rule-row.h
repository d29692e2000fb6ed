/* ph-rule-row.h: edits one highlight rule
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
 * Signals: "changed" (): the rule was edited. "move" (int): move the row down by so many places. "remove" (): remove the row.
 * Actions: "rule.up", "rule.down", "rule.remove".
 */
GtkWidget *ph_rule_row_new (const PhRule *rule, GtkSizeGroup *modes, GtkSizeGroup *hues);
PhRule *ph_rule_row_dup_rule (PhRuleRow *row);
void ph_rule_row_set_place (PhRuleRow *row, gboolean first, gboolean last);
void ph_rule_row_focus (PhRuleRow *row);

G_END_DECLS
