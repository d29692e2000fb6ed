/* ph-pieces-popover.h: how a message of a stream is cut into pieces
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-send-options.h"

G_BEGIN_DECLS

#define PH_TYPE_PIECES_POPOVER (ph_pieces_popover_get_type ())
G_DECLARE_FINAL_TYPE (PhPiecesPopover, ph_pieces_popover, PH, PIECES_POPOVER, GtkPopover)

GtkWidget *ph_pieces_popover_new (PhSendOptions *options);
void ph_pieces_popover_set_stream (PhPiecesPopover *popover, gboolean stream);

G_END_DECLS
