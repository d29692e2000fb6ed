/* ph-search-private.h: what the files of the search share among themselves
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-needle.h"
#include "ph-search.h"

G_BEGIN_DECLS

struct _PhSearch
{
  PhSearchKinds kinds;
  gint64 from, until;
  gboolean anything; /* no text: the rest decides */

  /* Payloads: bytes, or an expression. */
  PhNeedle bytes;
  GRegex *regex;
  PhDecoder *decoder;
  gboolean inside; /* a place may lie inside of a character: it has to be looked at */
  char *decoded;   /* what @bytes are, in small letters if those are the same */
  gboolean match_case;

  /* Words of events. */
  PhNeedle words;

  char *peer;          /* a part of an address */
  gboolean whole_peer; /* its end */
  GHashTable *names;  /* peer number → address */
  GHashTable *chosen; /* set of peer numbers */
  GString *scratch;
};

/* How far a payload has been decoded to see where its characters begin. */
typedef struct
{
  gsize done;
  PhCarry carry;
} PhSearchWalk;

gboolean ph_search_find_bytes (PhSearch *self, PhSearchWalk *walk, const guint8 *payload, gsize length, gsize *place);
const char *ph_search_decode (PhSearch *self, const PhRecord *record, const guint8 *payload, gsize *ret_length);

G_END_DECLS
