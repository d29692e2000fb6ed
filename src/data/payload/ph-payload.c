/* ph-payload.c: compiles what was typed into steps, and runs them to build a message
 *
 * Compiling: the prefix, then hex digits, or escapes, variables, the line ending and the encoding, then the check bytes and the suffix. The result is a
 * list of steps. Each step appends to the message that the steps before it have begun. What differs from message to message is a step of
 * its own.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-payload-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ph-charset.h"
#include "ph-hex.h"
#include "ph-marks.h"
#include "ph-record.h"

/* ---- steps ---- */

static gboolean
append_bytes (const PhStep *step, const PhValues *values, GByteArray *message, GError **error)
{
  g_byte_array_append (message, g_bytes_get_data (step->bytes, NULL), (guint) g_bytes_get_size (step->bytes));

  return TRUE;
}

static gboolean
append_check (const PhStep *step, const PhValues *values, GByteArray *message, GError **error)
{
  return ph_check_append (step->check, message, error);
}

static gboolean
append_variable (const PhStep *step, const PhValues *values, GByteArray *message, GError **error)
{
  return ph_variable_append (step->variable, step->charset, values, message, error);
}

/* Nothing is known of it yet. */
static gboolean
append_need (const PhStep *step, const PhValues *values, GByteArray *message, GError **error)
{
  PhNeed need = ph_variable_get_need (step->variable);
  g_autofree char *name = ph_marks_dup (need.name, -1, 64);

  if (need.kind == PH_NEED_ANSWER)
    g_set_error (error, PH_CODEC_ERROR, PH_CODEC_ERROR_VARIABLE, _("“{ask:%s}” has no answer"), name);
  else
    g_set_error (error, PH_CODEC_ERROR, PH_CODEC_ERROR_VARIABLE, _("the file of “{file:%s}” is not read"), name);

  return FALSE;
}

/** ph_step_is_need: Returns: whether it is a variable that has to be filled */
gboolean
ph_step_is_need (const PhStep *step)
{
  return step->append == append_need;
}

static void
step_clear (gpointer data)
{
  PhStep *step = data;

  g_clear_pointer (&step->bytes, g_bytes_unref);
  g_clear_pointer (&step->check, ph_check_unref);
  g_clear_pointer (&step->variable, ph_variable_unref);
}

/** ph_steps_new: Returns: (transfer full) (element-type PhStep): an empty list, which owns what its steps point to */
GArray *
ph_steps_new (void)
{
  GArray *steps = g_array_new (FALSE, FALSE, sizeof (PhStep));

  g_array_set_clear_func (steps, step_clear);
  return steps;
}

/** ph_steps_add_bytes: @bytes: (transfer full) (nullable). Returns: %FALSE if they are %NULL */
gboolean
ph_steps_add_bytes (GArray *steps, GBytes *bytes)
{
  const PhStep step = { .append = append_bytes, .bytes = bytes };

  if (bytes != NULL)
    g_array_append_val (steps, step);
  return bytes != NULL;
}

static gboolean
are_constant (const GArray *steps)
{
  for (guint i = 0; i < steps->len; i++)
    if (g_array_index (steps, PhStep, i).append != append_bytes && g_array_index (steps, PhStep, i).append != append_check)
      return FALSE;
  return TRUE;
}

/**
 * ph_steps_run:
 * @draft: what is asked for first is left out, else it is an error
 * @ret_check: (out): where the check bytes are
 *
 * Each variable has random numbers of its own.
 *
 * Returns: (transfer full) (nullable): a message; %NULL with @error
 */
GBytes *
ph_steps_run (const GArray *steps, const PhValues *values, gboolean draft, PhSpan *ret_check, GError **error)
{
  const PhStep *first = &g_array_index (steps, PhStep, 0);
  g_autoptr (GByteArray) message = NULL;
  PhValues own = *values;

  *ret_check = (PhSpan){ 0 };
  if (steps->len == 1 && first->append == append_bytes)
    return g_bytes_ref (first->bytes);

  message = g_byte_array_new ();
  for (guint i = 0; i < steps->len; i++)
    {
      gsize before = message->len;

      if (!(draft && ph_step_is_need (&first[i])) && !first[i].append (&first[i], &own, message, error))
        return NULL;
      ph_random_next (&own.random);
      if (first[i].check != NULL)
        *ret_check = (PhSpan){ before, message->len - before };
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&message));
}

/* ---- compiling ---- */

static const PhCharset *
find_charset (const PhPayloadFormat *format, GError **error)
{
  const PhCharset *charset = ph_charset_find (format->charset);

  if (charset == NULL)
    g_set_error (error, PH_CODEC_ERROR, PH_CODEC_ERROR_ENCODING, _("“%s” is not an encoding of Porthole"),
                 format->charset != NULL ? format->charset : "");
  return charset;
}

/* Its value is tried now, so that a character that the encoding does not have is an error of the text. A NUL ends no name, so no
 * variable has one. */
static gboolean
add_variable (GArray *steps, const PhCharset *charset, const GString *words, gboolean hex, GError **error)
{
  const PhValues values = { .time = g_get_real_time () * 1000, .peer = "", .local = "" };
  PhStep step = { .append = append_variable, .charset = charset };
  g_autoptr (GByteArray) tried = g_byte_array_new ();

  step.variable = ph_variable_new (strlen (words->str) == words->len ? words->str : "", hex, error);
  if (step.variable == NULL)
    return FALSE;
  if (ph_variable_get_need (step.variable).kind != PH_NEED_NONE)
    step.append = append_need;
  g_array_append_val (steps, step);

  return step.append == append_need || append_variable (&step, &values, tried, error);
}

static gboolean
add_piece (GArray *steps, const PhCharset *charset, const PhPiece *piece, gsize *error_offset, GError **error)
{
  const GString *data = piece->data;

  if (piece->kind == PH_PIECE_VARIABLE)
    return add_variable (steps, charset, data, FALSE, error);
  if (piece->kind == PH_PIECE_BYTES)
    return ph_steps_add_bytes (steps, g_bytes_new (data->str, data->len));
  return ph_steps_add_bytes (steps, ph_charset_encode (charset, data->str, (gssize) data->len, error_offset, error));
}

static gboolean
add_line_ending (GArray *steps, const PhCharset *charset, PhLineEnding ending, GError **error)
{
  return ph_steps_add_bytes (steps, ph_charset_encode (charset, ph_line_ending_text (ending), -1, NULL, error));
}

/* A last line that has a line break gets no second line ending. */
static gboolean
lacks_line_ending (const PhPayloadFormat *format, const char *text, gsize length)
{
  return format->line_ending != PH_LINE_ENDING_NONE && (length == 0 || text[length - 1] != '\n');
}

/* Where the text is plain, its line ending goes into the same step: most messages have one step, which is not copied. */
static gboolean
add_pieces (GArray *steps, const PhCharset *charset, const PhTyped *typed, PhLineEnding ending, gsize *error_place, GError **error)
{
  g_autoptr (GArray) pieces = ph_pieces_parse (typed, error_place, error);
  gboolean plain = pieces != NULL && pieces->len == 1 && g_array_index (pieces, PhPiece, 0).kind == PH_PIECE_TEXT;
  gsize offset = 0;

  if (pieces == NULL)
    return FALSE;
  if (plain)
    g_string_append (g_array_index (pieces, PhPiece, 0).data, ph_line_ending_text (ending));
  for (guint i = 0; i < pieces->len; i++)
    if (!add_piece (steps, charset, &g_array_index (pieces, PhPiece, i), &offset, error))
      {
        *error_place = ph_pieces_locate (typed, i, offset);
        return FALSE;
      }
  return plain || add_line_ending (steps, charset, ending, error);
}

static gboolean
add_text (GArray *steps, const PhPayloadFormat *format, const char *text, gsize length, gsize *error_place, GError **error)
{
  const PhCharset *charset = find_charset (format, error);
  g_autoptr (PhDecoder) decoder = charset != NULL && format->encoded ? ph_decoder_new (charset) : NULL;
  const PhTyped typed = { text, length, decoder, format->escapes, format->variables, format->line_ending };

  return charset != NULL
         && add_pieces (steps, charset, &typed, lacks_line_ending (format, text, length) ? format->line_ending : PH_LINE_ENDING_NONE,
                        error_place, error);
}

/* As many spaces stand before the digits as characters do in the text, so that an error has its place there. */
static gboolean
add_digits_at (GArray *steps, const GString *digits, gsize before, gsize *error_place, GError **error)
{
  g_autoptr (GString) padded = g_string_new (NULL);

  g_string_append_printf (padded, "%*s", (int) before, "");
  g_string_append_len (padded, digits->str, (gssize) digits->len);

  return ph_steps_add_bytes (steps, ph_hex_parse_bytes (padded->str, padded->len, error_place, error));
}

/* Hex digits, with variables between them. A byte is not put together from digits on both sides of one. */
static gboolean
add_digits (GArray *steps, const PhPayloadFormat *format, const char *text, gsize length, gsize *error_place, GError **error)
{
  const PhTyped typed = { .text = text, .length = length, .variables = TRUE };
  const PhCharset *charset = format->variables ? find_charset (format, error) : NULL;
  g_autoptr (GArray) pieces = NULL;

  if (!format->variables)
    return ph_steps_add_bytes (steps, ph_hex_parse_bytes (text, length, error_place, error));
  if (charset == NULL || (pieces = ph_pieces_parse (&typed, error_place, error)) == NULL)
    return FALSE;
  for (guint i = 0; i < pieces->len; i++)
    {
      const PhPiece *piece = &g_array_index (pieces, PhPiece, i);
      gsize before = ph_pieces_locate (&typed, i, 0);

      if (piece->kind != PH_PIECE_VARIABLE && add_digits_at (steps, piece->data, before, error_place, error))
        continue;
      if (piece->kind == PH_PIECE_VARIABLE && add_variable (steps, charset, piece->data, TRUE, error))
        continue;
      if (piece->kind == PH_PIECE_VARIABLE)
        *error_place = before;
      return FALSE;
    }
  return TRUE;
}

/* Digits are ASCII in most encodings, but not in UTF-16, and full-width ones are ASCII in none. */
static gboolean
add_hex (GArray *steps, const PhPayloadFormat *format, const char *text, gsize length, gsize *error_place, GError **error)
{
  g_autoptr (PhDecoder) decoder = NULL;
  g_autoptr (GString) decoded = NULL;
  const PhCharset *charset;

  if (!format->encoded)
    return add_digits (steps, format, text, length, error_place, error);
  charset = find_charset (format, error);
  if (charset == NULL)
    return FALSE;
  decoder = ph_decoder_new (charset);
  decoded = g_string_new (NULL);
  ph_decoder_decode (decoder, NULL, (const guint8 *) text, length, decoded);

  return add_digits (steps, format, decoded->str, decoded->len, error_place, error);
}

static guint8
form_of (const PhPayloadFormat *format)
{
  const PhCharset *charset = ph_charset_find (format->charset);

  return ph_record_form (format->hex ? PH_FORM_HEX : PH_FORM_TEXT, charset != NULL ? charset->number : 0);
}

static gboolean
add_around (GArray *steps, const char *hex, GError **error)
{
  return hex == NULL || ph_steps_add_bytes (steps, ph_hex_parse (hex, NULL, error));
}

static gboolean
add_check (GArray *steps, const char *words, GError **error)
{
  PhStep step = { .append = append_check };
  PhCheckSpec spec;

  if (words == NULL)
    return TRUE;
  if (!ph_check_parse (words, &spec, error))
    return FALSE;
  step.check = ph_check_new (&spec);
  g_array_append_val (steps, step);

  return TRUE;
}

/** ph_payload_new_of_steps: @steps: (transfer full). @error: of a step. Returns: (transfer full) (nullable): a payload */
PhPayload *
ph_payload_new_of_steps (GArray *steps, guint8 form, GError **error)
{
  g_autoptr (GArray) taken = steps;
  g_autoptr (PhPayload) payload = g_atomic_rc_box_new0 (PhPayload);

  payload->form = form;
  payload->number = (_Atomic guint64 *) g_atomic_rc_box_new0 (guint64);
  for (guint i = 0; i < taken->len; i++)
    {
      const PhStep *step = &g_array_index (taken, PhStep, i);

      payload->needs += ph_step_is_need (step);
      payload->addresses = payload->addresses || (step->variable != NULL && ph_variable_is_address (step->variable));
    }
  if (!are_constant (taken))
    payload->steps = g_steal_pointer (&taken);
  else if ((payload->message = ph_steps_run (taken, &(PhValues){ 0 }, FALSE, &payload->check, error)) == NULL)
    return NULL;

  return g_steal_pointer (&payload);
}

/**
 * ph_payload_new_for_input:
 * @input: (array length=length): UTF-8, or what @format says; may contain NUL
 * @error_place: (out) (optional): written on failure only: where @input is wrong, in characters from 0; the number of its
 *   characters where something is missing at its end; 0 where @format is wrong
 * @error: %PH_CODEC_ERROR or %PH_CHECK_ERROR
 *
 * The line ending is encoded as the text is: in UTF-16 a LF is two bytes. Any thread.
 *
 * Returns: (transfer full) (nullable): a payload, or %NULL
 */
PhPayload *
ph_payload_new_for_input (const PhPayloadFormat *format, const char *input, gsize length, gsize *error_place, GError **error)
{
  g_autoptr (GArray) steps = ph_steps_new ();
  gsize place = 0;
  g_autoptr (PhPayload) payload = NULL;

  if (add_around (steps, format->prefix, error) && (format->hex ? add_hex : add_text) (steps, format, input, length, &place, error)
      && add_check (steps, format->check, error) && add_around (steps, format->suffix, error))
    payload = ph_payload_new_of_steps (g_steal_pointer (&steps), form_of (format), error);
  if (payload != NULL)
    {
      payload->hex = format->hex;
      return g_steal_pointer (&payload);
    }

  if (error_place != NULL)
    *error_place = place;
  return NULL;
}

/**
 * ph_payload_new:
 * @text: UTF-8, as it was typed
 *
 * The same for a text that ends with a NUL.
 */
PhPayload *
ph_payload_new (const PhPayloadFormat *format, const char *text, gsize *error_place, GError **error)
{
  return ph_payload_new_for_input (format, text, strlen (text), error_place, error);
}

/**
 * ph_payload_new_for_bytes:
 * @format: (nullable): whose line ending follows @bytes, in its encoding; %NULL for none
 * @error: %PH_CODEC_ERROR_ENCODING; never set where @format is %NULL
 *
 * @bytes go as they are. Any thread.
 *
 * Returns: (transfer full) (nullable): a payload, or %NULL
 */
PhPayload *
ph_payload_new_for_bytes (GBytes *bytes, const PhPayloadFormat *format, GError **error)
{
  g_autoptr (GArray) steps = ph_steps_new ();

  ph_steps_add_bytes (steps, g_bytes_ref (bytes));
  if (format != NULL && format->line_ending != PH_LINE_ENDING_NONE)
    {
      const PhCharset *charset = find_charset (format, error);

      if (charset == NULL || !add_line_ending (steps, charset, format->line_ending, error))
        return NULL;
    }
  return ph_payload_new_of_steps (g_steal_pointer (&steps), ph_record_form (PH_FORM_NOT_TOLD, 0), error);
}

/**
 * ph_payload_new_again:
 * @form: ph_record_form() of the record that has @bytes
 *
 * @bytes go as they are, and are shown as they were. Any thread.
 *
 * Returns: (transfer full): a payload
 */
PhPayload *
ph_payload_new_again (GBytes *bytes, guint8 form)
{
  g_autoptr (GArray) steps = ph_steps_new ();

  ph_steps_add_bytes (steps, g_bytes_ref (bytes));

  return ph_payload_new_of_steps (g_steal_pointer (&steps), form, NULL);
}

/**
 * ph_payload_ref:
 *
 * Any thread.
 *
 * Returns: (transfer full): @payload
 */
PhPayload *
ph_payload_ref (PhPayload *payload)
{
  return g_atomic_rc_box_acquire (payload);
}

static void
payload_clear (gpointer data)
{
  PhPayload *payload = data;

  g_clear_pointer (&payload->steps, g_array_unref);
  g_clear_pointer (&payload->message, g_bytes_unref);
  g_clear_pointer (&payload->number, g_atomic_rc_box_release);
}

/**
 * ph_payload_unref:
 * @payload: (transfer full): a payload
 *
 * Any thread.
 */
void
ph_payload_unref (PhPayload *payload)
{
  g_atomic_rc_box_release_full (payload, payload_clear);
}

/**
 * ph_payload_is_constant:
 *
 * Returns: whether every message is the same, so that it need not be built again
 */
gboolean
ph_payload_is_constant (const PhPayload *payload)
{
  return payload->message != NULL;
}

/** ph_payload_take_number: Returns: how many messages were built so far; the next call returns one more. Any thread. */
guint64
ph_payload_take_number (PhPayload *payload)
{
  return atomic_fetch_add_explicit (payload->number, 1, memory_order_relaxed);
}

/**
 * ph_payload_count_with:
 * @payload: one that no other thread has yet
 *
 * Has it count its messages together with those of @other from now on.
 */
void
ph_payload_count_with (PhPayload *payload, const PhPayload *other)
{
  _Atomic guint64 *own = payload->number;

  payload->number = g_atomic_rc_box_acquire ((gpointer) other->number);
  g_atomic_rc_box_release ((gpointer) own);
}

/** ph_payload_go_on: has @payload count its messages on from where @before is now. Any thread. */
void
ph_payload_go_on (PhPayload *payload, const PhPayload *before)
{
  atomic_store_explicit (payload->number, atomic_load_explicit (before->number, memory_order_relaxed), memory_order_relaxed);
}

/**
 * ph_payload_build:
 * @values: (nullable): what variables are made from; %NULL where it is constant
 * @error: %PH_CODEC_ERROR or %PH_CHECK_ERROR; never set where it is constant
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): the bytes of a message
 */
GBytes *
ph_payload_build (const PhPayload *payload, const PhValues *values, GError **error)
{
  PhSpan check;

  return payload->message != NULL ? g_bytes_ref (payload->message) : ph_steps_run (payload->steps, values, FALSE, &check, error);
}

/** ph_payload_has_addresses: Returns: whether @peer and @local of its values count */
gboolean
ph_payload_has_addresses (const PhPayload *payload)
{
  return payload->addresses;
}

/** ph_payload_get_message: Returns: (transfer none) (nullable): what every message is; %NULL where they differ */
GBytes *
ph_payload_get_message (const PhPayload *payload)
{
  return payload->message;
}

/**
 * ph_payload_get_form:
 *
 * Returns: ph_record_form() of what was typed; bytes that were not typed have none
 */
guint8
ph_payload_get_form (const PhPayload *payload)
{
  return payload->form;
}
