/* ph-import-docklight.h: a send sequence of Docklight as a quick command, the same for both forms of its projects
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-import.h"

G_BEGIN_DECLS

/**
 * PhDocklightSequence: what stands in the project.
 * @data: bytes as hex, with blanks between them: `41 ?? ## && 0A`
 * @interval: seconds
 * @check: (nullable): a specification of check bytes, and a comment behind “#”
 */
typedef struct
{
  char *name, *data, *interval, *check;
  gboolean repeats;
  GString *comment;
} PhDocklightSequence;

void ph_docklight_sequence_clear (PhDocklightSequence *sequence);
gboolean ph_docklight_add (PhImport *import, const PhDocklightSequence *sequence, GError **error);
gboolean ph_docklight_check (const char *words, const GArray *kinds, guint *ret_at, guint *ret_length, char **ret_check);
void ph_docklight_set_channel (PhImport *import, const char *channel);
void ph_docklight_note_receives (PhImport *import, guint n);

/** PhDocklightKind: what two characters of a sequence are. */
typedef enum
{
  PH_DOCKLIGHT_BYTE,
  PH_DOCKLIGHT_ASK,      /* ??: one byte that is asked for */
  PH_DOCKLIGHT_MAYBE,    /* ##: one byte or none */
  PH_DOCKLIGHT_FUNCTION, /* && and its like, and the number behind it: is not sent */
} PhDocklightKind;

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PhDocklightSequence, ph_docklight_sequence_clear)

G_END_DECLS
