/* ph-peers-page.c: a table of all peers of a session, updated at most once a second
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-peers-page.h"

#include "ph-format.h"
#include "ph-peer-columns.h"
#include "ph-peer-control.h"
#include "ph-peers.h"
#include "ph-popover.h"
#include "ph-seconds.h"

#include <glib/gi18n.h>
#include <string.h>

struct _PhPeersPage
{
  GtkBox parent_instance;

  PhSeconds seconds;
  int sorted;          /* number of the column that a key sorted by; 0: none */
  GtkSortType sorting;
  guint fit;           /* idle */

  /* template */
  GtkEntry *search_entry;
  GtkLabel *count_label;
  GtkColumnView *view;
  GtkWidget *disconnect_button;
  GMenuModel *peer_menu;

  /* owned */
  PhSession *session;
  GSimpleActionGroup *controls; /* the actions “peer.…”, where peers have connections */
  PhPeerControl *control;       /* of the selected peer */
  GtkWidget *popover;           /* NULL until the menu is first opened */
  GListStore *peers;
  GtkFilterListModel *found; /* those of them whose address has the text that is searched */
  GtkSingleSelection *selection;
  char *searched;            /* lower case */
};

G_DEFINE_FINAL_TYPE (PhPeersPage, ph_peers_page, GTK_TYPE_BOX)

/* ---- update ---- */

/* A datagram peer has no connection. The server of a TCP client is not listed. */
static void
update_control (PhPeersPage *self, PhPeer *peer, gboolean listed)
{
  const PhTransport *transport = ph_session_get_transport (self->session);
  gboolean has_clients = ph_transport_has_clients (transport);
  gboolean connected = peer != NULL && (has_clients ? listed : peer == ph_session_get_server (self->session));
  gboolean connects = has_clients || ph_transport_has_one_peer (transport);

  ph_peer_control_set_peer (self->control, connected ? peer : NULL);
  if (connects == gtk_widget_get_visible (self->disconnect_button))
    return;
  gtk_widget_insert_action_group (GTK_WIDGET (self), "peer", connects ? G_ACTION_GROUP (self->controls) : NULL);
  gtk_widget_set_visible (self->disconnect_button, connects);
}

/* A peer can be sent to if it is listed and the transport has several peers. */
static void
update_actions (PhPeersPage *self)
{
  const PhTransport *transport = ph_session_get_transport (self->session);
  PhPeer *peer = gtk_single_selection_get_selected_item (self->selection);
  gboolean listed = peer != NULL && ph_peer_is_listed (peer);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "peers.send", listed && !ph_transport_has_one_peer (transport));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "peers.filter", peer != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "peers.copy", peer != NULL);
  update_control (self, peer, listed);
}

static void
count (PhPeersPage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->peers));
  g_autofree char *number = ph_format_dup_grouped (n);
  g_autofree char *text = g_strdup_printf (ngettext ("%s peer", "%s peers", n), number);
  g_autofree char *found = ph_format_dup_grouped (g_list_model_get_n_items (G_LIST_MODEL (self->found)));
  g_autofree char *both = g_strdup_printf ("%s / %s", found, text);

  gtk_label_set_label (self->count_label, n == 0 ? _("Nobody was heard yet") : self->searched != NULL ? both : text);
}

static gboolean
is_found_cb (gpointer peer, gpointer data)
{
  PhPeersPage *self = data;
  g_autofree char *address = g_ascii_strdown (ph_peer_get_address (peer), -1);

  return self->searched == NULL || strstr (address, self->searched) != NULL;
}

/* Without a filter nothing is asked of each peer. */
static void
search_changed_cb (PhPeersPage *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));
  g_autoptr (GtkFilter) filter = NULL;

  g_clear_pointer (&self->searched, g_free);
  if (*text != '\0')
    {
      self->searched = g_ascii_strdown (text, -1);
      filter = GTK_FILTER (gtk_custom_filter_new (is_found_cb, self, NULL));
    }
  gtk_filter_list_model_set_filter (self->found, filter);
  count (self);
}

/* To the first that is found. */
static void
search_activate_cb (PhPeersPage *self)
{
  gtk_single_selection_set_selected (self->selection, 0);
  gtk_widget_child_focus (GTK_WIDGET (self->view), GTK_DIR_TAB_FORWARD);
}

static gboolean
look_cb (gpointer data)
{
  PhPeersPage *self = data;
  gboolean changed;

  changed = ph_peers_show_all (PH_PEERS (ph_session_get_peers (self->session)), self->peers, ph_seconds_now () - 1);
  if (changed)
    {
      ph_peer_columns_sort_again (self->view);
      count (self);
      update_actions (self);
    }

  return changed;
}

static void
begin (PhPeersPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    ph_seconds_begin (&self->seconds);
}

/* ---- actions ---- */

/* @action: of the tab, with the address of the peer as its parameter */
static void
activate (GtkWidget *widget, const char *action)
{
  PhPeer *peer = gtk_single_selection_get_selected_item (PH_PEERS_PAGE (widget)->selection);

  if (peer != NULL)
    gtk_widget_activate_action (widget, action, "s", ph_peer_get_address (peer));
}

static void
send_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  activate (widget, "page.send-to");
}

static void
filter_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  activate (widget, "page.filter-peer");
}

static void
copy_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PhPeer *peer = gtk_single_selection_get_selected_item (PH_PEERS_PAGE (widget)->selection);

  if (peer != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), ph_peer_get_address (peer));
}

/* @parameter: where in the table; negative, by the key: below what has the focus */
static void
menu_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PhPeersPage *self = PH_PEERS_PAGE (widget);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget)), *from = GTK_WIDGET (self->view);
  graphene_point_t there;
  double x, y;

  g_variant_get (parameter, "(dd)", &x, &y);
  if (gtk_single_selection_get_selected_item (self->selection) == NULL)
    return;
  if (x < 0 && focus != NULL && gtk_widget_is_ancestor (focus, from))
    {
      from = focus;
      x = gtk_widget_get_width (focus) / 4.0;
      y = gtk_widget_get_height (focus);
    }
  if (self->popover == NULL)
    {
      self->popover = gtk_popover_menu_new_from_model (self->peer_menu);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
      gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
      gtk_widget_set_parent (self->popover, widget);
      ph_popover_return_focus (self->popover);
    }
  if (gtk_widget_compute_point (from, widget, &GRAPHENE_POINT_INIT ((float) x, (float) y), &there))
    gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &(GdkRectangle) { (int) there.x, (int) there.y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

/* The same as a click on a title, which keys cannot reach. */
static void
sort_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PhPeersPage *self = PH_PEERS_PAGE (widget);
  int place = g_variant_get_int32 (parameter);
  g_autoptr (GtkColumnViewColumn) column = NULL;

  column = g_list_model_get_item (gtk_column_view_get_columns (self->view), (guint) place - 1);
  if (column == NULL)
    return;
  self->sorting = self->sorted == place && self->sorting == GTK_SORT_ASCENDING ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING;
  self->sorted = place;
  gtk_column_view_sort_by_column (self->view, column, self->sorting);
}

static gboolean
fit_cb (gpointer data)
{
  PhPeersPage *self = data;

  self->fit = 0;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    ph_peer_columns_fit (self->view, gtk_widget_get_width (GTK_WIDGET (self->view)));

  return G_SOURCE_REMOVE;
}

/* Not while the table is laid out. */
static void
fit_soon (PhPeersPage *self)
{
  if (self->fit == 0)
    self->fit = g_idle_add_full (G_PRIORITY_HIGH_IDLE, fit_cb, self, NULL);
}

static void
activate_cb (PhPeersPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "peers.send", NULL);
}

/* ---- the page ---- */

static void
ph_peers_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (ph_peers_page_parent_class)->map (widget);
  ph_peer_columns_align (PH_PEERS_PAGE (widget)->view);
  fit_soon (PH_PEERS_PAGE (widget));
  begin (PH_PEERS_PAGE (widget));
}

static void
ph_peers_page_unmap (GtkWidget *widget)
{
  ph_seconds_stop (&PH_PEERS_PAGE (widget)->seconds);
  GTK_WIDGET_CLASS (ph_peers_page_parent_class)->unmap (widget);
}

static void
ph_peers_page_dispose (GObject *object)
{
  PhPeersPage *self = PH_PEERS_PAGE (object);

  ph_seconds_stop (&self->seconds);
  g_clear_handle_id (&self->fit, g_source_remove);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_object (&self->control);
  g_clear_object (&self->controls);
  g_clear_object (&self->selection);
  g_clear_object (&self->found);
  g_clear_object (&self->peers);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (ph_peers_page_parent_class)->dispose (object);
}

static void
ph_peers_page_finalize (GObject *object)
{
  g_free (PH_PEERS_PAGE (object)->searched);

  G_OBJECT_CLASS (ph_peers_page_parent_class)->finalize (object);
}

static void
ph_peers_page_class_init (PhPeersPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_peers_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = ph_peers_page_finalize;
  widget_class->map = ph_peers_page_map;
  widget_class->unmap = ph_peers_page_unmap;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/porthole/Porthole/peers-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PhPeersPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, PhPeersPage, count_label);
  gtk_widget_class_bind_template_child (widget_class, PhPeersPage, view);
  gtk_widget_class_bind_template_child (widget_class, PhPeersPage, disconnect_button);
  gtk_widget_class_bind_template_child (widget_class, PhPeersPage, peer_menu);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_install_action (widget_class, "peers.send", NULL, send_cb);
  gtk_widget_class_install_action (widget_class, "peers.filter", NULL, filter_cb);
  gtk_widget_class_install_action (widget_class, "peers.copy", NULL, copy_cb);
  gtk_widget_class_install_action (widget_class, "peers.menu", "(dd)", menu_cb);
  gtk_widget_class_install_action (widget_class, "peers.sort", "i", sort_cb);
  for (int place = 1; place <= PH_PEER_COLUMNS; place++)
    gtk_widget_class_add_binding_action (widget_class, GDK_KEY_0 + (guint) place, GDK_CONTROL_MASK | GDK_ALT_MASK, "peers.sort", "i", place);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "peers.copy", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "peer.disconnect", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, GDK_SHIFT_MASK, "peer.reset", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "peers.menu", "(dd)", -1.0, -1.0);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "peers.menu", "(dd)", -1.0, -1.0);
}

static void
ph_peers_page_init (PhPeersPage *self)
{
  GtkSortListModel *sorted;

  self->seconds = (PhSeconds) { .look = look_cb, .data = self };
  self->peers = g_list_store_new (PH_TYPE_PEER);
  gtk_widget_init_template (GTK_WIDGET (self));
  ph_peer_columns_add (self->view);
  g_signal_connect_object (gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (self->view)), "notify::page-size",
                           G_CALLBACK (fit_soon), self, G_CONNECT_SWAPPED);
  self->found = gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (self->peers)), NULL);
  sorted = gtk_sort_list_model_new (G_LIST_MODEL (g_object_ref (self->found)),
                                    g_object_ref (gtk_column_view_get_sorter (self->view)));
  self->selection = gtk_single_selection_new (G_LIST_MODEL (sorted));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (update_actions), self,
                           G_CONNECT_SWAPPED);
}

/** ph_peers_page_new: Returns: (transfer floating): lists the peers of @session */
GtkWidget *
ph_peers_page_new (PhSession *session)
{
  PhPeersPage *self = g_object_new (PH_TYPE_PEERS_PAGE, NULL);

  g_set_object (&self->session, session);
  self->controls = g_simple_action_group_new ();
  self->control = ph_peer_control_new (session, G_ACTION_MAP (self->controls));
  g_signal_connect_object (session, "advanced", G_CALLBACK (begin), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::state", G_CALLBACK (update_actions), self, G_CONNECT_SWAPPED);
  count (self);
  update_actions (self);

  return GTK_WIDGET (self);
}
