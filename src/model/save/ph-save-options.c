/* ph-save-options.c: how what is received is saved to files: what is chosen in a tab
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-save-options.h"

#include "ph-name-pattern.h"

enum
{
  PROP_FOLDER = 1,
  PROP_PATTERN,
  PROP_FORMAT,
  PROP_DIRECTION,
  PROP_EVERY,
  N_TEXTS,
  PROP_PER_PEER = N_TEXTS,
  PROP_ESCAPE,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

struct _PhSaveOptions
{
  GObject parent_instance;

  char *texts[N_TEXTS]; /* by property */
  gboolean per_peer, escape;
};

G_DEFINE_FINAL_TYPE (PhSaveOptions, ph_save_options, G_TYPE_OBJECT)

static void
ph_save_options_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PhSaveOptions *self = PH_SAVE_OPTIONS (object);

  if (id > 0 && id < N_TEXTS)
    g_value_set_string (value, self->texts[id]);
  else if (id == PROP_PER_PEER)
    g_value_set_boolean (value, self->per_peer);
  else if (id == PROP_ESCAPE)
    g_value_set_boolean (value, self->escape);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

/* Settings may have words of a newer program. */
static gboolean
is_known (guint id, const char *text)
{
  PhFormatKind kind;

  if (id == PROP_FORMAT)
    return ph_format_parse (text, &kind);

  return id != PROP_DIRECTION || g_str_equal (text, "in") || g_str_equal (text, "both");
}

static void
set_text (PhSaveOptions *self, guint id, const char *text)
{
  if (text == NULL || g_strcmp0 (self->texts[id], text) == 0 || !is_known (id, text))
    return;
  g_free (self->texts[id]);
  self->texts[id] = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), props[id]);
}

static void
set_switch (PhSaveOptions *self, guint id, gboolean *value, gboolean on)
{
  if (*value == on)
    return;
  *value = on;
  g_object_notify_by_pspec (G_OBJECT (self), props[id]);
}

static void
ph_save_options_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PhSaveOptions *self = PH_SAVE_OPTIONS (object);

  if (id > 0 && id < N_TEXTS)
    set_text (self, id, g_value_get_string (value));
  else if (id == PROP_PER_PEER)
    set_switch (self, id, &self->per_peer, g_value_get_boolean (value));
  else if (id == PROP_ESCAPE)
    set_switch (self, id, &self->escape, g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
ph_save_options_finalize (GObject *object)
{
  for (guint i = 0; i < N_TEXTS; i++)
    g_free (PH_SAVE_OPTIONS (object)->texts[i]);

  G_OBJECT_CLASS (ph_save_options_parent_class)->finalize (object);
}

static void
ph_save_options_class_init (PhSaveOptionsClass *klass)
{
  static const char *const texts[N_TEXTS] = { [PROP_FOLDER] = "folder", [PROP_PATTERN] = "pattern", [PROP_FORMAT] = "format",
                                              [PROP_DIRECTION] = "direction", [PROP_EVERY] = "every" };
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = ph_save_options_get_property;
  object_class->set_property = ph_save_options_set_property;
  object_class->finalize = ph_save_options_finalize;
  for (guint i = 1; i < N_TEXTS; i++)
    props[i] = g_param_spec_string (texts[i], NULL, NULL, NULL, flags);
  props[PROP_PER_PEER] = g_param_spec_boolean ("per-peer", NULL, NULL, FALSE, flags);
  props[PROP_ESCAPE] = g_param_spec_boolean ("escape", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
ph_save_options_init (PhSaveOptions *self)
{
  self->texts[PROP_FOLDER] = g_strdup ("");
  self->texts[PROP_PATTERN] = g_strdup (PH_NAME_PATTERN_DEFAULT);
  self->texts[PROP_FORMAT] = g_strdup ("raw");
  self->texts[PROP_DIRECTION] = g_strdup ("in");
  self->texts[PROP_EVERY] = g_strdup ("");
}

PhSaveOptions *
ph_save_options_new (void)
{
  return g_object_new (PH_TYPE_SAVE_OPTIONS, NULL);
}

/** ph_save_options_get_folder: Returns: in UTF-8; empty if none is chosen */
const char *
ph_save_options_get_folder (PhSaveOptions *options)
{
  return options->texts[PROP_FOLDER];
}

/** ph_save_options_get_pattern: Returns: of the names; may be wrong */
const char *
ph_save_options_get_pattern (PhSaveOptions *options)
{
  return options->texts[PROP_PATTERN];
}

/** ph_save_options_get_format: Returns: the format of the files */
PhFormatKind
ph_save_options_get_format (PhSaveOptions *options)
{
  PhFormatKind kind = PH_FORMAT_RAW;

  ph_format_parse (options->texts[PROP_FORMAT], &kind);

  return kind;
}

/**
 * ph_save_options_read:
 * @ret_spec: (inout): gets what the options say, which is borrowed from them; the rest of its form is left as it is
 *
 * Returns: %FALSE with @error if a text is wrong
 */
gboolean
ph_save_options_read (PhSaveOptions *options, PhLiveSaveSpec *ret_spec, GError **error)
{
  PhFormatKind kind = ph_save_options_get_format (options);

  if (!ph_save_every_parse (options->texts[PROP_EVERY], &ret_spec->every, error))
    return FALSE;
  ret_spec->folder = options->texts[PROP_FOLDER];
  ret_spec->pattern = options->texts[PROP_PATTERN];
  ret_spec->per_peer = options->per_peer;
  ret_spec->form.format = kind;
  ret_spec->form.sides = g_str_equal (options->texts[PROP_DIRECTION], "both") ? PH_EXPORT_BOTH : PH_EXPORT_RECEIVED;
  ret_spec->form.escape = options->escape && ph_format_escapes (kind);

  return TRUE;
}
