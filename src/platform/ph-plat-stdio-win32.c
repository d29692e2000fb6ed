/* ph-plat-stdio-win32.c: consoles in UTF-16, pipes and files in bytes, and message boxes where there is neither
 *
 * A program with a window has no console: what it says goes to the pipe or file that it was given, else to the console
 * it was started from, else into a message box.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-plat-stdio.h"

#include <glib/gi18n.h>
#include <windows.h>

#define CONSOLE_AT_ONCE 4096 /* UTF-16 units: more than some consoles take in one call fails */

static gboolean has_window;
static GLogLevelFlags fatal; /* the levels of messages after which GLib ends the process */
static GString *unfinished; /* of standard output: the bytes of a character whose rest has not come yet */

static gboolean
is_console (HANDLE handle)
{
  DWORD mode;

  return GetConsoleMode (handle, &mode);
}

/* A program with a window may inherit handles that are not valid. */
static gboolean
is_there (HANDLE handle)
{
  return handle != NULL && handle != INVALID_HANDLE_VALUE && GetFileType (handle) != FILE_TYPE_UNKNOWN;
}

/* ---- reading ---- */

/* What was read from a console and not returned yet. For the reading thread only. */
static struct
{
  WCHAR held;       /* 0, or what may belong to the next unit: half of a character or of a line end */
  gboolean in_line; /* what comes next does not begin a line */
} typed;

/* The units of one line, or as much of it as fits. 0 at the end. */
static DWORD
read_units (HANDLE console, WCHAR *units, DWORD size)
{
  for (;;)
    {
      DWORD n = 0;

      SetLastError (ERROR_SUCCESS);
      if (!ReadConsoleW (console, units, size, &n, NULL))
        return 0;
      /* Ctrl+C ends a read, but not the input. */
      if (n > 0 || GetLastError () != ERROR_OPERATION_ABORTED)
        return n;
    }
}

/* CR LF becomes LF. Returns how many units are left. */
static DWORD
unify_line_ends (WCHAR *units, DWORD n)
{
  DWORD kept = 0;

  for (DWORD i = 0; i < n; i++)
    if (units[i] != '\r' || i + 1 == n || units[i + 1] != '\n')
      units[kept++] = units[i];

  return kept;
}

/* Ctrl+Z at the beginning of a line ends the input, as everywhere on Windows. */
static gboolean
is_end (const WCHAR *units, DWORD n)
{
  return n == 0 || (!typed.in_line && units[0] == 0x1A);
}

static gssize
read_console (HANDLE console, guint8 *buffer, gsize size)
{
  /* Each unit becomes at most three bytes. */
  DWORD room = (DWORD) MIN (size / 3, CONSOLE_AT_ONCE);
  g_autofree WCHAR *units = g_new (WCHAR, room);
  DWORD n = 0;

  while (n == 0)
    {
      DWORD from = typed.held != 0 ? 1 : 0;

      units[0] = typed.held;
      n = read_units (console, units + from, room - from);
      if (is_end (units + from, n))
        return 0;
      n += from;
      typed.held = units[n - 1] == '\r' || IS_HIGH_SURROGATE (units[n - 1]) ? units[--n] : 0;
    }
  typed.in_line = units[n - 1] != '\n';
  n = unify_line_ends (units, n);

  return WideCharToMultiByte (CP_UTF8, 0, units, (int) n, (char *) buffer, (int) size, NULL, NULL);
}

/* Whether a read of 0 bytes was not the end: an empty write to a pipe, or an empty pipe that is non-blocking. */
static gboolean
may_retry (HANDLE input, DWORD code)
{
  if (code == ERROR_NO_DATA)
    Sleep (10);

  return code == ERROR_NO_DATA || (code == ERROR_SUCCESS && GetNamedPipeInfo (input, NULL, NULL, NULL, NULL));
}

/**
 * ph_plat_stdio_read:
 * @buffer: (out caller-allocates): where to
 * @size: of @buffer, at least 64
 *
 * Waits for standard input. One thread at a time.
 *
 * Returns: how many bytes there were; 0 at the end, -1 where it cannot be read
 */
gssize
ph_plat_stdio_read (guint8 *buffer, gsize size)
{
  HANDLE input = GetStdHandle (STD_INPUT_HANDLE);
  DWORD n = 0, code;

  if (is_console (input))
    return read_console (input, buffer, size);
  do
    code = ReadFile (input, buffer, (DWORD) MIN (size, G_MAXINT), &n, NULL) ? ERROR_SUCCESS : GetLastError ();
  while (n == 0 && may_retry (input, code));
  if (n > 0 || code == ERROR_SUCCESS)
    return n;

  return code == ERROR_BROKEN_PIPE ? 0 : -1;
}

/* ---- writing ---- */

/* How many bytes at the end are the beginning of a character. */
static gsize
unfinished_tail (const char *text, gsize length)
{
  for (gsize n = 1; n <= MIN (length, 3); n++)
    {
      const char *at = text + length - n;

      if (((guint8) *at & 0xC0) != 0x80)
        return g_utf8_get_char_validated (at, (gssize) n) == (gunichar) -2 ? n : 0;
    }

  return 0;
}

/* What is no UTF-8 is shown as U+FFFD. */
static gboolean
write_console (HANDLE console, const char *text, gsize length)
{
  int n = MultiByteToWideChar (CP_UTF8, 0, text, (int) length, NULL, 0);
  g_autofree WCHAR *units = g_new (WCHAR, n);
  int done = 0;

  MultiByteToWideChar (CP_UTF8, 0, text, (int) length, units, n);
  while (done < n)
    {
      int now = MIN (n - done, CONSOLE_AT_ONCE);
      DWORD written;

      if (now > 1 && IS_HIGH_SURROGATE (units[done + now - 1]))
        now--;
      if (!WriteConsoleW (console, units + done, (DWORD) now, &written, NULL))
        return FALSE;
      done += now;
    }

  return TRUE;
}

static gboolean
write_bytes (HANDLE handle, const char *bytes, gsize length)
{
  gsize done = 0;
  DWORD at_once = G_MAXINT;

  while (done < length)
    {
      DWORD n = 0;

      if (!WriteFile (handle, bytes + done, (DWORD) MIN (length - done, at_once), &n, NULL))
        return FALSE;
      done += n;
      if (n > 0)
        continue;
      /* A full pipe that is non-blocking takes nothing, and there is no way to wait until it does. */
      at_once = 512;
      Sleep (10);
    }

  return TRUE;
}

static gboolean
write_output (HANDLE output, const char *bytes, gsize length)
{
  gsize tail;
  gboolean written;

  if (!is_console (output))
    return write_bytes (output, bytes, length);
  if (unfinished == NULL)
    unfinished = g_string_new (NULL);
  g_string_append_len (unfinished, bytes, (gssize) length);
  tail = unfinished_tail (unfinished->str, unfinished->len);
  written = write_console (output, unfinished->str, unfinished->len - tail);
  g_string_erase (unfinished, 0, (gssize) (unfinished->len - tail));

  return written;
}

static gboolean
is_closed (DWORD code)
{
  return code == ERROR_BROKEN_PIPE || code == ERROR_NO_DATA || code == ERROR_PIPE_NOT_CONNECTED;
}

/**
 * ph_plat_stdio_write:
 * @bytes: what goes to standard output
 * @length: of @bytes
 * @error: a #GFileError; %G_FILE_ERROR_PIPE where nobody reads any more
 *
 * Writes all of it; waits while a pipe is full. One thread at a time.
 *
 * Returns: whether it was written
 */
gboolean
ph_plat_stdio_write (const char *bytes, gsize length, GError **error)
{
  g_autofree char *why = NULL;
  DWORD code;

  if (length == 0 || write_output (GetStdHandle (STD_OUTPUT_HANDLE), bytes, length))
    return TRUE;
  code = GetLastError ();
  why = g_win32_error_message ((int) code);
  g_set_error_literal (error, G_FILE_ERROR, is_closed (code) ? G_FILE_ERROR_PIPE : G_FILE_ERROR_FAILED, why);

  return FALSE;
}

/* ---- words ---- */

static void
show_box (const char *words, UINT icon)
{
  g_autofree gunichar2 *text = g_utf8_to_utf16 (words, -1, NULL, NULL, NULL);
  g_autofree gunichar2 *title = g_utf8_to_utf16 (g_get_application_name (), -1, NULL, NULL, NULL);

  if (text != NULL)
    MessageBoxW (NULL, text, title, MB_OK | MB_SETFOREGROUND | icon);
}

/* The console of whoever started a program with a window; it has printed its next prompt already. */
static HANDLE
parent_console (void)
{
  static HANDLE console;

  if (console == NULL)
    {
      console = INVALID_HANDLE_VALUE;
      if (AttachConsole (ATTACH_PARENT_PROCESS))
        console = CreateFileW (L"CONOUT$", GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL,
                               OPEN_EXISTING, 0, NULL);
      if (is_there (console))
        write_console (console, "\n", 1);
    }

  return console;
}

/* FALSE if there is nothing to write to. */
static gboolean
say (DWORD which, const char *words)
{
  HANDLE handle = GetStdHandle (which);

  if (!is_there (handle) && has_window)
    handle = parent_console ();
  if (!is_there (handle))
    return FALSE;

  if (is_console (handle))
    write_console (handle, words, strlen (words));
  else
    write_bytes (handle, words, strlen (words));

  return TRUE;
}

static void
print_cb (const char *words)
{
  if (!say (STD_OUTPUT_HANDLE, words) && has_window)
    show_box (words, MB_ICONINFORMATION);
}

static void
printerr_cb (const char *words)
{
  if (!say (STD_ERROR_HANDLE, words) && has_window)
    show_box (words, MB_ICONERROR);
}

/**
 * ph_plat_stdio_alert:
 * @words: a translated sentence or two, without a line end
 *
 * Tells the user why the program cannot go on. Without a console, pipe or file to write to, this opens a message box and waits until it
 * is closed.
 */
void
ph_plat_stdio_alert (const char *words)
{
  g_autofree char *line = g_strdup_printf ("%s: %s\n", g_get_prgname (), words);

  say (STD_ERROR_HANDLE, line);
  if (has_window)
    show_box (words, MB_ICONERROR);
}

/* ---- fatal messages of GLib ---- */

static const char *
message_of (const GLogField *fields, gsize n_fields)
{
  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, "MESSAGE"))
      return fields[i].value;

  return "";
}

/* After an error GLib says that it does not know what happened, and aborts. */
static GLogWriterOutput
log_cb (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  if (level & (G_LOG_FLAG_FATAL | fatal))
    {
      g_autofree char *words = g_strdup_printf (_("Porthole has to end: %s"), message_of (fields, n_fields));

      g_log_writer_standard_streams (level, fields, n_fields, data);
      show_box (words, MB_ICONERROR);
      TerminateProcess (GetCurrentProcess (), 3);
    }

  return g_log_writer_default (level, fields, n_fields, data);
}

/**
 * ph_plat_stdio_init:
 * @window: whether the program has a window, and maybe nothing else to say words on
 *
 * To be called first, after the locale and the names of the program are set. From then on g_print() and g_printerr() reach whoever
 * started the program.
 */
void
ph_plat_stdio_init (gboolean window)
{
  has_window = window;
  g_set_print_handler (print_cb);
  g_set_printerr_handler (printerr_cb);
  if (!window)
    return;
  fatal = g_log_set_always_fatal (G_LOG_LEVEL_ERROR);
  g_log_set_always_fatal (fatal);
  g_log_set_writer_func (log_cb, NULL, NULL);
}
