/* ph-settings.c: opens the settings, and uses the built-in schema if the installed one is missing or too old
 *
 * GSettings aborts when a schema or a key is missing. So every key is looked for before the first one is read. Values out
 * of range are replaced by defaults inside of GSettings.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-settings.h"

#include "ph-choices.h"
#include "ph-format.h"
#include "ph-plat-stdio.h"
#include "ph-store.h"
#include "ph-transport.h"

#include <math.h>

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#define COMPILED "/io/github/porthole/Porthole/gschemas.compiled"

static GHashTable *opened_here; /* ids of the transports whose endpoint in the settings was opened by this process */

static const char *const keys[] = {
  "appearance", "memory-limit", "memory-full", "time-format", /* preferences */
  "write-captures", "captures-size", "captures-days", /* more of them */
  "transport", "local-host", "local-port", "remote-host", "remote-port", "endpoints", /* endpoint */
  "log-mode", "receive-form", "receive-encoding", "receive-as-it-came", /* receive */
  "save-folder", "save-pattern", "save-format", "save-direction", "save-every", "save-per-peer", "save-escape", /* save while it arrives */
  "log-time", "wrap", "auto-scroll", "zoom", "table-columns", /* more of them */
  "send-hex", "send-encoding", "escapes", "line-ending", "repeat-interval",
  "repeat-full-speed", "repeat-times", /* send */
  "variables", "answers", "send-check", "send-prefix", "send-suffix", "piece-size", "piece-pause", "piece-random", "piece-seed",
  "file-piece", "file-lines", "file-rate", "file-rate-unit", /* more of it */
  "clear-after-sending", "enter-sends", "follow-last-sender", /* how it is typed, and where it goes */
  "message-history", "sent-messages", "send-history", /* what was sent */
  "window-width", "window-height", "window-maximized", "send-area-height", /* window */
  "side-shown", "folded-groups", "drawer-shown", "drawer-page", /* its parts */
  "search-history", "highlight-rules", "addresses", /* search, and what is remembered */
};

static gboolean
is_complete (GSettingsSchema *schema)
{
  const PhOptionSpec *spec;

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (!g_settings_schema_has_key (schema, keys[i]))
      return FALSE;
  for (guint i = 0; (spec = ph_option_at (i)) != NULL; i++)
    if (!g_settings_schema_has_key (schema, spec->id))
      return FALSE;

  return TRUE;
}

static GSettingsSchema *
look_up_installed (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, PH_APP_ID, TRUE);
  if (schema == NULL || !is_complete (schema))
    return NULL;

  return g_steal_pointer (&schema);
}

/* GSettings reads schemas from folders only: the built-in one is written to a temporary folder for this call. */
static GSettingsSchema *
look_up_built_in (GError **error)
{
  g_autoptr (GBytes) compiled = g_resources_lookup_data (COMPILED, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  g_autoptr (GSettingsSchemaSource) source = NULL;
  g_autofree char *folder = g_dir_make_tmp ("porthole-XXXXXX", compiled != NULL ? error : NULL);
  g_autofree char *file = NULL;

  if (compiled == NULL || folder == NULL)
    return NULL;
  file = g_build_filename (folder, "gschemas.compiled", NULL);
  if (g_file_set_contents_full (file, g_bytes_get_data (compiled, NULL), (gssize) g_bytes_get_size (compiled),
                                G_FILE_SET_CONTENTS_NONE, 0600, error))
    source = g_settings_schema_source_new_from_directory (folder, NULL, TRUE, error);
  g_remove (file);
  g_rmdir (folder);

  return source != NULL ? g_settings_schema_source_lookup (source, PH_APP_ID, FALSE) : NULL;
}

static GSettings *
open_settings (void)
{
  g_autoptr (GSettingsSchema) schema = look_up_installed ();
  g_autoptr (GError) error = NULL;
  GSettings *settings;

  if (schema == NULL)
    schema = look_up_built_in (&error);
  if (schema == NULL)
    {
      g_autofree char *words = g_strdup_printf (_("Porthole cannot start without a place for its settings: %s"),
                                                error != NULL ? error->message : PH_APP_ID);

      ph_plat_stdio_alert (words);
      exit (1);
    }

  settings = g_settings_new_full (schema, NULL, NULL);
  /* NaN passes every check of a range. */
  if (!isfinite (g_settings_get_double (settings, "zoom")))
    g_settings_reset (settings, "zoom");

  return settings;
}

/**
 * ph_settings_get:
 *
 * Main thread.
 *
 * Returns: (transfer none): the settings; every key of the schema is there
 */
GSettings *
ph_settings_get (void)
{
  static GSettings *settings;

  if (settings == NULL)
    settings = open_settings ();

  return settings;
}

static gboolean
to_property_cb (GValue *value, GVariant *variant, gpointer unused)
{
  g_value_set_variant (value, variant);

  return TRUE;
}

static GVariant *
to_key_cb (const GValue *value, const GVariantType *type, gpointer unused)
{
  return g_value_dup_variant (value);
}

static gboolean
to_text_cb (GValue *value, GVariant *variant, gpointer unused)
{
  g_value_set_string (value, g_variant_get_string (variant, NULL));

  return TRUE;
}

/* A key has no NULL: it is "". */
static GVariant *
from_text_cb (const GValue *value, const GVariantType *type, gpointer unused)
{
  const char *text = g_value_get_string (value);

  return g_variant_new_string (text != NULL ? text : "");
}

/**
 * ph_settings_remember:
 *
 * Sets the property from the settings, and writes its changes to them until @object is finalized. Changes that other tabs
 * write do not change @object.
 */
void
ph_settings_remember (const char *key, gpointer object, const char *property)
{
  const GSettingsBindFlags flags = G_SETTINGS_BIND_DEFAULT | G_SETTINGS_BIND_GET_NO_CHANGES | G_SETTINGS_BIND_NO_SENSITIVITY;
  const GParamSpec *spec = g_object_class_find_property (G_OBJECT_GET_CLASS (object), property);

  /* GSettings does not give a whole value to a property by itself. */
  if (spec->value_type == G_TYPE_VARIANT)
    g_settings_bind_with_mapping (ph_settings_get (), key, object, property, flags, to_property_cb, to_key_cb, NULL, NULL);
  else if (spec->value_type == G_TYPE_STRING)
    g_settings_bind_with_mapping (ph_settings_get (), key, object, property, flags, to_text_cb, from_text_cb, NULL, NULL);
  else
    g_settings_bind (ph_settings_get (), key, object, property, flags);
}

/**
 * ph_settings_apply_options:
 * @side: which options: those of the preferences are of %PH_OPTION_REMOTE
 *
 * Sets the options that the endpoint's transport has to the values in the settings. The schema has their ranges.
 */
void
ph_settings_apply_options (PhEndpoint *endpoint, PhOptionSide side)
{
  const PhTransport *transport = ph_transport_find (endpoint->transport);

  for (guint i = 0; transport->options[i] != NULL; i++)
    if (transport->options[i]->side == side)
      {
        const char *id = transport->options[i]->id;

        ph_endpoint_set_option (endpoint, id, g_settings_get_uint (ph_settings_get (), id), NULL);
      }
}

/* Where the transport that was opened last was opened. */
static void
read_last (GSettings *settings, PhEndpoint *endpoint)
{
  g_autofree char *local = g_settings_get_string (settings, "local-host");
  g_autofree char *remote = g_settings_get_string (settings, "remote-host");

  ph_place_set_ip (&endpoint->local, local, g_settings_get_int (settings, "local-port"));
  ph_place_set_ip (&endpoint->remote, remote, g_settings_get_int (settings, "remote-port"));
}

/* Where another one was opened last. */
static void
read_earlier (GSettings *settings, PhEndpoint *endpoint)
{
  g_autoptr (GVariant) all = g_settings_get_value (settings, "endpoints");
  const char *local, *remote;
  int local_port, remote_port;

  if (!g_variant_lookup (all, endpoint->transport, "(&si&si)", &local, &local_port, &remote, &remote_port))
    return;
  ph_place_set_ip (&endpoint->local, local, CLAMP (local_port, PH_PORT_UNSET, G_MAXUINT16));
  ph_place_set_ip (&endpoint->remote, remote, CLAMP (remote_port, PH_PORT_UNSET, G_MAXUINT16));
}

/**
 * ph_settings_dup_endpoint_of:
 *
 * If this process has opened it, its local port is probably in use by another tab: then the system chooses one.
 *
 * Returns: (transfer full): what was opened last of this transport
 */
PhEndpoint *
ph_settings_dup_endpoint_of (const char *transport)
{
  GSettings *settings = ph_settings_get ();
  g_autofree char *last = g_settings_get_string (settings, "transport");
  PhEndpoint *endpoint = ph_endpoint_new (transport);

  if (g_str_equal (last, transport))
    read_last (settings, endpoint);
  else
    read_earlier (settings, endpoint);
  if (opened_here != NULL && g_hash_table_contains (opened_here, transport))
    endpoint->local.port = PH_PORT_UNSET;
  ph_settings_apply_options (endpoint, PH_OPTION_LOCAL);

  return endpoint;
}

/** ph_settings_dup_endpoint: Returns: (transfer full): what was opened last, or an empty endpoint of the first protocol */
PhEndpoint *
ph_settings_dup_endpoint (void)
{
  g_autofree char *id = g_settings_get_string (ph_settings_get (), "transport");

  return ph_settings_dup_endpoint_of (ph_transport_find (id) != NULL ? id : ph_transport_at (0)->id);
}

/* Keeps what was opened last of the transport that another one follows. */
static void
keep_earlier (GSettings *settings, const PhEndpoint *endpoint)
{
  g_autoptr (GVariant) before = g_settings_get_value (settings, "endpoints");
  GVariantBuilder builder;
  const PhTransport *transport;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{s(sisi)}"));
  for (guint i = 0; (transport = ph_transport_at (i)) != NULL; i++)
    {
      const char *local, *remote;
      int local_port, remote_port;

      if (g_str_equal (transport->id, endpoint->transport))
        g_variant_builder_add (&builder, "{s(sisi)}", endpoint->transport, endpoint->local.name, endpoint->local.port,
                               endpoint->remote.name, endpoint->remote.port);
      else if (g_variant_lookup (before, transport->id, "(&si&si)", &local, &local_port, &remote, &remote_port))
        g_variant_builder_add (&builder, "{s(sisi)}", transport->id, local, local_port, remote, remote_port);
    }
  g_settings_set_value (settings, "endpoints", g_variant_builder_end (&builder));
}

/**
 * ph_settings_set_endpoint:
 *
 * Saves @endpoint for the next start.
 */
void
ph_settings_set_endpoint (const PhEndpoint *endpoint)
{
  GSettings *settings = ph_settings_get ();
  const PhOptionSpec *spec;

  if (opened_here == NULL)
    opened_here = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_add (opened_here, (gpointer) endpoint->transport);
  g_settings_set_string (settings, "transport", endpoint->transport);
  g_settings_set_string (settings, "local-host", endpoint->local.name);
  g_settings_set_int (settings, "local-port", endpoint->local.port);
  g_settings_set_string (settings, "remote-host", endpoint->remote.name);
  g_settings_set_int (settings, "remote-port", endpoint->remote.port);
  keep_earlier (settings, endpoint);
  for (guint i = 0; (spec = ph_option_at (i)) != NULL; i++)
    if (spec->side == PH_OPTION_LOCAL && ph_transport_has_option (ph_transport_find (endpoint->transport), spec))
      g_settings_set_uint (settings, spec->id, ph_endpoint_get_option (endpoint, spec));
}

/**
 * ph_settings_get_time_format:
 *
 * Returns: a #PhTimeFormat
 */
int
ph_settings_get_time_format (void)
{
  g_autofree char *id = g_settings_get_string (ph_settings_get (), "time-format");

  return (int) ph_choices_find (&ph_choices_time_formats, id);
}

/**
 * ph_settings_get_memory_limit:
 *
 * Returns: bytes that one session may keep in memory
 */
guint64
ph_settings_get_memory_limit (void)
{
  return (guint64) g_settings_get_uint (ph_settings_get (), "memory-limit") * PH_STORE_CHUNK;
}

/**
 * ph_settings_get_memory_full:
 *
 * Returns: what happens at the memory limit to records that are not on disk
 */
PhStoreFull
ph_settings_get_memory_full (void)
{
  g_autofree char *id = g_settings_get_string (ph_settings_get (), "memory-full");

  return (PhStoreFull) ph_choices_find (&ph_choices_memory_full, id);
}
