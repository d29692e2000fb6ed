/* ph-repeater.c: sends one message repeatedly, at an interval or as fast as possible
 *
 * Progress is reported in records: one twice a second that is not shown, and one at the end.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-repeater.h"

#define MILLISECOND G_GINT64_CONSTANT (1000000)
#define BURST 1024u           /* messages of one round; then other sockets and commands have their turn */
#define REPORT_EVERY (500 * MILLISECOND)
#define FULL_WAIT MILLISECOND /* before the next try when the system takes no more */

struct _PhRepeater
{
  PhLink *link;
  PhCommand *command;
  PhOutgoing message;  /* the one that is sent next */
  GHashTable *waiting; /* number of a message → in how many queues it is */
  PhTimer timer;
  PhRepeat done;          /* but for `waiting`, which is the size of the table */
  gint64 first, reported; /* times of the first message at this interval and of the newest report, ns on the monotonic clock */
  gint64 delays;          /* the sum of those of the messages that were sent or queued, ns */
  guint64 accepted;       /* how many these are */
  guint64 tried;          /* messages, sent or not */
  gboolean measuring;     /* there was a first message at this interval */
  gboolean full;          /* the system took no more */
  gboolean finishing;     /* all were handed over: it ends when none waits any more */
};

/** ph_repeater_write: writes a REPEAT record. */
void
ph_repeater_write (PhStore *store, const PhRepeat *repeat, PhRepeatState state)
{
  PhWords words;
  PhRecord record = { .time = ph_plat_now (), .kind = PH_RECORD_REPEAT, .detail = (guint16) state };

  ph_repeat_write (repeat, &words);
  record.length = (guint32) words.length;
  ph_store_append (store, &record, words.bytes);
}

static void
write_progress (PhRepeater *self, PhRepeatState state)
{
  self->done.waiting = g_hash_table_size (self->waiting);
  ph_repeater_write (self->link->store, &self->done, state);
}

static void
end (PhLink *link, PhRepeatState state)
{
  PhRepeater *self = g_steal_pointer (&link->repeater);

  ph_timer_clear (&self->timer);
  ph_troubles_tell (link);
  write_progress (self, state);
  g_hash_table_unref (self->waiting);
  g_bytes_unref (self->message.bytes);
  ph_command_free (self->command);
  g_free (self);
  if (state != PH_REPEAT_STOPPED)
    ph_link_check_finished (link);
}

static gboolean
is_done (const PhRepeater *self)
{
  return self->command->times > 0 && self->tried >= self->command->times;
}

/* All messages were handed over. The repeat ends when none of them waits any more; until then it reports how that goes. */
static void
finish_cb (gpointer data)
{
  PhRepeater *self = data;
  PhLink *link = self->link;

  self->full = FALSE;
  if (g_hash_table_size (self->waiting) == 0)
    {
      end (link, PH_REPEAT_DONE);
      return;
    }
  if (self->finishing)
    write_progress (self, PH_REPEAT_RUNNING);
  self->finishing = TRUE;
  ph_timer_set (link->timers, &self->timer, ph_plat_monotonic () + REPORT_EVERY, finish_cb, self);
}

static void
report (PhRepeater *self, gint64 now)
{
  if (now - self->reported < REPORT_EVERY)
    return;
  self->reported = now;
  write_progress (self, PH_REPEAT_RUNNING);
}

static void
begin_to_measure (PhRepeater *self, gint64 now)
{
  if (!self->measuring)
    self->first = now;
  self->measuring = TRUE;
}

/* Counts what became of the messages that were handed over at @now. */
static void
count (PhRepeater *self, const PhSendResult *result, gint64 now, gint64 delay)
{
  guint taken = result->sent + result->queued;

  begin_to_measure (self, now);
  self->tried += taken + result->refused;
  self->done.sent += result->sent;
  self->done.refused += result->refused;
  self->done.elapsed = now - self->first;
  if (taken == 0 || self->command->interval == 0)
    return;
  self->accepted++;
  self->delays += delay;
  self->done.delay = self->delays / (gint64) self->accepted;
  self->done.delay_most = MAX (self->done.delay_most, delay);
}

/**
 * ph_repeater_note:
 * @message: any, of this repeat or not
 *
 * Counts what becomes of a message of a repeat that was not sent at once.
 */
void
ph_repeater_note (PhLink *link, const PhOutgoing *message, PhFate fate)
{
  PhRepeater *self = link->repeater;
  guint queues;

  if (self == NULL || message->number == 0)
    return;
  queues = GPOINTER_TO_UINT (g_hash_table_lookup (self->waiting, &message->number));
  if (fate == PH_FATE_QUEUED)
    queues++;
  else if (queues == 0)
    return; /* of an earlier repeat, or sent already: to another client */
  else
    queues = fate == PH_FATE_TAKEN || fate == PH_FATE_SENT ? 0 : queues - 1;

  if (queues > 0)
    g_hash_table_insert (self->waiting, g_memdup2 (&message->number, sizeof message->number), GUINT_TO_POINTER (queues));
  else
    g_hash_table_remove (self->waiting, &message->number);
  if (queues > 0 || fate == PH_FATE_TAKEN)
    return;
  if (fate == PH_FATE_SENT)
    {
      self->done.sent++;
      self->done.elapsed = ph_plat_monotonic () - self->first;
    }
  self->done.refused += fate == PH_FATE_REFUSED;
  self->done.lost += fate == PH_FATE_LOST;
  if (self->finishing && g_hash_table_size (self->waiting) == 0)
    ph_timer_set (link->timers, &self->timer, ph_plat_monotonic (), finish_cb, self);
}

/* There is nobody to send to: one error is enough, and the repeat ends. */
static gboolean
is_hopeless (PhError code)
{
  return code == PH_ERROR_NOT_OPEN || code == PH_ERROR_INVALID;
}

/* While one message waits for the address of its name no other is added: they would all go out in one burst. */
static PhSendResult
send (PhRepeater *self, guint most)
{
  const PhPayload *payload = self->command->payload;
  PhLink *link = self->link;
  PhSendResult result;

  if (ph_target_is_waiting (link, &self->command->target))
    return (PhSendResult){ 0 };
  if (!ph_payload_is_constant (payload))
    {
      g_bytes_unref (self->message.bytes);
      self->message.bytes = ph_payload_build (payload);
    }
  self->message.number = link->next_number;
  link->next_number += MAX (most, 1);
  result = ph_target_send (link, &self->command->target, &self->message, most);
  if (most == 0 && result.sent > 0 && link->repeater == self)
    ph_repeater_note (link, &self->message, PH_FATE_TAKEN);

  return result;
}

static void
tick_cb (gpointer data)
{
  PhRepeater *self = data;
  PhLink *link = self->link;
  gint64 due = self->timer.deadline, now = ph_plat_monotonic ();
  PhSendResult result = send (self, 0);

  if (link->repeater != self)
    return; /* the send ended the link, and with it this repeat */
  count (self, &result, now, now - due);
  if (is_hopeless (result.error))
    {
      end (link, PH_REPEAT_FAILED);
      return;
    }
  if (is_done (self))
    {
      finish_cb (self);
      return;
    }
  due = ph_repeat_next (due, self->command->interval, now, &self->done.late);
  report (self, now);
  ph_timer_set (link->timers, &self->timer, due, tick_cb, self);
}

/* Whether each message would fail for the same reason. What one client does, or the state of the network, is no such reason. */
static gboolean
is_lasting (PhError code)
{
  return is_hopeless (code) || code == PH_ERROR_TOO_LONG || code == PH_ERROR_FAMILY;
}

static void
burst_cb (gpointer data)
{
  PhRepeater *self = data;
  PhLink *link = self->link;
  guint64 left = self->command->times > 0 ? self->command->times - self->tried : BURST;
  gboolean constant = ph_payload_is_constant (self->command->payload); /* else each call sends one message */
  guint most = constant ? (guint) MIN (left, BURST) : 1;
  PhSendResult result;
  gint64 now;

  begin_to_measure (self, ph_plat_monotonic ());
  result = send (self, most);
  if (link->repeater != self)
    return; /* the send ended the link, and with it this repeat */
  now = ph_plat_monotonic ();
  count (self, &result, now, 0);
  if (is_lasting (result.error))
    {
      end (link, PH_REPEAT_FAILED);
      return;
    }
  if (is_done (self))
    {
      finish_cb (self);
      return;
    }
  report (self, now);
  self->full = result.sent + result.queued < most;
  ph_timer_set (link->timers, &self->timer, self->full ? now + FULL_WAIT : now + 1, burst_cb, self);
}

/* Moves the contents out of @command. */
static void
take_command (PhRepeater *self, PhCommand *command)
{
  g_clear_pointer (&self->command, ph_command_free);
  g_clear_pointer (&self->message.bytes, g_bytes_unref);
  self->command = g_new (PhCommand, 1);
  *self->command = *command;
  *command = (PhCommand){ .kind = command->kind };
  self->message.bytes = ph_payload_build (self->command->payload);
  self->message.form = ph_payload_get_form (self->command->payload);
  self->message.pieces = self->command->pieces;
  if (self->command->interval > 0)
    self->command->interval = MAX (self->command->interval, MILLISECOND);
  self->done.interval = self->command->interval;
}

static void
schedule (PhRepeater *self, gint64 due)
{
  ph_timer_set (self->link->timers, &self->timer, due, self->command->interval > 0 ? tick_cb : burst_cb, self);
}

/**
 * ph_repeater_start:
 * @command: of kind %PH_COMMAND_REPEAT; its contents are moved out of it
 *
 * Stops a repeat that runs, and begins this one.
 */
void
ph_repeater_start (PhLink *link, PhCommand *command)
{
  PhRepeater *self = g_new0 (PhRepeater, 1);
  gint64 now = ph_plat_monotonic ();

  ph_repeater_stop (link);
  ph_troubles_clear (link); /* so that its first failure is told at once */
  self->link = link;
  take_command (self, command);
  self->waiting = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->reported = now;
  link->repeater = self;
  write_progress (self, PH_REPEAT_RUNNING);
  schedule (self, now);
}

/* The rate and the jitter are those at the present interval. */
static void
measure_anew (PhRepeater *self)
{
  self->measuring = FALSE;
  self->done.earlier = self->done.sent;
  self->done.elapsed = self->done.delay = self->done.delay_most = self->delays = 0;
  self->accepted = 0;
}

/**
 * ph_repeater_change:
 * @command: of kind %PH_COMMAND_CHANGE_REPEAT; its contents are moved out of it
 *
 * The repeat of this link, if there is one, goes on with these. At another interval, the next message is due that long after the
 * one before it.
 */
void
ph_repeater_change (PhLink *link, PhCommand *command)
{
  PhRepeater *self = link->repeater;
  gint64 before, now = ph_plat_monotonic ();

  if (self == NULL)
    return;
  before = self->command->interval;
  take_command (self, command);
  if (is_done (self))
    {
      if (!self->finishing)
        finish_cb (self);
      return;
    }
  if (self->command->interval == before && !self->finishing)
    return;
  measure_anew (self);
  self->full = FALSE;
  if (self->finishing || before == 0)
    schedule (self, now + self->command->interval);
  else
    schedule (self, MAX (self->timer.deadline - before + self->command->interval, now));
  self->finishing = FALSE;
  write_progress (self, PH_REPEAT_RUNNING);
}

/** ph_repeater_stop: ends the repeat of this link, if there is one, with its record. */
void
ph_repeater_stop (PhLink *link)
{
  if (link->repeater != NULL)
    end (link, PH_REPEAT_STOPPED);
}

/** ph_repeater_hurry: the transport calls this when its socket takes more again: a repeat at full speed goes on at once. */
void
ph_repeater_hurry (PhLink *link)
{
  PhRepeater *self = link->repeater;

  if (self != NULL && self->full)
    ph_timer_set (link->timers, &self->timer, ph_plat_monotonic (), burst_cb, self);
}
