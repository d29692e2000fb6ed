/* ph-tcp-client.c: the TCP client: tries each address of the server, with a deadline for each, until one answers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-bind.h"
#include "ph-stream.h"
#include "ph-transports.h"

#include <glib/gi18n.h>

static const PhOptionSpec connect_timeout = {
  .id = "connect-timeout",
  .label = N_("Connect timeout"),
  .help = N_("How long to try each address of a server"),
  .unit = N_("ms"),
  .kind = PH_OPTION_KIND_NUMBER,
  .side = PH_OPTION_REMOTE,
  .min = 1,
  .max = G_MAXINT,
  .initial = 10000,
  .step = 100,
};

typedef struct
{
  PhSock *sock; /* nullable: connecting or connected */
  guint next;   /* index of the next remote address to try */
  guint failed; /* how many addresses failed */
  GError *why;  /* of the last one that failed */
  PhAddr unbound; /* the local address that it could not use; of no family if that was not it */
} Client;

static void try_next (PhLink *link);

static void
end_cb (PhSock *sock, PhLeft why)
{
  Client *client = sock->link->state;

  client->sock = NULL;
  ph_sock_retire (sock);
  ph_link_end (sock->link, why);
}

static void
init_words (PhWords *words, const Client *client, const char *on)
{
  char from[PH_ADDR_TEXT_MAX];

  ph_words_init (words, "connect", on);
  if (client->unbound.family != PH_FAMILY_NONE)
    ph_words_add (words, "from", ph_plat_addr_text (&client->unbound, from));
}

/* One address failed. If there are several, writes a note. Tries the next one. */
static void
address_failed (PhLink *link, const PhAddr *addr, GError *error)
{
  Client *client = link->state;
  char text[PH_ADDR_TEXT_MAX];
  PhWords words;

  client->failed++;
  g_clear_error (&client->why);
  client->why = error;
  if (client->sock != NULL)
    ph_sock_retire (g_steal_pointer (&client->sock));
  if (link->remote->len > 1)
    {
      init_words (&words, client, ph_plat_addr_text (addr, text));
      ph_words_add (&words, "cause", ph_error_get_cause (error));
      ph_link_words (link, PH_RECORD_NOTE, PH_PEER_NONE, (guint16) error->code, &words);
    }
  try_next (link);
}

static void
timed_out_cb (gpointer data)
{
  PhSock *sock = data;
  PhAddr addr = sock->remote;

  address_failed (sock->link, &addr,
                  g_error_new_literal (PH_ERROR, PH_ERROR_TIMED_OUT, ph_error_why (PH_ERROR_TIMED_OUT)));
}

static void
connected (PhSock *sock)
{
  PhLink *link = sock->link;
  Client *client = link->state;
  char text[PH_ADDR_TEXT_MAX];
  GError *error = NULL;
  PhAddr local = { 0 };
  PhWords words;

  ph_timer_clear (&sock->timer);
  sock->connecting = FALSE;
  if (!ph_stream_start (sock, &ph_stream_plain, &error))
    {
      init_words (&words, client, ph_plat_addr_text (&sock->remote, text));
      ph_link_fail (link, &words, error);
      return;
    }
  ph_plat_local_addr (sock->fd, &local);
  sock->peer = ph_link_name_peer (link, PH_RECORD_PEER, &sock->remote);
  ph_link_opened (link, sock->peer, &local);
}

/* A socket of the address's family, bound if the endpoint has a local address or port. */
static PhFd
make_socket (PhLink *link, const PhAddr *addr, GError **error)
{
  gboolean bound = ph_place_has_name (&link->endpoint->local) || link->endpoint->local.port > 0;
  Client *client = link->state;
  PhAddr local;
  PhFd fd;

  client->unbound = (PhAddr){ 0 };
  if (ph_plat_addr_lacks_interface (addr))
    {
      ph_error_set (error, PH_ERROR_NO_INTERFACE, NULL, ph_error_why (PH_ERROR_NO_INTERFACE));
      return PH_FD_NONE;
    }
  if (!bound)
    return ph_plat_socket (PH_SOCKET_TCP, addr->family, error);
  fd = ph_bind_first (link, PH_SOCKET_TCP, addr->family, &local, error);
  if (fd == PH_FD_NONE)
    client->unbound = local;

  return fd;
}

/* Begins to connect to one address. FALSE with @error set if it failed at once. */
static gboolean
begin (PhLink *link, const PhAddr *addr, GError **error)
{
  Client *client = link->state;
  PhFd fd = make_socket (link, addr, error);
  gint64 wait = (gint64) ph_endpoint_get_option (link->endpoint, &connect_timeout) * 1000000;
  PhSock *sock;

  if (fd == PH_FD_NONE)
    return FALSE;
  sock = client->sock = ph_sock_new (link, fd);
  sock->remote = *addr;
  sock->end = end_cb;
  switch (ph_plat_connect (fd, addr, error))
    {
    case PH_CONNECT_DONE:
      connected (sock);
      return TRUE;
    case PH_CONNECT_PENDING:
      sock->connecting = TRUE;
      ph_timer_set (link->timers, &sock->timer, ph_plat_monotonic () + wait, timed_out_cb, sock);
      return ph_sock_watch (sock, PH_IO_WRITE, error);
    default:
      if (error != NULL && (*error)->code == PH_ERROR_NO_PORT && link->endpoint->local.port > 0)
        {
          /* From a chosen port this means: a connection with the same two addresses exists, or has just ended. */
          g_clear_error (error);
          ph_error_set (error, PH_ERROR_IN_USE, "connection-exists", ph_error_why (PH_ERROR_IN_USE));
        }
      return FALSE;
    }
}

static void
give_up (PhLink *link)
{
  Client *client = link->state;
  g_autofree char *where = ph_place_dup_text (&link->endpoint->remote);
  PhWords words;

  init_words (&words, client, where);
  ph_link_fail (link, &words, g_steal_pointer (&client->why));
}

static void
try_next (PhLink *link)
{
  Client *client = link->state;
  GError *error = NULL;
  PhAddr addr;

  if (client->next >= link->remote->len)
    {
      give_up (link);
      return;
    }
  addr = g_array_index (link->remote, PhAddr, client->next++);
  if (!begin (link, &addr, &error))
    address_failed (link, &addr, error);
}

static void
tcp_client_open (PhLink *link)
{
  link->state = g_new0 (Client, 1);
  try_next (link);
}

static void
tcp_client_ready (PhLink *link, PhSock *sock, PhIo io)
{
  GError *error = NULL;
  PhAddr addr = sock->remote;

  if (!sock->connecting)
    ph_stream_ready (sock, io);
  else if (ph_plat_connect_result (sock->fd, &error))
    connected (sock);
  else if (error->code == PH_ERROR_RESET)
    {
      /* Only an established connection can be reset: the server accepted it, maybe sent something, and reset it. */
      g_error_free (error);
      connected (sock);
      ph_stream_break (sock, PH_ERROR_RESET);
    }
  else
    address_failed (link, &addr, error);
}

static gboolean
tcp_client_has_queue (PhLink *link, guint32 peer)
{
  Client *client = link->state;

  return client->sock != NULL && client->sock->out.length > 0;
}

static PhSendResult
tcp_client_send (PhLink *link, guint32 peer, const PhAddr *to, const PhOutgoing *message)
{
  Client *client = link->state;

  return ph_stream_send (client->sock, message);
}

static gboolean
tcp_client_get_peer (PhLink *link, guint32 peer, PhAddr *ret_addr)
{
  Client *client = link->state;

  if (client->sock != NULL)
    *ret_addr = client->sock->remote;

  return client->sock != NULL;
}

static void
tcp_client_control (PhLink *link, guint32 peer, PhPeerAction action)
{
  Client *client = link->state;
  PhSock *sock = client->sock;

  if (sock == NULL || (peer != sock->peer && peer != PH_PEER_ALL && peer != PH_PEER_NONE))
    return;
  if (action == PH_PEER_DISCONNECT || action == PH_PEER_RESET)
    {
      sock->reset = action == PH_PEER_RESET && !sock->connecting;
      ph_link_end (link, sock->reset ? PH_LEFT_RESET_HERE : PH_LEFT_BY_USER);
    }
  else if (!sock->connecting)
    {
      ph_stream_control (sock, action);
    }
}

static void
tcp_client_finish (PhLink *link)
{
  Client *client = link->state;

  if (client->sock != NULL)
    ph_stream_check_finished (client->sock);
}

static void
tcp_client_close (PhLink *link)
{
  Client *client = g_steal_pointer (&link->state);

  if (client->sock != NULL)
    {
      ph_stream_report_unsent (client->sock, PH_ERROR_CANCELLED);
      ph_sock_retire (client->sock);
    }
  g_clear_error (&client->why);
  g_free (client);
}

static const PhOptionSpec *const options[] = { &connect_timeout, &ph_stream_half_close, NULL };

const PhTransport ph_tcp_client_transport = {
  .id = "tcp-client",
  .name = N_("TCP client"),
  .summary = N_("connects to a server"),
  .open_verb = N_("Connect"),
  .close_verb = N_("Disconnect"),
  .opening = N_("Connecting…"),
  .local_hint = N_("any"),
  .remote_hint = N_("host or address"),
  .scheme = "tcp",
  .flags = PH_TRANSPORT_STREAM | PH_TRANSPORT_NEEDS_REMOTE | PH_TRANSPORT_HAS_REMOTE | PH_TRANSPORT_CONNECTS,
  .options = options,
  .open = tcp_client_open,
  .ready = tcp_client_ready,
  .send = tcp_client_send,
  .has_queue = tcp_client_has_queue,
  .control = tcp_client_control,
  .get_peer = tcp_client_get_peer,
  .finish = tcp_client_finish,
  .close = tcp_client_close,
};
