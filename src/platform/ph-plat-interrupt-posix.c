/* ph-plat-interrupt-posix.c: SIGINT, SIGTERM and SIGHUP, waited for by a thread of their own
 *
 * A thread, because the main thread may be waiting for a disk when the second request comes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-plat-interrupt.h"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

static PhInterruptFunc wanted;
static const int asked_by[] = { SIGINT, SIGTERM, SIGHUP };
static pthread_t waiter;
static int request; /* atomic: the number of the last signal */

/* What is ignored at the start stays so: nohup has SIGHUP ignored, and a shell without job control SIGINT in the background. */
static gboolean
is_ignored (int number)
{
  struct sigaction action;

  return sigaction (number, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

static void
fill (sigset_t *signals)
{
  sigemptyset (signals);
  for (gsize i = 0; i < G_N_ELEMENTS (asked_by); i++)
    if (!is_ignored (asked_by[i]))
      sigaddset (signals, asked_by[i]);
}

static void *
wait_for_signals (void *data)
{
  sigset_t signals;
  int number;

  fill (&signals);
  sigwait (&signals, &number);
  g_atomic_int_set (&request, number);
  wanted (data);

  /* A second request ends the program at once. When a terminal is closed, SIGHUP may come twice: from the shell and from the system. */
  sigdelset (&signals, SIGHUP);
  sigwait (&signals, &number);
  g_atomic_int_set (&request, number);
  ph_plat_interrupt_end ();
}

/* Hands a signal over to the thread, which has it blocked. The other threads have not: a program that they start would begin with the
 * same mask, and could not be ended. */
static void
caught_cb (int number)
{
  pthread_kill (waiter, number);
}

/**
 * ph_plat_interrupt_prepare:
 *
 * From then on a request waits for ph_plat_interrupt_watch(), and a write to a closed pipe is an error and not a signal. Main thread.
 */
void
ph_plat_interrupt_prepare (void)
{
  sigset_t signals;

  fill (&signals);
  pthread_sigmask (SIG_BLOCK, &signals, NULL);
  signal (SIGPIPE, SIG_IGN);
}

/**
 * ph_plat_interrupt_watch:
 * @func: called when the program is asked to end, once, on another thread
 * @data: for @func; lives as long as the program
 *
 * Once, after ph_plat_interrupt_prepare() and on the same thread. A second request ends the program at once.
 */
void
ph_plat_interrupt_watch (PhInterruptFunc func, gpointer data)
{
  const struct sigaction action = { .sa_handler = caught_cb, .sa_flags = SA_RESTART };
  sigset_t signals;

  wanted = func;
  fill (&signals);
  /* Without the thread a signal ends the program as it ends any other. */
  if (pthread_create (&waiter, NULL, wait_for_signals, data) == 0)
    for (gsize i = 0; i < G_N_ELEMENTS (asked_by); i++)
      if (sigismember (&signals, asked_by[i]))
        sigaction (asked_by[i], &action, NULL);
  pthread_sigmask (SIG_UNBLOCK, &signals, NULL);
}

/**
 * ph_plat_interrupt_end:
 *
 * Ends the program at once, as it was asked to. Its exit status is what a shell gives to a program that was ended by the signal. Any
 * thread.
 */
void
ph_plat_interrupt_end (void)
{
  _exit (128 + g_atomic_int_get (&request));
}
