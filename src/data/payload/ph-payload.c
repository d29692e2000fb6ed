/* ph-payload.c: compiles what was typed into steps, and runs them to build a message
 *
 * Compiling: the prefix, then hex digits, or escapes, the line ending and the encoding, then the check bytes and the suffix. The result is a
 * list of steps. Each step appends to the message that the steps before it have begun. What differs from message to message is a step of
 * its own.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-payload.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ph-charset.h"
#include "ph-check.h"
#include "ph-hex.h"
#include "ph-record.h"

typedef struct _Step Step;

struct _Step
{
  gboolean (*append) (const Step *step, GByteArray *message, GError **error);
  GBytes *bytes;  /* nullable */
  PhCheck *check; /* nullable */
};

struct _PhPayload
{
  GArray *steps;   /* of Step; nullable: not needed any more where every message is the same */
  GBytes *message; /* nullable: what every message is */
  guint8 form;
  gsize check_length, behind; /* check bytes of a message, and bytes behind them */
};

/* ---- steps ---- */

static gboolean
append_bytes (const Step *step, GByteArray *message, GError **error)
{
  g_byte_array_append (message, g_bytes_get_data (step->bytes, NULL), (guint) g_bytes_get_size (step->bytes));

  return TRUE;
}

static gboolean
append_check (const Step *step, GByteArray *message, GError **error)
{
  return ph_check_append (step->check, message, error);
}

static void
step_clear (gpointer data)
{
  Step *step = data;

  g_clear_pointer (&step->bytes, g_bytes_unref);
  g_clear_pointer (&step->check, ph_check_unref);
}

static GArray *
steps_new (void)
{
  GArray *steps = g_array_new (FALSE, FALSE, sizeof (Step));

  g_array_set_clear_func (steps, step_clear);
  return steps;
}

/* Takes @bytes. FALSE if they are NULL. */
static gboolean
add_bytes (GArray *steps, GBytes *bytes)
{
  const Step step = { .append = append_bytes, .bytes = bytes };

  if (bytes != NULL)
    g_array_append_val (steps, step);
  return bytes != NULL;
}

static gboolean
are_constant (const GArray *steps)
{
  for (guint i = 0; i < steps->len; i++)
    if (g_array_index (steps, Step, i).append != append_bytes && g_array_index (steps, Step, i).append != append_check)
      return FALSE;
  return TRUE;
}

/* Returns: (transfer full) (nullable): a message; NULL with @error */
static GBytes *
run (const GArray *steps, GError **error)
{
  const Step *first = &g_array_index (steps, Step, 0);
  g_autoptr (GByteArray) message = NULL;

  if (steps->len == 1 && first->append == append_bytes)
    return g_bytes_ref (first->bytes);

  message = g_byte_array_new ();
  for (guint i = 0; i < steps->len; i++)
    if (!first[i].append (&first[i], message, error))
      return NULL;
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

static gboolean
add_piece (GArray *steps, const PhCharset *charset, const PhPiece *piece, gsize *error_offset, GError **error)
{
  const GString *data = piece->data;

  if (piece->raw)
    return add_bytes (steps, g_bytes_new (data->str, data->len));
  return add_bytes (steps, ph_charset_encode (charset, data->str, (gssize) data->len, error_offset, error));
}

static gboolean
add_line_ending (GArray *steps, const PhCharset *charset, PhLineEnding ending, GError **error)
{
  return add_bytes (steps, ph_charset_encode (charset, ph_line_ending_text (ending), -1, NULL, error));
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
  gboolean plain = pieces != NULL && pieces->len == 1 && !g_array_index (pieces, PhPiece, 0).raw;
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
  const PhTyped typed = { text, length, decoder, format->escapes, format->line_ending };

  return charset != NULL
         && add_pieces (steps, charset, &typed, lacks_line_ending (format, text, length) ? format->line_ending : PH_LINE_ENDING_NONE,
                        error_place, error);
}

/* Digits are ASCII in most encodings, but not in UTF-16, and full-width ones are ASCII in none. */
static gboolean
add_hex (GArray *steps, const PhPayloadFormat *format, const char *text, gsize length, gsize *error_place, GError **error)
{
  g_autoptr (PhDecoder) decoder = NULL;
  g_autoptr (GString) decoded = NULL;
  const PhCharset *charset;

  if (!format->encoded)
    return add_bytes (steps, ph_hex_parse_bytes (text, length, error_place, error));
  charset = find_charset (format, error);
  if (charset == NULL)
    return FALSE;
  decoder = ph_decoder_new (charset);
  decoded = g_string_new (NULL);
  ph_decoder_decode (decoder, NULL, (const guint8 *) text, length, decoded);

  return add_bytes (steps, ph_hex_parse_bytes (decoded->str, decoded->len, error_place, error));
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
  return hex == NULL || add_bytes (steps, ph_hex_parse (hex, NULL, error));
}

static gboolean
add_check (GArray *steps, const char *words, GError **error)
{
  Step step = { .append = append_check };
  PhCheckSpec spec;

  if (words == NULL)
    return TRUE;
  if (!ph_check_parse (words, &spec, error))
    return FALSE;
  step.check = ph_check_new (&spec);
  g_array_append_val (steps, step);

  return TRUE;
}

/* Only a suffix follows the check bytes, so they are told by their distance from the end, also where messages differ in length. */
static void
find_check (PhPayload *payload, const GArray *steps)
{
  guint n = steps->len;
  const Step *last = n > 0 ? &g_array_index (steps, Step, n - 1) : NULL;

  if (n > 1 && last->bytes != NULL && last[-1].check != NULL)
    payload->behind = g_bytes_get_size ((last--)->bytes);
  if (last != NULL && last->check != NULL)
    payload->check_length = ph_check_get_length (last->check);
}

/* Takes @steps. */
static PhPayload *
payload_new (GArray *steps, guint8 form, GError **error)
{
  g_autoptr (GArray) taken = steps;
  g_autoptr (PhPayload) payload = g_atomic_rc_box_new0 (PhPayload);

  payload->form = form;
  find_check (payload, taken);
  if (!are_constant (taken))
    payload->steps = g_steal_pointer (&taken);
  else if ((payload->message = run (taken, error)) == NULL)
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
  g_autoptr (GArray) steps = steps_new ();
  gsize place = 0;
  g_autoptr (PhPayload) payload = NULL;

  if (add_around (steps, format->prefix, error) && (format->hex ? add_hex : add_text) (steps, format, input, length, &place, error)
      && add_check (steps, format->check, error) && add_around (steps, format->suffix, error))
    payload = payload_new (g_steal_pointer (&steps), form_of (format), error);
  if (payload != NULL)
    return g_steal_pointer (&payload);

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
  g_autoptr (GArray) steps = steps_new ();

  add_bytes (steps, g_bytes_ref (bytes));
  if (format != NULL && format->line_ending != PH_LINE_ENDING_NONE)
    {
      const PhCharset *charset = find_charset (format, error);

      if (charset == NULL || !add_line_ending (steps, charset, format->line_ending, error))
        return NULL;
    }
  return payload_new (g_steal_pointer (&steps), ph_record_form (PH_FORM_NOT_TOLD, 0), error);
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
  g_autoptr (GArray) steps = steps_new ();

  add_bytes (steps, g_bytes_ref (bytes));

  return payload_new (g_steal_pointer (&steps), form, NULL);
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

/**
 * ph_payload_build:
 *
 * Any thread.
 *
 * Returns: (transfer full): the bytes of the next message
 */
GBytes *
ph_payload_build (const PhPayload *payload)
{
  return payload->message != NULL ? g_bytes_ref (payload->message) : run (payload->steps, NULL);
}

/**
 * ph_payload_preview:
 * @ret_check_at, @ret_check_length: (out): where the check bytes are in the message; 0, 0 without
 *
 * Builds the message that would go out now. Any thread.
 *
 * Returns: (transfer full) (nullable): its bytes; %NULL if it cannot be built
 */
GBytes *
ph_payload_preview (const PhPayload *payload, gsize *ret_check_at, gsize *ret_check_length)
{
  GBytes *bytes = ph_payload_build (payload);

  if (bytes == NULL)
    return NULL;
  *ret_check_length = payload->check_length;
  *ret_check_at = payload->check_length > 0 ? g_bytes_get_size (bytes) - payload->behind - payload->check_length : 0;

  return bytes;
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
