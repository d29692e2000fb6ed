/* ph-captures-room.h: keeps the captures that are being written within the size limit of all captures
 *
 * Main thread only.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-captures.h"
#include "ph-session-capture.h"

G_BEGIN_DECLS

#define PH_CAPTURES_RESERVE ((guint64) 256 << 20) /* bytes that captures leave free on the disk */

void ph_captures_follow (PhCaptures *captures, PhSession *session);
guint64 ph_captures_room_for (PhCaptures *captures, const char *path);

G_END_DECLS
