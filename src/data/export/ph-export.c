/* ph-export.c: records, one after the other, as text or bytes of one format
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-export.h"

#include "ph-flow.h"
#include "ph-marks.h"

/* What belongs to an encoding. */
typedef struct
{
  PhDecoder *decoder;
  PhFlows *flows;
} Text;

struct _PhExport
{
  PhExportForm form;
  GString *out; /* borrowed */

  GArray *texts;   /* of Text: the encodings so far */
  GString *unseen; /* what is decoded only to know where it is cut */
  char *local[2];  /* nullable: bound before the next record, the first of them first; the names may know what comes after it */
  PhRecord last;   /* its time and peer are those of the rests that are left at the end */
  guint64 number;  /* of it */
  gint64 opened, shown; /* when it was opened last; the time of the last record that was written */
  gboolean has_opened, has_shown;
};

static void
text_clear (gpointer data)
{
  Text *text = data;

  ph_decoder_free (text->decoder);
  ph_flows_free (text->flows);
}

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
  self->texts = g_array_new (FALSE, FALSE, sizeof (Text));
  g_array_set_clear_func (self->texts, text_clear);
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
  g_array_unref (self->texts);
  g_string_free (self->unseen, TRUE);
  forget_local (self);
  if (self->form.free_data != NULL)
    self->form.free_data (self->form.data);
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

/* An encoding or form that is not told, or of a newer program, is that of what was received. */
static PhExportPayload
as_sent (const PhExport *self, const PhRecord *record)
{
  PhExportPayload payload = self->form.payload;
  PhForm form = record->form & 3;
  const PhCharset *charset = ph_charset_find_number (record->form >> 2);

  if (form != PH_FORM_TEXT && form != PH_FORM_HEX)
    return payload;
  payload.hex = form == PH_FORM_HEX;
  if (charset != NULL)
    payload.charset = charset;

  return payload;
}

static Text *
find_text (PhExport *self, const PhCharset *charset)
{
  Text text;

  for (guint i = 0; i < self->texts->len; i++)
    if (ph_decoder_get_charset (g_array_index (self->texts, Text, i).decoder) == charset)
      return &g_array_index (self->texts, Text, i);
  text = (Text) { ph_decoder_new (charset), ph_flows_new () };
  g_array_append_val (self->texts, text);

  return &g_array_index (self->texts, Text, self->texts->len - 1);
}

static PhExportPayload
payload_of (PhExport *self, const PhRecord *record, const guint8 *payload)
{
  if (!ph_record_is_data (record))
    return self->form.payload;
  if (self->form.payload_func != NULL)
    return self->form.payload_func (self->form.data, record, payload);
  if (record->kind == PH_RECORD_OUT)
    return as_sent (self, record);

  return self->form.payload;
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
        const PhExportPayload *shown, PhDecoder *decoder, PhCarry *carry)
{
  gboolean opening = self->form.kind == PH_TIME_SINCE_OPENING;
  PhFormatContext context = { .number = number,
                              .peer = peer,
                              .local = local_for (self, record, peer),
                              .to = to != NULL ? to->address : NULL,
                              .to_unusual = to != NULL && to->unusual,
                              .time = self->form.time,
                              .kind = self->form.kind,
                              .has_since = opening ? self->has_opened : self->has_shown,
                              .since = opening ? self->opened : self->shown,
                              .hex = shown->hex,
                              .dump = shown->dump,
                              .escape = self->form.escape,
                              .decoder = decoder,
                              .carry = carry };

  if (!is_wanted (self, record) || !ph_format_append (self->out, self->form.format, &context, record, payload))
    return;
  self->shown = record->time;
  self->has_shown = TRUE;
  if (self->form.piece_func != NULL)
    self->form.piece_func (self->form.piece_data, record, peer);
}

/* What ends the flows of an encoding. */
typedef struct
{
  PhExport *export;
  PhDecoder *decoder;
} End;

/* A character whose rest never came is shown as the bytes it has. */
static void
append_rest_cb (const PhFlow *flow, gpointer data)
{
  const End *end = data;
  PhExport *self = end->export;
  const PhRecord record = { .time = self->last.time,
                            .length = flow->carry.length,
                            .peer = flow->peer,
                            .kind = (guint8) flow->kind };
  const PhExportPayload text = { .hex = FALSE };

  /* The line of JSON or CSV has had the bytes too. */
  if (!ph_format_has_both (self->form.format))
    append (self, self->number, flow->address, NULL, &record, flow->carry.bytes, &text, end->decoder, NULL);
}

static void
end_flows (PhExport *self, const PhRecord *record)
{
  for (guint i = 0; i < self->texts->len; i++)
    {
      const Text *text = &g_array_index (self->texts, Text, i);
      End end = { self, text->decoder };

      ph_flows_end (text->flows, record, append_rest_cb, &end);
    }
}

/* The time from which records count: an opening begins with itself, and what is open counts anew. */
static void
note_opening (PhExport *self, const PhRecord *record)
{
  self->opened = record->time;
  self->has_opened = TRUE;
}

/* What ends with this record is complete before it. */
static void
begin (PhExport *self, guint64 number, const PhRecord *record, const guint8 *payload)
{
  note_local (self, record, payload);
  self->last = *record;
  self->number = number;
  end_flows (self, record);
  if (record->kind == PH_RECORD_OPENING || (record->kind == PH_RECORD_OPEN && !self->has_opened))
    note_opening (self, record);
}

/* Whether the payload is written as text, which may begin or end inside a character. JSON and CSV have text in any case. */
static gboolean
has_characters (const PhExport *self, const PhRecord *record, gboolean hex)
{
  return ph_record_is_data (record) && ph_record_is_stream (record) && self->form.format != PH_FORMAT_RAW
         && (!hex || ph_format_has_both (self->form.format));
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
  PhExportPayload shown = payload_of (self, record, payload);
  Text *text = find_text (self, shown.charset);
  gboolean stream = has_characters (self, record, shown.hex);
  PhCarry carry = { .length = 0 };

  begin (self, number, record, payload);
  if (stream)
    carry = ph_flows_get_carry (text->flows, record);
  append (self, number, peer, ph_names_get_destination (names, record), record, payload, &shown, text->decoder, &carry);
  if (stream)
    ph_flows_set_carry (text->flows, record, &carry, peer);
  if (record->kind == PH_RECORD_OPEN)
    note_opening (self, record);
}

/**
 * ph_export_pass:
 *
 * As ph_export_record(), for a record that is not chosen: it appends nothing, but later ones may need it.
 */
void
ph_export_pass (PhExport *self, guint64 number, PhNames *names, const PhRecord *record, const guint8 *payload)
{
  PhExportPayload shown = payload_of (self, record, payload);
  PhCarry carry;
  Text *text;

  begin (self, number, record, payload);
  if (record->kind == PH_RECORD_OPEN)
    note_opening (self, record);
  if (!has_characters (self, record, shown.hex))
    return;
  text = find_text (self, shown.charset);
  carry = ph_flows_get_carry (text->flows, record);
  ph_decoder_decode (text->decoder, &carry, payload, record->length, self->unseen);
  g_string_truncate (self->unseen, 0);
  ph_flows_set_carry (text->flows, record, &carry, ph_names_get_peer (names, record->peer));
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

  end_flows (self, &end);
}
