/* ph-record.c: the stable names of record kinds and the words for why a peer left
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-record.h"

#include <glib/gi18n.h>

/**
 * ph_record_kind_id:
 * @kind: a kind
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
  };

  return (gsize) kind < G_N_ELEMENTS (ids) && ids[kind] != NULL ? ids[kind] : "unknown";
}

/**
 * ph_left_why:
 * @left: a reason
 *
 * Any thread.
 *
 * Returns: a few translated words without a full stop; "" for a number that is no reason
 */
const char *
ph_left_why (PhLeft left)
{
  switch (left)
    {
    case PH_LEFT_BY_USER: return _("closed here");
    case PH_LEFT_CLOSED: return _("closed by the peer");
    case PH_LEFT_RESET: return _("reset by the peer");
    case PH_LEFT_KICKED: return _("disconnected here");
    case PH_LEFT_FAILED: return _("ended by an error");
    default: return "";
    }
}
