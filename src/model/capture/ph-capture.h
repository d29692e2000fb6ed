/* ph-capture.h: a capture file as an item of a GListModel
 *
 * Main thread only.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "ph-capture-file.h"

G_BEGIN_DECLS

#define PH_TYPE_CAPTURE (ph_capture_get_type ())
G_DECLARE_FINAL_TYPE (PhCapture, ph_capture, PH, CAPTURE, GObject)

PhCapture *ph_capture_new (PhCaptureInfo *info);
const PhCaptureInfo *ph_capture_get_info (PhCapture *capture);

G_END_DECLS
