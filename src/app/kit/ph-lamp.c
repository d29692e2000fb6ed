/* ph-lamp.c: shows the state of a session by colour and shape: a ring, a dotted ring, a disc or half a disc
 *
 * It only sets a CSS class for the state; the style sheet draws it. The state always stands beside it as text, so it is hidden from
 * assistive technology.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-lamp.h"
#include "ph-session.h"

#define SIZE 10 /* pixels */

struct _PhLamp
{
  GtkWidget parent_instance;

  PhSessionState state;
};

G_DEFINE_FINAL_TYPE (PhLamp, ph_lamp, GTK_TYPE_WIDGET)

enum
{
  PROP_STATE = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static const char *
state_class (PhSessionState state)
{
  switch (state)
    {
    case PH_SESSION_OPEN:
      return "open";
    case PH_SESSION_HALF_CLOSED:
      return "half-closed";
    case PH_SESSION_OPENING:
    case PH_SESSION_CLOSING:
      return "busy";
    case PH_SESSION_CLOSED:
      break;
    }

  return "closed";
}

static void
set_state (PhLamp *self, PhSessionState state)
{
  if (self->state == state)
    return;
  gtk_widget_remove_css_class (GTK_WIDGET (self), state_class (self->state));
  self->state = state;
  gtk_widget_add_css_class (GTK_WIDGET (self), state_class (self->state));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
}

static void
ph_lamp_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                 int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = SIZE;
  *minimum_baseline = *natural_baseline = -1;
}

static void
ph_lamp_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_STATE:
      g_value_set_enum (value, PH_LAMP (object)->state);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ph_lamp_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_STATE:
      set_state (PH_LAMP (object), g_value_get_enum (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ph_lamp_class_init (PhLampClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = ph_lamp_get_property;
  object_class->set_property = ph_lamp_set_property;
  widget_class->measure = ph_lamp_measure;

  props[PROP_STATE] =
    g_param_spec_enum ("state", NULL, NULL, PH_TYPE_SESSION_STATE, PH_SESSION_CLOSED,
                       G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_css_name (widget_class, "lamp");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
ph_lamp_init (PhLamp *self)
{
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), state_class (self->state));
}
