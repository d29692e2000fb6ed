/* ph-commands-transfer.c: reads quick commands from a file that was chosen or dropped, and writes them to one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-commands-transfer.h"

#include "ph-commands-import.h"
#include "ph-commands-json.h"
#include "ph-error.h"
#include "ph-format.h"
#include "ph-marks.h"
#include "ph-save-job.h"
#include "ph-task.h"

#include <glib/gi18n.h>
#include <string.h>

#define READ_MAX (PH_COMMANDS_FILE_MAX + 1) /* a byte more than is taken tells that a file is too large */

/* A file that is read or written. */
typedef struct
{
  PhCommandsToldFunc told;
  GWeakRef owner;

  /* owned */
  PhCommands *into; /* of an import */
  GFile *file;
  char *json;       /* of an export */
  GPtrArray *notes; /* nullable: of an import that has worked */
} Transfer;

static Transfer *
transfer_new (GFile *file, PhCommandsToldFunc told, gpointer owner)
{
  Transfer *transfer = g_new0 (Transfer, 1);

  transfer->told = told;
  transfer->file = g_object_ref (file);
  g_weak_ref_init (&transfer->owner, owner);

  return transfer;
}

static void
transfer_free (gpointer data)
{
  Transfer *transfer = data;

  g_weak_ref_clear (&transfer->owner);
  g_clear_object (&transfer->into);
  g_object_unref (transfer->file);
  g_free (transfer->json);
  g_clear_pointer (&transfer->notes, g_ptr_array_unref);
  g_free (transfer);
}

static void
tell (Transfer *transfer, const char *words, gboolean failed)
{
  g_autoptr (GObject) owner = g_weak_ref_get (&transfer->owner);

  if (owner != NULL)
    transfer->told (owner, words, failed ? NULL : transfer->notes, failed);
}

static char *
dup_shown_name (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);

  return ph_marks_dup_filename (name);
}

/* ---- importing ---- */

static GBytes *
read_file (GFile *file, GError **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, error);
  g_autoptr (GByteArray) all = g_byte_array_new ();
  guint8 buffer[65536];
  gssize n;

  if (stream == NULL)
    return NULL;
  while ((n = g_input_stream_read (G_INPUT_STREAM (stream), buffer, MIN (sizeof buffer, READ_MAX - all->len), NULL, error)) > 0)
    g_byte_array_append (all, buffer, (guint) n);

  return n < 0 ? NULL : g_byte_array_free_to_bytes (g_steal_pointer (&all));
}

/* On a thread. */
static void
import_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Transfer *transfer = data;
  g_autofree char *name = g_file_get_basename (transfer->file), *shown = dup_shown_name (transfer->file);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = read_file (transfer->file, &error);
  PhCommands *commands = NULL;

  if (bytes == NULL)
    /* Translators: the name of a file, and why it cannot be read */
    g_prefix_error (&error, _("cannot import “%s”: "), shown);
  else
    commands = ph_commands_import (name, bytes, &transfer->notes, &error);
  if (commands != NULL)
    g_task_return_pointer (task, commands, g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static guint
count_commands (PhCommands *commands)
{
  PhQuickCommand *command;
  guint n = 0;

  for (guint i = 0; (command = ph_commands_get (commands, i)) != NULL; i++)
    n += !ph_quick_command_is_heading (command);

  return n;
}

static void
imported_cb (GObject *source, GAsyncResult *result, gpointer unused)
{
  Transfer *transfer = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (PhCommands) commands = g_task_propagate_pointer (G_TASK (result), &error);
  guint n = commands != NULL ? count_commands (commands) : 0;
  g_autofree char *number = ph_format_dup_grouped (n), *name = dup_shown_name (transfer->file), *words = NULL;

  if (commands == NULL || !ph_commands_take_all (transfer->into, G_MAXUINT, commands, &error))
    {
      tell (transfer, error->message, TRUE);
      return;
    }
  /* Translators: how many, and the name of a file */
  words = g_strdup_printf (ngettext ("%s command was imported from “%s”", "%s commands were imported from “%s”", n), number, name);
  tell (transfer, words, FALSE);
}

/**
 * ph_commands_transfer_import:
 * @into: what is read comes at its end
 * @file: may be anything
 * @owner: (type GObject): for @told; not kept alive
 *
 * Returns at once.
 */
void
ph_commands_transfer_import (PhCommands *into, GFile *file, PhCommandsToldFunc told, gpointer owner)
{
  Transfer *transfer = transfer_new (file, told, owner);
  g_autoptr (GTask) task = g_task_new (NULL, NULL, imported_cb, NULL);

  transfer->into = g_object_ref (into);
  g_task_set_task_data (task, transfer, transfer_free);
  ph_task_run (task, import_thread);
}

/* ---- exporting ---- */

static gboolean
write_json (PhSaveJob *job, gpointer content, GError **error)
{
  const char *json = ((Transfer *) content)->json;

  return ph_save_job_write (job, json, strlen (json), error);
}

static char *
dup_failure (const char *place, const char *why)
{
  return g_strdup_printf (_("cannot export the quick commands to “%s”: %s"), place, why);
}

static void
keep_content (gpointer content)
{
}

static const PhSaveContent json_content = { .write = write_json, .free = keep_content, .dup_failure = dup_failure };

static void
exported_cb (GFile *to, const GError *error, gpointer data)
{
  Transfer *transfer = data;
  g_autofree char *name = dup_shown_name (to), *words = NULL;

  if (error != NULL)
    {
      tell (transfer, error->message, TRUE);
    }
  else
    {
      /* Translators: the name of a file */
      words = g_strdup_printf (_("All quick commands were exported to “%s”"), name);
      tell (transfer, words, FALSE);
    }
  transfer_free (transfer);
}

/**
 * ph_commands_transfer_export:
 * @file: is replaced when all is written
 * @owner: (type GObject): for @told; not kept alive
 *
 * Returns at once.
 */
void
ph_commands_transfer_export (PhCommands *commands, GFile *file, PhCommandsToldFunc told, gpointer owner)
{
  Transfer *transfer = transfer_new (file, told, owner);

  transfer->json = ph_commands_write_json (commands);
  ph_save_job_start (&json_content, transfer, NULL, file, exported_cb, transfer);
}
