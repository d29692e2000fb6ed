/* ph-receive-options.c: holds how received data is shown
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-receive-options.h"

#include "ph-charset.h"
#include "ph-format.h"
#include "ph-record.h"

enum
{
  PROP_AS_IT_CAME = 1,
  PROP_WRAP,
  PROP_HIDDEN,
  PROP_FOLLOW,
  PROP_FOLLOW_AT_START,
  N_SWITCHES,
  PROP_AUTO_SCROLL = N_SWITCHES,
  PROP_ENCODING,
  PROP_FORM,
  PROP_HEX,
  PROP_MODE,
  PROP_SHOW_TIME,
  PROP_TIME,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static const char *const modes[] = { "compact", "comfortable", "stream", "table", "bytes", NULL };

struct _PhReceiveOptions
{
  GObject parent_instance;

  gboolean switches[N_SWITCHES]; /* by property */
  const char *encoding;          /* in the table of charsets */
  const char *mode;              /* in the table above */
  PhForm form;
  PhTimeKind time, shown_time;   /* the second: as it was when it was last shown */
};

G_DEFINE_FINAL_TYPE (PhReceiveOptions, ph_receive_options, G_TYPE_OBJECT)

static void
ph_receive_options_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PhReceiveOptions *self = PH_RECEIVE_OPTIONS (object);

  switch (id)
    {
    case PROP_AUTO_SCROLL:
      g_value_set_boolean (value, self->switches[PROP_FOLLOW]);
      break;
    case PROP_ENCODING:
      g_value_set_static_string (value, self->encoding);
      break;
    case PROP_FORM:
      g_value_set_static_string (value, ph_form_id (self->form));
      break;
    case PROP_HEX:
      g_value_set_boolean (value, self->form == PH_FORM_HEX);
      break;
    case PROP_MODE:
      g_value_set_static_string (value, self->mode);
      break;
    case PROP_SHOW_TIME:
      g_value_set_boolean (value, self->time != PH_TIME_NONE);
      break;
    case PROP_TIME:
      g_value_set_static_string (value, ph_time_kind_id (self->time));
      break;
    default:
      if (id < N_SWITCHES)
        g_value_set_boolean (value, self->switches[id]);
      else
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
set_switch (PhReceiveOptions *self, guint id, gboolean on)
{
  if (self->switches[id] != on)
    {
      self->switches[id] = on;
      g_object_notify_by_pspec (G_OBJECT (self), props[id]);
      if (id == PROP_FOLLOW)
        g_object_notify_by_pspec (G_OBJECT (self), props[PROP_AUTO_SCROLL]);
    }
  if (id == PROP_FOLLOW_AT_START)
    set_switch (self, PROP_FOLLOW, on);
}

static void
set_id (PhReceiveOptions *self, guint prop, const char **now, const char *known)
{
  if (known == NULL || known == *now)
    return;
  *now = known;
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

static const char *
find_mode (const char *id)
{
  for (guint i = 0; id != NULL && modes[i] != NULL; i++)
    if (g_str_equal (modes[i], id))
      return modes[i];

  return NULL;
}

static void
set_form (PhReceiveOptions *self, PhForm form)
{
  gboolean hex = form == PH_FORM_HEX;

  if (form == PH_FORM_NOT_TOLD || form == self->form)
    return;
  hex = hex != (self->form == PH_FORM_HEX);
  self->form = form;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FORM]);
  if (hex)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_HEX]);
}

static void
set_time (PhReceiveOptions *self, PhTimeKind time)
{
  gboolean shown = time != PH_TIME_NONE, changes = shown != (self->time != PH_TIME_NONE);

  if (time == self->time)
    return;
  self->time = time;
  if (shown)
    self->shown_time = time;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TIME]);
  if (changes)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SHOW_TIME]);
}

static void
ph_receive_options_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PhReceiveOptions *self = PH_RECEIVE_OPTIONS (object);
  const PhCharset *charset;
  PhTimeKind time;

  switch (id)
    {
    case PROP_AUTO_SCROLL:
      self->switches[PROP_FOLLOW_AT_START] = g_value_get_boolean (value);
      set_switch (self, PROP_FOLLOW, g_value_get_boolean (value));
      /* Even if it is the same: another tab may have chosen otherwise since. */
      g_object_notify_by_pspec (object, props[PROP_FOLLOW_AT_START]);
      break;
    case PROP_ENCODING:
      charset = ph_charset_find (g_value_get_string (value));
      set_id (self, id, &self->encoding, charset != NULL ? charset->id : NULL);
      break;
    case PROP_FORM:
      set_form (self, ph_form_find (g_value_get_string (value)));
      break;
    case PROP_HEX:
      if (g_value_get_boolean (value) != (self->form == PH_FORM_HEX))
        set_form (self, g_value_get_boolean (value) ? PH_FORM_HEX : PH_FORM_TEXT);
      break;
    case PROP_MODE:
      set_id (self, id, &self->mode, find_mode (g_value_get_string (value)));
      break;
    case PROP_SHOW_TIME:
      set_time (self, g_value_get_boolean (value) ? self->shown_time : PH_TIME_NONE);
      break;
    case PROP_TIME:
      if (ph_time_kind_find (g_value_get_string (value), &time))
        set_time (self, time);
      break;
    default:
      if (id < N_SWITCHES)
        set_switch (self, id, g_value_get_boolean (value));
      else
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ph_receive_options_class_init (PhReceiveOptionsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = ph_receive_options_get_property;
  object_class->set_property = ph_receive_options_set_property;

  props[PROP_AS_IT_CAME] = g_param_spec_boolean ("as-it-came", NULL, NULL, FALSE, flags);
  props[PROP_WRAP] = g_param_spec_boolean ("wrap", NULL, NULL, TRUE, flags);
  props[PROP_HIDDEN] = g_param_spec_boolean ("hidden", NULL, NULL, FALSE, flags);
  props[PROP_FOLLOW] = g_param_spec_boolean ("follow", NULL, NULL, TRUE, flags);
  props[PROP_FOLLOW_AT_START] = g_param_spec_boolean ("follow-at-start", NULL, NULL, TRUE, flags);
  props[PROP_AUTO_SCROLL] = g_param_spec_boolean ("auto-scroll", NULL, NULL, TRUE, flags);
  props[PROP_ENCODING] = g_param_spec_string ("encoding", NULL, NULL, "utf-8", flags);
  props[PROP_FORM] = g_param_spec_string ("form", NULL, NULL, "text", flags);
  props[PROP_HEX] = g_param_spec_boolean ("hex", NULL, NULL, FALSE, flags);
  props[PROP_MODE] = g_param_spec_string ("mode", NULL, NULL, "compact", flags);
  props[PROP_SHOW_TIME] = g_param_spec_boolean ("show-time", NULL, NULL, TRUE, flags);
  props[PROP_TIME] = g_param_spec_string ("time", NULL, NULL, "time-of-day", flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
ph_receive_options_init (PhReceiveOptions *self)
{
  self->switches[PROP_WRAP] = TRUE;
  self->switches[PROP_FOLLOW] = self->switches[PROP_FOLLOW_AT_START] = TRUE;
  self->encoding = ph_charset_find ("utf-8")->id;
  self->mode = modes[0];
  self->form = PH_FORM_TEXT;
  self->time = self->shown_time = PH_TIME_OF_DAY;
}

/**
 * ph_receive_options_new:
 *
 * Returns: (transfer full): UTF-8 text in the log view, with the time of day, wrapped and followed
 */
PhReceiveOptions *
ph_receive_options_new (void)
{
  return g_object_new (PH_TYPE_RECEIVE_OPTIONS, NULL);
}

/**
 * ph_receive_options_get_form:
 *
 * Returns: ph_record_form() for records of what is received
 */
guint8
ph_receive_options_get_form (PhReceiveOptions *options)
{
  return ph_record_form (options->form, ph_charset_find (options->encoding)->number);
}
