/* ph-fit-label.c: a label for what changes often: it says the same at length or shortly, as there is room
 *
 * With each text of a GtkLabel the whole window is laid out, and the display asked several times. This one only draws itself anew as long as
 * its texts need no more room than before.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-fit-label.h"

#include "ph-compat.h"

struct _PhFitLabel
{
  GtkWidget parent_instance;

  GStrv texts; /* the longest one first; nullable */
  guint shown; /* which of them */
  int least, most; /* pixels: the width of the last text and of the widest, as GTK knows them */
};

G_DEFINE_FINAL_TYPE (PhFitLabel, ph_fit_label, GTK_TYPE_WIDGET)

static int
width_of (PhFitLabel *self, guint n)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), self->texts[n]);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);

  return width;
}

static void
get_widths (PhFitLabel *self, int *ret_least, int *ret_most)
{
  *ret_least = *ret_most = 0;
  for (guint i = 0; self->texts != NULL && self->texts[i] != NULL; i++)
    {
      *ret_least = width_of (self, i);
      *ret_most = MAX (*ret_most, *ret_least);
    }
}

/* Shows the first text that has room, or else the last one. */
static void
choose (PhFitLabel *self, int width)
{
  guint n = 0;

  if (self->texts == NULL)
    return;
  while (self->texts[n + 1] != NULL && width_of (self, n) > width)
    n++;
  self->shown = n;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, self->texts[n], -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
ph_fit_label_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                      int *minimum_baseline, int *natural_baseline)
{
  PhFitLabel *self = PH_FIT_LABEL (widget);
  g_autoptr (PangoLayout) layout = NULL;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      get_widths (self, &self->least, &self->most);
      *minimum = self->least;
      *natural = self->most;
      return;
    }
  layout = gtk_widget_create_pango_layout (widget, "");
  pango_layout_get_pixel_size (layout, NULL, minimum);
  *natural = *minimum;
}

static void
ph_fit_label_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  choose (PH_FIT_LABEL (widget), width);
}

static void
ph_fit_label_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  const char *text = ph_fit_label_get_shown (PH_FIT_LABEL (widget));
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, text);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int width, height;
  GdkRGBA color;

  ph_compat_get_color (widget, &color);
  pango_layout_get_pixel_size (layout, &width, &height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (mirrored ? gtk_widget_get_width (widget) - width : 0,
                                                          (gtk_widget_get_height (widget) - height) / 2));
  gtk_snapshot_append_layout (snapshot, layout, &color);
  gtk_snapshot_restore (snapshot);
}

static void
ph_fit_label_finalize (GObject *object)
{
  g_strfreev (PH_FIT_LABEL (object)->texts);

  G_OBJECT_CLASS (ph_fit_label_parent_class)->finalize (object);
}

static void
ph_fit_label_class_init (PhFitLabelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ph_fit_label_finalize;
  widget_class->measure = ph_fit_label_measure;
  widget_class->size_allocate = ph_fit_label_size_allocate;
  widget_class->snapshot = ph_fit_label_snapshot;
  gtk_widget_class_set_css_name (widget_class, "label");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
ph_fit_label_init (PhFitLabel *self)
{
}

/**
 * ph_fit_label_set_texts:
 * @texts: (array zero-terminated=1): the longest one first; at least one
 */
void
ph_fit_label_set_texts (PhFitLabel *label, const char *const *texts)
{
  int least, most;

  g_return_if_fail (PH_IS_FIT_LABEL (label));
  g_return_if_fail (texts[0] != NULL);

  if (label->texts != NULL && g_strv_equal ((const char *const *) label->texts, texts))
    return;
  g_strfreev (label->texts);
  label->texts = g_strdupv ((char **) texts);
  get_widths (label, &least, &most);
  /* Room that is not needed is kept, unless it is much. */
  if (least > label->least || most > label->most || most < label->most / 2)
    gtk_widget_queue_resize (GTK_WIDGET (label));
  choose (label, gtk_widget_get_width (GTK_WIDGET (label)));
}

/** ph_fit_label_set_text: The same for all widths. */
void
ph_fit_label_set_text (PhFitLabel *label, const char *text)
{
  ph_fit_label_set_texts (label, (const char *const[]) { text, NULL });
}

/** ph_fit_label_get_shown: Returns: (nullable): the text that has room, as it was laid out last */
const char *
ph_fit_label_get_shown (PhFitLabel *label)
{
  g_return_val_if_fail (PH_IS_FIT_LABEL (label), NULL);

  return label->texts != NULL ? label->texts[label->shown] : NULL;
}
