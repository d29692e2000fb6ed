/* race.c: hands data over as the program does; with an argument a thread also writes what another reads, without any order
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib.h>

static GAsyncQueue *queue;
static int counter;

static void
clear_cb (gpointer box)
{
  *(int *) box = 0;
}

static gpointer
take_all (gpointer races)
{
  int *box;

  if (races != NULL)
    counter++;
  while ((box = g_async_queue_pop (queue)) != GINT_TO_POINTER (1))
    {
      GBytes *bytes = g_bytes_new_take (g_strdup_printf ("%d", *box), 1);

      g_atomic_rc_box_release_full (box, clear_cb);
      g_bytes_unref (bytes);
    }

  return NULL;
}

int
main (int argc, char **argv)
{
  GThread *thread;

  queue = g_async_queue_new ();
  thread = g_thread_new ("taker", take_all, argc > 1 ? queue : NULL);
  if (argc > 1)
    counter++;
  for (int i = 0; i < 1000; i++)
    {
      int *box = g_atomic_rc_box_new0 (int);

      *box = i;
      g_async_queue_push (queue, g_atomic_rc_box_acquire (box));
      g_atomic_rc_box_release_full (box, clear_cb);
    }
  g_async_queue_push (queue, GINT_TO_POINTER (1));
  g_thread_join (thread);
  g_async_queue_unref (queue);

  return 0;
}
