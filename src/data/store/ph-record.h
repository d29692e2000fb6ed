/* ph-record.h: a record: what happened on a session, when, and with which peer
 *
 * Everything the worker reports is a record in one ordered stream. A record never changes once it is published.
 * Memory and files have the same format: 24 bytes, native byte order, no pointers.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** PhRecordKind: numbers are part of the format and never reused. "Words" are those of ph-words.h: no sentence is stored. */
typedef enum
{
  PH_RECORD_IN = 1,         /* payload: bytes received; detail: number of the DESTINATION, 0: the bound address */
  PH_RECORD_OUT = 2,        /* payload: bytes the system took when it was asked; to all: detail = number of the clients that
                               took all of the message at once; each other one has a record of its own behind it */
  PH_RECORD_OPENING = 3,    /* payload: words, what is being opened; detail: PhOpening */
  PH_RECORD_OPEN = 4,       /* payload: text, the local address really bound; peer: the server of a TCP client;
                               detail: KiB of the receive buffer of datagrams, 65535 for that or more, 0: not told */
  PH_RECORD_PEER = 5,       /* payload: text, the address that a peer number stands for from now on; not an event */
  PH_RECORD_JOINED = 6,     /* payload: text, the address of a new client; names its peer number too */
  PH_RECORD_HALF_CLOSED = 7,/* the peer finished sending (FIN) and may still read */
  PH_RECORD_LEFT = 8,       /* detail: PhLeft; payload: words or nothing */
  PH_RECORD_LOSS = 9,       /* payload: words; detail: PhLoss */
  PH_RECORD_NOTE = 10,      /* payload: words; detail: PhError or 0 */
  PH_RECORD_ERROR = 11,     /* payload: words; detail: PhError */
  PH_RECORD_CLOSED = 12,    /* the end of what OPENING began; detail: PhLeft; payload: words or nothing */
  PH_RECORD_DESTINATION = 13,/* payload: text, the address that the number in detail stands for from now on; no event */
  PH_RECORD_REPEAT = 14,    /* payload: words of a PhRepeat; detail: PhRepeatState; an event only when it has ended */
  PH_RECORD_FEED = 15,      /* payload: words, the file or input that is sent; detail: PhFeedState: its beginning or end */
} PhRecordKind;

typedef enum
{
  PH_RECORD_TRUNCATED = 1 << 0,   /* a datagram longer than could be taken: the rest is lost */
  PH_RECORD_MORE = 1 << 1,        /* OUT: the rest of the message follows in a later record */
  PH_RECORD_KERNEL_TIME = 1 << 2, /* the time is the kernel's, not the program's */
  PH_RECORD_FATAL = 1 << 3,       /* ERROR: it ended the session, or kept it from opening */
  PH_RECORD_UNUSUAL = 1 << 4,     /* DESTINATION: worth showing: not the one address that all else is sent to */
  PH_RECORD_STREAM = 1 << 5,      /* IN, OUT: a piece of a stream; a character may be cut at either end */
  PH_RECORD_ANSWER = 1 << 6,      /* OUT: the answer of a responder, not of the user */
  PH_RECORD_NOT_WHOLE = 1 << 12,  /* OUT: what this client took at once of the message to all before it, if not all */
  PH_RECORD_NO_FRAME = 1 << 13,   /* IN, OUT, of a store of frames: bytes that are in no frame */
  PH_RECORD_CUT = 1 << 14,        /* IN, OUT, of a store of frames: a piece of a frame that is too long */

  PH_RECORD_UNFINISHED = 1 << 9,  /* a frame that never came to its end */

  /* Reserved: no record has them yet. */
  PH_RECORD_CHECK_GOOD = 1 << 7,  /* its check bytes hold */
  PH_RECORD_CHECK_BAD = 1 << 8,   /* its check bytes do not hold */
  PH_RECORD_CHANGED = 1 << 10,    /* changed on purpose, by a relay that makes faults */
  PH_RECORD_TIME_SHARED = 1 << 11,/* its time is that of several records that arrived together */
} PhRecordFlags;

/** PhForm: how the payload of a record was typed, or was set to be shown when it came. */
typedef enum
{
  PH_FORM_NOT_TOLD = 0,
  PH_FORM_TEXT = 1,
  PH_FORM_HEX = 2,
  PH_FORM_AUTOMATIC = 3, /* text where it is text, else hex */
} PhForm;

/** PhOpening: what is being opened carries. The fold has to know before there is data: who joins a stream is a peer. */
typedef enum
{
  PH_OPENING_DATAGRAMS = 1,
  PH_OPENING_STREAM = 2,
} PhOpening;

/** PhLeft: why a peer left or a session closed. */
typedef enum
{
  PH_LEFT_BY_USER = 1, /* closed here */
  PH_LEFT_CLOSED = 2,  /* the peer closed */
  PH_LEFT_RESET = 3,   /* the peer reset the connection (RST) */
  PH_LEFT_KICKED = 4,  /* one client disconnected here */
  PH_LEFT_FAILED = 5,  /* an error, told by the record before */
  PH_LEFT_IDLE = 6,    /* closed here, because nothing was sent for after=ms after the peer had finished sending */
  PH_LEFT_DONE = 7,    /* closed here, because the peer had finished sending, and nothing was left to be sent to it */
  PH_LEFT_RESET_HERE = 8, /* one client disconnected here, by a reset (RST) */
} PhLeft;

/** PhRepeatState: what became of a repeated sending. Of every one that was asked for, one record tells the end. */
typedef enum
{
  PH_REPEAT_RUNNING = 0,
  PH_REPEAT_DONE = 1,    /* as often as was asked for */
  PH_REPEAT_STOPPED = 2, /* stopped or replaced here, or the session closed */
  PH_REPEAT_FAILED = 3,  /* there was nobody to send to, or an error, told by the record before */
} PhRepeatState;

/** PhFeedState: how far a file is, or what comes from standard input. The last three are ends, of which each has exactly one. */
typedef enum
{
  PH_FEED_WAITING_TO_BEGIN = 0, /* never in a record */
  PH_FEED_RUNNING = 1,
  PH_FEED_DONE = 2,    /* all of it went out */
  PH_FEED_STOPPED = 3, /* cancelled or replaced here, or the session closed */
  PH_FEED_FAILED = 4,  /* it could not be read, or not be sent: the word `cause` */
} PhFeedState;

/** PhLoss: where data was lost. */
typedef enum
{
  PH_LOSS_KERNEL = 1, /* datagrams dropped in the socket's receive buffer; count= */
  PH_LOSS_LIMIT = 2,  /* the memory limit is reached: from now on the oldest records go; limit=MiB */
  PH_LOSS_REFUSED = 3,/* messages that were not sent, after the one that an error told of; count=; without other words: the
                         queue of the peer was full */
  PH_LOSS_UNDELIVERED = 4,/* datagrams that were sent and came back as ICMP errors, after the one that an error told of; count= */
} PhLoss;

#define PH_PEER_NONE 0u
#define PH_PEER_ALL G_MAXUINT32

/**
 * PhRecord:
 * @time: ns since 1970-01-01 UTC
 * @peer: peer number of the session, %PH_PEER_NONE or %PH_PEER_ALL
 * @offset: of the payload from the start of the chunk, in bytes: a chunk has 2^20
 * @kind: a #PhRecordKind
 * @length: of the payload, in bytes: at most 2^20 - 1
 * @form: IN and OUT: ph_record_form()
 * @flags: a set of #PhRecordFlags
 * @detail: by kind: #PhOpening, #PhLeft, #PhLoss, #PhError, #PhRepeatState, #PhFeedState, a number or a count
 */
typedef struct
{
  gint64 time;
  guint32 peer;
  guint32 offset : 20;
  guint32 kind : 8;
  guint32 unused_1 : 4;
  guint32 length : 20;
  guint32 form : 8;
  guint32 unused_2 : 4;
  guint16 flags;
  guint16 detail;
} PhRecord;

G_STATIC_ASSERT (sizeof (PhRecord) == 24);

/** ph_record_form: the byte for @form and the number of an encoding, 1 to 63, or 0 for none. */
static inline guint8
ph_record_form (PhForm form, guint encoding)
{
  return (guint8) (encoding << 2 | form);
}

const char *ph_record_kind_id (PhRecordKind kind);
const char *ph_form_id (PhForm form);
PhForm ph_form_find (const char *id);
const char *ph_left_words (PhLeft left);
const char *ph_left_by (PhLeft left);
const char *ph_left_why (PhLeft left);
const char *ph_record_why_id (const PhRecord *record);

/** ph_record_is_data: whether @record carries bytes of a peer (in) or to one (out). */
static inline gboolean
ph_record_is_data (const PhRecord *record)
{
  return record->kind == PH_RECORD_IN || record->kind == PH_RECORD_OUT;
}

/** ph_record_is_stream: whether the payload of @record is a piece of a stream: a character may be cut at both of its ends. */
static inline gboolean
ph_record_is_stream (const PhRecord *record)
{
  return (record->flags & PH_RECORD_STREAM) != 0;
}

/** ph_record_is_silent: whether @record only says what other records mean, or how something goes: no line is shown for it. */
static inline gboolean
ph_record_is_silent (const PhRecord *record)
{
  return record->kind == PH_RECORD_PEER || record->kind == PH_RECORD_DESTINATION
         || (record->kind == PH_RECORD_REPEAT && record->detail == PH_REPEAT_RUNNING)
         || (record->kind == PH_RECORD_OUT && record->length == 0 && (record->flags & PH_RECORD_NOT_WHOLE) != 0);
}

/** ph_record_has_words: whether the payload of @record is words (ph-words.h). */
static inline gboolean
ph_record_has_words (const PhRecord *record)
{
  return record->kind == PH_RECORD_OPENING || record->kind == PH_RECORD_LOSS || record->kind == PH_RECORD_NOTE
         || record->kind == PH_RECORD_ERROR || record->kind == PH_RECORD_REPEAT || record->kind == PH_RECORD_LEFT
         || record->kind == PH_RECORD_CLOSED || record->kind == PH_RECORD_FEED;
}

G_END_DECLS
