/* ph-history.h: what was sent or searched for, newest first: a bounded list that a menu shows and settings keep
 *
 * What is added again moves to the front. Main thread only.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "ph-payload.h"

G_BEGIN_DECLS

#define PH_HISTORY_LIMIT 100u              /* items */
#define PH_HISTORY_TEXT_MAX (64u * 1024u) /* bytes of one text; longer ones are not remembered */

/** PH_HISTORY_MESSAGES: the type of messages in settings: the text, and properties of its PhSendOptions by their names; those that are not
 * set are left out, and so is the encoding where that is not known. "to" is the address that was typed to send it to. */
#define PH_HISTORY_MESSAGES "a(sa{sv})"

/* One text. Property: "text" (string). */
#define PH_TYPE_HISTORY_ITEM (ph_history_item_get_type ())
G_DECLARE_FINAL_TYPE (PhHistoryItem, ph_history_item, PH, HISTORY_ITEM, GObject)

const char *ph_history_item_get_text (PhHistoryItem *item);
const PhPayloadFormat *ph_history_item_get_format (PhHistoryItem *item);
const char *ph_history_item_get_to (PhHistoryItem *item);

/* A GListModel of PhHistoryItem. */
#define PH_TYPE_HISTORY (ph_history_get_type ())
G_DECLARE_FINAL_TYPE (PhHistory, ph_history, PH, HISTORY, GObject)

PhHistory *ph_history_new (guint limit);
void ph_history_add (PhHistory *history, const char *text, const PhPayloadFormat *format);
void ph_history_add_to (PhHistory *history, const char *text, const PhPayloadFormat *format, const char *to);
PhHistoryItem *ph_history_get (PhHistory *history, guint position);
void ph_history_clear (PhHistory *history);

void ph_history_set_texts (PhHistory *history, const char *const *texts);
char **ph_history_dup_texts (PhHistory *history, gsize longest);
void ph_history_set_messages (PhHistory *history, GVariant *messages);
GVariant *ph_history_dup_messages (PhHistory *history, gsize longest);

G_END_DECLS
