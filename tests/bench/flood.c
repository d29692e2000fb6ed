/* flood.c: sends datagrams to a port on loopback, as fast as one thread can or at a pace
 *
 * Usage: flood PORT [--count N | --seconds S] [--length BYTES] [--rate PER-SECOND]. Prints {"sent": N, "seconds": S}.
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

#define LENGTH_MAX 65507
#define ROUND 16 /* datagrams between two looks at the clock */

static gint64 count = G_MAXINT64, length = 64, rate;
static double seconds = 1e9;

static const GOptionEntry entries[] = {
  { "count", 0, 0, G_OPTION_ARG_INT64, &count, "end after so many", "N" },
  { "seconds", 0, 0, G_OPTION_ARG_DOUBLE, &seconds, "end after so long", "S" },
  { "length", 0, 0, G_OPTION_ARG_INT64, &length, "of a datagram", "BYTES" },
  { "rate", 0, 0, G_OPTION_ARG_INT64, &rate, "datagrams a second", "N" },
  G_OPTION_ENTRY_NULL,
};

static gint64
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_MONOTONIC, &time);

  return time.tv_sec * G_GINT64_CONSTANT (1000000000) + time.tv_nsec;
}

static int
connected (int port)
{
  struct sockaddr_in to = { .sin_family = AF_INET, .sin_addr.s_addr = g_htonl (INADDR_LOOPBACK) };
  int fd = socket (AF_INET, SOCK_DGRAM, 0);

  to.sin_port = g_htons ((guint16) port);
  if (connect (fd, (struct sockaddr *) &to, sizeof to) != 0)
    g_error ("connect failed");

  return fd;
}

/* Until it is time for the next round. A sleep is too coarse for what lies nearer than a millisecond. */
static void
keep_pace (gint64 start, gint64 sent)
{
  gint64 due = start + (gint64) ((double) sent / (double) rate * 1e9);
  struct timespec until = { (due - 100000) / 1000000000, (due - 100000) % 1000000000 };

  if (due - now () > 200000)
    clock_nanosleep (CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
  while (now () < due)
    ;
}

int
main (int argc, char **argv)
{
  static char datagram[LENGTH_MAX];
  static const char words[] = "Everything that arrives is shown, counted, or told as lost. 4242";
  g_autoptr (GOptionContext) context = g_option_context_new ("PORT");
  gint64 sent = 0, start, end;
  int fd;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, NULL) || argc != 2 || length < 0 || length > LENGTH_MAX)
    return 2;
  for (gsize i = 0; i < sizeof datagram; i++)
    datagram[i] = words[i % (sizeof words - 1)];
  fd = connected (atoi (argv[1]));
  start = now ();
  end = start + (gint64) (seconds * 1e9);
  while (sent < count && now () < end)
    {
      for (int i = 0; i < ROUND && sent < count; i++)
        sent += send (fd, datagram, (gsize) length, 0) == length;
      if (rate > 0)
        keep_pace (start, sent);
    }
  printf ("{\"sent\": %" G_GINT64_FORMAT ", \"seconds\": %.6f}\n", sent, (double) (now () - start) / 1e9);

  return 0;
}
