/* test-drop.c: files dropped on a window, the save bar, and the list of captures
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-capture-copy.h"
#include "ph-capture-list.h"
#include "ph-captures-here.h"
#include "ph-save-bar.h"
#include "ph-send-area.h"
#include "ph-session-capture.h"
#include "ph-window.h"

#include <glib/gstdio.h>

typedef struct
{
  char *folder;
  PhWindow *window;
} Fixture;

static GtkApplication *application;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("porthole-drop-XXXXXX", NULL);
  fixture->window = ph_window_new (application);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
}

/* Writes a capture of so many chunks; larger ones are newer. */
static GFile *
make (Fixture *fixture, const char *name, guint n_chunks)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autofree guint8 *bytes = g_malloc0 (PH_STORE_PAYLOAD_MAX);
  g_autoptr (PhStore) store = ph_store_new (PH_STORE_LIMIT_MIN, NULL, NULL);
  PhSpool *spool = ph_spool_new (store, path, NULL);
  PhRecord record = { .time = n_chunks * G_GINT64_CONSTANT (1000000000), .kind = PH_RECORD_IN,
                      .length = PH_STORE_PAYLOAD_MAX };

  ph_store_set_full (store, PH_STORE_PAUSE);
  for (guint i = 0; i < n_chunks; i++)
    {
      ph_store_append (store, &record, bytes);
      ph_store_notify (store);
    }
  ph_spool_free (spool);

  return g_file_new_for_path (path);
}

static GtkEventController *
find_drop_target (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        return controller;
    }

  return NULL;
}

static gboolean
drop_on (GtkWidget *widget, GSList *files)
{
  GValue value = G_VALUE_INIT;
  gboolean taken = FALSE;

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_set_boxed (&value, files);
  g_signal_emit_by_name (find_drop_target (widget), "drop", &value, 10.0, 10.0, &taken);
  g_value_unset (&value);

  return taken;
}

static gboolean
drop (Fixture *fixture, GSList *files)
{
  return drop_on (GTK_WIDGET (fixture->window), files);
}

/* Whether the current tab shows that file. */
static gboolean
shows (Fixture *fixture, GFile *file)
{
  PhSessionPage *page = ph_window_get_current (fixture->window);
  const char *path = page != NULL ? ph_session_get_capture_path (ph_session_page_get_session (page)) : NULL;

  return g_strcmp0 (path, g_file_peek_path (file)) == 0;
}

static void
test_a_dropped_capture_is_shown_in_a_tab_of_its_own (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) first = make (fixture, "first.porthole", 2), second = make (fixture, "zwei 二.porthole", 1);
  GSList *one = g_slist_append (NULL, first), *both = g_slist_append (g_slist_append (NULL, second), second);

  g_assert_true (drop (fixture, one));
  while (!shows (fixture, first))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (drop (fixture, both));
  while (!shows (fixture, second))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (ph_session_is_read_only (ph_session_page_get_session (ph_window_get_current (fixture->window))));
  g_assert_false (drop (fixture, NULL));
  g_slist_free (one);
  g_slist_free (both);
}

static GtkWidget *
find_widget (GtkWidget *widget, GType type)
{
  GtkWidget *found = g_type_is_a (G_OBJECT_TYPE (widget), type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_widget (child, type);

  return found;
}

static void
test_a_plain_file_dropped_on_the_message_becomes_its_source_and_a_capture_does_not (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "plain.bin", NULL);
  g_autoptr (GFile) capture = make (fixture, "first.porthole", 2), plain = g_file_new_for_path (path);
  GSList *captures = g_slist_append (NULL, capture), *plains = g_slist_append (NULL, plain);
  PhSendArea *area;

  ph_window_add_tab (fixture->window);
  area = PH_SEND_AREA (find_widget (GTK_WIDGET (ph_window_get_current (fixture->window)), PH_TYPE_SEND_AREA));
  g_assert_true (drop_on (GTK_WIDGET (area), plains));
  g_assert_true (ph_send_area_has_file (area));
  g_assert_cmpstr (ph_file_card_get_name (ph_send_area_get_card (area)), ==, "plain.bin");
  g_signal_emit_by_name (ph_send_area_get_card (area), "closed");
  g_assert_false (ph_send_area_has_file (area));
  g_assert_true (drop_on (GTK_WIDGET (area), captures));
  g_assert_false (ph_send_area_has_file (area));
  while (!shows (fixture, capture))
    g_main_context_iteration (NULL, TRUE);
  g_slist_free (captures);
  g_slist_free (plains);
}

static void
words_cb (PhSaveBar *bar, const char *words, char **said)
{
  *said = g_strdup (words);
}

static gboolean
has (Fixture *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
save_copy (PhSaveBar *bar, GFile *from, GFile *to)
{
  const char *path = g_file_peek_path (from);

  ph_save_bar_start (bar, &ph_capture_copy, ph_capture_copy_new (path, NULL), path, to);
}

static void
test_a_save_that_takes_its_time_is_shown_and_can_be_given_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) from = make (fixture, "from.porthole", 2);
  g_autofree char *path = g_build_filename (fixture->folder, "to.porthole", NULL), *said = NULL;
  g_autoptr (GFile) to = g_file_new_for_path (path);
  PhSaveBar *bar = g_object_new (PH_TYPE_SAVE_BAR, NULL);
  FILE *file = g_fopen (g_file_peek_path (from), "r+b");
  gboolean seen = FALSE;

  /* Longer than any disk needs for the first update of the bar. */
  g_assert_cmpint (fseek (file, 0x7FFFFFF0L, SEEK_SET), ==, 0);
  fputc (0, file);
  fclose (file);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (bar));
  g_signal_connect (bar, "failed", G_CALLBACK (words_cb), &said);
  save_copy (bar, from, to);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (bar)));
  while (!gtk_widget_get_visible (GTK_WIDGET (bar)) && !has (fixture, "to.porthole"))
    g_main_context_iteration (NULL, TRUE);
  seen = gtk_widget_get_visible (GTK_WIDGET (bar));
  ph_save_bar_cancel (bar);
  while (gtk_widget_get_visible (GTK_WIDGET (bar)))
    g_main_context_iteration (NULL, TRUE);
  if (seen)
    g_assert_false (has (fixture, "to.porthole"));
  g_assert_null (said);
}

static void
test_a_save_that_fails_says_why (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) from = make (fixture, "from.porthole", 2);
  g_autoptr (GFile) to = g_file_new_for_path ("/no/such/folder/to.porthole");
  g_autofree char *said = NULL;
  PhSaveBar *bar = g_object_ref_sink (g_object_new (PH_TYPE_SAVE_BAR, NULL));

  g_signal_connect (bar, "failed", G_CALLBACK (words_cb), &said);
  save_copy (bar, from, to);
  while (said == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (g_str_has_prefix (said, "Cannot save the recording as /no/such/folder/to.porthole: "));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (bar)));
  g_object_unref (bar);
}

static void
test_a_save_that_is_done_says_as_what (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) from = make (fixture, "from.porthole", 2);
  g_autofree char *path = g_build_filename (fixture->folder, "zu 二.porthole", NULL), *said = NULL;
  g_autoptr (GFile) to = g_file_new_for_path (path);
  PhSaveBar *bar = g_object_ref_sink (g_object_new (PH_TYPE_SAVE_BAR, NULL));

  g_signal_connect (bar, "saved", G_CALLBACK (words_cb), &said);
  save_copy (bar, from, to);
  while (said == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (said, ==, "Saved as zu 二.porthole");
  g_assert_true (has (fixture, "zu 二.porthole"));
  g_object_unref (bar);
}

static void
test_a_second_save_says_what_it_would_have_to_wait_for (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) from = make (fixture, "from.porthole", 2);
  g_autofree char *path = g_build_filename (fixture->folder, "first.porthole", NULL);
  g_autofree char *failed = NULL, *saved = NULL;
  g_autoptr (GFile) first = g_file_new_for_path (path), second = g_file_new_for_path ("/second.porthole");
  PhSaveBar *bar = g_object_ref_sink (g_object_new (PH_TYPE_SAVE_BAR, NULL));

  g_signal_connect (bar, "failed", G_CALLBACK (words_cb), &failed);
  g_signal_connect (bar, "saved", G_CALLBACK (words_cb), &saved);
  save_copy (bar, from, first);
  save_copy (bar, from, second);
  g_assert_cmpstr (failed, ==, "Cannot save the recording as /second.porthole: Saving first.porthole");
  while (saved == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (saved, ==, "Saved as first.porthole");
  g_object_unref (bar);
}

/* ---- the list of captures ---- */

static void
look_again (guint n)
{
  ph_captures_refresh (ph_captures_here ());
  while (ph_captures_is_busy (ph_captures_here ()))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (ph_captures_here ())), ==, n);
}

static GtkSingleSelection *
selection_of (GtkWindow *list)
{
  GObject *view = gtk_widget_get_template_child (GTK_WIDGET (list), PH_TYPE_CAPTURE_LIST, "list_view");

  return GTK_SINGLE_SELECTION (gtk_list_view_get_model (GTK_LIST_VIEW (view)));
}

static void
assert_selected (GtkWindow *list, const char *name)
{
  PhCapture *capture = gtk_single_selection_get_selected_item (selection_of (list));
  g_autofree char *selected = g_path_get_basename (ph_capture_get_info (capture)->path);

  g_assert_cmpstr (selected, ==, name);
}

/* Writes three captures into the program's folder: c is the newest, a the oldest. */
static GtkWindow *
show_captures (Fixture *fixture)
{
  g_free (fixture->folder);
  fixture->folder = ph_capture_file_dup_folder ();
  g_assert_cmpint (g_mkdir_with_parents (fixture->folder, 0700), ==, 0);
  g_object_unref (make (fixture, "a.porthole", 1));
  g_object_unref (make (fixture, "b.porthole", 2));
  g_object_unref (make (fixture, "c.porthole", 3));
  look_again (3);

  return ph_capture_list_new (fixture->window);
}

static void
forget (Fixture *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_cmpint (g_remove (path), ==, 0);
}

static void
test_a_capture_stays_selected_while_others_come_and_go (Fixture *fixture, gconstpointer data)
{
  GtkWindow *list = show_captures (fixture);

  look_again (3);
  gtk_single_selection_set_selected (selection_of (list), 1);
  assert_selected (list, "b.porthole");
  g_object_unref (make (fixture, "d.porthole", 4));
  look_again (4);
  assert_selected (list, "b.porthole");
  forget (fixture, "a.porthole");
  forget (fixture, "d.porthole");
  look_again (2);
  assert_selected (list, "b.porthole");
  forget (fixture, "b.porthole");
  look_again (1);
  assert_selected (list, "c.porthole");
  gtk_window_destroy (list);
}

G_GNUC_BEGIN_IGNORE_DEPRECATIONS /* the dialog that the program uses, as GTK 4.8 has no other */

/* The dialog, once it has a file to answer with: it has none before it has found its folder. */
static GtkDialog *
find_dialog (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *at = windows; at != NULL; at = at->next)
    if (GTK_IS_FILE_CHOOSER_DIALOG (at->data) && gtk_widget_get_mapped (at->data))
      {
        g_autoptr (GFile) file = gtk_file_chooser_get_file (at->data);

        return file != NULL ? at->data : NULL;
      }

  return NULL;
}

static void
test_what_is_saved_is_what_was_asked_for (Fixture *fixture, gconstpointer data)
{
  GtkWindow *list = show_captures (fixture);
  g_autofree char *said = NULL;
  GObject *bar = gtk_widget_get_template_child (GTK_WIDGET (list), PH_TYPE_CAPTURE_LIST, "save_bar");
  GtkDialog *dialog;

  gtk_window_present (list);
  look_again (3);
  g_signal_connect (bar, "failed", G_CALLBACK (words_cb), &said);
  g_signal_connect (bar, "saved", G_CALLBACK (words_cb), &said);
  gtk_single_selection_set_selected (selection_of (list), 1);
  gtk_widget_activate_action (GTK_WIDGET (list), "captures.save", NULL);
  while ((dialog = find_dialog ()) == NULL)
    g_main_context_iteration (NULL, TRUE);

  /* A limit may delete it while the dialog is open. */
  forget (fixture, "b.porthole");
  look_again (2);
  gtk_dialog_response (dialog, GTK_RESPONSE_ACCEPT);
  while (said == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (g_str_has_prefix (said, "Cannot save the recording as "));
  gtk_window_destroy (list);
}

G_GNUC_END_IGNORE_DEPRECATIONS

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  application = gtk_application_new (NULL, G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
#define ADD(name) g_test_add ("/drop/" #name, Fixture, NULL, set_up, test_##name, tear_down)
  ADD (a_dropped_capture_is_shown_in_a_tab_of_its_own);
  ADD (a_plain_file_dropped_on_the_message_becomes_its_source_and_a_capture_does_not);
  ADD (a_save_that_takes_its_time_is_shown_and_can_be_given_up);
  ADD (a_save_that_fails_says_why);
  ADD (a_save_that_is_done_says_as_what);
  ADD (a_second_save_says_what_it_would_have_to_wait_for);
  ADD (a_capture_stays_selected_while_others_come_and_go);
  ADD (what_is_saved_is_what_was_asked_for);
  status = g_test_run ();
  ph_captures_here_end ();
  g_object_unref (application);

  return status;
}
