/* ph-framer-marks.c: frames that bytes end: lines, delimiters, and those between a start and an end
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-framer-private.h"

#include <string.h>

#define ESCAPE "escape="

/* A frame of @length bytes, of which the last @mark end it. */
static gboolean
found_before (const PhFrameRule *rule, PhScan *scan, gsize length, gsize mark)
{
  ph_framer_found (scan, length);
  if (rule->drop)
    scan->size = length - mark;

  return TRUE;
}

/* ---- lines ---- */

static const char *const line_breaks[] = { "lf", "crlf", "cr", "any", "nul" };

static gboolean
read_drop (PhFrameRule *rule, const char *word)
{
  return g_str_equal (word, "drop") && (rule->drop = TRUE);
}

static gboolean
read_line_word (PhFrameRule *rule, guint i, const char *word)
{
  for (guint k = 0; i == 0 && k < G_N_ELEMENTS (line_breaks); k++)
    if (g_str_equal (word, line_breaks[k]))
      {
        rule->line_break = (PhFramerBreak) k;
        return TRUE;
      }

  return read_drop (rule, word);
}

static void
append_line_words (const PhFrameRule *rule, GString *out)
{
  if (rule->line_break != PH_FRAMER_LF)
    g_string_append (out, line_breaks[rule->line_break]);
  if (rule->drop)
    g_string_append (out, out->len > 0 ? ",drop" : "drop");
}

/* Behind a CR an LF may follow that belongs to it, so the next byte is waited for. */
static gboolean
scan_any_break (const PhFrameRule *rule, PhScan *scan)
{
  for (; scan->at < scan->n; scan->at++)
    {
      guint8 byte = scan->bytes[scan->at];

      if (byte == '\n')
        return found_before (rule, scan, scan->at + 1, 1);
      if (byte != '\r')
        continue;
      if (scan->at + 1 < scan->n && scan->bytes[scan->at + 1] == '\n')
        return found_before (rule, scan, scan->at + 2, 2);
      if (scan->at + 1 < scan->n || scan->ended)
        return found_before (rule, scan, scan->at + 1, 1);
      return FALSE;
    }

  return FALSE;
}

static gboolean
scan_mark (const PhFrameRule *rule, PhScan *scan, const PhFramerMark *mark)
{
  gsize place;

  if (ph_framer_find_mark (scan, mark, scan->at, &place))
    return found_before (rule, scan, place + mark->n, mark->n);
  scan->at = scan->n >= mark->n ? scan->n - mark->n + 1 : 0;

  return FALSE;
}

static gboolean
scan_line (const PhFrameRule *rule, PhScan *scan)
{
  static const PhFramerMark marks[] = {
    [PH_FRAMER_LF] = { { '\n' }, 1 },
    [PH_FRAMER_CRLF] = { { '\r', '\n' }, 2 },
    [PH_FRAMER_CR] = { { '\r' }, 1 },
    [PH_FRAMER_NUL] = { { 0 }, 1 },
  };

  if (rule->line_break == PH_FRAMER_ANY_BREAK)
    return scan_any_break (rule, scan);

  return scan_mark (rule, scan, &marks[rule->line_break]);
}

const PhFramer ph_framer_line = { .id = "line", .read_word = read_line_word, .append_words = append_line_words, .scan = scan_line };

/* ---- delimiters ---- */

static gboolean
read_delimiter_word (PhFrameRule *rule, guint i, const char *word)
{
  return i == 0 ? ph_framer_read_mark (word, &rule->end) : read_drop (rule, word);
}

static void
append_delimiter_words (const PhFrameRule *rule, GString *out)
{
  ph_framer_append_mark (out, &rule->end);
  if (rule->drop)
    g_string_append (out, ",drop");
}

static gboolean
scan_delimiter (const PhFrameRule *rule, PhScan *scan)
{
  return scan_mark (rule, scan, &rule->end);
}

const PhFramer ph_framer_delimiter = {
  .id = "delimiter",
  .needs_words = TRUE,
  .read_word = read_delimiter_word,
  .append_words = append_delimiter_words,
  .scan = scan_delimiter,
};

/* ---- between a start and an end ---- */

static gboolean
read_between_word (PhFrameRule *rule, guint i, const char *word)
{
  PhFramerMark escape;

  if (i < 2)
    return ph_framer_read_mark (word, i == 0 ? &rule->start : &rule->end);
  if (!g_str_has_prefix (word, ESCAPE) || !ph_framer_read_mark (word + strlen (ESCAPE), &escape) || escape.n != 1)
    return FALSE;
  rule->escape = escape.bytes[0];

  return TRUE;
}

static gboolean
check_between (const PhFrameRule *rule)
{
  return rule->end.n > 0;
}

static void
append_between_words (const PhFrameRule *rule, GString *out)
{
  ph_framer_append_mark (out, &rule->start);
  g_string_append_c (out, ',');
  ph_framer_append_mark (out, &rule->end);
  if (rule->escape >= 0)
    g_string_append_printf (out, "," ESCAPE "%02X", (guint) rule->escape);
}

static gboolean
is_there (const PhScan *scan, const PhFramerMark *mark, gsize at)
{
  return at + mark->n <= scan->n && memcmp (scan->bytes + at, mark->bytes, mark->n) == 0;
}

static gboolean
is_one_mark (const PhFrameRule *rule)
{
  return rule->start.n == rule->end.n && memcmp (rule->start.bytes, rule->end.bytes, rule->end.n) == 0;
}

/* Bytes before a start are outside. Returns whether the frame begins at 0; else what is outside may have been found. */
static gboolean
begins_here (const PhFrameRule *rule, PhScan *scan, gboolean *ret_found)
{
  gsize place;

  *ret_found = FALSE;
  if (scan->state > 0)
    return TRUE;
  if (ph_framer_find_mark (scan, &rule->start, scan->at, &place))
    {
      if (place > 0)
        *ret_found = ph_framer_found_outside (scan, place);
      else
        {
          scan->state = 1;
          scan->at = rule->start.n;
          scan->outside = FALSE;
        }
      return place == 0;
    }
  scan->outside = TRUE;
  scan->at = scan->n >= rule->start.n ? scan->n - rule->start.n + 1 : 0;

  return FALSE;
}

/* Where start and end are the same, as in HDLC, one mark may end a frame and begin the next: so after the first frame, bytes up to the
 * next mark are one too, and marks one after another are the beginning of the frame that follows. */
static gboolean
begins_behind_end (const PhFrameRule *rule, PhScan *scan, gboolean *ret_found)
{
  *ret_found = FALSE;
  if (!is_one_mark (rule) || !scan->synced)
    return begins_here (rule, scan, ret_found);
  scan->state = MAX (scan->state, 1);

  return TRUE;
}

static gboolean
scan_between (const PhFrameRule *rule, PhScan *scan)
{
  gboolean one = is_one_mark (rule), found;

  if (!begins_behind_end (rule, scan, &found))
    return found;
  while (one && scan->state == 1 && is_there (scan, &rule->start, scan->at))
    scan->at += rule->start.n;
  for (; scan->at + rule->end.n <= scan->n; scan->at++)
    {
      if (rule->escape >= 0 && scan->bytes[scan->at] == rule->escape)
        {
          if (scan->at + 1 >= scan->n)
            return FALSE;
          scan->at++;
        }
      else if (is_there (scan, &rule->end, scan->at) && !(one && scan->state == 1))
        {
          scan->synced = TRUE;
          return ph_framer_found (scan, scan->at + rule->end.n);
        }
      scan->state = 2;
    }

  return FALSE;
}

const PhFramer ph_framer_between = {
  .id = "between",
  .needs_words = TRUE,
  .read_word = read_between_word,
  .check = check_between,
  .append_words = append_between_words,
  .scan = scan_between,
};
