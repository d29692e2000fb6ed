/* stall.c: preloaded into a program, makes the disk hang on which a folder is, and tells what the main thread does there
 *
 *   PORTHOLE_STALL_FOLDER  the folder: every call below waits
 *   PORTHOLE_STALL_FLAG    while this file exists
 *   PORTHOLE_STALL_TOLD    a file that gets a line for each call below the folder that the main thread makes, whether it waits or not
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#undef _FILE_OFFSET_BITS /* open() and open64() are two functions here */
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define LOOK 2000 /* µs between two looks at the flag */

static void
tell (const char *call, const char *path)
{
  const char *told = getenv ("PORTHOLE_STALL_TOLD");
  char line[PATH_MAX + 64];
  long file;

  if (told == NULL || syscall (SYS_gettid) != getpid ())
    return;
  snprintf (line, sizeof line, "%s %s\n", call, path);
  file = syscall (SYS_openat, AT_FDCWD, told, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (file < 0)
    return;
  syscall (SYS_write, file, line, strlen (line));
  syscall (SYS_close, file);
}

static void
stall_path (const char *call, const char *path)
{
  const char *folder = getenv ("PORTHOLE_STALL_FOLDER"), *flag = getenv ("PORTHOLE_STALL_FLAG");

  if (folder == NULL || flag == NULL || path == NULL || strncmp (path, folder, strlen (folder)) != 0)
    return;
  tell (call, path);
  while (syscall (SYS_faccessat, AT_FDCWD, flag, F_OK) == 0)
    usleep (LOOK);
}

static void
stall_file (const char *call, int file)
{
  char link[64], path[PATH_MAX];
  ssize_t n;

  snprintf (link, sizeof link, "/proc/self/fd/%d", file);
  n = syscall (SYS_readlinkat, AT_FDCWD, link, path, sizeof path - 1);
  if (n <= 0)
    return;
  path[n] = '\0';
  stall_path (call, path);
}

#define REAL(name) \
  static __typeof__ (name) *real; \
  if (real == NULL) \
    real = (__typeof__ (name) *) dlsym (RTLD_NEXT, #name)

/* The functions that the program, GLib and GIO call on files. */
#define ON_FILE(type, name, parameters, arguments) \
  type name parameters; \
  type name parameters \
  { \
    REAL (name); \
    stall_file (#name, file); \
    return real arguments; \
  }

#define ON_PATH(type, name, parameters, arguments) \
  type name parameters; \
  type name parameters \
  { \
    REAL (name); \
    stall_path (#name, path); \
    return real arguments; \
  }

#define OPENS(name) \
  int name (const char *path, int flags, ...) \
  { \
    va_list list; \
    mode_t mode; \
    REAL (name); \
    va_start (list, flags); \
    mode = (flags & O_CREAT) != 0 ? va_arg (list, mode_t) : 0; \
    va_end (list); \
    stall_path (#name, path); \
    return real (path, flags, mode); \
  }

OPENS (open)
OPENS (open64)
ON_FILE (ssize_t, pread, (int file, void *bytes, size_t n, off_t at), (file, bytes, n, at))
ON_FILE (ssize_t, pread64, (int file, void *bytes, size_t n, off64_t at), (file, bytes, n, at))
ON_FILE (ssize_t, pwrite, (int file, const void *bytes, size_t n, off_t at), (file, bytes, n, at))
ON_FILE (ssize_t, pwrite64, (int file, const void *bytes, size_t n, off64_t at), (file, bytes, n, at))
ON_FILE (int, fstat, (int file, struct stat *info), (file, info))
ON_FILE (int, fstat64, (int file, struct stat64 *info), (file, info))
ON_FILE (int, fsync, (int file), (file))
ON_FILE (int, flock, (int file, int how), (file, how))
ON_FILE (int, close, (int file), (file))
ON_PATH (int, stat, (const char *path, struct stat *info), (path, info))
ON_PATH (int, stat64, (const char *path, struct stat64 *info), (path, info))
ON_PATH (int, lstat, (const char *path, struct stat *info), (path, info))
ON_PATH (int, lstat64, (const char *path, struct stat64 *info), (path, info))
ON_PATH (int, access, (const char *path, int mode), (path, mode))
ON_PATH (int, mkdir, (const char *path, mode_t mode), (path, mode))
ON_PATH (int, unlink, (const char *path), (path))
