/* fuzz-save-name.c: any pattern of names is refused with a place in it, or makes names that stay in their folder, whatever the address is
 *
 * The pattern ends at the first NUL; what follows is an address.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fuzz.h"

#include <string.h>

#include "ph-marks.h"
#include "ph-name-pattern.h"

#define TIME G_GINT64_CONSTANT (1562918748417123456)

static void
assert_name (const char *name)
{
  g_assert_cmpuint (strlen (name), >, 0);
  g_assert_cmpuint (strlen (name), <=, PH_NAME_PATTERN_BYTES_MAX);
  g_assert_true (g_utf8_validate (name, -1, NULL));
  g_assert_null (strpbrk (name, "/\\:*?\"<>|"));
  g_assert_cmpstr (name, !=, ".");
  g_assert_cmpstr (name, !=, "..");
  g_assert_cmpint (name[0], !=, '-');
  g_assert_null (strchr (" .", name[strlen (name) - 1]));
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    g_assert_false (g_unichar_iscntrl (g_utf8_get_char (p)));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *copy = g_strndup ((const char *) data, size), *text = g_utf8_make_valid (copy, -1);
  gsize used = MIN (strlen (copy) + 1, size), at = G_MAXSIZE;
  g_autofree char *rest = g_strndup ((const char *) data + used, size - used), *address = g_utf8_make_valid (rest, -1);
  const PhNameValues values = { .local = size % 2 != 0 ? address : NULL, .peer = address, .time = TIME, .number = size };
  g_autoptr (GError) error = NULL;
  g_autoptr (PhNamePattern) pattern = ph_name_pattern_new (text, &at, &error);
  g_autofree char *name = NULL;

  if (pattern == NULL)
    {
      g_assert_nonnull (error);
      g_assert_cmpuint (at, <=, g_utf8_strlen (text, -1));
      for (const char *p = error->message; *p != '\0'; p = g_utf8_next_char (p))
        g_assert_false (ph_mark_needed (g_utf8_get_char (p)));
      return 0;
    }
  name = ph_name_pattern_dup_name (pattern, &values);
  assert_name (name);

  return 0;
}
