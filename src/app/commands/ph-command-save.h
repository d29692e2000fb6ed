/* ph-command-save.h: keeps a message as a quick command: the typed one, one of the history, or a record
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-payload.h"
#include "ph-session-page.h"

G_BEGIN_DECLS

void ph_command_save (PhSessionPage *page, const char *text, const PhPayloadFormat *format, gboolean foreign);
void ph_command_save_add_actions (PhSessionPage *page);

G_END_DECLS
