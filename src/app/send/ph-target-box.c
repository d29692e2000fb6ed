/* ph-target-box.c: shows whom a message goes to, and lets the user choose
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-target-box.h"

#include "ph-address-store.h"
#include "ph-compat.h"
#include "ph-direction.h"
#include "ph-priority-layout.h"
#include "ph-target-entry.h"
#include "ph-targets.h"

#include <glib/gi18n.h>

#define MIN_CHARS 14    /* characters of an address that have room at least */
#define BUTTON_CHARS 22 /* and at most, in the button */
#define LIST_CHARS 48   /* and in the list */

struct _PhTargetBox
{
  GtkWidget parent_instance;

  /* template */
  GtkWidget *list_box;
  GtkDropDown *drop_down;
  PhTargetEntry *typed_entry;

  gboolean syncing; /* the drop-down is made to follow the target */

  /* owned */
  PhMessageTarget *target;
  PhDefaultTarget *first;
  GListStore *left; /* an item for the chosen peer while it has left */
  GtkListItemFactory *list_factory;
};

G_DEFINE_FINAL_TYPE (PhTargetBox, ph_target_box, GTK_TYPE_WIDGET)

enum
{
  TOLD,
  TAKEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- the list ---- */

/* @factory: of the open list, or of the button, which is short and has the address alone */
static void
setup_target_cb (GtkListItemFactory *factory, GtkListItem *item, PhTargetBox *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  ph_direction_keep_label (GTK_LABEL (label));
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_width_chars (GTK_LABEL (label), MIN_CHARS);
  gtk_label_set_max_width_chars (GTK_LABEL (label), factory == self->list_factory ? LIST_CHARS : BUTTON_CHARS);
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

/* In the list there is room for the name that the user gave an address. */
static gboolean
add_name_cb (GBinding *binding, const GValue *from, GValue *to, gpointer unused)
{
  const char *address = g_value_get_string (from);

  g_value_take_string (to, address != NULL ? ph_address_store_dup_label (address) : NULL);

  return TRUE;
}

static void
bind_target_cb (GtkListItemFactory *factory, GtkListItem *item, PhTargetBox *self)
{
  GtkWidget *label = gtk_list_item_get_child (item);
  gpointer target = gtk_list_item_get_item (item);
  gboolean in_list = factory == self->list_factory;
  const char *property = PH_IS_DEFAULT_TARGET (target) && in_list ? "text" : "address";
  GBinding *binding = g_object_bind_property_full (target, property, label, "label", G_BINDING_SYNC_CREATE,
                                                   in_list ? add_name_cb : NULL, NULL, NULL, NULL);

  g_object_set_data (G_OBJECT (item), "ph-binding", binding);
}

static void
unbind_target_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  GBinding *binding = g_object_get_data (G_OBJECT (item), "ph-binding");

  g_binding_unbind (binding);
  g_object_set_data (G_OBJECT (item), "ph-binding", NULL);
}

/* The position of @target in the list, or GTK_INVALID_LIST_POSITION. */
static guint
find_position (PhTargetBox *self, gpointer target)
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

static void
show_left (PhTargetBox *self, const char *address)
{
  g_autoptr (PhDefaultTarget) gone = ph_default_target_new ();
  g_autofree char *text = g_strdup_printf (_("%s disconnected"), address);

  ph_default_target_set_text (gone, text, NULL);
  g_list_store_splice (self->left, 0, g_list_model_get_n_items (G_LIST_MODEL (self->left)), (gpointer *) &gone, 1);
  gtk_drop_down_set_selected (self->drop_down, find_position (self, gone));
}

static void
sync_cb (PhTargetBox *self)
{
  PhPeer *peer = ph_message_target_get_peer (self->target);
  const char *left = ph_message_target_get_left (self->target);

  self->syncing = TRUE;
  if (left != NULL)
    {
      show_left (self, left);
    }
  else
    {
      gtk_drop_down_set_selected (self->drop_down, peer != NULL ? find_position (self, peer) : 0);
      g_list_store_remove_all (self->left); /* only now: nobody else gets selected in its place */
    }
  self->syncing = FALSE;
}

/* When the selected item is removed from the list, GTK selects its neighbour before the target hears of it. Nobody has
 * chosen that one. */
static void
selected_cb (PhTargetBox *self)
{
  gpointer item = gtk_drop_down_get_selected_item (self->drop_down);
  PhPeer *chosen = ph_message_target_get_peer (self->target);

  if (self->syncing || item == NULL || (chosen != NULL && find_position (self, chosen) == GTK_INVALID_LIST_POSITION))
    return;
  if (PH_IS_PEER (item))
    ph_message_target_set_peer (self->target, item);
  else if (item == self->first)
    ph_message_target_set_peer (self->target, NULL);
}

static GtkListItemFactory *
make_factory (PhTargetBox *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_target_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_target_cb), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_target_cb), NULL);

  return factory;
}

static void
set_up_targets (PhTargetBox *self, PhSession *session)
{
  GtkListItemFactory *factory = make_factory (self);
  GListModel *targets = ph_targets_new (self->first, session, self->left);
  GtkExpression *text = gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 0, NULL, G_CALLBACK (ph_targets_dup_text),
                                                     NULL, NULL);

  ph_compat_keep_name (GTK_WIDGET (self->drop_down));
  self->list_factory = make_factory (self);
  gtk_drop_down_set_expression (self->drop_down, text);
  gtk_drop_down_set_factory (self->drop_down, factory);
  gtk_drop_down_set_list_factory (self->drop_down, self->list_factory);
  gtk_drop_down_set_model (self->drop_down, targets);
  g_signal_connect_object (self->drop_down, "notify::selected-item", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  gtk_expression_unref (text);
  g_object_unref (factory);
  g_object_unref (targets);
}

/* ---- the address that is typed ---- */

static void
show_entry (PhTargetBox *self, gboolean shown)
{
  gtk_widget_set_visible (self->list_box, !shown);
  gtk_widget_set_visible (GTK_WIDGET (self->typed_entry), shown);
}

static void
typed_cb (PhTargetBox *self)
{
  show_entry (self, ph_message_target_get_typed (self->target) != NULL);
}

static void
told_cb (PhTargetBox *self, const char *words)
{
  g_signal_emit (self, signals[TOLD], 0, words);
}

/* The address of a client chooses it in the list, and so does none. */
static void
taken_cb (PhTargetBox *self)
{
  typed_cb (self);
  g_signal_emit (self, signals[TAKEN], 0);
}

static void
left_cb (PhTargetBox *self, gboolean focus)
{
  show_entry (self, FALSE);
  if (focus)
    ph_target_box_focus (self);
}

/* ---- the object ---- */

static void
ph_target_box_dispose (GObject *object)
{
  PhTargetBox *self = PH_TARGET_BOX (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->target);
  g_clear_object (&self->first);
  g_clear_object (&self->left);
  g_clear_object (&self->list_factory);

  G_OBJECT_CLASS (ph_target_box_parent_class)->dispose (object);
}

static void
ph_target_box_class_init (PhTargetBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_target_box_dispose;

  signals[TOLD] = g_signal_new ("told", PH_TYPE_TARGET_BOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[TAKEN] = g_signal_new ("taken", PH_TYPE_TARGET_BOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (PH_TYPE_PRIORITY_LAYOUT);
  g_type_ensure (PH_TYPE_TARGET_ENTRY);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/porthole/Porthole/target-box.ui");
  gtk_widget_class_bind_template_child (widget_class, PhTargetBox, list_box);
  gtk_widget_class_bind_template_child (widget_class, PhTargetBox, drop_down);
  gtk_widget_class_bind_template_child (widget_class, PhTargetBox, typed_entry);
  gtk_widget_class_bind_template_callback (widget_class, ph_target_box_type);
  gtk_widget_class_bind_template_callback (widget_class, told_cb);
  gtk_widget_class_bind_template_callback (widget_class, taken_cb);
  gtk_widget_class_bind_template_callback (widget_class, left_cb);
}

static void
ph_target_box_init (PhTargetBox *self)
{
  self->first = ph_default_target_new ();
  self->left = g_list_store_new (G_TYPE_OBJECT);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ph_target_box_set_target:
 * @target: shown and changed from now on; set once
 * @session: whose peers can be chosen
 */
void
ph_target_box_set_target (PhTargetBox *box, PhMessageTarget *target, PhSession *session)
{
  g_return_if_fail (PH_IS_TARGET_BOX (box));

  g_set_object (&box->target, target);
  set_up_targets (box, session);
  ph_target_entry_set_target (box->typed_entry, target);
  g_signal_connect_object (target, "notify::typed", G_CALLBACK (typed_cb), box, G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "notify::peer", G_CALLBACK (sync_cb), box, G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "notify::left", G_CALLBACK (sync_cb), box, G_CONNECT_SWAPPED);
}

/**
 * ph_target_box_set_first:
 * @text: of the first item, where no peer is chosen
 * @address: (nullable): what stands for it while it is chosen, if not @text
 */
void
ph_target_box_set_first (PhTargetBox *box, const char *text, const char *address)
{
  g_return_if_fail (PH_IS_TARGET_BOX (box));

  ph_default_target_set_text (box->first, text, address);
}

void
ph_target_box_focus (PhTargetBox *box)
{
  gboolean typed;

  g_return_if_fail (PH_IS_TARGET_BOX (box));

  typed = gtk_widget_get_visible (GTK_WIDGET (box->typed_entry));
  gtk_widget_grab_focus (typed ? GTK_WIDGET (box->typed_entry) : GTK_WIDGET (box->drop_down));
}

/** ph_target_box_type: lets the user type an address in place of the list */
void
ph_target_box_type (PhTargetBox *box)
{
  g_return_if_fail (PH_IS_TARGET_BOX (box));

  show_entry (box, TRUE);
  ph_target_box_focus (box);
}

/**
 * ph_target_box_commit:
 *
 * Takes over an address that was typed and not taken yet.
 *
 * Returns: %FALSE if it is wrong: it is marked then
 */
gboolean
ph_target_box_commit (PhTargetBox *box)
{
  g_return_val_if_fail (PH_IS_TARGET_BOX (box), FALSE);

  return !gtk_widget_get_visible (GTK_WIDGET (box)) || !gtk_widget_get_visible (GTK_WIDGET (box->typed_entry))
         || ph_target_entry_commit (box->typed_entry);
}
