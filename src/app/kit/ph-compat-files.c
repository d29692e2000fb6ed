/* ph-compat-files.c: asks for a file to open or to save, with whatever dialog this GTK and desktop have
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-compat-files.h"

#include "ph-capture-file.h"
#include "ph-plat.h"

#include <glib/gi18n.h>

/* Newer versions have GtkFileDialog beside this, which opens the same dialogs; older ones have only this. */
G_GNUC_BEGIN_IGNORE_DEPRECATIONS

typedef struct
{
  PhCompatFileFunc chosen;
  GWeakRef owner;
} Question;

static GFile *last_folder;      /* where the next dialog begins: where the last one ended; main thread */

/* A name without an ending gets that of captures, which the dialog to open looks for. Not if there is something already: nobody
 * asked whether that may be replaced. And not in a sandbox, which lets us write what was chosen and nothing else. */
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
response_cb (GtkNativeDialog *dialog, int response, Question *question)
{
  g_autoptr (GObject) owner = g_weak_ref_get (&question->owner);
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

  gtk_native_dialog_hide (dialog);
  if (response == GTK_RESPONSE_ACCEPT && file != NULL && owner != NULL)
    {
      gboolean saves = gtk_file_chooser_get_action (GTK_FILE_CHOOSER (dialog)) == GTK_FILE_CHOOSER_ACTION_SAVE;
      g_autoptr (GFile) folder = g_file_get_parent (file);
      g_autoptr (GFile) named = saves ? dup_named (file) : g_object_ref (file);

      g_set_object (&last_folder, folder);
      question->chosen (owner, named);
    }
  g_weak_ref_clear (&question->owner);
  g_free (question);
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
  gtk_file_filter_set_name (captures, _("Captures"));
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
 * @parent: the window that asks
 * @title: of the dialog
 * @chosen: called with the file, if one is chosen
 * @owner: (type GObject): for @chosen, which is not called when it is gone
 */
void
ph_compat_ask_open (GtkWindow *parent, const char *title, PhCompatFileFunc chosen, gpointer owner)
{
  ask (gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL), chosen, owner);
}

/**
 * ph_compat_ask_save:
 * @parent: the window that asks
 * @title: of the dialog
 * @name: what the file may be called
 * @chosen: called with the file, if one is chosen, with an ending if it was given none; what is there may be replaced
 * @owner: (type GObject): for @chosen, which is not called when it is gone
 */
void
ph_compat_ask_save (GtkWindow *parent, const char *title, const char *name, PhCompatFileFunc chosen, gpointer owner)
{
  GtkFileChooserNative *native = gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (native), name);
  ask (native, chosen, owner);
}

G_GNUC_END_IGNORE_DEPRECATIONS
