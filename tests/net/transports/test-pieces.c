/* test-pieces.c: messages in pieces: each is handed over by itself and told by a record, in order, whatever the peer does
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fixture.h"

#include <string.h>

#define MS G_GINT64_CONSTANT (1000000)
#define PATIENT 60000u /* ms of half-close time that no test waits for */
#define LENGTH (12u * 1000u * 1000u) /* bytes, more than the system takes for a peer that does not read */

typedef struct
{
  Net *net;
  int listener; /* -1 where the worker listens */
  int fd;
} Pair;

static const char *const transports[] = { "tcp-client", "tcp-server" };

static Pair
pair_new (const char *transport, guint half_close)
{
  gboolean serves = strcmp (transport, "tcp-server") == 0;
  PhEndpoint *endpoint = ph_endpoint_new (transport);
  Pair pair = { .net = net_new (), .listener = -1 };
  int port = PH_PORT_UNSET;

  if (!serves)
    pair.listener = peer_socket (PH_SOCKET_TCP, "127.0.0.1", &port);
  ph_place_set_ip (serves ? &endpoint->local : &endpoint->remote, "127.0.0.1", serves ? 0 : port);
  ph_endpoint_set_option (endpoint, "half-close", half_close, NULL);
  net_open_endpoint (pair.net, endpoint);
  net_expect (pair.net, PH_RECORD_OPEN);
  pair.fd = serves ? peer_connect (pair.net->port) : peer_accept (pair.listener);
  if (serves)
    net_expect (pair.net, PH_RECORD_JOINED);

  return pair;
}

static void
pair_free (Pair *pair)
{
  if (pair->fd >= 0)
    peer_close (pair->fd);
  if (pair->listener >= 0)
    peer_close (pair->listener);
  net_free (pair->net);
}

static void
send_pieces (Net *net, const void *data, gsize length, const PhPieces *pieces)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (PhPayload) payload = ph_payload_new_for_bytes (bytes, NULL, NULL);

  ph_worker_send (net->worker, &(PhTarget){ .peer = PH_PEER_ALL }, payload, pieces);
}

static void
repeat_pieces (Net *net, const char *text, const PhPieces *pieces, gint64 interval, guint64 times)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (PhPayload) payload = ph_payload_new_for_bytes (bytes, NULL, NULL);

  ph_worker_repeat (net->worker, &(PhTarget){ .peer = PH_PEER_ALL }, payload, pieces, interval, times);
}

/* Bytes of which each stretch can be told from its neighbours. */
static char *
make_bytes (gsize length)
{
  char *bytes = g_malloc (length);

  for (gsize i = 0; i < length; i++)
    bytes[i] = (char) (i * 31 >> 4 ^ i >> 13);

  return bytes;
}

/* The next record is a piece, of @length bytes. */
static void
expect_piece (Net *net, gsize length, gboolean more)
{
  net_expect (net, PH_RECORD_OUT);
  g_assert_cmpuint (net->record.length, ==, length);
  g_assert_cmpint ((net->record.flags & PH_RECORD_MORE) != 0, ==, more);
}

static PhLeft
read_to_the_end (Net *net)
{
  do
    net_next (net);
  while (net->record.kind != PH_RECORD_LEFT && net->record.kind != PH_RECORD_CLOSED);

  return net->record.detail;
}

static void
test_each_piece_goes_out_by_itself_after_its_pause (void)
{
  const PhPieces pieces = { .size = 5, .pause = 20 };
  char got[23];

  for (guint i = 0; i < G_N_ELEMENTS (transports); i++)
    {
      Pair pair = pair_new (transports[i], PATIENT);
      gint64 before = 0;
      gsize at = 0;

      send_pieces (pair.net, "aaaaabbbbbcccccdddddeee", 23, &pieces);
      while (at < sizeof got)
        {
          gssize n = peer_receive_some (pair.fd, got + at, sizeof got - at);

          g_assert_cmpint (n, >, 0);
          at += (gsize) n;
          g_assert_true (at % 5 == 0 || at == 23); /* no piece is cut */
        }
      g_assert_cmpmem (got, 23, "aaaaabbbbbcccccdddddeee", 23);
      for (guint piece = 0; piece < 5; piece++)
        {
          expect_piece (pair.net, piece < 4 ? 5 : 3, piece < 4);
          g_assert_cmpint (pair.net->record.time - before, >=, 19 * MS);
          before = pair.net->record.time;
        }
      pair_free (&pair);
    }
}

static void
test_random_pieces_are_those_of_the_seed (void)
{
  const PhPieces pieces = { .size = 64, .random = TRUE, .seed = 7 };
  g_autofree char *bytes = make_bytes (5000), *got = g_malloc (5000);

  for (guint i = 0; i < G_N_ELEMENTS (transports); i++)
    {
      Pair pair = pair_new (transports[i], PATIENT);
      guint64 state = pieces.seed;

      send_pieces (pair.net, bytes, 5000, &pieces);
      for (gsize left = 5000; left > 0;)
        {
          gsize piece = MIN (ph_pieces_next (&pieces, &state), left);

          left -= piece;
          expect_piece (pair.net, piece, left > 0);
        }
      peer_receive (pair.fd, got, 5000);
      g_assert_cmpmem (got, 5000, bytes, 5000);
      pair_free (&pair);
    }
}

static void
test_messages_behind_wait_until_the_pieces_are_out (void)
{
  const PhPieces pieces = { .size = 1, .pause = 5 };
  char got[9];

  for (guint i = 0; i < G_N_ELEMENTS (transports); i++)
    {
      Pair pair = pair_new (transports[i], PATIENT);

      send_pieces (pair.net, "abc", 3, &pieces);
      send_pieces (pair.net, "def", 3, NULL);
      send_pieces (pair.net, "ghi", 3, &(PhPieces){ .size = 2 });
      peer_receive (pair.fd, got, 9);
      g_assert_cmpmem (got, 9, "abcdefghi", 9);
      for (guint piece = 0; piece < 3; piece++)
        expect_piece (pair.net, 1, piece < 2);
      expect_piece (pair.net, 3, FALSE);
      expect_piece (pair.net, 2, TRUE);
      expect_piece (pair.net, 1, FALSE);
      pair_free (&pair);
    }
}

/* What the system does not take waits within the limit of the queue, and then goes on where it was. */
static void
test_a_peer_that_does_not_read_loses_and_doubles_nothing (void)
{
  const PhPieces pieces = { .size = 60000, .random = TRUE, .seed = 1 };
  g_autofree char *bytes = make_bytes (LENGTH), *got = g_malloc (LENGTH);

  for (guint i = 0; i < G_N_ELEMENTS (transports); i++)
    {
      Pair pair = pair_new (transports[i], PATIENT);
      gsize out = 0;

      send_pieces (pair.net, bytes, LENGTH, &pieces);
      send_pieces (pair.net, bytes, PH_LIMIT_QUEUE, &pieces);
      do /* the second one finds no room */
        {
          net_next (pair.net);
          out += pair.net->record.kind == PH_RECORD_OUT ? pair.net->record.length : 0;
        }
      while (pair.net->record.kind != PH_RECORD_ERROR);
      g_assert_cmpuint (pair.net->record.detail, ==, PH_ERROR_QUEUE_FULL);
      g_assert_cmpuint (out, <, LENGTH);
      peer_receive (pair.fd, got, LENGTH);
      g_assert_true (memcmp (got, bytes, LENGTH) == 0);
      while (out < LENGTH)
        {
          net_next (pair.net);
          if (pair.net->record.kind != PH_RECORD_OUT)
            continue;
          g_assert_cmpuint (pair.net->record.length, <=, pieces.size);
          out += pair.net->record.length;
        }
      g_assert_cmpuint (out, ==, LENGTH);
      g_assert_false (peer_has_news (pair.fd));
      pair_free (&pair);
    }
}

static void
test_a_repeat_in_pieces_counts_messages_and_not_pieces (void)
{
  static const struct
  {
    gint64 interval;
    guint times;
    PhPieces pieces;
  } rows[] = {
    { MS, 20, { .size = 3 } },
    { MS, 5, { .size = 4, .pause = 10 } }, /* slower than the interval: they wait */
    { 0, 2000, { .size = 3 } },
    { 0, 3, { .size = 4, .pause = 5 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (transports) * G_N_ELEMENTS (rows); i++)
    {
      guint row = i / G_N_ELEMENTS (transports), each = 10 / rows[row].pieces.size + 1, pieces = 0;
      Pair pair = pair_new (transports[i % G_N_ELEMENTS (transports)], PATIENT);
      GThread *reader = g_thread_new ("reader", peer_read_to_the_end, GINT_TO_POINTER (pair.fd));

      repeat_pieces (pair.net, "0123456789", &rows[row].pieces, rows[row].interval, rows[row].times);
      do
        {
          net_next (pair.net);
          pieces += pair.net->record.kind == PH_RECORD_OUT;
        }
      while (pair.net->record.kind != PH_RECORD_REPEAT || pair.net->record.detail == PH_REPEAT_RUNNING);
      g_assert_cmpuint (pair.net->record.detail, ==, PH_REPEAT_DONE);
      g_assert_cmpuint (net_number (pair.net, "sent"), ==, rows[row].times);
      g_assert_cmpuint (net_number (pair.net, "waiting"), ==, 0);
      g_assert_cmpuint (net_number (pair.net, "refused"), ==, 0);
      g_assert_cmpuint (pieces, ==, rows[row].times * each);
      ph_worker_close (pair.net->worker);
      g_assert_cmpuint (GPOINTER_TO_SIZE (g_thread_join (reader)), ==, rows[row].times * 10);
      pair_free (&pair);
    }
}

/* The pause never ends: what went out before the reset is known to the byte. */
static void
test_a_reset_in_the_middle_is_told_with_how_much_went_out (void)
{
  const PhPieces pieces = { .size = 4, .pause = PH_PIECE_PAUSE_MAX };
  char got[4];

  for (guint i = 0; i < G_N_ELEMENTS (transports); i++)
    {
      Pair pair = pair_new (transports[i], PATIENT);

      send_pieces (pair.net, "0123456789", 10, &pieces);
      expect_piece (pair.net, 4, TRUE);
      peer_receive (pair.fd, got, 4);
      peer_reset (pair.fd);
      pair.fd = -1;
      net_expect (pair.net, PH_RECORD_ERROR);
      g_assert_cmpuint (net_number (pair.net, "count"), ==, 1);
      g_assert_cmpuint (net_number (pair.net, "sent"), ==, 4);
      g_assert_cmpuint (net_number (pair.net, "lost"), ==, 6);
      g_assert_cmpuint (read_to_the_end (pair.net), ==, PH_LEFT_RESET);
      pair_free (&pair);
    }
}

static void
test_no_end_comes_before_the_pieces_are_out (void)
{
  const PhPieces pieces = { .size = 3, .pause = 10 };
  char got[10];

  for (guint i = 0; i < G_N_ELEMENTS (transports); i++)
    {
      Pair pair = pair_new (transports[i], PATIENT);

      send_pieces (pair.net, "0123456789", 10, &pieces);
      ph_worker_finish (pair.net->worker);
      g_assert_cmpint (peer_finish (pair.fd), ==, 0);
      peer_receive (pair.fd, got, 10);
      g_assert_cmpmem (got, 10, "0123456789", 10);
      g_assert_cmpuint (read_to_the_end (pair.net), ==, PH_LEFT_DONE);
      g_assert_cmpint (peer_receive_some (pair.fd, got, 1), ==, 0);
      pair_free (&pair);
    }
}

/* Or each pause that is longer than the half-close time would end the connection. */
static void
test_a_pause_is_no_part_of_the_half_close_time (void)
{
  const PhPieces pieces = { .size = 4, .pause = 50 };
  char got[10];

  for (guint i = 0; i < G_N_ELEMENTS (transports); i++)
    {
      Pair pair = pair_new (transports[i], 1);

      send_pieces (pair.net, "0123456789", 10, &pieces);
      expect_piece (pair.net, 4, TRUE);
      g_assert_cmpint (peer_finish (pair.fd), ==, 0);
      peer_receive (pair.fd, got, 10);
      g_assert_cmpuint (read_to_the_end (pair.net), ==, PH_LEFT_IDLE);
      pair_free (&pair);
    }
}

static void
test_to_all_each_client_gets_its_pieces_by_itself (void)
{
  enum { CLIENTS = 3 };
  const PhPieces pieces = { .size = 4, .pause = 5 };
  int fds[CLIENTS];
  guint32 peers[CLIENTS];
  gsize got[CLIENTS] = { 0 };
  Net *net = net_new ();
  char copy[10];

  net_open (net, "tcp-server", "127.0.0.1", 0, "", PH_PORT_UNSET);
  net_expect (net, PH_RECORD_OPEN);
  for (guint i = 0; i < CLIENTS; i++)
    {
      fds[i] = peer_connect (net->port);
      net_expect (net, PH_RECORD_JOINED);
      peers[i] = net->peer;
    }
  send_pieces (net, "0123456789", 10, &pieces);
  for (guint piece = 0; piece < CLIENTS * 3; piece++)
    {
      net_expect (net, PH_RECORD_OUT);
      for (guint i = 0; i < CLIENTS; i++)
        got[i] += net->record.peer == peers[i] ? net->record.length : 0;
    }
  for (guint i = 0; i < CLIENTS; i++)
    {
      g_assert_cmpuint (got[i], ==, 10);
      peer_receive (fds[i], copy, 10);
      g_assert_cmpmem (copy, 10, "0123456789", 10);
      peer_close (fds[i]);
    }
  net_free (net);
}

int
main (int argc, char **argv)
{
  ph_plat_init ();
  g_test_init (&argc, &argv, NULL);
#define ADD(path, name) g_test_add_func ("/pieces/" path, test_##name)
  ADD ("each-goes-out-by-itself-after-its-pause", each_piece_goes_out_by_itself_after_its_pause);
  ADD ("random-ones-are-those-of-the-seed", random_pieces_are_those_of_the_seed);
  ADD ("messages-behind-wait-until-they-are-out", messages_behind_wait_until_the_pieces_are_out);
  ADD ("a-peer-that-does-not-read-loses-and-doubles-nothing", a_peer_that_does_not_read_loses_and_doubles_nothing);
  ADD ("a-repeat-counts-messages-and-not-pieces", a_repeat_in_pieces_counts_messages_and_not_pieces);
  ADD ("a-reset-in-the-middle-is-told-with-how-much-went-out", a_reset_in_the_middle_is_told_with_how_much_went_out);
  ADD ("no-end-comes-before-they-are-out", no_end_comes_before_the_pieces_are_out);
  ADD ("a-pause-is-no-part-of-the-half-close-time", a_pause_is_no_part_of_the_half_close_time);
  ADD ("to-all-each-client-gets-them-by-itself", to_all_each_client_gets_its_pieces_by_itself);

  return g_test_run ();
}
