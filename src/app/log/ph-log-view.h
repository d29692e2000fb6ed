/* ph-log-view.h: the log: a widget that draws the lines on screen, out of any number of records
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-finder.h"
#include "ph-log-format.h"
#include "ph-rules.h"

G_BEGIN_DECLS

#define PH_TYPE_LOG_MODE (ph_log_mode_get_type ())
GType ph_log_mode_get_type (void);

#define PH_TYPE_LOG_VIEW (ph_log_view_get_type ())
G_DECLARE_FINAL_TYPE (PhLogView, ph_log_view, PH, LOG_VIEW, GtkWidget)

/*
 * Implements GtkScrollable. Properties, all read-write and bindable:
 *   "session" (PhSession), "mode" (PhLogMode), "form" (string: of payloads, not in Bytes: "text", "hex", "automatic"),
 *   "encoding" (a charset id), "as-it-came" (boolean: received records in their own form and encoding), "wrap" (boolean),
 *   "time" (string: "time-of-day", "since-opening", "since-record", "none"), "time-format" (int: PhTimeFormat), "follow" (boolean:
 *   auto scroll),
 *   "hidden" (boolean: records after the moment it is set are not shown until it is unset), "zoom" (double, 0.5 … 4),
 *   "columns" (a(sib): of the table: id, width or 0, whether it is shown).
 * Actions of the widget: "log.copy", "log.copy-hex", "log.copy-lines", "log.select-all", "log.clear", "log.zoom-in",
 *   "log.zoom-out", "log.zoom-reset", "log.jump-newest", "log.highlight".
 * Signal: "highlight" (PhSearchMode, string): the user wants a rule with this pattern.
 */
GtkWidget *ph_log_view_new (void);
void ph_log_view_set_session (PhLogView *view, PhSession *session);
void ph_log_view_jump_to_newest (PhLogView *view);
void ph_log_view_clear (PhLogView *view);
void ph_log_view_show_from (PhLogView *view, guint64 first);
void ph_log_view_tell (PhLogView *view, const char *message);
char *ph_log_view_dup_selection (PhLogView *view);
void ph_log_view_set_finder (PhLogView *view, PhFinder *finder);
void ph_log_view_set_filter (PhLogView *view, gboolean filter);
PhFinder *ph_log_view_get_filter (PhLogView *view);
gboolean ph_log_view_get_selected (PhLogView *view, guint64 *ret_first, guint64 *ret_end);
void ph_log_view_set_rules (PhLogView *view, GPtrArray *rules);
void ph_log_view_find (PhLogView *view, gboolean forward);
gboolean ph_log_view_get_found (PhLogView *view, guint64 *ret_seq);
void ph_log_view_go_to (PhLogView *view, guint64 seq);

G_END_DECLS
