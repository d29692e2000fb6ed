/* ph-feed.h: bytes on their way from whoever reads them (a file, standard input) to the worker that sends them
 *
 * A bounded queue of blocks, reference-counted. The reader waits while it is full, so a slow peer slows the reader down, and a file of any
 * size needs the memory of a few blocks. The worker never waits: it is told by a command when there is more.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-record.h"
#include "ph-words.h"

G_BEGIN_DECLS

#define PH_FEED_BLOCK (256u * 1024u)          /* bytes that a reader gives at a time, at most */
#define PH_FEED_WAITING (4u * PH_FEED_BLOCK)  /* bytes in the queue: the reader waits when there are so many */
#define PH_FEED_PIECE_MAX (1024u * 1024u)     /* bytes of a piece */
#define PH_FEED_PIECE_STREAM (64u * 1024u)    /* bytes of a piece if none are asked for: of a stream, */
#define PH_FEED_PIECE_DATAGRAM 1400u          /* and of datagrams, which then fit a frame of Ethernet */
#define PH_FEED_DATAGRAM_MAX 65507u           /* bytes of a datagram: of IPv4, so that it fits both families */
#define PH_FEED_RATE_MAX G_GUINT64_CONSTANT (1000000000000) /* bytes or pieces a second */
#define PH_FEED_SIZE_UNKNOWN G_MAXUINT64      /* of a pipe or a device */

typedef struct _PhFeed PhFeed;
typedef struct _PhInbox PhInbox;

/** PhFeedKind: what is read; it chooses the words of the log. */
typedef enum
{
  PH_FEED_FILE,
  PH_FEED_INPUT, /* standard input */
} PhFeedKind;

/**
 * PhFeedHow: how the bytes are cut, and how fast they go out.
 * @piece: bytes of a piece, of which each is one datagram or one call; 0: %PH_FEED_PIECE_STREAM or %PH_FEED_PIECE_DATAGRAM
 * @lines: each line is a piece, with the line break that it has; @piece is the most that one may have
 * @fill: a piece waits until it is full; else what there is goes out
 * @rate: bytes or pieces a second; 0: as fast as the peer takes them
 */
typedef struct
{
  guint piece;
  gboolean lines;
  gboolean fill;
  guint64 rate;
  gboolean rate_in_pieces;
} PhFeedHow;

/** PhFeedProgress: @size: in bytes, or %PH_FEED_SIZE_UNKNOWN. @sent: bytes that went out, or wait in the queue of the socket */
typedef struct
{
  PhFeedState state;
  gboolean paused;
  guint64 size;
  guint64 sent;
} PhFeedProgress;

PhFeed *ph_feed_new (PhFeedKind kind, const char *name, const PhFeedHow *how);

/* ---- any thread ---- */

PhFeed *ph_feed_ref (PhFeed *feed);
void ph_feed_unref (PhFeed *feed);
PhFeedKind ph_feed_get_kind (const PhFeed *feed);
const char *ph_feed_get_name (const PhFeed *feed);
const PhFeedHow *ph_feed_get_how (const PhFeed *feed);
void ph_feed_get_progress (PhFeed *feed, PhFeedProgress *ret_progress);
void ph_feed_set_paused (PhFeed *feed, gboolean paused);
void ph_feed_cancel (PhFeed *feed);
gboolean ph_feed_is_cancelled (PhFeed *feed);
void ph_feed_describe (PhFeed *feed, PhRecord *ret_record, PhWords *ret_words);

/* ---- the reader ---- */

void ph_feed_begin (PhFeed *feed, guint64 size);
gboolean ph_feed_push (PhFeed *feed, GBytes *block);
void ph_feed_end (PhFeed *feed, const char *cause);

/* ---- the worker ---- */

void ph_feed_attach (PhFeed *feed, PhInbox *inbox);
gboolean ph_feed_has_begun (PhFeed *feed);
GBytes *ph_feed_take (PhFeed *feed, gboolean *ret_ended);
const char *ph_feed_get_cause (PhFeed *feed);
void ph_feed_count (PhFeed *feed, guint64 sent);
void ph_feed_set_state (PhFeed *feed, PhFeedState state, const char *why);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhFeed, ph_feed_unref)

G_END_DECLS
