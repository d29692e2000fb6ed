/* test-save-files.c: the files of a live save: names, new files, many peers, and what happens to files while they are written
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-save-files.h"

#include "ph-error.h"
#include "ph-plat-file.h"

#include <glib/gstdio.h>
#include <string.h>

#define SECOND G_GINT64_CONSTANT (1000000000)
#define NOON (G_GINT64_CONSTANT (1562904000) * SECOND) /* 2019-07-12 12:00:00 in UTC+8 */
#define GIB ((guint64) 1 << 30)

typedef struct
{
  char *folder;
  PhNamePattern *pattern;
  PhSaveFiles *files;
  guint begun, gone;
} Fixture;

static void
told_cb (gpointer data, const char *path, gboolean gone)
{
  Fixture *f = data;

  f->begun++;
  f->gone += gone;
}

static void
begin (Fixture *f, const char *pattern, PhSaveEvery every, gboolean per_peer, const char *head)
{
  PhSaveFilesPlan plan = { .every = every, .per_peer = per_peer, .head = head, .told = told_cb, .data = f };

  *f = (Fixture) { .folder = g_dir_make_tmp ("porthole-存-XXXXXX", NULL), .pattern = ph_name_pattern_new (pattern, NULL, NULL) };
  plan.folder = f->folder;
  plan.pattern = f->pattern;
  f->files = ph_save_files_new (&plan);
}

static void
end (Fixture *f)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  ph_save_files_free (f->files);
  ph_name_pattern_free (f->pattern);
  dir = g_dir_open (f->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (f->folder, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_rmdir (f->folder);
  g_free (f->folder);
}

static void
add (Fixture *f, const char *peer, gint64 time, const char *text)
{
  ph_save_files_add (f->files, peer, time, text, strlen (text));
}

static void
flush (Fixture *f)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (ph_save_files_flush (f->files, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (ph_save_files_get_waiting (f->files), ==, 0);
}

static void
put (Fixture *f, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (f->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
assert_file (Fixture *f, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (f->folder, name, NULL), *is = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &is, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (is, ==, text);
}

static guint
count_files (Fixture *f)
{
  g_autoptr (GDir) dir = g_dir_open (f->folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

/* ---- names ---- */

static void
test_a_file_that_is_there_is_left_alone (void)
{
  Fixture f;

  begin (&f, "log.txt", PH_SAVE_EVERY_NEVER, FALSE, NULL);
  put (&f, "log.txt", "old");
  put (&f, "log-2.txt", "older");
  add (&f, NULL, NOON, "new");
  flush (&f);
  add (&f, NULL, NOON, "er");
  flush (&f);
  assert_file (&f, "log.txt", "old");
  assert_file (&f, "log-2.txt", "older");
  assert_file (&f, "log-3.txt", "newer");
  g_assert_cmpuint (f.begun, ==, 1);
  end (&f);
}

static void
test_a_number_in_the_name_goes_on_to_one_that_is_free (void)
{
  Fixture f;

  begin (&f, "{n}.txt", (PhSaveEvery) { PH_SAVE_EVERY_MIN, -1 }, FALSE, NULL);
  put (&f, "1.txt", "old");
  add (&f, NULL, NOON, "a");
  flush (&f);
  assert_file (&f, "2.txt", "a");
  end (&f);
}

static void
test_nothing_to_write_makes_no_file (void)
{
  Fixture f;

  begin (&f, "log.txt", PH_SAVE_EVERY_NEVER, FALSE, "head\n");
  flush (&f);
  g_assert_cmpuint (count_files (&f), ==, 0);
  end (&f);
}

/* ---- new files ---- */

static void
test_a_file_has_its_size_and_no_text_is_cut (void)
{
  g_autofree char *third = g_strnfill (PH_SAVE_EVERY_MIN / 3, 'x'), *long_one = g_strnfill (2 * PH_SAVE_EVERY_MIN, 'y');
  g_autofree char *three = g_strconcat ("h\n", third, third, NULL), *much = g_strconcat ("h\n", long_one, NULL);
  Fixture f;

  begin (&f, "{n}.txt", (PhSaveEvery) { PH_SAVE_EVERY_MIN - 4, -1 }, FALSE, "h\n");
  for (guint i = 0; i < 4; i++)
    add (&f, NULL, NOON, third); /* a third one has no room beside the head */
  add (&f, NULL, NOON, long_one);
  add (&f, NULL, NOON, "z");
  flush (&f);
  assert_file (&f, "1.txt", three);
  assert_file (&f, "2.txt", three);
  assert_file (&f, "3.txt", much);
  assert_file (&f, "4.txt", "h\nz");
  g_assert_cmpuint (ph_save_files_get_count (f.files), ==, 4);
  end (&f);
}

static void
test_a_file_ends_at_a_time_of_day (void)
{
  const gint64 hour = 3600 * SECOND;
  Fixture f;

  begin (&f, "{time:%d_%H%M}.txt", (PhSaveEvery) { 0, 13 * 60 }, FALSE, NULL);
  add (&f, NULL, NOON, "a");
  add (&f, NULL, NOON + hour - 1, "b");
  add (&f, NULL, NOON + hour, "c");
  add (&f, NULL, NOON + 24 * hour, "d");
  add (&f, NULL, NOON + 26 * hour, "e");
  flush (&f);
  assert_file (&f, "12_1200.txt", "ab");
  assert_file (&f, "12_1300.txt", "cd");
  assert_file (&f, "13_1400.txt", "e");
  end (&f);
}

static void
test_another_local_address_begins_a_new_file (void)
{
  Fixture f;

  begin (&f, "{local}.txt", PH_SAVE_EVERY_NEVER, FALSE, NULL);
  ph_save_files_set_local (f.files, "127.0.0.1:1");
  add (&f, NULL, NOON, "a");
  ph_save_files_set_local (f.files, "127.0.0.1:2");
  add (&f, NULL, NOON, "b");
  ph_save_files_set_local (f.files, "127.0.0.1:2");
  add (&f, NULL, NOON, "c");
  flush (&f);
  assert_file (&f, "127.0.0.1-1.txt", "a");
  assert_file (&f, "127.0.0.1-2.txt", "bc");
  end (&f);
}

/* ---- peers ---- */

static void
test_each_peer_has_its_file (void)
{
  Fixture f;

  begin (&f, "{peer}.txt", PH_SAVE_EVERY_NEVER, TRUE, NULL);
  add (&f, "10.0.0.1:5", NOON, "a");
  add (&f, "10.0.0.2:5", NOON, "b");
  add (&f, "10.0.0.1:5", NOON, "c");
  add (&f, "10.0.0.1-5", NOON, "another one, whose name is the same");
  flush (&f);
  assert_file (&f, "10.0.0.1-5.txt", "ac");
  assert_file (&f, "10.0.0.2-5.txt", "b");
  assert_file (&f, "10.0.0.1-5-2.txt", "another one, whose name is the same");
  end (&f);
}

static void
add_round (Fixture *f, guint peers, const char *text)
{
  for (guint i = 0; i < peers; i++)
    {
      g_autofree char *peer = g_strdup_printf ("p%u", i);

      add (f, peer, NOON, text);
    }
  flush (f);
}

static void
test_more_peers_than_files_may_be_open (void)
{
  const guint peers = 3 * PH_SAVE_FILES_OPEN_MAX;
  Fixture f;

  begin (&f, "{peer}", PH_SAVE_EVERY_NEVER, TRUE, NULL);
  add_round (&f, peers, "a");
  add_round (&f, peers, "b");
  assert_file (&f, "p0", "ab");
  assert_file (&f, "p191", "ab");
  g_assert_cmpuint (f.begun, ==, peers);
  end (&f);
}

static void
test_a_peer_that_was_forgotten_gets_a_new_file (void)
{
  Fixture f;

  begin (&f, "{peer}", PH_SAVE_EVERY_NEVER, TRUE, NULL);
  add (&f, "first", NOON, "a");
  flush (&f);
  add_round (&f, PH_SAVE_FILES_PEERS_MAX, "x");
  add (&f, "first", NOON, "b");
  flush (&f);
  assert_file (&f, "first", "a");
  assert_file (&f, "first-2", "b");
  end (&f);
}

/* ---- what happens to a file ---- */

static void
test_a_file_that_is_removed_is_begun_again (void)
{
  Fixture f;
  g_autofree char *path = NULL;

  begin (&f, "log.csv", PH_SAVE_EVERY_NEVER, FALSE, "h\n");
  add (&f, NULL, NOON, "a\n");
  flush (&f);
  path = g_strdup (ph_save_files_get_path (f.files));
  g_assert_cmpint (g_remove (path), ==, 0);
  if (g_file_test (path, G_FILE_TEST_EXISTS)) /* Wine keeps it until it is closed, and does not say that it will go */
    {
      g_test_skip ("a file that is open cannot be removed here");
      end (&f);
      return;
    }
  add (&f, NULL, NOON, "b\n");
  flush (&f);
  g_assert_cmpuint (f.gone, ==, 1);
  g_assert_cmpuint (count_files (&f), ==, 1);
  g_clear_pointer (&path, g_free);
  path = g_path_get_basename (ph_save_files_get_path (f.files));
  assert_file (&f, path, "h\nb\n");
  end (&f);
}

static void
test_a_file_that_is_moved_keeps_what_it_has (void)
{
  Fixture f;
  g_autofree char *to = NULL;

  begin (&f, "log.txt", PH_SAVE_EVERY_NEVER, FALSE, NULL);
  add (&f, NULL, NOON, "a");
  flush (&f);
  to = g_build_filename (f.folder, "moved", NULL);
  g_assert_cmpint (g_rename (ph_save_files_get_path (f.files), to), ==, 0);
  add (&f, NULL, NOON, "b");
  flush (&f);
  assert_file (&f, "moved", "a");
  g_assert_cmpuint (f.gone, ==, 1);
  g_assert_cmpuint (count_files (&f), ==, 2);
  end (&f);
}

/* Makes the file as long as @size: what is behind its bytes takes no room. */
static void
grow (Fixture *f, guint64 size)
{
  g_autoptr (GError) error = NULL;
  PhFile file = ph_plat_file_reopen (ph_save_files_get_path (f->files), &error);

  g_assert_no_error (error);
  g_assert_true (ph_plat_file_write (file, size - 1, "", 1, &error));
  ph_plat_file_close (file);
}

static void
assert_at (Fixture *f, guint64 offset, const char *text)
{
  g_autoptr (GError) error = NULL;
  PhFile file = ph_plat_file_open (ph_save_files_get_path (f->files), &error);
  char is[64] = "";

  g_assert_no_error (error);
  g_assert_cmpint (ph_plat_file_read (file, offset, is, sizeof is - 1, &error), ==, (gssize) strlen (text));
  g_assert_cmpstr (is, ==, text);
  ph_plat_file_close (file);
}

/* With one number too few of bits the text would be at the beginning again. */
static void
test_a_file_goes_on_past_4_and_5_gib (void)
{
  static const guint64 sizes[] = { 4 * GIB - 3, 5 * GIB };

#ifdef G_OS_WIN32
  g_test_skip ("nobody else can make a file longer here while it is written");
  return;
#endif
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      Fixture f;

      begin (&f, "log.txt", PH_SAVE_EVERY_NEVER, FALSE, NULL);
      add (&f, NULL, NOON, "begin");
      flush (&f);
      grow (&f, sizes[i]);
      add (&f, NULL, NOON, "across");
      flush (&f);
      add (&f, NULL, NOON, "behind");
      flush (&f);
      assert_at (&f, sizes[i], "acrossbehind");
      g_assert_cmpuint (ph_save_files_get_size (f.files), ==, sizes[i] + strlen ("acrossbehind"));
      g_assert_cmpuint (f.begun, ==, 1);
      end (&f);
    }
}

/* What could not be written is written as soon as it can be, once and in its order. */
static void
test_what_could_not_be_written_waits (void)
{
  g_autofree char *third = g_strnfill (PH_SAVE_EVERY_MIN / 3, 'x'), *moved = NULL, *three = g_strconcat (third, third, third, NULL);
  g_autoptr (GError) error = NULL;
  Fixture f;

  begin (&f, "{n}.txt", (PhSaveEvery) { PH_SAVE_EVERY_MIN, -1 }, FALSE, NULL);
  moved = g_strconcat (f.folder, "-moved", NULL);
  g_assert_cmpint (g_rename (f.folder, moved), ==, 0);
  for (guint i = 0; i < 4; i++)
    add (&f, NULL, NOON, third);
  g_assert_false (ph_save_files_flush (f.files, &error));
  g_assert_error (error, PH_ERROR, PH_ERROR_NO_FILE);
  g_clear_error (&error);
  g_assert_false (ph_save_files_flush (f.files, &error));
  g_assert_cmpint (g_rename (moved, f.folder), ==, 0);
  add (&f, NULL, NOON, "z");
  flush (&f);
  assert_file (&f, "1.txt", three);
  g_clear_pointer (&moved, g_free);
  moved = g_strconcat (third, "z", NULL);
  assert_file (&f, "2.txt", moved);
  g_assert_cmpuint (count_files (&f), ==, 2);
  end (&f);
}

int
main (int argc, char *argv[])
{
  g_setenv ("TZ", "UTC-8", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/save-files/a-file-that-is-there-is-left-alone", test_a_file_that_is_there_is_left_alone);
  g_test_add_func ("/save-files/a-number-in-the-name-goes-on-to-one-that-is-free", test_a_number_in_the_name_goes_on_to_one_that_is_free);
  g_test_add_func ("/save-files/nothing-to-write-makes-no-file", test_nothing_to_write_makes_no_file);
  g_test_add_func ("/save-files/a-file-has-its-size-and-no-text-is-cut", test_a_file_has_its_size_and_no_text_is_cut);
  g_test_add_func ("/save-files/a-file-ends-at-a-time-of-day", test_a_file_ends_at_a_time_of_day);
  g_test_add_func ("/save-files/another-local-address-begins-a-new-file", test_another_local_address_begins_a_new_file);
  g_test_add_func ("/save-files/each-peer-has-its-file", test_each_peer_has_its_file);
  g_test_add_func ("/save-files/more-peers-than-files-may-be-open", test_more_peers_than_files_may_be_open);
  g_test_add_func ("/save-files/a-peer-that-was-forgotten-gets-a-new-file", test_a_peer_that_was_forgotten_gets_a_new_file);
  g_test_add_func ("/save-files/a-file-that-is-removed-is-begun-again", test_a_file_that_is_removed_is_begun_again);
  g_test_add_func ("/save-files/a-file-that-is-moved-keeps-what-it-has", test_a_file_that_is_moved_keeps_what_it_has);
  g_test_add_func ("/save-files/a-file-goes-on-past-4-and-5-gib", test_a_file_goes_on_past_4_and_5_gib);
  g_test_add_func ("/save-files/what-could-not-be-written-waits", test_what_could_not_be_written_waits);

  return g_test_run ();
}
