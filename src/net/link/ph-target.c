/* ph-target.c: from a target (a peer, everyone, a name) to the transport's send, now or when its address is known
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-link.h"

#include <glib/gi18n.h>
#include <string.h>

#define WAITING_MAX 10000u /* sends that wait for names to be resolved */

static PhCommand *
copy_send (const PhCommand *command)
{
  PhCommand *copy = g_new0 (PhCommand, 1);

  copy->kind = PH_COMMAND_SEND;
  copy->peer = command->peer;
  copy->host = g_strdup (command->host);
  copy->port = command->port;
  copy->heard_last = command->heard_last;
  copy->bytes = g_bytes_ref (command->bytes);

  return copy;
}

static const PhAddr *
pick_addr (const GArray *addrs, PhFamily family)
{
  for (guint i = 0; i < addrs->len; i++)
    if (g_array_index (addrs, PhAddr, i).family == family)
      return &g_array_index (addrs, PhAddr, i);

  return &g_array_index (addrs, PhAddr, 0);
}

/* Puts a send aside until its name is known; sends to the same name share one look-up and keep their order. FALSE where too much
 * is put aside already, which is told. */
static gboolean
wait_for_name (PhLink *link, const PhCommand *command, const char *key)
{
  PhCommand *copy;
  guint64 id = 0;

  if (link->waiting.length >= WAITING_MAX
      || link->waiting_bytes + g_bytes_get_size (command->bytes) > PH_LIMIT_QUEUE)
    {
      ph_link_error (link, PH_PEER_NONE, PH_ERROR_QUEUE_FULL, _("Cannot send to %s: too much is waiting for its address"), key);
      return FALSE;
    }
  for (GList *at = link->waiting.head; at != NULL && id == 0; at = at->next)
    {
      PhCommand *other = at->data;

      if (other->port == command->port && g_str_equal (other->host, command->host))
        id = other->id;
    }
  copy = copy_send (command);
  copy->id = id != 0 ? id : ph_link_look_up (link, command->host, command->port);
  link->waiting_bytes += g_bytes_get_size (copy->bytes);
  g_queue_push_tail (&link->waiting, copy);

  return TRUE;
}

/* Hands bytes to the transport: once, and what does not go out waits; or with @most up to so many times, and nothing waits
 * but the rest of a message that has begun. Returns how many messages there were. */
static guint
hand_over (PhLink *link, guint32 peer, const PhAddr *to, GBytes *bytes, guint most)
{
  const PhTransport *transport = link->transport;
  guint n = 0;

  if (most > 0 && transport->send_many != NULL)
    return transport->send_many (link, peer, to, bytes, most);
  if (most == 0)
    {
      transport->send (link, peer, to, bytes);
      return link->last_error == PH_ERROR_NONE || link->last_error == PH_ERROR_REFUSED ? 1 : 0;
    }
  while (n < most && (n == 0 || !ph_store_is_over (link->store)) && !link->closed && link->last_error == PH_ERROR_NONE
         && !transport->has_queue (link, peer))
    {
      transport->send (link, peer, to, bytes);
      n++;
    }

  return link->last_error == PH_ERROR_NONE ? n : n - MIN (n, 1);
}

static gboolean
is_waiting (PhLink *link, const PhCommand *command)
{
  for (GList *at = link->waiting.head; at != NULL; at = at->next)
    {
      const PhCommand *other = at->data;

      if (other->port == command->port && g_str_equal (other->host, command->host))
        return TRUE;
    }

  return FALSE;
}

static guint
send_to_name (PhLink *link, const PhCommand *command, guint most)
{
  g_autofree char *key = NULL;
  const PhAddr *known;
  PhAddr addr;

  if (command->port < 1 || command->port > G_MAXUINT16)
    {
      ph_link_error (link, PH_PEER_NONE, PH_ERROR_INVALID, _("Cannot send to %s: the remote port is missing"), command->host);
      return 0;
    }
  if (ph_plat_addr_parse (command->host, (guint16) command->port, &addr))
    return hand_over (link, PH_PEER_NONE, &addr, command->bytes, most);
  key = ph_host_port_text (command->host, command->port);
  known = g_hash_table_lookup (link->names, key);
  if (known != NULL)
    return hand_over (link, PH_PEER_NONE, known, command->bytes, most);
  if (command->kind == PH_COMMAND_REPEAT && is_waiting (link, command))
    return 0; /* or all that waited would go out in one burst */

  return wait_for_name (link, command, key) ? 1 : 0;
}

/* No target was named: the endpoint's remote address, or who was heard last. */
static guint
send_to_default (PhLink *link, gboolean heard_last, GBytes *bytes, guint most)
{
  gboolean datagrams = (link->transport->flags & PH_TRANSPORT_STREAM) == 0;

  if (!datagrams)
    return hand_over (link, PH_PEER_ALL, NULL, bytes, most);
  if (link->remote != NULL && !heard_last)
    return hand_over (link, PH_PEER_NONE, pick_addr (link->remote, link->family), bytes, most);
  if (link->heard_last != PH_PEER_NONE)
    return hand_over (link, link->heard_last, NULL, bytes, most);
  if (link->heard_addr.family != PH_FAMILY_NONE)
    return hand_over (link, PH_PEER_NONE, &link->heard_addr, bytes, most);
  ph_link_error (link, PH_PEER_NONE, PH_ERROR_INVALID,
                 _("Cannot send: there is no remote address, and no peer has been heard yet"));

  return 0;
}

/**
 * ph_link_send_many:
 * @link: a link
 * @command: what and where to
 * @most: how many times at most, without waiting; 0: once, and what the system does not take waits
 *
 * Sends, or puts it aside until a name is known. What comes of it is told in records; of an error @link->last_error, too.
 *
 * Returns: how many messages went out or wait
 */
guint
ph_link_send_many (PhLink *link, PhCommand *command, guint most)
{
  link->last_error = PH_ERROR_NONE;
  if (!link->open || link->closed)
    ph_link_error (link, PH_PEER_NONE, PH_ERROR_NOT_OPEN, _("Cannot send: nothing is open"));
  else if ((link->transport->flags & PH_TRANSPORT_STREAM) != 0 && g_bytes_get_size (command->bytes) == 0)
    ph_link_error (link, PH_PEER_NONE, PH_ERROR_INVALID, _("Cannot send: the message is empty"));
  else if (command->peer != PH_PEER_NONE)
    return hand_over (link, command->peer, NULL, command->bytes, most);
  else if (command->host != NULL)
    return send_to_name (link, command, most);
  else
    return send_to_default (link, command->heard_last, command->bytes, most);

  return 0;
}

/**
 * ph_link_send:
 * @link: a link
 * @command: a command of kind %PH_COMMAND_SEND
 *
 * Sends, or puts it aside until a name is known. What comes of it is told in records.
 */
void
ph_link_send (PhLink *link, PhCommand *command)
{
  ph_link_send_many (link, command, 0);
}

static void
tell_unresolved (PhLink *link, PhCommand *command, const PhCommand *answer)
{
  ph_link_error (link, PH_PEER_NONE, PH_ERROR_NOT_RESOLVED, _("Cannot send to “%s”: %s"), command->host,
                 answer->error->message);
}

/**
 * ph_link_name_resolved:
 * @link: a link
 * @answer: what a look-up gave, maybe one that an earlier link asked for
 *
 * Sends what waited for that name, or tells why it cannot be sent.
 */
void
ph_link_name_resolved (PhLink *link, PhCommand *answer)
{
  GQueue waited = link->waiting;

  g_queue_init (&link->waiting);
  link->waiting_bytes = 0;
  for (PhCommand *command = g_queue_pop_head (&waited); command != NULL; command = g_queue_pop_head (&waited))
    {
      if (command->id != answer->id)
        {
          link->waiting_bytes += g_bytes_get_size (command->bytes);
          g_queue_push_tail (&link->waiting, command);
          continue;
        }
      if (answer->addrs != NULL)
        {
          const PhAddr *addr = pick_addr (answer->addrs, link->family);

          g_hash_table_insert (link->names, ph_host_port_text (command->host, command->port),
                               g_memdup2 (addr, sizeof *addr));
          ph_link_send (link, command);
        }
      else
        {
          tell_unresolved (link, command, answer);
        }
      ph_command_free (command);
    }
}

/**
 * ph_link_drop_waiting:
 * @link: a link that ends
 *
 * Tells what will not be sent any more.
 */
void
ph_link_drop_waiting (PhLink *link)
{
  if (link->waiting.length > 0)
    ph_link_error (link, PH_PEER_NONE, PH_ERROR_CANCELLED,
                   ngettext ("%u message was not sent: it waited for an address",
                             "%u messages were not sent: they waited for an address", link->waiting.length),
                   link->waiting.length);
  g_queue_clear_full (&link->waiting, (GDestroyNotify) ph_command_free);
  link->waiting_bytes = 0;
}
