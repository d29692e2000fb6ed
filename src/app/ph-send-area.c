/* ph-send-area.c: the message being typed, its target, the large button, and what was sent before
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-send-area.h"

#include "ph-history-popover.h"
#include "ph-history-store.h"
#include "ph-targets.h"

#include <glib/gi18n.h>

#define NOT_WALKING (-1)

struct _PhSendArea
{
  GtkBox parent_instance;

  gboolean hex;
  int walked_to; /* place in the history that is shown, or NOT_WALKING */

  /* template */
  GtkLabel *reason_label;
  GtkWidget *target_box;
  GtkDropDown *target_drop_down;
  GtkMenuButton *history_button;
  GtkWidget *message_scroller;
  GtkTextView *message_view;
  GtkLabel *hint_label;
  GtkButton *send_button;

  /* owned */
  PhSession *session;
  PhDefaultTarget *first;
  GListStore *left; /* holds the target that was chosen and left, until another is chosen */
  GObject *chosen;  /* the target the user chose */
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

static gboolean
has_left (PhSendArea *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->left)) > 0;
}

static void
show_left (PhSendArea *self, gboolean is_error)
{
  g_autofree char *address = ph_targets_dup_text (self->chosen, NULL);
  /* Translators: an address and port come first */
  g_autofree char *words = g_strdup_printf (_("%s left: choose where to send"), address);

  show_reason (self, words, is_error);
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
  if (has_left (self))
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

/* ---- the target ---- */

static void
setup_target_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_width_chars (GTK_LABEL (label), 18);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 34);
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

static void
bind_target_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = gtk_list_item_get_child (item);
  gpointer target = gtk_list_item_get_item (item);
  GBinding *binding = g_object_bind_property (target, "address", label, "label", G_BINDING_SYNC_CREATE);

  g_object_set_data (G_OBJECT (item), "ph-binding", binding);
}

static void
unbind_target_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  GBinding *binding = g_object_get_data (G_OBJECT (item), "ph-binding");

  g_binding_unbind (binding);
  g_object_set_data (G_OBJECT (item), "ph-binding", NULL);
}

/* The place of @target in the list, or GTK_INVALID_LIST_POSITION. */
static guint
find_target (PhSendArea *self, gpointer target)
{
  GListModel *targets = gtk_drop_down_get_model (self->target_drop_down);
  guint n = g_list_model_get_n_items (targets);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (targets, i);

      if (item == target)
        return i;
    }

  return GTK_INVALID_LIST_POSITION;
}

/* A drop-down whose item goes away takes a neighbour: nobody chose that one, peers_changed_cb() puts it right. */
static void
target_chosen_cb (PhSendArea *self)
{
  GObject *item = gtk_drop_down_get_selected_item (self->target_drop_down);

  if (item == NULL)
    return;
  if (has_left (self))
    {
      g_autoptr (GObject) left = g_list_model_get_item (G_LIST_MODEL (self->left), 0);

      if (item == left)
        return;
      g_list_store_remove_all (self->left);
      show_reason (self, "", FALSE);
    }
  else if (self->chosen != NULL && find_target (self, self->chosen) == GTK_INVALID_LIST_POSITION)
    return;
  g_set_object (&self->chosen, item);
}

/* The list has told everybody when this is called, so it may be changed. What is sent next must not go to somebody else
 * than who was chosen: the place of who left is kept, and leads nowhere. */
static void
peers_changed_cb (PhSendArea *self)
{
  g_autoptr (PhDefaultTarget) gone = NULL;
  g_autofree char *address = NULL;
  g_autofree char *text = NULL;

  if (has_left (self) || gtk_drop_down_get_selected_item (self->target_drop_down) == self->chosen)
    return;
  address = ph_targets_dup_text (self->chosen, NULL);
  text = g_strdup_printf (_("%s left"), address);
  gone = ph_default_target_new ();
  ph_default_target_set_text (gone, text);
  g_list_store_append (self->left, gone);
  gtk_drop_down_set_selected (self->target_drop_down, find_target (self, gone));
  show_left (self, FALSE);
}

static void
set_up_targets (PhSendArea *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GListModel *targets = ph_targets_new (self->first, self->session, self->left);
  GtkExpression *text = gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 0, NULL, G_CALLBACK (ph_targets_dup_text),
                                                     NULL, NULL);

  g_signal_connect (factory, "setup", G_CALLBACK (setup_target_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_target_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_target_cb), NULL);
  gtk_drop_down_set_expression (self->target_drop_down, text);
  gtk_drop_down_set_factory (self->target_drop_down, factory);
  g_signal_connect_object (self->target_drop_down, "notify::selected-item", G_CALLBACK (target_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_drop_down_set_model (self->target_drop_down, targets);
  g_signal_connect_object (ph_session_get_peers (self->session), "items-changed", G_CALLBACK (peers_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  gtk_expression_unref (text);
  g_object_unref (factory);
  g_object_unref (targets);
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
  g_clear_object (&self->first);
  g_clear_object (&self->left);
  g_clear_object (&self->chosen);

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

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/porthole/Porthole/send-area.ui");
  gtk_widget_class_bind_template_child (widget_class, PhSendArea, reason_label);
  gtk_widget_class_bind_template_child (widget_class, PhSendArea, target_box);
  gtk_widget_class_bind_template_child (widget_class, PhSendArea, target_drop_down);
  gtk_widget_class_bind_template_child (widget_class, PhSendArea, history_button);
  gtk_widget_class_bind_template_child (widget_class, PhSendArea, message_scroller);
  gtk_widget_class_bind_template_child (widget_class, PhSendArea, message_view);
  gtk_widget_class_bind_template_child (widget_class, PhSendArea, hint_label);
  gtk_widget_class_bind_template_child (widget_class, PhSendArea, send_button);
}

static void
ph_send_area_init (PhSendArea *self)
{
  self->walked_to = NOT_WALKING;
  self->first = ph_default_target_new ();
  self->left = g_list_store_new (G_TYPE_OBJECT);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (get_buffer (self), "changed", G_CALLBACK (text_changed_cb), self, G_CONNECT_SWAPPED);
  ph_history_popover_attach (self->history_button, self);
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
  set_up_targets (area);
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

  ph_default_target_set_text (area->first, first);
  gtk_widget_set_visible (area->target_box, shown);
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

  if (!has_left (area))
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
  gpointer item;

  g_return_val_if_fail (PH_IS_SEND_AREA (area), NULL);

  item = gtk_drop_down_get_selected_item (area->target_drop_down);

  return item != NULL && PH_IS_PEER (item) ? item : NULL;
}

/**
 * ph_send_area_select_peer:
 * @area: a send area
 * @peer: (nullable): who gets what is sent; %NULL for the first target
 */
void
ph_send_area_select_peer (PhSendArea *area, PhPeer *peer)
{
  guint place;

  g_return_if_fail (PH_IS_SEND_AREA (area));

  place = peer == NULL ? 0 : find_target (area, peer);
  if (place != GTK_INVALID_LIST_POSITION)
    gtk_drop_down_set_selected (area->target_drop_down, place);
}

/**
 * ph_send_area_focus_target:
 * @area: a send area
 */
void
ph_send_area_focus_target (PhSendArea *area)
{
  g_return_if_fail (PH_IS_SEND_AREA (area));

  gtk_widget_grab_focus (GTK_WIDGET (area->target_drop_down));
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
  text = to == NOT_WALKING ? area->draft : ph_history_get_text (ph_history_store_get (), (guint) to);
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
