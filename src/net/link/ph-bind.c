/* ph-bind.c: sockets that are bound to the local addresses of a link
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-bind.h"

#define TRIES 16 /* to find a port that is free in both families, where the system chooses */

/* REUSE_ADDRESS: a TCP port can be bound again at once, by a server or by a client with a fixed port. V6_ONLY: an IPv6
 * socket does not take IPv4, so the address that is shown is all that is bound. */
static gboolean
prepare_and_bind (PhFd fd, PhSocketType type, const PhAddr *addr, GError **error)
{
  if (ph_plat_addr_lacks_interface (addr))
    {
      ph_error_set (error, PH_ERROR_NO_INTERFACE, NULL, ph_error_why (PH_ERROR_NO_INTERFACE));
      return FALSE;
    }
  if (type == PH_SOCKET_TCP
      && !ph_plat_set_option (fd, addr->family, PH_OPTION_REUSE_ADDRESS, 1, error))
    return FALSE;

  return ph_plat_set_option (fd, addr->family, PH_OPTION_V6_ONLY, 1, error) && ph_plat_bind (fd, addr, error);
}

/* @backlog: 0 for a socket that does not listen. */
static PhFd
bind_one (PhSocketType type, int backlog, const PhAddr *addr, GError **error)
{
  PhFd fd = ph_plat_socket (type, addr->family, error);

  if (fd == PH_FD_NONE)
    return PH_FD_NONE;
  if (prepare_and_bind (fd, type, addr, error) && (backlog == 0 || ph_plat_listen (fd, backlog, error)))
    return fd;
  ph_plat_close (fd);

  return PH_FD_NONE;
}

static PhFd
bind_first (PhLink *link, PhSocketType type, int backlog, PhFamily family, PhAddr *ret_local, GError **error)
{
  for (guint i = 0; i < link->local->len; i++)
    {
      PhAddr addr = g_array_index (link->local, PhAddr, i);
      PhFd fd;

      if (family != PH_FAMILY_NONE && addr.family != family)
        continue;
      g_clear_error (error);
      *ret_local = addr;
      fd = bind_one (type, backlog, &addr, error);
      if (fd != PH_FD_NONE)
        return fd;
    }
  if (error != NULL && *error == NULL)
    {
      *ret_local = g_array_index (link->local, PhAddr, 0);
      g_set_error_literal (error, PH_ERROR, PH_ERROR_FAMILY, ph_error_why (PH_ERROR_FAMILY));
    }

  return PH_FD_NONE;
}

/**
 * ph_bind_first:
 * @family: only addresses of this family; %PH_FAMILY_NONE: of any
 * @ret_local: (out): the address that was tried last; set on failure, too
 * @error: of the last address
 *
 * Opens a socket and binds it to the first of the local addresses that can be bound.
 *
 * Returns: (transfer full): a socket; %PH_FD_NONE with @error set
 */
PhFd
ph_bind_first (PhLink *link, PhSocketType type, PhFamily family, PhAddr *ret_local, GError **error)
{
  return bind_first (link, type, 0, family, ret_local, error);
}

/* What came of one of the two families. */
typedef struct
{
  PhAddr addr; /* that was tried */
  PhFd fd;
  GError *error;
} Attempt;

/* Where the system chooses the port, it chooses for IPv4, and IPv6 has to take the same. */
static void
bind_both (PhLink *link, PhSocketType type, int backlog, Attempt attempts[PH_BOUND_MAX])
{
  guint16 port = g_array_index (link->local, PhAddr, 0).port;

  for (guint i = 0; i < PH_BOUND_MAX; i++)
    {
      Attempt *attempt = &attempts[i];

      *attempt = (Attempt){ .addr = g_array_index (link->local, PhAddr, i) };
      attempt->addr.port = port;
      attempt->fd = bind_one (type, backlog, &attempt->addr, &attempt->error);
      if (attempt->fd != PH_FD_NONE && ph_plat_local_addr (attempt->fd, &attempt->addr))
        port = attempt->addr.port;
    }
}

static void
forget (Attempt attempts[PH_BOUND_MAX])
{
  for (guint i = 0; i < PH_BOUND_MAX; i++)
    {
      if (attempts[i].fd != PH_FD_NONE)
        ph_plat_close (attempts[i].fd);
      g_clear_error (&attempts[i].error);
    }
}

/* A kernel without a family is no fault; a port that is taken in one of them is. */
static void
report_missing (PhLink *link, PhSocketType type, const Attempt *attempt)
{
  char text[PH_ADDR_TEXT_MAX];
  PhWords words;
  PhError code = (PhError) attempt->error->code;

  ph_words_init (&words, type == PH_SOCKET_TCP ? "listen" : "open", ph_plat_addr_text (&attempt->addr, text));
  ph_words_add (&words, "cause", ph_error_get_cause (attempt->error));
  ph_link_words (link, code == PH_ERROR_FAMILY ? PH_RECORD_NOTE : PH_RECORD_ERROR, PH_PEER_NONE, (guint16) code, &words);
}

static guint
bind_everywhere (PhLink *link, PhSocketType type, int backlog, PhBound bound[PH_BOUND_MAX], PhAddr *ret_local, GError **error)
{
  gboolean chosen_by_system = g_array_index (link->local, PhAddr, 0).port == 0;
  Attempt attempts[PH_BOUND_MAX];
  guint n = 0;

  for (guint i = 0; i < TRIES; i++)
    {
      if (i > 0)
        forget (attempts);
      bind_both (link, type, backlog, attempts);
      if (!chosen_by_system || attempts[0].fd == PH_FD_NONE || attempts[1].fd != PH_FD_NONE
          || !g_error_matches (attempts[1].error, PH_ERROR, PH_ERROR_IN_USE))
        break;
    }
  if (attempts[0].fd == PH_FD_NONE && attempts[1].fd == PH_FD_NONE)
    {
      *ret_local = attempts[0].addr;
      g_propagate_error (error, g_steal_pointer (&attempts[0].error));
      g_clear_error (&attempts[1].error);
      return 0;
    }
  for (guint i = 0; i < PH_BOUND_MAX; i++)
    if (attempts[i].fd != PH_FD_NONE)
      {
        bound[n++] = (PhBound){ attempts[i].fd, attempts[i].addr };
      }
    else
      {
        report_missing (link, type, &attempts[i]);
        g_clear_error (&attempts[i].error);
      }

  return n;
}

/**
 * ph_bind_all:
 * @backlog: of sockets that listen; 0: they do not
 * @bound: (out): the sockets, IPv4 first
 * @ret_local: (out): set on failure only: the address that was tried
 *
 * Binds a socket to the first of the local addresses that can be bound; if all addresses of this machine are meant, one of each
 * family, both with the same port. Where one family cannot be had, a record says why.
 *
 * Returns: how many sockets; 0 with @error set
 */
guint
ph_bind_all (PhLink *link, PhSocketType type, int backlog, PhBound bound[PH_BOUND_MAX], PhAddr *ret_local, GError **error)
{
  if (link->everywhere)
    return bind_everywhere (link, type, backlog, bound, ret_local, error);
  bound[0].fd = bind_first (link, type, backlog, PH_FAMILY_NONE, ret_local, error);
  if (bound[0].fd == PH_FD_NONE)
    return 0;
  if (!ph_plat_local_addr (bound[0].fd, &bound[0].addr))
    bound[0].addr = *ret_local;

  return 1;
}
