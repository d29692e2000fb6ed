/* ph-log-source-whole.c: what rows of the table have shortened, as a whole
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-log-row.h"
#include "ph-log-source-private.h"

/**
 * ph_log_source_dup_peer:
 *
 * Returns: (transfer full) (nullable): the whole address of the record @entry; %NULL if the record is not there
 */
char *
ph_log_source_dup_peer (PhLogSource *self, guint64 entry)
{
  const guint8 *payload;
  char *peer = NULL;
  PhLogItem *item;

  if (entry == PH_LOG_ENTRY_GONE || entry == PH_LOG_ENTRY_HIDDEN)
    return NULL;
  ph_log_source_begin_read (self);
  item = ph_log_source_get_item (self, entry - 1, &payload);
  if (item != NULL)
    {
      PhLogContext context = ph_log_source_make_context (self, item, payload);

      peer = ph_log_lines_dup_peer (&context);
    }
  ph_log_source_end_read (self);

  return peer;
}

/**
 * ph_log_source_dup_whole:
 *
 * Returns: (transfer full) (nullable): the text of the row of @entry with its whole address; %NULL if the record is not there
 */
char *
ph_log_source_dup_whole (PhLogSource *self, guint64 entry)
{
  PhLogFormat format = self->format;
  g_autoptr (PhLogLine) line = NULL;
  const guint8 *payload;
  PhLogItem *item;

  ph_log_source_begin_read (self);
  item = ph_log_source_get_item (self, entry - 1, &payload);
  if (item != NULL)
    {
      PhLogContext context = ph_log_source_make_context (self, item, payload);

      format.peer_chars = 0;
      context.format = &format;
      line = ph_log_row_build (&context);
    }
  ph_log_source_end_read (self);

  return line != NULL ? g_strdup (line->text + line->lead) : NULL;
}
