/* ph-stream-private.h: what the files of a stream need of each other
 *
 * Worker thread only.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-stream.h"

G_BEGIN_DECLS

/* ---- ph-stream.c ---- */

void ph_stream_init_words (PhWords *words, const char *action, const PhSock *sock);
void ph_stream_update_interest (PhSock *sock);
void ph_stream_wait (PhSock *sock, PhRetry *retry, PhError code);
void ph_stream_restart_half_close (PhSock *sock);

/* ---- ph-stream-send.c ---- */

void ph_stream_flush (PhSock *sock);

G_END_DECLS
