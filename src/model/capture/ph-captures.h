/* ph-captures.h: the captures in a folder, the newest first, kept within a size and a number of days
 *
 * Looks, and deletes, on a thread; the list is of the main thread. Nothing that is being written, or that has been claimed, is
 * ever deleted.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-capture.h"

G_BEGIN_DECLS

#define PH_TYPE_CAPTURES (ph_captures_get_type ())
G_DECLARE_FINAL_TYPE (PhCaptures, ph_captures, PH, CAPTURES, GObject)

/* Property: "deleted" (PhCapture, nullable): what an undo would bring back. */
PhCaptures *ph_captures_new (const char *folder);
const char *ph_captures_get_folder (PhCaptures *captures);
void ph_captures_set_limits (PhCaptures *captures, guint64 size, guint days);
guint64 ph_captures_get_size_limit (PhCaptures *captures);
void ph_captures_refresh (PhCaptures *captures);
gboolean ph_captures_is_busy (PhCaptures *captures);

void ph_captures_claim (PhCaptures *captures, const char *path);
void ph_captures_unclaim (PhCaptures *captures, const char *path);

void ph_captures_delete (PhCaptures *captures, PhCapture *capture);
PhCapture *ph_captures_get_deleted (PhCaptures *captures);
void ph_captures_undo (PhCaptures *captures);
void ph_captures_commit (PhCaptures *captures);

G_END_DECLS
