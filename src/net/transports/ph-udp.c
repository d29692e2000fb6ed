/* ph-udp.c: UDP: receives batches of datagrams into the store, numbers peers, and reports ICMP errors and drops
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-datagram-peers.h"
#include "ph-destinations.h"
#include "ph-flood.h"
#include "ph-link.h"
#include "ph-repeater.h"
#include "ph-transports.h"

#include <glib/gi18n.h>
#include <stdatomic.h>
#include <string.h>

#define SEND_BUFFER (1024 * 1024) /* asked for; the system may give less */
#define BATCHES 16                /* of one event; then commands have their turn */
#define STRIDE_MIN 64u
#define STRIDE_MAX 65536u
#define BATCH_BYTES (256u * 1024u) /* of room in the store for one batch */
#define SHORT 1024u                /* every receive buffer holds more than one datagram of so many bytes */
#define GAP_MAX 64u                /* bytes that may stay unused between two payloads; over a larger gap the payload is moved */

/* Memory for one datagram outside of the store. What does not fit into its place in the store is received at STRIDE_MAX;
 * its head can then be copied in front of that, and the datagram is in one piece. */
typedef struct
{
  guint8 bytes[STRIDE_MAX + PH_PLAT_DATAGRAM_MAX];
} Spill;

typedef struct
{
  PhSock *sock;
  PhDatagramPeers peers;
  const PhDatagram *answering; /* nullable: what the responder is given now */
  guint32 drops;       /* the system's counter when it was read last */
  gsize stride;        /* bytes of each place of a batch: the longest datagram of the last batch fits */
  Spill *spills;       /* PH_PLAT_BATCH of them; pages that are never touched take no memory */
  PhDestinations destinations;
  PhFlood flood;
} Udp;

/* ---- the source of what is sent ---- */

/* NULL for the system's choice. */
static const PhAddr *
source_for (Udp *udp, const PhAddr *to)
{
  const PhDatagram *asked = udp->answering;
  const PhDatagramPeer *peer;

  if (asked != NULL && ph_plat_addr_equal (&asked->from, to))
    return asked->answerable ? &asked->to : NULL;
  peer = ph_datagram_peers_find (&udp->peers, to);

  return peer != NULL && peer->asked.family != PH_FAMILY_NONE ? &peer->asked : NULL;
}

/* The address is not this machine's any more. From now on the system chooses, until the peer asks another address. */
static void
lose_source (PhLink *link, const PhAddr *from, const PhAddr *to)
{
  Udp *udp = link->state;
  PhDatagramPeer *peer = ph_datagram_peers_find (&udp->peers, to);
  char text[PH_ADDR_TEXT_MAX];
  PhWords words;

  ph_words_init (&words, "answer", ph_plat_addr_host (from, text));
  ph_link_words (link, PH_RECORD_NOTE, peer != NULL ? peer->number : PH_PEER_NONE, 0, &words);
  if (peer != NULL)
    peer->asked = (PhAddr){ 0 };
}

/* ---- ICMP errors ---- */

static void
report_undelivered (PhLink *link, const PhAddr *to, PhError code)
{
  Udp *udp = link->state;
  gboolean known = to->family != PH_FAMILY_NONE; /* not every system says it */
  char text[PH_ADDR_TEXT_MAX];
  PhWords words;

  ph_words_init (&words, "deliver", known ? ph_plat_addr_text (to, text) : NULL);
  ph_link_error (link, known ? ph_datagram_peers_number (&udp->peers, to) : PH_PEER_NONE, code, &words);
}

static void
receive_errors (PhLink *link)
{
  Udp *udp = link->state;
  PhError code;
  PhAddr to;

  /* Clears the error of the socket itself; it is reported from the queue of ICMP errors. */
  ph_plat_connect_result (udp->sock->fd, NULL);
  while (ph_plat_next_error (udp->sock->fd, &to, &code))
    report_undelivered (link, &to, code);
}

/* ---- receiving ---- */

static guint
prepare_batch (Udp *udp, PhStore *store, PhDatagram *datagrams)
{
  guint n = (guint) CLAMP (BATCH_BYTES / udp->stride, 1, PH_PLAT_BATCH);
  guint8 *place = ph_store_reserve (store, n * udp->stride, n, NULL);

  for (guint i = 0; i < n; i++)
    {
      datagrams[i].buffer = place + i * udp->stride;
      datagrams[i].size = udp->stride;
      datagrams[i].spill = udp->spills[i].bytes + STRIDE_MAX;
      datagrams[i].spill_size = PH_PLAT_DATAGRAM_MAX;
    }

  return n;
}

static PhRecord
record_of (const PhDatagram *datagram, guint32 peer, guint16 destination, guint8 form)
{
  return (PhRecord){ .time = datagram->time,
                     .length = (guint32) datagram->length,
                     .peer = peer,
                     .kind = PH_RECORD_IN,
                     .form = form,
                     .detail = destination,
                     .flags = (guint16) ((datagram->truncated ? PH_RECORD_TRUNCATED : 0)
                                         | (datagram->kernel_time ? PH_RECORD_KERNEL_TIME : 0)) };
}

/* Whether a whole batch can stay where the kernel put it: all datagrams fit, and all addresses have a number. */
static gboolean
fits_in_place (Udp *udp, const PhDatagram *datagrams, guint n)
{
  for (guint i = 0; i < n; i++)
    if (datagrams[i].length > datagrams[i].size
        || (!udp->peers.full && ph_datagram_peers_number (&udp->peers, &datagrams[i].from) == PH_PEER_NONE)
        || !ph_destinations_know (&udp->destinations, &datagrams[i].to))
      return FALSE;

  return TRUE;
}

static void
commit_in_place (PhLink *link, const PhDatagram *datagrams, guint n)
{
  Udp *udp = link->state;
  guint8 form = atomic_load_explicit (link->form, memory_order_relaxed);
  guint8 *free_place = datagrams[0].buffer;

  for (guint i = 0; i < n; i++)
    {
      PhRecord record = record_of (&datagrams[i], ph_datagram_peers_number (&udp->peers, &datagrams[i].from),
                                   ph_destinations_number (&udp->destinations, &datagrams[i].to), form);
      guint8 *place = datagrams[i].buffer;

      ph_datagram_peers_remember (&udp->peers, &datagrams[i]);
      if (place - free_place > (gssize) GAP_MAX)
        place = memmove (free_place, place, datagrams[i].length);
      ph_store_commit (link->store, &record, place);
      free_place = place + datagrams[i].length;
    }
}

/* For a batch that needs other records in between, that has payloads in two pieces, or that a responder answers. All
 * payloads are copied out of the reserved room first, because the next record is written there. */
static void
commit_by_copy (PhLink *link, const PhDatagram *datagrams, guint n)
{
  Udp *udp = link->state;
  guint8 form = atomic_load_explicit (link->form, memory_order_relaxed);
  guint8 *whole[PH_PLAT_BATCH];
  guint32 peers[PH_PLAT_BATCH];

  for (guint i = 0; i < n; i++)
    {
      gsize head = MIN (datagrams[i].length, datagrams[i].size);

      whole[i] = udp->spills[i].bytes + STRIDE_MAX - head;
      memcpy (whole[i], datagrams[i].buffer, head);
    }
  for (guint i = 0; i < n; i++)
    {
      PhRecord record;

      ph_destinations_name (&udp->destinations, link, &datagrams[i].to);
      peers[i] = ph_datagram_peers_name (&udp->peers, link, &datagrams[i].from);
      record = record_of (&datagrams[i], peers[i],
                          ph_destinations_number (&udp->destinations, &datagrams[i].to), form);
      ph_store_append (link->store, &record, whole[i]);
    }
  for (guint i = 0; i < n; i++)
    {
      ph_datagram_peers_remember (&udp->peers, &datagrams[i]);
      udp->answering = &datagrams[i];
      ph_link_received (link, peers[i], &datagrams[i].from, whole[i], datagrams[i].length);
    }
  udp->answering = NULL;
}

/* The places of the next batch are as wide as the longest datagram of this one. */
static void
learn_stride (Udp *udp, const PhDatagram *datagrams, guint n)
{
  gsize longest = 0;

  for (guint i = 0; i < n; i++)
    longest = MAX (longest, datagrams[i].length);
  udp->stride = CLAMP ((longest + 15) & ~(gsize) 15, STRIDE_MIN, STRIDE_MAX);
}

static guint
receive_batch (PhLink *link, guint *ret_wanted, PhError *ret_code)
{
  Udp *udp = link->state;
  PhDatagram datagrams[PH_PLAT_BATCH];
  guint n;

  *ret_wanted = prepare_batch (udp, link->store, datagrams);
  n = ph_plat_receive_batch (udp->sock->fd, datagrams, *ret_wanted, ret_code);
  if (n == 0)
    return 0;
  if (link->responder == NULL && fits_in_place (udp, datagrams, n))
    commit_in_place (link, datagrams, n);
  else
    commit_by_copy (link, datagrams, n);
  learn_stride (udp, datagrams, n);
  link->heard_addr = datagrams[n - 1].from;
  link->heard_last = ph_datagram_peers_name (&udp->peers, link, &link->heard_addr);

  return n;
}

static void
report_drops (PhLink *link)
{
  Udp *udp = link->state;
  guint32 drops;
  PhWords words;

  if (!ph_plat_drops (udp->sock->fd, &drops) || drops == udp->drops)
    return;
  ph_words_init (&words, NULL, NULL);
  ph_words_add_number (&words, "count", drops - udp->drops);
  ph_link_words (link, PH_RECORD_LOSS, PH_PEER_NONE, PH_LOSS_KERNEL, &words);
  udp->drops = drops;
}

static void
receive (PhLink *link)
{
  Udp *udp = link->state;
  PhError code = PH_ERROR_NONE;
  guint total = 0, n, wanted;

  for (guint i = 0; i < BATCHES; i++)
    {
      n = receive_batch (link, &wanted, &code);
      total += n;
      if (n < wanted || ph_store_is_over (link->store))
        break;
    }
  if (code != PH_ERROR_NONE && code != PH_ERROR_WOULD_BLOCK)
    receive_errors (link);
  link->rest = ph_flood_count (&udp->flood, ph_plat_monotonic (), total,
                               link->receive_buffer / ph_plat_datagram_cost (udp->stride));
  /* If there was only one short datagram, the receive buffer was not full, and nothing was dropped. */
  if (total > 1 || udp->stride > SHORT)
    report_drops (link);
}

/* ---- sending ---- */

static void
report_unsent (PhLink *link, const PhAddr *to, gsize length, PhError code)
{
  Udp *udp = link->state;
  char text[PH_ADDR_TEXT_MAX];
  PhWords words;

  ph_words_init (&words, "send", ph_plat_addr_text (to, text));
  ph_words_add_number (&words, "bytes", length);
  ph_link_error (link, ph_datagram_peers_number (&udp->peers, to), code, &words);
}

static PhSendResult
enqueue (PhLink *link, const PhAddr *to, const PhOutgoing *message)
{
  Udp *udp = link->state;
  const PhAddr *from = source_for (udp, to);
  gsize length = g_bytes_get_size (message->bytes);
  PhQueued *piece;

  if (udp->sock->queued + length > PH_LIMIT_QUEUE)
    {
      report_unsent (link, to, length, PH_ERROR_NO_MEMORY);
      return ph_send_refused (PH_ERROR_NO_MEMORY);
    }
  piece = ph_queued_new (message, 0);
  piece->to = *to;
  if (from != NULL)
    piece->from = *from;
  ph_repeater_note (link, message, PH_FATE_QUEUED);
  g_queue_push_tail (&udp->sock->out, piece);
  udp->sock->queued += length + sizeof *piece; /* so that empty datagrams count too */
  ph_sock_watch (udp->sock, PH_IO_READ | PH_IO_WRITE, NULL);

  return (PhSendResult){ .queued = 1 };
}

static gssize
try_send (Udp *udp, const PhAddr *from, const PhAddr *to, const PhOutgoing *message, PhError *ret_code)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (message->bytes, &length);

  if (to->family != udp->sock->link->family)
    return *ret_code = PH_ERROR_FAMILY, -1;
  if (ph_plat_addr_lacks_interface (to))
    return *ret_code = PH_ERROR_NO_INTERFACE, -1;

  return ph_plat_send_to (udp->sock->fd, data, length, from, to, ret_code);
}

/* The result is all zero when the system takes no more for now. @from: nullable */
static PhSendResult
send_now (PhLink *link, const PhAddr *from, const PhAddr *to, const PhOutgoing *message)
{
  Udp *udp = link->state;
  PhError code = PH_ERROR_NONE;
  gssize sent = try_send (udp, from, to, message, &code);

  /* A send can fail with the ICMP error of an earlier message. That is reported on its own, and this message is tried again. */
  if (sent < 0 && (code == PH_ERROR_REFUSED || code == PH_ERROR_UNREACHABLE))
    {
      receive_errors (link);
      sent = try_send (udp, from, to, message, &code);
    }
  if (sent < 0 && code == PH_ERROR_NOT_LOCAL && from != NULL)
    {
      lose_source (link, from, to);
      sent = try_send (udp, NULL, to, message, &code);
    }
  if (sent >= 0)
    {
      ph_link_sent (link, ph_datagram_peers_name (&udp->peers, link, to), 1, message, 0, (gsize) sent);
      return (PhSendResult){ .sent = 1 };
    }
  if (code == PH_ERROR_WOULD_BLOCK)
    return (PhSendResult){ 0 };
  report_unsent (link, to, g_bytes_get_size (message->bytes), code);

  return ph_send_refused (code);
}

static void
flush (PhLink *link)
{
  Udp *udp = link->state;
  PhQueued *piece;

  while ((piece = g_queue_peek_head (&udp->sock->out)) != NULL)
    {
      const PhAddr *from = piece->from.family != PH_FAMILY_NONE ? &piece->from : NULL;
      PhSendResult result = send_now (link, from, &piece->to, &piece->message);

      if (result.sent + result.refused == 0)
        return;
      ph_repeater_note (link, &piece->message, result.sent > 0 ? PH_FATE_SENT : PH_FATE_REFUSED);
      udp->sock->queued -= g_bytes_get_size (piece->message.bytes) + sizeof *piece;
      ph_queued_free (g_queue_pop_head (&udp->sock->out));
    }
  ph_sock_watch (udp->sock, PH_IO_READ, NULL);
  ph_repeater_hurry (link);
}

static PhSendResult
udp_send (PhLink *link, guint32 peer, const PhAddr *to, const PhOutgoing *message)
{
  Udp *udp = link->state;
  PhSendResult result = { 0 };
  PhWords words;

  if (to == NULL)
    to = ph_datagram_peers_get_addr (&udp->peers, peer);
  if (to == NULL)
    {
      ph_words_init (&words, "send", NULL);
      ph_words_add (&words, "cause", "unknown-peer");
      ph_link_error (link, peer, PH_ERROR_NOT_OPEN, &words);
      return ph_send_refused (PH_ERROR_NOT_OPEN);
    }
  if (udp->sock->out.length == 0)
    result = send_now (link, source_for (udp, to), to, message);

  return result.sent + result.refused > 0 ? result : enqueue (link, to, message);
}

static void
write_sent (PhLink *link, guint32 peer, const PhOutgoing *message, guint n)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (message->bytes, &length);
  PhRecord record = { .time = ph_plat_now (), .peer = peer, .kind = PH_RECORD_OUT, .length = (guint32) length,
                      .form = message->form, .flags = message->flags, .detail = 1 };

  for (guint i = 0; i < n; i++)
    ph_store_append (link->store, &record, data);
}

/* A batch sent nothing. TRUE if that was the ICMP error of an earlier message or its source is gone, and the batch is to be tried
 * again. */
static gboolean
stopped (PhLink *link, const PhAddr *to, gsize length, PhError code, gboolean again, PhSendResult *result)
{
  Udp *udp = link->state;

  if (code == PH_ERROR_WOULD_BLOCK || code == PH_ERROR_NO_MEMORY)
    {
      ph_sock_watch (udp->sock, PH_IO_READ | PH_IO_WRITE, NULL);
      return FALSE;
    }
  if (again && (code == PH_ERROR_REFUSED || code == PH_ERROR_UNREACHABLE))
    {
      receive_errors (link);
      return TRUE;
    }
  if (code == PH_ERROR_NOT_LOCAL && source_for (udp, to) != NULL)
    {
      lose_source (link, source_for (udp, to), to);
      return TRUE;
    }
  result->refused = 1;
  result->error = code;
  report_unsent (link, to, length, code);

  return FALSE;
}

static PhSendResult
udp_send_many (PhLink *link, guint32 peer, const PhAddr *to, const PhOutgoing *message, guint most)
{
  Udp *udp = link->state;
  gsize length;
  const guint8 *data = g_bytes_get_data (message->bytes, &length);
  PhSendResult result = { 0 };
  gboolean again = TRUE;

  if (to == NULL)
    to = ph_datagram_peers_get_addr (&udp->peers, peer);
  if (to == NULL || to->family != link->family || ph_plat_addr_lacks_interface (to))
    return udp_send (link, peer, to, message); /* which reports what is wrong */
  while (result.sent < most && udp->sock->out.length == 0)
    {
      PhError code = PH_ERROR_NONE;
      guint n = ph_plat_send_batch (udp->sock->fd, data, length, source_for (udp, to), to,
                                    MIN (most - result.sent, PH_PLAT_BATCH), &code);

      if (n > 0)
        write_sent (link, ph_datagram_peers_name (&udp->peers, link, to), message, n);
      else if (!stopped (link, to, length, code, again, &result))
        break;
      again = n > 0;
      result.sent += n;
      if (ph_store_is_over (link->store))
        break;
    }

  return result;
}

static gboolean
udp_has_queue (PhLink *link, guint32 peer)
{
  return ((Udp *) link->state)->sock->out.length > 0;
}

/* ---- the transport ---- */

static void
udp_open (PhLink *link)
{
  static const struct
  {
    PhOption option;
    int value;
  } options[] = { { PH_OPTION_BROADCAST, 1 },
                  { PH_OPTION_SEND_BUFFER, SEND_BUFFER },
                  { PH_OPTION_RECEIVE_TIME, 1 },
                  { PH_OPTION_RECEIVE_ERRORS, 1 } };
  Udp *udp = g_new0 (Udp, 1);
  char text[PH_ADDR_TEXT_MAX];
  GError *error = NULL;
  PhWords words;
  PhAddr local;
  PhFd fd;

  link->state = udp;
  ph_datagram_peers_init (&udp->peers);
  ph_destinations_init (&udp->destinations);
  udp->stride = STRIDE_MAX;
  udp->spills = g_malloc_n (PH_PLAT_BATCH, sizeof *udp->spills);
  fd = ph_link_bind (link, PH_SOCKET_UDP, PH_FAMILY_NONE, &local, &error);
  if (fd != PH_FD_NONE)
    udp->sock = ph_sock_new (link, fd);
  /* The socket works without any of these options. */
  for (guint i = 0; fd != PH_FD_NONE && i < G_N_ELEMENTS (options); i++)
    ph_plat_set_option (fd, local.family, options[i].option, options[i].value, NULL);
  if (fd == PH_FD_NONE || !ph_sock_watch (udp->sock, PH_IO_READ, &error))
    {
      ph_words_init (&words, "open", ph_plat_addr_text (&local, text));
      ph_link_fail (link, &words, error);
      return;
    }
  link->family = local.family;
  ph_plat_local_addr (fd, &local);
  ph_destinations_watch (&udp->destinations, fd, &local);
  link->receive_buffer = ph_plat_grow_receive_buffer (fd, PH_RECEIVE_BUFFER);
  ph_link_opened (link, PH_PEER_NONE, &local);
}

static void
udp_ready (PhLink *link, PhSock *sock, PhIo io)
{
  if ((io & PH_IO_ERROR) != 0)
    receive_errors (link);
  /* On some systems an error stays until a receive call has returned it. */
  if ((io & (PH_IO_READ | PH_IO_ERROR)) != 0)
    receive (link);
  if ((io & PH_IO_WRITE) != 0)
    flush (link);
}

static void
udp_close (PhLink *link)
{
  Udp *udp = link->state;
  PhWords words;

  if (udp->sock != NULL)
    report_drops (link);
  if (udp->sock != NULL && udp->sock->out.length > 0)
    {
      ph_words_init (&words, "send", NULL);
      ph_words_add_number (&words, "count", udp->sock->out.length);
      ph_words_add_number (&words, "lost", udp->sock->queued - udp->sock->out.length * sizeof (PhQueued));
      ph_link_error (link, PH_PEER_NONE, PH_ERROR_CANCELLED, &words);
    }
  if (udp->sock != NULL)
    ph_sock_retire (udp->sock);
  link->state = NULL;
  ph_datagram_peers_clear (&udp->peers);
  ph_destinations_clear (&udp->destinations);
  g_free (udp->spills);
  g_free (udp);
}

static const PhOptionSpec *const options[] = { NULL };

const PhTransport ph_udp_transport = {
  .id = "udp",
  .name = N_("UDP"),
  .summary = N_("sends and receives datagrams"),
  .open_verb = N_("Open"),
  .close_verb = N_("Close"),
  .opening = N_("Opening…"),
  .local_hint = N_("all addresses"),
  .remote_hint = N_("peer heard last"),
  .everyone = N_("Peer heard last"),
  .scheme = "udp",
  .flags = PH_TRANSPORT_HAS_REMOTE,
  .options = options,
  .open = udp_open,
  .ready = udp_ready,
  .send = udp_send,
  .has_queue = udp_has_queue,
  .send_many = udp_send_many,
  .close = udp_close,
};
