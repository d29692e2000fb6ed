/* ph-command-faults.h: what is wrong with the message of a quick command, field by field
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-quick-command.h"

G_BEGIN_DECLS

#define PH_COMMAND_FAULTS_NO_PLACE G_MAXSIZE

/**
 * PhCommandFaults: (nullable) sentences, one for each field.
 * @place: in the text, in characters from 0, or %PH_COMMAND_FAULTS_NO_PLACE
 */
typedef struct
{
  GError *text, *prefix, *suffix, *check;
  gsize place;
} PhCommandFaults;

void ph_command_faults_find (PhQuickCommand *command, PhCommandFaults *ret_faults);
void ph_command_faults_clear (PhCommandFaults *faults);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PhCommandFaults, ph_command_faults_clear)

G_END_DECLS
