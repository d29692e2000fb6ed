/* ph-framer-length.c: frames of a fixed length, of a length that a field says, and those that silence ends
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-framer-private.h"

#define FIELD_MOST 8
#define OFFSET_MOST 4096
#define ADD_MOST 65536

/* ---- a fixed length ---- */

static gboolean
read_fixed_word (PhFrameRule *rule, guint i, const char *word)
{
  gint64 number;

  if (i > 0 || !ph_framer_read_number (word, NULL, 1, PH_FRAME_MOST, &number))
    return FALSE;
  rule->fixed = (guint32) number;

  return TRUE;
}

static void
append_fixed_words (const PhFrameRule *rule, GString *out)
{
  g_string_append_printf (out, "%u", rule->fixed);
}

static gboolean
scan_fixed (const PhFrameRule *rule, PhScan *scan)
{
  return ph_framer_found (scan, rule->fixed);
}

const PhFramer ph_framer_fixed = {
  .id = "fixed",
  .needs_words = TRUE,
  .knows_length = TRUE,
  .read_word = read_fixed_word,
  .append_words = append_fixed_words,
  .scan = scan_fixed,
};

/* ---- a length field ---- */

static gboolean
read_length_word (PhFrameRule *rule, guint i, const char *word)
{
  gint64 number;

  if (ph_framer_read_number (word, "offset", 0, OFFSET_MOST, &number))
    return rule->offset = (guint32) number, TRUE;
  if (ph_framer_read_number (word, "size", 1, FIELD_MOST, &number))
    return rule->size = (guint32) number, TRUE;
  if (ph_framer_read_number (word, "add", -ADD_MOST, ADD_MOST, &number))
    return rule->add = (gint32) number, TRUE;
  if (g_str_equal (word, "order=big"))
    return rule->little = FALSE, TRUE;

  return g_str_equal (word, "order=little") && (rule->little = TRUE);
}

static gboolean
check_length (const PhFrameRule *rule)
{
  return rule->size > 0;
}

static void
append_length_words (const PhFrameRule *rule, GString *out)
{
  g_string_append_printf (out, "offset=%u,size=%u,order=%s", rule->offset, rule->size, rule->little ? "little" : "big");
  if (rule->add != 0)
    g_string_append_printf (out, ",add=%d", rule->add);
}

static guint64
read_field (const guint8 *bytes, guint size, gboolean little)
{
  guint64 value = 0;

  for (guint i = 0; i < size; i++)
    value = value << 8 | bytes[little ? size - 1 - i : i];

  return value;
}

/* A frame that would end before its length field does is none: its first byte is outside, and the next may begin one. */
static gboolean
scan_length (const PhFrameRule *rule, PhScan *scan)
{
  gsize least = (gsize) rule->offset + rule->size;

  for (; scan->at + least <= scan->n; scan->at++)
    {
      guint64 value = read_field (scan->bytes + scan->at + rule->offset, rule->size, rule->little);
      gint64 length = (gint64) MIN (value, G_MAXINT64 / 2) + rule->add;

      if (length < (gint64) least)
        scan->outside = TRUE;
      else if (scan->at > 0)
        return ph_framer_found_outside (scan, scan->at);
      else
        return ph_framer_found (scan, (gsize) length);
    }

  return FALSE;
}

const PhFramer ph_framer_length = {
  .id = "length",
  .needs_words = TRUE,
  .knows_length = TRUE,
  .read_word = read_length_word,
  .check = check_length,
  .append_words = append_length_words,
  .scan = scan_length,
};

/* ---- silence ---- */

static gboolean
read_gap_word (PhFrameRule *rule, guint i, const char *word)
{
  gint64 number;

  if (i > 0 || !ph_framer_read_number (word, NULL, 1, PH_FRAME_GAP_MOST, &number))
    return FALSE;
  rule->gap = (guint32) number;

  return TRUE;
}

static void
append_gap_words (const PhFrameRule *rule, GString *out)
{
  g_string_append_printf (out, "%u", rule->gap);
}

/* Bytes say nothing: who feeds them knows the time. */
const PhFramer ph_framer_gap = {
  .id = "gap",
  .needs_words = TRUE,
  .read_word = read_gap_word,
  .append_words = append_gap_words,
};
