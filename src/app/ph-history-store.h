/* ph-history-store.h: the one history of sent messages of all tabs, kept in the settings
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-history.h"

G_BEGIN_DECLS

PhHistory *ph_history_store_get (void);
void ph_history_store_add (const char *text);

G_END_DECLS
