/* ph-session-capture.h: the capture of a session: the file that its records are written to, or were read from
 *
 * Main thread only.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-session.h"
#include "ph-spool.h"

G_BEGIN_DECLS

/** PhCaptureState: where the records of a session are kept. */
typedef enum
{
  PH_CAPTURE_NONE,    /* nothing was opened yet */
  PH_CAPTURE_MEMORY,  /* in memory only */
  PH_CAPTURE_WRITING, /* in a file */
  PH_CAPTURE_SLOW,    /* in a file, but the disk is slower than the records come */
  PH_CAPTURE_BROKEN,  /* in a file that cannot be written at present: newer records are in memory only */
  PH_CAPTURE_READ,    /* in the file that they were read from */
} PhCaptureState;

PhSession *ph_session_new_from_store (PhStore *store, const char *path);
gboolean ph_session_is_stream (PhSession *session);
gboolean ph_session_is_read_only (PhSession *session);
gboolean ph_session_is_folded (PhSession *session);
guint64 ph_session_get_missing (PhSession *session);
gboolean ph_session_is_damaged (PhSession *session);

void ph_session_set_capture_folder (PhSession *session, const char *folder);
void ph_session_set_capture_limits (PhSession *session, guint64 size, guint64 reserve);
gboolean ph_session_capture_to (PhSession *session, const char *path, GError **error);
gboolean ph_session_finish_capture (PhSession *session);
PhCaptureState ph_session_get_capture_state (PhSession *session);
const char *ph_session_get_capture_path (PhSession *session);
PhSpool *ph_session_get_spool (PhSession *session);
gboolean ph_session_is_paused (PhSession *session);

G_END_DECLS
