/* test-marks.c: no line of the log, and no words about it, have a character that acts, whatever records claim
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "lines-fixture.h"
#include "ph-log-walk.h"
#include "ph-log-words.h"
#include "ph-names.h"
#include "ph-words.h"

#include "../hostile.h"
#include "../shown.h"

#define WORDS_MOST 20000u /* bytes of a line that is no payload */

static PhNames *names;

static const char *
name_cb (gpointer data, const PhRecord *record, const char **ret_to)
{
  const PhDestination *to = ph_names_get_destination (names, record);

  *ret_to = to != NULL ? to->address : NULL;

  return ph_names_get_peer (names, record->peer);
}

static void
put (PhStore *store, PhRecordKind kind, guint32 peer, guint16 detail, const char *bytes, gsize length)
{
  const PhRecord record = { .kind = (guint8) kind, .peer = peer, .detail = detail, .length = (guint32) length,
                            .flags = peer == 2 ? G_MAXUINT16 : PH_RECORD_UNUSUAL };

  ph_store_append (store, &record, bytes);
  ph_names_record (names, &record, (const guint8 *) bytes);
}

/* Records of every kind, as text and as words, for peers with names, without one, and all of them. */
static PhStore *
make_store (const char *bytes, gsize length)
{
  PhStore *store = ph_store_new (64 * PH_STORE_CHUNK, NULL, NULL);
  g_autofree char *value = g_strndup (bytes, length);
  PhWords words;

  ph_words_init (&words, value, value);
  ph_words_add (&words, "name", value);
  ph_words_add (&words, "transport", value);
  ph_words_add (&words, "cause", value);
  put (store, PH_RECORD_PEER, 1, 0, bytes, length);
  put (store, PH_RECORD_JOINED, 2, 0, bytes, length);
  put (store, PH_RECORD_DESTINATION, 0, 1, bytes, length);
  for (guint kind = 0; kind < 20; kind++)
    for (guint peer = 0; peer < 4; peer++)
      {
        put (store, kind, peer < 3 ? peer : PH_PEER_ALL, 1, bytes, length);
        put (store, kind, peer < 3 ? peer : PH_PEER_ALL, 0, words.bytes, words.length);
      }

  return store;
}

static void
assert_lines (PhLogSource *source)
{
  PhLogPos pos;

  for (gboolean more = ph_log_walk_first (source, &pos); more; more = ph_log_walk_next (source, &pos))
    {
      g_autoptr (PhLogLine) line = ph_log_source_dup_line (source, pos.entry, pos.line);
      g_autofree char *words = ph_log_words_describe (source, pos.entry);

      g_assert_true (shown_is_safe (line->text, line->length, "\t"));
      g_assert_true (line->kind == PH_LOG_LINE_PAYLOAD || line->length <= WORDS_MOST);
      g_assert_true (shown_is_safe (words, strlen (words), ""));
      g_assert_cmpuint (strlen (words), <=, WORDS_MOST);
    }
}

static void
assert_all (const char *bytes, gsize length, guint n_charsets)
{
  static const char *const charsets[] = { "utf-8", "gbk", "utf-16le" };
  g_autoptr (PhStore) store = NULL;

  names = ph_names_new (100, NULL, NULL);
  store = make_store (bytes, length);
  for (guint i = 0; i < PH_LOG_N_MODES * 2 * n_charsets; i++)
    {
      g_autoptr (PhLogSource) source = ph_log_source_new (store, name_cb, NULL);
      const PhLogFormat format = { .charset = ph_charset_find (charsets[i / (PH_LOG_N_MODES * 2)]), .row = 16,
                                   .mode = i / 2 % PH_LOG_N_MODES, .form = i % 2 ? PH_FORM_HEX : PH_FORM_TEXT };

      ph_log_source_set_format (source, &format);
      ph_log_source_advance (source, ph_store_end (store));
      assert_lines (source);
    }
  g_clear_pointer (&names, ph_names_free);
}

static void
test_no_line_has_a_character_that_acts (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (hostile); i++)
    assert_all (hostile[i].bytes, hostile[i].length, 3);
}

static void
test_names_of_any_length_are_cut (void)
{
  g_autofree char *text = g_strnfill (WORDS_MOST + 1, '\033');

  assert_all (text, WORDS_MOST + 1, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/marks/no_line_has_a_character_that_acts", test_no_line_has_a_character_that_acts);
  g_test_add_func ("/marks/names_of_any_length_are_cut", test_names_of_any_length_are_cut);

  return g_test_run ();
}
