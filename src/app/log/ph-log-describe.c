/* ph-log-describe.c: the log in words, for assistive technologies
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-log-private.h"

static guint64
described_entry (PhLogView *self)
{
  PhLogPos last;

  if (!self->follow && self->has_cursor)
    return self->cursor.entry;
  if (!self->follow && self->rows->len > 0)
    return g_array_index (self->rows, PhLogRow, 0).line->entry;

  return ph_log_walk_last (self->source, &last) ? last.entry : PH_LOG_ENTRY_NONE;
}

/**
 * ph_log_describe:
 * @self: the view, its rows just made
 *
 * Tells the newest record while following, else the one at the cursor, else the one at the top.
 */
void
ph_log_describe (PhLogView *self)
{
  g_autofree char *words = NULL;

  if (self->source != NULL)
    words = ph_log_words_describe (self->source, described_entry (self));
  if (words == NULL)
    words = g_strdup ("");
  if (g_strcmp0 (words, self->description) == 0)
    return;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
  g_free (self->description);
  self->description = g_steal_pointer (&words);
}
