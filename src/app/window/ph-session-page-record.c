/* ph-session-page-record.c: what the menu of a record does with the tab: sends it again, edits it, answers its peer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-session-page-private.h"

#include "ph-command-save.h"
#include "ph-payload-recover.h"

#include <glib/gi18n.h>

/* The parameter is the sequence number of a record that is shown. FALSE if it is not there any more. */
static gboolean
take_record (PhSessionPage *self, GVariant *parameter, PhRecord *ret_record, GBytes **ret_payload)
{
  PhStore *store = ph_session_get_store (self->session);
  const guint8 *payload;
  const PhRecord *record;

  ph_store_begin_read (store);
  record = ph_store_get (store, g_variant_get_uint64 (parameter), &payload);
  if (record != NULL)
    {
      *ret_record = *record;
      *ret_payload = g_bytes_new (payload, record->length);
    }
  ph_store_end_read (store);
  if (record == NULL)
    ph_log_view_tell (self->log_view, _("This record is gone."));

  return record != NULL;
}

static void
send_again_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GBytes) payload = NULL;
  PhRecord record;

  if (take_record (data, parameter, &record, &payload))
    ph_session_page_send_again (data, payload, record.form);
}

/* What one would type for the record; NULL if it is not there any more. */
static char *
dup_typed (PhSessionPage *self, GVariant *parameter, PhPayloadFormat *ret_format)
{
  PhPayloadFormat now = ph_send_options_get_format (self->send_options);
  g_autoptr (GBytes) payload = NULL;
  PhRecord record;

  if (!take_record (self, parameter, &record, &payload))
    return NULL;

  return ph_payload_recover (payload, record.form, now.charset, ret_format);
}

static void
edit_record_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PhSessionPage *self = data;
  PhPayloadFormat format;
  g_autofree char *text = dup_typed (self, parameter, &format);

  if (text == NULL)
    return;
  ph_message_recall (self->message, text, &format);
  ph_send_area_focus (self->send_area);
}

static void
save_record_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PhPayloadFormat format;
  g_autofree char *text = dup_typed (data, parameter, &format);

  if (text != NULL)
    ph_command_save (data, text, &format, FALSE);
}

/* The peer in the list that has this number, or else this address; NULL if there is none. */
static PhPeer *
find_peer (PhSession *session, guint32 number, const char *address)
{
  GListModel *peers = ph_session_get_peers (session);
  PhPeer *same = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (peers); i++)
    {
      g_autoptr (PhPeer) peer = g_list_model_get_item (peers, i); /* the list holds it */

      if (ph_peer_get_number (peer) == number)
        return peer;
      if (same == NULL && g_strcmp0 (ph_peer_get_address (peer), address) == 0)
        same = peer;
    }

  return same;
}

/* FALSE if messages cannot go there any more. */
static gboolean
aim_at (PhSessionPage *self, const PhRecord *record, const char *address)
{
  const PhTransport *transport = ph_session_get_transport (self->session);
  gboolean stream = transport != NULL && ph_transport_is_stream (transport);
  PhPeer *peer = find_peer (self->session, record->peer, stream ? NULL : address);
  g_auto (PhPlace) place = { 0 };

  if (transport != NULL && ph_transport_has_one_peer (transport))
    return TRUE;
  if (peer != NULL)
    return ph_message_target_set_peer (self->target, peer);
  if (stream || !ph_place_parse (address, &place, NULL, NULL))
    return FALSE;
  ph_message_target_set_follow (self->target, FALSE);
  ph_message_target_set_peer (self->target, NULL);
  ph_session_page_set_remote (self, &place);

  return TRUE;
}

static void
reply_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PhSessionPage *self = data;
  g_autoptr (GBytes) payload = NULL;
  g_autofree char *words = NULL;
  const char *address;
  PhRecord record;

  if (!take_record (self, parameter, &record, &payload))
    return;
  address = ph_session_get_peer_address (self->session, record.peer);
  if (address != NULL && !aim_at (self, &record, address))
    {
      /* Translators: an address and port */
      words = g_strdup_printf (_("%s is not connected any more."), address);
      ph_log_view_tell (self->log_view, words);
      return;
    }
  ph_send_area_focus (self->send_area);
}

/**
 * ph_session_page_add_record_actions:
 *
 * Their parameter is the sequence number of a record.
 */
void
ph_session_page_add_record_actions (PhSessionPage *page)
{
  const GActionEntry entries[] = {
    { .name = "send-again", .activate = send_again_cb, .parameter_type = "t" },
    { .name = "edit-record", .activate = edit_record_cb, .parameter_type = "t" },
    { .name = "save-record-command", .activate = save_record_cb, .parameter_type = "t" },
    { .name = "reply", .activate = reply_cb, .parameter_type = "t" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (page->actions), entries, G_N_ELEMENTS (entries), page);
}
