/* ph-commands-json.h: quick commands as a readable file of JSON, and back
 *
 * { "porthole-commands": 1, "groups": [ { "name": null, "commands": [ { "name": "start", "text": "AT", "line-ending": "crlf" } ] } ] }
 *
 * What is as usual is left out. Members that are not known are passed over. Any thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-commands.h"

G_BEGIN_DECLS

#define PH_COMMANDS_JSON "porthole-commands" /* the member that such a file has, and no other */

PhCommands *ph_commands_read_json (const char *bytes, gsize length, gboolean foreign, GError **error);
char *ph_commands_write_json (PhCommands *commands);

G_END_DECLS
