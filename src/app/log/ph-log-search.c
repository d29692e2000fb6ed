/* ph-log-search.c: the search in the log: goes from match to match, shows only matches if asked, jumps to any record
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-log-search.h"

#include "ph-log-private.h"

/* The cursor goes to the place too, so that assistive technologies and the arrow keys are there. */
static void
show_place (PhLogView *self, const PhLogPos *pos)
{
  ph_log_scroll_show (self, pos);
  ph_log_select_place (self, pos, FALSE);
}

/**
 * ph_log_view_go_to:
 * Goes to the record @seq, or to the nearest one that is shown. Stops following.
 */
void
ph_log_view_go_to (PhLogView *self, guint64 seq)
{
  g_autoptr (PhLogLine) line = NULL;
  PhLogPos pos = { .entry = seq + 1 };

  g_return_if_fail (PH_IS_LOG_VIEW (self));

  if (self->source == NULL)
    return;
  ph_log_walk_clamp (self->source, &pos);
  line = ph_log_source_dup_line (self->source, pos.entry, pos.line);
  if (line == NULL)
    return;
  pos.index = line->lead;
  show_place (self, &pos);
}

/* ---- from match to match ---- */

static void
set_found (PhLogView *self, guint64 entry)
{
  if (self->search.found == entry)
    return;
  self->search.found = entry;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* The record from which the next match is looked for: the current match, the cursor, or what is on screen. */
static guint64
start_seq (PhLogView *self)
{
  if (self->search.found != PH_LOG_ENTRY_NONE)
    return self->search.found - 1;
  if (self->selection.has_cursor && self->selection.cursor.entry != PH_LOG_ENTRY_HIDDEN)
    return MAX (self->selection.cursor.entry, 1) - 1;
  ph_log_layout_ensure (self);
  if (self->layout.rows->len == 0 || self->scroll.follow)
    return ph_log_source_get_end (self->source);

  return MAX (ph_log_layout_get_row (self, 0)->line->entry, 1) - 1;
}

/* At the end it goes on at the beginning, but only if the whole log was searched. */
static gboolean
find_from (PhLogView *self, gboolean forward, guint64 *ret_seq)
{
  const PhMatches *matches = ph_finder_get_matches (self->search.finder);
  gboolean running = ph_finder_is_running (self->search.finder);
  guint64 start = start_seq (self), from = self->search.found != PH_LOG_ENTRY_NONE ? start + 1 : start;

  if (forward)
    return ph_matches_next (matches, from, ret_seq) || (!running && ph_matches_next (matches, 0, ret_seq));
  if (running && ph_matches_end (matches) < start)
    return FALSE;

  return ph_matches_previous (matches, start, ret_seq)
         || (!running && ph_matches_previous (matches, G_MAXUINT64, ret_seq));
}

static void
try_to_find (PhLogView *self)
{
  gboolean forward = self->search.wanted == PH_LOG_GO_NEXT;
  PhLogPos pos;
  guint64 seq;

  if (self->search.wanted == PH_LOG_GO_NOWHERE || !find_from (self, forward, &seq))
    {
      if (!ph_finder_is_running (self->search.finder))
        self->search.wanted = PH_LOG_GO_NOWHERE;
      return;
    }
  self->search.wanted = PH_LOG_GO_NOWHERE;
  self->search.awaits = ph_log_source_awaits (self->source, seq + 1);
  if (!ph_log_matches_first (self->source, seq + 1, &pos))
    return;
  show_place (self, &pos);
  set_found (self, seq + 1);
}

/**
 * ph_log_search_arrive:
 *
 * Goes to the match itself if its record was not there before, unless the user went on meanwhile.
 */
void
ph_log_search_arrive (PhLogView *self)
{
  PhLogPos pos;

  if (!self->search.awaits || self->source == NULL)
    return;
  if (self->search.found == PH_LOG_ENTRY_NONE || self->selection.cursor.entry != self->search.found)
    self->search.awaits = FALSE;
  if (!self->search.awaits || ph_log_source_awaits (self->source, self->search.found))
    return;
  self->search.awaits = FALSE;
  if (ph_log_matches_first (self->source, self->search.found, &pos))
    show_place (self, &pos);
}

/**
 * ph_log_view_find:
 * @self: a log view with a finder
 *
 * Goes to the next match or the one before, at once or as soon as it is found. Behind the last match comes the first one. Stops
 * following.
 */
void
ph_log_view_find (PhLogView *self, gboolean forward)
{
  g_return_if_fail (PH_IS_LOG_VIEW (self));

  if (self->search.finder == NULL || !ph_finder_is_active (self->search.finder))
    return;
  self->search.wanted = forward ? PH_LOG_GO_NEXT : PH_LOG_GO_PREVIOUS;
  try_to_find (self);
}

/**
 * ph_log_view_get_found:
 * @ret_seq: (out): the record of the current match
 *
 * Returns: %FALSE if there is none
 */
gboolean
ph_log_view_get_found (PhLogView *self, guint64 *ret_seq)
{
  g_return_val_if_fail (PH_IS_LOG_VIEW (self), FALSE);

  if (self->search.found == PH_LOG_ENTRY_NONE)
    return FALSE;
  *ret_seq = self->search.found - 1;

  return TRUE;
}

/* ---- the finder ---- */

/* Scrolls to the place that was kept, as soon as the finder has come to it: only then it is known whether it is shown. */
static void
return_to_place (PhLogView *self)
{
  if (self->search.filter_place == PH_LOG_ENTRY_NONE)
    return;
  if (ph_finder_is_running (self->search.finder) && ph_matches_end (ph_finder_get_matches (self->search.finder)) < self->search.filter_place)
    return;
  if (!self->scroll.follow)
    ph_log_scroll_set_top (self, &(PhLogPos) { .entry = self->search.filter_place }, 0);
  self->search.filter_place = PH_LOG_ENTRY_NONE;
}

static void
keep_place (PhLogView *self)
{
  if (self->search.filter_place != PH_LOG_ENTRY_NONE)
    return;
  ph_log_layout_ensure (self);
  self->search.filter_place = self->selection.has_cursor && ph_log_layout_find (self, &self->selection.cursor) != NULL ? self->selection.cursor.entry
                                                                                            : self->scroll.top.entry;
}

/**
 * ph_log_view_get_filter:
 *
 * Returns: (transfer none) (nullable): the finder whose matches are all that is shown; %NULL if all records are
 */
PhFinder *
ph_log_view_get_filter (PhLogView *self)
{
  g_return_val_if_fail (PH_IS_LOG_VIEW (self), NULL);

  return self->search.filter && self->search.finder != NULL && ph_finder_is_active (self->search.finder) ? self->search.finder : NULL;
}

static void
apply_filter (PhLogView *self)
{
  gboolean filter = ph_log_view_get_filter (self) != NULL;

  if (self->source == NULL)
    return;
  if (filter || ph_log_filter_get (self->source) != NULL)
    ph_log_copy_end (self);
  ph_log_filter_set (self->source, filter ? ph_finder_get_matches (self->search.finder) : NULL);
  if (self->search.finder != NULL)
    return_to_place (self);
  ph_log_scroll_forget_average (self);
  ph_log_view_refresh (self);
}

static void
changed_cb (PhLogView *self)
{
  if (self->source == NULL)
    return;
  try_to_find (self);
  return_to_place (self);
  if (ph_log_filter_get (self->source) != NULL)
    ph_log_view_refresh (self);
  else
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
reset_cb (PhLogView *self)
{
  set_found (self, PH_LOG_ENTRY_NONE);
  self->search.wanted = PH_LOG_GO_NOWHERE;
  if (self->source == NULL)
    return;
  /* Without a filter nothing that is shown goes or comes. */
  if (ph_log_filter_get (self->source) != NULL || ph_log_view_get_filter (self) != NULL)
    keep_place (self);
  ph_log_matches_set_finder (self->source, self->search.finder);
  apply_filter (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
ph_log_search_init (PhLogView *self)
{
  self->search.found = self->search.filter_place = PH_LOG_ENTRY_NONE;
}

void
ph_log_search_dispose (PhLogView *self)
{
  ph_log_view_set_finder (self, NULL);
}

/**
 * ph_log_view_set_finder:
 * @self: a log view with a session
 * @finder: (nullable) (transfer none): of the same session; its matches are marked
 */
void
ph_log_view_set_finder (PhLogView *self, PhFinder *finder)
{
  g_autoptr (PhFinder) before = NULL;

  g_return_if_fail (PH_IS_LOG_VIEW (self));

  if (self->search.finder == finder)
    return;
  /* The source uses its matches as the filter until reset_cb(). */
  before = g_steal_pointer (&self->search.finder);
  if (before != NULL)
    g_signal_handlers_disconnect_by_data (before, self);
  g_set_object (&self->search.finder, finder);
  if (finder != NULL)
    {
      g_signal_connect_object (finder, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (finder, "reset", G_CALLBACK (reset_cb), self, G_CONNECT_SWAPPED);
    }
  reset_cb (self);
}

/**
 * ph_log_view_set_filter:
 * @filter: whether only matches are shown. All records are shown while there is no query
 */
void
ph_log_view_set_filter (PhLogView *self, gboolean filter)
{
  g_return_if_fail (PH_IS_LOG_VIEW (self));

  if (self->search.filter == filter)
    return;
  if (self->source != NULL)
    keep_place (self);
  self->search.filter = filter;
  apply_filter (self);
}
