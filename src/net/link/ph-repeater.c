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
  PhOutgoing message; /* the one that is sent next */
  PhTimer timer;
  PhRepeat done;
  gint64 first, reported; /* times of the first message and the newest report, ns on the monotonic clock */
  gint64 delays;          /* the sum of all, ns */
  guint64 tried;          /* messages, sent or not */
  gboolean full;          /* the system took no more */
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
end (PhLink *link, PhRepeatState state)
{
  PhRepeater *self = g_steal_pointer (&link->repeater);

  ph_timer_clear (&self->timer);
  ph_repeater_write (link->store, &self->done, state);
  g_bytes_unref (self->message.bytes);
  ph_command_free (self->command);
  g_free (self);
}

static gboolean
is_done (const PhRepeater *self)
{
  return self->command->times > 0 && self->tried >= self->command->times;
}

/* All messages were handed over. The repeat ends when none of them is queued any more. */
static void
finish_cb (gpointer data)
{
  PhRepeater *self = data;
  PhLink *link = self->link;
  guint32 peer = self->command->target.peer != PH_PEER_NONE ? self->command->target.peer : PH_PEER_ALL;

  self->full = FALSE;
  if (link->waiting.length > 0 || link->transport->has_queue (link, peer))
    ph_timer_set (link->timers, &self->timer, ph_plat_monotonic () + FULL_WAIT, finish_cb, self);
  else
    end (link, PH_REPEAT_DONE);
}

static void
report (PhRepeater *self, gint64 now)
{
  if (now - self->reported < REPORT_EVERY)
    return;
  self->reported = now;
  ph_repeater_write (self->link->store, &self->done, PH_REPEAT_RUNNING);
}

/* Counts a message that was sent at @now. */
static void
count (PhRepeater *self, gint64 now, gint64 delay)
{
  if (self->done.sent == 0)
    self->first = now;
  self->done.sent++;
  self->done.elapsed = now - self->first;
  self->delays += delay;
  self->done.delay = self->delays / (gint64) self->done.sent;
  self->done.delay_most = MAX (self->done.delay_most, delay);
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

  if (ph_target_is_waiting (self->link, &self->command->target))
    return (PhSendResult){ 0 };
  if (!ph_payload_is_constant (payload))
    {
      g_bytes_unref (self->message.bytes);
      self->message.bytes = ph_payload_build (payload);
    }

  return ph_target_send (self->link, &self->command->target, &self->message, most);
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
  self->tried++;
  self->done.queued += result.queued;
  self->done.refused += result.refused;
  if (result.sent + result.queued > 0)
    count (self, now, now - due);
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

/* Whether the next message would fail for the same reason. An ICMP error about an earlier message is no such reason. */
static gboolean
is_lasting (PhError code)
{
  return code != PH_ERROR_NONE && code != PH_ERROR_REFUSED;
}

static void
burst_cb (gpointer data)
{
  PhRepeater *self = data;
  PhLink *link = self->link;
  guint64 left = self->command->times > 0 ? self->command->times - self->tried : BURST;
  gboolean constant = ph_payload_is_constant (self->command->payload); /* else each call sends one message */
  guint most = constant ? (guint) MIN (left, BURST) : 1, taken;
  PhSendResult result;
  gint64 now;

  if (self->done.sent == 0)
    self->first = ph_plat_monotonic ();
  result = send (self, most);
  taken = result.sent + result.queued;
  if (link->repeater != self)
    return; /* the send ended the link, and with it this repeat */
  now = ph_plat_monotonic ();
  self->tried += taken;
  self->done.sent += taken;
  self->done.queued += result.queued;
  self->done.refused += result.refused;
  self->done.elapsed = now - self->first;
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
  self->full = taken < most;
  ph_timer_set (link->timers, &self->timer, self->full ? now + FULL_WAIT : now + 1, burst_cb, self);
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
  self->link = link;
  self->command = g_new (PhCommand, 1);
  *self->command = *command;
  *command = (PhCommand){ .kind = PH_COMMAND_REPEAT };
  self->message.bytes = ph_payload_build (self->command->payload);
  self->message.form = ph_payload_get_form (self->command->payload);
  if (self->command->interval > 0)
    self->command->interval = MAX (self->command->interval, MILLISECOND);
  self->done.interval = self->command->interval;
  self->reported = now;
  link->repeater = self;
  ph_repeater_write (link->store, &self->done, PH_REPEAT_RUNNING);
  ph_timer_set (link->timers, &self->timer, now, self->command->interval > 0 ? tick_cb : burst_cb, self);
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
