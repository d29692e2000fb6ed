/* ph-session-private.h: the session struct, for the files of the session
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-session-capture.h"

#include "ph-fold.h"
#include "ph-refresh.h"

G_BEGIN_DECLS

struct _PhSession
{
  GObject parent_instance;

  PhFold fold;

  /* What was asked for; the fold counts how much of it has its record. */
  guint64 openings_asked;
  guint64 repeats_asked;
  guint64 repeats_stopped; /* how many of the first of them */
  guint64 start; /* what is before it was cleared: it is kept, but not shown */
  gboolean closing;
  gboolean repeating;
  guint slots;  /* the highest slot of the repeat list that was used */
  guint listed; /* repeats of the list that run */
  gboolean in_sequence;

  /* The values of the properties that were notified last. */
  PhSessionState state;
  gboolean paused;
  guint8 form; /* of records of what is received */
  char *local;
  char *remote;

  /* owned */
  PhEndpoint *endpoint;
  PhStore *store;
  PhWorker *worker;
  PhRefresh *refresh;
  PhSpool *spool;   /* nullable: writes the capture */
  char *folder;     /* nullable: where the file of the capture is made */
  guint64 file_most, space_least; /* bytes of the file, and that must stay free on the disk */
  char *file;       /* nullable: the session was read from this file and opens nothing */
};

PhWorker *ph_session_get_worker (PhSession *session, GError **error);
void ph_session_update_properties (PhSession *session);
void ph_session_begin_capture (PhSession *session);
void ph_session_want_capture (PhSession *session);
void ph_session_end_capture (PhSession *session);
void ph_session_fail_to_open (PhSession *session, const GError *error);
void ph_session_fail_to_send (PhSession *session);

G_END_DECLS
