/* ph-stream.h: one TCP connection, of a client or of a server
 *
 * Worker thread only.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-link.h"
#include "ph-stream-io.h"

G_BEGIN_DECLS

/** ms that a connection stays open for sending after the peer's FIN, counted anew from each send */
extern const PhOptionSpec ph_stream_half_close;

gboolean ph_stream_start (PhSock *sock, const PhStreamIo *io, GError **error);
void ph_stream_ready (PhSock *sock, PhIo io);
void ph_stream_control (PhSock *sock, PhPeerAction action);
void ph_stream_break (PhSock *sock, PhError code);
PhSendResult ph_stream_send (PhSock *sock, const PhOutgoing *message);
gsize ph_stream_offer (PhSock *sock, const PhOutgoing *message, PhSendResult *ret_result);
gboolean ph_stream_has_room (const PhSock *sock, gsize length);
void ph_stream_check_finished (PhSock *sock);
void ph_stream_report_unsent (PhSock *sock, PhError why);

G_END_DECLS
