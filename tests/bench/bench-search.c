/* bench-search.c: how fast a text is found in ten million records, beside grep -c over the same payloads in one file
 *
 * Usage: bench-search ROUNDS FILE. Both have everything in memory: grep reads FILE, which is made and removed, from the page
 * cache. They take turns; the seconds of each are printed as JSON.
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

static void
print_times (const char *name, const double *seconds, guint rounds, const char *end)
{
  printf ("\"%s\": [", name);
  for (guint i = 0; i < rounds; i++)
    printf ("%s%.6f", i > 0 ? ", " : "", seconds[i]);
  printf ("]%s", end);
}

static void
race (PhFinder *finder, const char *path, guint rounds, const char *what, const char *text, gboolean match_case)
{
  g_autofree double *ours = g_new (double, rounds), *theirs = g_new (double, rounds);
  guint64 found, expected;

  for (guint i = 0; i < rounds; i++)
    {
      ours[i] = time_finder (finder, text, match_case, &found);
      theirs[i] = time_grep (path, match_case ? "" : "-i", text, &expected);
      if (found != expected)
        g_error ("found %" G_GUINT64_FORMAT ", grep %" G_GUINT64_FORMAT, found, expected);
    }
  printf ("\"%s\": {", what);
  print_times ("porthole", ours, rounds, ", ");
  print_times ("grep -c", theirs, rounds, "}");
}

int
main (int argc, char **argv)
{
  g_autoptr (PhSession) session = ph_session_new ();
  g_autoptr (PhFinder) finder = ph_finder_new (session);
  PhStore *store = ph_session_get_store (session);
  guint rounds = argc == 3 ? (guint) atoi (argv[1]) : 0;
  FILE *file = rounds > 0 ? fopen (argv[2], "w") : NULL;

  if (file == NULL)
    g_error ("usage: bench-search ROUNDS FILE");
  ph_store_set_limit (store, (guint64) 2048 * PH_STORE_CHUNK);
  fill (store, file);
  fclose (file);
  while (ph_session_get_end (session) < ph_store_end (store))
    g_main_context_iteration (NULL, TRUE);

  printf ("{");
  race (finder, argv[2], rounds, "rare", needle, TRUE);
  printf (", ");
  race (finder, argv[2], rounds, "any-case", needle, FALSE);
  printf (", ");
  race (finder, argv[2], rounds, "every", "temp=", TRUE);
  printf ("}\n");
  unlink (argv[2]);

  return 0;
}
