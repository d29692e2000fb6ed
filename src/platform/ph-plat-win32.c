/* ph-plat-win32.c: sockets and clocks on Windows (Winsock 2)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-plat-private.h"

#include <mswsock.h>
#include <string.h>

/* Missing in older headers. */
#ifndef SIO_UDP_NETRESET
#define SIO_UDP_NETRESET _WSAIOW (IOC_VENDOR, 15)
#endif
#ifndef SOMAXCONN_HINT
#define SOMAXCONN_HINT(backlog) (-(backlog))
#endif

#define NS_PER_SECOND G_GINT64_CONSTANT (1000000000)
#define TICKS_1601_TO_1970 G_GINT64_CONSTANT (116444736000000000) /* of 100 ns: FILETIME counts from 1601 */

/**
 * ph_plat_init:
 *
 * To be called once at the start of a program. Starts Winsock 2.2; if that fails, ph_plat_socket() does, and says why.
 */
void
ph_plat_init (void)
{
  WSADATA ignored;

  WSAStartup (MAKEWORD (2, 2), &ignored);
}

/**
 * ph_plat_has_descriptors:
 *
 * Windows has no limit of sockets and files that matters here. Any thread.
 *
 * Returns: %TRUE
 */
gboolean
ph_plat_has_descriptors (guint n, GError **error)
{
  return TRUE;
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
  void *memory = VirtualAlloc (NULL, n, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);

  return memory != NULL && VirtualFree (memory, 0, MEM_RELEASE);
}

/**
 * ph_plat_dup_args:
 * @argc: as main() got it
 * @argv: as main() got it, in the code page of the system
 *
 * Returns: (transfer full): the program's arguments in GLib's file name encoding, which is UTF-8 on Windows; to be freed with
 *   g_strfreev()
 */
char **
ph_plat_dup_args (int argc, char **argv)
{
  return g_win32_get_command_line ();
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
  FILETIME time;

  GetSystemTimePreciseAsFileTime (&time);
  return (((gint64) time.dwHighDateTime << 32 | time.dwLowDateTime) - TICKS_1601_TO_1970) * 100;
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
  LARGE_INTEGER rate, now;

  QueryPerformanceFrequency (&rate);
  QueryPerformanceCounter (&now);
  /* In two parts, as ticks × 10⁹ overflows after some minutes. */
  return now.QuadPart / rate.QuadPart * NS_PER_SECOND + now.QuadPart % rate.QuadPart * NS_PER_SECOND / rate.QuadPart;
}

/**
 * ph_plat_has_privileged_ports:
 *
 * Whether ports below 1024 are kept for administrators. Any thread.
 *
 * Returns: %FALSE
 */
gboolean
ph_plat_has_privileged_ports (void)
{
  return FALSE;
}

/**
 * ph_plat_nap:
 * @ns: less than a millisecond; if less than 1, it does not sleep
 *
 * Windows sleeps for milliseconds. Any thread.
 *
 * Returns: %FALSE, at once, where the system cannot sleep for so short a time
 */
gboolean
ph_plat_nap (gint64 ns)
{
  return ns < 1;
}

/* ---- errors ---- */

/**
 * ph_plat_set_win32:
 * @error: where to
 * @operation: what was tried
 * @code: what WSAGetLastError() or GetLastError() said
 *
 * Sets @error to the cause with our own words; or else with the system's, and its name of the error as ph_error_get_cause().
 */
void
ph_plat_set_win32 (GError **error, PhOperation operation, int code)
{
  PhError known = ph_plat_error_from_win32 (operation, code);
  const char *why = ph_error_why (known);
  g_autofree char *words = why == NULL ? g_win32_error_message (code) : NULL;
  char cause[PH_PLAT_CAUSE_MAX];

  if (why != NULL)
    ph_error_set (error, known, NULL, why);
  else
    ph_error_set (error, known, ph_plat_win32_cause (code, cause), words);
}

static gboolean
fail (GError **error, PhOperation operation)
{
  ph_plat_set_win32 (error, operation, WSAGetLastError ());
  return FALSE;
}

static gssize
fail_code (PhError *ret_error, PhOperation operation)
{
  *ret_error = ph_plat_error_from_win32 (operation, WSAGetLastError ());
  return -1;
}

/* ---- sockets ---- */

static gboolean
set_int (SOCKET fd, int level, int name, int value)
{
  return setsockopt (fd, level, name, (const char *) &value, sizeof value) == 0;
}

static gboolean
set_switch (SOCKET fd, DWORD code, BOOL on)
{
  DWORD ignored;

  return WSAIoctl (fd, code, &on, sizeof on, NULL, 0, &ignored, NULL, NULL) == 0;
}

/* Every option that is ours to choose: not to wait; for UDP that nobody else can take the port over, and that errors of earlier
 * sends come only when they are asked for; for TCP that urgent data is received in its place among the other data. */
static gboolean
prepare (SOCKET fd, PhSocketType type)
{
  u_long on = 1;

  if (ioctlsocket (fd, (long) FIONBIO, &on) != 0)
    return FALSE;
  if (type == PH_SOCKET_UDP)
    {
      set_switch (fd, SIO_UDP_CONNRESET, FALSE);
      set_switch (fd, SIO_UDP_NETRESET, FALSE);
      return set_int (fd, SOL_SOCKET, SO_EXCLUSIVEADDRUSE, 1);
    }

  return SetHandleInformation ((HANDLE) fd, HANDLE_FLAG_INHERIT, 0) && set_int (fd, SOL_SOCKET, SO_OOBINLINE, 1);
}

/**
 * ph_plat_socket:
 *
 * Returns: a non-blocking socket that no child inherits; %PH_FD_NONE with @error set
 */
PhFd
ph_plat_socket (PhSocketType type, PhFamily family, GError **error)
{
  SOCKET fd = WSASocketW (family == PH_FAMILY_IPV4 ? AF_INET : AF_INET6, type == PH_SOCKET_UDP ? SOCK_DGRAM : SOCK_STREAM,
                          type == PH_SOCKET_UDP ? IPPROTO_UDP : IPPROTO_TCP, NULL, 0,
                          WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT);

  if (fd == INVALID_SOCKET || !prepare (fd, type))
    {
      fail (error, PH_OPERATION_SOCKET);
      if (fd != INVALID_SOCKET)
        closesocket (fd);
      return PH_FD_NONE;
    }

  return (PhFd) fd;
}

/* Level and name of an option; FALSE where Windows has no such thing and needs none. */
static gboolean
find_option (PhFamily family, PhOption option, int *level, int *name)
{
  *level = SOL_SOCKET;
  switch (option)
    {
    /* A listener's port is free at once on Windows. What SO_REUSEADDR means there is that anybody may take the port over. */
    case PH_OPTION_REUSE_ADDRESS: return *name = SO_EXCLUSIVEADDRUSE, TRUE;
    case PH_OPTION_BROADCAST: return *name = SO_BROADCAST, TRUE;
    case PH_OPTION_RECEIVE_BUFFER: return *name = SO_RCVBUF, TRUE;
    case PH_OPTION_SEND_BUFFER: return *name = SO_SNDBUF, TRUE;
    case PH_OPTION_V6_ONLY: return *level = IPPROTO_IPV6, *name = IPV6_V6ONLY, family == PH_FAMILY_IPV6;
    case PH_OPTION_NO_DELAY: return *level = IPPROTO_TCP, *name = TCP_NODELAY, TRUE;
    case PH_OPTION_DESTINATION:
      *level = family == PH_FAMILY_IPV6 ? IPPROTO_IPV6 : IPPROTO_IP;
      return *name = family == PH_FAMILY_IPV6 ? IPV6_PKTINFO : IP_PKTINFO, TRUE;
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

  if (option == PH_OPTION_RECEIVE_ERRORS)
    {
      set_switch ((SOCKET) fd, SIO_UDP_NETRESET, value != 0); /* newer than the other, and not needed for it */
      return set_switch ((SOCKET) fd, SIO_UDP_CONNRESET, value != 0) || fail (error, PH_OPERATION_SOCKET);
    }
  if (!find_option (family, option, &level, &name))
    return TRUE;
  return set_int ((SOCKET) fd, level, name, value) || fail (error, PH_OPERATION_SOCKET);
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

  return bind ((SOCKET) fd, &native.any, length) == 0 || fail (error, PH_OPERATION_BIND);
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
  /* A plain number is limited to 200, says the page of listen(). */
  return listen ((SOCKET) fd, backlog > 200 ? SOMAXCONN_HINT (backlog) : backlog) == 0 || fail (error, PH_OPERATION_LISTEN);
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
  PhSockaddr native = { 0 };
  socklen_t length = sizeof native;
  SOCKET client = accept ((SOCKET) fd, &native.any, &length);

  *ret_peer = (PhAddr){ 0 };
  if (client == INVALID_SOCKET)
    return fail_code (ret_error, PH_OPERATION_ACCEPT);
  ph_plat_addr_from_native (&native, ret_peer);
  if (!prepare (client, PH_SOCKET_TCP))
    {
      fail_code (ret_error, PH_OPERATION_ACCEPT);
      closesocket (client);
      return PH_FD_NONE;
    }

  return (PhFd) client;
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
  int code;

  if (connect ((SOCKET) fd, &native.any, length) == 0)
    return PH_CONNECT_DONE;
  code = WSAGetLastError ();
  if (code == WSAEWOULDBLOCK)
    return PH_CONNECT_PENDING;
  /* Here this is about the remote address: 0.0.0.0, or port 0. */
  ph_plat_set_win32 (error, PH_OPERATION_CONNECT, code == WSAEADDRNOTAVAIL ? WSAEHOSTUNREACH : code);

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

  if (getsockopt ((SOCKET) fd, SOL_SOCKET, SO_ERROR, (char *) &code, &length) != 0)
    return fail (error, PH_OPERATION_CONNECT);
  if (code != 0)
    {
      ph_plat_set_win32 (error, PH_OPERATION_CONNECT, code);
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

  if (getsockname ((SOCKET) fd, &native.any, &length) != 0)
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
  return shutdown ((SOCKET) fd, SD_SEND) == 0;
}

/**
 * ph_plat_close:
 * @fd: not valid afterwards
 */
void
ph_plat_close (PhFd fd)
{
  ph_plat_forget_errors (fd);
  closesocket ((SOCKET) fd);
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

  setsockopt ((SOCKET) fd, SOL_SOCKET, SO_LINGER, (const char *) &at_once, sizeof at_once);
  ph_plat_close (fd);
}

/* ---- streams ---- */

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
  int got = recv ((SOCKET) fd, (char *) buffer, (int) MIN (size, G_MAXINT), 0);
  WSAPOLLFD item = { .fd = (SOCKET) fd };

  /* Under Wine a poll takes a reset off the socket. Afterwards only the poll can tell it from a FIN. */
  if (got == 0 && WSAPoll (&item, 1, 0) > 0 && (item.revents & POLLERR) != 0)
    {
      *ret_error = PH_ERROR_RESET;
      return -1;
    }

  return got >= 0 ? got : fail_code (ret_error, PH_OPERATION_RECEIVE);
}

/**
 * ph_plat_unacknowledged:
 * @fd: a TCP socket, even of a connection that is broken
 * @ret_bytes: (out): what the system took and the peer's system has not acknowledged; whether the peer got it is not known
 *
 * Returns: %FALSE: Windows cannot tell
 */
gboolean
ph_plat_unacknowledged (PhFd fd, guint64 *ret_bytes)
{
  return FALSE;
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
  int sent = send ((SOCKET) fd, (const char *) bytes, (int) MIN (length, G_MAXINT), 0);

  return sent >= 0 ? sent : fail_code (ret_error, PH_OPERATION_SEND);
}
