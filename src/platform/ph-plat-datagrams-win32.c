/* ph-plat-datagrams-win32.c: datagrams on Windows, and the ICMP errors that come in between them
 *
 * Windows tells of a datagram that could not be delivered by failing the next receive, once, with WSAECONNRESET (port
 * unreachable) or WSAENETRESET (time to live expired). That is kept until ph_plat_next_error() asks, on the same thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-plat-private.h"

#include <string.h>

/* The error that the last batch or send of this thread met. One is enough: nothing more is received before it is taken. */
static _Thread_local struct
{
  PhFd fd; /* 0 where there is none: no socket has that number */
  PhAddr to;
  PhError code;
} met;

/**
 * ph_plat_forget_errors:
 * @fd: a socket that is being closed
 */
void
ph_plat_forget_errors (PhFd fd)
{
  if (met.fd == fd)
    met.fd = 0;
}

/* Whether a failed call was told of an earlier send. Then that is kept, and @ret_error is its cause. */
static gboolean
is_about_earlier (PhFd fd, const PhSockaddr *to, PhError *ret_error)
{
  int code = WSAGetLastError ();

  if (code != WSAECONNRESET && code != WSAENETRESET && code != WSAEHOSTUNREACH && code != WSAENETUNREACH)
    return FALSE;
  met.fd = fd;
  met.code = code == WSAECONNRESET ? PH_ERROR_REFUSED : PH_ERROR_UNREACHABLE;
  ph_plat_addr_from_native (to, &met.to);
  *ret_error = met.code;

  return TRUE;
}

/* FALSE with @ret_error set when nothing came. */
static gboolean
receive_one (PhFd fd, PhDatagram *datagram, PhError *ret_error)
{
  WSABUF parts[2] = { { (u_long) datagram->size, (char *) datagram->buffer },
                      { (u_long) datagram->spill_size, (char *) datagram->spill } };
  PhSockaddr from = { 0 };
  int from_length = sizeof from, code = 0;
  DWORD got = 0, flags = 0;

  if (WSARecvFrom ((SOCKET) fd, parts, datagram->spill_size > 0 ? 2 : 1, &got, &flags, &from.any, &from_length, NULL, NULL) != 0)
    {
      code = WSAGetLastError ();
      if (code != WSAEMSGSIZE)
        {
          if (!is_about_earlier (fd, &from, ret_error))
            *ret_error = ph_plat_error_from_win32 (code);
          return FALSE;
        }
    }
  datagram->truncated = code == WSAEMSGSIZE;
  datagram->length = datagram->truncated ? datagram->size + datagram->spill_size : got;
  datagram->time = ph_plat_now ();
  datagram->kernel_time = FALSE;
  ph_plat_addr_from_native (&from, &datagram->from);

  return TRUE;
}

/**
 * ph_plat_receive_batch:
 * @fd: a UDP socket
 * @datagrams: (inout): places to receive into
 * @n: how many, 1 to %PH_PLAT_BATCH
 * @ret_error: (out): why none, or no more, came: %PH_ERROR_WOULD_BLOCK, or what became of an earlier send, about which
 *   ph_plat_next_error() is to be asked then; not set where nothing but the end of @datagrams stopped it
 *
 * Returns: how many datagrams came; 0 with @ret_error set
 */
guint
ph_plat_receive_batch (PhFd fd, PhDatagram *datagrams, guint n, PhError *ret_error)
{
  guint got = 0;

  while (got < n && receive_one (fd, &datagrams[got], ret_error))
    got++;

  return got;
}

/**
 * ph_plat_send_to:
 * @fd: a UDP socket
 * @bytes: the datagram
 * @length: in bytes; 0 is a datagram too
 * @to: where to
 * @ret_error: (out): why not
 *
 * Returns: @length; -1 with @ret_error set
 */
gssize
ph_plat_send_to (PhFd fd, const guint8 *bytes, gsize length, const PhAddr *to, PhError *ret_error)
{
  PhSockaddr native, unknown = { 0 };
  socklen_t size = ph_plat_addr_to_native (to, &native);
  int sent = sendto ((SOCKET) fd, (const char *) bytes, (int) MIN (length, G_MAXINT), 0, &native.any, size);
  int code = sent < 0 ? WSAGetLastError () : 0;

  if (sent >= 0)
    return sent;
  /* Here this is about the remote address: 0.0.0.0, or port 0. */
  if (code == WSAEADDRNOTAVAIL)
    code = WSAEHOSTUNREACH;
  if ((code != WSAECONNRESET && code != WSAENETRESET) || !is_about_earlier (fd, &unknown, ret_error))
    *ret_error = ph_plat_error_from_win32 (code);

  return -1;
}

/**
 * ph_plat_next_error:
 * @fd: a UDP socket with %PH_OPTION_RECEIVE_ERRORS
 * @ret_to: (out): where the datagram was sent that could not be delivered; of family %PH_FAMILY_NONE if Windows does not say
 * @ret_error: (out): why
 *
 * Takes the error that the last ph_plat_receive_batch() or ph_plat_send_to() met.
 *
 * Returns: %FALSE if there is none
 */
gboolean
ph_plat_next_error (PhFd fd, PhAddr *ret_to, PhError *ret_error)
{
  if (met.fd != fd)
    return FALSE;
  *ret_to = met.to;
  *ret_error = met.code;
  met.fd = 0;

  return TRUE;
}

/**
 * ph_plat_drops:
 * @fd: a UDP socket
 * @ret_dropped: (out): not set
 *
 * Windows counts what it drops for the whole machine, not for a socket.
 *
 * Returns: %FALSE
 */
gboolean
ph_plat_drops (PhFd fd, guint32 *ret_dropped)
{
  return FALSE;
}

/**
 * ph_plat_counts_drops:
 *
 * Whether ph_plat_drops() can tell. Windows cannot: the window says "unknown". Any thread.
 *
 * Returns: %FALSE
 */
gboolean
ph_plat_counts_drops (void)
{
  return FALSE;
}
