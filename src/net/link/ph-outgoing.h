/* ph-outgoing.h: a message that is to be sent, and what became of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-error.h"
#include "ph-pieces.h"

G_BEGIN_DECLS

/**
 * PhOutgoing: a message, and what its OUT records say beside its bytes.
 * @batch: (nullable): messages that differ, for a call that sends several; @bytes is the first
 * @number: of a message of a repeat: unique in its link, and rising in its repeat; else 0. ph_repeater_note() counts by it what became of a
 *   message that was queued
 * @pieces: how a stream hands it to the system; datagrams go out whole
 */
typedef struct
{
  GBytes *bytes;
  GBytes *const *batch;
  guint64 number;
  guint16 flags; /* %PH_RECORD_ANSWER or 0 */
  guint8 form;   /* ph_record_form() */
  PhPieces pieces;
} PhOutgoing;

/**
 * PhSendResult: what became of the messages of one call. The three counts add up to the messages that were tried.
 * @sent: the system took all of them
 * @queued: all of them or their rest is queued, and is sent later without another call
 * @refused: nothing was sent or queued; a record says so
 * @error: why the last one was refused, else %PH_ERROR_NONE
 *
 * A call that may not queue ends early, with no error, when the system takes no more for now. A message to all clients
 * counts once: as sent if one client took all of it, else as queued if one client's rest is queued.
 */
typedef struct
{
  guint sent;
  guint queued;
  guint refused;
  PhError error;
} PhSendResult;

/** ph_send_refused: the result of one message of which nothing was sent or queued */
static inline PhSendResult
ph_send_refused (PhError error)
{
  return (PhSendResult){ .refused = 1, .error = error };
}

G_END_DECLS
