/* frames.c: preloaded into a GTK program, tells when its frames are painted
 *
 * The program itself knows nothing of it, so an empty window and ours are measured alike. Without PORTHOLE_BENCH_FLOOD it prints
 * the milliseconds from PORTHOLE_BENCH_START (µs on the monotonic clock, set by who starts the program) to the end of the
 * first window's first paint, and ends the program. With it, it prints how many frames there were between SIGUSR1 and SIGTERM, and
 * the longest time between two of them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <dlfcn.h>
#include <glib-unix.h>
#include <gtk/gtk.h>
#include <stdio.h>
#include <unistd.h>

static guint n_frames;
static gint64 last, longest;

static gboolean
begin_cb (gpointer unused)
{
  n_frames = 0;
  longest = 0;
  last = g_get_monotonic_time ();

  return G_SOURCE_CONTINUE;
}

static gboolean
terminate_cb (gpointer unused)
{
  printf ("%u %.2f\n", n_frames, (double) longest / 1000.0);
  fflush (stdout);
  _exit (0);
}

static void
after_paint_cb (GdkFrameClock *clock, gpointer unused)
{
  gint64 now = g_get_monotonic_time ();

  if (g_getenv ("PORTHOLE_BENCH_FLOOD") == NULL)
    {
      printf ("%.2f\n", (double) (now - g_ascii_strtoll (g_getenv ("PORTHOLE_BENCH_START"), NULL, 10)) / 1000.0);
      fflush (stdout);
      _exit (0);
    }
  n_frames++;
  longest = MAX (longest, now - last);
  last = now;
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
  g_unix_signal_add (SIGUSR1, begin_cb, NULL);
  g_unix_signal_add (SIGTERM, terminate_cb, NULL);

  return real (application, argc, argv);
}
