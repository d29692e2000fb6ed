/* ph-pattern.h: finds a text in all byte sequences that decode to it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-charset.h"
#include "ph-needle.h"

G_BEGIN_DECLS

/**
 * PhPattern:
 * @needle: the bytes that are looked for first; length 0 if the pattern never matches
 * @sequences: (element-type PhSequence): of the characters, in order, those of the first one first
 * @ends: (element-type guint): where the sequences of each character end
 * @others: (element-type PhNeedle): sequences that @needle does not have
 * @loose: @needle has bytes that the sequences do not have
 * @begins: which bytes a match may begin with
 * @longest: bytes of the longest match
 */
typedef struct
{
  PhNeedle needle;
  GArray *sequences;
  GArray *ends;
  GArray *others;
  gboolean loose;
  gboolean begins[256];
  gsize longest;
} PhPattern;

gboolean ph_pattern_init_text (PhPattern *pattern, const char *text, const PhCharset *charset, gboolean match_case,
                               GError **error);
void ph_pattern_init_bytes (PhPattern *pattern, const guint8 *bytes, gsize length);
void ph_pattern_clear (PhPattern *pattern);
gboolean ph_pattern_has_others (const PhPattern *pattern, const guint8 *bytes, gsize length);
const guint8 *ph_pattern_find (const PhPattern *pattern, gboolean others, const guint8 *bytes, gsize length, gsize *ret_length);

G_END_DECLS
