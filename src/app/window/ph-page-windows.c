/* ph-page-windows.c: opens the windows of a tab, each once, and closes them with it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-page-windows.h"

#include "ph-peer-window.h"
#include "ph-rate-window.h"
#include "ph-session-page-private.h"
#include "ph-window.h"

struct _PhPageWindows
{
  PhSessionPage *page; /* borrowed */

  /* NULL while they are closed */
  GtkWindow *rates;
  GtkWindow *peers;
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

/* The list of targets has the newest datagram peers only: an older one is set as the remote address. A client that is not
 * in the list has left; then nothing changes, so that no message goes to all clients instead. */
static void
chosen_cb (PhSessionPage *page, PhPeer *peer)
{
  const PhTransport *transport = ph_network_panel_get_transport (page->network_panel);
  g_auto (PhPlace) place = { 0 };
  gboolean listed = ph_message_target_set_peer (page->target, peer);

  if (!listed && ph_transport_has_clients (transport))
    return;
  ph_window_present_page (page);
  ph_send_area_focus (page->send_area);
  if (listed || !ph_place_parse (ph_peer_get_address (peer), &place, NULL, NULL))
    return;
  ph_network_panel_set_remote (page->network_panel, &place);
  ph_message_target_set_peer (page->target, NULL);
}

static void
alone_cb (PhSessionPage *page, PhPeer *peer)
{
  ph_window_present_page (page);
  g_action_group_activate_action (G_ACTION_GROUP (page->actions), "filter-peer",
                                  g_variant_new_string (ph_peer_get_address (peer)));
}

static void
peers_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PhPageWindows *windows = data;
  GtkWindow *window = windows->peers == NULL ? ph_peer_window_new (windows->page->session) : NULL;

  if (window != NULL)
    {
      g_signal_connect_swapped (window, "chosen", G_CALLBACK (chosen_cb), windows->page);
      g_signal_connect_swapped (window, "alone", G_CALLBACK (alone_cb), windows->page);
    }
  present (windows, &windows->peers, window);
}

/**
 * ph_page_windows_new:
 * @page: gets the actions “rates” and “peers”, which open the windows
 *
 * Returns: (transfer full): without a window yet; freed before @page
 */
PhPageWindows *
ph_page_windows_new (PhSessionPage *page)
{
  const GActionEntry entries[] = {
    { .name = "rates", .activate = rates_cb },
    { .name = "peers", .activate = peers_cb },
  };
  PhPageWindows *windows = g_new0 (PhPageWindows, 1);

  windows->page = page;
  g_action_map_add_action_entries (G_ACTION_MAP (page->actions), entries, G_N_ELEMENTS (entries), windows);

  return windows;
}

/**
 * ph_page_windows_free:
 * @windows: (transfer full): its open windows are closed
 */
void
ph_page_windows_free (PhPageWindows *windows)
{
  GtkWindow **const places[] = { &windows->rates, &windows->peers };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      GtkWindow *window = *places[i];

      g_clear_weak_pointer (places[i]);
      if (window != NULL)
        gtk_window_destroy (window);
    }
  g_free (windows);
}
