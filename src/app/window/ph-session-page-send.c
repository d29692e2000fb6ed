/* ph-session-page-send.c: the message of a tab: made with its options and target, bound to its widgets, and sent
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-session-page-private.h"

#include "ph-history-store.h"

#include <glib/gi18n.h>

/* Switching off “Repeat every” stops the repeat. */
static void
notify_repeat_cb (PhSessionPage *self)
{
  if (!ph_send_options_get_repeat (self->send_options) && ph_session_get_repeating (self->session))
    ph_session_stop_repeat (self->session);
}

/**
 * ph_session_page_make_message:
 * @page: a page with a session
 */
void
ph_session_page_make_message (PhSessionPage *page)
{
  page->send_options = ph_send_options_new ();
  page->target = ph_message_target_new (page->session);
  page->message = ph_message_new (page->send_options, page->target);
  ph_send_panel_set_options (page->send_panel, page->send_options);
  ph_send_area_set_message (page->send_area, page->message, page->session);
  g_signal_connect_object (page->send_options, "notify::repeat", G_CALLBACK (notify_repeat_cb), page, G_CONNECT_SWAPPED);
}

/**
 * ph_session_page_update_targets:
 *
 * Shows or hides the choice of targets, as the protocol has one, and sets the text for no peer in particular.
 */
void
ph_session_page_update_targets (PhSessionPage *page)
{
  const PhTransport *transport = ph_network_panel_get_transport (page->network_panel);
  g_autofree char *remote = ph_network_panel_dup_remote (page->network_panel);
  g_autofree char *text = NULL;

  if (remote != NULL)
    /* Translators: an address and port follow */
    text = g_strdup_printf (_("Remote %s"), remote);
  else if (transport->everyone != NULL)
    text = g_strdup (_(transport->everyone));
  ph_send_area_show_targets (page->send_area, transport->everyone != NULL, text != NULL ? text : "");
}

/* FALSE if the remote address is wrong; its field is marked then. */
static gboolean
read_remote (PhSessionPage *self)
{
  g_auto (PhPlace) remote = { 0 };

  if (!ph_message_target_needs_remote (self->target))
    return TRUE;
  if (!ph_network_panel_read_remote (self->network_panel, &remote))
    return FALSE;
  ph_message_target_set_remote (self->target, &remote);

  return TRUE;
}

/**
 * ph_session_page_send:
 *
 * Sends the message, or begins to repeat it. If that cannot be, it is marked, with the reason.
 */
void
ph_session_page_send (PhSessionPage *page)
{
  g_autoptr (GError) error = NULL;
  gsize place = 0;

  ph_send_area_unmark (page->send_area);
  ph_send_panel_update (page->send_panel);
  if (!read_remote (page))
    return;
  if (ph_session_send_message (page->session, page->message, &place, &error))
    {
      ph_history_store_add_message (page->message);
      ph_send_area_restart_history (page->send_area);
      return;
    }
  ph_send_area_mark (page->send_area, error->message);
  if (error->domain == PH_CODEC_ERROR)
    ph_send_area_mark_place (page->send_area, place);
}

/**
 * ph_session_page_send_again:
 * @bytes: of a record
 * @form: ph_record_form() of it
 *
 * Sends them once, as they are, to where a message would go now.
 */
void
ph_session_page_send_again (PhSessionPage *page, GBytes *bytes, guint8 form)
{
  g_autoptr (PhPayload) payload = ph_payload_new_again (bytes, form);
  g_autoptr (GError) error = NULL;

  ph_send_area_unmark (page->send_area);
  if (read_remote (page) && !ph_session_send_payload (page->session, page->target, payload, &error))
    ph_send_area_mark (page->send_area, error->message);
}
