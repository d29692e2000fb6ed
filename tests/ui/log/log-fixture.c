/* log-fixture.c: a log view in a window, and records to put in it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "log-fixture.h"

#include <string.h>

#define WIDTH 1000
#define HEIGHT 700

static guint16 data_flags;

void
log_put_bytes (PhStore *store, PhRecordKind kind, guint32 peer, const void *bytes, gsize length)
{
  PhRecord record = { .time = G_GINT64_CONSTANT (1562918765417123456), .length = length, .peer = peer, .kind = kind };

  record.flags = ph_record_is_data (&record) ? data_flags : 0;
  ph_store_append (store, &record, bytes);
}

void
log_put (LogFixture *fixture, PhRecordKind kind, const char *text)
{
  log_put_bytes (fixture->store, kind, 1, text, strlen (text));
}

static void
painted_cb (GdkFrameClock *clock, gboolean *painted)
{
  *painted = TRUE;
}

/* Waits for a frame of the view. */
void
log_paint (LogFixture *fixture)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (fixture->window);
  gboolean painted = FALSE;
  gulong handler = g_signal_connect (clock, "after-paint", G_CALLBACK (painted_cb), &painted);

  gtk_widget_queue_draw (GTK_WIDGET (fixture->view));
  while (!painted)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (clock, handler);
}

/* Whether a line on screen waits for a record of the file. */
gboolean
log_waits (LogFixture *fixture)
{
  for (guint i = 0; i < log_n_rows (fixture); i++)
    if (log_row_at (fixture, i)->line->waits)
      return TRUE;

  return FALSE;
}

/* Waits until the view has seen all records, and a frame is painted with all that are on screen. */
void
log_show (LogFixture *fixture)
{
  ph_store_notify (fixture->store);
  while (ph_session_get_end (fixture->session) < ph_store_end (fixture->store))
    g_main_context_iteration (NULL, TRUE);
  log_paint (fixture);
  while (log_waits (fixture))
    log_paint (fixture);
}

void
log_set_up (LogFixture *fixture, gconstpointer data)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  data_flags = 0;
  fixture->session = ph_session_new ();
  fixture->store = ph_session_get_store (fixture->session);
  fixture->view = PH_LOG_VIEW (ph_log_view_new ());
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), WIDTH, HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (fixture->view));
  gtk_window_set_child (GTK_WINDOW (fixture->window), scrolled);
  ph_log_view_set_session (fixture->view, fixture->session);
  g_object_set (fixture->view, "mode", PH_LOG_MODE_COMFORTABLE, NULL);
  gtk_window_present (GTK_WINDOW (fixture->window));
  while (gtk_widget_get_width (GTK_WIDGET (fixture->view)) == 0)
    g_main_context_iteration (NULL, TRUE);
  log_put (fixture, PH_RECORD_PEER, "127.0.0.1:4000");
  log_show (fixture);
}

void
log_tear_down (LogFixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_assert_finalize_object (fixture->session);
}

char *
log_all_text (LogFixture *fixture)
{
  ph_log_select_all (fixture->view);

  return ph_log_view_dup_selection (fixture->view);
}

void
log_assert_shown (LogFixture *fixture, const char *expected)
{
  g_autofree char *text = log_all_text (fixture);

  g_assert_cmpstr (text, ==, expected);
}

guint
log_n_rows (LogFixture *fixture)
{
  return fixture->view->layout.rows->len;
}

PhLogRow *
log_row_at (LogFixture *fixture, guint n)
{
  return &g_array_index (fixture->view->layout.rows, PhLogRow, n);
}

/* What is put from now on is pieces of streams. */
void
log_make_stream (LogFixture *fixture)
{
  data_flags = PH_RECORD_STREAM;
  g_object_set (fixture->view, "time", "none", NULL);
}

void
log_put_many (LogFixture *fixture, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = g_strdup_printf ("message %u", i);

      log_put (fixture, PH_RECORD_IN, text);
    }
  log_show (fixture);
}
