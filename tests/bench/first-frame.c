/* first-frame.c: preloaded into a GTK program, ends it when its first frame is painted and tells when that was
 *
 * Prints the milliseconds from PORTHOLE_BENCH_START (µs on the monotonic clock, set by who starts the program) to the end of the first
 * window's first paint. The program itself knows nothing of it, so an empty window and ours are measured alike.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <dlfcn.h>
#include <gtk/gtk.h>
#include <stdio.h>
#include <unistd.h>

static void
after_paint_cb (GdkFrameClock *clock, gpointer unused)
{
  gint64 start = g_ascii_strtoll (g_getenv ("PORTHOLE_BENCH_START"), NULL, 10);

  printf ("%.2f\n", (double) (g_get_monotonic_time () - start) / 1000.0);
  fflush (stdout);
  _exit (0);
}

static void
map_cb (GtkWidget *window, gpointer unused)
{
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (after_paint_cb), NULL);
}

static void
window_added_cb (GtkApplication *application, GtkWindow *window, gpointer unused)
{
  g_signal_connect_after (window, "map", G_CALLBACK (map_cb), NULL);
}

int
g_application_run (GApplication *application, int argc, char **argv)
{
  int (*real) (GApplication *, int, char **) = (int (*) (GApplication *, int, char **)) dlsym (RTLD_NEXT, "g_application_run");

  g_signal_connect (application, "window-added", G_CALLBACK (window_added_cb), NULL);

  return real (application, argc, argv);
}
