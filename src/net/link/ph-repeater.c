/* ph-repeater.c: sends messages repeatedly, each at an interval or as fast as possible
 *
 * Progress is reported in records: one twice a second that is not shown, and one at the end.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-repeater.h"

#include "ph-compose.h"

#define MILLISECOND G_GINT64_CONSTANT (1000000)
#define BURST 1024u           /* messages of one round; then other sockets and commands have their turn */
#define REPORT_EVERY (500 * MILLISECOND)
#define FULL_WAIT MILLISECOND /* before the next try when the system takes no more */
#define VARIED_BURST 256u     /* messages of one round that differ: so old is the time in one of them at most */
#define ID_SHIFT 40           /* of the number of a message: above it is the id of the repeat, below it 2^40 messages */

struct _PhRepeater
{
  PhLink *link;
  PhCommand *command;
  guint64 id;          /* of this repeat in its link */
  guint64 next_number; /* of its next message, in the lower bits */
  PhOutgoing message;  /* the one that is sent next */
  GPtrArray *built;    /* of GBytes: messages that are sent next, where they differ */
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

static gboolean
runs (PhLink *link, const PhRepeater *self)
{
  return g_ptr_array_find (link->repeaters, self, NULL);
}

static PhRepeater *
find (PhLink *link, guint slot)
{
  for (guint i = 0; i < link->repeaters->len; i++)
    {
      PhRepeater *self = g_ptr_array_index (link->repeaters, i);

      if (self->command->slot == slot)
        return self;
    }

  return NULL;
}

static void
end (PhRepeater *self, PhRepeatState state)
{
  PhLink *link = self->link;

  g_ptr_array_remove (link->repeaters, self);
  ph_timer_clear (&self->timer);
  ph_troubles_tell (link);
  write_progress (self, state);
  g_hash_table_unref (self->waiting);
  g_ptr_array_unref (self->built);
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

  self->full = FALSE;
  if (g_hash_table_size (self->waiting) == 0)
    {
      end (self, PH_REPEAT_DONE);
      return;
    }
  if (self->finishing)
    write_progress (self, PH_REPEAT_RUNNING);
  self->finishing = TRUE;
  ph_timer_set (self->link->timers, &self->timer, ph_plat_monotonic () + REPORT_EVERY, finish_cb, self);
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

static PhRepeater *
find_id (PhLink *link, guint64 id)
{
  for (guint i = 0; i < link->repeaters->len; i++)
    {
      PhRepeater *self = g_ptr_array_index (link->repeaters, i);

      if (self->id == id)
        return self;
    }

  return NULL;
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
  PhRepeater *self = message->number != 0 ? find_id (link, message->number >> ID_SHIFT) : NULL;
  guint queues;

  if (self == NULL)
    return; /* of no repeat, or of an earlier one */
  queues = GPOINTER_TO_UINT (g_hash_table_lookup (self->waiting, &message->number));
  if (fate == PH_FATE_QUEUED)
    queues++;
  else if (queues == 0)
    return; /* sent already: to another client */
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

/* The message that is sent next, of a sequence or of a repeat. */
static PhSequenceStep
get_step (const PhRepeater *self)
{
  const PhCommand *command = self->command;

  if (command->steps != NULL)
    return g_array_index (command->steps, PhSequenceStep, self->tried % command->steps->len);

  return (PhSequenceStep){ .target = command->target, .payload = command->payload };
}

/* Builds messages that differ, until there are @n. FALSE if one cannot be built, which a record says. */
static gboolean
build (PhRepeater *self, const PhSequenceStep *step, guint n)
{
  while (self->built->len < n)
    {
      GBytes *bytes = ph_compose (self->link, &step->target, step->payload);

      if (bytes == NULL)
        return FALSE;
      g_ptr_array_add (self->built, bytes);
    }
  self->message.bytes = g_ptr_array_index (self->built, 0);
  self->message.batch = (GBytes *const *) self->built->pdata;

  return TRUE;
}

/* While one message waits for the address of its name no other is added: they would all go out in one burst. */
static PhSendResult
send (PhRepeater *self, guint most)
{
  const PhSequenceStep step = get_step (self);
  PhLink *link = self->link;
  PhSendResult result;

  if (ph_target_is_waiting (link, &step.target))
    return (PhSendResult){ 0 };
  self->message.bytes = ph_payload_get_message (step.payload);
  self->message.batch = NULL;
  self->message.form = ph_payload_get_form (step.payload);
  if (self->message.bytes == NULL && !build (self, &step, MAX (most, 1)))
    return ph_send_refused (PH_ERROR_INVALID);
  self->message.number = self->id << ID_SHIFT | self->next_number;
  self->next_number += MAX (most, 1);
  result = ph_target_send (link, &step.target, &self->message, most);
  if (!runs (link, self))
    return result;
  if (most == 0 && result.sent > 0)
    ph_repeater_note (link, &self->message, PH_FATE_TAKEN);
  if (self->built->len > 0)
    g_ptr_array_remove_range (self->built, 0, MIN (self->built->len, result.sent + result.queued + result.refused));

  return result;
}

static void
tick_cb (gpointer data)
{
  PhRepeater *self = data;
  PhLink *link = self->link;
  gint64 due = self->timer.deadline, now = ph_plat_monotonic ();
  PhSendResult result = send (self, 0);

  if (!runs (link, self))
    return; /* the send ended the link, and with it this repeat */
  count (self, &result, now, now - due);
  if (is_hopeless (result.error))
    {
      end (self, PH_REPEAT_FAILED);
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
  gboolean constant = ph_payload_is_constant (self->command->payload);
  guint most = (guint) MIN (left, constant ? BURST : VARIED_BURST);
  PhSendResult result;
  gint64 now;

  begin_to_measure (self, ph_plat_monotonic ());
  result = send (self, most);
  if (!runs (link, self))
    return; /* the send ended the link, and with it this repeat */
  now = ph_plat_monotonic ();
  count (self, &result, now, 0);
  if (is_lasting (result.error))
    {
      end (self, PH_REPEAT_FAILED);
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
  if (self->command != NULL && self->command->payload != NULL && command->payload != NULL)
    ph_payload_go_on (command->payload, self->command->payload);
  g_clear_pointer (&self->command, ph_command_free);
  g_ptr_array_set_size (self->built, 0);
  self->command = g_new (PhCommand, 1);
  *self->command = *command;
  *command = (PhCommand){ .kind = command->kind };
  self->message.pieces = self->command->pieces;
  if (self->command->interval > 0)
    self->command->interval = MAX (self->command->interval, MILLISECOND);
  self->done.interval = self->command->interval;
  self->done.slot = self->command->slot;
  self->done.name = self->command->name;
  self->done.steps = self->command->steps != NULL ? self->command->steps->len : 0;
  self->done.times = self->command->times;
}

/* One message of a sequence. While a queue is not empty, or a name is looked up, it waits. */
static void
step_cb (gpointer data)
{
  PhRepeater *self = data;
  PhLink *link = self->link;
  const PhSequenceStep step = get_step (self);
  gint64 now = ph_plat_monotonic (), due = self->timer.deadline;
  PhSendResult result = { 0 };

  if (!ph_target_has_queue (link, &step.target))
    result = send (self, 0);
  if (!runs (link, self))
    return; /* the send ended the link, and with it this sequence */
  if (result.sent + result.queued + result.refused == 0)
    {
      ph_timer_set (link->timers, &self->timer, now + FULL_WAIT, step_cb, self);
      return;
    }
  count (self, &result, now, 0);
  if (result.refused > 0)
    {
      end (self, PH_REPEAT_FAILED);
      return;
    }
  if (is_done (self))
    {
      finish_cb (self);
      return;
    }
  report (self, now);
  ph_timer_set (link->timers, &self->timer, MAX (due + get_step (self).delay, now + 1), step_cb, self);
}

static void
schedule (PhRepeater *self, gint64 due)
{
  if (self->command->steps != NULL)
    ph_timer_set (self->link->timers, &self->timer, due + get_step (self).delay, step_cb, self);
  else
    ph_timer_set (self->link->timers, &self->timer, due, self->command->interval > 0 ? tick_cb : burst_cb, self);
}

/**
 * ph_repeater_start:
 * @command: of kind %PH_COMMAND_REPEAT; its contents are moved out of it
 *
 * Stops the repeat of the same slot, and begins this one.
 */
void
ph_repeater_start (PhLink *link, PhCommand *command)
{
  PhRepeater *self = g_new0 (PhRepeater, 1);
  gint64 now = ph_plat_monotonic ();

  ph_repeater_stop (link, command->slot);
  ph_troubles_clear (link); /* so that its first failure is told at once */
  self->link = link;
  self->id = ++link->last_repeat;
  self->next_number = 1;
  self->built = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  take_command (self, command);
  self->waiting = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->reported = now;
  g_ptr_array_add (link->repeaters, self);
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
 * The repeat of this slot, if there is one, goes on with these. At another interval, the next message is due that long after the
 * one before it.
 */
void
ph_repeater_change (PhLink *link, PhCommand *command)
{
  PhRepeater *self = find (link, command->slot);
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

/** ph_repeater_stop: ends the repeat of this slot, if there is one, with its record. */
void
ph_repeater_stop (PhLink *link, guint slot)
{
  PhRepeater *self = find (link, slot);

  if (self != NULL)
    end (self, PH_REPEAT_STOPPED);
}

/** ph_repeater_stop_all: ends each repeat with its record. */
void
ph_repeater_stop_all (PhLink *link)
{
  while (link->repeaters->len > 0)
    end (g_ptr_array_index (link->repeaters, 0), PH_REPEAT_STOPPED);
}

/** ph_repeater_hurry: the transport calls this when its socket takes more again: repeats at full speed go on at once. */
void
ph_repeater_hurry (PhLink *link)
{
  for (guint i = 0; i < link->repeaters->len; i++)
    {
      PhRepeater *self = g_ptr_array_index (link->repeaters, i);

      if (self->full)
        ph_timer_set (link->timers, &self->timer, ph_plat_monotonic (), burst_cb, self);
    }
}
