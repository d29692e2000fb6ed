/* ph-log-source-private.h: shared by the files of the log's source
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-finder.h"
#include "ph-log-lines.h"
#include "ph-log-source.h"
#include "ph-log-stream.h"

G_BEGIN_DECLS

typedef struct _PhLogHighlights PhLogHighlights;

#define PH_LOG_STREAM_KNOWN (2 * PH_LOG_STREAM_RECORDS + 1)

/** PhLogStream: the last reads of Stream that were looked at, the newest one first, and whether each goes on in the line of the one before. */
typedef struct
{
  guint64 seqs[PH_LOG_STREAM_KNOWN];
  gboolean continues[PH_LOG_STREAM_KNOWN];
  guint n;
} PhLogStream;

struct _PhLogSource
{
  PhLogFormat format;
  guint64 first, end; /* sequence numbers, as of the last ph_log_source_advance() */
  guint64 dropped;     /* 0 where the log begins later, because it was cleared */
  guint64 start; /* what is before it was cleared */
  guint64 hidden_from;
  guint64 hidden_number; /* of the first hidden record */
  gsize n_starts;  /* over all cached items */
  guint64 n_item_lines; /* the same */
  guint estimate;  /* lines of a record that is not there yet */
  guint n_readers; /* nested read sections */

  /* borrowed */
  PhStore *store;
  PhLogPeerFunc peer;
  gpointer peer_data;
  const PhMatches *filter; /* NULL: everything is shown */
  PhFinder *finder;        /* NULL: nothing is marked */
  const PhOpened *opened;  /* NULL: not known */

  /* owned */
  PhLogForms *forms;
  PhLogCarry *carries[PH_CHARSETS_MAX];        /* by number of the charset: for the lines; NULL until needed */
  PhLogCarry *search_carries[PH_CHARSETS_MAX]; /* the same, for the search, to which it is all one what is shown as hex */
  GHashTable *items; /* sequence number → PhLogItem */
  GHashTable *lines; /* itself → PhLogLine */
  GHashTable *runs;  /* itself → PhLogLine: lines that are drawn together */
  PhLogStream stream;
  GArray *unfolded;  /* of sequence numbers: long payloads that are shown whole */

  /* The matches in one piece of a record. */
  GArray *found; /* of PhSearchRange */
  guint64 found_seq;
  gsize found_piece;
  guint found_serial;
  guint serial;      /* of the query */
  guint64 slow_seq;  /* the first record in which the query was given up */
  gboolean slow;     /* there is one, and nobody was told yet */
  guint slow_serial; /* the query for which somebody was told */

  PhLogHighlights *highlights;
};

PhLogHighlights *ph_log_highlights_new (void);
void ph_log_highlights_free (PhLogHighlights *highlights);
void ph_log_highlights_forget (PhLogHighlights *highlights);

void ph_log_source_forget (PhLogSource *self);
void ph_log_source_pause_read (PhLogSource *self);
PhLogItem *ph_log_source_get_item (PhLogSource *self, guint64 seq, const guint8 **ret_payload);
PhCarry ph_log_source_get_carry (PhLogSource *self, const PhLogItem *item);
PhLogContext ph_log_source_make_context (PhLogSource *self, const PhLogItem *item, const guint8 *payload);

G_END_DECLS
