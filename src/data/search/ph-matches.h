/* ph-matches.h: the matches of a search: a sorted set of sequence numbers, kept as one bit for each record searched
 *
 * It grows at its end and shrinks at its start. Runs of records without a match take no memory. One thread at a time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _PhMatches PhMatches;

PhMatches *ph_matches_new (void);
void ph_matches_free (PhMatches *matches);
void ph_matches_reset (PhMatches *matches, guint64 first);
void ph_matches_append (PhMatches *matches, guint64 first, guint32 n, const guint64 *bits);
void ph_matches_trim (PhMatches *matches, guint64 first);

guint64 ph_matches_end (const PhMatches *matches);
guint64 ph_matches_count (const PhMatches *matches);
gboolean ph_matches_contains (const PhMatches *matches, guint64 seq);
gboolean ph_matches_next (const PhMatches *matches, guint64 seq, guint64 *ret_seq);
gboolean ph_matches_previous (const PhMatches *matches, guint64 seq, guint64 *ret_seq);
guint64 ph_matches_rank (const PhMatches *matches, guint64 seq);
gboolean ph_matches_nth (const PhMatches *matches, guint64 n, guint64 *ret_seq);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhMatches, ph_matches_free)

G_END_DECLS
