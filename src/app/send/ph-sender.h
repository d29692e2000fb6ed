/* ph-sender.h: from what is typed and chosen to a send
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-network-panel.h"
#include "ph-send-area.h"
#include "ph-send-panel.h"

G_BEGIN_DECLS

/** PhSender: the parts of a page that have a say in a send; all borrowed. */
typedef struct
{
  PhSession *session;
  PhNetworkPanel *network_panel;
  PhSendPanel *send_panel;
  PhSendArea *send_area;
} PhSender;

void ph_sender_send (const PhSender *sender);
void ph_sender_convert (const PhSender *sender);

G_END_DECLS
