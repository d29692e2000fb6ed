/* ph-search.h: finds text, bytes or a regular expression in records
 *
 * What is found is what decoding each record and looking for the text would find. A character that is cut between two records of a
 * stream belongs to the second one, as in the log. Text that begins in one record and ends in the next is not found.
 *
 * Text is searched as bytes: as all byte sequences that decode to it. Bytes that only look like it, because they begin inside
 * another character (GBK, Big5, Shift-JIS, UTF-16), do not match. Records are decoded only for regular expressions. Events are
 * searched in the sentence that the log shows for them.
 *
 * A search is used by one thread at a time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-charset.h"
#include "ph-chunk.h"

G_BEGIN_DECLS

#define PH_SEARCH_AROUND 1024u /* bytes before and after a piece of a record that are searched with it */
#define PH_SEARCH_AHEAD (64u * 1024u) /* bytes behind a piece that an expression may look at */

typedef enum
{
  PH_SEARCH_TEXT,
  PH_SEARCH_HEX,
  PH_SEARCH_REGEX,
} PhSearchMode;

typedef enum
{
  PH_SEARCH_IN = 1 << 0,
  PH_SEARCH_OUT = 1 << 1,
  PH_SEARCH_EVENTS = 1 << 2,
} PhSearchKinds;

#define PH_SEARCH_ALL (PH_SEARCH_IN | PH_SEARCH_OUT | PH_SEARCH_EVENTS)

/**
 * PhSearchQuery:
 * @text: UTF-8: text, hex digits or an expression; an empty one matches every record that fits the other fields
 * @charset: the encoding of payloads, except of those that were sent in another one
 * @as_it_came: those that were received with another one have that too
 * @match_case: if %FALSE, case is ignored
 * @peer: (nullable): only records of peers with this in their address; if it ends in a port, the address must end with it
 * @from, @until: ns since 1970, @until excluded; 0 for no limit
 */
typedef struct
{
  PhSearchMode mode;
  const char *text;
  const PhCharset *charset;
  gboolean as_it_came;
  gboolean match_case;
  PhSearchKinds kinds;
  const char *peer;
  gint64 from, until;
} PhSearchQuery;

/** PhSearchRange: place of a match in bytes; @end is excluded. */
typedef struct
{
  guint32 start, end;
} PhSearchRange;

typedef struct _PhSearch PhSearch;

gboolean ph_search_query_is_empty (const PhSearchQuery *query);
PhSearch *ph_search_new (const PhSearchQuery *query, GError **error);
void ph_search_free (PhSearch *search);
void ph_search_name (PhSearch *search, const PhRecord *record, const guint8 *payload);
gboolean ph_search_chunk (PhSearch *search, const PhChunk *chunk, guint32 from, guint32 to, const int *stop,
                          guint64 *bits);
guint64 ph_search_take_unknown (PhSearch *search, guint64 *ret_first);
gboolean ph_search_ranges (PhSearch *search, const PhRecord *record, const PhCarry *carry, const guint8 *payload,
                           gint64 deadline, GArray *ranges);
gboolean ph_search_ranges_between (PhSearch *search, const PhRecord *record, const PhCarry *carry, const guint8 *payload,
                                   gsize from, gsize to, gint64 deadline, GArray *ranges);
gboolean ph_search_first (PhSearch *search, const PhRecord *record, const PhCarry *carry, const guint8 *payload,
                          gint64 deadline, PhSearchRange *ret_range);
gboolean ph_search_text_ranges (PhSearch *search, const char *text, gsize length, gint64 deadline, GArray *ranges);
guint64 ph_search_get_tries (PhSearch *search);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhSearch, ph_search_free)

G_END_DECLS
