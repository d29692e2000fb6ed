/* ph-command-runner.c: sends quick commands in a tab: one, one after another, or each again and again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-command-runner.h"

#include "ph-command-message.h"
#include "ph-command-words.h"
#include "ph-command.h"
#include "ph-marks.h"

#include <glib/gi18n.h>

#define MILLISECOND G_GINT64_CONSTANT (1000000)

struct _PhCommandRunner
{
  GObject parent_instance;

  /* owned */
  PhSession *session;
  PhMessageTarget *target;
};

G_DEFINE_FINAL_TYPE (PhCommandRunner, ph_command_runner, G_TYPE_OBJECT)

enum
{
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
fail (PhCommandRunner *self, PhQuickCommand *command, const char *why)
{
  g_autofree char *name = ph_command_words_dup_name (command);
  /* Translators: the name of a quick command, and why it was not sent */
  g_autofree char *words = g_strdup_printf (_("“%s” was not sent: %s"), name, why);

  g_signal_emit (self, signals[FAILED], 0, words);
}

static gboolean
is_open (PhCommandRunner *self)
{
  PhSessionState state = ph_session_get_state (self->session);

  if (state == PH_SESSION_OPEN || state == PH_SESSION_HALF_CLOSED)
    return TRUE;
  g_signal_emit (self, signals[FAILED], 0,
                 state == PH_SESSION_OPENING ? _("Not sent: not open yet") : _("Not sent: nothing is open (F5 opens it)"));

  return FALSE;
}

/* FALSE after the reason was told. */
static gboolean
prepare (PhCommandRunner *self, PhQuickCommand *command, PhTarget *ret_target, PhPayload **ret_payload)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PhPayload) payload = ph_quick_command_compile (command, NULL, &error);

  if (payload == NULL || !ph_quick_command_aim (command, self->session, self->target, ret_target, &error))
    {
      fail (self, command, error->message);
      return FALSE;
    }
  *ret_payload = g_steal_pointer (&payload);

  return TRUE;
}

static void
ph_command_runner_finalize (GObject *object)
{
  PhCommandRunner *self = PH_COMMAND_RUNNER (object);

  g_clear_object (&self->session);
  g_clear_object (&self->target);

  G_OBJECT_CLASS (ph_command_runner_parent_class)->finalize (object);
}

static void
ph_command_runner_class_init (PhCommandRunnerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ph_command_runner_finalize;

  signals[FAILED] = g_signal_new ("failed", PH_TYPE_COMMAND_RUNNER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_STRING);
}

static void
ph_command_runner_init (PhCommandRunner *self)
{
}

/**
 * ph_command_runner_new:
 * @target: where commands go that have no target of their own
 *
 * Returns: (transfer full): sends through @session
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
 *
 * Sends @command once, or says why not.
 */
void
ph_command_runner_send (PhCommandRunner *runner, GtkWidget *near, PhQuickCommand *command)
{
  g_autoptr (PhPayload) payload = NULL;
  PhTarget target = { 0 };

  g_return_if_fail (PH_IS_COMMAND_RUNNER (runner));

  if (!is_open (runner) || !prepare (runner, command, &target, &payload))
    return;
  ph_session_send (runner->session, &target, payload, NULL);
  ph_target_clear (&target);
}

/**
 * ph_command_runner_run_sequence:
 * @near: a popover that asks points to it
 * @commands: (element-type PhQuickCommand): at least one
 * @rounds: how often all of them are sent; 0 for no end
 *
 * Sends them one after another, each after its delay. If one cannot be sent, none is.
 */
void
ph_command_runner_run_sequence (PhCommandRunner *runner, GtkWidget *near, GPtrArray *commands, guint64 rounds)
{
  g_autoptr (GArray) steps = ph_sequence_steps_new ();

  g_return_if_fail (PH_IS_COMMAND_RUNNER (runner));

  if (!is_open (runner))
    return;
  for (guint i = 0; i < commands->len; i++)
    {
      PhQuickCommand *command = g_ptr_array_index (commands, i);
      g_autoptr (PhPayload) payload = NULL;
      PhTarget target = { 0 };

      if (!prepare (runner, command, &target, &payload))
        return;
      ph_sequence_steps_add (steps, &target, payload, ph_quick_command_get_delay (command) * MILLISECOND);
      ph_target_clear (&target);
    }
  ph_session_run_sequence (runner->session, g_steal_pointer (&steps), rounds);
}

/**
 * ph_command_runner_repeat_list:
 * @near: a popover that asks points to it
 * @commands: (element-type PhQuickCommand)
 *
 * Repeats each of them with its period, up to %PH_REPEAT_SLOTS_MAX. Those that cannot be sent are told.
 */
void
ph_command_runner_repeat_list (PhCommandRunner *runner, GtkWidget *near, GPtrArray *commands)
{
  g_return_if_fail (PH_IS_COMMAND_RUNNER (runner));

  if (!is_open (runner))
    return;
  ph_session_stop_listed (runner->session);
  for (guint i = 0; i < MIN (commands->len, PH_REPEAT_SLOTS_MAX); i++)
    {
      PhQuickCommand *command = g_ptr_array_index (commands, i);
      g_autofree char *name = ph_command_words_dup_name (command);
      g_autoptr (PhPayload) payload = NULL;
      PhTarget target = { 0 };

      if (prepare (runner, command, &target, &payload))
        ph_session_start_listed (runner->session, i + 1, name, &target, payload, ph_quick_command_get_period (command));
      ph_target_clear (&target);
    }
}

/** ph_command_runner_stop: Ends a sequence and the repeats of the list. */
void
ph_command_runner_stop (PhCommandRunner *runner)
{
  g_return_if_fail (PH_IS_COMMAND_RUNNER (runner));

  ph_session_stop_sequence (runner->session);
  ph_session_stop_listed (runner->session);
}
