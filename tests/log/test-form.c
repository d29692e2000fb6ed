/* test-form.c: each record is shown in its own form: sent ones as they were sent, received ones as the user has chosen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-finder.h"
#include "ph-log-filter.h"
#include "ph-is-text.h"
#include "ph-log-form.h"
#include "ph-log-matches.h"
#include "ph-log-words.h"
#include "ph-marks.h"

#include <string.h>

#include "lines-fixture.h"

static guint8
form_of (PhForm form, const char *charset)
{
  return ph_record_form (form, charset != NULL ? ph_charset_find (charset)->number : 0);
}

static void
put (Lines *lines, PhRecordKind kind, guint8 form, guint16 flags, const void *bytes, gsize length)
{
  PhRecord record = { .time = 1, .length = length, .peer = 1, .kind = kind, .form = form, .flags = flags };

  ph_store_append (lines->store, &record, bytes);
  ph_store_notify (lines->store);
}

static void
put_text (Lines *lines, PhRecordKind kind, guint8 form, const char *text)
{
  put (lines, kind, form, 0, text, strlen (text));
}

static void
assert_last (Lines *lines, const char *expected)
{
  g_autoptr (PhLogLine) line = lines_dup_last (lines, 0);

  g_assert_cmpstr (line->text, ==, expected);
}

static void
test_what_was_sent_is_shown_as_it_was_sent (Lines *lines, gconstpointer data)
{
  lines->format.charset = ph_charset_find ("gbk");
  lines_apply (lines);
  put_text (lines, PH_RECORD_OUT, form_of (PH_FORM_TEXT, "utf-8"), "你好");
  assert_last (lines, "你好");
  put_text (lines, PH_RECORD_OUT, form_of (PH_FORM_HEX, "utf-8"), "AB");
  assert_last (lines, "41 42");
  put_text (lines, PH_RECORD_OUT, 0, "\xC4\xE3\xBA\xC3"); /* not typed: as what is received */
  assert_last (lines, "你好");
  put_text (lines, PH_RECORD_IN, form_of (PH_FORM_HEX, "utf-8"), "\xC4\xE3\xBA\xC3");
  assert_last (lines, "你好");
  lines->format.form = PH_FORM_HEX;
  lines_apply (lines);
  assert_last (lines, "C4 E3 BA C3");
  put_text (lines, PH_RECORD_OUT, form_of (PH_FORM_TEXT, "big5"), "\xA7\x41\xA6\x6E");
  assert_last (lines, "你好");
  put_text (lines, PH_RECORD_OUT, ph_record_form (PH_FORM_TEXT, 63), "\xC4\xE3"); /* of a newer program */
  assert_last (lines, "你");
}

static void
test_what_was_received_is_shown_as_it_came (Lines *lines, gconstpointer data)
{
  lines->format.as_it_came = TRUE;
  lines_apply (lines);
  put_text (lines, PH_RECORD_IN, form_of (PH_FORM_TEXT, "gbk"), "\xC4\xE3\xBA\xC3");
  assert_last (lines, "你好");
  put_text (lines, PH_RECORD_IN, form_of (PH_FORM_HEX, "gbk"), "AB");
  assert_last (lines, "41 42");
  put_text (lines, PH_RECORD_IN, form_of (PH_FORM_AUTOMATIC, "ascii"), "\x01\x02");
  assert_last (lines, "01 02");
  put_text (lines, PH_RECORD_IN, 0, "é");
  assert_last (lines, "é");
}

static void
test_every_mode_shows_the_form_of_the_record (Lines *lines, gconstpointer data)
{
  g_autofree char *words = NULL;

  lines->format.charset = ph_charset_find ("gbk");
  lines->format.mode = PH_LOG_MODE_TABLE;
  lines_apply (lines);
  put_text (lines, PH_RECORD_OUT, form_of (PH_FORM_TEXT, "utf-8"), "你好");
  {
    g_autoptr (PhLogLine) line = lines_dup_last (lines, 0);

    g_assert_true (g_str_has_suffix (line->text, "\t你好"));
  }
  words = ph_log_words_describe (lines->source, ph_store_end (lines->store));
  g_assert_cmpstr (words, ==, "Sent to 127.0.0.1:4000, 6 bytes: 你好");
  put_text (lines, PH_RECORD_OUT, form_of (PH_FORM_HEX, "utf-8"), "AB");
  {
    g_autoptr (PhLogLine) line = lines_dup_last (lines, 0);

    g_assert_true (g_str_has_suffix (line->text, "\t41 42"));
  }
}

/* ---- is it text? ---- */

#define BYTES(text) text, sizeof text - 1

static void
test_text_is_told_from_bytes (void)
{
  static const struct
  {
    const char *charset, *bytes;
    gsize length;
    gboolean stream, text;
  } rows[] = {
    { "utf-8", BYTES (""), FALSE, TRUE },
    { "utf-8", BYTES ("AT+OK\r\n"), FALSE, TRUE },
    { "utf-8", BYTES ("\x1B[31mred\x1B[0m\a\b\f\t"), FALSE, TRUE },
    { "utf-8", BYTES ("name\0\0\0\0"), FALSE, TRUE }, /* a field of fixed length */
    { "utf-8", BYTES ("\0\0\0"), FALSE, FALSE },
    { "utf-8", BYTES ("\0name"), FALSE, FALSE },
    { "utf-8", BYTES ("\0\1\0\0\0\6\1\3\0\0\0\1"), FALSE, FALSE }, /* Modbus TCP */
    { "utf-8", BYTES ("a\x7F"), FALSE, FALSE },
    { "utf-8", BYTES ("你好"), FALSE, TRUE },
    { "utf-8", BYTES ("a\xC2\x9B"), FALSE, FALSE },          /* a control character of two bytes */
    { "utf-8", BYTES ("\xE4\xBD\xA0\xE5"), FALSE, FALSE },   /* cut, */
    { "utf-8", BYTES ("\xE4\xBD\xA0\xE5"), TRUE, TRUE },     /* but a piece of a stream may be */
    { "utf-8", BYTES ("\xBD\xA0 ok"), TRUE, TRUE },
    { "utf-8", BYTES ("\xBD\xA0 ok"), FALSE, FALSE },
    { "utf-8", BYTES ("\xBD\xA0\xBD\xA0\xBD ok"), TRUE, FALSE },
    { "utf-8", BYTES ("\xE4\xBD"), TRUE, FALSE },            /* not a single character */
    { "gbk", BYTES ("\xC4\xE3\xBA\xC3"), FALSE, TRUE },
    { "gbk", BYTES ("\xE3\xBA\xC3 ok"), TRUE, TRUE },        /* the second half of 你, 好 */
    { "gbk", BYTES ("\xFF\xFE\xFD"), FALSE, FALSE },
    { "ascii", BYTES ("caf\xE9"), FALSE, FALSE },
    { "latin-1", BYTES ("caf\xE9"), FALSE, TRUE },
    { "latin-1", BYTES ("\x80\x81"), FALSE, FALSE },
    { "utf-16le", BYTES ("h\0i\0"), FALSE, TRUE },
    { "utf-16be", BYTES ("\0h\0i\0\0"), FALSE, TRUE },
    { "utf-16le", BYTES ("\1\0h\0"), FALSE, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const PhLogFormat format = { .form = PH_FORM_AUTOMATIC, .charset = ph_charset_find (rows[i].charset) };
      const PhRecord record = { .kind = PH_RECORD_IN, .length = rows[i].length, .flags = rows[i].stream ? PH_RECORD_STREAM : 0 };
      g_autoptr (PhLogForms) forms = ph_log_forms_new (&format);

      if (ph_log_forms_get (forms, &record, (const guint8 *) rows[i].bytes).hex == rows[i].text)
        g_error ("row %" G_GSIZE_FORMAT " is %stext", i, rows[i].text ? "" : "not ");
    }
}

static void
test_only_the_beginning_of_a_payload_is_looked_at (void)
{
  const PhLogFormat format = { .form = PH_FORM_AUTOMATIC, .charset = ph_charset_find ("utf-8") };
  g_autoptr (PhLogForms) forms = ph_log_forms_new (&format);
  guint8 bytes[PH_IS_TEXT_BYTES + 10];
  const PhRecord record = { .kind = PH_RECORD_IN, .length = sizeof bytes };

  memset (bytes, 'a', sizeof bytes);
  memcpy (bytes + PH_IS_TEXT_BYTES - 1, "é", strlen ("é")); /* across the end of what is looked at */
  bytes[PH_IS_TEXT_BYTES + 5] = 0;
  g_assert_false (ph_log_forms_get (forms, &record, bytes).hex);
  bytes[PH_IS_TEXT_BYTES - 5] = 1;
  g_assert_true (ph_log_forms_get (forms, &record, bytes).hex);
}

/* ---- random stores ---- */

#define RECORDS 60u
#define LONGEST 9

typedef struct
{
  PhLogForm form;
  guint8 bytes[LONGEST];
  gsize length;
} Piece;

/* What a record shows: its text, together with what the pieces before it, which are shown alike, have left. */
static char *
dup_expected (const Piece *pieces, guint n, guint at, PhCarry *carry)
{
  const Piece *piece = &pieces[at];
  g_autoptr (GString) decoded = g_string_new (NULL);
  GString *shown = g_string_new (NULL);
  g_autoptr (PhDecoder) decoder = ph_decoder_new (piece->form.charset);
  gboolean goes_on = at + 1 < n && !pieces[at + 1].form.hex && pieces[at + 1].form.charset == piece->form.charset;

  if (piece->form.hex)
    {
      for (gsize i = 0; i < piece->length; i++)
        g_string_append_printf (shown, i > 0 ? " %02X" : "%02X", piece->bytes[i]);
      return g_string_free (shown, FALSE);
    }
  ph_decoder_decode (decoder, carry, piece->bytes, piece->length, decoded);
  if (!goes_on)
    {
      ph_decoder_decode (decoder, NULL, carry->bytes, carry->length, decoded);
      carry->length = 0;
    }
  ph_marks_show (decoded->str, decoded->len, NULL, shown, NULL);

  return g_string_free (shown, FALSE);
}

static void
put_random (Lines *lines, GRand *random, PhLogForms *forms, Piece *piece)
{
  static const char *const charsets[] = { "utf-8", "gbk", "utf-8", "shift-jis" };
  static const char *const texts[] = { "你好", "\xC4\xE3\xBA\xC3", "héllo", "\xE4\xBD", "\x01\x02", "\x93\xFA" };
  const char *text = texts[g_rand_int_range (random, 0, G_N_ELEMENTS (texts))];
  gsize from = g_rand_int_range (random, 0, 2), most = g_rand_int_range (random, 1, LONGEST);
  PhRecord record = { .kind = PH_RECORD_IN, .peer = 1, .flags = PH_RECORD_STREAM,
                      .form = form_of (g_rand_int_range (random, 0, 4), charsets[g_rand_int_range (random, 0, 4)]) };

  piece->length = MIN (strlen (text) - from, most);
  memcpy (piece->bytes, text + from, piece->length);
  record.length = piece->length;
  piece->form = ph_log_forms_get (forms, &record, piece->bytes);
  put (lines, PH_RECORD_IN, record.form, PH_RECORD_STREAM, piece->bytes, piece->length);
}

static void
check_random (guint32 seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  g_autoptr (PhLogForms) forms = NULL;
  PhCarry carry = { .length = 0 };
  Piece pieces[RECORDS];
  Lines lines = { 0 };

  lines_set_up (&lines, NULL);
  lines.format.as_it_came = seed % 4 != 0;
  lines.format.form = PH_FORM_TEXT + seed % 3;
  lines.format.charset = ph_charset_find (seed % 2 == 0 ? "gbk" : "utf-8");
  lines_apply (&lines);
  forms = ph_log_forms_new (&lines.format);
  for (guint i = 0; i < RECORDS; i++)
    put_random (&lines, random, forms, &pieces[i]);
  for (guint i = 0; i < RECORDS; i++)
    {
      g_autofree char *expected = dup_expected (pieces, RECORDS, i, &carry);
      g_autoptr (PhLogLine) line = lines_dup_last (&lines, (RECORDS - 1 - i) * 2);

      if (g_strcmp0 (line->text, expected) != 0)
        g_error ("seed %u, record %u: “%s” and not “%s”", seed, i, line->text, expected);
    }
  lines_tear_down (&lines, NULL);
}

static void
test_random_forms_show_each_byte_once (void)
{
  for (guint32 seed = 0; seed < 60; seed++)
    check_random (seed);
}

/* ---- the search ---- */

static gboolean
finds (Lines *lines, PhSearchMode mode, const char *text, gboolean as_it_came, guint64 seq)
{
  const PhSearchQuery query = { .mode = mode, .text = text, .charset = lines->format.charset, .as_it_came = as_it_came,
                                .kinds = PH_SEARCH_ALL };
  g_autoptr (PhFinder) finder = ph_finder_new (lines->session);

  g_assert_true (ph_finder_set_query (finder, &query, NULL));
  while (ph_matches_end (ph_finder_get_matches (finder)) < ph_store_end (lines->store))
    g_main_context_iteration (NULL, TRUE);

  return ph_matches_contains (ph_finder_get_matches (finder), seq);
}

static void
test_the_search_finds_what_is_shown (Lines *lines, gconstpointer data)
{
  guint64 sent = ph_store_end (lines->store), came = sent + 1;

  lines->format.charset = ph_charset_find ("gbk");
  lines_apply (lines);
  put_text (lines, PH_RECORD_OUT, form_of (PH_FORM_TEXT, "utf-8"), "你好");
  put_text (lines, PH_RECORD_IN, form_of (PH_FORM_TEXT, "utf-8"), "你好");
  g_assert_true (finds (lines, PH_SEARCH_TEXT, "好", FALSE, sent));
  g_assert_true (finds (lines, PH_SEARCH_REGEX, "^.好$", FALSE, sent));
  g_assert_true (finds (lines, PH_SEARCH_HEX, "E4 BD", FALSE, sent));
  g_assert_false (finds (lines, PH_SEARCH_TEXT, "浣", FALSE, sent));
  g_assert_false (finds (lines, PH_SEARCH_TEXT, "好", FALSE, came));
  g_assert_true (finds (lines, PH_SEARCH_TEXT, "好", TRUE, came));
  g_assert_true (finds (lines, PH_SEARCH_TEXT, "浣", FALSE, came));
}

static void
test_matches_are_marked_where_they_are_shown (Lines *lines, gconstpointer data)
{
  const PhSearchQuery query = { .text = "好", .charset = ph_charset_find ("gbk"), .kinds = PH_SEARCH_ALL };
  g_autoptr (PhFinder) finder = ph_finder_new (lines->session);
  g_autoptr (PhLogLine) line = NULL;
  const PhSearchRange *range;

  lines->format.charset = query.charset;
  lines_apply (lines);
  put_text (lines, PH_RECORD_OUT, form_of (PH_FORM_TEXT, "utf-8"), "你好");
  g_assert_true (ph_finder_set_query (finder, &query, NULL));
  while (ph_matches_end (ph_finder_get_matches (finder)) < ph_store_end (lines->store))
    g_main_context_iteration (NULL, TRUE);
  ph_log_matches_set_finder (lines->source, finder);
  line = lines_dup_last (lines, 0);
  g_assert_true (ph_log_matches_update (lines->source, line, G_MAXINT64));
  g_assert_cmpuint (line->matches->len, ==, 1);
  range = &g_array_index (line->matches, PhSearchRange, 0);
  g_assert_cmpuint (range->start, ==, strlen ("你"));
  g_assert_cmpuint (range->end, ==, strlen ("你好"));
  ph_log_matches_set_finder (lines->source, NULL);
}

#define ADD(name) g_test_add ("/log/form/" #name, Lines, NULL, lines_set_up, test_##name, lines_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD (what_was_sent_is_shown_as_it_was_sent);
  ADD (what_was_received_is_shown_as_it_came);
  ADD (every_mode_shows_the_form_of_the_record);
  g_test_add_func ("/log/form/text_is_told_from_bytes", test_text_is_told_from_bytes);
  g_test_add_func ("/log/form/only_the_beginning_of_a_payload_is_looked_at", test_only_the_beginning_of_a_payload_is_looked_at);
  g_test_add_func ("/log/form/random_forms_show_each_byte_once", test_random_forms_show_each_byte_once);
  ADD (the_search_finds_what_is_shown);
  ADD (matches_are_marked_where_they_are_shown);

  return g_test_run ();
}
