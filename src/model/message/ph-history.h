/* ph-history.h: what was sent, newest first: a bounded list that a menu shows and settings keep
 *
 * A text that is sent again moves to the front. Main thread only.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define PH_HISTORY_LIMIT 100u              /* texts */
#define PH_HISTORY_TEXT_MAX (64u * 1024u) /* bytes of one text; longer ones are not remembered */

#define PH_TYPE_HISTORY (ph_history_get_type ())
G_DECLARE_FINAL_TYPE (PhHistory, ph_history, PH, HISTORY, GObject)

/* A GListModel of PhHistoryText. */
PhHistory *ph_history_new (guint limit);
void ph_history_add (PhHistory *history, const char *text);
const char *ph_history_get_text (PhHistory *history, guint position);
void ph_history_clear (PhHistory *history);
void ph_history_set_texts (PhHistory *history, const char *const *texts);
char **ph_history_dup_texts (PhHistory *history);

/* One text. Property: "text" (string). */
#define PH_TYPE_HISTORY_TEXT (ph_history_text_get_type ())
G_DECLARE_FINAL_TYPE (PhHistoryText, ph_history_text, PH, HISTORY_TEXT, GObject)

const char *ph_history_text_get (PhHistoryText *text);

G_END_DECLS
