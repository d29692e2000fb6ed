/* ph-connection-facts.c: what is known of a connection: addresses, counters, and where it is recorded
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-connection-facts.h"

#include "ph-format.h"
#include "ph-number.h"
#include "ph-marks.h"
#include "ph-peer-control.h"
#include "ph-session-capture.h"

#include <glib/gi18n.h>

static char *
dup_transport (PhSession *session)
{
  const PhTransport *transport = ph_session_get_transport (session);

  return transport != NULL ? g_strdup (_(transport->name)) : NULL;
}

static const char *
state_words (PhSession *session)
{
  switch (ph_session_get_state (session))
    {
    case PH_SESSION_OPENING: return _("Opening…");
    case PH_SESSION_OPEN: return C_("state", "Open");
    case PH_SESSION_HALF_CLOSED: return _("The peer sends no more");
    case PH_SESSION_CLOSING: return _("Closing…");
    case PH_SESSION_CLOSED: break;
    }

  return ph_session_is_read_only (session) ? _("Recording, read only") : _("Closed");
}

static char *
dup_since (PhSession *session)
{
  gint64 since = ph_session_get_facts (session)->since / G_GINT64_CONSTANT (1000000000);
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (since);
  g_autofree char *when = time != NULL ? g_date_time_format (time, "%Y-%m-%d %H:%M:%S") : NULL;

  if (since == 0 || when == NULL || ph_session_is_read_only (session))
    return g_strdup (state_words (session));

  /* Translators: a state and a time: “Open since 2026-11-30 16:05:48” */
  return g_strdup_printf (_("%s since %s"), state_words (session), when);
}

static char *
dup_state (PhSession *session)
{
  g_autofree char *since = dup_since (session), *control = ph_peer_control_dup_words (ph_session_get_server (session));

  return control != NULL ? g_strdup_printf ("%s · %s", since, control) : g_steal_pointer (&since);
}

static char *
dup_local (PhSession *session)
{
  return g_strdup (ph_session_get_local (session));
}

/* As it was typed. */
static char *
dup_remote (PhSession *session)
{
  const PhEndpoint *endpoint = ph_session_get_endpoint (session);

  return endpoint != NULL && ph_place_has_name (&endpoint->remote) ? ph_place_dup_text (&endpoint->remote) : NULL;
}

static char *
dup_connected (PhSession *session)
{
  return g_strdup (ph_session_get_remote (session));
}

static char *
dup_family (PhSession *session)
{
  const char *local = ph_session_get_local (session);
  g_auto (GStrv) addresses = g_strsplit (local != NULL ? local : "", PH_NAMES_AND, 2);

  if (local == NULL)
    return NULL;
  if (addresses[1] != NULL)
    return g_strdup (_("IPv4 and IPv6"));

  return g_strdup (*addresses[0] == '[' ? "IPv6" : "IPv4");
}

static char *
dup_peers (PhSession *session)
{
  guint n = g_list_model_get_n_items (ph_session_get_peers (session));
  const PhTransport *transport = ph_session_get_transport (session);

  return transport == NULL || ph_transport_has_one_peer (transport) ? NULL : ph_format_dup_grouped (n);
}

/* ---- counters ---- */

/* “1,234 B · 5 packets” */
static char *
dup_traffic (PhSession *session, guint64 bytes, guint64 packets, gboolean sent)
{
  g_autofree char *n_bytes = ph_format_dup_grouped (bytes);
  g_autofree char *n_packets = ph_number_packets (packets, ph_session_is_stream (session), sent);

  /* Translators: bytes, and how many packets, reads or writes: “1,234 B · 5 packets” */
  return g_strdup_printf (_("%s B · %s"), n_bytes, n_packets);
}

static char *
dup_received (PhSession *session)
{
  const PhCounters *counters = ph_session_get_counters (session);

  return dup_traffic (session, counters->rx_bytes, counters->rx_packets, FALSE);
}

static char *
dup_sent (PhSession *session)
{
  const PhCounters *counters = ph_session_get_counters (session);

  return dup_traffic (session, counters->tx_bytes, counters->tx_packets, TRUE);
}

static char *
dup_count (guint64 count)
{
  return count > 0 ? ph_format_dup_grouped (count) : NULL;
}

static char *
dup_lost (PhSession *session)
{
  return dup_count (ph_session_get_counters (session)->kernel_lost);
}

static char *
dup_cut (PhSession *session)
{
  return dup_count (ph_session_get_counters (session)->truncated);
}

static char *
dup_refused (PhSession *session)
{
  const PhCounters *counters = ph_session_get_counters (session);

  return dup_count (counters->refused + counters->lost);
}

/* ---- the socket and the records ---- */

static char *
dup_buffer (PhSession *session)
{
  gsize size = ph_session_get_facts (session)->receive_buffer;

  return size > 0 ? ph_format_dup_size (size) : NULL;
}

static char *
dup_clock (PhSession *session)
{
  if (ph_session_get_counters (session)->rx_packets == 0)
    return NULL;

  return g_strdup (ph_session_get_facts (session)->kernel_time ? _("The system's, of when a packet came in")
                                                               : _("Porthole's, of when it read"));
}

static char *
dup_file (PhSession *session)
{
  const char *path = ph_session_get_capture_path (session);

  if (path != NULL)
    return ph_marks_dup_filename (path);

  return ph_session_get_capture_state (session) == PH_CAPTURE_MEMORY ? g_strdup (_("In memory only")) : NULL;
}

/* A file has whole chunks, of which the last is being filled. */
static char *
dup_file_size (PhSession *session)
{
  PhSpool *spool = ph_session_get_spool (session);

  if (spool == NULL || ph_session_get_capture_path (session) == NULL)
    return NULL;

  return ph_format_dup_size (ph_spool_get_written (spool) + PH_STORE_CHUNK);
}

static char *
dup_memory (PhSession *session)
{
  PhStore *store = ph_session_get_store (session);
  g_autofree char *size = ph_format_dup_size (ph_store_size (store)), *limit = ph_format_dup_size (ph_store_get_limit (store));

  return ph_store_size (store) > 0 ? g_strdup_printf ("%s / %s", size, limit) : NULL;
}

static const PhConnectionFact facts[] = {
  { "transport", N_("Transport"), dup_transport },
  { "state", N_("State"), dup_state },
  { "local", N_("Bound to"), dup_local },
  { "remote", N_("Remote"), dup_remote },
  { "connected", N_("Connected to"), dup_connected },
  { "family", N_("Family"), dup_family },
  { "peers", N_("Peers"), dup_peers },
  { "received", N_("Received"), dup_received },
  { "sent", N_("Sent"), dup_sent },
  { "lost", N_("Lost"), dup_lost },
  { "cut", N_("Cut short"), dup_cut },
  { "refused", N_("Not sent"), dup_refused },
  { "buffer", N_("Receive buffer"), dup_buffer },
  { "clock", N_("Time stamps"), dup_clock },
  { "file", N_("Recorded to"), dup_file },
  { "size", N_("On disk"), dup_file_size },
  { "memory", N_("In memory"), dup_memory },
};

/** ph_connection_fact_at: Returns: (nullable) (transfer none): %NULL past the last */
const PhConnectionFact *
ph_connection_fact_at (guint index)
{
  return index < G_N_ELEMENTS (facts) ? &facts[index] : NULL;
}
