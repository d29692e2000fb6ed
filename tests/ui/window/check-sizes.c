/* check-sizes.c: shows the window in one language and direction, in each size, appearance and size of text, and checks that everything
 * has room
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   check-sizes LANGUAGE ltr|rtl FOLDER
 *
 * Prints a line for each fault, and writes a picture of each scene with faults to FOLDER. Exits with 1 if there were faults.
 */
#include "ph-config.h"

#include "layout-look.h"
#include "layout-wider.h"

#include "ph-session.h"
#include "ph-settings.h"
#include "ph-window.h"

#include <stdlib.h>
#include <string.h>

#define DPI (96 * 1024)

static const struct
{
  int width, height;
} sizes[] = { { 720, 480 }, { 1024, 640 }, { 1280, 800 }, { 1920, 1080 } };

static const struct
{
  const char *name, *appearance, *theme;
} looks[] = {
  { "light", "light", "Default" },
  { "dark", "dark", "Default" },
  { "contrast", "light", "Default-hc" },
};

static const guint scales[] = { 100, 150 }; /* percent */

/* ---- a server with a client, each in its tab ---- */

static void
wait_for_state (PhSessionPage *page, PhSessionState state)
{
  while (ph_session_get_state (ph_session_page_get_session (page)) != state)
    g_main_context_iteration (NULL, TRUE);
}

static PhSessionPage *
open_tab (PhWindow *window, const char *transport, int remote_port)
{
  g_autoptr (PhEndpoint) endpoint = ph_endpoint_new (transport);
  PhSessionPage *page = ph_window_add_tab (window);

  ph_place_set_ip (&endpoint->local, "127.0.0.1", 0);
  if (remote_port > 0)
    ph_place_set_ip (&endpoint->remote, "127.0.0.1", remote_port);
  ph_session_page_set_endpoint (page, endpoint);
  ph_session_page_open (page);
  wait_for_state (page, PH_SESSION_OPEN);

  return page;
}

static int
bound_port (PhSessionPage *page)
{
  return atoi (strrchr (ph_session_get_local (ph_session_page_get_session (page)), ':') + 1);
}

/* ---- looking ---- */

static void
check_size (const char *scene, GtkWidget *window, int width, int height)
{
  int is_width = gtk_widget_get_width (window), is_height = gtk_widget_get_height (window);

  if (is_width <= width && is_height <= height)
    return;
  g_print ("%s: the window needs %d × %d\n", scene, is_width, is_height);
  layout_complaints++;
}

static void
look_at_sizes (const char *scene, GtkWidget *window, const char *look, guint scale)
{
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *name = g_strdup_printf ("%s-%s-%u-%dx%d", scene, look, scale, sizes[i].width, sizes[i].height);

      gtk_window_set_default_size (GTK_WINDOW (window), sizes[i].width, sizes[i].height);
      layout_look (name, window);
      check_size (name, window, sizes[i].width, sizes[i].height);
    }
}

static void
look_at_all (const char *scene, GtkWidget *window)
{
  GtkSettings *settings = gtk_settings_get_default ();

  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      g_settings_set_string (ph_settings_get (), "appearance", looks[i].appearance);
      g_object_set (settings, "gtk-theme-name", looks[i].theme, NULL);
      for (guint k = 0; k < G_N_ELEMENTS (scales); k++)
        {
          g_object_set (settings, "gtk-xft-dpi", DPI * (int) scales[k] / 100, NULL);
          layout_settle (window); /* else the next size is not less than what the window needed before */
          look_at_sizes (scene, window, looks[i].name, scales[k]);
      if (i == 0)
        layout_complaints += layout_wider (scene, window);
        }
    }
}

static void
show_all (void)
{
  PhWindow *window = ph_window_new (NULL);
  PhSessionPage *closed = ph_window_add_tab (window), *server;

  gtk_window_set_default_size (GTK_WINDOW (window), sizes[0].width, sizes[0].height);
  gtk_window_present (GTK_WINDOW (window));
  look_at_all ("closed", GTK_WIDGET (window));
  server = open_tab (window, "tcp-server", 0);
  open_tab (window, "tcp-client", bound_port (server));
  look_at_all ("client", GTK_WIDGET (window));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.step-tab", "i", -1);
  g_action_group_activate_action (ph_session_page_get_actions (server), "drawer-page", g_variant_new_string ("peers"));
  look_at_all ("server", GTK_WIDGET (window));
  ph_session_page_set_current (closed, FALSE);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  g_return_val_if_fail (argc == 4, 2);

  layout_look_begin (argv[1], argv[2]);
  layout_look_folder = argv[3];
  layout_look_at_faults = TRUE;
  g_mkdir_with_parents (layout_look_folder, 0755);
  show_all ();

  return layout_complaints > 0;
}
