/* ph-save-every.h: when a save begins a new file: after so many bytes, or at a time of day
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define PH_SAVE_EVERY_MIN 4096u /* bytes of a file: with fewer, a flood would fill a folder with files */
#define PH_SAVE_EVERY_NEVER ((PhSaveEvery) { 0, -1 })

/**
 * PhSaveEvery:
 * @bytes: a file has at most so many, unless a single record is longer; 0: any number
 * @minute: of the day, in local time; -1: none
 */
typedef struct
{
  guint64 bytes;
  int minute;
} PhSaveEvery;

gboolean ph_save_every_parse (const char *text, PhSaveEvery *ret_every, GError **error);
gint64 ph_save_every_next (const PhSaveEvery *every, gint64 time);

G_END_DECLS
