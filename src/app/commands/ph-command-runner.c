/* ph-command-runner.c: sends the quick commands of a tab: one, a sequence of them, or each again and again
 *
 * All of them are compiled, and what they need is asked for, before the first one goes out.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-command-runner.h"

#include <glib/gi18n.h>

#include "ph-command-message.h"
#include "ph-command.h"
#include "ph-fill-popover.h"
#include "ph-marks.h"

#define MILLISECOND G_GINT64_CONSTANT (1000000)

typedef enum
{
  RUN_ONCE,
  RUN_SEQUENCE,
  RUN_REPEAT_LIST,
} RunKind;

struct _PhCommandRunner
{
  GObject parent_instance;

  /* owned */
  PhSession *session;
  PhMessageTarget *target;

  /* What is being made ready. */
  RunKind kind;
  GtkWidget *near;     /* nullable; weak */
  GPtrArray *commands; /* nullable: of #PhQuickCommand; NULL: nothing */
  GPtrArray *payloads; /* nullable: of #PhPayload: those that are ready, in the order of the commands */
  guint64 rounds;
};

G_DEFINE_FINAL_TYPE (PhCommandRunner, ph_command_runner, G_TYPE_OBJECT)

enum
{
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
forget (PhCommandRunner *self)
{
  g_clear_weak_pointer (&self->near);
  g_clear_pointer (&self->commands, g_ptr_array_unref);
  g_clear_pointer (&self->payloads, g_ptr_array_unref);
}

/* @error: (nullable): that of @command; without one the user gave it up */
static void
fail (PhCommandRunner *self, PhQuickCommand *command, const GError *error)
{
  g_autofree char *name = ph_marks_dup (ph_quick_command_get_name (command), -1, PH_MARKS_NAME_MAX);
  /* Translators: the name of a command, and an error */
  g_autofree char *words = error != NULL ? g_strdup_printf (_("“%s” was not sent: %s"), name, error->message) : NULL;

  forget (self);
  if (words != NULL)
    g_signal_emit (self, signals[FAILED], 0, words);
}

/* ---- all is ready ---- */

static void
begin_one (PhCommandRunner *self, guint i, const PhTarget *target, GArray *steps)
{
  PhQuickCommand *command = g_ptr_array_index (self->commands, i);
  PhPayload *payload = g_ptr_array_index (self->payloads, i);

  if (self->kind == RUN_SEQUENCE)
    ph_sequence_steps_add (steps, target, payload, ph_quick_command_get_delay (command) * MILLISECOND);
  else if (self->kind == RUN_REPEAT_LIST)
    ph_session_start_listed (self->session, i + 1, ph_quick_command_get_name (command), target, payload,
                             ph_quick_command_get_period (command));
  else
    ph_session_send (self->session, target, payload, NULL);
}

static gboolean
aim_all (PhCommandRunner *self, GArray *targets)
{
  for (guint i = 0; i < self->commands->len; i++)
    {
      PhQuickCommand *command = g_ptr_array_index (self->commands, i);
      g_autoptr (GError) error = NULL;
      PhTarget target;

      if (!ph_quick_command_aim (command, self->session, self->target, &target, &error))
        {
          fail (self, command, error);
          return FALSE;
        }
      g_array_append_val (targets, target);
    }

  return TRUE;
}

static void
begin (PhCommandRunner *self)
{
  g_autoptr (GArray) targets = g_array_new (FALSE, FALSE, sizeof (PhTarget));
  GArray *steps = ph_sequence_steps_new ();

  g_array_set_clear_func (targets, (GDestroyNotify) ph_target_clear);
  if (!aim_all (self, targets))
    {
      g_array_unref (steps);
      return;
    }
  if (self->kind == RUN_REPEAT_LIST)
    ph_session_stop_listed (self->session);
  for (guint i = 0; i < self->commands->len; i++)
    begin_one (self, i, &g_array_index (targets, PhTarget, i), steps);
  if (self->kind == RUN_SEQUENCE)
    ph_session_run_sequence (self->session, steps, self->rounds);
  else
    g_array_unref (steps);
  forget (self);
}

/* ---- making ready ---- */

static void prepare_next (PhCommandRunner *self);

/* FALSE with @error for an empty message to a stream. */
static gboolean
take (PhCommandRunner *self, PhQuickCommand *command, PhPayload *payload, GError **error)
{
  const PhTransport *transport = ph_session_get_transport (self->session);
  GBytes *bytes = ph_payload_get_message (payload);

  if (bytes != NULL && g_bytes_get_size (bytes) == 0 && transport != NULL && ph_transport_is_stream (transport))
    {
      g_set_error_literal (error, PH_MESSAGE_ERROR, PH_MESSAGE_ERROR_EMPTY, _("The message is empty: type what to send"));
      return FALSE;
    }
  g_ptr_array_add (self->payloads, ph_payload_ref (payload));

  return TRUE;
}

static void
filled_cb (GObject *owner, PhPayload *payload, const GError *error)
{
  PhCommandRunner *self = PH_COMMAND_RUNNER (owner);
  PhQuickCommand *command;
  g_autoptr (GError) why = error != NULL ? g_error_copy (error) : NULL;

  if (self->commands == NULL)
    return; /* stopped meanwhile */
  command = g_ptr_array_index (self->commands, self->payloads->len);
  if (payload != NULL && take (self, command, payload, &why))
    prepare_next (self);
  else
    fail (self, command, why);
}

/* Goes on until one has to be asked for. */
static void
prepare_next (PhCommandRunner *self)
{
  while (self->payloads->len < self->commands->len)
    {
      PhQuickCommand *command = g_ptr_array_index (self->commands, self->payloads->len);
      g_autoptr (GError) error = NULL;
      g_autoptr (PhPayload) payload = ph_quick_command_compile (command, NULL, &error);

      if (payload != NULL && ph_payload_is_needy (payload) && self->near != NULL)
        {
          ph_fill_payload (self->near, payload, ph_quick_command_is_foreign (command), filled_cb, G_OBJECT (self));
          return;
        }
      if (payload == NULL || !take (self, command, payload, &error))
        {
          fail (self, command, error);
          return;
        }
    }
  begin (self);
}

static void
prepare (PhCommandRunner *self, RunKind kind, GtkWidget *near, GPtrArray *commands, guint64 rounds)
{
  forget (self);
  if (commands->len == 0)
    return;
  if (!ph_session_is_active (self->session))
    {
      g_signal_emit (self, signals[FAILED], 0, _("Not sent: nothing is open (F5 opens it)"));
      return;
    }
  self->kind = kind;
  g_set_weak_pointer (&self->near, near);
  self->commands = g_ptr_array_ref (commands);
  self->payloads = g_ptr_array_new_with_free_func ((GDestroyNotify) ph_payload_unref);
  self->rounds = rounds;
  prepare_next (self);
}

static void
ph_command_runner_dispose (GObject *object)
{
  PhCommandRunner *self = PH_COMMAND_RUNNER (object);

  forget (self);
  g_clear_object (&self->session);
  g_clear_object (&self->target);

  G_OBJECT_CLASS (ph_command_runner_parent_class)->dispose (object);
}

static void
ph_command_runner_class_init (PhCommandRunnerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ph_command_runner_dispose;

  signals[FAILED] = g_signal_new ("failed", PH_TYPE_COMMAND_RUNNER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
ph_command_runner_init (PhCommandRunner *self)
{
}

/**
 * ph_command_runner_new:
 * @session: what sends; a reference is kept
 * @target: where commands go that have no target of their own; a reference is kept
 *
 * Returns: (transfer full): a runner
 */
PhCommandRunner *
ph_command_runner_new (PhSession *session, PhMessageTarget *target)
{
  PhCommandRunner *self = g_object_new (PH_TYPE_COMMAND_RUNNER, NULL);

  self->session = g_object_ref (session);
  self->target = g_object_ref (target);

  return self;
}

/**
 * ph_command_runner_send:
 * @near: a popover that asks points to it
 */
void
ph_command_runner_send (PhCommandRunner *runner, GtkWidget *near, PhQuickCommand *command)
{
  g_autoptr (GPtrArray) commands = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_if_fail (PH_IS_COMMAND_RUNNER (runner));

  g_ptr_array_add (commands, g_object_ref (command));
  prepare (runner, RUN_ONCE, near, commands, 1);
}

/**
 * ph_command_runner_run_sequence:
 * @near: a popover that asks points to it
 * @commands: (element-type PhQuickCommand): a reference is kept until they are sent
 * @rounds: how often; 0 for no end
 *
 * Sends them one after another, each after its delay, until one is not sent.
 */
void
ph_command_runner_run_sequence (PhCommandRunner *runner, GtkWidget *near, GPtrArray *commands, guint64 rounds)
{
  g_return_if_fail (PH_IS_COMMAND_RUNNER (runner));

  prepare (runner, RUN_SEQUENCE, near, commands, rounds);
}

/**
 * ph_command_runner_repeat_list:
 * @near: a popover that asks points to it
 * @commands: (element-type PhQuickCommand): at most %PH_REPEAT_SLOTS_MAX of them are sent; a reference is kept until they are
 *
 * Sends each again and again with its own period, until ph_command_runner_stop().
 */
void
ph_command_runner_repeat_list (PhCommandRunner *runner, GtkWidget *near, GPtrArray *commands)
{
  g_return_if_fail (PH_IS_COMMAND_RUNNER (runner));

  if (commands->len > PH_REPEAT_SLOTS_MAX)
    {
      g_signal_emit (runner, signals[FAILED], 0, _("Not sent: too many commands to repeat at once"));
      return;
    }
  prepare (runner, RUN_REPEAT_LIST, near, commands, 0);
}

/** ph_command_runner_stop: ends a sequence and the repeat list. */
void
ph_command_runner_stop (PhCommandRunner *runner)
{
  g_return_if_fail (PH_IS_COMMAND_RUNNER (runner));

  forget (runner);
  ph_session_stop_sequence (runner->session);
  ph_session_stop_listed (runner->session);
}
