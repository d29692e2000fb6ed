/* ph-datagram-peers.c: numbers for the peers of a datagram transport, and which of our addresses each of them has asked
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-datagram-peers.h"

/** ph_datagram_peers_init: @self: (out caller-allocates): freed by ph_datagram_peers_clear() */
void
ph_datagram_peers_init (PhDatagramPeers *self)
{
  *self = (PhDatagramPeers){ .peers = g_hash_table_new_full (ph_plat_addr_hash, ph_plat_addr_equal, NULL, g_free),
                             .numbers = g_hash_table_new (NULL, NULL) };
}

/** ph_datagram_peers_clear: frees what @self holds. */
void
ph_datagram_peers_clear (PhDatagramPeers *self)
{
  g_hash_table_unref (self->numbers);
  g_hash_table_unref (self->peers);
}

/** ph_datagram_peers_find: Returns: (nullable) (transfer none): the peer with this address, if it has a number */
PhDatagramPeer *
ph_datagram_peers_find (PhDatagramPeers *self, const PhAddr *addr)
{
  if (self->last == NULL || !ph_plat_addr_equal (addr, &self->last->addr))
    self->last = g_hash_table_lookup (self->peers, addr);

  return self->last;
}

/** ph_datagram_peers_get_addr: Returns: (nullable) (transfer none): the address that @number stands for */
const PhAddr *
ph_datagram_peers_get_addr (const PhDatagramPeers *self, guint32 number)
{
  const PhDatagramPeer *peer = g_hash_table_lookup (self->numbers, GUINT_TO_POINTER (number));

  return peer != NULL ? &peer->addr : NULL;
}

/** ph_datagram_peers_number: Returns: the number of @addr; %PH_PEER_NONE if it has none */
guint32
ph_datagram_peers_number (PhDatagramPeers *self, const PhAddr *addr)
{
  const PhDatagramPeer *peer = ph_datagram_peers_find (self, addr);

  return peer != NULL ? peer->number : PH_PEER_NONE;
}

/**
 * ph_datagram_peers_name:
 *
 * Gives @addr a number and writes its record, if it has none.
 *
 * Returns: the number; %PH_PEER_NONE if there are too many peers already
 */
guint32
ph_datagram_peers_name (PhDatagramPeers *self, PhLink *link, const PhAddr *addr)
{
  guint32 number = ph_datagram_peers_number (self, addr);
  PhDatagramPeer *peer;
  PhWords words;

  if (number != PH_PEER_NONE || self->full)
    return number;
  if (g_hash_table_size (self->peers) >= PH_LIMIT_PEERS)
    {
      self->full = TRUE;
      ph_words_init (&words, "name-peer", NULL);
      ph_words_add_number (&words, "limit", PH_LIMIT_PEERS);
      ph_link_error (link, PH_PEER_NONE, PH_ERROR_LIMIT, &words);
      return PH_PEER_NONE;
    }
  peer = g_new0 (PhDatagramPeer, 1);
  peer->addr = *addr;
  peer->number = ph_link_name_peer (link, PH_RECORD_PEER, addr);
  g_hash_table_insert (self->peers, &peer->addr, peer);
  g_hash_table_insert (self->numbers, GUINT_TO_POINTER (peer->number), peer);
  self->last = peer;

  return peer->number;
}

/**
 * ph_datagram_peers_remember:
 * @datagram: received; its sender should have a number
 *
 * Whoever sent to one of several addresses expects the answer from there, and may drop any other.
 */
void
ph_datagram_peers_remember (PhDatagramPeers *self, const PhDatagram *datagram)
{
  PhDatagramPeer *peer = datagram->answerable ? ph_datagram_peers_find (self, &datagram->from) : NULL;

  if (peer != NULL && !ph_plat_addr_equal (&peer->asked, &datagram->to))
    peer->asked = datagram->to;
}
