/* ph-jump.c: finds the record that a user asks for by number or by time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-jump.h"

#include <glib/gi18n.h>
#include <string.h>

#define SECOND G_GINT64_CONSTANT (1000000000) /* ns */

G_DEFINE_QUARK (ph-jump-error-quark, ph_jump_error)

/* The take functions read one element at *@text and move *@text behind it. This one reads a number of up to @digits digits. */
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

/* Reads ".417", which may be missing. Digits behind the ninth are dropped. */
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

/* What the user typed. */
typedef struct
{
  gboolean dated; /* with year, month and day */
  int year, month, day;
  int hour, minute, second;
  gint64 ns;
} Moment;

/* Reads nothing if there is no whole date. */
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

  /* Nanoseconds since 1970 in 64 bits end in the year 2262. */
  if (date == NULL || year < 1970 || year > 2261)
    return FALSE;
  *ret_time = g_date_time_to_unix (date) * SECOND + moment->ns;

  return TRUE;
}

/**
 * ph_jump_parse_time:
 * @text: "16:05", "16:05:48" or "16:05:48.417", each with or without "2019-07-12 " before it, in local time
 * @newest: ns since 1970: a time without a date is the last one that is not after @newest
 * @ret_time: (out): ns since 1970
 *
 * Returns: %FALSE if @text is not a time
 */
gboolean
ph_jump_parse_time (const char *text, gint64 newest, gint64 *ret_time)
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

/* Accepts "#1,234" and "1234". */
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

/* The time of record @seq, or of the next one that is not missing; G_MAXINT64 if there is none. FALSE if it has to be read first.
 * Inside a read section. */
static gboolean
time_of (PhStore *store, guint64 seq, guint64 end, gint64 *ret_time)
{
  const PhRecord *record = NULL;

  while (seq < end && (record = ph_store_get (store, seq, NULL)) == NULL && !ph_store_awaits (store, seq))
    seq = ph_store_next (store, seq + 1);
  *ret_time = record != NULL ? record->time : G_MAXINT64;

  return record != NULL || seq >= end;
}

/* Finds the first record that is not before @time. Times increase with the numbers, unless the clock was set back. FALSE if
 * records have to be read first. Inside a read section. */
static gboolean
find_time (PhStore *store, guint64 first, guint64 end, gint64 time, guint64 *ret_seq)
{
  guint64 low = first, high = end;

  while (low < high)
    {
      guint64 middle = low + (high - low) / 2;
      gint64 there;

      if (!time_of (store, middle, end, &there))
        return FALSE;
      if (there < time)
        low = middle + 1;
      else
        high = middle;
    }
  *ret_seq = ph_store_next (store, low);

  return TRUE;
}

/**
 * ph_jump_find:
 * @text: the number of a record, as in ph_store_number(), or a time as for ph_jump_parse_time()
 * @newest: as for ph_jump_parse_time()
 * @store: the caller is its reader, outside of a read section
 * @end: records from here on are left out
 * @ret_seq: (out): the record with that number, or the first that is not before that time; the nearest one if there is none
 * @error: %PH_JUMP_ERROR_NONSENSE, with a message that says what can be typed
 *
 * Returns: what became of it. After %PH_JUMP_AWAITS it can be called again when chunks were read (ph_store_take_loaded())
 */
PhJump
ph_jump_find (const char *text, gint64 newest, PhStore *store, guint64 end, guint64 *ret_seq, GError **error)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  guint64 first = ph_store_first (store), number = 0, seq;
  gboolean is_number = parse_number (stripped, &number), there;
  gint64 time;

  if (!is_number && !ph_jump_parse_time (stripped, newest, &time))
    {
      g_set_error_literal (error, PH_JUMP_ERROR, PH_JUMP_ERROR_NONSENSE,
                           _("Type the number of a record, or a time such as 16:05:48.417"));
      return PH_JUMP_NONSENSE;
    }
  if (first >= end)
    return PH_JUMP_NOWHERE;
  ph_store_begin_read (store);
  if (is_number)
    {
      seq = ph_store_find_number (store, number);
      there = !ph_store_awaits (store, seq);
    }
  else
    {
      there = find_time (store, first, end, time, &seq);
    }
  ph_store_end_read (store);
  if (!there)
    return PH_JUMP_AWAITS;
  *ret_seq = CLAMP (seq, first, end - 1);

  return PH_JUMP_FOUND;
}
