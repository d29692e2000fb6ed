/* ph-sock.c: one socket of a link, watched by the poll set, and the messages that are queued for it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-sock.h"

#include "ph-link.h"

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

/**
 * ph_sock_watch:
 * @interest: what to wait for from now on; 0: only errors
 * @error: set only by the first call for a socket: later ones cannot fail
 *
 * Returns: %FALSE with @error set
 */
gboolean
ph_sock_watch (PhSock *sock, PhIo interest, GError **error)
{
  if (!sock->watched)
    sock->watched = ph_plat_poll_add (sock->link->poll, sock->fd, interest, sock, error);
  else if (sock->interest != interest)
    ph_plat_poll_modify (sock->link->poll, sock->fd, interest, sock);
  sock->interest = interest;

  return sock->watched;
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
  ph_timer_clear (&sock->timer);
  ph_timer_clear (&sock->refusing);
  if (sock->watched)
    ph_plat_poll_remove (sock->link->poll, sock->fd);
  ph_plat_close (sock->fd);
  sock->fd = PH_FD_NONE;
  g_queue_clear_full (&sock->out, (GDestroyNotify) ph_outgoing_free);
  g_ptr_array_add (sock->link->graveyard, sock);
}

/**
 * ph_outgoing_new:
 * @sent: bytes of it that the system has taken already
 *
 * Returns: (transfer full):
 */
PhOutgoing *
ph_outgoing_new (GBytes *bytes, gsize sent)
{
  PhOutgoing *piece = g_new0 (PhOutgoing, 1);

  piece->bytes = g_bytes_ref (bytes);
  piece->sent = sent;

  return piece;
}

/** ph_outgoing_free: @piece: (transfer full): */
void
ph_outgoing_free (PhOutgoing *piece)
{
  g_bytes_unref (piece->bytes);
  g_free (piece);
}
