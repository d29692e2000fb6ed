/* ph-framer-text.c: NMEA 0183 sentences, and frames whose beginning a regular expression matches
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-framer-private.h"

/* ---- NMEA 0183 ---- */

#define SENTENCE_MOST 1024u /* bytes: the standard allows 82, and devices more */

static gboolean
begins_sentence (guint8 byte)
{
  return byte == '$' || byte == '!';
}

/* A sentence that another one begins within, or that does not end, is none. */
static gboolean
scan_nmea (const PhFrameRule *rule, PhScan *scan)
{
  for (; scan->at < scan->n; scan->at++)
    {
      guint8 byte = scan->bytes[scan->at];

      if (scan->at == 0)
        scan->state = begins_sentence (byte);
      else if (byte == '$' || (scan->state == 0 && begins_sentence (byte)))
        return ph_framer_found_outside (scan, scan->at);
      else if (byte == '\n' && scan->state != 0)
        return ph_framer_found (scan, scan->at + 1);
      if (scan->at >= SENTENCE_MOST)
        scan->state = 0;
      scan->outside = scan->state == 0;
    }

  return FALSE;
}

const PhFramer ph_framer_nmea = { .id = "nmea", .scan = scan_nmea };

/* ---- a regular expression ---- */

static gboolean
read_regex_word (PhFrameRule *rule, guint i, const char *word)
{
  rule->pattern = g_strdup (word);
  rule->regex = g_regex_new (word, G_REGEX_RAW | G_REGEX_OPTIMIZE, G_REGEX_MATCH_NOTEMPTY, NULL);

  return rule->regex != NULL;
}

static void
append_regex_words (const PhFrameRule *rule, GString *out)
{
  g_string_append (out, rule->pattern);
}

/* A match that begins at @from or behind it. What may become one with the bytes that follow is waited for, so that it does not matter how
 * many there are yet. Where no match can begin any more (before @state) is not looked at again. */
static gboolean
find_match (const PhFrameRule *rule, PhScan *scan, gsize from, gsize *ret_begin, gsize *ret_end)
{
  GRegexMatchFlags flags = scan->ended ? 0 : G_REGEX_MATCH_PARTIAL_HARD;
  g_autoptr (GMatchInfo) match = NULL;
  int begin = -1, end = -1;

  from = MAX (from, scan->state);
  if (from >= scan->n)
    return FALSE;
  if (g_regex_match_full (rule->regex, (const char *) scan->bytes, (gssize) scan->n, (int) from, flags, &match, NULL))
    g_match_info_fetch_pos (match, 0, &begin, &end);
  else if (!g_match_info_is_partial_match (match))
    scan->state = (guint32) scan->n;
  *ret_begin = (gsize) begin;
  *ret_end = (gsize) end;

  return begin >= 0;
}

/* @at is behind the match that begins the frame. */
static gboolean
scan_regex (const PhFrameRule *rule, PhScan *scan)
{
  gsize begin, end;

  if (scan->at == 0)
    {
      scan->outside = TRUE;
      if (!find_match (rule, scan, 0, &begin, &end))
        return FALSE;
      if (begin > 0)
        return ph_framer_found_outside (scan, begin);
      scan->outside = FALSE;
      scan->at = end;
    }

  return find_match (rule, scan, scan->at, &begin, &end) && ph_framer_found (scan, begin);
}

const PhFramer ph_framer_regex = {
  .id = "regex",
  .needs_words = TRUE,
  .read_word = read_regex_word,
  .append_words = append_regex_words,
  .scan = scan_regex,
};
