/* layout-wider.c: finds widgets that need more height where they have more width
 *
 * GTK takes for granted that there are none: it keeps the sizes that it has asked for, and guesses those between them. A box that is
 * asked for its width at a height (GtkWindow asks) then searches for a width that does not exist, for ever with GTK 4.18.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "layout-wider.h"

#define STEP 24
#define WIDEST 2000
#define FONTS 6 /* pixels that a line is higher by in another font: a label takes one for its dots, or for letters that it has room for */

/* What @widget needs at a width, asked anew. */
static int
height_at (GtkWidget *widget, int width)
{
  int least;

  gtk_widget_queue_resize (widget);
  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, &least, NULL, NULL, NULL);

  return least;
}

static guint
check (const char *scene, GtkWidget *widget)
{
  int width, before, height;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  for (before = height_at (widget, width); width <= WIDEST; width += STEP, before = height)
    {
      height = height_at (widget, width);
      if (height <= before + FONTS)
        continue;
      g_print ("%s: %s needs a height of %d at a width of %d, and of %d at %d\n", scene, G_OBJECT_TYPE_NAME (widget), height, width,
               before, width - STEP);
      return 1;
    }
  height = height_at (widget, -1);
  if (height >= height_at (widget, WIDEST))
    return 0;
  g_print ("%s: %s needs a height of %d, and more at a width of %d\n", scene, G_OBJECT_TYPE_NAME (widget), height, WIDEST);

  return 1;
}

static gboolean
is_ours (GtkWidget *widget)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (widget);

  return g_str_has_prefix (G_OBJECT_TYPE_NAME (widget), "Ph")
         || (layout != NULL && g_str_has_prefix (G_OBJECT_TYPE_NAME (layout), "Ph"));
}

guint
layout_wider (const char *scene, GtkWidget *root)
{
  guint complaints = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_mapped (child))
      complaints += layout_wider (scene, child);
  if (is_ours (root) && gtk_widget_get_request_mode (root) == GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH)
    complaints += check (scene, root);

  return complaints;
}
