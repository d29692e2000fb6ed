/* test-pattern.c: a text is found in every byte sequence that decodes to it, and case is folded as Unicode says
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include <string.h>

#include "ph-hex.h"
#include "ph-case.h"
#include "ph-marks.h"
#include "ph-search.h"
#include "ph-sequences.h"

/* ---- case ---- */

static void
test_case_is_folded_character_by_character (void)
{
  static const struct
  {
    gunichar a, b;
    gboolean equal;
  } rows[] = {
    { 'k', 'K', TRUE },         { 'k', 0x212A, TRUE },      { 's', 0x017F, TRUE },  { 0xFF21, 0xFF41, TRUE },
    { 0x03C3, 0x03C2, TRUE },   { 0x03A3, 0x03C2, TRUE },   { 0x00DF, 0x1E9E, TRUE }, { 0x01C4, 0x01C5, TRUE },
    { 0x00E5, 0x212B, TRUE },   { 0x0416, 0x0436, TRUE },   { 'i', 0x0130, FALSE }, { 'i', 0x0131, FALSE },
    { 0x0130, 0x0131, FALSE },  { 0x00DF, 's', FALSE },     { 'a', 0xFF41, FALSE }, { 0x10400, 0x10428, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GArray) equal = g_array_new (FALSE, FALSE, sizeof (gunichar));
      gboolean listed = FALSE;

      ph_case_append_equal (rows[i].a, equal);
      g_assert_cmpuint (g_array_index (equal, gunichar, 0), ==, rows[i].a);
      for (guint n = 0; n < equal->len; n++)
        listed = listed || g_array_index (equal, gunichar, n) == rows[i].b;
      g_test_message ("U+%04X, U+%04X", rows[i].a, rows[i].b);
      g_assert_cmpint (listed, ==, rows[i].equal);
      g_assert_cmpint (ph_case_fold (rows[i].a) == ph_case_fold (rows[i].b), ==, rows[i].equal);
    }
}

/* ---- sequences ---- */

/* Whether a search for the character finds it in these bytes, which decode to it. */
static void
assert_found (const PhCharset *charset, gunichar c, const guint8 *bytes, gsize length, gboolean match_case)
{
  char text[7] = "";
  PhSearchQuery query = { .text = text, .charset = charset, .match_case = match_case, .kinds = PH_SEARCH_ALL };
  PhRecord record = { .kind = PH_RECORD_IN, .length = (guint32) length };
  g_autoptr (GArray) ranges = g_array_new (FALSE, FALSE, sizeof (PhSearchRange));
  g_autoptr (PhSearch) search = NULL;

  g_unichar_to_utf8 (c, text);
  search = ph_search_new (&query, NULL);
  g_assert_nonnull (search);
  ph_search_ranges (search, &record, NULL, bytes, 0, ranges);
  if (ranges->len != 1 || g_array_index (ranges, PhSearchRange, 0).end != length)
    {
      g_autoptr (GString) hex = g_string_new (NULL);

      ph_hex_append (hex, bytes, length);
      g_error ("%s: U+%04X is not found in %s", charset->id, c, hex->str);
    }
}

/* Everything of one to three bytes that is a character, and of four bytes in a sample, is found by that character. */
static void
check_sequence (PhDecoder *decoder, const guint8 *bytes, gsize length, GString *text)
{
  const char *p, *end;
  gunichar c;

  g_string_truncate (text, 0);
  ph_decoder_decode (decoder, NULL, bytes, length, text);
  p = text->str;
  end = p + text->len;
  if (p == end || ph_marks_next (&p, end, &c) == PH_MARK_BAD || p < end || c == 0)
    return;
  {
    g_autoptr (GArray) sequences = g_array_new (FALSE, FALSE, sizeof (PhSequence));
    gboolean there = FALSE;

    g_assert_true (ph_sequences_append (ph_decoder_get_charset (decoder), c, sequences, NULL));
    for (guint i = 0; i < sequences->len; i++)
      {
        const PhSequence *sequence = &g_array_index (sequences, PhSequence, i);

        there = there || (sequence->length == length && memcmp (sequence->bytes, bytes, length) == 0);
      }
    if (!there)
      g_error ("%s: U+%04X lacks a sequence of %u bytes", ph_decoder_get_charset (decoder)->id, c, (guint) length);
    if (sequences->len > 1)
      assert_found (ph_decoder_get_charset (decoder), c, bytes, length, length % 2 == 0);
  }
}

static void
test_every_sequence_of_bytes_is_found_by_its_character (void)
{
  guint n_charsets;
  const PhCharset *charsets = ph_charsets (&n_charsets);

  for (guint i = 0; i < n_charsets; i++)
    {
      g_autoptr (PhDecoder) decoder = ph_decoder_new (&charsets[i]);
      g_autoptr (GString) text = g_string_new (NULL);
      guint step = g_test_slow () || charsets[i].longest < 4 ? 1 : 7;

      for (guint n = 0; n < (charsets[i].longest == 1 ? 0x100 : 0x10000); n += step)
        {
          const guint8 bytes[] = { n >> 8, n & 0xFF, 0x81 + n % 0x7E, 0x30 + n % 10 };

          if (n < 0x100)
            check_sequence (decoder, (const guint8[]) { n }, 1, text);
          check_sequence (decoder, bytes, 2, text);
          check_sequence (decoder, (const guint8[]) { 0x8F, n >> 8, n & 0xFF }, 3, text);
          check_sequence (decoder, bytes, 4, text);
        }
    }
}

typedef struct
{
  const char *charset, *text, *payload;
  gboolean match_case;
  const char *ranges;
} Row;

static const Row rows[] = {
  { "shift-jis", "∵", "\x81\xE6 \x87\x9A \xED\x40", TRUE, "0-2 3-5 " },
  { "shift-jis", "纊", "\xED\x40 \xFA\x5C", TRUE, "0-2 3-5 " },
  { "shift-jis", "ⅰ", "\x87\x54 \xEE\xEF \xFA\x40 \xFA\x4A", FALSE, "0-2 3-5 6-8 9-11 " }, /* Ⅰ, and ⅰ twice, Ⅰ */
  { "shift-jis", "a∵b", "A\x87\x9A" "b a\x81\xE6" "B \x87\x9A", FALSE, "0-4 5-9 " },
  { "shift-jis", "∵∵∵∵∵∵∵∵∵", "\x87\x9A\x81\xE6\x87\x9A\x81\xE6\x87\x9A\x81\xE6\x87\x9A\x81\xE6\x87\x9A", TRUE, "0-18 " },
  { "shift-jis", "¥", "\x5C", TRUE, "" }, /* it is shown as a backslash */
  { "big5", "╞", "\xF9\xE9 \xA2\xA5 \xF9\xF9", TRUE, "0-2 3-5 " },
  { "euc-kr", "Ａ", "\xA3\xC1 \xA3\xE1", FALSE, "0-2 3-5 " },
  { "utf-8", "k", "\xE2\x84\xAA k K", FALSE, "0-3 4-5 6-7 " },
  { "utf-8", "Kelvin", "\xE2\x84\xAA" "elvin", FALSE, "0-8 " },
  { "utf-8", "k", "\xE2\x84\xAA k", TRUE, "4-5 " },
  { "utf-8", "strasse", "\xC5\xBFtra\xC3\x9F" "e \xC5\xBFtra\xC5\xBFse", FALSE, "9-18 " },
  { "utf-8", "ＡΣ", "\xEF\xBD\x81\xCF\x82 \xEF\xBC\xA1\xCE\xA3", FALSE, "0-5 6-11 " },
  { "utf-8", "ы", "\xD0\xAB \xD1\x8B \xD0\x8B \xD1\xAB", FALSE, "0-2 3-5 " }, /* not one byte of each case */
  { "utf-8", "i", "\xC4\xB0 \xC4\xB1 I", FALSE, "6-7 " },
  { "utf-8", "/", "\xC0\xAF/", FALSE, "2-3 " }, /* no overlong forms */
  { "latin-1", "ÿ", "\xFF", FALSE, "0-1 " },
  { "latin-1", "Ÿ", "\xFF", FALSE, "0-1 " },
};

static void
test_other_byte_sequences_and_cases_are_found (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const Row *row = &rows[i];
      PhSearchQuery query = { .text = row->text, .charset = ph_charset_find (row->charset), .match_case = row->match_case,
                              .kinds = PH_SEARCH_ALL };
      PhRecord record = { .kind = PH_RECORD_IN, .length = (guint32) strlen (row->payload) };
      g_autoptr (GArray) ranges = g_array_new (FALSE, FALSE, sizeof (PhSearchRange));
      g_autoptr (GString) told = g_string_new (NULL);
      g_autoptr (PhSearch) search = ph_search_new (&query, NULL);

      g_test_message ("%s: “%s”", row->charset, row->text);
      g_assert_nonnull (search);
      ph_search_ranges (search, &record, NULL, (const guint8 *) row->payload, 0, ranges);
      for (guint n = 0; n < ranges->len; n++)
        g_string_append_printf (told, "%u-%u ", g_array_index (ranges, PhSearchRange, n).start,
                                g_array_index (ranges, PhSearchRange, n).end);
      g_assert_cmpstr (told->str, ==, row->ranges);
    }
}

/* ---- streams ---- */

/* The records of a stream that match, as “0 2 ”. */
static char *
find_in_stream (const char *charset, PhSearchMode mode, const char *text, const char *const *pieces)
{
  PhSearchQuery query = { .mode = mode, .text = text, .charset = ph_charset_find (charset), .kinds = PH_SEARCH_ALL };
  g_autoptr (PhSearch) search = ph_search_new (&query, NULL);
  g_autofree PhChunk *chunk = g_malloc0 (PH_CHUNK_SIZE);
  GString *found = g_string_new (NULL);
  guint64 bits = 0;
  int stop = 0;

  ph_chunk_init (chunk, 0, 0);
  for (; *pieces != NULL; pieces++)
    {
      g_autoptr (GBytes) bytes = ph_hex_parse (*pieces, NULL, NULL);
      PhRecord *record = ph_chunk_record (chunk, chunk->count);

      *record = (PhRecord) { .kind = PH_RECORD_IN, .peer = 1, .flags = PH_RECORD_STREAM, .offset = chunk->used };
      record->length = (guint32) g_bytes_get_size (bytes);
      memcpy ((guint8 *) chunk + chunk->used, g_bytes_get_data (bytes, NULL), record->length);
      chunk->used += record->length;
      chunk->count++;
    }
  g_assert_true (ph_search_chunk (search, chunk, 0, chunk->count, &stop, &bits));
  for (guint32 i = 0; i < chunk->count; i++)
    if ((bits >> i & 1) != 0)
      g_string_append_printf (found, "%u ", i);

  return g_string_free (found, FALSE);
}

static void
test_a_character_that_is_cut_is_found_where_it_is_shown (void)
{
  static const struct
  {
    const char *charset;
    PhSearchMode mode;
    const char *text, *pieces[4], *expected;
  } streams[] = {
    { "utf-8", PH_SEARCH_TEXT, "你", { "61 E4 BD", "A0 62" }, "1 " },
    { "utf-8", PH_SEARCH_TEXT, "你b", { "61 E4", "BD", "A0 62" }, "2 " },
    { "utf-8", PH_SEARCH_REGEX, "^.b", { "61 E4 BD", "A0 62" }, "1 " },
    { "gbk", PH_SEARCH_TEXT, "好你", { "C4 E3 BA", "C3 C4 E3" }, "1 " },
    { "gbk", PH_SEARCH_TEXT, "你", { "C4 E3 BA", "C3 C4 E3" }, "0 1 " },
    { "utf-16le", PH_SEARCH_TEXT, "ab", { "61 00 62", "00 61 00 62 00" }, "1 " },
    { "utf-16le", PH_SEARCH_TEXT, "b", { "61 00 62", "00 61 00 61 00" }, "1 " },
    { "gb18030", PH_SEARCH_TEXT, "0", { "81 30", "81 30" }, "" },
    { "gbk", PH_SEARCH_HEX, "BA C3", { "C4 E3 BA", "C3" }, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (streams); i++)
    {
      g_autofree char *found = find_in_stream (streams[i].charset, streams[i].mode, streams[i].text, streams[i].pieces);

      g_test_message ("%s: “%s”", streams[i].charset, streams[i].text);
      g_assert_cmpstr (found, ==, streams[i].expected);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pattern/case_is_folded_character_by_character", test_case_is_folded_character_by_character);
  g_test_add_func ("/pattern/every_sequence_of_bytes_is_found_by_its_character",
                   test_every_sequence_of_bytes_is_found_by_its_character);
  g_test_add_func ("/pattern/other_byte_sequences_and_cases_are_found", test_other_byte_sequences_and_cases_are_found);
  g_test_add_func ("/pattern/a_character_that_is_cut_is_found_where_it_is_shown",
                   test_a_character_that_is_cut_is_found_where_it_is_shown);

  return g_test_run ();
}
