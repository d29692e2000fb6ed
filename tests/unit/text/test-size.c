/* test-size.c: sizes as people type them, and what is none
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-size.h"

#define NONE G_GUINT64_CONSTANT (0xBAD)

static const struct
{
  const char *story, *text;
  guint64 bytes;
} cases[] = {
  { "bytes", "4096", 4096 },
  { "bytes-with-their-unit", "4096 B", 4096 },
  { "nothing-of-it", "0", 0 },
  { "k-as-dd-has-it", "64k", 65536 },
  { "upper-case", "64K", 65536 },
  { "kib", "64KiB", 65536 },
  { "kb-are-thousands", "64kB", 64000 },
  { "mib-behind-a-blank", " 64 MiB ", 64 << 20 },
  { "lower-case-mib", "64mib", 64 << 20 },
  { "gigabytes", "5G", G_GUINT64_CONSTANT (5) << 30 },
  { "terabytes", "2TB", G_GUINT64_CONSTANT (2000000000000) },
  { "a-fraction", "1.5M", 1536 << 10 },
  { "a-long-fraction-is-cut-off", "1.0009kB", 1000 },
  { "full-width", "６４ｋ", 65536 },
  { "the-largest", "18446744073709551615", G_MAXUINT64 },
  { "one-more", "18446744073709551616", NONE },
  { "more-by-its-unit", "16777216T", NONE },
  { "more-digits", "184467440737095516150", NONE },
  { "nothing-typed", "", NONE },
  { "unit-alone", "k", NONE },
  { "negative", "-1", NONE },
  { "signed", "+1", NONE },
  { "hex", "0x10", NONE },
  { "point-without-digits", "1.k", NONE },
  { "point-first", ".5k", NONE },
  { "two-points", "1.5.5k", NONE },
  { "unknown-unit", "10x", NONE },
  { "unknown-end-of-a-unit", "10kX", NONE },
  { "i-alone", "10Ki", NONE },
  { "bits-are-not-bytes", "10 kbit", NONE },
  { "comma", "1,5k", NONE },
};

static void
test_size (gconstpointer data)
{
  gsize n = GPOINTER_TO_SIZE (data);
  guint64 bytes = NONE;

  g_assert_cmpint (ph_size_parse (cases[n].text, &bytes), ==, cases[n].bytes != NONE);
  g_assert_cmpuint (bytes, ==, cases[n].bytes);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/size/", cases[i].story, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_size);
    }
  return g_test_run ();
}
