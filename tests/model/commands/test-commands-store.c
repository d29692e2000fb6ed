/* test-commands-store.c: quick commands are kept in a file, which is never lost: not while it is written, and not where it cannot be read
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "ph-commands-store.h"

typedef struct
{
  char *folder, *path;
  PhCommandsStore *store;
  char *failure; /* nullable: the last one */
  guint failures;
} Fixture;

static void
failed_cb (PhCommandsStore *store, const GError *error, Fixture *fixture)
{
  g_free (fixture->failure);
  fixture->failure = g_strdup (error->message);
  fixture->failures++;
}

static void
begin (Fixture *fixture)
{
  fixture->store = ph_commands_store_new (fixture->path);
  g_signal_connect (fixture->store, "failed", G_CALLBACK (failed_cb), fixture);
}

static void
setup (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("porthole-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "below", "commands.json", NULL);
  begin (fixture);
}

/* A task whose result a flush has taken holds the store until the main loop has seen its end. */
static void
end (Fixture *fixture)
{
  while (G_OBJECT (fixture->store)->ref_count > 1)
    g_main_context_iteration (NULL, TRUE);
  g_assert_finalize_object (fixture->store);
}

static void
remove_all (const char *path)
{
  GDir *dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_all (child);
    }
  g_clear_pointer (&dir, g_dir_close);
  g_remove (path);
}

static void
teardown (Fixture *fixture, gconstpointer data)
{
  end (fixture);
  remove_all (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->failure);
}

static void
load (Fixture *fixture)
{
  ph_commands_store_load (fixture->store);
  while (!ph_commands_store_is_loaded (fixture->store))
    g_main_context_iteration (NULL, TRUE);
}

static void
add (Fixture *fixture, const char *name)
{
  g_autoptr (PhQuickCommand) command = ph_quick_command_new ();

  g_object_set (command, "name", name, NULL);
  ph_commands_append (ph_commands_store_get_commands (fixture->store), command, NULL);
}

static char *
dup_names (PhCommands *commands)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (commands)); i++)
    g_string_append_printf (names, "%s%s", i > 0 ? " " : "", ph_quick_command_get_name (ph_commands_get (commands, i)));

  return g_string_free (names, FALSE);
}

static void
assert_on_disk (Fixture *fixture, const char *expected)
{
  g_autoptr (PhCommands) commands = ph_commands_store_read (fixture->path, NULL);
  g_autofree char *names = NULL;

  g_assert_nonnull (commands);
  names = dup_names (commands);
  g_assert_cmpstr (names, ==, expected);
}

static void
put (Fixture *fixture, const char *text)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path);

  g_mkdir_with_parents (folder, 0700);
  g_assert_true (g_file_set_contents (fixture->path, text, -1, NULL));
}

static void
test_what_changes_is_on_the_disk_soon (Fixture *fixture, gconstpointer data)
{
  load (fixture);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
  add (fixture, "a");
  while (!g_file_test (fixture->path, G_FILE_TEST_EXISTS))
    g_main_context_iteration (NULL, TRUE);
  ph_commands_store_flush (fixture->store);
  assert_on_disk (fixture, "a");
}

static void
test_a_flush_needs_no_main_loop (Fixture *fixture, gconstpointer data)
{
  load (fixture);
  add (fixture, "a");
  ph_commands_store_flush (fixture->store);
  assert_on_disk (fixture, "a");
  add (fixture, "b");
  g_object_set (ph_commands_get (ph_commands_store_get_commands (fixture->store), 0), "name", "c", NULL);
  ph_commands_store_flush (fixture->store);
  assert_on_disk (fixture, "c b");
  end (fixture);
  begin (fixture);
  load (fixture);
  assert_on_disk (fixture, "c b");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (ph_commands_store_get_commands (fixture->store))), ==, 2);
  g_assert_null (fixture->failure);
}

static void
test_what_was_added_before_the_file_was_read_stays_behind_it (Fixture *fixture, gconstpointer data)
{
  put (fixture, "{ \"porthole-commands\": 1, \"groups\": [ { \"commands\": [ { \"name\": \"old\" } ] } ] }");
  ph_commands_store_load (fixture->store);
  add (fixture, "new");
  ph_commands_store_flush (fixture->store);
  assert_on_disk (fixture, "old new");
}

static void
test_what_was_only_read_is_not_written (Fixture *fixture, gconstpointer data)
{
  const char *text = "{ \"porthole-commands\": 1, \"groups\": [ { \"commands\": [ { \"name\": \"old\" } ] } ], \"more\": 1 }";
  g_autofree char *now = NULL;

  put (fixture, text);
  load (fixture);
  ph_commands_store_flush (fixture->store);
  g_assert_true (g_file_get_contents (fixture->path, &now, NULL, NULL));
  g_assert_cmpstr (now, ==, text);
}

static void
test_a_file_that_cannot_be_read_is_kept_aside (Fixture *fixture, gconstpointer data)
{
  for (guint i = 1; i <= 2; i++)
    {
      g_autofree char *aside = g_strdup_printf ("%s.broken%u", fixture->path, i), *text = NULL;
      g_autofree char *broken = g_strdup_printf ("{ broken %u", i);

      put (fixture, broken);
      load (fixture);
      g_assert_cmpuint (fixture->failures, ==, i);
      g_assert_nonnull (strstr (fixture->failure, "line 1: “b” does not belong here"));
      g_assert_nonnull (strstr (fixture->failure, aside));
      add (fixture, "a");
      ph_commands_store_flush (fixture->store);
      assert_on_disk (fixture, "a");
      g_assert_true (g_file_get_contents (aside, &text, NULL, NULL));
      g_assert_cmpstr (text, ==, broken);
      end (fixture);
      begin (fixture);
    }
}

static void
test_a_file_that_is_too_large_is_kept_aside (Fixture *fixture, gconstpointer data)
{
  FILE *file;

  put (fixture, "");
  file = g_fopen (fixture->path, "r+b");
  g_assert_cmpint (fseek (file, PH_COMMANDS_FILE_MAX, SEEK_SET), ==, 0);
  fputc ('\n', file);
  fclose (file);
  load (fixture);
  g_assert_nonnull (strstr (fixture->failure, "the file is too large for quick commands"));
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

/* A file in the place of the file's folder: nothing can be written there. */
static void
test_what_cannot_be_written_is_told_and_tried_again (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path);

  load (fixture);
  g_assert_true (g_file_set_contents (folder, "", 0, NULL));
  add (fixture, "a");
  ph_commands_store_flush (fixture->store);
  g_assert_cmpuint (fixture->failures, ==, 1);
  g_assert_true (g_str_has_prefix (fixture->failure, "cannot save the quick commands in “"));
  g_assert_cmpint (g_remove (folder), ==, 0);
  ph_commands_store_flush (fixture->store);
  g_assert_cmpuint (fixture->failures, ==, 1);
  assert_on_disk (fixture, "a");
}

static void
test_many_changes_are_few_writings (Fixture *fixture, gconstpointer data)
{
  load (fixture);
  for (guint i = 0; i < 2000; i++)
    {
      add (fixture, "n");
      g_main_context_iteration (NULL, FALSE);
    }
  ph_commands_store_flush (fixture->store);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (ph_commands_store_get_commands (fixture->store))), ==, 2000);
  g_assert_null (fixture->failure);
}

#define ADD(path, function) g_test_add ("/commands-store/" path, Fixture, NULL, setup, function, teardown)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("what-changes-is-on-the-disk-soon", test_what_changes_is_on_the_disk_soon);
  ADD ("a-flush-needs-no-main-loop", test_a_flush_needs_no_main_loop);
  ADD ("what-was-added-before-the-file-was-read-stays-behind-it", test_what_was_added_before_the_file_was_read_stays_behind_it);
  ADD ("what-was-only-read-is-not-written", test_what_was_only_read_is_not_written);
  ADD ("a-file-that-cannot-be-read-is-kept-aside", test_a_file_that_cannot_be_read_is_kept_aside);
  ADD ("a-file-that-is-too-large-is-kept-aside", test_a_file_that_is_too_large_is_kept_aside);
  ADD ("what-cannot-be-written-is-told-and-tried-again", test_what_cannot_be_written_is_told_and_tried_again);
  ADD ("many-changes-are-few-writings", test_many_changes_are_few_writings);

  return g_test_run ();
}
