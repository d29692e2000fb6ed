/* ph-plat-addr.c: addresses as text and in the form that system calls take, on every system
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-plat-private.h"

#include <string.h>

/**
 * ph_plat_addr_to_native:
 * @addr: an address of family IPv4 or IPv6
 * @ret_native: (out): the struct that system calls take
 *
 * Returns: its length in bytes
 */
socklen_t
ph_plat_addr_to_native (const PhAddr *addr, PhSockaddr *ret_native)
{
  if (addr->family == PH_FAMILY_IPV4)
    {
      memset (&ret_native->v4, 0, sizeof ret_native->v4);
      ret_native->v4.sin_family = AF_INET;
      ret_native->v4.sin_port = g_htons (addr->port);
      memcpy (&ret_native->v4.sin_addr, addr->ip, 4);
      return sizeof ret_native->v4;
    }

  memset (&ret_native->v6, 0, sizeof ret_native->v6);
  ret_native->v6.sin6_family = AF_INET6;
  ret_native->v6.sin6_port = g_htons (addr->port);
  ret_native->v6.sin6_scope_id = addr->scope;
  memcpy (&ret_native->v6.sin6_addr, addr->ip, 16);

  return sizeof ret_native->v6;
}

/**
 * ph_plat_addr_from_native:
 * @native: what a system call gave
 * @ret_addr: (out): the same; of family %PH_FAMILY_NONE if it is neither IPv4 nor IPv6
 */
void
ph_plat_addr_from_native (const PhSockaddr *native, PhAddr *ret_addr)
{
  memset (ret_addr, 0, sizeof *ret_addr);
  if (native->any.sa_family == AF_INET)
    {
      ret_addr->family = PH_FAMILY_IPV4;
      ret_addr->port = g_ntohs (native->v4.sin_port);
      memcpy (ret_addr->ip, &native->v4.sin_addr, 4);
    }
  else if (native->any.sa_family == AF_INET6)
    {
      ret_addr->family = PH_FAMILY_IPV6;
      ret_addr->port = g_ntohs (native->v6.sin6_port);
      ret_addr->scope = native->v6.sin6_scope_id;
      memcpy (ret_addr->ip, &native->v6.sin6_addr, 16);
    }
}

/* "fe80::1%eth0" and "fe80::1%2" may be the same place. */
static gboolean
parse_scoped (const char *host, PhAddr *addr)
{
  const char *percent = strchr (host, '%');
  g_autofree char *bare = NULL;
  guint64 index = 0;

  if (percent == NULL)
    return inet_pton (AF_INET6, host, addr->ip) == 1;

  bare = g_strndup (host, (gsize) (percent - host));
  addr->scope = ph_plat_scope_from_name (percent + 1);
  if (addr->scope == 0 && g_ascii_string_to_unsigned (percent + 1, 10, 1, G_MAXUINT32, &index, NULL))
    addr->scope = (guint32) index;

  return addr->scope != 0 && inet_pton (AF_INET6, bare, addr->ip) == 1;
}

/**
 * ph_plat_addr_parse:
 * @host: an IPv4 or IPv6 address without brackets; a name is none
 * @port: in host order
 * @ret_addr: (out): the address
 *
 * Any thread; never asks the network.
 *
 * Returns: whether @host is an address
 */
gboolean
ph_plat_addr_parse (const char *host, guint16 port, PhAddr *ret_addr)
{
  PhAddr addr = { .port = port };

  if (inet_pton (AF_INET, host, addr.ip) == 1)
    addr.family = PH_FAMILY_IPV4;
  else if (parse_scoped (host, &addr))
    addr.family = PH_FAMILY_IPV6;
  else
    return FALSE;

  *ret_addr = addr;
  return TRUE;
}

/**
 * ph_plat_addr_host:
 * @text: (out): where to write it
 *
 * Any thread.
 *
 * Returns: @text: the address without port and brackets, with the scope where there is one
 */
const char *
ph_plat_addr_host (const PhAddr *addr, char text[PH_ADDR_TEXT_MAX])
{
  char name[PH_SCOPE_NAME_MAX];
  gsize length;

  text[0] = '\0';
  if (addr->family == PH_FAMILY_NONE)
    return text;
  inet_ntop (addr->family == PH_FAMILY_IPV4 ? AF_INET : AF_INET6, addr->ip, text, PH_ADDR_TEXT_MAX);
  if (addr->scope == 0)
    return text;

  length = strlen (text);
  ph_plat_scope_name (addr->scope, name);
  g_snprintf (text + length, PH_ADDR_TEXT_MAX - length, "%%%s", name);

  return text;
}

/**
 * ph_plat_addr_text:
 * @text: (out): where to write it
 *
 * Any thread.
 *
 * Returns: @text: "1.2.3.4:80" or "[::1]:80"
 */
const char *
ph_plat_addr_text (const PhAddr *addr, char text[PH_ADDR_TEXT_MAX])
{
  char host[PH_ADDR_TEXT_MAX];

  ph_plat_addr_host (addr, host);
  g_snprintf (text, PH_ADDR_TEXT_MAX, addr->family == PH_FAMILY_IPV6 ? "[%s]:%u" : "%s:%u", host, addr->port);

  return text;
}

/**
 * ph_plat_addr_hash:
 *
 * For a hash table. Any thread.
 *
 * Returns: a hash
 */
guint
ph_plat_addr_hash (gconstpointer addr)
{
  guint32 words[sizeof (PhAddr) / 4];
  guint64 hash = 0xcbf29ce484222325u; /* FNV-1a's start and prime, over words */

  memcpy (words, addr, sizeof words);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    hash = (hash ^ words[i]) * 0x100000001b3u;

  return (guint) (hash ^ (hash >> 32));
}

/**
 * ph_plat_addr_equal:
 *
 * Returns: whether they are the same address, port and scope
 */
gboolean
ph_plat_addr_equal (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (PhAddr)) == 0;
}

