/* ph-search-private.h: shared by the files of the search
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-expression.h"
#include "ph-flow.h"
#include "ph-names.h"
#include "ph-pattern.h"
#include "ph-search.h"

G_BEGIN_DECLS

struct _PhSearch
{
  PhSearchKinds kinds;
  gint64 from, until;
  gboolean anything; /* there is no text: only the other conditions count */

  /* For records in other encodings: by number; NULL until needed. Only their content is asked for. */
  PhSearch *others[PH_CHARSETS_MAX];
  guint n_others;
  PhSearchMode mode;
  gboolean as_it_came;

  /* For payloads: either bytes or an expression. */
  PhPattern bytes;
  PhExpression *regex; /* nullable */
  PhDecoder *decoder;
  gboolean inside; /* the bytes may also occur inside a character of this encoding, which is no match */
  char *text;      /* nullable: what @bytes is made from */
  gboolean match_case;

  /* For the sentences of events. */
  PhPattern words;

  char *peer;          /* nullable: part of an address, in lower case */
  gboolean whole_peer; /* it ends in a port, so an address must end with it */
  PhNames *names;
  GHashTable *chosen; /* set of peer numbers */
  GString *scratch;

  PhFlows *flows;      /* characters that are cut between records; nullable: the encoding has none, or only bytes are searched */
  GByteArray *joined;  /* such a character and the payload behind it */
  guint64 n_unknown;   /* records that were given up */
  guint64 unknown;     /* the first of them */
};

/**
 * PhSearchPayload: what is searched for a record.
 * @bytes: (array length=length): the payload; before it, @before bytes of a character that is cut between two records
 * @cut: a character at its end may be unfinished, which is not shown with this record
 */
typedef struct
{
  const guint8 *bytes;
  gsize length, before;
  gboolean cut;
} PhSearchPayload;

/* State while a payload is decoded from its beginning, to know where its characters begin. */
typedef struct
{
  gsize done;    /* bytes */
  PhCarry carry; /* the unfinished character before that place */
} PhSearchWalk;

/* ph-search-charsets.c */
PhSearch *ph_search_for (PhSearch *self, const PhRecord *record);
void ph_search_free_others (PhSearch *self);
PhCarry ph_search_follow (PhSearch *self, PhSearch *its, const PhRecord *record, const guint8 *payload);

/* ph-search-text.c */
PhSearchPayload ph_search_join (PhSearch *self, const PhRecord *record, const PhCarry *carry, const guint8 *payload);
gboolean ph_search_find_bytes (PhSearch *self, PhSearchWalk *walk, const PhSearchPayload *payload, gsize *place,
                               gsize *ret_length);
const char *ph_search_decode (PhSearch *self, const PhSearchPayload *payload, gsize *ret_length);
void ph_search_carry (PhSearch *self, const PhRecord *record, const guint8 *payload, const PhCarry *before, PhCarry *ret_carry);

G_END_DECLS
