/* ph-stream-send.c: what a TCP connection sends: messages in a bounded queue, and what becomes of them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-stream-private.h"

#include "ph-feeder.h"
#include "ph-repeater.h"

#define WRITE_MAX (256u * 1024u) /* bytes of one call */
#define COST 256u                /* bytes of memory of a queued message beside its payload */
#define REPORT_REFUSED (G_GINT64_CONSTANT (1000) * 1000000) /* ns between two records that count refused messages */
#define ROUNDS 16                /* writes of one message; then other sockets have their turn */
#define FLUSH_MESSAGES 4096u     /* of one event, so that a client can catch up with a burst of a repeat to all */
#define FLUSH_MAX (ROUNDS * WRITE_MAX) /* bytes of one event */

static void
report_refused (PhSock *sock)
{
  PhWords words;

  if (sock->refused == 0)
    return;
  if (sock->refused_closed)
    ph_stream_init_words (&words, "send", sock);
  else
    ph_words_init (&words, NULL, NULL);
  ph_words_add (&words, "cause", sock->refused_closed ? "half-closed-here" : NULL);
  ph_words_add_number (&words, "count", sock->refused);
  sock->refused = 0;
  ph_link_words (sock->link, PH_RECORD_LOSS, sock->peer, PH_LOSS_REFUSED, &words);
}

/**
 * ph_stream_report_unsent:
 * @why: why the connection ends
 *
 * For a socket that is about to be retired: writes how many messages were refused, and how many of the queue are lost.
 */
void
ph_stream_report_unsent (PhSock *sock, PhError why)
{
  PhQueued *first = g_queue_peek_head (&sock->out);
  PhWords words;

  report_refused (sock);
  if (first == NULL)
    return;
  ph_stream_init_words (&words, "send", sock);
  ph_words_add (&words, "cause", why == PH_ERROR_CANCELLED ? "closed-here" : NULL);
  ph_words_add_number (&words, "count", sock->out.length);
  if (first->sent > 0)
    ph_words_add_number (&words, "sent", first->sent);
  ph_words_add_number (&words, "lost", sock->queued);
  ph_link_error (sock->link, sock->peer, why, &words);
}

static gssize
call_send (PhSock *sock, const guint8 *bytes, gsize length, PhError *ret_code)
{
  gssize sent = sock->io->send (sock, bytes, length, ret_code);

  if (sent >= 0 || *ret_code == PH_ERROR_WOULD_BLOCK)
    ph_retry_worked (&sock->sending);
  else if (ph_error_is_momentary (*ret_code))
    ph_stream_wait (sock, &sock->sending, *ret_code);

  return sent;
}

/* Hands the rest of a message to the system in up to @most calls, until it takes no more. Returns how many bytes it took;
 * -1 with @ret_code set if it took none. */
static gssize
send_some (PhSock *sock, const PhOutgoing *message, gsize from, guint most, PhError *ret_code)
{
  gsize length, at = from;
  const guint8 *data = g_bytes_get_data (message->bytes, &length);

  for (guint i = 0; i < most && at < length; i++)
    {
      gsize part = MIN (length - at, WRITE_MAX);
      gssize sent = call_send (sock, data + at, part, ret_code);

      if (sent < 0 && at == from)
        return -1;
      at += (gsize) MAX (sent, 0);
      if (sent < (gssize) part)
        break;
    }
  if (sock->finished)
    ph_stream_restart_half_close (sock);

  return (gssize) (at - from);
}

/* The pause before the next piece is over. */
static void
pause_over_cb (gpointer data)
{
  ph_stream_ready (data, PH_IO_WRITE);
}

/* Hands the next piece of a message to the system, or the rest of the one that it did not take whole. After a piece that is not
 * the last one the pause begins. Returns how many bytes it took; -1 with @ret_code set. */
static gssize
send_piece (PhSock *sock, const PhOutgoing *message, gsize from, PhCut *cut, PhError *ret_code)
{
  gint64 pause = (gint64) message->pieces.pause * 1000000;
  gsize length;
  const guint8 *data = g_bytes_get_data (message->bytes, &length);
  gssize sent;

  if (cut->end == from)
    cut->end = MIN (from + ph_pieces_next (&message->pieces, &cut->state), length);
  sent = call_send (sock, data + from, cut->end - from, ret_code);
  if (sent < 0)
    return -1;
  if (pause > 0 && from + (gsize) sent == cut->end && cut->end < length)
    ph_timer_set (sock->link->timers, &sock->pausing, ph_plat_monotonic () + pause, pause_over_cb, sock);
  if (sock->finished)
    ph_stream_restart_half_close (sock);

  return sent;
}

/* Sends from the head of the queue. FALSE when the system takes no more for now, or the socket is retired. */
static gboolean
flush_once (PhSock *sock)
{
  PhQueued *queued = g_queue_peek_head (&sock->out);
  PhError code = PH_ERROR_NONE;
  gboolean in_pieces;
  gssize sent;

  if (queued == NULL || sock->pausing.timers != NULL)
    return FALSE;
  in_pieces = queued->message.pieces.size > 0;
  if (in_pieces)
    sent = send_piece (sock, &queued->message, queued->sent, &queued->cut, &code);
  else
    sent = send_some (sock, &queued->message, queued->sent, 1, &code);
  if (sent < 0)
    {
      if (!ph_error_is_momentary (code))
        ph_stream_break (sock, code);
      return FALSE;
    }
  ph_link_sent (sock->link, sock->peer, 1, &queued->message, queued->sent, (gsize) sent);
  queued->sent += (gsize) sent;
  sock->queued -= (gsize) sent;
  if (queued->sent == g_bytes_get_size (queued->message.bytes))
    {
      ph_repeater_note (sock->link, &queued->message, PH_FATE_SENT);
      ph_queued_free (g_queue_pop_head (&sock->out));
      if (in_pieces && sock->out.length == 0)
        ph_repeater_hurry (sock->link); /* it waits after each message, as none is sent at once */
    }

  return sock->out.length > 0;
}

/** ph_stream_flush: hands to the system what is queued, until it takes no more; @sock may be retired afterwards. */
void
ph_stream_flush (PhSock *sock)
{
  PhLink *link = sock->link;
  gsize waiting = sock->queued;

  for (guint i = 0; i < FLUSH_MESSAGES && waiting - sock->queued < FLUSH_MAX; i++)
    if (!flush_once (sock))
      break;
  ph_feeder_look (link);
}

static void
refusing_cb (gpointer data)
{
  PhSock *sock = data;

  if (sock->refused == 0)
    return;
  report_refused (sock);
  ph_timer_set (sock->link->timers, &sock->refusing, ph_plat_monotonic () + REPORT_REFUSED, refusing_cb, sock);
}

/* The first refused message gets an error record. Those that follow are counted, and reported once a second: a repeat would
 * fill the log with a thousand errors a second. */
static void
refuse (PhSock *sock, gsize length)
{
  PhWords words;

  if (sock->refusing.timers != NULL && sock->refused_closed == sock->closing)
    {
      sock->refused++;
      return;
    }
  report_refused (sock);
  sock->refused_closed = sock->closing;
  ph_timer_set (sock->link->timers, &sock->refusing, ph_plat_monotonic () + REPORT_REFUSED, refusing_cb, sock);
  ph_stream_init_words (&words, "send", sock);
  ph_words_add (&words, "cause", sock->closing ? "half-closed-here" : NULL);
  ph_words_add_number (&words, "bytes", length);
  if (!sock->closing)
    ph_words_add_number (&words, "waiting", sock->queued);
  ph_link_error (sock->link, sock->peer, sock->closing ? PH_ERROR_NOT_OPEN : PH_ERROR_QUEUE_FULL, &words);
}

static void
report_failed (PhSock *sock, gsize length, PhError code)
{
  PhWords words;

  ph_stream_init_words (&words, "send", sock);
  ph_words_add_number (&words, "bytes", length);
  ph_link_error (sock->link, sock->peer, code, &words);
}

/* A message of any size is taken while the queue is empty: it is in memory already. */
static gboolean
queue_is_full (const PhSock *sock, gsize length)
{
  return sock->out.length > 0 && sock->queued + length + (sock->out.length + 1) * COST > PH_LIMIT_QUEUE;
}

/** ph_stream_has_room: Returns: whether a message of @length bytes would not be refused, as far as the queue is concerned */
gboolean
ph_stream_has_room (const PhSock *sock, gsize length)
{
  return !queue_is_full (sock, length);
}

/**
 * ph_stream_offer:
 * @sock: a connected socket; it may be retired afterwards
 * @ret_result: (out):
 *
 * Hands a message to the system and queues what it does not take at once. Writes no OUT record for what it took: the caller
 * does, because it may offer the message to several clients and write one record for them. Of a message in pieces it hands
 * over the first one.
 *
 * Returns: bytes that the system took
 */
gsize
ph_stream_offer (PhSock *sock, const PhOutgoing *message, PhSendResult *ret_result)
{
  gsize length = g_bytes_get_size (message->bytes);
  PhError code = PH_ERROR_NONE;
  gssize sent = 0;
  PhCut cut = { .state = message->pieces.seed };
  PhQueued *queued;

  if (sock->closing || queue_is_full (sock, length))
    {
      refuse (sock, length);
      *ret_result = ph_send_refused (sock->closing ? PH_ERROR_NOT_OPEN : PH_ERROR_QUEUE_FULL);
      return 0;
    }
  if (sock->out.length == 0 && message->pieces.size > 0)
    sent = send_piece (sock, message, 0, &cut, &code);
  else if (sock->out.length == 0)
    sent = send_some (sock, message, 0, ROUNDS, &code);
  if (sent == (gssize) length)
    {
      *ret_result = (PhSendResult){ .sent = 1 };
      return length;
    }
  if (sent < 0 && !ph_error_is_momentary (code))
    {
      report_failed (sock, length, code);
      ph_stream_break (sock, code);
      *ret_result = ph_send_refused (code);
      return 0;
    }
  queued = ph_queued_new (message, (gsize) MAX (sent, 0));
  queued->cut = cut;
  g_queue_push_tail (&sock->out, queued);
  ph_repeater_note (sock->link, message, PH_FATE_QUEUED);
  sock->queued += length - (gsize) MAX (sent, 0);
  ph_stream_update_interest (sock);
  *ret_result = (PhSendResult){ .queued = 1 };

  return (gsize) MAX (sent, 0);
}

/**
 * ph_stream_send:
 * @sock: a connected socket; it may be retired afterwards
 *
 * Hands a message to the system and writes the OUT record of what it took. The rest is queued, and has its own OUT records
 * when it is sent.
 */
PhSendResult
ph_stream_send (PhSock *sock, const PhOutgoing *message)
{
  PhSendResult result;
  gsize taken = ph_stream_offer (sock, message, &result);

  if (taken > 0)
    ph_link_sent (sock->link, sock->peer, 1, message, 0, taken);

  return result;
}
