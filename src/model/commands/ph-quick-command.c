/* ph-quick-command.c: a message that is kept under a name, to be sent by a click, a key or a sequence; or the heading of a group
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-quick-command.h"

#include <string.h>

#include "ph-charset.h"

enum
{
  PROP_NAME = 1,
  PROP_TEXT,
  PROP_COMMENT,
  PROP_TRANSPORT,
  PROP_TARGET,
  PROP_MARKED,
  PROP_FOREIGN,
  PROP_FOLDED,
  PROP_HEADING,
  PROP_KEY,
  PROP_DELAY,
  PROP_PERIOD,
  PROP_FORMAT,
  N_PROPS
};

#define N_STRINGS (PROP_TARGET + 1)
#define N_SWITCHES (PROP_HEADING + 1)

struct _PhQuickCommand
{
  GObject parent_instance;

  gboolean switches[N_SWITCHES]; /* by property */
  guint key, delay, period;
  PhPayloadFormat format; /* its charset is never NULL */

  /* owned */
  char *strings[N_STRINGS]; /* by property */
};

G_DEFINE_FINAL_TYPE (PhQuickCommand, ph_quick_command, G_TYPE_OBJECT)

static GParamSpec *props[N_PROPS];

/* What is kept of @value; NULL where that is nothing. */
static char *
dup_kept (guint id, const char *value)
{
  const guint most = id == PROP_NAME ? PH_QUICK_COMMAND_NAME_MAX
                     : id == PROP_COMMENT ? PH_QUICK_COMMAND_COMMENT_MAX : PH_QUICK_COMMAND_WORD_MAX;
  g_autofree char *valid = g_utf8_make_valid (value != NULL ? value : "", -1);

  if (id != PROP_TEXT && g_utf8_strlen (valid, -1) > (glong) most)
    *g_utf8_offset_to_pointer (valid, most) = '\0';
  if ((id == PROP_TRANSPORT || id == PROP_TARGET) && *valid == '\0')
    return NULL;

  return g_steal_pointer (&valid);
}

static gboolean
set_string (PhQuickCommand *self, guint id, const char *value)
{
  g_autofree char *kept = dup_kept (id, value);

  if (g_strcmp0 (kept, self->strings[id]) == 0 || (id == PROP_TEXT && strlen (kept) > PH_QUICK_COMMAND_TEXT_MAX))
    return FALSE;
  g_free (self->strings[id]);
  self->strings[id] = g_steal_pointer (&kept);

  return TRUE;
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

static void
ph_quick_command_finalize (GObject *object)
{
  PhQuickCommand *self = PH_QUICK_COMMAND (object);

  for (guint i = PROP_NAME; i < N_STRINGS; i++)
    g_free (self->strings[i]);

  G_OBJECT_CLASS (ph_quick_command_parent_class)->finalize (object);
}

static void
ph_quick_command_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PhQuickCommand *self = PH_QUICK_COMMAND (object);

  if (id < N_STRINGS)
    g_value_set_string (value, self->strings[id]);
  else if (id < N_SWITCHES)
    g_value_set_boolean (value, self->switches[id]);
  else if (id == PROP_KEY)
    g_value_set_int (value, (int) self->key);
  else if (id == PROP_DELAY)
    g_value_set_uint (value, self->delay);
  else if (id == PROP_PERIOD)
    g_value_set_uint (value, self->period);
  else if (id == PROP_FORMAT)
    g_value_set_pointer (value, &self->format);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
ph_quick_command_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PhQuickCommand *self = PH_QUICK_COMMAND (object);
  gboolean changed = FALSE;

  if (id < N_STRINGS)
    changed = set_string (self, id, g_value_get_string (value));
  else if (id < N_SWITCHES)
    changed = set_switch (&self->switches[id], g_value_get_boolean (value));
  else if (id == PROP_KEY)
    changed = set_number (&self->key, (guint) g_value_get_int (value));
  else if (id == PROP_DELAY)
    changed = set_number (&self->delay, g_value_get_uint (value));
  else if (id == PROP_PERIOD)
    changed = set_number (&self->period, g_value_get_uint (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  if (changed)
    g_object_notify_by_pspec (object, pspec);
}

static void
ph_quick_command_class_init (PhQuickCommandClass *klass)
{
  static const char *const strings[] = {
    [PROP_NAME] = "name", [PROP_TEXT] = "text", [PROP_COMMENT] = "comment", [PROP_TRANSPORT] = "transport", [PROP_TARGET] = "target",
  };
  static const char *const switches[] = { [PROP_MARKED] = "marked", [PROP_FOREIGN] = "foreign", [PROP_FOLDED] = "folded" };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = ph_quick_command_finalize;
  object_class->get_property = ph_quick_command_get_property;
  object_class->set_property = ph_quick_command_set_property;

  for (guint i = PROP_NAME; i <= PROP_TARGET; i++)
    props[i] = g_param_spec_string (strings[i], NULL, NULL, i <= PROP_COMMENT ? "" : NULL, flags);
  for (guint i = PROP_MARKED; i <= PROP_FOLDED; i++)
    props[i] = g_param_spec_boolean (switches[i], NULL, NULL, FALSE, flags);
  props[PROP_HEADING] = g_param_spec_boolean ("heading", NULL, NULL, FALSE, flags | G_PARAM_CONSTRUCT_ONLY);
  props[PROP_KEY] = g_param_spec_int ("key", NULL, NULL, 0, PH_QUICK_COMMAND_KEYS, 0, flags);
  props[PROP_DELAY] = g_param_spec_uint ("delay", NULL, NULL, 0, PH_QUICK_COMMAND_WAIT_MAX, 0, flags);
  props[PROP_PERIOD]
      = g_param_spec_uint ("period", NULL, NULL, 1, PH_QUICK_COMMAND_WAIT_MAX, PH_QUICK_COMMAND_PERIOD, flags);
  props[PROP_FORMAT] = g_param_spec_pointer ("format", NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
ph_quick_command_init (PhQuickCommand *self)
{
  self->period = PH_QUICK_COMMAND_PERIOD;
  self->format.charset = ph_charset_find ("utf-8")->id;
  for (guint i = PROP_NAME; i <= PROP_COMMENT; i++)
    self->strings[i] = g_strdup ("");
}

/**
 * ph_quick_command_new:
 *
 * Returns: (transfer full): an empty text in UTF-8, without a name
 */
PhQuickCommand *
ph_quick_command_new (void)
{
  return g_object_new (PH_TYPE_QUICK_COMMAND, NULL);
}

/**
 * ph_quick_command_new_heading:
 * @name: of the group
 *
 * Returns: (transfer full): what a group begins with
 */
PhQuickCommand *
ph_quick_command_new_heading (const char *name)
{
  return g_object_new (PH_TYPE_QUICK_COMMAND, "heading", TRUE, "name", name, NULL);
}

const char *
ph_quick_command_get_name (PhQuickCommand *command)
{
  return command->strings[PROP_NAME];
}

const char *
ph_quick_command_get_text (PhQuickCommand *command)
{
  return command->strings[PROP_TEXT];
}

const char *
ph_quick_command_get_comment (PhQuickCommand *command)
{
  return command->strings[PROP_COMMENT];
}

/**
 * ph_quick_command_get_transport:
 *
 * Returns: (transfer none) (nullable): an id for ph_transport_find(), which may not know it
 */
const char *
ph_quick_command_get_transport (PhQuickCommand *command)
{
  return command->strings[PROP_TRANSPORT];
}

/**
 * ph_quick_command_get_target:
 *
 * Returns: (transfer none) (nullable): "host:port" as typed
 */
const char *
ph_quick_command_get_target (PhQuickCommand *command)
{
  return command->strings[PROP_TARGET];
}

guint
ph_quick_command_get_key (PhQuickCommand *command)
{
  return command->key;
}

guint
ph_quick_command_get_delay (PhQuickCommand *command)
{
  return command->delay;
}

guint
ph_quick_command_get_period (PhQuickCommand *command)
{
  return command->period;
}

gboolean
ph_quick_command_is_marked (PhQuickCommand *command)
{
  return command->switches[PROP_MARKED];
}

gboolean
ph_quick_command_is_foreign (PhQuickCommand *command)
{
  return command->switches[PROP_FOREIGN];
}

gboolean
ph_quick_command_is_folded (PhQuickCommand *command)
{
  return command->switches[PROP_FOLDED];
}

gboolean
ph_quick_command_is_heading (PhQuickCommand *command)
{
  return command->switches[PROP_HEADING];
}

/**
 * ph_quick_command_get_format:
 *
 * Returns: (transfer none): what the text means; its charset is never %NULL
 */
const PhPayloadFormat *
ph_quick_command_get_format (PhQuickCommand *command)
{
  return &command->format;
}

static gboolean
are_equal (const PhPayloadFormat *a, const PhPayloadFormat *b)
{
  return a->charset == b->charset && a->hex == b->hex && a->escapes == b->escapes && a->variables == b->variables
         && a->line_ending == b->line_ending && a->prefix == b->prefix && a->suffix == b->suffix && a->check == b->check;
}

/* @before where @word cannot be kept. */
static const char *
intern (const char *word, const char *before)
{
  if (word == NULL || *word == '\0')
    return NULL;
  if (!g_utf8_validate (word, -1, NULL) || g_utf8_strlen (word, -1) > (glong) PH_QUICK_COMMAND_WORD_MAX)
    return before;

  return g_intern_string (word);
}

/**
 * ph_quick_command_set_format:
 * @format: its strings are copied; a charset that is %NULL or unknown, and words longer than %PH_QUICK_COMMAND_WORD_MAX, leave what was there
 */
void
ph_quick_command_set_format (PhQuickCommand *command, const PhPayloadFormat *format)
{
  const PhCharset *charset = ph_charset_find (format->charset);
  PhPayloadFormat now = *format;

  g_return_if_fail (PH_IS_QUICK_COMMAND (command));

  now.charset = charset != NULL ? charset->id : command->format.charset;
  now.encoded = FALSE;
  now.prefix = intern (format->prefix, command->format.prefix);
  now.suffix = intern (format->suffix, command->format.suffix);
  now.check = intern (format->check, command->format.check);
  if (are_equal (&now, &command->format))
    return;
  command->format = now;
  g_object_notify_by_pspec (G_OBJECT (command), props[PROP_FORMAT]);
}
