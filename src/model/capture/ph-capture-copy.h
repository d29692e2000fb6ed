/* ph-capture-copy.h: saves what was captured at a place that the user chose, on a thread
 *
 * Main thread only.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-session.h"

G_BEGIN_DECLS

/** PhCaptureCopy: one that is being saved; gone when its callback has been called. */
typedef struct _PhCaptureCopy PhCaptureCopy;

/* @error is of G_IO_ERROR_CANCELLED where that was asked for. */
typedef void (*PhCaptureCopyFunc) (GFile *to, const GError *error, gpointer data);

PhCaptureCopy *ph_capture_copy_start (const char *path, PhSession *session, GFile *to, PhCaptureCopyFunc copied,
                                      gpointer data);
double ph_capture_copy_get_progress (PhCaptureCopy *copy);
void ph_capture_copy_cancel (PhCaptureCopy *copy);
void ph_capture_copy_wait (void);

G_END_DECLS
