/* test-plat-datagrams.c: the platform contract of datagrams: many at a time, whole, from whom, to where, and how many may wait
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-plat.h"

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
bound_socket (PhAddr *ret_addr)
{
  PhFd fd = ph_plat_socket (PH_SOCKET_UDP, PH_FAMILY_IPV4, NULL);
  PhAddr addr = loopback (0);

  g_assert_true (ph_plat_bind (fd, &addr, NULL));
  g_assert_true (ph_plat_local_addr (fd, ret_addr));

  return fd;
}

static guint
wait_for_one (PhPoll *poll, PhPollEvent *event)
{
  return ph_plat_poll_wait (poll, event, 1, ph_plat_monotonic () + PATIENCE);
}

static void
test_a_batch_spills_truncates_and_names_senders (void)
{
  PhAddr addr, from;
  PhFd fd = bound_socket (&addr), sender = bound_socket (&from);
  static const char *const sent[] = { "", "1234", "12345678", "123456789abc" };
  g_autoptr (PhPoll) poll = ph_plat_poll_new (NULL);
  guint8 buffers[8][4], spills[8][4];
  PhDatagram datagrams[8];
  PhPollEvent event;
  PhError code;

  g_assert_true (ph_plat_set_option (fd, PH_FAMILY_IPV4, PH_OPTION_RECEIVE_TIME, 1, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (sent); i++)
    ph_plat_send_to (sender, (const guint8 *) sent[i], strlen (sent[i]), NULL, &addr, &code);
  for (int i = 0; i < 8; i++)
    datagrams[i] = (PhDatagram){ .buffer = buffers[i], .size = 4, .spill = spills[i], .spill_size = 4 };
  ph_plat_poll_add (poll, fd, PH_IO_READ, &fd, NULL);
  g_assert_cmpuint (wait_for_one (poll, &event), ==, 1);
  g_assert_cmpuint (ph_plat_receive_batch (fd, datagrams, 8, &code), ==, 4);

  for (int i = 0; i < 4; i++)
    {
      g_assert_true (ph_plat_addr_equal (&datagrams[i].from, &from));
      g_assert_cmpint (ABS (datagrams[i].time - ph_plat_now ()), <, PATIENCE);
      g_assert_cmpuint (datagrams[i].length, ==, MIN (strlen (sent[i]), 8));
      g_assert_cmpint (datagrams[i].truncated, ==, i == 3);
    }
  g_assert_cmpmem (buffers[2], 4, "1234", 4);
  g_assert_cmpmem (spills[2], 4, "5678", 4);
  g_assert_cmpuint (ph_plat_receive_batch (fd, datagrams, 8, &code), ==, 0);
  g_assert_cmpuint (code, ==, PH_ERROR_WOULD_BLOCK);
  ph_plat_close (fd);
  ph_plat_close (sender);
}

static void
test_a_datagram_tells_where_it_was_sent_to_only_if_asked (void)
{
  PhFd fd = ph_plat_socket (PH_SOCKET_UDP, PH_FAMILY_IPV4, NULL), sender;
  g_autoptr (PhPoll) poll = ph_plat_poll_new (NULL);
  PhAddr addr, from, any, bound;
  guint8 buffer[4];
  PhDatagram datagram = { .buffer = buffer, .size = 4 };
  PhPollEvent event;
  PhError code;

  g_assert_true (ph_plat_addr_parse ("0.0.0.0", 0, &any));
  g_assert_true (ph_plat_bind (fd, &any, NULL) && ph_plat_local_addr (fd, &bound));
  addr = loopback (bound.port);
  sender = bound_socket (&from);
  ph_plat_poll_add (poll, fd, PH_IO_READ, &fd, NULL);

  g_assert_cmpint (ph_plat_send_to (sender, (const guint8 *) "1", 1, NULL, &addr, &code), ==, 1);
  g_assert_cmpuint (wait_for_one (poll, &event), ==, 1);
  g_assert_cmpuint (ph_plat_receive_batch (fd, &datagram, 1, &code), ==, 1);
  g_assert_cmpuint (datagram.to.family, ==, PH_FAMILY_NONE);
  g_assert_cmpuint (datagram.ifindex, ==, 0);

  g_assert_true (ph_plat_set_option (fd, PH_FAMILY_IPV4, PH_OPTION_DESTINATION, 1, NULL));
  g_assert_cmpint (ph_plat_send_to (sender, (const guint8 *) "2", 1, NULL, &addr, &code), ==, 1);
  g_assert_cmpuint (wait_for_one (poll, &event), ==, 1);
  g_assert_cmpuint (ph_plat_receive_batch (fd, &datagram, 1, &code), ==, 1);
  addr.port = 0;
  g_assert_true (ph_plat_addr_equal (&datagram.to, &addr));
  g_assert_cmpuint (datagram.ifindex, >, 0);
  g_assert_true (ph_plat_addr_equal (&datagram.from, &from));
  ph_plat_close (fd);
  ph_plat_close (sender);
}

static void
test_each_datagram_of_a_batch_goes_out_or_it_is_said_why_not (void)
{
  PhAddr addr, from;
  PhFd fd = bound_socket (&addr), sender = bound_socket (&from);
  g_autoptr (PhPoll) poll = ph_plat_poll_new (NULL);
  g_autofree guint8 *large = g_malloc0 (65508);
  const PhBatchItem too_long[] = { { large, 65508 }, { large, 1 }, { large, 1 } };
  guint8 sent[PH_PLAT_BATCH];
  PhBatchItem items[PH_PLAT_BATCH];
  guint8 buffers[PH_PLAT_BATCH][4];
  PhDatagram datagrams[PH_PLAT_BATCH] = { 0 };
  PhPollEvent event;
  PhError code = PH_ERROR_NONE;

  for (guint n = 1; n <= PH_PLAT_BATCH; n = n * 3 + 1)
    {
      guint got = 0;

      for (guint i = 0; i < PH_PLAT_BATCH; i++)
        {
          datagrams[i] = (PhDatagram){ .buffer = buffers[i], .size = 4 };
          sent[i] = (guint8) i;
          items[i] = (PhBatchItem){ &sent[i], 1 };
        }
      g_assert_cmpuint (ph_plat_send_batch (sender, items, NULL, &addr, n, &code), ==, n);
      ph_plat_poll_add (poll, fd, PH_IO_READ, &fd, NULL);
      while (got < n)
        {
          g_assert_cmpuint (wait_for_one (poll, &event), ==, 1);
          got += ph_plat_receive_batch (fd, datagrams + got, PH_PLAT_BATCH - got, &code);
        }
      ph_plat_poll_remove (poll, fd);
      g_assert_cmpuint (got, ==, n);
      for (guint i = 0; i < n; i++)
        g_assert_cmpmem (buffers[i], datagrams[i].length, &sent[i], 1);
    }
  g_assert_cmpuint (ph_plat_send_batch (sender, too_long, NULL, &addr, 3, &code), ==, 0);
  g_assert_cmpuint (code, ==, PH_ERROR_TOO_LONG);
  ph_plat_close (fd);
  ph_plat_close (sender);
}

static void
test_the_receive_buffer_is_told_as_it_was_given (void)
{
  PhAddr addr;
  PhFd fd = bound_socket (&addr);
  gsize small = ph_plat_grow_receive_buffer (fd, 128 << 10), large = ph_plat_grow_receive_buffer (fd, 64 << 20);
  g_autofree char *command = ph_plat_dup_buffer_command (12345678);

  g_assert_cmpuint (small, ==, 128 << 10);
  g_assert_cmpuint (large, >=, small);
  g_assert_cmpuint (large, <=, 64 << 20);
  g_assert_true (command == NULL || strstr (command, "12345678") != NULL);
  g_assert_cmpuint (ph_plat_datagram_cost (0), <=, ph_plat_datagram_cost (1400));
  g_assert_cmpuint (ph_plat_datagram_cost (1400), >=, 1400 / 2);
  ph_plat_close (fd);
}

static void
test_a_datagram_to_a_port_that_nobody_has_harms_nothing (void)
{
  PhAddr addr, gone, from;
  PhFd fd = bound_socket (&addr), other = bound_socket (&gone);
  g_autoptr (PhPoll) poll = ph_plat_poll_new (NULL);
  guint8 buffer[4], spill[4];
  PhDatagram datagram = { .buffer = buffer, .size = 4, .spill = spill, .spill_size = 4 };
  PhPollEvent event;
  PhError code = PH_ERROR_NONE;
  guint got = 0;

  ph_plat_close (other);
  ph_plat_set_option (fd, PH_FAMILY_IPV4, PH_OPTION_RECEIVE_ERRORS, 1, NULL);
  g_assert_cmpint (ph_plat_send_to (fd, (const guint8 *) "?", 1, NULL, &gone, &code), ==, 1);

  /* Where the system tells of it, that is an error about that address, or about none; the next datagram comes all the same. */
  other = bound_socket (&from);
  g_assert_cmpint (ph_plat_send_to (other, (const guint8 *) "next", 4, NULL, &addr, &code), ==, 4);
  ph_plat_poll_add (poll, fd, PH_IO_READ, &fd, NULL);
  while (got == 0)
    {
      PhAddr to;

      g_assert_cmpuint (wait_for_one (poll, &event), ==, 1);
      while (ph_plat_next_error (fd, &to, &code))
        {
          g_assert_cmpuint (code, ==, PH_ERROR_REFUSED);
          g_assert_true (to.family == PH_FAMILY_NONE || ph_plat_addr_equal (&to, &gone));
        }
      got = ph_plat_receive_batch (fd, &datagram, 1, &code);
    }
  g_assert_cmpmem (buffer, datagram.length, "next", 4);
  ph_plat_close (fd);
  ph_plat_close (other);
}

static void
test_a_udp_port_is_not_shared_with_whoever_asks_for_that (void)
{
  PhAddr addr;
  PhFd fd = bound_socket (&addr), thief = ph_plat_socket (PH_SOCKET_UDP, PH_FAMILY_IPV4, NULL);
  g_autoptr (GError) error = NULL;

  ph_plat_set_option (thief, PH_FAMILY_IPV4, PH_OPTION_REUSE_ADDRESS, 1, NULL);
  g_assert_false (ph_plat_bind (thief, &addr, &error));
  g_assert_error (error, PH_ERROR, PH_ERROR_IN_USE);
  ph_plat_close (thief);
  ph_plat_close (fd);
}

int
main (int argc, char **argv)
{
  ph_plat_init ();
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test) g_test_add_func ("/plat-datagrams/" name, test_##test)
  ADD ("a-batch-spills-truncates-and-names-senders", a_batch_spills_truncates_and_names_senders);
  ADD ("a-datagram-tells-where-it-was-sent-to-only-if-asked",
       a_datagram_tells_where_it_was_sent_to_only_if_asked);
  ADD ("each-datagram-of-a-batch-goes-out-or-it-is-said-why-not", each_datagram_of_a_batch_goes_out_or_it_is_said_why_not);
  ADD ("the-receive-buffer-is-told-as-it-was-given", the_receive_buffer_is_told_as_it_was_given);
  ADD ("a-datagram-to-a-port-that-nobody-has-harms-nothing", a_datagram_to_a_port_that_nobody_has_harms_nothing);
  ADD ("a-udp-port-is-not-shared-with-whoever-asks-for-that",
       a_udp_port_is_not_shared_with_whoever_asks_for_that);
#undef ADD

  return g_test_run ();
}
