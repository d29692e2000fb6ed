/* ph-link.c: one open endpoint: its names are resolved, it is opened, it ends, and each step is written as a record
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-link.h"

#include "ph-destinations.h"
#include "ph-feeder.h"
#include "ph-repeater.h"
#include "ph-resolver.h"
#include "ph-stream.h"

#include <string.h>

#define OPENING_MEMORY ((gsize) 16 * 1024 * 1024) /* bytes: more than the buffers of any transport */
#define PART_MIN ((gsize) 64 * 1024) /* a message of up to so many bytes is in one record */

/**
 * ph_link_new:
 * @store, @timers, @next_peer, @graveyard: borrowed from the worker
 * @inbox: look-ups put their answers there
 * @endpoint: copied
 *
 * Returns: (transfer full): a link that has not started
 */
PhLink *
ph_link_new (PhStore *store, PhInbox *inbox, PhTimers *timers, guint32 *next_peer, GPtrArray *graveyard,
             const PhEndpoint *endpoint)
{
  PhLink *link = g_new0 (PhLink, 1);

  link->store = store;
  link->inbox = inbox;
  link->poll = ph_inbox_get_poll (inbox);
  link->timers = timers;
  link->next_peer = next_peer;
  link->graveyard = graveyard;
  link->endpoint = ph_endpoint_copy (endpoint);
  link->transport = ph_transport_find (endpoint->transport);
  link->responder = ph_responder_find (endpoint->responder);
  link->repeaters = g_ptr_array_new ();
  link->random = (guint64) g_random_int () << 32 | g_random_int ();
  link->hosts = ph_hosts_new ();

  return link;
}

/** ph_link_free: @link: (transfer full): it must have ended */
void
ph_link_free (PhLink *link)
{
  g_clear_pointer (&link->local, g_array_unref);
  g_clear_pointer (&link->remote, g_array_unref);
  ph_hosts_free (link->hosts);
  g_ptr_array_unref (link->repeaters);
  g_free (link->remote_key);
  ph_endpoint_free (link->endpoint);
  g_free (link);
}

/* ---- records ---- */

/**
 * ph_link_event:
 * @detail: by kind
 * @text: (nullable): the payload, UTF-8
 *
 * Writes a record with the present time.
 */
void
ph_link_event (PhLink *link, PhRecordKind kind, guint32 peer, guint16 detail, const char *text)
{
  PhRecord record = { .time = ph_plat_now (),
                      .length = text != NULL ? (guint32) strlen (text) : 0,
                      .peer = peer,
                      .kind = (guint8) kind,
                      .detail = detail };

  ph_store_append (link->store, &record, text);
}

/**
 * ph_link_words:
 * @detail: by kind
 *
 * Writes a record with the present time.
 */
void
ph_link_words (PhLink *link, PhRecordKind kind, guint32 peer, guint16 detail, const PhWords *words)
{
  PhRecord record = { .time = ph_plat_now (),
                      .length = (guint32) words->length,
                      .peer = peer,
                      .kind = (guint8) kind,
                      .detail = detail };

  ph_store_append (link->store, &record, words->bytes);
}

/**
 * ph_link_error:
 * @code: why
 * @words: what was tried, on what, and the numbers; ph-format-event.c has a row for each
 *
 * Writes an error record that does not end the link.
 */
void
ph_link_error (PhLink *link, guint32 peer, PhError code, const PhWords *words)
{
  ph_link_words (link, PH_RECORD_ERROR, peer, (guint16) code, words);
}

static PhRecord
out_record (PhLink *link, guint32 peer, const PhOutgoing *message)
{
  gboolean stream = (link->transport->flags & PH_TRANSPORT_STREAM) != 0;

  return (PhRecord){ .time = ph_plat_now (),
                     .peer = peer,
                     .kind = PH_RECORD_OUT,
                     .form = message->form,
                     .flags = (guint16) (message->flags | (stream ? PH_RECORD_STREAM : 0)) };
}

/**
 * ph_link_sent:
 * @clients: how many peers took it
 * @from: of the message's bytes, the first that is meant
 * @n: bytes that the system took; 0 gives a record too
 *
 * Writes an OUT record with the present time, or several if one cannot hold it. All but the last one of a message carry
 * %PH_RECORD_MORE.
 */
void
ph_link_sent (PhLink *link, guint32 peer, guint16 clients, const PhOutgoing *message, gsize from, gsize n)
{
  PhRecord record = out_record (link, peer, message);
  guint16 flags = record.flags;
  gsize length;
  const guint8 *bytes = g_bytes_get_data (message->bytes, &length);
  gsize end = from + n;

  record.detail = clients;
  if (message->number >= PH_FEEDER_NUMBER)
    ph_feeder_sent (link, n);
  do
    {
      gsize room;
      guint8 *place = ph_store_reserve (link->store, MIN (end - from, PART_MIN), 1, &room);
      gsize part = MIN (end - from, MIN (room, PH_STORE_PAYLOAD_MAX));

      record.length = (guint32) part;
      record.flags = (guint16) (flags | (from + part < length ? PH_RECORD_MORE : 0));
      if (part > 0)
        memcpy (place, bytes + from, part);
      ph_store_commit (link->store, &record, place);
      from += part;
      flags &= (guint16) ~PH_RECORD_NOT_WHOLE; /* once for each client */
    }
  while (from < end);
}

/**
 * ph_link_not_whole:
 * @n: bytes that the system took at once, maybe 0, but not all
 * @queued: whether the rest is queued; if not, the message was refused
 *
 * Writes the OUT record of a client that did not take all of a message to all at once. It follows the record for all.
 */
void
ph_link_not_whole (PhLink *link, guint32 peer, const PhOutgoing *message, gsize n, gboolean queued)
{
  PhOutgoing part = *message;
  PhRecord record;

  part.flags |= PH_RECORD_NOT_WHOLE;
  if (n > 0)
    {
      ph_link_sent (link, peer, 1, &part, 0, n);
      return;
    }
  record = out_record (link, peer, &part);
  record.detail = 1;
  record.flags = (guint16) (record.flags | (queued ? PH_RECORD_MORE : 0));
  ph_store_append (link->store, &record, NULL);
}

/**
 * ph_link_name_peer:
 * @kind: %PH_RECORD_PEER or %PH_RECORD_JOINED
 *
 * Gives a peer a new number, and writes the record that says so.
 *
 * Returns: the number
 */
guint32
ph_link_name_peer (PhLink *link, PhRecordKind kind, const PhAddr *addr)
{
  char text[PH_ADDR_TEXT_MAX];
  guint32 number = (*link->next_peer)++;

  ph_link_event (link, kind, number, 0, ph_plat_addr_text (addr, text));

  return number;
}

/* ---- what was received ---- */

/* A datagram of the link's own socket. The addresses of this machine are asked for only when another sender comes. */
static gboolean
is_self (PhLink *link, const PhAddr *from)
{
  static const guint8 any[sizeof from->ip] = { 0 };

  if ((link->transport->flags & PH_TRANSPORT_STREAM) != 0 || from->port != link->bound.port)
    return FALSE;
  if (memcmp (link->bound.ip, any, sizeof any) != 0)
    return memcmp (from->ip, link->bound.ip, sizeof from->ip) == 0;
  if (!ph_plat_addr_equal (from, &link->sender))
    {
      link->sender = *from;
      link->sender_is_self = ph_destinations_is_of_this_machine (from);
    }

  return link->sender_is_self;
}

/**
 * ph_link_received:
 * @from: the peer's address
 * @bytes: a datagram, or a read of a stream; they stay valid until a record is written
 *
 * Transports call this for all data after its records are committed; a link without a responder does not need it. The connection may be gone afterwards.
 */
void
ph_link_received (PhLink *link, guint32 peer, const PhAddr *from, const guint8 *bytes, gsize n)
{
  if (link->responder != NULL && !is_self (link, from))
    link->responder->received (link, peer, from, bytes, n);
}

/**
 * ph_link_answer:
 * @peer: as a responder was given it
 * @to: as a responder was given it
 *
 * Sends what a responder answers.
 */
void
ph_link_answer (PhLink *link, guint32 peer, const PhAddr *to, GBytes *bytes)
{
  const PhOutgoing answer = { .bytes = bytes, .flags = PH_RECORD_ANSWER };

  if ((link->transport->flags & PH_TRANSPORT_STREAM) != 0)
    link->transport->send (link, peer, NULL, &answer);
  else
    link->transport->send (link, PH_PEER_NONE, to, &answer);
}

/* ---- opening ---- */

static void
answer_cb (guint64 id, GArray *addrs, GError *error, gpointer inbox)
{
  PhCommand *answer = g_new0 (PhCommand, 1);

  answer->kind = PH_COMMAND_RESOLVED;
  answer->id = id;
  answer->addrs = addrs;
  answer->error = error;
  ph_inbox_push (inbox, answer);
}

/**
 * ph_link_look_up:
 * @place: an IP place with a name; its port goes into what is found
 *
 * The answer comes as a command of kind %PH_COMMAND_RESOLVED.
 *
 * Returns: the id of the answer
 */
guint64
ph_link_look_up (PhLink *link, const PhPlace *place)
{
  /* Unique in the program: a link ignores the answer that an earlier link has asked for. */
  static _Atomic guint64 serial;
  guint64 id = ++serial;

  ph_resolver_start (place, id, answer_cb, ph_inbox_ref (link->inbox), (GDestroyNotify) ph_inbox_unref);

  return id;
}

static GArray *
one_addr (PhAddr addr)
{
  GArray *addrs = g_array_new (FALSE, FALSE, sizeof (PhAddr));

  return g_array_append_val (addrs, addr);
}

/* An empty local address means all addresses of this machine, or those from which the remote address can be reached: of a name
 * that has both kinds, IPv4. */
static GArray *
any_local (PhLink *link)
{
  guint16 port = (guint16) MAX (link->endpoint->local.port, 0);
  PhFamily family = PH_FAMILY_NONE;
  GArray *addrs = g_array_new (FALSE, FALSE, sizeof (PhAddr));
  PhAddr addr;

  for (guint i = 0; link->remote != NULL && i < link->remote->len && family != PH_FAMILY_IPV4; i++)
    family = g_array_index (link->remote, PhAddr, i).family;
  if (family != PH_FAMILY_IPV6 && ph_plat_addr_parse ("0.0.0.0", port, &addr))
    g_array_append_val (addrs, addr);
  if (family != PH_FAMILY_IPV4 && ph_plat_addr_parse ("::", port, &addr))
    g_array_append_val (addrs, addr);
  link->everywhere = addrs->len > 1;

  return addrs;
}

/* Fills in the addresses of a place. FALSE if a look-up had to be started for that. */
static gboolean
settle (PhLink *link, GArray **addrs, const PhPlace *place)
{
  PhAddr addr;

  if (*addrs != NULL || !ph_place_has_name (place))
    return TRUE;
  if (ph_plat_addr_parse (place->name, (guint16) MAX (place->port, 0), &addr))
    return *addrs = one_addr (addr), TRUE;
  link->resolving = ph_link_look_up (link, place);

  return FALSE;
}

/* The next step of opening: resolve the remote name, resolve the local name, open the transport. */
static void
advance (PhLink *link)
{
  const PhEndpoint *endpoint = link->endpoint;

  if (!settle (link, &link->remote, &endpoint->remote) || !settle (link, &link->local, &endpoint->local))
    return;
  if (link->local == NULL)
    link->local = any_local (link);
  link->started = TRUE;
  link->transport->open (link);
}

/**
 * ph_link_start:
 * Begins to open. Records say how it goes on.
 */
void
ph_link_start (PhLink *link)
{
  gboolean stream = link->transport != NULL && (link->transport->flags & PH_TRANSPORT_STREAM) != 0;
  GError *error = NULL;
  PhWords words;

  ph_endpoint_write (link->endpoint, &words);
  ph_link_words (link, PH_RECORD_OPENING, PH_PEER_NONE, stream ? PH_OPENING_STREAM : PH_OPENING_DATAGRAMS, &words);
  if (ph_endpoint_check (link->endpoint, &error) && (ph_plat_has_memory (OPENING_MEMORY) || ph_error_no_memory (&error)))
    {
      advance (link);
      return;
    }
  ph_words_init (&words, "open", NULL);
  ph_link_fail (link, &words, error);
}

/**
 * ph_link_resolved:
 * @answer: of kind %PH_COMMAND_RESOLVED; it may be for an earlier link
 */
void
ph_link_resolved (PhLink *link, PhCommand *answer)
{
  gboolean for_remote = link->remote == NULL && ph_place_has_name (&link->endpoint->remote);
  const char *host = for_remote ? link->endpoint->remote.name : link->endpoint->local.name;

  if (link->resolving == 0 || answer->id != link->resolving)
    {
      ph_target_resolved (link, answer->id, answer->addrs, answer->error);
      return;
    }
  link->resolving = 0;
  if (answer->addrs == NULL)
    {
      PhWords words;

      ph_words_init (&words, "resolve", host);
      ph_link_fail (link, &words, g_steal_pointer (&answer->error));
      return;
    }
  if (for_remote)
    link->remote_found = ph_plat_monotonic ();
  *(for_remote ? &link->remote : &link->local) = g_steal_pointer (&answer->addrs);
  advance (link);
}

/**
 * ph_link_opened:
 * @peer: the server of a TCP client, else %PH_PEER_NONE
 * @local: the address that the system has bound
 *
 * Writes an OPEN record. Called once for each socket that was bound.
 */
void
ph_link_opened (PhLink *link, guint32 peer, const PhAddr *local)
{
  char text[PH_ADDR_TEXT_MAX];

  if (!link->open)
    link->bound = *local;
  link->open = TRUE;
  ph_link_event (link, PH_RECORD_OPEN, peer, (guint16) MIN (link->receive_buffer >> 10, G_MAXUINT16), ph_plat_addr_text (local, text));
}

/* ---- ends ---- */

/**
 * ph_link_left:
 * @kind: %PH_RECORD_LEFT or %PH_RECORD_CLOSED
 *
 * Writes the record that says who ended a connection or the link, and why.
 */
void
ph_link_left (PhLink *link, PhRecordKind kind, guint32 peer, PhLeft why)
{
  PhWords words;

  ph_words_init (&words, NULL, NULL);
  if (why == PH_LEFT_IDLE)
    ph_words_add_number (&words, "after", (guint64) ph_endpoint_get_option (link->endpoint, &ph_stream_half_close));
  ph_link_words (link, kind, peer, (guint16) why, &words);
}

/**
 * ph_link_end:
 * Closes all sockets and writes the CLOSED record. The worker frees the link after the current round. Does nothing for a
 * link that has ended.
 */
void
ph_link_end (PhLink *link, PhLeft why)
{
  if (link->closed)
    return;
  ph_repeater_stop_all (link);
  ph_feeder_stop (link, why);
  ph_target_drop_waiting (link);
  if (link->started)
    link->transport->close (link);
  ph_troubles_clear (link);
  link->closed = TRUE;
  ph_link_left (link, PH_RECORD_CLOSED, PH_PEER_NONE, why);
}

/**
 * ph_link_finish:
 *
 * The user sends nothing more. What is queued, and a repeat, still go out.
 */
void
ph_link_finish (PhLink *link)
{
  link->finished = TRUE;
  ph_link_check_finished (link);
}

/** ph_link_is_finished: Returns: whether nothing more will be handed over to be sent */
gboolean
ph_link_is_finished (PhLink *link)
{
  return link->finished && link->repeaters->len == 0 && link->feeder == NULL;
}

/** ph_link_check_finished: ends what was open only because something might still be sent. */
void
ph_link_check_finished (PhLink *link)
{
  if (link->started && !link->closed && link->transport->finish != NULL && ph_link_is_finished (link))
    link->transport->finish (link);
}

/**
 * ph_link_fail:
 * @words: what was tried; the cause that @error has is added
 * @error: (transfer full):
 *
 * Writes an error record and ends the link.
 */
void
ph_link_fail (PhLink *link, PhWords *words, GError *error)
{
  PhRecord record = { .time = ph_plat_now (),
                      .kind = PH_RECORD_ERROR,
                      .flags = PH_RECORD_FATAL,
                      .detail = error->domain == PH_ERROR ? (guint16) error->code : PH_ERROR_FAILED };

  if (!link->closed)
    {
      ph_words_add (words, "cause", ph_error_get_cause (error));
      record.length = (guint32) words->length;
      ph_store_append (link->store, &record, words->bytes);
      ph_link_end (link, PH_LEFT_FAILED);
    }
  g_error_free (error);
}
