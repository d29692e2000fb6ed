/* ph-search-slot.c: creates the search bar and the jump popover when they are first used
 *
 * Most sessions are never searched, and the window opens sooner without them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-search-slot.h"

#include "ph-jump-popover.h"
#include "ph-search-bar.h"

struct _PhSearchSlot
{
  GtkBox parent_instance;

  /* borrowed: children, NULL until they are needed */
  PhSearchBar *bar;
  GtkWidget *jump;

  /* owned */
  PhSession *session;
  PhLogView *view;
};

G_DEFINE_FINAL_TYPE (PhSearchSlot, ph_search_slot, GTK_TYPE_BOX)

static PhSearchBar *
get_bar (PhSearchSlot *self)
{
  if (self->bar == NULL)
    {
      self->bar = PH_SEARCH_BAR (ph_search_bar_new (self->session, self->view));
      gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->bar));
    }

  return self->bar;
}

static gboolean
is_open (PhSearchSlot *self)
{
  return self->bar != NULL && ph_search_bar_is_open (self->bar);
}

static void
find_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ph_search_bar_open (get_bar (data));
}

/* Parameter: 1 for the next match, -1 for the previous one. */
static void
find_step_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  if (is_open (data))
    ph_search_bar_step (get_bar (data), g_variant_get_int32 (parameter) > 0);
  else
    ph_search_bar_open (get_bar (data));
}

static void
filter_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gboolean was_open = is_open (data);

  if (!was_open)
    ph_search_bar_open (get_bar (data));
  ph_search_bar_set_filter (get_bar (data), !was_open || !ph_search_bar_get_filter (get_bar (data)));
}

/* "all", "received", "sent", "events" */
static void
filter_kinds_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const char *id = g_variant_get_string (parameter, NULL);
  PhSearchKinds kinds = PH_SEARCH_ALL;

  if (g_str_equal (id, "received"))
    kinds = PH_SEARCH_IN;
  else if (g_str_equal (id, "sent"))
    kinds = PH_SEARCH_OUT;
  else if (g_str_equal (id, "events"))
    kinds = PH_SEARCH_EVENTS;
  ph_search_bar_filter_kinds (get_bar (data), kinds);
}

static void
filter_peer_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ph_search_bar_filter_peer (get_bar (data), g_variant_get_string (parameter, NULL));
}

/* Parameters: a text, and whether it is hex digits. */
static void
find_this_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const char *text;
  gboolean hex;

  g_variant_get (parameter, "(&sb)", &text, &hex);
  ph_search_bar_find_this (get_bar (data), text, hex);
}

static void
jump_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PhSearchSlot *self = data;

  if (self->jump == NULL)
    {
      self->jump = ph_jump_popover_new (self->session, self->view);
      gtk_widget_set_parent (self->jump, gtk_widget_get_parent (GTK_WIDGET (self)));
    }
  ph_jump_popover_open (PH_JUMP_POPOVER (self->jump));
}

/* ---- the object ---- */

static void
ph_search_slot_dispose (GObject *object)
{
  PhSearchSlot *self = PH_SEARCH_SLOT (object);

  g_clear_pointer (&self->jump, gtk_widget_unparent);
  g_clear_object (&self->view);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (ph_search_slot_parent_class)->dispose (object);
}

static void
ph_search_slot_class_init (PhSearchSlotClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ph_search_slot_dispose;
}

static void
ph_search_slot_init (PhSearchSlot *self)
{
}

/**
 * ph_search_slot_connect:
 * @session: a reference is kept
 * @view: shows the log of @session; a reference is kept
 * @actions: the actions "find", "find-this", "find-step", "filter", "filter-kinds", "filter-peer" and "jump" are added to it
 *
 * Called once.
 */
void
ph_search_slot_connect (PhSearchSlot *slot, PhSession *session, PhLogView *view, GActionMap *actions)
{
  const GActionEntry entries[] = {
    { .name = "find", .activate = find_cb },
    { .name = "find-this", .activate = find_this_cb, .parameter_type = "(sb)" },
    { .name = "find-step", .activate = find_step_cb, .parameter_type = "i" },
    { .name = "filter", .activate = filter_cb },
    { .name = "filter-kinds", .activate = filter_kinds_cb, .parameter_type = "s" },
    { .name = "filter-peer", .activate = filter_peer_cb, .parameter_type = "s" },
    { .name = "jump", .activate = jump_cb },
  };

  g_return_if_fail (PH_IS_SEARCH_SLOT (slot));

  g_set_object (&slot->session, session);
  g_set_object (&slot->view, view);
  g_action_map_add_action_entries (actions, entries, G_N_ELEMENTS (entries), slot);
}

/**
 * ph_search_slot_close:
 *
 * Closes the search bar.
 *
 * Returns: %FALSE if it was not open
 */
gboolean
ph_search_slot_close (PhSearchSlot *slot)
{
  g_return_val_if_fail (PH_IS_SEARCH_SLOT (slot), FALSE);

  if (!is_open (slot))
    return FALSE;
  ph_search_bar_close (slot->bar);

  return TRUE;
}
