/* ph-echo.c: datagrams that go back to where they came from
 *
 * An echo is a send like any other, with its record and its errors. What the socket has sent to itself gets no answer: that
 * would never end.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-echo.h"

#include "ph-destinations.h"

#include <string.h>

static gboolean
is_self (PhEcho *self, const PhAddr *from)
{
  static const guint8 any[sizeof from->ip] = { 0 };

  if (from->port != self->local.port)
    return FALSE;
  if (memcmp (self->local.ip, any, sizeof any) != 0)
    return memcmp (from->ip, self->local.ip, sizeof from->ip) == 0;
  if (!ph_plat_addr_equal (from, &self->last))
    {
      self->last = *from;
      self->last_is_self = ph_destinations_is_of_this_machine (from);
    }

  return self->last_is_self;
}

/**
 * ph_echo_keep:
 * @self: an echo, its @local set
 * @datagrams: as they were received, still where they were received to
 * @n: how many, at most %PH_PLAT_BATCH
 *
 * Keeps what is to be sent back, until ph_echo_answer().
 */
void
ph_echo_keep (PhEcho *self, const PhDatagram *datagrams, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      gsize length = datagrams[i].length, head = MIN (length, datagrams[i].size);
      guint8 *bytes = g_malloc (MAX (length, 1));

      memcpy (bytes, datagrams[i].buffer, head);
      memcpy (bytes + head, datagrams[i].spill, length - head);
      self->bytes[i] = g_bytes_new_take (bytes, length);
    }
}

/**
 * ph_echo_answer:
 * @self: an echo
 * @link: whose it is
 * @datagrams: the ones given to ph_echo_keep(), which have been told
 * @n: how many
 *
 * Sends each back.
 */
void
ph_echo_answer (PhEcho *self, PhLink *link, const PhDatagram *datagrams, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      if (!is_self (self, &datagrams[i].from))
        link->transport->send (link, PH_PEER_NONE, &datagrams[i].from, self->bytes[i]);
      g_bytes_unref (self->bytes[i]);
    }
}
