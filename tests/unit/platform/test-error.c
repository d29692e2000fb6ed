/* test-error.c: every cause of failure has words, and a hint that helps where the program runs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-plat-cause.h"
#include "ph-plat-file.h"
#include "ph-plat-private.h"

#include <errno.h>
#include <string.h>

#ifdef _WIN32
#define PH_EXAMPLE_CAUSE "win32 2"
#else
#define PH_EXAMPLE_CAUSE "ENOENT"
#endif

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
  static const PhError momentary[] = { PH_ERROR_WOULD_BLOCK, PH_ERROR_NO_MEMORY, PH_ERROR_NO_DESCRIPTORS, PH_ERROR_SEND_QUEUE,
                                       PH_ERROR_SYSTEM_FILES };

  for (PhError code = PH_ERROR_NONE; code <= PH_ERROR_LAST; code++)
    {
      gboolean listed = FALSE;

      for (gsize i = 0; i < G_N_ELEMENTS (momentary); i++)
        listed = listed || momentary[i] == code;
      g_assert_cmpint (ph_error_is_momentary (code), ==, listed);
    }
}

/* What the user can do is a part of the answer; nothing can be done about these. */
static void
test_every_cause_has_a_hint (void)
{
  static const PhError without[] = { PH_ERROR_WOULD_BLOCK, PH_ERROR_CANCELLED, PH_ERROR_INVALID, PH_ERROR_NOT_OPEN, PH_ERROR_LIMIT,
                                     PH_ERROR_NO_INTERFACE };

  for (PhError code = PH_ERROR_IN_USE; code <= PH_ERROR_LAST; code++)
    {
      gboolean none = FALSE;

      for (gsize i = 0; i < G_N_ELEMENTS (without); i++)
        none |= without[i] == code;
      g_assert_true ((ph_error_hint (code, 0, FALSE) == NULL) == none);
    }
}

/* Captures of older programs have the system's names. */
static void
test_a_name_of_the_system_has_words (void)
{
  g_autofree char *words = ph_plat_dup_cause_words (PH_EXAMPLE_CAUSE, TRUE);

  g_assert_cmpstr (words, ==, "there is no such file or folder");
  g_assert_null (ph_plat_dup_cause_words ("no-such-cause", TRUE));
  g_assert_null (ph_plat_dup_cause_words ("", FALSE));
}

static void
test_an_error_keeps_its_cause_when_it_is_copied (void)
{
  g_autoptr (GError) error = NULL, copy = NULL, other = g_error_new_literal (PH_ERROR, PH_ERROR_DENIED, "no");

  ph_error_set (&error, PH_ERROR_INVALID, "no-remote-port", "why");
  copy = g_error_copy (error);
  g_prefix_error (&copy, "prefix: ");
  g_assert_cmpstr (ph_error_get_cause (error), ==, "no-remote-port");
  g_assert_cmpstr (ph_error_get_cause (copy), ==, "no-remote-port");
  g_assert_null (ph_error_get_cause (other));
}

#ifndef _WIN32
/* What the manual pages of socket, bind, connect, listen, accept, send, recv, epoll, eventfd, timerfd_create, setsockopt, open, flock,
 * write, pread, fsync, ftruncate, mmap and rename name. */
static const int named[] = { EACCES, EADDRINUSE, EADDRNOTAVAIL, EAFNOSUPPORT, EAGAIN, EALREADY, EBADF, EBUSY, ECONNABORTED, ECONNREFUSED,
                             ECONNRESET, EDESTADDRREQ, EDOM, EDQUOT, EEXIST, EFAULT, EFBIG, EHOSTDOWN, EHOSTUNREACH, EINPROGRESS, EINTR,
                             EINVAL, EIO, EISCONN, EISDIR, ELOOP, EMFILE, EMSGSIZE, ENAMETOOLONG, ENETDOWN, ENETRESET, ENETUNREACH, ENFILE,
                             ENOBUFS, ENODEV, ENOENT, ENOLCK, ENOMEM, ENOPROTOOPT, ENOSPC, ENOSYS, ENOTCONN, ENOTDIR, ENOTSOCK, ENXIO,
                             EOPNOTSUPP, EOVERFLOW, EPERM, EPIPE, EPROTO, EPROTONOSUPPORT, EPROTOTYPE, EROFS, ESPIPE, ESTALE, ETIMEDOUT,
                             ETXTBSY };

static void
test_every_errno_that_a_call_names_has_words (void)
{
  for (PhOperation operation = 0; operation <= PH_OPERATION_LAST; operation++)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (named); i++)
        {
          PhError code = ph_plat_error_from_errno (operation, named[i]);

          g_assert_cmpint (code, !=, PH_ERROR_FAILED);
          g_assert_true (code == PH_ERROR_WOULD_BLOCK || ph_error_why (code) != NULL);
        }
      for (int number = 1; number < 200; number++)
        {
          g_autoptr (GError) error = NULL;
          g_autofree char *name = g_strdup_printf ("errno %d", number);

          ph_plat_set_errno (&error, operation, number);
          g_assert_cmpstr (error->message, !=, NULL);
          if (error->code == PH_ERROR_FAILED)
            g_assert_cmpstr (ph_error_get_cause (error), ==, name);
        }
    }
}

static void
test_one_number_means_different_things_to_different_calls (void)
{
  static const struct
  {
    PhOperation operation;
    int number;
    PhError code;
  } cases[] = {
    { PH_OPERATION_WATCH, ENOSPC, PH_ERROR_WATCH_LIMIT },      { PH_OPERATION_FILE, ENOSPC, PH_ERROR_NO_SPACE },
    { PH_OPERATION_BIND, EACCES, PH_ERROR_DENIED },            { PH_OPERATION_FILE, EACCES, PH_ERROR_FILE_DENIED },
    { PH_OPERATION_SEND_TO, EPERM, PH_ERROR_FORBIDDEN },       { PH_OPERATION_BIND, EADDRNOTAVAIL, PH_ERROR_NOT_LOCAL },
    { PH_OPERATION_CONNECT, EADDRNOTAVAIL, PH_ERROR_NO_PORT }, { PH_OPERATION_SEND_TO, ENOBUFS, PH_ERROR_SEND_QUEUE },
    { PH_OPERATION_ACCEPT, ENOBUFS, PH_ERROR_NO_MEMORY },      { PH_OPERATION_SOCKET, EMFILE, PH_ERROR_NO_DESCRIPTORS },
    { PH_OPERATION_SOCKET, ENFILE, PH_ERROR_SYSTEM_FILES },    { PH_OPERATION_FILE, EAGAIN, PH_ERROR_BUSY },
    { PH_OPERATION_RECEIVE, EAGAIN, PH_ERROR_WOULD_BLOCK },    { PH_OPERATION_WATCH, EEXIST, PH_ERROR_INTERNAL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (ph_plat_error_from_errno (cases[i].operation, cases[i].number), ==, cases[i].code);
}
#endif

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
  g_test_add_func ("/error/every-cause-has-a-hint", test_every_cause_has_a_hint);
  g_test_add_func ("/error/a-name-of-the-system-has-words", test_a_name_of_the_system_has_words);
  g_test_add_func ("/error/an-error-keeps-its-cause-when-it-is-copied", test_an_error_keeps_its_cause_when_it_is_copied);
#ifndef _WIN32
  g_test_add_func ("/error/every-errno-that-a-call-names-has-words", test_every_errno_that_a_call_names_has_words);
  g_test_add_func ("/error/one-number-means-different-things-to-different-calls",
                   test_one_number_means_different_things_to_different_calls);
#endif
  g_test_add_func ("/error/a-denied-port-tells-what-helps-where-the-program-runs",
                   test_a_denied_port_tells_what_helps_where_the_program_runs);
  g_test_add_func ("/error/a-code-is-found-by-its-id", test_a_code_is_found_by_its_id);
  g_test_add_func ("/error/only-want-of-the-systems-means-is-of-the-moment", test_only_want_of_the_systems_means_is_of_the_moment);

  return g_test_run ();
}
