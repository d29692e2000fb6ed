/* ph-opened.h: when something was opened, of all records of a store
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-record.h"

G_BEGIN_DECLS

#define PH_OPENED_MAX 65536u /* times that are kept; of more, the older half is dropped */

typedef struct _PhOpened PhOpened;

PhOpened *ph_opened_new (void);
void ph_opened_free (PhOpened *opened);
void ph_opened_record (PhOpened *opened, guint64 seq, const PhRecord *record);
gboolean ph_opened_find (const PhOpened *opened, guint64 seq, gint64 *ret_time);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhOpened, ph_opened_free)

G_END_DECLS
