/* ph-message.c: a message as it is typed, compiled and sent through a session
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-message.h"

#include "ph-charset.h"
#include "ph-payload-convert.h"

#include <glib/gi18n.h>

struct _PhMessage
{
  GObject parent_instance;

  gboolean hex; /* the form of the text: the option, once the text has followed it */

  /* owned */
  PhSendOptions *options;
  PhMessageTarget *target;
  char *text;
  GBytes *input;    /* nullable: in place of the text */
  gboolean encoded; /* the input is in the encoding of the options */
  PhPayload *compiled;      /* nullable: the newest that was made */
  PhPayloadFormat compiled_as; /* its format */
  gboolean changed;         /* the text or the input, since it was made */
  gboolean foreign;         /* the text came from somebody else's file */
};

G_DEFINE_FINAL_TYPE (PhMessage, ph_message, G_TYPE_OBJECT)

enum
{
  PROP_TEXT = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

enum
{
  NOT_CONVERTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Of a text that was not converted, whose @format is that of before. */
static char *
make_reason (PhMessage *self, const PhPayloadFormat *format, gsize *place)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PhPayload) payload = ph_payload_new (format, self->text, place, &error);

  if (payload == NULL && format->hex)
    /* Translators: an error in the typed digits follows */
    return g_strdup_printf (_("It stays hex: %s"), error->message);
  if (payload != NULL && !ph_payload_is_constant (payload) && format->hex)
    return g_strdup (_("It stays hex: it has variables"));
  if (payload != NULL && !ph_payload_is_constant (payload))
    return g_strdup (_("It stays text: it has variables"));
  if (payload == NULL)
    /* Translators: an error in the typed text follows */
    return g_strdup_printf (_("It stays text: %s"), error->message);

  /* Translators: an encoding follows */
  return g_strdup_printf (_("It stays hex: these bytes are not plain text in %s"), _(ph_charset_find (format->charset)->name));
}

/* A switch that would have other bytes sent goes back. Then this is called again. */
static void
convert_cb (PhMessage *self)
{
  PhPayloadFormat format = ph_send_options_get_format (self->options);
  g_autofree char *converted = NULL, *reason = NULL;
  gsize place = PH_MESSAGE_NO_PLACE;

  if (format.hex == self->hex)
    return;
  if (format.hex)
    converted = ph_payload_convert_to_hex (&format, self->text);
  else
    converted = ph_payload_convert_to_text (&format, self->text);
  if (converted != NULL)
    {
      self->hex = format.hex;
      ph_message_set_text (self, converted);
      return;
    }
  format.hex = self->hex;
  ph_send_options_set_format (self->options, &format);
  reason = make_reason (self, &format, &place);
  g_signal_emit (self, signals[NOT_CONVERTED], 0, reason, (guint64) place);
}

static void
ph_message_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_TEXT)
    g_value_set_string (value, PH_MESSAGE (object)->text);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
ph_message_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_TEXT)
    ph_message_set_text (PH_MESSAGE (object), g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
ph_message_finalize (GObject *object)
{
  PhMessage *self = PH_MESSAGE (object);

  g_clear_object (&self->options);
  g_clear_object (&self->target);
  g_clear_pointer (&self->input, g_bytes_unref);
  g_clear_pointer (&self->compiled, ph_payload_unref);
  g_free (self->text);

  G_OBJECT_CLASS (ph_message_parent_class)->finalize (object);
}

static void
ph_message_class_init (PhMessageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = ph_message_finalize;
  object_class->get_property = ph_message_get_property;
  object_class->set_property = ph_message_set_property;

  props[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, "",
                                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[NOT_CONVERTED] =
    g_signal_new ("not-converted", PH_TYPE_MESSAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING,
                  G_TYPE_UINT64);
}

static void
ph_message_init (PhMessage *self)
{
  self->text = g_strdup ("");
}

/**
 * ph_message_new:
 *
 * Keeps a reference to both.
 *
 * Returns: (transfer full): a message without text
 */
PhMessage *
ph_message_new (PhSendOptions *options, PhMessageTarget *target)
{
  PhMessage *self = g_object_new (PH_TYPE_MESSAGE, NULL);

  self->options = g_object_ref (options);
  self->target = g_object_ref (target);
  self->hex = ph_send_options_get_format (options).hex;
  g_signal_connect_object (options, "notify::hex", G_CALLBACK (convert_cb), self, G_CONNECT_SWAPPED);

  return self;
}

PhSendOptions *
ph_message_get_options (PhMessage *message)
{
  return message->options;
}

PhMessageTarget *
ph_message_get_target (PhMessage *message)
{
  return message->target;
}

/**
 * ph_message_get_text:
 *
 * Returns: (transfer none): the property
 */
const char *
ph_message_get_text (PhMessage *message)
{
  return message->text;
}

/**
 * ph_message_set_text:
 * @text: (nullable): UTF-8; %NULL is ""
 */
void
ph_message_set_text (PhMessage *message, const char *text)
{
  g_return_if_fail (PH_IS_MESSAGE (message));

  g_clear_pointer (&message->input, g_bytes_unref);
  if (g_strcmp0 (message->text, text) == 0)
    return;
  g_free (message->text);
  message->text = g_strdup (text != NULL ? text : "");
  message->foreign = message->foreign && *message->text != '\0';
  g_clear_pointer (&message->compiled, ph_payload_unref);
  g_object_notify_by_pspec (G_OBJECT (message), props[PROP_TEXT]);
}

/**
 * ph_message_set_foreign:
 * @foreign: whether the text came from somebody else's file, so that the files it names are asked for first
 *
 * It stays so until another text is recalled, or all of it is deleted.
 */
void
ph_message_set_foreign (PhMessage *message, gboolean foreign)
{
  g_return_if_fail (PH_IS_MESSAGE (message));

  message->foreign = foreign;
}

/** ph_message_is_foreign: Returns: whether the text came from somebody else's file */
gboolean
ph_message_is_foreign (PhMessage *message)
{
  return message->foreign;
}

/**
 * ph_message_set_input:
 * @input: UTF-8 that may contain NUL, or bytes in the encoding of the options if @encoded; a reference is kept
 *
 * For what is read and not typed. It is sent in place of the text until another text is set. The messages of all inputs are counted on, by
 * the variable for this.
 */
void
ph_message_set_input (PhMessage *message, GBytes *input, gboolean encoded)
{
  g_return_if_fail (PH_IS_MESSAGE (message));

  g_bytes_ref (input);
  g_clear_pointer (&message->input, g_bytes_unref);
  message->input = input;
  message->encoded = encoded;
  message->changed = TRUE;
}

/**
 * ph_message_recall:
 * @format: what @text means; if its charset is %NULL, that is not known and the options stay
 *
 * Sets the text and the options that it was sent with.
 */
void
ph_message_recall (PhMessage *message, const char *text, const PhPayloadFormat *format)
{
  g_return_if_fail (PH_IS_MESSAGE (message));

  if (format->charset != NULL)
    {
      message->hex = format->hex;
      ph_send_options_set_format (message->options, format);
    }
  message->foreign = FALSE;
  ph_message_set_text (message, text);
}

/* All strings of a format are interned. */
static gboolean
format_equal (const PhPayloadFormat *one, const PhPayloadFormat *other)
{
  return one->charset == other->charset && one->hex == other->hex && one->escapes == other->escapes
         && one->variables == other->variables && one->encoded == other->encoded && one->line_ending == other->line_ending
         && one->prefix == other->prefix && one->suffix == other->suffix && one->check == other->check;
}

static PhPayload *
compile (PhMessage *self, const PhPayloadFormat *format, gsize *error_place, GError **error)
{
  const char *input;
  gsize length;

  if (self->input == NULL)
    return ph_payload_new (format, self->text, error_place, error);
  input = g_bytes_get_data (self->input, &length);

  return ph_payload_new_for_input (format, input, length, error_place, error);
}

/**
 * ph_message_compile:
 * @error_place: (out) (optional): written on failure only: where the text is wrong, in characters from 0
 * @error: %PH_CODEC_ERROR
 *
 * As long as the text is the same, its messages are counted on.
 *
 * Returns: (transfer full) (nullable): what is sent, or %NULL
 */
PhPayload *
ph_message_compile (PhMessage *message, gsize *error_place, GError **error)
{
  PhPayloadFormat format = ph_send_options_get_format (message->options);
  g_autoptr (PhPayload) before = NULL;

  format.encoded = message->input != NULL && message->encoded;
  if (message->compiled != NULL && !message->changed && format_equal (&format, &message->compiled_as))
    return ph_payload_ref (message->compiled);
  before = g_steal_pointer (&message->compiled);
  message->compiled = compile (message, &format, error_place, error);
  if (message->compiled == NULL)
    return NULL;
  if (before != NULL)
    ph_payload_count_with (message->compiled, before);
  message->compiled_as = format;
  message->changed = FALSE;

  return ph_payload_ref (message->compiled);
}

static gboolean
is_empty (const PhPayload *payload)
{
  return ph_payload_is_constant (payload) && g_bytes_get_size (ph_payload_get_message (payload)) == 0;
}

/* Finds out where @payload goes. FALSE if it goes nowhere. */
static gboolean
aim (PhSession *session, PhMessageTarget *target, PhPayload *payload, PhTarget *ret_aimed, GError **error)
{
  const PhTransport *transport = ph_session_get_transport (session);

  if (ph_payload_is_needy (payload))
    {
      g_set_error_literal (error, PH_MESSAGE_ERROR, PH_MESSAGE_ERROR_NEEDS, _("The message asks for something that is not known yet"));
      return FALSE;
    }
  if (transport != NULL && ph_transport_is_stream (transport) && is_empty (payload))
    {
      g_set_error_literal (error, PH_MESSAGE_ERROR, PH_MESSAGE_ERROR_EMPTY, _("The message is empty: type what to send"));
      return FALSE;
    }

  return ph_message_target_aim (target, ret_aimed, error);
}

/**
 * ph_session_send_payload:
 * @error: %PH_MESSAGE_ERROR
 *
 * Sends it once. What becomes of it is told by records.
 *
 * Returns: %FALSE if it was not handed to the worker
 */
gboolean
ph_session_send_payload (PhSession *session, PhMessageTarget *target, PhPayload *payload, GError **error)
{
  PhTarget aimed;

  if (!aim (session, target, payload, &aimed, error))
    return FALSE;
  ph_session_send (session, &aimed, payload, NULL);

  return TRUE;
}

/**
 * ph_session_send_compiled:
 * @payload: of @message, with all that it needs
 * @error: %PH_MESSAGE_ERROR
 *
 * Sends it once, or begins to repeat it, as the options of @message say. What becomes of it is told by records.
 *
 * Returns: %FALSE if it was not handed to the worker
 */
gboolean
ph_session_send_compiled (PhSession *session, PhMessage *message, PhPayload *payload, GError **error)
{
  PhSendOptions *options = message->options;
  const PhPieces pieces = ph_send_options_get_pieces (options);
  PhTarget target;

  if (!aim (session, message->target, payload, &target, error))
    return FALSE;
  if (ph_send_options_get_repeat (options))
    ph_session_start_repeat (session, &target, payload, &pieces, ph_send_options_get_interval (options),
                             ph_send_options_get_times (options));
  else
    ph_session_send (session, &target, payload, &pieces);

  return TRUE;
}

/**
 * ph_session_send_message:
 * @error_place: (out) (optional): written where @error is a %PH_CODEC_ERROR: the place in the text, in characters from 0
 * @error: %PH_CODEC_ERROR or %PH_MESSAGE_ERROR
 *
 * Sends a message that needs nothing to be asked for, as ph_session_send_compiled() does.
 *
 * Returns: %FALSE if it was not handed to the worker
 */
gboolean
ph_session_send_message (PhSession *session, PhMessage *message, gsize *error_place, GError **error)
{
  g_autoptr (PhPayload) payload = ph_message_compile (message, error_place, error);

  return payload != NULL && ph_session_send_compiled (session, message, payload, error);
}

/**
 * ph_session_change_message:
 * @error_place: (out) (optional): as of ph_session_send_message()
 * @error: %PH_CODEC_ERROR or %PH_MESSAGE_ERROR
 *
 * Has the repeat that runs go on with the message as it is now, at the interval and as often as its options say now.
 *
 * Returns: %FALSE if it cannot be sent as it is: the repeat goes on with the message as it was
 */
gboolean
ph_session_change_message (PhSession *session, PhMessage *message, gsize *error_place, GError **error)
{
  const PhPieces pieces = ph_send_options_get_pieces (message->options);
  PhTarget target;
  g_autoptr (PhPayload) payload = ph_message_compile (message, error_place, error);

  if (payload == NULL || !aim (session, message->target, payload, &target, error))
    return FALSE;
  ph_session_change_repeat (session, &target, payload, &pieces, ph_send_options_get_interval (message->options),
                            ph_send_options_get_times (message->options));

  return TRUE;
}
