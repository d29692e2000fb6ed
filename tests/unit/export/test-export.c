/* test-export.c: records one after the other: what a line needs from those before it, and which ones a file has
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-export.h"

#include <string.h>

#define TIME G_GINT64_CONSTANT (1562918748417123456)

/* What is exported, and the names that its records tell. */
typedef struct
{
  PhExport *export;
  PhNames *names;
  GString *out;
  guint64 number;
} Fixture;

static Fixture
fixture (PhFormatKind format, PhExportSides sides)
{
  const PhExportForm form = { .format = format, .sides = sides, .payload = { FALSE, ph_charset_find ("gbk") } };
  Fixture f = { .out = g_string_new (NULL), .names = ph_names_new (10, NULL, NULL) };

  f.export = ph_export_new (&form, f.out);

  return f;
}

static void
fixture_end (Fixture *f)
{
  ph_export_free (f->export);
  ph_names_free (f->names);
  g_string_free (f->out, TRUE);
}

static void
tell (Fixture *f, gboolean chosen, PhRecordKind kind, guint32 peer, const char *bytes)
{
  const PhRecord record = { .time = TIME, .kind = kind, .peer = peer, .length = (guint32) strlen (bytes),
                            .flags = kind == PH_RECORD_IN || kind == PH_RECORD_OUT ? PH_RECORD_STREAM : 0 };

  ph_names_record (f->names, &record, (const guint8 *) bytes);
  f->number += !ph_record_is_silent (&record);
  (chosen ? ph_export_record : ph_export_pass) (f->export, f->number, f->names, &record, (const guint8 *) bytes);
}

static void
test_raw_has_the_bytes_of_the_sides_that_are_asked_for (void)
{
  static const struct
  {
    PhExportSides sides;
    const char *bytes;
  } rows[] = { { PH_EXPORT_RECEIVED, "in" }, { PH_EXPORT_SENT, "out" }, { PH_EXPORT_BOTH, "inout" } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Fixture f = fixture (PH_FORMAT_RAW, rows[i].sides);

      tell (&f, TRUE, PH_RECORD_PEER, 1, "10.0.0.1:9");
      tell (&f, TRUE, PH_RECORD_IN, 1, "in");
      tell (&f, TRUE, PH_RECORD_OUT, 1, "out");
      tell (&f, TRUE, PH_RECORD_LEFT, 1, "");
      ph_export_finish (f.export);
      g_assert_cmpstr (f.out->str, ==, rows[i].bytes);
      fixture_end (&f);
    }
}

/* 0xCED2 is one character of GBK. */
static void
test_a_character_is_whole_though_its_first_part_was_not_chosen (void)
{
  Fixture f = fixture (PH_FORMAT_LOG, PH_EXPORT_BOTH);

  tell (&f, FALSE, PH_RECORD_JOINED, 1, "10.0.0.1:9");
  tell (&f, FALSE, PH_RECORD_IN, 1, "before\xCE");
  tell (&f, TRUE, PH_RECORD_IN, 1, "\xD2" "after");
  ph_export_finish (f.export);
  g_assert_nonnull (strstr (f.out->str, "    我after\n"));
  g_assert_null (strstr (f.out->str, "before"));
  g_assert_null (strstr (f.out->str, "10.0.0.1:9 connected"));
  fixture_end (&f);
}

static void
test_what_is_cut_at_the_end_is_shown_as_bytes (void)
{
  static const struct
  {
    PhRecordKind last; /* 0: none, the export ends */
    gboolean chosen;
  } rows[] = { { 0, FALSE }, { PH_RECORD_LEFT, TRUE }, { PH_RECORD_LEFT, FALSE }, { PH_RECORD_CLOSED, TRUE } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Fixture f = fixture (PH_FORMAT_NETASSIST, PH_EXPORT_BOTH);
      const char *rest = "FROM 10.0.0.1 :9>\n⟨CE⟩\n", *place;

      tell (&f, TRUE, PH_RECORD_JOINED, 1, "10.0.0.1:9");
      tell (&f, TRUE, PH_RECORD_IN, 1, "text\xCE");
      if (rows[i].last != 0)
        tell (&f, rows[i].chosen, rows[i].last, 1, "");
      ph_export_finish (f.export);
      place = strstr (f.out->str, rest);
      g_assert_nonnull (place);
      g_assert_null (strstr (place + strlen (rest), "⟨CE⟩"));
      fixture_end (&f);
    }
}

/* What was sent has its own form and encoding. */
static PhExportPayload
payload_cb (gpointer data, const PhRecord *record, const guint8 *payload)
{
  return (PhExportPayload) { record->length == 2 && record->kind == PH_RECORD_OUT,
                             ph_charset_find (record->kind == PH_RECORD_OUT ? "utf-8" : "gbk") };
}

static void
test_each_record_is_written_in_its_own_form (void)
{
  const PhExportForm form = { .format = PH_FORMAT_LOG, .time = PH_TIME_DATE,
                              .payload = { FALSE, ph_charset_find ("gbk") }, .payload_func = payload_cb };
  Fixture f = { .out = g_string_new (NULL), .names = ph_names_new (10, NULL, NULL), .export = NULL };

  f.export = ph_export_new (&form, f.out);
  tell (&f, TRUE, PH_RECORD_JOINED, 1, "10.0.0.1:9");
  tell (&f, TRUE, PH_RECORD_IN, 1, "in\xCE");
  tell (&f, TRUE, PH_RECORD_OUT, 1, "汉");
  tell (&f, TRUE, PH_RECORD_OUT, 1, "ab");
  tell (&f, TRUE, PH_RECORD_IN, 1, "\xD2");
  ph_export_finish (f.export);
  g_assert_nonnull (strstr (f.out->str, "2019-07-12 "));
  g_assert_nonnull (strstr (f.out->str, "\n    汉\n"));
  g_assert_nonnull (strstr (f.out->str, "\n    61 62\n"));
  g_assert_nonnull (strstr (f.out->str, "\n    我\n"));
  fixture_end (&f);
}

static void
test_what_was_sent_is_written_as_it_was_sent (void)
{
  guint utf8 = ph_charset_find ("utf-8")->number;
  const struct
  {
    guint8 form;
    const char *line;
  } rows[] = { { ph_record_form (PH_FORM_TEXT, utf8), "    你\n" },
               { ph_record_form (PH_FORM_HEX, utf8), "    E4 BD A0\n" },
               { ph_record_form (PH_FORM_NOT_TOLD, utf8), "    浣⟨A0⟩\n" },
               { ph_record_form (PH_FORM_TEXT, 63), "    浣⟨A0⟩\n" } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    for (guint kind = PH_RECORD_IN; kind <= PH_RECORD_OUT; kind++)
      {
        Fixture f = fixture (PH_FORMAT_LOG, PH_EXPORT_BOTH);
        const PhRecord record = { .time = TIME, .kind = (guint8) kind, .length = 3, .form = rows[i].form };

        ph_export_record (f.export, 1, f.names, &record, (const guint8 *) "\xE4\xBD\xA0");
        g_assert_nonnull (strstr (f.out->str, kind == PH_RECORD_OUT ? rows[i].line : "    浣⟨A0⟩\n"));
        fixture_end (&f);
      }
}

static void
test_json_tells_the_address_that_was_bound_then (void)
{
  Fixture f = fixture (PH_FORMAT_JSON, PH_EXPORT_BOTH);

  for (guint i = 0; i < 2; i++)
    {
      g_string_truncate (f.out, 0);
      tell (&f, FALSE, PH_RECORD_OPENING, 0, "");
      tell (&f, FALSE, PH_RECORD_OPEN, 0, i == 0 ? "0.0.0.0:1" : "0.0.0.0:2");
      tell (&f, FALSE, PH_RECORD_OPEN, 0, i == 0 ? "[::]:1" : "[::]:2");
      tell (&f, FALSE, PH_RECORD_PEER, 1, "10.0.0.1:9");
      tell (&f, FALSE, PH_RECORD_PEER, 2, "[fe80::1]:9");
      tell (&f, TRUE, PH_RECORD_IN, 1, "four");
      g_assert_nonnull (strstr (f.out->str, i == 0 ? "\"0.0.0.0:1\"" : "\"0.0.0.0:2\""));
      tell (&f, TRUE, PH_RECORD_IN, 2, "six");
      g_assert_nonnull (strstr (f.out->str, i == 0 ? "\"[::]:1\"" : "\"[::]:2\""));
    }
  fixture_end (&f);
}

/* ---- times that count from another record ---- */

/* The log of an attempt, an opening and what comes then, a second apart; of two that are not chosen there is nothing. */
static char *
dup_times (PhTimeKind kind)
{
  static const struct
  {
    PhRecordKind kind;
    gboolean chosen;
  } records[] = { { PH_RECORD_OPENING, TRUE }, { PH_RECORD_OPEN, TRUE }, { PH_RECORD_IN, TRUE }, { PH_RECORD_IN, FALSE },
                  { PH_RECORD_IN, TRUE }, { PH_RECORD_CLOSED, TRUE }, { PH_RECORD_OPENING, FALSE }, { PH_RECORD_OPEN, TRUE } };
  const PhExportForm form = { .format = PH_FORMAT_LOG, .kind = kind, .payload = { TRUE, ph_charset_find ("gbk") } };
  g_autoptr (GString) out = g_string_new (NULL), times = g_string_new (NULL);
  g_autoptr (PhExport) export = ph_export_new (&form, out);
  PhNames *names = ph_names_new (10, NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (records); i++)
    {
      const PhRecord record = { .time = TIME + (gint64) i * 1000000000, .kind = records[i].kind, .peer = PH_PEER_NONE, .length = 1 };

      (records[i].chosen ? ph_export_record : ph_export_pass) (export, i + 1, names, &record, (const guint8 *) "x");
      if (out->len > 0)
        g_string_append_printf (times, "%.*s|", (int) strcspn (out->str, " "), out->str);
      g_string_truncate (out, 0);
    }
  ph_names_free (names);

  return g_string_free (g_steal_pointer (&times), FALSE);
}

static void
test_times_count_from_what_was_asked_for (void)
{
  g_autofree char *opening = dup_times (PH_TIME_SINCE_OPENING), *before = dup_times (PH_TIME_SINCE_RECORD);
  g_autofree char *none = dup_times (PH_TIME_NONE);

  /* What is open counts anew; what is not chosen is opened all the same, and is no record before. */
  g_assert_cmpstr (opening, ==, "+0.000|+1.000|+1.000|+3.000|+4.000|+1.000|");
  g_assert_cmpstr (before, ==, "–|+1.000|+1.000|+2.000|+1.000|+2.000|");
  g_assert_cmpstr (none, ==, "·|·|←|←|·|·|");
}

static void
test_a_dump_has_offsets_and_characters (void)
{
  static const guint8 bytes[] = "0123456789abcdef\n.";
  const PhExportForm form = { .format = PH_FORMAT_LOG, .kind = PH_TIME_NONE, .payload = { TRUE, ph_charset_find ("gbk"), TRUE } };
  const PhRecord record = { .kind = PH_RECORD_IN, .peer = PH_PEER_NONE, .length = sizeof bytes - 1 };
  Fixture f = { .out = g_string_new (NULL), .names = ph_names_new (10, NULL, NULL), .export = NULL };

  f.export = ph_export_new (&form, f.out);
  ph_export_record (f.export, 1, f.names, &record, bytes);
  g_assert_cmpstr (strchr (f.out->str, '\n'), ==,
                   "\n    000000  30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66  0123456789abcdef\n"
                   "    000010  0A 2E                                             ·.\n");
  fixture_end (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(function) g_test_add_func ("/export/" #function, test_##function)
  TEST (raw_has_the_bytes_of_the_sides_that_are_asked_for);
  TEST (a_character_is_whole_though_its_first_part_was_not_chosen);
  TEST (what_is_cut_at_the_end_is_shown_as_bytes);
  TEST (each_record_is_written_in_its_own_form);
  TEST (what_was_sent_is_written_as_it_was_sent);
  TEST (json_tells_the_address_that_was_bound_then);
  g_test_add_func ("/export/times-count-from-what-was-asked-for", test_times_count_from_what_was_asked_for);
  g_test_add_func ("/export/a-dump-has-offsets-and-characters", test_a_dump_has_offsets_and_characters);

  return g_test_run ();
}
