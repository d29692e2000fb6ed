/* stream.c: sends over one TCP connection on loopback as fast as one thread can
 *
 * Usage: stream PORT SECONDS. Prints {"sent": bytes, "seconds": S}, S until the receiver has taken all of it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib.h>
#include <linux/sockios.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#define PIECE (128 * 1024) /* bytes of a send, as many as iperf3's */

int
main (int argc, char **argv)
{
  static char bytes[PIECE] = "A stream of bytes.\n";
  struct sockaddr_in to = { .sin_family = AF_INET, .sin_addr.s_addr = g_htonl (INADDR_LOOPBACK) };
  int fd = socket (AF_INET, SOCK_STREAM, 0), waiting = 1;
  guint64 sent = 0;
  gint64 start, end;

  if (argc != 3)
    return 2;
  for (gsize i = 0; i < sizeof bytes; i++)
    bytes[i] = "A stream of bytes, in lines.\n"[i % 29];
  to.sin_port = g_htons ((guint16) atoi (argv[1]));
  if (connect (fd, (struct sockaddr *) &to, sizeof to) != 0)
    g_error ("connect failed");
  start = g_get_monotonic_time ();
  end = start + (gint64) (g_ascii_strtod (argv[2], NULL) * G_TIME_SPAN_SECOND);
  while (g_get_monotonic_time () < end)
    {
      gssize n = send (fd, bytes, sizeof bytes, MSG_NOSIGNAL);

      if (n < 0)
        g_error ("the receiver is gone");
      sent += (guint64) n;
    }
  while (waiting > 0 && ioctl (fd, SIOCOUTQ, &waiting) == 0)
    g_usleep (100);
  printf ("{\"sent\": %" G_GUINT64_FORMAT ", \"seconds\": %.6f}\n", sent, (double) (g_get_monotonic_time () - start) / 1e6);

  return 0;
}
