/* ph-message-target.c: remembers whom a message goes to, and notices when that peer leaves
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-message-target.h"

#include <glib/gi18n.h>

G_DEFINE_QUARK (ph-message-error-quark, ph_message_error)

struct _PhMessageTarget
{
  GObject parent_instance;

  gboolean has_remote;

  /* owned */
  PhSession *session;
  PhPeer *peer; /* nullable */
  char *left;   /* nullable */
  PhPlace remote;
};

G_DEFINE_FINAL_TYPE (PhMessageTarget, ph_message_target, G_TYPE_OBJECT)

enum
{
  PROP_PEER = 1,
  PROP_LEFT,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

/* ---- the chosen peer ---- */

/* Whether @peer is in the session's list. If not, @ret_same is the listed peer with its address, or NULL. */
static gboolean
find_peer (PhMessageTarget *self, PhPeer *peer, PhPeer **ret_same)
{
  GListModel *peers = ph_session_get_peers (self->session);
  guint n = g_list_model_get_n_items (peers);

  *ret_same = NULL;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (PhPeer) item = g_list_model_get_item (peers, i);

      if (item == peer)
        return TRUE;
      if (*ret_same == NULL && g_str_equal (ph_peer_get_address (item), ph_peer_get_address (peer)))
        *ret_same = item; /* the list holds it */
    }

  return FALSE;
}

static void
change (PhMessageTarget *self, PhPeer *peer, const char *left)
{
  g_autofree char *old = g_steal_pointer (&self->left);

  self->left = g_strdup (left);
  if (g_set_object (&self->peer, peer))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PEER]);
  if (g_strcmp0 (old, left) != 0)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LEFT]);
}

/* A datagram peer is nothing but its address: when the port is opened again, it comes back as another item. A connection
 * that has ended does not come back, and its message must not go to another one. */
static void
peers_changed_cb (PhMessageTarget *self, guint position, guint removed)
{
  g_autoptr (PhPeer) chosen = NULL;
  const PhTransport *transport = ph_session_get_transport (self->session);
  PhPeer *same;

  if (self->peer == NULL || removed == 0 || find_peer (self, self->peer, &same))
    return;
  chosen = g_object_ref (self->peer);
  if (same != NULL && transport != NULL && !ph_transport_is_stream (transport))
    change (self, same, NULL);
  else
    change (self, NULL, ph_peer_get_address (chosen));
}

/* ---- the object ---- */

static void
ph_message_target_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PhMessageTarget *self = PH_MESSAGE_TARGET (object);

  switch (id)
    {
    case PROP_PEER:
      g_value_set_object (value, self->peer);
      break;
    case PROP_LEFT:
      g_value_set_string (value, self->left);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ph_message_target_finalize (GObject *object)
{
  PhMessageTarget *self = PH_MESSAGE_TARGET (object);

  g_clear_object (&self->session);
  g_clear_object (&self->peer);
  g_free (self->left);
  ph_place_clear (&self->remote);

  G_OBJECT_CLASS (ph_message_target_parent_class)->finalize (object);
}

static void
ph_message_target_class_init (PhMessageTargetClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = ph_message_target_finalize;
  object_class->get_property = ph_message_target_get_property;

  props[PROP_PEER] = g_param_spec_object ("peer", NULL, NULL, PH_TYPE_PEER, flags);
  props[PROP_LEFT] = g_param_spec_string ("left", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
ph_message_target_init (PhMessageTarget *self)
{
}

/**
 * ph_message_target_new:
 * @session: whose peers can be chosen; a reference is kept
 *
 * Returns: (transfer full): a target that no peer was chosen for
 */
PhMessageTarget *
ph_message_target_new (PhSession *session)
{
  PhMessageTarget *self = g_object_new (PH_TYPE_MESSAGE_TARGET, NULL);

  self->session = g_object_ref (session);
  /* After the models that lists show: who hears of a change here finds them up to date. */
  g_signal_connect_object (ph_session_get_peers (session), "items-changed", G_CALLBACK (peers_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);

  return self;
}

/**
 * ph_message_target_get_peer:
 *
 * Returns: (nullable) (transfer none): the property
 */
PhPeer *
ph_message_target_get_peer (PhMessageTarget *target)
{
  return target->peer;
}

/**
 * ph_message_target_get_left:
 *
 * Returns: (nullable) (transfer none): the property
 */
const char *
ph_message_target_get_left (PhMessageTarget *target)
{
  return target->left;
}

/**
 * ph_message_target_dup_left_words:
 * @target: a target with "left" set
 *
 * Returns: (transfer full): a sentence that says so
 */
char *
ph_message_target_dup_left_words (PhMessageTarget *target)
{
  /* Translators: an address and port come first */
  return g_strdup_printf (_("%s disconnected: choose where to send"), target->left);
}

/**
 * ph_message_target_set_peer:
 * @peer: (nullable): who is chosen
 *
 * Returns: %FALSE if @peer is not in the session's list; then nothing changes
 */
gboolean
ph_message_target_set_peer (PhMessageTarget *target, PhPeer *peer)
{
  PhPeer *same;

  g_return_val_if_fail (PH_IS_MESSAGE_TARGET (target), FALSE);

  if (peer != NULL && !find_peer (target, peer, &same))
    return FALSE;
  change (target, peer, NULL);

  return TRUE;
}

/**
 * ph_message_target_needs_remote:
 *
 * Returns: whether the next message goes to the remote address, which may have been edited since it was set here
 */
gboolean
ph_message_target_needs_remote (PhMessageTarget *target)
{
  const PhTransport *transport = ph_session_get_transport (target->session);

  return target->peer == NULL && target->left == NULL && transport != NULL && !ph_transport_has_one_peer (transport)
         && !ph_transport_has_clients (transport);
}

/**
 * ph_message_target_set_remote:
 * @remote: (nullable): where datagrams go when no peer is chosen; a place without a name: to the peer that was heard
 *   last; %NULL, as at first: where the endpoint says
 */
void
ph_message_target_set_remote (PhMessageTarget *target, const PhPlace *remote)
{
  g_return_if_fail (PH_IS_MESSAGE_TARGET (target));

  target->has_remote = remote != NULL;
  if (remote != NULL)
    ph_place_set (&target->remote, remote);
}

/* ---- aiming ---- */

/* The worker knows who was heard last. It must not fall back on the remote of the endpoint, which was taken out since. */
static gboolean
aim_at_last_heard (PhMessageTarget *self, PhTarget *target, GError **error)
{
  target->heard_last = TRUE;
  if (g_list_model_get_n_items (ph_session_get_peers (self->session)) > 0)
    return TRUE;
  g_set_error_literal (error, PH_MESSAGE_ERROR, PH_MESSAGE_ERROR_NOBODY,
                       _("Nobody was heard yet: give a remote address"));

  return FALSE;
}

/**
 * ph_message_target_aim:
 * @ret_target: (out): where to send; its place is borrowed until the next change
 * @error: %PH_MESSAGE_ERROR
 *
 * Returns: %FALSE if there is nobody to send to
 */
gboolean
ph_message_target_aim (PhMessageTarget *target, PhTarget *ret_target, GError **error)
{
  const PhTransport *transport = ph_session_get_transport (target->session);
  const PhEndpoint *endpoint = ph_session_get_endpoint (target->session);
  PhTarget aimed = { .peer = PH_PEER_NONE };
  gboolean ok = TRUE;

  if (transport == NULL || ph_transport_has_one_peer (transport))
    {
      *ret_target = aimed;
      return TRUE;
    }
  if (target->left != NULL)
    {
      g_autofree char *words = ph_message_target_dup_left_words (target);

      g_set_error_literal (error, PH_MESSAGE_ERROR, PH_MESSAGE_ERROR_LEFT, words);
      return FALSE;
    }
  if (target->peer != NULL)
    aimed.peer = ph_peer_get_number (target->peer);
  else if (ph_transport_has_clients (transport))
    aimed.peer = PH_PEER_ALL;
  else if (target->has_remote && !ph_place_has_name (&target->remote))
    ok = aim_at_last_heard (target, &aimed, error);
  else if (target->has_remote && !ph_place_equal (&endpoint->remote, &target->remote))
    aimed.place = target->remote;
  if (ok)
    *ret_target = aimed;

  return ok;
}
