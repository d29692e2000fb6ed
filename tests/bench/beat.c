/* beat.c: a minimal sender of a datagram each millisecond, and a receiver that measures the intervals
 *
 * Usage: beat send PORT COUNT, which sends so many datagrams, one a millisecond, by clock_nanosleep() to absolute deadlines;
 * beat hear PORT COUNT, which waits for the first, and then until so many have come or none for a second, and prints
 * {"interval": mean in ms, "p50": µs, "p99": µs}: how late they were, counted from the first, which is sent at once. Times are
 * those of the kernel's receiving, which on loopback is a part of sending.
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

#define INTERVAL 1000000 /* ns */
#define SECOND 1000000000

static struct sockaddr_in
loopback (int port)
{
  return (struct sockaddr_in){ .sin_family = AF_INET,
                               .sin_port = g_htons ((guint16) port),
                               .sin_addr.s_addr = g_htonl (INADDR_LOOPBACK) };
}

static void
beat (int fd, const struct sockaddr_in *to, int count)
{
  struct timespec due;

  clock_gettime (CLOCK_MONOTONIC, &due);
  for (int i = 0; i < count; i++)
    {
      sendto (fd, "tick", 4, 0, (const struct sockaddr *) to, sizeof *to);
      due.tv_nsec += INTERVAL;
      due.tv_sec += due.tv_nsec / SECOND;
      due.tv_nsec %= SECOND;
      clock_nanosleep (CLOCK_MONOTONIC, TIMER_ABSTIME, &due, NULL);
    }
}

/* ns since 1970, or -1 where nothing comes any more. */
static gint64
arrival (int fd)
{
  char byte[16], control[128];
  struct iovec part = { byte, sizeof byte };
  struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control };
  struct timespec time = { 0 };

  if (recvmsg (fd, &message, 0) < 0)
    return -1;
  for (struct cmsghdr *c = CMSG_FIRSTHDR (&message); c != NULL; c = CMSG_NXTHDR (&message, c))
    if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_TIMESTAMPNS)
      memcpy (&time, CMSG_DATA (c), sizeof time);

  return (gint64) time.tv_sec * SECOND + time.tv_nsec;
}

static int
compare (const void *a, const void *b)
{
  gint64 left = *(const gint64 *) a, right = *(const gint64 *) b;

  return (left > right) - (left < right);
}

/* A beat that was left out moves all that follow it, while one that was late does not: so how many are missing before a
 * datagram is the least that is missing before any later one. */
static void
tell (const gint64 *times, int n)
{
  g_autofree gint64 *late = g_new (gint64, n);
  gint64 missing = G_MAXINT64;

  for (int i = n - 1; i > 0; i--)
    {
      gint64 since = times[i] - times[0];

      missing = MAX (0, MIN (missing, (since + INTERVAL / 2) / INTERVAL - i));
      late[i] = since - (i + missing) * INTERVAL;
    }
  qsort (late + 1, (gsize) n - 1, sizeof *late, compare);
  printf ("{\"interval\": %.6f, \"p50\": %.2f, \"p99\": %.2f}\n", (double) (times[n - 1] - times[0]) / (n - 1) / 1e6,
          (double) late[n / 2] / 1e3, (double) late[n - 1 - n / 100] / 1e3);
}

static void
hear (int fd, int count)
{
  g_autofree gint64 *times = g_new (gint64, count);
  struct timeval patience = { .tv_sec = 1 };
  int on = 1, n = 0;

  setsockopt (fd, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
  times[n++] = arrival (fd);
  setsockopt (fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  while (n < count && (times[n] = arrival (fd)) >= 0)
    n++;
  if (n < 2)
    g_error ("nothing to hear");
  tell (times, n);
}

int
main (int argc, char **argv)
{
  int fd = socket (AF_INET, SOCK_DGRAM, 0), count = argc == 4 ? atoi (argv[3]) : 0;
  struct sockaddr_in addr;

  if (count < 2)
    return 2;
  addr = loopback (atoi (argv[2]));
  if (strcmp (argv[1], "send") == 0)
    beat (fd, &addr, count);
  else if (bind (fd, (struct sockaddr *) &addr, sizeof addr) == 0)
    hear (fd, count);
  else
    g_error ("bind failed");

  return 0;
}
