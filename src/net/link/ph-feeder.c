/* ph-feeder.c: sends what a feed brings, in pieces, at a rate, and no faster than the peer takes it
 *
 * The next piece waits until the queue of the target is empty, so of a file that goes to one peer hardly a piece is in memory. To all
 * clients it waits until one of them has no queue and none has a full one: the quick ones go ahead as far as the queue of the slow ones
 * allows, and no client misses a byte. Nobody tells when that changes, so it is looked at again after a short while.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-feeder.h"

#include "ph-feed-cut.h"

#define MILLISECOND G_GINT64_CONSTANT (1000000)
#define SECOND (1000 * MILLISECOND)
#define FULL_WAIT (5 * MILLISECOND)     /* before the next look at a queue, if nobody says that it is empty */
#define MADE_UP (100 * MILLISECOND)     /* so short a delay of the rate is made up for */
#define BATCH 64u                       /* pieces of one call */
#define ROUND_MAX (2u * 1024u * 1024u)  /* bytes of one round; then other sockets and commands have their turn */
#define ROUND_PIECES 1024u              /* the same in pieces */
#define PIECES_A_SECOND 20u             /* of a stream at a rate in bytes, at least, where no size is asked for */

struct _PhFeeder
{
  PhLink *link;
  PhFeed *feed;
  PhTarget target;
  PhFeedCut cut;
  GPtrArray *pieces; /* of GBytes: what goes out next */
  PhTimer timer;
  gint64 due;         /* of the next piece, ns on the monotonic clock; 0: nothing was sent yet */
  gboolean begun;     /* the first record is written */
  gboolean last;      /* no piece follows those in @pieces */
  gboolean all;       /* it goes to all clients of a server */
  gboolean counted;   /* ph_feeder_sent() counts what the system takes */
};

static void look_cb (gpointer data);

/* ---- records ---- */

/* Of its state now. */
static void
write_record (PhStore *store, PhFeed *feed)
{
  PhRecord record;
  PhWords words;

  ph_feed_describe (feed, &record, &words);
  record.time = ph_plat_now ();
  ph_store_append (store, &record, words.bytes);
}

/* A line that is longer than a datagram is no single message. */
static void
tell_cut_lines (PhFeeder *self)
{
  PhWords words;

  if (self->cut.cut_lines == 0 || !self->cut.lines || (self->link->transport->flags & PH_TRANSPORT_STREAM) != 0)
    return;
  ph_words_init (&words, "cut-lines", ph_feed_get_name (self->feed));
  ph_words_add_number (&words, "count", self->cut.cut_lines);
  ph_words_add_number (&words, "most", self->cut.most);
  ph_link_words (self->link, PH_RECORD_NOTE, PH_PEER_NONE, PH_ERROR_NONE, &words);
}

/* ---- its end ---- */

static void
end (PhFeeder *self, PhFeedState state, const char *cause)
{
  PhLink *link = self->link;

  link->feeder = NULL;
  ph_timer_clear (&self->timer);
  ph_troubles_tell (link);
  tell_cut_lines (self);
  ph_feed_set_state (self->feed, state, cause);
  write_record (link->store, self->feed);
  ph_feed_unref (self->feed);
  ph_target_clear (&self->target);
  ph_feed_cut_clear (&self->cut);
  g_ptr_array_unref (self->pieces);
  g_free (self);
}

/* What was open only because of it may end now. */
static void
end_by_itself (PhFeeder *self, PhFeedState state, const char *cause)
{
  PhLink *link = self->link;

  end (self, state, cause);
  ph_link_check_finished (link);
}

/* ---- pieces ---- */

static gsize
choose_piece (PhLink *link, const PhFeedHow *how)
{
  gboolean stream = (link->transport->flags & PH_TRANSPORT_STREAM) != 0;
  gsize most = stream ? PH_FEED_PIECE_MAX : PH_FEED_DATAGRAM_MAX;
  gsize usual = stream ? PH_FEED_PIECE_STREAM : PH_FEED_PIECE_DATAGRAM;

  if (how->piece > 0)
    return MIN (how->piece, most);
  if (how->lines)
    return most;
  /* At a low rate a large piece would go out all at once, and then nothing for a long time. */
  if (stream && how->rate > 0 && !how->rate_in_pieces)
    return (gsize) CLAMP (how->rate / PIECES_A_SECOND, 1, usual);

  return usual;
}

static GBytes *
next_piece (PhFeeder *self)
{
  for (;;)
    {
      GBytes *piece = ph_feed_cut_next (&self->cut), *block;

      if (piece != NULL)
        return piece;
      if (self->cut.block != NULL)
        continue;
      block = ph_feed_take (self->feed, &self->last);
      if (block == NULL)
        return self->last ? ph_feed_cut_last (&self->cut) : NULL;
      ph_feed_cut_give (&self->cut, block);
    }
}

static gint64
time_of (const PhFeedHow *how, gsize bytes)
{
  if (how->rate == 0)
    return 0;

  return (gint64) ((double) (how->rate_in_pieces ? 1 : bytes) * SECOND / (double) how->rate);
}

/* Collects the pieces that are due, at most BATCH. Returns whether there is one. */
static gboolean
collect (PhFeeder *self, gint64 now)
{
  const PhFeedHow *how = ph_feed_get_how (self->feed);
  gint64 due = self->due;

  for (guint i = 0; i < self->pieces->len; i++)
    due += time_of (how, g_bytes_get_size (g_ptr_array_index (self->pieces, i)));
  while (self->pieces->len < BATCH && (how->rate == 0 || due <= now))
    {
      GBytes *piece = next_piece (self);

      if (piece == NULL)
        break;
      g_ptr_array_add (self->pieces, piece);
      due += time_of (how, g_bytes_get_size (piece));
    }

  return self->pieces->len > 0;
}

/* ---- sending ---- */

/* Whether the target takes so many bytes without losing any of them. With %PH_LIMIT_QUEUE: whether nothing waits for anybody. */
static gboolean
has_room (PhFeeder *self, gsize bytes)
{
  PhLink *link = self->link;

  if (ph_target_has_queue (link, &self->target) || ph_target_is_waiting (link, &self->target))
    return FALSE;

  return !self->all || link->transport->has_room (link, bytes);
}

static void
drop_pieces (PhFeeder *self, guint n)
{
  const PhFeedHow *how = ph_feed_get_how (self->feed);
  guint64 bytes = 0;

  for (guint i = 0; i < n; i++)
    {
      gsize size = g_bytes_get_size (g_ptr_array_index (self->pieces, i));

      self->due += time_of (how, size);
      bytes += size;
    }
  if (!self->counted)
    ph_feed_count (self->feed, bytes);
  g_ptr_array_remove_range (self->pieces, 0, n);
}

/* Sends pieces that are due in one call. FALSE if that has ended the feeder. @ret_n: how many went out or are queued */
static gboolean
send_some (PhFeeder *self, guint *ret_n)
{
  PhLink *link = self->link;
  PhOutgoing message = { .bytes = g_ptr_array_index (self->pieces, 0), .batch = (GBytes *const *) self->pieces->pdata,
                         .number = PH_FEEDER_NUMBER };
  PhSendResult result = ph_target_send (link, &self->target, &message, self->all ? 1 : self->pieces->len);

  if (link->feeder != self)
    return FALSE; /* the send ended the link */
  *ret_n = MIN (result.sent + result.queued, self->pieces->len);
  drop_pieces (self, *ret_n);
  if (result.refused == 0)
    return TRUE;
  end_by_itself (self, PH_FEED_FAILED, ph_error_id (result.error));

  return FALSE;
}

static void
wait_until (PhFeeder *self, gint64 when)
{
  ph_timer_set (self->link->timers, &self->timer, when, look_cb, self);
}

/* All pieces were handed over, and none waits in a queue any more. */
static void
end_of_feed (PhFeeder *self)
{
  const char *cause = ph_feed_get_cause (self->feed);

  end_by_itself (self, cause != NULL ? PH_FEED_FAILED : PH_FEED_DONE, cause);
}

/* After a delay the rate is kept from now on: what was missed does not go out in one burst. */
static void
set_pace (PhFeeder *self, gint64 now)
{
  if (self->due == 0 || now - self->due > MADE_UP)
    self->due = now;
}

/* Sends what is due, and says when to look again. */
static void
send_due (PhFeeder *self)
{
  gint64 now = ph_plat_monotonic ();
  gboolean more = TRUE; /* there may be another piece that is due */
  gsize bytes = 0;
  guint n = 0, pieces = 0;

  set_pace (self, now);
  while (bytes < ROUND_MAX && pieces < ROUND_PIECES && !ph_store_is_over (self->link->store))
    {
      if (!has_room (self, self->cut.most))
        {
          wait_until (self, now + FULL_WAIT);
          return;
        }
      more = collect (self, now);
      if (!more)
        break;
      if (!send_some (self, &n))
        return;
      if (n == 0)
        {
          wait_until (self, now + FULL_WAIT);
          return;
        }
      pieces += n;
      bytes += n * self->cut.most;
    }
  if (more || self->last)
    wait_until (self, now + 1);
  else if (self->due > now)
    wait_until (self, self->due); /* else the feed tells when it has more */
}

static gboolean
has_all_sent (PhFeeder *self)
{
  return self->last && self->pieces->len == 0;
}

/* Its size is known, or that it cannot be read: that is told at the end. */
static void
begin (PhFeeder *self, guint64 size)
{
  if (self->begun)
    return;
  self->begun = TRUE;
  if (size == PH_FEED_SIZE_UNKNOWN && ph_feed_get_cause (self->feed) != NULL)
    return;
  ph_feed_set_state (self->feed, PH_FEED_RUNNING, NULL);
  write_record (self->link->store, self->feed);
}

static void
look (PhFeeder *self)
{
  PhFeedProgress progress;

  ph_feed_get_progress (self->feed, &progress);
  ph_timer_clear (&self->timer);
  if (ph_feed_is_cancelled (self->feed))
    {
      end_by_itself (self, PH_FEED_STOPPED, "cancelled");
      return;
    }
  if (!ph_feed_has_begun (self->feed))
    return;
  begin (self, progress.size);
  if (!progress.paused && has_all_sent (self) && !has_room (self, PH_LIMIT_QUEUE))
    wait_until (self, ph_plat_monotonic () + FULL_WAIT);
  else if (!progress.paused && has_all_sent (self))
    end_of_feed (self);
  else if (!progress.paused)
    send_due (self);
  else
    self->due = 0;
}

static void
look_cb (gpointer data)
{
  look (data);
}

/* ---- for others ---- */

/**
 * ph_feeder_start:
 * @command: of kind %PH_COMMAND_FEED; its contents are moved out of it
 *
 * Begins to send. One that runs is cancelled.
 */
void
ph_feeder_start (PhLink *link, PhCommand *command)
{
  PhFeeder *self = g_new0 (PhFeeder, 1);
  const PhFeedHow *how = ph_feed_get_how (command->feed);
  gboolean stream = (link->transport->flags & PH_TRANSPORT_STREAM) != 0;

  if (link->feeder != NULL)
    end (link->feeder, PH_FEED_STOPPED, "replaced");
  self->link = link;
  self->feed = g_steal_pointer (&command->feed);
  self->target = command->target;
  command->target = (PhTarget){ 0 };
  self->cut = (PhFeedCut){ .most = choose_piece (link, how), .lines = how->lines, .fill = how->fill || how->lines };
  self->pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  self->all = link->transport->has_room != NULL && (self->target.peer == PH_PEER_ALL || self->target.peer == PH_PEER_NONE);
  self->counted = stream && !self->all;
  link->feeder = self;
  ph_troubles_clear (link);
  ph_feed_attach (self->feed, link->inbox);
  wait_until (self, ph_plat_monotonic () + 1);
}

/** ph_feeder_look: there are blocks again, or a flag of the feed has changed, or a queue has become shorter. */
void
ph_feeder_look (PhLink *link)
{
  if (link->feeder != NULL)
    ph_timer_set (link->timers, &link->feeder->timer, ph_plat_monotonic (), look_cb, link->feeder);
}

/** ph_feeder_stop: for a link that ends: ends the one that runs, with its record. */
void
ph_feeder_stop (PhLink *link, PhLeft why)
{
  gboolean here = why == PH_LEFT_BY_USER || why == PH_LEFT_RESET_HERE;

  if (link->feeder != NULL)
    end (link->feeder, here ? PH_FEED_STOPPED : PH_FEED_FAILED, here ? "closed-here" : "connection-ended");
}

/** ph_feeder_refuse: writes the record of a feed for which nothing is open. */
void
ph_feeder_refuse (PhStore *store, PhFeed *feed)
{
  ph_feed_set_state (feed, PH_FEED_FAILED, ph_error_id (PH_ERROR_NOT_OPEN));
  write_record (store, feed);
}

/** ph_feeder_sent: the system took @n bytes of a piece, at once or out of a queue. */
void
ph_feeder_sent (PhLink *link, gsize n)
{
  if (link->feeder != NULL && link->feeder->counted)
    ph_feed_count (link->feeder->feed, n);
}
