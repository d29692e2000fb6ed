/* test-stdin-win32.c: pipes that give nothing for a moment are not at their end
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-plat-stdio.h"

#include <string.h>
#include <windows.h>

#define NAME L"\\\\.\\pipe\\porthole-test-stdin"

static void
assert_reads (const char *expected)
{
  guint8 buffer[64];
  gssize got = ph_plat_stdio_read (buffer, sizeof buffer);

  g_assert_cmpint (got, >=, 0);
  g_assert_cmpmem (buffer, got, expected, strlen (expected));
}

static void
write_to (HANDLE pipe, const char *text)
{
  DWORD n;

  g_assert_true (WriteFile (pipe, text, (DWORD) strlen (text), &n, NULL));
}

static gpointer
write_late (gpointer data)
{
  Sleep (50);
  write_to (data, "late");
  CloseHandle (data);

  return NULL;
}

static void
test_no_wait (void)
{
  HANDLE reader, writer;
  DWORD mode = PIPE_NOWAIT;
  GThread *thread;

  g_assert_true (CreatePipe (&reader, &writer, NULL, 0));
  g_assert_true (SetNamedPipeHandleState (reader, &mode, NULL, NULL));
  SetStdHandle (STD_INPUT_HANDLE, reader);
  thread = g_thread_new ("late", write_late, writer);
  assert_reads ("late");
  assert_reads ("");
  g_thread_join (thread);
  CloseHandle (reader);
}

static void
test_nothing_written (void)
{
  HANDLE reader = CreateNamedPipeW (NAME, PIPE_ACCESS_INBOUND, PIPE_TYPE_MESSAGE, 1, 4096, 4096, 0, NULL);
  HANDLE writer = CreateFileW (NAME, GENERIC_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);
  GThread *thread;

  g_assert_true (reader != INVALID_HANDLE_VALUE && writer != INVALID_HANDLE_VALUE);
  SetStdHandle (STD_INPUT_HANDLE, reader);
  write_to (writer, "");
  thread = g_thread_new ("late", write_late, writer);
  assert_reads ("late");
  assert_reads ("");
  g_thread_join (thread);
  CloseHandle (reader);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/stdin/a-pipe-that-was-made-not-to-wait-is-waited-for", test_no_wait);
  g_test_add_func ("/stdin/nothing-written-to-a-pipe-is-not-its-end", test_nothing_written);

  return g_test_run ();
}
