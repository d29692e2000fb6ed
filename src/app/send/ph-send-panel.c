/* ph-send-panel.c: holds the choices of how to send
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-send-panel.h"

#include "ph-choices.h"
#include "ph-settings.h"

#define INTERVAL_DEFAULT 1000u   /* ms */
#define INTERVAL_MAX 3600000u    /* ms */
#define TIMES_MAX 1000000000u

struct _PhSendPanel
{
  GtkBox parent_instance;

  gboolean hex;
  gboolean escapes;
  gboolean repeat;
  guint interval;
  guint times;

  /* template; NULL until it is shown */
  GtkDropDown *encoding_drop_down;
  GtkDropDown *line_ending_drop_down;
  GtkSpinButton *interval_spin;
  GtkSpinButton *times_spin;

  /* owned */
  char *encoding;
  char *line_ending;
};

G_DEFINE_FINAL_TYPE (PhSendPanel, ph_send_panel, GTK_TYPE_BOX)

enum
{
  PROP_HEX = 1,
  PROP_ESCAPES,
  PROP_REPEAT,
  PROP_INTERVAL,
  PROP_TIMES,
  PROP_ENCODING,
  PROP_LINE_ENDING,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static gboolean
set_switch (gboolean *now, const GValue *value)
{
  if (*now == g_value_get_boolean (value))
    return FALSE;
  *now = g_value_get_boolean (value);

  return TRUE;
}

static gboolean
set_string (char **now, const GValue *value)
{
  if (g_strcmp0 (*now, g_value_get_string (value)) == 0)
    return FALSE;
  g_free (*now);
  *now = g_value_dup_string (value);

  return TRUE;
}

static gboolean
set_number (guint *now, const GValue *value)
{
  if (*now == g_value_get_uint (value))
    return FALSE;
  *now = g_value_get_uint (value);

  return TRUE;
}

static void
ph_send_panel_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PhSendPanel *self = PH_SEND_PANEL (object);

  switch (id)
    {
    case PROP_HEX:
      g_value_set_boolean (value, self->hex);
      break;
    case PROP_ESCAPES:
      g_value_set_boolean (value, self->escapes);
      break;
    case PROP_REPEAT:
      g_value_set_boolean (value, self->repeat);
      break;
    case PROP_INTERVAL:
      g_value_set_uint (value, self->interval);
      break;
    case PROP_TIMES:
      g_value_set_uint (value, self->times);
      break;
    case PROP_ENCODING:
      g_value_set_string (value, self->encoding);
      break;
    case PROP_LINE_ENDING:
      g_value_set_string (value, self->line_ending);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ph_send_panel_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PhSendPanel *self = PH_SEND_PANEL (object);
  gboolean changed = FALSE;

  switch (id)
    {
    case PROP_HEX:
      changed = set_switch (&self->hex, value);
      break;
    case PROP_ESCAPES:
      changed = set_switch (&self->escapes, value);
      break;
    case PROP_REPEAT:
      changed = set_switch (&self->repeat, value);
      break;
    case PROP_INTERVAL:
      changed = set_number (&self->interval, value);
      break;
    case PROP_TIMES:
      changed = set_number (&self->times, value);
      break;
    case PROP_ENCODING:
      changed = set_string (&self->encoding, value);
      break;
    case PROP_LINE_ENDING:
      changed = set_string (&self->line_ending, value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
  if (changed)
    g_object_notify_by_pspec (object, pspec);
}

/* What is in it is made when it is first shown: the window is there sooner. */
static void
ph_send_panel_show (GtkWidget *widget)
{
  PhSendPanel *self = PH_SEND_PANEL (widget);

  if (self->encoding_drop_down == NULL)
    {
      gtk_widget_init_template (widget);
      ph_choices_bind (&ph_choices_charsets, self->encoding_drop_down, self, "encoding");
      ph_choices_bind (&ph_choices_line_endings, self->line_ending_drop_down, self, "line-ending");
    }

  GTK_WIDGET_CLASS (ph_send_panel_parent_class)->show (widget);
}

static void
ph_send_panel_finalize (GObject *object)
{
  PhSendPanel *self = PH_SEND_PANEL (object);

  g_free (self->encoding);
  g_free (self->line_ending);

  G_OBJECT_CLASS (ph_send_panel_parent_class)->finalize (object);
}

static void
ph_send_panel_class_init (PhSendPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = ph_send_panel_finalize;
  object_class->get_property = ph_send_panel_get_property;
  object_class->set_property = ph_send_panel_set_property;
  widget_class->show = ph_send_panel_show;

  props[PROP_HEX] = g_param_spec_boolean ("hex", NULL, NULL, FALSE, flags);
  props[PROP_ESCAPES] = g_param_spec_boolean ("escapes", NULL, NULL, FALSE, flags);
  props[PROP_REPEAT] = g_param_spec_boolean ("repeat", NULL, NULL, FALSE, flags);
  props[PROP_INTERVAL] = g_param_spec_uint ("interval", NULL, NULL, 0, INTERVAL_MAX, INTERVAL_DEFAULT, flags);
  props[PROP_TIMES] = g_param_spec_uint ("times", NULL, NULL, 0, TIMES_MAX, 0, flags);
  props[PROP_ENCODING] = g_param_spec_string ("encoding", NULL, NULL, "utf-8", flags);
  props[PROP_LINE_ENDING] = g_param_spec_string ("line-ending", NULL, NULL, "none", flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/porthole/Porthole/send-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, PhSendPanel, encoding_drop_down);
  gtk_widget_class_bind_template_child (widget_class, PhSendPanel, line_ending_drop_down);
  gtk_widget_class_bind_template_child (widget_class, PhSendPanel, interval_spin);
  gtk_widget_class_bind_template_child (widget_class, PhSendPanel, times_spin);
}

static void
ph_send_panel_init (PhSendPanel *self)
{
  self->interval = INTERVAL_DEFAULT;
  self->encoding = g_strdup ("utf-8");
  self->line_ending = g_strdup ("none");
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * ph_send_panel_get_format:
 * @panel: a panel
 *
 * Returns: how to encode; its strings belong to the tables
 */
PhPayloadFormat
ph_send_panel_get_format (PhSendPanel *panel)
{
  PhPayloadFormat format = { .charset = "utf-8" };

  g_return_val_if_fail (PH_IS_SEND_PANEL (panel), format);

  format.charset = ph_choices_charsets.id (ph_choices_find (&ph_choices_charsets, panel->encoding));
  format.hex = panel->hex;
  format.escapes = panel->escapes;
  format.line_ending = (PhLineEnding) ph_choices_find (&ph_choices_line_endings, panel->line_ending);

  return format;
}

/**
 * ph_send_panel_get_repeat:
 * @panel: a panel
 *
 * Returns: whether a send is to be repeated
 */
gboolean
ph_send_panel_get_repeat (PhSendPanel *panel)
{
  g_return_val_if_fail (PH_IS_SEND_PANEL (panel), FALSE);

  return panel->repeat;
}

/**
 * ph_send_panel_get_interval:
 * @panel: a panel
 *
 * Takes in what is typed and not entered yet.
 *
 * Returns: milliseconds; 0 for as fast as possible
 */
guint
ph_send_panel_get_interval (PhSendPanel *panel)
{
  g_return_val_if_fail (PH_IS_SEND_PANEL (panel), INTERVAL_DEFAULT);

  if (panel->interval_spin != NULL)
    gtk_spin_button_update (panel->interval_spin);

  return panel->interval;
}

/**
 * ph_send_panel_get_times:
 * @panel: a panel
 *
 * Takes in what is typed and not entered yet.
 *
 * Returns: after how many messages a repeat ends; 0 for no end
 */
guint
ph_send_panel_get_times (PhSendPanel *panel)
{
  g_return_val_if_fail (PH_IS_SEND_PANEL (panel), 0);

  if (panel->times_spin != NULL)
    gtk_spin_button_update (panel->times_spin);

  return panel->times;
}

/**
 * ph_send_panel_remember:
 * @panel: a panel
 *
 * Begins with the choices made last, and keeps those made from now on. Repeating is not kept: nobody wants a window
 * that sends again and again because it did so yesterday.
 */
void
ph_send_panel_remember (PhSendPanel *panel)
{
  g_return_if_fail (PH_IS_SEND_PANEL (panel));

  ph_settings_remember ("send-hex", panel, "hex");
  ph_settings_remember ("send-encoding", panel, "encoding");
  ph_settings_remember ("escapes", panel, "escapes");
  ph_settings_remember ("line-ending", panel, "line-ending");
  ph_settings_remember ("repeat-interval", panel, "interval");
  ph_settings_remember ("repeat-times", panel, "times");
}
