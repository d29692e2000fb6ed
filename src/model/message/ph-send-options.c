/* ph-send-options.c: holds how typed messages are sent
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-send-options.h"

#include "ph-charset.h"
#include "ph-check.h"
#include "ph-hex.h"

#define INTERVAL_DEFAULT 1000u /* ms */

struct _PhSendOptions
{
  GObject parent_instance;

  PhPayloadFormat format; /* its charset is the id in the table, also where it is the same as that of what is received */
  gboolean same;
  const char *received; /* id in the table */
  gboolean repeat;
  guint interval;
  gboolean full_speed;
  guint64 times;
  guint piece_size, piece_pause, piece_seed;
  gboolean piece_random;
  gboolean clear_after, enter_sends;
};

G_DEFINE_FINAL_TYPE (PhSendOptions, ph_send_options, G_TYPE_OBJECT)

enum
{
  PROP_HEX = 1,
  PROP_ESCAPES,
  PROP_VARIABLES,
  PROP_ENCODING,
  PROP_RECEIVE_ENCODING,
  PROP_LINE_ENDING,
  PROP_PREFIX,
  PROP_SUFFIX,
  PROP_CHECK,
  PROP_REPEAT,
  PROP_INTERVAL,
  PROP_FULL_SPEED,
  PROP_TIMES,
  PROP_PIECE_SIZE,
  PROP_PIECE_PAUSE,
  PROP_PIECE_RANDOM,
  PROP_PIECE_SEED,
  PROP_CLEAR_AFTER,
  PROP_ENTER_SENDS,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

/* ---- fields by their properties; NULL for those of another type ---- */

static gboolean *
find_switch (PhSendOptions *self, guint id)
{
  switch (id)
    {
    case PROP_HEX:
      return &self->format.hex;
    case PROP_ESCAPES:
      return &self->format.escapes;
    case PROP_VARIABLES:
      return &self->format.variables;
    case PROP_REPEAT:
      return &self->repeat;
    case PROP_FULL_SPEED:
      return &self->full_speed;
    case PROP_PIECE_RANDOM:
      return &self->piece_random;
    case PROP_CLEAR_AFTER:
      return &self->clear_after;
    case PROP_ENTER_SENDS:
      return &self->enter_sends;
    default:
      return NULL;
    }
}

static guint *
find_number (PhSendOptions *self, guint id)
{
  switch (id)
    {
    case PROP_INTERVAL:
      return &self->interval;
    case PROP_PIECE_SIZE:
      return &self->piece_size;
    case PROP_PIECE_PAUSE:
      return &self->piece_pause;
    case PROP_PIECE_SEED:
      return &self->piece_seed;
    default:
      return NULL;
    }
}

static void
ph_send_options_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PhSendOptions *self = PH_SEND_OPTIONS (object);

  switch (id)
    {
    case PROP_ENCODING:
      g_value_set_static_string (value, self->same ? PH_SEND_ENCODING_SAME : self->format.charset);
      break;
    case PROP_RECEIVE_ENCODING:
      g_value_set_static_string (value, self->received);
      break;
    case PROP_LINE_ENDING:
      g_value_set_static_string (value, ph_line_ending_id (self->format.line_ending));
      break;
    case PROP_PREFIX:
      g_value_set_static_string (value, self->format.prefix);
      break;
    case PROP_SUFFIX:
      g_value_set_static_string (value, self->format.suffix);
      break;
    case PROP_CHECK:
      g_value_set_static_string (value, self->format.check);
      break;
    case PROP_TIMES:
      g_value_set_uint64 (value, self->times);
      break;
    default:
      if (find_switch (self, id) != NULL)
        g_value_set_boolean (value, *find_switch (self, id));
      else if (find_number (self, id) != NULL)
        g_value_set_uint (value, *find_number (self, id));
      else
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static gboolean
set_switch (gboolean *now, gboolean value)
{
  gboolean changed = *now != value;

  *now = value;

  return changed;
}

static gboolean
set_number (guint *now, guint value)
{
  gboolean changed = *now != value;

  *now = value;

  return changed;
}

static gboolean
is_hex (const char *words)
{
  g_autoptr (GBytes) bytes = ph_hex_parse (words, NULL, NULL);

  return bytes != NULL;
}

static gboolean
is_check (const char *words)
{
  PhCheckSpec spec;

  return ph_check_parse (words, &spec, NULL);
}

/* "" is NULL too, and what is not @valid. Not many different ones are set while the program runs, so they are kept until it ends. */
static gboolean
set_words (const char **now, const char *value, gboolean (*valid) (const char *words))
{
  const char *kept = value != NULL && *value != '\0' && valid (value) ? g_intern_string (value) : NULL;
  gboolean changed = *now != kept;

  *now = kept;

  return changed;
}

static gboolean
set_encoding (PhSendOptions *self, const char *id)
{
  gboolean same = g_strcmp0 (id, PH_SEND_ENCODING_SAME) == 0, changed;
  const PhCharset *charset = ph_charset_find (same ? self->received : id);

  if (charset == NULL)
    return FALSE;
  changed = self->same != same || self->format.charset != charset->id;
  self->same = same;
  self->format.charset = charset->id;

  return changed;
}

/* What is sent may follow. */
static gboolean
set_receive_encoding (PhSendOptions *self, const char *id)
{
  const PhCharset *charset = ph_charset_find (id);

  if (charset == NULL || charset->id == self->received)
    return FALSE;
  self->received = charset->id;
  if (self->same && set_encoding (self, PH_SEND_ENCODING_SAME))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ENCODING]);

  return TRUE;
}

static gboolean
set_line_ending (PhSendOptions *self, const char *id)
{
  PhLineEnding ending;

  if (!ph_line_ending_parse (id, &ending) || ending == self->format.line_ending)
    return FALSE;
  self->format.line_ending = ending;

  return TRUE;
}

static void
ph_send_options_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PhSendOptions *self = PH_SEND_OPTIONS (object);
  gboolean changed = FALSE;

  switch (id)
    {
    case PROP_ENCODING:
      changed = set_encoding (self, g_value_get_string (value));
      break;
    case PROP_RECEIVE_ENCODING:
      changed = set_receive_encoding (self, g_value_get_string (value));
      break;
    case PROP_LINE_ENDING:
      changed = set_line_ending (self, g_value_get_string (value));
      break;
    case PROP_PREFIX:
      changed = set_words (&self->format.prefix, g_value_get_string (value), is_hex);
      break;
    case PROP_SUFFIX:
      changed = set_words (&self->format.suffix, g_value_get_string (value), is_hex);
      break;
    case PROP_CHECK:
      changed = set_words (&self->format.check, g_value_get_string (value), is_check);
      break;
    case PROP_TIMES:
      changed = self->times != g_value_get_uint64 (value);
      self->times = g_value_get_uint64 (value);
      break;
    default:
      if (find_switch (self, id) != NULL)
        changed = set_switch (find_switch (self, id), g_value_get_boolean (value));
      else if (find_number (self, id) != NULL)
        changed = set_number (find_number (self, id), g_value_get_uint (value));
      else
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
  if (changed)
    g_object_notify_by_pspec (object, pspec);
}

static void
ph_send_options_class_init (PhSendOptionsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = ph_send_options_get_property;
  object_class->set_property = ph_send_options_set_property;

  props[PROP_HEX] = g_param_spec_boolean ("hex", NULL, NULL, FALSE, flags);
  props[PROP_ESCAPES] = g_param_spec_boolean ("escapes", NULL, NULL, FALSE, flags);
  props[PROP_VARIABLES] = g_param_spec_boolean ("variables", NULL, NULL, FALSE, flags);
  props[PROP_ENCODING] = g_param_spec_string ("encoding", NULL, NULL, "utf-8", flags);
  props[PROP_RECEIVE_ENCODING] = g_param_spec_string ("receive-encoding", NULL, NULL, "utf-8", flags);
  props[PROP_LINE_ENDING] = g_param_spec_string ("line-ending", NULL, NULL, "none", flags);
  props[PROP_PREFIX] = g_param_spec_string ("prefix", NULL, NULL, NULL, flags);
  props[PROP_SUFFIX] = g_param_spec_string ("suffix", NULL, NULL, NULL, flags);
  props[PROP_CHECK] = g_param_spec_string ("check", NULL, NULL, NULL, flags);
  props[PROP_REPEAT] = g_param_spec_boolean ("repeat", NULL, NULL, FALSE, flags);
  props[PROP_INTERVAL] = g_param_spec_uint ("interval", NULL, NULL, 1, PH_SEND_INTERVAL_MAX, INTERVAL_DEFAULT, flags);
  props[PROP_FULL_SPEED] = g_param_spec_boolean ("full-speed", NULL, NULL, FALSE, flags);
  props[PROP_TIMES] = g_param_spec_uint64 ("times", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  props[PROP_PIECE_SIZE] = g_param_spec_uint ("piece-size", NULL, NULL, 0, PH_PIECE_SIZE_MAX, 0, flags);
  props[PROP_PIECE_PAUSE] = g_param_spec_uint ("piece-pause", NULL, NULL, 0, PH_PIECE_PAUSE_MAX, 0, flags);
  props[PROP_PIECE_RANDOM] = g_param_spec_boolean ("piece-random", NULL, NULL, FALSE, flags);
  props[PROP_PIECE_SEED] = g_param_spec_uint ("piece-seed", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_CLEAR_AFTER] = g_param_spec_boolean ("clear-after", NULL, NULL, FALSE, flags);
  props[PROP_ENTER_SENDS] = g_param_spec_boolean ("enter-sends", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
ph_send_options_init (PhSendOptions *self)
{
  self->interval = INTERVAL_DEFAULT;
  set_receive_encoding (self, "utf-8");
  set_encoding (self, "utf-8");
}

/**
 * ph_send_options_new:
 *
 * Returns: (transfer full): UTF-8 text, sent once
 */
PhSendOptions *
ph_send_options_new (void)
{
  return g_object_new (PH_TYPE_SEND_OPTIONS, NULL);
}

/**
 * ph_send_options_get_format:
 *
 * Returns: what a typed text means; its charset is never %NULL
 */
PhPayloadFormat
ph_send_options_get_format (PhSendOptions *options)
{
  return options->format;
}

/**
 * ph_send_options_set_format:
 *
 * Sets the properties that @format has. A charset that is %NULL or unknown leaves the encoding as it is, and so does that of what is
 * received where the encoding is the same as that.
 */
void
ph_send_options_set_format (PhSendOptions *options, const PhPayloadFormat *format)
{
  const PhCharset *charset = ph_charset_find (format->charset);
  gboolean same;

  g_return_if_fail (PH_IS_SEND_OPTIONS (options));

  same = options->same && charset != NULL && charset->id == options->received;
  g_object_set (options, "hex", format->hex, "escapes", format->escapes, "variables", format->variables, "encoding",
                same ? PH_SEND_ENCODING_SAME : format->charset, "line-ending", ph_line_ending_id (format->line_ending), "prefix", format->prefix, "suffix", format->suffix,
                "check", format->check, NULL);
}

gboolean
ph_send_options_get_repeat (PhSendOptions *options)
{
  return options->repeat;
}

gboolean
ph_send_options_get_clear_after (PhSendOptions *options)
{
  return options->clear_after;
}

gboolean
ph_send_options_get_enter_sends (PhSendOptions *options)
{
  return options->enter_sends;
}

/**
 * ph_send_options_get_interval:
 *
 * Returns: ms from one message of a repeat to the next; 0: as fast as possible
 */
guint
ph_send_options_get_interval (PhSendOptions *options)
{
  return options->full_speed ? 0 : options->interval;
}

guint64
ph_send_options_get_times (PhSendOptions *options)
{
  return options->times;
}

/**
 * ph_send_options_get_pieces:
 *
 * Returns: how a stream cuts a message
 */
PhPieces
ph_send_options_get_pieces (PhSendOptions *options)
{
  return (PhPieces){ options->piece_size, options->piece_pause, options->piece_random, options->piece_seed };
}
