/* ph-echo.h: datagrams that go back to where they came from
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-link.h"

G_BEGIN_DECLS

/**
 * PhEcho:
 * @local: what is bound
 * @bytes: of the batch that is being received
 * @last: the sender that was looked at last, and @last_is_self whether that is the socket itself
 */
typedef struct
{
  PhAddr local;
  GBytes *bytes[PH_PLAT_BATCH];
  PhAddr last;
  gboolean last_is_self;
} PhEcho;

void ph_echo_keep (PhEcho *self, const PhDatagram *datagrams, guint n);
void ph_echo_answer (PhEcho *self, PhLink *link, const PhDatagram *datagrams, guint n);

G_END_DECLS
