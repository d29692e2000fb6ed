/* test-feed.c: what a feed brings goes out whole, in pieces, at its rate, and no faster than the peer takes it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fixture.h"

#include <string.h>

#include "ph-feed-cut.h"
#include "ph-thread.h"

#define MIB (1024u * 1024u)

static const PhTarget to_default = { .peer = PH_PEER_NONE, .place = { .port = PH_PORT_UNSET } };

static Net *
open_to (const char *transport, int port)
{
  Net *net = net_new ();

  net_open (net, transport, "127.0.0.1", 0, "127.0.0.1", port);
  net_expect (net, PH_RECORD_OPEN);

  return net;
}

static guint8
byte_at (gsize i)
{
  return (guint8) (i * 31 + (i >> 8) * 7 + (i >> 16));
}

static GBytes *
make_block (gsize from, gsize length)
{
  guint8 *bytes = g_malloc (length);

  for (gsize i = 0; i < length; i++)
    bytes[i] = byte_at (from + i);

  return g_bytes_new_take (bytes, length);
}

/* A reader that gives @size bytes in blocks of odd sizes. */
typedef struct
{
  PhFeed *feed;
  gsize size;
} Job;

static gpointer
read_cb (gpointer data)
{
  Job *job = data;
  gsize at = 0, block = 1;
  gboolean wanted = TRUE;

  ph_feed_begin (job->feed, job->size);
  while (wanted && at < job->size)
    {
      gsize length = MIN (job->size - at, block);

      wanted = ph_feed_push (job->feed, make_block (at, length));
      at += length;
      block = block * 3 % 200003 + 1;
    }
  ph_feed_end (job->feed, NULL);

  return NULL;
}

static GThread *
begin_reader (Job *job, gsize size, const PhFeedHow *how)
{
  GThread *reader;

  *job = (Job){ ph_feed_new (PH_FEED_FILE, "made", how), size };
  reader = ph_thread_new ("reader", read_cb, job, NULL);
  g_assert_nonnull (reader);

  return reader;
}

static void
finish_reader (GThread *reader, Job *job)
{
  g_thread_join (reader);
  ph_feed_unref (job->feed);
}

static PhFeed *
feed_of (const char *text, const PhFeedHow *how)
{
  PhFeed *feed = ph_feed_new (PH_FEED_FILE, "made", how);

  ph_feed_begin (feed, strlen (text));
  ph_feed_push (feed, g_bytes_new (text, strlen (text)));
  ph_feed_end (feed, NULL);

  return feed;
}

static void
expect_end (Net *net, PhFeedState state)
{
  do
    net_next (net);
  while (net->record.kind != PH_RECORD_FEED || net->record.detail == PH_FEED_RUNNING);
  g_assert_cmpint (net->record.detail, ==, state);
}

static void
expect_stream (int fd, gsize size)
{
  g_autofree char *buffer = g_malloc (MIB);

  for (gsize at = 0; at < size; at += MIN (MIB, size - at))
    {
      gsize part = MIN (MIB, size - at);

      peer_receive (fd, buffer, part);
      for (gsize i = 0; i < part; i++)
        if ((guint8) buffer[i] != byte_at (at + i))
          g_error ("byte %" G_GSIZE_FORMAT " is another", at + i);
    }
}

/* The whole of a client of a server, on a thread of its own: a store that nobody reads fills up, and the worker waits. */
typedef struct
{
  int fd;
  gsize size;
} Client;

static gpointer
expect_stream_cb (gpointer data)
{
  const Client *client = data;

  expect_stream (client->fd, client->size);

  return NULL;
}

static void
test_datagrams_have_exactly_the_size_of_a_piece (void)
{
  int port, fd = peer_socket (PH_SOCKET_UDP, "127.0.0.1", &port);
  Net *net = open_to ("udp", port);
  const PhFeedHow how = { .piece = 1000, .fill = TRUE };
  guint8 bytes[2000];
  GThread *reader;
  Job job;

  reader = begin_reader (&job, 20500, &how);
  ph_worker_feed (net->worker, &to_default, job.feed);
  for (gsize at = 0; at < 20500; at += 1000)
    {
      gssize want = at == 20000 ? 500 : 1000;

      g_assert_cmpint (peer_receive_some (fd, bytes, sizeof bytes), ==, want);
      for (gssize i = 0; i < want; i++)
        g_assert_cmpuint (bytes[i], ==, byte_at (at + (gsize) i));
    }
  expect_end (net, PH_FEED_DONE);
  g_assert_cmpuint (net_number (net, "sent"), ==, 20500);
  g_assert_cmpuint (net_number (net, "size"), ==, 20500);
  finish_reader (reader, &job);
  peer_close (fd);
  net_free (net);
}

static void
test_lines_are_messages_with_their_own_breaks (void)
{
  static const char *const lines[] = { "one\n", "\n", "two\r\n", "last" };
  int port, fd = peer_socket (PH_SOCKET_UDP, "127.0.0.1", &port);
  Net *net = open_to ("udp", port);
  const PhFeedHow how = { .lines = TRUE };
  g_autoptr (PhFeed) feed = feed_of ("one\n\ntwo\r\nlast", &how);
  char bytes[100];

  ph_worker_feed (net->worker, &to_default, feed);
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      gssize got = peer_receive_some (fd, bytes, sizeof bytes);

      g_assert_cmpmem (bytes, (gsize) got, lines[i], strlen (lines[i]));
    }
  expect_end (net, PH_FEED_DONE);
  peer_close (fd);
  net_free (net);
}

static void
test_a_peer_that_does_not_read_is_waited_for_with_little_in_memory (void)
{
  const gsize size = 30 * MIB;
  int port, listener = peer_socket (PH_SOCKET_TCP, "127.0.0.1", &port), fd;
  Net *net = open_to ("tcp-client", port);
  const PhFeedHow how = { 0 };
  PhFeedProgress progress;
  GThread *reader;
  Job job;

  fd = peer_accept (listener);
  reader = begin_reader (&job, size, &how);
  ph_worker_feed (net->worker, &to_default, job.feed);
  do
    net_next (net);
  while (net->record.kind != PH_RECORD_OUT);
  ph_feed_get_progress (job.feed, &progress);
  g_assert_cmpint (progress.state, ==, PH_FEED_RUNNING);
  g_assert_cmpuint (progress.sent, <, size);
  expect_stream (fd, size);
  expect_end (net, PH_FEED_DONE);
  g_assert_cmpuint (net_number (net, "sent"), ==, size);
  finish_reader (reader, &job);
  peer_close (fd);
  peer_close (listener);
  net_free (net);
}

static void
test_every_client_gets_all_of_it_though_one_is_slow (void)
{
  const gsize size = 24 * MIB; /* three times what the queue of a client holds */
  Net *net = net_new ();
  const PhFeedHow how = { 0 };
  GThread *reader, *rest, *whole;
  Client slow = { .size = size };
  int quick;
  Job job;

  net_open (net, "tcp-server", "127.0.0.1", 0, NULL, 0);
  net_expect (net, PH_RECORD_OPEN);
  quick = peer_connect (net->port);
  net_expect (net, PH_RECORD_JOINED);
  slow.fd = peer_connect (net->port);
  net_expect (net, PH_RECORD_JOINED);
  reader = begin_reader (&job, size, &how);
  ph_worker_feed (net->worker, &to_default, job.feed);
  expect_stream (quick, 4 * MIB); /* the quick one goes ahead */
  rest = g_thread_new ("rest", peer_read_to_the_end, GINT_TO_POINTER (quick));
  whole = g_thread_new ("whole", expect_stream_cb, &slow);
  expect_end (net, PH_FEED_DONE);
  g_assert_cmpuint (net_number (net, "sent"), ==, size);
  finish_reader (reader, &job);
  net_free (net);
  g_thread_join (rest);
  g_thread_join (whole);
  peer_close (quick);
  peer_close (slow.fd);
}

static void
test_a_rate_is_kept_and_its_deadlines_do_not_drift (void)
{
  int port, fd = peer_socket (PH_SOCKET_UDP, "127.0.0.1", &port);
  Net *net = open_to ("udp", port);
  const PhFeedHow how = { .piece = 10, .fill = TRUE, .rate = 100, .rate_in_pieces = TRUE };
  g_autofree char *text = g_strnfill (310, 'x');
  g_autoptr (PhFeed) feed = feed_of (text, &how);
  char bytes[100];
  gint64 first, took;

  ph_worker_feed (net->worker, &to_default, feed);
  peer_receive_some (fd, bytes, sizeof bytes);
  first = ph_plat_monotonic ();
  for (guint i = 0; i < 30; i++)
    g_assert_cmpint (peer_receive_some (fd, bytes, sizeof bytes), ==, 10);
  took = ph_plat_monotonic () - first;
  g_assert_cmpint (took, >, G_GINT64_CONSTANT (190000000)); /* 300 ms, of which a late start takes 100 at most */
  expect_end (net, PH_FEED_DONE);
  peer_close (fd);
  net_free (net);
}

static void
test_it_pauses_goes_on_and_is_cancelled (void)
{
  int port, listener = peer_socket (PH_SOCKET_TCP, "127.0.0.1", &port), fd;
  Net *net = open_to ("tcp-client", port);
  const PhFeedHow how = { .fill = TRUE, .rate = 2000000 };
  PhFeedProgress progress;
  guint64 paused_at;
  GThread *reader;
  Job job;
  char byte;

  fd = peer_accept (listener);
  reader = begin_reader (&job, 8 * MIB, &how);
  ph_worker_feed (net->worker, &to_default, job.feed);
  peer_receive (fd, &byte, 1);
  ph_feed_set_paused (job.feed, TRUE);
  net_send_text (net, PH_PEER_NONE, "!"); /* obeyed behind the pause, so nothing of the feed follows it */
  do
    net_next (net);
  while (net->record.kind != PH_RECORD_OUT || net->record.length != 1);
  ph_feed_get_progress (job.feed, &progress);
  g_assert_true (progress.paused);
  paused_at = progress.sent;
  ph_feed_set_paused (job.feed, FALSE);
  do
    net_next (net);
  while (net->record.kind != PH_RECORD_OUT);
  ph_feed_get_progress (job.feed, &progress);
  g_assert_cmpuint (progress.sent, >, paused_at);
  ph_feed_cancel (job.feed);
  expect_end (net, PH_FEED_STOPPED);
  g_assert_cmpuint (net_number (net, "sent"), <, 8 * MIB);
  g_assert_cmpstr (ph_words_get (&net->words, "cause"), ==, "cancelled");
  finish_reader (reader, &job); /* the reader ends too */
  peer_close (fd);
  peer_close (listener);
  net_free (net);
}

static void
test_a_peer_that_vanishes_ends_it_with_what_went_out (void)
{
  int port, listener = peer_socket (PH_SOCKET_TCP, "127.0.0.1", &port), fd;
  Net *net = open_to ("tcp-client", port);
  const PhFeedHow how = { 0 };
  GThread *reader;
  Job job;
  char byte;

  fd = peer_accept (listener);
  reader = begin_reader (&job, 64 * MIB, &how);
  ph_worker_feed (net->worker, &to_default, job.feed);
  peer_receive (fd, &byte, 1);
  peer_reset (fd);
  expect_end (net, PH_FEED_FAILED);
  g_assert_cmpuint (net_number (net, "sent"), <, 64 * MIB);
  finish_reader (reader, &job);
  peer_close (listener);
  net_free (net);
}

static void
test_a_new_one_takes_the_place_of_the_old (void)
{
  int port, fd = peer_socket (PH_SOCKET_UDP, "127.0.0.1", &port);
  Net *net = open_to ("udp", port);
  const PhFeedHow how = { 0 };
  g_autoptr (PhFeed) never = ph_feed_new (PH_FEED_FILE, "never", &how), next = feed_of ("next", &how);
  char bytes[10];

  ph_worker_feed (net->worker, &to_default, never);
  ph_worker_feed (net->worker, &to_default, next);
  expect_end (net, PH_FEED_STOPPED);
  g_assert_cmpstr (ph_words_get (&net->words, "cause"), ==, "replaced");
  expect_end (net, PH_FEED_DONE);
  g_assert_cmpint (peer_receive_some (fd, bytes, sizeof bytes), ==, 4);
  g_assert_true (ph_feed_is_cancelled (never));
  peer_close (fd);
  net_free (net);
}

static void
test_without_a_port_it_fails_at_once (void)
{
  Net *net = net_new ();
  const PhFeedHow how = { 0 };
  g_autoptr (PhFeed) feed = feed_of ("x", &how);

  ph_worker_feed (net->worker, &to_default, feed);
  expect_end (net, PH_FEED_FAILED);
  g_assert_cmpstr (ph_words_get (&net->words, "cause"), ==, "not-open");
  net_free (net);
}

static void
test_a_line_that_is_too_long_is_cut_and_counted_once (void)
{
  PhFeedCut cut = { .most = 4, .lines = TRUE, .fill = TRUE };
  static const char *const pieces[] = { "abcd", "efgh", "i\n", "jkl\n", "m" };
  g_autoptr (GBytes) last = NULL;

  ph_feed_cut_give (&cut, g_bytes_new_static ("abcde", 5));
  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr (GBytes) piece = ph_feed_cut_next (&cut);

      if (piece == NULL && i == 1)
        {
          ph_feed_cut_give (&cut, g_bytes_new_static ("fghi\njkl\nm", 10));
          piece = ph_feed_cut_next (&cut);
        }
      if (piece == NULL)
        piece = ph_feed_cut_last (&cut);
      g_assert_cmpmem (g_bytes_get_data (piece, NULL), g_bytes_get_size (piece), pieces[i], strlen (pieces[i]));
    }
  g_assert_cmpuint (cut.cut_lines, ==, 1);
  last = ph_feed_cut_last (&cut);
  g_assert_null (last);
  ph_feed_cut_clear (&cut);
}

int
main (int argc, char **argv)
{
  ph_plat_init ();
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test) g_test_add_func ("/feed/" name, test_##test)
  ADD ("datagrams-have-exactly-the-size-of-a-piece", datagrams_have_exactly_the_size_of_a_piece);
  ADD ("lines-are-messages-with-their-own-breaks", lines_are_messages_with_their_own_breaks);
  ADD ("a-peer-that-does-not-read-is-waited-for-with-little-in-memory", a_peer_that_does_not_read_is_waited_for_with_little_in_memory);
  ADD ("every-client-gets-all-of-it-though-one-is-slow", every_client_gets_all_of_it_though_one_is_slow);
  ADD ("a-rate-is-kept-and-its-deadlines-do-not-drift", a_rate_is_kept_and_its_deadlines_do_not_drift);
  ADD ("it-pauses-goes-on-and-is-cancelled", it_pauses_goes_on_and_is_cancelled);
  ADD ("a-peer-that-vanishes-ends-it-with-what-went-out", a_peer_that_vanishes_ends_it_with_what_went_out);
  ADD ("a-new-one-takes-the-place-of-the-old", a_new_one_takes_the_place_of_the_old);
  ADD ("without-a-port-it-fails-at-once", without_a_port_it_fails_at_once);
  ADD ("a-line-that-is-too-long-is-cut-and-counted-once", a_line_that_is_too_long_is_cut_and_counted_once);

  return g_test_run ();
}
