/* ph-place.c: places: addresses as users type them: a host and a port, a path, or an abstract name
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-place.h"

#include "ph-marks.h"
#include "ph-plain.h"

#include <glib/gi18n.h>
#include <string.h>

#define HOST_MAX 253 /* bytes of a host name (RFC 1035), more than any address needs */

/**
 * ph_port_parse:
 * @text: decimal digits, blanks around them allowed; "" for none. A leading zero means nothing
 * @ret_port: (out): 0 to 65535, or %PH_PORT_UNSET for ""
 * @error: %PH_ERROR_INVALID
 *
 * Returns: %FALSE with @error set
 */
gboolean
ph_port_parse (const char *text, int *ret_port, GError **error)
{
  g_autofree char *bare = g_strstrip (ph_plain_dup_text (text));
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

static gboolean
has_only (const char *text, gsize max, const char *forbidden)
{
  if (strlen (text) > max || !g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c < ' ' || c == 0x7f || (c < 0x7f && strchr (forbidden, (int) c) != NULL))
        return FALSE;
    }

  return TRUE;
}

/* Names, addresses and their scopes have no blanks, nothing that cannot be seen and none of these. */
static gboolean
host_is_sane (const char *host)
{
  if (!has_only (host, HOST_MAX, " []/@\"'<>\\^`{|}?#"))
    return FALSE;
  for (const char *at = host; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_isspace (g_utf8_get_char (at)) || ph_mark_needed (g_utf8_get_char (at)))
      return FALSE;

  /* A colon is part of an IPv6 address only, and there are at least two of them. A scope stands behind such an address. */
  return strchr (host, ':') != strrchr (host, ':') || strpbrk (host, ":%") == NULL;
}

/* A host that is no name must be an address, and one that can be used. */
static gboolean
check_address (const char *host, GError **error)
{
  gsize length = strcspn (host, "%");
  g_autofree char *bare = g_strndup (host, length);
  gboolean v6 = strchr (host, ':') != NULL;
  PhAddr addr;

  if (!ph_plat_addr_parse (bare, 0, &addr) || (host[length] == '%' && host[length + 1] == '\0'))
    {
      if (!v6 && !ph_plat_addr_is_no_name (host))
        return TRUE;
      g_set_error (error, PH_ERROR, PH_ERROR_INVALID,
                   v6 ? _("“%s” is not an IPv6 address")
                      : _("“%s” is not an IPv4 address: write four numbers from 0 to 255, without leading zeros"), host);
      return FALSE;
    }
  if (host[length] == '%' || !ph_plat_addr_lacks_interface (&addr))
    return TRUE;
  g_set_error (error, PH_ERROR, PH_ERROR_INVALID, "“%s”: %s", host, ph_error_why (PH_ERROR_NO_INTERFACE));

  return FALSE;
}

static gboolean
is_path (const char *text)
{
  return g_str_has_prefix (text, "/") || g_str_has_prefix (text, "./") || g_str_has_prefix (text, "../");
}

/* Takes off the quotes or brackets in which an address stands in a text: “1.2.3.4:80”, <http://[::1]:80/>. */
static char *
strip_quotes (char *text)
{
  static const char *const pairs[] = { "\"\"", "''", "``", "<>" };
  gsize length = strlen (g_strstrip (text));

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (length > 1 && text[0] == pairs[i][0] && text[length - 1] == pairs[i][1])
      {
        memmove (text, text + 1, length - 2);
        text[length - 2] = '\0';
        return strip_quotes (text);
      }

  return text;
}

/* Takes "scheme://" off the front. Behind a host, also what a browser has in its address bar is taken off. */
static char *
strip_url (const char *text, char **ret_scheme)
{
  g_autofree char *bare = g_strdup (text);
  const char *mark = strstr (bare, "://");
  char *rest;

  if (mark == NULL || mark == bare || is_path (bare) || *bare == '@')
    return g_steal_pointer (&bare);
  *ret_scheme = g_ascii_strdown (bare, mark - bare);
  rest = g_strdup (mark + 3);
  if (!is_path (rest))
    rest[strcspn (rest, "/?#")] = '\0';

  return rest;
}

/* What is left of @text when everything around a place is taken off. A path or an abstract name is as it was typed; of an
 * address every character has the form that it is written in. */
static char *
strip (const char *text, char **ret_scheme)
{
  g_autofree char *typed = g_strstrip (g_strdup (text)), *plain = strip_quotes (ph_plain_dup_text (text));
  char *rest = strip_url (typed, ret_scheme);

  if (is_path (rest) || *rest == '@')
    return rest;
  g_free (rest);
  g_clear_pointer (ret_scheme, g_free);

  return strip_url (plain, ret_scheme);
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
  if (strcmp (g_strstrip (*ret_host), "*") == 0) /* as records write it */
    *ret_host += 1;

  return TRUE;
}

/**
 * ph_place_parse:
 * @text: "host", "host:port", ":port", "*:port", "1.2.3.4:80", "[::1]:80", "::1", "/path", "./path", "@name", each also behind
 *   "scheme://"; blanks, quotes and angle brackets around it are allowed, and so are full-width characters
 * @ret_place: (out): freed by ph_place_clear(); its name is not %NULL
 * @ret_scheme: (out) (transfer full) (optional) (nullable): what stood before "://", in lower case
 * @error: %PH_ERROR_INVALID
 *
 * An IPv6 address without brackets has no port.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ph_place_parse (const char *text, PhPlace *ret_place, char **ret_scheme, GError **error)
{
  g_autofree char *scheme = NULL;
  g_autofree char *rest = strip (text, &scheme);
  PhPlace place = { .kind = PH_PLACE_IP, .port = PH_PORT_UNSET };
  char *name = rest, *port_text = NULL;
  gboolean sane;

  if (is_path (rest))
    {
      place.kind = PH_PLACE_PATH;
      sane = has_only (name, PH_PLACE_PATH_MAX, "");
    }
  else if (*rest == '@')
    {
      place.kind = PH_PLACE_ABSTRACT;
      name++;
      sane = *name != '\0' && has_only (name, PH_PLACE_PATH_MAX, "");
    }
  else
    sane = split_port (rest, &name, &port_text) && host_is_sane (name);
  if (!sane)
    {
      g_set_error (error, PH_ERROR, PH_ERROR_INVALID, _("“%s” is not an address or host name"), text);
      return FALSE;
    }
  if (place.kind == PH_PLACE_IP && !check_address (name, error))
    return FALSE;
  if (port_text != NULL && !ph_port_parse (port_text, &place.port, error))
    return FALSE;

  place.name = g_strdup (name);
  *ret_place = place;
  if (ret_scheme != NULL)
    *ret_scheme = g_steal_pointer (&scheme);
  return TRUE;
}

/**
 * ph_place_dup_text:
 *
 * Returns: (transfer full): what ph_place_parse() understands; an IPv6 address with a port has brackets
 */
char *
ph_place_dup_text (const PhPlace *place)
{
  const char *name = place->name != NULL ? place->name : "";

  if (place->kind == PH_PLACE_ABSTRACT)
    return g_strconcat ("@", name, NULL);
  if (place->kind == PH_PLACE_PATH || place->port == PH_PORT_UNSET)
    return g_strdup (name);

  return g_strdup_printf (strchr (name, ':') != NULL ? "[%s]:%d" : "%s:%d", name, place->port);
}

/**
 * ph_place_set_ip:
 * @place: (inout): its name is freed
 * @host: a name or address without brackets, or ""
 * @port: 0 to 65535, or %PH_PORT_UNSET
 */
void
ph_place_set_ip (PhPlace *place, const char *host, int port)
{
  ph_place_set (place, &(PhPlace) { .kind = PH_PLACE_IP, .port = port, .name = (char *) host });
}

/**
 * ph_place_set:
 * @place: (inout): its name is freed
 * @other: copied; may be @place
 */
void
ph_place_set (PhPlace *place, const PhPlace *other)
{
  PhPlace copy = { .kind = other->kind, .port = other->port, .name = g_strdup (other->name != NULL ? other->name : "") };

  g_free (place->name);
  *place = copy;
}

/** ph_place_clear: Frees the name. @place is empty then. */
void
ph_place_clear (PhPlace *place)
{
  g_free (place->name);
  *place = (PhPlace) { 0 };
}

/** ph_place_has_name: Returns: whether there is a host, path or abstract name; a port alone is none */
gboolean
ph_place_has_name (const PhPlace *place)
{
  return place->name != NULL && *place->name != '\0';
}

/** ph_place_equal: Returns: whether both are written alike; names are not resolved */
gboolean
ph_place_equal (const PhPlace *one, const PhPlace *other)
{
  return one->kind == other->kind && (one->kind != PH_PLACE_IP || one->port == other->port)
         && g_strcmp0 (one->name, other->name) == 0;
}
