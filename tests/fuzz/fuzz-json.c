/* fuzz-json.c: any record is one line of JSON, and lines of the log that no peer can forge
 *
 * The first byte chooses the kind, the second the encoding, the third flags and detail; the rest is the payload.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fuzz.h"

#include <string.h>

#include "ph-format.h"

#include "../shown.h"
#include "json-line.h"

#define HEAD 3

static void
check_log (const GString *text)
{
  const char *end = text->str + text->len;

  g_assert_true (shown_is_safe (text->str, text->len, "\n\t"));
  for (const char *p = text->str; p < end; p = strchr (p, '\n') + 1)
    {
      g_assert_true (p == text->str || g_str_has_prefix (p, "    "));
      g_assert_nonnull (strchr (p, '\n'));
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  guint n;
  const PhCharset *charsets = ph_charsets (&n);
  g_autoptr (PhDecoder) decoder = NULL;
  g_autoptr (GString) json = g_string_new (NULL), log = g_string_new (NULL), netassist = g_string_new (NULL);
  PhFormatContext context = { .peer = "127.0.0.1:7788" };
  PhRecord record = { .time = 1562918748417123456, .peer = 1 };

  if (size < HEAD)
    return 0;
  decoder = ph_decoder_new (&charsets[data[1] % n]);
  context.decoder = decoder;
  context.hex = data[2] >> 7;
  record.length = size - HEAD;
  record.kind = data[0] % 16;
  record.flags = record.detail = data[2] & 0xF;

  if (ph_format_append (json, PH_FORMAT_JSON, &context, &record, data + HEAD))
    {
      g_assert_true (shown_is_safe (json->str, json->len, "\n"));
      g_assert_true (json_line_is_sound (json->str));
      g_assert_true (strchr (json->str, '\n') == json->str + json->len - 1);
    }
  if (ph_format_append (log, PH_FORMAT_LOG, &context, &record, data + HEAD))
    check_log (log);
  if (ph_format_append (netassist, PH_FORMAT_NETASSIST, &context, &record, data + HEAD))
    g_assert_true (shown_is_safe (netassist->str, netassist->len, "\n\t"));
  return 0;
}
