/* ph-log-private.h: what the files of the log view share
 *
 * Invariants:
 *  - The place of the view is @top, a line, and @top_offset, how many pixels of that line lie above the upper edge.
 *    While following it is worked out from the end instead.
 *  - @rows are the lines on screen, valid unless @dirty; size_allocate() makes them, at most once a frame.
 *  - The vertical adjustment is in pixels, but only as an estimate: (records before the top, with a fraction) × (pixels
 *    of a record on average). Changes of a page or less are taken as exact pixels, larger ones as proportions. The
 *    wheel and the touchpad do not go through it, so they are exact.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-log-filter.h"
#include "ph-log-highlights.h"
#include "ph-log-matches.h"
#include "ph-log-source.h"
#include "ph-log-view.h"
#include "ph-log-walk.h"
#include "ph-log-words.h"

G_BEGIN_DECLS

#define PH_LOG_ZOOM_MIN 0.5
#define PH_LOG_ZOOM_MAX 4.0
#define PH_LOG_COPY_LIMIT ((gsize) 64 * 1024 * 1024) /* bytes of text that one copy puts on the clipboard */
#define PH_LOG_MARGIN 12                             /* pixels left and right of the text */
#define PH_LOG_MARGIN_BOTTOM 10

/** PhLogRow: a line on screen. @y and @height include the gap above the text, which begins @pad below @y. */
typedef struct
{
  PhLogLine *line;
  double y, height, pad;
} PhLogRow;

typedef enum
{
  PH_LOG_COPY_TEXT,  /* what is selected, as shown */
  PH_LOG_COPY_HEX,   /* the bytes of what is selected */
  PH_LOG_COPY_LINES, /* the records that are touched, whole, with their headers */
} PhLogCopyKind;

/** PhLogGo: where to go as soon as there is a match. */
typedef enum
{
  PH_LOG_GO_NOWHERE,
  PH_LOG_GO_NEXT,
  PH_LOG_GO_PREVIOUS,
} PhLogGo;

typedef struct _PhLogCopy PhLogCopy;
typedef struct _PhLogAccess PhLogAccess;

struct _PhLogView
{
  GtkWidget parent_instance;

  /* properties */
  PhLogMode mode;
  gboolean hex, wrap, show_time, follow, hidden;
  const PhCharset *charset;
  int time_format;
  double zoom;

  /* borrowed: they are children of the widget */
  GtkWidget *newest;
  GtkWidget *notice;
  GtkWidget *menu;
  GtkWidget *styles[PH_LOG_N_STYLES]; /* never shown: CSS nodes that tell the colours */
  GtkWidget *selection_style;
  GtkWidget *hues[PH_N_HUES]; /* as @styles; NULL for those that no rule has */

  /* owned */
  PhSession *session;
  PhLogSource *source; /* NULL without a session */
  GtkAdjustment *hadjustment, *vadjustment;
  GArray *rows;
  GHashTable *layouts, *older_layouts; /* PhLogLine → PangoLayout: the cache of ph-log-text.c */
  PangoFontDescription *font;
  PangoTabArray *tabs;
  PhLogCopy *copy; /* a copy that is still being made */
  PhLogAccess *access; /* ph-log-access.c's own; NULL until someone looks */
  char *description; /* what assistive technologies were told last */
  PangoFontDescription *css_font;
  GdkRGBA css_colors[PH_LOG_N_STYLES];

  /* searching */
  PhFinder *finder; /* owned; NULL without one */
  gboolean filter;
  guint64 found;        /* the entry of the match that was gone to last, or NONE */
  guint64 filter_place; /* the entry to show again once the finder has come to it, or NONE */
  PhLogGo find_wanted;

  /* highlighting */
  GPtrArray *rules;   /* owned; of PhRule; NULL before there are any */
  guint highlight_source;  /* draws again: there are rules that were not tried yet */

  /* scrolling */
  guint hscroll_policy : 1;
  guint vscroll_policy : 1;
  gboolean configuring; /* the adjustments change by our own hand */
  gboolean keep_value;  /* someone else set the value: leave it */
  gboolean went_down;   /* the user is on the way to the end, where following begins again */
  gboolean left_tail;   /* following ended by scrolling or selecting, not because someone switched it off */
  gboolean dirty, at_start, at_end;
  int allocated_width;
  PhLogPos top;
  double top_offset;
  double record_height; /* pixels of a record, on average */
  double value;         /* the vertical adjustment's, as last seen */
  double content_width;
  double velocity_x, velocity_y; /* pixels a second, while a swipe runs out */
  gint64 tick_time;
  guint kinetic_tick;

  /* measures, in pixels */
  gboolean unmeasured; /* nothing was there to measure for: the numbers are guesses */
  double char_width, row_height;
  int dot_spacing;        /* in Pango units: what makes the dot for what is no letter as wide as a letter */
  gboolean name_controls; /* the font has no control pictures */
  double head_height; /* of the table's header row */
  int columns[6];
  guint peer_chars, number_chars;

  /* the cursor and the other end of the selection; both at the same place if nothing is selected */
  gboolean has_cursor;
  PhLogPos cursor, anchor;
  double goal_x; /* where up and down aim at; negative if unset */
  guint drag_unit; /* 1 character, 2 word, 3 line */
  PhLogPos drag_start, drag_end;
  double drag_x, drag_y;
  guint drag_tick;
};

/* ph-log-view.c */
void ph_log_view_set_follow (PhLogView *self, gboolean follow);
void ph_log_view_set_zoom (PhLogView *self, double zoom);
void ph_log_view_refresh (PhLogView *self);

/* ph-log-layout.c: lines on screen */
void ph_log_layout_measure (PhLogView *self);
void ph_log_layout_invalidate (PhLogView *self);
void ph_log_layout_renew (PhLogView *self);
void ph_log_layout_ensure (PhLogView *self);
double ph_log_layout_page (PhLogView *self);
const PhLogRow *ph_log_layout_find (PhLogView *self, const PhLogPos *pos);
double ph_log_layout_line_height (PhLogView *self, const PhLogPos *pos);

/* ph-log-text.c: one line as a Pango layout */
void ph_log_text_init (PhLogView *self);
void ph_log_text_finalize (PhLogView *self);
void ph_log_text_forget (PhLogView *self);
PangoLayout *ph_log_text_layout (PhLogView *self, PhLogLine *line);
double ph_log_text_x (PhLogView *self, const PhLogLine *line);
double ph_log_text_place (PhLogView *self, PhLogLine *line, guint32 index, double *ret_y);
graphene_rect_t ph_log_text_turn (PhLogView *self, PhLogLine *line);
PangoAttribute *ph_log_text_plain_new (void);
gboolean ph_log_text_lacks_pictures (PhLogView *self);
gboolean ph_log_text_wraps (PhLogView *self, const PhLogLine *line);
double ph_log_text_pad (PhLogView *self, const PhLogLine *line);
void ph_log_text_columns (PhLogView *self);
PangoLayout *ph_log_text_head (PhLogView *self);

/* ph-log-format.c: how records are shown, kept in place while it changes */
void ph_log_format_apply (PhLogView *self);
void ph_log_format_refit (PhLogView *self);

/* ph-log-style.c: colours */
void ph_log_style_init (PhLogView *self);
void ph_log_style_dispose (PhLogView *self);
gboolean ph_log_style_changed (PhLogView *self);
void ph_log_style_get_color (PhLogView *self, PhLogStyle style, GdkRGBA *ret_color);
void ph_log_style_get_selection_color (PhLogView *self, GdkRGBA *ret_color);
void ph_log_style_need_hue (PhLogView *self, PhHue hue);
void ph_log_style_get_hue (PhLogView *self, PhHue hue, GdkRGBA *ret_color);

/* ph-log-float.c: what floats over the text */
void ph_log_float_init (PhLogView *self);
void ph_log_float_dispose (PhLogView *self);
void ph_log_float_update (PhLogView *self);
void ph_log_float_allocate (PhLogView *self);
void ph_log_float_snapshot (PhLogView *self, GtkSnapshot *snapshot);

/* ph-log-search.c: goes from match to match, filters */
void ph_log_search_init (PhLogView *self);
void ph_log_search_dispose (PhLogView *self);

/* ph-log-rules.c */
void ph_log_rules_class_init (GtkWidgetClass *widget_class);
void ph_log_rules_dispose (PhLogView *self);
void ph_log_rules_apply (PhLogView *self);
void ph_log_rules_go_on (PhLogView *self);
char *ph_log_rules_dup_selected (PhLogView *self, PhSearchMode *ret_mode);

/* ph-log-access.c, or ph-log-access-none.c where GTK is older than 4.14 */
void ph_log_access_add_interface (GType type);
void ph_log_access_changed (PhLogView *self);
void ph_log_access_tell (PhLogView *self);
void ph_log_access_free (PhLogView *self);

/* ph-log-describe.c */
void ph_log_describe (PhLogView *self);

/* ph-log-actions.c */
void ph_log_actions_class_init (GtkWidgetClass *widget_class);

/* ph-log-draw.c */
void ph_log_draw (PhLogView *self, GtkSnapshot *snapshot);

/* ph-log-scroll.c */
void ph_log_scroll_init (PhLogView *self);
void ph_log_scroll_stop (PhLogView *self);
void ph_log_scroll_by (PhLogView *self, double dx, double dy);
void ph_log_scroll_to (PhLogView *self, const PhLogPos *pos);
void ph_log_scroll_set_adjustment (PhLogView *self, GtkAdjustment **place, GtkAdjustment *adjustment);
void ph_log_scroll_configure (PhLogView *self);

/* ph-log-select.c */
gboolean ph_log_select_get (PhLogView *self, PhLogPos *ret_start, PhLogPos *ret_end);
void ph_log_select_place (PhLogView *self, const PhLogPos *pos, gboolean extend);
void ph_log_select_range (PhLogView *self, const PhLogPos *anchor, const PhLogPos *cursor);
void ph_log_select_none (PhLogView *self);
void ph_log_select_all (PhLogView *self);
void ph_log_select_clamp (PhLogView *self);
gboolean ph_log_select_move (PhLogView *self, GtkMovementStep step, int count, gboolean extend);
gboolean ph_log_select_pick (PhLogView *self, double x, double y, PhLogPos *ret_pos);
void ph_log_select_unit_at (PhLogView *self, const PhLogPos *pos, guint unit, PhLogPos *ret_start, PhLogPos *ret_end);

/* ph-log-input.c */
void ph_log_input_class_init (GtkWidgetClass *widget_class);
void ph_log_input_init (PhLogView *self);
void ph_log_input_stop (PhLogView *self);

/* ph-log-copy.c */
void ph_log_copy_start (PhLogView *self, PhLogCopyKind kind);
void ph_log_copy_primary (PhLogView *self);
void ph_log_copy_cancel (PhLogView *self);
void ph_log_copy_end (PhLogView *self);
char *ph_log_copy_dup (PhLogView *self, PhLogCopyKind kind);

G_END_DECLS
