/* test-icmp.c: on Windows the error for a datagram that cannot be delivered becomes a record, and the socket stays open
 *
 * Windows tells it by failing the next receive or send. Wine never does, so the platform's file of datagrams is built once
 * more for this test, with calls that fail when they are told to (tests/net/meson.build).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fixture.h"
#include "sockets.h"

#include <mswsock.h>
#include <string.h>

int WSAAPI fake_ioctl (SOCKET fd, DWORD what, void *in, DWORD in_size, void *out, DWORD out_size, DWORD *got,
                       WSAOVERLAPPED *overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE done);
int WSAAPI fake_send_to (SOCKET fd, const char *bytes, int length, int flags, const struct sockaddr *to, int to_length);

/* What calls of the worker's thread meet: as many as there are in @times, with @code. */
typedef struct
{
  int times, code; /* atomic */
} Trouble;

static Trouble receiving, sending;
static int undelivered; /* atomic: the port of the datagram that was not delivered, or 0: Windows does not say */

static void
arm (Trouble *trouble, int code, int times)
{
  g_atomic_int_set (&trouble->code, code);
  g_atomic_int_set (&trouble->times, times);
}

static int
meet (Trouble *trouble)
{
  if (g_atomic_int_get (&trouble->times) == 0)
    return 0;
  g_atomic_int_add (&trouble->times, -1);

  return g_atomic_int_get (&trouble->code);
}

static LPFN_WSARECVMSG receive_message;

static int WSAAPI
fake_receive_message (SOCKET fd, WSAMSG *message, DWORD *got, WSAOVERLAPPED *overlapped,
                      LPWSAOVERLAPPED_COMPLETION_ROUTINE done)
{
  int code = meet (&receiving), port = g_atomic_int_get (&undelivered);

  if (code == 0)
    return receive_message (fd, message, got, overlapped, done);
  if (port != 0)
    *(struct sockaddr_in *) (gpointer) message->name = (struct sockaddr_in){ .sin_family = AF_INET,
                                                                             .sin_port = htons ((u_short) port),
                                                                             .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  WSASetLastError (code);

  return SOCKET_ERROR;
}

/* The system is asked for the call that receives; what it gives is kept, and ours is given in its place. */
int WSAAPI
fake_ioctl (SOCKET fd, DWORD what, void *in, DWORD in_size, void *out, DWORD out_size, DWORD *got, WSAOVERLAPPED *overlapped,
            LPWSAOVERLAPPED_COMPLETION_ROUTINE done)
{
  int result = WSAIoctl (fd, what, in, in_size, out, out_size, got, overlapped, done);

  if (what == SIO_GET_EXTENSION_FUNCTION_POINTER && result == 0)
    {
      receive_message = *(LPFN_WSARECVMSG *) out;
      *(LPFN_WSARECVMSG *) out = fake_receive_message;
    }

  return result;
}

int WSAAPI
fake_send_to (SOCKET fd, const char *bytes, int length, int flags, const struct sockaddr *to, int to_length)
{
  int code = meet (&sending);

  if (code == 0)
    return sendto (fd, bytes, length, flags, to, to_length);
  WSASetLastError (code);

  return SOCKET_ERROR;
}

typedef struct
{
  const char *story;
  int code;
  gboolean says_where;
  PhError cause;
  const char *words;
} Case;

static const Case cases[] = {
  { "a-closed-port", WSAECONNRESET, TRUE, PH_ERROR_REFUSED, "did not take a datagram: port unreachable (ICMP)" },
  { "a-closed-port-that-is-not-named", WSAECONNRESET, FALSE, PH_ERROR_REFUSED, "A datagram was not delivered: " },
  { "a-way-that-is-too-long", WSAENETRESET, TRUE, PH_ERROR_UNREACHABLE, "did not get a datagram: " },
  { "a-host-that-is-not-there", WSAEHOSTUNREACH, FALSE, PH_ERROR_UNREACHABLE, "A datagram was not delivered: " },
};

static void
test_a_receive_tells_it_and_the_next_datagram_comes (gconstpointer data)
{
  const Case *c = data;
  Net *net = net_new ();
  int port, fd = peer_socket (PH_SOCKET_UDP, "127.0.0.1", &port);
  g_autofree char *address = g_strdup_printf ("127.0.0.1:%d ", port);

  net_open (net, "udp", "127.0.0.1", PH_PORT_UNSET, "127.0.0.1", port);
  net_expect (net, PH_RECORD_OPEN);
  g_atomic_int_set (&undelivered, c->says_where ? port : 0);
  arm (&receiving, c->code, 1);
  peer_send_to (fd, net->port, "still open", 10);
  net_expect (net, PH_RECORD_ERROR);
  g_assert_cmpuint (net->record.detail, ==, c->cause);
  g_assert_nonnull (strstr (net->payload, c->words));
  g_assert_cmpint (strstr (net->payload, address) != NULL, ==, c->says_where);
  net_expect_text (net, PH_RECORD_IN, "still open");
  net_close (net);
  peer_close (fd);
  net_free (net);
}

static void
test_a_send_tells_it_and_is_tried_again (void)
{
  Net *net = net_new ();
  int port, fd = peer_socket (PH_SOCKET_UDP, "127.0.0.1", &port);
  char bytes[5];

  net_open (net, "udp", "127.0.0.1", PH_PORT_UNSET, "127.0.0.1", port);
  net_expect (net, PH_RECORD_OPEN);
  arm (&sending, WSAECONNRESET, 1);
  net_send_text (net, PH_PEER_NONE, "again");
  net_expect (net, PH_RECORD_ERROR);
  g_assert_cmpuint (net->record.detail, ==, PH_ERROR_REFUSED);
  net_expect_text (net, PH_RECORD_OUT, "again");
  peer_receive (fd, bytes, sizeof bytes);
  g_assert_cmpmem (bytes, sizeof bytes, "again", 5);
  net_close (net);
  peer_close (fd);
  net_free (net);
}

static void
test_a_place_that_is_none_is_not_called_an_address_of_another_machine (void)
{
  Net *net = net_new ();

  net_open (net, "udp", "127.0.0.1", PH_PORT_UNSET, "127.0.0.1", 9);
  net_expect (net, PH_RECORD_OPEN);
  arm (&sending, WSAEADDRNOTAVAIL, 2); /* it is tried a second time */
  net_send_text (net, PH_PEER_NONE, "nowhere");
  net_expect (net, PH_RECORD_ERROR);
  g_assert_cmpuint (net->record.detail, ==, PH_ERROR_UNREACHABLE);
  net_close (net);
  net_free (net);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ph_plat_init ();
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/icmp/a-receive-tells-of-", cases[i].story, "-and-the-next-datagram-comes", NULL);

      g_test_add_data_func (path, &cases[i], test_a_receive_tells_it_and_the_next_datagram_comes);
    }
  g_test_add_func ("/icmp/a-send-tells-it-and-is-tried-again", test_a_send_tells_it_and_is_tried_again);
  g_test_add_func ("/icmp/a-place-that-is-none-is-not-called-an-address-of-another-machine",
                   test_a_place_that_is_none_is_not_called_an_address_of_another_machine);

  return g_test_run ();
}
