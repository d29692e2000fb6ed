/* ph-send-area.c: the message being typed, the large button, and what was sent before
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-send-area.h"

#include "ph-history-popover.h"
#include "ph-history-store.h"
#include "ph-target-box.h"

#include <glib/gi18n.h>

#define NOT_WALKING (-1)

struct _PhSendArea
{
  GtkBox parent_instance;

  gboolean hex;
  int walked_to; /* place in the history that is shown, or NOT_WALKING */

  /* template */
  GtkLabel *reason_label;
  PhTargetBox *target_box;
  GtkMenuButton *history_button;
  GtkWidget *message_scroller;
  GtkTextView *message_view;
  GtkLabel *hint_label;
  GtkButton *send_button;

  /* owned */
  PhSession *session;
  char *draft; /* what was typed before the walk through the history began */
};

G_DEFINE_FINAL_TYPE (PhSendArea, ph_send_area, GTK_TYPE_BOX)

enum
{
  PROP_HEX = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

/* ---- the message ---- */

static GtkTextBuffer *
get_buffer (PhSendArea *self)
{
  return gtk_text_view_get_buffer (self->message_view);
}

static void
show_reason (PhSendArea *self, const char *reason, gboolean is_error)
{
  gtk_label_set_label (self->reason_label, reason);
  gtk_widget_set_visible (GTK_WIDGET (self->reason_label), *reason != '\0');
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->reason_label), *reason != '\0' ? reason : NULL);
  if (is_error)
    {
      gtk_widget_add_css_class (self->message_scroller, "error");
      gtk_widget_add_css_class (GTK_WIDGET (self->reason_label), "error");
      gtk_accessible_update_state (GTK_ACCESSIBLE (self->message_view), GTK_ACCESSIBLE_STATE_INVALID,
                                   GTK_ACCESSIBLE_INVALID_TRUE, -1);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->message_view), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, reason,
                                      -1);
      return;
    }
  gtk_widget_remove_css_class (self->message_scroller, "error");
  gtk_widget_remove_css_class (GTK_WIDGET (self->reason_label), "error");
  gtk_accessible_reset_state (GTK_ACCESSIBLE (self->message_view), GTK_ACCESSIBLE_STATE_INVALID);
  gtk_accessible_reset_property (GTK_ACCESSIBLE (self->message_view), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

static void
show_left (PhSendArea *self, gboolean is_error)
{
  /* Translators: an address and port come first */
  g_autofree char *words = g_strdup_printf (_("%s left: choose where to send"), ph_target_box_get_left (self->target_box));

  show_reason (self, words, is_error);
}

static void
notify_left_cb (PhSendArea *self)
{
  if (ph_target_box_get_left (self->target_box) != NULL)
    show_left (self, FALSE);
  else
    show_reason (self, "", FALSE);
}

static void
update_hint (PhSendArea *self)
{
  gtk_label_set_label (self->hint_label,
                       self->hex ? _("Hex digits, such as 55 00 0A") : _("Type here, Ctrl+Enter sends"));
  gtk_widget_set_visible (GTK_WIDGET (self->hint_label), gtk_text_buffer_get_char_count (get_buffer (self)) == 0);
}

/* A hyphen where a line is wrapped would look like one that is sent. */
static void
forbid_hyphens (GtkTextBuffer *buffer)
{
  GtkTextTag *tag = gtk_text_tag_table_lookup (gtk_text_buffer_get_tag_table (buffer), "plain");
  GtkTextIter start, end;

  if (tag == NULL)
    tag = gtk_text_buffer_create_tag (buffer, "plain", "insert-hyphens", FALSE, NULL);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_apply_tag (buffer, tag, &start, &end);
}

static void
text_changed_cb (PhSendArea *self)
{
  forbid_hyphens (get_buffer (self));
  if (ph_target_box_get_left (self->target_box) != NULL)
    show_left (self, FALSE);
  else if (*gtk_label_get_label (self->reason_label) != '\0')
    show_reason (self, "", FALSE);
  update_hint (self);
}

/* ---- the button ---- */

static void
update_button (PhSendArea *self)
{
  gboolean repeating = ph_session_get_repeating (self->session);
  const char *label = repeating ? _("Stop repeating") : _("Send");

  gtk_button_set_label (self->send_button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->send_button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (repeating)
    gtk_widget_add_css_class (GTK_WIDGET (self->send_button), "active");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->send_button), "active");
}

/* ---- the object ---- */

static void
ph_send_area_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_HEX:
      g_value_set_boolean (value, PH_SEND_AREA (object)->hex);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ph_send_area_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PhSendArea *self = PH_SEND_AREA (object);

  switch (id)
    {
    case PROP_HEX:
      if (self->hex == g_value_get_boolean (value))
        return;
      self->hex = g_value_get_boolean (value);
      update_hint (self);
      gtk_widget_set_direction (GTK_WIDGET (self->message_view), self->hex ? GTK_TEXT_DIR_LTR : GTK_TEXT_DIR_NONE);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ph_send_area_dispose (GObject *object)
{
  PhSendArea *self = PH_SEND_AREA (object);

  g_clear_object (&self->session);

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
  object_class->get_property = ph_send_area_get_property;
  object_class->set_property = ph_send_area_set_property;

  props[PROP_HEX] =
    g_param_spec_boolean ("hex", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_type_ensure (PH_TYPE_TARGET_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/porthole/Porthole/send-area.ui");
  gtk_widget_class_bind_template_child (widget_class, PhSendArea, reason_label);
  gtk_widget_class_bind_template_child (widget_class, PhSendArea, target_box);
  gtk_widget_class_bind_template_child (widget_class, PhSendArea, history_button);
  gtk_widget_class_bind_template_child (widget_class, PhSendArea, message_scroller);
  gtk_widget_class_bind_template_child (widget_class, PhSendArea, message_view);
  gtk_widget_class_bind_template_child (widget_class, PhSendArea, hint_label);
  gtk_widget_class_bind_template_child (widget_class, PhSendArea, send_button);
  gtk_widget_class_bind_template_callback (widget_class, notify_left_cb);
}

static void
picked_cb (gpointer data, const char *text)
{
  ph_send_area_set_text (data, text);
  ph_send_area_focus (data);
}

static void
ph_send_area_init (PhSendArea *self)
{
  self->walked_to = NOT_WALKING;
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (get_buffer (self), "changed", G_CALLBACK (text_changed_cb), self, G_CONNECT_SWAPPED);
  ph_history_popover_attach (self->history_button, PH_HISTORY_SENT, picked_cb, self);
  update_hint (self);
}

/**
 * ph_send_area_set_session:
 * @area: a send area
 * @session: whose peers are targets, and whose repeating the button shows; set once
 */
void
ph_send_area_set_session (PhSendArea *area, PhSession *session)
{
  g_return_if_fail (PH_IS_SEND_AREA (area));

  g_set_object (&area->session, session);
  ph_target_box_set_session (area->target_box, session);
  g_signal_connect_object (session, "notify::repeating", G_CALLBACK (update_button), area, G_CONNECT_SWAPPED);
  update_button (area);
}

/**
 * ph_send_area_dup_text:
 * @area: a send area
 *
 * Returns: (transfer full): what is typed
 */
char *
ph_send_area_dup_text (PhSendArea *area)
{
  GtkTextIter start, end;

  g_return_val_if_fail (PH_IS_SEND_AREA (area), NULL);

  gtk_text_buffer_get_bounds (get_buffer (area), &start, &end);

  return gtk_text_buffer_get_text (get_buffer (area), &start, &end, TRUE);
}

/**
 * ph_send_area_set_text:
 * @area: a send area
 * @text: takes the place of what is typed; can be undone
 */
void
ph_send_area_set_text (PhSendArea *area, const char *text)
{
  GtkTextBuffer *buffer;
  GtkTextIter start, end;

  g_return_if_fail (PH_IS_SEND_AREA (area));

  buffer = get_buffer (area);
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert (buffer, &end, text, -1);
  gtk_text_buffer_end_user_action (buffer);
  gtk_text_buffer_place_cursor (buffer, &end);
}

/**
 * ph_send_area_focus:
 * @area: a send area
 *
 * Lets the user type.
 */
void
ph_send_area_focus (PhSendArea *area)
{
  g_return_if_fail (PH_IS_SEND_AREA (area));

  gtk_widget_grab_focus (GTK_WIDGET (area->message_view));
}

/**
 * ph_send_area_mark:
 * @area: a send area
 * @reason: why the message cannot be sent; goes as soon as something is typed
 */
void
ph_send_area_mark (PhSendArea *area, const char *reason)
{
  g_return_if_fail (PH_IS_SEND_AREA (area));

  show_reason (area, reason, TRUE);
  ph_send_area_focus (area);
}

/**
 * ph_send_area_note:
 * @area: a send area
 * @note: a remark, or "" to take back a remark or a mark
 */
void
ph_send_area_note (PhSendArea *area, const char *note)
{
  g_return_if_fail (PH_IS_SEND_AREA (area));

  show_reason (area, note, FALSE);
}

/**
 * ph_send_area_show_targets:
 * @area: a send area
 * @shown: whether there is a choice of targets
 * @first: what the first target says
 */
void
ph_send_area_show_targets (PhSendArea *area, gboolean shown, const char *first)
{
  g_return_if_fail (PH_IS_SEND_AREA (area));

  ph_target_box_set_first (area->target_box, first);
  gtk_widget_set_visible (GTK_WIDGET (area->target_box), shown);
}

/**
 * ph_send_area_check_target:
 * @area: a send area
 *
 * Returns: %FALSE if who was chosen has left and nobody else was chosen since; that is marked then
 */
gboolean
ph_send_area_check_target (PhSendArea *area)
{
  g_return_val_if_fail (PH_IS_SEND_AREA (area), FALSE);

  if (ph_target_box_get_left (area->target_box) == NULL)
    return TRUE;
  show_left (area, TRUE);

  return FALSE;
}

/**
 * ph_send_area_get_peer:
 * @area: a send area
 *
 * Returns: (nullable) (transfer none): the peer that is chosen; %NULL for the first target
 */
PhPeer *
ph_send_area_get_peer (PhSendArea *area)
{
  g_return_val_if_fail (PH_IS_SEND_AREA (area), NULL);

  return ph_target_box_get_peer (area->target_box);
}

/**
 * ph_send_area_select_peer:
 * @area: a send area
 * @peer: (nullable): who gets what is sent; %NULL for the first target
 */
void
ph_send_area_select_peer (PhSendArea *area, PhPeer *peer)
{
  g_return_if_fail (PH_IS_SEND_AREA (area));

  ph_target_box_select_peer (area->target_box, peer);
}

/**
 * ph_send_area_focus_target:
 * @area: a send area
 */
void
ph_send_area_focus_target (PhSendArea *area)
{
  g_return_if_fail (PH_IS_SEND_AREA (area));

  ph_target_box_focus (area->target_box);
}

/**
 * ph_send_area_walk_history:
 * @area: a send area
 * @step: 1 for an earlier message, -1 for a later one; after the newest comes what was being typed
 */
void
ph_send_area_walk_history (PhSendArea *area, int step)
{
  int to;
  const char *text;

  g_return_if_fail (PH_IS_SEND_AREA (area));

  to = area->walked_to + step;
  if (to < NOT_WALKING)
    return;
  if (area->walked_to == NOT_WALKING)
    {
      g_free (area->draft);
      area->draft = ph_send_area_dup_text (area);
    }
  text = to == NOT_WALKING ? area->draft : ph_history_get_text (ph_history_store_get (PH_HISTORY_SENT), (guint) to);
  if (text == NULL)
    return;
  ph_send_area_set_text (area, text);
  area->walked_to = to;
}

/**
 * ph_send_area_restart_history:
 * @area: a send area
 *
 * The next walk begins at the newest message.
 */
void
ph_send_area_restart_history (PhSendArea *area)
{
  g_return_if_fail (PH_IS_SEND_AREA (area));

  area->walked_to = NOT_WALKING;
}

/**
 * ph_send_area_open_history:
 * @area: a send area
 */
void
ph_send_area_open_history (PhSendArea *area)
{
  g_return_if_fail (PH_IS_SEND_AREA (area));

  gtk_menu_button_popup (area->history_button);
}
