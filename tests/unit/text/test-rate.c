/* test-rate.c: rates as people type them, and what is none
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-rate.h"

#define NONE G_GUINT64_CONSTANT (0xBAD)

static const struct
{
  const char *story, *text;
  guint64 rate;
  gboolean in_pieces;
} cases[] = {
  { "bytes", "4096", 4096, FALSE },
  { "k-as-dd-has-it", "100k", 102400, FALSE },
  { "kb-are-thousands", "100kB", 100000, FALSE },
  { "bytes-a-second", "1.5MB/s", 1500000, FALSE },
  { "pieces", "50p", 50, TRUE },
  { "pieces-a-second", " 50 p/s ", 50, TRUE },
  { "upper-case", "50P/S", 50, TRUE },
  { "full-width", "５０ｐ", 50, TRUE },
  { "no-limit", "0", 0, FALSE },
  { "the-most-pieces", "18446744073709551615p", G_MAXUINT64, TRUE },
  { "one-piece-more", "18446744073709551616p", NONE, FALSE },
  { "a-part-of-a-piece", "1.5p", NONE, FALSE },
  { "thousands-of-pieces-are-written-out", "1kp", NONE, FALSE },
  { "nothing-typed", "", NONE, FALSE },
  { "p-alone", "p", NONE, FALSE },
  { "a-second-alone", "/s", NONE, FALSE },
  { "negative", "-5p", NONE, FALSE },
  { "a-minute", "5/min", NONE, FALSE },
  { "two-units", "5pp", NONE, FALSE },
  { "words", "fast", NONE, FALSE },
};

static void
test_rate (gconstpointer data)
{
  gsize n = GPOINTER_TO_SIZE (data);
  gboolean in_pieces = FALSE;
  guint64 rate = NONE;

  g_assert_cmpint (ph_rate_parse (cases[n].text, &rate, &in_pieces), ==, cases[n].rate != NONE);
  g_assert_cmpuint (rate, ==, cases[n].rate);
  g_assert_cmpint (in_pieces, ==, cases[n].in_pieces);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/rate/", cases[i].story, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_rate);
    }
  return g_test_run ();
}
