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
  gboolean follow;
  gboolean recalled; /* by ph_message_target_recall(), and nothing was chosen since */

  /* owned */
  PhSession *session;
  PhPeer *peer; /* nullable */
  char *left;   /* nullable */
  char *typed;  /* nullable */
  PhPlace typed_place; /* of @typed */
  PhPlace remote;
  PhPeer *peer_before; /* nullable: who was chosen before it was recalled */
  char *typed_before;  /* nullable: the same */
};

G_DEFINE_FINAL_TYPE (PhMessageTarget, ph_message_target, G_TYPE_OBJECT)

enum
{
  PROP_PEER = 1,
  PROP_LEFT,
  PROP_TYPED,
  PROP_FOLLOW,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

/* ---- the chosen peer ---- */

/* The listed peer with this address, or NULL. */
static PhPeer *
find_address (PhMessageTarget *self, const char *address)
{
  GListModel *peers = ph_session_get_peers (self->session);
  guint n = g_list_model_get_n_items (peers);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (PhPeer) item = g_list_model_get_item (peers, i); /* the list holds it */

      if (g_str_equal (ph_peer_get_address (item), address))
        return item;
    }

  return NULL;
}

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

static void
change_typed (PhMessageTarget *self, const char *typed)
{
  g_autofree char *old = g_steal_pointer (&self->typed);

  self->typed = g_strdup (typed);
  ph_place_clear (&self->typed_place);
  if (typed != NULL)
    ph_place_parse (typed, &self->typed_place, NULL, NULL);
  if (g_strcmp0 (old, typed) != 0)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TYPED]);
}

static void
change_follow (PhMessageTarget *self, gboolean follow)
{
  if (self->follow == follow)
    return;
  self->follow = follow;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FOLLOW]);
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
    case PROP_TYPED:
      g_value_set_string (value, self->typed);
      break;
    case PROP_FOLLOW:
      g_value_set_boolean (value, self->follow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ph_message_target_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_FOLLOW)
    ph_message_target_set_follow (PH_MESSAGE_TARGET (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
ph_message_target_finalize (GObject *object)
{
  PhMessageTarget *self = PH_MESSAGE_TARGET (object);

  g_clear_object (&self->session);
  g_clear_object (&self->peer);
  g_clear_object (&self->peer_before);
  g_free (self->left);
  g_free (self->typed);
  g_free (self->typed_before);
  ph_place_clear (&self->typed_place);
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
  object_class->set_property = ph_message_target_set_property;

  props[PROP_PEER] = g_param_spec_object ("peer", NULL, NULL, PH_TYPE_PEER, flags);
  props[PROP_LEFT] = g_param_spec_string ("left", NULL, NULL, NULL, flags);
  props[PROP_TYPED] = g_param_spec_string ("typed", NULL, NULL, NULL, flags);
  props[PROP_FOLLOW] = g_param_spec_boolean ("follow", NULL, NULL, FALSE, flags | G_PARAM_WRITABLE);
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
  target->recalled = FALSE;
  change (target, peer, NULL);
  change_typed (target, NULL);
  if (peer != NULL)
    change_follow (target, FALSE);

  return TRUE;
}

/**
 * ph_message_target_get_typed:
 *
 * Returns: (nullable) (transfer none): the property
 */
const char *
ph_message_target_get_typed (PhMessageTarget *target)
{
  return target->typed;
}

/* The address of a text, as text that is always the same for it. */
static char *
dup_address (PhMessageTarget *self, const char *text, GError **error)
{
  const PhTransport *transport = ph_session_is_active (self->session) ? ph_session_get_transport (self->session) : NULL;
  g_auto (PhPlace) place = { .port = PH_PORT_UNSET };
  g_autofree char *scheme = NULL;

  if (!ph_place_parse (text, &place, &scheme, error))
    return NULL;
  if (scheme != NULL && transport != NULL && !g_str_equal (scheme, transport->scheme) && !g_str_equal (scheme, transport->id))
    /* Translators: what stands before “://” in an address, such as “tcp” */
    g_set_error (error, PH_MESSAGE_ERROR, PH_MESSAGE_ERROR_TYPED, _("“%s://” is not the protocol that is open"), scheme);
  else if (place.kind != PH_PLACE_IP || !ph_place_has_name (&place))
    g_set_error (error, PH_MESSAGE_ERROR, PH_MESSAGE_ERROR_TYPED, _("“%s” lacks an address, as in 192.168.0.9:7788"), text);
  else if (place.port <= 0)
    g_set_error (error, PH_MESSAGE_ERROR, PH_MESSAGE_ERROR_TYPED, _("“%s” lacks a port, as in 192.168.0.9:7788"), text);
  else
    return ph_place_dup_text (&place);

  return NULL;
}

/* A server sends to those only who are connected. */
static PhPeer *
find_client (PhMessageTarget *self, const char *address, GError **error)
{
  PhPeer *client = find_address (self, address);

  if (client == NULL)
    g_set_error (error, PH_MESSAGE_ERROR, PH_MESSAGE_ERROR_TYPED, _("%s is not connected: choose one of the clients"), address);

  return client;
}

/**
 * ph_message_target_set_typed:
 * @text: (nullable): an address with a port, as ph_place_parse() takes it; %NULL: where a message goes with nobody chosen
 * @error: @text is no such address, or that of no client of the server that is open
 *
 * Messages go there from now on. Whose address it is of the clients of a server is chosen.
 *
 * Returns: %FALSE with @error set; then nothing changes
 */
gboolean
ph_message_target_set_typed (PhMessageTarget *target, const char *text, GError **error)
{
  g_autofree char *address = NULL;
  PhPeer *client;

  g_return_val_if_fail (PH_IS_MESSAGE_TARGET (target), FALSE);

  if (text == NULL)
    return ph_message_target_set_peer (target, NULL);
  address = dup_address (target, text, error);
  if (address == NULL)
    return FALSE;
  if (ph_session_is_active (target->session) && ph_transport_has_clients (ph_session_get_transport (target->session)))
    {
      client = find_client (target, address, error);
      return client != NULL && ph_message_target_set_peer (target, client);
    }
  target->recalled = FALSE;
  change (target, NULL, NULL);
  change_typed (target, address);
  change_follow (target, FALSE);

  return TRUE;
}

/**
 * ph_message_target_recall:
 * @to: (nullable): where the message that is recalled was sent, if that was typed
 * @error: as of ph_message_target_set_typed()
 *
 * Messages go there from now on. With %NULL, what was chosen before the first one was recalled comes back, if nothing was chosen since.
 *
 * Returns: %FALSE with @error set; then nothing changes
 */
gboolean
ph_message_target_recall (PhMessageTarget *target, const char *to, GError **error)
{
  g_autoptr (PhPeer) peer = NULL;
  g_autofree char *typed = NULL;
  gboolean recalled = target->recalled;

  if (to == NULL && !recalled)
    return TRUE;
  peer = recalled ? g_steal_pointer (&target->peer_before) : (target->peer != NULL ? g_object_ref (target->peer) : NULL);
  typed = recalled ? g_steal_pointer (&target->typed_before) : g_strdup (target->typed);
  if (to == NULL)
    return typed != NULL ? ph_message_target_set_typed (target, typed, error) : ph_message_target_set_peer (target, peer);
  if (!ph_message_target_set_typed (target, to, error))
    return FALSE;
  target->recalled = TRUE;
  g_set_object (&target->peer_before, peer);
  g_free (target->typed_before);
  target->typed_before = g_steal_pointer (&typed);

  return TRUE;
}

/**
 * ph_message_target_set_follow:
 * @follow: the property; who is chosen, or typed, is not any more then
 */
void
ph_message_target_set_follow (PhMessageTarget *target, gboolean follow)
{
  g_return_if_fail (PH_IS_MESSAGE_TARGET (target));

  if (follow)
    ph_message_target_set_peer (target, NULL);
  change_follow (target, follow);
}

gboolean
ph_message_target_get_follow (PhMessageTarget *target)
{
  return target->follow;
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

  return target->peer == NULL && target->left == NULL && target->typed == NULL && transport != NULL && !ph_transport_has_one_peer (transport)
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

static gboolean
aim_at_typed (PhMessageTarget *self, PhTarget *target, GError **error)
{
  PhPeer *client;

  target->place = self->typed_place;
  if (!ph_transport_has_clients (ph_session_get_transport (self->session)))
    return TRUE;
  client = find_client (self, self->typed, error);
  if (client == NULL)
    return FALSE;
  target->peer = ph_peer_get_number (client);

  return TRUE;
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
  PhTarget aimed = { .peer = PH_PEER_NONE, .follow = target->follow };
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
  else if (target->typed != NULL)
    ok = aim_at_typed (target, &aimed, error);
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
