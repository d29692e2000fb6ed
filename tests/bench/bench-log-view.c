/* bench-log-view.c: CPU time of a frame while the log follows a flood, beside a GtkListView in the same run
 *
 * Prints the milliseconds of CPU as JSON, for each form of the log, for Stream with reads that go on in one line, and for a
 * GtkListView. With the name of a form as its argument it measures that one only.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gtk/gtk.h>
#include <time.h>

#include "ph-log-view.h"

#define RECORDS 1000000u
#define FRAMES 120u
#define PER_FRAME 500u /* records, rows or lines that arrive between two frames */

typedef void (*AddFunc) (gpointer data, guint n);

static guint64 counter;

static double
cpu_ms (void)
{
  struct timespec time;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);

  return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

static void
painted_cb (GdkFrameClock *clock, guint *painted)
{
  ++*painted;
}

/* CPU ms of one frame, with @add called before each; its own cost is left out. */
static double
measure (GtkWidget *child, AddFunc add, gpointer data)
{
  GtkWidget *window = gtk_window_new (), *scrolled = gtk_scrolled_window_new ();
  GdkFrameClock *clock;
  guint painted = 0;
  double spent = 0;

  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 700); /* more than the log has in a window of 1280 × 800 */
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), child);
  gtk_window_set_child (GTK_WINDOW (window), scrolled);
  gtk_window_present (GTK_WINDOW (window));
  clock = gtk_widget_get_frame_clock (window);
  g_signal_connect (clock, "after-paint", G_CALLBACK (painted_cb), &painted);
  while (painted < 3)
    {
      gtk_widget_queue_draw (child);
      g_main_context_iteration (NULL, TRUE);
    }

  painted = 0;
  for (guint n = 0; n < FRAMES; n++)
    {
      double before;

      add (data, PER_FRAME);
      before = cpu_ms ();
      while (painted <= n)
        g_main_context_iteration (NULL, TRUE);
      spent += cpu_ms () - before;
    }
  g_signal_handlers_disconnect_by_data (clock, &painted);
  gtk_window_destroy (GTK_WINDOW (window));

  return spent / FRAMES;
}

static void
add_records (gpointer data, guint n)
{
  PhStore *store = ph_session_get_store (data);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = g_strdup_printf ("message %" G_GUINT64_FORMAT " of a flood that does not end", counter++);
      PhRecord record = { .time = (gint64) counter * 1000, .length = strlen (text), .kind = PH_RECORD_IN, .peer = 1 };

      ph_store_append (store, &record, text);
    }
  ph_store_notify (store);
}

static double
measure_log (PhSession *session, PhLogMode mode, AddFunc add)
{
  GtkWidget *view = ph_log_view_new ();

  ph_log_view_set_session (PH_LOG_VIEW (view), session);
  g_object_set (view, "mode", mode, NULL);

  return measure (view, add, session);
}

/* Short reads of a stream without a line end. */
static void
add_reads (gpointer data, guint n)
{
  PhStore *store = ph_session_get_store (data);

  for (guint i = 0; i < n; i++)
    {
      const PhRecord record = { .time = (gint64) ++counter * 1000, .length = 8, .kind = PH_RECORD_IN, .peer = 1, .flags = PH_RECORD_STREAM };

      ph_store_append (store, &record, "8 bytes ");
    }
  ph_store_notify (store);
}

static void
add_rows (gpointer data, guint n)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  guint end = g_list_model_get_n_items (data);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (texts, g_strdup_printf ("00:00:00.000  127.0.0.1:7788  message %" G_GUINT64_FORMAT, counter++));
  g_ptr_array_add (texts, NULL);
  gtk_string_list_splice (data, end, 0, (const char *const *) texts->pdata);
}

static void
setup_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  gtk_list_item_set_child (item, g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, NULL));
}

static void
bind_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)),
                       gtk_string_object_get_string (gtk_list_item_get_item (item)));
}

static GtkWidget *list;

static void
add_rows_and_follow (gpointer data, guint n)
{
  add_rows (data, n);
  gtk_widget_activate_action (list, "list.scroll-to-item", "u", g_list_model_get_n_items (data) - 1);
}

static double
measure_list (void)
{
  GtkStringList *strings = gtk_string_list_new (NULL);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  add_rows (strings, RECORDS);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  list = gtk_list_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (strings))), factory);
  gtk_widget_add_css_class (list, "monospace");

  return measure (list, add_rows_and_follow, strings);
}

static PhSession *
make_session (void)
{
  PhSession *session = ph_session_new ();

  ph_store_set_limit (ph_session_get_store (session), 1024 * (guint64) PH_STORE_CHUNK);
  while (counter < RECORDS)
    {
      add_records (session, RECORDS / 100);
      for (guint i = 0; i < 20; i++)
        g_main_context_iteration (NULL, FALSE);
    }

  return session;
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *name;
    PhLogMode mode;
    AddFunc add;
  } rows[] = {
    { "compact", PH_LOG_MODE_COMPACT, add_records }, { "comfortable", PH_LOG_MODE_COMFORTABLE, add_records },
    { "stream", PH_LOG_MODE_STREAM, add_records },   { "reads", PH_LOG_MODE_STREAM, add_reads },
    { "table", PH_LOG_MODE_TABLE, add_records },     { "bytes", PH_LOG_MODE_BYTES, add_records },
  };
  g_autoptr (PhSession) session = NULL;

  gtk_init ();
  session = make_session ();
  g_print ("{");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (argc < 2 || g_str_equal (argv[1], rows[i].name))
      g_print ("\"%s\": %.3f, ", rows[i].name, measure_log (session, rows[i].mode, rows[i].add));
  g_print ("\"list\": %.3f}\n", argc < 2 ? measure_list () : 0);

  return 0;
}
