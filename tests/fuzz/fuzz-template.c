/* fuzz-template.c: any text with variables, in any form, is a message, or an error that can be shown and has its place in the text
 *
 * The first byte chooses the encoding, the second what else is done with the text.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fuzz.h"

#include <string.h>

#include "ph-charset.h"
#include "ph-marks.h"
#include "ph-payload.h"

static void
check_error (const GError *error)
{
  g_assert_nonnull (error);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  for (const char *p = error->message; *p != '\0'; p = g_utf8_next_char (p))
    g_assert_false (ph_mark_needed (g_utf8_get_char (p)));
}

/* Each message counts, and the same values give the same bytes. */
static void
check_messages (PhPayload *payload)
{
  PhValues values = { .time = G_GINT64_CONSTANT (1562947548417000000), .random = 5, .peer = "192.0.2.1:9", .local = "[::1]:8" };

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) one = NULL, same = NULL;

      values.number = ph_payload_take_number (payload);
      one = ph_payload_build (payload, &values, &error);
      same = ph_payload_build (payload, &values, NULL);
      if (one == NULL)
        check_error (error);
      g_assert_true ((one == NULL) == (same == NULL));
      g_assert_true (one == NULL || g_bytes_equal (one, same));
      g_assert_true (one == NULL || !ph_payload_is_needy (payload));
    }
}

/* All needs get the same content, which may not fit all of them. */
static void
check_needs (PhPayload *payload)
{
  g_autoptr (GArray) needs = ph_payload_get_needs (payload);
  g_autoptr (GPtrArray) contents = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GError) error = NULL;
  g_autoptr (PhPayload) filled = NULL;
  guint failed = G_MAXUINT;

  g_assert_true ((needs->len > 0) == ph_payload_is_needy (payload));
  if (needs->len == 0)
    return;
  for (guint i = 0; i < needs->len; i++)
    {
      const PhNeed *need = &g_array_index (needs, PhNeed, i);

      g_assert_true (g_utf8_validate (need->name, -1, NULL));
      g_ptr_array_add (contents, g_bytes_new (need->name, strlen (need->name)));
    }
  filled = ph_payload_fill (payload, (GBytes *const *) contents->pdata, &failed, &error);
  g_assert_true ((filled == NULL) == (error != NULL));
  g_assert_true (filled != NULL || failed <= needs->len);
  if (filled != NULL)
    check_messages (filled);
  else
    check_error (error);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  guint n;
  const PhCharset *charsets = ph_charsets (&n);
  PhPayloadFormat format = { .variables = TRUE };
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PhPayload) payload = NULL;
  gsize place = G_MAXSIZE;

  if (size < 2)
    return 0;
  format.charset = charsets[data[0] % n].id;
  format.line_ending = data[1] % 4;
  format.escapes = (data[1] & 4) != 0;
  format.hex = (data[1] & 8) != 0;
  format.check = (data[1] & 16) != 0 ? "crc-16/modbus" : (data[1] & 32) != 0 ? "lrc,over=hex,form=HEX" : NULL;
  text = g_utf8_make_valid ((const char *) data + 2, (gssize) (size - 2));

  payload = ph_payload_new (&format, text, &place, &error);
  g_assert_true ((payload == NULL) == (place != G_MAXSIZE));
  if (payload == NULL)
    {
      check_error (error);
      g_assert_cmpuint (place, <=, (gsize) g_utf8_strlen (text, -1));
      return 0;
    }
  check_messages (payload);
  check_needs (payload);

  return 0;
}
