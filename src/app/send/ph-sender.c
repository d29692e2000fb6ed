/* ph-sender.c: turns what is typed and chosen into a send
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-sender.h"

#include "ph-history-store.h"
#include "ph-payload-convert.h"

#include <glib/gi18n.h>

static gboolean
is_opened_with (const PhSender *self, const PhPlace *remote)
{
  const PhEndpoint *endpoint = ph_session_get_endpoint (self->session);

  return endpoint != NULL && ph_place_equal (&endpoint->remote, remote);
}

/* Without a remote address a datagram goes to the peer that was heard last. The worker knows who that is; it must not
 * take the remote address that it was opened with and the user has taken out since. */
static gboolean
aim_at_last_heard (const PhSender *self, PhTarget *target)
{
  if (g_list_model_get_n_items (ph_session_get_peers (self->session)) == 0)
    {
      ph_send_area_mark (self->send_area, _("Nobody was heard yet: give a remote address"));
      return FALSE;
    }
  target->heard_last = TRUE;

  return TRUE;
}

/* Finds out where to send. @remote keeps the name that @target points at. */
static gboolean
aim (const PhSender *self, PhTarget *target, PhPlace *remote)
{
  const PhTransport *transport = ph_session_get_transport (self->session);
  PhPeer *peer = ph_send_area_get_peer (self->send_area);

  *target = (PhTarget) { .peer = PH_PEER_NONE };
  if (ph_transport_has_one_peer (transport))
    return TRUE;
  if (!ph_send_area_check_target (self->send_area))
    return FALSE;
  if (peer != NULL)
    return target->peer = ph_peer_get_number (peer), TRUE;
  if (ph_transport_has_clients (transport))
    return target->peer = PH_PEER_ALL, TRUE;
  if (!ph_network_panel_read_remote (self->network_panel, remote))
    return FALSE;
  if (!ph_place_has_name (remote))
    return aim_at_last_heard (self, target);
  if (!is_opened_with (self, remote))
    target->place = *remote;

  return TRUE;
}

static GBytes *
encode (const PhSender *self, const char *text)
{
  PhPayloadFormat format = ph_send_panel_get_format (self->send_panel);
  const PhTransport *transport = ph_session_get_transport (self->session);
  g_autoptr (GError) error = NULL;
  g_autoptr (PhPayload) payload = ph_payload_new (&format, text, NULL, &error);
  g_autoptr (GBytes) bytes = payload != NULL ? ph_payload_build (payload) : NULL;

  if (bytes == NULL)
    {
      ph_send_area_mark (self->send_area, error->message);
      return NULL;
    }
  if (g_bytes_get_size (bytes) == 0 && ph_transport_is_stream (transport))
    {
      ph_send_area_mark (self->send_area, _("The message is empty: type what to send"));
      return NULL;
    }

  return g_steal_pointer (&bytes);
}

/**
 * ph_sender_send:
 * @sender: where to look
 *
 * Sends what is typed, once or again and again. What cannot be sent is marked, with the reason beside it.
 */
void
ph_sender_send (const PhSender *sender)
{
  g_autofree char *text = ph_send_area_dup_text (sender->send_area);
  g_auto (PhPlace) remote = { 0 };
  g_autoptr (GBytes) bytes = NULL;
  PhTarget target;

  ph_send_area_note (sender->send_area, "");
  bytes = encode (sender, text);
  if (bytes == NULL || !aim (sender, &target, &remote))
    return;
  if (ph_send_panel_get_repeat (sender->send_panel))
    ph_session_start_repeat (sender->session, &target, bytes, ph_send_panel_get_interval (sender->send_panel),
                             ph_send_panel_get_times (sender->send_panel));
  else
    ph_session_send (sender->session, &target, bytes);
  ph_history_store_add (PH_HISTORY_SENT, text);
  ph_send_area_restart_history (sender->send_area);
}

/**
 * ph_sender_convert:
 * @sender: where to look
 *
 * The switch between text and hex has been turned: what is typed follows, where that loses no byte.
 */
void
ph_sender_convert (const PhSender *sender)
{
  PhPayloadFormat format = ph_send_panel_get_format (sender->send_panel);
  g_autofree char *text = ph_send_area_dup_text (sender->send_area);
  g_autofree char *converted = NULL;

  if (*text == '\0')
    return;
  converted = format.hex ? ph_payload_convert_to_hex (&format, text) : ph_payload_convert_to_text (&format, text);
  if (converted != NULL)
    ph_send_area_set_text (sender->send_area, converted);
  else
    ph_send_area_note (sender->send_area, format.hex ? _("This text has no bytes in this encoding: it stays as it is")
                                                   : _("These bytes are not plain text: they stay as hex digits"));
}
