/* ph-save-files.c: the files of a live save: one, or one a peer; their names, when a new one begins, and what waits to be written
 *
 * Text is cut into segments, one for each file that it goes to. A segment that could not be written stays, and is written to the same
 * place when it is tried again: so a disk that was full leaves no gap inside of a file, and nothing twice. One thread at a time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-save-files.h"

#include <string.h>

#include "ph-plat-file.h"

/* Text of one file. @begins: it is a new one, with these values in its name */
typedef struct
{
  GString *text;
  gboolean begins;
  gint64 time;
  char *local; /* nullable */
} Segment;

/* Where the text of one peer goes, or all of it. */
typedef struct
{
  GList link;         /* in the order of use, the newest first */
  char *key;          /* of the table */
  char *peer;         /* nullable: as in names */
  GQueue segments;    /* of Segment: what waits */
  gboolean dirty;     /* is in the list of those to be written */
  gboolean begun;     /* a file was planned */
  guint generation;   /* of the local address at that time */
  guint64 planned;    /* bytes of the newest file, with what waits */
  gint64 until;       /* when the next file begins */

  PhFile file;        /* PH_FILE_NONE while it is closed */
  char *path;         /* nullable: of the newest file that there is */
  char *name;         /* nullable: the name by the pattern, before a number made it unique */
  guint64 offset;     /* where the next byte goes */
  guint64 number;     /* of the file */
  gboolean torn;      /* what is behind @offset is the part of a segment that could be written */
} Sink;

struct _PhSaveFiles
{
  PhSaveFilesPlan plan; /* its strings are owned */
  char *local;          /* nullable */
  guint generation;     /* of @local */

  GHashTable *sinks;   /* of Sink by peer */
  GQueue used;         /* all of them: the one that was used last is the first */
  GPtrArray *dirty;    /* borrowed: in the order in which they have text */
  gsize waiting;       /* bytes in all segments */
  guint n_open;

  char *path; /* nullable: written last, or what could not be */
  guint64 size, total, count;
};

static void
segment_free (gpointer data)
{
  Segment *segment = data;

  g_string_free (segment->text, TRUE);
  g_free (segment->local);
  g_free (segment);
}

/* ---- sinks ---- */

static void
close_sink (PhSaveFiles *self, Sink *sink)
{
  if (sink->file == PH_FILE_NONE)
    return;
  ph_plat_file_close (sink->file);
  sink->file = PH_FILE_NONE;
  self->n_open--;
}

static void
forget_sink (PhSaveFiles *self, Sink *sink)
{
  close_sink (self, sink);
  g_queue_unlink (&self->used, &sink->link);
  g_hash_table_remove (self->sinks, sink->key);
  g_queue_clear_full (&sink->segments, segment_free);
  g_free (sink->key);
  g_free (sink->peer);
  g_free (sink->path);
  g_free (sink->name);
  g_free (sink);
}

static void
use_sink (PhSaveFiles *self, Sink *sink)
{
  if (self->used.head == &sink->link)
    return;
  g_queue_unlink (&self->used, &sink->link);
  g_queue_push_head_link (&self->used, &sink->link);
}

/* The one that was not used for longest goes, if nothing of it waits. */
static void
limit_sinks (PhSaveFiles *self)
{
  Sink *oldest = self->used.tail != NULL ? self->used.tail->data : NULL;

  if (g_hash_table_size (self->sinks) >= PH_SAVE_FILES_PEERS_MAX && !oldest->dirty)
    forget_sink (self, oldest);
}

static Sink *
find_sink (PhSaveFiles *self, const char *peer)
{
  const char *key = self->plan.per_peer && peer != NULL ? peer : "";
  Sink *sink = g_hash_table_lookup (self->sinks, key);

  if (sink == NULL)
    {
      limit_sinks (self);
      sink = g_new0 (Sink, 1);
      sink->link.data = sink;
      sink->key = g_strdup (key);
      sink->peer = g_strdup (peer);
      sink->file = PH_FILE_NONE;
      g_queue_init (&sink->segments);
      g_queue_push_head_link (&self->used, &sink->link);
      g_hash_table_insert (self->sinks, sink->key, sink);
    }
  use_sink (self, sink);

  return sink;
}

/* ---- what is added ---- */

static gboolean
is_new_file_due (const PhSaveFiles *self, const Sink *sink, gint64 time, gsize length)
{
  const guint64 head = self->plan.head != NULL ? strlen (self->plan.head) : 0, most = self->plan.every.bytes;

  return !sink->begun || sink->generation != self->generation || time >= sink->until
         || (most > 0 && sink->planned > head && sink->planned + length > most);
}

static Segment *
push_segment (PhSaveFiles *self, Sink *sink, gboolean begins, gint64 time)
{
  Segment *segment = g_new0 (Segment, 1);

  segment->text = g_string_new (begins ? self->plan.head : NULL);
  segment->begins = begins;
  segment->time = time;
  segment->local = g_strdup (self->local);
  self->waiting += segment->text->len;
  g_queue_push_tail (&sink->segments, segment);
  if (begins)
    {
      sink->begun = TRUE;
      sink->generation = self->generation;
      sink->until = ph_save_every_next (&self->plan.every, time);
      sink->planned = segment->text->len;
    }

  return segment;
}

/**
 * ph_save_files_add:
 * @peer: (nullable): whose it is; without one file a peer it is only part of the name of the first file
 * @time: of the record, in ns since 1970
 *
 * Keeps text until ph_save_files_flush(). Text of one call is never cut.
 */
void
ph_save_files_add (PhSaveFiles *self, const char *peer, gint64 time, const char *text, gsize length)
{
  Sink *sink = find_sink (self, peer);
  gboolean begins = is_new_file_due (self, sink, time, length);
  Segment *segment = g_queue_peek_tail (&sink->segments);

  if (begins || segment == NULL)
    segment = push_segment (self, sink, begins, time);
  g_string_append_len (segment->text, text, (gssize) length);
  sink->planned += length;
  self->waiting += length;
  if (!sink->dirty)
    g_ptr_array_add (self->dirty, sink);
  sink->dirty = TRUE;
}

/* ---- names ---- */

/* "log.txt", "log-2.txt" */
static char *
dup_numbered (const char *name, guint64 number)
{
  const char *point = strrchr (name, '.');
  int length = point != NULL && point > name ? (int) (point - name) : (int) strlen (name);

  if (number <= 1)
    return g_strdup (name);

  return g_strdup_printf ("%.*s-%" G_GUINT64_FORMAT "%s", length, name, number, name + length);
}

/* The next name to be tried, and in *@number which of those with that pattern it is. */
static char *
dup_next_name (PhSaveFiles *self, Sink *sink, const Segment *segment)
{
  gboolean has_number = ph_name_pattern_has_number (self->plan.pattern);
  const PhNameValues values = { segment->local, sink->peer, segment->time, sink->number + 1 };
  g_autofree char *name = ph_name_pattern_dup_name (self->plan.pattern, &values);

  if (has_number)
    {
      sink->number++;
      return g_steal_pointer (&name);
    }
  if (g_strcmp0 (name, sink->name) != 0)
    sink->number = 0;
  g_free (sink->name);
  sink->name = g_strdup (name);

  return dup_numbered (name, ++sink->number);
}

/* Creates the file of @segment, which is none that was there before. */
static gboolean
create (PhSaveFiles *self, Sink *sink, const Segment *segment, GError **error)
{
  const guint64 before = sink->number;

  for (guint i = 0; i < PH_SAVE_FILES_NAMES_MAX; i++)
    {
      g_autofree char *name = dup_next_name (self, sink, segment), *local_name = g_filename_from_utf8 (name, -1, NULL, NULL, NULL);
      g_autoptr (GError) why = NULL;

      g_free (self->path);
      self->path = g_build_filename (self->plan.folder, local_name != NULL ? local_name : name, NULL);
      sink->file = ph_plat_file_create (self->path, &why);
      if (sink->file != PH_FILE_NONE)
        return TRUE;
      if (g_error_matches (why, PH_ERROR, PH_ERROR_EXISTS))
        continue;
      sink->number = before;
      g_propagate_error (error, g_steal_pointer (&why));
      return FALSE;
    }
  sink->number = before;
  ph_error_set (error, PH_ERROR_EXISTS, NULL, ph_error_why (PH_ERROR_EXISTS));

  return FALSE;
}

/* ---- open files ---- */

static void
limit_open (PhSaveFiles *self)
{
  GList *at = self->used.tail;

  for (; at != NULL && self->n_open >= PH_SAVE_FILES_OPEN_MAX; at = at->prev)
    close_sink (self, at->data);
}

static gboolean
begin_file (PhSaveFiles *self, Sink *sink, Segment *segment, gboolean gone, GError **error)
{
  close_sink (self, sink);
  limit_open (self);
  if (!create (self, sink, segment, error))
    return FALSE;
  self->n_open++;
  self->count++;
  segment->begins = FALSE;
  sink->offset = 0;
  sink->torn = FALSE;
  g_free (sink->path);
  sink->path = g_strdup (self->path);
  self->plan.told (self->plan.data, sink->path, gone);

  return TRUE;
}

/* The file was moved or removed: another one takes its place. */
static gboolean
begin_again (PhSaveFiles *self, Sink *sink, Segment *segment, GError **error)
{
  const char *head = self->plan.head;

  if (!begin_file (self, sink, segment, TRUE, error))
    return FALSE;
  if (head != NULL)
    {
      g_string_prepend (segment->text, head);
      self->waiting += strlen (head);
    }

  return TRUE;
}

static gboolean
open_again (PhSaveFiles *self, Sink *sink, Segment *segment, GError **error)
{
  g_autoptr (GError) why = NULL;

  limit_open (self);
  sink->file = ph_plat_file_reopen (sink->path, &why);
  if (sink->file == PH_FILE_NONE)
    {
      if (g_error_matches (why, PH_ERROR, PH_ERROR_NO_FILE))
        return begin_again (self, sink, segment, error);
      g_propagate_error (error, g_steal_pointer (&why));
      return FALSE;
    }
  self->n_open++;

  return TRUE;
}

/* Has the file of @segment open, and @sink->offset at its end. */
static gboolean
prepare (PhSaveFiles *self, Sink *sink, Segment *segment, GError **error)
{
  if (segment->begins)
    return begin_file (self, sink, segment, FALSE, error);
  if (sink->file == PH_FILE_NONE ? !open_again (self, sink, segment, error)
                                 : !ph_plat_file_is_at (sink->file, sink->path) && !begin_again (self, sink, segment, error))
    return FALSE;
  /* Another program may have shortened it, or have written to it. */
  if (!sink->torn)
    sink->offset = ph_plat_file_size (sink->file);

  return TRUE;
}

static gboolean
write_segment (PhSaveFiles *self, Sink *sink, Segment *segment, GError **error)
{
  if (!prepare (self, sink, segment, error))
    return FALSE;
  g_free (self->path);
  self->path = g_strdup (sink->path);
  sink->torn = TRUE;
  if (!ph_plat_file_write (sink->file, sink->offset, segment->text->str, segment->text->len, error))
    return FALSE;
  sink->torn = FALSE;
  sink->offset += segment->text->len;
  self->waiting -= segment->text->len;
  self->total += segment->text->len;
  self->size = sink->offset;

  return TRUE;
}

static gboolean
write_sink (PhSaveFiles *self, Sink *sink, GError **error)
{
  Segment *segment;

  while ((segment = g_queue_peek_head (&sink->segments)) != NULL)
    {
      if (!write_segment (self, sink, segment, error))
        return FALSE;
      segment_free (g_queue_pop_head (&sink->segments));
    }
  sink->dirty = FALSE;

  return TRUE;
}

/**
 * ph_save_files_flush:
 *
 * Writes what was added. Waits for the disk.
 *
 * Returns: %FALSE with @error; then ph_save_files_get_path() is the file that it concerns, and what could not be written waits for the
 *   next call
 */
gboolean
ph_save_files_flush (PhSaveFiles *self, GError **error)
{
  for (guint i = 0; i < self->dirty->len; i++)
    if (!write_sink (self, g_ptr_array_index (self->dirty, i), error))
      {
        g_ptr_array_remove_range (self->dirty, 0, i);
        return FALSE;
      }
  g_ptr_array_set_size (self->dirty, 0);

  return TRUE;
}

/* ---- the object ---- */

/**
 * ph_save_files_new:
 * @plan: copied; the pattern is borrowed
 *
 * No file is made before there is something to write.
 *
 * Returns: (transfer full)
 */
PhSaveFiles *
ph_save_files_new (const PhSaveFilesPlan *plan)
{
  PhSaveFiles *self = g_new0 (PhSaveFiles, 1);

  self->plan = *plan;
  self->plan.folder = g_strdup (plan->folder);
  self->plan.head = g_strdup (plan->head);
  self->sinks = g_hash_table_new (g_str_hash, g_str_equal);
  self->dirty = g_ptr_array_new ();
  g_queue_init (&self->used);

  return self;
}

/** ph_save_files_free: closes the files. What waits is lost. */
void
ph_save_files_free (PhSaveFiles *self)
{
  while (self->used.head != NULL)
    forget_sink (self, self->used.head->data);
  g_hash_table_unref (self->sinks);
  g_ptr_array_unref (self->dirty);
  g_free ((char *) self->plan.folder);
  g_free ((char *) self->plan.head);
  g_free (self->local);
  g_free (self->path);
  g_free (self);
}

/**
 * ph_save_files_set_local:
 * @local: (nullable): the address in names from now on
 *
 * Another address than before begins new files.
 */
void
ph_save_files_set_local (PhSaveFiles *self, const char *local)
{
  if (g_strcmp0 (self->local, local) == 0)
    return;
  g_free (self->local);
  self->local = g_strdup (local);
  self->generation++;
}

/** ph_save_files_get_waiting: Returns: bytes that were added and are not written yet */
gsize
ph_save_files_get_waiting (const PhSaveFiles *self)
{
  return self->waiting;
}

/** ph_save_files_get_path: Returns: (nullable) (type filename): the file that was written last, or could not be written */
const char *
ph_save_files_get_path (const PhSaveFiles *self)
{
  return self->path;
}

/** ph_save_files_get_size: Returns: bytes of the file that was written last */
guint64
ph_save_files_get_size (const PhSaveFiles *self)
{
  return self->size;
}

/** ph_save_files_get_total: Returns: bytes that were written to all files */
guint64
ph_save_files_get_total (const PhSaveFiles *self)
{
  return self->total;
}

/** ph_save_files_get_count: Returns: how many files were begun */
guint64
ph_save_files_get_count (const PhSaveFiles *self)
{
  return self->count;
}
