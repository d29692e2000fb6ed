/* ph-page-windows.c: opens the windows of a tab, each once, and closes them with it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-page-windows.h"

#include "ph-rate-window.h"
#include "ph-session-page-private.h"

struct _PhPageWindows
{
  PhSessionPage *page; /* borrowed */

  GtkWindow *rates; /* NULL while it is closed */
};

/* The title of the tab comes first, to tell the windows of several tabs apart. */
static void
present (PhPageWindows *windows, GtkWindow **place, GtkWindow *window)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (windows->page));
  g_autofree char *of = NULL;
  g_autofree char *title = NULL;

  if (*place == NULL)
    {
      g_object_get (windows->page, "title", &of, NULL);
      title = g_strdup_printf ("%s – %s", gtk_window_get_title (window), of);
      gtk_window_set_title (window, title);
      gtk_window_set_transient_for (window, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL);
      g_set_weak_pointer (place, window);
    }
  gtk_window_present (*place);
}

static void
rates_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PhPageWindows *windows = data;

  present (windows, &windows->rates, windows->rates != NULL ? NULL : ph_rate_window_new (windows->page->session));
}

/* The tab was moved to another window, or away from its own. */
static void
follow_page (PhPageWindows *windows)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (windows->page));

  if (windows->rates != NULL && GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (windows->rates, GTK_WINDOW (root));
}

/**
 * ph_page_windows_new:
 * @page: gets the action “rates”, which opens the window
 *
 * Returns: (transfer full): without a window yet; freed before @page
 */
PhPageWindows *
ph_page_windows_new (PhSessionPage *page)
{
  const GActionEntry entries[] = {
    { .name = "rates", .activate = rates_cb },
  };
  PhPageWindows *windows = g_new0 (PhPageWindows, 1);

  windows->page = page;
  g_signal_connect_swapped (page, "notify::root", G_CALLBACK (follow_page), windows);
  g_action_map_add_action_entries (G_ACTION_MAP (page->actions), entries, G_N_ELEMENTS (entries), windows);

  return windows;
}

/** ph_page_windows_close: closes those that are open. */
void
ph_page_windows_close (PhPageWindows *windows)
{
  GtkWindow *rates = windows->rates;

  g_clear_weak_pointer (&windows->rates);
  if (rates != NULL)
    gtk_window_destroy (rates);
}

/**
 * ph_page_windows_free:
 * @windows: (transfer full): its open windows are closed
 */
void
ph_page_windows_free (PhPageWindows *windows)
{
  ph_page_windows_close (windows);
  g_signal_handlers_disconnect_by_data (windows->page, windows);
  g_free (windows);
}
