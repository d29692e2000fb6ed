/* ph-udp.c: UDP: opens a socket for each family, receives batches of datagrams into the store, and reports ICMP errors and drops
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-transports.h"
#include "ph-udp.h"

#include <glib/gi18n.h>
#include <stdatomic.h>
#include <string.h>

#define SEND_BUFFER (1024 * 1024) /* asked for; the system may give less */
#define BATCHES 16                /* of one event; then commands have their turn */
#define STRIDE_MIN 64u
#define BATCH_BYTES (256u * 1024u) /* of room in the store for one batch */
#define SHORT 1024u                /* every receive buffer holds more than one datagram of so many bytes */
#define GAP_MAX 64u                /* bytes that may stay unused between two payloads; over a larger gap the payload is moved */

/* ---- ICMP errors ---- */

/**
 * ph_udp_receive_errors:
 *
 * Reports the ICMP errors that the system has queued.
 *
 * Returns: how many
 */
guint
ph_udp_receive_errors (PhLink *link, PhUdpSocket *socket)
{
  PhUdp *udp = link->state;
  guint n = 0;
  PhError code;
  PhAddr to;

  /* Clears the error of the socket itself; it is reported from the queue of ICMP errors. */
  ph_plat_connect_result (socket->sock->fd, NULL);
  for (; ph_plat_next_error (socket->sock->fd, &to, &code); n++)
    ph_troubles_report (link, PH_TROUBLE_DELIVER, &to, ph_datagram_peers_number (&udp->peers, &to), code, 0);

  return n;
}

/* ---- receiving ---- */

static guint
prepare_batch (PhUdp *udp, const PhUdpSocket *socket, PhStore *store, PhDatagram *datagrams)
{
  guint n = (guint) CLAMP (BATCH_BYTES / socket->stride, 1, PH_PLAT_BATCH);
  guint8 *place = ph_store_reserve (store, n * socket->stride, n, NULL);

  for (guint i = 0; i < n; i++)
    {
      datagrams[i].buffer = place + i * socket->stride;
      datagrams[i].size = socket->stride;
      datagrams[i].spill = udp->spills[i].bytes + PH_UDP_STRIDE_MAX;
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
fits_in_place (PhUdp *udp, PhUdpSocket *socket, const PhDatagram *datagrams, guint n)
{
  for (guint i = 0; i < n; i++)
    if (datagrams[i].length > datagrams[i].size
        || (!udp->peers.full && ph_datagram_peers_number (&udp->peers, &datagrams[i].from) == PH_PEER_NONE)
        || !ph_destinations_know (&socket->destinations, &datagrams[i].to))
      return FALSE;

  return TRUE;
}

static void
commit_in_place (PhLink *link, PhUdpSocket *socket, const PhDatagram *datagrams, guint n)
{
  PhUdp *udp = link->state;
  guint8 form = atomic_load_explicit (link->form, memory_order_relaxed);
  guint8 *free_place = datagrams[0].buffer;

  for (guint i = 0; i < n; i++)
    {
      PhRecord record = record_of (&datagrams[i], ph_datagram_peers_number (&udp->peers, &datagrams[i].from),
                                   ph_destinations_number (&socket->destinations, &datagrams[i].to), form);
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
commit_by_copy (PhLink *link, PhUdpSocket *socket, const PhDatagram *datagrams, guint n)
{
  PhUdp *udp = link->state;
  guint8 form = atomic_load_explicit (link->form, memory_order_relaxed);
  guint8 *whole[PH_PLAT_BATCH];
  guint32 peers[PH_PLAT_BATCH];

  for (guint i = 0; i < n; i++)
    {
      gsize head = MIN (datagrams[i].length, datagrams[i].size);

      whole[i] = udp->spills[i].bytes + PH_UDP_STRIDE_MAX - head;
      memcpy (whole[i], datagrams[i].buffer, head);
    }
  for (guint i = 0; i < n; i++)
    {
      PhRecord record;

      ph_destinations_name (&socket->destinations, link, &datagrams[i].to);
      peers[i] = ph_datagram_peers_name (&udp->peers, link, &datagrams[i].from);
      record = record_of (&datagrams[i], peers[i],
                          ph_destinations_number (&socket->destinations, &datagrams[i].to), form);
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
learn_stride (PhUdpSocket *socket, const PhDatagram *datagrams, guint n)
{
  gsize longest = 0;

  for (guint i = 0; i < n; i++)
    longest = MAX (longest, datagrams[i].length);
  socket->stride = CLAMP ((longest + 15) & ~(gsize) 15, STRIDE_MIN, PH_UDP_STRIDE_MAX);
}

static guint
receive_batch (PhLink *link, PhUdpSocket *socket, guint *ret_wanted, PhError *ret_code)
{
  PhUdp *udp = link->state;
  PhDatagram datagrams[PH_PLAT_BATCH];
  guint n;

  *ret_wanted = prepare_batch (udp, socket, link->store, datagrams);
  n = ph_plat_receive_batch (socket->sock->fd, datagrams, *ret_wanted, ret_code);
  if (n == 0)
    return 0;
  if (link->responder == NULL && fits_in_place (udp, socket, datagrams, n))
    commit_in_place (link, socket, datagrams, n);
  else
    commit_by_copy (link, socket, datagrams, n);
  learn_stride (socket, datagrams, n);
  link->heard_addr = datagrams[n - 1].from;
  link->heard_last = ph_datagram_peers_name (&udp->peers, link, &link->heard_addr);

  return n;
}

static void
report_drops (PhLink *link, PhUdpSocket *socket)
{
  guint32 drops;
  PhWords words;

  if (!ph_plat_drops (socket->sock->fd, &drops) || drops == socket->drops)
    return;
  ph_words_init (&words, NULL, NULL);
  ph_words_add_number (&words, "count", drops - socket->drops);
  ph_link_words (link, PH_RECORD_LOSS, PH_PEER_NONE, PH_LOSS_KERNEL, &words);
  socket->drops = drops;
}

static void
wait_for_system (PhSock *sock, PhError code)
{
  ph_retry_later (&sock->receiving, code, NULL);
  ph_sock_unwatch (sock);
}

static void
receive (PhLink *link, PhUdpSocket *socket)
{
  PhUdp *udp = link->state;
  PhError code = PH_ERROR_NONE;
  guint total = 0, n, wanted;

  for (guint i = 0; i < BATCHES; i++)
    {
      n = receive_batch (link, socket, &wanted, &code);
      total += n;
      if (n < wanted || ph_store_is_over (link->store))
        break;
    }
  if (code == PH_ERROR_NONE || code == PH_ERROR_WOULD_BLOCK)
    ph_retry_worked (&socket->sock->receiving);
  else if (ph_udp_receive_errors (link, socket) == 0 && !ph_troubles_is_of_datagram (code))
    wait_for_system (socket->sock, code);
  link->rest = ph_flood_count (&udp->flood, ph_plat_monotonic (), total,
                               link->receive_buffer / ph_plat_datagram_cost (socket->stride));
  /* If there was only one short datagram, the receive buffer was not full, and nothing was dropped. */
  if (total > 1 || socket->stride > SHORT)
    report_drops (link, socket);
}

static gboolean
udp_has_queue (PhLink *link, guint32 peer)
{
  PhUdp *udp = link->state;

  for (guint i = 0; i < udp->n_sockets; i++)
    if (udp->sockets[i].sock->out.length > 0)
      return TRUE;

  return FALSE;
}

/* ---- the transport ---- */

static PhUdpSocket *
socket_of (PhSock *sock)
{
  PhUdp *udp = sock->link->state;

  return &udp->sockets[udp->n_sockets > 1 && sock == udp->sockets[1].sock ? 1 : 0];
}

static void
receive_again_cb (gpointer data)
{
  PhSock *sock = data;

  ph_sock_update (sock);
  receive (sock->link, socket_of (sock));
}

static void
send_again_cb (gpointer data)
{
  PhSock *sock = data;

  ph_udp_flush (sock->link, socket_of (sock));
}

static void
init_socket (PhLink *link, PhUdpSocket *socket, const PhBound *bound)
{
  PhSock *sock = socket->sock = ph_sock_new (link, bound->fd);

  socket->bound = bound->addr;
  socket->stride = PH_UDP_STRIDE_MAX;
  ph_destinations_init (&socket->destinations);
  sock->receiving = (PhRetry){ .link = link, .action = "receive", .on = &socket->bound, .again = receive_again_cb, .data = sock };
  sock->sending = (PhRetry){ .link = link, .action = "send", .on = &socket->bound, .again = send_again_cb, .data = sock };
}

static void
set_options (const PhBound *bound)
{
  static const struct
  {
    PhOption option;
    int value;
  } options[] = { { PH_OPTION_BROADCAST, 1 },
                  { PH_OPTION_SEND_BUFFER, SEND_BUFFER },
                  { PH_OPTION_RECEIVE_TIME, 1 },
                  { PH_OPTION_RECEIVE_ERRORS, 1 } };

  /* The socket works without any of these options. */
  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    ph_plat_set_option (bound->fd, bound->addr.family, options[i].option, options[i].value, NULL);
}

/* Makes sockets of @bound, and begins to wait for datagrams. */
static gboolean
watch_all (PhLink *link, const PhBound *bound, guint n, GError **error)
{
  PhUdp *udp = link->state;

  udp->n_sockets = n;
  for (guint i = 0; i < n; i++)
    {
      init_socket (link, &udp->sockets[i], &bound[i]);
      set_options (&bound[i]);
    }
  for (guint i = 0; i < n; i++)
    if (!ph_sock_watch (udp->sockets[i].sock, PH_IO_READ, error))
      return FALSE;

  return TRUE;
}

static void
udp_open (PhLink *link)
{
  PhUdp *udp = g_new0 (PhUdp, 1);
  PhBound bound[PH_BOUND_MAX];
  char text[PH_ADDR_TEXT_MAX];
  GError *error = NULL;
  PhAddr tried = { 0 };
  PhWords words;
  guint n;

  link->state = udp;
  ph_datagram_peers_init (&udp->peers);
  udp->spills = g_malloc_n (PH_PLAT_BATCH, sizeof *udp->spills);
  n = ph_bind_all (link, PH_SOCKET_UDP, 0, bound, &tried, &error);
  if (n == 0 || !watch_all (link, bound, n, &error))
    {
      ph_words_init (&words, "open", ph_plat_addr_text (n == 0 ? &tried : &bound[0].addr, text));
      ph_link_fail (link, &words, error);
      return;
    }
  link->family = n == 1 ? bound[0].addr.family : PH_FAMILY_NONE;
  for (guint i = 0; i < n; i++)
    {
      ph_destinations_watch (&udp->sockets[i].destinations, bound[i].fd, &bound[i].addr);
      link->receive_buffer = ph_plat_grow_receive_buffer (bound[i].fd, PH_RECEIVE_BUFFER);
      ph_link_opened (link, PH_PEER_NONE, &bound[i].addr);
    }
}

static void
udp_ready (PhLink *link, PhSock *sock, PhIo io)
{
  PhUdpSocket *socket = socket_of (sock);

  if ((io & PH_IO_ERROR) != 0)
    ph_udp_receive_errors (link, socket);
  /* On some systems an error stays until a receive call has returned it. */
  if ((io & (PH_IO_READ | PH_IO_ERROR)) != 0)
    receive (link, socket);
  if ((io & PH_IO_WRITE) != 0)
    ph_udp_flush (link, socket);
}

static void
report_unsent_at_end (PhLink *link)
{
  PhUdp *udp = link->state;
  gsize count = 0, lost = 0;
  PhWords words;

  for (guint i = 0; i < udp->n_sockets; i++)
    {
      const PhSock *sock = udp->sockets[i].sock;

      count += sock->out.length;
      lost += sock->queued - sock->out.length * sizeof (PhQueued);
    }
  if (count == 0)
    return;
  ph_words_init (&words, "send", NULL);
  ph_words_add_number (&words, "count", count);
  ph_words_add_number (&words, "lost", lost);
  ph_link_error (link, PH_PEER_NONE, PH_ERROR_CANCELLED, &words);
}

static void
udp_close (PhLink *link)
{
  PhUdp *udp = link->state;

  for (guint i = 0; i < udp->n_sockets; i++)
    report_drops (link, &udp->sockets[i]);
  report_unsent_at_end (link);
  for (guint i = 0; i < udp->n_sockets; i++)
    {
      ph_sock_retire (udp->sockets[i].sock);
      ph_destinations_clear (&udp->sockets[i].destinations);
    }
  link->state = NULL;
  ph_datagram_peers_clear (&udp->peers);
  g_free (udp->spills);
  g_free (udp);
}

static gboolean
udp_get_peer (PhLink *link, guint32 peer, PhAddr *ret_addr)
{
  PhUdp *udp = link->state;
  const PhAddr *addr = ph_datagram_peers_get_addr (&udp->peers, peer);

  if (addr != NULL)
    *ret_addr = *addr;

  return addr != NULL;
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
  .remote_hint = N_("last sender"),
  .everyone = N_("Last sender"),
  .scheme = "udp",
  .flags = PH_TRANSPORT_HAS_REMOTE,
  .options = options,
  .open = udp_open,
  .ready = udp_ready,
  .send = ph_udp_send,
  .has_queue = udp_has_queue,
  .send_many = ph_udp_send_many,
  .get_peer = udp_get_peer,
  .close = udp_close,
};
