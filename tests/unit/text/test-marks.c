/* test-marks.c: what must not be shown raw becomes a mark, and nobody can forge one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-marks.h"

#include <string.h>

#define TEXT(s) .text = s, .length = sizeof (s) - 1
#define STAYS(story, s) { story, TEXT (s), NULL, s, "" }

typedef struct
{
  const char *story;
  const char *text;
  gsize length;
  const char *keep;
  const char *shown;
  const char *marks; /* "start+length" each, "!" behind those of bad bytes */
} Case;

static const Case cases[] = {
  { "nothing-is-nothing", TEXT (""), NULL, "", "" },
  { "plain-text-is-itself", TEXT ("Hello, 世界 ~"), NULL, "Hello, 世界 ~", "" },
  { "nul-is-a-name", TEXT ("a\0b"), NULL, "a⟨NUL⟩b", "1+9" },
  { "escape-is-a-name", TEXT ("\033[31m"), NULL, "⟨ESC⟩[31m", "0+9" },
  { "line-feed-is-a-name", TEXT ("a\nb"), NULL, "a⟨LF⟩b", "1+8" },
  { "line-feed-is-kept-when-asked", TEXT ("a\n\tb\r"), "\n\t", "a\n\tb⟨CR⟩", "4+8" },
  { "nul-is-not-kept-by-any-list", TEXT ("\0"), "\n\t", "⟨NUL⟩", "0+9" },
  { "delete-is-a-name", TEXT ("\x7F"), NULL, "⟨DEL⟩", "0+9" },
  { "c1-control-is-a-code-point", TEXT ("\xC2\x9B"), NULL, "⟨U+009B⟩", "0+12" },
  { "next-line-cannot-break-a-line", TEXT ("\xC2\x85"), "\n", "⟨U+0085⟩", "0+12" },
  { "line-separator-cannot-break-a-line", TEXT ("\u2028\u2029"), "\n", "⟨U+2028⟩⟨U+2029⟩", "0+12 12+12" },
  { "bidi-override-is-a-code-point", TEXT ("abc\u202Edef"), NULL, "abc⟨U+202E⟩def", "3+12" },
  { "bidi-isolate-is-a-code-point", TEXT ("\u2066"), NULL, "⟨U+2066⟩", "0+12" },
  { "arabic-letter-mark-is-a-code-point", TEXT ("\u061C"), NULL, "⟨U+061C⟩", "0+12" },
  { "zero-width-is-a-code-point", TEXT ("a\u200Bb"), NULL, "a⟨U+200B⟩b", "1+12" },
  { "byte-order-mark-is-a-code-point", TEXT ("\uFEFF"), NULL, "⟨U+FEFF⟩", "0+12" },
  { "soft-hyphen-is-a-code-point", TEXT ("\u00AD"), NULL, "⟨U+00AD⟩", "0+12" },
  { "private-use-is-a-code-point", TEXT ("\uE000"), NULL, "⟨U+E000⟩", "0+12" },
  { "non-character-is-a-code-point", TEXT ("\xEF\xBF\xBF"), NULL, "⟨U+FFFF⟩", "0+12" },
  { "non-character-of-a-far-plane", TEXT ("\xF0\xAF\xBF\xBE"), NULL, "⟨U+2FFFE⟩", "0+13" },
  { "tag-character-is-a-code-point", TEXT ("\U000E0041"), NULL, "⟨U+E0041⟩", "0+13" },
  { "emoji-are-themselves", TEXT ("\U0001F600"), NULL, "\U0001F600", "" },
  { "emoji-with-its-selector-is-itself", TEXT ("I \u2764\uFE0F"), NULL, "I \u2764\uFE0F", "" },
  { "keycap-is-itself", TEXT ("12\uFE0F\u20E3"), NULL, "12\uFE0F\u20E3", "" },
  { "ideograph-with-its-selector-is-itself", TEXT ("\u795E\uFE00\u3002"), NULL, "\u795E\uFE00\u3002", "" },
  { "second-selector-is-a-code-point", TEXT ("\u2764\uFE0F\uFE01"), NULL, "\u2764\uFE0F⟨U+FE01⟩", "6+12" },
  { "selector-behind-nothing-is-a-code-point", TEXT ("\uFE0F"), NULL, "⟨U+FE0F⟩", "0+12" },
  { "selector-behind-a-letter-is-a-code-point", TEXT ("ab\uFE0F"), NULL, "ab⟨U+FE0F⟩", "2+12" },
  { "selector-behind-a-blank-is-a-code-point", TEXT ("\u3000\uFE0F"), NULL, "\u3000⟨U+FE0F⟩", "3+12" },
  { "selector-behind-a-line-feed-is-a-code-point", TEXT ("\n\uFE0F"), "\n", "\n⟨U+FE0F⟩", "1+12" },
  { "selector-behind-a-mark-is-a-code-point", TEXT ("\u200B\uFE0F"), NULL, "⟨U+200B⟩⟨U+FE0F⟩", "0+12 12+12" },
  { "selector-of-a-far-plane-is-a-code-point", TEXT ("\u795E\U000E0100"), NULL, "\u795E⟨U+E0100⟩", "3+13" },
  { "half-a-selector-is-bad-bytes", TEXT ("\u2764\xEF\xB8"), NULL, "\u2764⟨EF⟩⟨B8⟩", "3+8! 11+8!" },
  { "joiner-behind-a-picture-is-a-code-point", TEXT ("\U0001F441\uFE0F\u200D"), NULL, "\U0001F441\uFE0F⟨U+200D⟩", "7+12" },
  { "joiner-before-a-picture-is-a-code-point", TEXT ("\u200D\U0001F441"), NULL, "⟨U+200D⟩\U0001F441", "0+12" },
  STAYS ("family-is-one-picture", "\U0001F468\u200D\U0001F469\u200D\U0001F467"),
  STAYS ("picture-with-selector-and-joiner", "\u2764\uFE0F\u200D\U0001F525"),
  STAYS ("picture-with-skin-and-joiner", "\U0001F469\U0001F3FD\u200D\U0001F4BB"),
  STAYS ("picture-that-ends-with-a-selector", "\U0001F3F3\uFE0F\u200D\u26A7\uFE0F"),
  { "non-joiner-between-pictures-is-a-code-point", TEXT ("\U0001F468\u200C\U0001F469"), NULL, "\U0001F468⟨U+200C⟩\U0001F469", "4+12" },
  { "joiner-between-picture-and-letter-is-a-code-point", TEXT ("\U0001F468\u200Da"), NULL, "\U0001F468⟨U+200D⟩a", "4+12" },
  { "two-joiners-are-code-points", TEXT ("\U0001F468\u200D\u200D\U0001F469"), NULL, "\U0001F468⟨U+200D⟩⟨U+200D⟩\U0001F469", "4+12 16+12" },
  STAYS ("persian-word", "می\u200Cخواهم"),
  STAYS ("persian-plural-behind-a-letter-that-joins-nothing", "کار\u200Cها"),
  STAYS ("arabic-letter-with-a-vowel-sign", "مِ\u200Cخ"),
  STAYS ("syriac", "ܫ\u200Cܠ"),
  STAYS ("devanagari-half-form", "क्\u200Dष"),
  STAYS ("devanagari-virama-that-is-seen", "क्\u200Cष"),
  STAYS ("malayalam-chillu-at-the-end", "അവന്\u200D"),
  STAYS ("malayalam-chillu-before-a-blank", "അവന്\u200D "),
  STAYS ("bengali-joiner-before-the-virama", "র\u200D্য"),
  STAYS ("sinhala", "ශ්\u200Dරී"),
  { "non-joiner-behind-a-virama-at-the-end", TEXT ("क्\u200C"), NULL, "क्⟨U+200C⟩", "6+12" },
  { "joiner-before-a-vowel-sign", TEXT ("क्\u200Dा"), NULL, "क्⟨U+200D⟩ा", "6+12" },
  { "virama-of-another-script", TEXT ("a\u094D\u200Db"), NULL, "a\u094D⟨U+200D⟩b", "4+12" },
  { "joiner-between-indic-letters-without-a-virama", TEXT ("क\u200Dष"), NULL, "क⟨U+200D⟩ष", "3+12" },
  { "joiner-between-latin-letters", TEXT ("pay\u200Dpal"), NULL, "pay⟨U+200D⟩pal", "3+12" },
  { "non-joiner-between-latin-letters", TEXT ("pay\u200Cpal"), NULL, "pay⟨U+200C⟩pal", "3+12" },
  { "joiner-between-ideographs", TEXT ("你\u200D好"), NULL, "你⟨U+200D⟩好", "3+12" },
  { "non-joiner-between-scripts", TEXT ("ی\u200Ca"), NULL, "ی⟨U+200C⟩a", "2+12" },
  { "non-joiner-at-the-start", TEXT ("\u200Cی"), NULL, "⟨U+200C⟩ی", "0+12" },
  { "non-joiner-at-the-end", TEXT ("ی\u200C"), NULL, "ی⟨U+200C⟩", "2+12" },
  { "two-non-joiners", TEXT ("ی\u200C\u200Cخ"), NULL, "ی⟨U+200C⟩⟨U+200C⟩خ", "2+12 14+12" },
  { "non-joiner-beside-a-bad-byte", TEXT ("ی\u200C\U0010FFE4"), NULL, "ی⟨U+200C⟩⟨E4⟩", "2+12 14+8!" },
  { "ideographic-blank-is-itself", TEXT ("\u3000"), NULL, "\u3000", "" },
  { "arabic-and-hebrew-are-themselves", TEXT ("سلام שלום"), NULL, "سلام שלום", "" },
  { "bad-byte-is-hex", TEXT ("a\U0010FFE4\U0010FF0Ab"), NULL, "a⟨E4⟩⟨0A⟩b", "1+8! 9+8!" },
  { "all-bad-bytes-to-the-last", TEXT ("\U0010FF00\xF4\x8F\xBF\xBF"), NULL, "⟨00⟩⟨FF⟩", "0+8! 8+8!" },
  { "bad-line-feed-is-not-kept", TEXT ("\U0010FF0A"), "\n", "⟨0A⟩", "0+8!" },
  { "quoted-bad-byte-is-a-code-point", TEXT ("\U0010FEFF\U0010FFE4"), NULL, "⟨U+10FFE4⟩", "0+14" },
  { "quoted-quote-then-bad-byte", TEXT ("\U0010FEFF\U0010FEFF\U0010FFE4"), NULL, "⟨U+10FEFF⟩⟨E4⟩", "0+14 14+8!" },
  { "quote-before-anything-else-is-itself", TEXT ("\U0010FEFFa"), NULL, "⟨U+10FEFF⟩a", "0+14" },
  { "quote-at-the-end-is-itself", TEXT ("\U0010FEFF"), NULL, "⟨U+10FEFF⟩", "0+14" },
  { "what-is-not-utf8-is-bad-bytes", TEXT ("a\xE4\xBD"), NULL, "a⟨E4⟩⟨BD⟩", "1+8! 9+8!" },
};

static char *
describe (GArray *marks)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < marks->len; i++)
    {
      const PhMark *mark = &g_array_index (marks, PhMark, i);

      g_string_append_printf (out, "%s%u+%u%s", i > 0 ? " " : "", mark->start, mark->length, mark->bad ? "!" : "");
    }
  return g_string_free (out, FALSE);
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (PhMark));
  g_autofree char *described = NULL;

  ph_marks_show (c->text, c->length, c->keep, out, marks);
  described = describe (marks);
  g_assert_cmpstr (out->str, ==, c->shown);
  g_assert_cmpstr (described, ==, c->marks);
}

static void
test_marks_count_from_the_start_of_out (void)
{
  g_autoptr (GString) out = g_string_new ("12:00 ");
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (PhMark));
  g_autofree char *described = NULL;

  ph_marks_show ("a\r", 2, NULL, out, marks);
  described = describe (marks);
  g_assert_cmpstr (out->str, ==, "12:00 a⟨CR⟩");
  g_assert_cmpstr (described, ==, "7+8");
}

static void
test_marks_are_optional (void)
{
  g_autoptr (GString) out = g_string_new (NULL);

  ph_marks_show (NULL, 0, NULL, out, NULL);
  ph_marks_show ("\033", 1, NULL, out, NULL);
  g_assert_cmpstr (out->str, ==, "⟨ESC⟩");
}

/* Signs that Unicode counts as format characters but that have a glyph: Arabic, Syriac, Kaithi, Egyptian. */
static gboolean
is_visible_sign (gunichar c)
{
  return (c >= 0x600 && c <= 0x605) || c == 0x6DD || c == 0x70F || c == 0x890 || c == 0x891 || c == 0x8E2
         || c == 0x110BD || c == 0x110CD || (c >= 0x13430 && c <= 0x1343F);
}

/* The table of ranges is searched by halves: sorted and right at every border, or this differs from GLib's view. */
static void
test_every_control_and_format_character_needs_a_mark (void)
{
  for (gunichar c = 0; c <= 0x10FFFF; c++)
    switch (g_unichar_type (c))
      {
      case G_UNICODE_CONTROL:
      case G_UNICODE_PRIVATE_USE:
      case G_UNICODE_SURROGATE:
      case G_UNICODE_LINE_SEPARATOR:
      case G_UNICODE_PARAGRAPH_SEPARATOR:
        if (!ph_mark_needed (c))
          g_error ("U+%04X needs a mark", c);
        break;
      case G_UNICODE_FORMAT:
        if (ph_mark_needed (c) == is_visible_sign (c))
          g_error ("U+%04X is a format character of the other kind", c);
        break;
      case G_UNICODE_LOWERCASE_LETTER:
      case G_UNICODE_UPPERCASE_LETTER:
      case G_UNICODE_DECIMAL_NUMBER:
      case G_UNICODE_MATH_SYMBOL:
      case G_UNICODE_SPACE_SEPARATOR:
        if (ph_mark_needed (c))
          g_error ("U+%04X needs no mark", c);
        break;
      default:
        break;
      }
}

/* Letters that are shown as marks all the same: they look like nothing. */
static void
test_invisible_letters_need_a_mark (void)
{
  static const gunichar blanks[] = { 0x115F, 0x1160, 0x3164, 0xFFA0, 0x034F, 0xFE00, 0xFE0F, 0xE0100 };

  for (gsize i = 0; i < G_N_ELEMENTS (blanks); i++)
    g_assert_true (ph_mark_needed (blanks[i]));
}

static void
test_one_line_keeps_to_its_limit_and_is_not_marked_twice (void)
{
  static const char *const pieces[] = { "a", "好", "\033", "\xFF", "\xE2\x80\xAE", "\xE2\x9D\xA4\xEF\xB8\x8F", "ی\u200Cخ" };

  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++)
    for (guint n = 0; n < 20; n++)
      for (guint most = 4; most < 40; most++)
        {
          g_autofree char *text = g_strnfill (n * strlen (pieces[i]), 0), *shown = NULL, *again = NULL;

          for (guint k = 0; k < n; k++)
            memcpy (text + k * strlen (pieces[i]), pieces[i], strlen (pieces[i]));
          shown = ph_marks_dup (text, -1, most);
          again = ph_marks_dup (shown, -1, most);
          g_assert_cmpuint (strlen (shown), <=, most);
          g_assert_true (g_utf8_validate (shown, -1, NULL));
          g_assert_cmpstr (again, ==, shown);
          if (strlen (text) > most)
            g_assert_true (g_str_has_suffix (shown, "…"));
        }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/marks/", cases[i].story, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/marks/count-from-the-start-of-out", test_marks_count_from_the_start_of_out);
  g_test_add_func ("/marks/are-optional", test_marks_are_optional);
  g_test_add_func ("/marks/every-control-and-format-character-needs-one",
                   test_every_control_and_format_character_needs_a_mark);
  g_test_add_func ("/marks/one-line-keeps-to-its-limit-and-is-not-marked-twice",
                   test_one_line_keeps_to_its_limit_and_is_not_marked_twice);
  g_test_add_func ("/marks/invisible-letters-need-one", test_invisible_letters_need_a_mark);

  return g_test_run ();
}
