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

/** PhJump: what became of a search for a record. */
typedef enum
{
  PH_JUMP_FOUND,
  PH_JUMP_NOWHERE,  /* there are no records */
  PH_JUMP_NONSENSE, /* neither a number nor a time */
  PH_JUMP_AWAITS,   /* records were asked for that it has to look at */
} PhJump;

gboolean ph_jump_parse_time (const char *text, gint64 newest, gint64 *ret_time);
PhJump ph_jump_find (const char *text, gint64 newest, PhStore *store, guint64 end, guint64 *ret_seq, GError **error);

G_END_DECLS
