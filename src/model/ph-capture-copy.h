/* ph-capture-copy.h: copies a capture to a place that the user chose, on a thread
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-session.h"

G_BEGIN_DECLS

typedef void (*PhCaptureCopyFunc) (GFile *to, const GError *error, gpointer data);

void ph_capture_copy (const char *path, PhSession *session, GFile *to, PhCaptureCopyFunc copied, gpointer data);

G_END_DECLS
