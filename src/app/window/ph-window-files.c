/* ph-window-files.c: opens files that were chosen, dropped, or named on the command line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-window-files.h"

#include "ph-capture-end.h"
#include "ph-capture-file.h"
#include "ph-capture-list.h"
#include "ph-compat-files.h"
#include "ph-format.h"
#include "ph-marks.h"
#include "ph-session-capture.h"
#include "ph-task.h"

#include <glib/gi18n.h>

#define LINES_MAX 5u /* of the message about files that cannot be opened */

/* ---- opening, on a thread ---- */

/* Files that are opened together. */
typedef struct
{
  PhWindow *window;
  char **paths;
  char **failures; /* one for each path: why it cannot be opened, or NULL */
  guint n_files;
  guint n_waiting;
} Opening;

/* @data: the element of paths, a char ** */
static void
open_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  PhStore *store = ph_store_new_from_file (*(char **) data, &error);

  if (store != NULL)
    g_task_return_pointer (task, store, (GDestroyNotify) ph_store_free);
  else
    g_task_return_error (task, error);
}

static char *
dup_failure (const char *path, const GError *error)
{
  g_autofree char *name = ph_marks_dup_filename (path);

  return g_strdup_printf (_("Cannot open %s: %s"), name, error->message);
}

/* One line for each file, in the order of the names. */
static char *
dup_failures (Opening *opening)
{
  GString *text = g_string_new (NULL);
  gulong n = 0;

  for (guint i = 0; i < opening->n_files; i++)
    if (opening->failures[i] != NULL && n++ < LINES_MAX)
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", opening->failures[i]);
  if (n > LINES_MAX)
    {
      g_autofree char *rest = ph_format_dup_grouped (n - LINES_MAX);

      g_string_append_c (text, '\n');
      /* Translators: a list of files that cannot be opened ends with how many it leaves out */
      g_string_append_printf (text, ngettext ("and %s more", "and %s more", n - LINES_MAX), rest);
    }

  return g_string_free (text, FALSE);
}

/* When all results are known, over the log of the tab that is in front then. */
static void
tell_failures (Opening *opening)
{
  PhSessionPage *page = ph_window_get_current (opening->window);
  g_autofree char *words = dup_failures (opening);

  if (*words == '\0')
    return;
  if (page == NULL)
    page = ph_window_add_tab (opening->window);
  ph_session_page_tell (page, words, NULL);
}

static void
opening_free (Opening *opening)
{
  for (guint i = 0; i < opening->n_files; i++)
    g_free (opening->failures[i]);
  g_free (opening->failures);
  g_strfreev (opening->paths);
  g_object_unref (opening->window);
  g_free (opening);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Opening *opening = data;
  char **path = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  PhStore *store = g_task_propagate_pointer (G_TASK (result), &error);
  gboolean closed = gtk_window_get_application (GTK_WINDOW (opening->window)) == NULL;

  if (store != NULL && closed)
    ph_capture_end (NULL, store);
  else if (store != NULL)
    {
      g_autoptr (PhSession) session = ph_session_new_from_store (store, *path);

      ph_window_add_page (opening->window, ph_session_page_new_for_session (session));
    }
  else
    opening->failures[path - opening->paths] = dup_failure (*path, error);
  if (--opening->n_waiting > 0)
    return;
  if (!closed)
    tell_failures (opening);
  opening_free (opening);
}

/**
 * ph_window_open_files:
 * @paths: (type filename) (array zero-terminated=1): captures
 *
 * Opens each in a tab of its own. A banner names those that cannot be opened. Returns at once.
 */
void
ph_window_open_files (PhWindow *window, const char *const *paths)
{
  guint n_files = g_strv_length ((char **) paths);
  Opening *opening;

  if (n_files == 0)
    return;
  opening = g_new0 (Opening, 1);
  opening->window = g_object_ref (window);
  opening->paths = g_strdupv ((char **) paths);
  opening->failures = g_new0 (char *, n_files);
  opening->n_files = opening->n_waiting = n_files;
  for (guint i = 0; i < n_files; i++)
    {
      g_autoptr (GTask) task = g_task_new (NULL, NULL, opened_cb, opening);

      g_task_set_task_data (task, &opening->paths[i], NULL);
      ph_task_run (task, open_thread);
    }
}

/* ---- where files come from ---- */

/**
 * ph_window_files_dup_path:
 *
 * Returns: (transfer full) (type filename): the path, for ph_window_open_files(). A file on another machine has none: then
 *   the URI, which cannot be opened
 */
char *
ph_window_files_dup_path (GFile *file)
{
  char *path = g_file_get_path (file);

  return path != NULL ? path : g_file_get_uri (file);
}

static void
chosen_cb (gpointer window, GFile *file)
{
  g_autofree char *path = ph_window_files_dup_path (file);
  const char *paths[] = { path, NULL };

  ph_window_open_files (window, paths);
}

static void
open_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ph_compat_ask_open (GTK_WINDOW (widget), _("Open a recording"), _("Recordings"), PH_CAPTURE_SUFFIX, chosen_cb, widget);
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
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  for (GSList *at = files; at != NULL; at = at->next)
    g_ptr_array_add (paths, ph_window_files_dup_path (at->data));
  g_ptr_array_add (paths, NULL);
  ph_window_open_files (window, (const char *const *) paths->pdata);

  return files != NULL;
}

/**
 * ph_window_files_install:
 *
 * Adds the actions for files to the class of the window.
 */
void
ph_window_files_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.open-file", NULL, open_cb);
  gtk_widget_class_install_action (klass, "win.captures", NULL, captures_cb);
}

/**
 * ph_window_files_accept:
 *
 * Opens files that are dropped on @window.
 */
void
ph_window_files_accept (PhWindow *window)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), window, 0);
  gtk_widget_add_controller (GTK_WIDGET (window), GTK_EVENT_CONTROLLER (target));
}
