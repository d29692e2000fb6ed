/* ph-destinations.h: numbers for the addresses that received datagrams were sent to
 *
 * A DESTINATION record names each number once. Number 0 is the bound address; it has no record. Worker thread only.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-link.h"

G_BEGIN_DECLS

/**
 * PhDestinations:
 * @numbers: #PhAddr → number + 1
 * @local: the bound address
 * @last, @last_found: the newest look-up in @numbers: datagrams come in runs of one destination
 * @has_usual: one of this machine's own addresses has a number; any other destination is marked as unusual
 * @full: a limit is reached: further addresses get the number 0
 */
typedef struct
{
  GHashTable *numbers;
  PhAddr local;
  PhAddr last;
  guint last_found;
  gboolean has_usual;
  gboolean full;
} PhDestinations;

void ph_destinations_init (PhDestinations *self);
void ph_destinations_watch (PhDestinations *self, PhFd fd, const PhAddr *local);
void ph_destinations_clear (PhDestinations *self);
gboolean ph_destinations_know (PhDestinations *self, const PhAddr *to);
guint16 ph_destinations_number (PhDestinations *self, const PhAddr *to);
gboolean ph_destinations_is_of_this_machine (const PhAddr *addr);
void ph_destinations_name (PhDestinations *self, PhLink *link, const PhAddr *to);

G_END_DECLS
