/* ph-marks.c: replaces characters that cannot be shown by visible marks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-marks.h"

#include <string.h>

#include "ph-joiner.h"

/*
 * Sorted. Characters that have no glyph, change their neighbours, or differ from machine to machine: controls, line and
 * paragraph separators, bidi and zero-width characters, variation selectors, fillers that look like blanks, private use,
 * non-characters. GLib's tables are not used: they change with its version, and captures must not.
 */
static const struct
{
  gunichar first, last;
} ranges[] = {
  { 0x0000, 0x001F },   { 0x007F, 0x009F },   { 0x00AD, 0x00AD },   { 0x034F, 0x034F },     { 0x061C, 0x061C },
  { 0x115F, 0x1160 },   { 0x17B4, 0x17B5 },   { 0x180B, 0x180F },   { 0x200B, 0x200F },     { 0x2028, 0x202E },
  { 0x2060, 0x206F },   { 0x3164, 0x3164 },   { 0xD800, 0xF8FF },   { 0xFDD0, 0xFDEF },     { 0xFE00, 0xFE0F },
  { 0xFEFF, 0xFEFF },   { 0xFFA0, 0xFFA0 },   { 0xFFF0, 0xFFFB },   { 0x1BCA0, 0x1BCA3 },   { 0x1D173, 0x1D17A },
  { 0xE0000, 0xE0FFF }, { 0xF0000, 0x10FFFF },
};

/**
 * ph_mark_needed:
 *
 * Returns: whether @c must not be shown raw
 */
gboolean
ph_mark_needed (gunichar c)
{
  gsize low = 0, high = G_N_ELEMENTS (ranges);

  if (c >= 0x20 && c < 0x7F)
    return FALSE;
  if ((c & 0xFFFE) == 0xFFFE)
    return TRUE; /* the last two code points of each plane are non-characters */

  while (low < high)
    {
      gsize middle = (low + high) / 2;

      if (c > ranges[middle].last)
        low = middle + 1;
      else if (c < ranges[middle].first)
        high = middle;
      else
        return TRUE;
    }
  return FALSE;
}

/* Whether the decoder quotes @c with PH_MARK_QUOTE when a peer sends it. */
static gboolean
is_quoted (gunichar c)
{
  return c >= PH_MARK_QUOTE && c <= PH_MARK_BAD_BYTE + 0xFF;
}

static gunichar
peek (const char *p, const char *end)
{
  if (p >= end)
    return 0;
  return (guchar) *p < 0x80 ? (gunichar) *p : g_utf8_get_char_validated (p, end - p);
}

/**
 * ph_marks_next:
 * @text: (inout): moved behind the character
 * @end: of the text, behind *@text
 * @ret_c: (out): the character, or the value of a bad byte
 *
 * Reads one character of decoded text. Text that did not come from a decoder may be no UTF-8: such a byte is a bad byte
 * too, so that everything read here is safe.
 *
 * Returns: the kind of mark that the character needs
 */
PhMarkKind
ph_marks_next (const char **text, const char *end, gunichar *ret_c)
{
  const char *p = *text;
  gunichar c = peek (p, end);

  if (c == PH_MARK_QUOTE && is_quoted (peek (g_utf8_next_char (p), end)))
    {
      p = g_utf8_next_char (p);
      *ret_c = peek (p, end);
      *text = g_utf8_next_char (p);
      return PH_MARK_SPECIAL;
    }
  if (c > 0x10FFFF)
    {
      *ret_c = (guchar) *p;
      *text = p + 1;
      return PH_MARK_BAD;
    }

  *text = g_utf8_next_char (p);
  *ret_c = c >= PH_MARK_BAD_BYTE ? c - PH_MARK_BAD_BYTE : c;
  if (c >= PH_MARK_BAD_BYTE)
    return PH_MARK_BAD;
  return ph_mark_needed (c) ? PH_MARK_SPECIAL : PH_MARK_NONE;
}

/* A selector does not change a blank. In ASCII it changes the bases of keycaps only, such as “1️⃣”. */
static gboolean
takes_selector (gunichar c)
{
  return c > 0x7F ? !g_unichar_isspace (c) : g_ascii_isdigit (c) || c == '#' || c == '*';
}

/*
 * A variation selector chooses between two forms of the character before it: “❤” as text and “❤️” as a picture. One is
 * shown as it is. A second one, or one that can choose nothing, would be data that nobody sees, and gets a mark. Returns where
 * the variation selector of @base ends, which ends at @text, or @text if there is none.
 */
static const char *
after_selector (gunichar base, const char *text, const char *end)
{
  gunichar c = text < end && (guchar) *text == 0xEF && takes_selector (base) ? peek (text, end) : 0;

  return c >= 0xFE00 && c <= 0xFE0F ? text + 3 : text;
}

/**
 * ph_marks_next_in:
 * @start: of the text that *@text is in
 * @text: (inout): moved behind the character, and behind a variation selector of it
 * @end: of the text
 * @ret_c: (out): the character, or the value of a bad byte
 *
 * ph_marks_next() for a text that is there as a whole: what stands beside a character says whether it needs a mark.
 *
 * Returns: the kind of mark that the character needs
 */
PhMarkKind
ph_marks_next_in (const char *start, const char **text, const char *end, gunichar *ret_c)
{
  const char *at = *text;
  PhMarkKind kind = ph_marks_next (text, end, ret_c);

  if (kind == PH_MARK_NONE)
    *text = after_selector (*ret_c, *text, end);
  else if (kind == PH_MARK_SPECIAL && ph_joiner_is (*ret_c) && ph_joiner_joins (start, at, end))
    kind = PH_MARK_NONE;

  return kind;
}

static void
append_mark (GString *out, GArray *marks, PhMarkKind kind, gunichar c)
{
  static const char names[][4] = { "NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "BEL", "BS",  "HT",  "LF",
                                   "VT",  "FF",  "CR",  "SO",  "SI",  "DLE", "DC1", "DC2", "DC3", "DC4", "NAK",
                                   "SYN", "ETB", "CAN", "EM",  "SUB", "ESC", "FS",  "GS",  "RS",  "US" };
  PhMark mark = { .start = out->len, .bad = kind == PH_MARK_BAD };

  if (kind == PH_MARK_BAD)
    g_string_append_printf (out, "⟨%02X⟩", c);
  else if (c < G_N_ELEMENTS (names))
    g_string_append_printf (out, "⟨%s⟩", names[c]);
  else if (c == 0x7F)
    g_string_append (out, "⟨DEL⟩");
  else
    g_string_append_printf (out, "⟨U+%04X⟩", c);

  if (marks == NULL)
    return;
  mark.length = out->len - mark.start;
  g_array_append_val (marks, mark);
}

/* How many bytes from @p on are printable ASCII, as in most payloads. */
static gsize
plain_run (const char *p, const char *end)
{
  const char *q = p;

  while (q < end && *q >= 0x20 && *q < 0x7F)
    q++;
  return q - p;
}

/**
 * ph_marks_show_part:
 * @start: decoded text, as ph_decoder_decode() makes it; may contain NUL
 * @from: where in it to begin
 * @to: where to stop; the last character may go beyond it, with its variation selector
 * @end: of the text
 * @keep: (nullable): ASCII control characters that stay, such as "\n\t"
 * @out: the shown text is appended to it
 * @marks: (nullable) (element-type PhMark): the marks are appended to it; their places count from the start of @out
 *
 * Returns: the end of what is shown
 */
const char *
ph_marks_show_part (const char *start, const char *from, const char *to, const char *end, const char *keep, GString *out, GArray *marks)
{
  const char *p = from;

  while (p < to)
    {
      gsize run = plain_run (p, to);
      const char *at;
      PhMarkKind kind;
      gunichar c;

      /* A variation selector may follow the last of them. */
      if (run > 0 && p + run < end && (guchar) p[run] == 0xEF)
        run--;
      g_string_append_len (out, p, run);
      p += run;
      if (p == to)
        break;

      at = p;
      kind = ph_marks_next_in (start, &p, end, &c);
      if (kind == PH_MARK_SPECIAL && keep != NULL && c != 0 && c < 0x80 && strchr (keep, c) != NULL)
        kind = PH_MARK_NONE;
      if (kind == PH_MARK_NONE)
        g_string_append_len (out, at, p - at);
      else
        append_mark (out, marks, kind, c);
    }

  return p;
}

/**
 * ph_marks_show:
 * @text: decoded text, see ph_marks_show_part()
 * @length: of @text in bytes
 *
 * Makes text safe to show: characters that a terminal or a text layout would obey become visible marks.
 */
void
ph_marks_show (const char *text, gsize length, const char *keep, GString *out, GArray *marks)
{
  const char *end = length > 0 ? text + length : text;

  ph_marks_show_part (text, text, end, end, keep, out, marks);
}

/**
 * ph_marks_dup_character:
 * @at: a byte of a text that need not be UTF-8
 * @end: of the text
 *
 * For an error that names a character.
 *
 * Returns: (transfer full): the character at @at, with a mark in place of what cannot be shown
 */
char *
ph_marks_dup_character (const char *at, const char *end)
{
  gunichar c = *at == '\0' ? 0 : g_utf8_get_char_validated (at, end - at);
  char text[6];
  GString *shown = g_string_new (NULL);

  ph_marks_show (text, (gsize) g_unichar_to_utf8 (c < 0x110000 ? c : PH_MARK_BAD_BYTE + (guchar) *at, text), NULL, shown, NULL);

  return g_string_free (shown, FALSE);
}

/**
 * ph_marks_dup:
 * @text: any bytes: what a record, a file name or an argument says
 * @length: of @text in bytes, or -1 if it ends with a NUL
 * @most: bytes of the result; what is longer ends with “…”
 *
 * The one way of a foreign string into a line: the result has no line break, and does nothing to a terminal. Given to this function
 * again, it stays as it is.
 *
 * Returns: (transfer full): the text, safe to show on one line
 */
char *
ph_marks_dup (const char *text, gssize length, gsize most)
{
  gsize n = length < 0 ? strlen (text) : (gsize) length;
  GString *out = g_string_new (NULL);
  const char *end;

  ph_marks_show (text, MIN (n, most), NULL, out, NULL);
  if (n > most || out->len > most)
    {
      end = g_utf8_find_prev_char (out->str, out->str + MIN (out->len, most - strlen ("…")) + 1);
      /* Nothing is behind a joiner now that it could join. */
      while (end > out->str && ph_joiner_is (g_utf8_get_char (g_utf8_prev_char (end))))
        end = g_utf8_prev_char (end);
      g_string_truncate (out, end - out->str);
      g_string_append (out, "…");
    }

  return g_string_free (out, FALSE);
}

/**
 * ph_marks_dup_filename:
 * @path: (type filename): a path, or a part of one
 *
 * Returns: (transfer full): the name, safe to show on one line
 */
char *
ph_marks_dup_filename (const char *path)
{
  g_autofree char *display = g_filename_display_name (path);

  return ph_marks_dup (display, -1, PH_MARKS_LINE_MAX);
}
