/* ph-cli-sending.h: the options that say what is sent, and how
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-cli-options.h"

G_BEGIN_DECLS

/** PhCliSending: the options as they were typed, before they are checked. */
typedef struct
{
  char *encoding, *input_encoding, *line_ending, *prefix, *suffix, *check, *files, *piece, *piece_random, *commands;
  char **send, **command;
  gint64 repeat, times, piece_pause, rounds, delay;
  gboolean hex, escapes, variables, follow;
} PhCliSending;

#define PH_CLI_SENDING_INIT \
  { .repeat = PH_CLI_NOT_GIVEN, .times = PH_CLI_NOT_GIVEN, .piece_pause = PH_CLI_NOT_GIVEN, \
    .rounds = PH_CLI_NOT_GIVEN, .delay = PH_CLI_NOT_GIVEN }

void ph_cli_sending_add (GOptionContext *context, PhCliSending *words);
char *ph_cli_sending_dup_remote (const PhCliSending *words);
gboolean ph_cli_sending_understand (const PhCliSending *words, PhCliOptions *options, GError **error);
void ph_cli_sending_clear (PhCliSending *words);

G_END_DECLS
