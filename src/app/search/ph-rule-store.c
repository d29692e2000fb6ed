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
 * Returns: (transfer full) (element-type PhRule): the rules
 */
GPtrArray *
ph_rule_store_dup (void)
{
  g_autoptr (GVariant) value = g_settings_get_value (ph_settings_get (), PH_RULE_STORE_KEY);

  return ph_rules_parse (value);
}

/**
 * ph_rule_store_set:
 * @rules: (element-type PhRule): what holds from now on, in every tab
 */
void
ph_rule_store_set (const GPtrArray *rules)
{
  g_settings_set_value (ph_settings_get (), PH_RULE_STORE_KEY, ph_rules_serialise (rules));
}

/**
 * ph_rule_store_add:
 * @mode: how to look
 * @pattern: for what
 *
 * Returns: %FALSE if there is no room for another rule
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
