/* layout-look.c: begins in a language, and checks what is on screen after a frame, with a picture of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "layout-look.h"

#include "layout-walk.h"
#include "ph-appearance.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

const char *layout_look_folder;
gboolean layout_look_at_faults;
guint layout_complaints;

/* ---- looking ---- */

static void
painted_cb (GdkFrameClock *clock, guint *frames)
{
  (*frames)++;
}

/* Waits until two frames had nothing to do, as the panels come with the second frame. Then waits for one more, so that everything has
 * just been laid out when it is checked. */
void
layout_settle (GtkWidget *widget)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  guint frames = 0;
  gulong handler = g_signal_connect (clock, "after-paint", G_CALLBACK (painted_cb), &frames);

  while (frames < 3 || g_main_context_pending (NULL))
    {
      if (frames < 3)
        gtk_widget_queue_draw (widget);
      g_main_context_iteration (NULL, TRUE);
    }
  frames = 0;
  while (frames == 0)
    {
      gtk_widget_queue_draw (widget);
      g_main_context_iteration (NULL, TRUE);
    }
  g_signal_handler_disconnect (clock, handler);
}

static void
take_picture (const char *scene, GtkWidget *widget, GdkPaintable *paintable)
{
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t *cr = cairo_create (surface);
  g_autofree char *name = g_strconcat (scene, ".png", NULL);
  g_autofree char *path = g_build_filename (layout_look_folder, name, NULL);
  GskRenderNode *node;

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  if (node != NULL)
    gsk_render_node_draw (node, cr);
  g_clear_pointer (&node, gsk_render_node_unref);
  cairo_destroy (cr);
  cairo_surface_write_to_png (surface, path);
  cairo_surface_destroy (surface);
}

typedef struct
{
  const char *scene;
  GtkWidget *widget;
  GdkPaintable *paintable;
  gboolean done;
} Look;

/* Checks in the paint phase of a frame, when everything is laid out. Between two frames something may not be. */
static void
look_cb (GdkFrameClock *clock, Look *look)
{
  guint faults;

  if (look->done)
    return;
  look->done = TRUE;
  faults = layout_walk (look->scene, look->widget);
  layout_complaints += faults;
  if (faults > 0 || !layout_look_at_faults)
    take_picture (look->scene, look->widget, look->paintable);
}

void
layout_look (const char *scene, GtkWidget *widget)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  Look look = { scene, widget, paintable, FALSE };
  gulong handler;

  layout_settle (widget);
  handler = g_signal_connect (clock, "after-paint", G_CALLBACK (look_cb), &look);
  gtk_widget_queue_draw (widget);
  while (!look.done)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (clock, handler);
}

static void
set_language (const char *language)
{
  g_setenv ("LANGUAGE", language, TRUE);
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, PH_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  if ((strcmp (language, "en") == 0) == (strcmp (_("Local address"), "Local address") == 0))
    return;
  g_print ("the language “%s” is not spoken: is its catalogue installed?\n", language);
  layout_complaints++;
}

void
layout_look_begin (const char *language, const char *direction)
{
  set_language (language);
  gtk_disable_setlocale ();
  gtk_init ();
  gtk_widget_set_default_direction (strcmp (direction, "rtl") == 0 ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()),
                                    "/io/github/porthole/Porthole/icons");
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  ph_appearance_init ();
}
