/* ph-target-box.c: the choice of whom a message goes to, which never falls on somebody else by itself
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-target-box.h"

#include "ph-compat.h"
#include "ph-direction.h"
#include "ph-targets.h"

#include <glib/gi18n.h>

struct _PhTargetBox
{
  GtkBox parent_instance;

  /* template */
  GtkDropDown *drop_down;

  /* owned */
  PhSession *session;
  PhDefaultTarget *first;
  GListStore *left; /* holds the target that was chosen and left, until another is chosen */
  char *left_address;
  GObject *chosen; /* the target the user chose */
};

G_DEFINE_FINAL_TYPE (PhTargetBox, ph_target_box, GTK_TYPE_BOX)

enum
{
  PROP_LEFT = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static gboolean
has_left (PhTargetBox *self)
{
  return self->left_address != NULL;
}

/* ---- the list ---- */

static void
setup_target_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  ph_direction_keep_label (GTK_LABEL (label));
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
find_target (PhTargetBox *self, gpointer target)
{
  GListModel *targets = gtk_drop_down_get_model (self->drop_down);
  guint n = g_list_model_get_n_items (targets);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (targets, i);

      if (item == target)
        return i;
    }

  return GTK_INVALID_LIST_POSITION;
}

/* The place of who has the chosen one's address now, where an address is all there is to a peer: no connection. */
static guint
find_same (PhTargetBox *self)
{
  const PhTransport *transport = ph_session_get_transport (self->session);
  GListModel *targets = gtk_drop_down_get_model (self->drop_down);
  guint n = g_list_model_get_n_items (targets);

  if (!PH_IS_PEER (self->chosen) || transport == NULL || ph_transport_is_stream (transport))
    return GTK_INVALID_LIST_POSITION;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (targets, i);

      if (PH_IS_PEER (item)
          && g_str_equal (ph_peer_get_address (PH_PEER (item)), ph_peer_get_address (PH_PEER (self->chosen))))
        return i;
    }

  return GTK_INVALID_LIST_POSITION;
}

/* A drop-down whose item goes away takes a neighbour: nobody chose that one, peers_changed_cb() puts it right. */
static void
target_chosen_cb (PhTargetBox *self)
{
  GObject *item = gtk_drop_down_get_selected_item (self->drop_down);

  if (item == NULL)
    return;
  if (has_left (self))
    {
      g_autoptr (GObject) left = g_list_model_get_item (G_LIST_MODEL (self->left), 0);

      if (item == left)
        return;
      g_list_store_remove_all (self->left);
      g_clear_pointer (&self->left_address, g_free);
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LEFT]);
    }
  else if (self->chosen != NULL && find_target (self, self->chosen) == GTK_INVALID_LIST_POSITION)
    return;
  g_set_object (&self->chosen, item);
}

/* The list has told everybody when this is called, so it may be changed. What is sent next must not go to somebody else
 * than who was chosen: the place of who left is kept, and leads nowhere. */
static void
peers_changed_cb (PhTargetBox *self)
{
  g_autoptr (PhDefaultTarget) gone = NULL;
  g_autofree char *text = NULL;
  guint same;

  if (has_left (self) || gtk_drop_down_get_selected_item (self->drop_down) == self->chosen)
    return;
  same = find_same (self);
  if (same != GTK_INVALID_LIST_POSITION)
    {
      g_clear_object (&self->chosen);
      self->chosen = g_list_model_get_item (gtk_drop_down_get_model (self->drop_down), same);
      gtk_drop_down_set_selected (self->drop_down, same);
      return;
    }
  self->left_address = ph_targets_dup_text (self->chosen, NULL);
  text = g_strdup_printf (_("%s left"), self->left_address);
  gone = ph_default_target_new ();
  ph_default_target_set_text (gone, text);
  g_list_store_append (self->left, gone);
  gtk_drop_down_set_selected (self->drop_down, find_target (self, gone));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LEFT]);
}

static void
set_up_targets (PhTargetBox *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GListModel *targets = ph_targets_new (self->first, self->session, self->left);
  GtkExpression *text = gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 0, NULL, G_CALLBACK (ph_targets_dup_text),
                                                     NULL, NULL);

  ph_compat_keep_name (GTK_WIDGET (self->drop_down));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_target_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_target_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_target_cb), NULL);
  gtk_drop_down_set_expression (self->drop_down, text);
  gtk_drop_down_set_factory (self->drop_down, factory);
  g_signal_connect_object (self->drop_down, "notify::selected-item", G_CALLBACK (target_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_drop_down_set_model (self->drop_down, targets);
  g_signal_connect_object (ph_session_get_peers (self->session), "items-changed", G_CALLBACK (peers_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  gtk_expression_unref (text);
  g_object_unref (factory);
  g_object_unref (targets);
}

/* ---- the object ---- */

static void
ph_target_box_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_LEFT:
      g_value_set_string (value, PH_TARGET_BOX (object)->left_address);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ph_target_box_dispose (GObject *object)
{
  PhTargetBox *self = PH_TARGET_BOX (object);

  g_clear_object (&self->session);
  g_clear_object (&self->first);
  g_clear_object (&self->left);
  g_clear_object (&self->chosen);
  g_clear_pointer (&self->left_address, g_free);

  G_OBJECT_CLASS (ph_target_box_parent_class)->dispose (object);
}

static void
ph_target_box_class_init (PhTargetBoxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ph_target_box_dispose;
  object_class->get_property = ph_target_box_get_property;

  props[PROP_LEFT] = g_param_spec_string ("left", NULL, NULL, NULL,
                                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/porthole/Porthole/target-box.ui");
  gtk_widget_class_bind_template_child (widget_class, PhTargetBox, drop_down);
}

static void
ph_target_box_init (PhTargetBox *self)
{
  self->first = ph_default_target_new ();
  self->left = g_list_store_new (G_TYPE_OBJECT);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ph_target_box_set_session:
 * @box: a target box
 * @session: whose peers are targets; set once
 */
void
ph_target_box_set_session (PhTargetBox *box, PhSession *session)
{
  g_return_if_fail (PH_IS_TARGET_BOX (box));

  g_set_object (&box->session, session);
  set_up_targets (box);
}

/**
 * ph_target_box_set_first:
 * @box: a target box
 * @text: what the first target says
 */
void
ph_target_box_set_first (PhTargetBox *box, const char *text)
{
  g_return_if_fail (PH_IS_TARGET_BOX (box));

  ph_default_target_set_text (box->first, text);
}

/**
 * ph_target_box_get_left:
 * @box: a target box
 *
 * Returns: (nullable) (transfer none): the address of who was chosen and has left, as long as nobody else is chosen
 */
const char *
ph_target_box_get_left (PhTargetBox *box)
{
  g_return_val_if_fail (PH_IS_TARGET_BOX (box), NULL);

  return box->left_address;
}

/**
 * ph_target_box_get_peer:
 * @box: a target box
 *
 * Returns: (nullable) (transfer none): the peer that is chosen; %NULL for the first target
 */
PhPeer *
ph_target_box_get_peer (PhTargetBox *box)
{
  gpointer item;

  g_return_val_if_fail (PH_IS_TARGET_BOX (box), NULL);

  item = gtk_drop_down_get_selected_item (box->drop_down);

  return item != NULL && PH_IS_PEER (item) ? item : NULL;
}

/**
 * ph_target_box_select_peer:
 * @box: a target box
 * @peer: (nullable): who gets what is sent; %NULL for the first target
 */
void
ph_target_box_select_peer (PhTargetBox *box, PhPeer *peer)
{
  guint place;

  g_return_if_fail (PH_IS_TARGET_BOX (box));

  place = peer == NULL ? 0 : find_target (box, peer);
  if (place != GTK_INVALID_LIST_POSITION)
    gtk_drop_down_set_selected (box->drop_down, place);
}

/**
 * ph_target_box_focus:
 * @box: a target box
 */
void
ph_target_box_focus (PhTargetBox *box)
{
  g_return_if_fail (PH_IS_TARGET_BOX (box));

  gtk_widget_grab_focus (GTK_WIDGET (box->drop_down));
}
