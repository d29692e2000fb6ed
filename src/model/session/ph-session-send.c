/* ph-session-send.c: sends and repeats messages through the worker of a session
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-session-private.h"

#define MILLISECOND G_GINT64_CONSTANT (1000000)

/* What ph_worker_repeat() and ph_worker_change_repeat() are. */
typedef void (*RepeatFunc) (PhWorker *worker, const PhTarget *target, PhPayload *payload, const PhPieces *pieces, gint64 interval,
                            guint64 times);

/* How a payload is sent. */
typedef struct
{
  const PhPieces *pieces; /* nullable: whole */
  RepeatFunc repeat;      /* NULL: once */
  gint64 interval;        /* ns */
  guint64 times;
  guint slot;             /* 0, or the place in the repeat list */
  const char *name;       /* nullable: of what is in the list */
  PhFeed *feed;           /* nullable: what is sent in place of a payload */
} How;

static void
hand_over (PhSession *self, const PhTarget *target, PhPayload *payload, const How *how)
{
  if (how->feed != NULL)
    ph_worker_feed (self->worker, target, how->feed);
  else if (how->slot > 0)
    ph_worker_repeat_listed (self->worker, target, payload, how->pieces, how->interval, how->slot, how->name);
  else if (how->repeat != NULL)
    how->repeat (self->worker, target, payload, how->pieces, how->interval, how->times);
  else
    ph_worker_send (self->worker, target, payload, how->pieces);
}

/* The list still has the datagram peers of an earlier opening. The worker knows their addresses, not their numbers. */
static void
send_by_address (PhSession *self, const char *address, PhPayload *payload, const How *how)
{
  g_auto (PhPlace) place = { 0 };
  PhTarget target = { .peer = PH_PEER_NONE };

  if (ph_place_parse (address, &place, NULL, NULL))
    target.place = place;
  hand_over (self, &target, payload, how);
}

/* FALSE if there is no worker. */
static gboolean
send (PhSession *self, const PhTarget *target, PhPayload *payload, const How *how)
{
  gboolean old = target->peer != PH_PEER_NONE && target->peer <= self->fold.old_peers;
  const char *address = old ? ph_session_get_peer_address (self, target->peer) : NULL;

  if (self->file != NULL)
    return FALSE;
  if (ph_session_get_worker (self, NULL) == NULL)
    {
      ph_session_fail_to_send (self);
      return FALSE;
    }
  if (address != NULL && !self->fold.stream)
    send_by_address (self, address, payload, how);
  else
    hand_over (self, target, payload, how);

  return TRUE;
}

/**
 * ph_session_send:
 * @payload: a reference is kept; its message may be empty for datagrams only
 * @pieces: (nullable): how a stream cuts the message; %NULL: not at all. Datagrams go out whole
 *
 * The result is an OUT record, or an ERROR record with the reason.
 */
void
ph_session_send (PhSession *session, const PhTarget *target, PhPayload *payload, const PhPieces *pieces)
{
  const How how = { .pieces = pieces };

  g_return_if_fail (PH_IS_SESSION (session));
  g_return_if_fail (target != NULL && payload != NULL);

  send (session, target, payload, &how);
}

/**
 * ph_session_start_repeat:
 * @payload: a reference is kept
 * @pieces: (nullable): how a stream cuts each message; %NULL: not at all
 * @interval_ms: milliseconds from one send to the next; 0 for as fast as possible
 * @times: how many messages; 0 for no end
 *
 * Sends now and then at each interval, until stopped or closed. Replaces a repeat that is running. A closed session
 * tries once, which writes an error record.
 */
void
ph_session_start_repeat (PhSession *session, const PhTarget *target, PhPayload *payload, const PhPieces *pieces,
                         guint interval_ms, guint64 times)
{
  const How how = { pieces, ph_worker_repeat, interval_ms * MILLISECOND, times };

  g_return_if_fail (PH_IS_SESSION (session));
  g_return_if_fail (target != NULL && payload != NULL);

  if (!ph_session_is_active (session))
    {
      ph_session_send (session, target, payload, pieces);
      return;
    }
  if (send (session, target, payload, &how))
    session->repeats_asked++;
  ph_session_update_properties (session);
}

/**
 * ph_session_change_repeat:
 *
 * Has the repeat that runs go on like this from the next message on; does nothing if none runs. The same arguments as
 * ph_session_start_repeat(); @times counts from the beginning of the repeat.
 */
void
ph_session_change_repeat (PhSession *session, const PhTarget *target, PhPayload *payload, const PhPieces *pieces,
                          guint interval_ms, guint64 times)
{
  const How how = { pieces, ph_worker_change_repeat, interval_ms * MILLISECOND, times };

  g_return_if_fail (PH_IS_SESSION (session));
  g_return_if_fail (target != NULL && payload != NULL);

  if (session->repeating)
    send (session, target, payload, &how);
}

void
ph_session_stop_repeat (PhSession *session)
{
  g_return_if_fail (PH_IS_SESSION (session));

  if (session->worker != NULL)
    ph_worker_stop_repeat (session->worker, 0);
  session->repeats_stopped = session->repeats_asked;
  ph_session_update_properties (session);
}

/**
 * ph_session_start_listed:
 * @slot: 1 to %PH_REPEAT_SLOTS_MAX: its place in the repeat list
 * @name: what is repeated, for the log
 * @interval_ms: milliseconds from one message to the next
 *
 * Repeats this too, until ph_session_stop_listed() or the end; one in the same slot is replaced. Does nothing while the session is
 * closed.
 */
void
ph_session_start_listed (PhSession *session, guint slot, const char *name, const PhTarget *target, PhPayload *payload, guint interval_ms)
{
  const How how = { .interval = interval_ms * MILLISECOND, .slot = slot, .name = name };

  g_return_if_fail (PH_IS_SESSION (session));
  g_return_if_fail (slot > 0 && slot <= PH_REPEAT_SLOTS_MAX && name != NULL && target != NULL && payload != NULL);

  if (ph_session_is_active (session) && send (session, target, payload, &how))
    session->slots = MAX (session->slots, slot);
}

/** ph_session_stop_listed: ends all repeats of the list. */
void
ph_session_stop_listed (PhSession *session)
{
  g_return_if_fail (PH_IS_SESSION (session));

  for (guint slot = 1; session->worker != NULL && slot <= session->slots; slot++)
    ph_worker_stop_repeat (session->worker, slot);
}

/** ph_session_get_listed: Returns: how many repeats of the list run */
guint
ph_session_get_listed (PhSession *session)
{
  return session->listed;
}

/**
 * ph_session_run_sequence:
 * @steps: (transfer full) (element-type PhSequenceStep): at least one; their messages may be empty for datagrams only
 * @rounds: how often; 0 for no end
 *
 * Sends the messages one after another, each after its delay, until the end, the first that is not sent, or
 * ph_session_stop_sequence(). A sequence that runs is replaced.
 */
void
ph_session_run_sequence (PhSession *session, GArray *steps, guint64 rounds)
{
  g_return_if_fail (PH_IS_SESSION (session));
  g_return_if_fail (steps != NULL && steps->len > 0);

  if (session->file == NULL && ph_session_get_worker (session, NULL) != NULL)
    {
      ph_worker_run_sequence (session->worker, steps, rounds);
      return;
    }
  g_array_unref (steps);
  ph_session_fail_to_send (session);
}

void
ph_session_stop_sequence (PhSession *session)
{
  g_return_if_fail (PH_IS_SESSION (session));

  if (session->worker != NULL)
    ph_worker_stop_repeat (session->worker, PH_REPEAT_SEQUENCE);
}

/** ph_session_is_in_sequence: Returns: whether a sequence runs */
gboolean
ph_session_is_in_sequence (PhSession *session)
{
  return session->in_sequence;
}

/**
 * ph_session_send_feed:
 * @feed: a reference is kept
 *
 * Sends what the feed brings, piece by piece; a feed that runs is cancelled. Records tell its beginning and its end, and the feed how
 * far it is.
 *
 * Returns: %FALSE if there is no worker; then @feed is not used
 */
gboolean
ph_session_send_feed (PhSession *session, const PhTarget *target, PhFeed *feed)
{
  const How how = { .feed = feed };

  g_return_val_if_fail (PH_IS_SESSION (session), FALSE);
  g_return_val_if_fail (target != NULL && feed != NULL, FALSE);

  return send (session, target, NULL, &how);
}

/** ph_session_get_repeating: Returns: whether a message is being repeated */
gboolean
ph_session_get_repeating (PhSession *session)
{
  return session->repeating;
}

/**
 * ph_session_finish_sending:
 *
 * Says that nothing more is sent until the session is opened anew. What was sent before still goes out. A connection whose peer
 * has finished sending, too, is then closed at once, and not after the half-close time.
 */
void
ph_session_finish_sending (PhSession *session)
{
  g_return_if_fail (PH_IS_SESSION (session));

  if (session->worker != NULL)
    ph_worker_finish (session->worker);
}
