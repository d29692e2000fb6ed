/* ph-log-words.h: an entry of the log as a sentence
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-log-source.h"

G_BEGIN_DECLS

char *ph_log_words_describe (PhLogSource *source, guint64 entry);

G_END_DECLS
