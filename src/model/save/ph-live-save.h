/* ph-live-save.h: what a session records goes into files while it goes on
 *
 * A thread follows the store, formats and writes. Where the disk is slow, records wait in the store, as far as its memory goes. Then the
 * peer of a stream is slowed down; of what else comes, and of all where the disk takes nothing, those that are gone before they were
 * written are counted and told.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-export.h"
#include "ph-save-every.h"
#include "ph-session.h"

G_BEGIN_DECLS

/**
 * PhLiveSaveSpec: what is saved, and where to.
 * @folder: (type filename): of the files
 * @pattern: of their names: ph_name_pattern_new()
 * @form: copied; what it owns is given away; it is used on the thread of the save. Its `sides` are what is saved, in each format:
 *   events are in all but raw
 * @per_peer: a file for each peer; what goes to all is in one of its own, and events without a peer in none
 */
typedef struct
{
  const char *folder;
  const char *pattern;
  PhSaveEvery every;
  PhExportForm form;
  gboolean per_peer;
} PhLiveSaveSpec;

/**
 * PhLiveSaveStatus:
 * @path: (nullable) (type filename): the file that was written last; %NULL before there is one
 * @size: of it, in bytes
 * @total: bytes in all files
 * @files: how many were begun
 * @missing: records that are in none
 * @failure: (nullable): why nothing can be written just now: a sentence
 */
typedef struct
{
  char *path;
  guint64 size, total, files, missing;
  char *failure;
} PhLiveSaveStatus;

typedef struct _PhLiveSave PhLiveSave;

PhLiveSave *ph_live_save_new (PhSession *session, const PhLiveSaveSpec *spec, GError **error);
void ph_live_save_free (PhLiveSave *save);
gboolean ph_live_save_finish (PhLiveSave *save);
void ph_live_save_get_status (PhLiveSave *save, PhLiveSaveStatus *ret_status);
void ph_live_save_status_clear (PhLiveSaveStatus *status);
void ph_live_save_end_all (void);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PhLiveSaveStatus, ph_live_save_status_clear)

G_END_DECLS
