/* test-stream-io.c: rows of a stream's I/O that differ from a plain socket: they hold bytes that no poll announces, want
 * to write before they can receive, find the system without memory, or note what they are called with
 *
 * The link, its poll set and its timers run in the thread of the test, one round at a time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fixture.h"

#include "ph-stream.h"

#include <string.h>

#define MANY 100000u /* bytes, more than a row below gives in all the reads of one event */

/* What a row knows of its socket. */
typedef struct
{
  guint8 held[MANY]; /* bytes that were taken from the socket and are not given yet */
  gsize length, at;
  PhIo first;   /* what has to be announced before anything can be received: PH_IO_WRITE, or 0 once that is done */
  gboolean key; /* nothing is sent before a byte was received */
  gboolean ended;
  guint wants; /* how often the system has no memory */
  guint calls;
  GString *sends; /* nullable: the length of each call */
} State;

typedef struct
{
  PhStore *store;
  PhInbox *inbox;
  PhTimers *timers;
  GPtrArray *graveyard;
  PhLink *link;
  PhSock *sock;
  State state;
  int peer;
  guint32 next_peer;
  PhLeft left;
  _Atomic guint8 form;
} Stream;

static gssize
nothing_yet (PhError *ret_error)
{
  return *ret_error = PH_ERROR_WOULD_BLOCK, -1;
}

static void
row_shutdown (PhSock *sock)
{
  ((State *) sock->io_state)->ended = TRUE;
}

static PhIo
same_wants (PhSock *sock, PhIo what)
{
  return what;
}

static gssize
plain_send (PhSock *sock, const guint8 *bytes, gsize length, PhError *ret_error)
{
  return ph_plat_send (sock->fd, bytes, length, ret_error);
}

/* ---- a row that takes all there is, and gives a little at a time ---- */

static gssize
hoard_receive (PhSock *sock, guint8 *buffer, gsize size, PhError *ret_error)
{
  State *state = sock->io_state;
  gsize n;

  while (state->at == state->length || state->length < MANY)
    {
      gssize got = ph_plat_receive (sock->fd, state->held + state->length, MANY - state->length, ret_error);

      if (got <= 0 && state->at == state->length)
        return got;
      if (got <= 0)
        break;
      state->length += (gsize) got;
    }
  n = MIN (MIN (size, 1000), state->length - state->at);
  memcpy (buffer, state->held + state->at, n);
  state->at += n;

  return (gssize) n;
}

static gsize
hoard_pending (PhSock *sock)
{
  const State *state = sock->io_state;

  return state->length - state->at;
}

static const PhStreamIo hoard = {
  .receive = hoard_receive,
  .send = plain_send,
  .shutdown = row_shutdown,
  .wants = same_wants,
  .pending = hoard_pending,
};

/* ---- a row that has to write before it can receive, and to receive before it can send ---- */

static gssize
greet_receive (PhSock *sock, guint8 *buffer, gsize size, PhError *ret_error)
{
  State *state = sock->io_state;
  guint8 key;

  if (state->first == PH_IO_READ)
    {
      state->first = PH_IO_WRITE; /* the first call only says what it wants */
      return nothing_yet (ret_error);
    }
  if (state->first == PH_IO_WRITE)
    {
      g_assert_cmpint (ph_plat_send (sock->fd, (const guint8 *) "!", 1, ret_error), ==, 1);
      state->first = 0;
    }
  if (!state->key)
    {
      if (ph_plat_receive (sock->fd, &key, 1, ret_error) != 1)
        return -1;
      state->key = TRUE;
    }

  return ph_plat_receive (sock->fd, buffer, size, ret_error);
}

static gssize
greet_send (PhSock *sock, const guint8 *bytes, gsize length, PhError *ret_error)
{
  const State *state = sock->io_state;

  return state->key ? ph_plat_send (sock->fd, bytes, length, ret_error) : nothing_yet (ret_error);
}

static PhIo
greet_wants (PhSock *sock, PhIo what)
{
  const State *state = sock->io_state;

  if (what == PH_IO_READ)
    return state->first == PH_IO_WRITE ? PH_IO_WRITE : PH_IO_READ;

  return state->key ? PH_IO_WRITE : PH_IO_READ;
}

static gsize
nothing_pending (PhSock *sock)
{
  return 0;
}

static const PhStreamIo greet = {
  .receive = greet_receive,
  .send = greet_send,
  .shutdown = row_shutdown,
  .wants = greet_wants,
  .pending = nothing_pending,
};

/* ---- a row for which the system has no memory a few times ---- */

static gboolean
has_memory (PhSock *sock, PhError *ret_error)
{
  State *state = sock->io_state;

  state->calls++;
  if (state->wants == 0)
    return TRUE;
  state->wants--;
  *ret_error = PH_ERROR_NO_MEMORY;

  return FALSE;
}

static gssize
poor_receive (PhSock *sock, guint8 *buffer, gsize size, PhError *ret_error)
{
  return has_memory (sock, ret_error) ? ph_plat_receive (sock->fd, buffer, size, ret_error) : -1;
}

static gssize
poor_send (PhSock *sock, const guint8 *bytes, gsize length, PhError *ret_error)
{
  return has_memory (sock, ret_error) ? plain_send (sock, bytes, length, ret_error) : -1;
}

static const PhStreamIo poor = {
  .receive = poor_receive,
  .send = poor_send,
  .shutdown = row_shutdown,
  .wants = same_wants,
  .pending = nothing_pending,
};

/* ---- a plain row that notes the length of each send, and takes one byte less of every third ---- */

static gssize
noting_receive (PhSock *sock, guint8 *buffer, gsize size, PhError *ret_error)
{
  ((State *) sock->io_state)->calls++;

  return ph_plat_receive (sock->fd, buffer, size, ret_error);
}

static gssize
noting_send (PhSock *sock, const guint8 *bytes, gsize length, PhError *ret_error)
{
  State *state = sock->io_state;

  g_string_append_printf (state->sends, "%" G_GSIZE_FORMAT " ", length);

  return plain_send (sock, bytes, ++state->calls % 3 == 0 ? length - 1 : length, ret_error);
}

static const PhStreamIo noting = {
  .receive = noting_receive,
  .send = noting_send,
  .shutdown = row_shutdown,
  .wants = same_wants,
  .pending = nothing_pending,
};

/* ---- a link of one stream ---- */

static void
end_cb (PhSock *sock, PhLeft why)
{
  Stream *stream = sock->link->state;

  stream->left = why;
  ph_sock_retire (sock);
}

static void
close_nothing (PhLink *link)
{
}

static const PhTransport transport = { .id = "test", .flags = PH_TRANSPORT_STREAM, .close = close_nothing };

static void
wake_cb (gpointer data)
{
}

static PhFd
connect_to_peer (Stream *stream)
{
  int port, listener = peer_socket (PH_SOCKET_TCP, "127.0.0.1", &port);
  g_autoptr (GError) error = NULL;
  PhFd fd = ph_plat_socket (PH_SOCKET_TCP, PH_FAMILY_IPV4, &error);
  PhAddr addr;

  g_assert_no_error (error);
  g_assert_true (ph_plat_addr_parse ("127.0.0.1", (guint16) port, &addr));
  g_assert_cmpint (ph_plat_connect (fd, &addr, &error), !=, PH_CONNECT_FAILED);
  stream->peer = peer_accept (listener);
  peer_close (listener);

  return fd;
}

static Stream *
stream_new (const PhStreamIo *io)
{
  Stream *stream = g_new0 (Stream, 1);
  g_autoptr (PhEndpoint) endpoint = ph_endpoint_new ("tcp-client");
  g_autoptr (GError) error = NULL;

  ph_plat_init ();
  stream->store = ph_store_new (PH_STORE_LIMIT_MIN, wake_cb, NULL);
  stream->inbox = ph_inbox_new (ph_plat_poll_new (NULL));
  stream->timers = ph_timers_new ();
  stream->graveyard = g_ptr_array_new_with_free_func (g_free);
  stream->next_peer = 1;
  stream->link = ph_link_new (stream->store, stream->inbox, stream->timers, &stream->next_peer, stream->graveyard, endpoint);
  stream->link->transport = &transport;
  stream->link->state = stream;
  stream->link->open = TRUE;
  stream->link->form = &stream->form;
  stream->sock = ph_sock_new (stream->link, connect_to_peer (stream));
  stream->sock->end = end_cb;
  stream->sock->peer = 1;
  stream->sock->io_state = &stream->state;
  g_assert_true (ph_stream_start (stream->sock, io, &error));

  return stream;
}

static void
stream_free (Stream *stream)
{
  ph_sock_retire (stream->sock);
  g_assert_true (stream->state.ended);
  ph_link_free (stream->link);
  g_ptr_array_unref (stream->graveyard);
  ph_timers_free (stream->timers);
  ph_inbox_unref (stream->inbox);
  ph_store_free (stream->store);
  peer_close (stream->peer);
  g_free (stream);
}

/* One round of the worker's loop. It fails where neither a socket nor a timer has anything to do. */
static void
run_round (Stream *stream)
{
  gint64 patience = ph_plat_monotonic () + PATIENCE * G_GINT64_CONSTANT (1000000000);
  gint64 next = ph_timers_next (stream->timers);
  PhPollEvent events[8];
  guint n = ph_plat_poll_wait (ph_inbox_get_poll (stream->inbox), events, G_N_ELEMENTS (events),
                               next >= 0 ? MIN (next, patience) : patience);

  g_assert_cmpint (ph_plat_monotonic (), <, patience);
  for (guint i = 0; i < n; i++)
    if (stream->sock->fd != PH_FD_NONE)
      ph_stream_ready (stream->sock, events[i].io);
  ph_timers_run (stream->timers, ph_plat_monotonic ());
}

/* All bytes of the records of @kind. */
static GString *
dup_bytes (Stream *stream, PhRecordKind kind)
{
  GString *bytes = g_string_new (NULL);

  ph_store_begin_read (stream->store);
  for (guint64 seq = 0; seq < ph_store_end (stream->store); seq++)
    {
      const guint8 *payload;
      const PhRecord *record = ph_store_get (stream->store, seq, &payload);

      if (record->kind == kind)
        g_string_append_len (bytes, (const char *) payload, record->length);
    }
  ph_store_end_read (stream->store);

  return bytes;
}

static guint
count_records (Stream *stream, PhRecordKind kind)
{
  guint n = 0;

  ph_store_begin_read (stream->store);
  for (guint64 seq = 0; seq < ph_store_end (stream->store); seq++)
    n += ph_store_get (stream->store, seq, NULL)->kind == kind;
  ph_store_end_read (stream->store);

  return n;
}

static void
run_until (Stream *stream, PhRecordKind kind, const void *bytes, gsize length)
{
  for (;;)
    {
      GString *got = dup_bytes (stream, kind);
      gboolean all = got->len >= length;

      if (all)
        g_assert_cmpmem (got->str, got->len, bytes, length);
      g_string_free (got, TRUE);
      if (all)
        return;
      run_round (stream);
    }
}

/* ---- the tests ---- */

static void
test_bytes_that_no_poll_announces_are_asked_for (void)
{
  Stream *stream = stream_new (&hoard);
  g_autofree char *bytes = g_malloc (MANY);

  for (guint i = 0; i < MANY; i++)
    bytes[i] = (char) (i * 31 >> 4);
  for (gsize sent = 0; sent < MANY;)
    {
      gssize n = peer_send (stream->peer, bytes + sent, MANY - sent);

      g_assert_cmpint (n, >, 0);
      sent += (gsize) n;
    }
  run_until (stream, PH_RECORD_IN, bytes, MANY);
  g_assert_cmpuint (hoard_pending (stream->sock), ==, 0);
  stream_free (stream);
}

static void
test_pending_bytes_come_before_the_end (void)
{
  Stream *stream = stream_new (&hoard);
  g_autofree char *bytes = g_strnfill (50000, 'x');

  g_assert_cmpint (peer_send (stream->peer, bytes, 50000), ==, 50000);
  peer_finish (stream->peer);
  ph_endpoint_set_option (stream->link->endpoint, "half-close", 0, NULL);
  while (stream->left == 0)
    run_round (stream);
  g_assert_cmpint (stream->left, ==, PH_LEFT_DONE);
  run_until (stream, PH_RECORD_IN, bytes, 50000);
  stream_free (stream);
}

static void
test_a_row_may_write_before_it_receives (void)
{
  Stream *stream = stream_new (&greet);
  char greeting;

  stream->state.first = PH_IO_READ;
  g_assert_cmpint (peer_send (stream->peer, "#hello", 6), ==, 6);
  run_until (stream, PH_RECORD_IN, "hello", 5);
  peer_receive (stream->peer, &greeting, 1);
  g_assert_cmpint (greeting, ==, '!');
  stream_free (stream);
}

static void
test_a_row_may_receive_before_it_sends (void)
{
  Stream *stream = stream_new (&greet);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("hello", 5);
  const PhOutgoing message = { .bytes = bytes };
  PhSendResult result;
  char got[5];

  result = ph_stream_send (stream->sock, &message);
  g_assert_cmpuint (result.queued, ==, 1);
  g_assert_cmpuint (stream->sock->queued, ==, 5);
  /* The socket is writable all the time, and the poll is not asked for that: it would never sleep. */
  g_assert_cmpint (stream->sock->interest, ==, PH_IO_READ);
  g_assert_cmpint (peer_send (stream->peer, "#", 1), ==, 1);
  run_until (stream, PH_RECORD_OUT, "hello", 5);
  peer_receive (stream->peer, got, 5);
  g_assert_cmpmem (got, 5, "hello", 5);
  g_assert_cmpuint (stream->sock->queued, ==, 0);
  stream_free (stream);
}

/* It is told once, and once more when it works again; and in the pauses nothing is tried. */
static void
test_want_of_memory_is_waited_for_and_ends_nothing (void)
{
  enum { WANTS = 5 };
  const PhOutgoing message = { .bytes = g_bytes_new_static ("out", 3) };

  for (guint sends = 0; sends < 2; sends++)
    {
      Stream *stream = stream_new (&poor);
      PhSendResult result = { .queued = 1 };

      stream->state.wants = WANTS;
      if (sends)
        result = ph_stream_send (stream->sock, &message);
      else
        g_assert_cmpint (peer_send (stream->peer, "in", 2), ==, 2);
      g_assert_cmpuint (result.queued, ==, 1);
      run_until (stream, sends ? PH_RECORD_OUT : PH_RECORD_IN, sends ? "out" : "in", sends ? 3 : 2);
      g_assert_cmpuint (stream->state.wants, ==, 0);
      g_assert_cmpuint (stream->state.calls, <=, WANTS + 3);
      g_assert_cmpuint (count_records (stream, PH_RECORD_NOTE), ==, 1);
      while (count_records (stream, PH_RECORD_NOTE) < 2)
        run_round (stream);
      g_assert_cmpuint (count_records (stream, PH_RECORD_ERROR), ==, 0);
      g_assert_cmpuint (stream->left, ==, 0);
      stream_free (stream);
    }
  g_bytes_unref (message.bytes);
}

/* What the system did not take of a piece goes out by itself too, and is not joined with the next one. */
static void
test_each_piece_is_handed_over_by_a_call_of_its_own (void)
{
  Stream *stream = stream_new (&noting);
  const PhOutgoing message = { .bytes = g_bytes_new_static ("0123456789abcdef", 16), .pieces = { .size = 4 } };

  stream->state.sends = g_string_new (NULL);
  g_assert_cmpuint (ph_stream_send (stream->sock, &message).queued, ==, 1);
  run_until (stream, PH_RECORD_OUT, "0123456789abcdef", 16);
  g_assert_cmpstr (stream->state.sends->str, ==, "4 4 4 1 4 ");
  g_assert_cmpuint (count_records (stream, PH_RECORD_OUT), ==, 5);
  g_bytes_unref (message.bytes);
  g_string_free (stream->state.sends, TRUE);
  stream_free (stream);
}

static gboolean
has_event_within (Stream *stream, gint64 ns)
{
  gint64 deadline = ph_plat_monotonic () + ns;
  PhPollEvent event;

  while (ph_plat_monotonic () < deadline)
    if (ph_plat_poll_wait (ph_inbox_get_poll (stream->inbox), &event, 1, deadline) > 0)
      return TRUE;

  return FALSE;
}

/* A pause and a stop are waited for by a timer or not at all, and not by asking again and again. */
static void
test_a_pause_and_stopped_reading_wake_nobody (void)
{
  Stream *stream = stream_new (&noting);
  const PhOutgoing message = { .bytes = g_bytes_new_static ("0123456789", 10), .pieces = { .size = 4, .pause = 3600000 } };

  stream->state.sends = g_string_new (NULL);
  ph_stream_control (stream->sock, PH_PEER_STOP_READING);
  ph_stream_send (stream->sock, &message);
  g_assert_cmpstr (stream->state.sends->str, ==, "4 ");
  g_assert_cmpint (peer_send (stream->peer, "hello", 5), ==, 5);
  g_assert_cmpint (peer_finish (stream->peer), ==, 0);
  g_assert_false (has_event_within (stream, 50 * G_GINT64_CONSTANT (1000000)));
  g_assert_cmpint (stream->sock->interest, ==, 0);
  g_assert_cmpuint (stream->state.calls, ==, 1); /* the piece */
  ph_stream_control (stream->sock, PH_PEER_GO_ON);
  run_until (stream, PH_RECORD_IN, "hello", 5);
  while (!stream->sock->finished)
    run_round (stream);
  g_bytes_unref (message.bytes);
  g_string_free (stream->state.sends, TRUE);
  stream_free (stream);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stream-io/bytes-that-no-poll-announces-are-asked-for", test_bytes_that_no_poll_announces_are_asked_for);
  g_test_add_func ("/stream-io/pending-bytes-come-before-the-end", test_pending_bytes_come_before_the_end);
  g_test_add_func ("/stream-io/a-row-may-write-before-it-receives", test_a_row_may_write_before_it_receives);
  g_test_add_func ("/stream-io/a-row-may-receive-before-it-sends", test_a_row_may_receive_before_it_sends);
  g_test_add_func ("/stream-io/each-piece-is-handed-over-by-a-call-of-its-own", test_each_piece_is_handed_over_by_a_call_of_its_own);
  g_test_add_func ("/stream-io/a-pause-and-stopped-reading-wake-nobody", test_a_pause_and_stopped_reading_wake_nobody);
  g_test_add_func ("/stream-io/want-of-memory-is-waited-for-and-ends-nothing", test_want_of_memory_is_waited_for_and_ends_nothing);

  return g_test_run ();
}
