/* ph-damage.h: the messages about a damaged capture file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-session.h"

G_BEGIN_DECLS

char *ph_damage_dup_words (PhSession *session);
char *ph_damage_dup_more (PhSession *session);

G_END_DECLS
