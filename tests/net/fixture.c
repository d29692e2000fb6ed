/* fixture.c: a worker under test, its records read one by one, and plain sockets to talk to it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fixture.h"

#include "ph-format.h"

#include "sockets.h"

#include <string.h>

static void
wake_cb (gpointer data)
{
  Net *net = data;

  g_mutex_lock (&net->mutex);
  net->woken = TRUE;
  g_cond_signal (&net->cond);
  g_mutex_unlock (&net->mutex);
}

Net *
net_new (void)
{
  Net *net = g_new0 (Net, 1);

  ph_plat_init ();
  g_mutex_init (&net->mutex);
  g_cond_init (&net->cond);
  net->store = ph_store_new (PH_STORE_LIMIT_MIN, wake_cb, net);
  net->worker = ph_worker_new (net->store, NULL);
  g_assert_nonnull (net->worker);

  return net;
}

void
net_free (Net *net)
{
  ph_store_abandon (net->store);
  ph_worker_free (net->worker);
  ph_store_free (net->store);
  g_mutex_clear (&net->mutex);
  g_cond_clear (&net->cond);
  g_free (net->payload);
  g_free (net);
}

/* Sleeps until the store has something new; a test that waits longer than PATIENCE has failed. */
static void
wait_for_news (Net *net)
{
  gint64 deadline = g_get_monotonic_time () + PATIENCE * G_TIME_SPAN_SECOND;

  ph_store_release (net->store, net->next);
  if (!ph_store_rearm (net->store))
    return;
  g_mutex_lock (&net->mutex);
  while (!net->woken)
    if (!g_cond_wait_until (&net->cond, &net->mutex, deadline))
      g_error ("no record came within %d s; the last was %s “%s”", PATIENCE, ph_record_kind_id (net->record.kind),
               net->payload != NULL ? net->payload : "");
  net->woken = FALSE;
  g_mutex_unlock (&net->mutex);
}

/* Reads the next record into @net, whatever it is. */
void
net_next (Net *net)
{
  const PhRecord *record;
  const guint8 *payload;

  while (ph_store_end (net->store) == net->next)
    wait_for_news (net);
  ph_store_begin_read (net->store);
  record = ph_store_get (net->store, net->next++, &payload);
  g_assert_nonnull (record);
  net->record = *record;
  g_free (net->payload);
  if (ph_record_has_words (record))
    {
      net->payload = ph_format_event (record, payload, NULL, PH_LANGUAGE_ENGLISH);
      ph_words_read (&net->words, payload, record->length);
    }
  else
    {
      net->payload = g_strndup ("", record->length);
      memcpy (net->payload, payload, record->length);
    }
  ph_store_end_read (net->store);

  if (net->record.kind == PH_RECORD_OPENING)
    net->stream = net->record.detail == PH_OPENING_STREAM;
  if (ph_record_is_data (&net->record))
    g_assert_cmpint (ph_record_is_stream (&net->record), ==, net->stream);
  if (net->record.kind == PH_RECORD_OPEN)
    net->port = atoi (strrchr (net->payload, ':') + 1);
  if (net->record.kind == PH_RECORD_PEER || net->record.kind == PH_RECORD_JOINED)
    net->peer = net->record.peer;
}

/* The next record, but for those that only name things, has to be of @kind. */
void
net_expect (Net *net, PhRecordKind kind)
{
  do
    net_next (net);
  while ((ph_record_is_silent (&net->record) || net->record.kind == PH_RECORD_OPENING) && net->record.kind != kind);
  if (net->record.kind != kind)
    g_error ("expected %s, got %s “%s”", ph_record_kind_id (kind), ph_record_kind_id (net->record.kind), net->payload);
}

void
net_expect_text (Net *net, PhRecordKind kind, const char *text)
{
  net_expect (net, kind);
  g_assert_cmpstr (net->payload, ==, text);
  g_assert_cmpuint (net->record.length, ==, strlen (text));
}

/* Of the words of the record that was read last; there has to be one. */
guint64
net_number (Net *net, const char *name)
{
  guint64 number = 0;

  g_assert_true (ph_words_get_number (&net->words, name, &number));

  return number;
}

void
net_open_endpoint (Net *net, PhEndpoint *endpoint)
{
  ph_worker_open (net->worker, endpoint);
  ph_endpoint_free (endpoint);
}

void
net_open (Net *net, const char *transport, const char *local, int local_port, const char *remote, int remote_port)
{
  PhEndpoint *endpoint = ph_endpoint_new (transport);

  ph_place_set_ip (&endpoint->local, local, local_port);
  ph_place_set_ip (&endpoint->remote, remote, remote_port);
  net_open_endpoint (net, endpoint);
}

void
net_send (Net *net, guint32 peer, const char *host, int port, const void *data, gsize length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (PhPayload) payload = ph_payload_new_for_bytes (bytes, NULL, NULL);
  PhTarget target = { .peer = peer, .place = { .port = port, .name = (char *) host } };

  ph_worker_send (net->worker, &target, payload, NULL);
}

void
net_send_text (Net *net, guint32 peer, const char *text)
{
  net_send (net, peer, NULL, PH_PORT_UNSET, text, strlen (text));
}

/* Closes what is open and checks that this is told as the user's doing. */
void
net_close (Net *net)
{
  ph_worker_close (net->worker);
  net_expect (net, PH_RECORD_CLOSED);
  g_assert_cmpuint (net->record.detail, ==, PH_LEFT_BY_USER);
}

/* ---- plain sockets ---- */

static struct sockaddr_in
loopback (const char *host, int port)
{
  struct sockaddr_in addr = { .sin_family = AF_INET, .sin_port = g_htons ((guint16) port) };

  g_assert_cmpint (inet_pton (AF_INET, host, &addr.sin_addr), ==, 1);
  return addr;
}

static int
patient_socket (PhSocketType type)
{
  int fd = (int) socket (AF_INET, type == PH_SOCKET_UDP ? SOCK_DGRAM : SOCK_STREAM, 0);
  SocketsTimeout patience = SOCKETS_SECONDS (PATIENCE);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (setsockopt (fd, SOL_SOCKET, SO_RCVTIMEO, (const void *) &patience, sizeof patience), ==, 0);
  return fd;
}

/* A bound socket that the test talks through; TCP ones listen. */
int
peer_socket (PhSocketType type, const char *host, int *ret_port)
{
  struct sockaddr_in addr = loopback (host, 0);
  socklen_t length = sizeof addr;
  int fd = patient_socket (type);

  g_assert_cmpint (bind (fd, (struct sockaddr *) &addr, sizeof addr), ==, 0);
  if (type == PH_SOCKET_TCP)
    g_assert_cmpint (listen (fd, 16), ==, 0);
  g_assert_cmpint (getsockname (fd, (struct sockaddr *) &addr, &length), ==, 0);
  *ret_port = g_ntohs (addr.sin_port);

  return fd;
}

/* Whether this system binds a socket to an address that is not its own. Wine's bind() does. */
gboolean
peer_can_be_anywhere (void)
{
  struct sockaddr_in addr = loopback ("192.0.2.1", 0);
  int fd = patient_socket (PH_SOCKET_UDP);
  gboolean bound = bind (fd, (struct sockaddr *) &addr, sizeof addr) == 0;

  sockets_close (fd);
  return bound;
}

/* A listener whose backlog is full does not answer: the kernel drops what would be one too many. */
int
peer_deaf_listener (int *ret_port, int fillers[8])
{
  int fd = peer_socket (PH_SOCKET_TCP, "127.0.0.1", ret_port);
  struct sockaddr_in addr = loopback ("127.0.0.1", *ret_port);

  g_assert_cmpint (listen (fd, 0), ==, 0);
  for (int i = 0; i < 8; i++)
    {
      fillers[i] = patient_socket (PH_SOCKET_TCP);
      sockets_do_not_wait (fillers[i]);
      (void) !connect (fillers[i], (struct sockaddr *) &addr, sizeof addr);
    }

  return fd;
}

int
peer_connect (int port)
{
  struct sockaddr_in addr = loopback ("127.0.0.1", port);
  int fd = patient_socket (PH_SOCKET_TCP);

  g_assert_cmpint (connect (fd, (struct sockaddr *) &addr, sizeof addr), ==, 0);
  return fd;
}

int
peer_accept (int listener)
{
  int fd = (int) accept (listener, NULL, NULL);

  g_assert_cmpint (fd, >=, 0);
  return fd;
}

gssize
peer_send (int fd, const void *bytes, gsize length)
{
  return send (fd, bytes, length, 0);
}

/* Sends while the system takes more at once. Returns how many bytes of @length it took. */
gsize
peer_send_until_full (int fd, const void *bytes, gsize length)
{
  struct timeval now = { 0 };
  gsize sent = 0;

  while (sent < length)
    {
      fd_set set;
      gssize n;

      FD_ZERO (&set);
      FD_SET (fd, &set);
      if (select (fd + 1, NULL, &set, NULL, &now) != 1)
        break;
      n = send (fd, (const char *) bytes + sent, MIN (length - sent, 1000), 0);
      g_assert_cmpint (n, >, 0);
      sent += (gsize) n;
    }

  return sent;
}

void
peer_send_urgent (int fd, char byte)
{
  g_assert_cmpint (send (fd, &byte, 1, MSG_OOB), ==, 1);
}

void
peer_send_to (int fd, int port, const void *bytes, gsize length)
{
  struct sockaddr_in addr = loopback ("127.0.0.1", port);

  g_assert_cmpint (sendto (fd, bytes, length, 0, (struct sockaddr *) &addr, sizeof addr), ==, (gssize) length);
}

/* To any address, a broadcast too. FALSE where there is no way to it. */
gboolean
peer_send_to_host (int fd, const char *host, int port, const void *bytes, gsize length)
{
  struct sockaddr_in addr = loopback (host, port);
  int on = 1;

  setsockopt (fd, SOL_SOCKET, SO_BROADCAST, (const void *) &on, sizeof on);
  return sendto (fd, bytes, length, 0, (struct sockaddr *) &addr, sizeof addr) == (gssize) length;
}

/* Joins a group on the loopback interface, and sends to groups there. FALSE where that cannot be done. */
gboolean
peer_join (int fd, const char *group)
{
  struct ip_mreq join = { .imr_multiaddr = loopback (group, 0).sin_addr, .imr_interface = loopback ("127.0.0.1", 0).sin_addr };

  return setsockopt (fd, IPPROTO_IP, IP_ADD_MEMBERSHIP, (const void *) &join, sizeof join) == 0
         && setsockopt (fd, IPPROTO_IP, IP_MULTICAST_IF, (const void *) &join.imr_interface, sizeof join.imr_interface) == 0;
}

/* Returns: how many bytes; 0 at an end in order; less than 0 after a reset */
gssize
peer_receive_some (int fd, void *buffer, gsize size)
{
  gssize got = recv (fd, buffer, size, 0);
#ifdef G_OS_WIN32
  WSAPOLLFD item = { .fd = (SOCKET) fd };

  /* Wine may have taken the reset off the socket before: then only a poll tells it from an end in order. */
  if (got == 0 && WSAPoll (&item, 1, 0) > 0 && (item.revents & POLLERR) != 0)
    return -1;
#endif

  return got;
}

/* A datagram, and where it came from. */
gssize
peer_receive_from (int fd, void *buffer, gsize size, char ret_host[64])
{
  struct sockaddr_in from = { 0 };
  socklen_t length = sizeof from;
  gssize got = recvfrom (fd, buffer, size, 0, (struct sockaddr *) &from, &length);

  g_assert_nonnull (inet_ntop (AF_INET, &from.sin_addr, ret_host, 64));
  return got;
}

/* Receives exactly @length bytes. */
void
peer_receive (int fd, char *buffer, gsize length)
{
  gsize got = 0;

  while (got < length)
    {
      gssize n = recv (fd, buffer + got, length - got, 0);

      g_assert_cmpint (n, >, 0);
      got += (gsize) n;
    }
}

/* A thread: receives until the end. Returns how many bytes came. */
gpointer
peer_read_to_the_end (gpointer fd)
{
  g_autofree char *bytes = g_malloc (65536);
  gsize total = 0;

  for (gssize n; (n = peer_receive_some (GPOINTER_TO_INT (fd), bytes, 65536)) > 0;)
    total += (gsize) n;

  return GSIZE_TO_POINTER (total);
}

/* Whether there is something to receive, or an end, right now. */
gboolean
peer_has_news (int fd)
{
  struct timeval now = { 0 };
  fd_set set;

  FD_ZERO (&set);
  FD_SET (fd, &set);
  return select (fd + 1, &set, NULL, NULL, &now) == 1;
}

/* Sends a FIN and goes on to receive. */
int
peer_finish (int fd)
{
  return shutdown (fd, SHUT_WR);
}

/* Closes with a RST instead of a FIN. */
void
peer_reset (int fd)
{
  struct linger now = { .l_onoff = 1 };

  g_assert_cmpint (setsockopt (fd, SOL_SOCKET, SO_LINGER, (const void *) &now, sizeof now), ==, 0);
  sockets_close (fd);
}

void
peer_close (int fd)
{
  sockets_close (fd);
}
