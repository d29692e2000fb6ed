/* ph-window-files.c: files that come to a window: chosen, dropped, or named on the command line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-window-files.h"

#include "ph-capture-list.h"
#include "ph-compat-files.h"
#include "ph-session-capture.h"

#include <glib/gi18n.h>

/* ---- opening, on a thread ---- */

typedef struct
{
  PhWindow *window;
  char *path;
} Opening;

static void
open_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  PhStore *store = ph_store_new_from_file (data, &error);

  if (store != NULL)
    g_task_return_pointer (task, store, (GDestroyNotify) ph_store_free);
  else
    g_task_return_error (task, error);
}

static void
tell_failure (Opening *opening, const GError *error)
{
  PhSessionPage *page = ph_window_get_current (opening->window);
  g_autofree char *name = g_filename_display_name (opening->path);
  g_autofree char *words = g_strdup_printf (_("Cannot open %s: %s"), name, error->message);

  if (page == NULL)
    page = ph_window_add_tab (opening->window);
  ph_session_page_tell (page, words, NULL);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Opening *opening = data;
  g_autoptr (GError) error = NULL;
  PhStore *store = g_task_propagate_pointer (G_TASK (result), &error);
  gboolean closed = gtk_window_get_application (GTK_WINDOW (opening->window)) == NULL;

  if (store != NULL && closed)
    ph_store_free (store);
  else if (store != NULL)
    {
      g_autoptr (PhSession) session = ph_session_new_from_store (store, opening->path);

      ph_window_add_page (opening->window, ph_session_page_new_for_session (session));
    }
  else if (!closed)
    tell_failure (opening, error);
  g_object_unref (opening->window);
  g_free (opening->path);
  g_free (opening);
}

/**
 * ph_window_open_file:
 * @window: a window
 * @path: (type filename): a capture
 *
 * Shows it in a tab of its own, or says over the log why not. Returns at once.
 */
void
ph_window_open_file (PhWindow *window, const char *path)
{
  g_autoptr (GTask) task = NULL;
  Opening *opening = g_new0 (Opening, 1);

  opening->window = g_object_ref (window);
  opening->path = g_strdup (path);
  task = g_task_new (NULL, NULL, opened_cb, opening);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, open_thread);
}

/* ---- where files come from ---- */

static void
open_file (gpointer window, GFile *file)
{
  g_autofree char *path = g_file_get_path (file);

  if (path != NULL)
    ph_window_open_file (window, path);
}

static void
open_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ph_compat_ask_open (GTK_WINDOW (widget), _("Open a capture"), open_file, widget);
}

static void
captures_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_window_present (ph_capture_list_new (PH_WINDOW (widget)));
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, PhWindow *window)
{
  GSList *files = g_value_get_boxed (value);

  for (GSList *at = files; at != NULL; at = at->next)
    open_file (window, at->data);

  return files != NULL;
}

/**
 * ph_window_files_install:
 * @klass: the window's class
 *
 * Its actions for files.
 */
void
ph_window_files_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.open-file", NULL, open_cb);
  gtk_widget_class_install_action (klass, "win.captures", NULL, captures_cb);
}

/**
 * ph_window_files_accept:
 * @window: a window
 *
 * Files that are dropped on it are opened.
 */
void
ph_window_files_accept (PhWindow *window)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), window, 0);
  gtk_widget_add_controller (GTK_WIDGET (window), GTK_EVENT_CONTROLLER (target));
}
