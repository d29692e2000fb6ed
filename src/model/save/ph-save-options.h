/* ph-save-options.h: how what is received is saved to files: what is chosen in a tab
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib-object.h>

#include "ph-live-save.h"

G_BEGIN_DECLS

#define PH_TYPE_SAVE_OPTIONS (ph_save_options_get_type ())
G_DECLARE_FINAL_TYPE (PhSaveOptions, ph_save_options, PH, SAVE_OPTIONS, GObject)

/*
 * Properties, of which no text is %NULL:
 *   "folder" (string): in UTF-8; empty: not chosen yet
 *   "pattern" (string): of the names: ph_name_pattern_new(); may be wrong
 *   "format" (string): a name of ph_format_parse(); another one is not taken
 *   "direction" (string): "in", "both"
 *   "every" (string): ph_save_every_parse(); may be wrong
 *   "per-peer", "escape" (boolean)
 */
PhSaveOptions *ph_save_options_new (void);
const char *ph_save_options_get_folder (PhSaveOptions *options);
const char *ph_save_options_get_pattern (PhSaveOptions *options);
PhFormatKind ph_save_options_get_format (PhSaveOptions *options);
gboolean ph_save_options_read (PhSaveOptions *options, PhLiveSaveSpec *ret_spec, GError **error);

G_END_DECLS
