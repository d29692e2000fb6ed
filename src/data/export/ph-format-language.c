/* ph-format-language.c: a sentence in the user's language or in English, and values in its places
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-format-private.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * ph_format_say:
 * @text: marked by N_(), or any text
 *
 * Returns: @text, or its translation
 */
const char *
ph_format_say (PhLanguage language, const char *text)
{
  /* The translation of an empty text is the catalogue's header. */
  return language == PH_LANGUAGE_ENGLISH || *text == '\0' ? text : _(text);
}

/**
 * ph_format_say_many:
 * @one, @many: marked by NP_()
 * @n: what the sentence counts
 *
 * Returns: the form for @n
 */
const char *
ph_format_say_many (PhLanguage language, const char *one, const char *many, guint64 n)
{
  if (language == PH_LANGUAGE_ENGLISH)
    return n == 1 ? one : many;

  return ngettext (one, many, (gulong) MIN (n, G_MAXULONG));
}

/**
 * ph_format_expand:
 * @out: appended to
 * @format: a sentence with a %s or %1$s for each value, as printf() has them; a translation may have them in any order
 * @values: (array zero-terminated=1): may be longer than what @format takes
 */
void
ph_format_expand (GString *out, const char *format, const char *const *values)
{
  guint n = g_strv_length ((char **) values), next = 0;

  for (const char *p = format; *p != '\0'; p++)
    {
      guint index = n;

      if (*p != '%' || p[1] == '\0')
        {
          g_string_append_c (out, *p);
          continue;
        }
      p++;
      if (*p == 's')
        index = next++;
      else if (g_ascii_isdigit (*p) && p[1] == '$' && p[2] == 's')
        {
          index = (guint) (*p - '1');
          p += 2;
        }
      else
        g_string_append_c (out, *p); /* %% */
      if (index < n)
        g_string_append (out, values[index]);
    }
}
