/* ph-rules.h: the highlight rules, and the form in which the settings keep them
 *
 * The order of the rules matters: where two rules match the same bytes, the first one gives the colour.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-search.h"

G_BEGIN_DECLS

#define PH_RULES_MAX 32u           /* rules */
#define PH_RULE_PATTERN_MAX 1000u  /* characters */
#define PH_RULES_FORMAT "a(bssbsb)" /* on, kind, pattern, match case, colour, whole record */

/** PhHue: a colour of the palette. The style sheets define how it looks in light and dark. */
typedef enum
{
  PH_HUE_YELLOW,
  PH_HUE_ORANGE,
  PH_HUE_RED,
  PH_HUE_PINK,
  PH_HUE_PURPLE,
  PH_HUE_BLUE,
  PH_HUE_TEAL,
  PH_HUE_GREEN,
  PH_N_HUES,
} PhHue;

/**
 * PhRule:
 * @pattern: as the text of a #PhSearchQuery; an empty one matches nothing
 * @whole: colour the whole record, not only the match
 */
typedef struct
{
  gboolean on;
  PhSearchMode mode;
  char *pattern;
  gboolean match_case;
  PhHue hue;
  gboolean whole;
} PhRule;

const char *ph_hue_id (PhHue hue);
const char *ph_hue_name (PhHue hue);

PhRule *ph_rule_new (PhSearchMode mode, const char *pattern, PhHue hue);
void ph_rule_free (PhRule *rule);
PhSearch *ph_rule_compile (const PhRule *rule, const PhCharset *charset, gboolean as_it_came, GError **error);

GPtrArray *ph_rules_new (void);
GPtrArray *ph_rules_parse (GVariant *value);
GVariant *ph_rules_serialise (const GPtrArray *rules);
guint ph_rules_n_same (const GPtrArray *a, const GPtrArray *b);
gboolean ph_rules_add (GPtrArray *rules, PhSearchMode mode, const char *pattern);
PhHue ph_rules_next_hue (const GPtrArray *rules);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhRule, ph_rule_free)

G_END_DECLS
