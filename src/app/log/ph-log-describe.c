/* ph-log-describe.c: describes the log for assistive technologies
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-log-private.h"

static guint64
described_entry (PhLogView *self)
{
  PhLogPos last;

  if (!self->scroll.follow && self->selection.has_cursor)
    return self->selection.cursor.entry;
  if (!self->scroll.follow && self->layout.rows->len > 0)
    return ph_log_layout_get_row (self, 0)->line->entry;

  return ph_log_walk_last (self->source, &last) ? last.entry : PH_LOG_ENTRY_NONE;
}

/**
 * ph_log_describe_dup:
 * @self: the view, its rows just made
 *
 * Returns: (transfer full): the newest record while following, else the one at the cursor, else the one at the top, as a
 *   sentence
 */
char *
ph_log_describe_dup (PhLogView *self)
{
  char *words = self->source != NULL ? ph_log_words_describe (self->source, described_entry (self)) : NULL;

  return words != NULL ? words : g_strdup ("");
}

/* @words: (transfer full) */
void
ph_log_describe_tell (PhLogView *self, char *words)
{
  if (g_strcmp0 (words, self->description) != 0)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
  g_free (self->description);
  self->description = words;
}
