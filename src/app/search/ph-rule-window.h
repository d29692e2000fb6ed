/* ph-rule-window.h: the window with the highlight rules
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define PH_TYPE_RULE_WINDOW (ph_rule_window_get_type ())
G_DECLARE_FINAL_TYPE (PhRuleWindow, ph_rule_window, PH, RULE_WINDOW, GtkWindow)

/* Action: "rules.add". */
GtkWindow *ph_rule_window_new (GtkWindow *parent);
void ph_rule_window_open (GtkWindow *parent);

G_END_DECLS
