/* ph-capture-memory.h: what a session has in memory, written as a capture
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-session.h"

G_BEGIN_DECLS

typedef struct _PhCaptureMemory PhCaptureMemory;
typedef void (*PhCaptureProgressFunc) (guint64 done, guint64 all, gpointer data);

PhCaptureMemory *ph_capture_memory_new (PhSession *session);
void ph_capture_memory_free (PhCaptureMemory *memory);
gboolean ph_capture_memory_write (PhCaptureMemory *memory, GOutputStream *to, PhCaptureProgressFunc progress, gpointer data,
                                  GCancellable *cancellable, GError **error);

G_END_DECLS
