/* ph-number.h: rates, and how often something was sent or received, as short text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *ph_number_byte_rate (double rate);
char *ph_number_packet_rate (double rate);
char *ph_number_packets (guint64 packets, gboolean stream, gboolean sent);

G_END_DECLS
