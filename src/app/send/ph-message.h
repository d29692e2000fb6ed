/* ph-message.h: a typed message from text to hex digits and back, where that loses nothing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-codec.h"

G_BEGIN_DECLS

char *ph_message_to_hex (const PhSendFormat *format, const char *text);
char *ph_message_from_hex (const PhSendFormat *format, const char *text);

G_END_DECLS
