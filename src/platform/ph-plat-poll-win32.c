/* ph-plat-poll-win32.c: the poll set on Windows: WSAPoll, and checks of our own for what it does not report, or reports too often
 *
 * Two kinds of sockets are checked one by one, every LOOK, instead of or in addition to WSAPoll:
 *  - One that is connecting: before Windows 10 version 2004 WSAPoll never reports that a connect failed. select() does, in
 *    its set of exceptions.
 *  - One whose peer has finished sending while nobody wants to read any more: WSAPoll would report the hang-up again and
 *    again, at once, whatever it is asked for.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-plat-private.h"

#include <string.h>
#include <timeapi.h>

#define LOOK (20 * G_GINT64_CONSTANT (1000000))  /* ns */
#define FINE (50 * G_GINT64_CONSTANT (1000000))  /* ns: a wait up to this long is timed to the millisecond */

typedef struct
{
  SOCKET fd;
  PhIo interest;
  gpointer tag;
  gboolean connecting; /* added for writing only: the connect is not decided yet */
  gboolean hung;       /* hung up while reading is not wanted */
} Place;

struct _PhPoll
{
  SOCKET knock;       /* a UDP socket connected to itself, to which ph_plat_poll_wake() sends */
  GArray *places;     /* of Place */
  GArray *fds;        /* of WSAPOLLFD: the knock, and every place that is not hung */
  GArray *indices;    /* of guint, beside @fds: which place */
  GHashTable *by_fd;  /* fd → index in @places + 1 */
  gboolean stale;     /* @fds is out of date */
  guint looks;        /* places that are connecting or hung */
  gint64 next_look;   /* on the clock of ph_plat_monotonic(): when these are looked at again */
  guint turn;         /* where in @fds the next search for events begins: so each socket has its turn */
};

/* ---- new and free ---- */

static SOCKET
make_knock (void)
{
  SOCKET knock = WSASocketW (AF_INET, SOCK_DGRAM, IPPROTO_UDP, NULL, 0, WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT);
  struct sockaddr_in addr = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  int length = sizeof addr;
  u_long on = 1;

  if (knock == INVALID_SOCKET)
    return INVALID_SOCKET;
  if (bind (knock, (struct sockaddr *) &addr, sizeof addr) == 0
      && getsockname (knock, (struct sockaddr *) &addr, &length) == 0
      && connect (knock, (struct sockaddr *) &addr, sizeof addr) == 0 && ioctlsocket (knock, (long) FIONBIO, &on) == 0)
    return knock;
  closesocket (knock);

  return INVALID_SOCKET;
}

/**
 * ph_plat_poll_new:
 *
 * Returns: (transfer full) (nullable): an empty poll set
 */
PhPoll *
ph_plat_poll_new (GError **error)
{
  SOCKET knock = make_knock ();
  PhPoll *set;

  if (knock == INVALID_SOCKET)
    {
      ph_plat_set_win32 (error, PH_OPERATION_WATCH, WSAGetLastError ());
      return NULL;
    }
  set = g_new0 (PhPoll, 1);
  set->knock = knock;
  set->places = g_array_new (FALSE, FALSE, sizeof (Place));
  set->fds = g_array_new (FALSE, FALSE, sizeof (WSAPOLLFD));
  set->indices = g_array_new (FALSE, FALSE, sizeof (guint));
  set->by_fd = g_hash_table_new (NULL, NULL);
  set->stale = TRUE;

  return set;
}

/**
 * ph_plat_poll_free:
 * @set: (transfer full): a poll set; its sockets stay open
 */
void
ph_plat_poll_free (PhPoll *set)
{
  closesocket (set->knock);
  g_array_unref (set->places);
  g_array_unref (set->fds);
  g_array_unref (set->indices);
  g_hash_table_unref (set->by_fd);
  g_free (set);
}

/* ---- sockets in the set ---- */

static Place *
find_place (PhPoll *set, PhFd fd)
{
  guint index = GPOINTER_TO_UINT (g_hash_table_lookup (set->by_fd, GSIZE_TO_POINTER (fd)));

  return index > 0 ? &g_array_index (set->places, Place, index - 1) : NULL;
}

static void
set_looks (PhPoll *set, Place *place, gboolean connecting, gboolean hung)
{
  set->looks -= place->connecting || place->hung;
  place->connecting = connecting;
  place->hung = hung;
  set->looks += place->connecting || place->hung;
  set->stale = TRUE;
}

/**
 * ph_plat_poll_add:
 * @fd: a socket that is not in it
 * @interest: what to wait for; a socket that is connecting is added with %PH_IO_WRITE alone
 * @tag: (not nullable): comes back in events
 * @error: not set: it cannot fail here
 *
 * Returns: %TRUE
 */
gboolean
ph_plat_poll_add (PhPoll *set, PhFd fd, PhIo interest, gpointer tag, GError **error)
{
  Place place = { .fd = (SOCKET) fd, .interest = interest, .tag = tag };

  g_array_append_val (set->places, place);
  g_hash_table_insert (set->by_fd, GSIZE_TO_POINTER (fd), GUINT_TO_POINTER (set->places->len));
  set_looks (set, &g_array_index (set->places, Place, set->places->len - 1), interest == PH_IO_WRITE, FALSE);

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
  Place *place = find_place (set, fd);

  if (place == NULL)
    return TRUE;
  place->interest = interest;
  place->tag = tag;
  set_looks (set, place, FALSE, place->hung && (interest & PH_IO_READ) == 0);

  return TRUE;
}

/**
 * ph_plat_poll_remove:
 * @fd: a socket in it, still open
 */
void
ph_plat_poll_remove (PhPoll *set, PhFd fd)
{
  Place *place = find_place (set, fd), *last;

  if (place == NULL)
    return;
  set_looks (set, place, FALSE, FALSE);
  last = &g_array_index (set->places, Place, set->places->len - 1);
  if (place != last)
    {
      *place = *last;
      g_hash_table_insert (set->by_fd, GSIZE_TO_POINTER (place->fd),
                           GUINT_TO_POINTER ((guint) (place - (Place *) (gpointer) set->places->data) + 1));
    }
  g_array_set_size (set->places, set->places->len - 1);
  g_hash_table_remove (set->by_fd, GSIZE_TO_POINTER (fd));
}

/* ---- waiting ---- */

static short
to_poll (PhIo io)
{
  return (short) (((io & PH_IO_READ) != 0 ? POLLRDNORM : 0) | ((io & PH_IO_WRITE) != 0 ? POLLWRNORM : 0));
}

static void
append_fd (PhPoll *set, SOCKET fd, PhIo interest, guint index)
{
  WSAPOLLFD item = { .fd = fd, .events = to_poll (interest) };

  g_array_append_val (set->fds, item);
  g_array_append_val (set->indices, index);
}

static void
refresh (PhPoll *set)
{
  if (!set->stale)
    return;
  set->stale = FALSE;
  g_array_set_size (set->fds, 0);
  g_array_set_size (set->indices, 0);
  append_fd (set, set->knock, PH_IO_READ, G_MAXUINT);
  for (guint i = 0; i < set->places->len; i++)
    {
      const Place *place = &g_array_index (set->places, Place, i);

      if (!place->hung)
        append_fd (set, place->fd, place->interest, i);
    }
}

/* Milliseconds for WSAPoll(), rounded up so that the deadline has passed when it returns. */
static int
timeout_for (gint64 left)
{
  return left < 0 ? -1 : (int) MIN ((left + 999999) / 1000000, G_MAXINT);
}

/* Waits on Windows end on a tick of 15.6 ms unless a finer one is asked for. That costs power, so it is done only for short waits. */
static int
poll_for (PhPoll *set, gint64 left)
{
  WSAPOLLFD *fds = (WSAPOLLFD *) (gpointer) set->fds->data;
  gboolean fine = left > 0 && left <= FINE && timeBeginPeriod (1) == TIMERR_NOERROR;
  int n = WSAPoll (fds, set->fds->len, timeout_for (left));

  if (fine)
    timeEndPeriod (1);

  return n;
}

/* What a socket is ready for. A hang-up can be read; if reading is not wanted, the socket is checked by us from now on. */
static PhIo
from_poll (PhPoll *set, Place *place, short events)
{
  PhIo io = 0;

  if ((events & POLLRDNORM) != 0)
    io |= PH_IO_READ;
  if ((events & POLLWRNORM) != 0)
    io |= PH_IO_WRITE;
  if ((events & (POLLERR | POLLNVAL)) != 0)
    io |= PH_IO_ERROR;
  else if ((events & POLLHUP) != 0 && (place->interest & PH_IO_READ) != 0)
    io |= PH_IO_READ;
  else if ((events & POLLHUP) != 0)
    set_looks (set, place, place->connecting, TRUE);

  return io;
}

/* Whether a connect has failed by now. */
static gboolean
has_failed (SOCKET fd)
{
  struct timeval now = { 0 };
  fd_set set = { .fd_count = 1, .fd_array = { fd } };

  return select (0, NULL, NULL, &set, &now) == 1;
}

/* What can still happen on a connection whose peer has finished sending: room to send, or a reset. */
static PhIo
look_at_hung (const Place *place)
{
  WSAPOLLFD item = { .fd = place->fd, .events = to_poll (place->interest) };
  char ignored;

  if (WSAPoll (&item, 1, 0) > 0 && (item.revents & POLLERR) != 0)
    return PH_IO_ERROR;
  if (recv (place->fd, &ignored, 1, MSG_PEEK) < 0 && WSAGetLastError () != WSAEWOULDBLOCK)
    return PH_IO_ERROR;

  return (item.revents & POLLWRNORM) != 0 ? PH_IO_WRITE : 0;
}

static PhIo
look_at (const Place *place)
{
  if (place->hung)
    return look_at_hung (place);

  return place->connecting && has_failed (place->fd) ? PH_IO_ERROR : 0;
}

static void
answer_knock (PhPoll *set)
{
  char ignored[8];

  while (recv (set->knock, ignored, sizeof ignored, 0) >= 0)
    continue;
}

static guint
collect_polled (PhPoll *set, PhPollEvent *events, guint n_events)
{
  const WSAPOLLFD *fds = (const WSAPOLLFD *) (gconstpointer) set->fds->data;
  guint n = 0, searched;

  for (searched = 0; searched + 1 < set->fds->len && n < n_events; searched++)
    {
      guint i = 1 + (set->turn + searched) % (set->fds->len - 1);
      Place *place = &g_array_index (set->places, Place, g_array_index (set->indices, guint, i));
      PhIo io = fds[i].revents != 0 ? from_poll (set, place, fds[i].revents) : 0;

      if (io != 0)
        events[n++] = (PhPollEvent){ place->tag, io };
    }
  set->turn += searched;

  return n;
}

/* Also if WSAPoll reported something: a flood on one socket must not delay another. */
static guint
collect_looked_at (PhPoll *set, PhPollEvent *events, guint n_events)
{
  gint64 now = set->looks > 0 ? ph_plat_monotonic () : 0;
  guint n = 0;

  if (set->looks == 0 || now < set->next_look)
    return 0;
  set->next_look = now + LOOK;
  for (guint i = 0; i < set->places->len && n < n_events; i++)
    {
      const Place *place = &g_array_index (set->places, Place, i);
      PhIo io = look_at (place);

      if (io != 0)
        events[n++] = (PhPollEvent){ place->tag, io };
    }

  return n;
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
  for (;;)
    {
      gint64 now = ph_plat_monotonic ();
      gint64 left = deadline < 0 ? -1 : MAX (deadline - now, 0);
      gint64 look = MAX (set->next_look - now, 0);
      gint64 part = set->looks > 0 && (left < 0 || left > look) ? look : left;
      gboolean knocked;
      guint n;

      refresh (set);
      if (poll_for (set, part) < 0)
        return 0;
      knocked = g_array_index (set->fds, WSAPOLLFD, 0).revents != 0;
      if (knocked)
        answer_knock (set);
      n = collect_looked_at (set, events, n_events);
      n += collect_polled (set, events + n, n_events - n);
      if (n > 0 || knocked || (deadline >= 0 && ph_plat_monotonic () >= deadline))
        return n;
    }
}

/**
 * ph_plat_poll_wake:
 *
 * Makes the running or the next ph_plat_poll_wait() return. Any thread.
 */
void
ph_plat_poll_wake (PhPoll *set)
{
  send (set->knock, "", 1, 0); /* if there is no room, something is there to be read already */
}
