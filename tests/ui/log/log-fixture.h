/* log-fixture.h: a log view in a window, and records to put in it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-log-private.h"

typedef struct
{
  PhSession *session;
  PhStore *store;
  GtkWidget *window;
  PhLogView *view;
} LogFixture;

void log_put_bytes (PhStore *store, PhRecordKind kind, guint32 peer, const void *bytes, gsize length);
void log_put (LogFixture *fixture, PhRecordKind kind, const char *text);
void log_paint (LogFixture *fixture);
gboolean log_waits (LogFixture *fixture);
void log_show (LogFixture *fixture);
void log_set_up (LogFixture *fixture, gconstpointer data);
void log_tear_down (LogFixture *fixture, gconstpointer data);
char *log_all_text (LogFixture *fixture);
void log_assert_shown (LogFixture *fixture, const char *expected);
guint log_n_rows (LogFixture *fixture);
PhLogRow *log_row_at (LogFixture *fixture, guint n);
void log_make_stream (LogFixture *fixture);
void log_put_many (LogFixture *fixture, guint n);
