/* ph-capture-copy.h: saves a capture, or what a session has in memory, at a place that the user chose
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-save-job.h"
#include "ph-session.h"

G_BEGIN_DECLS

extern const PhSaveContent ph_capture_copy;

gpointer ph_capture_copy_new (const char *path, PhSession *session);

G_END_DECLS
