/* ph-capture-memory.h: writes the records that a session has in memory as a capture file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-save-job.h"
#include "ph-session.h"

G_BEGIN_DECLS

typedef struct _PhCaptureMemory PhCaptureMemory;

PhCaptureMemory *ph_capture_memory_new (PhSession *session);
void ph_capture_memory_free (PhCaptureMemory *memory);
gboolean ph_capture_memory_write (PhCaptureMemory *memory, PhSaveJob *job, GError **error);

G_END_DECLS
