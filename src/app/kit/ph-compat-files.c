/* ph-compat-files.c: file dialogs, on every version of GTK and every desktop
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-compat-files.h"

#include "ph-capture-file.h"
#include "ph-plat.h"
#include "ph-task.h"

#include <glib/gi18n.h>

/* GtkFileDialog, which replaces these functions, came with GTK 4.10. Both open the same dialogs. */
G_GNUC_BEGIN_IGNORE_DEPRECATIONS

/* A dialog that is open. */
typedef struct
{
  PhCompatFileFunc chosen;
  GWeakRef owner;
} Question;

static GFile *last_folder; /* main thread: where the last file was chosen; the next dialog begins there */

/* Adds the suffix of captures to a name without one, since the dialog for opening lists only those. It is not added if a file with either
 * name exists, as the user was not asked whether that one may be replaced, and not in a sandbox, which only allows to write the chosen
 * file. Waits for the disk. */
static GFile *
dup_named (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *longer = g_strconcat (name, PH_CAPTURE_SUFFIX, NULL);
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autoptr (GFile) better = folder != NULL ? g_file_get_child (folder, longer) : NULL;
  gboolean keep = better == NULL || strchr (name, '.') != NULL || ph_plat_is_sandboxed ();

  if (keep || g_file_query_exists (file, NULL) || g_file_query_exists (better, NULL))
    return g_object_ref (file);

  return g_steal_pointer (&better);
}

static void
question_free (Question *question)
{
  g_weak_ref_clear (&question->owner);
  g_free (question);
}

static void
name_thread (GTask *task, gpointer source, gpointer file, GCancellable *cancellable)
{
  g_task_return_pointer (task, dup_named (file), g_object_unref);
}

static void
named_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Question *question = data;
  g_autoptr (GFile) named = g_task_propagate_pointer (G_TASK (result), NULL);
  GFile *file = named != NULL ? named : g_task_get_task_data (G_TASK (result)); /* without a thread the name stays as it is */
  g_autoptr (GObject) owner = g_weak_ref_get (&question->owner);

  if (owner != NULL)
    question->chosen (owner, file);
  question_free (question);
}

static void
response_cb (GtkNativeDialog *dialog, int response, Question *question)
{
  g_autoptr (GObject) owner = g_weak_ref_get (&question->owner);
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

  gtk_native_dialog_hide (dialog);
  if (response == GTK_RESPONSE_ACCEPT && file != NULL && owner != NULL)
    {
      g_autoptr (GFile) folder = g_file_get_parent (file);

      g_set_object (&last_folder, folder);
      if (gtk_file_chooser_get_action (GTK_FILE_CHOOSER (dialog)) == GTK_FILE_CHOOSER_ACTION_SAVE)
        {
          g_autoptr (GTask) task = g_task_new (NULL, NULL, named_cb, g_steal_pointer (&question));

          g_task_set_task_data (task, g_object_ref (file), g_object_unref);
          ph_task_run (task, name_thread);
        }
      else
        {
          question->chosen (owner, file);
        }
    }
  g_clear_pointer (&question, question_free);
  g_object_unref (dialog);
}

static void
ask (GtkFileChooserNative *native, PhCompatFileFunc chosen, gpointer owner)
{
  g_autoptr (GtkFileFilter) captures = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();
  Question *question = g_new0 (Question, 1);

  question->chosen = chosen;
  g_weak_ref_init (&question->owner, owner);
  gtk_file_filter_set_name (captures, _("Recordings"));
  gtk_file_filter_add_pattern (captures, "*" PH_CAPTURE_SUFFIX);
  gtk_file_filter_set_name (all, _("All files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (native), captures);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (native), all);
  if (last_folder != NULL)
    gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (native), last_folder, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (native), TRUE);
  g_signal_connect (native, "response", G_CALLBACK (response_cb), question);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (native));
}

/**
 * ph_compat_ask_open:
 * @title: of the dialog
 * @chosen: called with @owner and the file if the user chooses one
 * @owner: (type GObject): not kept alive; @chosen is not called if it was freed meanwhile
 *
 * Shows a modal dialog and returns at once.
 */
void
ph_compat_ask_open (GtkWindow *parent, const char *title, PhCompatFileFunc chosen, gpointer owner)
{
  ask (gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL), chosen, owner);
}

/**
 * ph_compat_ask_save:
 * @title: of the dialog
 * @name: the suggested file name
 * @chosen: called with @owner and the file if the user chooses one. If the file exists, the user has agreed to replace it
 * @owner: (type GObject): not kept alive; @chosen is not called if it was freed meanwhile
 *
 * Shows a modal dialog and returns at once.
 */
void
ph_compat_ask_save (GtkWindow *parent, const char *title, const char *name, PhCompatFileFunc chosen, gpointer owner)
{
  GtkFileChooserNative *native = gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (native), name);
  ask (native, chosen, owner);
}

G_GNUC_END_IGNORE_DEPRECATIONS
