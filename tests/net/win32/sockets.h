/* sockets.h: the system's own sockets, for what tests talk to: Winsock
 *
 * A SOCKET is a small number like every handle, so the tests keep it in an int, as on other systems.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <winsock2.h>
#include <ws2tcpip.h>

typedef DWORD SocketsTimeout; /* of SO_RCVTIMEO */
#define SOCKETS_SECONDS(n) (n) * 1000

#define SHUT_WR SD_SEND

static inline void
sockets_do_not_wait (int fd)
{
  u_long on = 1;

  ioctlsocket ((SOCKET) fd, (long) FIONBIO, &on);
}

#define sockets_close(fd) closesocket ((SOCKET) (fd))
