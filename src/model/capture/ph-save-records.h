/* ph-save-records.h: records of a session as text or bytes: what a save job writes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-export.h"
#include "ph-save-job.h"
#include "ph-search.h"
#include "ph-session.h"

G_BEGIN_DECLS

extern const PhSaveContent ph_save_records;

gpointer ph_save_records_new (PhSession *session, const PhExportForm *form, guint64 first, guint64 end, PhSearch *only);

G_END_DECLS
