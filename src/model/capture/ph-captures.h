/* ph-captures.h: a list of the captures in a folder, newest first, kept within a total size and an age
 *
 * Main thread only; another thread reads the folder and deletes. A capture that is being written or that is claimed is never deleted.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-capture.h"

G_BEGIN_DECLS

#define PH_TYPE_CAPTURES (ph_captures_get_type ())
G_DECLARE_FINAL_TYPE (PhCaptures, ph_captures, PH, CAPTURES, GObject)

/* Property: "deleted" (PhCapture, nullable): what ph_captures_undo() brings back. */
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
void ph_captures_end (PhCaptures *captures);

G_END_DECLS
