/* ph-send-preview.h: the bytes that will go out, in one line, with the check bytes marked
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define PH_TYPE_SEND_PREVIEW (ph_send_preview_get_type ())
G_DECLARE_FINAL_TYPE (PhSendPreview, ph_send_preview, PH, SEND_PREVIEW, GtkWidget)

void ph_send_preview_set_bytes (PhSendPreview *preview, GBytes *bytes, gsize check_at, gsize check_length);
char *ph_send_preview_dup_line (GBytes *bytes, gsize check_at, gsize check_length, gsize room, guint *ret_start, guint *ret_end);

G_END_DECLS
