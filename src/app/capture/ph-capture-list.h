/* ph-capture-list.h: the window that lists recent captures
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-window.h"

G_BEGIN_DECLS

#define PH_TYPE_CAPTURE_LIST (ph_capture_list_get_type ())
G_DECLARE_FINAL_TYPE (PhCaptureList, ph_capture_list, PH, CAPTURE_LIST, GtkWindow)

GtkWindow *ph_capture_list_new (PhWindow *parent);

G_END_DECLS
