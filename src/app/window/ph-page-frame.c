/* ph-page-frame.c: places the left column, the log and the drawer of a tab, beside each other or over each other
 *
 * Where the window is narrow the column slides over the log, and the drawer lies over its right part. Which of it is so
 * is decided while the window is laid out, and depends on nothing but its width and on what is shown.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-page-frame.h"

#define NARROW 760  /* pixels: below this width the column is not beside the log */
#define LOG_LEAST 520 /* pixels that the drawer leaves to the log; otherwise it lies over it */
#define DRAWER_PERCENT 28 /* of the width are the drawer's, if that is more than it needs */
#define DRAWER_MOST 520   /* pixels, and not more than these */

struct _PhPageFrame
{
  GtkWidget parent_instance;

  gboolean side_shown, drawer_shown;
  gboolean side_over;   /* the column has been slid over the log; counts while the window is narrow */
  gboolean narrow, drawer_over; /* as it was laid out last */
  guint later;          /* the source that tells what has changed while the window was laid out */

  /* children */
  GtkWidget *content;   /* nullable */
  GtkWidget *shade;     /* lies beside the column while that is over the log */
  GtkWidget *side;      /* nullable */
  GtkWidget *drawer;    /* nullable */
};

G_DEFINE_FINAL_TYPE (PhPageFrame, ph_page_frame, GTK_TYPE_WIDGET)

enum
{
  PROP_SIDE = 1,
  PROP_CONTENT,
  PROP_DRAWER,
  PROP_SIDE_SHOWN,
  PROP_SIDE_OPEN,
  PROP_DRAWER_SHOWN,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static gboolean
is_side_open (PhPageFrame *self)
{
  return self->narrow ? self->side_over : self->side_shown;
}

/* ---- sizes ---- */

static gboolean
is_there (GtkWidget *child)
{
  return child != NULL && gtk_widget_get_visible (child);
}

static void
get_width (GtkWidget *child, int *ret_least, int *ret_most)
{
  *ret_least = *ret_most = 0;
  if (is_there (child))
    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, ret_least, ret_most, NULL, NULL);
}

typedef struct
{
  int side, content, drawer;           /* widths */
  gboolean narrow, drawer_over;
  gboolean shows_side, shows_drawer;
} Places;

static Places
divide (PhPageFrame *self, int width)
{
  Places places = { .shows_drawer = self->drawer_shown && is_there (self->drawer) };
  int least, side_least, content_least;

  get_width (self->content, &content_least, &least);
  get_width (self->side, &side_least, &places.side);
  get_width (self->drawer, &least, &places.drawer);
  places.drawer = MAX (places.drawer, MIN (width / 100 * DRAWER_PERCENT, DRAWER_MOST));
  places.narrow = width < NARROW || width - places.side < content_least;
  places.shows_side = is_there (self->side) && (places.narrow ? self->side_over : self->side_shown);
  places.content = width - (places.shows_side && !places.narrow ? places.side : 0);
  places.drawer_over = places.content - places.drawer < MAX (content_least, LOG_LEAST);
  if (places.shows_drawer && !places.drawer_over)
    places.content -= places.drawer;
  places.side = MIN (places.side, width);
  places.drawer = MIN (places.drawer, width);

  return places;
}

static void
measure_width (PhPageFrame *self, int *minimum, int *natural)
{
  GtkWidget *const children[] = { self->content, self->side, self->drawer };

  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    {
      int least, most;

      get_width (children[i], &least, &most);
      *minimum = MAX (*minimum, least);
      *natural += most;
    }
}

/* The least width that the content has at this width of the whole or a greater one: where the column or the drawer stands beside it, it
 * has less than just below that. GTK takes for granted that nothing needs more height where it is wider. */
static int
least_content (PhPageFrame *self, const Places *places)
{
  int width = places->content, least, most;

  get_width (self->content, &least, &most);
  if (places->narrow && self->side_shown && is_there (self->side))
    width = MIN (width, MAX (NARROW - places->side, least));
  if (places->shows_drawer && (places->drawer_over || places->narrow))
    width = MIN (width, MAX (least, LOG_LEAST));

  return width;
}

static void
measure_height (PhPageFrame *self, int width, int *minimum, int *natural)
{
  GtkWidget *const children[] = { self->content, self->side, self->drawer };
  Places places = divide (self, width >= 0 ? width : G_MAXINT / 2);
  int widths[] = { least_content (self, &places), places.side, places.drawer };

  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    {
      int least, most;

      if (!is_there (children[i]))
        continue;
      gtk_widget_measure (children[i], GTK_ORIENTATION_VERTICAL, widths[i], &least, &most, NULL, NULL);
      *minimum = MAX (*minimum, least);
      *natural = MAX (*natural, most);
    }
}

static void
ph_page_frame_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                       int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    measure_width (PH_PAGE_FRAME (widget), minimum, natural);
  else
    measure_height (PH_PAGE_FRAME (widget), for_size, minimum, natural);
}

static gboolean
tell_cb (gpointer data)
{
  PhPageFrame *self = data;

  self->later = 0;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SIDE_OPEN]);

  return G_SOURCE_REMOVE;
}

/* What hears of it may change the window, which cannot be while it is laid out. */
static void
note (PhPageFrame *self, const Places *places)
{
  if (self->narrow != places->narrow && self->later == 0)
    self->later = g_idle_add_full (G_PRIORITY_DEFAULT, tell_cb, self, NULL);
  self->narrow = places->narrow;
  self->drawer_over = places->drawer_over;
}

static void
place (PhPageFrame *self, GtkWidget *child, gboolean shown, int x, int width, int height)
{
  gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int whole = gtk_widget_get_width (GTK_WIDGET (self));

  if (child == NULL)
    return;
  gtk_widget_set_child_visible (child, shown);
  if (shown)
    gtk_widget_size_allocate (child, &(GtkAllocation) { mirrored ? whole - x - width : x, 0, width, height }, -1);
}

static void
set_class (GtkWidget *widget, const char *class, gboolean set)
{
  if (widget != NULL && gtk_widget_has_css_class (widget, class) != set)
    {
      if (set)
        gtk_widget_add_css_class (widget, class);
      else
        gtk_widget_remove_css_class (widget, class);
    }
}

static void
ph_page_frame_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  PhPageFrame *self = PH_PAGE_FRAME (widget);
  Places places = divide (self, width);
  int left = places.shows_side && !places.narrow ? places.side : 0;

  note (self, &places);
  set_class (self->side, "over", places.narrow);
  set_class (self->drawer, "over", places.drawer_over);
  place (self, self->content, is_there (self->content), left, places.content, height);
  place (self, self->shade, places.shows_side && places.narrow, 0, width, height);
  place (self, self->side, places.shows_side, 0, places.side, height);
  place (self, self->drawer, places.shows_drawer, width - places.drawer, places.drawer, height);
}

static GtkSizeRequestMode
ph_page_frame_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* ---- showing ---- */

static void
set_side_open (PhPageFrame *self, gboolean open)
{
  if (open == is_side_open (self))
    return;
  if (self->narrow)
    self->side_over = open;
  else
    g_object_set (self, "side-shown", open, NULL);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SIDE_OPEN]);
}

static void
set_side_shown (PhPageFrame *self, gboolean shown)
{
  if (shown == self->side_shown)
    return;
  self->side_shown = shown;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SIDE_SHOWN]);
  if (!self->narrow)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SIDE_OPEN]);
}

static void
set_drawer_shown (PhPageFrame *self, gboolean shown)
{
  if (shown == self->drawer_shown)
    return;
  self->drawer_shown = shown;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_DRAWER_SHOWN]);
}

static void
close_side (PhPageFrame *self)
{
  set_side_open (self, FALSE);
}

/* ---- the object ---- */

/* The children are in this order, so that a later one is drawn over an earlier one. */
static void
set_child (PhPageFrame *self, GtkWidget **at, GtkWidget *child)
{
  g_clear_pointer (at, gtk_widget_unparent);
  *at = child;
  if (child == NULL)
    return;
  if (at == &self->content)
    gtk_widget_insert_before (child, GTK_WIDGET (self), self->shade);
  else if (at == &self->side)
    gtk_widget_insert_after (child, GTK_WIDGET (self), self->shade);
  else
    gtk_widget_insert_before (child, GTK_WIDGET (self), NULL);
}

static void
ph_page_frame_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PhPageFrame *self = PH_PAGE_FRAME (object);

  switch (id)
    {
    case PROP_SIDE:
      g_value_set_object (value, self->side);
      break;
    case PROP_CONTENT:
      g_value_set_object (value, self->content);
      break;
    case PROP_DRAWER:
      g_value_set_object (value, self->drawer);
      break;
    case PROP_SIDE_SHOWN:
      g_value_set_boolean (value, self->side_shown);
      break;
    case PROP_SIDE_OPEN:
      g_value_set_boolean (value, is_side_open (self));
      break;
    case PROP_DRAWER_SHOWN:
      g_value_set_boolean (value, self->drawer_shown);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ph_page_frame_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PhPageFrame *self = PH_PAGE_FRAME (object);

  switch (id)
    {
    case PROP_SIDE:
      set_child (self, &self->side, g_value_get_object (value));
      break;
    case PROP_CONTENT:
      set_child (self, &self->content, g_value_get_object (value));
      break;
    case PROP_DRAWER:
      set_child (self, &self->drawer, g_value_get_object (value));
      break;
    case PROP_SIDE_SHOWN:
      set_side_shown (self, g_value_get_boolean (value));
      break;
    case PROP_SIDE_OPEN:
      set_side_open (self, g_value_get_boolean (value));
      break;
    case PROP_DRAWER_SHOWN:
      set_drawer_shown (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ph_page_frame_dispose (GObject *object)
{
  PhPageFrame *self = PH_PAGE_FRAME (object);

  g_clear_handle_id (&self->later, g_source_remove);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_pointer (&self->shade, gtk_widget_unparent);
  g_clear_pointer (&self->side, gtk_widget_unparent);
  g_clear_pointer (&self->drawer, gtk_widget_unparent);

  G_OBJECT_CLASS (ph_page_frame_parent_class)->dispose (object);
}

static void
ph_page_frame_class_init (PhPageFrameClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = ph_page_frame_get_property;
  object_class->set_property = ph_page_frame_set_property;
  object_class->dispose = ph_page_frame_dispose;
  widget_class->measure = ph_page_frame_measure;
  widget_class->size_allocate = ph_page_frame_size_allocate;
  widget_class->get_request_mode = ph_page_frame_get_request_mode;

  props[PROP_SIDE] = g_param_spec_object ("side", NULL, NULL, GTK_TYPE_WIDGET, flags);
  props[PROP_CONTENT] = g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET, flags);
  props[PROP_DRAWER] = g_param_spec_object ("drawer", NULL, NULL, GTK_TYPE_WIDGET, flags);
  props[PROP_SIDE_SHOWN] = g_param_spec_boolean ("side-shown", NULL, NULL, TRUE, flags);
  props[PROP_SIDE_OPEN] = g_param_spec_boolean ("side-open", NULL, NULL, TRUE, flags);
  props[PROP_DRAWER_SHOWN] = g_param_spec_boolean ("drawer-shown", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
ph_page_frame_init (PhPageFrame *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->side_shown = TRUE;
  self->shade = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (self->shade, "shade");
  gtk_widget_set_parent (self->shade, GTK_WIDGET (self));
  g_signal_connect_object (click, "pressed", G_CALLBACK (close_side), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->shade, GTK_EVENT_CONTROLLER (click));
}

/** ph_page_frame_is_narrow: Returns: whether there is no room for the column beside the log */
gboolean
ph_page_frame_is_narrow (PhPageFrame *frame)
{
  g_return_val_if_fail (PH_IS_PAGE_FRAME (frame), FALSE);

  return frame->narrow;
}

/** ph_page_frame_is_drawer_over: Returns: whether the drawer is shown, and lies over the log */
gboolean
ph_page_frame_is_drawer_over (PhPageFrame *frame)
{
  g_return_val_if_fail (PH_IS_PAGE_FRAME (frame), FALSE);

  return frame->drawer_shown && frame->drawer_over;
}
