/* ph-destinations.c: numbers for the addresses that received datagrams were sent to
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-destinations.h"

#include <string.h>

/** ph_destinations_init: @self: (out caller-allocates): freed by ph_destinations_clear() */
void
ph_destinations_init (PhDestinations *self)
{
  *self = (PhDestinations){ .numbers = g_hash_table_new_full (ph_plat_addr_hash, ph_plat_addr_equal, g_free, NULL) };
}

/**
 * ph_destinations_watch:
 * @fd: a UDP socket that is bound to @local
 *
 * Asks the system for the destination of each datagram, if it can be another one than @local. This makes receiving a tenth
 * slower.
 */
void
ph_destinations_watch (PhDestinations *self, PhFd fd, const PhAddr *local)
{
  static const guint8 any[sizeof local->ip] = { 0 };

  self->local = *local;
  if (memcmp (local->ip, any, sizeof any) == 0)
    ph_plat_set_option (fd, local->family, PH_OPTION_DESTINATION, 1, NULL); /* may fail: then destinations are not shown */
}

/** ph_destinations_clear: frees what @self holds. */
void
ph_destinations_clear (PhDestinations *self)
{
  g_clear_pointer (&self->numbers, g_hash_table_unref);
}

/* Returns the number + 1; 0 if there is none. */
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
 * @to: of family %PH_FAMILY_NONE if the system did not say
 *
 * Returns: %FALSE if ph_destinations_name() has to be called for @to first
 */
gboolean
ph_destinations_know (PhDestinations *self, const PhAddr *to)
{
  return to->family == PH_FAMILY_NONE || self->full || find (self, to) != 0;
}

/** ph_destinations_number: Returns: the number of @to; 0 for the bound address, and for an address without a number */
guint16
ph_destinations_number (PhDestinations *self, const PhAddr *to)
{
  guint found = to->family != PH_FAMILY_NONE ? find (self, to) : 0;

  return (guint16) (found > 0 ? found - 1 : 0);
}

/**
 * ph_destinations_is_of_this_machine:
 * @addr: its port is ignored
 *
 * Asks the system each time, because addresses come and go.
 *
 * Returns: whether one of this machine's interfaces has the address
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

/* Most datagrams are sent to one of this machine's own addresses: the first of them counts as usual. Others are worth
 * showing: a group, a broadcast, a second address of this machine. */
static void
write_record (PhDestinations *self, PhLink *link, const PhAddr *to, guint16 number)
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

/** ph_destinations_name: gives @to a number and writes its record, if it has none. */
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
      write_record (self, link, to, (guint16) number);
    }
  g_hash_table_insert (self->numbers, g_memdup2 (to, sizeof *to), GUINT_TO_POINTER (number + 1));
}
