/* test-damage.c: files that are cut off, changed or forged open quickly, as far as they are sound, and report what is missing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-error.h"
#include "ph-jump.h"
#include "ph-plat-file.h"
#include "ph-store.h"

#include "../../place.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define FAR 100000u /* chunks: its numbers reach into the billions */
#define MONTH_LATER G_GINT64_CONSTANT (949400000) /* 2000-02-01 10:13:20 UTC, in seconds since 1970 */

/* A record a millisecond. */
static gint64
time_of (guint64 seq)
{
  return MONTH_LATER * 1000000000 + (gint64) seq * 1000000;
}

/* A chunk whose records tell their numbers: in their times, and in their bytes. */
static guint8 *
make_chunk (guint64 number, guint64 first_seq, guint32 n)
{
  guint8 *bytes = g_malloc0 (PH_CHUNK_SIZE);
  PhChunk *chunk = (PhChunk *) (gpointer) bytes;

  ph_chunk_init (chunk, number, first_seq);
  for (guint32 i = 0; i < n; i++)
    {
      PhRecord *record = ph_chunk_record (chunk, i);

      *record = (PhRecord){ .kind = PH_RECORD_IN, .time = time_of (first_seq + i), .offset = chunk->used, .length = i % 50 };
      memset (bytes + chunk->used, (int) ((first_seq + i) % 251), record->length);
      chunk->used += record->length;
    }
  chunk->count = n;

  return bytes;
}

static void
put_chunk (PhFile file, guint64 number, guint64 first_seq, guint32 n)
{
  g_autofree guint8 *bytes = make_chunk (number, first_seq, n);
  g_autoptr (GError) error = NULL;

  ph_plat_file_write (file, number * PH_CHUNK_SIZE, bytes, PH_CHUNK_SIZE, &error);
  g_assert_no_error (error);
}

static PhStore *
open_store (Place *place)
{
  g_autoptr (GError) error = NULL;
  PhStore *store = ph_store_new_from_file (place->path, &error);

  g_assert_no_error (error);
  return store;
}

/* Looks at every byte of every record, as a reader does that steps over what is missing. Returns how many there are; @ret_steps
 * tells how often there was nothing. */
static guint64
read_all (PhStore *store, guint *ret_steps)
{
  guint64 end = ph_store_end (store), seq = ph_store_first (store), n = 0;
  guint steps = 0;

  ph_store_begin_read (store);
  while (seq < end)
    {
      const guint8 *payload;
      const PhRecord *record = ph_store_fetch (store, seq, &payload);

      if (record == NULL)
        {
          steps++;
          seq = ph_store_next (store, seq + 1);
          continue;
        }
      g_assert_cmpint (record->time, ==, time_of (seq));
      for (guint32 i = 0; i < record->length; i++)
        g_assert_cmpuint (payload[i], ==, seq % 251);
      n++;
      seq++;
    }
  ph_store_end_read (store);
  if (ret_steps != NULL)
    *ret_steps = steps;

  return n;
}

/* The same from the end to the beginning. */
static guint64
read_back (PhStore *store, guint *ret_steps)
{
  guint64 first = ph_store_first (store), behind = ph_store_end (store), n = 0;
  guint steps = 0;

  ph_store_begin_read (store);
  while (behind > first)
    {
      gboolean there = ph_store_fetch (store, behind - 1, NULL) != NULL;

      n += there;
      steps += !there;
      behind = there ? behind - 1 : ph_store_previous (store, behind - 1);
    }
  ph_store_end_read (store);
  if (ret_steps != NULL)
    *ret_steps = steps;

  return n;
}

/* Three records, billions of numbers that nobody ever wrote, and two more. FALSE where files have no holes. */
static gboolean
make_far (Place *place, guint64 *ret_first)
{
  PhFile file = ph_plat_file_create (place->path, NULL);
  g_autoptr (GError) error = NULL;
  gboolean made;

  *ret_first = (guint64) (FAR - 1) * PH_CHUNK_RECORDS_MAX;
  put_chunk (file, 0, 0, 3);
  made = ph_plat_file_write (file, (guint64) (FAR + 1) * PH_CHUNK_SIZE - 1, "", 1, &error);
  if (made)
    put_chunk (file, FAR, *ret_first, 2);
  else
    g_test_skip (error->message);
  ph_plat_file_close (file);

  return made;
}

static void
test_numbers_that_skip_by_billions_are_stepped_over_at_once (void)
{
  Place place = place_new ("a.porthole");
  guint64 first;

  if (make_far (&place, &first))
    {
      g_autoptr (PhStore) store = open_store (&place);
      guint steps;

      g_assert_cmpuint (first, >, G_MAXUINT32);
      g_assert_cmpuint (ph_store_end (store), ==, first + 2);
      g_assert_cmpuint (read_all (store, &steps), ==, 5);
      g_assert_cmpuint (steps, ==, 1);
      g_assert_cmpuint (read_back (store, &steps), ==, 5);
      g_assert_cmpuint (steps, ==, 1);
      g_assert_cmpuint (ph_store_chunk_first (store, FAR), ==, first);
      g_assert_cmpuint (ph_store_chunk_first (store, FAR + 1), ==, first + 2);
    }
  place_clear (&place);
}

/* Looks again until what has to be read for it is there. */
static guint64
jump (PhStore *store, const char *text)
{
  guint64 seq;
  PhJump found;

  while ((found = ph_jump_find (text, time_of (2), store, ph_store_end (store), &seq, NULL)) == PH_JUMP_AWAITS)
    while (!ph_store_take_loaded (store))
      g_thread_yield ();
  g_assert_cmpint (found, ==, PH_JUMP_FOUND);

  return seq;
}

static void
test_a_time_before_a_hole_is_found_before_it (void)
{
  Place place = place_new ("a.porthole");
  guint64 first;

  if (make_far (&place, &first))
    {
      g_autoptr (PhStore) store = open_store (&place);
      g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, first + 2);

      g_assert_cmpuint (jump (store, "2000-01-20 12:00:00"), ==, 0);
      g_assert_cmpuint (jump (store, "2000-03-01 12:00:00"), ==, first);
      g_assert_cmpuint (jump (store, "2000-12-24 12:00:00"), ==, first + 1);
      g_assert_cmpuint (jump (store, number), ==, first + 1);
    }
  place_clear (&place);
}

static void
test_a_file_that_claims_to_be_of_any_size_opens_as_far_as_a_disk_may_be (void)
{
  Place place = place_new ("a.porthole");
  PhFile file = ph_plat_file_create (place.path, NULL);
  g_autoptr (GError) error = NULL;

  put_chunk (file, 0, 0, 3);
  if (!ph_plat_file_write (file, (guint64) 12 << 40, "", 1, &error))
    g_test_skip (error->message);
  else if (ph_plat_file_next_data (file, PH_CHUNK_SIZE) == PH_CHUNK_SIZE)
    g_test_skip ("this system does not tell of holes: a million headers would be read");
  else
    {
      g_autoptr (PhStore) store = open_store (&place);

      g_assert_cmpuint (ph_store_end (store), ==, 3);
      g_assert_cmpuint (read_all (store, NULL), ==, 3);
      g_assert_true (ph_store_is_cut (store));
    }
  ph_plat_file_close (file);
  place_clear (&place);
}

static void
test_a_file_of_an_older_version_says_so (void)
{
  Place place = place_new ("a.porthole");
  PhFile file = ph_plat_file_create (place.path, NULL);
  g_autoptr (GError) error = NULL;

  put_chunk (file, 0, 0, 3);
  g_assert_true (ph_plat_file_write (file, 0, "PHCHUNK1", 8, NULL));
  ph_plat_file_close (file);
  g_assert_null (ph_store_new_from_file (place.path, &error));
  g_assert_error (error, PH_ERROR, PH_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "older version"));
  place_clear (&place);
}

/* ---- cut off ---- */

enum { WHOLE = 3, EACH = 200 };

/* A file of some chunks with so many records in each. */
static void
make_whole (Place *place)
{
  PhFile file = ph_plat_file_create (place->path, NULL);

  for (guint k = 0; k < WHOLE; k++)
    put_chunk (file, k, k * EACH, EACH);
  ph_plat_file_close (file);
}

static void
assert_cut_at (Place *place, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PhStore) store = ph_store_new_from_file (place->path, &error);
  guint64 whole = length / PH_CHUNK_SIZE;
  gsize cut = PH_CHUNK_SIZE - length % PH_CHUNK_SIZE, lost = (cut + sizeof (PhRecord) - 1) / sizeof (PhRecord);
  guint64 left = lost < EACH ? EACH - lost : 0; /* of the chunk in which the file ends */

  g_assert_true ((store == NULL) == (whole == 0 && left == 0));
  if (store == NULL)
    {
      g_assert_error (error, PH_ERROR, PH_ERROR_INVALID);
      g_assert_cmpint (strstr (error->message, "end") != NULL, ==, length >= sizeof (PhChunk));
      return;
    }
  g_assert_cmpuint (read_all (store, NULL), ==, whole * EACH + left);
  g_assert_cmpuint (read_back (store, NULL), ==, whole * EACH + left);
  g_assert_cmpint (ph_store_is_cut (store), ==, length % PH_CHUNK_SIZE != 0);
}

/* Wherever it is cut: at each byte of a header and the first payloads, and now and then behind them. */
static void
test_a_file_that_is_cut_anywhere_gives_what_is_left_and_says_so (void)
{
  Place place = place_new ("a.porthole");
  gsize length = WHOLE * PH_CHUNK_SIZE;
  FILE *file;

  make_whole (&place);
  file = g_fopen (place.path, "r+b");
  while (length > 0)
    {
      gsize behind_header = (length - 1) % PH_CHUNK_SIZE;

      length--;
      g_assert_cmpint (ftruncate (fileno (file), (off_t) length), ==, 0);
      assert_cut_at (&place, length);
      if (behind_header > 200)
        length -= MIN (behind_header > PH_CHUNK_SIZE - EACH * sizeof (PhRecord) ? 13 : 65521, behind_header - 200);
    }
  fclose (file);
  place_clear (&place);
}

/* ---- changed ---- */

static void
flip (FILE *file, gsize byte, guint bit)
{
  int value;

  g_assert_cmpint (fseek (file, (long) byte, SEEK_SET), ==, 0);
  value = fgetc (file);
  g_assert_cmpint (value, >=, 0);
  g_assert_cmpint (fseek (file, (long) byte, SEEK_SET), ==, 0);
  fputc (value ^ (1 << bit), file);
  fflush (file);
}

/* How many records can be read. */
static guint64
count_records (Place *place, gboolean *ret_told)
{
  g_autoptr (PhStore) store = open_store (place); /* two of three chunks are sound */
  guint64 n = 0;

  ph_store_begin_read (store);
  for (guint64 seq = ph_store_first (store); seq < ph_store_end (store); seq++)
    n += ph_store_fetch (store, seq, NULL) != NULL;
  ph_store_end_read (store);
  *ret_told = ph_store_is_cut (store) || n < ph_store_end (store) - ph_store_first (store);

  return n;
}

/* The same with one bit that is another. */
static guint64
count_flipped (Place *place, gsize byte, guint bit, gboolean *ret_told)
{
  FILE *file = g_fopen (place->path, "r+b");
  guint64 n;

  flip (file, byte, bit);
  n = count_records (place, ret_told);
  flip (file, byte, bit);
  fclose (file);

  return n;
}

/* A count that got smaller is a chunk that was not full yet. */
static void
test_each_bit_of_a_header_that_flips_costs_no_other_chunk (void)
{
  Place place = place_new ("a.porthole");

  make_whole (&place);
  for (guint k = 0; k < WHOLE; k++)
    for (gsize byte = 0; byte < G_STRUCT_OFFSET (PhChunk, used); byte++)
      for (guint bit = byte % 3; bit < 8; bit += 3)
        {
          gboolean told, of_last = k == WHOLE - 1 && byte >= G_STRUCT_OFFSET (PhChunk, count);
          guint64 n = count_flipped (&place, k * PH_CHUNK_SIZE + byte, bit, &told);

          g_assert_cmpuint (n, >=, (WHOLE - 1) * EACH);
          if (n < WHOLE * EACH && !of_last)
            g_assert_true (told);
        }
  place_clear (&place);
}

static void
test_a_record_whose_place_is_wrong_costs_those_behind_it_in_its_chunk (void)
{
  const PhRecord wild = { .kind = PH_RECORD_IN, .offset = PH_CHUNK_SIZE - 1 };
  Place place = place_new ("a.porthole");

  for (guint i = 0; i < EACH; i += 7)
    {
      FILE *file;
      gboolean told;

      make_whole (&place);
      file = g_fopen (place.path, "r+b");
      g_assert_cmpint (fseek (file, (long) (PH_CHUNK_SIZE - (i + 1) * sizeof wild), SEEK_SET), ==, 0);
      g_assert_cmpuint (fwrite (&wild, sizeof wild, 1, file), ==, 1);
      fclose (file);

      g_assert_cmpuint (count_records (&place, &told), ==, (WHOLE - 1) * EACH + i);
      g_assert_true (told);
      g_remove (place.path);
    }
  place_clear (&place);
}

/* ---- while it is open ---- */

static void
test_a_file_that_is_cut_while_it_is_shown_has_less (void)
{
  Place place = place_new ("a.porthole");
  PhFile file = ph_plat_file_create (place.path, NULL);
  g_autoptr (PhStore) store = NULL;
  PhBlock *held;
  FILE *again;
  guint steps;

  for (guint64 k = 0; k < 40; k++)
    put_chunk (file, k, k * EACH, EACH);
  ph_plat_file_close (file);
  store = open_store (&place);
  g_assert_cmpuint (read_all (store, NULL), ==, 40 * EACH);
  held = ph_store_hold (store, 7);

  again = g_fopen (place.path, "wb"); /* nothing is left of it */
  fclose (again);
  g_assert_cmpuint (read_all (store, &steps), <=, PH_STORE_BACK_MAX * EACH);
  g_assert_cmpuint (steps, <, 40);
  g_assert_cmpuint (read_back (store, &steps), <=, PH_STORE_BACK_MAX * EACH);
  g_assert_null (ph_store_hold (store, 8));
  g_assert_cmpuint (ph_block_count (held), ==, EACH);
  g_assert_cmpint (ph_chunk_record (ph_block_get_chunk (held), 5)->time, ==, time_of (7 * EACH + 5));
  ph_block_release (held);
  place_clear (&place);
}

static void
test_a_file_that_is_changed_while_it_is_shown_is_checked_anew (void)
{
  Place place = place_new ("a.porthole");
  PhFile file = ph_plat_file_create (place.path, NULL);
  g_autoptr (PhStore) store = NULL;
  PhRecord wild = { .kind = PH_RECORD_IN, .offset = PH_CHUNK_SIZE - 10, .length = PH_CHUNK_SIZE - 1 };

  for (guint64 k = 0; k < 40; k++)
    put_chunk (file, k, k * EACH, EACH);
  store = open_store (&place);
  g_assert_cmpuint (read_all (store, NULL), ==, 40 * EACH);
  for (guint64 k = 0; k < 40; k++)
    g_assert_true (ph_plat_file_write (file, (k + 1) * PH_CHUNK_SIZE - 11 * sizeof wild, &wild, sizeof wild, NULL));
  ph_plat_file_close (file);
  /* Those that were not in memory have their first ten records still. */
  g_assert_cmpuint (read_all (store, NULL), <=, PH_STORE_BACK_MAX * EACH + (40 - PH_STORE_BACK_MAX) * 10);
  place_clear (&place);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, name) g_test_add_func ("/damage/" path, test_##name)
  ADD ("numbers-that-skip-by-billions-are-stepped-over-at-once", numbers_that_skip_by_billions_are_stepped_over_at_once);
  ADD ("a-time-before-a-hole-is-found-before-it", a_time_before_a_hole_is_found_before_it);
  ADD ("a-file-that-claims-to-be-of-any-size-opens-as-far-as-a-disk-may-be",
       a_file_that_claims_to_be_of_any_size_opens_as_far_as_a_disk_may_be);
  ADD ("a-file-of-an-older-version-says-so", a_file_of_an_older_version_says_so);
  ADD ("a-file-that-is-cut-anywhere-gives-what-is-left-and-says-so", a_file_that_is_cut_anywhere_gives_what_is_left_and_says_so);
  ADD ("each-bit-of-a-header-that-flips-costs-no-other-chunk", each_bit_of_a_header_that_flips_costs_no_other_chunk);
  ADD ("a-record-whose-place-is-wrong-costs-those-behind-it-in-its-chunk",
       a_record_whose_place_is_wrong_costs_those_behind_it_in_its_chunk);
  ADD ("a-file-that-is-cut-while-it-is-shown-has-less", a_file_that_is_cut_while_it_is_shown_has_less);
  ADD ("a-file-that-is-changed-while-it-is-shown-is-checked-anew", a_file_that_is_changed_while_it_is_shown_is_checked_anew);
#undef ADD

  return g_test_run ();
}
