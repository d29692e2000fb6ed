/* fuzz-words.c: whatever is typed is understood or refused in words that can be shown: rules, numbers and times to jump to, endpoints,
 * options, templates of messages
 *
 * The first byte chooses the parser, the second what goes with the text.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fuzz.h"

#include "ph-arguments.h"
#include "ph-jump.h"
#include "ph-marks.h"
#include "ph-payload.h"
#include "ph-plain.h"
#include "ph-rules.h"

#include "../shown.h"

#define HEAD 2
#define PATTERN_MAX 200u /* characters: what an expression costs is not looked at here */

static void
check_error (const GError *error)
{
  g_autofree char *shown = NULL;

  g_assert_nonnull (error);
  shown = ph_marks_dup (error->message, -1, PH_MARKS_LINE_MAX);
  g_assert_cmpstr (shown, !=, "");
  g_assert_true (shown_is_safe (shown, strlen (shown), ""));
}

static void
check_rule (guint8 way, const char *text)
{
  const PhRule rule = { .on = TRUE, .mode = way % 3, .pattern = (char *) text, .match_case = way & 4 };
  g_autoptr (GPtrArray) rules = ph_rules_new (), again = NULL;
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PhSearch) search = NULL;
  guint n;
  const PhCharset *charsets = ph_charsets (&n);

  if (!g_utf8_validate (text, -1, NULL) || g_utf8_strlen (text, -1) > PATTERN_MAX)
    return; /* entries hold UTF-8 */
  search = ph_rule_compile (&rule, &charsets[(way >> 3) % n], FALSE, &error);
  if (error != NULL)
    {
      g_assert_null (search);
      check_error (error);
    }
  ph_rules_add (rules, rule.mode, text);
  value = g_variant_ref_sink (ph_rules_serialise (rules));
  again = ph_rules_parse (value);
  g_assert_cmpuint (ph_rules_n_same (rules, again), ==, rules->len);
}

/* Settings may hold anything of the right type. */
static void
check_settings (guint8 way, const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, "\t", 8);
  g_autoptr (GPtrArray) rules = NULL;
  g_autoptr (GVariant) value = NULL;
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE (PH_RULES_FORMAT));
  for (guint i = 0; i + 2 < g_strv_length (words); i++)
    if (g_utf8_validate (words[i], -1, NULL) && g_utf8_validate (words[i + 1], -1, NULL) && g_utf8_validate (words[i + 2], -1, NULL))
      g_variant_builder_add (&builder, "(bssbsb)", way & 1, words[i], words[i + 1], way & 2, words[i + 2], way & 4);
  value = g_variant_ref_sink (g_variant_builder_end (&builder));
  rules = ph_rules_parse (value);
  g_assert_cmpuint (rules->len, <=, PH_RULES_MAX);
}

static void
check_jump (guint8 way, const char *text)
{
  static PhStore *store;
  g_autoptr (GError) error = NULL;
  guint64 seq = 0;
  gint64 time = 0;

  if (store == NULL)
    {
      store = ph_store_new (PH_STORE_LIMIT_MIN, NULL, NULL);
      for (guint i = 0; i < 100; i++)
        ph_store_append (store, &(PhRecord) { .kind = i % 3 == 0 ? PH_RECORD_PEER : PH_RECORD_IN, .time = (gint64) i << 56 }, NULL);
    }
  if (ph_jump_parse_time (text, (gint64) ((guint64) way << 56), &time))
    g_assert_cmpint (time / 1000000000 / 86400 / 366, >=, -2);
  if (ph_jump_find (text, (gint64) ((guint64) way << 56), store, way % 101, &seq, &error) == PH_JUMP_FOUND)
    g_assert_cmpuint (seq, <, way % 101);
  else if (error != NULL)
    check_error (error);
}

static void
check_endpoint (guint8 way, const char *text)
{
  const PhTransport *transport;
  guint n = 0;
  const char *tab = strchr (text, '\t');
  g_autofree char *local = tab != NULL ? g_strndup (text, tab - text) : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PhEndpoint) endpoint = NULL;

  while (ph_transport_at (n) != NULL)
    n++;
  transport = ph_transport_at (way % n);
  endpoint = ph_arguments_endpoint (way < 250 ? transport->id : text, local, way & 0x40 ? tab != NULL ? tab + 1 : text : NULL, way & 1, &error);
  if (endpoint == NULL)
    {
      check_error (error);
      return;
    }
  g_assert_no_error (error);
  for (guint i = 0; i < 2; i++)
    {
      const PhPlace *place = i == 0 ? &endpoint->local : &endpoint->remote;
      g_autofree char *written = ph_place_dup_text (place);

      if (place->kind == PH_PLACE_IP)
        g_assert_true (shown_is_safe (written, strlen (written), ""));
      g_assert_cmpint (place->port, >=, PH_PORT_UNSET);
      g_assert_cmpint (place->port, <=, 65535);
    }
}

static void
check_option (guint8 way, const char *text)
{
  g_autoptr (PhEndpoint) endpoint = ph_endpoint_new (ph_transport_at (0)->id);
  const PhOptionSpec *spec;
  gint64 value = g_ascii_strtoll (text, NULL, 0);

  for (guint i = 0; (spec = ph_option_at (i)) != NULL; i++)
    {
      g_autoptr (GError) error = NULL;

      if (!ph_endpoint_set_option (endpoint, way & 1 ? spec->id : text, value, &error))
        check_error (error);
      else
        g_assert_cmpuint (ph_endpoint_get_option (endpoint, spec), ==, value);
    }
}

static void
check_payload (guint8 way, const char *text)
{
  guint n;
  const PhCharset *charsets = ph_charsets (&n);
  const PhPayloadFormat format = { .hex = way & 1, .escapes = way & 2, .charset = charsets[(way >> 2) % n].id };
  g_autoptr (GError) error = NULL;
  g_autoptr (PhPayload) payload = NULL;

  if (!g_utf8_validate (text, -1, NULL))
    return;
  payload = ph_payload_new (&format, text, NULL, &error);
  if (payload == NULL)
    check_error (error);
  else
    g_bytes_unref (ph_payload_build (payload, NULL, NULL));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static void (*const parsers[]) (guint8, const char *) = { check_rule, check_settings, check_jump, check_endpoint, check_option,
                                                           check_payload };
  g_autofree char *text = NULL;

  if (size < HEAD)
    return 0;
  text = g_strndup ((const char *) data + HEAD, size - HEAD);
  parsers[data[0] % G_N_ELEMENTS (parsers)](data[1], text);

  return 0;
}
