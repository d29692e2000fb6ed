/* ph-loopback-pair.c: two tabs on this machine, each aimed at the other
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-loopback-pair.h"

#include "ph-session-capture.h"

#define LOOPBACK "127.0.0.1"

typedef struct
{
  PhSessionPage *page; /* weak: its remote is set to the address of the other one */
} Aim;

static void
aim_free (gpointer data, GClosure *closure)
{
  Aim *aim = data;

  g_clear_weak_pointer (&aim->page);
  g_free (aim);
}

/* If it was not opened, a later opening does not make a pair. */
static void
aim_at_bound_cb (PhSession *session, GParamSpec *pspec, Aim *aim)
{
  const char *local = ph_session_get_local (session);
  g_auto (PhPlace) place = { 0 };

  if (local == NULL || !ph_place_parse (local, &place, NULL, NULL))
    {
      if (!ph_session_is_active (session))
        g_signal_handlers_disconnect_by_data (session, aim);
      return;
    }
  if (aim->page != NULL)
    ph_session_page_set_remote (aim->page, &place);
  g_signal_handlers_disconnect_by_data (session, aim);
}

/* Sets the remote of @page to the address of @other, which is being opened, as soon as it is bound. */
static void
aim_at (PhSessionPage *page, PhSessionPage *other)
{
  PhSession *session = ph_session_page_get_session (other);
  Aim *aim;

  if (!ph_session_is_active (session))
    return;
  aim = g_new0 (Aim, 1);
  g_set_weak_pointer (&aim->page, page);
  g_signal_connect (session, "notify::state", G_CALLBACK (aim_at_bound_cb), aim);
  g_signal_connect_data (session, "notify::local", G_CALLBACK (aim_at_bound_cb), aim, aim_free, 0);
}

static PhSessionPage *
page_for_pair (PhWindow *self)
{
  PhSessionPage *current = ph_window_get_current (self);
  PhSession *session = current != NULL ? ph_session_page_get_session (current) : NULL;

  if (session == NULL || ph_session_is_active (session) || ph_session_is_read_only (session))
    return ph_window_add_tab (self);

  return current;
}

/**
 * ph_loopback_pair_open:
 *
 * Opens two tabs in @window, each aimed at the other; the first is the one in front, if that is closed.
 */
void
ph_loopback_pair_open (PhWindow *window)
{
  g_autoptr (PhEndpoint) endpoint = ph_endpoint_new (ph_transport_for_pair ()->id);
  PhSessionPage *one = page_for_pair (window);
  PhSessionPage *two = ph_window_add_tab (window);

  ph_place_set_ip (&endpoint->local, LOOPBACK, 0);
  ph_session_page_set_endpoint (one, endpoint);
  ph_session_page_set_endpoint (two, endpoint);
  ph_session_page_open (one);
  ph_session_page_open (two);
  aim_at (one, two);
  aim_at (two, one);
  ph_window_show_page (window, one);
}
