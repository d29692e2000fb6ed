/* ph-tcp-server.c: the TCP server: a listener and its clients, each with a number of its own
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-bind.h"
#include "ph-stream.h"
#include "ph-transports.h"

#include <glib/gi18n.h>

#define ACCEPTS 64 /* of one event; then the clients have their turn */

static const PhOptionSpec max_clients = {
  .id = "max-clients",
  .label = N_("Most clients"),
  .help = N_("How many clients a server takes at a time"),
  .kind = PH_OPTION_KIND_NUMBER,
  .side = PH_OPTION_LOCAL,
  .min = 1,
  .max = 60000,
  .initial = 10000,
  .step = 1,
};

static const PhOptionSpec backlog = {
  .id = "backlog",
  .label = N_("Backlog"),
  .help = N_("How many connections may wait to be accepted"),
  .kind = PH_OPTION_KIND_NUMBER,
  .side = PH_OPTION_LOCAL,
  .min = 1,
  .max = 65535,
  .initial = 128,
  .step = 1,
};

typedef struct
{
  PhSock *listeners[PH_BOUND_MAX]; /* NULL behind the last */
  GHashTable *clients; /* number → #PhSock */
  gboolean full;       /* the limit is reached: no listener is polled, and a record says so */
  gboolean starved;    /* the system had no more sockets, and a record says so */
} Server;

#define RETRY (G_GINT64_CONSTANT (1000) * 1000000) /* ns before the next try to accept */
#define NEXT (G_GINT64_CONSTANT (10) * 1000000)    /* the same after a client that gave up */

/* ---- clients ---- */

static void
watch_listeners (Server *server, PhIo interest)
{
  for (guint i = 0; i < PH_BOUND_MAX && server->listeners[i] != NULL; i++)
    ph_sock_watch (server->listeners[i], interest, NULL);
}

/* After a client left: clients in the backlog can be accepted again. */
static void
resume (PhLink *link)
{
  Server *server = link->state;

  if (!server->full || g_hash_table_size (server->clients) >= ph_endpoint_get_option (link->endpoint, &max_clients))
    return;
  server->full = FALSE;
  watch_listeners (server, PH_IO_READ);
}

static void
end_cb (PhSock *sock, PhLeft why)
{
  PhLink *link = sock->link;
  Server *server = link->state;

  g_hash_table_remove (server->clients, GUINT_TO_POINTER (sock->peer));
  ph_link_left (link, PH_RECORD_LEFT, sock->peer, why);
  ph_sock_retire (sock);
  resume (link);
}

static void
init_words (PhWords *words, const char *action, const PhAddr *on)
{
  char text[PH_ADDR_TEXT_MAX];

  ph_words_init (words, action, ph_plat_addr_text (on, text));
}

static void
welcome (PhLink *link, PhFd fd, const PhAddr *peer)
{
  Server *server = link->state;
  PhSock *sock = ph_sock_new (link, fd);
  GError *error = NULL;
  PhWords words;

  sock->remote = *peer;
  sock->end = end_cb;
  sock->peer = ph_link_name_peer (link, PH_RECORD_JOINED, peer);
  g_hash_table_insert (server->clients, GUINT_TO_POINTER (sock->peer), sock);
  if (ph_stream_start (sock, &ph_stream_plain, &error))
    return;
  init_words (&words, "serve", peer);
  ph_words_add (&words, "cause", ph_error_get_cause (error));
  ph_link_error (link, sock->peer, (PhError) error->code, &words);
  end_cb (sock, PH_LEFT_FAILED);
  g_error_free (error);
}

/* Stops accepting until a client leaves. New ones wait in the backlog. */
static void
pause_full (PhLink *link)
{
  Server *server = link->state;
  PhWords words;

  server->full = TRUE;
  watch_listeners (server, 0);
  ph_words_init (&words, "accept", NULL);
  ph_words_add_number (&words, "limit", g_hash_table_size (server->clients));
  ph_link_error (link, PH_PEER_NONE, PH_ERROR_LIMIT, &words);
}

static void
retry_cb (gpointer listener)
{
  ph_sock_watch (listener, PH_IO_READ, NULL);
}

static void
pause_accepting (PhSock *listener, gint64 pause)
{
  ph_sock_watch (listener, 0, NULL);
  ph_timer_set (listener->link->timers, &listener->timer, ph_plat_monotonic () + pause, retry_cb, listener);
}

/* The system has no descriptors or memory left, or forbids it. There is no event to wait for: try again after a while. */
static void
pause_starved (PhLink *link, PhSock *listener, PhError code)
{
  Server *server = link->state;
  PhWords words;

  pause_accepting (listener, RETRY);
  if (server->starved)
    return;
  server->starved = TRUE;
  ph_words_init (&words, "accept", NULL);
  ph_link_error (link, PH_PEER_NONE, code, &words);
}

/* A client was taken, and cannot be served. */
static void
report_unserved (PhLink *link, const PhAddr *peer, PhError code)
{
  PhWords words;

  init_words (&words, "serve", peer);
  ph_link_error (link, PH_PEER_NONE, code, &words);
}

static void
note_accepting (PhLink *link, const char *cause, PhError code)
{
  PhWords words;

  ph_words_init (&words, "accept", NULL);
  ph_words_add (&words, "cause", cause);
  ph_link_words (link, PH_RECORD_NOTE, PH_PEER_NONE, (guint16) code, &words);
}

/* Nobody was accepted. TRUE if another client may be tried at once. */
static gboolean
accept_failed (PhLink *link, PhSock *listener, const PhAddr *peer, PhError code)
{
  if (peer->family != PH_FAMILY_NONE)
    {
      report_unserved (link, peer, code);
      return TRUE;
    }
  if (code == PH_ERROR_RESET)
    {
      note_accepting (link, "gave-up", code);
      pause_accepting (listener, NEXT);
    }
  else if (code != PH_ERROR_WOULD_BLOCK)
    {
      pause_starved (link, listener, code);
    }

  return FALSE;
}

static void
accept_clients (PhLink *link, PhSock *listener)
{
  Server *server = link->state;
  PhError code = PH_ERROR_NONE;
  guint most = ph_endpoint_get_option (link->endpoint, &max_clients);
  PhAddr peer;

  for (guint i = 0; i < ACCEPTS; i++)
    {
      PhFd fd;

      if (g_hash_table_size (server->clients) >= most)
        {
          pause_full (link);
          return;
        }
      fd = ph_plat_accept (listener->fd, &peer, &code);
      if (fd != PH_FD_NONE)
        {
          if (server->starved)
            note_accepting (link, "again", PH_ERROR_NONE);
          server->starved = FALSE;
          welcome (link, fd, &peer);
        }
      else if (!accept_failed (link, listener, &peer, code))
        {
          return;
        }
    }
}

/* ---- the transport ---- */

/* Makes sockets of @bound, and begins to accept. */
static gboolean
listen_on (PhLink *link, const PhBound *bound, guint n, GError **error)
{
  Server *server = link->state;

  for (guint i = 0; i < n; i++)
    server->listeners[i] = ph_sock_new (link, bound[i].fd);
  for (guint i = 0; i < n; i++)
    if (!ph_sock_watch (server->listeners[i], PH_IO_READ, error))
      return FALSE;

  return TRUE;
}

static void
tcp_server_open (PhLink *link)
{
  Server *server = g_new0 (Server, 1);
  int waiting = (int) ph_endpoint_get_option (link->endpoint, &backlog);
  PhBound bound[PH_BOUND_MAX];
  GError *error = NULL;
  PhAddr tried = { 0 };
  PhWords words;
  guint n;

  link->state = server;
  server->clients = g_hash_table_new (NULL, NULL);
  n = ph_bind_all (link, PH_SOCKET_TCP, waiting, bound, &tried, &error);
  if (n == 0 || !listen_on (link, bound, n, &error))
    {
      init_words (&words, "listen", n == 0 ? &tried : &bound[0].addr);
      ph_link_fail (link, &words, error);
      return;
    }
  for (guint i = 0; i < n; i++)
    ph_link_opened (link, PH_PEER_NONE, &bound[i].addr);
}

static void
tcp_server_ready (PhLink *link, PhSock *sock, PhIo io)
{
  Server *server = link->state;

  if (sock == server->listeners[0] || sock == server->listeners[1])
    accept_clients (link, sock);
  else
    ph_stream_ready (sock, io);
}

static void
report_nobody (PhLink *link, guint32 peer, const char *cause)
{
  PhWords words;

  ph_words_init (&words, "send", NULL);
  ph_words_add (&words, "cause", cause);
  ph_link_error (link, peer, PH_ERROR_NOT_OPEN, &words);
}

/* Whether there is a client to which something can still be sent. */
static gboolean
has_reachable (Server *server)
{
  GHashTableIter iter;
  gpointer client;

  g_hash_table_iter_init (&iter, server->clients);
  while (g_hash_table_iter_next (&iter, NULL, &client))
    if (!((PhSock *) client)->closing)
      return TRUE;

  return FALSE;
}

/* A client that did not take all of a message at once. */
typedef struct
{
  guint32 peer;
  gsize taken;
  gboolean queued;
} Part;

/* Offers a message to each client, but for those whose sending side was closed here. Returns how many took all of it; @parts: the
 * others, if still connected; @ret_error: why the last of them did not. One that broke is no reason while others are there. */
static guint
offer_to_all (Server *server, const PhOutgoing *message, GArray *parts, PhError *ret_error)
{
  g_autoptr (GList) clients = g_hash_table_get_values (server->clients);
  PhSendResult result;
  guint whole = 0;

  for (GList *at = clients; at != NULL; at = at->next)
    {
      PhSock *sock = at->data;
      Part part = { .peer = sock->peer };

      if (sock->closing)
        {
          g_array_append_val (parts, part);
          continue;
        }
      part.taken = ph_stream_offer (sock, message, &result);
      part.queued = result.queued > 0;
      if (result.sent > 0)
        whole++;
      if (result.sent > 0 || sock->fd == PH_FD_NONE)
        continue;
      g_array_append_val (parts, part);
      *ret_error = result.error;
    }

  return whole;
}

/* One OUT record for all clients that took the message, and one more for each other client. */
static PhSendResult
send_to_all (PhLink *link, const PhOutgoing *message)
{
  Server *server = link->state;
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (Part));
  PhError error = PH_ERROR_RESET; /* if none is left */
  gboolean queued = FALSE;
  guint whole;

  if (g_hash_table_size (server->clients) == 0)
    {
      report_nobody (link, PH_PEER_NONE, "no-client");
      return ph_send_refused (PH_ERROR_NOT_OPEN);
    }
  if (!has_reachable (server))
    {
      report_nobody (link, PH_PEER_NONE, "all-half-closed-here");
      return ph_send_refused (PH_ERROR_NOT_OPEN);
    }
  whole = offer_to_all (server, message, parts, &error);
  if (whole > 0)
    ph_link_sent (link, PH_PEER_ALL, (guint16) whole, message, 0, g_bytes_get_size (message->bytes));
  for (guint i = 0; i < parts->len; i++)
    {
      const Part *part = &g_array_index (parts, Part, i);

      queued = queued || part->queued;
      if (whole > 0)
        ph_link_not_whole (link, part->peer, message, part->taken, part->queued);
      else if (part->taken > 0)
        ph_link_sent (link, part->peer, 1, message, 0, part->taken);
    }
  if (whole > 0)
    return (PhSendResult){ .sent = 1 };

  return queued ? (PhSendResult){ .queued = 1 } : ph_send_refused (error);
}

static PhSendResult
tcp_server_send (PhLink *link, guint32 peer, const PhAddr *to, const PhOutgoing *message)
{
  Server *server = link->state;
  PhSock *sock = g_hash_table_lookup (server->clients, GUINT_TO_POINTER (peer));

  if (peer == PH_PEER_ALL)
    return send_to_all (link, message);
  if (sock != NULL)
    return ph_stream_send (sock, message);
  report_nobody (link, peer, "client-gone");

  return ph_send_refused (PH_ERROR_NOT_OPEN);
}

/* A client that does not read must not hold up the others: for all there is room while one of them has no queue. */
static gboolean
tcp_server_has_queue (PhLink *link, guint32 peer)
{
  Server *server = link->state;
  PhSock *sock = g_hash_table_lookup (server->clients, GUINT_TO_POINTER (peer));
  GHashTableIter iter;
  gpointer client;

  if (peer != PH_PEER_ALL)
    return sock != NULL && sock->out.length > 0;
  g_hash_table_iter_init (&iter, server->clients);
  while (g_hash_table_iter_next (&iter, NULL, &client))
    if (((PhSock *) client)->out.length == 0 && !((PhSock *) client)->closing)
      return FALSE;

  return has_reachable (server);
}

/* One that does not read must not lose what goes to all. */
static gboolean
tcp_server_has_room (PhLink *link, gsize bytes)
{
  Server *server = link->state;
  GHashTableIter iter;
  gpointer client;

  g_hash_table_iter_init (&iter, server->clients);
  while (g_hash_table_iter_next (&iter, NULL, &client))
    if (!((PhSock *) client)->closing && !ph_stream_has_room (client, bytes))
      return FALSE;

  return TRUE;
}

static void
half_close_all (Server *server)
{
  g_autoptr (GList) clients = g_hash_table_get_values (server->clients);

  for (GList *at = clients; at != NULL; at = at->next)
    ph_stream_control (at->data, PH_PEER_HALF_CLOSE);
}

static void
tcp_server_control (PhLink *link, guint32 peer, PhPeerAction action)
{
  Server *server = link->state;
  PhSock *sock = g_hash_table_lookup (server->clients, GUINT_TO_POINTER (peer));

  if (peer == PH_PEER_ALL && action == PH_PEER_HALF_CLOSE)
    half_close_all (server);
  if (sock == NULL)
    return;
  if (action != PH_PEER_DISCONNECT && action != PH_PEER_RESET)
    {
      ph_stream_control (sock, action);
      return;
    }
  ph_stream_report_unsent (sock, PH_ERROR_CANCELLED);
  sock->reset = action == PH_PEER_RESET;
  end_cb (sock, sock->reset ? PH_LEFT_RESET_HERE : PH_LEFT_KICKED);
}

static gboolean
tcp_server_get_peer (PhLink *link, guint32 peer, PhAddr *ret_addr)
{
  Server *server = link->state;
  const PhSock *sock = g_hash_table_lookup (server->clients, GUINT_TO_POINTER (peer));

  if (sock != NULL)
    *ret_addr = sock->remote;

  return sock != NULL;
}

static void
tcp_server_finish (PhLink *link)
{
  Server *server = link->state;
  g_autoptr (GList) clients = g_hash_table_get_values (server->clients);

  for (GList *at = clients; at != NULL; at = at->next)
    ph_stream_check_finished (at->data);
}

static void
tcp_server_close (PhLink *link)
{
  Server *server = link->state;
  g_autoptr (GList) clients = g_hash_table_get_values (server->clients);

  server->full = FALSE; /* or the end of the first client would start to accept again */
  for (GList *at = clients; at != NULL; at = at->next)
    {
      ph_stream_report_unsent (at->data, PH_ERROR_CANCELLED);
      end_cb (at->data, PH_LEFT_BY_USER);
    }
  for (guint i = 0; i < PH_BOUND_MAX && server->listeners[i] != NULL; i++)
    ph_sock_retire (server->listeners[i]);
  g_hash_table_unref (server->clients);
  g_free (g_steal_pointer (&link->state));
}

static const PhOptionSpec *const options[] = { &max_clients, &backlog, &ph_stream_half_close, NULL };

const PhTransport ph_tcp_server_transport = {
  .id = "tcp-server",
  .name = N_("TCP server"),
  .summary = N_("listens, and serves any number of clients"),
  .open_verb = N_("Listen"),
  .close_verb = N_("Stop"),
  .opening = N_("Opening…"),
  .local_hint = N_("all addresses"),
  .everyone = N_("All connections"),
  .scheme = "tcp",
  .flags = PH_TRANSPORT_STREAM | PH_TRANSPORT_LISTENS,
  .options = options,
  .open = tcp_server_open,
  .ready = tcp_server_ready,
  .send = tcp_server_send,
  .has_queue = tcp_server_has_queue,
  .has_room = tcp_server_has_room,
  .control = tcp_server_control,
  .get_peer = tcp_server_get_peer,
  .finish = tcp_server_finish,
  .close = tcp_server_close,
};
