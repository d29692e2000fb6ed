/* ph-transports.h: the rows of the table of transports, each from a file of its own
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-transport.h"

G_BEGIN_DECLS

extern const PhTransport ph_udp_transport;
extern const PhTransport ph_tcp_client_transport;
extern const PhTransport ph_tcp_server_transport;

G_END_DECLS
