/* ph-rules.c: the highlight rules, and the form in which the settings keep them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-rules.h"

#include <glib/gi18n.h>
#include <string.h>

/* Ids of modes and colours stand in the settings of users, so they never change. */
static const char *const kinds[] = { [PH_SEARCH_TEXT] = "text", [PH_SEARCH_HEX] = "hex", [PH_SEARCH_REGEX] = "regex" };

static const struct
{
  const char *id, *name;
} hues[PH_N_HUES] = {
  [PH_HUE_YELLOW] = { "yellow", N_("Yellow") }, [PH_HUE_ORANGE] = { "orange", N_("Orange") },
  [PH_HUE_RED] = { "red", N_("Red") },          [PH_HUE_PINK] = { "pink", N_("Pink") },
  [PH_HUE_PURPLE] = { "purple", N_("Purple") }, [PH_HUE_BLUE] = { "blue", N_("Blue") },
  [PH_HUE_TEAL] = { "teal", N_("Teal") },       [PH_HUE_GREEN] = { "green", N_("Green") },
};

const char *
ph_hue_id (PhHue hue)
{
  return hues[hue].id;
}

/**
 * ph_hue_name:
 *
 * Returns: (transfer none): the translated name
 */
const char *
ph_hue_name (PhHue hue)
{
  return _(hues[hue].name);
}

/* ---- a rule ---- */

/**
 * ph_rule_new:
 * @pattern: copied; not longer than %PH_RULE_PATTERN_MAX
 *
 * Returns: (transfer full): a rule that is on, ignores case and colours only the match
 */
PhRule *
ph_rule_new (PhSearchMode mode, const char *pattern, PhHue hue)
{
  PhRule *rule = g_new0 (PhRule, 1);

  *rule = (PhRule) { .on = TRUE, .mode = mode, .pattern = g_strdup (pattern), .hue = hue };

  return rule;
}

void
ph_rule_free (PhRule *rule)
{
  g_free (rule->pattern);
  g_free (rule);
}

/**
 * ph_rule_compile:
 * @charset: the encoding of payloads
 *
 * Returns: (transfer full) (nullable): %NULL with @error if the pattern is not valid; %NULL without @error if it is empty
 */
PhSearch *
ph_rule_compile (const PhRule *rule, const PhCharset *charset, gboolean as_it_came, GError **error)
{
  PhSearchQuery query = {
    .mode = rule->mode,
    .text = rule->pattern,
    .charset = charset,
    .as_it_came = as_it_came,
    .match_case = rule->match_case,
    .kinds = PH_SEARCH_ALL,
  };

  return *rule->pattern != '\0' ? ph_search_new (&query, error) : NULL;
}

/* ---- a list of rules ---- */

/**
 * ph_rules_new:
 *
 * Returns: (transfer full) (element-type PhRule): an empty list, which owns its rules
 */
GPtrArray *
ph_rules_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) ph_rule_free);
}

static gboolean
find_kind (const char *id, PhSearchMode *ret_mode)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i], id) == 0)
      {
        *ret_mode = (PhSearchMode) i;
        return TRUE;
      }

  return FALSE;
}

static gboolean
find_hue (const char *id, PhHue *ret_hue)
{
  for (guint i = 0; i < PH_N_HUES; i++)
    if (strcmp (hues[i].id, id) == 0)
      {
        *ret_hue = (PhHue) i;
        return TRUE;
      }

  return FALSE;
}

/**
 * ph_rules_parse:
 * @value: of type %PH_RULES_FORMAT; any other type gives no rules
 *
 * Rules with a mode or colour that this version does not know are left out, as are rules whose pattern is too long and those after
 * the first %PH_RULES_MAX.
 *
 * Returns: (transfer full) (element-type PhRule): a new list
 */
GPtrArray *
ph_rules_parse (GVariant *value)
{
  GPtrArray *rules = ph_rules_new ();
  const char *kind, *pattern, *color;
  gboolean on, match_case, whole;
  GVariantIter iter;

  if (!g_variant_is_of_type (value, G_VARIANT_TYPE (PH_RULES_FORMAT)))
    return rules;
  g_variant_iter_init (&iter, value);
  while (g_variant_iter_next (&iter, "(b&s&sb&sb)", &on, &kind, &pattern, &match_case, &color, &whole))
    {
      PhSearchMode mode;
      PhRule *rule;
      PhHue hue;

      if (rules->len >= PH_RULES_MAX || !find_kind (kind, &mode) || !find_hue (color, &hue)
          || g_utf8_strlen (pattern, -1) > (glong) PH_RULE_PATTERN_MAX)
        continue;
      rule = ph_rule_new (mode, pattern, hue);
      rule->on = on;
      rule->match_case = match_case;
      rule->whole = whole;
      g_ptr_array_add (rules, rule);
    }

  return rules;
}

/**
 * ph_rules_serialise:
 * @rules: (element-type PhRule)
 *
 * Returns: (transfer floating): of type %PH_RULES_FORMAT
 */
GVariant *
ph_rules_serialise (const GPtrArray *rules)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE (PH_RULES_FORMAT));
  for (guint i = 0; i < rules->len; i++)
    {
      const PhRule *rule = g_ptr_array_index (rules, i);

      g_variant_builder_add (&builder, "(bssbsb)", rule->on, kinds[rule->mode], rule->pattern, rule->match_case,
                             hues[rule->hue].id, rule->whole);
    }

  return g_variant_builder_end (&builder);
}

static gboolean
is_equal (const PhRule *a, const PhRule *b)
{
  return a->on == b->on && a->mode == b->mode && a->match_case == b->match_case && a->hue == b->hue
         && a->whole == b->whole && strcmp (a->pattern, b->pattern) == 0;
}

/**
 * ph_rules_n_same:
 * @a: (element-type PhRule)
 * @b: (element-type PhRule)
 *
 * Returns: number of rules at the beginning that are equal in both
 */
guint
ph_rules_n_same (const GPtrArray *a, const GPtrArray *b)
{
  guint n = 0;

  while (n < MIN (a->len, b->len) && is_equal (g_ptr_array_index (a, n), g_ptr_array_index (b, n)))
    n++;

  return n;
}

/**
 * ph_rules_add:
 * @rules: (element-type PhRule)
 *
 * Adds a rule with the colour of ph_rules_next_hue(). If there is already a rule for the same pattern, it is switched on instead.
 *
 * Returns: %FALSE if there are %PH_RULES_MAX rules already or the pattern is too long
 */
gboolean
ph_rules_add (GPtrArray *rules, PhSearchMode mode, const char *pattern)
{
  for (guint i = 0; i < rules->len && *pattern != '\0'; i++)
    {
      PhRule *rule = g_ptr_array_index (rules, i);

      if (rule->mode == mode && strcmp (rule->pattern, pattern) == 0)
        {
          rule->on = TRUE;
          return TRUE;
        }
    }
  if (rules->len >= PH_RULES_MAX || g_utf8_strlen (pattern, -1) > (glong) PH_RULE_PATTERN_MAX)
    return FALSE;
  g_ptr_array_add (rules, ph_rule_new (mode, pattern, ph_rules_next_hue (rules)));

  return TRUE;
}

/**
 * ph_rules_next_hue:
 * @rules: (element-type PhRule)
 *
 * Returns: the colour that the fewest rules have; the first of them if there are several
 */
PhHue
ph_rules_next_hue (const GPtrArray *rules)
{
  guint uses[PH_N_HUES] = { 0 }, best = 0;

  for (guint i = 0; i < rules->len; i++)
    uses[((const PhRule *) g_ptr_array_index (rules, i))->hue]++;
  for (guint i = 1; i < PH_N_HUES; i++)
    if (uses[i] < uses[best])
      best = i;

  return (PhHue) best;
}
