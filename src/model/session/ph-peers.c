/* ph-peers.c: the list of peers that a message can be sent to, and the counters of each peer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-peers.h"

#include "ph-peer.h"

/* The data of a name. The peer is listed as long as its name has not been let go. */
typedef struct
{
  GList order;  /* in the queue of all; data is NULL once another number has taken over the address */
  PhName *name; /* borrowed: its data is this entry */
  PhPeer *item; /* nullable: made when it is first shown */
  gboolean listed;
  PhPeerStats stats; /* without what went to all since it was listed */
  PhPeerStats since; /* what had gone to all by then */
} Entry;

struct _PhPeers
{
  GObject parent_instance;

  PhPeersOrder order;
  gboolean changed;
  gboolean all_changed;
  PhPeerStats to_all; /* what every listed peer got */

  /* borrowed: the entries of the table, in the order of becoming what they are */
  GQueue all;

  /* owned */
  PhNames *names;
  GHashTable *by_address; /* address → listed Entry, both borrowed */
  GPtrArray *shown;       /* PhPeer: the items of the list model */
};

static void ph_peers_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PhPeers, ph_peers, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, ph_peers_list_model_init))

static GType
ph_peers_get_item_type (GListModel *model)
{
  return PH_TYPE_PEER;
}

static guint
ph_peers_get_n_items (GListModel *model)
{
  return PH_PEERS (model)->shown->len;
}

static gpointer
ph_peers_get_item (GListModel *model, guint position)
{
  PhPeers *self = PH_PEERS (model);

  return position < self->shown->len ? g_object_ref (g_ptr_array_index (self->shown, position)) : NULL;
}

static void
ph_peers_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = ph_peers_get_item_type;
  iface->get_n_items = ph_peers_get_n_items;
  iface->get_item = ph_peers_get_item;
}

static Entry *
find_entry (PhPeers *self, guint32 number)
{
  PhName *name = ph_names_find (self->names, number);

  return name != NULL ? name->data : NULL;
}

/* There is no connection that anything could hold of. */
static void
end_control (Entry *entry)
{
  if (entry->item == NULL)
    return;
  ph_peer_set_half_closed_here (entry->item, FALSE);
  ph_peer_set_reading_stopped (entry->item, FALSE);
}

/* Takes a listed peer off the list. Its counters get what went to all while it was on it. */
static void
unlist (PhPeers *self, Entry *entry)
{
  end_control (entry);
  entry->listed = FALSE;
  ph_peer_stats_add_since (&entry->stats, &self->to_all, &entry->since);
  self->changed = TRUE;
  g_hash_table_remove (self->by_address, entry->name->address);
  ph_names_let_go (self->names, entry->name);
}

static void
take_out (PhPeers *self, Entry *entry)
{
  if (entry->order.data == NULL)
    return;
  g_queue_unlink (&self->all, &entry->order);
  entry->order.data = NULL;
  self->all_changed = TRUE;
}

static void
forget_cb (PhName *name, gpointer peers)
{
  PhPeers *self = peers;
  Entry *entry = name->data;

  if (entry->listed)
    unlist (self, entry);
  take_out (self, entry);
  g_clear_object (&entry->item);
  g_free (entry);
}

static PhPeer *
get_item (Entry *entry)
{
  if (entry->item == NULL)
    entry->item = ph_peer_new (entry->name->number, entry->name->address);

  return entry->item;
}

/* The items that the list is to have now, in its order. */
static GPtrArray *
make_shown (PhPeers *self)
{
  gboolean newest_first = self->order == PH_PEERS_NEWEST_FIRST;
  guint most = newest_first ? PH_PEERS_NEWEST_SHOWN : G_MAXUINT;
  GPtrArray *shown = g_ptr_array_new_full (MIN (g_hash_table_size (self->by_address), most), g_object_unref);

  for (PhName *name = newest_first ? ph_names_last (self->names) : ph_names_first (self->names);
       name != NULL && shown->len < most; name = newest_first ? name->previous : name->next)
    g_ptr_array_add (shown, g_object_ref (get_item (name->data)));

  return shown;
}

static void
ph_peers_finalize (GObject *object)
{
  PhPeers *self = PH_PEERS (object);

  ph_names_free (self->names);
  g_hash_table_unref (self->by_address);
  g_ptr_array_unref (self->shown);

  G_OBJECT_CLASS (ph_peers_parent_class)->finalize (object);
}

static void
ph_peers_class_init (PhPeersClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ph_peers_finalize;
}

static void
ph_peers_init (PhPeers *self)
{
  self->by_address = g_hash_table_new (g_str_hash, g_str_equal);
  self->shown = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * ph_peers_new:
 * @limit: peers to remember, at least 1; %PH_LIMIT_PEERS but in tests
 *
 * Returns: (transfer full): an empty list
 */
PhPeers *
ph_peers_new (guint limit)
{
  PhPeers *self = g_object_new (PH_TYPE_PEERS, NULL);

  self->names = ph_names_new (limit, forget_cb, self);

  return self;
}

/**
 * ph_peers_get_names:
 *
 * For every peer that this table learns, ph_peers_name() must be called before the other functions get its number.
 *
 * Returns: (transfer none): the table of the peers that are listed; valid as long as @peers
 */
PhNames *
ph_peers_get_names (PhPeers *peers)
{
  return peers->names;
}

/**
 * ph_peers_set_order:
 * @order: the order of the list from the next ph_peers_flush() on
 */
void
ph_peers_set_order (PhPeers *peers, PhPeersOrder order)
{
  if (peers->order == order)
    return;
  peers->order = order;
  peers->changed = TRUE;
}

/**
 * ph_peers_name:
 * @number: a peer that the table of names has just learned
 * @listed: whether a message can be sent to it
 *
 * If a listed peer has the same address already, it leaves the list, and the new one takes over its counters.
 */
void
ph_peers_name (PhPeers *peers, guint32 number, gboolean listed)
{
  PhName *name = ph_names_find (peers->names, number);
  Entry *same = listed ? g_hash_table_lookup (peers->by_address, name->address) : NULL;
  Entry *entry = g_new0 (Entry, 1);

  if (same != NULL)
    {
      unlist (peers, same);
      take_out (peers, same);
      entry->stats = same->stats;
    }
  entry->name = name;
  entry->listed = listed;
  entry->order.data = entry;
  name->data = entry;
  g_queue_push_tail_link (&peers->all, &entry->order);
  peers->all_changed = TRUE;
  if (!listed)
    {
      ph_names_let_go (peers->names, name);
      return;
    }
  entry->since = peers->to_all;
  peers->changed = TRUE;
  g_hash_table_insert (peers->by_address, name->address, entry);
}

/**
 * ph_peers_leave:
 * @number: a peer that has left: it leaves the list, and its address stays known
 */
void
ph_peers_leave (PhPeers *peers, guint32 number)
{
  Entry *entry = find_entry (peers, number);

  if (entry != NULL && entry->listed)
    unlist (peers, entry);
}

/**
 * ph_peers_leave_all:
 *
 * Empties the list.
 */
void
ph_peers_leave_all (PhPeers *peers)
{
  for (PhName *name; (name = ph_names_first (peers->names)) != NULL;)
    unlist (peers, name->data);
}

/**
 * ph_peers_flush:
 *
 * Brings the list model up to date. Emits items-changed once at most, for the items between the unchanged beginning and the
 * unchanged end.
 */
void
ph_peers_flush (PhPeers *peers)
{
  g_autoptr (GPtrArray) old = NULL;
  GPtrArray *new;
  guint head = 0, tail = 0, shorter;

  if (!peers->changed)
    return;
  peers->changed = FALSE;
  old = g_steal_pointer (&peers->shown);
  new = peers->shown = make_shown (peers);

  shorter = MIN (old->len, new->len);
  while (head < shorter && old->pdata[head] == new->pdata[head])
    head++;
  while (tail < shorter - head && old->pdata[old->len - 1 - tail] == new->pdata[new->len - 1 - tail])
    tail++;
  if (old->len - head - tail > 0 || new->len - head - tail > 0)
    g_list_model_items_changed (G_LIST_MODEL (peers), head, old->len - head - tail, new->len - head - tail);
}

/**
 * ph_peers_see:
 * @number: a peer that joined or was heard
 * @time: when, in ns since 1970
 */
void
ph_peers_see (PhPeers *peers, guint32 number, gint64 time)
{
  Entry *entry = find_entry (peers, number);

  if (entry != NULL)
    ph_peer_stats_see (&entry->stats, time);
}

/**
 * ph_peers_add:
 * @number: a peer number, or %PH_PEER_ALL for what went to every listed peer
 * @time: of the record, in ns since 1970
 * @side: which way
 * @bytes: how many, to or from one peer
 * @packets: how many
 *
 * Adds to what is counted for the peer. 0 - n takes n back, which was added to all.
 */
void
ph_peers_add (PhPeers *peers, guint32 number, gint64 time, PhRateSide side, guint64 bytes, guint64 packets)
{
  Entry *entry = number != PH_PEER_ALL ? find_entry (peers, number) : NULL;

  if (entry != NULL)
    ph_peer_stats_add (&entry->stats, time, side, bytes, packets);
  else if (number == PH_PEER_ALL)
    ph_peer_stats_add (&peers->to_all, time, side, bytes, packets);
}

/**
 * ph_peers_get_peer:
 *
 * Returns: (transfer none) (nullable): the item of a peer that is remembered, listed or not
 */
PhPeer *
ph_peers_get_peer (PhPeers *peers, guint32 number)
{
  Entry *entry = find_entry (peers, number);

  return entry != NULL ? get_item (entry) : NULL;
}

/** ph_peers_end_control: @number: a peer whose connection is gone, and with it what was done with it here */
void
ph_peers_end_control (PhPeers *peers, guint32 number)
{
  Entry *entry = find_entry (peers, number);

  if (entry != NULL)
    end_control (entry);
}

/** ph_peers_set_half_closed: @number: a peer to which the FIN went out that was asked for here */
void
ph_peers_set_half_closed (PhPeers *peers, guint32 number)
{
  PhPeer *peer = ph_peers_get_peer (peers, number);

  if (peer != NULL)
    ph_peer_set_half_closed_here (peer, TRUE);
}

/** ph_peers_set_reading_stopped: @number: a peer that is not read from any more, or is again */
void
ph_peers_set_reading_stopped (PhPeers *peers, guint32 number, gboolean stopped)
{
  PhPeer *peer = ph_peers_get_peer (peers, number);

  if (peer != NULL)
    ph_peer_set_reading_stopped (peer, stopped);
}

/* A file may take back more than it has added. */
static guint64
not_below_zero (guint64 count)
{
  return count <= G_MAXINT64 ? count : 0;
}

static gboolean
update_item (PhPeers *self, Entry *entry, gint64 second)
{
  PhPeerStats stats = entry->stats;
  guint64 rate = ph_peer_stats_get_rate (&entry->stats, second);

  if (entry->listed)
    {
      ph_peer_stats_add_since (&stats, &self->to_all, &entry->since);
      rate += ph_peer_stats_get_rate (&self->to_all, second);
    }

  for (guint side = 0; side < PH_RATE_SIDES; side++)
    {
      stats.bytes[side] = not_below_zero (stats.bytes[side]);
      stats.packets[side] = not_below_zero (stats.packets[side]);
    }

  return ph_peer_update (get_item (entry), &stats, not_below_zero (rate), entry->listed);
}

/* Replaces what differs between the common beginning and the common end, in one change of the list. */
static void
splice (GListStore *list, GPtrArray *items)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (list)), shorter = MIN (n, items->len), head = 0, tail = 0;

  for (; head < shorter; head++)
    {
      g_autoptr (PhPeer) item = g_list_model_get_item (G_LIST_MODEL (list), head);

      if (item != items->pdata[head])
        break;
    }
  for (; tail < shorter - head; tail++)
    {
      g_autoptr (PhPeer) item = g_list_model_get_item (G_LIST_MODEL (list), n - 1 - tail);

      if (item != items->pdata[items->len - 1 - tail])
        break;
    }
  g_list_store_splice (list, head, n - head - tail, items->pdata + head, items->len - head - tail);
}

/**
 * ph_peers_show_all:
 * @list: (element-type PhPeer): becomes all that are remembered, in the order they came; only this function fills it
 * @second: the second, since 1970, whose rates are shown
 *
 * Brings every item up to date as well, which costs some time for each: call it once in a while, not for each record.
 *
 * Returns: whether anything is different from what it was
 */
gboolean
ph_peers_show_all (PhPeers *peers, GListStore *list, gint64 second)
{
  g_autoptr (GPtrArray) items = g_ptr_array_sized_new (peers->all.length);
  gboolean changed = peers->all_changed || g_list_model_get_n_items (G_LIST_MODEL (list)) != peers->all.length;
  gboolean moved = changed;

  peers->all_changed = FALSE;
  for (GList *l = peers->all.head; l != NULL; l = l->next)
    {
      changed |= update_item (peers, l->data, second);
      g_ptr_array_add (items, get_item (l->data));
    }
  if (moved)
    splice (list, items);

  return changed;
}
