/* ph-captures-here.h: the list of this user's captures, which all tabs share, with the limits set in the preferences
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-captures.h"

G_BEGIN_DECLS

PhCaptures *ph_captures_here (void);
void ph_captures_here_end (void);

G_END_DECLS
