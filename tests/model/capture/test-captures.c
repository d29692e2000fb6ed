/* test-captures.c: the list of captures, and what its limits delete
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-captures-room.h"
#include "ph-plat-file.h"

#include <glib/gstdio.h>
#include <string.h>

#define DAY (24 * 60 * 60 * G_TIME_SPAN_SECOND)

typedef struct
{
  char *folder;
  PhCaptures *captures;
} Fixture;

static Fixture
fixture_new (void)
{
  Fixture fixture = { .folder = g_dir_make_tmp ("porthole-captures-XXXXXX", NULL) };

  fixture.captures = ph_captures_new (fixture.folder);

  return fixture;
}

static void
fixture_clear (Fixture *fixture)
{
  GDir *dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_remove (path);
    }
  g_dir_close (dir);
  g_rmdir (fixture->folder);
  g_object_unref (fixture->captures);
  g_free (fixture->folder);
}

static char *
path_of (Fixture *fixture, const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

static gboolean
exists (Fixture *fixture, const char *name)
{
  g_autofree char *path = path_of (fixture, name);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
set_age (const char *path, guint days)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  guint64 then = (guint64) ((g_get_real_time () - days * DAY) / G_TIME_SPAN_SECOND) - 3600;
  g_autoptr (GError) error = NULL;

  g_file_set_attribute_uint64 (file, G_FILE_ATTRIBUTE_TIME_MODIFIED, then, G_FILE_QUERY_INFO_NONE, NULL, &error);
  g_assert_no_error (error);
}

/* Writes a capture of one chunk, whose only record is so many days and an hour old. */
static void
make (Fixture *fixture, const char *name, guint days)
{
  g_autofree char *path = path_of (fixture, name);
  g_autoptr (PhStore) store = ph_store_new (PH_STORE_LIMIT_MIN, NULL, NULL);
  PhSpool *spool = ph_spool_new (store, path, NULL);
  PhRecord record = { .kind = PH_RECORD_OPENING,
                      .time = (g_get_real_time () - days * DAY) * 1000 };
  PhWords words;

  ph_words_init (&words, "open", name);
  ph_words_add (&words, "name", "UDP");
  record.length = (guint32) words.length;
  ph_store_append (store, &record, words.bytes);
  ph_store_notify (store);
  ph_spool_free (spool);
  set_age (path, days);
}

static void
refresh (Fixture *fixture)
{
  ph_captures_refresh (fixture->captures);
  while (ph_captures_is_busy (fixture->captures))
    g_main_context_iteration (NULL, TRUE);
}

/* The names in the list, in order. */
static char *
listed (Fixture *fixture)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (fixture->captures)); i++)
    {
      g_autoptr (PhCapture) capture = g_list_model_get_item (G_LIST_MODEL (fixture->captures), i);

      /* "UDP on NAME" */
      g_string_append_printf (names, "%s%s", i > 0 ? " " : "", strrchr (ph_capture_get_info (capture)->words, ' ') + 1);
    }

  return g_string_free (names, FALSE);
}

#define ASSERT_LISTED(fixture, names) \
  G_STMT_START \
  { \
    g_autofree char *is = listed (fixture); \
    g_assert_cmpstr (is, ==, names); \
  } \
  G_STMT_END

static void
test_captures_are_listed_the_newest_first (void)
{
  Fixture fixture = fixture_new ();

  make (&fixture, "b.porthole", 2);
  make (&fixture, "a.porthole", 1);
  make (&fixture, "c.porthole", 3);
  make (&fixture, "other.txt", 1);
  refresh (&fixture);
  ASSERT_LISTED (&fixture, "a.porthole b.porthole c.porthole");
  fixture_clear (&fixture);
}

static void
test_a_folder_that_is_not_there_has_none (void)
{
  g_autoptr (PhCaptures) captures = ph_captures_new ("no/such/folder");
  Fixture fixture = { .captures = captures };

  refresh (&fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (captures)), ==, 0);
}

static void
test_what_is_too_old_or_too_much_goes_from_the_oldest_on (void)
{
  Fixture fixture = fixture_new ();

  make (&fixture, "1.porthole", 1);
  make (&fixture, "2.porthole", 2);
  make (&fixture, "3.porthole", 3);
  make (&fixture, "40.porthole", 40);
  ph_captures_set_limits (fixture.captures, G_MAXUINT64, 30);
  refresh (&fixture);
  ASSERT_LISTED (&fixture, "1.porthole 2.porthole 3.porthole");
  ph_captures_set_limits (fixture.captures, 2 * PH_CHUNK_SIZE, 30);
  refresh (&fixture);
  ASSERT_LISTED (&fixture, "1.porthole 2.porthole");
  g_assert_false (exists (&fixture, "3.porthole"));
  ph_captures_set_limits (fixture.captures, 0, 30);
  refresh (&fixture);
  ASSERT_LISTED (&fixture, "");
  fixture_clear (&fixture);
}

static void
test_no_limit_takes_what_is_written_shown_or_young (void)
{
  Fixture fixture = fixture_new ();
  g_autofree char *live = path_of (&fixture, "live.porthole");
  g_autofree char *shown = path_of (&fixture, "shown.porthole");
  PhFile file = ph_plat_file_create (live, NULL);

  set_age (live, 100);
  make (&fixture, "shown.porthole", 100);
  make (&fixture, "young.porthole", 100);
  ph_captures_claim (fixture.captures, shown);
  ph_captures_claim (fixture.captures, shown);
  ph_captures_unclaim (fixture.captures, shown);
  {
    g_autofree char *young = path_of (&fixture, "young.porthole");
    g_autofree char *bytes = NULL;
    gsize length;

    g_assert_true (g_file_get_contents (young, &bytes, &length, NULL));
    g_assert_true (g_file_set_contents (young, bytes, (gssize) length, NULL));
  }
  ph_captures_set_limits (fixture.captures, 0, 1);
  refresh (&fixture);
  g_assert_true (exists (&fixture, "live.porthole"));
  g_assert_true (exists (&fixture, "shown.porthole"));
  g_assert_true (exists (&fixture, "young.porthole"));

  ph_plat_file_close (file);
  ph_captures_unclaim (fixture.captures, shown);
  refresh (&fixture);
  g_assert_false (exists (&fixture, "live.porthole"));
  g_assert_false (exists (&fixture, "shown.porthole"));
  g_assert_true (exists (&fixture, "young.porthole"));
  fixture_clear (&fixture);
}

static void
test_what_is_deleted_can_be_brought_back_until_it_counts (void)
{
  Fixture fixture = fixture_new ();
  g_autoptr (PhCapture) a = NULL, b = NULL;

  make (&fixture, "a.porthole", 1);
  make (&fixture, "b.porthole", 2);
  refresh (&fixture);
  a = g_list_model_get_item (G_LIST_MODEL (fixture.captures), 0);
  ph_captures_delete (fixture.captures, a);
  ASSERT_LISTED (&fixture, "b.porthole");
  refresh (&fixture);
  ASSERT_LISTED (&fixture, "b.porthole");
  g_assert_true (ph_captures_get_deleted (fixture.captures) == a);
  g_assert_true (exists (&fixture, "a.porthole"));

  ph_captures_undo (fixture.captures);
  refresh (&fixture);
  ASSERT_LISTED (&fixture, "a.porthole b.porthole");

  b = g_list_model_get_item (G_LIST_MODEL (fixture.captures), 1);
  ph_captures_delete (fixture.captures, b);
  ph_captures_commit (fixture.captures);
  g_assert_null (ph_captures_get_deleted (fixture.captures));
  refresh (&fixture);
  g_assert_false (exists (&fixture, "b.porthole"));
  g_assert_true (exists (&fixture, "a.porthole"));
  fixture_clear (&fixture);
}

/* Two captures are deleted while a refresh runs, so the file of the first is removed after the refresh has seen it. */
static void
test_what_is_deleted_while_it_looks_does_not_come_back (void)
{
  Fixture fixture = fixture_new ();

  make (&fixture, "a.porthole", 1);
  make (&fixture, "b.porthole", 2);
  make (&fixture, "c.porthole", 3);
  refresh (&fixture);
  ph_captures_refresh (fixture.captures);
  while (!g_main_context_pending (NULL)) /* until the refresh has seen them */
    g_thread_yield ();
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (PhCapture) first = g_list_model_get_item (G_LIST_MODEL (fixture.captures), 0);

      ph_captures_delete (fixture.captures, first);
    }
  while (ph_captures_is_busy (fixture.captures))
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (exists (&fixture, "a.porthole"));
  ASSERT_LISTED (&fixture, "c.porthole");
  fixture_clear (&fixture);
}

/* ---- while captures grow ---- */

typedef struct
{
  PhStore *store;
  PhSpool *spool;
} Live;

static Live
live_new (Fixture *fixture, const char *name)
{
  g_autofree char *path = path_of (fixture, name);
  Live live = { .store = ph_store_new (PH_STORE_LIMIT_MAX, NULL, NULL) };

  live.spool = ph_spool_new (live.store, path, NULL);

  return live;
}

static void
live_clear (Live *live)
{
  ph_spool_free (live->spool);
  ph_store_free (live->store);
}

static void
grow (PhStore *store, guint n_chunks)
{
  g_autofree guint8 *bytes = g_malloc0 (PH_STORE_PAYLOAD_MAX);
  PhRecord record = { .kind = PH_RECORD_IN, .length = PH_STORE_PAYLOAD_MAX };

  /* Two do not fit into a chunk, so each has its own. */
  for (guint i = 0; i < n_chunks; i++)
    ph_store_append (store, &record, bytes);
  ph_store_notify (store);
}

static void
test_what_is_being_written_has_the_room_that_others_leave (void)
{
  Fixture fixture = fixture_new ();
  g_autofree char *first_path = path_of (&fixture, "first.porthole"), *second_path = path_of (&fixture, "second.porthole");
  Live first = live_new (&fixture, "first.porthole"), second = live_new (&fixture, "second.porthole");

  make (&fixture, "ended.porthole", 1);
  ph_captures_set_limits (fixture.captures, 10 * PH_CHUNK_SIZE, 30);
  grow (first.store, 3);
  grow (second.store, 4);
  ph_spool_flush (first.spool);
  ph_spool_flush (second.spool);
  refresh (&fixture);
  /* A capture that has ended can be deleted, so it does not count. */
  g_assert_cmpuint (ph_captures_room_for (fixture.captures, NULL), ==, 3 * PH_CHUNK_SIZE);
  g_assert_cmpuint (ph_captures_room_for (fixture.captures, first_path), ==, 6 * PH_CHUNK_SIZE);
  g_assert_cmpuint (ph_captures_room_for (fixture.captures, second_path), ==, 7 * PH_CHUNK_SIZE);
  ph_captures_set_limits (fixture.captures, 2 * PH_CHUNK_SIZE, 30);
  g_assert_cmpuint (ph_captures_room_for (fixture.captures, first_path), ==, 0);
  live_clear (&first);
  live_clear (&second);
  fixture_clear (&fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(function) g_test_add_func ("/captures/" #function, test_##function)
  TEST (captures_are_listed_the_newest_first);
  TEST (a_folder_that_is_not_there_has_none);
  TEST (what_is_too_old_or_too_much_goes_from_the_oldest_on);
  TEST (no_limit_takes_what_is_written_shown_or_young);
  TEST (what_is_deleted_can_be_brought_back_until_it_counts);
  TEST (what_is_deleted_while_it_looks_does_not_come_back);
  TEST (what_is_being_written_has_the_room_that_others_leave);

  return g_test_run ();
}
