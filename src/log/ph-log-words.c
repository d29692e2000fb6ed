/* ph-log-words.c: one entry of the log in words, for assistive technologies
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-log-words.h"

#include <glib/gi18n.h>

#include "ph-format.h"
#include "ph-log-source-private.h"

#define DESCRIBED 240u /* bytes of a payload in an accessible description */

static char *
describe_data (const PhLogContext *context)
{
  const PhRecord *record = &context->item->record;
  g_autofree char *peer = ph_log_lines_dup_peer (context);
  g_autofree char *length = ph_format_dup_bytes (record->length, PH_LANGUAGE_USER);
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean in = record->kind == PH_RECORD_IN;

  ph_log_lines_append_preview (context, DESCRIBED, text);
  if (*peer == '\0')
    return in ? g_strdup_printf (_("Received, %s: %s"), length, text->str)
              : g_strdup_printf (_("Sent, %s: %s"), length, text->str);

  return in ? g_strdup_printf (_("Received from %s, %s: %s"), peer, length, text->str)
            : g_strdup_printf (_("Sent to %s, %s: %s"), peer, length, text->str);
}

/**
 * ph_log_words_describe:
 *
 * Returns: (transfer full) (nullable): a translated sentence for assistive technologies; %NULL if the entry does not exist
 */
char *
ph_log_words_describe (PhLogSource *self, guint64 entry)
{
  const guint8 *payload;
  PhLogItem *item;
  char *words = NULL;

  if (entry == PH_LOG_ENTRY_GONE || entry == PH_LOG_ENTRY_HIDDEN)
    {
      g_autoptr (PhLogLine) line = ph_log_source_dup_line (self, entry, 0);

      return line != NULL ? g_strdup (line->text + line->lead) : NULL;
    }

  ph_log_source_begin_read (self);
  item = ph_log_source_get_item (self, entry - 1, &payload);
  if (item != NULL && item->n_lines > 0)
    {
      PhLogContext context = ph_log_source_make_context (self, item, payload);

      words = ph_record_is_data (&item->record) ? describe_data (&context)
                                                : ph_format_event (&item->record, payload, context.peer, PH_LANGUAGE_USER);
    }
  else if (item == NULL)
    {
      g_autoptr (PhLogLine) line = ph_log_source_dup_line (self, entry, 0);

      words = line != NULL ? g_strdup (line->text + line->lead) : NULL;
    }
  ph_log_source_end_read (self);

  return words;
}

/**
 * ph_log_words_get_form:
 *
 * Returns: in which form the payload of the record @entry is shown; if there is none, that of the format
 */
PhLogForm
ph_log_words_get_form (PhLogSource *self, guint64 entry)
{
  const guint8 *payload;
  PhLogForm form = { .charset = self->format.charset };
  PhLogItem *item;

  ph_log_source_begin_read (self);
  item = ph_log_source_get_item (self, entry - 1, &payload);
  if (item != NULL && item->form.charset != NULL)
    form = item->form;
  ph_log_source_end_read (self);

  return form;
}
