/* ph-destinations.c: the addresses that datagrams were sent to, each with a number that is told once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-destinations.h"

#include <string.h>

/**
 * ph_destinations_init:
 * @self: (out caller-allocates): knows nothing
 */
void
ph_destinations_init (PhDestinations *self)
{
  *self = (PhDestinations){ .numbers = g_hash_table_new_full (ph_plat_addr_hash, ph_plat_addr_equal, g_free, NULL) };
}

/**
 * ph_destinations_watch:
 * @self: new destinations
 * @fd: a bound UDP socket
 * @local: what it is bound to
 *
 * Has datagrams say where they were sent to, if that can be anything else than @local: it costs a tenth of receiving one.
 */
void
ph_destinations_watch (PhDestinations *self, PhFd fd, const PhAddr *local)
{
  static const guint8 any[sizeof local->ip] = { 0 };

  self->local = *local;
  if (memcmp (local->ip, any, sizeof any) == 0)
    ph_plat_set_option (fd, local->family, PH_OPTION_DESTINATION, 1, NULL); /* without it nothing is shown, no more */
}

/**
 * ph_destinations_clear:
 * @self: not to be used again
 */
void
ph_destinations_clear (PhDestinations *self)
{
  g_clear_pointer (&self->numbers, g_hash_table_unref);
}

/* The number + 1, or 0. Datagrams come in runs of one destination. */
static guint
find (PhDestinations *self, const PhAddr *to)
{
  if (self->last_found == 0 || !ph_plat_addr_equal (to, &self->last))
    {
      self->last_found = GPOINTER_TO_UINT (g_hash_table_lookup (self->numbers, to));
      self->last = *to;
    }

  return self->last_found;
}

/**
 * ph_destinations_know:
 * @self: the destinations
 * @to: where a datagram was sent to; of family %PH_FAMILY_NONE if that is not known
 *
 * Returns: whether ph_destinations_number() is final without ph_destinations_name()
 */
gboolean
ph_destinations_know (PhDestinations *self, const PhAddr *to)
{
  return to->family == PH_FAMILY_NONE || self->full || find (self, to) != 0;
}

/**
 * ph_destinations_number:
 * @self: the destinations
 * @to: where a datagram was sent to
 *
 * Returns: its number; 0 for the bound address, and for what has no number
 */
guint16
ph_destinations_number (PhDestinations *self, const PhAddr *to)
{
  guint found = to->family != PH_FAMILY_NONE ? find (self, to) : 0;

  return (guint16) (found > 0 ? found - 1 : 0);
}

/**
 * ph_destinations_is_of_this_machine:
 * @addr: an address; its port is not looked at
 *
 * Returns: whether it is one of this machine's own just now
 */
gboolean
ph_destinations_is_of_this_machine (const PhAddr *addr)
{
  g_autoptr (GArray) own = ph_plat_list_addrs ();

  for (guint i = 0; i < own->len; i++)
    {
      const PhAddr *one = &g_array_index (own, PhInterfaceAddr, i).addr;

      if (one->family == addr->family && memcmp (one->ip, addr->ip, sizeof addr->ip) == 0)
        return TRUE;
    }

  return FALSE;
}

/* The first of this machine's own addresses is what all is expected to be sent to. Everything else is worth showing: a
 * group, a broadcast, another address of a machine with several. */
static void
tell (PhDestinations *self, PhLink *link, const PhAddr *to, guint16 number)
{
  PhRecord record = { .time = ph_plat_now (), .kind = PH_RECORD_DESTINATION, .detail = number };
  char text[PH_ADDR_TEXT_MAX];

  if (self->has_usual || !ph_destinations_is_of_this_machine (to))
    record.flags = PH_RECORD_UNUSUAL;
  else
    self->has_usual = TRUE;
  ph_plat_addr_host (to, text);
  record.length = (guint32) strlen (text);
  ph_store_append (link->store, &record, text);
}

/**
 * ph_destinations_name:
 * @self: the destinations
 * @link: whose they are
 * @to: where a datagram was sent to
 *
 * Gives it a number if it has none, and tells that in a record.
 */
void
ph_destinations_name (PhDestinations *self, PhLink *link, const PhAddr *to)
{
  guint number = 0;

  if (ph_destinations_know (self, to))
    return;
  if (to->family != self->local.family || memcmp (to->ip, self->local.ip, sizeof to->ip) != 0)
    {
      if (g_hash_table_size (self->numbers) >= PH_LIMIT_DESTINATIONS || *link->next_destination > G_MAXUINT16)
        {
          self->full = TRUE;
          return;
        }
      number = (*link->next_destination)++;
      tell (self, link, to, (guint16) number);
    }
  g_hash_table_insert (self->numbers, g_memdup2 (to, sizeof *to), GUINT_TO_POINTER (number + 1));
}
