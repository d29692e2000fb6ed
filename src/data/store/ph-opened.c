/* ph-opened.c: when something was opened, of all records of a store
 *
 * A million records may be between one and its opening, in a file. So the times of all openings are kept: 16 bytes for each.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-opened.h"

typedef struct
{
  guint64 seq : 63;
  guint64 begins : 1; /* an OPENING; else an OPEN, which ends one */
  gint64 time;
} Opening;

struct _PhOpened
{
  GArray *openings; /* of Opening, in their order */
};

PhOpened *
ph_opened_new (void)
{
  PhOpened *self = g_new0 (PhOpened, 1);

  self->openings = g_array_new (FALSE, FALSE, sizeof (Opening));

  return self;
}

void
ph_opened_free (PhOpened *self)
{
  g_array_unref (self->openings);
  g_free (self);
}

/**
 * ph_opened_record:
 * @seq: higher than in the calls before
 *
 * Notes the time of @record if it tells that something is being opened, or is open.
 */
void
ph_opened_record (PhOpened *self, guint64 seq, const PhRecord *record)
{
  Opening opening = { .seq = seq, .begins = record->kind == PH_RECORD_OPENING, .time = record->time };

  if (record->kind != PH_RECORD_OPENING && record->kind != PH_RECORD_OPEN)
    return;
  if (self->openings->len == PH_OPENED_MAX)
    g_array_remove_range (self->openings, 0, PH_OPENED_MAX / 2);
  g_array_append_val (self->openings, opening);
}

/**
 * ph_opened_find:
 * @ret_time: (out): in ns since 1970, the time from which @seq counts: of the newest record before it that tells of something open, or
 *   of itself if an opening begins with it
 *
 * Returns: %FALSE if no opening before it is known
 */
gboolean
ph_opened_find (const PhOpened *self, guint64 seq, gint64 *ret_time)
{
  guint low = 0, high = self->openings->len;
  const Opening *found;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->openings, Opening, middle).seq <= seq)
        low = middle + 1;
      else
        high = middle;
    }
  if (low == 0)
    return FALSE;

  found = &g_array_index (self->openings, Opening, low - 1);
  if (found->seq == seq && !found->begins && low > 1)
    found--;
  *ret_time = found->time;

  return TRUE;
}
