/* ph-plat-addr.c: addresses as text and in the form that system calls take, on every system
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-plat-private.h"

#include <glib/gi18n.h>
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

/* Four decimal numbers without leading zeros: some of the functions that parse addresses take a leading zero for octal. */
static gboolean
parse_ipv4 (const char *host, guint8 *ret_ip)
{
  guint8 ip[4];

  for (gsize i = 0; i < 4; i++)
    {
      gsize digits = strspn (host, "0123456789");
      guint64 number = g_ascii_strtoull (host, NULL, 10);

      if (digits == 0 || digits > 3 || (digits > 1 && *host == '0') || number > 255 || host[digits] != (i < 3 ? '.' : '\0'))
        return FALSE;
      ip[i] = (guint8) number;
      host += digits + 1;
    }
  memcpy (ret_ip, ip, sizeof ip);

  return TRUE;
}

/* It may end in an IPv4 address: "::ffff:1.2.3.4". */
static gboolean
parse_ipv6 (const char *host, guint8 *ret_ip)
{
  const char *last = strrchr (host, ':');
  guint8 ignored[4];

  if (last == NULL || (strchr (last, '.') != NULL && !parse_ipv4 (last + 1, ignored)))
    return FALSE;

  return inet_pton (AF_INET6, host, ret_ip) == 1;
}

/* "fe80::1%eth0" and "fe80::1%2" may be the same place. */
static gboolean
parse_scoped (const char *host, PhAddr *addr)
{
  const char *percent = strchr (host, '%');
  g_autofree char *bare = NULL;
  guint64 index = 0;

  if (percent == NULL)
    return parse_ipv6 (host, addr->ip);

  bare = g_strndup (host, (gsize) (percent - host));
  addr->scope = ph_plat_scope_from_name (percent + 1);
  if (addr->scope == 0 && g_ascii_string_to_unsigned (percent + 1, 10, 1, G_MAXUINT32, &index, NULL))
    addr->scope = (guint32) index;

  return addr->scope != 0 && parse_ipv6 (bare, addr->ip);
}

/**
 * ph_plat_addr_parse:
 * @host: an IPv4 or IPv6 address without brackets; a name is none, nor are numbers other than four decimal ones
 * @port: in host order
 * @ret_addr: (out): the address
 *
 * Any thread; never asks the network.
 *
 * Returns: whether @host is an address; the interface behind "%" must be there
 */
gboolean
ph_plat_addr_parse (const char *host, guint16 port, PhAddr *ret_addr)
{
  PhAddr addr = { .port = port };

  if (parse_ipv4 (host, addr.ip))
    addr.family = PH_FAMILY_IPV4;
  else if (parse_scoped (host, &addr))
    addr.family = PH_FAMILY_IPV6;
  else
    return FALSE;

  *ret_addr = addr;
  return TRUE;
}

/**
 * ph_plat_addr_is_no_name:
 * @host: what ph_plat_addr_parse() does not take
 *
 * Resolvers take "127.1", "0x7f.1", "010.0.0.1" and "2130706433" for addresses, some of them also with digits of other
 * scripts. Any thread.
 *
 * Returns: whether it must not be looked up as a name: it consists of numbers, or has a colon
 */
gboolean
ph_plat_addr_is_no_name (const char *host)
{
  g_autofree char *plain = g_utf8_normalize (host, -1, G_NORMALIZE_ALL_COMPOSE);
  const char *at = plain;

  if (plain == NULL || strchr (plain, ':') != NULL)
    return TRUE;
  while (g_ascii_isdigit (*at))
    {
      gboolean hex = at[0] == '0' && (at[1] == 'x' || at[1] == 'X');

      at += hex ? 2 + strspn (at + 2, "0123456789abcdefABCDEF") : strspn (at, "0123456789");
      if (*at == '\0' || (at[0] == '.' && at[1] == '\0'))
        return TRUE;
      if (*at++ != '.')
        return FALSE;
    }

  return FALSE;
}

/**
 * ph_plat_addr_refuse_look_up:
 * @host: what ph_plat_addr_parse() does not take
 * @error: set with %PH_ERROR_NOT_RESOLVED
 *
 * Returns: %TRUE if it must not be given to the system's resolver, with @error set
 */
gboolean
ph_plat_addr_refuse_look_up (const char *host, GError **error)
{
  gboolean scoped = strchr (host, '%') != NULL;

  if (!ph_plat_addr_is_no_name (host))
    return FALSE;
  ph_error_set (error, PH_ERROR_NOT_RESOLVED, scoped ? "no-such-interface" : "no-address",
                scoped ? _("this machine has no such interface") : _("it is not an address"));

  return TRUE;
}

/**
 * ph_plat_addr_lacks_interface:
 *
 * Each interface has a network of its own with these addresses. Any thread.
 *
 * Returns: whether it is a link-local IPv6 address without a scope
 */
gboolean
ph_plat_addr_lacks_interface (const PhAddr *addr)
{
  return addr->family == PH_FAMILY_IPV6 && addr->scope == 0 && addr->ip[0] == 0xfe && (addr->ip[1] & 0xc0) == 0x80;
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

