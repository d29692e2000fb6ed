/* ph-cli-showing.h: the options that say how records are shown
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-cli-options.h"

G_BEGIN_DECLS

/** PhCliShowing: the arguments as they were typed. */
typedef struct
{
  char *show, *time;
} PhCliShowing;

void ph_cli_showing_add (GOptionContext *context, PhCliShowing *words);
void ph_cli_showing_clear (PhCliShowing *words);
gboolean ph_cli_showing_understand (const PhCliShowing *words, PhCliOptions *options, GError **error);

G_END_DECLS
