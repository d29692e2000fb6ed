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

static LRESULT CALLBACK
session_proc (HWND window, UINT message, WPARAM ends, LPARAM why)
{
  switch (message)
    {
    case WM_QUERYENDSESSION:
      return TRUE;
    case WM_ENDSESSION:
      if (ends)
        interrupted (CTRL_LOGOFF_EVENT);
      return 0;
    case WM_CLOSE: /* by taskkill */
      interrupted (CTRL_C_EVENT);
      return 0;
    default:
      return DefWindowProcW (window, message, ends, why);
    }
}

/* To a program with user32.dll in it, as GLib brings it in, the system says only by messages to its windows that the session ends. This
 * one is never shown. It has a thread of its own, because the main thread has to end the program before the message has been answered. */
static gpointer
watch_session (gpointer data)
{
  const WNDCLASSW kind = {
    .lpfnWndProc = session_proc, .hInstance = GetModuleHandleW (NULL), .lpszClassName = L"PortholeSession"
  };
  MSG message;

  if (RegisterClassW (&kind) == 0 ||
      CreateWindowW (kind.lpszClassName, L"", WS_OVERLAPPED, 0, 0, 0, 0, NULL, NULL, kind.hInstance, NULL) == NULL)
    return NULL;
  while (GetMessageW (&message, NULL, 0, 0) > 0)
    DispatchMessageW (&message);

  return NULL;
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
  GThread *thread;

  watch.func = func;
  watch.data = data;
  SetConsoleCtrlHandler (interrupted, TRUE);
  thread = g_thread_try_new ("session", watch_session, NULL, NULL);
  g_clear_pointer (&thread, g_thread_unref);
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
