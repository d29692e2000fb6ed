/* ph-send-area.c: shows and edits the message of a tab, the button that sends it, and what was sent before
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-send-area-private.h"

#include "ph-compat.h"
#include "ph-enter-sends.h"
#include "ph-history-popover.h"
#include "ph-history-store.h"
#include "ph-pieces-popover.h"
#include "ph-priority-layout.h"
#include "ph-send-preview.h"

#include <glib/gi18n.h>

#define NOT_WALKING (-1)

enum
{
  FILE_DROPPED,
  FILE_CLOSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PhSendArea, ph_send_area, GTK_TYPE_BOX)

/* ---- the message ---- */

static GtkTextBuffer *
get_buffer (PhSendArea *self)
{
  return gtk_text_view_get_buffer (self->message_view);
}

static void
show_reason (PhSendArea *self, const char *reason, gboolean is_error)
{
  ph_send_summary_tell (self->summary, reason, is_error);
  if (is_error)
    {
      gtk_widget_add_css_class (self->message_scroller, "error");
      gtk_accessible_update_state (GTK_ACCESSIBLE (self->message_view), GTK_ACCESSIBLE_STATE_INVALID,
                                   GTK_ACCESSIBLE_INVALID_TRUE, -1);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->message_view), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, reason,
                                      -1);
      return;
    }
  gtk_widget_remove_css_class (self->message_scroller, "error");
  gtk_accessible_reset_state (GTK_ACCESSIBLE (self->message_view), GTK_ACCESSIBLE_STATE_INVALID);
  gtk_accessible_reset_property (GTK_ACCESSIBLE (self->message_view), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

static void
show_left (PhSendArea *self)
{
  g_autofree char *words = ph_message_target_dup_left_words (ph_message_get_target (self->message));

  show_reason (self, words, FALSE);
}

static void
notify_left_cb (PhSendArea *self)
{
  if (ph_message_target_get_left (ph_message_get_target (self->message)) != NULL)
    show_left (self);
  else
    show_reason (self, "", FALSE);
}

static void
not_converted_cb (PhSendArea *self, const char *reason, guint64 place)
{
  ph_send_area_tell (self, reason);
  if (place != PH_MESSAGE_NO_PLACE)
    ph_send_area_mark_place (self, place);
}

static void
update_hint (PhSendArea *self)
{
  PhSendOptions *options = ph_message_get_options (self->message);
  const char *keys = ph_send_options_get_enter_sends (options) ? _("Type here, Enter sends, Shift+Enter begins a line")
                                                               : _("Type here, Ctrl+Enter sends");

  gtk_label_set_label (self->hint_label, ph_send_options_get_format (options).hex ? _("Hex digits, such as 55 00 0A") : keys);
  gtk_widget_set_visible (GTK_WIDGET (self->hint_label), gtk_text_buffer_get_char_count (get_buffer (self)) == 0);
}

/* Hex digits are written from left to right everywhere. */
static void
notify_hex_cb (PhSendArea *self)
{
  gboolean hex = ph_send_options_get_format (ph_message_get_options (self->message)).hex;

  gtk_widget_set_direction (GTK_WIDGET (self->message_view), hex ? GTK_TEXT_DIR_LTR : GTK_TEXT_DIR_NONE);
  update_hint (self);
}

static GtkTextTag *
get_tag (GtkTextBuffer *buffer, const char *name, const char *property, int value)
{
  GtkTextTag *tag = gtk_text_tag_table_lookup (gtk_text_buffer_get_tag_table (buffer), name);

  return tag != NULL ? tag : gtk_text_buffer_create_tag (buffer, name, property, value, NULL);
}

/* A hyphen where a line is wrapped would look like one that is sent. What was wrong may be right now. */
static void
update_tags (GtkTextBuffer *buffer)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_apply_tag (buffer, get_tag (buffer, "plain", "insert-hyphens", FALSE), &start, &end);
  gtk_text_buffer_remove_tag (buffer, get_tag (buffer, "wrong", "underline", PANGO_UNDERLINE_ERROR), &start, &end);
}

static char *
dup_typed (PhSendArea *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (get_buffer (self), &start, &end);

  return gtk_text_buffer_get_text (get_buffer (self), &start, &end, TRUE);
}

static void
text_changed_cb (PhSendArea *self)
{
  g_autofree char *text = dup_typed (self);

  update_tags (get_buffer (self));
  if (ph_message_target_get_left (ph_message_get_target (self->message)) != NULL)
    show_left (self);
  else if (ph_send_summary_is_telling (self->summary))
    show_reason (self, "", FALSE);
  update_hint (self);
  if (self->syncing)
    return;
  self->syncing = TRUE;
  ph_message_set_text (self->message, text);
  self->syncing = FALSE;
}

/* Replaces what is typed, so that it can be undone. */
static void
notify_text_cb (PhSendArea *self)
{
  GtkTextBuffer *buffer = get_buffer (self);
  const char *text = ph_message_get_text (self->message);
  GtkTextIter start, end;

  if (self->syncing)
    return;
  self->syncing = TRUE;
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert (buffer, &end, text, -1);
  gtk_text_buffer_end_user_action (buffer);
  gtk_text_buffer_place_cursor (buffer, &end);
  self->syncing = FALSE;
}

/* ---- the button ---- */

/** ph_send_area_update_button: what the button does now */
void
ph_send_area_update_button (PhSendArea *self)
{
  gboolean repeating = ph_session_get_repeating (self->session);
  const char *label = repeating ? _("Stop repeating") : ph_send_area_has_file (self) ? ph_file_card_get_verb (self->card) : _("Send");

  gtk_button_set_label (self->send_button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->send_button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (repeating)
    gtk_widget_add_css_class (GTK_WIDGET (self->send_button), "active");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->send_button), "active");
}

/* ---- the object ---- */

static void
ph_send_area_dispose (GObject *object)
{
  PhSendArea *self = PH_SEND_AREA (object);

  g_clear_object (&self->session);
  g_clear_object (&self->message);
  g_clear_object (&self->clear_after);

  G_OBJECT_CLASS (ph_send_area_parent_class)->dispose (object);
}

static void
ph_send_area_finalize (GObject *object)
{
  g_free (PH_SEND_AREA (object)->draft);

  G_OBJECT_CLASS (ph_send_area_parent_class)->finalize (object);
}

static void
ph_send_area_class_init (PhSendAreaClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ph_send_area_dispose;
  object_class->finalize = ph_send_area_finalize;

  signals[FILE_DROPPED] = g_signal_new ("file-dropped", PH_TYPE_SEND_AREA, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                        G_TYPE_FILE);
  signals[FILE_CLOSED] = g_signal_new ("file-closed", PH_TYPE_SEND_AREA, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (PH_TYPE_PRIORITY_LAYOUT);
  g_type_ensure (PH_TYPE_SEND_PREVIEW);
  g_type_ensure (PH_TYPE_SEND_SUMMARY);
  g_type_ensure (PH_TYPE_TARGET_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/porthole/Porthole/send-area.ui");
  gtk_widget_class_bind_template_child (widget_class, PhSendArea, target_box);
  gtk_widget_class_bind_template_child (widget_class, PhSendArea, summary);
  gtk_widget_class_bind_template_child (widget_class, PhSendArea, history_button);
  gtk_widget_class_bind_template_child (widget_class, PhSendArea, message_scroller);
  gtk_widget_class_bind_template_child (widget_class, PhSendArea, card_place);
  gtk_widget_class_bind_template_child (widget_class, PhSendArea, typed_box);
  gtk_widget_class_bind_template_child (widget_class, PhSendArea, message_view);
  gtk_widget_class_bind_template_child (widget_class, PhSendArea, hint_label);
  gtk_widget_class_bind_template_child (widget_class, PhSendArea, send_button);
  gtk_widget_class_bind_template_child (widget_class, PhSendArea, pieces_button);
  gtk_widget_class_bind_template_child (widget_class, PhSendArea, preview);
}

/* Why a typed target is wrong. */
static void
target_told_cb (PhSendArea *self, const char *words)
{
  ph_send_summary_tell (self->summary, words, *words != '\0');
}

/* Where a message was sent, if that was typed, or as before. */
static void
recall_target (PhSendArea *self, const char *to)
{
  g_autoptr (GError) error = NULL;

  if (gtk_widget_get_visible (GTK_WIDGET (self->target_box))
      && !ph_message_target_recall (ph_message_get_target (self->message), to, &error))
    ph_send_area_tell (self, error->message);
}

static void
picked_cb (gpointer data, PhHistoryItem *item)
{
  PhSendArea *self = data;

  ph_message_recall (self->message, ph_history_item_get_text (item), ph_history_item_get_format (item));
  recall_target (self, ph_history_item_get_to (item));
  ph_send_area_focus (self);
}

/* Made when it is first opened. */
static void
create_pieces_cb (GtkMenuButton *button, gpointer data)
{
  PhSendArea *self = data;

  if (gtk_menu_button_get_popover (button) == NULL)
    gtk_menu_button_set_popover (button, ph_pieces_popover_new (ph_message_get_options (self->message)));
  ph_pieces_popover_set_stream (PH_PIECES_POPOVER (gtk_menu_button_get_popover (button)), self->stream);
}

static void
ph_send_area_init (PhSendArea *self)
{
  self->walked_to = NOT_WALKING;
  self->preview_fits = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->target_box, "told", G_CALLBACK (target_told_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->target_box, "taken", G_CALLBACK (ph_send_area_focus), self, G_CONNECT_SWAPPED);
  ph_history_popover_attach (self->history_button, PH_HISTORY_SENT, picked_cb, self);
  gtk_menu_button_set_create_popup_func (self->pieces_button, create_pieces_cb, self, NULL);
  ph_send_summary_set_preview (self->summary, PH_SEND_PREVIEW (self->preview));
  ph_send_area_accept_files (self);
}

/**
 * ph_send_area_set_message:
 * @message: shown and edited from now on; set once
 * @session: whose peers can be chosen, and whose repeat the button shows
 */
void
ph_send_area_set_message (PhSendArea *area, PhMessage *message, PhSession *session)
{
  PhMessageTarget *target = ph_message_get_target (message);

  g_return_if_fail (PH_IS_SEND_AREA (area));

  g_set_object (&area->session, session);
  g_set_object (&area->message, message);
  ph_target_box_set_target (area->target_box, target, session);
  ph_send_summary_set_message (area->summary, message);
  area->clear_after = ph_clear_after_new (message, session);
  ph_enter_sends_attach (area->message_view, ph_message_get_options (message));
  g_signal_connect_object (get_buffer (area), "changed", G_CALLBACK (text_changed_cb), area, G_CONNECT_SWAPPED);
  g_signal_connect_object (message, "notify::text", G_CALLBACK (notify_text_cb), area, G_CONNECT_SWAPPED);
  g_signal_connect_object (message, "not-converted", G_CALLBACK (not_converted_cb), area, G_CONNECT_SWAPPED);
  g_signal_connect_object (ph_message_get_options (message), "notify::hex", G_CALLBACK (notify_hex_cb), area,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (ph_message_get_options (message), "notify::enter-sends", G_CALLBACK (update_hint), area,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "notify::left", G_CALLBACK (notify_left_cb), area, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::repeating", G_CALLBACK (ph_send_area_update_button), area, G_CONNECT_SWAPPED);
  notify_hex_cb (area);
  ph_send_area_update_button (area);
}

/** ph_send_area_insert: puts @text in place of what is selected, or where the cursor is. */
void
ph_send_area_insert (PhSendArea *area, const char *text)
{
  GtkTextBuffer *buffer;

  g_return_if_fail (PH_IS_SEND_AREA (area));

  buffer = get_buffer (area);
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete_selection (buffer, TRUE, TRUE);
  gtk_text_buffer_insert_at_cursor (buffer, text, -1);
  gtk_text_buffer_end_user_action (buffer);
}

/* Lets the user type. */
void
ph_send_area_focus (PhSendArea *area)
{
  g_return_if_fail (PH_IS_SEND_AREA (area));

  gtk_widget_grab_focus (GTK_WIDGET (area->message_view));
}

/** ph_send_area_clear: empties the box, which can be undone, and lets the user type */
void
ph_send_area_clear (PhSendArea *area)
{
  gboolean foreign;

  g_return_if_fail (PH_IS_SEND_AREA (area));

  foreign = ph_message_is_foreign (area->message);
  ph_message_set_text (area->message, "");
  ph_message_set_foreign (area->message, foreign); /* undo brings the text back */
  ph_send_area_focus (area);
}

/**
 * ph_send_area_tell:
 * @words: shown until the text is changed
 */
void
ph_send_area_tell (PhSendArea *area, const char *words)
{
  g_return_if_fail (PH_IS_SEND_AREA (area));

  show_reason (area, words, FALSE);
  ph_compat_announce (GTK_WIDGET (area), words);
}

/**
 * ph_send_area_mark:
 * @reason: why the message cannot be sent; shown until the text is changed
 */
void
ph_send_area_mark (PhSendArea *area, const char *reason)
{
  g_return_if_fail (PH_IS_SEND_AREA (area));

  show_reason (area, reason, TRUE);
  ph_send_area_focus (area);
}

/**
 * ph_send_area_mark_place:
 * @place: of the character that is wrong, from 0; of the last one, where something is missing behind it
 *
 * Underlines it until the text is changed, and puts the cursor before it.
 */
void
ph_send_area_mark_place (PhSendArea *area, gsize place)
{
  GtkTextBuffer *buffer;
  GtkTextIter start, end;
  int chars;

  g_return_if_fail (PH_IS_SEND_AREA (area));

  buffer = get_buffer (area);
  chars = gtk_text_buffer_get_char_count (buffer);
  gtk_text_buffer_get_iter_at_offset (buffer, &start, (int) MIN (place, (gsize) MAX (chars - 1, 0)));
  end = start;
  gtk_text_iter_forward_char (&end);
  gtk_text_buffer_apply_tag (buffer, get_tag (buffer, "wrong", "underline", PANGO_UNDERLINE_ERROR), &start, &end);
  gtk_text_buffer_place_cursor (buffer, &start);
  gtk_text_view_scroll_mark_onscreen (area->message_view, gtk_text_buffer_get_insert (buffer));
}

/* Takes back what was marked or said. */
void
ph_send_area_unmark (PhSendArea *area)
{
  g_return_if_fail (PH_IS_SEND_AREA (area));

  update_tags (get_buffer (area));
  show_reason (area, "", FALSE);
}

/**
 * ph_send_area_show_targets:
 * @shown: whether there is a choice of targets
 * @first: text of the item for no peer in particular
 * @address: (nullable): what stands for it while it is chosen, if not @first
 */
void
ph_send_area_show_targets (PhSendArea *area, gboolean shown, const char *first, const char *address)
{
  g_return_if_fail (PH_IS_SEND_AREA (area));

  ph_target_box_set_first (area->target_box, first, address);
  gtk_widget_set_visible (GTK_WIDGET (area->target_box), shown);
}

/**
 * ph_send_area_set_stream:
 * @stream: whether messages go to a stream, which can be sent in pieces
 */
void
ph_send_area_set_stream (PhSendArea *area, gboolean stream)
{
  g_return_if_fail (PH_IS_SEND_AREA (area));

  area->stream = stream;
  ph_send_summary_set_stream (area->summary, stream);
  if (area->card != NULL)
    ph_file_card_set_stream (area->card, stream);
}

/**
 * ph_send_area_show_preview:
 * @shown: whether there is room for the line with the bytes that go out
 */
void
ph_send_area_show_preview (PhSendArea *area, gboolean shown)
{
  g_return_if_fail (PH_IS_SEND_AREA (area));

  area->preview_fits = shown;
  gtk_widget_set_visible (area->preview, shown && !ph_send_area_has_file (area));
}

void
ph_send_area_focus_target (PhSendArea *area)
{
  g_return_if_fail (PH_IS_SEND_AREA (area));

  ph_target_box_focus (area->target_box);
}

/** ph_send_area_type_target: lets the user type an address to send to, where there is a choice */
void
ph_send_area_type_target (PhSendArea *area)
{
  g_return_if_fail (PH_IS_SEND_AREA (area));

  if (gtk_widget_get_visible (GTK_WIDGET (area->target_box)))
    ph_target_box_type (area->target_box);
}

/** ph_send_area_commit_target: Returns: %FALSE if the address that is typed to send to is wrong: it is marked then, and gets the focus */
gboolean
ph_send_area_commit_target (PhSendArea *area)
{
  g_return_val_if_fail (PH_IS_SEND_AREA (area), FALSE);

  if (ph_target_box_commit (area->target_box))
    return TRUE;
  ph_target_box_focus (area->target_box);

  return FALSE;
}

/**
 * ph_send_area_walk_history:
 * @step: 1 for an earlier message, -1 for a later one; after the newest comes what was being typed
 */
void
ph_send_area_walk_history (PhSendArea *area, int step)
{
  const PhPayloadFormat *format;
  PhHistoryItem *item;
  int to;

  g_return_if_fail (PH_IS_SEND_AREA (area));

  to = area->walked_to + step;
  if (to < NOT_WALKING)
    return;
  if (area->walked_to == NOT_WALKING)
    {
      g_free (area->draft);
      area->draft = g_strdup (ph_message_get_text (area->message));
      area->draft_format = ph_send_options_get_format (ph_message_get_options (area->message));
    }
  item = to != NOT_WALKING ? ph_history_get (ph_history_store_get (PH_HISTORY_SENT), (guint) to) : NULL;
  if (item == NULL && to != NOT_WALKING)
    return;
  /* A text whose format is not known must not get that of the message before it. */
  format = item != NULL ? ph_history_item_get_format (item) : NULL;
  if (format == NULL || format->charset == NULL)
    format = &area->draft_format;
  ph_message_recall (area->message, item != NULL ? ph_history_item_get_text (item) : area->draft, format);
  recall_target (area, item != NULL ? ph_history_item_get_to (item) : NULL);
  area->walked_to = to;
}

/** ph_send_area_sent: the message was sent: it may be cleared, and the next walk through the history begins at the newest message */
void
ph_send_area_sent (PhSendArea *area)
{
  g_return_if_fail (PH_IS_SEND_AREA (area));

  area->walked_to = NOT_WALKING;
  ph_clear_after_sent (area->clear_after);
}

void
ph_send_area_open_pieces (PhSendArea *area)
{
  g_return_if_fail (PH_IS_SEND_AREA (area));

  gtk_menu_button_popup (area->pieces_button);
}

void
ph_send_area_open_history (PhSendArea *area)
{
  g_return_if_fail (PH_IS_SEND_AREA (area));

  gtk_menu_button_popup (area->history_button);
}
