/* sockets.h: the system's own sockets, for what tests talk to: on POSIX systems
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

typedef struct timeval SocketsTimeout; /* of SO_RCVTIMEO */
#define SOCKETS_SECONDS(n) { .tv_sec = (n) }

static inline void
sockets_do_not_wait (int fd)
{
  fcntl (fd, F_SETFL, O_NONBLOCK);
}

#define sockets_close close
