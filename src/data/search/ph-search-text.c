/* ph-search-text.c: the text of a record, and where the bytes of a text are in it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include <string.h>

#include "ph-case.h"
#include "ph-marks.h"
#include "ph-search-private.h"

/* ---- characters that are cut between records ---- */

/**
 * ph_search_join:
 * @carry: (nullable): the bytes of a character of which the record has the rest
 *
 * Returns: what is to be searched for the record; valid until the next call
 */
PhSearchPayload
ph_search_join (PhSearch *self, const PhRecord *record, const PhCarry *carry, const guint8 *payload)
{
  PhSearchPayload joined = { .bytes = payload, .length = record->length, .cut = ph_record_is_stream (record) };

  if (carry == NULL || carry->length == 0 || self->flows == NULL)
    return joined;
  g_byte_array_set_size (self->joined, 0);
  g_byte_array_append (self->joined, carry->bytes, carry->length);
  g_byte_array_append (self->joined, payload, record->length);
  joined.bytes = self->joined->data;
  joined.length = self->joined->len;
  joined.before = carry->length;

  return joined;
}

/**
 * ph_search_carry:
 * @before: the bytes of a character of which the record has the rest
 * @ret_carry: (out): the bytes of a character that the record has at its end, unfinished
 */
void
ph_search_carry (PhSearch *self, const PhRecord *record, const guint8 *payload, const PhCarry *before, PhCarry *ret_carry)
{
  const PhCharset *charset = ph_decoder_get_charset (self->decoder);
  gsize length = record->length;
  gssize sync;

  *ret_carry = *before;
  if (length == 0)
    return;
  if (payload[length - 1] < charset->safe_below)
    {
      ret_carry->length = 0;
      return;
    }
  sync = ph_charset_find_sync (charset, payload, length);
  if (sync >= 0)
    ret_carry->length = 0;
  g_string_truncate (self->scratch, 0);
  ph_decoder_decode (self->decoder, ret_carry, payload + MAX (sync, 0), length - MAX (sync, 0), self->scratch);
}

/* ---- bytes of a text ---- */

/* Moves @walk forward to the last place up to @place where a character begins for certain. */
static void
skip_to_safe (PhSearch *self, PhSearchWalk *walk, const guint8 *payload, gsize place)
{
  guint8 safe = ph_decoder_get_charset (self->decoder)->safe_below;

  for (gsize i = place; i > walk->done; i--)
    if (payload[i - 1] < safe)
      {
        *walk = (PhSearchWalk) { .done = i };
        return;
      }
}

/* Whether the decoded text from @at on is the text that is searched. */
static gboolean
is_searched (PhSearch *self, const char *at, const char *end)
{
  for (const char *p = self->text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar wanted = g_utf8_get_char (p), c;

      if (at >= end || ph_marks_next (&at, end, &c) == PH_MARK_BAD)
        return FALSE;
      if (c != wanted && (self->match_case || ph_case_fold (c) != ph_case_fold (wanted)))
        return FALSE;
    }

  return TRUE;
}

/* Whether the @n bytes at @place are the text, and not the second half of one character and the first of the next. */
static gboolean
is_text_here (PhSearch *self, PhSearchWalk *walk, const PhSearchPayload *searched, gsize place, gsize n)
{
  const guint8 *payload = searched->bytes;
  gsize length = searched->length, begin;
  PhCarry rest = { .length = 0 };
  g_autofree char *before = NULL;

  if (!self->inside)
    return TRUE;
  if (ph_decoder_get_charset (self->decoder)->unit == 2)
    return place % 2 == 0;
  skip_to_safe (self, walk, payload, place);
  g_string_truncate (self->scratch, 0);
  ph_decoder_decode (self->decoder, &walk->carry, payload + walk->done, place - walk->done, self->scratch);
  walk->done = place;

  /* The bytes before @place may end in an unfinished character. It is either invalid, then the text follows it, or the first bytes
   * at @place complete it, then the text does not begin there. */
  begin = place - MIN (walk->carry.length, place);
  g_string_truncate (self->scratch, 0);
  ph_decoder_decode (self->decoder, NULL, payload + begin, place - begin, self->scratch);
  before = g_strndup (self->scratch->str, self->scratch->len);
  g_string_truncate (self->scratch, 0);
  ph_decoder_decode (self->decoder, searched->cut ? &rest : NULL, payload + begin,
                     MIN (place + n + PH_CARRY_MAX, length) - begin, self->scratch);

  return g_str_has_prefix (self->scratch->str, before)
         && is_searched (self, self->scratch->str + strlen (before), self->scratch->str + self->scratch->len);
}

/**
 * ph_search_find_bytes:
 * @walk: (inout): zeroed for the first call for a payload
 * @place: (inout): where to begin; then where the match begins
 * @ret_length: (out): bytes of the match
 *
 * Returns: whether there is a match in the payload from *@place on
 */
gboolean
ph_search_find_bytes (PhSearch *self, PhSearchWalk *walk, const PhSearchPayload *payload, gsize *place, gsize *ret_length)
{
  gboolean others = self->bytes.others != NULL && self->bytes.others->len > 0;
  const guint8 *found;

  while (*place <= payload->length
         && (found = ph_pattern_find (&self->bytes, others, payload->bytes + *place, payload->length - *place, ret_length)) != NULL)
    {
      *place = found - payload->bytes;
      if (is_text_here (self, walk, payload, *place, *ret_length))
        return TRUE;
      ++*place;
    }

  return FALSE;
}

/* ---- the text ---- */

/**
 * ph_search_decode:
 * @ret_length: (out): of the text in bytes
 *
 * Returns: (transfer none): the text of a payload, valid until the next call; for valid UTF-8 it is the payload itself
 */
const char *
ph_search_decode (PhSearch *self, const PhSearchPayload *payload, gsize *ret_length)
{
  PhCarry carry = { .length = 0 };

  if (strcmp (ph_decoder_get_charset (self->decoder)->id, "utf-8") == 0
      && memchr (payload->bytes, 0xF4, payload->length) == NULL
      && g_utf8_validate_len ((const char *) payload->bytes, payload->length, NULL))
    {
      *ret_length = payload->length;
      return (const char *) payload->bytes;
    }
  g_string_truncate (self->scratch, 0);
  ph_decoder_decode (self->decoder, payload->cut ? &carry : NULL, payload->bytes, payload->length, self->scratch);
  *ret_length = self->scratch->len;

  return self->scratch->str;
}
