/* ph-captures.c: a list of the captures in a folder, newest first, kept within a total size and an age
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-captures.h"

#include "ph-plat-file.h"
#include "ph-task.h"

#define DAY (24 * 60 * 60 * G_TIME_SPAN_SECOND)
#define DAYS_MAX 36500u
#define YOUNG (60 * G_TIME_SPAN_SECOND) /* a file this young is not deleted: its writer may not have locked it yet */

struct _PhCaptures
{
  GObject parent_instance;

  char *folder;
  guint64 size;        /* limit in bytes */
  guint days;          /* limit */
  GPtrArray *items;    /* of PhCapture */
  GHashTable *claimed; /* path → number of claims */
  GPtrArray *doomed;   /* of paths: what was deleted and is removed by the next refresh */
  PhCapture *deleted;  /* nullable: not in the list any more; its file is removed by the next commit */
  gboolean busy;       /* a thread is at work */
  gboolean again;      /* what it finds will be out of date */
};

static void ph_captures_list_init (GListModelInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (PhCaptures, ph_captures, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, ph_captures_list_init))

enum
{
  PROP_DELETED = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

/* ---- the list ---- */

static GType
ph_captures_get_item_type (GListModel *list)
{
  return PH_TYPE_CAPTURE;
}

static guint
ph_captures_get_n_items (GListModel *list)
{
  return PH_CAPTURES (list)->items->len;
}

static gpointer
ph_captures_get_item (GListModel *list, guint position)
{
  GPtrArray *items = PH_CAPTURES (list)->items;

  return position < items->len ? g_object_ref (items->pdata[position]) : NULL;
}

static void
ph_captures_list_init (GListModelInterface *iface)
{
  iface->get_item_type = ph_captures_get_item_type;
  iface->get_n_items = ph_captures_get_n_items;
  iface->get_item = ph_captures_get_item;
}

/* ---- on the other thread ---- */

/* A copy of what the thread needs, so that nothing is shared. */
typedef struct
{
  char *folder;
  guint64 size;
  guint days;
  GHashTable *claimed;
  GPtrArray *doomed;
} Look;

static void
look_free (gpointer data)
{
  Look *look = data;

  g_free (look->folder);
  g_hash_table_unref (look->claimed);
  g_ptr_array_unref (look->doomed);
  g_free (look);
}

/* Removes what the user has deleted, unless it is shown or being written. */
static void
remove_doomed (GPtrArray *doomed, GHashTable *claimed)
{
  for (guint i = 0; i < doomed->len; i++)
    if (!g_hash_table_contains (claimed, doomed->pdata[i]) && !ph_plat_file_has_writer (doomed->pdata[i]))
      ph_plat_file_remove (doomed->pdata[i]);
}

/* Removes files from the oldest to the newest: those that are too old or empty, and as many as are needed to get below the size. */
static void
clean (const Look *look, GPtrArray *infos)
{
  gint64 now = g_get_real_time ();
  guint64 total = 0;

  for (guint i = 0; i < infos->len; i++)
    total += ((PhCaptureInfo *) infos->pdata[i])->size;
  for (guint i = infos->len; i > 0; i--)
    {
      const PhCaptureInfo *info = infos->pdata[i - 1];
      gboolean old = now - info->changed > look->days * DAY;
      gboolean kept = info->live || now - info->changed <= YOUNG || g_hash_table_contains (look->claimed, info->path);

      if (kept || !(old || info->size == 0 || total > look->size))
        continue;
      /* It may have got a writer since the folder was read. */
      if (ph_plat_file_has_writer (info->path) || !ph_plat_file_remove (info->path))
        continue;
      total -= info->size;
      g_ptr_array_remove_index (infos, i - 1);
    }
}

static void
look_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Look *look = data;
  GPtrArray *infos;

  remove_doomed (look->doomed, look->claimed);
  infos = ph_capture_file_list (look->folder);
  clean (look, infos);
  g_task_return_pointer (task, infos, (GDestroyNotify) g_ptr_array_unref);
}

/* ---- back on the main thread ---- */

static void
set_items (PhCaptures *self, GPtrArray *infos)
{
  const char *deleted = self->deleted != NULL ? ph_capture_get_info (self->deleted)->path : NULL;
  guint before = self->items->len;

  g_ptr_array_set_size (self->items, 0);
  for (guint i = 0; i < infos->len; i++)
    {
      PhCaptureInfo *info = g_steal_pointer (&infos->pdata[i]);

      if (g_strcmp0 (info->path, deleted) == 0)
        ph_capture_info_free (info);
      else
        g_ptr_array_add (self->items, ph_capture_new (info));
    }
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, self->items->len);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer unused)
{
  PhCaptures *self = PH_CAPTURES (source);
  g_autoptr (GPtrArray) infos = g_task_propagate_pointer (G_TASK (result), NULL);

  self->busy = FALSE;
  if (infos != NULL) /* else there was no thread for it: the list stays as it is */
    {
      g_ptr_array_set_free_func (infos, NULL);
      set_items (self, infos);
    }
  if (self->again)
    ph_captures_refresh (self);
}

/* ---- the object ---- */

static void
ph_captures_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_DELETED:
      g_value_set_object (value, PH_CAPTURES (object)->deleted);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ph_captures_finalize (GObject *object)
{
  PhCaptures *self = PH_CAPTURES (object);

  g_clear_object (&self->deleted);
  g_ptr_array_unref (self->items);
  g_hash_table_unref (self->claimed);
  g_ptr_array_unref (self->doomed);
  g_free (self->folder);

  G_OBJECT_CLASS (ph_captures_parent_class)->finalize (object);
}

static void
ph_captures_class_init (PhCapturesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = ph_captures_finalize;
  object_class->get_property = ph_captures_get_property;
  props[PROP_DELETED] = g_param_spec_object ("deleted", NULL, NULL, PH_TYPE_CAPTURE,
                                             G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
ph_captures_init (PhCaptures *self)
{
  self->size = G_MAXUINT64;
  self->days = DAYS_MAX;
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->claimed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->doomed = g_ptr_array_new_with_free_func (g_free);
}

/**
 * ph_captures_new:
 * @folder: (type filename): may not exist yet
 *
 * Returns: (transfer full): a list without limits, empty until the first ph_captures_refresh()
 */
PhCaptures *
ph_captures_new (const char *folder)
{
  PhCaptures *captures = g_object_new (PH_TYPE_CAPTURES, NULL);

  captures->folder = g_strdup (folder);

  return captures;
}

/**
 * ph_captures_get_folder:
 *
 * Returns: (type filename) (transfer none): the path
 */
const char *
ph_captures_get_folder (PhCaptures *captures)
{
  return captures->folder;
}

/**
 * ph_captures_set_limits:
 * @size: bytes that all captures may have together
 * @days: a capture is kept for so many days after it was last written
 *
 * Takes effect at the next refresh.
 */
void
ph_captures_set_limits (PhCaptures *captures, guint64 size, guint days)
{
  g_return_if_fail (PH_IS_CAPTURES (captures));

  captures->size = size;
  captures->days = MIN (days, DAYS_MAX);
}

/**
 * ph_captures_get_size_limit:
 *
 * Returns: bytes that all captures may have together
 */
guint64
ph_captures_get_size_limit (PhCaptures *captures)
{
  return captures->size;
}

/**
 * ph_captures_refresh:
 *
 * Deletes captures that are over the limits and reads the folder again, on another thread. Returns at once; the list changes when that
 * is done.
 */
void
ph_captures_refresh (PhCaptures *captures)
{
  g_autoptr (GTask) task = NULL;
  GHashTableIter iter;
  gpointer path;
  Look *look;

  g_return_if_fail (PH_IS_CAPTURES (captures));

  captures->again = captures->busy;
  if (captures->busy)
    return;
  captures->busy = TRUE;
  look = g_new0 (Look, 1);
  look->folder = g_strdup (captures->folder);
  look->size = captures->size;
  look->days = captures->days;
  look->claimed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_iter_init (&iter, captures->claimed);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    g_hash_table_add (look->claimed, g_strdup (path));
  look->doomed = g_steal_pointer (&captures->doomed);
  captures->doomed = g_ptr_array_new_with_free_func (g_free);

  task = g_task_new (captures, NULL, looked_cb, NULL);
  g_task_set_task_data (task, look, look_free);
  ph_task_run (task, look_thread);
}

/**
 * ph_captures_is_busy:
 *
 * Returns: whether a refresh is going on, so that the list will change
 */
gboolean
ph_captures_is_busy (PhCaptures *captures)
{
  return captures->busy;
}

/**
 * ph_captures_claim:
 * @path: (type filename): in the folder or not
 *
 * Keeps a file that is shown from being deleted. Claims are counted: each needs a ph_captures_unclaim().
 */
void
ph_captures_claim (PhCaptures *captures, const char *path)
{
  guint times = GPOINTER_TO_UINT (g_hash_table_lookup (captures->claimed, path));

  g_hash_table_insert (captures->claimed, g_strdup (path), GUINT_TO_POINTER (times + 1));
}

/**
 * ph_captures_unclaim:
 * @path: (type filename): was given to ph_captures_claim()
 */
void
ph_captures_unclaim (PhCaptures *captures, const char *path)
{
  guint times = GPOINTER_TO_UINT (g_hash_table_lookup (captures->claimed, path));

  if (times > 1)
    g_hash_table_insert (captures->claimed, g_strdup (path), GUINT_TO_POINTER (times - 1));
  else
    g_hash_table_remove (captures->claimed, path);
}

/* ---- deleting ---- */

static void
set_deleted (PhCaptures *self, PhCapture *capture)
{
  if (g_set_object (&self->deleted, capture))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_DELETED]);
}

/**
 * ph_captures_delete:
 * @capture: nothing happens if it is not in the list
 *
 * Takes it out of the list. Its file is removed after the next ph_captures_delete() or ph_captures_commit(); until then
 * ph_captures_undo() brings it back.
 */
void
ph_captures_delete (PhCaptures *captures, PhCapture *capture)
{
  guint position;

  g_return_if_fail (PH_IS_CAPTURES (captures));

  if (!g_ptr_array_find (captures->items, capture, &position))
    return;
  ph_captures_commit (captures);
  set_deleted (captures, capture);
  g_ptr_array_remove_index (captures->items, position);
  g_list_model_items_changed (G_LIST_MODEL (captures), position, 1, 0);
}

/**
 * ph_captures_get_deleted:
 *
 * Returns: (nullable) (transfer none): what ph_captures_undo() brings back
 */
PhCapture *
ph_captures_get_deleted (PhCaptures *captures)
{
  return captures->deleted;
}

/**
 * ph_captures_undo:
 *
 * Brings back the capture that was deleted last, if its file still exists.
 */
void
ph_captures_undo (PhCaptures *captures)
{
  g_return_if_fail (PH_IS_CAPTURES (captures));

  set_deleted (captures, NULL);
  ph_captures_refresh (captures);
}

/**
 * ph_captures_commit:
 *
 * Has the file of the capture that was deleted last removed by a refresh, unless it is claimed or being written.
 */
void
ph_captures_commit (PhCaptures *captures)
{
  g_return_if_fail (PH_IS_CAPTURES (captures));

  if (captures->deleted == NULL)
    return;
  g_ptr_array_add (captures->doomed, g_strdup (ph_capture_get_info (captures->deleted)->path));
  set_deleted (captures, NULL);
  ph_captures_refresh (captures);
}

/**
 * ph_captures_end:
 *
 * The program ends: removes the file of the capture that was deleted last. Waits for the disk.
 */
void
ph_captures_end (PhCaptures *captures)
{
  g_return_if_fail (PH_IS_CAPTURES (captures));

  if (captures->deleted != NULL)
    g_ptr_array_add (captures->doomed, g_strdup (ph_capture_get_info (captures->deleted)->path));
  remove_doomed (captures->doomed, captures->claimed);
  g_ptr_array_set_size (captures->doomed, 0);
}
