/* test-proof.c: a capture shows that it is whole, where it was cut off, and that not one of its bytes is another
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-crc32c.h"
#include "ph-error.h"
#include "ph-plat-file.h"
#include "ph-spool.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define EACH 1000u /* bytes of a record */

typedef struct
{
  char *folder, *path;
  PhStore *store;
  PhSpool *spool;
} Fixture;

static Fixture
fixture_new (void)
{
  Fixture fixture = { .folder = g_dir_make_tmp ("porthole-proof-XXXXXX", NULL) };

  fixture.path = g_build_filename (fixture.folder, "a.porthole", NULL);
  fixture.store = ph_store_new (PH_STORE_LIMIT_MIN, NULL, NULL);
  fixture.spool = ph_spool_new (fixture.store, fixture.path, NULL);

  return fixture;
}

/* The file was ended in order. */
static void
fixture_end (Fixture *fixture)
{
  g_clear_pointer (&fixture->spool, ph_spool_free);
  g_clear_pointer (&fixture->store, ph_store_free);
}

static void
fixture_clear (Fixture *fixture)
{
  fixture_end (fixture);
  g_remove (fixture->path);
  g_rmdir (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->folder);
}

/* Every third record is silent. */
static void
append (Fixture *fixture, guint n)
{
  guint8 bytes[EACH];

  for (guint i = 0; i < n; i++)
    {
      PhRecord record = { .kind = i % 3 == 0 ? PH_RECORD_PEER : PH_RECORD_IN, .peer = 1, .time = i, .length = EACH };

      memset (bytes, (int) i, sizeof bytes);
      ph_store_append (fixture->store, &record, bytes);
    }
}

/* Every third record is not shown, the first one to begin with. */
static guint64
number_of (guint64 seq)
{
  return seq - (seq + 2) / 3 + 1;
}

static void
assert_proof (const char *path, PhProofState state, guint64 seq)
{
  g_autoptr (GError) error = NULL;
  PhProof proof = { 0 };

  g_assert_true (ph_proof_check (path, &proof, &error));
  g_assert_no_error (error);
  g_assert_cmpint (proof.state, ==, state);
  if (state != PH_PROOF_WHOLE)
    g_assert_cmpuint (proof.number, ==, number_of (seq));
}

static PhChunk *
read_chunk (const char *path, guint64 number)
{
  PhFile file = ph_plat_file_open (path, NULL);
  PhChunk *chunk = g_malloc (PH_CHUNK_SIZE);

  g_assert_cmpint (ph_plat_file_read (file, number * PH_CHUNK_SIZE, chunk, PH_CHUNK_SIZE, NULL), ==, PH_CHUNK_SIZE);
  ph_plat_file_close (file);

  return chunk;
}

static void
write_byte (const char *path, guint64 at, guint8 value)
{
  FILE *file = g_fopen (path, "r+b");

  g_assert_cmpint (fseek (file, (long) at, SEEK_SET), ==, 0);
  g_assert_cmpint (fputc (value, file), ==, value);
  fclose (file);
}

/* ---- the checksum ---- */

static void
test_the_checksum_is_the_published_one (void)
{
  static const guint8 zeros[32];
  guint8 ones[32];

  memset (ones, 0xFF, sizeof ones);
  g_assert_cmphex (ph_crc32c (0, "123456789", 9), ==, 0xE3069283);
  g_assert_cmphex (ph_crc32c (0, zeros, sizeof zeros), ==, 0x8A9136AA); /* these two of RFC 3720 */
  g_assert_cmphex (ph_crc32c (0, ones, sizeof ones), ==, 0x62A8AB43);
  g_assert_cmphex (ph_crc32c (0, "", 0), ==, 0);
  g_assert_cmphex (ph_crc32c_portable (0, "123456789", 9), ==, 0xE3069283);
}

/* Whatever this processor has. */
static void
test_the_checksum_is_the_same_on_every_processor (void)
{
  guint8 bytes[1000];

  for (guint i = 0; i < sizeof bytes; i++)
    bytes[i] = (guint8) (i * i >> 3);
  for (guint length = 0; length <= sizeof bytes; length += 7)
    g_assert_cmphex (ph_crc32c (length, bytes, length), ==, ph_crc32c_portable (length, bytes, length));
}

static void
test_the_checksum_is_the_same_in_pieces_and_at_any_place (void)
{
  guint8 bytes[100];
  guint32 whole;

  for (guint i = 0; i < sizeof bytes; i++)
    bytes[i] = (guint8) (i * 37);
  whole = ph_crc32c (0, bytes, 90);
  for (guint cut = 0; cut <= 90; cut++)
    g_assert_cmphex (ph_crc32c (ph_crc32c (0, bytes, cut), bytes + cut, 90 - cut), ==, whole);
  for (guint place = 1; place < 9; place++)
    {
      memmove (bytes + place, bytes + place - 1, 90);
      g_assert_cmphex (ph_crc32c (0, bytes + place, 90), ==, whole);
    }
}

/* ---- files ---- */

static void
test_a_file_that_was_ended_is_whole (void)
{
  for (guint n = 1; n <= 4000; n = n * 3 + 1)
    {
      Fixture fixture = fixture_new ();

      append (&fixture, n);
      fixture_end (&fixture);
      assert_proof (fixture.path, PH_PROOF_WHOLE, 0);
      fixture_clear (&fixture);
    }
}

static void
test_a_file_that_ends_with_a_full_chunk_is_whole (void)
{
  Fixture fixture = fixture_new ();
  guint n = PH_CHUNK_SIZE / (EACH + sizeof (PhRecord)) - 1;

  append (&fixture, n);
  ph_spool_flush (fixture.spool);
  ph_store_reserve (fixture.store, PH_STORE_PAYLOAD_MAX, 1, NULL); /* a chunk that nothing comes into */
  fixture_end (&fixture);
  assert_proof (fixture.path, PH_PROOF_WHOLE, 0);
  fixture_clear (&fixture);
}

static void
test_a_file_that_is_being_written_says_so_and_is_cut_when_nobody_ends_it (void)
{
  Fixture fixture = fixture_new ();
  g_autofree char *copy = g_build_filename (fixture.folder, "copy.porthole", NULL);
  g_autofree char *bytes = NULL;
  gsize length;

  append (&fixture, 3000);
  ph_spool_flush (fixture.spool);
  assert_proof (fixture.path, PH_PROOF_WRITING, 3000);
  g_assert_true (g_file_get_contents (fixture.path, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (copy, bytes, (gssize) length, NULL)); /* what a program that is killed leaves */
  assert_proof (copy, PH_PROOF_CUT, 3000);
  g_remove (copy);
  fixture_clear (&fixture);
}

static void
test_a_file_that_is_cut_anywhere_says_where (void)
{
  Fixture fixture = fixture_new ();
  guint64 firsts[3];
  gsize length;

  append (&fixture, 2900);
  fixture_end (&fixture);
  for (guint k = 0; k < 3; k++)
    {
      g_autofree PhChunk *chunk = read_chunk (fixture.path, k);

      firsts[k] = chunk->first_seq;
    }
  for (length = 3 * PH_CHUNK_SIZE - 1; length > PH_CHUNK_SIZE; length -= MIN (length, 70001))
    {
      FILE *file = g_fopen (fixture.path, "r+b");

      g_assert_cmpint (ftruncate (fileno (file), (off_t) length), ==, 0);
      fclose (file);
      assert_proof (fixture.path, PH_PROOF_CUT, firsts[length / PH_CHUNK_SIZE]);
      if (length > 2 * PH_CHUNK_SIZE && length < 2 * PH_CHUNK_SIZE + 70001)
        length = 2 * PH_CHUNK_SIZE + 70001; /* the next one is cut between two chunks */
    }
  fixture_clear (&fixture);
}

/* Of a whole chunk: its header, the first and last payloads and records, zeros between them, and some bytes of all the rest. */
static gboolean
is_sampled (gsize byte)
{
  return byte < 300 || byte > PH_CHUNK_SIZE - 300 || byte % 997 == 0;
}

static void
test_every_byte_that_is_another_is_found (void)
{
  Fixture fixture = fixture_new ();
  g_autofree PhChunk *chunk = NULL;
  guint8 *bytes;

  append (&fixture, 2500);
  fixture_end (&fixture);
  chunk = read_chunk (fixture.path, 1);
  bytes = (guint8 *) chunk;
  g_assert_true (ph_proof_holds (chunk));
  for (gsize at = 0; at < PH_CHUNK_SIZE; at++)
    {
      if (!is_sampled (at))
        continue;
      bytes[at] ^= (guint8) (1 << at % 8);
      g_assert_false (ph_proof_holds (chunk));
      bytes[at] ^= (guint8) (1 << at % 8);
    }
  g_assert_true (ph_proof_holds (chunk));
  for (gsize at = 0; at < PH_CHUNK_SIZE; at += at < sizeof *chunk ? 5 : 99991)
    {
      write_byte (fixture.path, PH_CHUNK_SIZE + at, bytes[at] ^ 0x10);
      assert_proof (fixture.path, PH_PROOF_CHANGED, chunk->first_seq);
      write_byte (fixture.path, PH_CHUNK_SIZE + at, bytes[at]);
    }
  assert_proof (fixture.path, PH_PROOF_WHOLE, 0);
  fixture_clear (&fixture);
}

static void
test_what_follows_the_end_is_a_change (void)
{
  Fixture fixture = fixture_new ();
  g_autofree char *bytes = NULL;
  g_autofree char *twice = NULL;
  gsize length;

  append (&fixture, 100);
  fixture_end (&fixture);
  g_assert_true (g_file_get_contents (fixture.path, &bytes, &length, NULL));
  twice = g_malloc (2 * length);
  memcpy (twice, bytes, length);
  memcpy (twice + length, bytes, length);
  g_assert_true (g_file_set_contents (fixture.path, twice, (gssize) (2 * length), NULL));
  assert_proof (fixture.path, PH_PROOF_CHANGED, 100);
  fixture_clear (&fixture);
}

static void
test_what_is_no_capture_has_no_proof (void)
{
  Fixture fixture = fixture_new ();
  g_autofree char *text = g_build_filename (fixture.folder, "a.json", NULL);
  g_autoptr (GError) error = NULL;
  PhProof proof;

  g_assert_true (g_file_set_contents (text, "{ \"not\": \"a capture\" }", -1, NULL));
  g_assert_false (ph_proof_check (text, &proof, &error));
  g_assert_error (error, PH_ERROR, PH_ERROR_INVALID);
  g_remove (text);
  fixture_clear (&fixture);
}

static void
test_a_chunk_says_how_many_records_are_shown_before_it (void)
{
  Fixture fixture = fixture_new ();
  guint64 shown = 0;

  append (&fixture, 2900);
  fixture_end (&fixture);
  for (guint k = 0; k < 3; k++)
    {
      g_autofree PhChunk *chunk = read_chunk (fixture.path, k);

      g_assert_cmpuint (chunk->shown, ==, shown);
      shown += ph_chunk_count_shown (chunk, 0, chunk->count);
    }
  g_assert_cmpuint (shown, ==, 2900 - 967);
  fixture_clear (&fixture);
}

/* ---- while it is read ---- */

static void
read_all (PhStore *store, guint64 n)
{
  ph_store_begin_read (store);
  for (guint64 seq = 0; seq < n; seq++)
    g_assert_nonnull (ph_store_fetch (store, seq, NULL));
  ph_store_end_read (store);
}

static void
test_who_reads_learns_of_a_change_and_has_all_the_same (void)
{
  Fixture fixture = fixture_new ();
  g_autoptr (PhStore) whole = NULL, changed = NULL;
  guint64 first;

  append (&fixture, 2900);
  fixture_end (&fixture);
  whole = ph_store_new_from_file (fixture.path, NULL);
  read_all (whole, 2900);
  g_assert_cmpint (ph_store_get_proof (whole).state, ==, PH_PROOF_WHOLE);
  first = ph_store_chunk_first (whole, 1);

  write_byte (fixture.path, PH_CHUNK_SIZE + 5000, 0xAA);
  changed = ph_store_new_from_file (fixture.path, NULL);
  read_all (changed, 2900);
  g_assert_cmpint (ph_store_get_proof (changed).state, ==, PH_PROOF_CHANGED);
  g_assert_cmpuint (ph_store_get_proof (changed).number, ==, number_of (first));
  fixture_clear (&fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, name) g_test_add_func ("/proof/" path, test_##name)
  ADD ("the-checksum-is-the-published-one", the_checksum_is_the_published_one);
  ADD ("the-checksum-is-the-same-on-every-processor", the_checksum_is_the_same_on_every_processor);
  ADD ("the-checksum-is-the-same-in-pieces-and-at-any-place", the_checksum_is_the_same_in_pieces_and_at_any_place);
  ADD ("a-file-that-was-ended-is-whole", a_file_that_was_ended_is_whole);
  ADD ("a-file-that-ends-with-a-full-chunk-is-whole", a_file_that_ends_with_a_full_chunk_is_whole);
  ADD ("a-file-that-is-being-written-says-so-and-is-cut-when-nobody-ends-it",
       a_file_that_is_being_written_says_so_and_is_cut_when_nobody_ends_it);
  ADD ("a-file-that-is-cut-anywhere-says-where", a_file_that_is_cut_anywhere_says_where);
  ADD ("every-byte-that-is-another-is-found", every_byte_that_is_another_is_found);
  ADD ("what-follows-the-end-is-a-change", what_follows_the_end_is_a_change);
  ADD ("what-is-no-capture-has-no-proof", what_is_no_capture_has_no_proof);
  ADD ("a-chunk-says-how-many-records-are-shown-before-it", a_chunk_says_how_many_records_are_shown_before_it);
  ADD ("who-reads-learns-of-a-change-and-has-all-the-same", who_reads_learns_of_a_change_and_has_all_the_same);
#undef ADD

  return g_test_run ();
}
