/* ph-client-list.c: lists the clients of a server: how many, who, and a way to disconnect one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-client-list.h"

#include "ph-direction.h"
#include "ph-format.h"

#include <glib/gi18n.h>

struct _PhClientList
{
  GtkBox parent_instance;

  /* template */
  GtkLabel *count_label;
  GtkWidget *scroller;
  GtkListView *list_view;

  /* owned */
  PhSession *session;
  GtkSliceListModel *shown;
  guint tick;
};

/* GtkListView keeps about 200 rows around the visible ones. Making all of them in one frame would delay it. */
#define ROWS_KEPT 256
#define ROWS_A_FRAME 8

G_DEFINE_FINAL_TYPE (PhClientList, ph_client_list, GTK_TYPE_BOX)

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
kick (PhClientList *self, PhPeer *peer)
{
  if (self->session != NULL && peer != NULL)
    ph_session_kick (self->session, ph_peer_get_number (peer));
}

static void
kick_clicked_cb (PhClientList *self, GtkWidget *button)
{
  GtkListItem *item = g_object_get_data (G_OBJECT (button), "ph-item");

  kick (self, gtk_list_item_get_item (item));
}

static void
setup_cb (GtkListItemFactory *factory, GtkListItem *item, PhClientList *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");
  const char *name = _("Disconnect this client");

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  ph_direction_keep_label (GTK_LABEL (label));
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "small-icon");
  gtk_widget_set_visible (button, FALSE);      /* or GTK asks the display where the pointer is */
  gtk_widget_set_tooltip_text (button, name);
  gtk_widget_set_visible (button, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data (G_OBJECT (button), "ph-item", item);
  g_signal_connect_object (button, "clicked", G_CALLBACK (kick_clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), button);
  gtk_list_item_set_child (item, box);
}

static void
bind_cb (GtkListItemFactory *factory, GtkListItem *item, PhClientList *self)
{
  GtkWidget *label = gtk_widget_get_first_child (gtk_list_item_get_child (item));

  gtk_label_set_label (GTK_LABEL (label), ph_peer_get_address (gtk_list_item_get_item (item)));
}

static void
activate_cb (GtkListView *view, guint position, PhClientList *self)
{
  g_autoptr (PhPeer) peer = g_list_model_get_item (G_LIST_MODEL (gtk_list_view_get_model (view)), position);

  if (peer != NULL)
    g_signal_emit (self, signals[CHOSEN], 0, peer);
}

static void
kick_selected_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PhClientList *self = PH_CLIENT_LIST (widget);
  GtkSelectionModel *selection = gtk_list_view_get_model (self->list_view);

  if (selection != NULL)
    kick (self, gtk_single_selection_get_selected_item (GTK_SINGLE_SELECTION (selection)));
}

static gboolean
grow_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer unused)
{
  PhClientList *self = PH_CLIENT_LIST (widget);
  guint size = gtk_slice_list_model_get_size (self->shown) + ROWS_A_FRAME;

  if (size > ROWS_KEPT)
    size = G_MAXUINT;
  gtk_slice_list_model_set_size (self->shown, size);
  if (size < g_list_model_get_n_items (ph_session_get_peers (self->session)))
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  return G_SOURCE_REMOVE;
}

static void
count (PhClientList *self)
{
  guint n = g_list_model_get_n_items (ph_session_get_peers (self->session));
  g_autofree char *number = ph_format_dup_grouped (n);
  g_autofree char *text = g_strdup_printf (ngettext ("%s client", "%s clients", n), number);

  gtk_label_set_label (self->count_label, n == 0 ? _("No clients yet") : text);
  gtk_widget_set_visible (self->scroller, n > 0);
  if (self->tick == 0 && n > gtk_slice_list_model_get_size (self->shown))
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), grow_cb, NULL, NULL);
}

static void
ph_client_list_dispose (GObject *object)
{
  PhClientList *self = PH_CLIENT_LIST (object);

  g_clear_object (&self->session);
  g_clear_object (&self->shown);

  G_OBJECT_CLASS (ph_client_list_parent_class)->dispose (object);
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
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_install_action (widget_class, "clients.disconnect", NULL, kick_selected_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "clients.disconnect", NULL);
}

static void
ph_client_list_init (PhClientList *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, 0);
  gtk_list_view_set_factory (self->list_view, factory);
  g_object_unref (factory);
}

/** ph_client_list_set_session: To be called once. */
void
ph_client_list_set_session (PhClientList *list, PhSession *session)
{
  GListModel *peers = ph_session_get_peers (session);
  GtkSingleSelection *selection;

  g_return_if_fail (PH_IS_CLIENT_LIST (list) && list->shown == NULL);

  list->shown = gtk_slice_list_model_new (g_object_ref (peers), 0, ROWS_A_FRAME);
  selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (list->shown)));

  g_set_object (&list->session, session);
  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_can_unselect (selection, TRUE);
  gtk_list_view_set_model (list->list_view, GTK_SELECTION_MODEL (selection));
  g_object_unref (selection);
  g_signal_connect_object (peers, "items-changed", G_CALLBACK (count), list, G_CONNECT_SWAPPED);
  count (list);
}
