/* ph-feed.c: bytes on their way from whoever reads them (a file, standard input) to the worker that sends them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-feed.h"

#include "ph-inbox.h"

#include <stdatomic.h>

struct _PhFeed
{
  PhFeedKind kind;
  PhFeedHow how;
  char *name;

  _Atomic guint64 size, sent;
  atomic_int state; /* PhFeedState; the worker writes it */
  atomic_bool paused, cancelled;

  GMutex mutex; /* guards what follows */
  GCond cond;   /* the queue has room again, or nothing more is wanted */
  GQueue blocks;
  gsize waiting;   /* bytes in @blocks */
  gboolean begun;  /* @size is known, or it has ended */
  gboolean ended;  /* no block follows those in the queue */
  gboolean closed; /* the worker takes no more */
  gboolean hungry; /* the worker has found nothing, and wants to be told */
  char *cause;     /* nullable: why it ended before all was read */
  char *why;       /* nullable: why all was not sent */
  PhInbox *inbox;  /* nullable: of the worker that takes the blocks */
};

/**
 * ph_feed_new:
 * @name: of what is read, for the log
 *
 * Any thread.
 *
 * Returns: (transfer full)
 */
PhFeed *
ph_feed_new (PhFeedKind kind, const char *name, const PhFeedHow *how)
{
  PhFeed *feed = g_atomic_rc_box_new0 (PhFeed);

  feed->kind = kind;
  feed->how = *how;
  feed->name = g_strdup (name);
  atomic_init (&feed->size, PH_FEED_SIZE_UNKNOWN);
  g_mutex_init (&feed->mutex);
  g_cond_init (&feed->cond);
  g_queue_init (&feed->blocks);

  return feed;
}

/** ph_feed_ref: Returns: (transfer full): @feed */
PhFeed *
ph_feed_ref (PhFeed *feed)
{
  return g_atomic_rc_box_acquire (feed);
}

static void
clear_feed (gpointer data)
{
  PhFeed *feed = data;

  g_queue_clear_full (&feed->blocks, (GDestroyNotify) g_bytes_unref);
  g_clear_pointer (&feed->inbox, ph_inbox_unref);
  g_free (feed->cause);
  g_free (feed->why);
  g_free (feed->name);
  g_mutex_clear (&feed->mutex);
  g_cond_clear (&feed->cond);
}

/** ph_feed_unref: @feed: (transfer full): */
void
ph_feed_unref (PhFeed *feed)
{
  g_atomic_rc_box_release_full (feed, clear_feed);
}

PhFeedKind
ph_feed_get_kind (const PhFeed *feed)
{
  return feed->kind;
}

/** ph_feed_get_name: Returns: (transfer none): as ph_feed_new() was given it */
const char *
ph_feed_get_name (const PhFeed *feed)
{
  return feed->name;
}

/** ph_feed_get_how: Returns: (transfer none): as ph_feed_new() was given it */
const PhFeedHow *
ph_feed_get_how (const PhFeed *feed)
{
  return &feed->how;
}

/** ph_feed_get_progress: @ret_progress: (out): counters that change at any time */
void
ph_feed_get_progress (PhFeed *feed, PhFeedProgress *ret_progress)
{
  *ret_progress = (PhFeedProgress){ .state = (PhFeedState) atomic_load (&feed->state),
                                    .paused = atomic_load (&feed->paused),
                                    .size = atomic_load (&feed->size),
                                    .sent = atomic_load (&feed->sent) };
}

/* Has the worker look at the feed again. Called without the mutex. */
static void
wake (PhFeed *feed)
{
  PhInbox *inbox;

  g_mutex_lock (&feed->mutex);
  inbox = feed->inbox != NULL && !feed->closed ? ph_inbox_ref (feed->inbox) : NULL;
  g_mutex_unlock (&feed->mutex);
  if (inbox == NULL)
    return;
  ph_inbox_push_feed_news (inbox);
  ph_inbox_unref (inbox);
}

/** ph_feed_set_paused: nothing goes out while it is paused; what was read waits */
void
ph_feed_set_paused (PhFeed *feed, gboolean paused)
{
  if (atomic_exchange (&feed->paused, paused) != (paused != FALSE))
    wake (feed);
}

/** ph_feed_cancel: ends it: the reader is told to read no more, the worker sends no more. What the system has is not taken back. */
void
ph_feed_cancel (PhFeed *feed)
{
  atomic_store (&feed->cancelled, TRUE);
  g_mutex_lock (&feed->mutex);
  g_cond_signal (&feed->cond);
  g_mutex_unlock (&feed->mutex);
  wake (feed);
}

/** ph_feed_is_cancelled: Returns: whether ph_feed_cancel() was called, or the worker wants no more: a reader ends then */
gboolean
ph_feed_is_cancelled (PhFeed *feed)
{
  return atomic_load (&feed->cancelled);
}

/**
 * ph_feed_describe:
 * @ret_record: (out): of kind %PH_RECORD_FEED, for its state now; without a time
 * @ret_words: (out caller-allocates): its payload
 */
void
ph_feed_describe (PhFeed *feed, PhRecord *ret_record, PhWords *ret_words)
{
  PhFeedProgress progress;

  ph_feed_get_progress (feed, &progress);
  ph_words_init (ret_words, feed->kind == PH_FEED_FILE ? "send-file" : "send-input", feed->name);
  g_mutex_lock (&feed->mutex);
  ph_words_add (ret_words, "cause", feed->why);
  g_mutex_unlock (&feed->mutex);
  if (progress.size != PH_FEED_SIZE_UNKNOWN)
    ph_words_add_number (ret_words, "size", progress.size);
  if (progress.state != PH_FEED_RUNNING)
    ph_words_add_number (ret_words, "sent", progress.sent);
  *ret_record = (PhRecord){ .kind = PH_RECORD_FEED, .detail = (guint16) progress.state, .length = (guint32) ret_words->length };
}

/* ---- the reader ---- */

/* Called with the mutex; whether the worker waits to be told. */
static gboolean
take_hunger (PhFeed *feed)
{
  gboolean hungry = feed->hungry;

  feed->hungry = FALSE;
  return hungry;
}

/**
 * ph_feed_begin:
 * @size: how many bytes there will be, or %PH_FEED_SIZE_UNKNOWN
 *
 * To be called once, before the first block.
 */
void
ph_feed_begin (PhFeed *feed, guint64 size)
{
  atomic_store (&feed->size, size);
  g_mutex_lock (&feed->mutex);
  feed->begun = TRUE;
  take_hunger (feed);
  g_mutex_unlock (&feed->mutex);
  wake (feed);
}

/**
 * ph_feed_push:
 * @block: (transfer full): of no bytes, it is left out
 *
 * Waits while the queue is full.
 *
 * Returns: %FALSE if no more is wanted
 */
gboolean
ph_feed_push (PhFeed *feed, GBytes *block)
{
  gboolean hungry, wanted;

  g_mutex_lock (&feed->mutex);
  while (feed->waiting >= PH_FEED_WAITING && !feed->closed && !atomic_load (&feed->cancelled))
    g_cond_wait (&feed->cond, &feed->mutex);
  wanted = !feed->closed && !atomic_load (&feed->cancelled);
  feed->waiting += g_bytes_get_size (block);
  if (g_bytes_get_size (block) > 0)
    g_queue_push_tail (&feed->blocks, g_bytes_ref (block));
  g_bytes_unref (block);
  hungry = take_hunger (feed);
  g_mutex_unlock (&feed->mutex);
  if (hungry)
    wake (feed);

  return wanted;
}

/**
 * ph_feed_end:
 * @cause: (nullable): why before all was read: a word that events have (ph-format-event.c), or ph_error_id(); %NULL: all was read
 *
 * The last call of the reader. What is in the queue still goes out.
 */
void
ph_feed_end (PhFeed *feed, const char *cause)
{
  g_mutex_lock (&feed->mutex);
  feed->begun = feed->ended = TRUE;
  feed->cause = g_strdup (cause);
  take_hunger (feed);
  g_mutex_unlock (&feed->mutex);
  wake (feed);
}

/* ---- the worker ---- */

/** ph_feed_attach: @inbox: gets a command when there is more, after ph_feed_take() has found nothing; a reference is kept */
void
ph_feed_attach (PhFeed *feed, PhInbox *inbox)
{
  g_mutex_lock (&feed->mutex);
  g_clear_pointer (&feed->inbox, ph_inbox_unref);
  feed->inbox = ph_inbox_ref (inbox);
  g_mutex_unlock (&feed->mutex);
}

/** ph_feed_has_begun: Returns: whether the size is known, or that it cannot be read */
gboolean
ph_feed_has_begun (PhFeed *feed)
{
  gboolean begun;

  g_mutex_lock (&feed->mutex);
  begun = feed->begun;
  g_mutex_unlock (&feed->mutex);

  return begun;
}

/**
 * ph_feed_take:
 * @ret_ended: (out): nothing will follow, if nothing is returned
 *
 * Returns: (transfer full) (nullable): the next block, if there is one already
 */
GBytes *
ph_feed_take (PhFeed *feed, gboolean *ret_ended)
{
  GBytes *block;

  g_mutex_lock (&feed->mutex);
  block = g_queue_pop_head (&feed->blocks);
  if (block != NULL)
    feed->waiting -= g_bytes_get_size (block);
  feed->hungry = block == NULL;
  *ret_ended = block == NULL && feed->ended;
  g_cond_signal (&feed->cond);
  g_mutex_unlock (&feed->mutex);

  return block;
}

/** ph_feed_get_cause: Returns: (transfer none) (nullable): as ph_feed_end() was given it; %NULL before that */
const char *
ph_feed_get_cause (PhFeed *feed)
{
  const char *cause; /* set once, and then it stays */

  g_mutex_lock (&feed->mutex);
  cause = feed->cause;
  g_mutex_unlock (&feed->mutex);

  return cause;
}

/** ph_feed_count: adds to the bytes that went out. */
void
ph_feed_count (PhFeed *feed, guint64 sent)
{
  atomic_fetch_add (&feed->sent, sent);
}

/**
 * ph_feed_set_state:
 * @state: %PH_FEED_RUNNING, or an end: then nothing more is taken, and the reader ends too
 * @why: (nullable): why all was not sent: a word that events have, or ph_error_id()
 */
void
ph_feed_set_state (PhFeed *feed, PhFeedState state, const char *why)
{
  g_mutex_lock (&feed->mutex);
  feed->why = g_strdup (why);
  g_mutex_unlock (&feed->mutex);
  atomic_store (&feed->state, state);
  if (state == PH_FEED_RUNNING)
    return;
  atomic_store (&feed->cancelled, TRUE);
  g_mutex_lock (&feed->mutex);
  feed->closed = TRUE;
  g_clear_pointer (&feed->inbox, ph_inbox_unref);
  g_queue_clear_full (&feed->blocks, (GDestroyNotify) g_bytes_unref);
  feed->waiting = 0;
  g_cond_signal (&feed->cond);
  g_mutex_unlock (&feed->mutex);
}
