/* ph-file-source.c: a file that is sent: its thread reads it block by block into a feed
 *
 * A regular file is sent as it was when it was opened: what is appended later does not belong to it. A file that becomes shorter ends
 * the feed. A pipe or a device has no size, and is read to its end.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-file-source.h"

#include "ph-marks.h"
#include "ph-plat-file.h"
#include "ph-thread.h"

#define WAIT 500u /* ms before it is looked whether a pipe is still wanted */

/* What the thread works on. */
typedef struct
{
  PhFeed *feed;
  char *path;
} Job;

static void
job_free (Job *job)
{
  ph_feed_unref (job->feed);
  g_free (job->path);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

static void
fail (PhFeed *feed, const GError *error)
{
  const char *cause = ph_error_get_cause (error);

  ph_feed_end (feed, cause != NULL ? cause : ph_error_id ((PhError) error->code));
}

/* The next @want bytes, or fewer if the file has become shorter. Where nothing was ever written, the disk need not be asked. */
static GBytes *
read_block (PhFile file, guint64 at, gsize want, GError **error)
{
  static guint8 zeros[PH_FEED_BLOCK];
  guint8 *buffer;
  gssize got;

  if (ph_plat_file_next_data (file, at) >= at + want)
    return g_bytes_new_static (zeros, want);
  buffer = g_malloc (want);
  got = ph_plat_file_read (file, at, buffer, want, error);
  if (got >= 0)
    return g_bytes_new_take (buffer, (gsize) got);
  g_free (buffer);

  return NULL;
}

/* The bytes that it had when it was opened. */
static void
read_regular (PhFeed *feed, PhFile file)
{
  guint64 size = ph_plat_file_size (file);
  gboolean wanted = TRUE;

  ph_feed_begin (feed, size);
  for (guint64 at = 0; wanted && at < size;)
    {
      g_autoptr (GError) error = NULL;
      gsize want = (gsize) MIN (size - at, PH_FEED_BLOCK), got;
      GBytes *block = read_block (file, at, want, &error);

      if (block == NULL)
        {
          fail (feed, error);
          return;
        }
      got = g_bytes_get_size (block);
      at += got;
      wanted = ph_feed_push (feed, block);
      if (got < want)
        {
          ph_feed_end (feed, "file-shrank");
          return;
        }
    }
  ph_feed_end (feed, NULL);
}

static void
read_pipe (PhFeed *feed, PhFile file)
{
  g_autoptr (GError) error = NULL;
  g_autofree guint8 *buffer = g_malloc (PH_FEED_BLOCK);

  ph_feed_begin (feed, PH_FEED_SIZE_UNKNOWN);
  while (!ph_feed_is_cancelled (feed))
    {
      gssize got = ph_plat_file_read_next (file, buffer, PH_FEED_BLOCK, WAIT, &error);

      if (got == PH_FILE_NOTHING_YET)
        continue;
      if (got < 0)
        {
          fail (feed, error);
          return;
        }
      if (got == 0 || !ph_feed_push (feed, g_bytes_new (buffer, (gsize) got)))
        break;
    }
  ph_feed_end (feed, NULL);
}

static gpointer
read_cb (gpointer data)
{
  g_autoptr (Job) job = data;
  g_autoptr (GError) error = NULL;
  gboolean regular = FALSE;
  PhFile file = ph_plat_file_open_any (job->path, &regular, &error);

  if (file == PH_FILE_NONE)
    {
      fail (job->feed, error);
      return NULL;
    }
  if (regular)
    read_regular (job->feed, file);
  else
    read_pipe (job->feed, file);
  ph_plat_file_close (file);

  return NULL;
}

/**
 * ph_file_source_new:
 * @path: (type filename): what to send. It is opened by the thread: that it is no file, or cannot be read, is told by the feed
 * @error: the system starts no thread
 *
 * The thread ends with the file, or when the feed is cancelled; nobody waits for it, for a disk may hang. Any thread.
 *
 * Returns: (transfer full) (nullable): the feed; %NULL with @error set
 */
PhFeed *
ph_file_source_new (const char *path, const PhFeedHow *how, GError **error)
{
  g_autofree char *base = g_path_get_basename (path), *name = ph_marks_dup_filename (base);
  g_autoptr (PhFeed) feed = ph_feed_new (PH_FEED_FILE, name, how);
  g_autoptr (Job) job = g_new0 (Job, 1);

  job->feed = ph_feed_ref (feed);
  job->path = g_strdup (path);
  if (!ph_thread_run ("source", read_cb, job, error))
    return NULL;
  job = NULL; /* the thread's */

  return g_steal_pointer (&feed);
}
