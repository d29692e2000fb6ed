/* test-output.c: every kind of record in every format: whatever it claims, nothing acts upon a terminal or forges a line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-format.h"
#include "ph-names.h"
#include "ph-words.h"

#include "../../hostile.h"
#include "../../shown.h"

#define KINDS 256u          /* those of a newer program too */
#define LINE_MOST 20000u    /* bytes of a line that is no payload */

static const char *const actions[] = { NULL, "open", "listen", "resolve", "connect", "accept", "serve", "transfer", "name-peer",
                                       "send", "deliver", "write", "create", "of a newer program" };
static const char *const names[] = { "on", "from", "name", "transport", "cause", "limit", "count", "sent", "lost", "bytes", "waiting",
                                     "reserve", "elapsed", "interval", "delay", "late", "mood" };

/* Where a record goes, as for porthole-cli: the names that it needs come from records too. */
typedef struct
{
  PhNames *names;
  PhDecoder *decoder;
} Output;

static void
name_all (Output *output, const char *bytes, gsize length)
{
  const PhRecordKind kinds[] = { PH_RECORD_OPENING, PH_RECORD_OPEN, PH_RECORD_PEER, PH_RECORD_DESTINATION };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      const PhRecord record = { .kind = kinds[i], .peer = 1, .detail = 1, .flags = PH_RECORD_UNUSUAL, .length = (guint32) length };

      ph_names_record (output->names, &record, (const guint8 *) bytes);
    }
}

static void
assert_lines (PhFormatKind kind, const PhRecord *record, const GString *out)
{
  const char *line = out->str, *end;
  gboolean data = ph_record_is_data (record);

  g_assert_true (shown_is_safe (out->str, out->len, data && kind != PH_FORMAT_JSON ? "\n\t" : "\n"));
  g_assert_true (out->len > 0 && out->str[out->len - 1] == '\n');
  for (gboolean first = TRUE; *line != '\0'; line = end + 1, first = FALSE)
    {
      end = strchr (line, '\n');
      if (first || !data)
        g_assert_cmpuint (end - line, <=, ph_format_has_both (kind) ? LINE_MOST + 12 * record->length : LINE_MOST);
      if (!first)
        g_assert_true (data && kind != PH_FORMAT_JSON);
      if (!first && kind == PH_FORMAT_LOG)
        g_assert_true (g_str_has_prefix (line, "    "));
    }
}

static void
assert_output (Output *output, const PhRecord *record, const guint8 *payload)
{
  const PhDestination *to = ph_names_get_destination (output->names, record);
  PhFormatContext context = { .number = 1,
                              .peer = ph_names_get_peer (output->names, record->peer),
                              .local = ph_names_get_local (output->names),
                              .to = to != NULL ? to->address : NULL,
                              .to_unusual = to != NULL,
                              .decoder = output->decoder };
  g_autofree char *sentence = ph_format_event (record, payload, context.peer, PH_LANGUAGE_USER);
  g_autofree char *endpoint = ph_format_dup_endpoint (record, payload, PH_LANGUAGE_USER);

  g_assert_true (shown_is_safe (sentence, strlen (sentence), ""));
  g_assert_cmpuint (strlen (sentence), <=, LINE_MOST);
  g_assert_true (endpoint == NULL || shown_is_safe (endpoint, strlen (endpoint), ""));
  for (PhFormatKind kind = 0; kind < PH_N_FORMATS; kind++)
    for (guint i = 0; i < 4; i++)
      {
        g_autoptr (GString) out = g_string_new (NULL);

        context.hex = (i & 1) != 0;
        context.escape = (i & 2) != 0;
        if (!ph_format_append (out, kind, &context, record, payload))
          g_assert_cmpuint (out->len, ==, 0);
        else if (kind == PH_FORMAT_RAW)
          g_assert_cmpmem (out->str, out->len, payload, record->length);
        else
          assert_lines (kind, record, out);
      }
}

/* A record of each kind below @kinds, with each detail. */
static void
assert_all (Output *output, guint kinds, const char *bytes, gsize length)
{
  static const guint32 peers[] = { PH_PEER_NONE, 1, 2, PH_PEER_ALL };
  static const guint16 details[] = { 0, 1, 2, 3, 5, G_MAXUINT16 };

  for (guint kind = 0; kind < kinds; kind++)
    for (guint i = 0; i < G_N_ELEMENTS (details); i++)
      {
        const PhRecord record = { .kind = kind,
                                  .peer = peers[i % G_N_ELEMENTS (peers)],
                                  .detail = details[i],
                                  .flags = i % 5 == 0 ? G_MAXUINT16 : 0,
                                  .length = (guint32) length };

        assert_output (output, &record, (const guint8 *) bytes);
      }
}

static void
output_set_up (Output *output, gconstpointer data)
{
  output->names = ph_names_new (100, NULL, NULL);
  output->decoder = ph_decoder_new (ph_charset_find ("utf-8"));
}

static void
output_tear_down (Output *output, gconstpointer data)
{
  ph_names_free (output->names);
  ph_decoder_free (output->decoder);
}

static void
test_texts_and_names_are_marked_in_every_format (Output *output, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      name_all (output, hostile[i].bytes, hostile[i].length);
      assert_all (output, KINDS, hostile[i].bytes, hostile[i].length);
    }
}

static void
test_words_are_marked_in_every_format (Output *output, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (hostile); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (actions); k++)
      {
        g_autofree char *value = g_strndup (hostile[i].bytes, hostile[i].length);
        PhWords words;

        ph_words_init (&words, actions[k] != NULL ? actions[k] : value, value);
        for (gsize n = 1; n < G_N_ELEMENTS (names); n++)
          ph_words_add (&words, names[n], n % 2 == k % 2 ? value : "1");
        assert_all (output, PH_RECORD_REPEAT + 2, words.bytes, words.length);
      }
}

static void
test_texts_and_names_of_any_length_are_cut (Output *output, gconstpointer data)
{
  static const char *const pieces[] = { "a", "\033", "好", "\xF3\xA0\x80\x81", "on=x" };

  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr (GString) text = g_string_new ("on=");

      while (text->len < 100000)
        g_string_append (text, pieces[i]);
      name_all (output, text->str, text->len);
      g_assert_cmpuint (strlen (ph_names_get_local (output->names)), <=, PH_MARKS_NAME_MAX);
      for (guint kind = PH_RECORD_IN; kind <= PH_RECORD_REPEAT + 1; kind++)
        {
          const PhRecord record = { .kind = kind, .peer = 1, .detail = 1, .length = (guint32) text->len };

          assert_output (output, &record, (const guint8 *) text->str);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add ("/output/" #name, Output, NULL, output_set_up, test_##name, output_tear_down)
  ADD (texts_and_names_are_marked_in_every_format);
  ADD (words_are_marked_in_every_format);
  ADD (texts_and_names_of_any_length_are_cut);
#undef ADD

  return g_test_run ();
}
