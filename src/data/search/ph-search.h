/* ph-search.h: which records contain what is looked for, and where
 *
 * A record is searched as if it stood alone: what begins in one piece of a stream and ends in the next is not found, and
 * neither is what is shown with the help of a character that the piece before it began.
 *
 * Text is encoded once, and then looked for as bytes; a place inside of another character (GBK, Big5, Shift-JIS, UTF-16)
 * is none. Letters are the same small and great if asked for; where that is about other letters than ASCII's, and for
 * regular expressions, records are decoded. Events are searched in the words that the window has for them.
 *
 * A search is used by one thread at a time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-charset.h"
#include "ph-chunk.h"

G_BEGIN_DECLS

#define PH_SEARCH_DECODED_RANGES (64u * 1024u) /* bytes of a record in which the places of an expression are told */
#define PH_SEARCH_AROUND 1024u /* bytes before and behind a piece of a record that are looked at with it */

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
 * @text: UTF-8; hex digits or an expression in those modes; if empty, whatever the rest says
 * @charset: of payloads
 * @peer: (nullable): only records of peers whose address has this in it, and ends with it where that is a port
 * @from, @until: ns since 1970, the first moment and the one behind the last; 0 where there is none
 */
typedef struct
{
  PhSearchMode mode;
  const char *text;
  const PhCharset *charset;
  gboolean match_case;
  PhSearchKinds kinds;
  const char *peer;
  gint64 from, until;
} PhSearchQuery;

/** PhSearchRange: where something was found, in bytes. */
typedef struct
{
  guint32 start, end;
} PhSearchRange;

typedef struct _PhSearch PhSearch;

gboolean ph_search_query_is_empty (const PhSearchQuery *query);
PhSearch *ph_search_new (const PhSearchQuery *query, GError **error);
void ph_search_free (PhSearch *search);
void ph_search_name_peer (PhSearch *search, guint32 peer, const char *address);
gboolean ph_search_chunk (PhSearch *search, const PhChunk *chunk, guint32 from, guint32 to, const int *stop,
                          guint64 *bits);
void ph_search_ranges (PhSearch *search, const PhRecord *record, const guint8 *payload, GArray *ranges);
gboolean ph_search_ranges_between (PhSearch *search, const PhRecord *record, const guint8 *payload, gsize from, gsize to,
                                   gint64 deadline, GArray *ranges);
void ph_search_text_ranges (PhSearch *search, const char *text, gsize length, GArray *ranges);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhSearch, ph_search_free)

G_END_DECLS
