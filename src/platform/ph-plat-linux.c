/* ph-plat-linux.c: what Linux does better: epoll, many datagrams a call, ICMP errors and drops told by the kernel
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-plat-private.h"

#include <errno.h>
#include <linux/errqueue.h>
#include <linux/sock_diag.h>
#include <linux/sockios.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/timerfd.h>
#include <unistd.h>

const gboolean ph_plat_has_error_queue = TRUE;

struct _PhPoll
{
  int epoll;
  int event; /* written by ph_plat_poll_wake() */
  int timer; /* for deadlines finer than epoll's milliseconds */
  gint64 armed;
};

/* ---- poll set ---- */

static void
close_if_open (int fd)
{
  if (fd >= 0)
    close (fd);
}

/**
 * ph_plat_poll_new:
 *
 * Returns: (transfer full) (nullable): an empty poll set
 */
PhPoll *
ph_plat_poll_new (GError **error)
{
  g_autoptr (PhPoll) poll = g_new0 (PhPoll, 1);

  poll->event = poll->timer = -1;
  poll->epoll = epoll_create1 (EPOLL_CLOEXEC);
  if (poll->epoll >= 0)
    poll->event = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (poll->event >= 0)
    poll->timer = timerfd_create (CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
  if (poll->timer < 0
      || epoll_ctl (poll->epoll, EPOLL_CTL_ADD, poll->event,
                    &(struct epoll_event){ .events = EPOLLIN, .data.ptr = &poll->event }) != 0
      || epoll_ctl (poll->epoll, EPOLL_CTL_ADD, poll->timer,
                    &(struct epoll_event){ .events = EPOLLIN, .data.ptr = &poll->timer }) != 0)
    {
      ph_plat_set_errno (error, PH_OPERATION_WATCH, errno);
      return NULL;
    }

  return g_steal_pointer (&poll);
}

/**
 * ph_plat_poll_free:
 * @poll: (transfer full): a poll set; its sockets stay open
 */
void
ph_plat_poll_free (PhPoll *poll)
{
  close_if_open (poll->epoll);
  close_if_open (poll->event);
  close_if_open (poll->timer);
  g_free (poll);
}

static guint32
to_epoll (PhIo io)
{
  return ((io & PH_IO_READ) != 0 ? EPOLLIN : 0u) | ((io & PH_IO_WRITE) != 0 ? EPOLLOUT : 0u);
}

static PhIo
from_epoll (guint32 events)
{
  PhIo io = 0;

  if ((events & EPOLLIN) != 0)
    io |= PH_IO_READ;
  if ((events & EPOLLOUT) != 0)
    io |= PH_IO_WRITE;
  if ((events & (EPOLLERR | EPOLLHUP)) != 0)
    io |= PH_IO_ERROR;

  return io;
}

/**
 * ph_plat_poll_add:
 * @fd: a socket that is not in it
 * @interest: what to wait for
 * @tag: (not nullable): comes back in events
 *
 * Returns: %FALSE with @error set
 */
gboolean
ph_plat_poll_add (PhPoll *poll, PhFd fd, PhIo interest, gpointer tag, GError **error)
{
  struct epoll_event event = { .events = to_epoll (interest), .data.ptr = tag };

  if (epoll_ctl (poll->epoll, EPOLL_CTL_ADD, (int) fd, &event) == 0)
    return TRUE;
  ph_plat_set_errno (error, PH_OPERATION_WATCH, errno);

  return FALSE;
}

/**
 * ph_plat_poll_modify:
 * @fd: a socket in it
 * @interest: what to wait for from now on
 * @tag: (not nullable): comes back in events
 *
 * Returns: %FALSE if the system has no memory for it: nothing has changed
 */
gboolean
ph_plat_poll_modify (PhPoll *poll, PhFd fd, PhIo interest, gpointer tag)
{
  struct epoll_event event = { .events = to_epoll (interest), .data.ptr = tag };

  return epoll_ctl (poll->epoll, EPOLL_CTL_MOD, (int) fd, &event) == 0;
}

/**
 * ph_plat_poll_remove:
 * @fd: a socket in it, still open
 */
void
ph_plat_poll_remove (PhPoll *poll, PhFd fd)
{
  epoll_ctl (poll->epoll, EPOLL_CTL_DEL, (int) fd, NULL);
}

static void
arm (PhPoll *poll, gint64 deadline)
{
  struct itimerspec when = { 0 };

  if (deadline == poll->armed)
    return;
  poll->armed = deadline;
  if (deadline > 0)
    {
      when.it_value.tv_sec = deadline / 1000000000;
      when.it_value.tv_nsec = deadline % 1000000000;
    }
  timerfd_settime (poll->timer, TFD_TIMER_ABSTIME, &when, NULL);
}

/**
 * ph_plat_poll_wait:
 * @events: (out caller-allocates): what is ready
 * @n_events: room in @events
 * @deadline: on the clock of ph_plat_monotonic(); -1 to wait for ever, 0 not to wait
 *
 * Returns: how many of @events are set; 0 when the deadline has passed or somebody called ph_plat_poll_wake()
 */
guint
ph_plat_poll_wait (PhPoll *poll, PhPollEvent *events, guint n_events, gint64 deadline)
{
  struct epoll_event native[256];
  guint n = 0;
  int got;

  arm (poll, MAX (deadline, 0));
  do
    got = epoll_wait (poll->epoll, native, (int) MIN (n_events, G_N_ELEMENTS (native)), deadline == 0 ? 0 : -1);
  while (got < 0 && errno == EINTR);

  for (int i = 0; i < got; i++)
    {
      if (native[i].data.ptr == &poll->event || native[i].data.ptr == &poll->timer)
        {
          guint64 count;
          gssize ignored = read (*(int *) native[i].data.ptr, &count, sizeof count);

          (void) ignored; /* only the wake-up counts */
          if (native[i].data.ptr == &poll->timer)
            poll->armed = 0;
          continue;
        }
      events[n].tag = native[i].data.ptr;
      events[n++].io = from_epoll (native[i].events);
    }

  return n;
}

/**
 * ph_plat_poll_wake:
 *
 * Makes the running or the next ph_plat_poll_wait() return. Any thread.
 */
void
ph_plat_poll_wake (PhPoll *poll)
{
  gssize ignored = write (poll->event, &(guint64){ 1 }, sizeof (guint64));

  (void) ignored; /* it fails only if the counter is full, and then the wait returns anyway */
}

/**
 * ph_plat_nap:
 * @ns: less than a millisecond; if less than 1, it does not sleep
 *
 * Sleeps; nothing ends it early. Any thread.
 *
 * Returns: %FALSE, at once, where the system cannot sleep for so short a time
 */
gboolean
ph_plat_nap (gint64 ns)
{
  static _Thread_local gboolean punctual;

  if (ns < 1)
    return TRUE;
  if (!punctual) /* else a timer may be late by 50 µs, to save power */
    punctual = prctl (PR_SET_TIMERSLACK, 1000, 0, 0, 0) == 0;
  nanosleep (&(struct timespec){ .tv_nsec = MIN (ns, 999999999) }, NULL);

  return TRUE;
}

/**
 * ph_plat_unacknowledged:
 * @fd: a TCP socket, even of a connection that is broken
 * @ret_bytes: (out): what the system took and the peer's system has not acknowledged; whether the peer got it is not known
 *
 * Returns: %FALSE where the system cannot tell
 */
gboolean
ph_plat_unacknowledged (PhFd fd, guint64 *ret_bytes)
{
  int bytes;

  if (ioctl ((int) fd, SIOCOUTQ, &bytes) != 0)
    return FALSE;
  *ret_bytes = (guint64) MAX (bytes, 0);

  return TRUE;
}

/* ---- datagrams ---- */

/**
 * ph_plat_receive_batch:
 * @fd: a UDP socket
 * @datagrams: (inout): places to receive into
 * @n: how many, 1 to %PH_PLAT_BATCH
 * @ret_error: (out): why there are no more: %PH_ERROR_WOULD_BLOCK, or the error of an earlier send: then call ph_plat_next_error(); not
 *   set if @n datagrams were received
 *
 * Returns: how many were received; 0 with @ret_error set
 */
guint
ph_plat_receive_batch (PhFd fd, PhDatagram *datagrams, guint n, PhError *ret_error)
{
  struct mmsghdr messages[PH_PLAT_BATCH];
  struct iovec parts[PH_PLAT_BATCH][2];
  PhSockaddr from[PH_PLAT_BATCH];
  union
  {
    struct cmsghdr align;
    char bytes[PH_CONTROL_SIZE];
  } control[PH_PLAT_BATCH];
  gint64 now = 0;
  int got;

  for (guint i = 0; i < n; i++)
    {
      parts[i][0] = (struct iovec){ datagrams[i].buffer, datagrams[i].size };
      parts[i][1] = (struct iovec){ datagrams[i].spill, datagrams[i].spill_size };
      messages[i].msg_hdr = (struct msghdr){ .msg_name = &from[i],
                                             .msg_namelen = sizeof (struct sockaddr_in6),
                                             .msg_iov = parts[i],
                                             .msg_iovlen = 2,
                                             .msg_control = control[i].bytes,
                                             .msg_controllen = sizeof control[i].bytes };
    }
  do
    got = recvmmsg ((int) fd, messages, n, 0, NULL);
  while (got < 0 && errno == EINTR);
  if (got <= 0)
    {
      *ret_error = got < 0 ? ph_plat_error_from_errno (PH_OPERATION_RECEIVE, errno) : PH_ERROR_WOULD_BLOCK;
      return 0;
    }

  for (int i = 0; i < got; i++)
    {
      ph_plat_read_control (&messages[i].msg_hdr, &datagrams[i]);
      if (!datagrams[i].kernel_time)
        datagrams[i].time = now = now != 0 ? now : ph_plat_now ();
      datagrams[i].length = messages[i].msg_len;
      datagrams[i].truncated = (messages[i].msg_hdr.msg_flags & MSG_TRUNC) != 0;
      ph_plat_addr_from_native (&from[i], &datagrams[i].from);
    }

  return (guint) got;
}

/**
 * ph_plat_send_batch:
 * @fd: a UDP socket
 * @items: (array length=n): what to send
 * @from: as for ph_plat_send_to()
 * @to: where to
 * @n: how many, 1 to %PH_PLAT_BATCH
 * @ret_error: (out): why none was sent; not set otherwise
 *
 * Sends datagrams to one address, with as few system calls as there need be.
 *
 * Returns: how many were sent; if fewer than @n, the next call says why
 */
guint
ph_plat_send_batch (PhFd fd, const PhBatchItem *items, const PhAddr *from, const PhAddr *to, guint n, PhError *ret_error)
{
  struct mmsghdr messages[PH_PLAT_BATCH];
  struct iovec parts[PH_PLAT_BATCH];
  PhSockaddr native;
  socklen_t size = ph_plat_addr_to_native (to, &native);
  struct msghdr message = { .msg_name = &native, .msg_namelen = size, .msg_iovlen = 1 };
  PhSourceControl control;
  int sent;

  if (from != NULL)
    ph_plat_write_source (from, &control, &message);
  for (guint i = 0; i < n; i++)
    {
      parts[i] = (struct iovec){ (void *) items[i].bytes, items[i].length };
      message.msg_iov = &parts[i];
      messages[i] = (struct mmsghdr){ .msg_hdr = message };
    }
  do
    sent = sendmmsg ((int) fd, messages, n, MSG_NOSIGNAL);
  while (sent < 0 && errno == EINTR);
  if (sent < 0)
    *ret_error = ph_plat_error_of_send (from);

  return (guint) MAX (sent, 0);
}

/* What the queue says about a datagram; FALSE for one that never left, as sending it has failed with the same error. */
static gboolean
error_from_control (struct msghdr *message, PhError *ret_error)
{
  *ret_error = PH_ERROR_FAILED;
  for (struct cmsghdr *c = CMSG_FIRSTHDR (message); c != NULL; c = CMSG_NXTHDR (message, c))
    if ((c->cmsg_level == IPPROTO_IP && c->cmsg_type == IP_RECVERR)
        || (c->cmsg_level == IPPROTO_IPV6 && c->cmsg_type == IPV6_RECVERR))
      {
        struct sock_extended_err detail;

        memcpy (&detail, CMSG_DATA (c), sizeof detail);
        *ret_error = ph_plat_error_from_errno (PH_OPERATION_SEND_TO, (int) detail.ee_errno);
        return detail.ee_origin != SO_EE_ORIGIN_LOCAL;
      }

  return TRUE;
}

/**
 * ph_plat_next_error:
 * @fd: a UDP socket with %PH_OPTION_RECEIVE_ERRORS
 * @ret_to: (out): where the datagram was sent that could not be delivered
 * @ret_error: (out): why
 *
 * Takes one ICMP error off the socket's queue (ip(7), IP_RECVERR).
 *
 * Returns: %FALSE if there is none
 */
gboolean
ph_plat_next_error (PhFd fd, PhAddr *ret_to, PhError *ret_error)
{
  char control[512], ignored[1];
  struct iovec part = { ignored, sizeof ignored };

  for (;;)
    {
      PhSockaddr to = { 0 };
      struct msghdr message = { .msg_name = &to,
                                .msg_namelen = sizeof to,
                                .msg_iov = &part,
                                .msg_iovlen = 1,
                                .msg_control = control,
                                .msg_controllen = sizeof control };
      gssize got = recvmsg ((int) fd, &message, MSG_ERRQUEUE | MSG_DONTWAIT);

      if (got < 0 && errno == EINTR)
        continue;
      if (got < 0)
        return FALSE;
      if (error_from_control (&message, ret_error))
        {
          ph_plat_addr_from_native (&to, ret_to);
          return TRUE;
        }
    }
}

/**
 * ph_plat_drops:
 * @fd: a UDP socket
 * @ret_dropped: (out): datagrams dropped since it was made because its buffer was full; wraps at 2³²
 *
 * Asks the kernel (SO_MEMINFO), so that the last drops of a burst are known without another datagram having to come.
 *
 * Returns: %FALSE where the system cannot tell
 */
gboolean
ph_plat_drops (PhFd fd, guint32 *ret_dropped)
{
  guint32 memory[SK_MEMINFO_VARS];
  socklen_t length = sizeof memory;

  if (getsockopt ((int) fd, SOL_SOCKET, SO_MEMINFO, memory, &length) != 0
      || length < (SK_MEMINFO_DROPS + 1) * sizeof memory[0])
    return FALSE;
  *ret_dropped = memory[SK_MEMINFO_DROPS];

  return TRUE;
}

/**
 * ph_plat_counts_drops:
 *
 * Whether ph_plat_drops() can tell. Linux can. Any thread.
 *
 * Returns: %TRUE
 */
gboolean
ph_plat_counts_drops (void)
{
  return TRUE;
}
