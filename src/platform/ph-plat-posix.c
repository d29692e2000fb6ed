/* ph-plat-posix.c: sockets and clocks, the same on every POSIX system
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-plat-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

/* Where a send cannot be told to leave SIGPIPE alone, the socket is (SO_NOSIGPIPE). */
#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0
#endif

/**
 * ph_plat_init:
 *
 * To be called once at the start of a program. Raises the limit of open sockets as far as the system allows, and ignores SIGXFSZ, so
 * that a file that would grow beyond the user's limit is an error and not the end of the program.
 */
void
ph_plat_init (void)
{
  struct rlimit files;

  if (getrlimit (RLIMIT_NOFILE, &files) == 0 && files.rlim_cur < files.rlim_max)
    {
      files.rlim_cur = files.rlim_max;
      setrlimit (RLIMIT_NOFILE, &files);
    }
  signal (SIGXFSZ, SIG_IGN);
}

/**
 * ph_plat_has_descriptors:
 * @n: how many; at most 64
 *
 * Whether the program may open so many more descriptors, sockets and files together, just now. Any thread.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ph_plat_has_descriptors (guint n, GError **error)
{
  int pipes[32][2];
  guint got = 0;
  int code = 0;

  while (code == 0 && got < MIN ((n + 1) / 2, G_N_ELEMENTS (pipes)))
    if (pipe (pipes[got]) == 0)
      got++;
    else
      code = errno;
  while (got-- > 0)
    {
      close (pipes[got][0]);
      close (pipes[got][1]);
    }
  if (code != 0)
    ph_plat_set_errno (error, PH_OPERATION_FILE, code);

  return code == 0;
}

/**
 * ph_plat_has_memory:
 * @n: bytes
 *
 * Whether the system would give the program so much more memory in one piece, just now. Any thread.
 */
gboolean
ph_plat_has_memory (gsize n)
{
  void *memory = mmap (NULL, n, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  return memory != MAP_FAILED && munmap (memory, n) == 0;
}

/**
 * ph_plat_dup_args:
 * @argc: as main() got it
 * @argv: as main() got it
 *
 * Returns: (transfer full): the program's arguments in GLib's file name encoding, which is UTF-8 on Windows; to be freed with
 *   g_strfreev()
 */
char **
ph_plat_dup_args (int argc, char **argv)
{
  return g_strdupv (argv);
}

static gint64
clock_ns (clockid_t clock)
{
  struct timespec now;

  clock_gettime (clock, &now);
  return (gint64) now.tv_sec * G_GINT64_CONSTANT (1000000000) + now.tv_nsec;
}

/**
 * ph_plat_now:
 *
 * Any thread.
 *
 * Returns: ns since 1970-01-01 UTC
 */
gint64
ph_plat_now (void)
{
  return clock_ns (CLOCK_REALTIME);
}

/**
 * ph_plat_monotonic:
 *
 * Any thread.
 *
 * Returns: ns since an arbitrary start, never set back
 */
gint64
ph_plat_monotonic (void)
{
  return clock_ns (CLOCK_MONOTONIC);
}

/**
 * ph_plat_has_privileged_ports:
 *
 * Whether ports below 1024 are kept for administrators. Any thread.
 *
 * Returns: %TRUE
 */
gboolean
ph_plat_has_privileged_ports (void)
{
  return TRUE;
}

static gboolean
fail (GError **error, PhOperation operation)
{
  ph_plat_set_errno (error, operation, errno);
  return FALSE;
}

static gssize
fail_code (PhError *ret_error, PhOperation operation)
{
  *ret_error = ph_plat_error_from_errno (operation, errno);
  return -1;
}

/* For systems whose socket() and accept() cannot set these in the same step. */
static gboolean
prepare (int fd)
{
#ifdef SO_NOSIGPIPE
  setsockopt (fd, SOL_SOCKET, SO_NOSIGPIPE, &(int){ 1 }, sizeof (int));
#endif
  return fcntl (fd, F_SETFD, FD_CLOEXEC) == 0 && fcntl (fd, F_SETFL, fcntl (fd, F_GETFL) | O_NONBLOCK) == 0;
}

/**
 * ph_plat_socket:
 *
 * Returns: a non-blocking socket that no child inherits; %PH_FD_NONE with @error set
 */
PhFd
ph_plat_socket (PhSocketType type, PhFamily family, GError **error)
{
  int domain = family == PH_FAMILY_IPV4 ? AF_INET : AF_INET6;
  int kind = type == PH_SOCKET_UDP ? SOCK_DGRAM : SOCK_STREAM;
  int fd;

#ifdef SOCK_CLOEXEC
  kind |= SOCK_CLOEXEC;
#endif
  fd = socket (domain, kind, 0);
  /* Urgent data is received in its place among the other data. What a listener accepts inherits that. */
  if (fd < 0 || !prepare (fd)
      || (type == PH_SOCKET_TCP && setsockopt (fd, SOL_SOCKET, SO_OOBINLINE, &(int){ 1 }, sizeof (int)) != 0))
    {
      fail (error, PH_OPERATION_SOCKET);
      if (fd >= 0)
        close (fd);
      return PH_FD_NONE;
    }

  return fd;
}

/* Level and name of an option; FALSE where this system has no such thing and needs none. */
static gboolean
find_option (PhFamily family, PhOption option, int *level, int *name)
{
  gboolean v6 = family == PH_FAMILY_IPV6;

  *level = SOL_SOCKET;
  switch (option)
    {
    case PH_OPTION_REUSE_ADDRESS: return *name = SO_REUSEADDR, TRUE;
    case PH_OPTION_BROADCAST: return *name = SO_BROADCAST, TRUE;
    case PH_OPTION_RECEIVE_BUFFER: return *name = SO_RCVBUF, TRUE;
    case PH_OPTION_SEND_BUFFER: return *name = SO_SNDBUF, TRUE;
    case PH_OPTION_V6_ONLY: return *level = IPPROTO_IPV6, *name = IPV6_V6ONLY, v6;
    case PH_OPTION_NO_DELAY: return *level = IPPROTO_TCP, *name = TCP_NODELAY, TRUE;
#ifdef SO_TIMESTAMPNS
    case PH_OPTION_RECEIVE_TIME: return *name = SO_TIMESTAMPNS, TRUE;
#endif
#ifdef IP_PKTINFO
    case PH_OPTION_DESTINATION:
      return *level = v6 ? IPPROTO_IPV6 : IPPROTO_IP, *name = v6 ? IPV6_RECVPKTINFO : IP_PKTINFO, TRUE;
#elif defined IP_RECVDSTADDR
    case PH_OPTION_DESTINATION:
      return *level = v6 ? IPPROTO_IPV6 : IPPROTO_IP, *name = v6 ? IPV6_RECVPKTINFO : IP_RECVDSTADDR, TRUE;
#endif
#ifdef IP_RECVERR
    case PH_OPTION_RECEIVE_ERRORS:
      if (!ph_plat_has_error_queue)
        return FALSE;
      return *level = v6 ? IPPROTO_IPV6 : IPPROTO_IP, *name = v6 ? IPV6_RECVERR : IP_RECVERR, TRUE;
#endif
    default: return FALSE;
    }
}

/**
 * ph_plat_set_option:
 * @value: bytes for buffers, else 0 or 1
 *
 * An option that this system does not have and does not need counts as set.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ph_plat_set_option (PhFd fd, PhFamily family, PhOption option, int value, GError **error)
{
  int level, name;

  if (!find_option (family, option, &level, &name))
    return TRUE;
  return setsockopt ((int) fd, level, name, &value, sizeof value) == 0 || fail (error, PH_OPERATION_SOCKET);
}

/**
 * ph_plat_bind:
 * @addr: an address of this machine; port 0 for the system's choice
 *
 * Returns: %FALSE with @error set
 */
gboolean
ph_plat_bind (PhFd fd, const PhAddr *addr, GError **error)
{
  PhSockaddr native;
  socklen_t length = ph_plat_addr_to_native (addr, &native);

  return bind ((int) fd, &native.any, length) == 0 || fail (error, PH_OPERATION_BIND);
}

/**
 * ph_plat_listen:
 * @fd: a bound TCP socket
 * @backlog: connections that may wait to be accepted; the system may allow fewer
 *
 * Returns: %FALSE with @error set
 */
gboolean
ph_plat_listen (PhFd fd, int backlog, GError **error)
{
  return listen ((int) fd, backlog) == 0 || fail (error, PH_OPERATION_LISTEN);
}

/**
 * ph_plat_accept:
 * @fd: a listening socket
 * @ret_peer: (out): the client's address; of no family if none was taken from those who wait. A client that was taken, and cannot
 *   be used, is closed
 * @ret_error: (out): why not; %PH_ERROR_WOULD_BLOCK if nobody waits, %PH_ERROR_RESET if the client gave up while it waited
 *
 * Returns: a non-blocking socket, or %PH_FD_NONE
 */
PhFd
ph_plat_accept (PhFd fd, PhAddr *ret_peer, PhError *ret_error)
{
  PhSockaddr native;
  socklen_t length;
  int client;

  *ret_peer = (PhAddr){ 0 };
  do
    {
      length = sizeof native;
#ifdef SOCK_CLOEXEC
      client = accept4 ((int) fd, &native.any, &length, SOCK_CLOEXEC);
#else
      client = accept ((int) fd, &native.any, &length);
#endif
    }
  while (client < 0 && errno == EINTR);
  if (client < 0)
    {
      *ret_error = errno == EPROTO || errno == ECONNABORTED ? PH_ERROR_RESET : ph_plat_error_from_errno (PH_OPERATION_ACCEPT, errno);
      return PH_FD_NONE;
    }
  ph_plat_addr_from_native (&native, ret_peer);
  if (!prepare (client))
    {
      fail_code (ret_error, PH_OPERATION_ACCEPT);
      close (client);
      return PH_FD_NONE;
    }

  return client;
}

/**
 * ph_plat_connect:
 * @fd: a TCP socket
 * @addr: where to
 *
 * Returns: how it stands; with %PH_CONNECT_FAILED @error is set
 */
PhConnect
ph_plat_connect (PhFd fd, const PhAddr *addr, GError **error)
{
  PhSockaddr native;
  socklen_t length = ph_plat_addr_to_native (addr, &native);

  if (connect ((int) fd, &native.any, length) == 0)
    return PH_CONNECT_DONE;
  if (errno == EINPROGRESS || errno == EINTR)
    return PH_CONNECT_PENDING;
  fail (error, PH_OPERATION_CONNECT);

  return PH_CONNECT_FAILED;
}

/**
 * ph_plat_connect_result:
 * @fd: a socket that was connecting and has become writable or in error, or whose connection is in error
 * @error: why it failed
 *
 * Takes the error off the socket (SO_ERROR).
 *
 * Returns: %TRUE if there was none
 */
gboolean
ph_plat_connect_result (PhFd fd, GError **error)
{
  int code = 0;
  socklen_t length = sizeof code;

  if (getsockopt ((int) fd, SOL_SOCKET, SO_ERROR, &code, &length) != 0)
    return fail (error, PH_OPERATION_CONNECT);
  if (code != 0)
    {
      ph_plat_set_errno (error, PH_OPERATION_CONNECT, code);
      return FALSE;
    }

  return TRUE;
}

/**
 * ph_plat_local_addr:
 * @fd: a bound or connected socket
 * @ret_addr: (out): its own address
 *
 * Returns: whether it has one
 */
gboolean
ph_plat_local_addr (PhFd fd, PhAddr *ret_addr)
{
  PhSockaddr native = { 0 };
  socklen_t length = sizeof native;

  if (getsockname ((int) fd, &native.any, &length) != 0)
    return FALSE;
  ph_plat_addr_from_native (&native, ret_addr);

  return ret_addr->family != PH_FAMILY_NONE;
}

/**
 * ph_plat_shutdown:
 * @fd: a connected TCP socket
 *
 * Ends the side that sends: the peer sees a FIN behind all that was sent. Receiving goes on.
 *
 * Returns: %FALSE if the connection is broken: the poll set tells of that
 */
gboolean
ph_plat_shutdown (PhFd fd)
{
  return shutdown ((int) fd, SHUT_WR) == 0;
}

/**
 * ph_plat_close:
 * @fd: not valid afterwards
 */
void
ph_plat_close (PhFd fd)
{
  close ((int) fd);
}

/**
 * ph_plat_reset:
 * @fd: a TCP socket; not valid afterwards
 *
 * Closes it so that the peer sees a reset (RST), and what was not sent yet is dropped.
 */
void
ph_plat_reset (PhFd fd)
{
  const struct linger at_once = { .l_onoff = 1 };

  setsockopt ((int) fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  ph_plat_close (fd);
}

/**
 * ph_plat_receive:
 * @fd: a TCP socket
 * @buffer: where to
 * @size: of @buffer in bytes, at least 1
 * @ret_error: (out): why not
 *
 * Returns: bytes received; 0 when the peer has finished sending; -1 with @ret_error set
 */
gssize
ph_plat_receive (PhFd fd, guint8 *buffer, gsize size, PhError *ret_error)
{
  gssize got;

  do
    got = recv ((int) fd, buffer, size, 0);
  while (got < 0 && errno == EINTR);

  return got >= 0 ? got : fail_code (ret_error, PH_OPERATION_RECEIVE);
}

/**
 * ph_plat_send:
 * @fd: a connected TCP socket
 * @bytes: what to send
 * @length: in bytes
 * @ret_error: (out): why not
 *
 * Returns: bytes the system took, maybe fewer than @length; -1 with @ret_error set
 */
gssize
ph_plat_send (PhFd fd, const guint8 *bytes, gsize length, PhError *ret_error)
{
  gssize sent;

  do
    sent = send ((int) fd, bytes, length, MSG_NOSIGNAL);
  while (sent < 0 && errno == EINTR);

  return sent >= 0 ? sent : fail_code (ret_error, PH_OPERATION_SEND);
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
  PhSockaddr native;
  socklen_t size = ph_plat_addr_to_native (to, &native);
  struct iovec part = { (void *) bytes, length };
  struct msghdr message = { .msg_name = &native, .msg_namelen = size, .msg_iov = &part, .msg_iovlen = 1 };
  PhSourceControl control;
  gssize sent;

  if (from != NULL)
    ph_plat_write_source (from, &control, &message);
  do
    sent = sendmsg ((int) fd, &message, MSG_NOSIGNAL);
  while (sent < 0 && errno == EINTR);
  if (sent < 0)
    *ret_error = ph_plat_error_of_send (from);

  return sent >= 0 ? sent : -1;
}
