/* test-fold.c: records in, state and counters and peers out, as short strings
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-error.h"
#include "ph-fold.h"
#include "ph-loss.h"

#include <string.h>

#define UDP PH_OPENING_DATAGRAMS
#define CLIENT PH_OPENING_STREAM
#define SERVER PH_OPENING_STREAM

typedef struct
{
  PhRecordKind kind;
  guint32 peer;
  const char *payload;
  guint16 detail;
  guint16 flags;
} Step;

#define R(kind_, peer_, payload_, detail_, flags_) \
  { .kind = PH_RECORD_##kind_, .peer = peer_, .payload = payload_, .detail = detail_, .flags = flags_ }

typedef struct
{
  const char *story;
  PhOpening carries;
  Step steps[12];
  const char *result;
} Case;

static const Case cases[] = {
  { "nothing-is-closed", UDP, { { .kind = 0 } }, "closed" },
  { "opening-is-opening", CLIENT, { R (OPENING, 0, "action=connect", 0, 0) }, "opening" },
  { "open-tells-the-bound-address",
    UDP,
    { R (OPENING, 0, NULL, 0, 0), R (OPEN, 0, "127.0.0.1:7788", 0, 0) },
    "open local=127.0.0.1:7788" },
  { "a-client-knows-its-server-and-does-not-list-it",
    CLIENT,
    { R (OPENING, 0, NULL, 0, 0), R (PEER, 1, "10.0.0.1:80", 0, 0), R (OPEN, 1, "10.0.0.2:999", 0, 0) },
    "open local=10.0.0.2:999 remote=10.0.0.1:80" },
  { "a-client-whose-server-finished-is-half-closed",
    CLIENT,
    { R (OPENING, 0, NULL, 0, 0),
      R (PEER, 1, "a:80", 0, 0),
      R (OPEN, 1, "b:9", 0, 0),
      R (HALF_CLOSED, 1, NULL, 0, 0) },
    "half-closed local=b:9 remote=a:80" },
  { "a-server-whose-client-finished-is-open",
    SERVER,
    { R (OPENING, 0, NULL, 0, 0),
      R (OPEN, 0, "b:9", 0, 0),
      R (JOINED, 1, "a:80", 0, 0),
      R (HALF_CLOSED, 1, NULL, 0, 0) },
    "open local=b:9 peers=1:a:80" },
  { "closed-forgets-the-addresses",
    CLIENT,
    { R (OPENING, 0, NULL, 0, 0),
      R (PEER, 1, "a:80", 0, 0),
      R (OPEN, 1, "b:9", 0, 0),
      R (CLOSED, 0, NULL, PH_LEFT_CLOSED, 0) },
    "closed" },
  { "clients-are-listed-as-they-joined",
    SERVER,
    { R (OPENING, 0, NULL, 0, 0),
      R (OPEN, 0, "b:9", 0, 0),
      R (JOINED, 1, "a:1", 0, 0),
      R (JOINED, 2, "a:2", 0, 0),
      R (JOINED, 3, "a:3", 0, 0),
      R (LEFT, 2, NULL, PH_LEFT_CLOSED, 0) },
    "open local=b:9 peers=1:a:1,3:a:3" },
  { "a-closed-server-lists-nobody",
    SERVER,
    { R (OPENING, 0, NULL, 0, 0), R (OPEN, 0, "b:9", 0, 0), R (JOINED, 1, "a:1", 0, 0), R (CLOSED, 0, NULL, 0, 0) },
    "closed" },
  { "datagram-peers-are-listed-newest-first-and-stay",
    UDP,
    { R (OPENING, 0, NULL, 0, 0),
      R (OPEN, 0, "b:9", 0, 0),
      R (PEER, 1, "a:1", 0, 0),
      R (PEER, 2, "a:2", 0, 0),
      R (CLOSED, 0, NULL, 0, 0) },
    "closed peers=2:a:2,1:a:1" },
  { "a-datagram-peer-heard-again-after-reopening-is-listed-once",
    UDP,
    { R (OPENING, 0, NULL, 0, 0),
      R (PEER, 1, "a:1", 0, 0),
      R (PEER, 2, "a:2", 0, 0),
      R (CLOSED, 0, NULL, 0, 0),
      R (OPENING, 0, NULL, 0, 0),
      R (PEER, 3, "a:1", 0, 0) },
    "opening peers=3:a:1,2:a:2" },
  { "data-is-counted-in-bytes-and-packets",
    UDP,
    { R (IN, 1, "12345", 0, 0), R (IN, 1, "", 0, 0), R (OUT, 1, "123", 1, 0) },
    "closed rx=5/2 tx=3/1" },
  { "sent-to-all-counts-for-each",
    SERVER,
    { R (OUT, PH_PEER_ALL, "1234", 3, 0) },
    "closed tx=12/3" },
  { "a-client-that-did-not-take-all-of-it-counts-for-what-it-took",
    SERVER,
    { R (OUT, PH_PEER_ALL, "1234", 2, 0),
      R (OUT, 3, "12", 1, PH_RECORD_NOT_WHOLE | PH_RECORD_MORE),
      R (OUT, 4, "", 1, PH_RECORD_NOT_WHOLE), /* refused */
      R (OUT, 3, "34", 1, 0) },
    "closed tx=12/3" },
  { "a-message-in-parts-is-one-packet",
    CLIENT,
    { R (OUT, 1, "1234", 1, PH_RECORD_MORE), R (OUT, 1, "56", 1, PH_RECORD_MORE), R (OUT, 1, "7", 1, 0) },
    "closed tx=7/1" },
  { "kernel-losses-add-up-and-the-limit-is-none",
    UDP,
    { R (LOSS, 0, "count=12", PH_LOSS_KERNEL, 0),
      R (LOSS, 0, "limit=256", PH_LOSS_LIMIT, 0),
      R (LOSS, 0, "count=30", PH_LOSS_KERNEL, 0) },
    "closed lost=42" },
  { "cut-datagrams-are-counted", UDP, { R (IN, 1, "x", 0, PH_RECORD_TRUNCATED) }, "closed rx=1/1 cut=1" },
  { "the-newest-error-is-kept-and-a-fatal-one-beside-it",
    UDP,
    { R (ERROR, 0, "action=first", PH_ERROR_REFUSED, 0),
      R (ERROR, 0, "action=fatal", PH_ERROR_IN_USE, PH_RECORD_FATAL),
      R (ERROR, 0, "action=last", PH_ERROR_TOO_LONG, 0) },
    "closed error=10:action=last fatal=2:action=fatal" },
  { "addresses-that-are-no-text-are-made-text",
    UDP,
    { R (OPENING, 0, NULL, 0, 0), R (OPEN, 0, "a\xff" "b", 0, 0) },
    "open local=a⟨FF⟩b" },
};

static void
append_text (GString *out, const char *name, const char *text)
{
  if (text != NULL)
    g_string_append_printf (out, " %s=%s", name, text);
}

static void
append_counters (GString *out, const PhCounters *c)
{
  if (c->rx_packets > 0)
    g_string_append_printf (out, " rx=%" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT, c->rx_bytes, c->rx_packets);
  if (c->tx_packets > 0)
    g_string_append_printf (out, " tx=%" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT, c->tx_bytes, c->tx_packets);
  if (c->kernel_lost > 0)
    g_string_append_printf (out, " lost=%" G_GUINT64_FORMAT, c->kernel_lost);
  if (c->truncated > 0)
    g_string_append_printf (out, " cut=%" G_GUINT64_FORMAT, c->truncated);
}

static void
append_peers (GString *out, PhFold *fold)
{
  GListModel *peers = G_LIST_MODEL (fold->peers);

  for (guint i = 0; i < g_list_model_get_n_items (peers); i++)
    {
      g_autoptr (PhPeer) peer = g_list_model_get_item (peers, i);

      g_string_append_printf (out, "%s%u:%s", i > 0 ? "," : " peers=", ph_peer_get_number (peer),
                              ph_peer_get_address (peer));
    }
}

static void
append_error (GString *out, const char *name, const PhFoldError *error)
{
  if (error->payload != NULL)
    g_string_append_printf (out, " %s=%u:%.*s", name, error->record.detail, (int) error->record.length, (char *) error->payload);
}

static char *
describe (PhFold *fold)
{
  g_autoptr (GEnumClass) states = g_type_class_ref (PH_TYPE_SESSION_STATE);
  GString *out = g_string_new (g_enum_get_value (states, fold->state)->value_nick);

  append_text (out, "local", ph_names_get_local (fold->names));
  append_text (out, "remote", fold->remote);
  append_counters (out, &fold->counters);
  append_error (out, "error", &fold->error);
  append_error (out, "fatal", &fold->fatal);
  append_peers (out, fold);

  return g_string_free (out, FALSE);
}

static void
test_case (gconstpointer data)
{
  const Case *one = data;
  g_autofree char *result = NULL;
  PhFold fold;

  ph_fold_init (&fold, 100);
  fold.stream = one->carries == PH_OPENING_STREAM;
  for (const Step *step = one->steps; step->kind != 0; step++)
    {
      const char *payload = step->payload != NULL ? step->payload : "";
      PhRecord record = { .kind = (guint8) step->kind,
                          .peer = step->peer,
                          .length = (guint32) strlen (payload),
                          .detail = step->kind == PH_RECORD_OPENING ? (guint16) one->carries : step->detail,
                          .flags = step->flags };

      ph_fold_record (&fold, &record, (const guint8 *) payload);
    }
  ph_peers_flush (fold.peers);
  result = describe (&fold);
  g_assert_cmpstr (result, ==, one->result);
  ph_fold_clear (&fold);
}

/* What a record adds to the counters it adds to its second and to its peer as well. */
static void
test_what_went_through_is_known_by_second_and_by_peer (void)
{
  const gint64 second = G_GINT64_CONSTANT (1000000000);
  const PhRecord records[] = {
    { .kind = PH_RECORD_JOINED, .peer = 1, .time = 4 * second, .length = 3 },
    { .kind = PH_RECORD_IN, .peer = 1, .time = 5 * second, .length = 3 },
    { .kind = PH_RECORD_OUT, .peer = PH_PEER_ALL, .time = 6 * second, .length = 2, .detail = 4 },
    { .kind = PH_RECORD_OUT, .peer = 1, .time = 6 * second, .length = 1, .flags = PH_RECORD_MORE },
    { .kind = PH_RECORD_LOSS, .time = 6 * second, .length = 9, .detail = PH_LOSS_KERNEL },
  };
  g_autoptr (GListStore) all = g_list_store_new (PH_TYPE_PEER);
  g_autoptr (PhPeer) peer = NULL;
  PhRateBucket buckets[2];
  PhFold fold;

  ph_fold_init (&fold, 100);
  fold.stream = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (records); i++)
    ph_fold_record (&fold, &records[i], (const guint8 *) (records[i].kind == PH_RECORD_LOSS ? "count=123" : "123"));
  ph_rates_get_recent (fold.rates, 5, 2, buckets);
  g_assert_cmpuint (buckets[0].bytes[PH_RATE_RX], ==, 3);
  g_assert_cmpuint (buckets[1].bytes[PH_RATE_TX], ==, 9);
  g_assert_cmpuint (buckets[1].packets[PH_RATE_TX], ==, 4);
  g_assert_cmpuint (buckets[1].lost, ==, 123);
  ph_peers_show_all (fold.peers, all, 6);
  peer = g_list_model_get_item (G_LIST_MODEL (all), 0);
  g_assert_cmpint (ph_peer_get_stats (peer)->first_seen, ==, 4 * second);
  g_assert_cmpint (ph_peer_get_stats (peer)->last_seen, ==, 5 * second);
  g_assert_cmpuint (ph_peer_get_stats (peer)->bytes[PH_RATE_TX], ==, 3);
  g_assert_cmpuint (ph_peer_get_stats (peer)->packets[PH_RATE_TX], ==, 1);
  g_assert_cmpuint (ph_peer_get_rate (peer), ==, 3);
  ph_fold_clear (&fold);
}

static void
fold_note (PhFold *fold, guint32 number, const char *action, const char *cause)
{
  PhRecord record = { .kind = PH_RECORD_NOTE, .peer = number };
  PhWords words;

  ph_words_init (&words, action, "a:1");
  ph_words_add (&words, "cause", cause);
  record.length = (guint32) words.length;
  ph_fold_record (fold, &record, (const guint8 *) words.bytes);
}

static void
count_cb (PhPeer *peer, GParamSpec *pspec, guint *n)
{
  (*n)++;
}

/* As text: "sends" and "reads", each if it does. */
static const char *
describe_flow (PhFold *fold, guint32 number)
{
  PhPeer *peer = ph_peers_get_peer (fold->peers, number);
  gboolean sends = !ph_peer_get_half_closed_here (peer), reads = !ph_peer_get_reading_stopped (peer);

  return sends && reads ? "sends reads" : sends ? "sends" : reads ? "reads" : "";
}

static void
test_a_peer_knows_what_was_done_with_its_connection (void)
{
  const PhRecord joined[] = { { .kind = PH_RECORD_JOINED, .peer = 1, .length = 3 }, { .kind = PH_RECORD_JOINED, .peer = 2, .length = 3 } };
  const PhRecord left = { .kind = PH_RECORD_LEFT, .peer = 1 };
  PhFold fold;
  guint n = 0;

  ph_fold_init (&fold, 100);
  fold.stream = TRUE;
  ph_fold_record (&fold, &joined[0], (const guint8 *) "a:1");
  ph_fold_record (&fold, &joined[1], (const guint8 *) "a:2");
  g_assert_cmpstr (describe_flow (&fold, 1), ==, "sends reads");
  g_signal_connect (ph_peers_get_peer (fold.peers, 1), "notify", G_CALLBACK (count_cb), &n);
  fold_note (&fold, 1, "stop-reading", NULL);
  g_assert_cmpstr (describe_flow (&fold, 1), ==, "sends");
  fold_note (&fold, 1, "half-close", "waits"); /* nothing has ended yet */
  g_assert_cmpstr (describe_flow (&fold, 1), ==, "sends");
  fold_note (&fold, 1, "half-close", NULL);
  g_assert_cmpstr (describe_flow (&fold, 1), ==, "");
  fold_note (&fold, 1, "read", NULL);
  g_assert_cmpstr (describe_flow (&fold, 1), ==, "reads");
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpstr (describe_flow (&fold, 2), ==, "sends reads");
  fold_note (&fold, 77, "half-close", NULL); /* of nobody */
  fold_note (&fold, PH_PEER_NONE, "send", "again");
  ph_fold_record (&fold, &left, NULL);
  g_assert_cmpstr (describe_flow (&fold, 1), ==, "sends reads"); /* no connection, nothing that holds of it */
  ph_fold_clear (&fold);
}

/* One client of three takes all of a message to all, one a part of it and the rest later, one nothing. The message is in two
 * records, the answer of the slow client comes a second later. */
static void
test_each_client_counts_what_it_took_of_a_message_to_all (void)
{
  const gint64 second = G_GINT64_CONSTANT (1000000000);
  const PhRecord records[] = {
    { .kind = PH_RECORD_JOINED, .peer = 1, .time = 4 * second, .length = 3 },
    { .kind = PH_RECORD_JOINED, .peer = 2, .time = 4 * second, .length = 3 },
    { .kind = PH_RECORD_JOINED, .peer = 3, .time = 4 * second, .length = 3 },
    { .kind = PH_RECORD_OUT, .peer = PH_PEER_ALL, .time = 6 * second, .length = 60, .detail = 1, .flags = PH_RECORD_MORE },
    { .kind = PH_RECORD_OUT, .peer = PH_PEER_ALL, .time = 6 * second, .length = 40, .detail = 1 },
    { .kind = PH_RECORD_OUT, .peer = 2, .time = 6 * second, .length = 30, .detail = 1, .flags = PH_RECORD_NOT_WHOLE | PH_RECORD_MORE },
    { .kind = PH_RECORD_OUT, .peer = 3, .time = 7 * second, .detail = 1, .flags = PH_RECORD_NOT_WHOLE },
    { .kind = PH_RECORD_OUT, .peer = 2, .time = 7 * second, .length = 70, .detail = 1 },
  };
  static const guint64 bytes[] = { 100, 100, 0 }, packets[] = { 1, 1, 0 }, rates[] = { 100, 30, 0 };
  g_autoptr (GListStore) all = g_list_store_new (PH_TYPE_PEER);
  PhFold fold;

  ph_fold_init (&fold, 100);
  fold.stream = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (records); i++)
    ph_fold_record (&fold, &records[i], (const guint8 *) (i == 0 ? "a:1" : i == 1 ? "a:2" : "a:3"));
  g_assert_cmpuint (fold.counters.tx_bytes, ==, 200);
  g_assert_cmpuint (fold.counters.tx_packets, ==, 2);
  ph_peers_show_all (fold.peers, all, 6);
  for (guint i = 0; i < G_N_ELEMENTS (bytes); i++)
    {
      g_autoptr (PhPeer) peer = g_list_model_get_item (G_LIST_MODEL (all), i);

      g_assert_cmpuint (ph_peer_get_stats (peer)->bytes[PH_RATE_TX], ==, bytes[i]);
      g_assert_cmpuint (ph_peer_get_stats (peer)->packets[PH_RATE_TX], ==, packets[i]);
      g_assert_cmpuint (ph_peer_get_rate (peer), ==, rates[i]);
    }
  ph_fold_clear (&fold);
}

/* What a file takes back again and again, and losses that no kernel can count. */
static void
test_no_counter_wraps_whatever_a_file_claims (void)
{
  const char *words = "count=18446744073709551615";
  const PhRecord all = { .kind = PH_RECORD_OUT, .peer = PH_PEER_ALL, .time = 1, .length = 1, .detail = 1 };
  const PhRecord back = { .kind = PH_RECORD_OUT, .peer = 1, .time = 1, .detail = 1, .flags = PH_RECORD_NOT_WHOLE };
  const PhRecord joined = { .kind = PH_RECORD_JOINED, .peer = 1, .time = 1, .length = 3 };
  PhRecord loss = { .kind = PH_RECORD_LOSS, .time = 1, .length = (guint32) strlen (words), .detail = PH_LOSS_KERNEL };
  g_autoptr (GListStore) peers = g_list_store_new (PH_TYPE_PEER);
  g_autoptr (PhPeer) peer = NULL;
  PhFold fold;

  ph_fold_init (&fold, 100);
  fold.stream = TRUE;
  ph_fold_record (&fold, &joined, (const guint8 *) "a:1");
  ph_fold_record (&fold, &all, (const guint8 *) "x");
  for (guint i = 0; i < 9; i++)
    {
      ph_fold_record (&fold, &back, NULL);
      loss.detail = i % 2 == 0 ? PH_LOSS_KERNEL : PH_LOSS_REFUSED;
      ph_fold_record (&fold, &loss, (const guint8 *) words);
    }
  ph_peers_show_all (fold.peers, peers, 0);
  peer = g_list_model_get_item (G_LIST_MODEL (peers), 0);
  g_assert_cmpuint (ph_peer_get_stats (peer)->bytes[PH_RATE_TX], ==, 0);
  g_assert_cmpuint (ph_peer_get_stats (peer)->packets[PH_RATE_TX], ==, 0);
  g_assert_cmpuint (ph_peer_get_rate (peer), ==, 0);
  g_assert_cmpuint (fold.counters.kernel_lost, ==, 5 * (guint64) G_MAXUINT32);
  g_assert_cmpuint (fold.counters.refused, ==, 4 * (guint64) G_MAXUINT32);
  ph_fold_clear (&fold);
}

/* However late the deadline was passed, a fold gets on, and it stops long before the end of a flood. */
static void
test_a_fold_is_bounded_and_gets_on (void)
{
  PhStore *store = ph_store_new (PH_STORE_LIMIT_MIN, NULL, NULL);
  const PhRecord record = { .kind = PH_RECORD_IN, .peer = 1, .length = 1 };
  PhFold fold;

  for (guint i = 0; i < 100000; i++)
    ph_store_append (store, &record, "x");
  ph_fold_init (&fold, 100);
  ph_fold_store (&fold, store, ph_store_end (store), 0);
  g_assert_cmpuint (fold.end, >, 0);
  g_assert_cmpuint (fold.end, <, 10000);
  ph_fold_store (&fold, store, ph_store_end (store), G_MAXINT64);
  g_assert_cmpuint (fold.end, ==, 100000);
  g_assert_cmpuint (fold.counters.rx_packets, ==, 100000);
  ph_fold_clear (&fold);
  ph_store_free (store);
}

/* Of a stream a record may be half a chunk long: of those a few are much to read. */
static void
test_a_fold_of_large_records_is_bounded_too (void)
{
  PhStore *store = ph_store_new (64 * PH_STORE_CHUNK, NULL, NULL);
  const PhRecord record = { .kind = PH_RECORD_IN, .peer = 1, .length = PH_STORE_PAYLOAD_MAX };
  g_autofree guint8 *payload = g_malloc0 (PH_STORE_PAYLOAD_MAX);
  PhFold fold;

  for (guint i = 0; i < 40; i++)
    ph_store_append (store, &record, payload);
  ph_fold_init (&fold, 100);
  ph_fold_store (&fold, store, ph_store_end (store), 0);
  g_assert_cmpuint (fold.end, >, 0);
  g_assert_cmpuint (fold.end, <, 5);
  ph_fold_clear (&fold);
  ph_store_free (store);
}

static void
fold_text (PhFold *fold, PhRecordKind kind, guint16 detail, guint16 flags, const char *payload)
{
  PhRecord record = { .kind = (guint8) kind, .detail = detail, .flags = flags, .length = (guint32) strlen (payload) };

  ph_fold_record (fold, &record, (const guint8 *) payload);
}

static void
test_a_destination_stands_for_its_number_from_then_on (void)
{
  const PhRecord in[] = { { .kind = PH_RECORD_IN }, { .kind = PH_RECORD_IN, .detail = 1 }, { .kind = PH_RECORD_IN, .detail = 7 },
                          { .kind = PH_RECORD_IN, .detail = 8 }, { .kind = PH_RECORD_OUT, .detail = 1 } };
  PhFold fold;

  ph_fold_init (&fold, 100);
  g_assert_null (ph_names_get_destination (fold.names, &in[1]));
  fold_text (&fold, PH_RECORD_DESTINATION, 1, 0, "10.0.0.2");
  fold_text (&fold, PH_RECORD_DESTINATION, 7, PH_RECORD_UNUSUAL, "239.1.1.1");
  g_assert_null (ph_names_get_destination (fold.names, &in[0]));
  g_assert_cmpstr (ph_names_get_destination (fold.names, &in[1])->address, ==, "10.0.0.2");
  g_assert_false (ph_names_get_destination (fold.names, &in[1])->unusual);
  g_assert_cmpstr (ph_names_get_destination (fold.names, &in[2])->address, ==, "239.1.1.1");
  g_assert_true (ph_names_get_destination (fold.names, &in[2])->unusual);
  g_assert_null (ph_names_get_destination (fold.names, &in[3]));
  g_assert_null (ph_names_get_destination (fold.names, &in[4])); /* there it is a count of clients */
  ph_fold_clear (&fold);
}

static void
test_how_a_repeat_goes_and_each_of_its_ends_are_known (void)
{
  PhRepeat so_far = { .sent = 11, .late = 2, .elapsed = 100000000, .interval = 10000000 };
  PhRecord record = { .kind = PH_RECORD_REPEAT, .detail = PH_REPEAT_RUNNING };
  PhWords words;
  PhFold fold;

  ph_fold_init (&fold, 100);
  ph_repeat_write (&so_far, &words);
  record.length = (guint32) words.length;
  ph_fold_record (&fold, &record, (const guint8 *) words.bytes);
  g_assert_cmpuint (fold.facts.repeat.sent, ==, 11);
  g_assert_cmpuint (fold.facts.repeat.late, ==, 2);
  g_assert_cmpfloat (ph_repeat_rate (&fold.facts.repeat), ==, 100);
  g_assert_cmpuint (fold.repeats_ended, ==, 0);
  for (PhRepeatState state = PH_REPEAT_DONE; state <= PH_REPEAT_FAILED; state++)
    fold_text (&fold, PH_RECORD_REPEAT, (guint16) state, 0, "");
  g_assert_cmpuint (fold.repeats_ended, ==, 3);
  ph_fold_clear (&fold);
}

static void
test_a_buffer_that_would_have_been_enough_holds_what_was_lost_and_more (void)
{
  PhFold fold;
  gsize enough;

  ph_fold_init (&fold, 100);
  fold_text (&fold, PH_RECORD_OPEN, 208, 0, "0.0.0.0:7788");
  g_assert_cmpuint (fold.facts.receive_buffer, ==, 208 << 10);
  fold_text (&fold, PH_RECORD_IN, 0, PH_RECORD_KERNEL_TIME, "twelve bytes");
  g_assert_true (fold.facts.kernel_time);
  g_assert_cmpuint (ph_loss_enough_buffer (&fold.facts, &fold.counters), ==, 0);
  fold_text (&fold, PH_RECORD_LOSS, PH_LOSS_KERNEL, 0, "count=10000");
  fold_text (&fold, PH_RECORD_LOSS, PH_LOSS_REFUSED, 0, "count=5");
  g_assert_cmpuint (fold.counters.refused, ==, 5);
  enough = ph_loss_enough_buffer (&fold.facts, &fold.counters);
  g_assert_cmpuint (enough, >=, (208 << 10) + 10000 * ph_plat_datagram_cost (12));
  g_assert_cmpuint (enough & (enough - 1), ==, 0);
  fold_text (&fold, PH_RECORD_LOSS, PH_LOSS_KERNEL, 0, "count=4000000000");
  g_assert_cmpuint (ph_loss_enough_buffer (&fold.facts, &fold.counters), >, enough);
  ph_fold_clear (&fold);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/fold/%s", cases[i].story);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/fold/each-client-counts-what-it-took-of-a-message-to-all",
                   test_each_client_counts_what_it_took_of_a_message_to_all);
  g_test_add_func ("/fold/a-peer-knows-what-was-done-with-its-connection", test_a_peer_knows_what_was_done_with_its_connection);
  g_test_add_func ("/fold/what-went-through-is-known-by-second-and-by-peer",
                   test_what_went_through_is_known_by_second_and_by_peer);
  g_test_add_func ("/fold/no-counter-wraps-whatever-a-file-claims", test_no_counter_wraps_whatever_a_file_claims);
  g_test_add_func ("/fold/a-fold-is-bounded-and-gets-on", test_a_fold_is_bounded_and_gets_on);
  g_test_add_func ("/fold/a-fold-of-large-records-is-bounded-too", test_a_fold_of_large_records_is_bounded_too);
  g_test_add_func ("/fold/a-destination-stands-for-its-number-from-then-on",
                   test_a_destination_stands_for_its_number_from_then_on);
  g_test_add_func ("/fold/how-a-repeat-goes-and-each-of-its-ends-are-known",
                   test_how_a_repeat_goes_and_each_of_its_ends_are_known);
  g_test_add_func ("/fold/a-buffer-that-would-have-been-enough-holds-what-was-lost-and-more",
                   test_a_buffer_that_would_have_been_enough_holds_what_was_lost_and_more);

  return g_test_run ();
}
