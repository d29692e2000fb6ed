/* test-spool.c: chunks are written to a file and read back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-error.h"
#include "ph-plat-file.h"
#include "ph-spool.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define MIB PH_STORE_CHUNK

typedef struct
{
  char *folder, *path;
  PhStore *store;
  PhSpool *spool;
} Fixture;

static Fixture
fixture_new (void)
{
  Fixture fixture = { .folder = g_dir_make_tmp ("porthole-抓包-XXXXXX", NULL) };
  g_autoptr (GError) error = NULL;

  fixture.path = g_build_filename (fixture.folder, "a.porthole", NULL);
  fixture.store = ph_store_new (PH_STORE_LIMIT_MIN, NULL, NULL);
  fixture.spool = ph_spool_new (fixture.store, fixture.path, &error);
  g_assert_no_error (error);

  return fixture;
}

static void
fixture_clear (Fixture *fixture)
{
  g_clear_pointer (&fixture->spool, ph_spool_free);
  g_clear_pointer (&fixture->store, ph_store_free);
  g_remove (fixture->path);
  g_rmdir (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static guint32
length_of (guint64 i)
{
  return (guint32) (i * 7919 % 1500);
}

/* Record @i tells its number in every byte and in its time. */
static void
append_numbered (PhStore *store, guint64 first, guint64 n)
{
  guint8 bytes[1500];

  for (guint64 i = first; i < first + n; i++)
    {
      PhRecord record = { .kind = PH_RECORD_IN, .length = length_of (i), .peer = 1, .time = (gint64) i };

      memset (bytes, (int) (i % 251), record.length);
      ph_store_append (store, &record, bytes);
      if (i % 64 == 0)
        ph_store_notify (store);
    }
  ph_store_notify (store);
}

static void
assert_numbered (PhStore *store, guint64 i)
{
  const guint8 *payload;
  const PhRecord *record;

  ph_store_begin_read (store);
  record = ph_store_fetch (store, i, &payload);
  g_assert_nonnull (record);
  g_assert_cmpint (record->time, ==, (gint64) i);
  g_assert_cmpuint (record->length, ==, length_of (i));
  for (guint32 k = 0; k < record->length; k++)
    g_assert_cmpuint (payload[k], ==, i % 251);
  ph_store_end_read (store);
}

enum { N = 60000 }; /* about 43 MiB */

static void
test_what_left_memory_comes_back_from_the_file (void)
{
  Fixture fixture = fixture_new ();

  append_numbered (fixture.store, 0, N);
  g_assert_cmpuint (ph_store_size (fixture.store), <=, PH_STORE_LIMIT_MIN + (PH_STORE_SLACK + 1) * MIB);
  g_assert_cmpuint (ph_store_dropped (fixture.store), ==, 0);
  g_assert_cmpuint (ph_store_first (fixture.store), ==, 0);
  for (guint64 i = 0; i < N; i++)
    assert_numbered (fixture.store, i);
  for (guint64 i = 0, at = 1; i < 4000; i++, at = (at * 48271 + 11) % N)
    assert_numbered (fixture.store, at);
  fixture_clear (&fixture);
}

static void
test_a_capture_opens_again_with_everything (void)
{
  Fixture fixture = fixture_new ();
  g_autoptr (GError) error = NULL;

  append_numbered (fixture.store, 0, N);
  g_clear_pointer (&fixture.spool, ph_spool_free);
  g_clear_pointer (&fixture.store, ph_store_free);

  fixture.store = ph_store_new_from_file (fixture.path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ph_store_end (fixture.store), ==, N);
  for (guint64 i = 0; i < N; i++)
    assert_numbered (fixture.store, i);
  fixture_clear (&fixture);
}

static void
test_what_was_flushed_is_in_the_file_while_it_grows (void)
{
  Fixture fixture = fixture_new ();
  guint64 n = 0;

  for (guint round = 1; round <= 40; round++)
    {
      g_autoptr (PhStore) copy = NULL;

      append_numbered (fixture.store, n, round * 37);
      n += round * 37;
      ph_spool_flush (fixture.spool);
      copy = ph_store_new_from_file (fixture.path, NULL);
      g_assert_nonnull (copy);
      g_assert_cmpuint (ph_store_end (copy), ==, n);
      assert_numbered (copy, n - 1);
      assert_numbered (copy, n / 2);
    }
  fixture_clear (&fixture);
}

static void
test_what_a_record_says_of_itself_comes_back_from_the_file (void)
{
  const PhRecord said = { .time = G_MININT64, .peer = PH_PEER_ALL, .kind = 0xAB, .length = 5,
                          .form = ph_record_form (PH_FORM_HEX, 63), .flags = 0xFEDC, .detail = 0xBA98 };
  Fixture fixture = fixture_new ();
  const PhRecord *record;
  const guint8 *payload;

  g_assert_cmpuint (said.form, ==, 0xFE);
  append_numbered (fixture.store, 0, 10);
  ph_store_append (fixture.store, &said, "bytes");
  g_clear_pointer (&fixture.spool, ph_spool_free);
  g_clear_pointer (&fixture.store, ph_store_free);
  fixture.store = ph_store_new_from_file (fixture.path, NULL);
  ph_store_begin_read (fixture.store);
  record = ph_store_fetch (fixture.store, 10, &payload);
  g_assert_cmpint (record->time, ==, said.time);
  g_assert_cmpuint (record->peer, ==, said.peer);
  g_assert_cmpuint (record->kind, ==, said.kind);
  g_assert_cmpuint (record->form, ==, said.form);
  g_assert_cmpuint (record->flags, ==, said.flags);
  g_assert_cmpuint (record->detail, ==, said.detail);
  g_assert_cmpmem (payload, record->length, "bytes", 5);
  ph_store_end_read (fixture.store);
  fixture_clear (&fixture);
}

static void
test_a_damaged_file_gives_what_is_sound (void)
{
  Fixture fixture = fixture_new ();
  g_autofree char *bytes = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (7788);
  gsize length;

  append_numbered (fixture.store, 0, 6000);
  g_clear_pointer (&fixture.spool, ph_spool_free);
  g_clear_pointer (&fixture.store, ph_store_free);
  g_assert_true (g_file_get_contents (fixture.path, &bytes, &length, NULL));

  for (int i = 0; i < 300; i++)
    {
      g_autofree char *broken = g_memdup2 (bytes, length);
      gsize left = i % 3 == 0 ? (gsize) g_rand_int_range (rand, 0, (gint32) length) : length;
      g_autoptr (PhStore) store = NULL;

      for (int k = 0; k < 20; k++)
        {
          /* Where it hurts: headers and records, in the first and the last parts of a chunk. */
          gsize chunk = (gsize) g_rand_int_range (rand, 0, (gint32) (length / MIB)) * MIB;
          gsize at = g_rand_boolean (rand) ? (gsize) g_rand_int_range (rand, 0, 64) : MIB - (gsize) g_rand_int_range (rand, 1, 20000);

          broken[chunk + at] ^= (char) (1 << g_rand_int_range (rand, 0, 8));
        }
      g_assert_true (g_file_set_contents (fixture.path, broken, (gssize) left, NULL));
      store = ph_store_new_from_file (fixture.path, NULL);
      if (store == NULL)
        continue;
      ph_store_begin_read (store);
      for (guint64 seq = 0; seq < MIN (ph_store_end (store), 10000); seq++)
        {
          const guint8 *payload = NULL;
          const PhRecord *record = ph_store_fetch (store, seq, &payload);
          guint sum = 0;

          for (guint32 b = 0; record != NULL && b < record->length; b++)
            sum += payload[b];
          (void) sum;
        }
      ph_store_end_read (store);
    }
  fixture_clear (&fixture);
}

static void
test_what_is_no_capture_says_so (void)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "porthole-no-such-file", NULL);
  Fixture fixture = fixture_new ();
  g_autofree char *text = g_build_filename (fixture.folder, "a.json", NULL);
  g_autoptr (GError) missing = NULL, other = NULL;

  g_assert_null (ph_store_new_from_file (path, &missing));
  g_assert_error (missing, PH_ERROR, PH_ERROR_NO_FILE);
  g_assert_true (g_file_set_contents (text, "{ \"not\": \"a capture\" }", -1, NULL));
  g_assert_null (ph_store_new_from_file (text, &other));
  g_assert_error (other, PH_ERROR, PH_ERROR_INVALID);
  g_remove (text);
  fixture_clear (&fixture);
}

/* ---- threads ---- */

typedef struct
{
  PhStore *store;
  guint64 seen;
} Searcher;

/* Holds chunk after chunk, as a search does. */
static gpointer
hold_all (gpointer data)
{
  Searcher *searcher = data;

  for (guint64 k = 0; searcher->seen < N;)
    {
      g_autoptr (PhBlock) block = ph_store_hold (searcher->store, k);
      const PhChunk *chunk;
      guint64 end;

      if (block == NULL)
        continue;
      chunk = ph_block_get_chunk (block);
      end = chunk->first_seq + ph_block_count (block);
      for (; searcher->seen < end; searcher->seen++)
        {
          const PhRecord *record = ph_chunk_record (chunk, (guint32) (searcher->seen - chunk->first_seq));

          g_assert_cmpint (record->time, ==, (gint64) searcher->seen);
          if (record->length > 0)
            g_assert_cmpuint (((const guint8 *) chunk)[record->offset], ==, searcher->seen % 251);
        }
      if (ph_store_chunk_of (searcher->store, end) > k)
        k++;
    }

  return NULL;
}

static gpointer
write_all (gpointer store)
{
  append_numbered (store, 0, N);
  return NULL;
}

static void
test_two_readers_the_spool_and_the_writer_go_on_at_once (void)
{
  Fixture fixture = fixture_new ();
  Searcher searcher = { fixture.store, 0 };
  GThread *search = g_thread_new ("search", hold_all, &searcher);
  GThread *writer = g_thread_new ("writer", write_all, fixture.store);

  for (guint64 next = 0; next < N;)
    if (next < ph_store_end (fixture.store))
      assert_numbered (fixture.store, next++);
  g_thread_join (writer);
  g_thread_join (search);
  g_assert_cmpuint (searcher.seen, ==, N);
  g_assert_cmpuint (ph_store_dropped (fixture.store), ==, 0);
  fixture_clear (&fixture);
}

static gpointer
write_all_again (gpointer store)
{
  append_numbered (store, N, N);
  return NULL;
}

static void
test_what_somebody_cuts_off_the_file_is_missing_while_it_goes_on (void)
{
  Fixture fixture = fixture_new ();
  GThread *writer;

  append_numbered (fixture.store, 0, N);
  ph_spool_flush (fixture.spool);
  if (truncate (fixture.path, 0) != 0)
    {
      g_test_skip ("nobody else may change a file that is written here");
      fixture_clear (&fixture);
      return;
    }
  writer = g_thread_new ("writer", write_all_again, fixture.store);
  while (ph_store_end (fixture.store) < 2 * N)
    {
      ph_store_begin_read (fixture.store);
      g_assert_null (ph_store_fetch (fixture.store, 0, NULL));
      ph_store_end_read (fixture.store);
    }
  g_thread_join (writer);
  assert_numbered (fixture.store, 2 * N - 1);
  fixture_clear (&fixture);
}

static void
test_who_pauses_at_the_limit_goes_on_when_there_is_room_or_a_word (void)
{
  g_autoptr (PhStore) store = ph_store_new (PH_STORE_LIMIT_MIN, NULL, NULL);
  GThread *writer;

  ph_store_set_full (store, PH_STORE_PAUSE);
  writer = g_thread_new ("writer", write_all, store);
  while (!ph_store_is_waiting (store))
    g_thread_yield ();
  ph_store_release (store, ph_store_end (store)); /* read, but to be kept */
  g_assert_cmpuint (ph_store_first (store), ==, 0);
  g_assert_cmpuint (ph_store_size (store), ==, PH_STORE_LIMIT_MIN);
  g_assert_cmpuint (ph_store_end (store), <, N);

  ph_store_poke (store);
  while (ph_store_size (store) == PH_STORE_LIMIT_MIN)
    g_thread_yield ();
  ph_store_set_full (store, PH_STORE_DROP_OLDEST);
  ph_store_abandon (store);
  g_thread_join (writer);
  g_assert_cmpuint (ph_store_end (store), ==, N);
}

typedef struct
{
  const char *folder;
  int number; /* of the next file, atomic; -1 at the end */
} Race;

static char *
dup_path (const char *folder, int number)
{
  return g_strdup_printf ("%s" G_DIR_SEPARATOR_S "%d.porthole", folder, number);
}

static gpointer
look_for_writers_cb (gpointer data)
{
  Race *race = data;

  for (int number = 0; number >= 0; number = g_atomic_int_get (&race->number))
    {
      g_autofree char *path = dup_path (race->folder, number);

      ph_plat_file_has_writer (path);
    }

  return NULL;
}

static void
test_who_looks_for_a_writer_keeps_none_from_beginning (void)
{
  g_autofree char *folder = g_dir_make_tmp ("porthole-spool-XXXXXX", NULL);
  Race race = { .folder = folder };
  GThread *thread = g_thread_new ("looker", look_for_writers_cb, &race);

  for (int i = 0; i < 3000; i++)
    {
      g_autofree char *path = dup_path (folder, i);
      g_autoptr (GError) error = NULL;
      PhFile file;

      g_atomic_int_set (&race.number, i);
      file = ph_plat_file_create (path, &error);
      g_assert_no_error (error);
      ph_plat_file_close (file);
      g_remove (path);
    }
  g_atomic_int_set (&race.number, -1);
  g_thread_join (thread);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, name) g_test_add_func ("/spool/" path, test_##name)
  ADD ("what-left-memory-comes-back-from-the-file", what_left_memory_comes_back_from_the_file);
  ADD ("a-capture-opens-again-with-everything", a_capture_opens_again_with_everything);
  ADD ("what-was-flushed-is-in-the-file-while-it-grows", what_was_flushed_is_in_the_file_while_it_grows);
  ADD ("what-a-record-says-of-itself-comes-back-from-the-file", what_a_record_says_of_itself_comes_back_from_the_file);
  ADD ("a-damaged-file-gives-what-is-sound", a_damaged_file_gives_what_is_sound);
  ADD ("what-is-no-capture-says-so", what_is_no_capture_says_so);
  ADD ("two-readers-the-spool-and-the-writer-go-on-at-once", two_readers_the_spool_and_the_writer_go_on_at_once);
  ADD ("what-somebody-cuts-off-the-file-is-missing-while-it-goes-on", what_somebody_cuts_off_the_file_is_missing_while_it_goes_on);
  ADD ("who-looks-for-a-writer-keeps-none-from-beginning", who_looks_for_a_writer_keeps_none_from_beginning);
  ADD ("who-pauses-at-the-limit-goes-on-when-there-is-room-or-a-word", who_pauses_at_the_limit_goes_on_when_there_is_room_or_a_word);
#undef ADD

  return g_test_run ();
}
