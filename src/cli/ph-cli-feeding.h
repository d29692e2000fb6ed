/* ph-cli-feeding.h: the options for a file, for standard input as it comes, and for the end of the program when all went out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-cli-options.h"

G_BEGIN_DECLS

/** PhCliFeeding: the options as they were typed, before they are checked. */
typedef struct
{
  char *send_file, *rate, *input, *end_after_quiet;
  gboolean half_close_at_end, end_when_sent;
} PhCliFeeding;

void ph_cli_feeding_add (GOptionContext *context, PhCliFeeding *words);
gboolean ph_cli_feeding_understand (const PhCliFeeding *words, const char *piece, PhCliOptions *options, GError **error);
void ph_cli_feeding_clear (PhCliFeeding *words);

G_END_DECLS
