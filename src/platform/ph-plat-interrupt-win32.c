/* ph-plat-interrupt-win32.c: Ctrl+C, Ctrl+Break, and the console, the session or the system that is being closed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-plat-interrupt.h"

#include <windows.h>

static struct
{
  PhInterruptFunc func;
  gpointer data;
  int requests; /* atomic */
} watch;

/* On a thread of the system. */
static BOOL WINAPI
interrupted (DWORD event)
{
  /* A second request ends the program at once. */
  if (g_atomic_int_add (&watch.requests, 1) > 0)
    ph_plat_interrupt_end ();
  watch.func (watch.data);
  /* When a console is closed, the process ends with the return of this function: the end has to come from the main
   * thread before. The system waits a few seconds. */
  if (event != CTRL_C_EVENT && event != CTRL_BREAK_EVENT)
    Sleep (INFINITE);

  return TRUE;
}

/**
 * ph_plat_interrupt_prepare:
 *
 * Before any thread begins. Nothing has to be done here: writing to a closed pipe is an error on Windows anyway.
 */
void
ph_plat_interrupt_prepare (void)
{
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
  watch.func = func;
  watch.data = data;
  SetConsoleCtrlHandler (interrupted, TRUE);
}

/**
 * ph_plat_interrupt_end:
 *
 * Ends the program at once, as it was asked to. Its exit status is what the system gives to a program that was ended by Ctrl+C. Any
 * thread.
 */
void
ph_plat_interrupt_end (void)
{
  TerminateProcess (GetCurrentProcess (), (UINT) STATUS_CONTROL_C_EXIT);
  g_assert_not_reached ();
}
