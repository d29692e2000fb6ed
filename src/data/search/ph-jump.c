/* ph-jump.c: a place in the log as people name it: the number of a record, or a time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-jump.h"

#include <glib/gi18n.h>
#include <string.h>

#define SECOND G_GINT64_CONSTANT (1000000000) /* in nanoseconds */

G_DEFINE_QUARK (ph-jump-error-quark, ph_jump_error)

/* A number of up to @digits digits; moves *@text behind it. */
static gboolean
take_number (const char **text, guint digits, int *ret_number)
{
  guint n = 0;
  int number = 0;

  for (; n < digits && g_ascii_isdigit (**text); n++, (*text)++)
    number = number * 10 + g_ascii_digit_value (**text);
  *ret_number = number;

  return n > 0;
}

static gboolean
take (const char **text, char c)
{
  if (**text != c)
    return FALSE;
  ++*text;

  return TRUE;
}

/* ".417": up to nine digits, the rest is cut off. */
static gboolean
take_fraction (const char **text, gint64 *ret_ns)
{
  gint64 unit = SECOND / 10;

  *ret_ns = 0;
  if (!take (text, '.') && !take (text, ','))
    return TRUE;
  if (!g_ascii_isdigit (**text))
    return FALSE;
  for (; g_ascii_isdigit (**text); unit /= 10, (*text)++)
    *ret_ns += unit * g_ascii_digit_value (**text);

  return TRUE;
}

typedef struct
{
  gboolean dated;
  int year, month, day;
  int hour, minute, second;
  gint64 ns;
} Moment;

/* Takes nothing where there is no date. */
static void
take_date (const char **text, Moment *moment)
{
  const char *at = *text;

  if (!take_number (&at, 4, &moment->year) || !take (&at, '-') || !take_number (&at, 2, &moment->month)
      || !take (&at, '-') || !take_number (&at, 2, &moment->day) || (*at != ' ' && *at != 'T'))
    return;
  while (*at == ' ' || *at == 'T')
    at++;
  *text = at;
  moment->dated = TRUE;
}

static gboolean
parse_moment (const char *text, Moment *moment)
{
  take_date (&text, moment);
  if (!take_number (&text, 2, &moment->hour) || !take (&text, ':') || !take_number (&text, 2, &moment->minute))
    return FALSE;
  if (take (&text, ':') && !(take_number (&text, 2, &moment->second) && take_fraction (&text, &moment->ns)))
    return FALSE;

  return *text == '\0' && moment->hour < 24 && moment->minute < 60 && moment->second < 60;
}

static gboolean
to_time (const Moment *moment, int year, int month, int day, gint64 *ret_time)
{
  g_autoptr (GDateTime) date =
    g_date_time_new_local (year, month, day, moment->hour, moment->minute, moment->second);

  /* What nanoseconds in 64 bits can count ends with the year 2262. */
  if (date == NULL || year < 1970 || year > 2261)
    return FALSE;
  *ret_time = g_date_time_to_unix (date) * SECOND + moment->ns;

  return TRUE;
}

/**
 * ph_time_parse:
 * @text: "16:05", "16:05:48", "16:05:48.417" or the same behind "2019-07-12 ", in local time
 * @newest: ns since 1970: without a date, the last time before this at which the clock showed @text is meant
 * @ret_time: (out): ns since 1970
 *
 * Returns: %FALSE if it is no time
 */
gboolean
ph_time_parse (const char *text, gint64 newest, gint64 *ret_time)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (newest / SECOND);
  Moment moment = { 0 };

  if (!parse_moment (stripped, &moment))
    return FALSE;
  if (moment.dated)
    return to_time (&moment, moment.year, moment.month, moment.day, ret_time);
  for (int back = 0; back < 2; back++)
    {
      g_autoptr (GDateTime) day = g_date_time_add_days (now, -back);
      gint64 time;

      if (!to_time (&moment, g_date_time_get_year (day), g_date_time_get_month (day),
                    g_date_time_get_day_of_month (day), &time))
        return FALSE;
      *ret_time = time;
      if (time <= newest)
        break;
    }

  return TRUE;
}

/* "#1,234" and "1234" alike. */
static gboolean
parse_number (const char *text, guint64 *ret_number)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  for (const char *p = *text == '#' ? text + 1 : text; *p != '\0'; p++)
    if (g_ascii_isdigit (*p))
      g_string_append_c (digits, *p);
    else if (*p != ',' && *p != ' ')
      return FALSE;

  return digits->len > 0 && g_ascii_string_to_unsigned (digits->str, 10, 0, G_MAXUINT64, ret_number, NULL);
}

/* The time of record @seq, or of the first behind it that is not missing; for all times to come if there is none. Inside a
 * read section. */
static gint64
time_of (PhStore *store, guint64 seq, guint64 end)
{
  const PhRecord *record;

  while (seq < end)
    {
      record = ph_store_get (store, seq, NULL);
      if (record != NULL)
        return record->time;
      seq = ph_store_next (store, seq + 1);
    }

  return G_MAXINT64;
}

/**
 * ph_jump_newest:
 * @store: a store; the caller is its reader, outside of a read section
 * @end: records from here on do not count
 *
 * Returns: the time of the newest record, which ph_time_parse() wants to know; now if there is none
 */
gint64
ph_jump_newest (PhStore *store, guint64 end)
{
  const PhRecord *record = NULL;
  gint64 time = g_get_real_time () * 1000;
  guint64 first;

  ph_store_begin_read (store);
  first = ph_store_first (store); /* not before: until the end of this nothing is taken away */
  while (record == NULL && end > first)
    {
      record = ph_store_get (store, end - 1, NULL);
      if (record == NULL)
        end = ph_store_previous (store, end - 1);
    }
  if (record != NULL)
    time = record->time;
  ph_store_end_read (store);

  return time;
}

/* The first record that is not before @time: times grow with the numbers, but for a clock that is set back. */
static guint64
find_time (PhStore *store, guint64 first, guint64 end, gint64 time)
{
  guint64 low = first, high = end;

  while (low < high)
    {
      guint64 middle = low + (high - low) / 2;

      if (time_of (store, middle, end) < time)
        low = middle + 1;
      else
        high = middle;
    }

  return ph_store_next (store, low);
}

/**
 * ph_jump_find:
 * @text: the number of a record, from 1, or a time that ph_time_parse() knows
 * @store: a store; the caller is its reader, outside of a read section
 * @end: records from here on do not count
 * @ret_seq: (out): the record, or the nearest there is: of a time, the first that is not before it
 * @error: %PH_JUMP_ERROR_NONSENSE: what can be typed
 *
 * Returns: %FALSE if @text is neither, or there are no records (without an error)
 */
gboolean
ph_jump_find (const char *text, PhStore *store, guint64 end, guint64 *ret_seq, GError **error)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  guint64 first = ph_store_first (store), number = 0;
  gboolean is_number = parse_number (stripped, &number), ok = is_number;
  gint64 time = 0;

  if (!is_number)
    ok = ph_time_parse (stripped, ph_jump_newest (store, end), &time);
  if (ok && !is_number && first < end)
    {
      ph_store_begin_read (store);
      number = find_time (store, first, end, time) + 1;
      ph_store_end_read (store);
    }
  if (!ok)
    g_set_error_literal (error, PH_JUMP_ERROR, PH_JUMP_ERROR_NONSENSE,
                         _("Type the number of a record, or a time such as 16:05:48.417"));
  if (!ok || first >= end)
    return FALSE;
  *ret_seq = CLAMP (MAX (number, 1) - 1, first, end - 1);

  return TRUE;
}
