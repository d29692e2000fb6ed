/* fuzz-event.c: words of an event that were read from anything are sound, and reading them again gives the same
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fuzz.h"

#include <string.h>

#include "ph-words.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  char name[PH_WORDS_NAME_MAX + 1];
  const char *value;
  PhWords words, again, built;
  gsize at = 0;
  guint n = 0;

  ph_words_read (&words, data, size);
  g_assert_cmpuint (words.length, <=, MIN (size + 1, PH_WORDS_MAX));
  ph_words_init (&built, NULL, NULL);
  while (ph_words_next (&words, &at, name, &value))
    {
      g_assert_true (g_ascii_islower (*name));
      g_assert_true (ph_words_get (&words, name) == value); /* so no name is there twice */
      ph_words_add (&built, name, value);
      n++;
    }
  g_assert_cmpuint (n, <=, PH_WORDS_MOST);
  g_assert_cmpuint (at, ==, words.length);
  ph_words_read (&again, (const guint8 *) words.bytes, words.length);
  g_assert_cmpmem (again.bytes, again.length, words.bytes, words.length);
  g_assert_cmpmem (built.bytes, built.length, words.bytes, words.length);

  return 0;
}
