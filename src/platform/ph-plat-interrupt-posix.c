/* ph-plat-interrupt-posix.c: SIGINT, SIGTERM and SIGHUP, waited for by a thread of their own
 *
 * A thread, because the main thread may be waiting for a disk when the second request comes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-plat-interrupt.h"

#include <signal.h>
#include <unistd.h>

static PhInterruptFunc wanted;
static int request; /* atomic: the number of the last signal */

/* As nohup has it: then the program goes on when its terminal is gone. One that is blocked would come all the same. */
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
  sigaddset (signals, SIGINT);
  sigaddset (signals, SIGTERM);
  if (!is_ignored (SIGHUP))
    sigaddset (signals, SIGHUP);
}

static gpointer
wait_for_signals (gpointer data)
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

/**
 * ph_plat_interrupt_prepare:
 *
 * To be called before any thread is started, as threads inherit the signal mask. From then on a write to a closed pipe is an error and
 * not a signal.
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
 * Once, after ph_plat_interrupt_prepare(). A second request ends the program at once.
 */
void
ph_plat_interrupt_watch (PhInterruptFunc func, gpointer data)
{
  wanted = func;
  g_thread_unref (g_thread_new ("signals", wait_for_signals, data));
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
