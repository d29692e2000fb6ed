/* ph-words.h: the payload of an event as named values: "name=value" strings, each ended by a NUL
 *
 * Events are stored as words for machines; ph-format-event.c makes a sentence of them when they are shown. So a capture is read in
 * the language of who looks.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define PH_WORDS_MAX 2048u     /* bytes of a payload: more is neither written nor read */
#define PH_WORDS_MOST 32u      /* words of a payload: more are not read */
#define PH_WORDS_NAME_MAX 24u  /* bytes of a name */

/**
 * PhWords: fits on the stack. Valid at any time: names are unique, begin with a letter and have only a-z, 0-9 and _; every word ends
 * with its NUL.
 * @length: bytes in use
 */
typedef struct
{
  gsize length;
  char bytes[PH_WORDS_MAX];
} PhWords;

void ph_words_init (PhWords *words, const char *action, const char *on);
void ph_words_add (PhWords *words, const char *name, const char *value);
void ph_words_add_number (PhWords *words, const char *name, guint64 number);

void ph_words_read (PhWords *words, const guint8 *payload, gsize length);
const char *ph_words_get (const PhWords *words, const char *name);
gboolean ph_words_get_number (const PhWords *words, const char *name, guint64 *ret_number);
gboolean ph_words_next (const PhWords *words, gsize *at, char name[PH_WORDS_NAME_MAX + 1], const char **ret_value);

G_END_DECLS
