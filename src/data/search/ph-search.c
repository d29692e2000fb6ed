/* ph-search.c: finds text, bytes or a regular expression in records
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-search-private.h"

#include <string.h>

#include "ph-codec.h"
#include "ph-format.h"

#define NAMES_MAX (64u * 1024u) /* peers whose addresses are known */
#define CHOSEN_MAX (1024u * 1024u) /* peers that are chosen: every connection is one, so a host may have very many */
#define MATCH_LIMIT "(*LIMIT_MATCH=200000)" /* steps of the expression on one record, so that none takes forever */

/**
 * ph_search_query_is_empty:
 * Returns: whether every record matches, so that there is nothing to search
 */
gboolean
ph_search_query_is_empty (const PhSearchQuery *query)
{
  return *query->text == '\0' && (query->kinds & PH_SEARCH_ALL) == PH_SEARCH_ALL && query->peer == NULL
         && query->from == 0 && query->until == 0;
}

/* ---- compiling a query ---- */

/* Whether case is to be ignored for letters beyond ASCII: their upper and lower case may differ in length, so bytes cannot be
 * compared. */
static gboolean
needs_decoding (const PhSearchQuery *query)
{
  if (query->match_case)
    return FALSE;
  for (const char *p = query->text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c > 0x7F && (g_unichar_tolower (c) != c || g_unichar_toupper (c) != c))
        return TRUE;
    }

  return FALSE;
}

static gboolean
encode_into (GByteArray *out, const PhCharset *charset, const char *text, gsize length, GError **error)
{
  g_autoptr (GBytes) bytes = ph_charset_encode (charset, text, length, NULL, error);
  gsize size;
  const guint8 *data;

  if (bytes == NULL)
    return FALSE;
  data = g_bytes_get_data (bytes, &size);
  g_byte_array_append (out, data, size);

  return TRUE;
}

/* Encodes character by character, because an ASCII letter has other bytes in lower and upper case in every encoding. */
static gboolean
compile_text (PhNeedle *needle, const char *text, const PhCharset *charset, gboolean match_case, GError **error)
{
  g_autoptr (GByteArray) one = g_byte_array_new ();
  g_autoptr (GByteArray) other = g_byte_array_new ();

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gsize length = g_utf8_next_char (p) - p;
      char lower = g_ascii_tolower (*p), upper = g_ascii_toupper (*p);
      gboolean letter = !match_case && lower != upper;

      if (!encode_into (one, charset, letter ? &lower : p, length, error)
          || !encode_into (other, charset, letter ? &upper : p, length, error))
        return FALSE;
    }
  ph_needle_init (needle, one->data, other->data, one->len);

  return TRUE;
}

static gboolean
compile_bytes (PhSearch *self, const PhSearchQuery *query, GError **error)
{
  const PhCharset *charset = query->charset;
  g_autoptr (GString) text = g_string_new (NULL);

  if (!compile_text (&self->bytes, query->text, charset, query->match_case, error)
      || !compile_text (&self->words, query->text, ph_charset_find ("utf-8"), query->match_case, error))
    return FALSE;
  self->inside = charset->longest > 1 && strcmp (charset->id, "utf-8") != 0;
  ph_decoder_decode (self->decoder, NULL, self->bytes.one, self->bytes.length, text);
  self->decoded = g_string_free (g_steal_pointer (&text), FALSE);

  return TRUE;
}

static gboolean
compile_hex (PhSearch *self, const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = ph_hex_parse (text, NULL, error);
  const guint8 *data;
  gsize size;

  if (bytes == NULL)
    return FALSE;
  data = g_bytes_get_data (bytes, &size);
  if (size == 0)
    self->anything = TRUE;
  else
    ph_needle_init (&self->bytes, data, data, size);
  if (size > 0)
    self->kinds &= ~PH_SEARCH_EVENTS; /* they have no bytes */

  return TRUE;
}

/* GLib's message repeats the whole expression before it says what is wrong. Keeps only the latter. */
static void
shorten (GError *error)
{
  const char *colon = strrchr (error->message, ':'), *wide = g_strrstr (error->message, "：");
  const char *from = wide != NULL && (colon == NULL || wide > colon) ? wide : colon;
  g_autofree char *why = from != NULL ? g_strstrip (g_strdup (g_utf8_next_char (from))) : NULL;

  if (why == NULL || *why == '\0')
    return;
  g_free (error->message);
  error->message = g_steal_pointer (&why);
}

/* Compiles the pattern as it was typed first: the message and place of an error must not include the limit. */
static gboolean
compile_regex (PhSearch *self, const char *pattern, GError **error)
{
  GRegexCompileFlags flags = G_REGEX_OPTIMIZE | (self->match_case ? 0 : G_REGEX_CASELESS);
  g_autofree char *limited = g_strconcat (MATCH_LIMIT, pattern, NULL);
  g_autoptr (GError) wrong = NULL;
  g_autoptr (GRegex) typed = g_regex_new (pattern, flags, 0, &wrong);

  if (typed == NULL)
    {
      shorten (wrong);
      g_propagate_error (error, g_steal_pointer (&wrong));
      return FALSE;
    }
  self->regex = g_regex_new (limited, flags, 0, error);

  return self->regex != NULL;
}

static gboolean
compile (PhSearch *self, const PhSearchQuery *query, GError **error)
{
  g_autofree char *escaped = NULL;

  if (self->anything)
    return TRUE;
  if (query->mode == PH_SEARCH_HEX)
    return compile_hex (self, query->text, error);
  if (query->mode == PH_SEARCH_REGEX)
    return compile_regex (self, query->text, error);
  if (needs_decoding (query))
    {
      escaped = g_regex_escape_string (query->text, -1);
      return compile_regex (self, escaped, error);
    }

  return compile_bytes (self, query, error);
}

/* Port 80 is not a part of port 8080: “10.0.0.1:80” and “[::1]:80” are the ends of addresses. */
static gboolean
ends_in_port (const char *text)
{
  const char *colon = strrchr (text, ':');

  if (colon == NULL || colon == text || colon[1] == '\0' || colon[1 + strspn (colon + 1, "0123456789")] != '\0')
    return FALSE;

  return colon[-1] == ']' || strchr (text, ':') == colon;
}

/**
 * ph_search_new:
 * @query: copied
 *
 * Returns: (transfer full) (nullable): %NULL with @error if hex digits or an expression are not valid, or the encoding lacks a
 *   character
 */
PhSearch *
ph_search_new (const PhSearchQuery *query, GError **error)
{
  g_autoptr (PhSearch) self = g_new0 (PhSearch, 1);

  self->kinds = query->kinds;
  self->from = query->from;
  self->until = query->until > 0 ? query->until : G_MAXINT64;
  self->match_case = query->match_case;
  self->anything = *query->text == '\0';
  self->decoder = ph_decoder_new (query->charset);
  self->peer = query->peer != NULL ? g_ascii_strdown (query->peer, -1) : NULL;
  self->whole_peer = self->peer != NULL && ends_in_port (self->peer);
  self->names = ph_names_new (NAMES_MAX, NULL, NULL);
  self->chosen = g_hash_table_new (NULL, NULL);
  self->scratch = g_string_new (NULL);
  if (!compile (self, query, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
ph_search_free (PhSearch *search)
{
  ph_needle_clear (&search->bytes);
  ph_needle_clear (&search->words);
  g_clear_pointer (&search->regex, g_regex_unref);
  ph_decoder_free (search->decoder);
  g_free (search->decoded);
  g_free (search->peer);
  ph_names_free (search->names);
  g_hash_table_unref (search->chosen);
  g_string_free (search->scratch, TRUE);
  g_free (search);
}

/**
 * ph_search_name:
 * @record: a record of any kind
 *
 * Learns the names that records tell which are not searched: ph_search_chunk() learns from those that are.
 */
void
ph_search_name (PhSearch *search, const PhRecord *record, const guint8 *payload)
{
  g_autofree char *address = NULL;
  gboolean chosen;

  ph_names_record (search->names, record, payload);
  if (search->peer == NULL || (record->kind != PH_RECORD_PEER && record->kind != PH_RECORD_JOINED))
    return;
  address = g_ascii_strdown (ph_names_get_peer (search->names, record->peer), -1);
  chosen = search->whole_peer ? g_str_has_suffix (address, search->peer) : strstr (address, search->peer) != NULL;
  if (chosen && g_hash_table_size (search->chosen) < CHOSEN_MAX)
    g_hash_table_add (search->chosen, GUINT_TO_POINTER (record->peer));
}

/* ---- one record ---- */

static PhSearchKinds
kind_of (const PhRecord *record)
{
  if (ph_record_is_silent (record))
    return 0;
  switch (record->kind)
    {
    case PH_RECORD_IN:
      return PH_SEARCH_IN;
    case PH_RECORD_OUT:
      return PH_SEARCH_OUT;
    default:
      return PH_SEARCH_EVENTS;
    }
}

/* Whether a record fits kind, time and peer. Its content is not looked at. */
static gboolean
is_wanted (PhSearch *self, const PhRecord *record)
{
  if ((kind_of (record) & self->kinds) == 0 || record->time < self->from || record->time >= self->until)
    return FALSE;

  return self->peer == NULL || g_hash_table_contains (self->chosen, GUINT_TO_POINTER (record->peer));
}

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

/* Whether the bytes at @place are the text, and not the second half of one character and the first of the next. */
static gboolean
is_text_here (PhSearch *self, PhSearchWalk *walk, const guint8 *payload, gsize length, gsize place)
{
  g_autofree char *expected = NULL;
  gsize begin;

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
  expected = g_strconcat (self->scratch->str, self->decoded, NULL);
  g_string_truncate (self->scratch, 0);
  ph_decoder_decode (self->decoder, NULL, payload + begin,
                     MIN (place + self->bytes.length + PH_CARRY_MAX, length) - begin, self->scratch);

  return self->match_case ? g_str_has_prefix (self->scratch->str, expected)
                          : g_ascii_strncasecmp (self->scratch->str, expected, strlen (expected)) == 0;
}

/* Finds the next match in a payload from *@place on. @walk is kept between the calls for one payload. */
gboolean
ph_search_find_bytes (PhSearch *self, PhSearchWalk *walk, const guint8 *payload, gsize length, gsize *place)
{
  const guint8 *found;

  while ((found = ph_needle_find (&self->bytes, payload + *place, length - *place)) != NULL)
    {
      *place = found - payload;
      if (is_text_here (self, walk, payload, length, *place))
        return TRUE;
      ++*place;
    }

  return FALSE;
}

/* Returns the text of a payload. It is valid until the next call; for valid UTF-8 it is the payload itself. */
const char *
ph_search_decode (PhSearch *self, const PhRecord *record, const guint8 *payload, gsize *ret_length)
{
  if (strcmp (ph_decoder_get_charset (self->decoder)->id, "utf-8") == 0 && memchr (payload, 0xF4, record->length) == NULL
      && g_utf8_validate_len ((const char *) payload, record->length, NULL))
    {
      *ret_length = record->length;
      return (const char *) payload;
    }
  g_string_truncate (self->scratch, 0);
  ph_decoder_decode (self->decoder, NULL, payload, record->length, self->scratch);
  *ret_length = self->scratch->len;

  return self->scratch->str;
}

static gboolean
matches_event (PhSearch *self, const PhRecord *record, const guint8 *payload)
{
  const char *peer = ph_names_get_peer (self->names, record->peer);
  g_autofree char *text = ph_format_event (record, payload, peer, PH_LANGUAGE_USER);

  if (self->regex != NULL)
    return g_regex_match (self->regex, text, 0, NULL);

  return self->words.length > 0 && ph_needle_find (&self->words, (const guint8 *) text, strlen (text)) != NULL;
}

/* Searches a record that is_wanted(). */
static gboolean
matches (PhSearch *self, const PhRecord *record, const guint8 *payload)
{
  PhSearchWalk walk = { .done = 0 };
  const char *text;
  gsize length, place = 0;

  if (self->anything)
    return TRUE;
  if (!ph_record_is_data (record))
    return matches_event (self, record, payload);
  if (self->regex == NULL)
    return ph_search_find_bytes (self, &walk, payload, record->length, &place);
  text = ph_search_decode (self, record, payload, &length);

  return g_regex_match_full (self->regex, text, length, 0, 0, NULL, NULL);
}

/* ---- a chunk ---- */

static inline void
set_bit (guint64 *bits, guint32 n)
{
  bits[n / 64] |= G_GUINT64_CONSTANT (1) << n % 64;
}

/* Returns the record whose payload contains @place, which is at or after record @index. A galloping search: it is mostly near. */
static guint32
record_at (const PhChunk *chunk, guint32 index, guint32 to, gsize place)
{
  guint32 step = 1, high;

  while (index + step < to && ph_chunk_record (chunk, index + step)->offset <= place)
    {
      index += step;
      step *= 2;
    }
  high = MIN (to - index, step);
  while (high > 1)
    {
      guint32 middle = high / 2;

      if (ph_chunk_record (chunk, index + middle)->offset <= place)
        {
          index += middle;
          high -= middle;
        }
      else
        high = middle;
    }

  return index;
}

/* Searches the payloads of all records as one block of bytes, and looks for the record only where a match is. */
static gboolean
search_bytes (PhSearch *self, const PhChunk *chunk, guint32 from, guint32 to, const int *stop, guint64 *bits)
{
  const guint8 *base = (const guint8 *) chunk, *found;
  gsize at = ph_chunk_record (chunk, from)->offset, end = ph_chunk_end (chunk, to);
  guint32 index = from;

  while ((found = ph_needle_find (&self->bytes, base + at, end - at)) != NULL)
    {
      const PhRecord *record;
      gsize place = found - base;

      index = record_at (chunk, index, to, place);
      record = ph_chunk_record (chunk, index);
      at = MAX ((gsize) record->offset + record->length, place + 1);
      if (ph_record_is_data (record) && is_wanted (self, record))
        {
          if (self->inside ? matches (self, record, base + record->offset)
                           : place + self->bytes.length <= (gsize) record->offset + record->length)
            set_bit (bits, index - from);
        }
      if (g_atomic_int_get (stop) != 0)
        return FALSE;
    }

  return TRUE;
}

/**
 * ph_search_chunk:
 * @from: first record to search
 * @to: one after the last; more than @from, and not more than the chunk has
 * @stop: atomic: gives up when this is not 0; set by any thread
 * @bits: (inout): one bit for each record from @from on; those of records that match are set
 *
 * Searches records of a chunk. Must be called for records in their order, so that it learns the addresses of peer numbers.
 *
 * Returns: %FALSE if it was stopped
 */
gboolean
ph_search_chunk (PhSearch *search, const PhChunk *chunk, guint32 from, guint32 to, const int *stop, guint64 *bits)
{
  gboolean bytes = search->bytes.length > 0;
  /* Otherwise only the bytes matter, and records are looked at only where those are found. */
  gboolean each = search->peer != NULL || !bytes || (search->kinds & PH_SEARCH_EVENTS) != 0;

  for (guint32 i = from; i < to && each; i++)
    {
      const PhRecord *record = ph_chunk_record (chunk, i);
      const guint8 *payload = (const guint8 *) chunk + record->offset;
      gboolean data = ph_record_is_data (record);

      if (bytes && data)
        continue;
      if (!data)
        ph_search_name (search, record, payload);
      if (is_wanted (search, record) && matches (search, record, payload))
        set_bit (bits, i - from);
      if (g_atomic_int_get (stop) != 0)
        return FALSE;
    }

  return !bytes || (search->kinds & (PH_SEARCH_IN | PH_SEARCH_OUT)) == 0
         || search_bytes (search, chunk, from, to, stop, bits);
}
