/* ph-wrap-layout.c: a layout in rows: a child that has no room in a row begins the next one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-wrap-layout.h"

struct _PhWrapLayout
{
  GtkLayoutManager parent_instance;

  int spacing;       /* pixels between children and between rows */
  gboolean centered; /* each row is */
};

G_DEFINE_FINAL_TYPE (PhWrapLayout, ph_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

enum
{
  PROP_SPACING = 1,
  PROP_CENTERED
};

/* The children from @first to the one before @end. */
typedef struct
{
  GtkWidget *first, *end;
  int width;
} Row;

static GtkWidget *
next_shown (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);

  return child;
}

static int
measure (GtkWidget *child, GtkOrientation orientation, int *ret_least)
{
  int most;

  gtk_widget_measure (child, orientation, -1, ret_least, &most, NULL, NULL);

  return most;
}

/* The row that begins with @first. A child that expands needs its minimum only, the others their natural width. */
static Row
take_row (PhWrapLayout *self, GtkWidget *first, int width)
{
  Row row = { .first = first };
  GtkWidget *at = first;

  for (; at != NULL; at = next_shown (gtk_widget_get_next_sibling (at)))
    {
      int least, most = measure (at, GTK_ORIENTATION_HORIZONTAL, &least);
      int wanted = gtk_widget_compute_expand (at, GTK_ORIENTATION_HORIZONTAL) ? least : most;

      if (at != first && row.width + self->spacing + wanted > width)
        break;
      row.width += wanted + (at != first ? self->spacing : 0);
    }
  row.end = at;

  return row;
}

static void
measure_width (PhWrapLayout *self, GtkWidget *widget, int *minimum, int *natural)
{
  for (GtkWidget *at = next_shown (gtk_widget_get_first_child (widget)); at != NULL;
       at = next_shown (gtk_widget_get_next_sibling (at)))
    {
      int least, most = measure (at, GTK_ORIENTATION_HORIZONTAL, &least);

      *minimum = MAX (*minimum, least);
      *natural += most + (*natural > 0 ? self->spacing : 0);
    }
}

/* Each row is as high as the highest child: then a wider row, which takes a child from the next one, never makes the whole higher. GTK takes
 * that for granted. */
static int
row_height (GtkWidget *widget)
{
  int height = 0, least;

  for (GtkWidget *at = next_shown (gtk_widget_get_first_child (widget)); at != NULL;
       at = next_shown (gtk_widget_get_next_sibling (at)))
    height = MAX (height, measure (at, GTK_ORIENTATION_VERTICAL, &least));

  return height;
}

static int
get_height (PhWrapLayout *self, GtkWidget *widget, int width)
{
  int row = row_height (widget), height = 0;

  for (GtkWidget *at = next_shown (gtk_widget_get_first_child (widget)); at != NULL; at = take_row (self, at, width).end)
    height += row + (height > 0 ? self->spacing : 0);

  return height;
}

static void
ph_wrap_layout_measure (GtkLayoutManager *manager, GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                        int *natural, int *minimum_baseline, int *natural_baseline)
{
  PhWrapLayout *self = PH_WRAP_LAYOUT (manager);

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    measure_width (self, widget, minimum, natural);
  else
    *minimum = *natural = get_height (self, widget, for_size >= 0 ? for_size : G_MAXINT);
}

static void
place_row (PhWrapLayout *self, GtkWidget *widget, const Row *row, const GdkRectangle *place)
{
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int width = place->width, left = MAX (width - row->width, 0), x = self->centered ? left / 2 : 0;

  for (GtkWidget *at = row->first; at != row->end; at = next_shown (gtk_widget_get_next_sibling (at)))
    {
      int least, own = measure (at, GTK_ORIENTATION_HORIZONTAL, &least);

      if (gtk_widget_compute_expand (at, GTK_ORIENTATION_HORIZONTAL))
        {
          own = least + left;
          left = 0;
        }
      own = MIN (own, MAX (width, least));
      gtk_widget_size_allocate (at, &(GtkAllocation) { mirrored ? width - x - own : x, place->y, own, place->height }, -1);
      x += own + self->spacing;
    }
}

static void
ph_wrap_layout_allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  PhWrapLayout *self = PH_WRAP_LAYOUT (manager);
  GdkRectangle place = { .width = width, .height = row_height (widget) };

  for (GtkWidget *at = next_shown (gtk_widget_get_first_child (widget)); at != NULL;)
    {
      Row row = take_row (self, at, width);

      place_row (self, widget, &row, &place);
      place.y += place.height + self->spacing;
      at = row.end;
    }
}

static GtkSizeRequestMode
ph_wrap_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
ph_wrap_layout_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PhWrapLayout *self = PH_WRAP_LAYOUT (object);

  if (id == PROP_CENTERED)
    g_value_set_boolean (value, self->centered);
  else
    g_value_set_int (value, self->spacing);
}

static void
ph_wrap_layout_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PhWrapLayout *self = PH_WRAP_LAYOUT (object);

  if (id == PROP_CENTERED)
    self->centered = g_value_get_boolean (value);
  else
    self->spacing = g_value_get_int (value);
  gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (object));
}

static void
ph_wrap_layout_class_init (PhWrapLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  G_OBJECT_CLASS (klass)->get_property = ph_wrap_layout_get_property;
  G_OBJECT_CLASS (klass)->set_property = ph_wrap_layout_set_property;
  g_object_class_install_property (G_OBJECT_CLASS (klass), PROP_SPACING,
                                   g_param_spec_int ("spacing", NULL, NULL, 0, G_MAXINT, 0, flags));
  g_object_class_install_property (G_OBJECT_CLASS (klass), PROP_CENTERED,
                                   g_param_spec_boolean ("centered", NULL, NULL, FALSE, flags));
  layout_class->measure = ph_wrap_layout_measure;
  layout_class->allocate = ph_wrap_layout_allocate;
  layout_class->get_request_mode = ph_wrap_layout_get_request_mode;
}

static void
ph_wrap_layout_init (PhWrapLayout *self)
{
}
