/* ph-compose.c: the next message of a payload, with the values that its variables have now
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-compose.h"

#include "ph-check.h"

static char *
dup_addr (const PhAddr *addr)
{
  char text[PH_ADDR_TEXT_MAX];

  return g_strdup (addr->family != PH_FAMILY_NONE ? ph_plat_addr_text (addr, text) : "");
}

/* Where a message to @target goes now: an address, a name and its port, "all", or "". */
static char *
dup_peer (PhLink *link, const PhTarget *target)
{
  gboolean stream = (link->transport->flags & PH_TRANSPORT_STREAM) != 0;
  const PhPlace *remote = &link->endpoint->remote;
  PhAddr addr = { 0 };

  if (ph_target_is_heard (link, target))
    return dup_addr (&link->heard_addr);
  if (target->peer == PH_PEER_NONE && ph_place_has_name (&target->place))
    return ph_place_dup_text (&target->place);
  if (target->peer == PH_PEER_NONE && !stream && ph_place_has_name (remote) && !target->heard_last)
    return ph_place_dup_text (remote);
  if (target->peer == PH_PEER_NONE && !stream)
    return dup_addr (&link->heard_addr);
  if (link->transport->get_peer (link, target->peer, &addr))
    return dup_addr (&addr);

  return g_strdup (target->peer == PH_PEER_ALL || stream ? "all" : "");
}

static void
report (PhLink *link, const GError *error)
{
  PhWords words;

  ph_words_init (&words, "compose", NULL);
  ph_words_add (&words, "cause", error->domain == PH_CHECK_ERROR ? "not-hex" : "no-character");
  ph_link_error (link, PH_PEER_NONE, PH_ERROR_INVALID, &words);
}

/**
 * ph_compose:
 * @target: for the variable that is its address
 *
 * Returns: (transfer full) (nullable): the bytes of the next message; %NULL if it cannot be made, which a record says
 */
GBytes *
ph_compose (PhLink *link, const PhTarget *target, PhPayload *payload)
{
  g_autofree char *peer = NULL, *local = NULL;
  g_autoptr (GError) error = NULL;
  PhValues values = { .peer = "", .local = "" };
  GBytes *bytes;

  if (ph_payload_is_constant (payload))
    return g_bytes_ref (ph_payload_get_message (payload));
  if (ph_payload_has_addresses (payload) && link->started)
    {
      values.peer = peer = dup_peer (link, target);
      values.local = local = dup_addr (&link->bound);
    }
  values.number = ph_payload_take_number (payload);
  values.time = ph_plat_now ();
  values.random = ph_random_next (&link->random);
  bytes = ph_payload_build (payload, &values, &error);
  if (bytes == NULL)
    report (link, error);

  return bytes;
}
