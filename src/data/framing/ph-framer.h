/* ph-framer.h: rules that cut what arrives into frames, as rows of a table
 *
 * A framer is pure: it looks at the bytes of one flow (one peer, one direction) and says where the next frame ends. See ph-frames.h for
 * what feeds it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define PH_FRAME_MOST (512u * 1024u) /* bytes of one frame: as many as a record has. A longer one is cut */
#define PH_FRAME_GAP_MOST 3600000u   /* ms of silence */

typedef struct _PhFrameRule PhFrameRule;

#define PH_FRAME_ERROR (ph_frame_error_quark ())
GQuark ph_frame_error_quark (void);

typedef enum
{
  PH_FRAME_ERROR_WORDS, /* no such rule, or what it is told is wrong */
} PhFrameError;

const char *const *ph_framer_ids (void);

PhFrameRule *ph_frame_rule_parse (const char *words, GError **error);
PhFrameRule *ph_frame_rule_ref (PhFrameRule *rule);
void ph_frame_rule_unref (PhFrameRule *rule);
char *ph_frame_rule_dup_words (const PhFrameRule *rule);
gboolean ph_frame_rule_is_across (const PhFrameRule *rule);
gint64 ph_frame_rule_get_gap (const PhFrameRule *rule);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhFrameRule, ph_frame_rule_unref)

G_END_DECLS
