/* test-interrupt-posix.c: a signal asks the program to end, a second one ends it, and what was ignored at the start stays so
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-plat-interrupt.h"

#include <glib.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };
static int requests; /* atomic */

static void
asked_cb (gpointer data)
{
  g_atomic_int_inc (&requests);
}

static void
wait_for_request (void)
{
  while (g_atomic_int_get (&requests) == 0)
    g_usleep (100);
}

static void
set_all (void (*action) (int))
{
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    signal (numbers[i], action);
}

static void
watch (void)
{
  ph_plat_interrupt_prepare ();
  ph_plat_interrupt_watch (asked_cb, NULL);
}

/* Runs @func in a process of its own. Returns the status of waitpid(). */
static int
run (void (*func) (int number), int number)
{
  pid_t pid = fork ();
  int status = -1;

  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      set_all (SIG_DFL);
      func (number);
      _exit (0);
    }
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);

  return status;
}

static void
ask_once (int number)
{
  watch ();
  kill (getpid (), number);
  wait_for_request ();
  g_assert_cmpint (g_atomic_int_get (&requests), ==, 1);
}

static void
test_each_signal_asks_and_ends_nothing (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    g_assert_cmpint (run (ask_once, numbers[i]), ==, 0);
}

static void
ask_early (int number)
{
  ph_plat_interrupt_prepare ();
  kill (getpid (), number);
  ph_plat_interrupt_watch (asked_cb, NULL);
  wait_for_request ();
}

static void
test_a_signal_between_the_two_calls_waits (void)
{
  g_assert_cmpint (run (ask_early, SIGINT), ==, 0);
}

/* The main thread does nothing about the first one. */
static void
ask_twice (int number)
{
  watch ();
  kill (getpid (), SIGTERM);
  wait_for_request ();
  kill (getpid (), number);
  for (;;)
    pause ();
}

static void
test_a_second_signal_ends_it_at_once (void)
{
  int status = run (ask_twice, SIGINT);

  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), !=, 0);
}

/* A signal to oneself is delivered before kill() returns. */
static void
ask_in_vain (int number)
{
  set_all (SIG_IGN);
  watch ();
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    kill (getpid (), numbers[i]);
  g_assert_cmpint (g_atomic_int_get (&requests), ==, 0);
}

static void
test_what_is_ignored_at_the_start_stays_so (void)
{
  g_assert_cmpint (run (ask_in_vain, 0), ==, 0);
}

static void
start_another (int number)
{
  char *argv[] = { (char *) "sh", (char *) "-c", (char *) "kill -TERM $$; exit 7", NULL };
  int status = 0;

  watch ();
  g_assert_true (g_spawn_sync (NULL, argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, NULL));
  g_assert_true (WIFSIGNALED (status));
}

static void
test_a_program_that_it_starts_can_be_ended (void)
{
  g_assert_cmpint (run (start_another, 0), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/interrupt/each-signal-asks-and-ends-nothing", test_each_signal_asks_and_ends_nothing);
  g_test_add_func ("/interrupt/a-signal-between-the-two-calls-waits", test_a_signal_between_the_two_calls_waits);
  g_test_add_func ("/interrupt/a-second-signal-ends-it-at-once", test_a_second_signal_ends_it_at_once);
  g_test_add_func ("/interrupt/what-is-ignored-at-the-start-stays-so", test_what_is_ignored_at_the_start_stays_so);
  g_test_add_func ("/interrupt/a-program-that-it-starts-can-be-ended", test_a_program_that_it_starts_can_be_ended);

  return g_test_run ();
}
