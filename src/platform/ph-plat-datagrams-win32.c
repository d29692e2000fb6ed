/* ph-plat-datagrams-win32.c: datagrams on Windows, and the ICMP errors that come in between them
 *
 * Windows tells of a datagram that could not be delivered by failing the next receive, once, with WSAECONNRESET (port
 * unreachable) or WSAENETRESET (time to live expired). That is kept until ph_plat_next_error() asks, on the same thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-plat-private.h"

#include <mswsock.h>
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

/* ---- receiving ---- */

/* The call that also tells the destination has to be asked for. Every thread finds the same. */
static LPFN_WSARECVMSG
find_receive (PhFd fd)
{
  static _Atomic (LPFN_WSARECVMSG) found;
  GUID id = WSAID_WSARECVMSG;
  LPFN_WSARECVMSG receive = found;
  DWORD ignored;

  if (receive == NULL
      && WSAIoctl ((SOCKET) fd, SIO_GET_EXTENSION_FUNCTION_POINTER, &id, sizeof id, &receive, sizeof receive, &ignored, NULL,
                   NULL) == 0)
    found = receive;

  return receive;
}

static void
read_destination (WSAMSG *message, PhDatagram *datagram)
{
  for (WSACMSGHDR *c = WSA_CMSG_FIRSTHDR (message); c != NULL; c = WSA_CMSG_NXTHDR (message, c))
    {
      if (c->cmsg_level == IPPROTO_IP && c->cmsg_type == IP_PKTINFO)
        {
          IN_PKTINFO info;

          memcpy (&info, WSA_CMSG_DATA (c), sizeof info);
          memcpy (datagram->to.ip, &info.ipi_addr, 4);
          datagram->to.family = PH_FAMILY_IPV4;
          datagram->ifindex = info.ipi_ifindex;
          datagram->answerable = datagram->to.ip[0] < 224; /* of a network's broadcast address nothing is known here */
        }
      else if (c->cmsg_level == IPPROTO_IPV6 && c->cmsg_type == IPV6_PKTINFO)
        {
          IN6_PKTINFO info;

          memcpy (&info, WSA_CMSG_DATA (c), sizeof info);
          memcpy (datagram->to.ip, &info.ipi6_addr, 16);
          datagram->to.family = PH_FAMILY_IPV6;
          datagram->ifindex = info.ipi6_ifindex;
          if (IN6_IS_ADDR_LINKLOCAL (&info.ipi6_addr) || IN6_IS_ADDR_MC_LINKLOCAL (&info.ipi6_addr))
            datagram->to.scope = datagram->ifindex;
          datagram->answerable = !IN6_IS_ADDR_MULTICAST (&info.ipi6_addr);
        }
    }
}

/* One datagram, its sender and its destination. Returns 0 or the code of an error. */
static int
receive_message (PhFd fd, WSABUF *parts, DWORD n_parts, PhSockaddr *from, PhDatagram *datagram, DWORD *ret_got)
{
  LPFN_WSARECVMSG receive = find_receive (fd);
  union
  {
    WSACMSGHDR align;
    char bytes[256];
  } control;
  WSAMSG message = { .name = &from->any,
                     .namelen = sizeof *from,
                     .lpBuffers = parts,
                     .dwBufferCount = n_parts,
                     .Control = { sizeof control.bytes, control.bytes } };
  int code;

  if (receive == NULL)
    {
      int length = sizeof *from;
      DWORD flags = 0;

      return WSARecvFrom ((SOCKET) fd, parts, n_parts, ret_got, &flags, &from->any, &length, NULL, NULL) == 0
               ? 0 : WSAGetLastError ();
    }
  code = receive ((SOCKET) fd, &message, ret_got, NULL, NULL) == 0 ? 0 : WSAGetLastError ();
  if (code == 0 || code == WSAEMSGSIZE)
    read_destination (&message, datagram);

  return code == 0 && (message.dwFlags & MSG_TRUNC) != 0 ? WSAEMSGSIZE : code;
}

/* FALSE with @ret_error set when nothing came. */
static gboolean
receive_one (PhFd fd, PhDatagram *datagram, PhError *ret_error)
{
  WSABUF parts[2] = { { (u_long) datagram->size, (char *) datagram->buffer },
                      { (u_long) datagram->spill_size, (char *) datagram->spill } };
  PhSockaddr from = { 0 };
  DWORD got = 0;
  int code;

  datagram->to = (PhAddr){ 0 };
  datagram->ifindex = 0;
  datagram->answerable = FALSE;
  code = receive_message (fd, parts, datagram->spill_size > 0 ? 2 : 1, &from, datagram, &got);
  if (code != 0 && code != WSAEMSGSIZE)
    {
      WSASetLastError (code);
      if (!is_about_earlier (fd, &from, ret_error))
        *ret_error = ph_plat_error_from_win32 (PH_OPERATION_RECEIVE, code);
      return FALSE;
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
 * @ret_error: (out): why there are no more: %PH_ERROR_WOULD_BLOCK, or the error of an earlier send: then call ph_plat_next_error(); not
 *   set if @n datagrams were received
 *
 * Returns: how many were received; 0 with @ret_error set
 */
guint
ph_plat_receive_batch (PhFd fd, PhDatagram *datagrams, guint n, PhError *ret_error)
{
  guint got = 0;

  while (got < n && receive_one (fd, &datagrams[got], ret_error))
    got++;

  return got;
}

/* ---- sending ---- */

/* Fills in the control data that names the address which a datagram leaves from. */
static void
write_source (const PhAddr *from, WSAMSG *message)
{
  WSACMSGHDR *control = WSA_CMSG_FIRSTHDR (message);

  if (from->family == PH_FAMILY_IPV6)
    {
      IN6_PKTINFO info = { .ipi6_ifindex = from->scope };

      memcpy (&info.ipi6_addr, from->ip, sizeof info.ipi6_addr);
      *control = (WSACMSGHDR){ WSA_CMSG_LEN (sizeof info), IPPROTO_IPV6, IPV6_PKTINFO };
      memcpy (WSA_CMSG_DATA (control), &info, sizeof info);
      message->Control.len = WSA_CMSG_SPACE (sizeof info);
    }
  else
    {
      IN_PKTINFO info = { 0 };

      memcpy (&info.ipi_addr, from->ip, 4);
      *control = (WSACMSGHDR){ WSA_CMSG_LEN (sizeof info), IPPROTO_IP, IP_PKTINFO };
      memcpy (WSA_CMSG_DATA (control), &info, sizeof info);
      message->Control.len = WSA_CMSG_SPACE (sizeof info);
    }
}

/* Returns what sendto() returns. */
static int
send_from (PhFd fd, const guint8 *bytes, gsize length, const PhAddr *from, PhSockaddr *to, socklen_t size)
{
  union
  {
    WSACMSGHDR align;
    char bytes[64];
  } control = { 0 };
  WSABUF part = { (u_long) MIN (length, G_MAXINT), (char *) bytes };
  WSAMSG message = { .name = &to->any,
                     .namelen = size,
                     .lpBuffers = &part,
                     .dwBufferCount = 1,
                     .Control = { sizeof control.bytes, control.bytes } };
  DWORD sent = 0;

  write_source (from, &message);

  return WSASendMsg ((SOCKET) fd, &message, 0, &sent, NULL, NULL) == 0 ? (int) sent : -1;
}

/**
 * ph_plat_send_to:
 * @fd: a UDP socket
 * @length: in bytes; 0 is a datagram too
 * @from: (nullable): the address of this machine that it leaves from; %NULL for the system's choice. Its port is ignored
 * @to: where to
 * @ret_error: (out): why not; %PH_ERROR_NOT_LOCAL if it cannot leave from @from
 *
 * Returns: @length; -1 with @ret_error set
 */
gssize
ph_plat_send_to (PhFd fd, const guint8 *bytes, gsize length, const PhAddr *from, const PhAddr *to, PhError *ret_error)
{
  PhSockaddr native, unknown = { 0 };
  socklen_t size = ph_plat_addr_to_native (to, &native);
  int sent, code;

  if (from != NULL)
    sent = send_from (fd, bytes, length, from, &native, size);
  else
    sent = sendto ((SOCKET) fd, (const char *) bytes, (int) MIN (length, G_MAXINT), 0, &native.any, size);
  if (sent >= 0)
    return sent;
  code = WSAGetLastError ();
  if (from != NULL && (code == WSAEADDRNOTAVAIL || code == WSAEINVAL || code == WSAEOPNOTSUPP))
    {
      *ret_error = PH_ERROR_NOT_LOCAL;
      return -1;
    }
  /* Here this is about the remote address: 0.0.0.0, or port 0. */
  if (code == WSAEADDRNOTAVAIL)
    code = WSAEHOSTUNREACH;
  if ((code != WSAECONNRESET && code != WSAENETRESET) || !is_about_earlier (fd, &unknown, ret_error))
    *ret_error = ph_plat_error_from_win32 (PH_OPERATION_SEND_TO, code);

  return -1;
}

/**
 * ph_plat_send_batch:
 * @fd: a UDP socket
 * @items: (array length=n): what to send
 * @from: as for ph_plat_send_to()
 * @to: where to
 * @n: how many, 1 to %PH_PLAT_BATCH
 * @ret_error: (out): why none was sent; not set otherwise
 *
 * Sends datagrams to one address.
 *
 * Returns: how many were sent; if fewer than @n, the next call says why
 */
guint
ph_plat_send_batch (PhFd fd, const PhBatchItem *items, const PhAddr *from, const PhAddr *to, guint n, PhError *ret_error)
{
  PhError code = PH_ERROR_NONE;
  guint sent = 0;

  while (sent < n && ph_plat_send_to (fd, items[sent].bytes, items[sent].length, from, to, &code) >= 0)
    sent++;
  if (sent == 0)
    *ret_error = code;

  return sent;
}

/**
 * ph_plat_grow_receive_buffer:
 * @fd: a UDP socket
 * @wanted: bytes, at most 1 GiB
 *
 * Asks for room for datagrams that wait to be received.
 *
 * Returns: bytes that were given; 0 if Windows does not tell
 */
gsize
ph_plat_grow_receive_buffer (PhFd fd, gsize wanted)
{
  int given = (int) wanted, length = sizeof given;

  setsockopt ((SOCKET) fd, SOL_SOCKET, SO_RCVBUF, (const char *) &given, sizeof given);
  given = 0;

  return getsockopt ((SOCKET) fd, SOL_SOCKET, SO_RCVBUF, (char *) &given, &length) == 0 ? (gsize) MAX (given, 0) : 0;
}

/**
 * ph_plat_dup_buffer_command:
 * @size: bytes
 *
 * Windows gives what a program asks for.
 *
 * Returns: %NULL
 */
char *
ph_plat_dup_buffer_command (gsize size)
{
  return NULL;
}

/**
 * ph_plat_datagram_cost:
 * @length: of a datagram in bytes
 *
 * Returns: how many bytes of a receive buffer one such datagram takes
 */
gsize
ph_plat_datagram_cost (gsize length)
{
  return length;
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
