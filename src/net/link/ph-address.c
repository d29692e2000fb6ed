/* ph-address.c: splits what people type and paste into scheme, host and port
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-address.h"

#include <glib/gi18n.h>
#include <string.h>

#define HOST_MAX 253 /* bytes of a host name (RFC 1035), more than any address needs */

/**
 * ph_host_port_clear:
 * @parts: what ph_host_port_parse() filled, or zeros
 *
 * Frees the strings, not @parts.
 */
void
ph_host_port_clear (PhHostPort *parts)
{
  g_clear_pointer (&parts->scheme, g_free);
  g_clear_pointer (&parts->host, g_free);
}

/**
 * ph_port_parse:
 * @text: decimal digits, blanks around them allowed; "" for none
 * @ret_port: (out): 0 to 65535, or %PH_PORT_UNSET for ""
 * @error: why not: %PH_ERROR_INVALID
 *
 * Any thread.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ph_port_parse (const char *text, int *ret_port, GError **error)
{
  g_autofree char *bare = g_strstrip (g_strdup (text));
  guint64 port;

  if (*bare == '\0')
    return *ret_port = PH_PORT_UNSET, TRUE;
  if (strspn (bare, "0123456789") != strlen (bare))
    {
      g_set_error (error, PH_ERROR, PH_ERROR_INVALID, _("“%s” is not a port: a port is a number"), bare);
      return FALSE;
    }
  if (!g_ascii_string_to_unsigned (bare, 10, 0, G_MAXUINT16, &port, NULL))
    {
      g_set_error (error, PH_ERROR, PH_ERROR_INVALID, _("%s is not a port: ports go up to 65535"), bare);
      return FALSE;
    }
  *ret_port = (int) port;

  return TRUE;
}

/* Names, addresses and their scopes have no blanks, no control characters and none of these. */
static gboolean
host_is_sane (const char *host)
{
  if (strlen (host) > HOST_MAX || !g_utf8_validate (host, -1, NULL))
    return FALSE;
  for (const char *at = host; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c <= ' ' || c == 0x7f || strchr ("[]/@\"'<>\\^`{|}?#", (int) MIN (c, 0x7f)) != NULL || g_unichar_isspace (c))
        return FALSE;
    }

  /* A colon is part of an IPv6 address only, and there are at least two of them. */
  if (strchr (host, ':') == NULL)
    return TRUE;
  if (strchr (host, ':') == strrchr (host, ':'))
    return FALSE;
  host += strspn (host, "0123456789abcdefABCDEF:.");

  return *host == '\0' || *host == '%';
}

/* Takes "scheme://" off the front and a path off the end: what a browser's address bar gives. */
static char *
strip_url (const char *text, char **ret_scheme)
{
  g_autofree char *bare = g_strstrip (g_strdup (text));
  const char *mark = strstr (bare, "://");
  char *rest;

  if (mark == NULL || mark == bare)
    return g_steal_pointer (&bare);
  *ret_scheme = g_ascii_strdown (bare, mark - bare);
  rest = g_strdup (mark + 3);
  rest[strcspn (rest, "/?#")] = '\0';

  return rest;
}

/* Splits @rest in place: where the host begins, and the port's text or NULL. */
static gboolean
split_port (char *rest, char **ret_host, char **ret_port)
{
  char *colon = strrchr (rest, ':');

  *ret_host = rest;
  *ret_port = NULL;
  if (*rest == '[')
    {
      char *bracket = strchr (rest, ']');

      if (bracket == NULL || (bracket[1] != '\0' && bracket[1] != ':'))
        return FALSE;
      *bracket = '\0';
      *ret_host = rest + 1;
      *ret_port = bracket[1] == ':' ? bracket + 2 : NULL;
    }
  else if (colon != NULL && strchr (rest, ':') == colon)
    {
      *colon = '\0';
      *ret_port = colon + 1;
    }

  return TRUE;
}

/**
 * ph_host_port_parse:
 * @text: `host`, `host:port`, `:port`, `1.2.3.4:80`, `[::1]:80`, `::1`, `udp://host:port/…`; blanks around it allowed
 * @ret_parts: (out): its parts, to be cleared with ph_host_port_clear(); untouched on failure
 * @error: why not: %PH_ERROR_INVALID
 *
 * An IPv6 address without brackets has no port. Any thread.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ph_host_port_parse (const char *text, PhHostPort *ret_parts, GError **error)
{
  g_autofree char *scheme = NULL;
  g_autofree char *rest = strip_url (text, &scheme);
  char *host, *port_text;
  int port = PH_PORT_UNSET;

  if (!split_port (rest, &host, &port_text) || !host_is_sane (host))
    {
      g_set_error (error, PH_ERROR, PH_ERROR_INVALID, _("“%s” is not an address or host name"), text);
      return FALSE;
    }
  if (port_text != NULL && !ph_port_parse (port_text, &port, error))
    return FALSE;

  *ret_parts = (PhHostPort){ .scheme = g_steal_pointer (&scheme), .host = g_strdup (host), .port = port };
  return TRUE;
}

/**
 * ph_host_port_text:
 * @host: a name or address without brackets
 * @port: a port or %PH_PORT_UNSET
 *
 * Any thread.
 *
 * Returns: (transfer full): "host:port", with brackets around an IPv6 address
 */
char *
ph_host_port_text (const char *host, int port)
{
  gboolean brackets = strchr (host, ':') != NULL;

  if (port == PH_PORT_UNSET)
    return g_strdup (host);
  return g_strdup_printf (brackets ? "[%s]:%d" : "%s:%d", host, port);
}
