/* ph-plat-names-win32.c: names and numbers of hosts and interfaces, and this machine's own addresses
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-plat-private.h"

#include <iphlpapi.h>
#include <string.h>

#define ADAPTERS_SIZE (16u * 1024u) /* about what the page of GetAdaptersAddresses() recommends */

/**
 * ph_plat_scope_from_name:
 * @name: an interface's name
 *
 * On Windows people write an interface's index ("fe80::1%12"), and its names have spaces in them.
 *
 * Returns: 0
 */
guint32
ph_plat_scope_from_name (const char *name)
{
  return 0;
}

/**
 * ph_plat_scope_name:
 * @scope: an interface's index
 * @name: (out): the index
 */
void
ph_plat_scope_name (guint32 scope, char name[PH_SCOPE_NAME_MAX])
{
  g_snprintf (name, PH_SCOPE_NAME_MAX, "%u", scope);
}

static int
look_up (const char *host, int flags, ADDRINFOW **ret_found)
{
  g_autofree gunichar2 *wide = g_utf8_to_utf16 (host, -1, NULL, NULL, NULL);
  ADDRINFOW hints = { .ai_socktype = SOCK_STREAM, .ai_flags = flags };

  return wide != NULL ? GetAddrInfoW ((const wchar_t *) wide, NULL, &hints, ret_found) : WSAHOST_NOT_FOUND;
}

static void
append_all (GArray *addrs, const ADDRINFOW *found, guint16 port)
{
  for (const ADDRINFOW *at = found; at != NULL; at = at->ai_next)
    {
      PhSockaddr native = { 0 };
      PhAddr addr;

      if (at->ai_addrlen > sizeof native)
        continue;
      memcpy (&native, at->ai_addr, at->ai_addrlen);
      ph_plat_addr_from_native (&native, &addr);
      addr.port = port;
      if (addr.family != PH_FAMILY_NONE)
        g_array_append_val (addrs, addr);
    }
}

/**
 * ph_plat_resolve:
 * @host: a name or an address; "" for all addresses of this machine
 * @port: put into what is found
 * @error: set with %PH_ERROR_NOT_RESOLVED
 *
 * Asks the system's resolver. Blocks: only for threads that may wait.
 *
 * Returns: (transfer full) (element-type PhAddr): at least one address, in the order to try them
 */
GArray *
ph_plat_resolve (const char *host, guint16 port, GError **error)
{
  g_autoptr (GArray) addrs = g_array_new (FALSE, FALSE, sizeof (PhAddr));
  ADDRINFOW *found = NULL;
  PhError code;
  PhAddr addr;
  int result;

  if (ph_plat_addr_parse (*host != '\0' ? host : "0.0.0.0", port, &addr))
    return g_array_append_val (addrs, addr), g_steal_pointer (&addrs);
  if (ph_plat_addr_refuse_look_up (host, error))
    return NULL;

  /* On a machine that has only loopback, AI_ADDRCONFIG finds nothing, not even the machine's own name. */
  result = look_up (host, AI_ADDRCONFIG, &found);
  if (result != 0)
    result = look_up (host, 0, &found);
  append_all (addrs, found, port);
  if (found != NULL)
    FreeAddrInfoW (found);
  if (addrs->len > 0)
    return g_steal_pointer (&addrs);

  code = result != 0 ? ph_plat_error_from_win32 (PH_OPERATION_SOCKET, result) : PH_ERROR_NO_ADDRESS;
  if (code == PH_ERROR_FAILED)
    code = PH_ERROR_NAME_FAILURE;
  ph_error_set (error, code, NULL, ph_error_why (code));

  return NULL;
}

/* ---- this machine's addresses ---- */

/* All interfaces, to be freed with g_free(); NULL if the system does not tell. */
static IP_ADAPTER_ADDRESSES *
list_adapters (void)
{
  const ULONG flags = GAA_FLAG_SKIP_ANYCAST | GAA_FLAG_SKIP_MULTICAST | GAA_FLAG_SKIP_DNS_SERVER;
  g_autofree IP_ADAPTER_ADDRESSES *adapters = NULL;
  ULONG size = ADAPTERS_SIZE, result;

  do /* again if there are more of them now */
    {
      g_free (adapters);
      adapters = g_malloc (size);
      result = GetAdaptersAddresses (AF_UNSPEC, flags, NULL, adapters, &size);
    }
  while (result == ERROR_BUFFER_OVERFLOW);

  return result == NO_ERROR ? g_steal_pointer (&adapters) : NULL;
}

static void
append_addresses (GArray *list, const IP_ADAPTER_ADDRESSES *adapter)
{
  g_autofree char *name = g_utf16_to_utf8 ((const gunichar2 *) adapter->FriendlyName, -1, NULL, NULL, NULL);
  PhInterfaceAddr item = { .loopback = adapter->IfType == IF_TYPE_SOFTWARE_LOOPBACK };
  const char *valid;

  g_strlcpy (item.name, name != NULL ? name : adapter->AdapterName, sizeof item.name);
  if (!g_utf8_validate (item.name, -1, &valid)) /* cut in the middle of a character */
    item.name[valid - item.name] = '\0';
  for (const IP_ADAPTER_UNICAST_ADDRESS *at = adapter->FirstUnicastAddress; at != NULL; at = at->Next)
    {
      PhSockaddr native = { 0 };

      if (at->Address.iSockaddrLength > (int) sizeof native)
        continue;
      memcpy (&native, at->Address.lpSockaddr, (gsize) at->Address.iSockaddrLength);
      ph_plat_addr_from_native (&native, &item.addr);
      if (item.addr.family != PH_FAMILY_NONE)
        g_array_append_val (list, item);
    }
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
  g_autofree IP_ADAPTER_ADDRESSES *adapters = list_adapters ();

  for (const IP_ADAPTER_ADDRESSES *at = adapters; at != NULL; at = at->Next)
    if (at->OperStatus == IfOperStatusUp)
      append_addresses (list, at);

  return list;
}
