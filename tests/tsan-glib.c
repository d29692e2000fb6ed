/* tsan-glib.c: tells ThreadSanitizer about the synchronisation by GLib's locks, queues and pools
 *
 * GLib's mutexes are bare futexes and GLib itself is not instrumented, so ThreadSanitizer takes every hand-over through
 * them for a race. Preloaded before the tests of a -Db_sanitize=thread build, this announces each of them and calls on.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <dlfcn.h>
#include <errno.h>
#include <glib.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Weak: the loader also puts this into programs that are not instrumented. */
void __tsan_acquire (void *) __attribute__ ((weak));
void __tsan_release (void *) __attribute__ ((weak));
void AnnotateIgnoreWritesBegin (const char *file, int line) __attribute__ ((weak));
void AnnotateIgnoreWritesEnd (const char *file, int line) __attribute__ ((weak));

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

/* GLib's slices go from thread to thread under a lock of its own. The only access to one that ThreadSanitizer sees in GLib is
 * the memset() of a new one. Overrides a weak function of ThreadSanitizer. */
const char *__tsan_default_suppressions (void);

const char *
__tsan_default_suppressions (void)
{
  return "race:g_slice_alloc0\n";
}

/* The pages that slices are cut from are made and freed by whichever thread needs or ends one. They come from here instead, where
 * ThreadSanitizer takes neither for an access, and are not used again. Nothing else here asks for aligned memory. */
#define PAGES ((gsize) 1 << 30) /* bytes of addresses; memory only where they are used */

int __interceptor_posix_memalign (void **ret_memory, size_t alignment, size_t size) __attribute__ ((weak));
void __interceptor_free (void *memory) __attribute__ ((weak));
void *__libc_memalign (size_t alignment, size_t size);
void __libc_free (void *memory);

static char *pages;
static _Atomic gsize pages_used;

static void __attribute__ ((constructor))
make_pages (void)
{
  /* Not mmap(): ThreadSanitizer would take that for an access as well. */
  long place = syscall (SYS_mmap, NULL, PAGES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

  if (place != -1 && __interceptor_free != NULL)
    pages = (char *) place;
}

int
posix_memalign (void **ret_memory, size_t alignment, size_t size)
{
  gsize before = pages != NULL ? atomic_fetch_add (&pages_used, size + alignment) : PAGES;
  gsize start = (before + alignment - 1) / alignment * alignment;

  if (start + size <= PAGES)
    *ret_memory = pages + start;
  else if (__interceptor_posix_memalign != NULL)
    return __interceptor_posix_memalign (ret_memory, alignment, size);
  else
    *ret_memory = __libc_memalign (alignment, size);

  return *ret_memory != NULL ? 0 : ENOMEM;
}

void
free (void *memory)
{
  if (pages != NULL && (char *) memory >= pages && (char *) memory < pages + PAGES)
    return;
  if (__interceptor_free != NULL)
    __interceptor_free (memory);
  else
    __libc_free (memory);
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

/* What is made once. Whoever finds it made reads the place in code that ThreadSanitizer sees; that it is made, GLib writes there. */
#undef g_once_init_leave

void
g_once_init_leave (volatile void *place, gsize result)
{
  release ((gconstpointer) place);
  REAL (g_once_init_leave) (place, result);
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

/* Who gives back the last reference clears, after all that the others did. Another thread may give its own back between the release
 * here and the count, so what it did is acquired when it is sure that this is the last. */
static __thread GDestroyNotify clear_func;

static void
clear_acquired (gpointer box)
{
  acquire (box);
  clear_func (box);
}

void
g_atomic_rc_box_release_full (gpointer box, GDestroyNotify clear)
{
  GDestroyNotify outer = clear_func;

  release (box);
  clear_func = clear;
  REAL (g_atomic_rc_box_release_full) (box, clear != NULL ? clear_acquired : NULL);
  clear_func = outer;
}

/* Bytes have no such function. Here nobody else gives a reference back meanwhile: ThreadSanitizer does not see the lock, so it orders
 * nothing else. */
static int unref_lock;
static __thread guint unref_depth;

void
g_bytes_unref (GBytes *bytes)
{
  if (bytes == NULL)
    return;
  while (unref_depth == 0 && __atomic_exchange_n (&unref_lock, 1, __ATOMIC_ACQUIRE) != 0)
    g_thread_yield ();
  unref_depth++;
  release (bytes);
  acquire (bytes);
  REAL (g_bytes_unref) (bytes);
  if (--unref_depth == 0)
    __atomic_store_n (&unref_lock, 0, __ATOMIC_RELEASE);
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

/* Tasks: what the task's maker did is acquired by the thread that runs it, what that thread did by who takes the result.
 * Nothing of GIO is linked here, as the loader also puts this into programs without it. */
typedef struct _GTask GTask;
typedef void (*TaskFunc) (GTask *task, gpointer source, gpointer data, gpointer cancellable);

void g_task_run_in_thread (GTask *task, TaskFunc func);
void g_task_return_pointer (GTask *task, gpointer result, GDestroyNotify destroy);
void g_task_return_boolean (GTask *task, gboolean result);
void g_task_return_error (GTask *task, GError *error);
gpointer g_task_propagate_pointer (GTask *task, GError **error);
gboolean g_task_propagate_boolean (GTask *task, GError **error);

static GHashTable *task_funcs; /* the function of each task that was not begun */
static GMutex task_mutex;

static void
run_task_acquired (GTask *task, gpointer source, gpointer data, gpointer cancellable)
{
  gpointer func = NULL;

  g_mutex_lock (&task_mutex);
  g_hash_table_steal_extended (task_funcs, task, NULL, &func);
  g_mutex_unlock (&task_mutex);
  ((TaskFunc) func) (task, source, data, cancellable);
}

void
g_task_run_in_thread (GTask *task, TaskFunc func)
{
  g_mutex_lock (&task_mutex);
  if (task_funcs == NULL)
    task_funcs = g_hash_table_new (NULL, NULL);
  g_hash_table_insert (task_funcs, task, (gpointer) func);
  g_mutex_unlock (&task_mutex);
  REAL (g_task_run_in_thread) (task, run_task_acquired);
}

void
g_task_return_pointer (GTask *task, gpointer result, GDestroyNotify destroy)
{
  release (task);
  REAL (g_task_return_pointer) (task, result, destroy);
}

void
g_task_return_boolean (GTask *task, gboolean result)
{
  release (task);
  REAL (g_task_return_boolean) (task, result);
}

void
g_task_return_error (GTask *task, GError *error)
{
  release (task);
  REAL (g_task_return_error) (task, error);
}

/* The result comes by a source that the thread makes and the main loop frees; what it takes to attach it, GLib's locks order. */
static char attached;

guint
g_source_attach (GSource *source, GMainContext *context)
{
  guint id;

  release (&attached);
  if (AnnotateIgnoreWritesBegin != NULL)
    AnnotateIgnoreWritesBegin (__FILE__, __LINE__);
  id = REAL (g_source_attach) (source, context);
  if (AnnotateIgnoreWritesEnd != NULL)
    AnnotateIgnoreWritesEnd (__FILE__, __LINE__);
  return id;
}

static void
acquire_result (GTask *task)
{
  acquire (task);
  acquire (&attached);
}

gpointer
g_task_propagate_pointer (GTask *task, GError **error)
{
  acquire_result (task);
  return REAL (g_task_propagate_pointer) (task, error);
}

gboolean
g_task_propagate_boolean (GTask *task, GError **error)
{
  acquire_result (task);
  return REAL (g_task_propagate_boolean) (task, error);
}
