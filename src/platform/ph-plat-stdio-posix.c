/* ph-plat-stdio-posix.c: standard input, output and error are descriptors, and terminals speak for themselves
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-plat-private.h"
#include "ph-plat-stdio.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

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
  (void) window;
  /* Where one of the three was closed, what is opened next would get its number: a socket, or a capture, and the log would
   * go there. What holds the place is open the wrong way round, so using it is still an error. */
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
    if (fcntl (fd, F_GETFD) < 0 && errno == EBADF)
      open ("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

/* Whether to repeat a call after this errno. Waits if the descriptor is non-blocking, as the parent process may have made it. */
static gboolean
may_retry (int fd, GIOCondition wanted, int code)
{
  GPollFD poll = { .fd = fd, .events = (gushort) wanted };

  if (code == EAGAIN)
    g_poll (&poll, 1, -1);

  return code == EAGAIN || code == EINTR;
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
  gssize got;

  do
    got = read (STDIN_FILENO, buffer, size);
  while (got < 0 && may_retry (STDIN_FILENO, G_IO_IN, errno));

  return got;
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
  gsize done = 0;

  while (done < length)
    {
      gssize n = write (STDOUT_FILENO, bytes + done, length - done);

      if (n >= 0)
        done += (gsize) n;
      else if (!may_retry (STDOUT_FILENO, G_IO_OUT, errno))
        {
          g_autoptr (GError) why = NULL;
          int code = errno;

          ph_plat_set_errno (&why, PH_OPERATION_FILE, code);
          g_set_error_literal (error, G_FILE_ERROR, (gint) g_file_error_from_errno (code), why->message);
          return FALSE;
        }
    }

  return TRUE;
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
  g_printerr ("%s: %s\n", g_get_prgname (), words);
}
