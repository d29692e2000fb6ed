/* test-responder.c: the table of responders, and the rules that hold for each row
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fixture.h"
#include "ph-responder.h"

static void
test_every_row_is_whole_and_is_found (void)
{
  g_assert_nonnull (ph_responder_at (0));
  for (guint i = 0; ph_responder_at (i) != NULL; i++)
    {
      const PhResponder *row = ph_responder_at (i);

      g_assert_true (ph_responder_find (row->id) == row);
      g_assert_cmpstr (row->summary, !=, "");
      g_assert_nonnull (row->received);
    }
  g_assert_null (ph_responder_find (NULL));
  g_assert_null (ph_responder_find ("nobody"));
}

/* Sends a datagram from the link to itself: no row may answer it, or both would go on without end. */
static void
check_no_answer_to_itself (const char *responder, const char *local)
{
  Net *net = net_new ();
  PhEndpoint *endpoint = ph_endpoint_new ("udp");
  int port, fd = peer_socket (PH_SOCKET_UDP, "127.0.0.1", &port);

  ph_place_set_ip (&endpoint->local, local, 0);
  endpoint->responder = responder;
  net_open_endpoint (net, endpoint);
  net_expect (net, PH_RECORD_OPEN);
  net_send (net, PH_PEER_NONE, "127.0.0.1", net->port, "self", 4);
  net_expect_text (net, PH_RECORD_OUT, "self");
  g_assert_cmpint (net->record.flags & PH_RECORD_ANSWER, ==, 0);
  net_expect_text (net, PH_RECORD_IN, "self");
  /* The next record is not an answer, but what another socket sent. */
  peer_send_to (fd, net->port, "other", 5);
  net_expect_text (net, PH_RECORD_IN, "other");
  peer_close (fd);
  net_free (net);
}

static void
test_no_row_answers_its_own_datagrams (void)
{
  for (guint i = 0; ph_responder_at (i) != NULL; i++)
    {
      check_no_answer_to_itself (ph_responder_at (i)->id, "127.0.0.1");
      check_no_answer_to_itself (ph_responder_at (i)->id, "0.0.0.0");
    }
}

static void
test_without_a_row_nothing_is_answered (void)
{
  Net *net = net_new ();
  int port, fd = peer_socket (PH_SOCKET_UDP, "127.0.0.1", &port);

  net_open (net, "udp", "127.0.0.1", 0, "", PH_PORT_UNSET);
  net_expect (net, PH_RECORD_OPEN);
  peer_send_to (fd, net->port, "one", 3);
  peer_send_to (fd, net->port, "two", 3);
  net_expect_text (net, PH_RECORD_IN, "one");
  net_expect_text (net, PH_RECORD_IN, "two");
  net_close (net);
  g_assert_false (peer_has_news (fd));
  peer_close (fd);
  net_free (net);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/responder/every-row-is-whole-and-is-found", test_every_row_is_whole_and_is_found);
  g_test_add_func ("/responder/no-row-answers-its-own-datagrams", test_no_row_answers_its_own_datagrams);
  g_test_add_func ("/responder/without-a-row-nothing-is-answered", test_without_a_row_nothing_is_answered);

  return g_test_run ();
}
