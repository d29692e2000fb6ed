/* ph-peer.c: one peer of a session, as a list shows it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-peer.h"
#include "ph-record.h"

#include <string.h>

struct _PhPeer
{
  GObject parent_instance;

  guint32 number;
  PhPeerStats stats;
  guint64 rate;
  gboolean listed;
  gboolean half_closed_here;
  gboolean reading_stopped;

  /* owned */
  char *address;
};

G_DEFINE_FINAL_TYPE (PhPeer, ph_peer, G_TYPE_OBJECT)

enum
{
  PROP_NUMBER = 1,
  PROP_ADDRESS,
  PROP_STATS,
  PROP_HALF_CLOSED_HERE,
  PROP_READING_STOPPED,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void
ph_peer_finalize (GObject *object)
{
  g_free (PH_PEER (object)->address);

  G_OBJECT_CLASS (ph_peer_parent_class)->finalize (object);
}

static void
ph_peer_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PhPeer *self = PH_PEER (object);

  switch (id)
    {
    case PROP_NUMBER:
      g_value_set_uint (value, self->number);
      break;
    case PROP_ADDRESS:
      g_value_set_string (value, self->address);
      break;
    case PROP_STATS:
      g_value_set_pointer (value, &self->stats);
      break;
    case PROP_HALF_CLOSED_HERE:
      g_value_set_boolean (value, self->half_closed_here);
      break;
    case PROP_READING_STOPPED:
      g_value_set_boolean (value, self->reading_stopped);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ph_peer_class_init (PhPeerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = ph_peer_finalize;
  object_class->get_property = ph_peer_get_property;

  props[PROP_NUMBER] =
    g_param_spec_uint ("number", NULL, NULL, 0, G_MAXUINT32, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_ADDRESS] =
    g_param_spec_string ("address", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_STATS] = g_param_spec_pointer ("stats", NULL, NULL, G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY
                                                                   | G_PARAM_STATIC_STRINGS);
  props[PROP_HALF_CLOSED_HERE] = g_param_spec_boolean ("half-closed-here", NULL, NULL, FALSE,
                                                       G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  props[PROP_READING_STOPPED] = g_param_spec_boolean ("reading-stopped", NULL, NULL, FALSE,
                                                      G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
ph_peer_init (PhPeer *self)
{
}

/**
 * ph_peer_new:
 * @number: its number in the session
 * @address: "192.0.2.1:7788"
 *
 * Returns: (transfer full): an item for a list
 */
PhPeer *
ph_peer_new (guint32 number, const char *address)
{
  PhPeer *self = g_object_new (PH_TYPE_PEER, NULL);

  self->number = number;
  self->address = g_strdup (address);

  return self;
}

/**
 * ph_peer_update:
 * @rate: bytes per second
 * @listed: whether a message can be sent to it
 *
 * Notifies "stats" if something has changed.
 *
 * Returns: whether it has
 */
gboolean
ph_peer_update (PhPeer *peer, const PhPeerStats *stats, guint64 rate, gboolean listed)
{
  const PhPeerStats *old = &peer->stats;

  if (peer->rate == rate && peer->listed == listed && old->first_seen == stats->first_seen
      && old->last_seen == stats->last_seen && memcmp (old->bytes, stats->bytes, sizeof old->bytes) == 0
      && memcmp (old->packets, stats->packets, sizeof old->packets) == 0)
    return FALSE;
  peer->stats = *stats;
  peer->rate = rate;
  peer->listed = listed;
  g_object_notify_by_pspec (G_OBJECT (peer), props[PROP_STATS]);

  return TRUE;
}

/**
 * ph_peer_get_number:
 *
 * Returns: the number that its records and a #PhTarget have
 */
guint32
ph_peer_get_number (PhPeer *peer)
{
  g_return_val_if_fail (PH_IS_PEER (peer), PH_PEER_NONE);

  return peer->number;
}

/**
 * ph_peer_get_address:
 *
 * Returns: (transfer none): its address and port as text
 */
const char *
ph_peer_get_address (PhPeer *peer)
{
  g_return_val_if_fail (PH_IS_PEER (peer), NULL);

  return peer->address;
}

/**
 * ph_peer_get_stats:
 *
 * Returns: (transfer none): its counters as of the last ph_peers_show_all()
 */
const PhPeerStats *
ph_peer_get_stats (PhPeer *peer)
{
  return &peer->stats;
}

/**
 * ph_peer_get_rate:
 *
 * Returns: bytes in both directions in the last full second before that
 */
guint64
ph_peer_get_rate (PhPeer *peer)
{
  return peer->rate;
}

/**
 * ph_peer_is_listed:
 *
 * Returns: whether a message could be sent to it at that time
 */
gboolean
ph_peer_is_listed (PhPeer *peer)
{
  return peer->listed;
}

/** ph_peer_set_half_closed_here: sets the property. */
void
ph_peer_set_half_closed_here (PhPeer *peer, gboolean half_closed)
{
  if (peer->half_closed_here == half_closed)
    return;
  peer->half_closed_here = half_closed;
  g_object_notify_by_pspec (G_OBJECT (peer), props[PROP_HALF_CLOSED_HERE]);
}

/** ph_peer_set_reading_stopped: sets the property. */
void
ph_peer_set_reading_stopped (PhPeer *peer, gboolean stopped)
{
  if (peer->reading_stopped == stopped)
    return;
  peer->reading_stopped = stopped;
  g_object_notify_by_pspec (G_OBJECT (peer), props[PROP_READING_STOPPED]);
}

/** ph_peer_get_half_closed_here: Returns: whether the FIN that was asked for here is out: nothing can be sent to it any more */
gboolean
ph_peer_get_half_closed_here (PhPeer *peer)
{
  return peer->half_closed_here;
}

/** ph_peer_get_reading_stopped: Returns: whether nothing is received from it, because the user wants so */
gboolean
ph_peer_get_reading_stopped (PhPeer *peer)
{
  return peer->reading_stopped;
}
