/* ph-sock.c: one socket of a link, watched by the poll set, and the messages that are queued for it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-sock.h"

#include "ph-link.h"
#include "ph-repeater.h"
#include "ph-stream-io.h"

#define MODIFY_AGAIN (100 * G_GINT64_CONSTANT (1000000)) /* ns */

/**
 * ph_sock_new:
 * @fd: (transfer full):
 *
 * Returns: (transfer full): freed by ph_sock_retire()
 */
PhSock *
ph_sock_new (PhLink *link, PhFd fd)
{
  PhSock *sock = g_new0 (PhSock, 1);

  sock->link = link;
  sock->fd = fd;
  g_queue_init (&sock->out);

  return sock;
}

/* Events wait until they are asked for, so what failed may be done a little later. */
static void
modify_cb (gpointer data)
{
  PhSock *sock = data;

  if (sock->watched && !ph_plat_poll_modify (sock->link->poll, sock->fd, sock->interest, sock))
    ph_timer_set (sock->link->timers, &sock->modify, ph_plat_monotonic () + MODIFY_AGAIN, modify_cb, sock);
}

/**
 * ph_sock_watch:
 * @interest: what to wait for from now on; 0: only errors
 * @error: set only by the first call for a socket, or after ph_sock_unwatch(): others cannot fail
 *
 * Returns: %FALSE with @error set
 */
gboolean
ph_sock_watch (PhSock *sock, PhIo interest, GError **error)
{
  gboolean changed = sock->interest != interest;

  sock->interest = interest;
  if (!sock->watched)
    sock->watched = ph_plat_poll_add (sock->link->poll, sock->fd, interest, sock, error);
  else if (changed)
    modify_cb (sock);

  return sock->watched;
}

/**
 * ph_sock_update:
 * @sock: of datagrams
 *
 * Sets what the poll set announces next: what can be received, and room for what is queued. While a call waits for the system
 * that is not worth announcing.
 */
void
ph_sock_update (PhSock *sock)
{
  PhIo read = sock->receiving.waiting ? 0 : PH_IO_READ;
  PhIo write = sock->out.length > 0 && !sock->sending.waiting ? PH_IO_WRITE : 0;

  if (!ph_sock_watch (sock, read | write, NULL))
    ph_retry_later (&sock->receiving, PH_ERROR_NO_MEMORY, NULL);
}

/**
 * ph_sock_unwatch:
 *
 * Errors are announced even to who waits for nothing. A socket on which nothing can be done for now is not watched until the
 * next ph_sock_watch(), which may fail.
 */
void
ph_sock_unwatch (PhSock *sock)
{
  if (sock->watched)
    ph_plat_poll_remove (sock->link->poll, sock->fd);
  sock->watched = FALSE;
}

/**
 * ph_sock_retire:
 * @sock: (transfer full): a second call for it does nothing
 *
 * Closes the socket. The struct is freed after the current round of events, because an event may still point to it.
 */
void
ph_sock_retire (PhSock *sock)
{
  if (sock->fd == PH_FD_NONE)
    return;
  if (sock->io != NULL && sock->io->shutdown != NULL)
    sock->io->shutdown (sock);
  ph_timer_clear (&sock->timer);
  ph_timer_clear (&sock->again);
  ph_timer_clear (&sock->pausing);
  ph_timer_clear (&sock->modify);
  ph_timer_clear (&sock->refusing);
  ph_retry_clear (&sock->receiving);
  ph_retry_clear (&sock->sending);
  ph_sock_unwatch (sock);
  if (sock->reset)
    ph_plat_reset (sock->fd);
  else
    ph_plat_close (sock->fd);
  sock->fd = PH_FD_NONE;
  for (PhQueued *piece = g_queue_pop_head (&sock->out); piece != NULL; piece = g_queue_pop_head (&sock->out))
    {
      ph_repeater_note (sock->link, &piece->message, PH_FATE_LOST);
      ph_queued_free (piece);
    }
  g_ptr_array_add (sock->link->graveyard, sock);
}

/**
 * ph_queued_new:
 * @message: copied
 * @sent: bytes of it that the system has taken already
 *
 * Returns: (transfer full):
 */
PhQueued *
ph_queued_new (const PhOutgoing *message, gsize sent)
{
  PhQueued *queued = g_new0 (PhQueued, 1);

  queued->message = *message;
  queued->message.batch = NULL; /* it is the caller's */
  g_bytes_ref (queued->message.bytes);
  queued->sent = sent;

  return queued;
}

/** ph_queued_free: @queued: (transfer full): */
void
ph_queued_free (PhQueued *queued)
{
  g_bytes_unref (queued->message.bytes);
  g_free (queued);
}
