/* ph-still-list.c: a list model whose items stay in place for a second after others were removed, while the pointer is over them
 *
 * Who clicks twice on the button of a row that goes at the first click would hit the next row. So a row that was removed while the
 * pointer is over the list stays as one that has left, and nothing moves until a second has passed without another removal.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-still-list.h"

#define STILL 1000 /* ms */

struct _PhStillList
{
  GObject parent_instance;

  guint settle; /* source that takes out what has left, or 0 */

  /* owned */
  GListModel *model;
  GtkEventController *motion; /* of the widget that shows the list */
  GPtrArray *items;
  GHashTable *left; /* items that are not in the model any more, and still shown */
};

static void ph_still_list_list_init (GListModelInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (PhStillList, ph_still_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, ph_still_list_list_init))

/* ---- the list ---- */

static GType
ph_still_list_get_item_type (GListModel *list)
{
  return g_list_model_get_item_type (PH_STILL_LIST (list)->model);
}

static guint
ph_still_list_get_n_items (GListModel *list)
{
  return PH_STILL_LIST (list)->items->len;
}

static gpointer
ph_still_list_get_item (GListModel *list, guint position)
{
  GPtrArray *items = PH_STILL_LIST (list)->items;

  return position < items->len ? g_object_ref (items->pdata[position]) : NULL;
}

static void
ph_still_list_list_init (GListModelInterface *iface)
{
  iface->get_item_type = ph_still_list_get_item_type;
  iface->get_n_items = ph_still_list_get_n_items;
  iface->get_item = ph_still_list_get_item;
}

/* ---- changes ---- */

static GPtrArray *
take_items (GListModel *model)
{
  guint n = g_list_model_get_n_items (model);
  GPtrArray *items = g_ptr_array_new_full (n, g_object_unref);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (items, g_list_model_get_item (model, i));

  return items;
}

/* Takes over @items. What differs between the unchanged beginning and the unchanged end is one change. */
static void
show (PhStillList *self, GPtrArray *items)
{
  g_autoptr (GPtrArray) old = g_steal_pointer (&self->items);
  guint shorter = MIN (old->len, items->len), head = 0, tail = 0;

  self->items = items;
  while (head < shorter && old->pdata[head] == items->pdata[head])
    head++;
  while (tail < shorter - head && old->pdata[old->len - 1 - tail] == items->pdata[items->len - 1 - tail])
    tail++;
  if (old->len - head - tail > 0 || items->len - head - tail > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), head, old->len - head - tail, items->len - head - tail);
}

/* Each old item at its old place; what is new follows. */
static GPtrArray *
with_left (PhStillList *self, GPtrArray *now)
{
  g_autoptr (GHashTable) old = g_hash_table_new (NULL, NULL);
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->items->len; i++)
    {
      g_hash_table_add (old, self->items->pdata[i]);
      g_ptr_array_add (items, g_object_ref (self->items->pdata[i]));
    }
  for (guint i = 0; i < now->len; i++)
    if (!g_hash_table_contains (old, now->pdata[i]))
      g_ptr_array_add (items, g_object_ref (now->pdata[i]));

  return items;
}

static gboolean
settle_cb (gpointer data)
{
  PhStillList *self = data;

  self->settle = 0;
  g_hash_table_remove_all (self->left);
  show (self, take_items (self->model));

  return G_SOURCE_REMOVE;
}

/* Marks what is not in the model any more; its rows are shown anew. Returns whether anything has left just now. */
static gboolean
mark_left (PhStillList *self, GPtrArray *now)
{
  g_autoptr (GHashTable) there = g_hash_table_new (NULL, NULL);
  guint first = G_MAXUINT, end = 0;

  for (guint i = 0; i < now->len; i++)
    g_hash_table_add (there, now->pdata[i]);
  for (guint i = 0; i < self->items->len; i++)
    {
      GObject *item = self->items->pdata[i];

      if (g_hash_table_contains (there, item))
        g_hash_table_remove (self->left, item);
      else if (g_hash_table_add (self->left, g_object_ref (item)))
        {
          first = MIN (first, i);
          end = i + 1;
        }
    }
  if (end > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), first, end - first, end - first);

  return end > 0;
}

static void
items_changed_cb (PhStillList *self, guint position, guint removed, guint added)
{
  g_autoptr (GPtrArray) now = take_items (self->model);
  gboolean over = gtk_event_controller_motion_contains_pointer (GTK_EVENT_CONTROLLER_MOTION (self->motion));

  if (self->settle == 0 && (removed == 0 || !over))
    {
      show (self, g_steal_pointer (&now));
      return;
    }
  if (mark_left (self, now))
    {
      g_clear_handle_id (&self->settle, g_source_remove);
      self->settle = g_timeout_add (STILL, settle_cb, self);
    }
  show (self, self->settle != 0 ? with_left (self, now) : g_steal_pointer (&now));
}

/* ---- the object ---- */

static void
ph_still_list_dispose (GObject *object)
{
  PhStillList *self = PH_STILL_LIST (object);

  g_clear_handle_id (&self->settle, g_source_remove);
  g_clear_object (&self->model);
  g_clear_object (&self->motion);

  G_OBJECT_CLASS (ph_still_list_parent_class)->dispose (object);
}

static void
ph_still_list_finalize (GObject *object)
{
  PhStillList *self = PH_STILL_LIST (object);

  g_ptr_array_unref (self->items);
  g_hash_table_unref (self->left);

  G_OBJECT_CLASS (ph_still_list_parent_class)->finalize (object);
}

static void
ph_still_list_class_init (PhStillListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ph_still_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = ph_still_list_finalize;
}

static void
ph_still_list_init (PhStillList *self)
{
  self->left = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
}

/**
 * ph_still_list_new:
 * @model: adds its items behind the others
 * @widget: shows the list
 *
 * Returns: (transfer full): the items of @model, and for a second those that have left it
 */
PhStillList *
ph_still_list_new (GListModel *model, GtkWidget *widget)
{
  PhStillList *list = g_object_new (PH_TYPE_STILL_LIST, NULL);

  list->model = g_object_ref (model);
  list->items = take_items (model);
  list->motion = g_object_ref (gtk_event_controller_motion_new ());
  gtk_widget_add_controller (widget, list->motion);
  g_signal_connect_object (model, "items-changed", G_CALLBACK (items_changed_cb), list, G_CONNECT_SWAPPED);

  return list;
}

/** ph_still_list_has_left: Returns: whether @item is shown only so that the others stay where they are */
gboolean
ph_still_list_has_left (PhStillList *list, gpointer item)
{
  return g_hash_table_contains (list->left, item);
}
