/* ph-log-rules.h: the highlight rules of the view, and a rule made of what is selected
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-log-view.h"

G_BEGIN_DECLS

/**
 * PhLogRules: the highlight rules of the view.
 * @list: (nullable) (element-type PhRule): owned; %NULL before there are any
 * @idle: a source that draws again, because there are rules that were not tried yet; or 0
 * @notice: (nullable): owned: what the user is to be told then
 */
typedef struct
{
  GPtrArray *list;
  guint idle;
  char *notice;
} PhLogRules;

void ph_log_rules_class_init (GtkWidgetClass *widget_class);
void ph_log_rules_dispose (PhLogView *self);
void ph_log_rules_apply (PhLogView *self);
void ph_log_rules_note_slow (PhLogView *self);
void ph_log_rules_go_on (PhLogView *self);
char *ph_log_rules_dup_selected (PhLogView *self, PhSearchMode *ret_mode);

G_END_DECLS
