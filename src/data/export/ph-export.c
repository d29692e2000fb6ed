/* ph-export.c: records, one after the other, as text or bytes of one format
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-export.h"

#include "ph-flow.h"
#include "ph-marks.h"

struct _PhExport
{
  PhExportForm form;
  GString *out; /* borrowed */

  PhDecoder *decoder;
  PhFlows *flows;
  GString *unseen; /* what is decoded only to know where it is cut */
  char *local[2];  /* nullable: bound before the next record, the first of them first; the names may know what comes after it */
  PhRecord last;   /* its time and peer are those of the rests that are left at the end */
  guint64 number;  /* of it */
};

/**
 * ph_export_new:
 * @form: copied
 * @out: borrowed: what is appended to. The owner may empty it between two calls
 *
 * Returns: (transfer full)
 */
PhExport *
ph_export_new (const PhExportForm *form, GString *out)
{
  PhExport *self = g_new0 (PhExport, 1);

  self->form = *form;
  self->out = out;
  self->decoder = ph_decoder_new (form->charset);
  self->flows = ph_flows_new ();
  self->unseen = g_string_new (NULL);

  return self;
}

static void
forget_local (PhExport *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (self->local); i++)
    g_clear_pointer (&self->local[i], g_free);
}

void
ph_export_free (PhExport *self)
{
  ph_decoder_free (self->decoder);
  ph_flows_free (self->flows);
  g_string_free (self->unseen, TRUE);
  forget_local (self);
  g_free (self);
}

/* ---- what a record needs from those before it ---- */

static void
note_local (PhExport *self, const PhRecord *record, const guint8 *payload)
{
  if (record->kind == PH_RECORD_OPENING || (record->kind == PH_RECORD_OPEN && self->local[1] != NULL))
    forget_local (self);
  if (record->kind == PH_RECORD_OPEN)
    self->local[self->local[0] != NULL ? 1 : 0] = ph_marks_dup ((const char *) payload, record->length, PH_MARKS_NAME_MAX);
}

/* Of two addresses, the one that is bound by this record, or through which its peer is reached. */
static const char *
local_for (const PhExport *self, const PhRecord *record, const char *peer)
{
  gboolean v6 = peer != NULL && *peer == '[';

  if (self->local[1] == NULL)
    return self->local[0];

  return self->local[record->kind == PH_RECORD_OPEN || v6 == (*self->local[1] == '[') ? 1 : 0];
}

static gboolean
is_wanted (const PhExport *self, const PhRecord *record)
{
  if (self->form.format != PH_FORMAT_RAW || !ph_record_is_data (record))
    return TRUE;

  return (self->form.sides & (record->kind == PH_RECORD_IN ? PH_EXPORT_RECEIVED : PH_EXPORT_SENT)) != 0;
}

static void
append (PhExport *self, guint64 number, const char *peer, const PhDestination *to, const PhRecord *record, const guint8 *payload,
        PhCarry *carry)
{
  PhFormatContext context = { .number = number,
                              .peer = peer,
                              .local = local_for (self, record, peer),
                              .to = to != NULL ? to->address : NULL,
                              .to_unusual = to != NULL && to->unusual,
                              .hex = self->form.hex,
                              .decoder = self->decoder,
                              .carry = carry };

  if (is_wanted (self, record))
    ph_format_append (self->out, self->form.format, &context, record, payload);
}

/* Only in these formats characters are looked at; the others have had the bytes as they are. */
static gboolean
has_characters (const PhExport *self)
{
  return self->form.format == PH_FORMAT_LOG || self->form.format == PH_FORMAT_NETASSIST;
}

/* A character whose rest never came is shown as the bytes it has. */
static void
append_rest_cb (const PhFlow *flow, gpointer data)
{
  PhExport *self = data;
  const PhRecord record = { .time = self->last.time,
                            .length = flow->carry.length,
                            .peer = flow->peer,
                            .kind = (guint8) flow->kind };

  if (has_characters (self))
    append (self, self->number, flow->address, NULL, &record, flow->carry.bytes, NULL);
}

/* What ends with this record is complete before it. */
static void
begin (PhExport *self, guint64 number, const PhRecord *record, const guint8 *payload)
{
  note_local (self, record, payload);
  self->last = *record;
  self->number = number;
  ph_flows_end (self->flows, record, append_rest_cb, self);
}

/**
 * ph_export_record:
 * @number: of the record, counted from 1
 * @names: of the store; knows the record's peer
 *
 * Appends a record. Records that are not shown in the format append nothing, and have to be told all the same.
 */
void
ph_export_record (PhExport *self, guint64 number, PhNames *names, const PhRecord *record, const guint8 *payload)
{
  const char *peer = record->peer != PH_PEER_NONE ? ph_names_get_peer (names, record->peer) : NULL;
  gboolean stream = ph_record_is_data (record) && ph_record_is_stream (record);
  PhCarry carry = { .length = 0 };

  begin (self, number, record, payload);
  if (stream)
    carry = ph_flows_get_carry (self->flows, record);
  append (self, number, peer, ph_names_get_destination (names, record), record, payload, &carry);
  if (stream)
    ph_flows_set_carry (self->flows, record, &carry, peer);
}

/**
 * ph_export_pass:
 *
 * As ph_export_record(), for a record that is not chosen: it appends nothing, but later ones may need it.
 */
void
ph_export_pass (PhExport *self, guint64 number, PhNames *names, const PhRecord *record, const guint8 *payload)
{
  PhCarry carry;

  begin (self, number, record, payload);
  if (!ph_record_is_data (record) || !ph_record_is_stream (record) || self->form.hex || !has_characters (self))
    return;
  carry = ph_flows_get_carry (self->flows, record);
  ph_decoder_decode (self->decoder, &carry, payload, record->length, self->unseen);
  g_string_truncate (self->unseen, 0);
  ph_flows_set_carry (self->flows, record, &carry, ph_names_get_peer (names, record->peer));
}

/**
 * ph_export_finish:
 *
 * Appends the characters that are still cut: no record follows.
 */
void
ph_export_finish (PhExport *self)
{
  const PhRecord end = { .time = self->last.time, .kind = PH_RECORD_CLOSED };

  ph_flows_end (self->flows, &end, append_rest_cb, self);
}
