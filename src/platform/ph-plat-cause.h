/* ph-plat-cause.h: the words of the operating system for a failure that is none of the causes of PhError
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ph_plat_dup_cause_words:
 * @cause: a word from ph_error_get_cause(), maybe of another system, or any text
 * @english: in English, whatever the language of the process
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): half a sentence; %NULL where this system does not know @cause
 */
char *ph_plat_dup_cause_words (const char *cause, gboolean english);

G_END_DECLS
