/* ph-log-filter.c: which records of the log are shown: all, or the matches of a search
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-log-filter.h"

#include "ph-log-source-private.h"

/**
 * ph_log_filter_set:
 * @filter: (nullable) (transfer none): the records to show, which may become more; %NULL to show all
 */
void
ph_log_filter_set (PhLogSource *self, const PhMatches *filter)
{
  self->filter = filter;
  if (self->format.time == PH_TIME_SINCE_RECORD)
    g_hash_table_remove_all (self->lines); /* another record is before each */
  /* A read goes on in the line of the read before only if that is shown. */
  if (self->format.mode == PH_LOG_MODE_STREAM)
    ph_log_source_forget (self);
}

const PhMatches *
ph_log_filter_get (PhLogSource *self)
{
  return self->filter;
}

/**
 * ph_log_filter_n_shown:
 *
 * Returns: how many records are shown
 */
guint64
ph_log_filter_n_shown (PhLogSource *self)
{
  return ph_log_filter_rank (self, ph_log_source_get_end (self) + 1);
}

/**
 * ph_log_filter_rank:
 * @entry: a record, or the entry behind the last one
 *
 * Returns: how many of the records that are shown are before @entry
 */
guint64
ph_log_filter_rank (PhLogSource *self, guint64 entry)
{
  guint64 seq = CLAMP (entry - 1, self->first, MAX (ph_log_source_get_end (self), self->first));

  return self->filter != NULL ? ph_matches_rank (self->filter, seq) : seq - self->first;
}

/**
 * ph_log_filter_nth:
 * @self: a source with records
 * @n: from 0
 *
 * Returns: the entry of record @n among those that are shown; the last one if there are fewer
 */
guint64
ph_log_filter_nth (PhLogSource *self, guint64 n)
{
  guint64 shown = ph_log_filter_n_shown (self), seq = self->first;

  n = MIN (n, MAX (shown, 1) - 1);
  if (self->filter != NULL)
    ph_matches_nth (self->filter, n, &seq);
  else
    seq += n;

  return seq + 1;
}
