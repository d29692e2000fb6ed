/* ph-rate.c: a rate as people type it: 100k (bytes a second), 50p (pieces a second)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-rate.h"

#include <string.h>

#include "ph-plain.h"
#include "ph-size.h"

/* Takes @end off the end of @text, whatever its case. */
static gboolean
take_end (char *text, const char *end)
{
  gsize length = strlen (text), n = strlen (end);

  if (length < n || g_ascii_strcasecmp (text + length - n, end) != 0)
    return FALSE;
  text[length - n] = '\0';

  return TRUE;
}

/**
 * ph_rate_parse:
 * @text: UTF-8, also full-width
 * @ret_rate: (out): bytes or pieces a second; 0: without a limit
 * @ret_in_pieces: (out):
 *
 * Bytes are a size as ph_size_parse() reads it, pieces a whole number with p behind it; both may have /s at their end.
 *
 * Returns: %FALSE if @text is no rate; then nothing is changed
 */
gboolean
ph_rate_parse (const char *text, guint64 *ret_rate, gboolean *ret_in_pieces)
{
  g_autofree char *plain = g_strstrip (ph_plain_dup_text (text));
  gboolean in_pieces;
  guint64 rate;

  take_end (plain, "/s");
  in_pieces = take_end (plain, "p");
  g_strchomp (plain);
  if (in_pieces ? !g_ascii_string_to_unsigned (plain, 10, 0, G_MAXUINT64, &rate, NULL) : !ph_size_parse (plain, &rate))
    return FALSE;
  *ret_rate = rate;
  *ret_in_pieces = in_pieces;

  return TRUE;
}
