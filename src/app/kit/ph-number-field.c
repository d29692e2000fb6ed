/* ph-number-field.c: a field that takes a whole number of a range, or keeps the one it has and says why
 *
 * What is typed counts when the field is left, at Enter, and at ph_number_field_commit(). What something else than a keyboard
 * writes, such as assistive technology, counts at once.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-number-field.h"

#include "ph-format.h"
#include "ph-marks.h"
#include "ph-plain.h"

#include <glib/gi18n.h>
#include <string.h>

#define REASON_CHARS 30 /* the longest line of a reason below the field */

struct _PhNumberField
{
  GtkBox parent_instance;

  gboolean refused; /* what was typed last was no number, and the reason is shown */
  gboolean showing; /* the program changes the text, not the user */
  guint settle;     /* source of a commit, or 0 */

  /* template */
  GtkSpinButton *spin;
  GtkAdjustment *adjustment;

  /* owned */
  GtkLabel *reason_label; /* NULL until one is needed */
  char *lowest_text;
};

G_DEFINE_FINAL_TYPE (PhNumberField, ph_number_field, GTK_TYPE_BOX)

enum
{
  PROP_VALUE = 1,
  PROP_LOWER,
  PROP_UPPER,
  PROP_STEP,
  PROP_PAGE,
  PROP_LABEL,
  PROP_WIDTH_CHARS,
  PROP_LOWEST_TEXT,
  PROP_REASON_LABEL,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

enum
{
  ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static char *
dup_number (double number)
{
  return ph_format_dup_grouped ((guint64) number);
}

/* What the field shows for the value in force. */
static char *
dup_shown (PhNumberField *self)
{
  double value = gtk_adjustment_get_value (self->adjustment);

  if (self->lowest_text != NULL && value <= gtk_adjustment_get_lower (self->adjustment))
    return g_strdup (self->lowest_text);

  return g_strdup_printf ("%" G_GUINT64_FORMAT, (guint64) value);
}

/* ---- the reason ---- */

static char *
make_reason (PhNumberField *self, const char *typed)
{
  g_autofree char *lower = dup_number (gtk_adjustment_get_lower (self->adjustment));
  g_autofree char *upper = dup_number (gtk_adjustment_get_upper (self->adjustment));
  g_autofree char *kept = self->lowest_text != NULL ? dup_shown (self) : dup_number (gtk_adjustment_get_value (self->adjustment));
  g_autofree char *shown = ph_marks_dup (typed, -1, PH_MARKS_LINE_MAX);

  if (*typed == '\0')
    /* Translators: the lowest and the highest number, and the one that stays */
    return g_strdup_printf (_("A number from %s to %s is needed: it stays %s"), lower, upper, kept);

  /* Translators: what was typed, the lowest and the highest number, and the one that stays */
  return g_strdup_printf (_("“%s” is not a whole number from %s to %s: it stays %s"), shown, lower, upper, kept);
}

static void
need_reason_label (PhNumberField *self)
{
  if (self->reason_label != NULL)
    return;
  self->reason_label = g_object_ref_sink (GTK_LABEL (gtk_label_new (NULL)));
  gtk_label_set_wrap (self->reason_label, TRUE);
  gtk_label_set_wrap_mode (self->reason_label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (self->reason_label, REASON_CHARS);
  gtk_label_set_xalign (self->reason_label, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->reason_label), "reason");
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->reason_label));
}

static void
show_reason (PhNumberField *self, const char *reason)
{
  need_reason_label (self);
  self->refused = TRUE;
  gtk_label_set_label (self->reason_label, reason);
  gtk_widget_add_css_class (GTK_WIDGET (self->reason_label), "error");
  gtk_widget_set_visible (GTK_WIDGET (self->reason_label), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->spin), "error");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->spin), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, reason, -1);
}

static void
clear_reason (PhNumberField *self)
{
  if (!self->refused)
    return;
  self->refused = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->reason_label), FALSE);
  gtk_widget_remove_css_class (GTK_WIDGET (self->spin), "error");
  gtk_accessible_reset_property (GTK_ACCESSIBLE (self->spin), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

/* ---- text and number ---- */

static gboolean
parse (PhNumberField *self, const char *typed, double *ret_value)
{
  g_autofree char *plain = g_strstrip (ph_plain_dup_text (typed));
  guint64 number;

  if (self->lowest_text != NULL && (*plain == '\0' || g_str_equal (plain, self->lowest_text)))
    *ret_value = gtk_adjustment_get_lower (self->adjustment);
  else if (g_ascii_string_to_unsigned (plain, 10, (guint64) gtk_adjustment_get_lower (self->adjustment),
                                       (guint64) gtk_adjustment_get_upper (self->adjustment), &number, NULL))
    *ret_value = (double) number;
  else
    return FALSE;

  return TRUE;
}

/* GTK asks for the number when the field is left, at Enter and at an arrow; after an error it shows the value in force again. */
static int
input_cb (GtkSpinButton *spin, double *ret_value, PhNumberField *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (spin));
  g_autofree char *reason = NULL;

  if (parse (self, typed, ret_value))
    return TRUE;
  reason = make_reason (self, typed);
  show_reason (self, reason);

  return GTK_INPUT_ERROR;
}

static gboolean
output_cb (PhNumberField *self)
{
  g_autofree char *text = dup_shown (self);

  self->showing = TRUE;
  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->spin)), text))
    gtk_editable_set_text (GTK_EDITABLE (self->spin), text);
  self->showing = FALSE;

  return TRUE;
}

static void
value_cb (PhNumberField *self)
{
  clear_reason (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_VALUE]);
}

static gboolean
has_focus (PhNumberField *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self));
}

static gboolean
settle_cb (gpointer data)
{
  PhNumberField *self = data;

  self->settle = 0;
  gtk_spin_button_update (self->spin);

  return G_SOURCE_REMOVE;
}

static void
changed_cb (PhNumberField *self)
{
  if (self->showing)
    return;
  clear_reason (self);
  if (self->settle == 0 && !has_focus (self))
    self->settle = g_idle_add (settle_cb, self);
}

/* Comes after GTK has asked for the number. */
static void
activate_cb (PhNumberField *self)
{
  if (!self->refused)
    g_signal_emit (self, signals[ACTIVATED], 0);
}

/* ---- the object ---- */

static void
ph_number_field_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PhNumberField *self = PH_NUMBER_FIELD (object);

  switch (id)
    {
    case PROP_VALUE:
      g_value_set_double (value, gtk_adjustment_get_value (self->adjustment));
      break;
    case PROP_LOWER:
      g_value_set_double (value, gtk_adjustment_get_lower (self->adjustment));
      break;
    case PROP_UPPER:
      g_value_set_double (value, gtk_adjustment_get_upper (self->adjustment));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
set_lowest_text (PhNumberField *self, const char *text)
{
  g_free (self->lowest_text);
  self->lowest_text = g_strdup (text);
  output_cb (self);
}

static void
ph_number_field_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PhNumberField *self = PH_NUMBER_FIELD (object);

  switch (id)
    {
    case PROP_VALUE:
      ph_number_field_set_value (self, g_value_get_double (value));
      break;
    case PROP_LOWER:
      gtk_adjustment_set_lower (self->adjustment, g_value_get_double (value));
      break;
    case PROP_UPPER:
      gtk_adjustment_set_upper (self->adjustment, g_value_get_double (value));
      break;
    case PROP_STEP:
      gtk_adjustment_set_step_increment (self->adjustment, g_value_get_double (value));
      break;
    case PROP_PAGE:
      gtk_adjustment_set_page_increment (self->adjustment, g_value_get_double (value));
      break;
    case PROP_LABEL:
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->spin), GTK_ACCESSIBLE_PROPERTY_LABEL, g_value_get_string (value), -1);
      break;
    case PROP_WIDTH_CHARS:
      gtk_editable_set_width_chars (GTK_EDITABLE (self->spin), g_value_get_int (value));
      break;
    case PROP_LOWEST_TEXT:
      set_lowest_text (self, g_value_get_string (value));
      break;
    case PROP_REASON_LABEL:
      g_set_object (&self->reason_label, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ph_number_field_dispose (GObject *object)
{
  PhNumberField *self = PH_NUMBER_FIELD (object);

  g_clear_handle_id (&self->settle, g_source_remove);
  g_clear_object (&self->reason_label);

  G_OBJECT_CLASS (ph_number_field_parent_class)->dispose (object);
}

static void
ph_number_field_finalize (GObject *object)
{
  g_free (PH_NUMBER_FIELD (object)->lowest_text);

  G_OBJECT_CLASS (ph_number_field_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags set = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS, both = set | G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY;

  props[PROP_VALUE] = g_param_spec_double ("value", NULL, NULL, 0, G_MAXDOUBLE, 0, both);
  props[PROP_LOWER] = g_param_spec_double ("lower", NULL, NULL, 0, G_MAXDOUBLE, 0, both);
  props[PROP_UPPER] = g_param_spec_double ("upper", NULL, NULL, 0, G_MAXDOUBLE, 0, both);
  props[PROP_STEP] = g_param_spec_double ("step", NULL, NULL, 1, G_MAXDOUBLE, 1, set);
  props[PROP_PAGE] = g_param_spec_double ("page", NULL, NULL, 1, G_MAXDOUBLE, 10, set);
  props[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, set);
  props[PROP_WIDTH_CHARS] = g_param_spec_int ("width-chars", NULL, NULL, -1, G_MAXINT, -1, set);
  props[PROP_LOWEST_TEXT] = g_param_spec_string ("lowest-text", NULL, NULL, NULL, set);
  props[PROP_REASON_LABEL] = g_param_spec_object ("reason-label", NULL, NULL, GTK_TYPE_LABEL, set);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
ph_number_field_class_init (PhNumberFieldClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ph_number_field_dispose;
  object_class->finalize = ph_number_field_finalize;
  object_class->get_property = ph_number_field_get_property;
  object_class->set_property = ph_number_field_set_property;
  install_properties (object_class);

  signals[ACTIVATED] = g_signal_new ("activated", PH_TYPE_NUMBER_FIELD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/porthole/Porthole/number-field.ui");
  gtk_widget_class_bind_template_child (widget_class, PhNumberField, spin);
  gtk_widget_class_bind_template_child (widget_class, PhNumberField, adjustment);
  gtk_widget_class_bind_template_callback (widget_class, input_cb);
  gtk_widget_class_bind_template_callback (widget_class, output_cb);
}

/* Who scrolls what the field is in must not change numbers by the way. */
static void
ignore_wheel (GtkWidget *spin)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (spin);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_SCROLL (controller))
        gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_NONE);
    }
}

static void
ph_number_field_init (PhNumberField *self)
{
  GtkEditable *text;

  gtk_widget_init_template (GTK_WIDGET (self));
  ignore_wheel (GTK_WIDGET (self->spin));
  text = gtk_editable_get_delegate (GTK_EDITABLE (self->spin));
  g_signal_connect_object (text, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (text, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->adjustment, "value-changed", G_CALLBACK (value_cb), self, G_CONNECT_SWAPPED);
}

/** ph_number_field_get_value: The value in force: see ph_number_field_commit(). */
double
ph_number_field_get_value (PhNumberField *field)
{
  g_return_val_if_fail (PH_IS_NUMBER_FIELD (field), 0);

  return gtk_adjustment_get_value (field->adjustment);
}

/** ph_number_field_set_value: Replaces what is being typed. A number outside of the range becomes the nearest inside. */
void
ph_number_field_set_value (PhNumberField *field, double value)
{
  g_return_if_fail (PH_IS_NUMBER_FIELD (field));

  gtk_adjustment_set_value (field->adjustment, value);
  output_cb (field);
}

/**
 * ph_number_field_commit:
 *
 * To be called before the value is used: takes what was typed, or says why not and gets the focus. What was refused before is no
 * fault any more, as the field shows what is in force.
 *
 * Returns: %FALSE if what was typed is refused, and the value stays what it was
 */
gboolean
ph_number_field_commit (PhNumberField *field)
{
  g_return_val_if_fail (PH_IS_NUMBER_FIELD (field), FALSE);

  g_clear_handle_id (&field->settle, g_source_remove);
  clear_reason (field);
  gtk_spin_button_update (field->spin);
  if (field->refused)
    gtk_widget_grab_focus (GTK_WIDGET (field->spin));

  return !field->refused;
}
