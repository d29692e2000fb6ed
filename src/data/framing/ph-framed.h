/* ph-framed.h: a store of frames, made from a store of what arrived
 *
 * Reads all records of one store and writes another one: bytes as frames, and events as they are. One thread at a time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-frames.h"
#include "ph-store.h"

G_BEGIN_DECLS

#define PH_FRAMED_KEPT_MOST (64u * 1024u * 1024u) /* bytes of frames that have not ended, of all flows */

typedef struct _PhFramed PhFramed;

PhFramed *ph_framed_new (PhStore *from, PhStore *to, PhFrameRule *rule);
void ph_framed_free (PhFramed *framed);
gboolean ph_framed_take (PhFramed *framed, guint64 end, guint most);
void ph_framed_end (PhFramed *framed);
gint64 ph_framed_get_deadline (PhFramed *framed);
void ph_framed_pass (PhFramed *framed, gint64 now);
guint64 ph_framed_get_next (const PhFramed *framed);
guint64 ph_framed_get_missing (const PhFramed *framed);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhFramed, ph_framed_free)

G_END_DECLS
