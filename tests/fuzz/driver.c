/* driver.c: runs a fuzz target with its corpus and a fixed number of mutations, the same ones each time
 *
 * usage: fuzz-NAME CORPUS-FOLDER COUNT. With libFuzzer the targets are built without this file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fuzz.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define INPUT_MAX 512

static GByteArray *input; /* what is being run: told if it ends the program */

static void
tell_input_cb (int number)
{
  fprintf (stderr, "the input that failed, %u bytes:", input->len);
  for (guint i = 0; i < input->len; i++)
    fprintf (stderr, " %02x", input->data[i]);
  fputc ('\n', stderr);
  signal (number, SIG_DFL);
  raise (number);
}

static int
compare_names_cb (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The files of the corpus in the order of their names, as folders come in any order. */
static GPtrArray *
load_corpus (const char *folder)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  GPtrArray *seeds = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  GDir *dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_build_filename (folder, name, NULL));
  g_clear_pointer (&dir, g_dir_close);
  g_ptr_array_sort (names, compare_names_cb);

  for (guint i = 0; i < names->len; i++)
    {
      g_autoptr (GError) error = NULL;
      char *text;
      gsize length;

      if (!g_file_get_contents (names->pdata[i], &text, &length, &error))
        g_error ("%s", error->message);
      g_ptr_array_add (seeds, g_bytes_new_take (text, length));
    }
  return seeds;
}

static void
run (void)
{
  /* In a block of its very size, so that a sanitizer sees one byte too many. */
  guint8 *copy = g_malloc (MAX (input->len, 1));

  if (input->len > 0)
    memcpy (copy, input->data, input->len);
  LLVMFuzzerTestOneInput (copy, input->len);
  g_free (copy);
}

static void
take_seed (GPtrArray *seeds, guint index)
{
  GBytes *seed = seeds->pdata[index];

  g_byte_array_set_size (input, 0);
  g_byte_array_append (input, g_bytes_get_data (seed, NULL), MIN (g_bytes_get_size (seed), INPUT_MAX));
}

/* Puts @n bytes into the input at @place. */
static void
insert (guint place, const guint8 *bytes, guint n)
{
  guint length = input->len;

  if (n == 0 || length + n > INPUT_MAX)
    return;
  g_byte_array_set_size (input, length + n);
  memmove (input->data + place + n, input->data + place, length - place);
  memcpy (input->data + place, bytes, n);
}

static void
splice (GRand *rand, GPtrArray *seeds, guint place)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (seeds->pdata[g_rand_int_range (rand, 0, seeds->len)], &length);
  guint start = length > 0 ? g_rand_int_range (rand, 0, length) : 0;

  if (length > 0)
    insert (place, bytes + start, g_rand_int_range (rand, 1, length - start + 1));
}

static void
change (GRand *rand, GPtrArray *seeds)
{
  static const guint8 borders[] = { 0x00, 0x0A, 0x1B, 0x20, 0x30, 0x5C, 0x7B, 0x7F,
                                    0x80, 0xC2, 0xD8, 0xDF, 0xED, 0xF4, 0xFF };
  guint place = g_rand_int_range (rand, 0, input->len + 1);
  guint8 byte = borders[g_rand_int_range (rand, 0, G_N_ELEMENTS (borders))];

  switch (g_rand_int_range (rand, 0, 5))
    {
    case 0:
      insert (place, &byte, 1);
      break;
    case 1:
      splice (rand, seeds, place);
      break;
    case 2:
      if (place < input->len)
        input->data[place] ^= 1 << g_rand_int_range (rand, 0, 8);
      break;
    case 3:
      if (place < input->len)
        input->data[place] = byte;
      break;
    default:
      if (place < input->len)
        g_byte_array_remove_range (input, place, g_rand_int_range (rand, 1, MIN (input->len - place, 8) + 1));
      break;
    }
}

int
main (int argc, char *argv[])
{
  g_autoptr (GPtrArray) seeds = argc == 3 ? load_corpus (argv[1]) : NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  guint count = argc == 3 ? atoi (argv[2]) : 0;

  if (seeds == NULL || seeds->len == 0 || count == 0)
    {
      fprintf (stderr, "usage: %s CORPUS-FOLDER COUNT; the folder has to have files\n", argv[0]);
      return 2;
    }

  input = g_byte_array_new ();
  signal (SIGABRT, tell_input_cb);
  for (guint i = 0; i < seeds->len; i++)
    {
      take_seed (seeds, i);
      run ();
    }
  for (guint i = 0; i < count; i++)
    {
      take_seed (seeds, g_rand_int_range (rand, 0, seeds->len));
      for (int changes = g_rand_int_range (rand, 1, 9); changes > 0; changes--)
        change (rand, seeds);
      run ();
    }
  g_byte_array_unref (input);
  printf ("%u inputs of the corpus and %u changed ones\n", seeds->len, count);
  return 0;
}
