/* ph-rule-store.c: the highlight rules in the settings, which all tabs share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-rule-store.h"

#include "ph-settings.h"

/**
 * ph_rule_store_dup:
 *
 * Main thread.
 *
 * Returns: (transfer full) (element-type PhRule): a copy of the rules
 */
GPtrArray *
ph_rule_store_dup (void)
{
  g_autoptr (GVariant) value = g_settings_get_value (ph_settings_get (), PH_RULE_STORE_KEY);

  return ph_rules_parse (value);
}

/**
 * ph_rule_store_set:
 * @rules: (element-type PhRule)
 *
 * Replaces all rules, for every tab.
 */
void
ph_rule_store_set (const GPtrArray *rules)
{
  g_settings_set_value (ph_settings_get (), PH_RULE_STORE_KEY, ph_rules_serialise (rules));
}

/**
 * ph_rule_store_add:
 * Adds a rule: see ph_rules_add().
 *
 * Returns: %FALSE if there are too many rules or the pattern is too long
 */
gboolean
ph_rule_store_add (PhSearchMode mode, const char *pattern)
{
  g_autoptr (GPtrArray) rules = ph_rule_store_dup ();

  if (!ph_rules_add (rules, mode, pattern))
    return FALSE;
  ph_rule_store_set (rules);

  return TRUE;
}
