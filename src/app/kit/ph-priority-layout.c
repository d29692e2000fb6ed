/* ph-priority-layout.c: a layout in a row that shrinks and hides the less important children if there is not enough room
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-priority-layout.h"

#define RANKS 9u
#define STEP 16 /* pixels */

struct _PhPriorityLayout
{
  GtkLayoutManager parent_instance;

  int spacing; /* pixels between children */
};

G_DEFINE_FINAL_TYPE (PhPriorityLayout, ph_priority_layout, GTK_TYPE_LAYOUT_MANAGER)

/* ---- the layout properties of a child ---- */

#define PH_TYPE_PRIORITY_LAYOUT_CHILD (ph_priority_layout_child_get_type ())
G_DECLARE_FINAL_TYPE (PhPriorityLayoutChild, ph_priority_layout_child, PH, PRIORITY_LAYOUT_CHILD, GtkLayoutChild)

struct _PhPriorityLayoutChild
{
  GtkLayoutChild parent_instance;

  guint shrink, drop, room, tighten;
  gboolean keep;
  int widest; /* natural width so far, if it keeps it */
};

G_DEFINE_FINAL_TYPE (PhPriorityLayoutChild, ph_priority_layout_child, GTK_TYPE_LAYOUT_CHILD)

enum
{
  PROP_SHRINK = 1,
  PROP_DROP,
  PROP_ROOM,
  PROP_TIGHTEN,
  PROP_KEEP,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static guint *
place_of (PhPriorityLayoutChild *self, guint id)
{
  switch (id)
    {
    case PROP_SHRINK:
      return &self->shrink;
    case PROP_DROP:
      return &self->drop;
    case PROP_TIGHTEN:
      return &self->tighten;
    default:
      return &self->room;
    }
}

static void
ph_priority_layout_child_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PhPriorityLayoutChild *self = PH_PRIORITY_LAYOUT_CHILD (object);

  if (id == PROP_KEEP)
    g_value_set_boolean (value, self->keep);
  else
    g_value_set_uint (value, *place_of (self, id));
}

static void
ph_priority_layout_child_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PhPriorityLayoutChild *self = PH_PRIORITY_LAYOUT_CHILD (object);
  guint *place = place_of (self, id);

  if (id == PROP_KEEP)
    self->keep = g_value_get_boolean (value);
  else if (*place == g_value_get_uint (value))
    return;
  else
    *place = g_value_get_uint (value);
  gtk_layout_manager_layout_changed (gtk_layout_child_get_layout_manager (GTK_LAYOUT_CHILD (self)));
}

static void
ph_priority_layout_child_class_init (PhPriorityLayoutChildClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = ph_priority_layout_child_get_property;
  object_class->set_property = ph_priority_layout_child_set_property;
  props[PROP_SHRINK] = g_param_spec_uint ("shrink", NULL, NULL, 0, RANKS, 0, flags);
  props[PROP_DROP] = g_param_spec_uint ("drop", NULL, NULL, 0, RANKS, 0, flags);
  props[PROP_ROOM] = g_param_spec_uint ("room", NULL, NULL, 0, G_MAXINT, 0, flags);
  props[PROP_TIGHTEN] = g_param_spec_uint ("tighten", NULL, NULL, 0, RANKS, 0, flags);
  props[PROP_KEEP] = g_param_spec_boolean ("keep", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
ph_priority_layout_child_init (PhPriorityLayoutChild *self)
{
}

/* ---- the layout ---- */

/* A visible child. */
typedef struct
{
  GtkWidget *widget;
  PhPriorityLayoutChild *child;
  int spacing;     /* of the layout */
  int least, natural; /* its minimum and natural width */
  int most;        /* the natural width, or the room that it is given */
  int width;       /* what it gets */
  gboolean shown;
} Item;

static GArray *
list_items (GtkLayoutManager *manager, GtkWidget *widget)
{
  GArray *items = g_array_new (FALSE, FALSE, sizeof (Item));

  for (GtkWidget *at = gtk_widget_get_first_child (widget); at != NULL; at = gtk_widget_get_next_sibling (at))
    {
      Item item = { .widget = at, .shown = TRUE, .spacing = PH_PRIORITY_LAYOUT (manager)->spacing };

      if (!gtk_widget_should_layout (at))
        continue;
      item.child = PH_PRIORITY_LAYOUT_CHILD (gtk_layout_manager_get_layout_child (manager, at));
      gtk_widget_measure (at, GTK_ORIENTATION_HORIZONTAL, -1, &item.least, &item.natural, NULL, NULL);
      item.most = MAX (item.natural, (int) item.child->room);
      item.child->widest = MAX (item.child->widest, item.most);
      item.width = item.child->keep ? item.child->widest : item.most;
      g_array_append_val (items, item);
    }

  return items;
}

static int
sum (const GArray *items)
{
  int width = 0;

  for (guint i = 0; i < items->len; i++)
    {
      const Item *item = &g_array_index (items, Item, i);

      if (item->shown)
        width += item->width + (width > 0 ? item->spacing : 0);
    }

  return width;
}

/* Takes back the room that is only kept, so that nothing has to shrink or to be hidden for it. */
static void
give_up_kept (GArray *items, int width)
{
  if (sum (items) <= width)
    return;
  for (guint i = 0; i < items->len; i++)
    g_array_index (items, Item, i).width = g_array_index (items, Item, i).most;
}

static gboolean
shrinks (const Item *item, guint rank)
{
  return item->child->shrink == rank && item->shown;
}

/* What the children of a rank have to shrink by is shared among them. */
static void
shrink_alike (GArray *items, guint rank, int width)
{
  int n = 0;

  for (guint i = 0; i < items->len; i++)
    n += shrinks (&g_array_index (items, Item, i), rank);
  for (guint i = 0; i < items->len && sum (items) > width; i++)
    {
      Item *item = &g_array_index (items, Item, i);

      if (!shrinks (item, rank))
        continue;
      item->width = MAX (item->least, item->width - (sum (items) - width + n - 1) / n);
      n--;
    }
}

/* Shrinks or hides the children of a rank, until all fit into @width. */
static void
give_way (GArray *items, guint rank, int width)
{
  shrink_alike (items, rank, width);
  for (guint i = 0; i < items->len && sum (items) > width; i++)
    {
      Item *item = &g_array_index (items, Item, i);

      if (item->child->tighten == rank)
        item->width = MAX (item->natural, item->width - (sum (items) - width));
      if (item->child->shrink == rank)
        item->width = MAX (item->least, item->width - (sum (items) - width));
      if (item->child->drop == rank && sum (items) > width)
        item->shown = FALSE;
    }
}

static void
grow (Item *item, int most, int by)
{
  item->width += CLAMP (most - item->width, 0, MAX (by, 0));
}

/* Hiding a child may free more room than was needed. It is given to children that were shrunk, the more important ones first, then to
 * those that had more than they need, and at last to those that expand. */
static void
give_back (GArray *items, int width)
{
  for (guint rank = RANKS; rank > 0; rank--)
    for (guint i = 0; i < items->len; i++)
      {
        Item *item = &g_array_index (items, Item, i);

        if (item->shown && item->child->shrink == rank)
          grow (item, item->natural, width - sum (items));
      }
  for (guint i = 0; i < items->len; i++)
    grow (&g_array_index (items, Item, i), g_array_index (items, Item, i).most, width - sum (items));
  for (guint i = 0; i < items->len; i++)
    if (gtk_widget_compute_expand (g_array_index (items, Item, i).widget, GTK_ORIENTATION_HORIZONTAL))
      g_array_index (items, Item, i).width += MAX (width - sum (items), 0);
}

static void
measure_width (GArray *items, int *minimum, int *natural)
{
  *natural = sum (items);
  for (guint i = 0; i < items->len; i++)
    {
      Item *item = &g_array_index (items, Item, i);

      item->shown = item->child->drop == 0;
      item->width = item->child->shrink > 0 ? item->least : item->most;
    }
  *minimum = sum (items);
}

static void
divide (GArray *items, int width)
{
  give_up_kept (items, width);
  for (guint rank = 1; rank <= RANKS; rank++)
    give_way (items, rank, width);
  give_back (items, width);
}

/* Makes each item as wide as it is at least, in a row of @width or of more: where a child comes back, those that had its room have less.
 * It looks in steps, so some pixels less are said of those that wrap. GTK takes for granted that nothing needs more height where it is
 * wider. */
static void
divide_at_least (GArray *items, int width)
{
  g_autoptr (GArray) whole = g_array_copy (items);
  int most = sum (items);

  divide (items, width);
  for (int wider = width / STEP * STEP; width < most && wider < most + STEP; wider += STEP)
    {
      g_autoptr (GArray) then = g_array_copy (whole);

      divide (then, wider);
      for (guint i = 0; i < items->len; i++)
        {
          const Item *there = &g_array_index (then, Item, i);
          Item *item = &g_array_index (items, Item, i);

          if (there->shown)
            item->width = MIN (item->width, MAX (there->width - STEP, item->least));
        }
    }
}

/* What is hidden counts too, so that the height stays as it is when there is room for it again. */
static void
measure_height (GArray *items, gboolean wrapped, int *minimum, int *natural)
{
  for (guint i = 0; i < items->len; i++)
    {
      const Item *item = &g_array_index (items, Item, i);
      int least, most;

      gtk_widget_measure (item->widget, GTK_ORIENTATION_VERTICAL, wrapped ? item->width : -1, &least, &most,
                          NULL, NULL);
      *minimum = MAX (*minimum, least);
      *natural = MAX (*natural, most);
    }
}

static gboolean
wraps (const GArray *items)
{
  for (guint i = 0; i < items->len; i++)
    if (gtk_widget_get_request_mode (g_array_index (items, Item, i).widget) == GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH)
      return TRUE;

  return FALSE;
}

static void
ph_priority_layout_measure (GtkLayoutManager *manager, GtkWidget *widget, GtkOrientation orientation, int for_size,
                            int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  g_autoptr (GArray) items = list_items (manager, widget);

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    measure_width (items, minimum, natural);
  else
    {
      gboolean wrapped = for_size >= 0 && wraps (items);

      if (wrapped)
        divide_at_least (items, for_size);
      measure_height (items, wrapped, minimum, natural);
    }
}

static void
ph_priority_layout_allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  g_autoptr (GArray) items = list_items (manager, widget);
  int x = 0;

  divide (items, width);
  for (guint i = 0; i < items->len; i++)
    {
      const Item *item = &g_array_index (items, Item, i);

      gtk_widget_set_child_visible (item->widget, item->shown);
      if (!item->shown)
        continue;
      gtk_widget_size_allocate (item->widget,
                                &(GtkAllocation) { mirrored ? width - x - item->width : x, 0, item->width, height }, -1);
      x += item->width + item->spacing;
    }
}

static GtkSizeRequestMode
ph_priority_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
ph_priority_layout_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_int (value, PH_PRIORITY_LAYOUT (object)->spacing);
}

static void
ph_priority_layout_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PH_PRIORITY_LAYOUT (object)->spacing = g_value_get_int (value);
  gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (object));
}

static void
ph_priority_layout_class_init (PhPriorityLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  G_OBJECT_CLASS (klass)->get_property = ph_priority_layout_get_property;
  G_OBJECT_CLASS (klass)->set_property = ph_priority_layout_set_property;
  g_object_class_install_property (G_OBJECT_CLASS (klass), 1,
                                   g_param_spec_int ("spacing", NULL, NULL, 0, G_MAXINT, 0,
                                                     G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));

  layout_class->layout_child_type = PH_TYPE_PRIORITY_LAYOUT_CHILD;
  layout_class->measure = ph_priority_layout_measure;
  layout_class->allocate = ph_priority_layout_allocate;
  layout_class->get_request_mode = ph_priority_layout_get_request_mode;
}

static void
ph_priority_layout_init (PhPriorityLayout *self)
{
}

/**
 * ph_priority_layout_set_drop:
 * @child: a child of a widget with this layout
 * @rank: the new value of "drop"
 */
void
ph_priority_layout_set_drop (GtkWidget *child, guint rank)
{
  GtkLayoutManager *manager = gtk_widget_get_layout_manager (gtk_widget_get_parent (child));

  g_object_set (gtk_layout_manager_get_layout_child (manager, child), "drop", rank, NULL);
}

/**
 * ph_priority_layout_forget:
 * @widget: a widget with this layout
 *
 * Its children keep the widths no more that they have had so far.
 */
void
ph_priority_layout_forget (GtkWidget *widget)
{
  GtkLayoutManager *manager = gtk_widget_get_layout_manager (widget);

  for (GtkWidget *at = gtk_widget_get_first_child (widget); at != NULL; at = gtk_widget_get_next_sibling (at))
    PH_PRIORITY_LAYOUT_CHILD (gtk_layout_manager_get_layout_child (manager, at))->widest = 0;
  gtk_layout_manager_layout_changed (manager);
}
