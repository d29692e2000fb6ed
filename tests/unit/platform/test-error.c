/* test-error.c: every cause of failure has words, and a hint that helps where the program runs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-plat-cause.h"
#include "ph-plat-file.h"
#include "ph-plat.h"

#include <string.h>

static void
test_every_cause_has_words (void)
{
  for (PhError code = PH_ERROR_IN_USE; code <= PH_ERROR_LAST; code++)
    if (code != PH_ERROR_WOULD_BLOCK && code != PH_ERROR_INVALID)
      g_assert_nonnull (ph_error_why (code));
}

/* Scripts compare them. */
static void
test_every_cause_has_a_stable_id_of_its_own (void)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  for (PhError code = PH_ERROR_FAILED; code <= PH_ERROR_LAST; code++)
    {
      const char *id = ph_error_id (code);

      g_assert_nonnull (id);
      g_assert_cmpuint (strspn (id, "abcdefghijklmnopqrstuvwxyz-"), ==, strlen (id));
      g_assert_true (g_hash_table_add (ids, (gpointer) id));
    }
  g_assert_null (ph_error_id (PH_ERROR_NONE));
  g_assert_null (ph_error_id (PH_ERROR_LAST + 1));
  g_assert_null (ph_error_id (65535));
  g_assert_cmpstr (ph_error_id (PH_ERROR_REFUSED), ==, "refused");
  g_assert_cmpstr (ph_error_id (PH_ERROR_IN_USE), ==, "in-use");
}

static void
test_a_code_is_found_by_its_id (void)
{
  for (PhError code = PH_ERROR_FAILED; code <= PH_ERROR_LAST; code++)
    g_assert_cmpint (ph_error_find (ph_error_id (code)), ==, code);
  g_assert_cmpint (ph_error_find (NULL), ==, PH_ERROR_NONE);
  g_assert_cmpint (ph_error_find ("of-a-newer-program"), ==, PH_ERROR_NONE);
}

/* What comes back by itself; all else needs somebody to do something, or ends what failed. */
static void
test_only_want_of_the_systems_means_is_of_the_moment (void)
{
  static const PhError momentary[] = { PH_ERROR_WOULD_BLOCK, PH_ERROR_NO_MEMORY, PH_ERROR_NO_DESCRIPTORS };

  for (PhError code = PH_ERROR_NONE; code <= PH_ERROR_LAST; code++)
    {
      gboolean listed = FALSE;

      for (gsize i = 0; i < G_N_ELEMENTS (momentary); i++)
        listed = listed || momentary[i] == code;
      g_assert_cmpint (ph_error_is_momentary (code), ==, listed);
    }
}

/* A record keeps the system's own name of what is none of the causes. */
static void
test_an_error_of_the_system_has_a_name_and_words (void)
{
  g_autoptr (GError) error = NULL, copy = NULL, other = g_error_new_literal (PH_ERROR, PH_ERROR_DENIED, "no");
  g_autofree char *words = NULL;

  g_assert_cmpint (ph_plat_file_open ("/no/such/file", &error), ==, PH_FILE_NONE);
  g_assert_error (error, PH_ERROR, PH_ERROR_FAILED);
  copy = g_error_copy (error);
  g_prefix_error (&copy, "prefix: ");
  g_assert_nonnull (ph_error_get_cause (error));
  g_assert_cmpstr (ph_error_get_cause (copy), ==, ph_error_get_cause (error));
  words = ph_plat_dup_cause_words (ph_error_get_cause (error), FALSE);
  g_assert_cmpstr (words, ==, error->message);
  g_assert_null (ph_error_get_cause (other));
  g_assert_null (ph_plat_dup_cause_words ("no-such-cause", TRUE));
  g_assert_null (ph_plat_dup_cause_words ("", FALSE));
}

/* Outside a sandbox administrator rights help; inside, nothing that the user could do there does. */
static void
test_a_denied_port_tells_what_helps_where_the_program_runs (void)
{
  const char *outside = ph_error_hint (PH_ERROR_DENIED, 80, FALSE);
  const char *inside = ph_error_hint (PH_ERROR_DENIED, 80, TRUE);

  if (!ph_plat_has_privileged_ports ())
    {
      g_assert_null (strstr (outside, "1023"));
      g_assert_null (strstr (outside, "administrator"));
      return;
    }
  g_assert_nonnull (strstr (outside, "1023"));
  g_assert_nonnull (strstr (outside, "administrator"));
  g_assert_null (strstr (outside, "sandbox"));
  g_assert_nonnull (strstr (inside, "1023"));
  g_assert_null (strstr (inside, "administrator"));
  g_assert_nonnull (strstr (inside, "without a sandbox"));
  for (int sandboxed = FALSE; sandboxed <= TRUE; sandboxed++)
    {
      g_assert_null (strstr (ph_error_hint (PH_ERROR_DENIED, 1024, sandboxed), "1023"));
      g_assert_null (strstr (ph_error_hint (PH_ERROR_DENIED, 0, sandboxed), "1023"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/error/every-cause-has-words", test_every_cause_has_words);
  g_test_add_func ("/error/every-cause-has-a-stable-id-of-its-own", test_every_cause_has_a_stable_id_of_its_own);
  g_test_add_func ("/error/an-error-of-the-system-has-a-name-and-words", test_an_error_of_the_system_has_a_name_and_words);
  g_test_add_func ("/error/a-denied-port-tells-what-helps-where-the-program-runs",
                   test_a_denied_port_tells_what_helps_where_the_program_runs);
  g_test_add_func ("/error/a-code-is-found-by-its-id", test_a_code_is_found_by_its_id);
  g_test_add_func ("/error/only-want-of-the-systems-means-is-of-the-moment", test_only_want_of_the_systems_means_is_of_the_moment);

  return g_test_run ();
}
