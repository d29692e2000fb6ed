/* ph-client-list.c: lists the clients of a server: how many, who, and what can be done with one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-client-list.h"

#include "ph-format.h"
#include "ph-peer-control.h"
#include "ph-peer-label.h"
#include "ph-popover.h"
#include "ph-still-list.h"

#include <glib/gi18n.h>

struct _PhClientList
{
  GtkBox parent_instance;

  /* template */
  GtkLabel *count_label;
  GtkWidget *scroller;
  GtkListView *list_view;
  GMenuModel *client_menu;

  /* owned */
  PhSession *session;
  PhPeer *peer;           /* nullable: the client that the actions are about */
  PhPeerControl *control; /* of @peer: the actions “client.…” */
  PhStillList *still;
  GtkSliceListModel *shown;
  GtkWidget *popover; /* NULL until the menu is first opened */
  guint tick;
};

/* GtkListView keeps about 200 rows around the visible ones. Making all of them in one frame would delay it. */
#define ROWS_KEPT 256
#define ROWS_A_FRAME 8

#define LEFT_OPACITY 0.45 /* of a row whose client has left */

G_DEFINE_FINAL_TYPE (PhClientList, ph_client_list, GTK_TYPE_BOX)

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- one client ---- */

static GtkSingleSelection *
get_selection (PhClientList *self)
{
  return GTK_SINGLE_SELECTION (gtk_list_view_get_model (self->list_view));
}

static gboolean
has_left (PhClientList *self, PhPeer *peer)
{
  return peer == NULL || ph_still_list_has_left (self->still, peer);
}

static void
choose (PhClientList *self, PhPeer *peer)
{
  if (!has_left (self, peer))
    g_signal_emit (self, signals[CHOSEN], 0, peer);
}

/* ---- actions on one client: that of the menu, or that with the focus. Not the selected one: GTK selects what the pointer passes ---- */

static void
only_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PhPeer *peer = PH_CLIENT_LIST (widget)->peer;

  if (peer != NULL)
    gtk_widget_activate_action (widget, "page.filter-peer", "s", ph_peer_get_address (peer));
}

static void
send_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  choose (PH_CLIENT_LIST (widget), PH_CLIENT_LIST (widget)->peer);
}

static void
copy_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PhPeer *peer = PH_CLIENT_LIST (widget)->peer;

  if (peer != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), ph_peer_get_address (peer));
}

/* Of a client that has left only the records and the address are there. */
static void
update_actions (PhClientList *self)
{
  PhPeer *peer = self->peer;
  gboolean left = has_left (self, peer);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "clients.only", peer != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "clients.copy", peer != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "clients.send", !left);
  ph_peer_control_set_peer (self->control, left ? NULL : peer);
}

static void
set_peer (PhClientList *self, PhPeer *peer)
{
  g_set_object (&self->peer, peer);
  update_actions (self);
}

/* Of the row that has the focus, or a part of it. */
static PhPeer *
get_focused (PhClientList *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *child = focus != NULL ? gtk_widget_get_first_child (focus) : NULL;
  GtkListItem *item = NULL;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list_view)))
    return NULL;
  item = g_object_get_data (G_OBJECT (focus), "ph-item");
  if (item == NULL && child != NULL)
    item = g_object_get_data (G_OBJECT (child), "ph-item");

  return item != NULL ? gtk_list_item_get_item (item) : NULL;
}

/* @arguments: the name of the action */
static gboolean
key_cb (GtkWidget *widget, GVariant *arguments, gpointer unused)
{
  PhClientList *self = PH_CLIENT_LIST (widget);
  const char *action;

  g_variant_get (arguments, "(&s)", &action);
  set_peer (self, get_focused (self));

  return self->peer != NULL && gtk_widget_activate_action (widget, action, NULL);
}

/* ---- the menu ---- */

/* When it is closed, keys go on in the list. @x, @y: in @widget */
static void
open_menu (PhClientList *self, PhPeer *peer, GtkWidget *widget, double x, double y)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  graphene_point_t there;

  if (self->popover == NULL)
    {
      self->popover = gtk_popover_menu_new_from_model (self->client_menu);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
      gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
      gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
      ph_popover_return_focus (self->popover);
    }
  set_peer (self, peer);
  if (gtk_widget_compute_point (widget, GTK_WIDGET (self), &GRAPHENE_POINT_INIT ((float) x, (float) y), &there))
    gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &(GdkRectangle) { (int) there.x, (int) there.y, 1, 1 });
  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self->list_view));
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

static void
row_pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, GtkListItem *item)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  PhClientList *self = PH_CLIENT_LIST (gtk_widget_get_ancestor (row, PH_TYPE_CLIENT_LIST));

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_single_selection_set_selected (get_selection (self), gtk_list_item_get_position (item));
  open_menu (self, gtk_list_item_get_item (item), row, x, y);
}

/* The key: the menu of the row with the focus. */
static void
menu_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PhClientList *self = PH_CLIENT_LIST (widget);
  PhPeer *peer = get_focused (self);
  GtkWidget *focus = peer != NULL ? gtk_root_get_focus (gtk_widget_get_root (widget)) : NULL;

  if (focus != NULL)
    open_menu (self, peer, focus, gtk_widget_get_width (focus) / 4.0, gtk_widget_get_height (focus));
}

/* ---- rows ---- */

static void
kick_clicked_cb (PhClientList *self, GtkWidget *button)
{
  PhPeer *peer = gtk_list_item_get_item (g_object_get_data (G_OBJECT (button), "ph-item"));

  if (!has_left (self, peer))
    ph_session_control (self->session, ph_peer_get_number (peer), PH_PEER_DISCONNECT);
}

static GtkWidget *
make_kick_button (PhClientList *self, GtkListItem *item)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");
  const char *name = _("Disconnect this client");

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "small-icon");
  gtk_widget_set_visible (button, FALSE);      /* or GTK asks the display where the pointer is */
  gtk_widget_set_tooltip_text (button, name);
  gtk_widget_set_visible (button, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data (G_OBJECT (button), "ph-item", item);
  g_signal_connect_object (button, "clicked", G_CALLBACK (kick_clicked_cb), self, G_CONNECT_SWAPPED);

  return button;
}

static void
setup_cb (GtkListItemFactory *factory, GtkListItem *item, PhClientList *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = ph_peer_label_new (-1);
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), make_kick_button (self, item));
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (row_pressed_cb), item);
  gtk_widget_add_controller (box, GTK_EVENT_CONTROLLER (click));
  g_object_set_data (G_OBJECT (box), "ph-item", item);
  gtk_list_item_set_child (item, box);
}

static void
bind_cb (GtkListItemFactory *factory, GtkListItem *item, PhClientList *self)
{
  GtkWidget *box = gtk_list_item_get_child (item), *label = gtk_widget_get_first_child (box);
  PhPeer *peer = gtk_list_item_get_item (item);
  gboolean left = ph_still_list_has_left (self->still, peer);

  ph_peer_label_set_peer (PH_PEER_LABEL (label), peer);
  gtk_widget_set_opacity (box, left ? LEFT_OPACITY : 1);
  gtk_widget_set_sensitive (gtk_widget_get_last_child (box), !left);
}

static void
unbind_cb (GtkListItemFactory *factory, GtkListItem *item, PhClientList *self)
{
  ph_peer_label_set_peer (PH_PEER_LABEL (gtk_widget_get_first_child (gtk_list_item_get_child (item))), NULL);
}

static void
activate_cb (GtkListView *view, guint position, PhClientList *self)
{
  g_autoptr (PhPeer) peer = g_list_model_get_item (G_LIST_MODEL (gtk_list_view_get_model (view)), position);

  choose (self, peer);
}

/* ---- the list ---- */

static gboolean
grow_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer unused)
{
  PhClientList *self = PH_CLIENT_LIST (widget);
  guint size = gtk_slice_list_model_get_size (self->shown) + ROWS_A_FRAME;

  if (size > ROWS_KEPT)
    size = G_MAXUINT;
  gtk_slice_list_model_set_size (self->shown, size);
  if (size < g_list_model_get_n_items (G_LIST_MODEL (self->still)))
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  return G_SOURCE_REMOVE;
}

/* The list stays while the last client can still be seen, so that what is below it does not move either. */
static void
count (PhClientList *self)
{
  guint n = g_list_model_get_n_items (ph_session_get_peers (self->session));
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->still));
  g_autofree char *number = ph_format_dup_grouped (n);
  g_autofree char *text = g_strdup_printf (ngettext ("%s client", "%s clients", n), number);

  gtk_label_set_label (self->count_label, n == 0 ? _("No clients") : text);
  gtk_widget_set_visible (self->scroller, n_rows > 0);
  if (self->tick == 0 && n_rows > gtk_slice_list_model_get_size (self->shown))
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), grow_cb, NULL, NULL);
}

static void
ph_client_list_dispose (GObject *object)
{
  PhClientList *self = PH_CLIENT_LIST (object);

  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_object (&self->peer);
  g_clear_object (&self->control);
  g_clear_object (&self->session);
  g_clear_object (&self->shown);
  g_clear_object (&self->still);

  G_OBJECT_CLASS (ph_client_list_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "clients.only", NULL, only_cb);
  gtk_widget_class_install_action (widget_class, "clients.send", NULL, send_cb);
  gtk_widget_class_install_action (widget_class, "clients.copy", NULL, copy_cb);
  gtk_widget_class_install_action (widget_class, "clients.menu", NULL, menu_cb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Delete, 0, key_cb, "(s)", "client.disconnect");
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Delete, GDK_SHIFT_MASK, key_cb, "(s)", "client.reset");
  gtk_widget_class_add_binding (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, key_cb, "(s)", "clients.copy");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "clients.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "clients.menu", NULL);
}

static void
ph_client_list_class_init (PhClientListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_client_list_dispose;

  signals[CHOSEN] = g_signal_new ("chosen", PH_TYPE_CLIENT_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  PH_TYPE_PEER);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/porthole/Porthole/client-list.ui");
  gtk_widget_class_bind_template_child (widget_class, PhClientList, count_label);
  gtk_widget_class_bind_template_child (widget_class, PhClientList, scroller);
  gtk_widget_class_bind_template_child (widget_class, PhClientList, list_view);
  gtk_widget_class_bind_template_child (widget_class, PhClientList, client_menu);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  install_actions (widget_class);
}

static void
ph_client_list_init (PhClientList *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, 0);
  gtk_list_view_set_factory (self->list_view, factory);
  g_object_unref (factory);
}

/** ph_client_list_set_session: To be called once. */
void
ph_client_list_set_session (PhClientList *list, PhSession *session)
{
  GListModel *peers = ph_session_get_peers (session);
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  GtkSingleSelection *selection;

  g_return_if_fail (PH_IS_CLIENT_LIST (list) && list->shown == NULL);

  list->control = ph_peer_control_new (session, G_ACTION_MAP (actions));
  gtk_widget_insert_action_group (GTK_WIDGET (list), "client", G_ACTION_GROUP (actions));

  list->still = ph_still_list_new (peers, list->scroller);
  list->shown = gtk_slice_list_model_new (G_LIST_MODEL (g_object_ref (list->still)), 0, ROWS_A_FRAME);
  selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (list->shown)));

  g_set_object (&list->session, session);
  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_can_unselect (selection, TRUE);
  gtk_list_view_set_model (list->list_view, GTK_SELECTION_MODEL (selection));
  g_object_unref (selection);
  g_signal_connect_object (list->still, "items-changed", G_CALLBACK (count), list, G_CONNECT_SWAPPED);
  g_signal_connect_object (peers, "items-changed", G_CALLBACK (count), list, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (peers, "items-changed", G_CALLBACK (update_actions), list, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  count (list);
  update_actions (list);
}
