/* ph-capture-list.c: the window that lists recent captures: open, save as, delete, undo
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-capture-list.h"

#include "ph-capture-copy.h"
#include "ph-captures-here.h"
#include "ph-compat-files.h"
#include "ph-format.h"
#include "ph-marks.h"
#include "ph-save-bar.h"
#include "ph-window-files.h"

#include <glib/gi18n.h>

struct _PhCaptureList
{
  GtkWindow parent_instance;

  /* template */
  GtkListView *list_view;
  GtkWidget *empty_label;
  GtkWidget *undo_box;
  GtkLabel *told_label;
  PhSaveBar *save_bar;

  /* owned */
  GtkSingleSelection *selection;
  PhCapture *kept;  /* nullable: the selected one, while the list changes */
  PhCapture *asked; /* nullable: the one that the save dialog is about */
};

G_DEFINE_FINAL_TYPE (PhCaptureList, ph_capture_list, GTK_TYPE_WINDOW)

static const PhCaptureInfo *
get_selected (PhCaptureList *self)
{
  PhCapture *capture = gtk_single_selection_get_selected_item (self->selection);

  return capture != NULL ? ph_capture_get_info (capture) : NULL;
}

/* ---- rows ---- */

static char *
describe (const PhCaptureInfo *info)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (info->time / G_TIME_SPAN_SECOND);
  g_autofree char *when = g_date_time_format (time, "%Y-%m-%d %H:%M:%S");
  g_autofree char *size = ph_format_dup_size (info->size);
  g_autofree char *number = ph_format_dup_grouped (info->records);
  gulong n = (gulong) MIN (info->records, G_MAXULONG);
  /* Translators: how many records a capture has */
  g_autofree char *records = g_strdup_printf (ngettext ("%s record", "%s records", n), number);

  return g_strdup_printf ("%s  ·  %s  ·  %s%s%s", when, records, size, info->live ? "  ·  " : "",
                          info->live ? _("being written") : "");
}

static void
setup_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  for (int i = 0; i < 2; i++)
    {
      GtkWidget *label = gtk_label_new (NULL);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_widget_add_css_class (label, "numeric");
      if (i == 1)
        gtk_widget_add_css_class (label, "field-label");
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_list_item_set_child (item, box);
}

static void
bind_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  const PhCaptureInfo *info = ph_capture_get_info (gtk_list_item_get_item (item));
  GtkWidget *words = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  g_autofree char *base = g_path_get_basename (info->path), *name = ph_marks_dup_filename (base);
  g_autofree char *more = describe (info);

  gtk_label_set_label (GTK_LABEL (words), info->words != NULL ? info->words : name);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_next_sibling (words)), more);
}

/* ---- actions ---- */

static void
open_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PhCaptureList *self = PH_CAPTURE_LIST (widget);
  PhWindow *window = PH_WINDOW (gtk_window_get_transient_for (GTK_WINDOW (self)));
  const PhCaptureInfo *info = get_selected (self);

  if (info == NULL || window == NULL)
    return;
  ph_window_open_files (window, (const char *const[]) { info->path, NULL });
  gtk_window_close (GTK_WINDOW (self));
}

static void
activate_cb (GtkListView *view, guint position, PhCaptureList *self)
{
  open_cb (GTK_WIDGET (self), NULL, NULL);
}

static void
delete_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PhCaptureList *self = PH_CAPTURE_LIST (widget);
  PhCapture *capture = gtk_single_selection_get_selected_item (self->selection);

  if (capture != NULL && !ph_capture_get_info (capture)->live)
    ph_captures_delete (ph_captures_here (), capture);
}

static void
undo_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ph_captures_undo (ph_captures_here ());
}

static void
failed_cb (PhCaptureList *self, const char *words)
{
  gtk_widget_add_css_class (GTK_WIDGET (self->told_label), "error");
  gtk_label_set_label (self->told_label, words);
}

static void
saved_cb (PhCaptureList *self, const char *words)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self->told_label), "error");
  gtk_label_set_label (self->told_label, words);
}

static void
chosen_cb (gpointer list, GFile *to)
{
  PhCaptureList *self = list;
  const char *path;

  if (self->asked == NULL)
    return;
  path = ph_capture_get_info (self->asked)->path;
  gtk_label_set_label (self->told_label, "");
  ph_save_bar_start (self->save_bar, &ph_capture_copy, ph_capture_copy_new (path, NULL), path, to);
}

static void
save_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PhCaptureList *self = PH_CAPTURE_LIST (widget);
  const PhCaptureInfo *info = get_selected (self);
  g_autofree char *base = info != NULL ? g_path_get_basename (info->path) : NULL, *file = NULL;

  if (info == NULL)
    return;
  file = ph_marks_dup_filename (base);
  g_set_object (&self->asked, gtk_single_selection_get_selected_item (self->selection));
  ph_compat_ask_save (GTK_WINDOW (widget), _("Save the recording"), file, _("Recordings"), PH_CAPTURE_SUFFIX, chosen_cb, widget);
}

/* ---- changes of the list ---- */

static void
update (PhCaptureList *self)
{
  const PhCaptureInfo *info = get_selected (self);
  PhCaptures *captures = ph_captures_here ();
  guint n = g_list_model_get_n_items (G_LIST_MODEL (captures));

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "captures.open", info != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "captures.save", info != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "captures.delete", info != NULL && !info->live);
  gtk_widget_set_visible (self->empty_label, n == 0 && !ph_captures_is_busy (captures));
  gtk_widget_set_visible (self->undo_box, ph_captures_get_deleted (captures) != NULL);
}

/* A refresh replaces all items. keep_cb runs before the selection hears of it and items_changed_cb after, which selects the item of
 * the same file again. */
static void
keep_cb (PhCaptureList *self)
{
  g_set_object (&self->kept, gtk_single_selection_get_selected_item (self->selection));
}

static void
items_changed_cb (PhCaptureList *self)
{
  GListModel *captures = G_LIST_MODEL (ph_captures_here ());

  for (guint i = 0; self->kept != NULL && i < g_list_model_get_n_items (captures); i++)
    {
      g_autoptr (PhCapture) capture = g_list_model_get_item (captures, i);

      if (g_str_equal (ph_capture_get_info (capture)->path, ph_capture_get_info (self->kept)->path))
        gtk_single_selection_set_selected (self->selection, i);
    }
  g_clear_object (&self->kept);
  update (self);
}

/* The last deletion can be undone only while the window is open. */
static gboolean
ph_capture_list_close_request (GtkWindow *window)
{
  ph_captures_commit (ph_captures_here ());

  return GTK_WINDOW_CLASS (ph_capture_list_parent_class)->close_request (window);
}

static void
ph_capture_list_dispose (GObject *object)
{
  PhCaptureList *self = PH_CAPTURE_LIST (object);

  g_clear_object (&self->selection);
  g_clear_object (&self->kept);
  g_clear_object (&self->asked);

  G_OBJECT_CLASS (ph_capture_list_parent_class)->dispose (object);
}

static void
ph_capture_list_class_init (PhCaptureListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_capture_list_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = ph_capture_list_close_request;
  g_type_ensure (PH_TYPE_SAVE_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/porthole/Porthole/capture-list.ui");
  gtk_widget_class_bind_template_child (widget_class, PhCaptureList, list_view);
  gtk_widget_class_bind_template_child (widget_class, PhCaptureList, empty_label);
  gtk_widget_class_bind_template_child (widget_class, PhCaptureList, undo_box);
  gtk_widget_class_bind_template_child (widget_class, PhCaptureList, told_label);
  gtk_widget_class_bind_template_child (widget_class, PhCaptureList, save_bar);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, failed_cb);
  gtk_widget_class_bind_template_callback (widget_class, saved_cb);
  gtk_widget_class_install_action (widget_class, "captures.open", NULL, open_cb);
  gtk_widget_class_install_action (widget_class, "captures.save", NULL, save_cb);
  gtk_widget_class_install_action (widget_class, "captures.delete", NULL, delete_cb);
  gtk_widget_class_install_action (widget_class, "captures.undo", NULL, undo_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "captures.delete", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "captures.undo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
ph_capture_list_init (PhCaptureList *self)
{
  PhCaptures *captures = ph_captures_here ();
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  gtk_list_view_set_factory (self->list_view, factory);
  g_object_unref (factory);
  g_signal_connect_object (captures, "items-changed", G_CALLBACK (keep_cb), self, G_CONNECT_SWAPPED);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (captures)));
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (captures, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (captures, "notify::deleted", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  ph_captures_refresh (captures);
  update (self);
}

/**
 * ph_capture_list_new:
 * @parent: opens the capture that is chosen
 *
 * Returns: (transfer none): a window that is not shown yet; GTK owns it until it is closed
 */
GtkWindow *
ph_capture_list_new (PhWindow *parent)
{
  return g_object_new (PH_TYPE_CAPTURE_LIST, "transient-for", parent, NULL);
}
