/* test-pieces.c: the sizes of pieces are those asked for, and for one seed the same on every system
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-pieces.h"

static void
test_pieces_that_are_not_random_are_all_as_asked_for (void)
{
  const PhPieces pieces = { .size = 1400, .seed = 3 };
  guint64 state = pieces.seed;

  for (guint i = 0; i < 100; i++)
    g_assert_cmpuint (ph_pieces_next (&pieces, &state), ==, 1400);
  g_assert_cmpuint (state, ==, 3);
}

/* Computed apart from the code, from the description of SplitMix64: for the seed 0 its first number is e220a8397b1dcdaf. */
static void
test_a_seed_gives_the_same_sizes_everywhere (void)
{
  static const struct
  {
    guint64 seed;
    guint size;
    guint sizes[6];
  } rows[] = {
    { 0, 64, { 57, 28, 2, 63, 7, 21 } },
    { 7, 64, { 25, 2, 58, 38, 29, 16 } },
    { 1, 1, { 1, 1, 1, 1, 1, 1 } },
    { G_MAXUINT64, 1048576, { 937368, 956928, 230144, 446940, 739845, 864731 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const PhPieces pieces = { .size = rows[i].size, .random = TRUE, .seed = rows[i].seed };
      guint64 state = pieces.seed;

      for (guint n = 0; n < G_N_ELEMENTS (rows[i].sizes); n++)
        g_assert_cmpuint (ph_pieces_next (&pieces, &state), ==, rows[i].sizes[n]);
    }
}

static void
test_random_sizes_are_from_1_to_the_size_and_all_of_them_come (void)
{
  const PhPieces pieces = { .size = 7, .random = TRUE };
  guint64 state = pieces.seed;
  guint counts[8] = { 0 };

  for (guint i = 0; i < 7000; i++)
    {
      guint size = ph_pieces_next (&pieces, &state);

      g_assert_cmpuint (size, >=, 1);
      g_assert_cmpuint (size, <=, 7);
      counts[size]++;
    }
  for (guint size = 1; size <= 7; size++)
    {
      g_assert_cmpuint (counts[size], >, 800);
      g_assert_cmpuint (counts[size], <, 1200);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pieces/those-that-are-not-random-are-all-as-asked-for", test_pieces_that_are_not_random_are_all_as_asked_for);
  g_test_add_func ("/pieces/a-seed-gives-the-same-sizes-everywhere", test_a_seed_gives_the_same_sizes_everywhere);
  g_test_add_func ("/pieces/random-sizes-are-from-1-to-the-size-and-all-of-them-come",
                   test_random_sizes_are_from_1_to_the_size_and_all_of_them_come);

  return g_test_run ();
}
