/* ph-stream.c: one TCP connection: receives into the store, and recognises how it ends
 *
 * A FIN says only that the peer sends no more: it is reported at once as a half-close, and the connection stays open for
 * sending. It is closed here when nothing was sent for the endpoint's half-close time, or when nothing more will be sent. It
 * counts as closed by the peer when that answers with a reset. A reset without a FIN before it is reported as a reset.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-stream-private.h"

#include <glib/gi18n.h>
#include <stdatomic.h>

#define READ_MIN (16u * 1024u)   /* bytes of room in the store for one read */
#define READ_MAX (256u * 1024u)  /* bytes of one record */
#define ROUNDS 16                /* reads of one event; then other sockets have their turn */

const PhOptionSpec ph_stream_half_close = {
  .id = "half-close",
  .label = N_("Half-close timeout"),
  .help = N_("How long a connection stays open for sending after the peer has finished"),
  .unit = N_("ms"),
  .kind = PH_OPTION_KIND_NUMBER,
  .side = PH_OPTION_REMOTE,
  .min = 0,
  .max = G_MAXINT,
  .initial = 1000,
  .step = 100,
};

/* The pause after a failure of the moment is over. */
static void
receive_again_cb (gpointer data)
{
  ph_stream_ready (data, PH_IO_READ);
}

static void
send_again_cb (gpointer data)
{
  ph_stream_ready (data, PH_IO_WRITE);
}

/**
 * ph_stream_wait:
 * @retry: @sock->receiving or @sock->sending
 *
 * Tries again later what the system cannot do for the moment.
 */
void
ph_stream_wait (PhSock *sock, PhRetry *retry, PhError code)
{
  retry->peer = sock->peer; /* only now is it known */
  ph_retry_later (retry, code, NULL);
}

/**
 * ph_stream_start:
 * @sock: a connected TCP socket with @sock->end set, and with @sock->io_state if @io needs one
 *
 * Begins to receive.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ph_stream_start (PhSock *sock, const PhStreamIo *io, GError **error)
{
  /* Short messages go out at once. If the system cannot do that, they go out a little later. */
  ph_plat_set_option (sock->fd, sock->remote.family, PH_OPTION_NO_DELAY, 1, NULL);
  sock->io = io;
  sock->receiving = (PhRetry){ .link = sock->link, .action = "receive", .on = &sock->remote, .again = receive_again_cb, .data = sock };
  sock->sending = (PhRetry){ .link = sock->link, .action = "send", .on = &sock->remote, .again = send_again_cb, .data = sock };

  return ph_sock_watch (sock, io->wants (sock, PH_IO_READ), error);
}

/* While answers of a responder are queued, the peer is not read from. So the peer waits, and no answer is refused. */
static gboolean
waits_for_peer (PhSock *sock)
{
  return sock->link->responder != NULL && sock->out.length > 0;
}

/* Nothing is received for now, unless the system says that the connection is over. */
static gboolean
is_held (PhSock *sock)
{
  return sock->stopped || waits_for_peer (sock);
}

static void
again_cb (gpointer data)
{
  ph_stream_ready (data, 0);
}

/**
 * ph_stream_update_interest:
 *
 * Sets what the poll set announces next. It does not announce bytes that the I/O row holds: a timer that is due at once
 * asks for these, after the other sockets have had their turn.
 */
void
ph_stream_update_interest (PhSock *sock)
{
  gboolean reading = !sock->finished && !is_held (sock) && !sock->receiving.waiting;
  PhIo read = reading ? sock->io->wants (sock, PH_IO_READ) : 0;
  gboolean sending = sock->out.length > 0 && sock->pausing.timers == NULL && !sock->sending.waiting;
  PhIo write = sending ? sock->io->wants (sock, PH_IO_WRITE) : 0;

  if (!ph_sock_watch (sock, read | write, NULL))
    ph_stream_wait (sock, &sock->receiving, PH_ERROR_NO_MEMORY);
  if (reading && sock->io->pending (sock) > 0)
    ph_timer_set (sock->link->timers, &sock->again, ph_plat_monotonic () + 1, again_cb, sock);
}

/** ph_stream_init_words: @words: (out caller-allocates): what was tried on this connection */
void
ph_stream_init_words (PhWords *words, const char *action, const PhSock *sock)
{
  char peer[PH_ADDR_TEXT_MAX];

  ph_words_init (words, action, ph_plat_addr_text (&sock->remote, peer));
}

/* ---- the ends ---- */

static void
half_close_cb (gpointer data)
{
  PhSock *sock = data;

  ph_stream_report_unsent (sock, PH_ERROR_CANCELLED);
  sock->end (sock, PH_LEFT_IDLE);
}

/**
 * ph_stream_check_finished:
 * @sock: a connected socket; it may be retired afterwards
 *
 * Ends the connection if the peer has finished, and nothing more will be sent to it.
 */
void
ph_stream_check_finished (PhSock *sock)
{
  gboolean waits = ph_endpoint_get_option (sock->link->endpoint, &ph_stream_half_close) > 0;

  if (!sock->finished || sock->out.length > 0 || (waits && !sock->closing && !ph_link_is_finished (sock->link)))
    return;
  ph_stream_report_unsent (sock, PH_ERROR_NONE);
  sock->end (sock, PH_LEFT_DONE);
}

static void
note (PhSock *sock, const char *action, const char *cause)
{
  PhWords words;

  ph_stream_init_words (&words, action, sock);
  ph_words_add (&words, "cause", cause);
  ph_link_words (sock->link, PH_RECORD_NOTE, sock->peer, PH_ERROR_NONE, &words);
}

/* Sends the FIN that was asked for, if nothing is queued any more. */
static void
end_sending (PhSock *sock)
{
  if (!sock->closing || sock->closed || sock->out.length > 0 || !sock->io->finish (sock))
    return;
  sock->closed = TRUE;
  note (sock, "half-close", NULL);
}

static void
half_close (PhSock *sock)
{
  if (sock->closing)
    return;
  sock->closing = TRUE;
  if (sock->out.length > 0)
    note (sock, "half-close", "waits");
  end_sending (sock);
  ph_stream_check_finished (sock);
}

static void
set_stopped (PhSock *sock, gboolean stopped)
{
  if (sock->stopped == stopped || sock->finished)
    return;
  sock->stopped = stopped;
  note (sock, stopped ? "stop-reading" : "read", NULL);
  ph_stream_update_interest (sock);
}

/**
 * ph_stream_control:
 * @sock: a connected socket; it may be retired afterwards
 * @action: one that leaves the connection open; the transport does the others
 *
 * Does nothing where it would change nothing.
 */
void
ph_stream_control (PhSock *sock, PhPeerAction action)
{
  if (action == PH_PEER_HALF_CLOSE)
    half_close (sock);
  else if (action == PH_PEER_STOP_READING || action == PH_PEER_GO_ON)
    set_stopped (sock, action == PH_PEER_STOP_READING);
}

/**
 * ph_stream_restart_half_close:
 *
 * After the peer's FIN each send starts the half-close time anew. A pause between two pieces is no part of that time.
 */
void
ph_stream_restart_half_close (PhSock *sock)
{
  gint64 wait = (gint64) ph_endpoint_get_option (sock->link->endpoint, &ph_stream_half_close) * 1000000;
  gint64 from = sock->pausing.timers != NULL ? sock->pausing.deadline : ph_plat_monotonic ();

  ph_timer_set (sock->link->timers, &sock->timer, from + wait, half_close_cb, sock);
}

static void
peer_finished (PhSock *sock)
{
  sock->finished = TRUE;
  ph_stream_check_finished (sock);
  if (sock->fd == PH_FD_NONE)
    return;
  ph_link_event (sock->link, PH_RECORD_HALF_CLOSED, sock->peer, 0, NULL);
  ph_stream_restart_half_close (sock);
  ph_stream_update_interest (sock);
}

/* What the system took and cannot deliver any more. */
static void
report_unacknowledged (PhSock *sock)
{
  guint64 bytes;
  PhWords words;

  if (!ph_plat_unacknowledged (sock->fd, &bytes) || bytes == 0)
    return;
  ph_stream_init_words (&words, "acknowledge", sock);
  ph_words_add_number (&words, "bytes", bytes);
  ph_link_words (sock->link, PH_RECORD_NOTE, sock->peer, PH_ERROR_NONE, &words);
}

static void
broke (PhSock *sock, PhError code)
{
  PhWords words;

  report_unacknowledged (sock);
  ph_stream_report_unsent (sock, code);
  if (code == PH_ERROR_RESET)
    {
      sock->end (sock, sock->finished ? PH_LEFT_CLOSED : PH_LEFT_RESET);
      return;
    }
  ph_stream_init_words (&words, "transfer", sock);
  ph_link_error (sock->link, sock->peer, code, &words);
  sock->end (sock, PH_LEFT_FAILED);
}

/* ---- receiving ---- */

/* One read, directly into the store. Returns what the I/O row returned; @ret_bytes: where the bytes are. */
static gssize
take (PhSock *sock, const guint8 **ret_bytes, PhError *ret_code)
{
  gsize room;
  guint8 *place = ph_store_reserve (sock->link->store, READ_MIN, 1, &room);
  gssize got = sock->io->receive (sock, place, MIN (room, READ_MAX), ret_code);
  PhRecord record = { .kind = PH_RECORD_IN, .peer = sock->peer, .flags = PH_RECORD_STREAM };

  if (got > 0)
    {
      record.time = ph_plat_now ();
      record.length = (guint32) got;
      record.form = atomic_load_explicit (sock->link->form, memory_order_relaxed);
      ph_store_commit (sock->link->store, &record, place);
      *ret_bytes = place;
    }

  return got;
}

/* FALSE when there is nothing more for now, or the socket is retired. */
static gboolean
receive_once (PhSock *sock)
{
  const guint8 *bytes;
  PhError code = PH_ERROR_NONE;
  gssize got = take (sock, &bytes, &code);

  if (got >= 0 || code == PH_ERROR_WOULD_BLOCK)
    ph_retry_worked (&sock->receiving);
  if (got > 0)
    {
      ph_link_received (sock->link, sock->peer, &sock->remote, bytes, (gsize) got);
      return sock->fd != PH_FD_NONE && !waits_for_peer (sock);
    }
  if (got == 0)
    peer_finished (sock);
  else if (code != PH_ERROR_WOULD_BLOCK && ph_error_is_momentary (code))
    ph_stream_wait (sock, &sock->receiving, code);
  else if (code != PH_ERROR_WOULD_BLOCK)
    broke (sock, code);

  return FALSE;
}

/**
 * ph_stream_break:
 * @sock: retired afterwards
 *
 * Ends a connection that the system reports as broken, after it has received what came before that.
 */
void
ph_stream_break (PhSock *sock, PhError code)
{
  const guint8 *bytes;
  PhError ignored;

  while (!sock->finished && take (sock, &bytes, &ignored) > 0)
    continue;
  broke (sock, code);
}

/* After the FIN only an end can still come from the peer: a reset, or a time-out of what was sent. */
static void
end_by_error (PhSock *sock)
{
  g_autoptr (GError) error = NULL;
  PhError code = PH_ERROR_RESET;

  if (!ph_plat_connect_result (sock->fd, &error))
    code = (PhError) error->code;
  broke (sock, code);
}

/**
 * ph_stream_ready:
 * @sock: a connected socket; it may be retired afterwards
 * @io: what the poll set announced; 0: nothing, but the I/O row holds bytes
 *
 * Receives and sends. The I/O row says which of them an event allows: it may want to write before it can receive.
 */
void
ph_stream_ready (PhSock *sock, PhIo io)
{
  gboolean may_receive, may_send;

  if ((io & PH_IO_ERROR) != 0 && sock->receiving.waiting)
    {
      ph_sock_unwatch (sock); /* what came before the error is received when the system can */
      return;
    }
  if ((io & PH_IO_ERROR) != 0 && sock->finished)
    {
      end_by_error (sock);
      return;
    }
  may_receive = (io & PH_IO_ERROR) != 0
                || (!is_held (sock) && ((io & sock->io->wants (sock, PH_IO_READ)) != 0 || sock->io->pending (sock) > 0));
  may_send = (io & sock->io->wants (sock, PH_IO_WRITE)) != 0;
  for (guint i = 0; may_receive && !sock->finished && i < ROUNDS; i++)
    if (!receive_once (sock) || ph_store_is_over (sock->link->store))
      break;
  if (sock->fd == PH_FD_NONE)
    return;
  if (may_send)
    ph_stream_flush (sock);
  if (sock->fd != PH_FD_NONE)
    end_sending (sock);
  if (sock->fd != PH_FD_NONE)
    ph_stream_check_finished (sock);
  if (sock->fd != PH_FD_NONE)
    ph_stream_update_interest (sock);
}
