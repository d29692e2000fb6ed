/* bounce.c: a minimal echo server for datagrams, and a client that measures the round trip
 *
 * Usage: bounce serve PORT, which sends back what arrives, for ever; bounce ask PORT COUNT, which sends a datagram, waits for it
 * to come back, so often, and prints {"p50": µs, "p99": µs}.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#define LENGTH 64
#define WARM 1000 /* round trips before those that count */

static struct sockaddr_in
loopback (int port)
{
  return (struct sockaddr_in){ .sin_family = AF_INET,
                               .sin_port = g_htons ((guint16) port),
                               .sin_addr.s_addr = g_htonl (INADDR_LOOPBACK) };
}

static void
serve (int port)
{
  static char bytes[65536];
  struct sockaddr_in addr = loopback (port);
  int fd = socket (AF_INET, SOCK_DGRAM, 0);

  if (bind (fd, (struct sockaddr *) &addr, sizeof addr) != 0)
    g_error ("bind failed");
  for (;;)
    {
      socklen_t size = sizeof addr;
      gssize n = recvfrom (fd, bytes, sizeof bytes, 0, (struct sockaddr *) &addr, &size);

      if (n >= 0)
        sendto (fd, bytes, (gsize) n, 0, (struct sockaddr *) &addr, size);
    }
}

static double
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_MONOTONIC, &time);

  return (double) time.tv_sec * 1e6 + (double) time.tv_nsec / 1e3;
}

static double
round_trip (int fd)
{
  char bytes[LENGTH] = "there and back";
  double start = now ();

  if (send (fd, bytes, sizeof bytes, 0) != LENGTH || recv (fd, bytes, sizeof bytes, 0) != LENGTH)
    g_error ("no echo came");

  return now () - start;
}

static int
compare (const void *a, const void *b)
{
  double left = *(const double *) a, right = *(const double *) b;

  return (left > right) - (left < right);
}

static void
ask (int port, int count)
{
  struct sockaddr_in addr = loopback (port);
  struct timeval patience = { .tv_sec = 5 };
  g_autofree double *times = g_new (double, count);
  int fd = socket (AF_INET, SOCK_DGRAM, 0);

  setsockopt (fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  if (connect (fd, (struct sockaddr *) &addr, sizeof addr) != 0)
    g_error ("connect failed");
  for (int i = -WARM; i < count; i++)
    times[MAX (i, 0)] = round_trip (fd);
  qsort (times, (gsize) count, sizeof *times, compare);
  printf ("{\"p50\": %.2f, \"p99\": %.2f}\n", times[count / 2], times[count - 1 - count / 100]);
}

int
main (int argc, char **argv)
{
  if (argc == 3 && strcmp (argv[1], "serve") == 0)
    serve (atoi (argv[2]));
  else if (argc == 4 && strcmp (argv[1], "ask") == 0 && atoi (argv[3]) > 0)
    ask (atoi (argv[2]), atoi (argv[3]));
  else
    return 2;

  return 0;
}
