/* lines-fixture.h: the lines of a log without a view: a store, its source, and records to put in it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-log-source.h"
#include "ph-session.h"

/** Lines: a log in Log mode without times; the test changes @format and calls lines_apply(). */
typedef struct
{
  PhSession *session;
  PhStore *store; /* the session's */
  PhLogSource *source;
  PhLogFormat format;
} Lines;

void lines_set_up (Lines *lines, gconstpointer data);
void lines_tear_down (Lines *lines, gconstpointer data);
void lines_apply (Lines *lines);
void lines_show (Lines *lines, PhStore *store);
void lines_make_stream (void);
void lines_put_bytes (PhStore *store, PhRecordKind kind, guint32 peer, const void *bytes, gsize length);
void lines_put (Lines *lines, PhRecordKind kind, const char *text);
void lines_wait (Lines *lines, guint64 entry);
PhLogLine *lines_dup (Lines *lines, guint n);
PhLogLine *lines_dup_last (Lines *lines, guint n);
gint64 lines_get_cpu (void);
char *lines_dup_all (Lines *lines);
void lines_assert (Lines *lines, const char *expected);
