/* ph-receive-panel.c: holds the choices of how to show what arrives; the log view follows its properties
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-receive-panel.h"

#include "ph-choices.h"
#include "ph-log-view.h"
#include "ph-settings.h"

enum
{
  PROP_HEX = 1,
  PROP_WRAP,
  PROP_SHOW_TIME,
  PROP_FOLLOW,
  PROP_HIDDEN,
  PROP_ENCODING,
  PROP_MODE,
  PROP_AUTO_SCROLL,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

struct _PhReceivePanel
{
  GtkBox parent_instance;

  gboolean switches[PROP_ENCODING]; /* by property */
  PhLogMode mode;
  gboolean remembers;

  /* template; NULL until it is shown */
  GtkDropDown *encoding_drop_down;

  /* owned */
  char *encoding;
};

G_DEFINE_FINAL_TYPE (PhReceivePanel, ph_receive_panel, GTK_TYPE_BOX)

static void
ph_receive_panel_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PhReceivePanel *self = PH_RECEIVE_PANEL (object);

  switch (id)
    {
    case PROP_HEX:
    case PROP_WRAP:
    case PROP_SHOW_TIME:
    case PROP_FOLLOW:
    case PROP_HIDDEN:
      g_value_set_boolean (value, self->switches[id]);
      break;
    case PROP_ENCODING:
      g_value_set_string (value, self->encoding);
      break;
    case PROP_MODE:
      g_value_set_enum (value, self->mode);
      break;
    case PROP_AUTO_SCROLL:
      g_value_set_boolean (value, self->switches[PROP_FOLLOW]);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

/* The user's own choice, and the only one to be kept: the log view follows or not as one scrolls. */
static void
choose_auto_scroll (PhReceivePanel *self, gboolean on)
{
  if (self->remembers)
    g_settings_set_boolean (ph_settings_get (), "auto-scroll", on);
  g_object_set (self, "follow", on, NULL);
}

static void
ph_receive_panel_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PhReceivePanel *self = PH_RECEIVE_PANEL (object);

  switch (id)
    {
    case PROP_HEX:
    case PROP_WRAP:
    case PROP_SHOW_TIME:
    case PROP_FOLLOW:
    case PROP_HIDDEN:
      if (self->switches[id] == g_value_get_boolean (value))
        return;
      self->switches[id] = g_value_get_boolean (value);
      if (id == PROP_FOLLOW)
        g_object_notify_by_pspec (object, props[PROP_AUTO_SCROLL]);
      break;
    case PROP_ENCODING:
      if (g_strcmp0 (self->encoding, g_value_get_string (value)) == 0)
        return;
      g_free (self->encoding);
      self->encoding = g_value_dup_string (value);
      break;
    case PROP_MODE:
      if (self->mode == (PhLogMode) g_value_get_enum (value))
        return;
      self->mode = g_value_get_enum (value);
      break;
    case PROP_AUTO_SCROLL:
      choose_auto_scroll (self, g_value_get_boolean (value));
      return;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  g_object_notify_by_pspec (object, pspec);
}

/* What is in it is made when it is first shown: the window is there sooner. */
static void
ph_receive_panel_show (GtkWidget *widget)
{
  PhReceivePanel *self = PH_RECEIVE_PANEL (widget);

  if (self->encoding_drop_down == NULL)
    {
      gtk_widget_init_template (widget);
      ph_choices_bind (&ph_choices_charsets, self->encoding_drop_down, self, "encoding");
    }

  GTK_WIDGET_CLASS (ph_receive_panel_parent_class)->show (widget);
}

static void
ph_receive_panel_finalize (GObject *object)
{
  g_free (PH_RECEIVE_PANEL (object)->encoding);

  G_OBJECT_CLASS (ph_receive_panel_parent_class)->finalize (object);
}

static void
ph_receive_panel_class_init (PhReceivePanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = ph_receive_panel_finalize;
  object_class->get_property = ph_receive_panel_get_property;
  object_class->set_property = ph_receive_panel_set_property;
  widget_class->show = ph_receive_panel_show;

  props[PROP_HEX] = g_param_spec_boolean ("hex", NULL, NULL, FALSE, flags);
  props[PROP_WRAP] = g_param_spec_boolean ("wrap", NULL, NULL, TRUE, flags);
  props[PROP_SHOW_TIME] = g_param_spec_boolean ("show-time", NULL, NULL, TRUE, flags);
  props[PROP_FOLLOW] = g_param_spec_boolean ("follow", NULL, NULL, TRUE, flags);
  props[PROP_HIDDEN] = g_param_spec_boolean ("hidden", NULL, NULL, FALSE, flags);
  props[PROP_ENCODING] = g_param_spec_string ("encoding", NULL, NULL, "utf-8", flags);
  props[PROP_MODE] = g_param_spec_enum ("mode", NULL, NULL, PH_TYPE_LOG_MODE, PH_LOG_MODE_LOG, flags);
  props[PROP_AUTO_SCROLL] = g_param_spec_boolean ("auto-scroll", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/porthole/Porthole/receive-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, PhReceivePanel, encoding_drop_down);
}

static void
ph_receive_panel_init (PhReceivePanel *self)
{
  self->switches[PROP_WRAP] = self->switches[PROP_SHOW_TIME] = self->switches[PROP_FOLLOW] = TRUE;
  self->encoding = g_strdup ("utf-8");
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * ph_receive_panel_remember:
 * @panel: a panel
 *
 * Begins with the choices made last, and keeps those made from now on. Hiding is not kept: a window that begins by
 * showing nothing would puzzle. Nor is it kept that the log stopped following since one looked back.
 */
void
ph_receive_panel_remember (PhReceivePanel *panel)
{
  g_return_if_fail (PH_IS_RECEIVE_PANEL (panel));

  ph_settings_remember ("receive-hex", panel, "hex");
  ph_settings_remember ("receive-encoding", panel, "encoding");
  ph_settings_remember ("wrap", panel, "wrap");
  ph_settings_remember ("show-time", panel, "show-time");
  ph_settings_remember ("log-mode", panel, "mode");
  g_object_set (panel, "follow", g_settings_get_boolean (ph_settings_get (), "auto-scroll"), NULL);
  panel->remembers = TRUE;
}
