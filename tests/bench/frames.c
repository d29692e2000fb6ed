/* frames.c: preloaded into a GTK program, records when its frames are painted and their CPU time
 *
 * The program itself knows nothing of it, so an empty window and ours are measured alike.
 *
 *   PORTHOLE_BENCH_START   µs on the monotonic clock, set by who starts the program: prints the milliseconds from there to the
 *                          end of the first window's first paint, and ends the program
 *   PORTHOLE_BENCH_FRAMES  a file, written when the program ends, at SIGTERM at the latest: a line for each frame of the first window, with
 *                          the end of its painting (µs on the monotonic clock) and what the main thread has used so far (µs of
 *                          processor time)
 *   PORTHOLE_BENCH_TICK    asks for a frame each time one may be painted, so that a gap tells how long the main thread was
 *                          busy with something else, even where nothing moves
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <dlfcn.h>
#include <glib-unix.h>
#include <gtk/gtk.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

typedef struct
{
  gint64 time, cpu;
} Frame;

static GArray *frames;

static gboolean
write_frames (void)
{
  FILE *file = fopen (g_getenv ("PORTHOLE_BENCH_FRAMES"), "w");

  for (guint i = 0; file != NULL && i < frames->len; i++)
    {
      Frame *frame = &g_array_index (frames, Frame, i);

      fprintf (file, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", frame->time, frame->cpu);
    }
  if (file != NULL)
    fclose (file);

  return file != NULL;
}

static gboolean
terminate_cb (gpointer unused)
{
  _exit (!write_frames ());
}

static void
after_paint_cb (GdkFrameClock *clock, gpointer unused)
{
  Frame frame = { .time = g_get_monotonic_time () };
  struct timespec used;

  if (frames == NULL)
    {
      printf ("%.2f\n", (double) (frame.time - g_ascii_strtoll (g_getenv ("PORTHOLE_BENCH_START"), NULL, 10)) / 1000.0);
      fflush (stdout);
      _exit (0);
    }
  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &used);
  frame.cpu = used.tv_sec * G_USEC_PER_SEC + used.tv_nsec / 1000;
  g_array_append_val (frames, frame);
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer unused)
{
  return G_SOURCE_CONTINUE;
}

static void
map_cb (GtkWidget *window, gpointer unused)
{
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (after_paint_cb), NULL);
  if (g_getenv ("PORTHOLE_BENCH_TICK") != NULL)
    gtk_widget_add_tick_callback (window, tick_cb, NULL, NULL);
}

static void
window_added_cb (GtkApplication *application, GtkWindow *window, gpointer unused)
{
  g_signal_handlers_disconnect_by_func (application, window_added_cb, unused);
  g_signal_connect_after (window, "map", G_CALLBACK (map_cb), NULL);
}

int
g_application_run (GApplication *application, int argc, char **argv)
{
  int (*real) (GApplication *, int, char **) = (int (*) (GApplication *, int, char **)) dlsym (RTLD_NEXT, "g_application_run");
  int status;

  g_signal_connect (application, "window-added", G_CALLBACK (window_added_cb), NULL);
  if (g_getenv ("PORTHOLE_BENCH_FRAMES") != NULL)
    {
      frames = g_array_new (FALSE, FALSE, sizeof (Frame));
      g_unix_signal_add (SIGTERM, terminate_cb, NULL);
    }

  status = real (application, argc, argv);
  if (frames != NULL)
    write_frames ();

  return status;
}
