/* ph-session-get.c: what a session says of itself
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-session-private.h"

/**
 * ph_session_get_transport:
 *
 * Returns: (nullable) (transfer none): the row of the endpoint opened last; %NULL before the first
 */
const PhTransport *
ph_session_get_transport (PhSession *session)
{
  return session->endpoint != NULL ? ph_transport_find (session->endpoint->transport) : NULL;
}

/**
 * ph_session_get_endpoint:
 *
 * Returns: (nullable) (transfer none): what was opened last; %NULL before the first
 */
const PhEndpoint *
ph_session_get_endpoint (PhSession *session)
{
  return session->endpoint;
}

/**
 * ph_session_get_local:
 *
 * Returns: (nullable) (transfer none): the bound address while open
 */
const char *
ph_session_get_local (PhSession *session)
{
  return session->local;
}

/**
 * ph_session_get_remote:
 *
 * Returns: (nullable) (transfer none): the connected peer's address while open
 */
const char *
ph_session_get_remote (PhSession *session)
{
  return session->remote;
}

/**
 * ph_session_get_facts:
 *
 * Returns: (transfer none): what the records tell beside state and counters, as of the last "advanced"
 */
const PhFacts *
ph_session_get_facts (PhSession *session)
{
  return &session->fold.facts;
}

/**
 * ph_session_get_names:
 *
 * Returns: (transfer none): what the numbers in its records stand for, as of ph_session_get_end()
 */
PhNames *
ph_session_get_names (PhSession *session)
{
  return session->fold.names;
}

/**
 * ph_session_get_destination:
 * @record: one of its records
 *
 * Returns: (nullable) (transfer none): where it was sent to, if that was not the bound address; stays as long as the session
 */
const PhDestination *
ph_session_get_destination (PhSession *session, const PhRecord *record)
{
  return ph_names_get_destination (session->fold.names, record);
}

/**
 * ph_session_get_counters:
 *
 * Returns: (transfer none): what went through since the last reset, as of the last "advanced"
 */
const PhCounters *
ph_session_get_counters (PhSession *session)
{
  return &session->fold.counters;
}

/**
 * ph_session_get_rates:
 *
 * Returns: (transfer none): how much went through when, as of the last "advanced"
 */
PhRates *
ph_session_get_rates (PhSession *session)
{
  return session->fold.rates;
}

/**
 * ph_session_reset_counters:
 *
 * Sets all counters to zero; the records stay.
 */
void
ph_session_reset_counters (PhSession *session)
{
  g_return_if_fail (PH_IS_SESSION (session));

  session->fold.counters = (PhCounters) { 0 };
}

/**
 * ph_session_get_peers:
 *
 * Returns: (transfer none): #PhPeer items: a server's clients as they joined, or the newest datagram peers first
 */
GListModel *
ph_session_get_peers (PhSession *session)
{
  return G_LIST_MODEL (session->fold.peers);
}

/**
 * ph_session_get_peer_address:
 * @peer: a peer number from a record
 *
 * Returns: (nullable) (transfer none): the address, until the next turn of the main loop; %NULL if it is not known
 */
const char *
ph_session_get_peer_address (PhSession *session, guint32 peer)
{
  return ph_names_get_peer (session->fold.names, peer);
}
