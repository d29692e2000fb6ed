/* ph-plat-file-posix.c: files that one program writes while it reads them itself
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-plat-file.h"
#include "ph-plat-private.h"
#include "ph-thread.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

static PhFile
fail (int fd, GError **error)
{
  int code = errno;

  if (fd >= 0)
    close (fd);
  ph_plat_set_errno (error, PH_OPERATION_FILE, code);

  return PH_FILE_NONE;
}

/**
 * ph_plat_file_create:
 * @path: (type filename): a file that does not exist
 *
 * For reading and writing; only the user may read it. Until it is closed, or the program ends, ph_plat_file_has_writer() is %TRUE for
 * others. Any thread.
 *
 * Returns: a file, or %PH_FILE_NONE
 */
PhFile
ph_plat_file_create (const char *path, GError **error)
{
  int fd = open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

  if (fd < 0)
    return fail (fd, error);
  /* The file is new: only ph_plat_file_has_writer() can hold the lock, and not for long. On a file system without locks the
   * exclusive name has to be enough. */
  while (flock (fd, LOCK_EX) != 0 && errno == EINTR)
    continue;

  return fd;
}

/**
 * ph_plat_file_reopen:
 * @path: (type filename): a file that this program has created and closed
 *
 * To go on writing it, as after ph_plat_file_create(). Waits for nobody. Any thread.
 *
 * Returns: a file, or %PH_FILE_NONE
 */
PhFile
ph_plat_file_reopen (const char *path, GError **error)
{
  int fd = open (path, O_RDWR | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
  struct stat info;

  if (fd < 0 || fstat (fd, &info) != 0)
    return fail (fd, error);
  if (!S_ISREG (info.st_mode))
    {
      ph_error_set (error, PH_ERROR_INVALID, "not-regular-file", _("it is not a regular file"));
      close (fd);
      return PH_FILE_NONE;
    }
  flock (fd, LOCK_EX | LOCK_NB); /* shows the writer to others, who do not keep it from writing */

  return fd;
}

/**
 * ph_plat_file_is_at:
 * @path: (type filename): where @file was created
 *
 * Any thread.
 *
 * Returns: %FALSE if it was moved or removed, or another file is there now
 */
gboolean
ph_plat_file_is_at (PhFile file, const char *path)
{
  struct stat open_one, there;

  return fstat ((int) file, &open_one) == 0 && lstat (path, &there) == 0 && open_one.st_dev == there.st_dev
         && open_one.st_ino == there.st_ino;
}

/**
 * ph_plat_file_open:
 * @path: (type filename): a file
 *
 * For reading, also while others read or write it. Any thread.
 *
 * Returns: a file, or %PH_FILE_NONE
 */
PhFile
ph_plat_file_open (const char *path, GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* else a pipe would wait for its other end */
  struct stat info;

  if (fd < 0 || fstat (fd, &info) != 0)
    return fail (fd, error);
  if (!S_ISREG (info.st_mode))
    {
      ph_error_set (error, PH_ERROR_INVALID, "not-regular-file", _("it is not a regular file"));
      close (fd);
      return PH_FILE_NONE;
    }

  return fd;
}

/**
 * ph_plat_file_open_any:
 * @path: (type filename): a file, a pipe or a device, but no folder
 * @ret_regular: (out): it is a regular file, which has a size, and a place for each byte
 *
 * For reading, also while others read or write it. Does not wait for the other end of a pipe. Any thread.
 *
 * Returns: a file, or %PH_FILE_NONE
 */
PhFile
ph_plat_file_open_any (const char *path, gboolean *ret_regular, GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  struct stat info;

  if (fd < 0 || fstat (fd, &info) != 0)
    return fail (fd, error);
  if (S_ISDIR (info.st_mode))
    {
      errno = EISDIR;
      return fail (fd, error);
    }
  *ret_regular = S_ISREG (info.st_mode);

  return fd;
}

/**
 * ph_plat_file_read_next:
 * @file: from ph_plat_file_open_any(), and not a regular file
 * @buffer: (out caller-allocates): where to
 * @size: of @buffer
 * @wait: ms to wait for the first byte
 *
 * Reads what there is. Any thread, one at a time.
 *
 * Returns: how many bytes; 0 at the end, %PH_FILE_NOTHING_YET when none came in time, -1 with @error set
 */
gssize
ph_plat_file_read_next (PhFile file, gpointer buffer, gsize size, guint wait, GError **error)
{
  struct pollfd poll_fd = { .fd = (int) file, .events = POLLIN };
  gssize got;

  /* A pipe that nobody has opened for writing yet reads as ended, but is not announced. */
  if (poll (&poll_fd, 1, (int) wait) == 0)
    return PH_FILE_NOTHING_YET;
  got = read ((int) file, buffer, size);
  if (got < 0 && (errno == EAGAIN || errno == EINTR))
    return PH_FILE_NOTHING_YET;
  if (got < 0)
    ph_plat_set_errno (error, PH_OPERATION_FILE, errno);

  return got;
}

/**
 * ph_plat_file_close:
 * @file: not valid afterwards
 */
void
ph_plat_file_close (PhFile file)
{
  close ((int) file);
}

/**
 * ph_plat_file_write:
 * @file: a file from ph_plat_file_create()
 * @offset: where to, in bytes; the file grows as far as that takes
 * @bytes: what
 * @length: of @bytes
 * @error: why not; a part may have been written
 *
 * Any thread, one at a time.
 *
 * Returns: whether all of it was written
 */
gboolean
ph_plat_file_write (PhFile file, guint64 offset, gconstpointer bytes, gsize length, GError **error)
{
  const guint8 *at = bytes;

  while (length > 0)
    {
      gssize n = pwrite ((int) file, at, length, (off_t) offset);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        {
          ph_plat_set_errno (error, PH_OPERATION_FILE, n < 0 ? errno : ENOSPC);
          return FALSE;
        }
      at += n;
      offset += (guint64) n;
      length -= (gsize) n;
    }

  return TRUE;
}

/**
 * ph_plat_file_read:
 * @offset: in bytes
 * @buffer: (out caller-allocates): where to
 * @size: of @buffer
 *
 * Any thread.
 *
 * Returns: how many bytes there were: fewer than @size only at the end of the file; -1 with @error set
 */
gssize
ph_plat_file_read (PhFile file, guint64 offset, gpointer buffer, gsize size, GError **error)
{
  gsize got = 0;

  while (got < size)
    {
      gssize n = pread ((int) file, (guint8 *) buffer + got, size - got, (off_t) (offset + got));

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          ph_plat_set_errno (error, PH_OPERATION_FILE, errno);
          return -1;
        }
      if (n == 0)
        break;
      got += (gsize) n;
    }

  return (gssize) got;
}

/**
 * ph_plat_file_size:
 *
 * Any thread.
 *
 * Returns: in bytes; 0 where the system does not tell
 */
guint64
ph_plat_file_size (PhFile file)
{
  struct stat info;

  return fstat ((int) file, &info) == 0 ? (guint64) info.st_size : 0;
}

/**
 * ph_plat_file_next_data:
 * @offset: in bytes
 *
 * Any thread.
 *
 * Returns: @offset, or a later place before which nothing but zeros was ever written, where the system tells; at most the size
 *   of the file
 */
guint64
ph_plat_file_next_data (PhFile file, guint64 offset)
{
  guint64 size = ph_plat_file_size (file);
#ifdef SEEK_DATA
  off_t data = offset < size ? lseek ((int) file, (off_t) offset, SEEK_DATA) : -1;

  if (data >= 0)
    return MIN ((guint64) data, size);
  if (offset < size && errno == ENXIO)
    return size;
#endif

  return MIN (offset, size);
}

/**
 * ph_plat_file_free_space:
 *
 * Any thread.
 *
 * Returns: how many bytes this user may still write beside it; %G_MAXUINT64 where the system does not tell
 */
guint64
ph_plat_file_free_space (PhFile file)
{
  struct statvfs info;

  return fstatvfs ((int) file, &info) == 0 ? (guint64) info.f_bavail * info.f_frsize : G_MAXUINT64;
}

/**
 * ph_plat_file_has_writer:
 * @path: (type filename): a file
 *
 * Any thread.
 *
 * Returns: whether a program, this one included, has it from ph_plat_file_create() and has not closed it
 */
gboolean
ph_plat_file_has_writer (const char *path)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  gboolean locked = fd >= 0 && flock (fd, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;

  if (fd >= 0)
    close (fd);

  return locked;
}

static gpointer
close_thread (gpointer data)
{
  close (GPOINTER_TO_INT (data));

  return NULL;
}

/**
 * ph_plat_file_dup_real_path:
 * @path: (type filename): a file or a folder
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable) (type filename): where it is, with all links followed; %NULL if there is none
 */
char *
ph_plat_file_dup_real_path (const char *path)
{
  char *real = realpath (path, NULL), *copy = g_strdup (real);

  free (real);

  return copy;
}

/**
 * ph_plat_file_remove:
 * @path: (type filename): a file
 *
 * Removes the name at once. The space may be freed a little later, by a thread: for many GB that takes a while. Any thread.
 *
 * Returns: whether it is gone
 */
gboolean
ph_plat_file_remove (const char *path)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);      /* the space is freed when the last descriptor is closed */
  gboolean gone = unlink (path) == 0;

  if (fd >= 0 && !ph_thread_run ("free", close_thread, GINT_TO_POINTER (fd), NULL))
    close (fd);

  return gone;
}
