/* fail.c: a library to preload: lets the n-th call of one system call fail, once
 *
 * FAULT is "CALL ERRNO N", and FAULT_MARK a file that is made when that call came.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <unistd.h>

static char wanted[32];
static int code;
static atomic_int left; /* calls until the one that fails; 0 or less: it came */
static char mark[4096]; /* kept, for the program may change its environment */

__attribute__ ((constructor)) static void
read_environment (void)
{
  const char *fault = getenv ("FAULT"), *path = getenv ("FAULT_MARK");
  int n = 0;

  if (fault != NULL && path != NULL && sscanf (fault, "%31s %d %d", wanted, &code, &n) == 3)
    {
      snprintf (mark, sizeof mark, "%s", path);
      atomic_store (&left, n);
    }
}

/* The mark is made without the calls that may be the ones to fail. */
static int
fails (const char *call)
{
  long file;

  if (strcmp (call, wanted) != 0 || atomic_fetch_sub (&left, 1) != 1)
    return 0;
  file = syscall (SYS_open, mark, O_CREAT | O_WRONLY, 0600);
  if (file >= 0)
    syscall (SYS_close, file);
  errno = code;
  return 1;
}

#define REAL(name) ((__typeof__ (&name)) dlsym (RTLD_NEXT, #name))

/* FAIL: a function @name that fails or calls the real one. */
#define FAIL(type, name, failed, parameters, arguments) \
  type name parameters \
  { \
    static __typeof__ (&name) real; \
    if (real == NULL) \
      real = REAL (name); \
    return fails (#name) ? (failed) : real arguments; \
  }

FAIL (int, socket, -1, (int domain, int type, int protocol), (domain, type, protocol))
FAIL (int, bind, -1, (int fd, const struct sockaddr *addr, socklen_t n), (fd, addr, n))
FAIL (int, listen, -1, (int fd, int backlog), (fd, backlog))
FAIL (int, accept4, -1, (int fd, struct sockaddr *addr, socklen_t *n, int flags), (fd, addr, n, flags))
FAIL (int, connect, -1, (int fd, const struct sockaddr *addr, socklen_t n), (fd, addr, n))
FAIL (int, getsockname, -1, (int fd, struct sockaddr *addr, socklen_t *n), (fd, addr, n))
FAIL (int, setsockopt, -1, (int fd, int level, int name, const void *value, socklen_t n), (fd, level, name, value, n))
FAIL (int, getsockopt, -1, (int fd, int level, int name, void *value, socklen_t *n), (fd, level, name, value, n))
FAIL (ssize_t, recv, -1, (int fd, void *buffer, size_t n, int flags), (fd, buffer, n, flags))
FAIL (ssize_t, recvmsg, -1, (int fd, struct msghdr *message, int flags), (fd, message, flags))
FAIL (int, recvmmsg, -1, (int fd, struct mmsghdr *messages, unsigned int n, int flags, struct timespec *until),
      (fd, messages, n, flags, until))
FAIL (ssize_t, send, -1, (int fd, const void *buffer, size_t n, int flags), (fd, buffer, n, flags))
FAIL (ssize_t, sendmsg, -1, (int fd, const struct msghdr *message, int flags), (fd, message, flags))
FAIL (int, sendmmsg, -1, (int fd, struct mmsghdr *messages, unsigned int n, int flags), (fd, messages, n, flags))
FAIL (int, epoll_create1, -1, (int flags), (flags))
FAIL (int, epoll_ctl, -1, (int poll, int how, int fd, struct epoll_event *event), (poll, how, fd, event))
FAIL (int, epoll_wait, -1, (int poll, struct epoll_event *events, int n, int ms), (poll, events, n, ms))
FAIL (int, eventfd, -1, (unsigned int value, int flags), (value, flags))
FAIL (int, timerfd_create, -1, (clockid_t clock, int flags), (clock, flags))
FAIL (int, pipe, -1, (int fds[2]), (fds))
FAIL (int, flock, -1, (int fd, int how), (fd, how))
FAIL (ssize_t, read, -1, (int fd, void *buffer, size_t n), (fd, buffer, n))
FAIL (ssize_t, pread64, -1, (int fd, void *buffer, size_t n, off64_t at), (fd, buffer, n, at))
FAIL (ssize_t, pwrite64, -1, (int fd, const void *buffer, size_t n, off64_t at), (fd, buffer, n, at))
FAIL (int, fstat64, -1, (int fd, struct stat64 *info), (fd, info))
FAIL (void *, mmap64, MAP_FAILED, (void *at, size_t n, int access, int flags, int fd, off64_t from), (at, n, access, flags, fd, from))
FAIL (int, pthread_create, code, (pthread_t *thread, const pthread_attr_t *how, void *(*run) (void *), void *data),
      (thread, how, run, data))

/* The wake-up of a worker is written to an eventfd, and fails only where it is not needed: so only the output fails. */
ssize_t
write (int fd, const void *buffer, size_t n)
{
  static __typeof__ (&write) real;

  if (real == NULL)
    real = REAL (write);
  return fd == STDOUT_FILENO && fails ("write") ? -1 : real (fd, buffer, n);
}

int
open64 (const char *path, int flags, ...)
{
  static __typeof__ (&open64) real;
  va_list more;
  mode_t mode;

  va_start (more, flags);
  mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg (more, mode_t) : 0;
  va_end (more);
  if (real == NULL)
    real = REAL (open64);
  return strstr (path, ".porthole") != NULL && fails ("open64") ? -1 : real (path, flags, mode);
}
