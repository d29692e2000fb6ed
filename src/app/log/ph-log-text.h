/* ph-log-text.h: one line of the log as a Pango layout, with its colours, columns and indents
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-log-line.h"
#include "ph-log-view.h"

G_BEGIN_DECLS

/** PhLogText: the layouts of lines, PhLogLine → PangoLayout. Each table holds about as many as are on screen. */
typedef struct
{
  GHashTable *recent, *older;
} PhLogText;

void ph_log_text_init (PhLogView *self);
void ph_log_text_finalize (PhLogView *self);
void ph_log_text_forget (PhLogView *self);
PangoLayout *ph_log_text_make (PhLogView *self, const PhLogLine *line);
PangoLayout *ph_log_text_layout (PhLogView *self, PhLogLine *line);
double ph_log_text_x (PhLogView *self, const PhLogLine *line);
double ph_log_text_place (PhLogView *self, PhLogLine *line, guint32 index, double *ret_y);
graphene_rect_t ph_log_text_turn (PhLogView *self, PhLogLine *line);
gboolean ph_log_text_wraps (PhLogView *self, const PhLogLine *line);
int ph_log_text_wrap_width (PhLogView *self, const PhLogLine *line);
double ph_log_text_pad (PhLogView *self, const PhLogLine *line);

G_END_DECLS
