/* ph-plat-names-posix.c: names and numbers of hosts and interfaces, and this machine's own addresses
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-plat-private.h"

#include <errno.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netdb.h>
#include <string.h>

/**
 * ph_plat_scope_from_name:
 * @name: an interface's name
 *
 * Returns: its index, or 0
 */
guint32
ph_plat_scope_from_name (const char *name)
{
  return if_nametoindex (name);
}

/**
 * ph_plat_scope_name:
 * @scope: an interface's index
 * @name: (out): its name, or the index where it has none
 */
void
ph_plat_scope_name (guint32 scope, char name[PH_SCOPE_NAME_MAX])
{
  G_STATIC_ASSERT (PH_SCOPE_NAME_MAX >= IF_NAMESIZE);

  if (if_indextoname (scope, name) == NULL)
    g_snprintf (name, PH_SCOPE_NAME_MAX, "%u", scope);
}

/* The system's resolver reads files and asks through sockets. Where it gets no descriptor for them, it says that there is no such name. */
static PhError
check_descriptors (PhError code)
{
  g_autoptr (GError) error = NULL;
  PhFd fd = ph_plat_socket (PH_SOCKET_UDP, PH_FAMILY_IPV4, &error);

  if (fd != PH_FD_NONE)
    ph_plat_close (fd);
  else if (error->code == PH_ERROR_NO_DESCRIPTORS || error->code == PH_ERROR_SYSTEM_FILES)
    return (PhError) error->code;

  return code;
}

/**
 * ph_plat_resolve:
 * @host: a name or an address; "" for all addresses of this machine
 * @port: put into what is found
 * @error: why not
 *
 * Asks the system's resolver. Blocks: only for threads that may wait.
 *
 * Returns: (transfer full) (element-type PhAddr): at least one address, in the order to try them
 */
GArray *
ph_plat_resolve (const char *host, guint16 port, GError **error)
{
  struct addrinfo hints = { .ai_socktype = SOCK_STREAM, .ai_flags = AI_ADDRCONFIG };
  struct addrinfo *found = NULL;
  g_autoptr (GArray) addrs = g_array_new (FALSE, FALSE, sizeof (PhAddr));
  PhAddr addr;
  PhError code;
  int result, system;

  if (ph_plat_addr_parse (*host != '\0' ? host : "0.0.0.0", port, &addr))
    return g_array_append_val (addrs, addr), g_steal_pointer (&addrs);
  if (ph_plat_addr_refuse_look_up (host, error))
    return NULL;

  result = getaddrinfo (host, NULL, &hints, &found);
  if (result != 0)
    {
      /* On a machine that has only loopback, AI_ADDRCONFIG finds nothing, not even the machine's own name. */
      hints.ai_flags = 0;
      result = getaddrinfo (host, NULL, &hints, &found);
    }
  system = errno;
  for (struct addrinfo *at = found; at != NULL; at = at->ai_next)
    {
      PhSockaddr native;

      if (at->ai_addrlen > sizeof native)
        continue;
      memcpy (&native, at->ai_addr, at->ai_addrlen);
      ph_plat_addr_from_native (&native, &addr);
      addr.port = port;
      if (addr.family != PH_FAMILY_NONE)
        g_array_append_val (addrs, addr);
    }
  if (found != NULL)
    freeaddrinfo (found);
  if (addrs->len > 0)
    return g_steal_pointer (&addrs);

  code = result != 0 ? ph_plat_error_from_resolver (result, system) : PH_ERROR_NO_ADDRESS;
  if (code == PH_ERROR_FAILED)
    code = PH_ERROR_NAME_FAILURE;
  code = check_descriptors (code);
  ph_error_set (error, code, NULL, ph_error_why (code));

  return NULL;
}

/**
 * ph_plat_list_addrs:
 *
 * Any thread; quick.
 *
 * Returns: (transfer full) (element-type PhInterfaceAddr): the addresses of the interfaces that are up, maybe none
 */
GArray *
ph_plat_list_addrs (void)
{
  GArray *list = g_array_new (FALSE, TRUE, sizeof (PhInterfaceAddr));
  struct ifaddrs *found = NULL;

  if (getifaddrs (&found) != 0)
    return list;
  for (struct ifaddrs *at = found; at != NULL; at = at->ifa_next)
    {
      PhInterfaceAddr item = { .loopback = (at->ifa_flags & IFF_LOOPBACK) != 0 };
      PhSockaddr native = { 0 };
      int family = at->ifa_addr != NULL ? at->ifa_addr->sa_family : AF_UNSPEC;

      if ((at->ifa_flags & IFF_UP) == 0 || (family != AF_INET && family != AF_INET6))
        continue;
      memcpy (&native, at->ifa_addr, family == AF_INET ? sizeof native.v4 : sizeof native.v6);
      ph_plat_addr_from_native (&native, &item.addr);
      g_strlcpy (item.name, at->ifa_name, sizeof item.name);
      g_array_append_val (list, item);
    }
  freeifaddrs (found);

  return list;
}
