/* ph-capture.c: a capture file as an item of a GListModel
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-capture.h"

struct _PhCapture
{
  GObject parent_instance;

  PhCaptureInfo *info;
};

G_DEFINE_FINAL_TYPE (PhCapture, ph_capture, G_TYPE_OBJECT)

static void
ph_capture_finalize (GObject *object)
{
  ph_capture_info_free (PH_CAPTURE (object)->info);

  G_OBJECT_CLASS (ph_capture_parent_class)->finalize (object);
}

static void
ph_capture_class_init (PhCaptureClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ph_capture_finalize;
}

static void
ph_capture_init (PhCapture *self)
{
}

/**
 * ph_capture_new:
 * @info: (transfer full): see ph_capture_info_new()
 *
 * Returns: (transfer full): a new item
 */
PhCapture *
ph_capture_new (PhCaptureInfo *info)
{
  PhCapture *capture = g_object_new (PH_TYPE_CAPTURE, NULL);

  capture->info = info;

  return capture;
}

/**
 * ph_capture_get_info:
 *
 * Returns: (transfer none): what was read from the file when the item was made; it does not change
 */
const PhCaptureInfo *
ph_capture_get_info (PhCapture *capture)
{
  return capture->info;
}
