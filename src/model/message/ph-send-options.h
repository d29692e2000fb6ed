/* ph-send-options.h: how typed messages are sent: their form, and whether they are repeated
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "ph-payload.h"
#include "ph-pieces.h"

G_BEGIN_DECLS

#define PH_SEND_INTERVAL_MAX 3600000u /* ms */

#define PH_SEND_ENCODING_SAME "same" /* as an encoding: that of what is received */

#define PH_TYPE_SEND_OPTIONS (ph_send_options_get_type ())
G_DECLARE_FINAL_TYPE (PhSendOptions, ph_send_options, PH, SEND_OPTIONS, GObject)

/*
 * Properties, all read-write:
 *   "hex" (boolean): the text is hex digits
 *   "escapes" (boolean): escapes in the text are replaced
 *   "variables" (boolean): variables in the text are replaced
 *   "encoding" (string): a PhCharset id, or PH_SEND_ENCODING_SAME: that of what is received; an unknown one is ignored
 *   "receive-encoding" (string): a PhCharset id: that of what is received; an unknown one is ignored
 *   "line-ending" (string): an id as of ph_line_ending_id(); an unknown one is ignored
 *   "prefix", "suffix" (string, nullable): hex digits of bytes before the text, and behind it and the check bytes; others are none
 *   "check" (string, nullable): words for ph_check_parse(); others are none
 *   "repeat" (boolean): sent again and again
 *   "interval" (uint): ms from one message of a repeat to the next, at least 1
 *   "full-speed" (boolean): a repeat is as fast as possible; the interval stays, for later
 *   "times" (uint64): messages after which a repeat ends; 0: no end
 *   "clear-after" (boolean): the box in which it is typed is cleared when it was sent
 *   "enter-sends" (boolean): Enter sends it, and Shift+Enter begins a line
 *   "piece-size" (uint): bytes of a stream that go out at a time, at most %PH_PIECE_SIZE_MAX; 0: all of them
 *   "piece-pause" (uint): ms between two pieces
 *   "piece-random" (boolean): pieces have any size up to that, as the generator gives it for the "piece-seed" (uint)
 */
PhSendOptions *ph_send_options_new (void);
PhPayloadFormat ph_send_options_get_format (PhSendOptions *options);
void ph_send_options_set_format (PhSendOptions *options, const PhPayloadFormat *format);
gboolean ph_send_options_get_repeat (PhSendOptions *options);
gboolean ph_send_options_get_clear_after (PhSendOptions *options);
gboolean ph_send_options_get_enter_sends (PhSendOptions *options);
guint ph_send_options_get_interval (PhSendOptions *options);
guint64 ph_send_options_get_times (PhSendOptions *options);
PhPieces ph_send_options_get_pieces (PhSendOptions *options);

G_END_DECLS
