/* ph-save-formats.h: the table of what the window can save
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-export.h"

G_BEGIN_DECLS

/**
 * PhSaveFormat: one row. A new row needs no new widget.
 * @id: for the action that saves; never changed
 * @name: N_(): in the list, and in the dialog for the file
 * @suffix: of the file's name
 * @recording: it is the recording, whole, and not text or bytes of chosen records; @format and @sides do not count then
 */
typedef struct
{
  const char *id, *name, *suffix;
  gboolean recording;
  PhFormatKind format;
  PhExportSides sides;
} PhSaveFormat;

const PhSaveFormat *ph_save_format_at (guint index); /* NULL past the last */

G_END_DECLS
