/* ph-jump.h: finds the record that a user asks for by number or by time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-store.h"

G_BEGIN_DECLS

#define PH_JUMP_ERROR (ph_jump_error_quark ())
GQuark ph_jump_error_quark (void);

typedef enum
{
  PH_JUMP_ERROR_NONSENSE, /* neither a number nor a time */
} PhJumpError;

gboolean ph_jump_parse_time (const char *text, gint64 newest, gint64 *ret_time);
gint64 ph_jump_newest (PhStore *store, guint64 end);
gboolean ph_jump_find (const char *text, PhStore *store, guint64 end, guint64 *ret_seq, GError **error);

G_END_DECLS
