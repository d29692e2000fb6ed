/* ph-search.c: finds text, bytes or a regular expression in records
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-search-private.h"

#include <string.h>

#include "ph-hex.h"
#include "ph-format.h"

#define NAMES_MAX (64u * 1024u) /* peers whose addresses are known */
#define CHOSEN_MAX (1024u * 1024u) /* peers that are chosen: every connection is one, so a host may have very many */
#define RECORD_TIME (500 * G_TIME_SPAN_MILLISECOND) /* an expression that takes longer for one record is given up there */

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

static gboolean
compile_text (PhSearch *self, const PhSearchQuery *query, GError **error)
{
  const PhCharset *charset = query->charset;

  g_autoptr (GError) wrong = NULL;

  self->inside = charset->longest > 1 && strcmp (charset->id, "utf-8") != 0;

  if (!ph_pattern_init_text (&self->words, query->text, ph_charset_find ("utf-8"), query->match_case, error))
    return FALSE;
  if (ph_pattern_init_text (&self->bytes, query->text, charset, query->match_case, &wrong))
    return TRUE;
  /* Payloads cannot have such a text, but sentences of events can. */
  ph_pattern_clear (&self->bytes);
  if ((self->kinds & PH_SEARCH_EVENTS) != 0)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&wrong));

  return FALSE;
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
    ph_pattern_init_bytes (&self->bytes, data, size);
  if (size > 0)
    self->kinds &= ~PH_SEARCH_EVENTS; /* they have no bytes */

  return TRUE;
}

static gboolean
compile (PhSearch *self, const PhSearchQuery *query, GError **error)
{
  if (self->anything)
    return TRUE;
  if (query->mode == PH_SEARCH_HEX)
    return compile_hex (self, query->text, error);
  if (query->mode == PH_SEARCH_REGEX)
    return (self->regex = ph_expression_new (query->text, query->match_case, error)) != NULL;

  return compile_text (self, query, error);
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
 * Returns: (transfer full) (nullable): %NULL with @error if hex digits or an expression are not valid, or if the encoding lacks a
 *   character and events are not searched
 */
PhSearch *
ph_search_new (const PhSearchQuery *query, GError **error)
{
  g_autoptr (PhSearch) self = g_new0 (PhSearch, 1);

  self->kinds = query->kinds;
  self->from = query->from;
  self->until = query->until > 0 ? query->until : G_MAXINT64;
  self->match_case = query->match_case;
  self->mode = query->mode;
  self->as_it_came = query->as_it_came;
  self->text = g_strdup (query->text);
  self->anything = *query->text == '\0';
  self->decoder = ph_decoder_new (query->charset);
  self->peer = query->peer != NULL ? g_ascii_strdown (query->peer, -1) : NULL;
  self->whole_peer = self->peer != NULL && ends_in_port (self->peer);
  self->names = ph_names_new (NAMES_MAX, NULL, NULL);
  self->chosen = g_hash_table_new (NULL, NULL);
  self->scratch = g_string_new (NULL);
  self->joined = g_byte_array_new ();
  if (query->mode != PH_SEARCH_HEX && query->charset->longest > 1)
    self->flows = ph_flows_new ();
  if (!compile (self, query, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
ph_search_free (PhSearch *search)
{
  ph_search_free_others (search);
  ph_pattern_clear (&search->bytes);
  ph_pattern_clear (&search->words);
  g_clear_pointer (&search->regex, ph_expression_free);
  ph_decoder_free (search->decoder);
  g_free (search->text);
  g_free (search->peer);
  ph_names_free (search->names);
  g_hash_table_unref (search->chosen);
  g_string_free (search->scratch, TRUE);
  g_byte_array_unref (search->joined);
  g_clear_pointer (&search->flows, ph_flows_free);
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

static PhExpressionResult
matches_text (PhSearch *self, const char *text, gsize length, const int *stop)
{
  const PhExpressionText whole = { .text = text, .length = length, .limit = G_MAXSIZE };
  const PhExpressionBudget budget = { g_get_monotonic_time () + RECORD_TIME, stop };
  gsize start, end;

  return ph_expression_next (self->regex, &whole, 0, &budget, &start, &end);
}

static PhExpressionResult
matches_event (PhSearch *self, const PhRecord *record, const guint8 *payload, const int *stop)
{
  const char *peer = ph_names_get_peer (self->names, record->peer);
  g_autofree char *text = ph_format_event (record, payload, peer, PH_LANGUAGE_USER);
  gsize length;

  if (self->regex != NULL)
    return matches_text (self, text, strlen (text), stop);

  return ph_pattern_find (&self->words, TRUE, (const guint8 *) text, strlen (text), &length) != NULL;
}

/* Searches a record that is_wanted(). */
static PhExpressionResult
matches (PhSearch *self, const PhRecord *record, const PhCarry *carry, const guint8 *payload, const int *stop)
{
  PhSearchWalk walk = { .done = 0 };
  gsize length, place = 0;
  PhSearchPayload joined;
  const char *text;

  if (self->anything)
    return PH_EXPRESSION_FOUND;
  if (!ph_record_is_data (record))
    return matches_event (self, record, payload, stop);
  joined = ph_search_join (self, record, carry, payload);
  if (self->regex == NULL)
    return ph_search_find_bytes (self, &walk, &joined, &place, &length);
  text = ph_search_decode (self, &joined, &length);

  return matches_text (self, text, length, stop);
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

static void
note (PhSearch *self, const PhChunk *chunk, guint32 index, PhExpressionResult result, guint64 *bit, guint32 n)
{
  if (result == PH_EXPRESSION_FOUND)
    set_bit (bit, n);
  if (result == PH_EXPRESSION_UNKNOWN && self->n_unknown++ == 0)
    self->unknown = chunk->first_seq + index;
}

/**
 * Block: the payloads of some records of a chunk.
 * @apart: (element-type guint32): records that begin with the rest of a character, or are in another encoding; they were searched already
 */
typedef struct
{
  const PhChunk *chunk;
  guint32 from, to;
  GArray *apart;
  guint next_apart;
} Block;

static gboolean
is_apart (Block *block, guint32 index)
{
  const GArray *apart = block->apart;

  while (block->next_apart < apart->len && g_array_index (apart, guint32, block->next_apart) < index)
    block->next_apart++;

  return block->next_apart < apart->len && g_array_index (apart, guint32, block->next_apart) == index;
}

/* Searches the payloads of all records as one block of bytes, and looks for the record only where a match is. */
static gboolean
search_bytes (PhSearch *self, Block *block, const int *stop, guint64 *bits)
{
  const PhChunk *chunk = block->chunk;
  const guint8 *base = (const guint8 *) chunk, *found;
  gsize at = ph_chunk_record (chunk, block->from)->offset, end = ph_chunk_end (chunk, block->to), length;
  gboolean others = ph_pattern_has_others (&self->bytes, base + at, end - at);
  guint32 index = block->from;

  while ((found = ph_pattern_find (&self->bytes, others, base + at, end - at, &length)) != NULL)
    {
      const PhRecord *record;
      gsize place = found - base, record_end;

      index = record_at (chunk, index, block->to, place);
      record = ph_chunk_record (chunk, index);
      record_end = (gsize) record->offset + record->length;
      at = MAX (record_end, place + 1);
      if (ph_record_is_data (record) && is_wanted (self, record) && !is_apart (block, index))
        {
          gboolean sure = !self->inside && !others && place + length <= record_end;

          /* Otherwise a shorter sequence or a later place may fit. */
          if (sure || matches (self, record, NULL, base + record->offset, stop) == PH_EXPRESSION_FOUND)
            set_bit (bits, index - block->from);
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
 * Searches records of a chunk. Must be called for records in their order, so that it learns the addresses of peer numbers, and
 * characters that are cut between records.
 *
 * Returns: %FALSE if it was stopped
 */
gboolean
ph_search_chunk (PhSearch *search, const PhChunk *chunk, guint32 from, guint32 to, const int *stop, guint64 *bits)
{
  gboolean bytes = search->bytes.needle.length > 0;
  /* Otherwise only the bytes matter, and records are looked at only where those are found. */
  gboolean each = search->mode != PH_SEARCH_HEX || search->peer != NULL || (search->kinds & PH_SEARCH_EVENTS) != 0;
  g_autoptr (GArray) apart = g_array_new (FALSE, FALSE, sizeof (guint32));
  Block block = { .chunk = chunk, .from = from, .to = to, .apart = apart };

  for (guint32 i = from; i < to && each; i++)
    {
      const PhRecord *record = ph_chunk_record (chunk, i);
      const guint8 *payload = (const guint8 *) chunk + record->offset;
      gboolean data = ph_record_is_data (record);
      PhSearch *its = ph_search_for (search, record);
      PhCarry carry = { .length = 0 };

      if (!data || ph_record_is_stream (record))
        carry = ph_search_follow (search, its, record, payload);
      if (bytes && data && carry.length == 0 && its == search)
        continue;
      if (carry.length > 0 || its != search)
        g_array_append_val (apart, i);
      if (!data)
        ph_search_name (search, record, payload);
      if (is_wanted (search, record))
        note (search, chunk, i, matches (its, record, &carry, payload, stop), bits, i - from);
      if (g_atomic_int_get (stop) != 0)
        return FALSE;
    }

  return !bytes || (search->kinds & (PH_SEARCH_IN | PH_SEARCH_OUT)) == 0 || search_bytes (search, &block, stop, bits);
}

/**
 * ph_search_take_unknown:
 * @ret_first: (out): sequence number of the first of them; not changed if there is none
 *
 * Returns: number of records searched since the last call that may match, but were given up: the expression is too slow for them
 */
guint64
ph_search_take_unknown (PhSearch *search, guint64 *ret_first)
{
  guint64 n = search->n_unknown;

  if (n > 0)
    *ret_first = search->unknown;
  search->n_unknown = 0;

  return n;
}
