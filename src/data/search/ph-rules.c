/* ph-rules.c: what is to be coloured in the log, and how that is kept in the settings
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-rules.h"

#include <glib/gi18n.h>
#include <string.h>

/* Both are kept in settings: an id never changes. */
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
 * @hue: a colour
 *
 * Returns: its name, in the user's language
 */
const char *
ph_hue_name (PhHue hue)
{
  return _(hues[hue].name);
}

/* ---- a rule ---- */

/**
 * ph_rule_new:
 * @mode: how to look
 * @pattern: for what; not longer than %PH_RULE_PATTERN_MAX
 * @hue: its colour
 *
 * Returns: (transfer full): a rule that is on and colours what it finds
 */
PhRule *
ph_rule_new (PhSearchMode mode, const char *pattern, PhHue hue)
{
  PhRule *rule = g_new0 (PhRule, 1);

  *rule = (PhRule) { .on = TRUE, .mode = mode, .pattern = g_strdup (pattern), .hue = hue };

  return rule;
}

PhRule *
ph_rule_copy (const PhRule *rule)
{
  PhRule *copy = g_memdup2 (rule, sizeof *rule);

  copy->pattern = g_strdup (rule->pattern);

  return copy;
}

void
ph_rule_free (PhRule *rule)
{
  g_free (rule->pattern);
  g_free (rule);
}

/**
 * ph_rule_compile:
 * @rule: a rule
 * @charset: of payloads
 * @error: what of its pattern cannot be
 *
 * Returns: (transfer full) (nullable): the search for it; %NULL without an error if there is nothing to look for
 */
PhSearch *
ph_rule_compile (const PhRule *rule, const PhCharset *charset, GError **error)
{
  PhSearchQuery query = {
    .mode = rule->mode,
    .text = rule->pattern,
    .charset = charset,
    .match_case = rule->match_case,
    .kinds = PH_SEARCH_ALL,
  };

  return *rule->pattern != '\0' ? ph_search_new (&query, error) : NULL;
}

/* ---- all of them ---- */

/**
 * ph_rules_new:
 *
 * Returns: (transfer full) (element-type PhRule): none yet; rules put into it are freed with it
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
 * @value: of type %PH_RULES_FORMAT; of any other, there are none
 *
 * Rules that say what this version does not know, or that are too long, are left out, and so are those behind the
 * %PH_RULES_MAX-th.
 *
 * Returns: (transfer full) (element-type PhRule): the rules
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
 * @rules: (element-type PhRule): rules
 *
 * Returns: (transfer floating): the same for ph_rules_parse()
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
 * @a: (element-type PhRule): rules
 * @b: (element-type PhRule): others
 *
 * Returns: how many rules of both are the same before the first that is not
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
 * @rules: (element-type PhRule): rules
 * @mode: how to look
 * @pattern: for what
 *
 * Adds a rule in the next free colour, or switches the one on that looks for the same already.
 *
 * Returns: %FALSE if there is no room for another, or the pattern is too long
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
 * @rules: (element-type PhRule): rules
 *
 * Returns: the first of the colours that are used least
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
