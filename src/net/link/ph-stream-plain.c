/* ph-stream-plain.c: a stream over a socket as it is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-stream-io.h"

static gssize
plain_receive (PhSock *sock, guint8 *buffer, gsize size, PhError *ret_error)
{
  return ph_plat_receive (sock->fd, buffer, size, ret_error);
}

static gssize
plain_send (PhSock *sock, const guint8 *bytes, gsize length, PhError *ret_error)
{
  return ph_plat_send (sock->fd, bytes, length, ret_error);
}

static gboolean
plain_finish (PhSock *sock)
{
  return ph_plat_shutdown (sock->fd);
}

static PhIo
plain_wants (PhSock *sock, PhIo what)
{
  return what;
}

static gsize
plain_pending (PhSock *sock)
{
  return 0;
}

const PhStreamIo ph_stream_plain = {
  .receive = plain_receive,
  .send = plain_send,
  .finish = plain_finish,
  .wants = plain_wants,
  .pending = plain_pending,
};
