/* ph-cli-outcome.c: what did not work in a run: the reasons, and the exit status
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-cli-outcome.h"

#include "ph-words.h"

#include <glib/gi18n.h>

static void
note_reason (char **reason, PhNames *names, const PhRecord *record, const guint8 *payload)
{
  const char *peer = record->peer != PH_PEER_NONE ? ph_names_get_peer (names, record->peer) : NULL;

  g_free (*reason);
  *reason = ph_format_event (record, payload, peer, PH_LANGUAGE_USER);
}

static void
note_error (PhCliOutcome *outcome, PhNames *names, const PhRecord *record, const guint8 *payload)
{
  const char *action;
  PhWords words;

  ph_words_read (&words, payload, record->length);
  action = ph_words_get (&words, "action");
  if (g_strcmp0 (action, "send") == 0)
    note_reason (&outcome->unsent, names, record, payload);
  else if (g_strcmp0 (action, "deliver") == 0)
    note_reason (&outcome->undelivered, names, record, payload);
}

/**
 * ph_cli_outcome_record:
 * @names: of the store; knows the record's peer
 *
 * Notes what a record says of success. To be called for each record, in order.
 */
void
ph_cli_outcome_record (PhCliOutcome *outcome, PhNames *names, const PhRecord *record, const guint8 *payload)
{
  switch ((PhRecordKind) record->kind)
    {
    case PH_RECORD_IN:
      outcome->received++;
      break;
    case PH_RECORD_OUT:
      outcome->sent += !(record->flags & PH_RECORD_ANSWER);
      break;
    case PH_RECORD_ERROR:
      note_error (outcome, names, record, payload);
      break;
    case PH_RECORD_LOSS:
      if (record->detail == PH_LOSS_REFUSED)
        note_reason (&outcome->unsent, names, record, payload);
      break;
    case PH_RECORD_REPEAT:
      outcome->failed |= record->detail == PH_REPEAT_FAILED;
      break;
    case PH_RECORD_FEED:
      outcome->failed |= record->detail == PH_FEED_STOPPED || record->detail == PH_FEED_FAILED;
      break;
    case PH_RECORD_CLOSED:
      outcome->failed |= record->detail == PH_LEFT_RESET || record->detail == PH_LEFT_FAILED;
      break;
    default:
      break;
    }
}

/* Where the log does not go to standard output, errors went to standard error when they happened. */
static void
tell_reason (const PhCliOptions *options, const char *words, const char *reason)
{
  if (!options->quiet && options->format != PH_FORMAT_RAW)
    g_printerr ("porthole-cli: %s: %s\n", words, reason);
}

static void
tell_short (guint64 received, guint64 count)
{
  g_autofree char *some = ph_format_dup_grouped (received), *all = ph_format_dup_grouped (count);

  g_printerr (_("porthole-cli: --count was not reached: %s of %s\n"), some, all);
}

/**
 * ph_cli_outcome_tell:
 *
 * Prints to standard error what did not work, if it was not told before. To be called at the end.
 *
 * Returns: the exit status
 */
int
ph_cli_outcome_tell (PhCliOutcome *outcome, const PhCliOptions *options)
{
  gboolean short_of = outcome->received < options->count;

  if (outcome->unsent != NULL)
    tell_reason (options, _("not everything was sent"), outcome->unsent);
  /* An answer that does not arrive is the peer's affair: it has asked and gone. */
  if (outcome->undelivered != NULL && outcome->sent > 0)
    tell_reason (options, _("not everything arrived"), outcome->undelivered);
  if (short_of && !outcome->failed)
    tell_short (outcome->received, options->count);

  return outcome->failed || outcome->unsent != NULL || (outcome->undelivered != NULL && outcome->sent > 0) || short_of;
}

void
ph_cli_outcome_clear (PhCliOutcome *outcome)
{
  g_clear_pointer (&outcome->unsent, g_free);
  g_clear_pointer (&outcome->undelivered, g_free);
}
