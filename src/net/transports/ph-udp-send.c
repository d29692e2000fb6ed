/* ph-udp-send.c: UDP: sends datagrams from the address that was asked, and queues what the system does not take
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-udp.h"

#include "ph-feeder.h"
#include "ph-repeater.h"

/* The socket for datagrams to this address; NULL if there is none of its family. */
static PhUdpSocket *
socket_for (PhUdp *udp, const PhAddr *to)
{
  for (guint i = 0; i < udp->n_sockets; i++)
    if (udp->sockets[i].bound.family == to->family)
      return &udp->sockets[i];

  return NULL;
}

/* NULL for the system's choice. */
static const PhAddr *
source_for (PhUdp *udp, const PhAddr *to)
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
  PhUdp *udp = link->state;
  PhDatagramPeer *peer = ph_datagram_peers_find (&udp->peers, to);
  char text[PH_ADDR_TEXT_MAX];
  PhWords words;

  ph_words_init (&words, "answer", ph_plat_addr_host (from, text));
  ph_link_words (link, PH_RECORD_NOTE, peer != NULL ? peer->number : PH_PEER_NONE, 0, &words);
  if (peer != NULL)
    peer->asked = (PhAddr){ 0 };
}

/* ---- sending ---- */

static void
report_unsent (PhLink *link, const PhAddr *to, gsize length, PhError code)
{
  PhUdp *udp = link->state;

  ph_troubles_report (link, PH_TROUBLE_SEND, to, ph_datagram_peers_number (&udp->peers, to), code, length);
}

static PhSendResult
enqueue (PhLink *link, PhSock *sock, const PhAddr *to, const PhOutgoing *message)
{
  PhUdp *udp = link->state;
  const PhAddr *from = source_for (udp, to);
  gsize length = g_bytes_get_size (message->bytes);
  PhQueued *piece;

  if (sock->queued + length > PH_LIMIT_QUEUE)
    {
      report_unsent (link, to, length, PH_ERROR_QUEUE_FULL);
      return ph_send_refused (PH_ERROR_QUEUE_FULL);
    }
  piece = ph_queued_new (message, 0);
  piece->to = *to;
  if (from != NULL)
    piece->from = *from;
  ph_repeater_note (link, message, PH_FATE_QUEUED);
  g_queue_push_tail (&sock->out, piece);
  sock->queued += length + sizeof *piece; /* so that empty datagrams count too */
  ph_sock_update (sock);

  return (PhSendResult){ .queued = 1 };
}

static gssize
try_send (const PhUdpSocket *socket, const PhAddr *from, const PhAddr *to, const PhOutgoing *message, PhError *ret_code)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (message->bytes, &length);

  if (socket == NULL)
    return *ret_code = PH_ERROR_FAMILY, -1;
  if (ph_plat_addr_lacks_interface (to))
    return *ret_code = PH_ERROR_NO_INTERFACE, -1;

  return ph_plat_send_to (socket->sock->fd, data, length, from, to, ret_code);
}

/* Whether the system takes no more for now: its queue for the socket, which the poll set watches, or the one of the device. */
static gboolean
is_full (const PhUdpSocket *socket, PhError code)
{
  if (code == PH_ERROR_NO_MEMORY || code == PH_ERROR_SEND_QUEUE)
    ph_retry_later (&socket->sock->sending, code, "send-queue-full");

  return ph_error_is_momentary (code);
}

/* The result is all zero when the system takes no more for now. @socket, @from: nullable */
static PhSendResult
send_now (PhLink *link, PhUdpSocket *socket, const PhAddr *from, const PhAddr *to, const PhOutgoing *message)
{
  PhUdp *udp = link->state;
  PhError code = PH_ERROR_NONE;
  gssize sent = try_send (socket, from, to, message, &code);

  /* A send can fail with the ICMP error of an earlier message. That is reported on its own, and this message is tried again. */
  if (sent < 0 && (code == PH_ERROR_REFUSED || code == PH_ERROR_UNREACHABLE))
    {
      ph_udp_receive_errors (link, socket);
      sent = try_send (socket, from, to, message, &code);
    }
  if (sent < 0 && code == PH_ERROR_NOT_LOCAL && from != NULL)
    {
      lose_source (link, from, to);
      sent = try_send (socket, NULL, to, message, &code);
    }
  if (sent >= 0)
    {
      ph_retry_worked (&socket->sock->sending);
      ph_link_sent (link, ph_datagram_peers_name (&udp->peers, link, to), 1, message, 0, (gsize) sent);
      return (PhSendResult){ .sent = 1 };
    }
  if (is_full (socket, code))
    return (PhSendResult){ 0 };
  report_unsent (link, to, g_bytes_get_size (message->bytes), code);

  return ph_send_refused (code);
}

/** ph_udp_flush: sends what is queued until the system takes no more; then a repeat goes on. */
void
ph_udp_flush (PhLink *link, PhUdpSocket *socket)
{
  PhSock *sock = socket->sock;
  PhQueued *piece;

  while ((piece = g_queue_peek_head (&sock->out)) != NULL)
    {
      const PhAddr *from = piece->from.family != PH_FAMILY_NONE ? &piece->from : NULL;
      PhSendResult result = send_now (link, socket, from, &piece->to, &piece->message);

      if (result.sent + result.refused == 0)
        {
          ph_sock_update (sock);
          return;
        }
      ph_repeater_note (link, &piece->message, result.sent > 0 ? PH_FATE_SENT : PH_FATE_REFUSED);
      sock->queued -= g_bytes_get_size (piece->message.bytes) + sizeof *piece;
      ph_queued_free (g_queue_pop_head (&sock->out));
    }
  ph_sock_update (sock);
  ph_repeater_hurry (link);
  ph_feeder_look (link);
}

/** ph_udp_send: as PhTransport has it */
PhSendResult
ph_udp_send (PhLink *link, guint32 peer, const PhAddr *to, const PhOutgoing *message)
{
  PhUdp *udp = link->state;
  PhSendResult result = { 0 };
  PhUdpSocket *socket;
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
  socket = socket_for (udp, to);
  if (socket == NULL || (socket->sock->out.length == 0 && !socket->sock->sending.waiting))
    result = send_now (link, socket, source_for (udp, to), to, message);

  return result.sent + result.refused > 0 ? result : enqueue (link, socket->sock, to, message);
}

/* The messages of a batch from @from on; all the same one, or each another. */
static void
fill_batch (const PhOutgoing *message, guint from, PhBatchItem *items, guint n)
{
  for (guint i = 0; i < n; i++)
    items[i].bytes = g_bytes_get_data (message->batch != NULL ? message->batch[from + i] : message->bytes, &items[i].length);
}

static void
write_sent (PhLink *link, guint32 peer, const PhOutgoing *message, const PhBatchItem *items, guint n)
{
  PhRecord record = { .time = ph_plat_now (), .peer = peer, .kind = PH_RECORD_OUT,
                      .form = message->form, .flags = message->flags, .detail = 1 };

  for (guint i = 0; i < n; i++)
    {
      record.length = (guint32) items[i].length;
      ph_store_append (link->store, &record, items[i].bytes);
    }
}

/* A batch sent nothing. TRUE if that was the ICMP error of an earlier message or its source is gone, and the batch is to be tried
 * again. */
static gboolean
stopped (PhLink *link, PhUdpSocket *socket, const PhAddr *to, gsize length, PhError code, gboolean again, PhSendResult *result)
{
  PhUdp *udp = link->state;

  if (is_full (socket, code))
    {
      if (code == PH_ERROR_WOULD_BLOCK)
        ph_sock_watch (socket->sock, PH_IO_READ | PH_IO_WRITE, NULL);
      return FALSE;
    }
  if (again && (code == PH_ERROR_REFUSED || code == PH_ERROR_UNREACHABLE))
    {
      ph_udp_receive_errors (link, socket);
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

/** ph_udp_send_many: as PhTransport has it */
PhSendResult
ph_udp_send_many (PhLink *link, guint32 peer, const PhAddr *to, const PhOutgoing *message, guint most)
{
  PhUdp *udp = link->state;
  PhBatchItem items[PH_PLAT_BATCH];
  PhSendResult result = { 0 };
  gboolean again = TRUE;
  PhUdpSocket *socket;

  if (to == NULL)
    to = ph_datagram_peers_get_addr (&udp->peers, peer);
  socket = to != NULL ? socket_for (udp, to) : NULL;
  if (socket == NULL || ph_plat_addr_lacks_interface (to))
    return ph_udp_send (link, peer, to, message); /* which reports what is wrong */
  while (result.sent < most && socket->sock->out.length == 0)
    {
      PhError code = PH_ERROR_NONE;
      guint want = MIN (most - result.sent, PH_PLAT_BATCH), n;

      fill_batch (message, result.sent, items, want);
      n = ph_plat_send_batch (socket->sock->fd, items, source_for (udp, to), to, want, &code);
      if (n > 0)
        ph_retry_worked (&socket->sock->sending);
      if (n > 0)
        write_sent (link, ph_datagram_peers_name (&udp->peers, link, to), message, items, n);
      else if (!stopped (link, socket, to, items[0].length, code, again, &result))
        break;
      again = n > 0;
      result.sent += n;
      if (ph_store_is_over (link->store))
        break;
    }

  return result;
}
