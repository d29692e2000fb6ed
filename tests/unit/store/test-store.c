/* test-store.c: records in chunks: order, bytes, limits, and two threads at once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-store.h"

#include <string.h>

#define MIB PH_STORE_CHUNK

static PhRecord
data_record (guint32 length)
{
  return (PhRecord){ .kind = PH_RECORD_IN, .length = length, .peer = 7, .time = 42 };
}

static void
append (PhStore *store, const void *bytes, guint32 length)
{
  PhRecord record = data_record (length);

  ph_store_append (store, &record, bytes);
}

/* Appends until the store has begun @n chunks since it was made. */
static guint64
fill_chunks (PhStore *store, guint n)
{
  g_autofree guint8 *block = g_malloc0 (MIB / 4);
  guint64 before = ph_store_end (store);

  for (guint i = 0; i < n * 3; i++) /* three of these fit into a chunk */
    append (store, block, MIB / 4);

  return ph_store_end (store) - before;
}

static void
test_records_come_back_in_order_with_their_bytes (void)
{
  g_autoptr (PhStore) store = ph_store_new (64 * MIB, NULL, NULL);
  char text[32];

  for (guint i = 0; i < 200000; i++)
    append (store, text, (guint32) g_snprintf (text, sizeof text, "record %u", i));
  g_assert_cmpuint (ph_store_end (store), ==, 200000);

  ph_store_begin_read (store);
  for (guint i = 0; i < 200000; i++)
    {
      const guint8 *payload;
      const PhRecord *record = ph_store_get (store, i, &payload);
      int length = g_snprintf (text, sizeof text, "record %u", i);

      g_assert_nonnull (record);
      g_assert_cmpmem (payload, record->length, text, (gsize) length);
      g_assert_cmpuint (record->peer, ==, 7);
      g_assert_cmpint (record->time, ==, 42);
    }
  g_assert_null (ph_store_get (store, 200000, NULL));
  ph_store_end_read (store);
}

static void
test_records_can_be_read_in_any_order (void)
{
  g_autoptr (PhStore) store = ph_store_new (64 * MIB, NULL, NULL);
  guint32 n = 300000, at = 1;

  for (guint32 i = 0; i < n; i++)
    append (store, &i, sizeof i);
  ph_store_begin_read (store);
  for (int i = 0; i < 100000; i++, at = (at * 48271u + 11) % n)
    {
      const guint8 *payload;

      g_assert_nonnull (ph_store_get (store, at, &payload));
      g_assert_cmpmem (payload, 4, &at, 4);
    }
  ph_store_end_read (store);
}

static void
test_empty_and_largest_records_fit (void)
{
  g_autoptr (PhStore) store = ph_store_new (64 * MIB, NULL, NULL);
  g_autofree guint8 *big = g_malloc (PH_STORE_PAYLOAD_MAX);
  const guint8 *payload;

  memset (big, 0xA5, PH_STORE_PAYLOAD_MAX);
  for (int i = 0; i < 5; i++)
    {
      append (store, NULL, 0);
      append (store, big, PH_STORE_PAYLOAD_MAX);
    }
  ph_store_begin_read (store);
  for (guint i = 0; i < 10; i++)
    {
      const PhRecord *record = ph_store_get (store, i, &payload);

      g_assert_cmpuint (record->length, ==, i % 2 == 0 ? 0 : PH_STORE_PAYLOAD_MAX);
      g_assert_cmpmem (payload, record->length, big, record->length);
    }
  ph_store_end_read (store);
}

static void
test_places_reserved_for_a_batch_may_be_used_in_part (void)
{
  g_autoptr (PhStore) store = ph_store_new (64 * MIB, NULL, NULL);
  gsize room;
  guint8 *place = ph_store_reserve (store, 640, 10, &room);
  PhRecord record = data_record (3);
  const guint8 *payload;

  g_assert_cmpuint (room, >=, 640);
  memcpy (place, "one", 3);
  memcpy (place + 64, "two", 3);
  ph_store_commit (store, &record, place);
  ph_store_commit (store, &record, place + 64);
  append (store, "end", 3);
  ph_store_begin_read (store);
  ph_store_get (store, 1, &payload);
  g_assert_cmpmem (payload, 3, "two", 3);
  ph_store_get (store, 2, &payload);
  g_assert_cmpmem (payload, 3, "end", 3);
  ph_store_end_read (store);
}

static void
test_the_limit_takes_the_oldest_and_counts_them (void)
{
  g_autoptr (PhStore) store = ph_store_new (PH_STORE_LIMIT_MIN, NULL, NULL);

  fill_chunks (store, 3);
  g_assert_cmpuint (ph_store_dropped (store), ==, 0);
  g_assert_false (ph_store_take_limit_reached (store));
  for (int i = 0; i < 20; i++)
    {
      ph_store_release (store, ph_store_end (store));
      fill_chunks (store, 1);
    }
  g_assert_cmpuint (ph_store_size (store), ==, PH_STORE_LIMIT_MIN);
  g_assert_cmpuint (ph_store_dropped (store), ==, ph_store_first (store));
  g_assert_cmpuint (ph_store_first (store), >, 0);
  g_assert_true (ph_store_take_limit_reached (store));
  g_assert_false (ph_store_take_limit_reached (store));

  ph_store_begin_read (store);
  g_assert_null (ph_store_get (store, 0, NULL));
  g_assert_null (ph_store_get (store, ph_store_first (store) - 1, NULL));
  g_assert_nonnull (ph_store_get (store, ph_store_first (store), NULL));
  ph_store_end_read (store);
}

static void
test_behind_a_chunk_that_is_gone_comes_the_oldest_there_is (void)
{
  g_autoptr (PhStore) store = ph_store_new (PH_STORE_LIMIT_MIN, NULL, NULL);
  guint64 first, end;

  ph_store_release (store, G_MAXUINT64);
  fill_chunks (store, 20);
  ph_store_chunks (store, &first, &end);
  g_assert_cmpuint (first, >, 0);
  g_assert_cmpuint (ph_store_chunk_first (store, first), ==, ph_store_first (store));
  g_assert_cmpuint (ph_store_chunk_first (store, first - 1), ==, ph_store_first (store));
  g_assert_cmpuint (ph_store_chunk_first (store, 0), ==, ph_store_first (store));
  g_assert_cmpuint (ph_store_chunk_first (store, end), ==, ph_store_end (store));
}

static void
test_nothing_goes_while_it_is_read_and_the_slack_bounds_that (void)
{
  g_autoptr (PhStore) store = ph_store_new (PH_STORE_LIMIT_MIN, NULL, NULL);
  const guint8 *payload;

  append (store, "stays", 5);
  ph_store_release (store, G_MAXUINT64);
  ph_store_begin_read (store);
  ph_store_get (store, 0, &payload);
  fill_chunks (store, 20);
  g_assert_cmpmem (payload, 5, "stays", 5);
  g_assert_cmpuint (ph_store_first (store), ==, 0);
  ph_store_end_read (store);
  fill_chunks (store, 1);
  g_assert_cmpuint (ph_store_size (store), <=, PH_STORE_LIMIT_MIN + 2 * MIB);
}

static void
test_what_another_thread_still_wants_is_kept_from_the_limit (void)
{
  g_autoptr (PhStore) store = ph_store_new (PH_STORE_LIMIT_MIN, NULL, NULL);
  guint64 second;

  ph_store_release (store, G_MAXUINT64);
  ph_store_keep_from (store, PH_STORE_PRINTER, 0);
  fill_chunks (store, 20);
  g_assert_cmpuint (ph_store_first (store), ==, 0);
  second = ph_store_chunk_first (store, 1);
  ph_store_keep_from (store, PH_STORE_PRINTER, second);
  fill_chunks (store, 1);
  g_assert_cmpuint (ph_store_first (store), ==, second);
  g_assert_cmpuint (ph_store_step_over (store, 0), ==, second);
  ph_store_keep_from (store, PH_STORE_PRINTER, G_MAXUINT64);
  fill_chunks (store, 1);
  g_assert_cmpuint (ph_store_size (store), ==, PH_STORE_LIMIT_MIN);
}

static void
test_chunks_that_are_held_stay_though_the_store_drops_them_and_goes_on (void)
{
  g_autoptr (PhStore) store = ph_store_new (PH_STORE_LIMIT_MIN, NULL, NULL);
  g_autoptr (GPtrArray) held = NULL;
  guint64 seq = 0;

  ph_store_release (store, G_MAXUINT64);
  fill_chunks (store, 3);
  held = ph_store_hold_unwritten (store);
  fill_chunks (store, 20);
  g_assert_cmpuint (ph_store_size (store), ==, PH_STORE_LIMIT_MIN);
  for (guint i = 0; i < held->len; i++)
    {
      PhBlock *block = g_ptr_array_index (held, i);

      g_assert_cmpuint (ph_block_get_chunk (block)->number, ==, i);
      g_assert_cmpuint (ph_block_get_chunk (block)->first_seq, ==, seq);
      seq += ph_block_count (block);
    }
  g_assert_cmpuint (seq, <=, ph_store_first (store));
}

static void
test_a_lower_limit_takes_effect_with_the_next_chunk (void)
{
  g_autoptr (PhStore) store = ph_store_new (64 * MIB, NULL, NULL);

  fill_chunks (store, 40);
  ph_store_release (store, ph_store_end (store));
  ph_store_set_limit (store, 1);
  g_assert_cmpuint (ph_store_get_limit (store), ==, PH_STORE_LIMIT_MIN);
  fill_chunks (store, 2);
  g_assert_cmpuint (ph_store_size (store), ==, PH_STORE_LIMIT_MIN);
}

static void
test_discard_forgets_without_counting_as_dropped (void)
{
  g_autoptr (PhStore) store = ph_store_new (64 * MIB, NULL, NULL);
  guint64 end;

  fill_chunks (store, 10);
  end = ph_store_end (store);
  ph_store_discard (store, end);
  g_assert_cmpuint (ph_store_first (store), ==, end);
  g_assert_cmpuint (ph_store_size (store), <=, 2 * MIB);
  g_assert_cmpuint (ph_store_dropped (store), ==, 0);
  append (store, "new", 3);
  ph_store_begin_read (store);
  g_assert_null (ph_store_get (store, end - 1, NULL));
  g_assert_nonnull (ph_store_get (store, end, NULL));
  ph_store_end_read (store);
}

static void
test_what_was_discarded_is_not_counted_again_by_the_limit (void)
{
  g_autoptr (PhStore) store = ph_store_new (PH_STORE_LIMIT_MIN, NULL, NULL);

  for (int i = 0; i < 1000; i++)
    append (store, "cleared", 7);
  ph_store_discard (store, 1000);
  append (store, "kept", 4);
  ph_store_release (store, G_MAXUINT64);
  fill_chunks (store, 10);
  g_assert_cmpuint (ph_store_dropped (store), ==, ph_store_first (store) - 1000);
}

static void
count_cb (gpointer data)
{
  ++*(guint *) data;
}

static void
test_the_reader_is_woken_once_until_it_asks_again (void)
{
  guint wakes = 0;
  g_autoptr (PhStore) store = ph_store_new (64 * MIB, count_cb, &wakes);

  for (int i = 0; i < 1000; i++)
    {
      append (store, "x", 1);
      ph_store_notify (store);
    }
  g_assert_cmpuint (wakes, ==, 1);

  ph_store_release (store, 999);
  g_assert_false (ph_store_rearm (store)); /* one more to see */
  ph_store_release (store, 1000);
  g_assert_true (ph_store_rearm (store));
  append (store, "x", 1);
  ph_store_notify (store);
  g_assert_cmpuint (wakes, ==, 2);
}

/* ---- two threads ---- */

enum { RACERS = 3000000 };

static gpointer
write_numbers (gpointer data)
{
  PhStore *store = data;

  for (guint64 i = 0; i < RACERS; i++)
    {
      PhRecord record = { .kind = PH_RECORD_IN, .length = sizeof i, .time = (gint64) i };

      ph_store_append (store, &record, &i);
      if (i % 64 == 63)
        ph_store_notify (store);
    }
  ph_store_notify (store);

  return NULL;
}

static void
test_a_slow_reader_makes_the_writer_wait_and_loses_nothing (void)
{
  g_autoptr (PhStore) store = ph_store_new (PH_STORE_LIMIT_MIN, NULL, NULL);
  GThread *writer = g_thread_new ("writer", write_numbers, store);
  guint64 most = 0;

  for (guint64 next = 0; next < RACERS;)
    {
      guint64 end = ph_store_end (store);

      ph_store_begin_read (store);
      for (; next < end; next++)
        {
          const guint8 *payload;
          const PhRecord *record = ph_store_get (store, next, &payload);

          g_assert_nonnull (record);
          g_assert_cmpint (record->time, ==, (gint64) next);
          g_assert_cmpmem (payload, record->length, &next, sizeof next);
        }
      most = MAX (most, ph_store_size (store));
      ph_store_end_read (store);
      ph_store_release (store, next);
    }
  g_thread_join (writer);
  g_assert_cmpuint (most, <=, PH_STORE_LIMIT_MIN + (PH_STORE_SLACK + 1) * MIB);
}

static void
test_an_abandoned_store_never_makes_the_writer_wait (void)
{
  g_autoptr (PhStore) store = ph_store_new (PH_STORE_LIMIT_MIN, NULL, NULL);
  GThread *writer = g_thread_new ("writer", write_numbers, store);

  ph_store_abandon (store);
  g_thread_join (writer);
  g_assert_cmpuint (ph_store_end (store), ==, RACERS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, name) g_test_add_func ("/store/" path, test_##name)
  ADD ("records-come-back-in-order-with-their-bytes", records_come_back_in_order_with_their_bytes);
  ADD ("records-can-be-read-in-any-order", records_can_be_read_in_any_order);
  ADD ("empty-and-largest-records-fit", empty_and_largest_records_fit);
  ADD ("places-reserved-for-a-batch-may-be-used-in-part", places_reserved_for_a_batch_may_be_used_in_part);
  ADD ("the-limit-takes-the-oldest-and-counts-them", the_limit_takes_the_oldest_and_counts_them);
  ADD ("behind-a-chunk-that-is-gone-comes-the-oldest-there-is", behind_a_chunk_that_is_gone_comes_the_oldest_there_is);
  ADD ("nothing-goes-while-it-is-read-and-the-slack-bounds-that", nothing_goes_while_it_is_read_and_the_slack_bounds_that);
  ADD ("what-another-thread-still-wants-is-kept-from-the-limit", what_another_thread_still_wants_is_kept_from_the_limit);
  ADD ("chunks-that-are-held-stay-though-the-store-drops-them-and-goes-on",
       chunks_that_are_held_stay_though_the_store_drops_them_and_goes_on);
  ADD ("a-lower-limit-takes-effect-with-the-next-chunk", a_lower_limit_takes_effect_with_the_next_chunk);
  ADD ("discard-forgets-without-counting-as-dropped", discard_forgets_without_counting_as_dropped);
  ADD ("what-was-discarded-is-not-counted-again-by-the-limit", what_was_discarded_is_not_counted_again_by_the_limit);
  ADD ("the-reader-is-woken-once-until-it-asks-again", the_reader_is_woken_once_until_it_asks_again);
  ADD ("a-slow-reader-makes-the-writer-wait-and-loses-nothing", a_slow_reader_makes_the_writer_wait_and_loses_nothing);
  ADD ("an-abandoned-store-never-makes-the-writer-wait", an_abandoned_store_never_makes_the_writer_wait);
#undef ADD

  return g_test_run ();
}
