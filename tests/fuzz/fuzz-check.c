/* fuzz-check.c: any words for check bytes are understood, and mean the same when they are written again; or they are refused
 *
 * The words end at the first NUL; what follows is a message.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fuzz.h"

#include <string.h>

#include "ph-check.h"
#include "ph-marks.h"

/* Appends only, and no more than is said. */
static GByteArray *
append (const PhCheckSpec *spec, const guint8 *bytes, gsize length)
{
  PhCheck *check = ph_check_new (spec);
  GByteArray *message = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  gboolean made;

  g_byte_array_append (message, bytes, (guint) length);
  made = ph_check_append (check, message, &error);
  g_assert_true (made == (error == NULL));
  g_assert_cmpuint (message->len, <=, length + PH_CHECK_BYTES_MAX);
  g_assert_true (made || message->len == length);
  g_assert_true (length == 0 || memcmp (message->data, bytes, length) == 0);
  ph_check_unref (check);

  return message;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *copy = g_strndup ((const char *) data, size), *words = g_utf8_make_valid (copy, -1), *again = NULL;
  gsize used = MIN (strlen (copy) + 1, size);
  PhCheckSpec spec, same;
  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) one = NULL, other = NULL;

  if (!ph_check_parse (words, &spec, &error))
    {
      for (const char *p = error->message; *p != '\0'; p = g_utf8_next_char (p))
        g_assert_false (ph_mark_needed (g_utf8_get_char (p)));
      return 0;
    }
  again = ph_check_dup_words (&spec);
  g_assert_true (ph_check_parse (again, &same, NULL));
  one = append (&spec, data + used, size - used);
  other = append (&same, data + used, size - used);
  g_assert_cmpmem (one->data, one->len, other->data, other->len);

  return 0;
}
