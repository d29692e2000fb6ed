/* flood.c: sends 64-byte datagrams to a port on loopback as fast as one thread can
 *
 * Usage: flood PORT SECONDS. Prints how many it sent.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

int
main (int argc, char **argv)
{
  static const char datagram[64] = "Everything that arrives is shown, counted, or told as lost. 4242";
  struct sockaddr_in to = { .sin_family = AF_INET, .sin_addr.s_addr = g_htonl (INADDR_LOOPBACK) };
  int fd = socket (AF_INET, SOCK_DGRAM, 0);
  guint64 sent = 0;
  gint64 end;

  if (argc != 3)
    return 2;
  to.sin_port = g_htons ((guint16) atoi (argv[1]));
  if (connect (fd, (struct sockaddr *) &to, sizeof to) != 0)
    return 1;
  for (end = g_get_monotonic_time () + atoi (argv[2]) * G_TIME_SPAN_SECOND; g_get_monotonic_time () < end;)
    for (int i = 0; i < 16; i++)
      sent += send (fd, datagram, sizeof datagram, 0) == sizeof datagram;
  printf ("%" G_GUINT64_FORMAT "\n", sent);

  return 0;
}
