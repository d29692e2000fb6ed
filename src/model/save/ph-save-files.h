/* ph-save-files.h: the files of a live save: one, or one a peer; their names, when a new one begins, and what waits to be written
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-name-pattern.h"
#include "ph-save-every.h"

G_BEGIN_DECLS

#define PH_SAVE_FILES_OPEN_MAX 64u    /* files that are open at the same time; of more, those not written for longest are closed */
#define PH_SAVE_FILES_PEERS_MAX 4096u /* peers whose file is known: one that is forgotten gets a new file */
#define PH_SAVE_FILES_NAMES_MAX 100000u /* numbers that are tried for a name that is not taken */

/**
 * PhSaveFilesPlan:
 * @folder: (type filename): must exist
 * @head: (nullable): what each file begins with
 * @told: called with @data on the thread of the files: a file was begun as @path; @gone: because the one before is not at its place
 *   any more
 */
typedef struct
{
  const char *folder;
  const PhNamePattern *pattern;
  PhSaveEvery every;
  gboolean per_peer;
  const char *head;
  void (*told) (gpointer data, const char *path, gboolean gone);
  gpointer data;
} PhSaveFilesPlan;

typedef struct _PhSaveFiles PhSaveFiles;

PhSaveFiles *ph_save_files_new (const PhSaveFilesPlan *plan);
void ph_save_files_free (PhSaveFiles *files);
void ph_save_files_set_local (PhSaveFiles *files, const char *local);
void ph_save_files_add (PhSaveFiles *files, const char *peer, gint64 time, const char *text, gsize length);
gsize ph_save_files_get_waiting (const PhSaveFiles *files);
gboolean ph_save_files_flush (PhSaveFiles *files, GError **error);
const char *ph_save_files_get_path (const PhSaveFiles *files);
guint64 ph_save_files_get_size (const PhSaveFiles *files);
guint64 ph_save_files_get_total (const PhSaveFiles *files);
guint64 ph_save_files_get_count (const PhSaveFiles *files);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhSaveFiles, ph_save_files_free)

G_END_DECLS
