/* test-hosts.c: names that datagrams are sent to are asked for again, and serve meanwhile
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fixture.h"

#include "ph-hosts.h"
#include "ph-resolver.h"

#define MS G_GINT64_CONSTANT (1000000)
#define SECOND G_GINT64_CONSTANT (1000000000)
#define NAME "moves.example"

static PhAddr
addr_of (const char *host, int port)
{
  PhAddr addr;

  g_assert_true (ph_plat_addr_parse (host, (guint16) port, &addr));
  return addr;
}

static const PhAddr *
get (PhHosts *hosts, const char *key, gint64 now)
{
  PhHostAge age;

  return ph_hosts_get (hosts, key, now, &age);
}

static PhHostAge
age_of (PhHosts *hosts, const char *key, gint64 now)
{
  PhHostAge age;

  g_assert_nonnull (ph_hosts_get (hosts, key, now, &age));
  return age;
}

/* ---- the table, with a clock of the test ---- */

static void
test_an_address_is_asked_for_again_after_a_minute_and_only_once_at_a_time (void)
{
  PhAddr old = addr_of ("192.0.2.1", 9), new = addr_of ("192.0.2.2", 9);
  PhHosts *hosts = ph_hosts_new ();
  gboolean flag;

  g_assert_null (get (hosts, "a:9", 0));
  ph_hosts_put (hosts, "a:9", &old, 0);
  g_assert_cmpint (age_of (hosts, "a:9", 59 * SECOND), ==, PH_HOST_GOOD);
  g_assert_cmpint (age_of (hosts, "a:9", 60 * SECOND), ==, PH_HOST_OLD);
  ph_hosts_asked (hosts, "a:9", 7, 60 * SECOND);
  g_assert_cmpint (age_of (hosts, "a:9", 200 * SECOND), ==, PH_HOST_GOOD);
  g_assert_null (ph_hosts_answered (hosts, 8, &new, &flag));
  g_assert_true (ph_plat_addr_equal (get (hosts, "a:9", 200 * SECOND), &old));
  g_assert_cmpstr (ph_hosts_answered (hosts, 7, &new, &flag), ==, "a:9");
  g_assert_true (flag);
  g_assert_true (ph_plat_addr_equal (get (hosts, "a:9", 61 * SECOND), &new));
  ph_hosts_free (hosts);
}

static void
test_an_address_without_an_answer_stays (void)
{
  PhAddr old = addr_of ("192.0.2.1", 9);
  PhHosts *hosts = ph_hosts_new ();
  gboolean flag;

  ph_hosts_put (hosts, "a:9", &old, 0);
  ph_hosts_asked (hosts, "a:9", 1, 60 * SECOND);
  g_assert_nonnull (ph_hosts_answered (hosts, 1, NULL, &flag));
  g_assert_false (flag);
  g_assert_true (ph_plat_addr_equal (get (hosts, "a:9", 61 * SECOND), &old));
  g_assert_cmpint (age_of (hosts, "a:9", 120 * SECOND), ==, PH_HOST_OLD);
  ph_hosts_free (hosts);
}

static void
test_after_an_error_it_is_asked_for_at_once_but_not_all_the_time (void)
{
  PhAddr here = addr_of ("192.0.2.1", 9), other = addr_of ("192.0.2.1", 10);
  PhHosts *hosts = ph_hosts_new ();
  gboolean flag;

  ph_hosts_put (hosts, "a:9", &here, 0);
  ph_hosts_doubt (hosts, &other);
  g_assert_cmpint (age_of (hosts, "a:9", 10 * SECOND), ==, PH_HOST_GOOD);
  ph_hosts_doubt (hosts, &here);
  g_assert_cmpint (age_of (hosts, "a:9", 10 * SECOND), ==, PH_HOST_OLD);
  ph_hosts_asked (hosts, "a:9", 1, 10 * SECOND);
  g_assert_nonnull (ph_hosts_answered (hosts, 1, &here, &flag));
  g_assert_false (flag);
  ph_hosts_doubt (hosts, &here);
  g_assert_cmpint (age_of (hosts, "a:9", 10 * SECOND + SECOND / 2), ==, PH_HOST_GOOD);
  g_assert_cmpint (age_of (hosts, "a:9", 11 * SECOND), ==, PH_HOST_OLD);
  ph_hosts_free (hosts);
}

static void
test_an_address_that_was_not_used_for_a_minute_is_not_to_be_used_any_more (void)
{
  PhAddr old = addr_of ("192.0.2.1", 9);
  PhHosts *hosts = ph_hosts_new ();
  gboolean flag;

  ph_hosts_put (hosts, "a:9", &old, 0);
  g_assert_cmpint (age_of (hosts, "a:9", 30 * SECOND), ==, PH_HOST_GOOD);
  g_assert_cmpint (age_of (hosts, "a:9", 89 * SECOND), ==, PH_HOST_OLD);
  g_assert_cmpint (age_of (hosts, "a:9", 149 * SECOND), ==, PH_HOST_UNUSED);
  ph_hosts_asked (hosts, "a:9", 1, 149 * SECOND);
  g_assert_nonnull (ph_hosts_answered (hosts, 1, NULL, &flag));
  g_assert_cmpint (age_of (hosts, "a:9", 150 * SECOND), ==, PH_HOST_GOOD);
  ph_hosts_doubt (hosts, &old);
  g_assert_cmpint (age_of (hosts, "a:9", 151 * SECOND), ==, PH_HOST_UNUSED);
  ph_hosts_free (hosts);
}

static void
test_only_so_many_names_are_kept_and_the_one_in_use_stays (void)
{
  PhAddr addr = addr_of ("192.0.2.1", 9);
  PhHosts *hosts = ph_hosts_new ();

  for (guint i = 0; i < 2 * PH_HOSTS_MAX; i++)
    {
      g_autofree char *key = g_strdup_printf ("host-%u:9", i);

      ph_hosts_put (hosts, key, &addr, i);
      g_assert_nonnull (get (hosts, "host-0:9", i));
    }
  g_assert_null (get (hosts, "host-1:9", 0));
  g_assert_nonnull (get (hosts, "host-1999:9", 0));
  ph_hosts_free (hosts);
}

/* ---- a worker, and a name whose address the test changes ---- */

#if defined __linux__ && !defined WITH_POLL /* elsewhere the system does not tell that nobody listens */

static const char *_Atomic where; /* NULL: the name is not found */
static _Atomic guint asked;

static GArray *
ask (const char *host, guint16 port, GError **error)
{
  const char *now = where;
  GArray *addrs;
  PhAddr addr;

  g_assert_cmpstr (host, ==, NAME);
  asked++;
  if (now == NULL)
    {
      ph_error_set (error, PH_ERROR_NOT_RESOLVED, NULL, "");
      return NULL;
    }
  addr = addr_of (now, port);
  addrs = g_array_new (FALSE, FALSE, sizeof (PhAddr));

  return g_array_append_val (addrs, addr);
}

/* Sends again and again, until it is told that the name was asked for again. */
static void
repeat_until_note (Net *net, const char *host, int port)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);
  g_autoptr (PhPayload) payload = ph_payload_new_for_bytes (bytes, NULL, NULL);
  PhTarget target = { .peer = PH_PEER_NONE, .place = { .port = port, .name = (char *) host } };

  ph_worker_repeat (net->worker, &target, payload, NULL, 10 * MS, 0);
  do
    net_next (net);
  while (net->record.kind != PH_RECORD_NOTE);
}

/* Nobody listens at the first address any more, and the name has moved. */
static void
test_datagrams_follow_a_name_that_moves (void)
{
  for (int as_remote = 0; as_remote < 2; as_remote++)
    {
      int port, fd = peer_socket (PH_SOCKET_UDP, "127.0.0.3", &port);
      const char *host = as_remote ? NULL : NAME;
      Net *net = net_new ();
      char byte;

      where = "127.0.0.2"; /* nobody listens there */
      net_open (net, "udp", "127.0.0.1", 0, as_remote ? NAME : "", as_remote ? port : PH_PORT_UNSET);
      net_expect (net, PH_RECORD_OPEN);
      net_send (net, PH_PEER_NONE, host, port, "x", 1);
      net_expect (net, PH_RECORD_OUT);
      where = NULL; /* the old address serves on */
      repeat_until_note (net, host, port);
      g_assert_cmpuint (net->record.detail, ==, PH_ERROR_NOT_RESOLVED);
      where = "127.0.0.3";
      repeat_until_note (net, host, port);
      g_assert_cmpstr (ph_words_get (&net->words, "cause"), ==, "changed");
      net_send (net, PH_PEER_NONE, host, port, "!", 1);
      peer_receive (fd, &byte, 1);
      g_assert_cmpuint (asked, >=, 3);
      peer_close (fd);
      net_free (net);
    }
}

/* What was sent has come back, the name has moved, and then nothing was sent for a while. */
static void
test_after_a_pause_the_first_datagram_goes_where_the_name_is_now (void)
{
  for (int as_remote = 0; as_remote < 2; as_remote++)
    {
      int port, fd = peer_socket (PH_SOCKET_UDP, "127.0.0.3", &port);
      const char *host = as_remote ? NULL : NAME;
      Net *net = net_new ();
      char bytes[2];

      where = "127.0.0.2"; /* nobody listens there */
      net_open (net, "udp", "127.0.0.1", 0, as_remote ? NAME : "", as_remote ? port : PH_PORT_UNSET);
      net_expect (net, PH_RECORD_OPEN);
      net_send (net, PH_PEER_NONE, host, port, "1", 1);
      net_expect (net, PH_RECORD_OUT);
      net_expect (net, PH_RECORD_ERROR);
      g_usleep ((gulong) (PH_HOSTS_DOUBT / 1000)); /* so long is the pause at least */
      where = "127.0.0.3";
      net_send (net, PH_PEER_NONE, host, port, "2", 1);
      net_send (net, PH_PEER_NONE, host, port, "3", 1);
      peer_receive (fd, &bytes[0], 1);
      peer_receive (fd, &bytes[1], 1);
      g_assert_cmpmem (bytes, 2, "23", 2);
      peer_close (fd);
      net_free (net);
    }
}

#endif

int
main (int argc, char **argv)
{
  ph_plat_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hosts/an-address-is-asked-for-again-after-a-minute-and-only-once-at-a-time",
                   test_an_address_is_asked_for_again_after_a_minute_and_only_once_at_a_time);
  g_test_add_func ("/hosts/an-address-without-an-answer-stays", test_an_address_without_an_answer_stays);
  g_test_add_func ("/hosts/after-an-error-it-is-asked-for-at-once-but-not-all-the-time",
                   test_after_an_error_it_is_asked_for_at_once_but_not_all_the_time);
  g_test_add_func ("/hosts/an-address-that-was-not-used-for-a-minute-is-not-to-be-used-any-more",
                   test_an_address_that_was_not_used_for_a_minute_is_not_to_be_used_any_more);
  g_test_add_func ("/hosts/only-so-many-names-are-kept-and-the-one-in-use-stays",
                   test_only_so_many_names_are_kept_and_the_one_in_use_stays);
#if defined __linux__ && !defined WITH_POLL
  ph_resolver_ask = ask;
  g_test_add_func ("/hosts/datagrams-follow-a-name-that-moves", test_datagrams_follow_a_name_that_moves);
  g_test_add_func ("/hosts/after-a-pause-the-first-datagram-goes-where-the-name-is-now",
                   test_after_a_pause_the_first_datagram_goes_where_the_name_is_now);
#endif

  return g_test_run ();
}
