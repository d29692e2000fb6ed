/* ph-plat-poll.c: the poll set and datagrams where there is nothing better than POSIX
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-plat-private.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

const gboolean ph_plat_has_error_queue = FALSE;

struct _PhPoll
{
  int knock[2];   /* a pipe: ph_plat_poll_wake() writes, wait reads */
  GArray *fds;    /* of struct pollfd; the first is the pipe */
  GPtrArray *tags;/* beside it */
  GHashTable *places; /* fd → index */
  guint turn;     /* where in @fds the next search for events begins: so each socket has its turn */
};

/**
 * ph_plat_poll_new:
 *
 * Returns: (transfer full) (nullable): an empty poll set
 */
PhPoll *
ph_plat_poll_new (GError **error)
{
  g_autoptr (PhPoll) set = g_new0 (PhPoll, 1);
  struct pollfd first = { .events = POLLIN };

  set->knock[0] = set->knock[1] = -1;
  set->fds = g_array_new (FALSE, FALSE, sizeof (struct pollfd));
  set->tags = g_ptr_array_new ();
  set->places = g_hash_table_new (NULL, NULL);
  if (pipe (set->knock) != 0)
    {
      ph_plat_set_errno (error, PH_OPERATION_WATCH, errno);
      return NULL;
    }
  for (int i = 0; i < 2; i++)
    {
      fcntl (set->knock[i], F_SETFD, FD_CLOEXEC);
      fcntl (set->knock[i], F_SETFL, O_NONBLOCK);
    }
  first.fd = set->knock[0];
  g_array_append_val (set->fds, first);
  g_ptr_array_add (set->tags, NULL);

  return g_steal_pointer (&set);
}

/**
 * ph_plat_poll_free:
 * @set: (transfer full): a poll set; its sockets stay open
 */
void
ph_plat_poll_free (PhPoll *set)
{
  for (int i = 0; i < 2; i++)
    if (set->knock[i] >= 0)
      close (set->knock[i]);
  g_array_unref (set->fds);
  g_ptr_array_unref (set->tags);
  g_hash_table_unref (set->places);
  g_free (set);
}

static short
to_poll (PhIo io)
{
  return (short) (((io & PH_IO_READ) != 0 ? POLLIN : 0) | ((io & PH_IO_WRITE) != 0 ? POLLOUT : 0));
}

static PhIo
from_poll (short events)
{
  PhIo io = 0;

  if ((events & POLLIN) != 0)
    io |= PH_IO_READ;
  if ((events & POLLOUT) != 0)
    io |= PH_IO_WRITE;
  if ((events & (POLLERR | POLLHUP | POLLNVAL)) != 0)
    io |= PH_IO_ERROR;

  return io;
}

/**
 * ph_plat_poll_add:
 * @fd: a socket that is not in it
 * @interest: what to wait for
 * @tag: (not nullable): comes back in events
 * @error: not set: it cannot fail here
 *
 * Returns: %TRUE
 */
gboolean
ph_plat_poll_add (PhPoll *set, PhFd fd, PhIo interest, gpointer tag, GError **error)
{
  struct pollfd place = { .fd = (int) fd, .events = to_poll (interest) };

  g_hash_table_insert (set->places, GSIZE_TO_POINTER (fd), GUINT_TO_POINTER (set->fds->len));
  g_array_append_val (set->fds, place);
  g_ptr_array_add (set->tags, tag);

  return TRUE;
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
ph_plat_poll_modify (PhPoll *set, PhFd fd, PhIo interest, gpointer tag)
{
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (set->places, GSIZE_TO_POINTER (fd)));

  if (place == 0)
    return TRUE;
  g_array_index (set->fds, struct pollfd, place).events = to_poll (interest);
  set->tags->pdata[place] = tag;

  return TRUE;
}

/**
 * ph_plat_poll_remove:
 * @fd: a socket in it, still open
 */
void
ph_plat_poll_remove (PhPoll *set, PhFd fd)
{
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (set->places, GSIZE_TO_POINTER (fd)));
  guint last = set->fds->len - 1;

  if (place == 0)
    return;
  g_hash_table_remove (set->places, GSIZE_TO_POINTER (fd));
  if (place != last)
    {
      int moved = g_array_index (set->fds, struct pollfd, last).fd;

      g_hash_table_insert (set->places, GSIZE_TO_POINTER (moved), GUINT_TO_POINTER (place));
    }
  g_array_remove_index_fast (set->fds, place);
  g_ptr_array_remove_index_fast (set->tags, place);
}

/* Milliseconds for poll(), rounded up so that the deadline has passed when it returns. */
static int
timeout_until (gint64 deadline)
{
  gint64 left = deadline - ph_plat_monotonic ();

  if (deadline < 0)
    return -1;
  return left <= 0 ? 0 : (int) MIN ((left + 999999) / 1000000, G_MAXINT);
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
ph_plat_poll_wait (PhPoll *set, PhPollEvent *events, guint n_events, gint64 deadline)
{
  struct pollfd *fds = (struct pollfd *) (gpointer) set->fds->data;
  guint n = 0, searched;
  int got;

  do
    got = poll (fds, set->fds->len, timeout_until (deadline));
  while (got < 0 && errno == EINTR);
  if (got <= 0)
    return 0;

  if (fds[0].revents != 0)
    {
      char knocks[64];

      while (read (set->knock[0], knocks, sizeof knocks) > 0)
        continue;
    }
  for (searched = 0; searched + 1 < set->fds->len && n < n_events; searched++)
    {
      guint i = 1 + (set->turn + searched) % (set->fds->len - 1);

      if (fds[i].revents != 0)
        events[n++] = (PhPollEvent){ set->tags->pdata[i], from_poll (fds[i].revents) };
    }
  set->turn += searched;

  return n;
}

/**
 * ph_plat_poll_wake:
 *
 * Makes the running or the next ph_plat_poll_wait() return. Any thread.
 */
void
ph_plat_poll_wake (PhPoll *set)
{
  gssize ignored = write (set->knock[1], "", 1);

  (void) ignored; /* a full pipe can be read too */
}

static gboolean
receive_one (PhFd fd, PhDatagram *datagram)
{
  PhSockaddr from = { 0 };
  union
  {
    struct cmsghdr align;
    char bytes[PH_CONTROL_SIZE];
  } control;
  struct iovec parts[2] = { { datagram->buffer, datagram->size }, { datagram->spill, datagram->spill_size } };
  struct msghdr message = { .msg_name = &from,
                            .msg_namelen = sizeof from,
                            .msg_iov = parts,
                            .msg_iovlen = 2,
                            .msg_control = control.bytes,
                            .msg_controllen = sizeof control.bytes };
  gssize got;

  do
    got = recvmsg ((int) fd, &message, 0);
  while (got < 0 && errno == EINTR);
  if (got < 0)
    return FALSE;

  datagram->length = (gsize) got;
  ph_plat_read_control (&message, datagram);
  if (!datagram->kernel_time)
    datagram->time = ph_plat_now ();
  datagram->truncated = (message.msg_flags & MSG_TRUNC) != 0;
  ph_plat_addr_from_native (&from, &datagram->from);

  return TRUE;
}

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
  guint got = 0;

  while (got < n && receive_one (fd, &datagrams[got]))
    got++;
  if (got == 0)
    *ret_error = ph_plat_error_from_errno (PH_OPERATION_RECEIVE, errno);

  return got;
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
 * Sends datagrams to one address.
 *
 * Returns: how many were sent; if fewer than @n, the next call says why
 */
guint
ph_plat_send_batch (PhFd fd, const PhBatchItem *items, const PhAddr *from, const PhAddr *to, guint n, PhError *ret_error)
{
  PhError code = PH_ERROR_NONE;
  guint sent = 0;

  while (sent < n && ph_plat_send_to (fd, items[sent].bytes, items[sent].length, from, to, &code) >= 0)
    sent++;
  if (sent == 0)
    *ret_error = code;

  return sent;
}

/**
 * ph_plat_next_error:
 * @fd: a UDP socket
 * @ret_to: (out): not set
 * @ret_error: (out): not set
 *
 * POSIX has no queue of ICMP errors.
 *
 * Returns: %FALSE
 */
gboolean
ph_plat_next_error (PhFd fd, PhAddr *ret_to, PhError *ret_error)
{
  return FALSE;
}

/**
 * ph_plat_drops:
 * @fd: a UDP socket
 * @ret_dropped: (out): not set
 *
 * POSIX cannot tell what was dropped.
 *
 * Returns: %FALSE
 */
gboolean
ph_plat_drops (PhFd fd, guint32 *ret_dropped)
{
  return FALSE;
}

/**
 * ph_plat_counts_drops:
 *
 * Whether ph_plat_drops() can tell. POSIX cannot: the window says "unknown". Any thread.
 *
 * Returns: %FALSE
 */
gboolean
ph_plat_counts_drops (void)
{
  return FALSE;
}

/**
 * ph_plat_unacknowledged:
 * @fd: a TCP socket, even of a connection that is broken
 * @ret_bytes: (out): what the system took and the peer's system has not acknowledged; whether the peer got it is not known
 *
 * Returns: %FALSE: these systems cannot tell
 */
gboolean
ph_plat_unacknowledged (PhFd fd, guint64 *ret_bytes)
{
  return FALSE;
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
  if (ns >= 1)
    nanosleep (&(struct timespec){ .tv_nsec = MIN (ns, 999999999) }, NULL);

  return TRUE;
}
