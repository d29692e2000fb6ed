/* ph-log-private.h: the struct of the log view, for the files of the view
 *
 * The view is made of smaller structs. Each is defined in the header of one file, and only that file writes its fields:
 * PhLogScroll in ph-log-scroll.c, and so on. The others read the fields, and call the functions of that file. The suite meta
 * checks it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-log-access.h"
#include "ph-log-columns.h"
#include "ph-log-compact.h"
#include "ph-log-copy.h"
#include "ph-log-filter.h"
#include "ph-log-float.h"
#include "ph-log-fold.h"
#include "ph-log-grid.h"
#include "ph-log-head.h"
#include "ph-log-highlights.h"
#include "ph-log-input.h"
#include "ph-log-layout.h"
#include "ph-log-matches.h"
#include "ph-log-menu.h"
#include "ph-log-metrics.h"
#include "ph-log-rules.h"
#include "ph-log-run.h"
#include "ph-log-scroll.h"
#include "ph-log-search.h"
#include "ph-log-plain.h"
#include "ph-log-select.h"
#include "ph-log-source.h"
#include "ph-log-style.h"
#include "ph-log-text.h"
#include "ph-log-walk.h"
#include "ph-log-words.h"

G_BEGIN_DECLS

#define PH_LOG_ZOOM_MIN 0.5
#define PH_LOG_ZOOM_MAX 4.0
#define PH_LOG_ZOOM_STEP 1.1

struct _PhLogView
{
  GtkWidget parent_instance;

  /* properties */
  PhLogMode mode;
  gboolean as_it_came, wrap, hidden;
  PhForm form;
  const PhCharset *charset;
  PhTimeKind time;
  int time_format;
  double zoom;

  /* owned */
  PhSession *session;
  PhLogSource *source; /* NULL without a session */
  PhLogCopy *copy;     /* NULL while none is being made */
  PhLogAccess *access; /* NULL until someone asks */
  char *description;   /* what assistive technologies were told last */
  int allocated_width;

  /* each is written by the file with its name only */
  PhLogScroll scroll;
  PhLogSelection selection;
  PhLogMetrics metrics;
  PhLogColumns columns;
  PhLogHead head;
  PhLogGrid grid;
  PhLogLayout layout;
  PhLogText text;
  PhLogPlain plain;
  PhLogColours style;
  PhLogSearch search;
  PhLogRules rules;
  PhLogFloat floating;
  PhLogInput input;
  PhLogMenu menu;
};

/* ph-log-view.c */
void ph_log_view_set_zoom (PhLogView *self, double zoom);
void ph_log_view_advance (PhLogView *self);
void ph_log_view_update (PhLogView *self);
void ph_log_view_refresh (PhLogView *self);

/* ph-log-reformat.c: shows all records in another way, at the same place */
void ph_log_reformat (PhLogView *self);
void ph_log_reformat_refit (PhLogView *self);
gboolean ph_log_reformat_is_due (PhLogView *self);

/* ph-log-describe.c */
char *ph_log_describe_dup (PhLogView *self);
void ph_log_describe_tell (PhLogView *self, char *words);

/* ph-log-draw.c */
void ph_log_draw (PhLogView *self, GtkSnapshot *snapshot);

G_END_DECLS
