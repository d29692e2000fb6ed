/* layout-walk.c: finds widgets of a window that overlap, are cut off, or lie outside
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "layout-walk.h"

#include "ph-fit-label.h"

#include "ph-log-view.h"

#define HAIR 1.5f /* pixels: borders of linked buttons lie on each other, and sizes are rounded */

typedef struct
{
  const char *scene;
  GtkWidget *root;
  guint complaints;
} Walk;

static void G_GNUC_PRINTF (3, 4)
complain (Walk *walk, GtkWidget *widget, const char *format, ...)
{
  const char *text = GTK_IS_LABEL (widget) ? gtk_label_get_text (GTK_LABEL (widget)) : "";
  g_autofree char *words = NULL;
  va_list args;

  va_start (args, format);
  words = g_strdup_vprintf (format, args);
  va_end (args);
  g_print ("%s: %s “%s” in %s %s\n", walk->scene, G_OBJECT_TYPE_NAME (widget), text,
           gtk_widget_get_parent (widget) != NULL ? G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget)) : "nothing",
           words);
  walk->complaints++;
}

static gboolean
bounds_of (GtkWidget *widget, GtkWidget *in, graphene_rect_t *ret_bounds)
{
  return gtk_widget_get_mapped (widget) && gtk_widget_compute_bounds (widget, in, ret_bounds)
         && ret_bounds->size.width > 0 && ret_bounds->size.height > 0;
}

/* ---- one beside the other ---- */

/* Widgets that float over others are meant to, so only those that are laid out side by side are checked. */
static gboolean
is_side_by_side (GtkWidget *parent)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (parent);

  return GTK_IS_BOX_LAYOUT (layout) || GTK_IS_GRID_LAYOUT (layout) || GTK_IS_CENTER_LAYOUT (layout);
}

static void
check_siblings (Walk *walk, GtkWidget *parent)
{
  graphene_rect_t one, two, common;

  if (!is_side_by_side (parent))
    return;
  for (GtkWidget *a = gtk_widget_get_first_child (parent); a != NULL; a = gtk_widget_get_next_sibling (a))
    for (GtkWidget *b = gtk_widget_get_next_sibling (a); b != NULL; b = gtk_widget_get_next_sibling (b))
      if (!GTK_IS_NATIVE (a) && !GTK_IS_NATIVE (b) && bounds_of (a, parent, &one) && bounds_of (b, parent, &two)
          && graphene_rect_intersection (&one, &two, &common) && common.size.width > HAIR && common.size.height > HAIR)
        complain (walk, a, "overlaps %s by %.0f × %.0f", G_OBJECT_TYPE_NAME (b), common.size.width,
                  common.size.height);
}

/* ---- within what one sees ---- */

/* A scrolled widget may be higher than its window, but not wider: only the log scrolls sideways. */
static void
check_inside (Walk *walk, GtkWidget *widget)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);
  GtkWidget *port = parent != NULL ? gtk_widget_get_ancestor (parent, GTK_TYPE_SCROLLED_WINDOW) : NULL;
  gboolean scrolled = port != NULL && gtk_widget_is_ancestor (port, walk->root); /* no popover is cut by what it hangs on */
  GtkWidget *frame = scrolled ? port : walk->root;
  graphene_rect_t bounds, edge;

  if (!bounds_of (widget, frame, &bounds) || !gtk_widget_compute_bounds (frame, frame, &edge))
    return;
  if (bounds.origin.x < edge.origin.x - HAIR
      || bounds.origin.x + bounds.size.width > edge.origin.x + edge.size.width + HAIR)
    complain (walk, widget, "lies from %.0f to %.0f, outside of %.0f to %.0f", bounds.origin.x,
              bounds.origin.x + bounds.size.width, edge.origin.x, edge.origin.x + edge.size.width);
  if (frame == walk->root
      && (bounds.origin.y < edge.origin.y - HAIR
          || bounds.origin.y + bounds.size.height > edge.origin.y + edge.size.height + HAIR))
    complain (walk, widget, "lies from %.0f to %.0f, outside of %.0f to %.0f vertically", bounds.origin.y,
              bounds.origin.y + bounds.size.height, edge.origin.y, edge.origin.y + edge.size.height);
}

/* ---- words ---- */

/* Addresses may be ellipsized in the middle, in tabs and lists. Other text may not be ellipsized. */
static gboolean
may_be_cut (GtkWidget *label)
{
  return gtk_label_get_ellipsize (GTK_LABEL (label)) == PANGO_ELLIPSIZE_MIDDLE;
}

static void
check_label (Walk *walk, GtkWidget *widget)
{
  PangoLayout *layout = gtk_label_get_layout (GTK_LABEL (widget));
  graphene_rect_t bounds;
  int width, height;

  if (!bounds_of (widget, widget, &bounds) || *gtk_label_get_text (GTK_LABEL (widget)) == '\0')
    return;
  pango_layout_get_pixel_size (layout, &width, &height);
  if (may_be_cut (widget))
    return;
  if (pango_layout_is_ellipsized (layout))
    complain (walk, widget, "ends in dots, in %.0f pixels", bounds.size.width);
  else if (width > bounds.size.width + HAIR || height > bounds.size.height + HAIR)
    complain (walk, widget, "needs %d × %d and has %.0f × %.0f", width, height, bounds.size.width, bounds.size.height);
}

/* A user may type more than an entry shows, but the texts that these windows begin with must fit. */
static void
check_field (Walk *walk, GtkWidget *widget, const char *text)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, text);
  graphene_rect_t bounds;
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  if (bounds_of (widget, widget, &bounds) && width > bounds.size.width)
    complain (walk, widget, "cuts “%s”, which needs %d of its %.0f pixels", pango_layout_get_text (layout), width,
              bounds.size.width);
}

static void
walk_from (Walk *walk, GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget) || (GTK_IS_NATIVE (widget) && widget != walk->root))
    return;
  check_inside (walk, widget);
  check_siblings (walk, widget);
  if (GTK_IS_LABEL (widget))
    check_label (walk, widget);
  if (GTK_IS_TEXT (widget))
    check_field (walk, widget, gtk_editable_get_text (GTK_EDITABLE (widget)));
  if (PH_IS_FIT_LABEL (widget))
    check_field (walk, widget, ph_fit_label_get_shown (PH_FIT_LABEL (widget)));
  for (GtkWidget *at = gtk_widget_get_first_child (widget); at != NULL; at = gtk_widget_get_next_sibling (at))
    walk_from (walk, at);
}

guint
layout_walk (const char *scene, GtkWidget *root)
{
  Walk walk = { .scene = scene, .root = root };

  walk_from (&walk, root);

  return walk.complaints;
}
