/* ph-words.c: the payload of an event as named values: "name=value" strings, each ended by a NUL
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-words.h"

#include <string.h>

/* The length of the name before the '=', 0 if that is not a name. */
static gsize
name_length (const char *word, gsize length)
{
  gsize n = 0;

  while (n < length && (g_ascii_islower (word[n]) || (n > 0 && (g_ascii_isdigit (word[n]) || word[n] == '_'))))
    n++;

  return n < length && word[n] == '=' && n <= PH_WORDS_NAME_MAX ? n : 0;
}

/* The value of the word with this name. */
static const char *
find (const PhWords *words, const char *name, gsize length)
{
  for (gsize at = 0; at < words->length; at += strlen (words->bytes + at) + 1)
    if (strncmp (words->bytes + at, name, length) == 0 && words->bytes[at + length] == '=')
      return words->bytes + at + length + 1;

  return NULL;
}

/**
 * ph_words_init:
 * @words: (out caller-allocates): words that consist of these two
 * @action: (nullable): what was done, or tried: "connect"
 * @on: (nullable): an address, a file, …
 */
void
ph_words_init (PhWords *words, const char *action, const char *on)
{
  words->length = 0;
  ph_words_add (words, "action", action);
  ph_words_add (words, "on", on);
}

/**
 * ph_words_add:
 * @name: not in @words yet
 * @value: (nullable): any bytes; %NULL adds nothing
 *
 * A value for which there is no room is cut.
 */
void
ph_words_add (PhWords *words, const char *name, const char *value)
{
  gsize length = strlen (name), room = PH_WORDS_MAX - words->length;
  char *to = words->bytes + words->length;

  if (value == NULL || room < length + 2)
    return;
  memcpy (to, name, length);
  to[length] = '=';
  words->length += length + 2 + MIN (strlen (value), room - length - 2);
  g_strlcpy (to + length + 1, value, room - length - 1);
}

void
ph_words_add_number (PhWords *words, const char *name, guint64 number)
{
  char text[24];

  g_snprintf (text, sizeof text, "%" G_GUINT64_FORMAT, number);
  ph_words_add (words, name, text);
}

/**
 * ph_words_read:
 * @words: (out caller-allocates): the words of a payload
 * @payload: anything: a file may claim what it likes
 * @length: of @payload, in bytes
 *
 * Skips strings that are not "name=value", and a second word of the same name. The last word may lack its NUL.
 */
void
ph_words_read (PhWords *words, const guint8 *payload, gsize length)
{
  const char *p = (const char *) payload, *end = p + MIN (length, PH_WORDS_MAX - 1);
  guint n = 0;

  words->length = 0;
  while (p < end && n < PH_WORDS_MOST)
    {
      const char *nul = memchr (p, '\0', end - p);
      gsize size = (nul != NULL ? nul : end) - p, name = name_length (p, size);

      if (name > 0 && find (words, p, name) == NULL)
        {
          memcpy (words->bytes + words->length, p, size);
          words->bytes[words->length + size] = '\0';
          words->length += size + 1;
          n++;
        }
      p = nul != NULL ? nul + 1 : end;
    }
}

/**
 * ph_words_get:
 *
 * Returns: (nullable): bytes that may be no text; good as long as @words
 */
const char *
ph_words_get (const PhWords *words, const char *name)
{
  return find (words, name, strlen (name));
}

/**
 * ph_words_get_number:
 * @ret_number: (out)
 *
 * Returns: %FALSE where there is no such word, or it is not a decimal number of 64 bits
 */
gboolean
ph_words_get_number (const PhWords *words, const char *name, guint64 *ret_number)
{
  const char *value = ph_words_get (words, name);

  return value != NULL && g_ascii_string_to_unsigned (value, 10, 0, G_MAXUINT64, ret_number, NULL);
}

/**
 * ph_words_next:
 * @at: (inout): 0 for the first word
 * @name: (out): its name
 * @ret_value: (out): its value, as from ph_words_get()
 *
 * Returns: %FALSE behind the last word
 */
gboolean
ph_words_next (const PhWords *words, gsize *at, char name[PH_WORDS_NAME_MAX + 1], const char **ret_value)
{
  const char *word = words->bytes + *at, *equals;

  if (*at >= words->length)
    return FALSE;
  equals = strchr (word, '=');
  g_strlcpy (name, word, equals - word + 1);
  *ret_value = equals + 1;
  *at += strlen (word) + 1;

  return TRUE;
}
