/* ph-cli-outcome.h: what did not work in a run: the reasons, and the exit status
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-cli-options.h"
#include "ph-names.h"

G_BEGIN_DECLS

/**
 * PhCliOutcome:
 * @received: IN records
 * @sent: OUT records that are not answers of a responder
 * @failed: something did not work whose reason was told already
 * @unsent: (nullable) (owned): why a message was not sent, or not all of it; the last reason
 * @undelivered: (nullable) (owned): why a message that was sent did not arrive, as the network tells; the last reason
 */
typedef struct
{
  guint64 received;
  guint64 sent;
  gboolean failed;
  char *unsent;
  char *undelivered;
} PhCliOutcome;

void ph_cli_outcome_record (PhCliOutcome *outcome, PhNames *names, const PhRecord *record, const guint8 *payload);
int ph_cli_outcome_tell (PhCliOutcome *outcome, const PhCliOptions *options);
void ph_cli_outcome_clear (PhCliOutcome *outcome);

G_END_DECLS
