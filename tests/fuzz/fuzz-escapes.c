/* fuzz-escapes.c: any text with escapes is bytes to send, or an error that can be shown
 *
 * The first byte chooses the encoding, the second the line ending.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fuzz.h"

#include "ph-charset.h"
#include "ph-marks.h"
#include "ph-payload.h"

static void
check_error (const GError *error)
{
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  for (const char *p = error->message; *p != '\0'; p = g_utf8_next_char (p))
    g_assert_false (ph_mark_needed (g_utf8_get_char (p)));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  guint n;
  const PhCharset *charsets = ph_charsets (&n);
  PhPayloadFormat format = { .escapes = TRUE };
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL, encode_error = NULL;
  g_autoptr (GArray) pieces = NULL;
  g_autoptr (PhPayload) payload = NULL;
  gsize place = G_MAXSIZE, encode_place = G_MAXSIZE;
  PhTyped typed;

  if (size < 2)
    return 0;
  format.charset = charsets[data[0] % n].id;
  format.line_ending = data[1] % 4;
  text = g_strndup ((const char *) data + 2, size - 2);

  typed = (PhTyped) { .text = text, .length = strlen (text), .escapes = TRUE, .ending = format.line_ending };
  pieces = ph_pieces_parse (&typed, &place, &error);
  g_assert_true ((pieces == NULL) == (error != NULL));
  for (guint i = 0; pieces != NULL && i < pieces->len; i++)
    {
      const PhPiece *piece = &g_array_index (pieces, PhPiece, i);

      g_assert_cmpuint (piece->data->len, >, 0);
      g_assert_true (i == 0 || piece->kind == PH_PIECE_VARIABLE || piece->kind != g_array_index (pieces, PhPiece, i - 1).kind);
    }

  payload = ph_payload_new (&format, text, &encode_place, &encode_error);
  g_assert_true ((payload == NULL) == (encode_error != NULL));
  g_assert_true (payload == NULL || pieces != NULL);
  g_assert_true ((pieces == NULL) == (place != G_MAXSIZE));
  g_assert_true ((payload == NULL) == (encode_place != G_MAXSIZE));
  g_assert_true (place == G_MAXSIZE || place == encode_place);
  g_assert_true (encode_place == G_MAXSIZE || encode_place <= strlen (text));
  if (error != NULL)
    check_error (error);
  if (encode_error != NULL)
    check_error (encode_error);
  return 0;
}
