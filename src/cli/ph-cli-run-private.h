/* ph-cli-run-private.h: the struct of a run, for the files of the run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-cli-run.h"

#include "ph-cli-feeds.h"
#include "ph-cli-input.h"
#include "ph-cli-outcome.h"
#include "ph-cli-output.h"
#include "ph-live-save.h"
#include "ph-message.h"

G_BEGIN_DECLS

struct _PhCliRun
{
  const PhCliOptions *options; /* borrowed */

  guint64 next;  /* sequence number of the next record to look at */
  gboolean open;
  gboolean greeted; /* the messages of --send were sent */
  gboolean all_sent; /* the session knows that nothing more is sent */
  gboolean went_out; /* the system has taken all of it */
  guint busy; /* repeats and sequences that run */
  gboolean finished; /* the repeat has ended, and nothing else is to be done */
  gboolean stopping;
  gboolean not_captured; /* not all records are in the file */
  gboolean closed; /* there was a CLOSED record */
  PhCliOutcome outcome;

  GQueue pending; /* cost of each message whose OUT or ERROR record has not come yet */
  gsize pending_cost;
  guint64 lines;
  gboolean in_line; /* the last part did not end its line */
  gboolean refused; /* a part of this line could not be sent, so the others are not sent either */

  /* owned */
  PhSession *session;
  PhSendOptions *send;
  PhMessageTarget *target;
  PhMessage *message; /* the one that is sent next */
  PhCliOutput *output; /* nullable */
  PhLiveSave *save; /* nullable */
  PhCliInput *input; /* nullable */
  GString *line;
  GString *whole; /* nullable: with --input=whole: what was read so far */
  PhCliFeeds feeds;
  GMainLoop *loop;
  guint timer;
  guint quiet_timer;
  gint64 quiet_since; /* monotonic, µs */
};

void ph_cli_run_greet (PhCliRun *run);
void ph_cli_run_feed (PhCliRun *run);
void ph_cli_run_message_seen (PhCliRun *run);
void ph_cli_run_messages_failed (PhCliRun *run, const PhRecord *record, const guint8 *payload);
gboolean ph_cli_run_has_messages (const PhCliRun *run);
gboolean ph_cli_run_pump_cb (gpointer data);
void ph_cli_run_check_all_sent (PhCliRun *run);
void ph_cli_run_not_quiet (PhCliRun *run);

G_END_DECLS
