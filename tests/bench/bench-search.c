/* bench-search.c: how fast a text is found in ten million records, beside grep -c over the same payloads in one file
 *
 * Both have everything in memory: grep reads the file from the page cache. They take turns; medians are printed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-finder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define RECORDS 10000000u
#define PAYLOAD 64u
#define ROUNDS 5
#define RARE 100000u /* one record in so many has the text */

static const char needle[] = "needle-1234";

/* What a device may say: numbers that change, words that do not. No line breaks, so that a line is a record. */
static void
make_payload (char *text, guint i)
{
  char start[PAYLOAD + 1];
  int length = g_snprintf (start, sizeof start, "seq=%08u temp=%05.2f state=%s %s", i, (i * 7 % 10000) / 100.0,
                           i % 5 == 0 ? "idle" : "running", i % RARE == 0 ? needle : "need 1234 more");

  memset (text, '.', PAYLOAD);
  memcpy (text, start, MIN (length, (int) PAYLOAD));
}

static void
fill (PhStore *store, FILE *file)
{
  for (guint i = 0; i < RECORDS; i++)
    {
      PhRecord record = { .time = i, .length = PAYLOAD, .peer = 1, .kind = PH_RECORD_IN };
      char text[PAYLOAD + 1];

      make_payload (text, i);
      ph_store_append (store, &record, text);
      text[PAYLOAD] = '\n';
      fwrite (text, 1, sizeof text, file);
    }
  ph_store_notify (store);
}

static double
seconds_since (gint64 start)
{
  return (g_get_monotonic_time () - start) / 1e6;
}

/* The whole way: a query, its thread, the main loop, the number of matches. */
static double
time_finder (PhFinder *finder, const char *text, gboolean match_case, guint64 *ret_count)
{
  PhSearchQuery query = { .text = text, .charset = ph_charset_find ("utf-8"), .kinds = PH_SEARCH_ALL,
                          .match_case = match_case };
  gint64 start = g_get_monotonic_time ();

  ph_finder_set_query (finder, &query, NULL);
  while (ph_finder_is_running (finder))
    g_main_context_iteration (NULL, TRUE);
  *ret_count = ph_matches_count (ph_finder_get_matches (finder));

  return seconds_since (start);
}

static double
time_grep (const char *path, const char *option, const char *text, guint64 *ret_count)
{
  g_autofree char *command = g_strdup_printf ("grep -c %s -e '%s' '%s'", option, text, path);
  gint64 start = g_get_monotonic_time ();
  FILE *pipe = popen (command, "r");
  char line[64] = "";

  if (pipe == NULL || fgets (line, sizeof line, pipe) == NULL)
    g_error ("grep does not run");
  pclose (pipe);
  *ret_count = g_ascii_strtoull (line, NULL, 10);

  return seconds_since (start);
}

static int
compare (const void *a, const void *b)
{
  double left = *(const double *) a, right = *(const double *) b;

  return left < right ? -1 : left > right;
}

static double
median (double *values)
{
  qsort (values, ROUNDS, sizeof *values, compare);

  return values[ROUNDS / 2];
}

static void
race (PhFinder *finder, const char *path, const char *what, const char *text, gboolean match_case)
{
  double ours[ROUNDS], theirs[ROUNDS], a, b;
  guint64 found, expected;

  for (guint i = 0; i < ROUNDS; i++)
    {
      ours[i] = time_finder (finder, text, match_case, &found);
      theirs[i] = time_grep (path, match_case ? "" : "-i", text, &expected);
      if (found != expected)
        g_error ("found %" G_GUINT64_FORMAT ", grep %" G_GUINT64_FORMAT, found, expected);
    }
  a = median (ours);
  b = median (theirs);
  printf ("search %u million records, %s, %" G_GUINT64_FORMAT " matches: %.0f ms, grep -c %.0f ms: %.2f x its speed "
          "(at least 0.5 is the goal)\n",
          RECORDS / 1000000, what, found, a * 1e3, b * 1e3, b / a);
}

int
main (void)
{
  g_autoptr (PhSession) session = ph_session_new ();
  g_autoptr (PhFinder) finder = ph_finder_new (session);
  PhStore *store = ph_session_get_store (session);
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("porthole-bench-XXXXXX", &path, NULL);
  FILE *file = fd >= 0 ? fdopen (fd, "w") : NULL;

  if (file == NULL)
    g_error ("no temporary file");
  setvbuf (stdout, NULL, _IOLBF, 0);
  ph_store_set_limit (store, (guint64) 2048 * PH_STORE_CHUNK);
  fill (store, file);
  fclose (file);
  while (ph_session_get_end (session) < ph_store_end (store))
    g_main_context_iteration (NULL, TRUE);

  race (finder, path, "text", needle, TRUE);
  race (finder, path, "text in any case", needle, FALSE);
  race (finder, path, "text in every record", "temp=", TRUE);
  unlink (path);

  return 0;
}
