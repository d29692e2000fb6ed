/* ph-log-record.h: one record of the log for its menu: copied in several forms, or looked for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-log-view.h"

G_BEGIN_DECLS

/** PhLogRecord: a record that is shown, taken out of the store. @payload is empty for events. */
typedef struct
{
  guint64 entry;
  PhRecord record;
  GBytes *payload;
} PhLogRecord;

gboolean ph_log_record_read (PhLogView *self, guint64 entry, PhLogRecord *ret_record);
void ph_log_record_clear (PhLogRecord *record);
char *ph_log_record_dup_command (PhLogView *self, const PhLogRecord *record);
void ph_log_record_class_init (GtkWidgetClass *widget_class);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PhLogRecord, ph_log_record_clear)

G_END_DECLS
