/* ph-session-fail.c: what a session writes where it gets no worker: the system has no thread or no descriptor for one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-session-private.h"

#include "ph-plat.h"

/* Without a worker nobody else writes to the store. */
static void
append (PhSession *self, PhRecordKind kind, guint16 flags, guint16 detail, const PhWords *words)
{
  const PhRecord record = { .time = ph_plat_now (),
                            .kind = (guint8) kind,
                            .flags = flags,
                            .detail = detail,
                            .length = words != NULL ? (guint32) words->length : 0 };

  ph_store_append (self->store, &record, words != NULL ? words->bytes : NULL);
}

/**
 * ph_session_fail_to_open:
 * @session: without a worker; it has its endpoint
 * @error: why it has none
 *
 * Writes the records of an opening that failed.
 */
void
ph_session_fail_to_open (PhSession *session, const GError *error)
{
  PhWords opening, words;

  ph_endpoint_write (session->endpoint, &opening);
  ph_words_init (&words, ph_words_get (&opening, "action"), ph_words_get (&opening, "on"));
  ph_words_add (&words, "cause", ph_error_get_cause (error));
  append (session, PH_RECORD_OPENING, 0, session->fold.stream ? PH_OPENING_STREAM : PH_OPENING_DATAGRAMS, &opening);
  append (session, PH_RECORD_ERROR, PH_RECORD_FATAL, (guint16) error->code, &words);
  append (session, PH_RECORD_CLOSED, 0, PH_LEFT_FAILED, NULL);
  ph_store_append_posted (session->store);
  ph_store_notify (session->store);
}

/**
 * ph_session_fail_to_send:
 * @session: without a worker
 *
 * Writes the record of a message that was not sent: nothing is open.
 */
void
ph_session_fail_to_send (PhSession *session)
{
  PhWords words;

  ph_words_init (&words, "send", NULL);
  append (session, PH_RECORD_ERROR, 0, PH_ERROR_NOT_OPEN, &words);
  ph_store_append_posted (session->store);
  ph_store_notify (session->store);
}
