/* ph-log-fold.c: folds long payloads to their first lines
 *
 * Only Compact and Comfortable fold. How many lines as drawn a long line takes is estimated by its bytes, so that no text has
 * to be laid out for it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-log-fold.h"

#include <glib/gi18n.h>

#include "ph-format.h"
#include "ph-log-source-private.h"

static gboolean
folds (const PhLogFormat *format)
{
  return format->mode == PH_LOG_MODE_COMPACT || format->mode == PH_LOG_MODE_COMFORTABLE;
}

/* Whether the user wants to see all of the record. */
static gboolean
is_unfolded (PhLogSource *self, guint64 seq, guint *ret_n)
{
  for (guint i = 0; i < self->unfolded->len; i++)
    if (g_array_index (self->unfolded, guint64, i) == seq)
      {
        *ret_n = i;
        return TRUE;
      }

  return FALSE;
}

/* Lines as drawn of line @n of a text. */
static guint
drawn_lines (const PhLogFormat *format, const PhLogItem *item, guint n)
{
  gsize end = n + 1 < item->n_starts ? item->starts[n + 1] : item->record.length;
  gsize length = end - item->starts[n];

  return format->line_chars > 0 ? MAX ((length + format->line_chars - 1) / format->line_chars, 1) : 1;
}

/* Lines of a folded payload, of @n_lines. */
static guint
count_folded (const PhLogFormat *format, const PhLogItem *item, guint n_lines)
{
  guint drawn = 0, n = 0;

  if (item->n_starts == 0)
    return MIN (n_lines, PH_LOG_FOLD_LINES);
  while (n < n_lines && (drawn += drawn_lines (format, item, n)) <= PH_LOG_FOLD_LINES)
    n++;

  return MAX (n, 1);
}

/* Sets how many of the @n_lines lines of its payload are shown. */
void
ph_log_fold_count (PhLogSource *self, PhLogItem *item, guint n_lines)
{
  guint shown = folds (&self->format) ? count_folded (&self->format, item, n_lines) : n_lines, n;

  item->fold = shown < n_lines;
  item->n_shown = item->fold && !is_unfolded (self, item->seq, &n) ? shown : n_lines;
  item->n_payload = n_lines;
  item->folded = item->n_shown < n_lines;
}

/**
 * ph_log_fold_build:
 *
 * Returns: (transfer full): the line behind what is shown of a payload
 */
PhLogLine *
ph_log_fold_build (const PhLogContext *context)
{
  PhLogLine *line = ph_log_line_new (PH_LOG_LINE_FOLD, ph_log_lines_accent (&context->item->record));
  g_autofree char *length = ph_format_dup_bytes (context->item->record.length, PH_LANGUAGE_USER);
  /* Translators: "Show all 65,507 bytes", of a long message of which the beginning is shown */
  g_autofree char *words = context->item->folded ? g_strdup_printf (_("Show all %s"), length) : g_strdup (_("Show less"));
  GString *out = g_string_new (NULL);

  ph_log_line_append_styled (line, out, words, PH_LOG_STYLE_RECEIVED);
  ph_log_line_take_text (line, out);

  return line;
}

/**
 * ph_log_fold_dup_line:
 * @n: from 0
 *
 * Returns: (transfer full) (nullable): line @n of those of the payload of @entry that are folded away; %NULL if there are fewer
 */
PhLogLine *
ph_log_fold_dup_line (PhLogSource *self, guint64 entry, guint n)
{
  PhLogLine *line = NULL;
  const guint8 *payload;
  const PhLogItem *item;

  ph_log_source_begin_read (self);
  item = ph_log_source_get_item (self, entry - 1, &payload);
  if (item != NULL && item->folded && n < item->n_payload - item->n_shown)
    {
      PhLogContext context = ph_log_source_make_context (self, item, payload);

      line = ph_log_line_new (PH_LOG_LINE_PAYLOAD, ph_log_lines_accent (&item->record));
      ph_log_lines_take_payload (&context, line, g_string_new (NULL), item->n_shown + n);
    }
  ph_log_source_end_read (self);

  return line;
}

/* The lines of the record are counted anew. */
static void
forget (PhLogSource *self, guint64 seq)
{
  const PhLogItem *item = g_hash_table_lookup (self->items, &seq);

  g_hash_table_remove_all (self->lines);
  if (item == NULL)
    return;
  self->n_starts -= item->n_starts * sizeof (guint32);
  self->n_item_lines -= item->n_lines;
  g_hash_table_remove (self->items, &seq);
}

static void
unfold (PhLogSource *self, guint64 seq)
{
  if (self->unfolded->len >= PH_LOG_FOLD_MAX)
    {
      guint64 first = g_array_index (self->unfolded, guint64, 0);

      g_array_remove_index (self->unfolded, 0);
      forget (self, first);
    }
  g_array_append_val (self->unfolded, seq);
  forget (self, seq);
}

/**
 * ph_log_fold_toggle:
 * @entry: a record with a line to fold
 *
 * Shows all of its payload, or folds it again.
 *
 * Returns: whether it is folded now
 */
gboolean
ph_log_fold_toggle (PhLogSource *self, guint64 entry)
{
  guint64 seq = entry - 1;
  guint n;

  if (!is_unfolded (self, seq, &n))
    {
      unfold (self, seq);
      return FALSE;
    }
  g_array_remove_index (self->unfolded, n);
  forget (self, seq);

  return TRUE;
}

/**
 * ph_log_fold_show_byte:
 *
 * Shows all of the record @entry if @byte of its payload is folded away.
 */
void
ph_log_fold_show_byte (PhLogSource *self, guint64 entry, gsize byte)
{
  const guint8 *payload;
  const PhLogItem *item;
  gsize start, end;
  gboolean hidden = FALSE;

  ph_log_source_begin_read (self);
  item = ph_log_source_get_item (self, entry - 1, &payload);
  if (item != NULL && item->folded)
    {
      PhLogContext context = ph_log_source_make_context (self, item, payload);

      hidden = ph_log_lines_get_bytes (&context, item->n_lines - 1, &start, &end) && byte >= start;
    }
  ph_log_source_end_read (self);
  if (hidden)
    unfold (self, entry - 1);
}
