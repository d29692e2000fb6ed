/* ph-save-name.h: the name of a file that a session is saved as, such as "UDP-7788 2026-11-29 15-05.log"
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-session.h"

G_BEGIN_DECLS

char *ph_save_name_dup (PhSession *session, GDateTime *when, const char *suffix);

G_END_DECLS
