/* json-line.h: whether a text is one line of JSON as a record is written
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>
#include <string.h>

/* Steps over a string; returns NULL if it is none. */
static inline const char *
json_line_skip_string (const char *p)
{
  if (*p++ != '"')
    return NULL;
  while (*p != '"')
    {
      if (*p == '\0')
        return NULL;
      if (*p != '\\')
        p++;
      else if (p[1] == 'u')
        {
          for (int i = 2; i < 6; i++)
            if (!g_ascii_isxdigit (p[i]))
              return NULL;
          p += 6;
        }
      else if (p[1] != '\0' && strchr ("\"\\nrt", p[1]) != NULL)
        p += 2;
      else
        return NULL;
    }
  return p + 1;
}

/* Whether it is an object of strings, numbers and null, each key once: all that a record is. */
static inline gboolean
json_line_is_sound (const char *p)
{
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (*p != '{')
    return FALSE;
  do
    {
      const char *key = p + 1;

      p = json_line_skip_string (key);
      if (p != NULL && !g_hash_table_add (keys, g_strndup (key, p - key)))
        return FALSE;
      if (p == NULL || *p++ != ':')
        return FALSE;
      if (*p == '"')
        p = json_line_skip_string (p);
      else if (g_str_has_prefix (p, "null"))
        p += 4;
      else
        p += strspn (p, "0123456789");
    }
  while (p != NULL && *p == ',');

  return p != NULL && strcmp (p, "}\n") == 0;
}
