/* test-error.c: every cause of failure has words, and a hint that helps where the program runs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-plat.h"

#include <string.h>

static void
test_every_cause_has_words (void)
{
  for (PhError code = PH_ERROR_IN_USE; code <= PH_ERROR_LIMIT; code++)
    if (code != PH_ERROR_WOULD_BLOCK && code != PH_ERROR_INVALID)
      g_assert_nonnull (ph_error_why (code));
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
  g_test_add_func ("/error/a-denied-port-tells-what-helps-where-the-program-runs",
                   test_a_denied_port_tells_what_helps_where_the_program_runs);

  return g_test_run ();
}
