/* ph-worker.c: the thread of one session: commands, sockets and deadlines in one loop
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-worker.h"

#include "ph-compose.h"
#include "ph-feeder.h"
#include "ph-link.h"
#include "ph-repeater.h"
#include "ph-thread.h"

#include <stdatomic.h>

#define EVENTS 256 /* of the poll set, in one round */

struct _PhWorker
{
  GThread *thread;
  PhStore *store; /* borrowed */
  PhInbox *inbox;
  _Atomic guint8 form; /* of IN records; set by any thread */

  /* Only the thread itself uses these. */
  PhTimers *timers;
  PhLink *link;         /* nullable: open or opening */
  guint32 next_peer;
  guint32 next_destination;
  GPtrArray *graveyard; /* of #PhSock, retired in this round: events of the round may point to them */
  gboolean quit;
};

/* ---- commands ---- */

/* Frees what was closed in the last round, after its events were handled. */
static void
bury (PhWorker *worker)
{
  g_ptr_array_set_size (worker->graveyard, 0);
  if (worker->link != NULL && worker->link->closed)
    g_clear_pointer (&worker->link, ph_link_free);
}

static void
close_link (PhWorker *worker)
{
  if (worker->link != NULL)
    ph_link_end (worker->link, PH_LEFT_BY_USER);
}

static void
open_link (PhWorker *worker, PhCommand *command)
{
  close_link (worker);
  bury (worker);
  worker->link = ph_link_new (worker->store, worker->inbox, worker->timers, &worker->next_peer, worker->graveyard,
                              command->endpoint);
  worker->link->next_destination = &worker->next_destination;
  worker->link->form = &worker->form;
  ph_link_start (worker->link);
}

/* A message that finds no open link gets an error record. */
static void
refuse (PhWorker *worker, PhCommandKind kind, guint slot)
{
  PhRecord record = { .time = ph_plat_now (), .kind = PH_RECORD_ERROR, .detail = PH_ERROR_NOT_OPEN };
  PhWords words;

  ph_words_init (&words, "send", NULL);
  record.length = (guint32) words.length;
  ph_store_append (worker->store, &record, words.bytes);
  if (kind == PH_COMMAND_REPEAT)
    ph_repeater_write (worker->store, &(PhRepeat){ .slot = slot }, PH_REPEAT_FAILED);
}

static void
send (PhLink *link, const PhCommand *command)
{
  g_autoptr (GBytes) bytes = ph_compose (link, &command->target, command->payload);
  const PhOutgoing message = { .bytes = bytes, .form = ph_payload_get_form (command->payload), .pieces = command->pieces };

  if (bytes != NULL)
    ph_target_send (link, &command->target, &message, 0);
}

static void
obey_link_command (PhLink *link, PhCommand *command)
{
  switch (command->kind)
    {
    case PH_COMMAND_SEND:
      send (link, command);
      break;
    case PH_COMMAND_REPEAT:
      ph_repeater_start (link, command);
      break;
    case PH_COMMAND_CHANGE_REPEAT:
      ph_repeater_change (link, command);
      break;
    case PH_COMMAND_STOP_REPEAT:
      ph_repeater_stop (link, command->slot);
      break;
    case PH_COMMAND_FEED:
      ph_feeder_start (link, command);
      break;
    case PH_COMMAND_FEED_NEWS:
      ph_feeder_look (link);
      break;
    case PH_COMMAND_RESOLVED:
      ph_link_resolved (link, command);
      break;
    case PH_COMMAND_CONTROL:
      if (link->started && link->transport->control != NULL)
        link->transport->control (link, command->target.peer, command->action);
      break;
    case PH_COMMAND_FINISH:
      ph_link_finish (link);
      break;
    default:
      break;
    }
}

static void
obey (PhWorker *worker, PhCommand *command)
{
  switch (command->kind)
    {
    case PH_COMMAND_QUIT:
      close_link (worker);
      worker->quit = TRUE;
      break;
    case PH_COMMAND_OPEN:
      open_link (worker, command);
      break;
    case PH_COMMAND_CLOSE:
      close_link (worker);
      break;
    default:
      if (worker->link != NULL && !worker->link->closed)
        obey_link_command (worker->link, command);
      else if (command->kind == PH_COMMAND_SEND || command->kind == PH_COMMAND_REPEAT)
        refuse (worker, command->kind, command->slot);
      else if (command->kind == PH_COMMAND_FEED)
        ph_feeder_refuse (worker->store, command->feed);
    }
}

static void
obey_all (PhWorker *worker)
{
  PhCommand *command;

  while (!worker->quit && (command = ph_inbox_pop (worker->inbox)) != NULL)
    {
      obey (worker, command);
      ph_command_free (command);
    }
}

/* ---- the loop ---- */

/* The poll set is level-triggered, so events that are left out come again in the next round. */
static void
dispatch (PhWorker *worker, const PhPollEvent *events, guint n)
{
  for (guint i = 0; i < n && (i == 0 || !ph_store_is_over (worker->store)); i++)
    {
      PhSock *sock = events[i].tag;

      if (sock->fd != PH_FD_NONE)
        sock->link->transport->ready (sock->link, sock, events[i].io);
    }
}

/* Records go away before the limit of memory is reached: that would look like a fault of the program. */
static void
report_starved (PhWorker *worker)
{
  PhRecord record = { .time = ph_plat_now (), .kind = PH_RECORD_ERROR, .detail = PH_ERROR_NO_MEMORY };
  guint64 held = ph_store_take_starved (worker->store);
  PhWords words;

  if (held == 0)
    return;
  ph_words_init (&words, "keep", NULL);
  ph_words_add_number (&words, "held", held >> 20);
  record.length = (guint32) words.length;
  ph_store_append (worker->store, &record, words.bytes);
}

static void
report_limit (PhWorker *worker)
{
  PhRecord record = { .time = ph_plat_now (), .kind = PH_RECORD_LOSS, .detail = PH_LOSS_LIMIT };
  PhWords words;

  if (!ph_store_take_limit_reached (worker->store))
    return;
  ph_words_init (&words, NULL, NULL);
  ph_words_add_number (&words, "limit", ph_store_get_limit (worker->store) >> 20);
  record.length = (guint32) words.length;
  ph_store_append (worker->store, &record, words.bytes);
}

/* In a flood of datagrams: a short pause, so that the next call receives many of them. See ph-flood.c. */
static void
rest (PhWorker *worker, gint64 deadline)
{
  PhLink *link = worker->link;
  gint64 now, until;

  if (link == NULL || link->rest == 0)
    return;
  now = ph_plat_monotonic ();
  until = now + link->rest;
  link->rest = 0;
  ph_plat_nap ((deadline >= 0 ? MIN (deadline, until) : until) - now);
}

static gpointer
run (gpointer data)
{
  PhWorker *worker = data;
  PhPoll *poll = ph_inbox_get_poll (worker->inbox);
  PhPollEvent events[EVENTS];
  guint64 told = 0;

  for (;;)
    {
      guint64 end;
      guint n;

      obey_all (worker);
      bury (worker);
      report_starved (worker);
      report_limit (worker);
      ph_store_append_posted (worker->store);
      end = ph_store_end (worker->store);
      if (end != told)
        ph_store_notify (worker->store);
      told = end;
      if (worker->quit)
        return NULL;

      rest (worker, ph_timers_next (worker->timers));
      n = ph_plat_poll_wait (poll, events, EVENTS, ph_timers_next (worker->timers));
      dispatch (worker, events, n);
      ph_timers_run (worker->timers, ph_plat_monotonic ());
    }
}

/* ---- for the main thread ---- */

/* The poke reaches a worker that waits for room in the store. */
static void
push (PhWorker *worker, PhCommand *command)
{
  ph_inbox_push (worker->inbox, command);
  ph_store_poke (worker->store);
}

/* Another thread has posted a record to the store. */
static void
wake_cb (gpointer poll)
{
  ph_plat_poll_wake (poll);
}

static PhCommand *
command_new (PhCommandKind kind)
{
  PhCommand *command = g_new0 (PhCommand, 1);

  command->kind = kind;
  return command;
}

static PhCommand *
command_new_send (PhCommandKind kind, const PhTarget *target, PhPayload *payload, const PhPieces *pieces)
{
  PhCommand *command = command_new (kind);

  ph_target_copy (target, &command->target);
  command->payload = ph_payload_ref (payload);
  if (pieces != NULL)
    command->pieces = *pieces;

  return command;
}

static PhCommand *
command_new_repeat (PhCommandKind kind, const PhTarget *target, PhPayload *payload, const PhPieces *pieces, gint64 interval,
                    guint64 times)
{
  PhCommand *command = command_new_send (kind, target, payload, pieces);

  command->interval = interval;
  command->times = times;

  return command;
}

/**
 * ph_worker_new:
 * @store: must outlive the worker
 * @error: the system gives no thread, or no more descriptors
 *
 * Starts a thread that waits for commands.
 *
 * Returns: (transfer full) (nullable): %NULL with @error set
 */
PhWorker *
ph_worker_new (PhStore *store, GError **error)
{
  g_autoptr (PhWorker) worker = NULL;
  PhPoll *poll = ph_plat_poll_new (error);

  if (poll == NULL)
    return NULL;
  worker = g_new0 (PhWorker, 1);
  worker->store = store;
  worker->inbox = ph_inbox_new (poll);
  worker->timers = ph_timers_new ();
  worker->next_peer = 1;
  worker->next_destination = 1;
  worker->graveyard = g_ptr_array_new_with_free_func (g_free);
  ph_store_set_writer (store, wake_cb, poll);
  worker->thread = ph_thread_new ("worker", run, worker, error);

  return worker->thread != NULL ? g_steal_pointer (&worker) : NULL;
}

/**
 * ph_worker_free:
 * @worker: (transfer full):
 *
 * Closes the link and waits for the thread to end. A worker may be waiting for room in the store: abandon the store before,
 * or go on reading it in another thread.
 */
void
ph_worker_free (PhWorker *worker)
{
  if (worker->thread != NULL)
    {
      push (worker, command_new (PH_COMMAND_QUIT));
      g_thread_join (worker->thread);
    }
  ph_store_set_writer (worker->store, NULL, NULL);
  ph_timers_free (worker->timers);
  g_ptr_array_unref (worker->graveyard);
  ph_inbox_unref (worker->inbox);
  g_free (worker);
}

/**
 * ph_worker_open:
 * @endpoint: copied
 *
 * Opens an endpoint. The open link is closed first. Any thread.
 */
void
ph_worker_open (PhWorker *worker, const PhEndpoint *endpoint)
{
  PhCommand *command = command_new (PH_COMMAND_OPEN);

  command->endpoint = ph_endpoint_copy (endpoint);
  push (worker, command);
}

/** ph_worker_close: closes the open link, if there is one. Any thread. */
void
ph_worker_close (PhWorker *worker)
{
  push (worker, command_new (PH_COMMAND_CLOSE));
}

/**
 * ph_worker_send:
 * @target: copied
 * @payload: what to send; a reference is kept
 * @pieces: (nullable): copied; how a stream cuts the message; %NULL: not at all
 *
 * Any thread.
 */
void
ph_worker_send (PhWorker *worker, const PhTarget *target, PhPayload *payload, const PhPieces *pieces)
{
  push (worker, command_new_send (PH_COMMAND_SEND, target, payload, pieces));
}

/**
 * ph_worker_repeat:
 * @target: copied
 * @payload: what to send; a reference is kept
 * @pieces: (nullable): copied; how a stream cuts each message; %NULL: not at all
 * @interval: ns between two sends, at least one millisecond; 0 for as fast as possible
 * @times: how many messages; 0 for no end
 *
 * Sends at once and then at each interval, until it is stopped or the link is closed. However a repeat ends, one
 * %PH_RECORD_REPEAT with another state than %PH_REPEAT_RUNNING reports it. Any thread.
 */
void
ph_worker_repeat (PhWorker *worker, const PhTarget *target, PhPayload *payload, const PhPieces *pieces, gint64 interval,
                  guint64 times)
{
  push (worker, command_new_repeat (PH_COMMAND_REPEAT, target, payload, pieces, interval, times));
}

/**
 * ph_worker_change_repeat:
 *
 * From the next message on, the repeat that runs goes on like this. It stays one repeat: @times counts from its beginning. The same
 * arguments as ph_worker_repeat(). Any thread.
 */
void
ph_worker_change_repeat (PhWorker *worker, const PhTarget *target, PhPayload *payload, const PhPieces *pieces, gint64 interval,
                         guint64 times)
{
  push (worker, command_new_repeat (PH_COMMAND_CHANGE_REPEAT, target, payload, pieces, interval, times));
}

/**
 * ph_worker_repeat_listed:
 * @slot: above 0: its place in the repeat list
 * @name: for the record of its end
 *
 * As ph_worker_repeat(), without end, beside the repeats of other slots. It takes the place of the one of this slot. Any thread.
 */
void
ph_worker_repeat_listed (PhWorker *worker, const PhTarget *target, PhPayload *payload, const PhPieces *pieces, gint64 interval,
                         guint slot, const char *name)
{
  PhCommand *command = command_new_repeat (PH_COMMAND_REPEAT, target, payload, pieces, interval, 0);

  command->slot = slot;
  command->name = g_strdup (name);
  push (worker, command);
}

/**
 * ph_worker_run_sequence:
 * @steps: (transfer full) (element-type PhSequenceStep): at least one
 * @rounds: how often; 0 for no end
 *
 * Sends the messages one after another, each so long after the one before as its step says. It ends at the first that is not sent.
 * It is the repeat of the slot %PH_REPEAT_SEQUENCE. Any thread.
 */
void
ph_worker_run_sequence (PhWorker *worker, GArray *steps, guint64 rounds)
{
  PhCommand *command = command_new (PH_COMMAND_REPEAT);

  command->times = rounds * steps->len;
  command->slot = PH_REPEAT_SEQUENCE;
  command->steps = steps;
  push (worker, command);
}

/** ph_worker_stop_repeat: ends the repeat of a slot, 0 or one of the repeat list, if there is one. Any thread. */
void
ph_worker_stop_repeat (PhWorker *worker, guint slot)
{
  PhCommand *command = command_new (PH_COMMAND_STOP_REPEAT);

  command->slot = slot;
  push (worker, command);
}

/**
 * ph_worker_feed:
 * @target: copied
 * @feed: a reference is kept
 *
 * Sends what the feed brings, piece by piece, until it has ended or is cancelled; ph_feed_set_paused() and ph_feed_cancel() control
 * it. A feed that runs is cancelled. However it ends, one %PH_RECORD_FEED with another state than %PH_FEED_RUNNING reports it. Any
 * thread.
 */
void
ph_worker_feed (PhWorker *worker, const PhTarget *target, PhFeed *feed)
{
  PhCommand *command = command_new (PH_COMMAND_FEED);

  ph_target_copy (target, &command->target);
  command->feed = ph_feed_ref (feed);
  push (worker, command);
}

/**
 * ph_worker_set_form:
 * @form: ph_record_form(): how received data is set to be shown
 *
 * IN records carry it from now on. Any thread.
 */
void
ph_worker_set_form (PhWorker *worker, guint8 form)
{
  atomic_store_explicit (&worker->form, form, memory_order_relaxed);
}

/**
 * ph_worker_control:
 * @peer: a client of a server; for a TCP client its server, %PH_PEER_ALL or %PH_PEER_NONE
 *
 * Does something with one connection. What it changes is told by a record. Any thread.
 */
void
ph_worker_control (PhWorker *worker, guint32 peer, PhPeerAction action)
{
  PhCommand *command = command_new (PH_COMMAND_CONTROL);

  command->target.peer = peer;
  command->action = action;
  push (worker, command);
}

/**
 * ph_worker_finish:
 * Says that the open link gets nothing more to send: a connection whose peer has finished as well is then closed at once, when
 * its queue is empty. Any thread.
 */
void
ph_worker_finish (PhWorker *worker)
{
  push (worker, command_new (PH_COMMAND_FINISH));
}
