/* ph-save-name.c: the name of a file that a session is saved as, such as "UDP-7788 2026-11-29 15-05.log"
 *
 * Only letters, digits, points, underlines and hyphens are taken from addresses, so every system takes the name.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-save-name.h"

#include <string.h>

#include "ph-capture-file.h"
#include "ph-marks.h"
#include "ph-session-capture.h"

#define ADDRESS_MAX 60u /* characters of an address */

/* Appends "-" and the address, with one hyphen for whatever a name must not have. */
static void
append_address (GString *name, const char *address)
{
  guint n = 0;

  g_string_append_c (name, '-');
  for (const char *p = address; *p != '\0' && n < ADDRESS_MAX; p = g_utf8_next_char (p), n++)
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalnum (c) || (c < 0x80 && strchr ("._", (int) c) != NULL))
        g_string_append_unichar (name, c);
      else if (name->str[name->len - 1] != '-')
        g_string_append_c (name, '-');
    }
  if (name->str[name->len - 1] == '-')
    g_string_truncate (name, name->len - 1);
}

/* The port that is bound now, or was asked for: 0 if neither is known. */
static int
find_port (PhSession *session, const PhEndpoint *endpoint)
{
  const char *local = ph_session_get_local (session), *colon = local != NULL ? strrchr (local, ':') : NULL;
  int port = colon != NULL ? (int) g_ascii_strtoll (colon + 1, NULL, 10) : 0;

  return port > 0 ? port : MAX (endpoint->local.port, 0);
}

/* What a client talks to, or what else is bound. */
static char *
dup_address (PhSession *session, const PhEndpoint *endpoint)
{
  gboolean client = ph_transport_needs_remote (ph_session_get_transport (session));
  int port = find_port (session, endpoint);

  if (!client && endpoint->local.kind != PH_PLACE_IP)
    return ph_place_dup_text (&endpoint->local);
  if (client || (port == 0 && ph_place_has_name (&endpoint->remote)))
    return ph_place_dup_text (&endpoint->remote);

  return port > 0 ? g_strdup_printf ("%d", port) : g_strdup ("");
}

/* A file keeps its name, but for the suffix. */
static char *
dup_file_name (const char *path)
{
  g_autofree char *base = g_path_get_basename (path);

  if (g_str_has_suffix (base, PH_CAPTURE_SUFFIX))
    base[strlen (base) - strlen (PH_CAPTURE_SUFFIX)] = '\0';

  return ph_marks_dup_filename (base);
}

/**
 * ph_save_name_dup:
 * @session: one that was opened, or was read from a file
 * @when: local time
 * @suffix: of the name
 *
 * Returns: (transfer full): a name in UTF-8, without a folder
 */
char *
ph_save_name_dup (PhSession *session, GDateTime *when, const char *suffix)
{
  const PhEndpoint *endpoint = ph_session_get_endpoint (session);
  g_autoptr (GString) name = g_string_new (NULL);
  g_autofree char *address = NULL, *stamp = g_date_time_format (when, " %Y-%m-%d %H-%M");

  if (ph_session_is_read_only (session))
    {
      g_autofree char *file = dup_file_name (ph_session_get_capture_path (session));

      return g_strconcat (file, suffix, NULL);
    }
  if (endpoint != NULL)
    {
      address = dup_address (session, endpoint);
      g_string_append (name, ph_session_get_transport (session)->scheme);
      g_string_ascii_up (name);
      append_address (name, address);
    }
  g_string_append (name, stamp);
  g_string_append (name, suffix);

  return g_string_free (g_steal_pointer (&name), FALSE);
}
