/* ph-peer-control.c: the actions that do something with the connection of one peer, and words for what was done
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-peer-control.h"

#include "ph-session-capture.h"

#include <glib/gi18n.h>

static const struct
{
  const char *name;
  PhPeerAction action;
  gboolean is_check; /* it is undone by PH_PEER_GO_ON */
} rows[] = {
  { "half-close", PH_PEER_HALF_CLOSE },
  { "stop-reading", PH_PEER_STOP_READING, TRUE },
  { "disconnect", PH_PEER_DISCONNECT },
  { "reset", PH_PEER_RESET },
};

struct _PhPeerControl
{
  GObject parent_instance;

  /* owned */
  PhSession *session;
  PhPeer *peer; /* NULL: nobody */
  GSimpleAction *actions[G_N_ELEMENTS (rows)];
};

G_DEFINE_FINAL_TYPE (PhPeerControl, ph_peer_control, G_TYPE_OBJECT)

/* A server that has finished sending is not read from any more anyway. */
static gboolean
makes_sense (PhPeerControl *self, PhPeerAction action)
{
  if (self->peer == NULL || ph_session_is_read_only (self->session))
    return FALSE;
  if (action == PH_PEER_HALF_CLOSE)
    return !ph_peer_get_half_closed_here (self->peer);

  return action != PH_PEER_STOP_READING || ph_session_get_state (self->session) != PH_SESSION_HALF_CLOSED;
}

static void
update (PhPeerControl *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_simple_action_set_enabled (self->actions[i], makes_sense (self, rows[i].action));
      if (rows[i].is_check)
        g_simple_action_set_state (self->actions[i],
                                   g_variant_new_boolean (self->peer != NULL && ph_peer_get_reading_stopped (self->peer)));
    }
}

/* @wanted: (nullable): the state, of an action that has one. It changes when a record says so. */
static void
control_cb (GSimpleAction *action, GVariant *wanted, PhPeerControl *self)
{
  PhPeerAction does = PH_PEER_GO_ON;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (action == self->actions[i] && (!rows[i].is_check || g_variant_get_boolean (wanted)))
      does = rows[i].action;
  if (self->peer != NULL)
    ph_session_control (self->session, ph_peer_get_number (self->peer), does);
}

static void
ph_peer_control_dispose (GObject *object)
{
  PhPeerControl *self = PH_PEER_CONTROL (object);

  if (self->peer != NULL)
    g_signal_handlers_disconnect_by_func (self->peer, update, self);
  g_clear_object (&self->peer);
  g_clear_object (&self->session);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_clear_object (&self->actions[i]);

  G_OBJECT_CLASS (ph_peer_control_parent_class)->dispose (object);
}

static void
ph_peer_control_class_init (PhPeerControlClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ph_peer_control_dispose;
}

static void
ph_peer_control_init (PhPeerControl *self)
{
}

/**
 * ph_peer_control_new:
 * @actions: gets the actions
 *
 * Returns: (transfer full): of nobody at first. When it goes, the actions do nothing any more
 */
PhPeerControl *
ph_peer_control_new (PhSession *session, GActionMap *actions)
{
  PhPeerControl *self = g_object_new (PH_TYPE_PEER_CONTROL, NULL);

  g_set_object (&self->session, session);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      self->actions[i] = rows[i].is_check ? g_simple_action_new_stateful (rows[i].name, NULL, g_variant_new_boolean (FALSE))
                                          : g_simple_action_new (rows[i].name, NULL);
      g_signal_connect_object (self->actions[i], rows[i].is_check ? "change-state" : "activate", G_CALLBACK (control_cb), self, 0);
      g_action_map_add_action (actions, G_ACTION (self->actions[i]));
    }
  g_signal_connect_object (session, "notify::state", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);

  return self;
}

/**
 * ph_peer_control_set_peer:
 * @peer: (nullable): whose connection is controlled; %NULL if there is none, or it has ended
 */
void
ph_peer_control_set_peer (PhPeerControl *control, PhPeer *peer)
{
  g_return_if_fail (PH_IS_PEER_CONTROL (control));

  if (control->peer == peer)
    return;
  if (control->peer != NULL)
    g_signal_handlers_disconnect_by_func (control->peer, update, control);
  g_set_object (&control->peer, peer);
  if (peer != NULL)
    {
      g_signal_connect_object (peer, "notify::half-closed-here", G_CALLBACK (update), control, G_CONNECT_SWAPPED);
      g_signal_connect_object (peer, "notify::reading-stopped", G_CALLBACK (update), control, G_CONNECT_SWAPPED);
    }
  update (control);
}

/**
 * ph_peer_control_dup_words:
 * @peer: (nullable): nobody
 *
 * Returns: (transfer full) (nullable): what was done here with its connection: “half-closed here · reading stopped”; %NULL if nothing was
 */
char *
ph_peer_control_dup_words (PhPeer *peer)
{
  gboolean half_closed = peer != NULL && ph_peer_get_half_closed_here (peer);
  gboolean stopped = peer != NULL && ph_peer_get_reading_stopped (peer);

  if (half_closed && stopped)
    return g_strdup_printf ("%s · %s", _("half-closed here"), _("reading stopped"));

  /* Translators: of a connection: a FIN was sent from here, so nothing more can be sent; the peer still can */
  return half_closed ? g_strdup (_("half-closed here")) : stopped ? g_strdup (_("reading stopped")) : NULL;
}
