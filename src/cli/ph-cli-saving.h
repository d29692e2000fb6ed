/* ph-cli-saving.h: the options of a live save, and the save itself
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-cli-options.h"
#include "ph-live-save.h"

G_BEGIN_DECLS

/** PhCliSaving: the words of these options, as they were typed. */
typedef struct
{
  char *save, *as, *every, *direction;
  gboolean per_peer, escape;
} PhCliSaving;

void ph_cli_saving_add (GOptionContext *context, PhCliSaving *words);
gboolean ph_cli_saving_understand (const PhCliSaving *words, PhCliOptions *options, GError **error);
void ph_cli_saving_clear (PhCliSaving *words);

gboolean ph_cli_saving_begin (const PhCliOptions *options, PhSession *session, PhLiveSave **ret_save);
gboolean ph_cli_saving_end (PhLiveSave *save);

G_END_DECLS
