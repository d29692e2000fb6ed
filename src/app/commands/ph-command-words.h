/* ph-command-words.h: what a quick command is called and tells of itself, in words that are safe to show
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-quick-command.h"

G_BEGIN_DECLS

char *ph_command_words_dup_name (PhQuickCommand *command);
char *ph_command_words_dup_text (PhQuickCommand *command);
char *ph_command_words_dup_key (guint key);
char *ph_command_words_dup_tip (PhQuickCommand *command);

G_END_DECLS
