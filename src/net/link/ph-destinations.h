/* ph-destinations.h: the addresses that datagrams were sent to, each with a number that is told once
 *
 * What was sent to the address that is bound has the number 0 and is not told. The worker's thread only.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-link.h"

G_BEGIN_DECLS

/**
 * PhDestinations:
 * @numbers: #PhAddr → its number + 1
 * @local: what is bound
 * @last: the address that was asked for last, and @last_found what is in @numbers for it
 * @has_usual: one of this machine's own addresses has its number
 * @full: further addresses get the number 0
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
