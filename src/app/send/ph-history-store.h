/* ph-history-store.h: the histories of all tabs, kept in the settings
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-history.h"
#include "ph-message.h"

G_BEGIN_DECLS

#define PH_HISTORY_SENT "message-history"
#define PH_HISTORY_SEARCHED "search-history"

PhHistory *ph_history_store_get (const char *key);
void ph_history_store_add_text (const char *text);
void ph_history_store_add_message (PhMessage *message);

G_END_DECLS
