/* ph-search-private.h: shared by the files of the search
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-names.h"
#include "ph-needle.h"
#include "ph-search.h"

G_BEGIN_DECLS

struct _PhSearch
{
  PhSearchKinds kinds;
  gint64 from, until;
  gboolean anything; /* there is no text: only the other conditions count */

  /* For payloads: either bytes or an expression. */
  PhNeedle bytes; /* length 0 if not used */
  GRegex *regex;  /* nullable */
  PhDecoder *decoder;
  gboolean inside; /* the bytes may also occur inside a character of this encoding, which is no match */
  char *decoded;   /* the text of @bytes, in lower case if case is ignored */
  gboolean match_case;

  /* For the sentences of events. */
  PhNeedle words;

  char *peer;          /* nullable: part of an address, in lower case */
  gboolean whole_peer; /* it ends in a port, so an address must end with it */
  PhNames *names;
  GHashTable *chosen; /* set of peer numbers */
  GString *scratch;
};

/* State while a payload is decoded from its beginning, to know where its characters begin. */
typedef struct
{
  gsize done;    /* bytes */
  PhCarry carry; /* the unfinished character before that place */
} PhSearchWalk;

gboolean ph_search_find_bytes (PhSearch *self, PhSearchWalk *walk, const guint8 *payload, gsize length, gsize *place);
const char *ph_search_decode (PhSearch *self, const PhRecord *record, const guint8 *payload, gsize *ret_length);

G_END_DECLS
