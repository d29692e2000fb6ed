/* ph-peer-columns.c: the columns of the table of peers: their texts and their order
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-peer-columns.h"

#include "ph-format.h"
#include "ph-number.h"
#include "ph-peer-label.h"
#include "ph-rate-axis.h"
#include "ph-session.h"

#include <glib/gi18n.h>

#define SECOND G_GINT64_CONSTANT (1000000000) /* ns */

#define ADDRESS_CHARS 19 /* at least: an IPv4 address with its port */

/* What a column is measured by, and the pixels beside a text in a cell, as in rates.css. */
#define WIDE_ADDRESS "255.255.255.255:65535"
#define WIDE_NUMBER "1023.9 MiB"
#define CELL_PADDING 22

/* A column. Its text is (transfer full); it compares like strcmp(). */
typedef struct
{
  const char *title;
  char *(*dup_text) (PhPeer *peer);
  int (*compare) (PhPeer *a, PhPeer *b);
  gboolean is_number;
  gboolean changes; /* its texts change while the table is shown */
} Column;

/* ---- texts ---- */

static char *
dup_address (PhPeer *peer)
{
  return g_strdup (ph_peer_get_address (peer));
}

/* With the date only if it is not today. */
static char *
dup_time (gint64 time)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) then = g_date_time_new_from_unix_local (time / SECOND);

  if (time == 0 || now == NULL || then == NULL)
    return g_strdup ("–");

  return ph_rate_axis_dup_time (time / SECOND, g_date_time_get_day_of_year (now) != g_date_time_get_day_of_year (then)
                                                 || g_date_time_get_year (now) != g_date_time_get_year (then));
}

static char *
dup_first (PhPeer *peer)
{
  return dup_time (ph_peer_get_stats (peer)->first_seen);
}

static char *
dup_last (PhPeer *peer)
{
  return dup_time (ph_peer_get_stats (peer)->last_seen);
}

static guint64
get_records (PhPeer *peer)
{
  const PhPeerStats *stats = ph_peer_get_stats (peer);

  return stats->packets[PH_RATE_RX] + stats->packets[PH_RATE_TX];
}

static char *
dup_records (PhPeer *peer)
{
  return ph_format_dup_grouped (get_records (peer));
}

static char *
dup_received (PhPeer *peer)
{
  return ph_format_dup_size (ph_peer_get_stats (peer)->bytes[PH_RATE_RX]);
}

static char *
dup_sent (PhPeer *peer)
{
  return ph_format_dup_size (ph_peer_get_stats (peer)->bytes[PH_RATE_TX]);
}

static char *
dup_rate (PhPeer *peer)
{
  return ph_number_byte_rate ((double) ph_peer_get_rate (peer));
}

/* ---- order ---- */

#define COMPARE(a, b) ((a) < (b) ? -1 : (a) > (b))

/* Compares digits as numbers: 10.0.0.2 is before 10.0.0.10. */
static int
compare_address (PhPeer *one, PhPeer *other)
{
  const char *a = ph_peer_get_address (one), *b = ph_peer_get_address (other);

  while (*a != '\0' && *b != '\0')
    {
      char *a_end = (char *) a + 1, *b_end = (char *) b + 1;
      guint64 left = (guchar) *a, right = (guchar) *b;

      if (g_ascii_isdigit (*a) && g_ascii_isdigit (*b))
        {
          left = g_ascii_strtoull (a, &a_end, 10);
          right = g_ascii_strtoull (b, &b_end, 10);
        }
      if (left != right)
        return COMPARE (left, right);
      a = a_end;
      b = b_end;
    }

  return COMPARE ((guchar) *a, (guchar) *b);
}

static int
compare_first (PhPeer *a, PhPeer *b)
{
  return COMPARE (ph_peer_get_stats (a)->first_seen, ph_peer_get_stats (b)->first_seen);
}

static int
compare_last (PhPeer *a, PhPeer *b)
{
  return COMPARE (ph_peer_get_stats (a)->last_seen, ph_peer_get_stats (b)->last_seen);
}

static int
compare_records (PhPeer *a, PhPeer *b)
{
  return COMPARE (get_records (a), get_records (b));
}

static int
compare_received (PhPeer *a, PhPeer *b)
{
  return COMPARE (ph_peer_get_stats (a)->bytes[PH_RATE_RX], ph_peer_get_stats (b)->bytes[PH_RATE_RX]);
}

static int
compare_sent (PhPeer *a, PhPeer *b)
{
  return COMPARE (ph_peer_get_stats (a)->bytes[PH_RATE_TX], ph_peer_get_stats (b)->bytes[PH_RATE_TX]);
}

static int
compare_rate (PhPeer *a, PhPeer *b)
{
  return COMPARE (ph_peer_get_rate (a), ph_peer_get_rate (b));
}

/* The drawer is narrow: what one looks for first comes first, and what has no room is in the tooltip of the address. */
static const Column columns[PH_PEER_COLUMNS] = {
  { N_("Address"), dup_address, compare_address, FALSE, FALSE },
  { N_("Received"), dup_received, compare_received, TRUE, TRUE },
  { N_("Sent"), dup_sent, compare_sent, TRUE, TRUE },
  { N_("Rate"), dup_rate, compare_rate, TRUE, TRUE },
  { N_("Last seen"), dup_last, compare_last, TRUE, TRUE },
  { N_("First seen"), dup_first, compare_first, TRUE, FALSE },
  { N_("Records"), dup_records, compare_records, TRUE, TRUE },
};

/* ---- the cells ---- */

static void
show (GtkListItem *item, PhPeer *peer)
{
  const Column *column = g_object_get_data (G_OBJECT (item), "ph-column");
  GtkWidget *label = gtk_list_item_get_child (item);
  g_autofree char *text = GTK_IS_LABEL (label) ? column->dup_text (peer) : NULL;

  if (text != NULL)
    gtk_label_set_label (GTK_LABEL (label), text);
  else
    ph_peer_label_set_peer (PH_PEER_LABEL (label), peer);
  gtk_widget_set_opacity (label, ph_peer_is_listed (peer) ? 1 : 0.6);
}

/* All columns, for those that have no room. */
static gboolean
query_tooltip_cb (GtkWidget *label, int x, int y, gboolean keyboard, GtkTooltip *tooltip, GtkListItem *item)
{
  PhPeer *peer = gtk_list_item_get_item (item);
  g_autoptr (GString) text = g_string_new (NULL);

  if (peer == NULL)
    return FALSE;
  g_string_append (text, ph_peer_get_address (peer));
  for (guint i = 1; i < G_N_ELEMENTS (columns); i++)
    {
      g_autofree char *value = columns[i].dup_text (peer);

      g_string_append_printf (text, "\n%s: %s", _(columns[i].title), value);
    }
  gtk_tooltip_set_text (tooltip, text->str);

  return TRUE;
}

static void
notify_stats_cb (PhPeer *peer, GParamSpec *pspec, GtkListItem *item)
{
  show (item, peer);
}

/* The menu is that of the selected peer. */
static void
pressed_cb (GtkGesture *gesture, int n_press, double x, double y, GtkListItem *item)
{
  GtkWidget *label = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  GtkWidget *view = gtk_widget_get_ancestor (label, GTK_TYPE_COLUMN_VIEW);
  graphene_point_t there;

  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_activate_action (label, "list.select-item", "(ubb)", gtk_list_item_get_position (item), FALSE, FALSE);
  if (gtk_widget_compute_point (label, view, &GRAPHENE_POINT_INIT ((float) x, (float) y), &there))
    gtk_widget_activate_action (label, "peers.menu", "(dd)", (double) there.x, (double) there.y);
}

static void
setup_cb (GtkListItemFactory *factory, GtkListItem *item, const Column *column)
{
  GtkWidget *label = column->is_number ? gtk_label_new (NULL) : ph_peer_label_new (ADDRESS_CHARS);
  GtkGesture *click = gtk_gesture_click_new ();

  if (column->is_number)
    {
      gtk_label_set_xalign (GTK_LABEL (label), 1);
      gtk_widget_add_css_class (label, "numeric");
    }
  else
    {
      gtk_widget_set_has_tooltip (label, TRUE);
      g_signal_connect (label, "query-tooltip", G_CALLBACK (query_tooltip_cb), item);
    }
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), item);
  gtk_widget_add_controller (label, GTK_EVENT_CONTROLLER (click));
  g_object_set_data (G_OBJECT (item), "ph-column", (gpointer) column);
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkListItemFactory *factory, GtkListItem *item, const Column *column)
{
  PhPeer *peer = gtk_list_item_get_item (item);

  show (item, peer);
  g_signal_connect (peer, "notify::stats", G_CALLBACK (notify_stats_cb), item);
}

static void
unbind_cb (GtkListItemFactory *factory, GtkListItem *item, const Column *column)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), notify_stats_cb, item);
  if (!column->is_number)
    ph_peer_label_set_peer (PH_PEER_LABEL (gtk_list_item_get_child (item)), NULL);
}

static int
compare_cb (gconstpointer a, gconstpointer b, gpointer column)
{
  return ((const Column *) column)->compare ((PhPeer *) a, (PhPeer *) b);
}

static GtkColumnViewColumn *
make_column (const Column *column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *made = gtk_column_view_column_new (_(column->title), factory);
  GtkSorter *sorter = GTK_SORTER (gtk_custom_sorter_new (compare_cb, (gpointer) column, NULL));

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), (gpointer) column);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), (gpointer) column);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), (gpointer) column);
  gtk_column_view_column_set_sorter (made, sorter);
  gtk_column_view_column_set_resizable (made, TRUE);
  gtk_column_view_column_set_expand (made, !column->is_number);
  g_object_unref (sorter);

  return made;
}

/* Aligns the title of a column of numbers to the right, as its cells are. GTK has no function for that, so this looks for the
 * label in the title; in a version that builds titles in another way nothing is changed. */
static void
align_title (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    {
      gtk_widget_set_hexpand (widget, TRUE);
      gtk_label_set_xalign (GTK_LABEL (widget), 1);
    }
  for (GtkWidget *at = gtk_widget_get_first_child (widget); at != NULL; at = gtk_widget_get_next_sibling (at))
    align_title (at);
}

/** ph_peer_columns_add: @view has #PhPeer items, and no columns yet. */
void
ph_peer_columns_add (GtkColumnView *view)
{
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = make_column (&columns[i]);

      gtk_column_view_append_column (view, column);
    }
}

/**
 * ph_peer_columns_align:
 *
 * Aligns the titles. To be called each time @view is mapped, as GTK then makes the titles again.
 */
void
ph_peer_columns_align (GtkColumnView *view)
{
  GtkWidget *title = gtk_widget_get_first_child (gtk_widget_get_first_child (GTK_WIDGET (view)));

  for (guint i = 0; i < G_N_ELEMENTS (columns) && title != NULL; i++, title = gtk_widget_get_next_sibling (title))
    if (columns[i].is_number)
      align_title (title);
}

/* Of its title or of the widest text that is usual. A hidden title has no width, but what is in it has. */
static int
column_width (GtkColumnView *view, const Column *column, GtkWidget *title)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (view), column->is_number ? WIDE_NUMBER : WIDE_ADDRESS);
  GtkWidget *inside = gtk_widget_get_first_child (title);
  int width, least = 0;

  pango_layout_get_pixel_size (layout, &width, NULL);
  if (inside != NULL)
    gtk_widget_measure (inside, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);

  return MAX (width, least) + CELL_PADDING;
}

/**
 * ph_peer_columns_fit:
 * @view: mapped
 * @room: pixels
 *
 * Shows the first columns, as many as @room is wide enough for, and at least one.
 */
void
ph_peer_columns_fit (GtkColumnView *view, int room)
{
  GListModel *all = G_LIST_MODEL (gtk_column_view_get_columns (view));
  GtkWidget *title = gtk_widget_get_first_child (gtk_widget_get_first_child (GTK_WIDGET (view)));

  for (guint i = 0; i < G_N_ELEMENTS (columns) && title != NULL; i++, title = gtk_widget_get_next_sibling (title))
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (all, i);

      room -= column_width (view, &columns[i], title);
      gtk_column_view_column_set_visible (column, i == 0 || room >= 0);
    }
}

/**
 * ph_peer_columns_sort_again:
 *
 * To be called after items have changed. Costs nothing unless the view is sorted by a column whose texts change.
 */
void
ph_peer_columns_sort_again (GtkColumnView *view)
{
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (gtk_column_view_get_columns (view), i);

      if (columns[i].changes)
        gtk_sorter_changed (gtk_column_view_column_get_sorter (column), GTK_SORTER_CHANGE_DIFFERENT);
    }
}
