/* ph-group-column.c: a column of folding groups: the lower ones fold where there is no room, until the user has said otherwise
 *
 * A group that the user folded or opened by hand stays so, in every tab and at the next start.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-group-column.h"

#include "ph-group.h"
#include "ph-settings.h"

#define KEY "folded-groups"

struct _PhGroupColumn
{
  GtkBox parent_instance;

  guint later; /* the source of the next fit */

  /* borrowed */
  GtkAdjustment *room; /* of the scrolled window around it; NULL until it is mapped */
};

G_DEFINE_FINAL_TYPE (PhGroupColumn, ph_group_column, GTK_TYPE_BOX)

/* Whether the user has folded or opened that group by hand. */
static gboolean
look_up (GVariant *choices, GtkWidget *group, gboolean *ret_folded)
{
  return g_variant_lookup (choices, gtk_widget_get_name (group), "b", ret_folded);
}

static int
present_height (GVariant *choices, GtkWidget *group, int width)
{
  gboolean folded = FALSE;
  int open, closed;

  ph_group_get_heights (PH_GROUP (group), width, &open, &closed);

  return look_up (choices, group, &folded) && folded ? closed : open;
}

/* What is typed in must not go away, as when words about it need the last room. */
static gboolean
is_in_use (GtkWidget *group)
{
  gboolean folded;

  g_object_get (group, "folded", &folded, NULL);

  return !folded && (gtk_widget_get_state_flags (group) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

/* The first group is the one that is needed first: it is never folded but by hand. */
static void
fit (PhGroupColumn *self)
{
  g_autoptr (GVariant) choices = g_settings_get_value (ph_settings_get (), KEY);
  int width = gtk_widget_get_width (GTK_WIDGET (self)), total = 0;

  for (GtkWidget *at = gtk_widget_get_first_child (GTK_WIDGET (self)); at != NULL; at = gtk_widget_get_next_sibling (at))
    if (gtk_widget_get_visible (at))
      total += present_height (choices, at, width);
  for (GtkWidget *at = gtk_widget_get_last_child (GTK_WIDGET (self)); at != NULL; at = gtk_widget_get_prev_sibling (at))
    {
      gboolean folded = FALSE, by_hand = look_up (choices, at, &folded);
      int open, closed;

      if (!by_hand && gtk_widget_get_prev_sibling (at) != NULL && gtk_widget_get_visible (at))
        {
          ph_group_get_heights (PH_GROUP (at), width, &open, &closed);
          folded = total > (int) gtk_adjustment_get_page_size (self->room) && !is_in_use (at);
          total -= folded ? open - closed : 0;
        }
      g_object_set (at, "folded", folded, NULL);
    }
}

static gboolean
later_cb (gpointer data)
{
  PhGroupColumn *self = data;

  self->later = 0;
  /* Before it has a width, no height is known: the room changes when it gets one. */
  if (self->room != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)) && gtk_widget_get_width (GTK_WIDGET (self)) > 0)
    fit (self);

  return G_SOURCE_REMOVE;
}

/* The room changes while the window is laid out, and what is laid out cannot be changed then. */
static void
fit_later (PhGroupColumn *self)
{
  if (self->later == 0)
    self->later = g_idle_add_full (G_PRIORITY_DEFAULT, later_cb, self, NULL);
}

static void
folded_by_hand_cb (GtkWidget *group)
{
  g_autoptr (GVariant) choices = g_settings_get_value (ph_settings_get (), KEY);
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{sb}"));
  GVariantIter iter;
  const char *name;
  gboolean folded;

  g_variant_iter_init (&iter, choices);
  while (g_variant_iter_next (&iter, "{&sb}", &name, &folded))
    if (!g_str_equal (name, gtk_widget_get_name (group)))
      g_variant_builder_add (&builder, "{sb}", name, folded);
  g_object_get (group, "folded", &folded, NULL);
  g_variant_builder_add (&builder, "{sb}", gtk_widget_get_name (group), folded);
  g_settings_set_value (ph_settings_get (), KEY, g_variant_builder_end (&builder));
}

static void
begin (PhGroupColumn *self)
{
  GtkWidget *port = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);

  self->room = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (port));
  g_signal_connect_object (self->room, "changed", G_CALLBACK (fit_later), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (ph_settings_get (), "changed::" KEY, G_CALLBACK (fit_later), self, G_CONNECT_SWAPPED);
  for (GtkWidget *at = gtk_widget_get_first_child (GTK_WIDGET (self)); at != NULL; at = gtk_widget_get_next_sibling (at))
    g_signal_connect (at, "folded-by-hand", G_CALLBACK (folded_by_hand_cb), NULL);
}

static void
ph_group_column_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (ph_group_column_parent_class)->map (widget);
  if (PH_GROUP_COLUMN (widget)->room == NULL)
    begin (PH_GROUP_COLUMN (widget));
  fit_later (PH_GROUP_COLUMN (widget));
}

static void
ph_group_column_dispose (GObject *object)
{
  g_clear_handle_id (&PH_GROUP_COLUMN (object)->later, g_source_remove);

  G_OBJECT_CLASS (ph_group_column_parent_class)->dispose (object);
}

static void
ph_group_column_class_init (PhGroupColumnClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ph_group_column_dispose;
  GTK_WIDGET_CLASS (klass)->map = ph_group_column_map;
}

static void
ph_group_column_init (PhGroupColumn *self)
{
}
