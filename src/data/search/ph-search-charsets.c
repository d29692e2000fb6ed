/* ph-search-charsets.c: searches each record in its own encoding
 *
 * A search is compiled for one encoding. For records that were sent in another one, a search of the same text in that
 * encoding is kept beside it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-search-private.h"

/* The encoding of a record, if it is not that of the search; NULL if it is. */
static const PhCharset *
other_charset (PhSearch *self, const PhRecord *record)
{
  const PhCharset *charset = NULL;

  if ((record->kind == PH_RECORD_OUT || (record->kind == PH_RECORD_IN && self->as_it_came))
      && (record->form & 3) != PH_FORM_NOT_TOLD)
    charset = ph_charset_find_number (record->form >> 2);

  return charset != ph_decoder_get_charset (self->decoder) ? charset : NULL;
}

/**
 * ph_search_for:
 *
 * Returns: (transfer none): the search for the content of @record: that of its encoding
 */
PhSearch *
ph_search_for (PhSearch *self, const PhRecord *record)
{
  const PhCharset *charset = self->mode == PH_SEARCH_HEX || self->anything ? NULL : other_charset (self, record);
  PhSearch **other = charset != NULL ? &self->others[charset->number] : NULL;
  const PhSearchQuery query = { .mode = self->mode, .text = self->text, .charset = charset, .match_case = self->match_case,
                                .kinds = PH_SEARCH_ALL };

  if (other == NULL)
    return self;
  /* A text that the encoding does not have is in no payload, which is no error, as sentences are searched too. */
  if (*other == NULL)
    {
      *other = ph_search_new (&query, NULL);
      self->n_others++;
    }

  return *other;
}

void
ph_search_free_others (PhSearch *self)
{
  for (guint i = 0; i < PH_CHARSETS_MAX; i++)
    g_clear_pointer (&self->others[i], ph_search_free);
}

static void
forget_flow_cb (const PhFlow *flow, gpointer data)
{
}

static void
end_flows (PhSearch *self, const PhRecord *record)
{
  if (self->flows != NULL)
    ph_flows_end (self->flows, record, forget_flow_cb, NULL);
}

/* What another encoding has begun is not gone on with in this one. */
static void
break_flow (PhSearch *self, const PhRecord *record)
{
  const PhCarry none = { .length = 0 };

  if (self->flows != NULL && ph_flows_get_carry (self->flows, record).length > 0)
    ph_flows_set_carry (self->flows, record, &none, NULL);
}

/**
 * ph_search_follow:
 * @its: from ph_search_for()
 *
 * Keeps the bytes of a character at the end of a record for the next record.
 *
 * Returns: the bytes of a character that the record begins with the rest of
 */
PhCarry
ph_search_follow (PhSearch *self, PhSearch *its, const PhRecord *record, const guint8 *payload)
{
  PhCarry before = { .length = 0 }, after = { .length = 0 };
  gboolean piece = ph_record_is_data (record) && ph_record_is_stream (record);

  end_flows (self, record);
  if (piece && its != self)
    break_flow (self, record);
  for (guint i = 0; i < PH_CHARSETS_MAX && self->n_others > 0; i++)
    if (self->others[i] != NULL)
      {
        end_flows (self->others[i], record);
        if (piece && its != self->others[i])
          break_flow (self->others[i], record);
      }
  if (!piece || its->flows == NULL)
    return before;
  before = ph_flows_get_carry (its->flows, record);
  ph_search_carry (its, record, payload, &before, &after);
  if (before.length > 0 || after.length > 0)
    ph_flows_set_carry (its->flows, record, &after, NULL);

  return before;
}
