/* ph-save-every.c: when a save begins a new file: after so many bytes, or at a time of day
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-save-every.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ph-format.h"
#include "ph-error.h"
#include "ph-plain.h"
#include "ph-size.h"

#define SECOND G_GINT64_CONSTANT (1000000000) /* in nanoseconds */

/* "7:30", "07:30", "23:59"; -1 if it is no time of day. */
static int
parse_minute (const char *text)
{
  const char *colon = strchr (text, ':');
  gsize hours = colon != NULL ? (gsize) (colon - text) : 0;
  int hour, minute;

  if (hours < 1 || hours > 2 || strspn (text, "0123456789") != hours || strlen (colon + 1) != 2
      || strspn (colon + 1, "0123456789") != 2)
    return -1;
  hour = (int) g_ascii_strtoull (text, NULL, 10);
  minute = (int) g_ascii_strtoull (colon + 1, NULL, 10);

  return hour < 24 && minute < 60 ? hour * 60 + minute : -1;
}

/**
 * ph_save_every_parse:
 * @text: UTF-8: a size ("64 MiB", "1.5GB"), a time of day ("00:00"), or nothing for never
 * @ret_every: (out): only on success
 *
 * Returns: %FALSE with @error (%PH_ERROR_INVALID) if it is none of them, or a size below %PH_SAVE_EVERY_MIN
 */
gboolean
ph_save_every_parse (const char *text, PhSaveEvery *ret_every, GError **error)
{
  g_autofree char *plain = g_strstrip (ph_plain_dup_text (text)), *least = NULL;
  PhSaveEvery every = PH_SAVE_EVERY_NEVER;

  every.minute = parse_minute (plain);
  if (*plain == '\0' || every.minute >= 0 || (ph_size_parse (plain, &every.bytes) && every.bytes >= PH_SAVE_EVERY_MIN))
    {
      *ret_every = every;
      return TRUE;
    }
  least = ph_format_dup_size (PH_SAVE_EVERY_MIN);
  /* Translators: %s is a size such as “4 KiB” */
  g_set_error (error, PH_ERROR, PH_ERROR_INVALID, _("choose a size of at least %s, such as 64 MiB, or a time of day, such as 00:00"), least);

  return FALSE;
}

/**
 * ph_save_every_next:
 * @time: when a file was begun, in ns since 1970
 *
 * Any thread.
 *
 * Returns: the first moment after @time that is the minute of @every, in the same way; %G_MAXINT64 for never
 */
gint64
ph_save_every_next (const PhSaveEvery *every, gint64 time)
{
  g_autoptr (GDateTime) now = every->minute >= 0 ? g_date_time_new_from_unix_local (time / SECOND) : NULL;
  int year, month, day;

  if (now == NULL)
    return G_MAXINT64;
  for (int days = 0; days <= 2; days++)
    {
      g_autoptr (GDateTime) date = g_date_time_add_days (now, days), then = NULL;

      if (date == NULL)
        break;
      g_date_time_get_ymd (date, &year, &month, &day);
      then = g_date_time_new_local (year, month, day, every->minute / 60, every->minute % 60, 0);
      if (then != NULL && g_date_time_to_unix (then) * SECOND > time)
        return g_date_time_to_unix (then) * SECOND;
    }

  return G_MAXINT64;
}
