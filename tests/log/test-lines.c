/* test-lines.c: records as lines of text, in all modes and encodings, whatever a peer sends
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include <string.h>

#include "lines-fixture.h"
#include "ph-log-index.h"

static void
test_log_mode_has_a_header_and_the_text (Lines *lines, gconstpointer data)
{
  lines_put (lines, PH_RECORD_IN, "one\r\ntwo\n\nfour");
  lines_put (lines, PH_RECORD_OUT, "x");
  lines_put (lines, PH_RECORD_IN, "");
  lines_assert (lines, "←\t127.0.0.1:4000  14 bytes\none\ntwo\n\nfour\n→\t127.0.0.1:4000  1 byte\nx\n"
                       "←\t127.0.0.1:4000  0 bytes");
}

static void
test_table_mode_has_a_line_for_each_record (Lines *lines, gconstpointer data)
{
  g_autoptr (PhLogLine) in = NULL, out = NULL;

  lines->format.mode = PH_LOG_MODE_TABLE;
  lines_apply (lines);
  lines_put (lines, PH_RECORD_IN, "a\tb");
  lines_put (lines, PH_RECORD_OUT, "out");
  in = lines_dup (lines, 0);
  out = lines_dup (lines, 1);
  g_assert_cmpstr (in->text, ==, "\t1\t← In\t127.0.0.1:4000\t3\ta⟨HT⟩b");
  g_assert_cmpstr (out->text, ==, "\t2\t→ Out\t127.0.0.1:4000\t3\tout");
}

static void
test_hex_mode_has_offset_bytes_and_characters (Lines *lines, gconstpointer data)
{
  g_autoptr (PhLogLine) full = NULL, rest = NULL;

  lines->format.mode = PH_LOG_MODE_BYTES;
  lines_apply (lines);
  lines_put (lines, PH_RECORD_IN, "0123456789abcdef\n");
  full = lines_dup (lines, 1);
  rest = lines_dup (lines, 2);
  g_assert_cmpstr (full->text, ==, "000000  30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66  0123456789abcdef");
  g_assert_true (g_str_has_prefix (rest->text, "000010  0A "));
  g_assert_true (g_str_has_suffix (rest->text, "  ·"));
}

static void
test_payloads_are_shown_as_hex_on_request (Lines *lines, gconstpointer data)
{
  lines->format.form = PH_FORM_HEX;
  lines_apply (lines);
  lines_put (lines, PH_RECORD_IN, "U\n");
  lines_assert (lines, "←\t127.0.0.1:4000  2 bytes\n55 0A");
}

static void
test_another_encoding_applies_to_what_is_there (Lines *lines, gconstpointer data)
{
  lines_put (lines, PH_RECORD_IN, "\xC4\xE3\xBA\xC3");
  lines_assert (lines, "←\t127.0.0.1:4000  4 bytes\n⟨C4⟩⟨E3⟩⟨BA⟩⟨C3⟩");
  lines->format.charset = ph_charset_find ("gbk");
  lines_apply (lines);
  lines_assert (lines, "←\t127.0.0.1:4000  4 bytes\n你好");
}

static void
test_a_peer_cannot_forge_or_reorder_lines (Lines *lines, gconstpointer data)
{
  lines_apply (lines);
  lines_put (lines, PH_RECORD_IN, "a\xE2\x80\xAE" "b\xE2\x80\xA8" "c<b>&\x1B[2J\r");
  lines_assert (lines, "←\t127.0.0.1:4000  18 bytes\na⟨U+202E⟩b⟨U+2028⟩c<b>&⟨ESC⟩[2J⟨CR⟩");
}

/* ---- styles ---- */

static void
assert_styles (const PhLogLine *line, const char *expected)
{
  static const char letters[] = ".dfRSEX?!"; /* as PhLogStyle has them */
  g_autofree char *styles = g_strnfill (line->length, '.');

  for (guint i = 0; i < line->spans->len; i++)
    {
      const PhLogSpan *span = &g_array_index (line->spans, PhLogSpan, i);

      memset (styles + span->start, letters[span->style], span->end - span->start);
    }
  g_assert_cmpstr (styles, ==, expected);
}

static void
test_parts_of_a_line_have_styles (Lines *lines, gconstpointer data)
{
  static const struct
  {
    PhRecordKind kind;
    const char *bytes;
    guint line;
    const char *styles;
  } rows[] = {
    { PH_RECORD_IN, "x", 0, "RRR.RRRRRRRRRRRRRR..dddddd" },
    { PH_RECORD_OUT, "x", 0, "SSS.SSSSSSSSSSSSSS..dddddd" },
    { PH_RECORD_IN, "ab\n", 1, "..ffffffff" },
    { PH_RECORD_IN, "a\x01", 1, ".?????????" },
    { PH_RECORD_IN, "a\xFF\xFE", 1, ".!!!!!!!!!!!!!!!!" },
    { PH_RECORD_JOINED, "n", 0, "EEE............" },
    { PH_RECORD_ERROR, "no", 0, "XXX.XXXXX" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (PhLogLine) line = NULL;

      lines_put (lines, rows[i].kind, rows[i].bytes);
      ph_log_source_advance (lines->source, ph_store_end (lines->store));
      line = ph_log_source_dup_line (lines->source, ph_store_end (lines->store), rows[i].line);
      g_test_message ("%s", line->text);
      assert_styles (line, rows[i].styles);
    }
}

/* ---- characters cut across records ---- */

static void
test_a_cut_character_waits_for_its_other_half (Lines *lines, gconstpointer data)
{
  lines_make_stream ();
  lines_put (lines, PH_RECORD_IN, "a\xE4\xBD");
  lines_assert (lines, "←\t127.0.0.1:4000  3 bytes\na⟨E4⟩⟨BD⟩");
  lines_put (lines, PH_RECORD_OUT, "-");
  lines_put (lines, PH_RECORD_IN, "\xA0" "b");
  lines_assert (lines, "←\t127.0.0.1:4000  3 bytes\na\n→\t127.0.0.1:4000  1 byte\n-\n"
                       "←\t127.0.0.1:4000  2 bytes\n你b");
}

static void
test_a_cut_character_in_every_encoding (Lines *lines, gconstpointer data)
{
  static const struct
  {
    const char *charset, *bytes;
    gsize length;
    const char *text;
  } rows[] = {
    { "gbk", "\xC4\xE3\xBA\xC3", 4, "你好" },
    { "utf-16le", "\x60\x4F\x7D\x59\x3D\xD8\x00\xDE", 8, "你好😀" },
    { "utf-16be", "\x4F\x60\x59\x7D", 4, "你好" },
    { "shift-jis", "\x93\xFA\x96\x7B", 4, "日本" },
  };

  lines_make_stream ();
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = NULL;

      ph_store_discard (lines->store, ph_store_end (lines->store));
      lines->format.charset = ph_charset_find (rows[i].charset);
      lines_apply (lines);
      for (gsize n = 0; n < rows[i].length; n++)
        lines_put_bytes (lines->store, PH_RECORD_IN, 1, rows[i].bytes + n, 1);
      text = lines_dup_all (lines);
      g_assert_null (strstr (text, "⟨"));
      for (const char *p = rows[i].text; *p != '\0'; p = g_utf8_next_char (p))
        g_assert_nonnull (g_utf8_strchr (text, -1, g_utf8_get_char (p)));
    }
}

static void
test_a_new_connection_owes_nothing_to_the_old (Lines *lines, gconstpointer data)
{
  g_autoptr (PhLogLine) before = NULL, after = NULL;

  lines_make_stream ();
  lines_put (lines, PH_RECORD_IN, "\xE4\xBD");
  lines_put (lines, PH_RECORD_CLOSED, "");
  lines_put (lines, PH_RECORD_IN, "\xA0");
  lines->format.mode = PH_LOG_MODE_TABLE;
  lines_apply (lines);
  before = lines_dup (lines, 0);
  after = lines_dup (lines, 2);
  g_assert_true (g_str_has_suffix (before->text, "⟨E4⟩⟨BD⟩"));
  g_assert_true (g_str_has_suffix (after->text, "⟨A0⟩"));
}

static void
test_datagrams_stand_alone (Lines *lines, gconstpointer data)
{
  lines_put (lines, PH_RECORD_IN, "\xE4\xBD");
  lines_put (lines, PH_RECORD_IN, "\xA0");
  lines_assert (lines, "←\t127.0.0.1:4000  2 bytes\n⟨E4⟩⟨BD⟩\n←\t127.0.0.1:4000  1 byte\n⟨A0⟩");
}

/* ---- long lines ---- */

static void
test_a_line_of_half_a_mebibyte_is_several_pieces (Lines *lines, gconstpointer data)
{
  g_autofree char *big = g_malloc (PH_STORE_PAYLOAD_MAX);
  g_autofree char *text = NULL;

  memset (big, 'x', PH_STORE_PAYLOAD_MAX);
  lines->format.mode = PH_LOG_MODE_STREAM;
  lines_apply (lines);
  lines_put_bytes (lines->store, PH_RECORD_IN, 1, big, PH_STORE_PAYLOAD_MAX);
  for (guint n = 0; n < 40; n++)
    {
      g_autoptr (PhLogLine) line = lines_dup (lines, n);

      g_assert_cmpuint (line->length, <=, PH_LOG_PIECE);
      g_assert_true (line->joined);
    }
  text = lines_dup_all (lines);
  g_assert_cmpuint (strlen (text), ==, PH_STORE_PAYLOAD_MAX);
}

static void
test_long_lines_are_cut_between_characters (Lines *lines, gconstpointer data)
{
  g_autoptr (GString) han = g_string_new (NULL);
  g_autofree char *text = NULL;

  for (guint i = 0; i < 5000; i++)
    g_string_append (han, i % 2 == 0 ? "\xC4\xE3" : "\xBA\xC3");
  lines->format.charset = ph_charset_find ("gbk");
  lines_apply (lines);
  lines_put_bytes (lines->store, PH_RECORD_IN, 1, "x", 1);
  lines_put_bytes (lines->store, PH_RECORD_IN, 1, han->str, han->len);
  text = lines_dup_all (lines);
  g_assert_null (strstr (text, "⟨"));
  g_assert_cmpint (g_utf8_strlen (strrchr (text, '\n') + 1, -1), ==, 5000);
}

/* ---- bytes and places ---- */

static void
test_every_place_stands_for_a_byte (Lines *lines, gconstpointer data)
{
  static const struct
  {
    PhLogMode mode;
    gboolean hex;
    const char *bytes;
    guint32 line, index;
    gsize byte;
  } rows[] = {
    { PH_LOG_MODE_COMFORTABLE, FALSE, "one\ntwo", 0, 5, 0 },
    { PH_LOG_MODE_COMFORTABLE, FALSE, "one\ntwo", 2, 0, 4 },
    { PH_LOG_MODE_COMFORTABLE, FALSE, "one\ntwo", 2, 2, 6 },
    { PH_LOG_MODE_COMFORTABLE, FALSE, "\xE4\xBD\xA0x", 1, 3, 3 },
    { PH_LOG_MODE_COMFORTABLE, FALSE, "\x01x", 1, 9, 1 }, /* ⟨SOH⟩ takes nine bytes */
    { PH_LOG_MODE_COMFORTABLE, TRUE, "one\ntwo", 1, 9, 3 },
    { PH_LOG_MODE_BYTES, FALSE, "0123456789abcdef.", 1, 8, 0 },
    { PH_LOG_MODE_BYTES, FALSE, "0123456789abcdef.", 1, 33, 8 },
    { PH_LOG_MODE_BYTES, FALSE, "0123456789abcdef.", 1, 60, 2 },
    { PH_LOG_MODE_BYTES, FALSE, "0123456789abcdef.", 2, 8, 16 },
    { PH_LOG_MODE_TABLE, FALSE, "one", 0, 20, 0 },
    { PH_LOG_MODE_TABLE, FALSE, "one", 0, 29, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      PhLogPos pos = { .line = rows[i].line, .index = rows[i].index };

      lines->format.mode = rows[i].mode;
      lines->format.form = rows[i].hex ? PH_FORM_HEX : PH_FORM_TEXT;
      lines_apply (lines);
      lines_put (lines, PH_RECORD_IN, rows[i].bytes);
      pos.entry = ph_store_end (lines->store);
      ph_log_source_advance (lines->source, pos.entry);
      g_test_message ("%u", i);
      g_assert_cmpuint (ph_log_source_byte_at (lines->source, &pos), ==, rows[i].byte);
      if (pos.line > 0)
        g_assert_cmpuint (ph_log_source_line_at_byte (lines->source, pos.entry, rows[i].byte), ==, pos.line);
    }
}

/* ---- the worst ---- */

static void
test_garbage_in_every_mode_and_encoding (Lines *lines, gconstpointer data)
{
  guint n_charsets;
  const PhCharset *charsets = ph_charsets (&n_charsets);
  g_autoptr (GRand) random = g_rand_new_with_seed (4711);
  guint8 bytes[3000];

  lines_make_stream ();
  for (guint i = 0; i < 40; i++)
    {
      gsize length = g_rand_int_range (random, 0, sizeof bytes);

      for (gsize n = 0; n < length; n++)
        bytes[n] = g_rand_int_range (random, 0, 256);
      lines_put_bytes (lines->store, i % 3 == 0 ? PH_RECORD_OUT : PH_RECORD_IN, i % 4, bytes, length);
    }
  for (guint i = 0; i < n_charsets * 3; i++)
    {
      g_autofree char *text = NULL;

      lines->format.charset = &charsets[i / 3];
      lines->format.mode = i % 3;
      lines->format.form = i % 5 == 0 ? PH_FORM_HEX : PH_FORM_TEXT;
      lines_apply (lines);
      text = lines_dup_all (lines);
      g_assert_true (g_utf8_validate (text, -1, NULL));
    }
}

#define ADD(name) g_test_add ("/log/lines/" #name, Lines, NULL, lines_set_up, test_##name, lines_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD (log_mode_has_a_header_and_the_text);
  ADD (table_mode_has_a_line_for_each_record);
  ADD (hex_mode_has_offset_bytes_and_characters);
  ADD (payloads_are_shown_as_hex_on_request);
  ADD (another_encoding_applies_to_what_is_there);
  ADD (a_peer_cannot_forge_or_reorder_lines);
  ADD (parts_of_a_line_have_styles);
  ADD (a_cut_character_waits_for_its_other_half);
  ADD (a_cut_character_in_every_encoding);
  ADD (a_new_connection_owes_nothing_to_the_old);
  ADD (datagrams_stand_alone);
  ADD (a_line_of_half_a_mebibyte_is_several_pieces);
  ADD (long_lines_are_cut_between_characters);
  ADD (every_place_stands_for_a_byte);
  ADD (garbage_in_every_mode_and_encoding);

  return g_test_run ();
}
