/* ph-send-area-private.h: what the files of ph-send-area.h share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-send-area.h"

#include "ph-clear-after.h"
#include "ph-send-summary.h"
#include "ph-target-box.h"

G_BEGIN_DECLS

struct _PhSendArea
{
  GtkBox parent_instance;

  gboolean syncing; /* the buffer follows the message, or the other way round */
  gboolean stream; /* messages go to one */
  gboolean preview_fits; /* there is room for the line with the bytes */
  int walked_to;   /* position in the history that is shown, or NOT_WALKING */

  /* template */
  PhTargetBox *target_box;
  PhSendSummary *summary;
  GtkMenuButton *history_button;
  GtkWidget *card_place;
  GtkWidget *typed_box;
  GtkWidget *message_scroller;
  GtkTextView *message_view;
  GtkLabel *hint_label;
  GtkButton *send_button;
  GtkMenuButton *pieces_button;
  GtkWidget *preview;

  /* borrowed */
  PhFileCard *card; /* nullable: made when the first file is chosen */

  /* owned */
  PhSession *session;
  PhMessage *message;
  PhClearAfter *clear_after;
  char *draft; /* the text before the walk through the history began, and its format */
  PhPayloadFormat draft_format;
};

void ph_send_area_update_button (PhSendArea *self);
void ph_send_area_accept_files (PhSendArea *self);

G_END_DECLS
