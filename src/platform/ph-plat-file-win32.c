/* ph-plat-file-win32.c: files that one program writes while it reads them itself
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-plat-file.h"
#include "ph-plat-private.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#define LONGEST_PATH 32768u /* characters */
#define AT_ONCE (64u * 1024 * 1024) /* bytes of one call */

static HANDLE
open_path (const char *path, DWORD access, DWORD share, DWORD how)
{
  g_autofree gunichar2 *wide = g_utf8_to_utf16 (path, -1, NULL, NULL, NULL);

  if (wide == NULL)
    {
      SetLastError (ERROR_INVALID_NAME);
      return INVALID_HANDLE_VALUE;
    }

  return CreateFileW ((const wchar_t *) wide, access, share, NULL, how, FILE_ATTRIBUTE_NORMAL, NULL);
}

static PhFile
open_or_fail (const char *path, DWORD access, DWORD share, DWORD how, GError **error)
{
  HANDLE handle = open_path (path, access, share, how);

  if (handle == INVALID_HANDLE_VALUE)
    {
      ph_plat_set_win32 (error, PH_OPERATION_FILE, (int) GetLastError ());
      return PH_FILE_NONE;
    }
  if (GetFileType (handle) != FILE_TYPE_DISK) /* what a device or a pipe has may never come */
    {
      ph_error_set (error, PH_ERROR_INVALID, "not-regular-file", _("it is not a regular file"));
      CloseHandle (handle);
      return PH_FILE_NONE;
    }

  return (PhFile) handle;
}

/**
 * ph_plat_file_create:
 * @path: (type filename): a file that does not exist, in UTF-8
 *
 * For reading and writing by this program alone. Until it is closed, or the program ends, ph_plat_file_has_writer() tells
 * others so. Any thread.
 *
 * Returns: a file, or %PH_FILE_NONE
 */
PhFile
ph_plat_file_create (const char *path, GError **error)
{
  return open_or_fail (path, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_DELETE, CREATE_NEW, error);
}

/**
 * ph_plat_file_reopen:
 * @path: (type filename): a file that this program has created and closed, in UTF-8
 *
 * To go on writing it, as after ph_plat_file_create(). Any thread.
 *
 * Returns: a file, or %PH_FILE_NONE
 */
PhFile
ph_plat_file_reopen (const char *path, GError **error)
{
  return open_or_fail (path, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_DELETE, OPEN_EXISTING, error);
}

/**
 * ph_plat_file_is_at:
 * @path: (type filename): where @file was created, in UTF-8
 *
 * Any thread.
 *
 * Returns: %FALSE if it was moved or removed, or another file is there now
 */
gboolean
ph_plat_file_is_at (PhFile file, const char *path)
{
  FILE_STANDARD_INFO standard;
  BY_HANDLE_FILE_INFORMATION open_one, there;
  HANDLE handle = open_path (path, FILE_READ_ATTRIBUTES, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, OPEN_EXISTING);
  gboolean same = handle != INVALID_HANDLE_VALUE && GetFileInformationByHandle ((HANDLE) file, &open_one)
                  && GetFileInformationByHandle (handle, &there) && open_one.dwVolumeSerialNumber == there.dwVolumeSerialNumber
                  && open_one.nFileIndexHigh == there.nFileIndexHigh && open_one.nFileIndexLow == there.nFileIndexLow;

  if (handle != INVALID_HANDLE_VALUE)
    CloseHandle (handle);
  /* A file that is removed while it is open keeps its name until it is closed. */
  if (GetFileInformationByHandleEx ((HANDLE) file, FileStandardInfo, &standard, sizeof standard) && standard.DeletePending)
    return FALSE;

  return same;
}

/**
 * ph_plat_file_open:
 * @path: (type filename): a file, in UTF-8
 *
 * For reading, also while others read or write it. Any thread.
 *
 * Returns: a file, or %PH_FILE_NONE
 */
PhFile
ph_plat_file_open (const char *path, GError **error)
{
  return open_or_fail (path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, OPEN_EXISTING, error);
}

/**
 * ph_plat_file_open_any:
 * @path: (type filename): a file, a pipe or a device, but no folder, in UTF-8
 * @ret_regular: (out): it is a regular file, which has a size, and a place for each byte
 *
 * For reading, also while others read or write it. Any thread.
 *
 * Returns: a file, or %PH_FILE_NONE
 */
PhFile
ph_plat_file_open_any (const char *path, gboolean *ret_regular, GError **error)
{
  HANDLE handle = open_path (path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, OPEN_EXISTING);

  if (handle == INVALID_HANDLE_VALUE && g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      ph_error_set (error, PH_ERROR_IS_FOLDER, NULL, ph_error_why (PH_ERROR_IS_FOLDER));
      return PH_FILE_NONE;
    }
  if (handle == INVALID_HANDLE_VALUE)
    {
      ph_plat_set_win32 (error, PH_OPERATION_FILE, (int) GetLastError ());
      return PH_FILE_NONE;
    }
  *ret_regular = GetFileType (handle) == FILE_TYPE_DISK;

  return (PhFile) handle;
}

/**
 * ph_plat_file_read_next:
 * @file: from ph_plat_file_open_any(), and not a regular file
 * @buffer: (out caller-allocates): where to
 * @size: of @buffer
 * @wait: ms to wait for the first byte; here a pipe or a device is waited for as long as it takes
 *
 * Reads what there is. Any thread, one at a time.
 *
 * Returns: how many bytes; 0 at the end, %PH_FILE_NOTHING_YET when none came in time, -1 with @error set
 */
gssize
ph_plat_file_read_next (PhFile file, gpointer buffer, gsize size, guint wait, GError **error)
{
  DWORD n = 0;

  (void) wait;
  if (ReadFile ((HANDLE) file, buffer, (DWORD) MIN (size, AT_ONCE), &n, NULL))
    return (gssize) n;
  if (GetLastError () == ERROR_BROKEN_PIPE || GetLastError () == ERROR_HANDLE_EOF)
    return 0;
  ph_plat_set_win32 (error, PH_OPERATION_FILE, (int) GetLastError ());

  return -1;
}

/**
 * ph_plat_file_close:
 * @file: not valid afterwards
 */
void
ph_plat_file_close (PhFile file)
{
  CloseHandle ((HANDLE) file);
}

static OVERLAPPED
place_of (guint64 offset)
{
  return (OVERLAPPED){ .Offset = (DWORD) offset, .OffsetHigh = (DWORD) (offset >> 32) };
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
      OVERLAPPED place = place_of (offset);
      DWORD n = 0;

      if (!WriteFile ((HANDLE) file, at, (DWORD) MIN (length, AT_ONCE), &n, &place) || n == 0)
        {
          ph_plat_set_win32 (error, PH_OPERATION_FILE, n == 0 && GetLastError () == ERROR_SUCCESS ? ERROR_DISK_FULL : (int) GetLastError ());
          return FALSE;
        }
      at += n;
      offset += n;
      length -= n;
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
      OVERLAPPED place = place_of (offset + got);
      DWORD n = 0;

      if (!ReadFile ((HANDLE) file, (guint8 *) buffer + got, (DWORD) MIN (size - got, AT_ONCE), &n, &place)
          && GetLastError () != ERROR_HANDLE_EOF)
        {
          ph_plat_set_win32 (error, PH_OPERATION_FILE, (int) GetLastError ());
          return -1;
        }
      if (n == 0)
        break;
      got += n;
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
  LARGE_INTEGER size;

  return GetFileSizeEx ((HANDLE) file, &size) ? (guint64) size.QuadPart : 0;
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
  return MIN (offset, ph_plat_file_size (file));
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
  g_autofree wchar_t *path = g_new0 (wchar_t, LONGEST_PATH);
  DWORD length = GetFinalPathNameByHandleW ((HANDLE) file, path, LONGEST_PATH, FILE_NAME_NORMALIZED);
  ULARGE_INTEGER free_bytes;
  wchar_t *end = length > 0 && length < LONGEST_PATH ? wcsrchr (path, L'\\') : NULL;

  if (end == NULL)
    return G_MAXUINT64;
  end[1] = L'\0';

  return GetDiskFreeSpaceExW (path, &free_bytes, NULL, NULL) ? (guint64) free_bytes.QuadPart : G_MAXUINT64;
}

/**
 * ph_plat_file_has_writer:
 * @path: (type filename): a file, in UTF-8
 *
 * Any thread.
 *
 * Returns: whether a program, this one included, has it from ph_plat_file_create() and has not closed it
 */
gboolean
ph_plat_file_has_writer (const char *path)
{
  HANDLE handle = open_path (path, GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, OPEN_EXISTING);

  if (handle == INVALID_HANDLE_VALUE)
    return GetLastError () == ERROR_SHARING_VIOLATION;
  CloseHandle (handle);

  return FALSE;
}

/**
 * ph_plat_file_dup_real_path:
 * @path: (type filename): a file or a folder, in UTF-8
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable) (type filename): where it is, with all links followed; %NULL if there is none
 */
char *
ph_plat_file_dup_real_path (const char *path)
{
  g_autofree gunichar2 *wide = g_utf8_to_utf16 (path, -1, NULL, NULL, NULL);
  HANDLE handle = wide != NULL ? CreateFileW ((const wchar_t *) wide, 0, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                                              OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, NULL)
                               : INVALID_HANDLE_VALUE;
  g_autofree wchar_t *real = g_new (wchar_t, LONGEST_PATH);
  DWORD length;

  if (handle == INVALID_HANDLE_VALUE)
    return NULL;
  length = GetFinalPathNameByHandleW (handle, real, LONGEST_PATH, FILE_NAME_NORMALIZED);
  CloseHandle (handle);

  return length > 0 && length < LONGEST_PATH ? g_utf16_to_utf8 ((const gunichar2 *) real, length, NULL, NULL, NULL) : NULL;
}

/**
 * ph_plat_file_remove:
 * @path: (type filename): a file, in UTF-8
 *
 * Removes the name at once. Any thread.
 *
 * Returns: whether it is gone
 */
gboolean
ph_plat_file_remove (const char *path)
{
  return g_remove (path) == 0;
}
