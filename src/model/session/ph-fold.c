/* ph-fold.c: the state of a session, computed from its records: addresses, counters, peers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-fold.h"

#include <string.h>

#define STEP (64u * 1024u) /* bytes of records and payloads between two looks at the clock */

/* Not NULL, even of no bytes. */
static guint8 *
copy_payload (const PhRecord *record, const guint8 *payload)
{
  guint8 *copy = g_malloc (record->length + 1);

  memcpy (copy, payload, record->length);

  return copy;
}

static void
set_state (PhFold *fold, PhSessionState state, const PhRecord *record)
{
  if (fold->state != state)
    fold->facts.since = record->time;
  fold->state = state;
}

static void
forget_remote (PhFold *fold)
{
  g_clear_pointer (&fold->remote, g_free);
  ph_peers_end_control (fold->peers, fold->server);
  fold->server = PH_PEER_NONE;
}

/* Before there is data, only the opening says whether there will be streams. A session that opens something sets it earlier. */
static void
fold_opening (PhFold *fold, const PhRecord *record, const guint8 *payload)
{
  PhFoldOpening opening = { fold->end, *record, copy_payload (record, payload) };

  if (fold->opened->len == PH_FOLD_OPENINGS_MAX)
    g_array_remove_index (fold->opened, 0);
  g_array_append_val (fold->opened, opening);
  fold->stream = record->detail == PH_OPENING_STREAM;
  forget_remote (fold);
  fold->openings++;
  fold->old_peers = fold->newest_peer;
  fold->facts.heard_last = PH_PEER_NONE;
  set_state (fold, PH_SESSION_OPENING, record);
  ph_peers_set_order (fold->peers, fold->stream ? PH_PEERS_AS_JOINED : PH_PEERS_NEWEST_FIRST);
  if (fold->stream)
    ph_peers_leave_all (fold->peers);
  ph_names_record (fold->names, record, payload);
}

static void
fold_open (PhFold *fold, const PhRecord *record, const guint8 *payload)
{
  forget_remote (fold);
  set_state (fold, PH_SESSION_OPEN, record);
  fold->facts.was_open = TRUE;
  fold->server = record->peer;
  fold->facts.receive_buffer = (gsize) record->detail << 10;
  fold->remote = g_strdup (ph_names_get_peer (fold->names, record->peer));
  ph_names_record (fold->names, record, payload);
}

static void
fold_name (PhFold *fold, const PhRecord *record, const guint8 *payload)
{
  ph_names_record (fold->names, record, payload);
  ph_peers_name (fold->peers, record->peer, record->kind == PH_RECORD_JOINED || !fold->stream);
  ph_peers_see (fold->peers, record->peer, record->time);
  fold->newest_peer = MAX (fold->newest_peer, record->peer);
}

static void
fold_repeat (PhFold *fold, const PhRecord *record, const guint8 *payload)
{
  PhRepeat repeat;
  PhWords words;

  ph_words_read (&words, payload, record->length);
  ph_repeat_read (&words, &repeat);
  if (repeat.slot == PH_REPEAT_SEQUENCE)
    {
      fold->facts.sequence = repeat;
      fold->in_sequence = record->detail == PH_REPEAT_RUNNING;
    }
  else if (repeat.slot > 0 && record->detail == PH_REPEAT_RUNNING)
    g_hash_table_add (fold->listed, GUINT_TO_POINTER (repeat.slot));
  else if (repeat.slot > 0)
    g_hash_table_remove (fold->listed, GUINT_TO_POINTER (repeat.slot));
  else
    fold->facts.repeat = repeat;
  if (repeat.slot == 0 && record->detail != PH_REPEAT_RUNNING)
    fold->repeats_ended++;
}

static void
fold_feed (PhFold *fold, const PhRecord *record, const guint8 *payload)
{
  PhWords words;

  ph_words_read (&words, payload, record->length);
  fold->facts.feed = (PhFeedState) record->detail;
  fold->facts.feed_sent = 0;
  ph_words_get_number (&words, "sent", &fold->facts.feed_sent);
}

/* fold->stream may be that of the next opening already; the names still have that of the one which ends here. */
static void
fold_closed (PhFold *fold, const PhRecord *record, const guint8 *payload)
{
  forget_remote (fold);
  set_state (fold, PH_SESSION_CLOSED, record);
  if (ph_names_is_stream (fold->names))
    ph_peers_leave_all (fold->peers);
  ph_names_record (fold->names, record, payload);
}

static void
count_in (PhFold *fold, const PhRecord *record)
{
  PhCounters *counters = &fold->counters;

  ph_rates_add (fold->rates, record->time, PH_RATE_RX, record->length, 1);
  ph_peers_add (fold->peers, record->peer, record->time, PH_RATE_RX, record->length, 1);
  counters->rx_bytes += record->length;
  counters->rx_packets++;
  if (record->flags & PH_RECORD_TRUNCATED)
    counters->truncated++;
}

/* A message to all counts for each client in the list of peers. One that did not take all of it has a record of its own
 * behind it: for this client the message is taken back, and what it took is counted instead. */
static void
count_for_peers (PhFold *fold, const PhRecord *record, guint64 packets)
{
  if (record->peer == PH_PEER_ALL)
    {
      fold->to_all_bytes = record->length + (fold->to_all_more ? fold->to_all_bytes : 0);
      fold->to_all_more = (record->flags & PH_RECORD_MORE) != 0;
      fold->to_all_time = record->time;
    }
  else if ((record->flags & PH_RECORD_NOT_WHOLE) != 0 && fold->to_all_bytes > 0)
    {
      ph_peers_add (fold->peers, record->peer, fold->to_all_time, PH_RATE_TX, 0 - fold->to_all_bytes, 0 - G_GUINT64_CONSTANT (1));
    }
  ph_peers_add (fold->peers, record->peer, record->time, PH_RATE_TX, record->length, packets);
}

/* A message to all clients counts once for each. A message in parts is one packet, counted with its last part. */
static void
count_out (PhFold *fold, const PhRecord *record)
{
  guint64 times = record->peer == PH_PEER_ALL ? record->detail : 1;
  guint64 packets = record->flags & (PH_RECORD_MORE | PH_RECORD_NOT_WHOLE) ? 0 : 1;

  ph_rates_add (fold->rates, record->time, PH_RATE_TX, times * record->length, times * packets);
  count_for_peers (fold, record, packets);
  fold->counters.tx_bytes += times * record->length;
  fold->counters.tx_packets += times * packets;
}

static void
count_loss (PhFold *fold, const PhRecord *record, const guint8 *payload)
{
  guint64 lost = 0;
  PhWords words;

  ph_words_read (&words, payload, record->length);
  ph_words_get_number (&words, "count", &lost);
  lost = MIN (lost, G_MAXUINT32); /* a file may claim any number, and no kernel counts further; so the sum never wraps */
  if (record->detail == PH_LOSS_KERNEL)
    {
      fold->counters.kernel_lost += lost;
      ph_rates_add_lost (fold->rates, record->time, lost);
    }
  else if (record->detail == PH_LOSS_REFUSED)
    fold->counters.refused += lost;
}

/* A message that cannot be sent has an error record. It says how many bytes are lost if messages had waited in a queue. */
static void
count_unsent (PhFold *fold, const PhRecord *record, const guint8 *payload)
{
  guint64 messages = 1, bytes;
  PhWords words;

  ph_words_read (&words, payload, record->length);
  if (g_strcmp0 (ph_words_get (&words, "action"), "send") != 0)
    return;
  ph_words_get_number (&words, "count", &messages);
  if (ph_words_get_number (&words, "lost", &bytes))
    {
      fold->counters.lost += messages;
      fold->counters.lost_bytes += bytes;
    }
  else
    {
      fold->counters.refused += messages;
    }
}

static void
fold_error (PhFold *fold, const PhRecord *record, const guint8 *payload)
{
  PhFoldError *error = record->flags & PH_RECORD_FATAL ? &fold->fatal : &fold->error;

  g_free (error->payload);
  error->payload = copy_payload (record, payload);
  error->record = *record;
  count_unsent (fold, record, payload);
}

/* What was done here with a connection, but for its end. */
static void
fold_note (PhFold *fold, const PhRecord *record, const guint8 *payload)
{
  const char *action;
  PhWords words;

  if (record->peer == PH_PEER_NONE)
    return;
  ph_words_read (&words, payload, record->length);
  action = ph_words_get (&words, "action");
  if (g_strcmp0 (action, "half-close") == 0 && ph_words_get (&words, "cause") == NULL)
    ph_peers_set_half_closed (fold->peers, record->peer);
  else if (g_strcmp0 (action, "stop-reading") == 0 || g_strcmp0 (action, "read") == 0)
    ph_peers_set_reading_stopped (fold->peers, record->peer, *action == 's');
}

static void
opening_clear (gpointer data)
{
  g_free (((PhFoldOpening *) data)->payload);
}

/**
 * ph_fold_init:
 * @fold: (out caller-allocates): the state before the first record
 * @peer_limit: peer numbers to remember: %PH_LIMIT_PEERS but in tests
 */
void
ph_fold_init (PhFold *fold, guint peer_limit)
{
  *fold = (PhFold) { .state = PH_SESSION_CLOSED,
                     .peers = ph_peers_new (peer_limit),
                     .rates = ph_rates_new (),
                     .opened = g_array_new (FALSE, FALSE, sizeof (PhFoldOpening)),
                     .times = ph_opened_new () };
  fold->names = ph_peers_get_names (fold->peers);
  fold->listed = g_hash_table_new (NULL, NULL);
  g_array_set_clear_func (fold->opened, opening_clear);
}

/**
 * ph_fold_clear:
 * @fold: not usable afterwards
 */
void
ph_fold_clear (PhFold *fold)
{
  forget_remote (fold);
  g_clear_pointer (&fold->opened, g_array_unref);
  g_clear_pointer (&fold->times, ph_opened_free);
  g_clear_pointer (&fold->listed, g_hash_table_unref);
  ph_fold_error_clear (&fold->error);
  ph_fold_error_clear (&fold->fatal);
  g_clear_object (&fold->peers);
  g_clear_pointer (&fold->rates, ph_rates_free);
}

/* Nothing can be read before record @next. */
static void
count_missing (PhFold *fold, PhStore *store, guint64 next)
{
  guint64 shown = MAX (ph_store_number (store, next) - 1, fold->shown);

  fold->missing += shown - fold->shown;
  fold->shown = shown;
  fold->to_all_bytes = 0; /* the message to all that the next record is about may be among them */
}

/**
 * ph_fold_store:
 * @store: the same store in each call
 * @end: the record to stop before
 * @deadline: monotonic µs: stops earlier when it has passed
 *
 * Folds some records even if the deadline has passed. Stops where a record has to be read from the file first, and asks for it
 * and what follows it. The store's reader, outside of a read section.
 *
 * Returns: whether it stopped there: then it must be called again when ph_store_take_loaded()
 */
gboolean
ph_fold_store (PhFold *fold, PhStore *store, guint64 end, gint64 deadline)
{
  gboolean awaits = FALSE;
  gsize done = 0;

  ph_store_begin_read (store);
  while (fold->end < end)
    {
      const guint8 *payload = NULL;
      const PhRecord *record = ph_store_get (store, fold->end, &payload);
      guint64 next;

      awaits = record == NULL && ph_store_awaits (store, fold->end);
      if (awaits)
        break;
      next = record != NULL ? fold->end + 1 : MIN (ph_store_next (store, fold->end + 1), end);
      if (record != NULL)
        {
          ph_fold_record (fold, record, payload);
          fold->shown += !ph_record_is_silent (record);
          fold->newest = record->time;
        }
      else
        {
          count_missing (fold, store, next);
        }
      fold->end = next;
      done += record != NULL ? sizeof *record + record->length : STEP;
      if (done < STEP)
        continue;
      done = 0;
      if (g_get_monotonic_time () >= deadline)
        break;
    }
  if (fold->end < end)
    ph_store_read_ahead (store, fold->end);
  ph_store_end_read (store);

  return awaits;
}

/**
 * ph_fold_record:
 * @record: the next record
 * @payload: its bytes
 *
 * The list model of peers changes only at the next ph_peers_flush().
 */
void
ph_fold_record (PhFold *fold, const PhRecord *record, const guint8 *payload)
{
  ph_opened_record (fold->times, fold->end, record);
  switch ((PhRecordKind) record->kind)
    {
    case PH_RECORD_IN:
      count_in (fold, record);
      fold->facts.heard_last = record->peer;
      fold->facts.kernel_time = (record->flags & PH_RECORD_KERNEL_TIME) != 0;
      break;
    case PH_RECORD_OUT:
      count_out (fold, record);
      break;
    case PH_RECORD_OPENING:
      fold_opening (fold, record, payload);
      break;
    case PH_RECORD_OPEN:
      fold_open (fold, record, payload);
      break;
    case PH_RECORD_PEER:
    case PH_RECORD_JOINED:
      fold_name (fold, record, payload);
      break;
    case PH_RECORD_HALF_CLOSED:
      if (fold->state == PH_SESSION_OPEN && fold->server != PH_PEER_NONE && record->peer == fold->server)
        set_state (fold, PH_SESSION_HALF_CLOSED, record);
      break;
    case PH_RECORD_LEFT:
      ph_peers_leave (fold->peers, record->peer);
      break;
    case PH_RECORD_LOSS:
      count_loss (fold, record, payload);
      break;
    case PH_RECORD_ERROR:
      fold_error (fold, record, payload);
      break;
    case PH_RECORD_CLOSED:
      fold_closed (fold, record, payload);
      break;
    case PH_RECORD_DESTINATION:
      ph_names_record (fold->names, record, payload);
      break;
    case PH_RECORD_REPEAT:
      fold_repeat (fold, record, payload);
      break;
    case PH_RECORD_FEED:
      fold_feed (fold, record, payload);
      break;
    case PH_RECORD_NOTE:
      fold_note (fold, record, payload);
      break;
    }
}

/**
 * ph_fold_get_opening:
 * @seq: a sequence number
 *
 * Returns: (nullable): the newest OPENING record before @seq; %NULL if it is not kept any more; valid until the next record
 */
const PhFoldOpening *
ph_fold_get_opening (const PhFold *fold, guint64 seq)
{
  for (guint i = fold->opened->len; i > 0; i--)
    if (g_array_index (fold->opened, PhFoldOpening, i - 1).seq < seq)
      return &g_array_index (fold->opened, PhFoldOpening, i - 1);

  return NULL;
}

/**
 * ph_fold_error_clear:
 * @error: an error that was reported
 */
void
ph_fold_error_clear (PhFoldError *error)
{
  g_clear_pointer (&error->payload, g_free);
}
