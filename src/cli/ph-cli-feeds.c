/* ph-cli-feeds.c: what a run sends as a stream of bytes: the file of --send-file, and then standard input with --input=raw
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-cli-feeds.h"

#include "ph-file-source.h"
#include "ph-plat-stdio.h"
#include "ph-thread.h"

/* Bytes of one read: what a pipe holds, and too little for malloc() to ask the system for each block. */
#define READ_SIZE (64u * 1024u)

static gpointer
read_input_cb (gpointer data)
{
  g_autoptr (PhFeed) feed = data;
  gboolean wanted = TRUE;
  gssize got = 0;

  ph_feed_begin (feed, PH_FEED_SIZE_UNKNOWN);
  while (wanted)
    {
      guint8 *buffer = g_malloc (READ_SIZE);

      got = ph_plat_stdio_read (buffer, READ_SIZE);
      if (got <= 0)
        {
          g_free (buffer);
          break;
        }
      wanted = ph_feed_push (feed, g_bytes_new_take (buffer, (gsize) got));
    }
  ph_feed_end (feed, got < 0 ? "input-failed" : NULL);

  return NULL;
}

/* Nobody waits for the thread: a read of standard input may never end. */
static PhFeed *
new_input (const PhFeedHow *how, GError **error)
{
  g_autoptr (PhFeed) feed = ph_feed_new (PH_FEED_INPUT, "-", how);

  if (!ph_thread_run ("input", read_input_cb, ph_feed_ref (feed), error))
    {
      ph_feed_unref (feed); /* the thread's */
      return NULL;
    }

  return g_steal_pointer (&feed);
}

/* The next one that was asked for; NULL without @error if there is none. */
static PhFeed *
next_feed (PhCliFeeds *feeds, const PhCliOptions *options, GError **error)
{
  PhFeedHow how = options->feed;

  if (options->send_file != NULL && !feeds->file_begun)
    {
      feeds->file_begun = TRUE;
      how.fill = TRUE;
      return ph_file_source_new (options->send_file, &how, error);
    }
  if (options->input == PH_CLI_INPUT_RAW && !feeds->input_begun)
    {
      feeds->input_begun = TRUE;
      return new_input (&how, error);
    }

  return NULL;
}

/**
 * ph_cli_feeds_go_on:
 *
 * Begins the next one that was asked for, if none runs. To be called when there is somebody to send to, and after each record.
 *
 * Returns: %FALSE with @error if it cannot be begun
 */
gboolean
ph_cli_feeds_go_on (PhCliFeeds *feeds, const PhCliOptions *options, PhSession *session, PhMessageTarget *target, GError **error)
{
  GError *why = NULL;
  PhTarget to;

  if (feeds->current != NULL)
    return TRUE;
  feeds->current = next_feed (feeds, options, &why);
  if (feeds->current == NULL && why == NULL)
    return TRUE;
  if (why == NULL && ph_message_target_aim (target, &to, &why) && ph_session_send_feed (session, &to, feeds->current))
    return TRUE;
  g_clear_pointer (&feeds->current, ph_feed_unref);
  if (why != NULL)
    g_propagate_error (error, why);

  return why == NULL;
}

/** ph_cli_feeds_record: @record: of kind %PH_RECORD_FEED */
void
ph_cli_feeds_record (PhCliFeeds *feeds, const PhRecord *record)
{
  if (record->detail != PH_FEED_RUNNING)
    g_clear_pointer (&feeds->current, ph_feed_unref);
}

/** ph_cli_feeds_are_wanted: Returns: whether @options ask for one */
gboolean
ph_cli_feeds_are_wanted (const PhCliOptions *options)
{
  return options->send_file != NULL || options->input == PH_CLI_INPUT_RAW;
}

/** ph_cli_feeds_are_done: Returns: whether all that were asked for have ended */
gboolean
ph_cli_feeds_are_done (const PhCliFeeds *feeds, const PhCliOptions *options)
{
  return feeds->current == NULL && (feeds->file_begun || options->send_file == NULL)
         && (feeds->input_begun || options->input != PH_CLI_INPUT_RAW);
}

/** ph_cli_feeds_clear: cancels the one that runs. */
void
ph_cli_feeds_clear (PhCliFeeds *feeds)
{
  if (feeds->current != NULL)
    ph_feed_cancel (feeds->current);
  g_clear_pointer (&feeds->current, ph_feed_unref);
}
