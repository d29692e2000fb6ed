/* test-save-job.c: a job writes all of its content, or leaves everything as it was
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "capture-fixture.h"

#include "ph-save-job.h"

#include <glib/gstdio.h>
#include <string.h>

/* What the content function of these tests does, and what was seen of it. */
typedef struct
{
  /* set by the test */
  guint pieces;   /* of ten bytes */
  gboolean fails; /* after the pieces */
  gboolean waits; /* after the pieces, until the test lets it go on */
  gsize hole;     /* before the last piece */

  /* atomic */
  int written; /* pieces */
  int go_on;
  int freed;
  int described;

  /* main thread */
  gboolean ended;
  GError *error;
} Content;

static Content *described; /* the content whose failure is put into words */

static gboolean
content_write (PhSaveJob *job, gpointer data, GError **error)
{
  Content *content = data;

  for (guint i = 0; i < content->pieces; i++)
    {
      if (i + 1 == content->pieces && content->hole > 0 && !ph_save_job_skip (job, content->hole, error))
        return FALSE;
      if (!ph_save_job_write (job, "0123456789", 10, error))
        return FALSE;
      ph_save_job_set_progress (job, i + 1, content->pieces);
      g_atomic_int_inc (&content->written);
    }
  while (content->waits && !g_atomic_int_get (&content->go_on))
    g_usleep (500);
  if (!content->fails)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "no space");

  return FALSE;
}

static void
content_free (gpointer data)
{
  g_atomic_int_inc (&((Content *) data)->freed);
}

static char *
content_dup_failure (const char *place, const char *why)
{
  g_autofree char *name = g_path_get_basename (place);

  g_atomic_int_inc (&described->described);
  return g_strdup_printf ("cannot write %s: %s", name, why);
}

static const PhSaveContent kind = { .write = content_write, .free = content_free, .dup_failure = content_dup_failure };

static void
saved_cb (GFile *to, const GError *error, gpointer data)
{
  Content *content = data;

  g_assert_cmpint (g_atomic_int_get (&content->freed), <=, 1);
  content->ended = TRUE;
  content->error = error != NULL ? g_error_copy (error) : NULL;
}

static PhSaveJob *
start (Fixture *fixture, const char *name, const char *source, Content *content)
{
  g_autofree char *path = g_build_filename (fixture->home, name, NULL);
  g_autoptr (GFile) to = g_file_new_for_path (path);

  described = content;
  return ph_save_job_start (&kind, content, source, to, saved_cb, content);
}

/* Waits for the end, and checks that the content was freed once. */
static void
finish (Content *content)
{
  UNTIL (content->ended && g_atomic_int_get (&content->freed) > 0);
  g_assert_cmpint (g_atomic_int_get (&content->freed), ==, 1);
}

static void
write_file (Fixture *fixture, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (fixture->home, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* The folder as "name=text" for each file, in order; zero bytes show as dots. */
static void
assert_files (Fixture *fixture, const char *wanted)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->home, 0, NULL);
  GList *names = NULL;
  g_autoptr (GString) found = g_string_new (NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    names = g_list_insert_sorted (names, g_strdup (name), (GCompareFunc) strcmp);
  for (GList *at = names; at != NULL; at = at->next)
    {
      g_autofree char *path = g_build_filename (fixture->home, at->data, NULL), *text = NULL;
      gsize n = 0;

      g_assert_true (g_file_get_contents (path, &text, &n, NULL));
      for (gsize i = 0; i < n; i++)
        text[i] = text[i] != 0 ? text[i] : '.';
      g_string_append_printf (found, "%s%s=%s", found->len > 0 ? " " : "", (const char *) at->data, text);
    }
  g_list_free_full (names, g_free);
  g_assert_cmpstr (found->str, ==, wanted);
}

/* ---- whole ---- */

static void
test_all_pieces_are_in_the_file (void)
{
  Fixture *fixture = fixture_new ();
  Content content = { .pieces = 3, .waits = TRUE };
  PhSaveJob *job = start (fixture, "new", NULL, &content);

  UNTIL (g_atomic_int_get (&content.written) == 3);
  g_assert_cmpfloat (ph_save_job_get_progress (job), ==, 1.0);
  g_assert_false (content.ended);
  g_atomic_int_set (&content.go_on, TRUE);
  finish (&content);
  g_assert_no_error (content.error);
  assert_files (fixture, "new=012345678901234567890123456789");
  fixture_free (fixture);
}

static void
test_a_file_that_was_there_is_replaced_when_all_is_written (void)
{
  Fixture *fixture = fixture_new ();
  Content content = { .pieces = 1, .waits = TRUE };
  g_autofree char *path = g_build_filename (fixture->home, "old", NULL), *text = NULL;

  write_file (fixture, "old", "precious");
  start (fixture, "old", NULL, &content);
  UNTIL (g_atomic_int_get (&content.written) == 1);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "precious");
  g_atomic_int_set (&content.go_on, TRUE);
  finish (&content);
  g_assert_no_error (content.error);
  assert_files (fixture, "old=0123456789");
  fixture_free (fixture);
}

static void
test_what_is_skipped_is_zeros (void)
{
  Fixture *fixture = fixture_new ();
  Content content = { .pieces = 2, .hole = 4 };

  start (fixture, "new", NULL, &content);
  finish (&content);
  g_assert_no_error (content.error);
  assert_files (fixture, "new=0123456789....0123456789");
  fixture_free (fixture);
}

static void
test_content_that_writes_nothing_is_an_empty_file (void)
{
  Fixture *fixture = fixture_new ();

  for (guint round = 0; round < 2; round++)
    {
      Content content = { 0 };

      start (fixture, "new", NULL, &content);
      finish (&content);
      g_assert_no_error (content.error);
      assert_files (fixture, "new=");
      write_file (fixture, "new", "precious");
    }
  fixture_free (fixture);
}

static void
test_several_jobs_run_at_once (void)
{
  Fixture *fixture = fixture_new ();
  Content first = { .pieces = 1, .waits = TRUE }, second = { .pieces = 1 };

  start (fixture, "first", NULL, &first);
  start (fixture, "second", NULL, &second);
  finish (&second);
  g_assert_false (first.ended);
  g_atomic_int_set (&first.go_on, TRUE);
  finish (&first);
  assert_files (fixture, "first=0123456789 second=0123456789");
  fixture_free (fixture);
}

/* ---- not at all ---- */

static void
test_content_that_fails_in_the_middle_leaves_nothing_and_says_why (void)
{
  Fixture *fixture = fixture_new ();

  for (guint round = 0; round < 2; round++)
    {
      Content content = { .pieces = 2, .fails = TRUE };

      start (fixture, "file", NULL, &content);
      finish (&content);
      g_assert_cmpint (content.written, ==, 2);
      g_assert_error (content.error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
      g_assert_cmpstr (content.error->message, ==, "cannot write file: no space");
      g_clear_error (&content.error);
      assert_files (fixture, round == 0 ? "" : "file=precious");
      write_file (fixture, "file", "precious");
    }
  fixture_free (fixture);
}

static void
test_a_job_that_is_cancelled_before_it_starts_leaves_everything_as_it_was (void)
{
  Fixture *fixture = fixture_new ();

  for (guint round = 0; round < 2; round++)
    {
      Content content = { .pieces = 1, .waits = TRUE };

      ph_save_job_cancel (start (fixture, "file", NULL, &content));
      g_atomic_int_set (&content.go_on, TRUE);
      finish (&content);
      g_assert_error (content.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpint (content.described, ==, 0); /* nobody is told */
      g_clear_error (&content.error);
      assert_files (fixture, round == 0 ? "" : "file=precious");
      write_file (fixture, "file", "precious");
    }
  fixture_free (fixture);
}

/* The content does not notice it, as it has written everything already. */
static void
test_a_job_that_is_cancelled_after_its_last_byte_leaves_everything_as_it_was (void)
{
  Fixture *fixture = fixture_new ();

  for (guint round = 0; round < 2; round++)
    {
      Content content = { .pieces = 1, .waits = TRUE };
      PhSaveJob *job = start (fixture, "file", NULL, &content);

      UNTIL (g_atomic_int_get (&content.written) == 1);
      ph_save_job_cancel (job);
      g_atomic_int_set (&content.go_on, TRUE);
      finish (&content);
      g_assert_error (content.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&content.error);
      assert_files (fixture, round == 0 ? "" : "file=precious");
      write_file (fixture, "file", "precious");
    }
  fixture_free (fixture);
}

static void
test_the_file_that_is_read_is_not_overwritten (void)
{
  Fixture *fixture = fixture_new ();
  Content content = { .pieces = 1 };
  g_autofree char *source = g_build_filename (fixture->home, "source", NULL);

  write_file (fixture, "source", "precious");
  start (fixture, "source", source, &content);
  finish (&content);
  g_assert_cmpint (content.written, ==, 0);
  g_assert_error (content.error, PH_ERROR, PH_ERROR_INVALID);
  g_assert_true (g_str_has_prefix (content.error->message, "cannot write source: "));
  g_clear_error (&content.error);
  assert_files (fixture, "source=precious");
  fixture_free (fixture);
}

static void
test_a_program_that_ends_cancels_its_jobs_and_frees_what_they_hold (void)
{
  Fixture *fixture = fixture_new ();
  Content content = { .pieces = G_MAXUINT };

  start (fixture, "file", NULL, &content);
  UNTIL (g_atomic_int_get (&content.written) > 0);
  ph_save_job_end_all ();
  g_assert_cmpint (content.freed, ==, 1);
  g_assert_false (content.ended);
  assert_files (fixture, "");
  finish (&content);
  g_assert_error (content.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&content.error);
  fixture_free (fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ph_plat_init ();
#define TEST(function) g_test_add_func ("/save-job/" #function, test_##function)
  TEST (all_pieces_are_in_the_file);
  TEST (a_file_that_was_there_is_replaced_when_all_is_written);
  TEST (what_is_skipped_is_zeros);
  TEST (content_that_writes_nothing_is_an_empty_file);
  TEST (several_jobs_run_at_once);
  TEST (content_that_fails_in_the_middle_leaves_nothing_and_says_why);
  TEST (a_job_that_is_cancelled_before_it_starts_leaves_everything_as_it_was);
  TEST (a_job_that_is_cancelled_after_its_last_byte_leaves_everything_as_it_was);
  TEST (the_file_that_is_read_is_not_overwritten);
  TEST (a_program_that_ends_cancels_its_jobs_and_frees_what_they_hold);

  return g_test_run ();
}
