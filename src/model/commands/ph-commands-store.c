/* ph-commands-store.c: keeps quick commands in a file: reads it, and writes it when something changes
 *
 * One thread at a time reads or writes. What changes while it runs is written afterwards, as often as it may change. The file is
 * replaced when the new one is on the disk, so a crash leaves one of the two.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-commands-store.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#include "ph-commands-json.h"
#include "ph-error.h"
#include "ph-marks.h"
#include "ph-task.h"

#define PAUSE 300u       /* ms from the first change to the writing, as somebody who types changes again and again */
#define ASIDE_MAX 1000u  /* names that are tried */

/* What a thread does, and what came of it. */
typedef struct
{
  char *path;
  char *json; /* nullable: that is to be written, else the file is read */

  PhCommands *commands; /* nullable: that were read */
  GError *error;        /* nullable */
  gboolean blocked;     /* the file is still there and must not be overwritten */
} Job;

struct _PhCommandsStore
{
  GObject parent_instance;

  gboolean loaded, changed, blocked;
  guint timer;
  guint jobs; /* that were started */

  /* owned */
  char *path;
  PhCommands *commands;
  Job *job; /* nullable: whose thread runs, or whose result is not taken yet */
};

G_DEFINE_FINAL_TYPE (PhCommandsStore, ph_commands_store, G_TYPE_OBJECT)

enum
{
  SIGNAL_LOADED,
  SIGNAL_FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* A job whose thread is done has @done. */
static GMutex mutex;
static GCond cond;
static GHashTable *running; /* of Job */

static void
job_free (Job *job)
{
  g_free (job->path);
  g_free (job->json);
  g_clear_object (&job->commands);
  g_clear_error (&job->error);
  g_free (job);
}

/* ---- on the thread ---- */

/* Returns: (transfer full) (nullable): the new name of a file that cannot be read; NULL where it could not be renamed */
static char *
put_aside (const char *path)
{
  for (guint i = 1; i <= ASIDE_MAX; i++)
    {
      g_autofree char *aside = g_strdup_printf ("%s.broken%u", path, i);

      if (!g_file_test (aside, G_FILE_TEST_EXISTS))
        return g_rename (path, aside) == 0 ? g_steal_pointer (&aside) : NULL;
    }

  return NULL;
}

static PhCommands *
read_bytes (const char *path, GError **error)
{
  g_autofree char *bytes = NULL;
  GStatBuf status;
  gsize length;

  if (g_stat (path, &status) == 0 && status.st_size > (gint64) PH_COMMANDS_FILE_MAX)
    {
      g_set_error_literal (error, PH_ERROR, PH_ERROR_FILE_SIZE, _("the file is too large for quick commands"));
      return NULL;
    }
  if (!g_file_get_contents (path, &bytes, &length, error))
    return NULL;

  return ph_commands_read_json (bytes, length, FALSE, error);
}

/* As ph_commands_store_read(), and puts a file aside that cannot be read. */
static void
job_load (Job *job)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *aside = NULL, *shown_aside = NULL;

  job->commands = ph_commands_store_read (job->path, &error);
  if (job->commands != NULL)
    return;
  aside = put_aside (job->path);
  job->blocked = aside == NULL;
  if (aside == NULL)
    {
      job->error = g_error_new (error->domain, error->code, _("%s (nothing is written there, so changes are lost when the program ends)"),
                                error->message);
      return;
    }
  shown_aside = ph_marks_dup_filename (aside);
  job->error = g_error_new (error->domain, error->code, _("%s (the file is kept as “%s”)"), error->message, shown_aside);
}

static gboolean
write_file (Job *job, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (job->path);
  gsize length = strlen (job->json);

  if (length > PH_COMMANDS_FILE_MAX)
    {
      g_set_error_literal (error, PH_ERROR, PH_ERROR_FILE_SIZE, _("they are too many for one file"));
      return FALSE;
    }
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error_literal (error, G_FILE_ERROR, g_file_error_from_errno (errno), g_strerror (errno));
      return FALSE;
    }

  return g_file_set_contents_full (job->path, job->json, (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0600, error);
}

static GError *
new_failure (const Job *job, GQuark domain, int code, const char *why)
{
  g_autofree char *shown = ph_marks_dup_filename (job->path);

  return g_error_new (domain, code, job->json != NULL ? _("cannot save the quick commands in “%s”: %s")
                                                      : _("cannot read the quick commands in “%s”: %s"), shown, why);
}

static void
job_save (Job *job)
{
  g_autoptr (GError) error = NULL;

  if (!write_file (job, &error))
    job->error = new_failure (job, error->domain, error->code, error->message);
}

static void
job_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;

  if (job->json != NULL)
    job_save (job);
  else
    job_load (job);
  g_mutex_lock (&mutex);
  g_hash_table_remove (running, job);
  g_cond_broadcast (&cond);
  g_mutex_unlock (&mutex);
  g_task_return_boolean (task, TRUE);
}

/* ---- on the main thread ---- */

static void start_save (PhCommandsStore *self);

static void
fail (PhCommandsStore *self, const GError *error)
{
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
}

static void
pause_cb (gpointer data)
{
  PhCommandsStore *self = data;

  self->timer = 0;
  start_save (self);
}

/* Writes what has changed, soon, unless somebody writes already. */
static void
plan_save (PhCommandsStore *self)
{
  if (self->changed && self->loaded && !self->blocked && self->job == NULL && self->timer == 0)
    self->timer = g_timeout_add_once (PAUSE, pause_cb, self);
}

static void
changed_cb (PhCommandsStore *self)
{
  self->changed = TRUE;
  plan_save (self);
}

/* What was added before the file was read stays behind what it has. */
static void
take_loaded (PhCommandsStore *self, Job *job)
{
  g_autoptr (GError) error = NULL;
  gboolean changed = self->changed;

  self->blocked = job->blocked;
  if (job->commands != NULL && !ph_commands_take_all (self->commands, 0, job->commands, &error))
    {
      self->blocked = TRUE;
      fail (self, error);
    }
  self->changed = changed;
  self->loaded = TRUE;
  g_signal_emit (self, signals[SIGNAL_LOADED], 0);
}

/* Takes the result of the job, which is done. What could not be written is written with the next change, not again and again. */
static void
take_result (PhCommandsStore *self)
{
  Job *job = g_steal_pointer (&self->job);

  if (job == NULL)
    return;
  if (job->json == NULL)
    take_loaded (self, job);
  plan_save (self);
  self->changed |= job->json != NULL && job->error != NULL;
  if (job->error != NULL)
    fail (self, job->error);
  job_free (job);
}

static gboolean
is_running (Job *job)
{
  return job != NULL && g_hash_table_contains (running, job);
}

static void
set_running (Job *job, gboolean runs)
{
  g_mutex_lock (&mutex);
  if (running == NULL)
    running = g_hash_table_new (NULL, NULL);
  if (runs)
    g_hash_table_add (running, job);
  else
    g_hash_table_remove (running, job);
  g_mutex_unlock (&mutex);
}

/* Waits for the thread of the job, and takes its result. */
static void
finish_job (PhCommandsStore *self)
{
  g_mutex_lock (&mutex);
  while (is_running (self->job))
    g_cond_wait (&cond, &mutex);
  g_mutex_unlock (&mutex);
  take_result (self);
}

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  PhCommandsStore *self = PH_COMMANDS_STORE (source);

  g_task_propagate_boolean (G_TASK (result), NULL);
  /* A flush may have taken the result, and started another job. */
  if (self->jobs == GPOINTER_TO_UINT (data))
    finish_job (self);
}

/* Takes @json. */
static void
start (PhCommandsStore *self, char *json)
{
  Job *job = g_new0 (Job, 1);
  g_autoptr (GTask) task = g_task_new (self, NULL, ended_cb, GUINT_TO_POINTER (++self->jobs));

  job->path = g_strdup (self->path);
  job->json = json;
  self->job = job;
  set_running (job, TRUE);
  g_task_set_task_data (task, job, NULL);
  if (ph_task_run (task, job_thread))
    return;
  set_running (job, FALSE);
  job->blocked = json == NULL;
  job->error = new_failure (job, PH_ERROR, PH_ERROR_NO_THREAD, ph_error_why (PH_ERROR_NO_THREAD));
}

static void
start_save (PhCommandsStore *self)
{
  self->changed = FALSE;
  start (self, ph_commands_write_json (self->commands));
}

static void
ph_commands_store_dispose (GObject *object)
{
  PhCommandsStore *self = PH_COMMANDS_STORE (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->commands);

  G_OBJECT_CLASS (ph_commands_store_parent_class)->dispose (object);
}

static void
ph_commands_store_finalize (GObject *object)
{
  PhCommandsStore *self = PH_COMMANDS_STORE (object);

  g_clear_pointer (&self->job, job_free);
  g_free (self->path);

  G_OBJECT_CLASS (ph_commands_store_parent_class)->finalize (object);
}

static void
ph_commands_store_class_init (PhCommandsStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ph_commands_store_dispose;
  object_class->finalize = ph_commands_store_finalize;

  signals[SIGNAL_LOADED] = g_signal_new ("loaded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_FAILED]
      = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
ph_commands_store_init (PhCommandsStore *self)
{
  self->commands = ph_commands_new ();
  g_signal_connect_object (self->commands, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}

/**
 * ph_commands_store_new:
 * @path: (type filename): need not exist; its folder is made when something is written
 *
 * Returns: (transfer full): a store whose list is empty until ph_commands_store_load() has read the file
 */
PhCommandsStore *
ph_commands_store_new (const char *path)
{
  PhCommandsStore *self = g_object_new (PH_TYPE_COMMANDS_STORE, NULL);

  self->path = g_strdup (path);

  return self;
}

/**
 * ph_commands_store_load:
 *
 * Begins to read the file, once. "loaded" is emitted in the main loop. Nothing is written before.
 */
void
ph_commands_store_load (PhCommandsStore *store)
{
  g_return_if_fail (PH_IS_COMMANDS_STORE (store));

  if (!store->loaded && store->job == NULL)
    start (store, NULL);
}

/**
 * ph_commands_store_get_commands:
 *
 * Returns: (transfer none): the same list from the beginning to the end
 */
PhCommands *
ph_commands_store_get_commands (PhCommandsStore *store)
{
  return store->commands;
}

gboolean
ph_commands_store_is_loaded (PhCommandsStore *store)
{
  return store->loaded;
}

/**
 * ph_commands_store_flush:
 *
 * Waits until what has changed is on the disk. For the end of the program; needs no main loop.
 */
void
ph_commands_store_flush (PhCommandsStore *store)
{
  g_return_if_fail (PH_IS_COMMANDS_STORE (store));

  finish_job (store);
  g_clear_handle_id (&store->timer, g_source_remove);
  if (!store->changed || !store->loaded || store->blocked)
    return;
  start_save (store);
  finish_job (store);
}

/**
 * ph_commands_store_read:
 * @path: (type filename): a file that need not exist
 *
 * Reads the file at once and leaves it as it is. For programs without a window; any thread.
 *
 * Returns: (transfer full) (nullable): the commands, which are none where there is no file; %NULL with @error
 */
PhCommands *
ph_commands_store_read (const char *path, GError **error)
{
  g_autoptr (GError) why = NULL;
  PhCommands *commands = read_bytes (path, &why);
  g_autofree char *shown = NULL;

  if (commands != NULL)
    return commands;
  if (g_error_matches (why, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return ph_commands_new ();
  shown = ph_marks_dup_filename (path);
  g_set_error (error, why->domain, why->code, _("“%s”: %s"), shown, why->message);

  return NULL;
}
