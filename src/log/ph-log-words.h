/* ph-log-words.h: one entry of the log in words, for assistive technologies
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-log-form.h"
#include "ph-log-source.h"

G_BEGIN_DECLS

char *ph_log_words_describe (PhLogSource *source, guint64 entry);
PhLogForm ph_log_words_get_form (PhLogSource *source, guint64 entry);

G_END_DECLS
