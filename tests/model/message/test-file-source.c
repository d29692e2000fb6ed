/* test-file-source.c: a file is read as it was named and as it was then, in constant memory, and told where it cannot be
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-file-source.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define GIB (G_GUINT64_CONSTANT (1) << 30)

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("porthole-source-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "file", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_remove (fixture->path);
  g_rmdir (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static PhFeed *
open_source (const char *path)
{
  const PhFeedHow how = { .fill = TRUE };
  g_autoptr (GError) error = NULL;
  PhFeed *feed = ph_file_source_new (path, &how, &error);

  g_assert_no_error (error);

  return feed;
}

static void
write_file (Fixture *fixture, gsize size)
{
  g_autofree char *bytes = g_strnfill (size, 'x');

  g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize) size, NULL));
}

/* Takes all there is, as a worker does. */
static guint64
drain (PhFeed *feed)
{
  gboolean ended = FALSE;
  guint64 total = 0;

  while (!ended)
    {
      g_autoptr (GBytes) block = ph_feed_take (feed, &ended);

      if (block != NULL)
        total += g_bytes_get_size (block);
      else
        g_usleep (50); /* nobody wakes who has no worker */
    }

  return total;
}

static GBytes *
take_one (PhFeed *feed)
{
  gboolean ended = FALSE;

  for (;;)
    {
      GBytes *block = ph_feed_take (feed, &ended);

      g_assert_false (ended);
      if (block != NULL)
        return block;
      g_usleep (50); /* nobody wakes who has no worker */
    }
}

static void
test_a_file_is_read_whole (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PhFeed) feed = NULL;
  PhFeedProgress progress;

  write_file (fixture, 1000001);
  feed = open_source (fixture->path);
  g_assert_cmpuint (drain (feed), ==, 1000001);
  g_assert_null (ph_feed_get_cause (feed));
  ph_feed_get_progress (feed, &progress);
  g_assert_cmpuint (progress.size, ==, 1000001);
  g_assert_cmpstr (ph_feed_get_name (feed), ==, "file");
}

static void
test_an_empty_file_ends_at_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PhFeed) feed = NULL;

  write_file (fixture, 0);
  feed = open_source (fixture->path);
  g_assert_cmpuint (drain (feed), ==, 0);
  g_assert_null (ph_feed_get_cause (feed));
}

static void
test_a_name_without_a_file_and_a_folder_are_told (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PhFeed) none = open_source (fixture->path), folder = open_source (fixture->folder);

  g_assert_cmpuint (drain (none), ==, 0);
  g_assert_cmpstr (ph_feed_get_cause (none), ==, "no-file");
  g_assert_cmpuint (drain (folder), ==, 0);
  g_assert_cmpstr (ph_feed_get_cause (folder), ==, "is-folder");
}

static void
test_a_file_that_may_not_be_read_is_told (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PhFeed) feed = NULL;

  if (geteuid () == 0)
    {
      g_test_skip ("root may read everything");
      return;
    }
  write_file (fixture, 10);
  g_chmod (fixture->path, 0);
  feed = open_source (fixture->path);
  g_assert_cmpuint (drain (feed), ==, 0);
  g_assert_cmpstr (ph_feed_get_cause (feed), ==, "file-denied");
}

static void
test_a_file_that_shrinks_ends_with_what_there_was (Fixture *fixture, gconstpointer data)
{
  const gsize size = 8 * PH_FEED_WAITING;
  g_autoptr (PhFeed) feed = NULL;
  g_autoptr (GBytes) first = NULL;
  guint64 rest;

  write_file (fixture, size);
  feed = open_source (fixture->path);
  first = take_one (feed); /* the reader waits before the queue is full again */
  g_assert_cmpint (truncate (fixture->path, 100), ==, 0);
  rest = drain (feed);
  g_assert_cmpuint (rest, <, size - PH_FEED_BLOCK);
  g_assert_cmpstr (ph_feed_get_cause (feed), ==, "file-shrank");
}

static void
test_what_is_appended_later_does_not_belong_to_it (Fixture *fixture, gconstpointer data)
{
  const gsize size = 8 * PH_FEED_WAITING;
  g_autoptr (PhFeed) feed = NULL;
  g_autoptr (GBytes) first = NULL;
  FILE *file;

  write_file (fixture, size);
  feed = open_source (fixture->path);
  first = take_one (feed);
  file = g_fopen (fixture->path, "a");
  fputs ("later", file);
  fclose (file);
  g_assert_cmpuint (g_bytes_get_size (first) + drain (feed), ==, size);
  g_assert_null (ph_feed_get_cause (feed));
}

static void
test_a_file_that_is_deleted_meanwhile_is_read_to_its_end (Fixture *fixture, gconstpointer data)
{
  const gsize size = 8 * PH_FEED_WAITING;
  g_autoptr (PhFeed) feed = NULL;
  g_autoptr (GBytes) first = NULL;

  write_file (fixture, size);
  feed = open_source (fixture->path);
  first = take_one (feed);
  g_remove (fixture->path);
  g_assert_cmpuint (g_bytes_get_size (first) + drain (feed), ==, size);
}

static void
test_a_pipe_is_read_until_its_writer_ends (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PhFeed) feed = NULL;
  PhFeedProgress progress;
  int fd;

  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
  feed = open_source (fixture->path);
  fd = open (fixture->path, O_WRONLY);
  g_assert_cmpint (write (fd, "through", 7), ==, 7);
  close (fd);
  g_assert_cmpuint (drain (feed), ==, 7);
  ph_feed_get_progress (feed, &progress);
  g_assert_true (progress.size == PH_FEED_SIZE_UNKNOWN);
}

static void
test_a_pipe_without_a_writer_is_given_up_when_it_is_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PhFeed) feed = NULL;

  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
  feed = open_source (fixture->path);
  ph_feed_cancel (feed);
  g_assert_cmpuint (drain (feed), ==, 0);
}

/* kB of the program that are in memory; 0 where the system does not tell. */
static guint64
peak_memory (void)
{
  g_autofree char *status = NULL;
  const char *peak;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    return 0;
  peak = strstr (status, "VmHWM:");

  return peak != NULL ? g_ascii_strtoull (peak + strlen ("VmHWM:"), NULL, 10) : 0;
}

static void
test_five_gigabytes_need_a_few_blocks (Fixture *fixture, gconstpointer data)
{
  guint64 before = peak_memory ();
  g_autoptr (PhFeed) feed = NULL;

  write_file (fixture, 0);
  if (truncate (fixture->path, (off_t) (5 * GIB)) != 0)
    {
      g_test_skip ("this file system has no files of 5 GB");
      return;
    }
  feed = open_source (fixture->path);
  g_assert_cmpuint (drain (feed), ==, 5 * GIB);
  g_assert_cmpuint (peak_memory () - before, <, 32 * 1024);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test) g_test_add ("/file-source/" name, Fixture, NULL, set_up, test_##test, tear_down)
  ADD ("a-file-is-read-whole", a_file_is_read_whole);
  ADD ("an-empty-file-ends-at-once", an_empty_file_ends_at_once);
  ADD ("a-name-without-a-file-and-a-folder-are-told", a_name_without_a_file_and_a_folder_are_told);
  ADD ("a-file-that-may-not-be-read-is-told", a_file_that_may_not_be_read_is_told);
  ADD ("a-file-that-shrinks-ends-with-what-there-was", a_file_that_shrinks_ends_with_what_there_was);
  ADD ("what-is-appended-later-does-not-belong-to-it", what_is_appended_later_does_not_belong_to_it);
  ADD ("a-file-that-is-deleted-meanwhile-is-read-to-its-end", a_file_that_is_deleted_meanwhile_is_read_to_its_end);
  ADD ("a-pipe-is-read-until-its-writer-ends", a_pipe_is_read_until_its_writer_ends);
  ADD ("a-pipe-without-a-writer-is-given-up-when-it-is-cancelled", a_pipe_without_a_writer_is_given_up_when_it_is_cancelled);
  ADD ("five-gigabytes-need-a-few-blocks", five_gigabytes_need_a_few_blocks);

  return g_test_run ();
}
