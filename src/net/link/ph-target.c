/* ph-target.c: the target of a message, and how a message gets from there to a transport
 *
 * A datagram may be sent to a name. Messages wait in order until its address is found. The address is asked for again from time to
 * time; it serves meanwhile, if it was used lately.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-target.h"

#include "ph-link.h"
#include "ph-repeater.h"

#define WAITING_MAX 10000u /* messages that wait for the address of a name */

/* A message that waits for the address of its target's name. */
typedef struct
{
  guint64 id; /* of the look-up */
  PhTarget target;
  PhOutgoing message;
} Waiting;

/**
 * ph_target_copy:
 * @ret_copy: (out caller-allocates): freed by ph_target_clear()
 */
void
ph_target_copy (const PhTarget *target, PhTarget *ret_copy)
{
  *ret_copy = *target;
  ret_copy->place.name = g_strdup (target->place.name);
}

/** ph_target_clear: frees what a copy of a target owns. */
void
ph_target_clear (PhTarget *target)
{
  ph_place_clear (&target->place);
}

static void
waiting_free (Waiting *waiting)
{
  ph_target_clear (&waiting->target);
  g_bytes_unref (waiting->message.bytes);
  g_free (waiting);
}

static void
report_error (PhLink *link, PhError code, const char *cause, const char *on)
{
  PhWords words;

  ph_words_init (&words, "send", on);
  ph_words_add (&words, "cause", cause);
  ph_link_error (link, PH_PEER_NONE, code, &words);
}

/* The first address of the link's family; where it has both, IPv4 goes first, as it does where the link is opened. */
static const PhAddr *
pick_addr (const GArray *addrs, PhFamily family)
{
  if (family == PH_FAMILY_NONE)
    family = PH_FAMILY_IPV4;
  for (guint i = 0; i < addrs->len; i++)
    if (g_array_index (addrs, PhAddr, i).family == family)
      return &g_array_index (addrs, PhAddr, i);

  return &g_array_index (addrs, PhAddr, 0);
}

/* The first message that waits for the same name. */
static const Waiting *
find_waiting (PhLink *link, const PhTarget *target)
{
  for (GList *at = link->waiting.head; at != NULL; at = at->next)
    {
      const Waiting *other = at->data;

      if (ph_place_equal (&other->target.place, &target->place))
        return other;
    }

  return NULL;
}

/* Queues a message until its name is resolved. Messages to one name share a look-up. */
static PhSendResult
wait_for_name (PhLink *link, const PhTarget *target, const PhOutgoing *message, const char *key)
{
  const Waiting *first = find_waiting (link, target);
  Waiting *waiting;

  if (link->waiting.length >= WAITING_MAX || link->waiting_bytes + g_bytes_get_size (message->bytes) > PH_LIMIT_QUEUE)
    {
      report_error (link, PH_ERROR_QUEUE_FULL, "too-many-wait", key);
      return ph_send_refused (PH_ERROR_QUEUE_FULL);
    }
  waiting = g_new0 (Waiting, 1);
  waiting->id = first != NULL ? first->id : ph_link_look_up (link, &target->place);
  ph_hosts_asked (link->hosts, key, waiting->id, ph_plat_monotonic ());
  waiting->message = *message;
  waiting->message.batch = NULL;
  g_bytes_ref (waiting->message.bytes);
  ph_repeater_note (link, message, PH_FATE_QUEUED);
  ph_target_copy (target, &waiting->target);
  link->waiting_bytes += g_bytes_get_size (message->bytes);
  g_queue_push_tail (&link->waiting, waiting);

  return (PhSendResult){ .queued = 1 };
}

/* Calls the transport. With @most 0 it sends once, and what the system does not take is queued; else up to @most times,
 * and only the rest of a message that has begun is queued. */
static PhSendResult
hand_over (PhLink *link, guint32 peer, const PhAddr *to, const PhOutgoing *message, guint most)
{
  const PhTransport *transport = link->transport;
  PhOutgoing each = *message;
  PhSendResult all = { 0 };

  if (most == 0)
    return transport->send (link, peer, to, message);
  if (transport->send_many != NULL)
    return transport->send_many (link, peer, to, message, most);
  for (guint n = 0; n < most && (n == 0 || !ph_store_is_over (link->store)); n++)
    {
      PhSendResult one;

      if (link->closed || all.error != PH_ERROR_NONE || transport->has_queue (link, peer))
        break;
      if (message->batch != NULL)
        each.bytes = message->batch[n];
      one = transport->send (link, peer, to, &each);
      if (one.sent > 0)
        ph_repeater_note (link, &each, PH_FATE_TAKEN);
      each.number++;
      all.sent += one.sent;
      all.queued += one.queued;
      all.refused += one.refused;
      all.error = one.error;
    }

  return all;
}

/* The address of a name, if it is known and may be used; if it is old, it is asked for again. */
static gboolean
find_known (PhLink *link, const PhPlace *place, const char *key, PhAddr *ret_addr)
{
  gint64 now = ph_plat_monotonic ();
  PhHostAge age;
  const PhAddr *known = ph_hosts_get (link->hosts, key, now, &age);

  if (known == NULL || age == PH_HOST_UNUSED)
    return FALSE;
  *ret_addr = *known;
  if (age == PH_HOST_OLD)
    ph_hosts_asked (link->hosts, key, ph_link_look_up (link, place), now);

  return TRUE;
}

/* @key: of the target's name in the table of hosts. */
static PhSendResult
send_to_host (PhLink *link, const PhTarget *target, const char *key, const PhOutgoing *message, guint most)
{
  PhAddr addr;

  if (find_waiting (link, target) == NULL && find_known (link, &target->place, key, &addr))
    return hand_over (link, PH_PEER_NONE, &addr, message, most);

  return wait_for_name (link, target, message, key);
}

static PhSendResult
send_to_name (PhLink *link, const PhTarget *target, const PhOutgoing *message, guint most)
{
  const PhPlace *place = &target->place;
  g_autofree char *key = NULL;
  PhAddr addr;

  if (place->kind != PH_PLACE_IP || place->port < 1 || place->port > G_MAXUINT16)
    {
      report_error (link, PH_ERROR_INVALID, "no-remote-port", place->name);
      return ph_send_refused (PH_ERROR_INVALID);
    }
  if (ph_plat_addr_parse (place->name, (guint16) place->port, &addr))
    return hand_over (link, PH_PEER_NONE, &addr, message, most);
  key = ph_place_dup_text (place);

  return send_to_host (link, target, key, message, most);
}

/* To the endpoint's remote address. If it is a name, its address was found when the link was opened. */
static PhSendResult
send_to_remote (PhLink *link, const PhOutgoing *message, guint most)
{
  const PhTarget target = { .peer = PH_PEER_NONE, .place = link->endpoint->remote };
  const PhAddr *addr = pick_addr (link->remote, link->family);
  PhAddr literal;

  if (ph_plat_addr_parse (target.place.name, (guint16) MAX (target.place.port, 0), &literal))
    return hand_over (link, PH_PEER_NONE, addr, message, most);
  if (link->remote_key == NULL)
    {
      link->remote_key = ph_place_dup_text (&target.place);
      ph_hosts_put (link->hosts, link->remote_key, addr, link->remote_found);
    }

  return send_to_host (link, &target, link->remote_key, message, most);
}

static gboolean
has_heard (PhLink *link)
{
  return link->heard_addr.family != PH_FAMILY_NONE;
}

static PhSendResult
send_to_heard (PhLink *link, const PhOutgoing *message, guint most)
{
  gboolean numbered = link->heard_last != PH_PEER_NONE;

  return hand_over (link, link->heard_last, numbered ? NULL : &link->heard_addr, message, most);
}

/* The target names nobody: the endpoint's remote address, or the peer heard last. */
static PhSendResult
send_to_default (PhLink *link, gboolean heard_last, const PhOutgoing *message, guint most)
{
  if ((link->transport->flags & PH_TRANSPORT_STREAM) != 0)
    return hand_over (link, PH_PEER_ALL, NULL, message, most);
  if (link->remote != NULL && !heard_last)
    return send_to_remote (link, message, most);
  if (has_heard (link))
    return send_to_heard (link, message, most);
  report_error (link, PH_ERROR_INVALID, "no-target", NULL);

  return ph_send_refused (PH_ERROR_INVALID);
}

/**
 * ph_target_send:
 * @most: how many times to send at most, without a queue; 0: once, and what the system does not take is queued
 *
 * Sends to a target, or queues the message until the address of its name is known. Writes the records.
 */
PhSendResult
ph_target_send (PhLink *link, const PhTarget *target, const PhOutgoing *message, guint most)
{
  if (!link->open || link->closed)
    {
      report_error (link, PH_ERROR_NOT_OPEN, NULL, NULL);
      return ph_send_refused (PH_ERROR_NOT_OPEN);
    }
  if ((link->transport->flags & PH_TRANSPORT_STREAM) != 0 && g_bytes_get_size (message->bytes) == 0)
    {
      report_error (link, PH_ERROR_INVALID, "empty", NULL);
      return ph_send_refused (PH_ERROR_INVALID);
    }
  if (target->peer != PH_PEER_NONE)
    return hand_over (link, target->peer, NULL, message, most);
  if (ph_target_is_heard (link, target))
    return send_to_heard (link, message, most);
  if (ph_place_has_name (&target->place))
    return send_to_name (link, target, message, most);

  return send_to_default (link, target->heard_last, message, most);
}

/** ph_target_is_heard: Returns: whether @target follows the peer heard last, and there is one */
gboolean
ph_target_is_heard (PhLink *link, const PhTarget *target)
{
  return target->follow && target->peer == PH_PEER_NONE && has_heard (link);
}

/** ph_target_has_queue: Returns: whether a message to this target would be queued now; to all clients: whether it would be for each */
gboolean
ph_target_has_queue (PhLink *link, const PhTarget *target)
{
  gboolean all = target->peer == PH_PEER_NONE && (link->transport->flags & PH_TRANSPORT_STREAM) != 0;

  return link->open && link->transport->has_queue (link, all ? PH_PEER_ALL : target->peer);
}

/** ph_target_is_waiting: Returns: whether a message waits for the address of this target's name */
gboolean
ph_target_is_waiting (PhLink *link, const PhTarget *target)
{
  const PhTarget remote = { .peer = PH_PEER_NONE, .place = link->endpoint->remote };

  if (target->peer != PH_PEER_NONE || link->waiting.length == 0 || ph_target_is_heard (link, target))
    return FALSE;
  if (!ph_place_has_name (&target->place))
    return !target->heard_last && find_waiting (link, &remote) != NULL;

  return find_waiting (link, target) != NULL;
}

/* It waits for its address no more; the socket's queue counts on its own. */
static void
send_waiting (PhLink *link, const Waiting *waiting)
{
  PhSendResult result = ph_target_send (link, &waiting->target, &waiting->message, 0);

  ph_repeater_note (link, &waiting->message, result.sent > 0 ? PH_FATE_SENT : PH_FATE_REFUSED);
}

/* The answer for a name that was asked for again. Returns: whether it is one; then an address is known, if only the old one. */
static gboolean
note_answer (PhLink *link, guint64 id, const GArray *addrs, const GError *error)
{
  const PhAddr *addr = addrs != NULL ? pick_addr (addrs, link->family) : NULL;
  gboolean changed;
  const char *key = ph_hosts_answered (link->hosts, id, addr, &changed);
  char text[PH_ADDR_TEXT_MAX];
  PhWords words;

  if (key == NULL || (addr != NULL && !changed))
    return key != NULL;
  ph_words_init (&words, "resolve", key);
  ph_words_add (&words, "cause", addr != NULL ? "changed" : ph_error_get_cause (error));
  if (addr != NULL)
    ph_words_add (&words, "address", ph_plat_addr_text (addr, text));
  ph_link_words (link, PH_RECORD_NOTE, PH_PEER_NONE, addr != NULL ? PH_ERROR_NONE : (guint16) error->code, &words);

  return TRUE;
}

/**
 * ph_target_resolved:
 * @id: of the look-up; an unknown one, asked for by an earlier link, is ignored
 * @addrs: (nullable) (element-type PhAddr): what was found
 * @error: (nullable): why nothing was found
 *
 * Sends the messages that wait for this name, or writes an error record for each.
 */
void
ph_target_resolved (PhLink *link, guint64 id, const GArray *addrs, const GError *error)
{
  GQueue waited = link->waiting;
  gboolean again = note_answer (link, id, addrs, error);

  g_queue_init (&link->waiting);
  link->waiting_bytes = 0;
  for (Waiting *waiting = g_queue_pop_head (&waited); waiting != NULL; waiting = g_queue_pop_head (&waited))
    {
      const PhTarget *target = &waiting->target;

      if (waiting->id != id)
        {
          link->waiting_bytes += g_bytes_get_size (waiting->message.bytes);
          g_queue_push_tail (&link->waiting, waiting);
          continue;
        }
      if (addrs != NULL)
        {
          g_autofree char *key = ph_place_dup_text (&target->place);

          ph_hosts_put (link->hosts, key, pick_addr (addrs, link->family), ph_plat_monotonic ());
          send_waiting (link, waiting);
        }
      else if (again)
        {
          send_waiting (link, waiting);
        }
      else
        {
          ph_repeater_note (link, &waiting->message, PH_FATE_REFUSED);
          report_error (link, (PhError) error->code, ph_error_get_cause (error), target->place.name);
        }
      waiting_free (waiting);
    }
}

/**
 * ph_target_drop_waiting:
 *
 * For a link that ends: frees the messages that still wait, with an error record that counts them.
 */
void
ph_target_drop_waiting (PhLink *link)
{
  PhWords words;

  ph_words_init (&words, "send", NULL);
  ph_words_add (&words, "cause", "waits-for-address");
  ph_words_add_number (&words, "count", link->waiting.length);
  ph_words_add_number (&words, "lost", link->waiting_bytes);
  if (link->waiting.length > 0)
    ph_link_error (link, PH_PEER_NONE, PH_ERROR_CANCELLED, &words);
  g_queue_clear_full (&link->waiting, (GDestroyNotify) waiting_free);
  link->waiting_bytes = 0;
}
