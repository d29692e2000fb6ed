/* ph-plat-datagrams-posix.c: the control data of datagrams on POSIX systems, and the size of receive buffers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-plat-private.h"

#include <errno.h>
#include <string.h>

#define BUFFER_MIN (64u * 1024u) /* less than this no system gives by itself */

#ifdef SCM_TIMESTAMPNS
static void
read_time (struct cmsghdr *control, PhDatagram *datagram)
{
  struct timespec at;

  memcpy (&at, CMSG_DATA (control), sizeof at);
  datagram->time = (gint64) at.tv_sec * G_GINT64_CONSTANT (1000000000) + at.tv_nsec;
}
#endif

static void
set_destination (PhDatagram *datagram, PhFamily family, const void *ip, gsize length)
{
  memcpy (datagram->to.ip, ip, length);
  datagram->to.family = (guint8) family;
}

#ifdef IPV6_PKTINFO
static void
read_destination6 (struct cmsghdr *control, PhDatagram *datagram)
{
  struct in6_pktinfo info;

  memcpy (&info, CMSG_DATA (control), sizeof info);
  set_destination (datagram, PH_FAMILY_IPV6, &info.ipi6_addr, 16);
  datagram->ifindex = (guint32) info.ipi6_ifindex;
  if (IN6_IS_ADDR_LINKLOCAL (&info.ipi6_addr) || IN6_IS_ADDR_MC_LINKLOCAL (&info.ipi6_addr))
    datagram->to.scope = datagram->ifindex;
  datagram->answerable = !IN6_IS_ADDR_MULTICAST (&info.ipi6_addr);
}
#endif

#if !defined __linux__ && (defined IP_PKTINFO || defined IP_RECVDSTADDR)
/* The broadcast address of a network is not known here; sending from it fails. */
static gboolean
is_one_host (const guint8 *ip)
{
  return ip[0] < 224;
}
#endif

/**
 * ph_plat_read_control:
 * @message: as recvmsg() filled it
 * @datagram: (inout): gets the kernel's receive time, or 0; where it was sent to, if asked for; and the interface
 */
void
ph_plat_read_control (struct msghdr *message, PhDatagram *datagram)
{
  datagram->time = 0;
  datagram->to = (PhAddr){ 0 };
  datagram->ifindex = 0;
  datagram->answerable = FALSE;
  for (struct cmsghdr *c = CMSG_FIRSTHDR (message); c != NULL; c = CMSG_NXTHDR (message, c))
    {
#ifdef SCM_TIMESTAMPNS
      if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_TIMESTAMPNS)
        read_time (c, datagram);
#endif
#ifdef IP_PKTINFO
      if (c->cmsg_level == IPPROTO_IP && c->cmsg_type == IP_PKTINFO)
        {
          struct in_pktinfo info;

          memcpy (&info, CMSG_DATA (c), sizeof info);
          set_destination (datagram, PH_FAMILY_IPV4, &info.ipi_addr, 4);
          datagram->ifindex = (guint32) info.ipi_ifindex;
#ifdef __linux__
          datagram->answerable = info.ipi_spec_dst.s_addr == info.ipi_addr.s_addr;
#else
          datagram->answerable = is_one_host (datagram->to.ip);
#endif
        }
#elif defined IP_RECVDSTADDR
      if (c->cmsg_level == IPPROTO_IP && c->cmsg_type == IP_RECVDSTADDR)
        {
          set_destination (datagram, PH_FAMILY_IPV4, CMSG_DATA (c), 4);
          datagram->answerable = is_one_host (datagram->to.ip);
        }
#endif
#ifdef IPV6_PKTINFO
      if (c->cmsg_level == IPPROTO_IPV6 && c->cmsg_type == IPV6_PKTINFO)
        read_destination6 (c, datagram);
#endif
    }
  datagram->kernel_time = datagram->time != 0;
}

static void
set_control (struct msghdr *message, int level, int type, const void *data, gsize length)
{
  struct cmsghdr *control = CMSG_FIRSTHDR (message);

  control->cmsg_level = level;
  control->cmsg_type = type;
  control->cmsg_len = CMSG_LEN (length);
  memcpy (CMSG_DATA (control), data, length);
  message->msg_controllen = CMSG_SPACE (length);
}

/**
 * ph_plat_write_source:
 * @from: the address that a datagram is to leave from; its port is ignored
 * @control: (out): must stay as long as @message
 * @message: (inout): gets the control data that says so; none where this system cannot
 */
void
ph_plat_write_source (const PhAddr *from, PhSourceControl *control, struct msghdr *message)
{
  memset (control, 0, sizeof *control);
  message->msg_control = control->bytes;
  message->msg_controllen = sizeof control->bytes;
  if (from->family == PH_FAMILY_IPV6)
    {
      struct in6_pktinfo info = { .ipi6_ifindex = from->scope };

      memcpy (&info.ipi6_addr, from->ip, sizeof info.ipi6_addr);
      set_control (message, IPPROTO_IPV6, IPV6_PKTINFO, &info, sizeof info);
      return;
    }
#ifdef IP_PKTINFO
  {
    struct in_pktinfo info = { 0 }; /* of no interface: the route to the receiver is as for any datagram */

    memcpy (&info.ipi_spec_dst, from->ip, 4);
    set_control (message, IPPROTO_IP, IP_PKTINFO, &info, sizeof info);
  }
#elif defined IP_SENDSRCADDR
  set_control (message, IPPROTO_IP, IP_SENDSRCADDR, from->ip, 4);
#else
  message->msg_control = NULL;
  message->msg_controllen = 0;
#endif
}

/* Whether a socket can be bound to it. */
static gboolean
is_of_this_machine (const PhAddr *addr)
{
  PhAddr any_port = *addr;
  PhFd fd = ph_plat_socket (PH_SOCKET_UDP, addr->family, NULL);
  gboolean bound;

  any_port.port = 0;
  bound = fd == PH_FD_NONE || ph_plat_bind (fd, &any_port, NULL);
  if (fd != PH_FD_NONE)
    ph_plat_close (fd);

  return bound;
}

/**
 * ph_plat_error_of_send:
 * @from: (nullable): the address that the datagram was to leave from
 *
 * Of an address that is not this machine's, Linux says EINVAL, or ENETUNREACH as if it were about the receiver.
 *
 * Returns: what errno means after a send
 */
PhError
ph_plat_error_of_send (const PhAddr *from)
{
  int code = errno;

  if (from != NULL && (code == EINVAL || (code == ENETUNREACH && !is_of_this_machine (from))))
    return PH_ERROR_NOT_LOCAL;

  return ph_plat_error_from_errno (PH_OPERATION_SEND_TO, code);
}

/* Some systems cut a size that is too large, others refuse it. */
static void
ask_for_buffer (PhFd fd, gsize wanted)
{
#ifdef SO_RCVBUFFORCE
  if (setsockopt ((int) fd, SOL_SOCKET, SO_RCVBUFFORCE, &(int){ (int) wanted }, sizeof (int)) == 0)
    return;
#endif
  for (gsize size = wanted; size >= BUFFER_MIN; size /= 2)
    if (setsockopt ((int) fd, SOL_SOCKET, SO_RCVBUF, &(int){ (int) size }, sizeof (int)) == 0)
      return;
}

/**
 * ph_plat_grow_receive_buffer:
 * @fd: a UDP socket
 * @wanted: bytes, at most 1 GiB
 *
 * Asks for room for datagrams that wait to be received: with an administrator's rights beyond the system's limit, else up
 * to it.
 *
 * Returns: bytes that were given, counted as @wanted is; 0 if the system does not tell
 */
gsize
ph_plat_grow_receive_buffer (PhFd fd, gsize wanted)
{
  int given = 0;
  socklen_t length = sizeof given;

  ask_for_buffer (fd, wanted);
  if (getsockopt ((int) fd, SOL_SOCKET, SO_RCVBUF, &given, &length) != 0 || given < 0)
    return 0;
#ifdef __linux__
  given /= 2; /* the kernel reports twice the size that was set; the other half is for its own use (socket(7)) */
#endif

  return (gsize) given;
}

/**
 * ph_plat_dup_buffer_command:
 * @size: bytes
 *
 * Returns: (transfer full) (nullable): a command line by which an administrator allows receive buffers of @size; %NULL if
 *   none is known for this system
 */
char *
ph_plat_dup_buffer_command (gsize size)
{
#if defined __linux__
  return g_strdup_printf ("sudo sysctl -w net.core.rmem_max=%lu", (gulong) size);
#elif defined __FreeBSD__ || defined __APPLE__
  return g_strdup_printf ("sudo sysctl kern.ipc.maxsockbuf=%lu", (gulong) size);
#else
  return NULL;
#endif
}

/**
 * ph_plat_datagram_cost:
 * @length: of a datagram in bytes
 *
 * Returns: about how many bytes of a receive buffer, as ph_plat_grow_receive_buffer() counts them, one such datagram takes
 */
gsize
ph_plat_datagram_cost (gsize length)
{
#ifdef __linux__
  gsize room = 512;

  /* The kernel takes a power of two for the packet with its overhead, and a header. Half of that counts, as above. */
  while (room < length + 448)
    room *= 2;
  return (room + 256) / 2;
#else
  return length + 64;
#endif
}
