/* ph-group.c: a group of controls under a title, that folds to one line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-group.h"

struct _PhGroup
{
  GtkWidget parent_instance;

  gboolean folded, keeps_child;

  /* template */
  GtkWidget *title_button;
  GtkImage *arrow;
  GtkLabel *title_label;
  GtkLabel *summary_label;

  /* borrowed */
  GtkWidget *child; /* nullable */
};

G_DEFINE_FINAL_TYPE (PhGroup, ph_group, GTK_TYPE_WIDGET)

enum
{
  PROP_TITLE = 1,
  PROP_SUMMARY,
  PROP_FOLDED,
  PROP_KEEPS_CHILD,
  PROP_CHILD,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

enum
{
  FOLDED_BY_HAND,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- folding ---- */

static gboolean
shows_child (PhGroup *self)
{
  return self->child != NULL && gtk_widget_get_visible (self->child) && (!self->folded || self->keeps_child);
}

static void
update (PhGroup *self)
{
  const char *title = gtk_label_get_label (self->title_label), *summary = gtk_label_get_label (self->summary_label);

  gtk_image_set_from_icon_name (self->arrow, self->folded ? "pan-end-symbolic" : "pan-down-symbolic");
  gtk_widget_set_visible (GTK_WIDGET (self->summary_label), self->folded && *summary != '\0');
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->title_button), GTK_ACCESSIBLE_STATE_EXPANDED, !self->folded, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->title_button), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, summary, -1);
  if (self->child != NULL)
    gtk_widget_set_child_visible (self->child, shows_child (self));
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
set_folded (PhGroup *self, gboolean folded)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (folded == self->folded)
    return;
  self->folded = folded;
  /* What is folded away must not keep the keys. */
  if (folded && !self->keeps_child && focus != NULL && self->child != NULL
      && gtk_widget_is_ancestor (focus, self->child))
    gtk_widget_grab_focus (self->title_button);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FOLDED]);
}

static void
clicked_cb (PhGroup *self)
{
  set_folded (self, !self->folded);
  g_signal_emit (self, signals[FOLDED_BY_HAND], 0);
}

/* ---- the layout: the title over the child ---- */

static void
measure_width (PhGroup *self, int *minimum, int *natural)
{
  int least = 0, most = 0;

  gtk_widget_measure (self->title_button, GTK_ORIENTATION_HORIZONTAL, -1, minimum, natural, NULL, NULL);
  /* A folded group is as wide as an open one: nothing else moves. */
  if (self->child != NULL)
    gtk_widget_measure (self->child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &most, NULL, NULL);
  *minimum = MAX (*minimum, least);
  *natural = MAX (*natural, most);
}

static void
measure_height (PhGroup *self, int width, gboolean with_child, int *minimum, int *natural)
{
  int least = 0, most = 0;

  gtk_widget_measure (self->title_button, GTK_ORIENTATION_VERTICAL, width, minimum, natural, NULL, NULL);
  if (!with_child)
    return;
  gtk_widget_measure (self->child, GTK_ORIENTATION_VERTICAL, width, &least, &most, NULL, NULL);
  *minimum += least;
  *natural += most;
}

static void
ph_group_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                  int *minimum_baseline, int *natural_baseline)
{
  PhGroup *self = PH_GROUP (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    measure_width (self, minimum, natural);
  else
    measure_height (self, for_size, shows_child (self), minimum, natural);
}

static void
ph_group_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  PhGroup *self = PH_GROUP (widget);
  int top;

  gtk_widget_measure (self->title_button, GTK_ORIENTATION_VERTICAL, width, NULL, &top, NULL, NULL);
  gtk_widget_size_allocate (self->title_button, &(GtkAllocation) { 0, 0, width, top }, -1);
  if (shows_child (self))
    gtk_widget_size_allocate (self->child, &(GtkAllocation) { 0, top, width, MAX (height - top, 0) }, -1);
}

static GtkSizeRequestMode
ph_group_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* ---- the object ---- */

static void
set_child (PhGroup *self, GtkWidget *child)
{
  g_clear_pointer (&self->child, gtk_widget_unparent);
  self->child = child;
  if (child == NULL)
    return;
  gtk_widget_set_parent (child, GTK_WIDGET (self));
  g_signal_connect_object (child, "notify::visible", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}

static void
ph_group_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PhGroup *self = PH_GROUP (object);

  switch (id)
    {
    case PROP_TITLE:
      g_value_set_string (value, gtk_label_get_label (self->title_label));
      break;
    case PROP_SUMMARY:
      g_value_set_string (value, gtk_label_get_label (self->summary_label));
      break;
    case PROP_FOLDED:
      g_value_set_boolean (value, self->folded);
      break;
    case PROP_KEEPS_CHILD:
      g_value_set_boolean (value, self->keeps_child);
      break;
    case PROP_CHILD:
      g_value_set_object (value, self->child);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static const char *
string_of (const GValue *value)
{
  const char *string = g_value_get_string (value);

  return string != NULL ? string : "";
}

static void
ph_group_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PhGroup *self = PH_GROUP (object);

  switch (id)
    {
    case PROP_TITLE:
      gtk_label_set_label (self->title_label, string_of (value));
      break;
    case PROP_SUMMARY:
      gtk_label_set_label (self->summary_label, string_of (value));
      break;
    case PROP_FOLDED:
      set_folded (self, g_value_get_boolean (value));
      return;
    case PROP_KEEPS_CHILD:
      self->keeps_child = g_value_get_boolean (value);
      break;
    case PROP_CHILD:
      set_child (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  update (self);
}

static void
ph_group_dispose (GObject *object)
{
  PhGroup *self = PH_GROUP (object);

  g_clear_pointer (&self->child, gtk_widget_unparent);
  g_clear_pointer (&self->title_button, gtk_widget_unparent);

  G_OBJECT_CLASS (ph_group_parent_class)->dispose (object);
}

static void
ph_group_class_init (PhGroupClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = ph_group_get_property;
  object_class->set_property = ph_group_set_property;
  object_class->dispose = ph_group_dispose;
  widget_class->measure = ph_group_measure;
  widget_class->size_allocate = ph_group_size_allocate;
  widget_class->get_request_mode = ph_group_get_request_mode;

  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", flags);
  props[PROP_SUMMARY] = g_param_spec_string ("summary", NULL, NULL, "", flags);
  props[PROP_FOLDED] = g_param_spec_boolean ("folded", NULL, NULL, FALSE, flags | G_PARAM_EXPLICIT_NOTIFY);
  props[PROP_KEEPS_CHILD] = g_param_spec_boolean ("keeps-child", NULL, NULL, FALSE, flags);
  props[PROP_CHILD] = g_param_spec_object ("child", NULL, NULL, GTK_TYPE_WIDGET, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[FOLDED_BY_HAND] =
    g_signal_new ("folded-by-hand", PH_TYPE_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "group");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/porthole/Porthole/group.ui");
  gtk_widget_class_bind_template_child (widget_class, PhGroup, title_button);
  gtk_widget_class_bind_template_child (widget_class, PhGroup, arrow);
  gtk_widget_class_bind_template_child (widget_class, PhGroup, title_label);
  gtk_widget_class_bind_template_child (widget_class, PhGroup, summary_label);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
}

static void
ph_group_init (PhGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ph_group_open:
 *
 * Opens it as a click on its title does: because the user wants to see what is in it.
 */
void
ph_group_open (PhGroup *group)
{
  g_return_if_fail (PH_IS_GROUP (group));

  if (!group->folded)
    return;
  set_folded (group, FALSE);
  g_signal_emit (group, signals[FOLDED_BY_HAND], 0);
}

/**
 * ph_group_get_heights:
 * @width: in pixels
 * @ret_open: its natural height while it is open
 * @ret_folded: and while it is folded
 */
void
ph_group_get_heights (PhGroup *group, int width, int *ret_open, int *ret_folded)
{
  int least;
  gboolean has_child;

  g_return_if_fail (PH_IS_GROUP (group));

  has_child = group->child != NULL && gtk_widget_get_visible (group->child);
  measure_height (group, width, has_child, &least, ret_open);
  measure_height (group, width, has_child && group->keeps_child, &least, ret_folded);
}
