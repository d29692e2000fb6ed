/* capture-fixture.h: a session with a capture folder of its own, and a stream through it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "fixture.h"

#include "ph-capture-end.h"
#include "ph-session-capture.h"

#define UNTIL(condition) \
  G_STMT_START \
  { \
    gint64 late = g_get_monotonic_time () + PATIENCE * G_TIME_SPAN_SECOND; \
    while (!(condition)) \
      { \
        g_assert_cmpint (g_get_monotonic_time (), <, late); \
        if (!g_main_context_iteration (NULL, FALSE)) \
          g_usleep (500); \
      } \
  } \
  G_STMT_END

#define STREAM (48u * 1024u * 1024u) /* bytes: more than the memory limit and its slack */

typedef struct
{
  char *home, *folder;
  PhSession *session;
  guint failed;
} Fixture;

void fixture_begin (Fixture *fixture);
Fixture *fixture_new (void);
void fixture_end (Fixture *fixture);
void fixture_free (Fixture *fixture);
void failed_cb (PhSession *session, const char *message, guint code, gboolean fatal, Fixture *fixture);

void open_server (Fixture *fixture);
int connect_peer (Fixture *fixture);
gpointer send_stream_cb (gpointer data);
guint64 check_stream (PhStore *store);
void run_stream (Fixture *fixture);
PhStore *open_file (const char *path);
