/* ph-record.c: the ids of record kinds and details, which never change
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-record.h"

#include <glib/gi18n.h>

/**
 * ph_record_kind_id:
 *
 * The name that scripts see (the `kind` of a JSON line). Any thread.
 *
 * Returns: a static string, never translated; "unknown" for a number that is no kind
 */
const char *
ph_record_kind_id (PhRecordKind kind)
{
  static const char *const ids[] = {
    [PH_RECORD_IN] = "in",         [PH_RECORD_OUT] = "out",
    [PH_RECORD_OPENING] = "opening", [PH_RECORD_OPEN] = "open",
    [PH_RECORD_PEER] = "peer",     [PH_RECORD_JOINED] = "joined",
    [PH_RECORD_HALF_CLOSED] = "half-closed", [PH_RECORD_LEFT] = "left",
    [PH_RECORD_LOSS] = "loss",     [PH_RECORD_NOTE] = "note",
    [PH_RECORD_ERROR] = "error",   [PH_RECORD_CLOSED] = "closed",
    [PH_RECORD_DESTINATION] = "destination", [PH_RECORD_REPEAT] = "repeat",
    [PH_RECORD_FEED] = "feed",
  };

  return (gsize) kind < G_N_ELEMENTS (ids) && ids[kind] != NULL ? ids[kind] : "unknown";
}

static const char *const forms[] = { [PH_FORM_TEXT] = "text", [PH_FORM_HEX] = "hex", [PH_FORM_AUTOMATIC] = "automatic" };

/**
 * ph_form_id:
 *
 * Any thread.
 *
 * Returns: (nullable): its name in the settings; %NULL for %PH_FORM_NOT_TOLD
 */
const char *
ph_form_id (PhForm form)
{
  return (gsize) form < G_N_ELEMENTS (forms) ? forms[form] : NULL;
}

/**
 * ph_form_find:
 * @id: (nullable)
 *
 * Any thread.
 *
 * Returns: the form of that id; %PH_FORM_NOT_TOLD if there is none
 */
PhForm
ph_form_find (const char *id)
{
  for (guint i = PH_FORM_TEXT; id != NULL && i < G_N_ELEMENTS (forms); i++)
    if (g_str_equal (forms[i], id))
      return (PhForm) i;

  return PH_FORM_NOT_TOLD;
}

static const struct
{
  const char *id, *words, *by;
} lefts[] = {
  [PH_LEFT_BY_USER] = { "by-user", NULL, "here" },
  [PH_LEFT_CLOSED] = { "closed", NULL, "peer" },
  [PH_LEFT_RESET] = { "reset", N_("reset by the peer"), "peer" },
  [PH_LEFT_KICKED] = { "kicked", NULL, "here" },
  [PH_LEFT_FAILED] = { "failed", NULL, "error" },
  /* Translators: a time: “nothing was sent for 1 s after the peer had finished” */
  [PH_LEFT_IDLE] = { "idle", N_("nothing was sent for %s after the peer had finished"), "here" },
  [PH_LEFT_RESET_HERE] = { "reset-here", NULL, "here" },
  [PH_LEFT_DONE] = { "done", N_("the peer had finished, and nothing was left to be sent"), "here" },
};

/**
 * ph_left_words:
 * @left: may be of a newer program
 *
 * Any thread.
 *
 * Returns: (nullable): a few English words without a full stop, to be translated, with a %s for the time if the reason has one;
 *   %NULL where the sentence of the event says it, and for a number that is no reason
 */
const char *
ph_left_words (PhLeft left)
{
  return (gsize) left < G_N_ELEMENTS (lefts) ? lefts[left].words : NULL;
}

/**
 * ph_left_by:
 * @left: may be of a newer program
 *
 * Any thread.
 *
 * Returns: (nullable): who ended it, as the stable word that scripts see: "here", "peer" or "error"; %NULL for a number that is no
 *   reason
 */
const char *
ph_left_by (PhLeft left)
{
  return (gsize) left < G_N_ELEMENTS (lefts) ? lefts[left].by : NULL;
}

/**
 * ph_left_why:
 * @left: may be of a newer program
 *
 * Any thread.
 *
 * Returns: what ph_left_words() gives, translated; "" for a number that is no reason
 */
const char *
ph_left_why (PhLeft left)
{
  const char *words = ph_left_words (left);

  return words != NULL ? _(words) : "";
}

/**
 * ph_record_why_id:
 * @record: may be of a newer program
 *
 * Any thread.
 *
 * Returns: (nullable): what the detail says, as the stable word that scripts see: why a peer left or a session closed, where data
 *   was lost, or how a repeat or a feed ended; %NULL for other records and unknown numbers
 */
const char *
ph_record_why_id (const PhRecord *record)
{
  static const char *const losses[] = { [PH_LOSS_KERNEL] = "kernel", [PH_LOSS_LIMIT] = "limit", [PH_LOSS_REFUSED] = "refused",
                                        [PH_LOSS_UNDELIVERED] = "undelivered" };
  static const char *const ends[] = { [PH_REPEAT_RUNNING] = "running", [PH_REPEAT_DONE] = "done",
                                      [PH_REPEAT_STOPPED] = "stopped", [PH_REPEAT_FAILED] = "failed" };
  static const char *const feeds[] = { [PH_FEED_RUNNING] = "running", [PH_FEED_DONE] = "done",
                                       [PH_FEED_STOPPED] = "stopped", [PH_FEED_FAILED] = "failed" };
  guint detail = record->detail;

  switch ((PhRecordKind) record->kind)
    {
    case PH_RECORD_LEFT:
    case PH_RECORD_CLOSED: return detail < G_N_ELEMENTS (lefts) ? lefts[detail].id : NULL;
    case PH_RECORD_LOSS: return detail < G_N_ELEMENTS (losses) ? losses[detail] : NULL;
    case PH_RECORD_REPEAT: return detail < G_N_ELEMENTS (ends) ? ends[detail] : NULL;
    case PH_RECORD_FEED: return detail < G_N_ELEMENTS (feeds) ? feeds[detail] : NULL;
    default: return NULL;
    }
}
