/* ph-format-time.c: nanoseconds since 1970 as a time of day, or as the time since another one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-format-private.h"

#include <string.h>

/* in nanoseconds */
#define SECOND G_GINT64_CONSTANT (1000000000)
#define ZONE_AGE (10 * G_TIME_SPAN_SECOND) /* so long is a change of the time zone not seen */

/* The second that was asked for last: thousands of records share one, and time zones are slow to compute. */
typedef struct
{
  gint64 second;
  char text[PH_FORMAT_STAMP + 1];
} Stamp;

/* Asking GLib for the zone reads a link of the file system, so it is not done for each second that is shown. */
static GDateTime *
local_date (gint64 second)
{
  static GMutex lock;
  static GTimeZone *zone;
  static gint64 asked;
  g_autoptr (GTimeZone) local = NULL;
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (second);
  gint64 now = g_get_monotonic_time ();

  g_mutex_lock (&lock);
  if (zone == NULL || now - asked >= ZONE_AGE)
    {
      g_clear_pointer (&zone, g_time_zone_unref);
      zone = g_time_zone_new_local ();
      asked = now;
    }
  local = g_time_zone_ref (zone);
  g_mutex_unlock (&lock);

  return g_date_time_to_timezone (date, local);
}

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
      g_autoptr (GDateTime) date = utc ? g_date_time_new_from_unix_utc (second) : local_date (second);

      /* 64 bits of nanoseconds end with the year 2262, so there always is a date and its year has four digits. */
      g_snprintf (stamp->text, sizeof stamp->text, "%04d-%02d-%02d %02d:%02d:%02d", g_date_time_get_year (date),
                  g_date_time_get_month (date), g_date_time_get_day_of_month (date), g_date_time_get_hour (date),
                  g_date_time_get_minute (date), g_date_time_get_second (date));
      stamp->second = second;
    }
  return stamp->text;
}

/* Appends ".417" of @fraction, in nanoseconds. The rest is cut off, not rounded, so that the second stays the same. */
static void
append_fraction (GString *out, guint64 fraction, guint digits)
{
  char text[10] = ".";

  for (guint i = 9; i > 0; i--, fraction /= 10)
    text[i] = '0' + fraction % 10;
  g_string_append_len (out, text, 1 + MIN (digits, 9));
}

/**
 * ph_format_fraction:
 * @out: appended to
 * @time: ns since 1970-01-01 UTC
 * @digits: how many, up to 9
 *
 * Appends ".417". Any thread.
 */
void
ph_format_fraction (GString *out, gint64 time, guint digits)
{
  append_fraction (out, time % SECOND + (time % SECOND < 0 ? SECOND : 0), digits);
}

static guint
digits_of (PhTimeFormat format)
{
  switch (format)
    {
    case PH_TIME_NANOSECONDS:
    case PH_TIME_DATE_NANOSECONDS:
      return 9;
    case PH_TIME_MICROSECONDS:
    case PH_TIME_DATE_MICROSECONDS:
      return 6;
    default:
      return 3;
    }
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

  g_string_append (out, format >= PH_TIME_DATE ? stamp : stamp + strlen ("2019-07-12 "));
  ph_format_fraction (out, time, digits_of (format));
}

/* Appends @text with blanks before it, as wide as a time of day. */
static void
append_wide (GString *out, const char *text, PhTimeFormat format)
{
  gsize wide = strlen ("16:05:48.") + digits_of (format), n = (gsize) g_utf8_strlen (text, -1);

  for (; n < wide; n++)
    g_string_append_c (out, ' ');
  g_string_append (out, text);
}

/**
 * ph_format_since:
 * @out: appended to
 * @time: ns since 1970-01-01 UTC
 * @from: the time from which it counts, in the same way; any value
 * @format: how many digits; a date has none
 *
 * Appends "+0.417", "+1:02.417", "+25:01:02.417", or "-0.417" where a clock was set back. It is as wide as a time of day, so that what
 * is behind it stays in its column. Any thread.
 */
void
ph_format_since (GString *out, gint64 time, gint64 from, PhTimeFormat format)
{
  guint64 ns = time >= from ? (guint64) time - (guint64) from : (guint64) from - (guint64) time, seconds = ns / SECOND;
  g_autoptr (GString) text = g_string_new (time >= from ? "+" : "-");

  if (seconds >= 3600)
    g_string_append_printf (text, "%" G_GUINT64_FORMAT ":%02u:%02u", seconds / 3600, (guint) (seconds / 60 % 60), (guint) (seconds % 60));
  else if (seconds >= 60)
    g_string_append_printf (text, "%u:%02u", (guint) seconds / 60, (guint) (seconds % 60));
  else
    g_string_append_printf (text, "%u", (guint) seconds);
  append_fraction (text, ns % SECOND, digits_of (format));
  append_wide (out, text->str, format);
}

/**
 * ph_format_since_nothing:
 * @out: appended to
 *
 * ph_format_since() where there is nothing from which the time could count.
 */
void
ph_format_since_nothing (GString *out, PhTimeFormat format)
{
  append_wide (out, "–", format);
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
