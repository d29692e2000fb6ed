/* ph-saver.h: the thread of a live save: follows a store, formats its records and writes them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-live-save.h"
#include "ph-names.h"

G_BEGIN_DECLS

#define PH_SAVER_TEXT_MOST (64u * 1024u) /* bytes to format before they are written */
#define PH_SAVER_RECORDS_MOST 4096u      /* records, too */
#define PH_SAVER_RETRY G_TIME_SPAN_SECOND

typedef struct _PhSaver PhSaver;

PhSaver *ph_saver_new (PhStore *store, const PhLiveSaveSpec *spec, GError **error);
void ph_saver_begin_at (PhSaver *saver, guint64 seq, guint64 number);
PhNames *ph_saver_get_names (PhSaver *saver);
void ph_saver_tell_open (PhSaver *saver, const char *local, const char *remote);
gboolean ph_saver_start (PhSaver *saver, GError **error);
void ph_saver_advance (PhSaver *saver, guint64 end);
void ph_saver_stop (PhSaver *saver, gboolean wait);
void ph_saver_get_status (PhSaver *saver, PhLiveSaveStatus *ret_status);
void ph_saver_unref (PhSaver *saver);
void ph_saver_wait_all (void);

G_END_DECLS
