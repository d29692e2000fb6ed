/* ph-send-summary.h: what will go out, as it is typed: encoding or hex, escapes, line ending, length; or why nothing can
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-message.h"
#include "ph-send-preview.h"

G_BEGIN_DECLS

#define PH_TYPE_SEND_SUMMARY (ph_send_summary_get_type ())
G_DECLARE_FINAL_TYPE (PhSendSummary, ph_send_summary, PH, SEND_SUMMARY, GtkWidget)

void ph_send_summary_set_message (PhSendSummary *summary, PhMessage *message);
void ph_send_summary_set_preview (PhSendSummary *summary, PhSendPreview *preview);
void ph_send_summary_set_stream (PhSendSummary *summary, gboolean stream);
void ph_send_summary_tell (PhSendSummary *summary, const char *reason, gboolean is_error);
gboolean ph_send_summary_is_telling (PhSendSummary *summary);

G_END_DECLS
