/* test-plat.c: the platform contract: what ph-plat.h promises, whichever files keep it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-plat-file.h"
#include "ph-plat.h"

#include "../../place.h"

#include <string.h>

#define PATIENCE (60 * G_GINT64_CONSTANT (1000000000))

static PhAddr
loopback (guint16 port)
{
  PhAddr addr;

  g_assert_true (ph_plat_addr_parse ("127.0.0.1", port, &addr));
  return addr;
}

static PhFd
bound_socket (PhSocketType type, PhAddr *ret_addr)
{
  g_autoptr (GError) error = NULL;
  PhFd fd = ph_plat_socket (type, PH_FAMILY_IPV4, &error);
  PhAddr addr = loopback (0);

  g_assert_no_error (error);
  g_assert_true (ph_plat_bind (fd, &addr, &error));
  g_assert_no_error (error);
  g_assert_true (ph_plat_local_addr (fd, ret_addr));
  g_assert_cmpuint (ret_addr->port, >, 0);

  return fd;
}

static guint
wait_for_one (PhPoll *poll, PhPollEvent *event)
{
  return ph_plat_poll_wait (poll, event, 1, ph_plat_monotonic () + PATIENCE);
}

/* ---- the poll set ---- */

static void
test_a_deadline_ends_the_wait_and_never_too_early (void)
{
  g_autoptr (PhPoll) poll = ph_plat_poll_new (NULL);
  PhPollEvent event;

  for (int i = 0; i < 5; i++)
    {
      gint64 deadline = ph_plat_monotonic () + 1500000;

      while (ph_plat_monotonic () < deadline)
        g_assert_cmpuint (ph_plat_poll_wait (poll, &event, 1, deadline), ==, 0);
    }
  g_assert_cmpuint (ph_plat_poll_wait (poll, &event, 1, 0), ==, 0);
  g_assert_cmpuint (ph_plat_poll_wait (poll, &event, 1, ph_plat_monotonic () - 1), ==, 0);
}

static gpointer
wake_cb (gpointer poll)
{
  ph_plat_poll_wake (poll);
  return NULL;
}

static void
test_a_wake_from_another_thread_ends_the_wait_before_and_during (void)
{
  g_autoptr (PhPoll) poll = ph_plat_poll_new (NULL);
  PhPollEvent event;
  GThread *thread;

  ph_plat_poll_wake (poll);
  g_assert_cmpuint (ph_plat_poll_wait (poll, &event, 1, -1), ==, 0);
  thread = g_thread_new ("wake", wake_cb, poll);
  g_assert_cmpuint (ph_plat_poll_wait (poll, &event, 1, -1), ==, 0);
  g_thread_join (thread);
}

static void
test_readiness_comes_with_the_tag_until_it_is_taken_or_removed (void)
{
  g_autoptr (PhPoll) poll = ph_plat_poll_new (NULL);
  PhAddr addr, other_addr;
  PhFd fd = bound_socket (PH_SOCKET_UDP, &addr), other = bound_socket (PH_SOCKET_UDP, &other_addr);
  PhPollEvent event;
  PhError code;
  int tag;

  g_assert_true (ph_plat_poll_add (poll, fd, PH_IO_READ, &tag, NULL));
  g_assert_true (ph_plat_poll_add (poll, other, PH_IO_READ, &addr, NULL));
  g_assert_cmpint (ph_plat_send_to (other, (const guint8 *) "x", 1, NULL, &addr, &code), ==, 1);
  for (int i = 0; i < 3; i++) /* level-triggered: it stays until it is read */
    {
      g_assert_cmpuint (wait_for_one (poll, &event), ==, 1);
      g_assert_true (event.tag == &tag);
      g_assert_cmpuint (event.io, ==, PH_IO_READ);
    }
  ph_plat_poll_modify (poll, fd, 0, &tag);
  g_assert_cmpuint (ph_plat_poll_wait (poll, &event, 1, 0), ==, 0);
  ph_plat_poll_modify (poll, fd, PH_IO_WRITE, &other);
  g_assert_cmpuint (wait_for_one (poll, &event), ==, 1);
  g_assert_true (event.tag == &other);
  g_assert_cmpuint (event.io, ==, PH_IO_WRITE);
  ph_plat_poll_remove (poll, fd);
  g_assert_cmpuint (ph_plat_poll_wait (poll, &event, 1, 0), ==, 0);
  ph_plat_close (fd);
  ph_plat_close (other);
}

static void
test_whoever_is_ready_has_his_turn_however_little_room_there_is_for_events (void)
{
  g_autoptr (PhPoll) poll = ph_plat_poll_new (NULL);
  PhAddr addrs[3];
  PhFd fds[3];
  guint seen = 0;

  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    {
      PhError code;

      fds[i] = bound_socket (PH_SOCKET_UDP, &addrs[i]);
      g_assert_true (ph_plat_poll_add (poll, fds[i], PH_IO_READ, &addrs[i], NULL));
      g_assert_cmpint (ph_plat_send_to (fds[i], (const guint8 *) "x", 1, NULL, &addrs[i], &code), ==, 1);
    }
  for (gint64 end = ph_plat_monotonic () + PATIENCE; seen != 7 && ph_plat_monotonic () < end;)
    {
      PhPollEvent event;

      g_assert_cmpuint (wait_for_one (poll, &event), ==, 1);
      seen |= 1u << ((PhAddr *) event.tag - addrs);
    }
  g_assert_cmpuint (seen, ==, 7);
  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    ph_plat_close (fds[i]);
}

/* ---- TCP ---- */

static void
test_tcp_connects_and_carries_both_ways_and_ends (void)
{
  g_autoptr (PhPoll) poll = ph_plat_poll_new (NULL);
  g_autoptr (GError) error = NULL;
  PhAddr addr, peer, local;
  PhFd listener = bound_socket (PH_SOCKET_TCP, &addr);
  PhFd client = ph_plat_socket (PH_SOCKET_TCP, PH_FAMILY_IPV4, &error), server;
  PhError code = PH_ERROR_NONE;
  PhPollEvent event;
  guint8 buffer[8];

  g_assert_true (ph_plat_listen (listener, 5, &error));
  g_assert_cmpint (ph_plat_accept (listener, &peer, &code), ==, PH_FD_NONE);
  g_assert_cmpuint (code, ==, PH_ERROR_WOULD_BLOCK);

  g_assert_cmpint (ph_plat_connect (client, &addr, &error), !=, PH_CONNECT_FAILED);
  ph_plat_poll_add (poll, client, PH_IO_WRITE, &client, NULL);
  g_assert_cmpuint (wait_for_one (poll, &event), ==, 1);
  g_assert_true (ph_plat_connect_result (client, &error));
  ph_plat_poll_add (poll, listener, PH_IO_READ, &listener, NULL);
  ph_plat_poll_modify (poll, client, PH_IO_READ, &client);
  g_assert_cmpuint (wait_for_one (poll, &event), ==, 1);
  server = ph_plat_accept (listener, &peer, &code);
  g_assert_cmpint (server, !=, PH_FD_NONE);
  g_assert_true (ph_plat_local_addr (client, &local));
  g_assert_true (ph_plat_addr_equal (&local, &peer));

  g_assert_cmpint (ph_plat_receive (client, buffer, sizeof buffer, &code), ==, -1);
  g_assert_cmpuint (code, ==, PH_ERROR_WOULD_BLOCK);
  g_assert_cmpint (ph_plat_send (server, (const guint8 *) "abc", 3, &code), ==, 3);
  g_assert_cmpuint (wait_for_one (poll, &event), ==, 1);
  g_assert_true (event.tag == &client);
  g_assert_cmpint (ph_plat_receive (client, buffer, sizeof buffer, &code), ==, 3);
  g_assert_cmpmem (buffer, 3, "abc", 3);

  ph_plat_close (server);
  g_assert_cmpuint (wait_for_one (poll, &event), ==, 1);
  g_assert_cmpint (ph_plat_receive (client, buffer, sizeof buffer, &code), ==, 0);
  ph_plat_close (client);
  ph_plat_close (listener);
}

/* Two ends of a connection. */
static void
connected_pair (PhFd *ret_client, PhFd *ret_server)
{
  g_autoptr (PhPoll) poll = ph_plat_poll_new (NULL);
  PhAddr addr, peer;
  PhFd listener = bound_socket (PH_SOCKET_TCP, &addr);
  PhError code = PH_ERROR_NONE;
  PhPollEvent event;

  g_assert_true (ph_plat_listen (listener, 1, NULL));
  *ret_client = ph_plat_socket (PH_SOCKET_TCP, PH_FAMILY_IPV4, NULL);
  g_assert_cmpint (ph_plat_connect (*ret_client, &addr, NULL), !=, PH_CONNECT_FAILED);
  ph_plat_poll_add (poll, listener, PH_IO_READ, &listener, NULL);
  g_assert_cmpuint (wait_for_one (poll, &event), ==, 1);
  *ret_server = ph_plat_accept (listener, &peer, &code);
  g_assert_cmpint (*ret_server, !=, PH_FD_NONE);
  ph_plat_poll_remove (poll, listener);
  ph_plat_close (listener);
}

static void
test_after_the_peers_fin_one_may_send_and_is_not_called_again_and_again (void)
{
  g_autoptr (PhPoll) poll = ph_plat_poll_new (NULL);
  PhFd client, server;
  PhPollEvent event;
  PhError code;
  guint8 byte;

  connected_pair (&client, &server);
  ph_plat_poll_add (poll, client, PH_IO_READ, &client, NULL);
  ph_plat_close (server);
  g_assert_cmpuint (wait_for_one (poll, &event), ==, 1);
  g_assert_cmpuint (event.io & PH_IO_READ, !=, 0);
  g_assert_cmpint (ph_plat_receive (client, &byte, 1, &code), ==, 0);

  ph_plat_poll_modify (poll, client, 0, &client);
  g_assert_cmpuint (ph_plat_poll_wait (poll, &event, 1, ph_plat_monotonic () + 30000000), ==, 0);
  ph_plat_poll_modify (poll, client, PH_IO_WRITE, &client);
  g_assert_cmpuint (wait_for_one (poll, &event), ==, 1);
  g_assert_cmpuint (event.io, ==, PH_IO_WRITE);

  /* What is sent now is answered with a reset, and that has to be told. */
  ph_plat_poll_modify (poll, client, 0, &client);
  g_assert_cmpint (ph_plat_send (client, (const guint8 *) "x", 1, &code), ==, 1);
  g_assert_cmpuint (wait_for_one (poll, &event), ==, 1);
  g_assert_cmpuint (event.io & PH_IO_ERROR, !=, 0);
  ph_plat_close (client);
}

static void
test_after_its_own_fin_a_socket_still_receives (void)
{
  g_autoptr (PhPoll) poll = ph_plat_poll_new (NULL);
  PhFd client, server;
  PhPollEvent event;
  PhError code = PH_ERROR_NONE;
  guint8 byte;

  connected_pair (&client, &server);
  ph_plat_poll_add (poll, server, PH_IO_READ, &server, NULL);
  g_assert_cmpint (ph_plat_send (client, (const guint8 *) "x", 1, &code), ==, 1);
  g_assert_true (ph_plat_shutdown (client));
  g_assert_cmpint (ph_plat_send (client, (const guint8 *) "y", 1, &code), ==, -1);
  for (gssize expected = 1; expected >= 0; expected--)
    {
      g_assert_cmpuint (wait_for_one (poll, &event), ==, 1);
      g_assert_cmpint (ph_plat_receive (server, &byte, 1, &code), ==, expected);
    }
  ph_plat_poll_remove (poll, server);
  ph_plat_poll_add (poll, client, PH_IO_READ, &client, NULL);
  g_assert_cmpint (ph_plat_send (server, (const guint8 *) "z", 1, &code), ==, 1);
  g_assert_cmpuint (wait_for_one (poll, &event), ==, 1);
  g_assert_cmpint (ph_plat_receive (client, &byte, 1, &code), ==, 1);
  g_assert_cmpint (byte, ==, 'z');
  ph_plat_close (client);
  ph_plat_close (server);
}

static void
test_after_the_peers_fin_there_is_room_to_send_while_others_are_busy (void)
{
  g_autoptr (PhPoll) poll = ph_plat_poll_new (NULL);
  PhFd client, server, busy;
  PhPollEvent events[2];
  PhError code;
  PhAddr addr;
  guint8 byte;
  guint rooms = 0;

  connected_pair (&client, &server);
  ph_plat_poll_add (poll, client, PH_IO_READ, &client, NULL);
  ph_plat_close (server);
  g_assert_cmpuint (wait_for_one (poll, events), ==, 1);
  g_assert_cmpint (ph_plat_receive (client, &byte, 1, &code), ==, 0);
  busy = bound_socket (PH_SOCKET_UDP, &addr);
  ph_plat_poll_add (poll, busy, PH_IO_READ, &busy, NULL);
  g_assert_cmpint (ph_plat_send_to (busy, (const guint8 *) "x", 1, NULL, &addr, &code), ==, 1);

  ph_plat_poll_modify (poll, client, PH_IO_WRITE, &client);
  for (gint64 end = ph_plat_monotonic () + PATIENCE; rooms < 3 && ph_plat_monotonic () < end;)
    for (guint n = ph_plat_poll_wait (poll, events, 2, end); n > 0; n--)
      rooms += events[n - 1].tag == &client && (events[n - 1].io & PH_IO_WRITE) != 0;
  g_assert_cmpuint (rooms, >=, 3);
  ph_plat_close (client);
  ph_plat_close (busy);
}

static void
test_sending_to_a_closed_connection_is_an_error_and_no_signal (void)
{
  g_autoptr (PhPoll) poll = ph_plat_poll_new (NULL);
  PhAddr addr, peer;
  PhFd listener = bound_socket (PH_SOCKET_TCP, &addr);
  PhFd client = ph_plat_socket (PH_SOCKET_TCP, PH_FAMILY_IPV4, NULL);
  PhError code = PH_ERROR_NONE;
  PhPollEvent event;
  gssize sent;

  ph_plat_listen (listener, 1, NULL);
  ph_plat_connect (client, &addr, NULL);
  ph_plat_poll_add (poll, listener, PH_IO_READ, &listener, NULL);
  g_assert_cmpuint (wait_for_one (poll, &event), ==, 1);
  ph_plat_close (ph_plat_accept (listener, &peer, &code));
  do
    sent = ph_plat_send (client, (const guint8 *) "x", 1, &code);
  while (sent == 1);
  g_assert_cmpuint (code, ==, PH_ERROR_RESET);
  ph_plat_close (client);
  ph_plat_close (listener);
}

static void
test_failures_are_told_apart (void)
{
  PhAddr taken;
  PhFd fd = bound_socket (PH_SOCKET_UDP, &taken), other;
  g_autoptr (GError) in_use = NULL, refused = NULL;
  g_autoptr (PhPoll) poll = ph_plat_poll_new (NULL);
  PhPollEvent event;

  other = ph_plat_socket (PH_SOCKET_UDP, PH_FAMILY_IPV4, NULL);
  g_assert_false (ph_plat_bind (other, &taken, &in_use));
  g_assert_error (in_use, PH_ERROR, PH_ERROR_IN_USE);
  ph_plat_close (other);

  other = ph_plat_socket (PH_SOCKET_TCP, PH_FAMILY_IPV4, NULL);
  if (ph_plat_connect (other, &taken, &refused) == PH_CONNECT_PENDING)
    {
      ph_plat_poll_add (poll, other, PH_IO_WRITE, &other, NULL);
      g_assert_cmpuint (wait_for_one (poll, &event), ==, 1);
      g_assert_false (ph_plat_connect_result (other, &refused));
    }
  g_assert_error (refused, PH_ERROR, PH_ERROR_REFUSED);
  ph_plat_close (other);
  ph_plat_close (fd);
}

static void
test_an_address_of_another_machine_cannot_be_bound (void)
{
  PhFd fd = ph_plat_socket (PH_SOCKET_UDP, PH_FAMILY_IPV4, NULL);
  g_autoptr (GError) error = NULL;
  PhAddr addr;

  g_assert_true (ph_plat_addr_parse ("192.0.2.1", 0, &addr));
  if (ph_plat_bind (fd, &addr, &error))
    g_test_skip ("this system's bind() takes addresses that are not its own (Wine's does)");
  else
    g_assert_error (error, PH_ERROR, PH_ERROR_NOT_LOCAL);
  ph_plat_close (fd);
}

/* ---- options ---- */

static void
test_every_option_can_be_set_or_is_not_needed (void)
{
  static const struct
  {
    PhSocketType type;
    PhOption option;
    int value;
  } rows[] = { { PH_SOCKET_TCP, PH_OPTION_REUSE_ADDRESS, 1 },        { PH_SOCKET_UDP, PH_OPTION_V6_ONLY, 1 },
               { PH_SOCKET_TCP, PH_OPTION_V6_ONLY, 1 },              { PH_SOCKET_UDP, PH_OPTION_BROADCAST, 1 },
               { PH_SOCKET_TCP, PH_OPTION_NO_DELAY, 1 },             { PH_SOCKET_UDP, PH_OPTION_RECEIVE_BUFFER, 1 << 20 },
               { PH_SOCKET_TCP, PH_OPTION_SEND_BUFFER, 1 << 16 },    { PH_SOCKET_UDP, PH_OPTION_RECEIVE_TIME, 1 },
               { PH_SOCKET_UDP, PH_OPTION_RECEIVE_ERRORS, 1 },       { PH_SOCKET_UDP, PH_OPTION_DESTINATION, 1 } };
  static const PhFamily families[] = { PH_FAMILY_IPV4, PH_FAMILY_IPV6 };

  for (gsize i = 0; i < G_N_ELEMENTS (rows) * G_N_ELEMENTS (families); i++)
    {
      PhFamily family = families[i / G_N_ELEMENTS (rows)];
      gsize row = i % G_N_ELEMENTS (rows);
      g_autoptr (GError) error = NULL;
      PhFd fd = ph_plat_socket (rows[row].type, family, &error);

      if (fd == PH_FD_NONE && family == PH_FAMILY_IPV6) /* a machine without IPv6 */
        continue;
      g_assert_true (ph_plat_set_option (fd, family, rows[row].option, rows[row].value, &error));
      g_assert_no_error (error);
      ph_plat_close (fd);
    }
}

/* ---- addresses ---- */

static void
test_localhost_resolves_and_nonsense_does_not (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) addrs = ph_plat_resolve ("localhost", 9, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (addrs->len, >=, 1);
  for (guint i = 0; i < addrs->len; i++)
    g_assert_cmpuint (g_array_index (addrs, PhAddr, i).port, ==, 9);
  g_assert_null (ph_plat_resolve ("no-such-host.invalid", 9, &error));
  g_assert_error (error, PH_ERROR, PH_ERROR_NOT_RESOLVED);
}

static void
test_this_machine_has_a_loopback_address (void)
{
  g_autoptr (GArray) list = ph_plat_list_addrs ();
  gboolean found = FALSE;

  for (guint i = 0; i < list->len; i++)
    {
      const PhInterfaceAddr *item = &g_array_index (list, PhInterfaceAddr, i);
      char host[PH_ADDR_TEXT_MAX];

      found |= item->loopback && strcmp (ph_plat_addr_host (&item->addr, host), "127.0.0.1") == 0;
    }
  g_assert_true (found);
}

static void
test_a_link_local_address_keeps_its_interface (void)
{
  PhAddr addr;
  char text[PH_ADDR_TEXT_MAX];

  g_assert_true (ph_plat_addr_parse ("fe80::1%7777", 80, &addr));
  g_assert_cmpuint (addr.scope, ==, 7777);
  g_assert_cmpstr (ph_plat_addr_text (&addr, text), ==, "[fe80::1%7777]:80");
  g_assert_false (ph_plat_addr_parse ("fe80::1%no such interface", 80, &addr));
  g_assert_false (ph_plat_addr_parse ("fe80::1%0", 80, &addr));
}

/* ---- files ---- */

static void
test_what_is_written_anywhere_in_a_file_is_read_while_it_grows (void)
{
  enum { PART = 65536 };
  Place place = place_new ("a b 文件");
  g_autofree guint8 *bytes = g_malloc (3 * PART), *back = g_malloc (3 * PART);
  g_autoptr (GError) error = NULL;
  PhFile file = ph_plat_file_create (place.path, &error), reader;

  g_assert_no_error (error);
  for (gsize i = 0; i < 3 * PART; i++)
    bytes[i] = (guint8) (i * 7 >> 4);
  g_assert_true (ph_plat_file_write (file, PART, bytes + PART, PART, &error));
  g_assert_cmpuint (ph_plat_file_size (file), ==, 2 * PART);
  reader = ph_plat_file_open (place.path, &error);
  g_assert_no_error (error);
  g_assert_true (ph_plat_file_write (file, 0, bytes, PART, &error));
  g_assert_true (ph_plat_file_write (file, 2 * PART, bytes + 2 * PART, PART, &error));
  g_assert_cmpint (ph_plat_file_read (reader, 10, back, 3 * PART, &error), ==, 3 * PART - 10);
  g_assert_cmpmem (back, 3 * PART - 10, bytes + 10, 3 * PART - 10);
  ph_plat_file_close (reader);
  ph_plat_file_close (file);
  place_clear (&place);
}

static void
test_a_file_has_one_writer_and_others_can_tell (void)
{
  Place place = place_new ("a b 文件");
  g_autoptr (GError) exists = NULL;
  PhFile file = ph_plat_file_create (place.path, NULL);

  g_assert_cmpint (file, !=, PH_FILE_NONE);
  g_assert_true (ph_plat_file_has_writer (place.path));
  g_assert_cmpint (ph_plat_file_create (place.path, &exists), ==, PH_FILE_NONE);
  g_assert_error (exists, PH_ERROR, PH_ERROR_EXISTS);
  ph_plat_file_close (file);
  g_assert_false (ph_plat_file_has_writer (place.path));
  place_clear (&place);
}

static void
test_what_is_not_in_a_file_is_not_read (void)
{
  Place place = place_new ("a b 文件");
  g_autoptr (GError) missing = NULL;
  PhFile file;
  char byte;

  g_assert_cmpint (ph_plat_file_open (place.path, &missing), ==, PH_FILE_NONE);
  g_assert_error (missing, PH_ERROR, PH_ERROR_NO_FILE);
  g_assert_true (g_file_set_contents (place.path, "short", 5, NULL));
  file = ph_plat_file_open (place.path, NULL);
  g_assert_cmpint (ph_plat_file_read (file, 5, &byte, 1, NULL), ==, 0);
  ph_plat_file_close (file);
  place_clear (&place);
}

static void
test_a_device_is_no_file (void)
{
  const char *const names[] = { "NUL", "/dev/null" }; /* one is not there */

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (ph_plat_file_open (names[i], &error), ==, PH_FILE_NONE);
      g_assert_nonnull (error);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ph_plat_init ();
#define ADD(path, name) g_test_add_func ("/platform/" path, test_##name)
  ADD ("a-deadline-ends-the-wait-and-never-too-early", a_deadline_ends_the_wait_and_never_too_early);
  ADD ("a-wake-from-another-thread-ends-the-wait-before-and-during",
       a_wake_from_another_thread_ends_the_wait_before_and_during);
  ADD ("readiness-comes-with-the-tag-until-it-is-taken-or-removed",
       readiness_comes_with_the_tag_until_it_is_taken_or_removed);
  ADD ("whoever-is-ready-has-his-turn-however-little-room-there-is-for-events",
       whoever_is_ready_has_his_turn_however_little_room_there_is_for_events);
  ADD ("tcp-connects-and-carries-both-ways-and-ends", tcp_connects_and_carries_both_ways_and_ends);
  ADD ("after-the-peers-fin-one-may-send-and-is-not-called-again-and-again",
       after_the_peers_fin_one_may_send_and_is_not_called_again_and_again);
  ADD ("after-its-own-fin-a-socket-still-receives", after_its_own_fin_a_socket_still_receives);
  ADD ("after-the-peers-fin-there-is-room-to-send-while-others-are-busy",
       after_the_peers_fin_there_is_room_to_send_while_others_are_busy);
  ADD ("sending-to-a-closed-connection-is-an-error-and-no-signal",
       sending_to_a_closed_connection_is_an_error_and_no_signal);
  ADD ("failures-are-told-apart", failures_are_told_apart);
  ADD ("an-address-of-another-machine-cannot-be-bound", an_address_of_another_machine_cannot_be_bound);
  ADD ("every-option-can-be-set-or-is-not-needed", every_option_can_be_set_or_is_not_needed);
  ADD ("localhost-resolves-and-nonsense-does-not", localhost_resolves_and_nonsense_does_not);
  ADD ("this-machine-has-a-loopback-address", this_machine_has_a_loopback_address);
  ADD ("a-link-local-address-keeps-its-interface", a_link_local_address_keeps_its_interface);
  ADD ("what-is-written-anywhere-in-a-file-is-read-while-it-grows",
       what_is_written_anywhere_in_a_file_is_read_while_it_grows);
  ADD ("a-file-has-one-writer-and-others-can-tell", a_file_has_one_writer_and_others_can_tell);
  ADD ("what-is-not-in-a-file-is-not-read", what_is_not_in_a_file_is_not_read);
  ADD ("a-device-is-no-file", a_device_is_no_file);
#undef ADD

  return g_test_run ();
}
