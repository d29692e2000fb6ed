/* test-bytes.c: the bytes that a selection holds, in every mode
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include <string.h>

#include "lines-fixture.h"
#include "ph-hex.h"
#include "ph-log-bytes.h"
#include "ph-log-walk.h"

#define END G_MAXUINT32 /* of the line's text, behind the mark of a line break */

/* The bytes of one record from one place to another, as hex; those of earlier records in brackets. */
static char *
dup_selected (Lines *lines, PhLogPos from, PhLogPos to, const char *bytes, gsize length)
{
  g_autoptr (PhLogLine) line = NULL;
  GString *text = g_string_new (NULL);
  PhLogBytes selected;

  from.entry = to.entry = ph_store_end (lines->store);
  ph_log_source_advance (lines->source, from.entry);
  line = ph_log_source_dup_line (lines->source, to.entry, to.line);
  to.index = to.index == END ? line->length : to.index;
  ph_log_bytes_select (lines->source, &from, &to, &selected);
  g_assert_cmpuint (selected.to, <=, length);
  if (selected.before.length > 0)
    {
      g_string_append_c (text, '(');
      ph_hex_append (text, selected.before.bytes, selected.before.length);
      g_string_append_c (text, ')');
    }
  if (selected.to > selected.from)
    ph_hex_append (text, (const guint8 *) bytes + selected.from, selected.to - selected.from);

  return g_string_free (text, FALSE);
}

typedef struct
{
  PhLogMode mode;
  gboolean hex;
  const char *charset, *bytes;
  guint32 line, index, to_line, to_index;
  const char *expected;
} Row;

static const Row rows[] = {
  /* Line breaks: the one that ends the text can be selected as well. */
  { PH_LOG_MODE_COMFORTABLE, FALSE, "utf-8", "OK\r\n", 0, 0, 1, END, "4F 4B 0D 0A" },
  { PH_LOG_MODE_COMFORTABLE, FALSE, "utf-8", "OK\r\n", 1, 0, 1, END, "4F 4B 0D 0A" },
  { PH_LOG_MODE_COMFORTABLE, FALSE, "utf-8", "OK\r\n", 1, 0, 1, 2, "4F 4B" },
  { PH_LOG_MODE_COMFORTABLE, FALSE, "utf-8", "OK\r\n", 1, 2, 1, END, "0D 0A" },
  { PH_LOG_MODE_COMFORTABLE, FALSE, "utf-8", "\n", 1, 0, 1, END, "0A" },
  { PH_LOG_MODE_COMFORTABLE, FALSE, "utf-8", "a\r\nb\r", 1, 1, 2, END, "0D 0A 62 0D" },
  { PH_LOG_MODE_COMFORTABLE, FALSE, "utf-8", "a\n\nb", 1, 0, 3, 0, "61 0A 0A" },
  { PH_LOG_MODE_COMFORTABLE, FALSE, "utf-8", "a\rb", 1, 1, 1, 9, "0D" }, /* ⟨CR⟩ takes eight bytes */
  { PH_LOG_MODE_COMFORTABLE, FALSE, "utf-16le", "a\nb\n", 1, 0, 1, END, "61 0A 62 0A" },
  { PH_LOG_MODE_COMFORTABLE, FALSE, "utf-8", "a\r\n", 0, 0, 0, END, "" },
  { PH_LOG_MODE_COMFORTABLE, FALSE, "utf-8", "a\r\n", 0, 3, 1, 1, "61" },
  /* Characters of several bytes, and bytes that are none. */
  { PH_LOG_MODE_COMFORTABLE, FALSE, "utf-8", "a\xE4\xBD\xA0z", 1, 1, 1, 4, "E4 BD A0" },
  { PH_LOG_MODE_COMFORTABLE, FALSE, "gbk", "a\xC4\xE3\xBA\xC3", 1, 4, 1, END, "BA C3" },
  { PH_LOG_MODE_COMFORTABLE, FALSE, "utf-8", "\xFFz\xFE", 1, 0, 1, 8, "FF" }, /* ⟨FF⟩ takes eight bytes */
  { PH_LOG_MODE_COMFORTABLE, FALSE, "utf-8", "\xFFz\xFE", 1, 4, 1, 9, "FF 7A" },
  { PH_LOG_MODE_COMFORTABLE, FALSE, "utf-8", "\xFFz\xFE", 1, 9, 1, 12, "FE" },
  { PH_LOG_MODE_COMFORTABLE, FALSE, "utf-8", "z\xE4\xBD", 1, 0, 1, 9, "7A E4" },
  { PH_LOG_MODE_COMFORTABLE, FALSE, "utf-8", "z\xE4\xBD", 1, 9, 1, END, "BD" },
  { PH_LOG_MODE_COMFORTABLE, FALSE, "utf-8", "\xE2\x9D\xA4\xEF\xB8\x8F!", 1, 6, 1, 7, "21" }, /* with a variation selector */
  { PH_LOG_MODE_COMFORTABLE, FALSE, "utf-8", "\xE2\x9D\xA4\xEF\xB8\x8F!", 1, 0, 1, 6, "E2 9D A4 EF B8 8F" },
  { PH_LOG_MODE_COMFORTABLE, FALSE, "utf-8", "\u06CC\u200C\u062Ez", 1, 2, 1, 5, "E2 80 8C" }, /* a joiner that joins */
  { PH_LOG_MODE_COMFORTABLE, FALSE, "utf-8", "\u06CC\u200C\u062Ez", 1, 7, 1, 8, "7A" },
  { PH_LOG_MODE_COMFORTABLE, FALSE, "utf-8", "a\u200Cz", 1, 1, 1, 13, "E2 80 8C" }, /* ⟨U+200C⟩ takes twelve bytes */
  /* Rows of bytes: a digit stands for its byte. */
  { PH_LOG_MODE_COMFORTABLE, TRUE, "utf-8", "OK\r\n", 0, 0, 1, END, "4F 4B 0D 0A" },
  { PH_LOG_MODE_COMFORTABLE, TRUE, "utf-8", "OK\r\n", 1, 1, 1, 4, "4F 4B" },
  { PH_LOG_MODE_COMFORTABLE, TRUE, "utf-8", "\xE4\xBD\xA0", 1, 3, 1, 5, "BD" },
  { PH_LOG_MODE_BYTES, FALSE, "utf-8", "OK\r\n", 0, 0, 1, END, "4F 4B 0D 0A" },
  { PH_LOG_MODE_BYTES, FALSE, "utf-8", "OK\r\n", 1, 8, 1, 12, "4F 4B" },
  { PH_LOG_MODE_BYTES, FALSE, "utf-8", "OK\r\n", 1, 9, 1, 10, "4F" },
  { PH_LOG_MODE_BYTES, FALSE, "utf-8", "OK\r\n", 1, 59, 1, 60, "4B" },
  { PH_LOG_MODE_BYTES, FALSE, "utf-8", "OK\r\n", 1, 11, 1, 58, "4B 0D 0A" },
  { PH_LOG_MODE_BYTES, FALSE, "utf-8", "0123456789abcdef.", 1, 32, 1, 35, "38" },
  { PH_LOG_MODE_BYTES, FALSE, "utf-8", "0123456789abcdef.", 1, 54, 2, 10, "66 2E" },
  /* The table: the columns before the payload, and the end of the row, stand for all of it. */
  { PH_LOG_MODE_TABLE, FALSE, "utf-8", "OK\r\n", 0, 1, 0, END, "4F 4B 0D 0A" },
  { PH_LOG_MODE_TABLE, FALSE, "utf-8", "OK\r\n", 0, 1, 0, 4, "4F 4B 0D 0A" },
  { PH_LOG_MODE_TABLE, TRUE, "utf-8", "OK\r\n", 0, 1, 0, END, "4F 4B 0D 0A" },

  /* The fields “←\t127.0.0.1:4000\t4\t” take 21 bytes. */
  { PH_LOG_MODE_COMPACT, FALSE, "utf-8", "OK\r\n", 0, 0, 0, END, "4F 4B 0D 0A" },
  { PH_LOG_MODE_COMPACT, FALSE, "utf-8", "OK\r\n", 0, 21, 0, END, "4F 4B 0D 0A" },
  { PH_LOG_MODE_COMPACT, FALSE, "utf-8", "OK\r\n", 0, 21, 0, 22, "4F" },
  { PH_LOG_MODE_COMPACT, FALSE, "utf-8", "OK\r\n", 0, 22, 0, 23, "4B" },
  { PH_LOG_MODE_COMPACT, FALSE, "utf-8", "OK\r\n", 0, 0, 0, 10, "" },
  { PH_LOG_MODE_COMPACT, FALSE, "utf-8", "a\r\nb\r", 0, 22, 1, END, "0D 0A 62 0D" },
  { PH_LOG_MODE_COMPACT, TRUE, "utf-8", "OK\r\n", 0, 22, 0, 25, "4F 4B" },
  { PH_LOG_MODE_COMPACT, TRUE, "utf-8", "OK\r\n", 0, 5, 0, 23, "4F" },
  { PH_LOG_MODE_COMPACT, FALSE, "gbk", "\xC4\xE3\xBA\xC3", 0, 24, 0, END, "BA C3" },
  { PH_LOG_MODE_STREAM, FALSE, "utf-8", "OK\r\nb", 0, 1, 1, 1, "4B 0D 0A 62" },
  { PH_LOG_MODE_STREAM, TRUE, "utf-8", "OK\r\n", 0, 3, 0, 5, "4B" },
};

static void
test_a_selection_holds_every_byte_of_its_characters (Lines *lines, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const Row *row = &rows[i];
      PhLogPos from = { .line = row->line, .index = row->index }, to = { .line = row->to_line, .index = row->to_index };
      g_autofree char *selected = NULL;

      lines->format.mode = row->mode;
      lines->format.form = row->hex ? PH_FORM_HEX : PH_FORM_TEXT;
      lines->format.charset = ph_charset_find (row->charset);
      lines_apply (lines);
      lines_put (lines, PH_RECORD_IN, row->bytes);
      selected = dup_selected (lines, from, to, row->bytes, strlen (row->bytes));
      g_test_message ("%u", i);
      g_assert_cmpstr (selected, ==, row->expected);
    }
}

static void
test_a_part_of_the_payload_can_be_selected_in_the_table (Lines *lines, gconstpointer data)
{
  static const char payload[] = "ab\xFF\r\n";
  g_autoptr (PhLogLine) line = NULL;
  g_autofree char *text = NULL, *hex = NULL;
  PhLogPos from = { .line = 0 }, to = { .line = 0 };

  lines->format.mode = PH_LOG_MODE_TABLE;
  lines_apply (lines);
  lines_put (lines, PH_RECORD_IN, payload);
  line = lines_dup_last (lines, 0);
  from.index = strrchr (line->text, '\t') + 2 - line->text;
  to.index = from.index + strlen ("b⟨F");
  text = dup_selected (lines, from, to, payload, strlen (payload));
  g_assert_cmpstr (text, ==, "62 FF");
  lines->format.form = PH_FORM_HEX;
  lines_apply (lines);
  to.index = from.index + strlen ("1 62 F");
  hex = dup_selected (lines, from, to, payload, strlen (payload));
  g_assert_cmpstr (hex, ==, "61 62 FF");
}

/* A character that two records of a stream share belongs to the text of the second one. */
static void
test_a_character_cut_between_records_is_selected_whole (Lines *lines, gconstpointer data)
{
  static const char first[] = "ab\xE4\xBD", second[] = "\xA0.";
  g_autofree char *text = NULL, *record = NULL, *uncut = NULL;
  PhLogPos from = { .line = 1, .index = 0 }, to = { .line = 1, .index = 2 };
  PhLogBytes selected;

  lines_make_stream ();
  lines_put (lines, PH_RECORD_IN, first);
  uncut = dup_selected (lines, (PhLogPos) { .line = 1 }, (PhLogPos) { .line = 1, .index = 10 }, first, 4);
  g_assert_cmpstr (uncut, ==, "61 62 E4");
  lines_put (lines, PH_RECORD_IN, second);
  text = dup_selected (lines, (PhLogPos) { .line = 1 }, (PhLogPos) { .line = 1, .index = 3 }, second, 2);
  g_assert_cmpstr (text, ==, "(E4 BD)A0");
  record = dup_selected (lines, (PhLogPos) { .line = 0 }, (PhLogPos) { .line = 1, .index = END }, second, 2);
  g_assert_cmpstr (record, ==, "A0 2E");

  lines_put (lines, PH_RECORD_IN, first);
  lines_put (lines, PH_RECORD_IN, second);
  ph_log_source_advance (lines->source, ph_store_end (lines->store));
  from.entry = to.entry = ph_store_end (lines->store) - 1;
  ph_log_bytes_select (lines->source, &from, &to, &selected);
  g_assert_cmpuint (selected.to, ==, 2); /* “ab” */
  from.line = 0;
  ph_log_bytes_select (lines->source, &from, &to, &selected);
  g_assert_cmpuint (selected.to, ==, 4); /* the record */
}

/* ---- any bytes ---- */

static gsize
random_bytes (GRand *random, char *bytes, gsize most)
{
  static const char some[] = { 'a', '\r', '\n', '\x01', '\xC4', '\xE3', '\x81', '\x30', '\xEF', '\xB8', '\x8F', '\x00' };
  gsize length = g_rand_int_range (random, 0, most);

  for (gsize i = 0; i < length; i++)
    bytes[i] = some[g_rand_int_range (random, 0, sizeof some)];

  return length;
}

/* All places of a record in order: the bytes before a place and those behind it are all of them, once. */
static void
check_places (Lines *lines, gsize length)
{
  guint64 entry = ph_store_end (lines->store);
  guint n_lines = ph_log_source_n_lines (lines->source, entry);
  gsize before = 0;

  for (guint n = 0; n < n_lines; n++)
    {
      g_autoptr (PhLogLine) line = ph_log_source_dup_line (lines->source, entry, n);

      for (guint32 index = line->lead; index <= line->length; index = index == line->tail ? MAX (line->length, index + 1) : index + 1)
        {
          PhLogPos start = { entry, 0, 0 }, place = { entry, n, index }, end = { entry, n_lines - 1, G_MAXUINT32 };
          PhLogBytes left, right;

          ph_log_bytes_select (lines->source, &start, &place, &left);
          ph_log_bytes_select (lines->source, &place, &end, &right);
          if (lines->format.mode == PH_LOG_MODE_COMFORTABLE)
            {
              g_assert_cmpuint (left.to, >=, before);
              g_assert_cmpuint (right.from, <=, left.to);
              before = left.to;
            }
          g_assert_cmpuint (right.to, ==, length);
          g_assert_cmpuint (left.from, ==, 0);
        }
    }
}

static void
test_no_byte_is_left_out_in_any_mode_and_encoding (Lines *lines, gconstpointer data)
{
  guint n_charsets;
  const PhCharset *charsets = ph_charsets (&n_charsets);
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (guint i = 0; i < n_charsets * PH_LOG_N_MODES * 8; i++)
    {
      char bytes[40];
      gsize length = random_bytes (random, bytes, sizeof bytes);

      lines->format.charset = &charsets[i % n_charsets];
      lines->format.mode = i / n_charsets % PH_LOG_N_MODES;
      lines->format.form = i / n_charsets / PH_LOG_N_MODES % 2 != 0 ? PH_FORM_HEX : PH_FORM_TEXT;
      lines_apply (lines);
      lines_put_bytes (lines->store, PH_RECORD_IN, 1, bytes, length);
      ph_store_notify (lines->store);
      ph_log_source_advance (lines->source, ph_store_end (lines->store));
      check_places (lines, length);
    }
}

#define ADD(name) g_test_add ("/log-bytes/" #name, Lines, NULL, lines_set_up, test_##name, lines_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD (a_selection_holds_every_byte_of_its_characters);
  ADD (a_part_of_the_payload_can_be_selected_in_the_table);
  ADD (a_character_cut_between_records_is_selected_whole);
  ADD (no_byte_is_left_out_in_any_mode_and_encoding);

  return g_test_run ();
}
