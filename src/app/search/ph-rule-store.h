/* ph-rule-store.h: the highlight rules in the settings, which all tabs share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-rules.h"

G_BEGIN_DECLS

#define PH_RULE_STORE_KEY "highlight-rules"

GPtrArray *ph_rule_store_dup (void);
void ph_rule_store_set (const GPtrArray *rules);
gboolean ph_rule_store_add (PhSearchMode mode, const char *pattern);

G_END_DECLS
