/* sink.c: receives datagrams in a minimal loop: the upper limit for any program
 *
 * Usage: sink PORT BUFFER. Asks for a receive buffer of so many bytes, as Porthole does. Ends with SIGTERM, and prints
 * {"received": N, "bytes": N, "cpu": seconds}.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>

#define BATCH 64

static volatile sig_atomic_t over;

static void
terminate_cb (int unused)
{
  over = 1;
}

static int
bound (int port, int buffer)
{
  struct sockaddr_in addr = { .sin_family = AF_INET, .sin_addr.s_addr = g_htonl (INADDR_LOOPBACK) };
  int fd = socket (AF_INET, SOCK_DGRAM, 0);

  addr.sin_port = g_htons ((guint16) port);
  setsockopt (fd, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
  if (bind (fd, (struct sockaddr *) &addr, sizeof addr) != 0)
    g_error ("bind failed");

  return fd;
}

int
main (int argc, char **argv)
{
  static char buffers[BATCH][65536];
  struct iovec parts[BATCH];
  struct mmsghdr messages[BATCH] = { 0 };
  struct sigaction action = { .sa_handler = terminate_cb }; /* without SA_RESTART: the call ends too */
  guint64 received = 0, bytes = 0;
  struct rusage used;
  int fd, n;

  if (argc != 3)
    return 2;
  sigaction (SIGTERM, &action, NULL);
  fd = bound (atoi (argv[1]), atoi (argv[2]));
  for (int i = 0; i < BATCH; i++)
    {
      parts[i] = (struct iovec){ buffers[i], sizeof buffers[i] };
      messages[i].msg_hdr = (struct msghdr){ .msg_iov = &parts[i], .msg_iovlen = 1 };
    }
  while (!over)
    {
      n = recvmmsg (fd, messages, BATCH, MSG_WAITFORONE, NULL);
      for (int i = 0; i < n; i++)
        bytes += messages[i].msg_len;
      received += (guint64) MAX (n, 0);
    }
  getrusage (RUSAGE_SELF, &used);
  printf ("{\"received\": %" G_GUINT64_FORMAT ", \"bytes\": %" G_GUINT64_FORMAT ", \"cpu\": %.6f}\n", received, bytes,
          (double) (used.ru_utime.tv_sec + used.ru_stime.tv_sec) + (double) (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6);

  return 0;
}
