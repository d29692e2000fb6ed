/* ph-compat-files.c: file dialogs, on every version of GTK and every desktop
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-compat-files.h"

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
  char *suffix;
} Question;

/* The file to name, and the suffix it should have. */
typedef struct
{
  GFile *file;
  char *suffix;
} Naming;

static GFile *last_folder; /* main thread: where the last file was chosen; the next dialog begins there */

/* Whether a name ends in a suffix, of any kind: what stands behind the last point of "TCP-10.0.0.1-80 2026-11-29 15-05" is none. */
static gboolean
has_suffix (const char *name)
{
  const char *point = strrchr (name, '.');

  return point != NULL && strpbrk (point, " -") == NULL;
}

/* Adds the suffix to a name without one, since the dialog for opening lists only those that have it. It is not added if a file with either
 * name exists, as the user was not asked whether that one may be replaced, and not in a sandbox, which only allows to write the chosen
 * file. Waits for the disk. */
static GFile *
dup_named (const Naming *naming)
{
  g_autofree char *name = g_file_get_basename (naming->file);
  g_autofree char *longer = g_strconcat (name, naming->suffix, NULL);
  g_autoptr (GFile) folder = g_file_get_parent (naming->file);
  g_autoptr (GFile) better = folder != NULL ? g_file_get_child (folder, longer) : NULL;
  gboolean keep = better == NULL || has_suffix (name) || ph_plat_is_sandboxed ();

  if (keep || g_file_query_exists (naming->file, NULL) || g_file_query_exists (better, NULL))
    return g_object_ref (naming->file);

  return g_steal_pointer (&better);
}

static void
naming_free (gpointer data)
{
  Naming *naming = data;

  g_object_unref (naming->file);
  g_free (naming->suffix);
  g_free (naming);
}

static void
question_free (Question *question)
{
  g_weak_ref_clear (&question->owner);
  g_free (question->suffix);
  g_free (question);
}

static void
name_thread (GTask *task, gpointer source, gpointer naming, GCancellable *cancellable)
{
  g_task_return_pointer (task, dup_named (naming), g_object_unref);
}

static void
named_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Question *question = data;
  g_autoptr (GFile) named = g_task_propagate_pointer (G_TASK (result), NULL);
  const Naming *naming = g_task_get_task_data (G_TASK (result));
  GFile *file = named != NULL ? named : naming->file; /* without a thread the name stays as it is */
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
      GtkFileChooserAction action = gtk_file_chooser_get_action (GTK_FILE_CHOOSER (dialog));
      g_autoptr (GFile) folder = action == GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER ? g_object_ref (file) : g_file_get_parent (file);

      g_set_object (&last_folder, folder);
      if (action == GTK_FILE_CHOOSER_ACTION_SAVE)
        {
          Naming *naming = g_new (Naming, 1);
          g_autoptr (GTask) task = NULL;

          *naming = (Naming) { g_object_ref (file), g_strdup (question->suffix) };
          task = g_task_new (NULL, NULL, named_cb, g_steal_pointer (&question));
          g_task_set_task_data (task, naming, naming_free);
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
ask (GtkFileChooserNative *native, const char *kind, const char *suffix, PhCompatFileFunc chosen, gpointer owner)
{
  g_autofree char *pattern = g_strconcat ("*", suffix, NULL); /* without a suffix: all */
  gboolean files = gtk_file_chooser_get_action (GTK_FILE_CHOOSER (native)) != GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER;
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();
  Question *question = g_new0 (Question, 1);

  question->chosen = chosen;
  question->suffix = g_strdup (suffix);
  g_weak_ref_init (&question->owner, owner);
  gtk_file_filter_set_name (filter, kind);
  gtk_file_filter_add_pattern (filter, pattern);
  gtk_file_filter_set_name (all, _("All files"));
  gtk_file_filter_add_pattern (all, "*");
  if (suffix != NULL)
    gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (native), filter);
  if (files)
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
 * @kind: (nullable): what files with @suffix are
 * @suffix: (nullable): of the files that are listed at first; %NULL: all are
 * @chosen: called with @owner and the file if the user chooses one
 * @owner: (type GObject): not kept alive; @chosen is not called if it was freed meanwhile
 *
 * Shows a modal dialog and returns at once.
 */
void
ph_compat_ask_open (GtkWindow *parent, const char *title, const char *kind, const char *suffix, PhCompatFileFunc chosen,
                    gpointer owner)
{
  ask (gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL), kind, suffix, chosen, owner);
}

/**
 * ph_compat_ask_save:
 * @title: of the dialog
 * @name: the suggested file name
 * @kind: what files with @suffix are
 * @suffix: added to a name without one
 * @chosen: called with @owner and the file if the user chooses one. If the file exists, the user has agreed to replace it
 * @owner: (type GObject): not kept alive; @chosen is not called if it was freed meanwhile
 *
 * Shows a modal dialog and returns at once.
 */
void
ph_compat_ask_save (GtkWindow *parent, const char *title, const char *name, const char *kind, const char *suffix,
                    PhCompatFileFunc chosen, gpointer owner)
{
  GtkFileChooserNative *native = gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (native), name);
  ask (native, kind, suffix, chosen, owner);
}

/**
 * ph_compat_ask_folder:
 * @title: of the dialog
 * @chosen: called with @owner and the folder if the user chooses one
 * @owner: (type GObject): not kept alive; @chosen is not called if it was freed meanwhile
 *
 * Shows a modal dialog and returns at once.
 */
void
ph_compat_ask_folder (GtkWindow *parent, const char *title, PhCompatFileFunc chosen, gpointer owner)
{
  ask (gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, NULL, NULL), NULL, NULL, chosen, owner);
}

/**
 * ph_compat_show_folder:
 * @folder: (type filename): an absolute path
 *
 * Opens a folder in the file manager of the desktop.
 */
void
ph_compat_show_folder (GtkWindow *parent, const char *folder)
{
  g_autofree char *uri = g_filename_to_uri (folder, NULL, NULL);

  if (uri != NULL)
    gtk_show_uri (parent, uri, GDK_CURRENT_TIME);
}

G_GNUC_END_IGNORE_DEPRECATIONS
