/* fuzz-decode.c: any bytes in any encoding become the same valid UTF-8 wherever the stream is cut
 *
 * The first byte chooses the encoding, the next four where it is cut.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fuzz.h"

#include <string.h>

#include "ph-charset.h"
#include "ph-marks.h"

#define HEAD 5

static GString *
decode_cut (PhDecoder *decoder, const guint8 *bytes, gsize length, guint32 cuts)
{
  GString *out = g_string_new (NULL);
  PhCarry carry = { .length = 0 };
  gsize start = 0;

  for (gsize i = 0; i < length; i++)
    if (i + 1 == length || (cuts & (1u << (i % 32))) != 0)
      {
        ph_decoder_decode (decoder, &carry, bytes + start, i + 1 - start, out);
        g_assert_cmpuint (carry.length, <, ph_decoder_get_charset (decoder)->longest);
        start = i + 1;
      }
  ph_decoder_decode (decoder, NULL, carry.bytes, carry.length, out);
  return out;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  guint n;
  const PhCharset *charsets = ph_charsets (&n);
  g_autoptr (PhDecoder) decoder = NULL;
  g_autoptr (GString) whole = g_string_new (NULL), pieces = NULL;
  guint32 cuts;

  if (size < HEAD)
    return 0;
  memcpy (&cuts, data + 1, sizeof cuts);
  decoder = ph_decoder_new (&charsets[data[0] % n]);
  ph_decoder_decode (decoder, NULL, data + HEAD, size - HEAD, whole);
  pieces = decode_cut (decoder, data + HEAD, size - HEAD, cuts);

  g_assert_cmpmem (whole->str, whole->len, pieces->str, pieces->len);
  for (const char *p = whole->str; p < whole->str + whole->len;)
    {
      gunichar c = *p == '\0' ? 0 : g_utf8_get_char_validated (p, whole->str + whole->len - p);

      g_assert_cmpuint (c, <=, 0x10FFFF);
      p = g_utf8_next_char (p);
    }
  return 0;
}
