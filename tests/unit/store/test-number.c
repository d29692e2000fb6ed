/* test-number.c: users see the records that are shown numbered from 1 without a gap, in memory and in files, sound and forged ones
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-spool.h"

#include "../../place.h"

#include <string.h>

#define EACH 700u /* bytes of a record: some 1,400 fill a chunk */

static void
append (PhStore *store, PhRecordKind kind, guint32 length)
{
  static const guint8 bytes[EACH];
  PhRecord record = { .kind = (guint8) kind, .peer = 1, .length = length };

  ph_store_append (store, &record, bytes);
}

/* Runs of records that are shown, and of records that are not. */
static void
append_mixed (PhStore *store, guint n)
{
  for (guint i = 0; i < n; i++)
    append (store, i % 7 == 3 || i % 1000 > 900 ? PH_RECORD_PEER : PH_RECORD_IN, i % 5 == 0 ? 0 : EACH);
}

/* Compares all numbers with a count, in an order that leads back and forth. */
static void
assert_numbers (PhStore *store, guint n)
{
  g_autofree guint64 *numbers = g_new (guint64, n + 1);
  guint64 number = 1;

  ph_store_begin_read (store);
  for (guint seq = 0; seq < n; seq++)
    {
      const PhRecord *record = ph_store_fetch (store, seq, NULL);

      g_assert_nonnull (record);
      numbers[seq] = number;
      if (!ph_record_is_silent (record))
        g_assert_cmpuint (ph_store_find_number (store, number++), ==, seq);
    }
  numbers[n] = number;
  for (guint i = 0; i < 20000; i++)
    {
      guint64 seq = i % 3 == 0 ? i * G_GUINT64_CONSTANT (7919) % (n + 1) : (i / 50 * 37 + i % 50) % (n + 1);

      g_assert_cmpuint (ph_store_number (store, seq), ==, numbers[seq]);
    }
  g_assert_cmpuint (ph_store_find_number (store, number), ==, n);
  g_assert_cmpuint (ph_store_find_number (store, G_MAXUINT64), ==, n);
  g_assert_cmpuint (ph_store_find_number (store, 0), ==, ph_store_find_number (store, 1));
  ph_store_end_read (store);
}

static void
test_what_is_not_shown_has_no_number (void)
{
  g_autoptr (PhStore) store = ph_store_new (64 * PH_STORE_CHUNK, NULL, NULL);

  append_mixed (store, 10000);
  assert_numbers (store, 10000);
}

static void
test_a_flood_of_peers_has_no_numbers (void)
{
  g_autoptr (PhStore) store = ph_store_new (64 * PH_STORE_CHUNK, NULL, NULL);

  append (store, PH_RECORD_OPENING, 0);
  for (guint i = 0; i < 100000; i++)
    append (store, PH_RECORD_PEER, 14);
  append (store, PH_RECORD_IN, 1);
  ph_store_begin_read (store);
  g_assert_cmpuint (ph_store_number (store, 50000), ==, 2);
  g_assert_cmpuint (ph_store_number (store, 100001), ==, 2);
  g_assert_cmpuint (ph_store_find_number (store, 2), ==, 100001);
  ph_store_end_read (store);
}

static void
test_what_the_limit_drops_is_counted_as_it_was_shown (void)
{
  g_autoptr (PhStore) store = ph_store_new (PH_STORE_LIMIT_MIN, NULL, NULL);
  guint64 first, number;

  ph_store_release (store, G_MAXUINT64);
  append_mixed (store, 20000);
  first = ph_store_first (store);
  g_assert_cmpuint (first, >, 0);
  ph_store_begin_read (store);
  number = ph_store_number (store, first);
  g_assert_cmpuint (number, ==, ph_store_dropped (store) + 1);
  g_assert_cmpuint (number, <, first);
  g_assert_cmpuint (ph_store_find_number (store, 1), ==, first);
  ph_store_end_read (store);
}

static void
test_what_was_cleared_is_not_counted_as_dropped (void)
{
  g_autoptr (PhStore) store = ph_store_new (PH_STORE_LIMIT_MIN, NULL, NULL);

  append_mixed (store, 1000);
  ph_store_discard (store, 500);
  ph_store_release (store, G_MAXUINT64);
  append_mixed (store, 20000);
  ph_store_begin_read (store);
  g_assert_cmpuint (ph_store_number (store, ph_store_first (store)), ==, ph_store_dropped (store) + 500 - 71 + 1);
  ph_store_end_read (store);
}

static void
write_file (Place *place, guint n)
{
  PhStore *store = ph_store_new (PH_STORE_LIMIT_MIN, NULL, NULL);
  g_autoptr (GError) error = NULL;
  PhSpool *spool = ph_spool_new (store, place->path, &error);

  g_assert_no_error (error);
  ph_store_release (store, G_MAXUINT64);
  append_mixed (store, n);
  assert_numbers (store, n); /* most of it is read back */
  ph_spool_free (spool);
  ph_store_free (store);
}

static void
test_a_file_has_the_same_numbers (void)
{
  Place place = place_new ("a.porthole");
  PhStore *store;

  write_file (&place, 20000);
  store = ph_store_new_from_file (place.path, NULL);
  assert_numbers (store, 20000);
  g_assert_cmpint (ph_store_get_proof (store).state, ==, PH_PROOF_WHOLE);
  ph_store_free (store);
  place_clear (&place);
}

static void
write_at (const char *path, guint64 at, gconstpointer bytes, gsize n)
{
  FILE *file = g_fopen (path, "r+b");

  g_assert_cmpint (fseek (file, (long) at, SEEK_SET), ==, 0);
  g_assert_cmpuint (fwrite (bytes, 1, n, file), ==, n);
  fclose (file);
}

static void
test_behind_a_chunk_that_is_missing_the_numbers_go_on (void)
{
  static const guint8 zeros[sizeof (PhChunk)];
  Place place = place_new ("a.porthole");
  guint64 before, behind, number, missing;
  PhStore *store;

  write_file (&place, 20000);
  store = ph_store_new_from_file (place.path, NULL);
  before = ph_store_chunk_first (store, 3);
  behind = ph_store_chunk_first (store, 4);
  ph_store_begin_read (store);
  missing = ph_store_number (store, before);
  number = ph_store_number (store, behind);
  ph_store_end_read (store);
  ph_store_free (store);

  write_at (place.path, 3 * PH_CHUNK_SIZE, zeros, sizeof zeros);
  store = ph_store_new_from_file (place.path, NULL);
  ph_store_begin_read (store);
  g_assert_null (ph_store_fetch (store, before, NULL));
  g_assert_cmpuint (ph_store_number (store, behind), ==, number);
  g_assert_cmpuint (ph_store_find_number (store, number), ==, behind);
  g_assert_cmpuint (ph_store_get_proof (store).number, ==, missing);
  ph_store_end_read (store);
  ph_store_free (store);
  place_clear (&place);
}

/* Whatever the headers of a file claim, numbers never go back and never are more than records. */
static void
test_a_file_may_claim_any_count (void)
{
  static const guint64 claims[] = { 0, 1, 1400, 2000, 1000000, G_MAXUINT64, G_MAXINT64 };
  Place place = place_new ("a.porthole");

  write_file (&place, 10000);
  for (guint i = 0; i < G_N_ELEMENTS (claims) * G_N_ELEMENTS (claims); i++)
    {
      guint64 last = 0;
      PhStore *store;

      write_at (place.path, 2 * PH_CHUNK_SIZE + G_STRUCT_OFFSET (PhChunk, shown), &claims[i % G_N_ELEMENTS (claims)], 8);
      write_at (place.path, 3 * PH_CHUNK_SIZE + G_STRUCT_OFFSET (PhChunk, shown), &claims[i / G_N_ELEMENTS (claims)], 8);
      store = ph_store_new_from_file (place.path, NULL);
      ph_store_begin_read (store);
      for (guint64 number = 2; number < 1500; number += 111)
        ph_store_find_number (store, number * number);
      for (guint k = 0; k < 6; k++)
        {
          guint64 seq = k * 1600, number = ph_store_number (store, seq);

          g_assert_cmpuint (number, >=, MAX (last, 1));
          g_assert_cmpuint (number, <=, seq + 1 + PH_CHUNK_RECORDS_MAX);
          last = number;
        }
      ph_store_end_read (store);
      ph_store_free (store);
    }
  place_clear (&place);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add_func ("/number/" #name, test_##name)
  ADD (what_is_not_shown_has_no_number);
  ADD (a_flood_of_peers_has_no_numbers);
  ADD (what_the_limit_drops_is_counted_as_it_was_shown);
  ADD (what_was_cleared_is_not_counted_as_dropped);
  ADD (a_file_has_the_same_numbers);
  ADD (behind_a_chunk_that_is_missing_the_numbers_go_on);
  ADD (a_file_may_claim_any_count);
#undef ADD

  return g_test_run ();
}
