/* ph-troubles.h: failures of the same kind: the first is a record, the others are counted and told once a second
 *
 * Worker thread only.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-plat.h"
#include "ph-timer.h"

G_BEGIN_DECLS

typedef struct _PhLink PhLink;

typedef enum
{
  PH_TROUBLE_SEND,    /* a message that was not sent */
  PH_TROUBLE_DELIVER, /* a datagram that came back as an ICMP error */
} PhTroubleKind;

/** PhTroubles: of a link; all zero at first. @all: (nullable): of those of the last second */
typedef struct
{
  GArray *all;
  PhTimer timer;
} PhTroubles;

void ph_troubles_report (PhLink *link, PhTroubleKind kind, const PhAddr *to, guint32 peer, PhError code, gsize length);
gboolean ph_troubles_is_of_datagram (PhError code);
void ph_troubles_tell (PhLink *link);
void ph_troubles_clear (PhLink *link);

G_END_DECLS
