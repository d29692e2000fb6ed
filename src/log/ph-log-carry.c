/* ph-log-carry.c: characters cut across two records of the same peer and direction
 *
 * What is left of a character at the end of a record is found by walking back to a place where decoding may begin
 * anew, and decoding forward from there. Results are remembered, so following the tail walks one record back at most.
 *
 * A neighbour that is shown in another way, as hex or in another encoding, shows all its bytes itself.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-log-carry.h"

#include "ph-flow.h"
#include "ph-log-index.h"

#include <string.h>

struct _PhLogCarry
{
  PhStore *store;      /* borrowed */
  PhLogForms *forms;   /* borrowed */
  gboolean hex;        /* records that are shown as hex count too */
  PhDecoder *decoder;  /* owned */
  gboolean awaits;     /* the last call would have had to look at a record that is not there yet */
  GHashTable *carries; /* owned: seq → PhCarry, what is left at the end of that record */
  GString *scratch;    /* owned */
};

/**
 * ph_log_carry_new:
 * @store: (transfer none): outlives the result; the caller is its reader
 * @forms: outlives the result
 * @charset: of the payloads that are looked at
 * @hex: whether payloads in @charset count too where they are shown as hex
 *
 * Returns: (transfer full): with an empty cache
 */
PhLogCarry *
ph_log_carry_new (PhStore *store, PhLogForms *forms, const PhCharset *charset, gboolean hex)
{
  PhLogCarry *self = g_new0 (PhLogCarry, 1);

  self->store = store;
  self->forms = forms;
  self->hex = hex;
  self->decoder = ph_decoder_new (charset);
  self->carries = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->scratch = g_string_new (NULL);

  return self;
}

void
ph_log_carry_free (PhLogCarry *self)
{
  ph_decoder_free (self->decoder);
  g_hash_table_unref (self->carries);
  g_string_free (self->scratch, TRUE);
  g_free (self);
}

PhDecoder *
ph_log_carry_get_decoder (PhLogCarry *self)
{
  return self->decoder;
}

static gboolean
is_alike (PhLogCarry *self, const PhRecord *record, const guint8 *payload)
{
  PhLogForm form = ph_log_forms_get (self->forms, record, payload);

  return form.charset == ph_decoder_get_charset (self->decoder) && (self->hex || !form.hex);
}

/* The nearest record of the same flow, @step (1 or -1) at a time; NULL at a border or the bound, or if it is not shown alike. */
static const PhRecord *
find_neighbour (PhLogCarry *self, guint64 *seq, const PhRecord *of, int step, const guint8 **ret_payload)
{
  for (guint n = 0; n < PH_LOG_CARRY_RECORDS; n++)
    {
      const PhRecord *record;

      if (step < 0 && *seq == 0)
        return NULL;
      *seq += step;
      record = ph_store_get (self->store, *seq, ret_payload);
      if (record == NULL)
        self->awaits = ph_store_awaits (self->store, *seq);
      if (record == NULL || ph_flow_is_border (of, record))
        return NULL;
      if (ph_flow_has (of, record))
        return is_alike (self, record, *ret_payload) ? record : NULL;
    }
  return NULL;
}

static void
advance (PhLogCarry *self, PhCarry *carry, const guint8 *bytes, gsize length)
{
  g_string_truncate (self->scratch, 0);
  ph_decoder_decode (self->decoder, carry, bytes, length, self->scratch);
  if (self->scratch->allocated_len > 4 * PH_LOG_CARRY_BYTES)
    {
      g_string_free (self->scratch, TRUE);
      self->scratch = g_string_new (NULL);
    }
}

static void
remember (PhLogCarry *self, guint64 seq, const PhCarry *carry)
{
  if (g_hash_table_size (self->carries) >= PH_LOG_CARRY_CACHE)
    g_hash_table_remove_all (self->carries);
  g_hash_table_replace (self->carries, g_memdup2 (&seq, sizeof seq), g_memdup2 (carry, sizeof *carry));
}

/* Walks back from @seq, noting the records passed, until decoding can begin; fills what is known there. */
static gsize
walk_back (PhLogCarry *self, guint64 seq, const PhRecord *of, GArray *passed, PhCarry *carry)
{
  const PhCharset *charset = ph_decoder_get_charset (self->decoder);
  gsize bytes = 0;

  while (passed->len < PH_LOG_CARRY_CHAIN && bytes < PH_LOG_CARRY_BYTES)
    {
      const guint8 *payload;
      const PhRecord *record = find_neighbour (self, &seq, of, -1, &payload);
      const PhCarry *known;
      gssize sync;

      if (record == NULL)
        break;
      known = g_hash_table_lookup (self->carries, &seq);
      if (known != NULL)
        {
          *carry = *known;
          break;
        }
      g_array_append_val (passed, seq);
      sync = ph_charset_find_sync (charset, payload, record->length);
      if (sync >= 0)
        return sync;
      bytes += record->length;
    }

  return 0;
}

/**
 * ph_log_carry_before:
 * @seq: sequence number of a data record of a stream, in the charset
 * @record: that record
 * @ret_carry: (out): the bytes of a character that began in earlier records of the same peer and direction
 *
 * The reader, inside a read section.
 */
void
ph_log_carry_before (PhLogCarry *self, guint64 seq, const PhRecord *record, PhCarry *ret_carry)
{
  g_autoptr (GArray) passed = g_array_new (FALSE, FALSE, sizeof (guint64));
  PhCarry carry = { .length = 0 };
  gsize skip;

  self->awaits = FALSE;
  skip = walk_back (self, seq, record, passed, &carry);
  for (guint i = passed->len; i > 0; i--)
    {
      guint64 at = g_array_index (passed, guint64, i - 1);
      const guint8 *payload;
      const PhRecord *earlier = ph_store_get (self->store, at, &payload);

      advance (self, &carry, payload + skip, earlier->length - skip);
      if (!self->awaits)
        remember (self, at, &carry);
      skip = 0;
    }
  *ret_carry = carry;
}

/**
 * ph_log_carry_is_after_cr:
 * @payload: of @record
 *
 * The reader, inside a read section.
 *
 * Returns: whether @record begins with a line feed, of which the carriage return is the end of the record before it in the flow
 */
gboolean
ph_log_carry_is_after_cr (PhLogCarry *self, guint64 seq, const PhRecord *record, const guint8 *payload)
{
  const PhCharset *charset = ph_decoder_get_charset (self->decoder);
  const PhRecord *before;
  const guint8 *bytes;

  self->awaits = FALSE;
  if (!ph_log_index_begins_with (charset, payload, record->length, '\n'))
    return FALSE;
  before = find_neighbour (self, &seq, record, -1, &bytes);

  return before != NULL && ph_log_index_ends_with (charset, bytes, before->length, '\r');
}

/**
 * ph_log_carry_has_next:
 * @seq: sequence number of a data record of a stream
 * @record: that record
 *
 * The reader, inside a read section.
 *
 * Returns: whether a later record of the flow follows; then that record shows a character that is cut at the end of @record
 */
gboolean
ph_log_carry_has_next (PhLogCarry *self, guint64 seq, const PhRecord *record)
{
  const guint8 *payload;

  self->awaits = FALSE;

  return find_neighbour (self, &seq, record, 1, &payload) != NULL;
}

/**
 * ph_log_carry_awaits:
 *
 * Returns: whether the last result may be another one when a record was read from the file
 */
gboolean
ph_log_carry_awaits (PhLogCarry *self)
{
  return self->awaits;
}
