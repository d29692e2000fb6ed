/* ph-capture-copy.h: saves a capture, or what a session has in memory, at a place that the user chose
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-save-job.h"
#include "ph-session.h"

G_BEGIN_DECLS

PhSaveJob *ph_capture_copy_start (const char *path, PhSession *session, GFile *to, PhSavedFunc saved, gpointer data);
char *ph_capture_copy_dup_failure (const char *place, const char *why);

G_END_DECLS
