/* ph-quick-command.h: a message that is kept under a name, to be sent by a click, a key or a sequence; or the heading of a group
 *
 * Whoever has the only reference may use it on any thread; then main thread only.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "ph-history.h"
#include "ph-payload.h"
#include "ph-send-options.h"

G_BEGIN_DECLS

#define PH_QUICK_COMMAND_NAME_MAX 256u                 /* characters */
#define PH_QUICK_COMMAND_COMMENT_MAX 4096u             /* characters */
#define PH_QUICK_COMMAND_TEXT_MAX PH_HISTORY_TEXT_MAX  /* bytes */
#define PH_QUICK_COMMAND_WORD_MAX 4096u                /* characters of a target, a transport, a prefix, a suffix or a check */
#define PH_QUICK_COMMAND_KEYS 9u                       /* the highest key */
#define PH_QUICK_COMMAND_WAIT_MAX PH_SEND_INTERVAL_MAX /* ms of a delay or a period */
#define PH_QUICK_COMMAND_PERIOD 1000u                  /* ms, unless said */

#define PH_TYPE_QUICK_COMMAND (ph_quick_command_get_type ())
G_DECLARE_FINAL_TYPE (PhQuickCommand, ph_quick_command, PH, QUICK_COMMAND, GObject)

/*
 * Properties, read-write unless said. Strings become valid UTF-8 and are cut at their limit; of a text that is longer than
 * PH_QUICK_COMMAND_TEXT_MAX nothing is taken.
 *   "name", "text", "comment" (string): never NULL
 *   "transport" (string, nullable): the id of a PhTransport, or a word of somebody else's that is kept as it is written
 *   "target" (string, nullable): "host:port" as typed
 *   "key" (int): 1 to 9 for Ctrl+Alt+N, 0 for none
 *   "delay" (uint): ms before it in a sequence
 *   "period" (uint): ms from one sending to the next in the list of repeats, at least 1
 *   "marked" (boolean): takes part in a sequence and in the list of repeats
 *   "foreign" (boolean): came from somebody else's file, so one is asked before files that it names are sent
 *   "folded" (boolean): the group below this heading is folded
 *   "heading" (boolean, construct-only): the beginning of a group: only "name" and "folded" count
 *   "format" (pointer, read-only): a const PhPayloadFormat
 */
PhQuickCommand *ph_quick_command_new (void);
PhQuickCommand *ph_quick_command_new_heading (const char *name);

const char *ph_quick_command_get_name (PhQuickCommand *command);
const char *ph_quick_command_get_text (PhQuickCommand *command);
const char *ph_quick_command_get_comment (PhQuickCommand *command);
const char *ph_quick_command_get_transport (PhQuickCommand *command);
const char *ph_quick_command_get_target (PhQuickCommand *command);
guint ph_quick_command_get_key (PhQuickCommand *command);
guint ph_quick_command_get_delay (PhQuickCommand *command);
guint ph_quick_command_get_period (PhQuickCommand *command);
gboolean ph_quick_command_is_marked (PhQuickCommand *command);
gboolean ph_quick_command_is_foreign (PhQuickCommand *command);
gboolean ph_quick_command_is_folded (PhQuickCommand *command);
gboolean ph_quick_command_is_heading (PhQuickCommand *command);
const PhPayloadFormat *ph_quick_command_get_format (PhQuickCommand *command);
void ph_quick_command_set_format (PhQuickCommand *command, const PhPayloadFormat *format);

G_END_DECLS
