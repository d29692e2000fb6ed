/* ph-format-time.c: nanoseconds since 1970 as a time of day
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-format-private.h"

#include <string.h>

/* in nanoseconds */
#define SECOND G_GINT64_CONSTANT (1000000000)

/* The second that was asked for last: thousands of records share one, and time zones are slow to compute. */
typedef struct
{
  gint64 second;
  char text[PH_FORMAT_STAMP + 1];
} Stamp;

/**
 * ph_format_stamp:
 * @time: ns since 1970-01-01 UTC
 * @utc: as UTC, or else in the local time zone
 *
 * Any thread.
 *
 * Returns: (transfer none): "2019-07-12 16:05:48", valid until this thread calls again
 */
const char *
ph_format_stamp (gint64 time, gboolean utc)
{
  static _Thread_local Stamp stamps[2];
  Stamp *stamp = &stamps[utc ? 1 : 0];
  gint64 second = time / SECOND - (time % SECOND < 0);

  if (stamp->text[0] == '\0' || stamp->second != second)
    {
      g_autoptr (GDateTime) date = utc ? g_date_time_new_from_unix_utc (second)
                                       : g_date_time_new_from_unix_local (second);

      /* 64 bits of nanoseconds end with the year 2262, so there always is a date and its year has four digits. */
      g_snprintf (stamp->text, sizeof stamp->text, "%04d-%02d-%02d %02d:%02d:%02d", g_date_time_get_year (date),
                  g_date_time_get_month (date), g_date_time_get_day_of_month (date), g_date_time_get_hour (date),
                  g_date_time_get_minute (date), g_date_time_get_second (date));
      stamp->second = second;
    }
  return stamp->text;
}

/**
 * ph_format_fraction:
 * @out: appended to
 * @time: ns since 1970-01-01 UTC
 * @digits: how many, up to 9; the rest is cut off, not rounded, so that the second stays the same
 *
 * Appends ".417". Any thread.
 */
void
ph_format_fraction (GString *out, gint64 time, guint digits)
{
  gint64 fraction = time % SECOND + (time % SECOND < 0 ? SECOND : 0);
  char text[10] = ".";

  for (guint i = 9; i > 0; i--, fraction /= 10)
    text[i] = '0' + fraction % 10;
  g_string_append_len (out, text, 1 + MIN (digits, 9));
}

/**
 * ph_format_time:
 * @out: appended to
 * @time: ns since 1970-01-01 UTC
 * @format: how much of it
 *
 * Appends a time of the local time zone. Any thread.
 */
void
ph_format_time (GString *out, gint64 time, PhTimeFormat format)
{
  const char *stamp = ph_format_stamp (time, FALSE);

  g_string_append (out, format == PH_TIME_DATE ? stamp : stamp + strlen ("2019-07-12 "));
  ph_format_fraction (out, time, format == PH_TIME_NANOSECONDS ? 9 : format == PH_TIME_MICROSECONDS ? 6 : 3);
}

static const char *const kinds[] = {
  [PH_TIME_OF_DAY] = "time-of-day",
  [PH_TIME_SINCE_OPENING] = "since-opening",
  [PH_TIME_SINCE_RECORD] = "since-record",
  [PH_TIME_NONE] = "none",
};

/**
 * ph_time_kind_id:
 *
 * Returns: (transfer none): its name in the settings
 */
const char *
ph_time_kind_id (PhTimeKind kind)
{
  return kinds[kind];
}

/**
 * ph_time_kind_find:
 * @id: (nullable)
 * @ret_kind: (out): the kind of that id
 *
 * Returns: whether there is one
 */
gboolean
ph_time_kind_find (const char *id, PhTimeKind *ret_kind)
{
  for (gsize i = 0; id != NULL && i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i], id) == 0)
      {
        *ret_kind = (PhTimeKind) i;
        return TRUE;
      }

  return FALSE;
}
