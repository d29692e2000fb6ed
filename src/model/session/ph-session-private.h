/* ph-session-private.h: what the files of the session share among themselves
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

  /* What was asked for and the records do not show yet. */
  guint64 openings_asked;
  guint64 repeats_asked;
  guint64 repeats_stopped; /* of those, the first so many */
  guint64 cleared; /* records before this one go as soon as they are folded */
  gboolean closing;
  gboolean repeating;

  /* What the properties said last. */
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
  PhSpool *spool;   /* nullable: what writes the capture */
  char *folder;     /* nullable: where its file is to be made */
  guint64 file_most, space_least; /* bytes that it may have, and that stay free on the disk */
  char *file;       /* nullable: what is shown was read from this file, and nothing is opened */
};

void ph_session_begin_capture (PhSession *session);
void ph_session_end_capture (PhSession *session);

G_END_DECLS
