/* ph-fit-label.c: a label that says the same at length or shortly, as there is room
 *
 * Each text is a label of its own, of which one is shown: a text cannot be changed while it is laid out.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-fit-label.h"

struct _PhFitLabel
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (PhFitLabel, ph_fit_label, GTK_TYPE_WIDGET)

static int
width_of (GtkWidget *child)
{
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);

  return natural;
}

/* The first text that has room, or else the last one. */
static GtkWidget *
choose (GtkWidget *widget, int width)
{
  GtkWidget *last = gtk_widget_get_last_child (widget);

  for (GtkWidget *at = gtk_widget_get_first_child (widget); at != last; at = gtk_widget_get_next_sibling (at))
    if (width_of (at) <= width)
      return at;

  return last;
}

static void
ph_fit_label_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                      int *minimum_baseline, int *natural_baseline)
{
  gboolean horizontal = orientation == GTK_ORIENTATION_HORIZONTAL;

  *minimum = *natural = 0;
  for (GtkWidget *at = gtk_widget_get_first_child (widget); at != NULL; at = gtk_widget_get_next_sibling (at))
    {
      int least, most;

      gtk_widget_measure (at, orientation, -1, &least, &most, NULL, NULL);
      *natural = MAX (*natural, most);
      *minimum = horizontal ? most : MAX (*minimum, least);
    }
}

static void
ph_fit_label_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GtkWidget *chosen = choose (widget, width);

  for (GtkWidget *at = gtk_widget_get_first_child (widget); at != NULL; at = gtk_widget_get_next_sibling (at))
    gtk_widget_set_child_visible (at, at == chosen);
  if (chosen != NULL)
    gtk_widget_size_allocate (chosen, &(GtkAllocation) { 0, 0, width, height }, -1);
}

static void
ph_fit_label_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (ph_fit_label_parent_class)->dispose (object);
}

static void
ph_fit_label_class_init (PhFitLabelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_fit_label_dispose;
  widget_class->measure = ph_fit_label_measure;
  widget_class->size_allocate = ph_fit_label_size_allocate;
}

static void
ph_fit_label_init (PhFitLabel *self)
{
}

/**
 * ph_fit_label_set_texts:
 * @texts: (array zero-terminated=1): the longest one first; always as many
 */
void
ph_fit_label_set_texts (PhFitLabel *label, const char *const *texts)
{
  GtkWidget *at;

  g_return_if_fail (PH_IS_FIT_LABEL (label));

  at = gtk_widget_get_first_child (GTK_WIDGET (label));
  for (guint i = 0; texts[i] != NULL; i++)
    {
      if (at == NULL)
        {
          at = gtk_label_new (NULL);
          gtk_label_set_xalign (GTK_LABEL (at), 0);
          gtk_widget_set_parent (at, GTK_WIDGET (label));
        }
      gtk_label_set_label (GTK_LABEL (at), texts[i]);
      at = gtk_widget_get_next_sibling (at);
    }
}

/** ph_fit_label_get_shown: Returns: (nullable): the text that has room, as it was laid out last */
const char *
ph_fit_label_get_shown (PhFitLabel *label)
{
  g_return_val_if_fail (PH_IS_FIT_LABEL (label), NULL);

  for (GtkWidget *at = gtk_widget_get_first_child (GTK_WIDGET (label)); at != NULL; at = gtk_widget_get_next_sibling (at))
    if (gtk_widget_get_child_visible (at))
      return gtk_label_get_label (GTK_LABEL (at));

  return NULL;
}
