/* ph-search-bar.c: the bar for searching the log: query, number of matches, next and previous, filter
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-search-bar.h"

#include "ph-compat.h"
#include "ph-direction.h"
#include "ph-fit-label.h"
#include "ph-format.h"
#include "ph-history-popover.h"
#include "ph-history-store.h"
#include "ph-jump.h"
#include "ph-wrap-layout.h"

#include <glib/gi18n.h>

#define COUNT_PAUSE 150 /* ms between two counts that are shown */

struct _PhSearchBar
{
  GtkBox parent_instance;

  /* template */
  GtkEntry *entry;
  GtkMenuButton *history_button;
  GtkDropDown *mode_drop_down;
  GtkToggleButton *case_button;
  PhFitLabel *count_label;
  GtkToggleButton *filter_button;
  GtkCheckButton *in_check;
  GtkCheckButton *out_check;
  GtkCheckButton *events_check;
  GtkEntry *peer_entry;
  GtkEntry *from_entry;
  GtkEntry *until_entry;
  GtkMenuButton *narrow_button;
  GtkLabel *reason_label;

  /* borrowed */
  PhLogView *view; /* outlives the bar: both are children of the page */

  guint64 n_unknown; /* records for which the expression is too slow, as the user was told */
  guint count_later; /* source that shows the count again, or 0 */

  /* owned */
  PhSession *session;
  PhFinder *finder;
};

G_DEFINE_FINAL_TYPE (PhSearchBar, ph_search_bar, GTK_TYPE_BOX)

/* ---- showing results ---- */

static void
set_class (gpointer widget, const char *class, gboolean set)
{
  if (set)
    gtk_widget_add_css_class (GTK_WIDGET (widget), class);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (widget), class);
}

/* @where: the entry that is not valid; NULL, with a NULL reason, if all are. */
static void
show_reason (PhSearchBar *self, GtkEntry *where, const char *reason)
{
  GtkEntry *const entries[] = { self->entry, self->from_entry, self->until_entry };

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      set_class (entries[i], "error", entries[i] == where);
      gtk_accessible_update_state (GTK_ACCESSIBLE (entries[i]), GTK_ACCESSIBLE_STATE_INVALID,
                                   entries[i] == where ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
    }
  gtk_label_set_label (self->reason_label, reason != NULL ? reason : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->reason_label), reason);
  gtk_widget_set_visible (GTK_WIDGET (self->reason_label), reason != NULL);
}

static char *
count_words (PhSearchBar *self)
{
  const PhMatches *matches = ph_finder_get_matches (self->finder);
  guint64 count = ph_matches_count (matches), seq;
  g_autofree char *total = ph_format_dup_grouped (count);

  if (ph_log_view_get_found (self->view, &seq) && ph_matches_contains (matches, seq))
    {
      g_autofree char *number = ph_format_dup_grouped (ph_matches_rank (matches, seq) + 1);

      /* Translators: the match that is shown, and how many there are: “17 of 2,340” */
      return g_strdup_printf (_("%s of %s"), number, total);
    }
  if (count == 0 && !ph_finder_is_running (self->finder))
    return g_strdup (_("No matches"));

  return g_strdup_printf (ngettext ("%s match", "%s matches", (gulong) MIN (count, G_MAXULONG)), total);
}

/* What the expression was too slow for may match too, and is not shown as a match. */
static void
show_unknown (PhSearchBar *self)
{
  PhStore *store = ph_session_get_store (self->session);
  guint64 first = 0, n = ph_finder_get_unknown (self->finder, &first);
  g_autofree char *count = NULL, *number = NULL, *reason = NULL;

  if (n == self->n_unknown)
    return;
  self->n_unknown = n;
  if (n == 0)
    return;
  ph_store_begin_read (store);
  number = ph_format_dup_grouped (ph_store_number (store, first));
  ph_store_end_read (store);
  count = ph_format_dup_grouped (n);
  /* Translators: how many records, and the number of the first of them */
  reason = g_strdup_printf (ngettext ("The expression is too slow: %s record was not searched to its end (%s)",
                                      "The expression is too slow: %s records were not searched to their end (the first is %s)",
                                      (gulong) MIN (n, G_MAXULONG)), count, number);
  show_reason (self, NULL, reason);
}

static void
update_count (PhSearchBar *self)
{
  g_autofree char *words = NULL;
  g_autofree char *text = NULL;

  if (!ph_finder_is_active (self->finder))
    {
      ph_fit_label_set_text (self->count_label, "");
      return;
    }
  words = count_words (self);
  text = g_strconcat (words, ph_finder_is_running (self->finder) ? "…" : "", NULL);
  ph_fit_label_set_text (self->count_label, text);
  show_unknown (self);
}

static gboolean
count_later_cb (gpointer data)
{
  PhSearchBar *self = data;

  self->count_later = 0;
  update_count (self);

  return G_SOURCE_REMOVE;
}

/* In a flood more is found with each frame. Nobody can read that. */
static void
found_cb (PhSearchBar *self)
{
  if (self->count_later != 0)
    return;
  update_count (self);
  self->count_later = g_timeout_add (COUNT_PAUSE, count_later_cb, self);
}

/* ---- the query ---- */

static gboolean
read_time (PhSearchBar *self, GtkEntry *entry, gint64 *ret_time)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (entry));

  *ret_time = 0;
  if (*text == '\0' || ph_jump_parse_time (text, ph_session_get_newest (self->session), ret_time))
    return TRUE;
  show_reason (self, entry, _("Type a time such as 16:05:48.417"));

  return FALSE;
}

static PhSearchKinds
get_kinds (PhSearchBar *self)
{
  return (gtk_check_button_get_active (self->in_check) ? PH_SEARCH_IN : 0)
         | (gtk_check_button_get_active (self->out_check) ? PH_SEARCH_OUT : 0)
         | (gtk_check_button_get_active (self->events_check) ? PH_SEARCH_EVENTS : 0);
}

/* Searches for what the controls say now. */
static void
look (PhSearchBar *self)
{
  const char *peer = gtk_editable_get_text (GTK_EDITABLE (self->peer_entry));
  PhSearchQuery query = {
    .mode = (PhSearchMode) gtk_drop_down_get_selected (self->mode_drop_down),
    .text = gtk_editable_get_text (GTK_EDITABLE (self->entry)),
    .match_case = gtk_toggle_button_get_active (self->case_button),
    .kinds = get_kinds (self),
    .peer = *peer != '\0' ? peer : NULL,
  };
  g_autofree char *encoding = NULL;
  g_autoptr (GBytes) encoded = NULL;
  g_autoptr (GError) error = NULL;

  g_object_get (self->view, "encoding", &encoding, "as-it-came", &query.as_it_came, NULL);
  query.charset = ph_charset_find (encoding);
  show_reason (self, NULL, NULL);
  if (!read_time (self, self->from_entry, &query.from) || !read_time (self, self->until_entry, &query.until))
    {
      ph_finder_set_query (self->finder, NULL, NULL);
      return;
    }
  /* The conditions are in a popover that is mostly closed, so its button shows that there are some. */
  set_class (self->narrow_button, "narrowed",
             query.kinds != PH_SEARCH_ALL || query.peer != NULL || query.from != 0 || query.until != 0);
  if (!ph_finder_set_query (self->finder, &query, &error))
    {
      show_reason (self, self->entry, error->message);
      return;
    }
  /* Then only events can match. */
  encoded = query.mode == PH_SEARCH_TEXT ? ph_charset_encode (query.charset, query.text, -1, NULL, &error) : NULL;
  if (error != NULL)
    show_reason (self, NULL, error->message);
}

static void
changed_cb (PhSearchBar *self)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self)))
    look (self);
}

static void
notify_mode_cb (PhSearchBar *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->case_button),
                            gtk_drop_down_get_selected (self->mode_drop_down) != PH_SEARCH_HEX);
  changed_cb (self);
}

static void
notify_filter_cb (PhSearchBar *self)
{
  ph_log_view_set_filter (self->view, gtk_toggle_button_get_active (self->filter_button));
}

static void
picked_cb (gpointer data, PhHistoryItem *item)
{
  PhSearchBar *self = data;

  gtk_editable_set_text (GTK_EDITABLE (self->entry), ph_history_item_get_text (item));
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

/* ---- keys ---- */

static void
activate_cb (PhSearchBar *self)
{
  ph_search_bar_step (self, TRUE);
}

static gboolean
key_pressed_cb (PhSearchBar *self, guint key, guint code, GdkModifierType state)
{
  if ((key != GDK_KEY_Return && key != GDK_KEY_KP_Enter && key != GDK_KEY_ISO_Enter)
      || (state & (GDK_SHIFT_MASK | GDK_CONTROL_MASK | GDK_ALT_MASK)) != GDK_SHIFT_MASK)
    return GDK_EVENT_PROPAGATE;
  ph_search_bar_step (self, FALSE);

  return GDK_EVENT_STOP;
}

/* ---- the object ---- */

static void
ph_search_bar_dispose (GObject *object)
{
  PhSearchBar *self = PH_SEARCH_BAR (object);

  g_clear_handle_id (&self->count_later, g_source_remove);
  g_clear_object (&self->finder);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (ph_search_bar_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (PH_TYPE_WRAP_LAYOUT);
  g_type_ensure (PH_TYPE_FIT_LABEL);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/porthole/Porthole/search-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, PhSearchBar, entry);
  gtk_widget_class_bind_template_child (widget_class, PhSearchBar, history_button);
  gtk_widget_class_bind_template_child (widget_class, PhSearchBar, mode_drop_down);
  gtk_widget_class_bind_template_child (widget_class, PhSearchBar, case_button);
  gtk_widget_class_bind_template_child (widget_class, PhSearchBar, count_label);
  gtk_widget_class_bind_template_child (widget_class, PhSearchBar, filter_button);
  gtk_widget_class_bind_template_child (widget_class, PhSearchBar, in_check);
  gtk_widget_class_bind_template_child (widget_class, PhSearchBar, out_check);
  gtk_widget_class_bind_template_child (widget_class, PhSearchBar, events_check);
  gtk_widget_class_bind_template_child (widget_class, PhSearchBar, peer_entry);
  gtk_widget_class_bind_template_child (widget_class, PhSearchBar, from_entry);
  gtk_widget_class_bind_template_child (widget_class, PhSearchBar, until_entry);
  gtk_widget_class_bind_template_child (widget_class, PhSearchBar, narrow_button);
  gtk_widget_class_bind_template_child (widget_class, PhSearchBar, reason_label);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, notify_filter_cb);
  gtk_widget_class_bind_template_callback (widget_class, notify_mode_cb);
  gtk_widget_class_bind_template_callback (widget_class, ph_search_bar_close);
}

static void
ph_search_bar_class_init (PhSearchBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ph_search_bar_dispose;
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
ph_search_bar_init (PhSearchBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  ph_compat_keep_name (GTK_WIDGET (self->mode_drop_down));
  ph_compat_keep_name (GTK_WIDGET (self->case_button));
  ph_direction_keep_entry (GTK_EDITABLE (self->peer_entry));
  ph_direction_keep_entry (GTK_EDITABLE (self->from_entry));
  ph_direction_keep_entry (GTK_EDITABLE (self->until_entry));
  ph_history_popover_attach (self->history_button, PH_HISTORY_SEARCHED, picked_cb, self);
}

/**
 * ph_search_bar_new:
 * @session: a reference is kept
 * @view: (transfer none): shows the log of @session; must outlive the bar
 *
 * Returns: (transfer floating): a bar that is closed
 */
GtkWidget *
ph_search_bar_new (PhSession *session, PhLogView *view)
{
  PhSearchBar *self = g_object_new (PH_TYPE_SEARCH_BAR, NULL);

  self->session = g_object_ref (session);
  self->view = view;
  self->finder = ph_finder_new (session);
  ph_log_view_set_finder (view, self->finder);
  g_signal_connect_object (self->finder, "changed", G_CALLBACK (found_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->finder, "reset", G_CALLBACK (update_count), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "notify::encoding", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "notify::as-it-came", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

/**
 * ph_search_bar_open:
 *
 * Shows the bar, starts the search and moves the focus to the entry.
 */
void
ph_search_bar_open (PhSearchBar *bar)
{
  g_return_if_fail (PH_IS_SEARCH_BAR (bar));

  if (!gtk_widget_get_visible (GTK_WIDGET (bar)))
    {
      gtk_widget_set_visible (GTK_WIDGET (bar), TRUE);
      look (bar);
    }
  gtk_widget_grab_focus (GTK_WIDGET (bar->entry));
}

/**
 * ph_search_bar_find_this:
 * @text: what to look for
 * @hex: it is hex digits
 *
 * Opens the bar with this text in it.
 */
void
ph_search_bar_find_this (PhSearchBar *bar, const char *text, gboolean hex)
{
  g_return_if_fail (PH_IS_SEARCH_BAR (bar));

  gtk_drop_down_set_selected (bar->mode_drop_down, hex ? PH_SEARCH_HEX : PH_SEARCH_TEXT);
  gtk_editable_set_text (GTK_EDITABLE (bar->entry), text);
  ph_search_bar_open (bar);
}

/**
 * ph_search_bar_filter_peer:
 * @address: a part of the address of a peer
 *
 * Opens the bar with the filter on, so that the log shows only records of this peer that match.
 */
void
ph_search_bar_filter_peer (PhSearchBar *bar, const char *address)
{
  g_return_if_fail (PH_IS_SEARCH_BAR (bar));

  gtk_editable_set_text (GTK_EDITABLE (bar->peer_entry), address);
  ph_search_bar_open (bar);
  ph_search_bar_set_filter (bar, TRUE);
}

/**
 * ph_search_bar_filter_kinds:
 * @kinds: what the log shows from now on; all kinds close the bar
 */
void
ph_search_bar_filter_kinds (PhSearchBar *bar, PhSearchKinds kinds)
{
  g_return_if_fail (PH_IS_SEARCH_BAR (bar));

  gtk_check_button_set_active (bar->in_check, (kinds & PH_SEARCH_IN) != 0);
  gtk_check_button_set_active (bar->out_check, (kinds & PH_SEARCH_OUT) != 0);
  gtk_check_button_set_active (bar->events_check, (kinds & PH_SEARCH_EVENTS) != 0);
  if (kinds == PH_SEARCH_ALL)
    {
      ph_search_bar_close (bar);
      return;
    }
  ph_search_bar_open (bar);
  ph_search_bar_set_filter (bar, TRUE);
}

/**
 * ph_search_bar_close:
 *
 * Ends the search and the filter. The log keeps its place.
 */
void
ph_search_bar_close (PhSearchBar *bar)
{
  g_return_if_fail (PH_IS_SEARCH_BAR (bar));

  if (!ph_search_bar_is_open (bar))
    return;
  gtk_widget_grab_focus (GTK_WIDGET (bar->view));
  gtk_widget_set_visible (GTK_WIDGET (bar), FALSE);
  ph_search_bar_set_filter (bar, FALSE);
  ph_finder_set_query (bar->finder, NULL, NULL);
}

gboolean
ph_search_bar_is_open (PhSearchBar *bar)
{
  g_return_val_if_fail (PH_IS_SEARCH_BAR (bar), FALSE);

  return gtk_widget_get_visible (GTK_WIDGET (bar));
}

/**
 * ph_search_bar_step:
 * @forward: whether to go to the next match; otherwise to the previous one
 *
 * Also puts the text into the history of searches.
 */
void
ph_search_bar_step (PhSearchBar *bar, gboolean forward)
{
  const char *text;

  g_return_if_fail (PH_IS_SEARCH_BAR (bar));

  text = gtk_editable_get_text (GTK_EDITABLE (bar->entry));
  if (*text != '\0')
    ph_history_store_add_text (text);
  ph_log_view_find (bar->view, forward);
  update_count (bar);
}

/**
 * ph_search_bar_set_filter:
 * @filter: whether the log shows only matching records
 */
void
ph_search_bar_set_filter (PhSearchBar *bar, gboolean filter)
{
  g_return_if_fail (PH_IS_SEARCH_BAR (bar));

  gtk_toggle_button_set_active (bar->filter_button, filter);
}

gboolean
ph_search_bar_get_filter (PhSearchBar *bar)
{
  g_return_val_if_fail (PH_IS_SEARCH_BAR (bar), FALSE);

  return gtk_toggle_button_get_active (bar->filter_button);
}
