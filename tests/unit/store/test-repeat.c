/* test-repeat.c: when the next message of a repeat is due
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-repeat.h"

#define US G_GINT64_CONSTANT (1000)
#define MS (1000 * US)

static const struct
{
  const char *story;
  gint64 interval, now; /* the message was due at 0, and went out then */
  gint64 next;
  guint64 late;
} cases[] = {
  { "in-time", 100 * MS, 60 * US, 100 * MS, 0 },
  { "a-little-late-does-not-drift", 100 * MS, 99 * MS, 100 * MS, 0 },
  { "one-missed-is-left-out", 100 * MS, 105 * MS, 200 * MS, 1 },
  { "missed-to-the-moment-is-left-out", 100 * MS, 100 * MS, 200 * MS, 1 },
  { "several-missed-are-left-out", 100 * MS, 350 * MS, 400 * MS, 3 },
  { "quick-ones-are-made-up-for", 1 * MS, 4 * MS + 1, 1 * MS, 0 },
  { "quick-ones-are-made-up-for-until-a-long-delay", 1 * MS, 21 * MS, 1 * MS, 0 },
  { "quick-ones-are-left-out-after-a-long-delay", 1 * MS, 21 * MS + 1, 22 * MS, 21 },
  { "the-last-interval-that-is-quick", 10 * MS, 15 * MS, 10 * MS, 0 },
  { "the-first-interval-that-is-a-pause", 10 * MS + 1, 15 * MS, 20 * MS + 2, 1 },
};

static void
test_next (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  guint64 late = 5;

  g_assert_cmpint (ph_repeat_next (0, cases[i].interval, cases[i].now, &late), ==, cases[i].next);
  g_assert_cmpuint (late, ==, 5 + cases[i].late);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/repeat/", cases[i].story, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_next);
    }

  return g_test_run ();
}
