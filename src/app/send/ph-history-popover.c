/* ph-history-popover.c: shows a history when its button is clicked, and calls back with the item that is picked
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-history-popover.h"

#include "ph-charset.h"
#include "ph-check-title.h"
#include "ph-direction.h"
#include "ph-history-store.h"
#include "ph-marks.h"
#include "ph-popover.h"

#include <glib/gi18n.h>

#define WIDTH 380      /* pixels */
#define MAX_HEIGHT 320 /* pixels */

/* The history that a button opens, and the callback for the item that is picked. */
typedef struct
{
  const char *key;
  PhHistoryPickedFunc picked;
  gpointer data;
} Attachment;

/* How a message was sent: “HEX · CRC-16/MODBUS”, or “GBK · CRLF · Escapes”. */
static char *
dup_format_words (const PhPayloadFormat *format, const char *to)
{
  g_autofree char *charset = NULL, *ending = NULL, *added = ph_check_title_dup (format);
  g_autofree char *arrow = to != NULL ? g_strconcat ("→ ", to, NULL) : NULL;
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;

  if (format->charset == NULL)
    /* Translators: of a message in the history: how it was sent is not known, so it is sent as the switches are now */
    return g_strdup (_("as set now"));
  charset = ph_charset_dup_short_name (ph_charset_find (format->charset));
  ending = g_ascii_strup (ph_line_ending_id (format->line_ending), -1);
  g_strv_builder_add (words, format->hex ? _("HEX") : charset);
  if (!format->hex && format->line_ending != PH_LINE_ENDING_NONE)
    g_strv_builder_add (words, ending);
  if (!format->hex && format->escapes)
    g_strv_builder_add (words, _("Escapes"));
  if (format->variables)
    g_strv_builder_add (words, _("Variables"));
  if (added != NULL)
    g_strv_builder_add (words, added);
  if (arrow != NULL)
    g_strv_builder_add (words, arrow);
  all = g_strv_builder_end (words);

  return g_strjoinv (" · ", all);
}

static GtkWidget *
make_badge (PhHistoryItem *item)
{
  g_autofree char *words = dup_format_words (ph_history_item_get_format (item), ph_history_item_get_to (item));
  GtkWidget *badge = gtk_label_new (words);

  gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (badge, "format-badge");

  return badge;
}

static void
save_cb (GtkWidget *button)
{
  GtkWidget *row = gtk_widget_get_ancestor (button, GTK_TYPE_LIST_BOX_ROW), *popover = gtk_widget_get_ancestor (row, GTK_TYPE_POPOVER);

  gtk_widget_activate_action (button, "page.save-history-command", "u", (guint) gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)));
  gtk_popover_popdown (GTK_POPOVER (popover));
}

static GtkWidget *
make_save_button (void)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("list-add-symbolic");

  gtk_widget_set_tooltip_text (button, _("Save as quick command"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Save as quick command"), -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "small-icon");
  g_signal_connect (button, "clicked", G_CALLBACK (save_cb), NULL);

  return button;
}

static GtkWidget *
make_row_cb (gpointer item, gpointer attachment)
{
  const Attachment *to = attachment;
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *text = ph_marks_dup (ph_history_item_get_text (item), -1, PH_MARKS_LINE_MAX);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  ph_direction_keep_label (GTK_LABEL (label));
  gtk_widget_add_css_class (label, "monospace");
  gtk_box_append (GTK_BOX (row), label);
  if (!g_str_equal (to->key, PH_HISTORY_SENT))
    return row;
  gtk_box_append (GTK_BOX (row), make_badge (item));
  gtk_box_append (GTK_BOX (row), make_save_button ());

  return row;
}

static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *row, const Attachment *to)
{
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (list), GTK_TYPE_POPOVER);
  GListModel *history = G_LIST_MODEL (ph_history_store_get (to->key));
  g_autoptr (PhHistoryItem) item = g_list_model_get_item (history, (guint) gtk_list_box_row_get_index (row));

  gtk_popover_popdown (GTK_POPOVER (popover));
  if (item != NULL)
    to->picked (to->data, item);
}

static GtkWidget *
make_list (const Attachment *to)
{
  GtkWidget *list = gtk_list_box_new ();
  gboolean sent = g_str_equal (to->key, PH_HISTORY_SENT);
  GtkWidget *nothing = gtk_label_new (sent ? _("Nothing was sent yet") : _("Nothing was searched for yet"));

  gtk_widget_set_margin_top (nothing, 12);
  gtk_widget_set_margin_bottom (nothing, 12);
  gtk_widget_add_css_class (nothing, "field-label");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_list_box_set_placeholder (GTK_LIST_BOX (list), nothing);
  gtk_list_box_bind_model (GTK_LIST_BOX (list), G_LIST_MODEL (ph_history_store_get (to->key)), make_row_cb, (gpointer) to,
                           NULL);
  g_signal_connect (list, "row-activated", G_CALLBACK (row_activated_cb), (gpointer) to);

  return list;
}

static void
create_popup_cb (GtkMenuButton *button, gpointer data)
{
  const Attachment *to = data;
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), MAX_HEIGHT);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), make_list (to));
  gtk_widget_set_size_request (scroller, WIDTH, -1);
  gtk_popover_set_child (GTK_POPOVER (popover), scroller);
  gtk_popover_set_has_arrow (GTK_POPOVER (popover), FALSE);
  gtk_widget_set_halign (popover, GTK_ALIGN_END);
  gtk_widget_add_css_class (popover, "list");
  ph_popover_return_focus (popover);
  gtk_menu_button_set_popover (button, popover);
}

/**
 * ph_history_popover_attach:
 * @button: opens the list
 * @key: of the history, a constant: see ph_history_store_get()
 * @picked: called with the item that is picked
 * @data: for @picked; outlives @button
 */
void
ph_history_popover_attach (GtkMenuButton *button, const char *key, PhHistoryPickedFunc picked, gpointer data)
{
  Attachment *to = g_new (Attachment, 1);

  *to = (Attachment) { key, picked, data };
  gtk_menu_button_set_create_popup_func (button, create_popup_cb, to, g_free);
}
