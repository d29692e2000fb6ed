/* tsan-glib.c: tells ThreadSanitizer what GLib's locks, queues and pools order
 *
 * GLib's mutexes are bare futexes and GLib itself is not instrumented, so ThreadSanitizer takes every hand-over through
 * them for a race. Preloaded before the tests of a -Db_sanitize=thread build, this announces each of them and calls on.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <dlfcn.h>
#include <glib.h>

/* Weak: the loader also puts this into programs that are not instrumented. */
void __tsan_acquire (void *) __attribute__ ((weak));
void __tsan_release (void *) __attribute__ ((weak));

static void
acquire (gconstpointer place)
{
  if (__tsan_acquire != NULL)
    __tsan_acquire ((void *) place);
}

static void
release (gconstpointer place)
{
  if (__tsan_release != NULL)
    __tsan_release ((void *) place);
}

#define REAL(name) ((__typeof__ (&name)) dlsym (RTLD_NEXT, #name))

void
g_mutex_lock (GMutex *mutex)
{
  static __typeof__ (&g_mutex_lock) real;

  if (real == NULL)
    real = REAL (g_mutex_lock);
  real (mutex);
  acquire (mutex);
}

gboolean
g_mutex_trylock (GMutex *mutex)
{
  gboolean locked = REAL (g_mutex_trylock) (mutex);

  if (locked)
    acquire (mutex);
  return locked;
}

void
g_mutex_unlock (GMutex *mutex)
{
  static __typeof__ (&g_mutex_unlock) real;

  if (real == NULL)
    real = REAL (g_mutex_unlock);
  release (mutex);
  real (mutex);
}

void
g_cond_wait (GCond *cond, GMutex *mutex)
{
  release (mutex);
  REAL (g_cond_wait) (cond, mutex);
  acquire (mutex);
}

gboolean
g_cond_wait_until (GCond *cond, GMutex *mutex, gint64 end_time)
{
  gboolean signalled;

  release (mutex);
  signalled = REAL (g_cond_wait_until) (cond, mutex, end_time);
  acquire (mutex);
  return signalled;
}

void
g_async_queue_push (GAsyncQueue *queue, gpointer data)
{
  release (queue);
  REAL (g_async_queue_push) (queue, data);
}

gpointer
g_async_queue_try_pop (GAsyncQueue *queue)
{
  gpointer data = REAL (g_async_queue_try_pop) (queue);

  acquire (queue);
  return data;
}

gpointer
g_async_queue_pop (GAsyncQueue *queue)
{
  gpointer data = REAL (g_async_queue_pop) (queue);

  acquire (queue);
  return data;
}

gpointer
g_async_queue_timeout_pop (GAsyncQueue *queue, guint64 timeout)
{
  gpointer data = REAL (g_async_queue_timeout_pop) (queue, timeout);

  acquire (queue);
  return data;
}

void
g_atomic_rc_box_release_full (gpointer box, GDestroyNotify clear)
{
  release (box);
  acquire (box);
  REAL (g_atomic_rc_box_release_full) (box, clear);
}

void
g_bytes_unref (GBytes *bytes)
{
  release (bytes);
  acquire (bytes);
  REAL (g_bytes_unref) (bytes);
}

/* Pools: what is pushed is acquired by the thread that runs it. They live as long as the program, and so does this. */
typedef struct
{
  GFunc func;
  gpointer data;
} PoolFunc;

static void
run_acquired (gpointer item, gpointer data)
{
  PoolFunc *pool = data;

  acquire (item);
  pool->func (item, pool->data);
}

GThreadPool *
g_thread_pool_new (GFunc func, gpointer data, int max_threads, gboolean exclusive, GError **error)
{
  static PoolFunc pools[16];
  static guint used;
  PoolFunc *pool = &pools[used++ % G_N_ELEMENTS (pools)];

  *pool = (PoolFunc){ func, data };
  return REAL (g_thread_pool_new) (run_acquired, pool, max_threads, exclusive, error);
}

gboolean
g_thread_pool_push (GThreadPool *pool, gpointer data, GError **error)
{
  release (data);
  return REAL (g_thread_pool_push) (pool, data, error);
}
