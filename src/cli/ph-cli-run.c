/* ph-cli-run.c: runs one session: reads lines, sends them, prints records, until something ends it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-cli-run-private.h"

#include "ph-cli-saving.h"
#include "ph-format.h"
#include "ph-marks.h"
#include "ph-message.h"
#include "ph-needs.h"
#include "ph-plat-interrupt.h"
#include "ph-session-capture.h"

#include <glib/gi18n.h>
#include <string.h>

#define PIPE_PAUSE G_TIME_SPAN_MILLISECOND     /* between two looks at what has come */
#define PIPE_MEMORY ((guint64) 16 * PH_STORE_CHUNK) /* bytes of records, at least twice of what comes in that time */

/* Nothing more is to come. The capture is ended before the output, which may be read as slowly as one likes. */
static void
print_the_rest (PhCliRun *run)
{
  ph_cli_output_advance (run->output, ph_session_get_end (run->session));
  ph_cli_output_finish (run->output);
  if (!ph_session_finish_capture (run->session))
    run->not_captured = TRUE;
}

/**
 * ph_cli_run_stop_cb:
 * @data: (type PhCliRun)
 *
 * Closes the session; the run ends when the records of closing have been printed. If only printing is left, the program ends at once. A
 * #GSourceFunc.
 *
 * Returns: %G_SOURCE_REMOVE
 */
gboolean
ph_cli_run_stop_cb (gpointer data)
{
  PhCliRun *run = data;

  if (run->closed)
    ph_plat_interrupt_end ();
  run->stopping = TRUE;
  run->timer = 0;
  if (ph_session_is_active (run->session))
    ph_session_close (run->session);
  else
    print_the_rest (run);

  return G_SOURCE_REMOVE;
}

/* ---- records ---- */

/* Ends the run, unless --count or --duration decides when. */
static void
repeat_ended (PhCliRun *run, const PhRecord *record, const guint8 *payload)
{
  PhRepeatState state = (PhRepeatState) record->detail;
  PhRepeat repeat;
  PhWords words;

  ph_words_read (&words, payload, record->length);
  ph_repeat_read (&words, &repeat);
  if (repeat.steps > 0 && state == PH_REPEAT_FAILED)
    run->outcome.failed = TRUE;
  run->busy -= state != PH_REPEAT_RUNNING && run->busy > 0;
  if (repeat.steps > 0 && !run->options->rounds_given)
    return;
  if (state != PH_REPEAT_RUNNING && state != PH_REPEAT_STOPPED && run->options->count == 0 && run->options->duration < 0)
    run->finished = TRUE;
}

/* Without the thread that reads, the session goes on. */
static void
read_input (PhCliRun *run)
{
  g_autoptr (GError) error = NULL;

  run->input = ph_cli_input_new (ph_cli_run_pump_cb, run, &error);
  if (run->input != NULL)
    return;
  g_printerr (_("porthole-cli: cannot read standard input: %s\n"), error->message);
  run->outcome.failed = TRUE;
}

/* A quick command that says itself where it goes waits for nobody. */
static gboolean
has_own_target (const PhCliOptions *options)
{
  return options->steps != NULL && ph_place_has_name (&g_array_index (options->steps, PhSequenceStep, 0).target.place);
}

static void
opened (PhCliRun *run)
{
  const PhCliOptions *options = run->options;

  if (run->open)
    return;
  run->open = TRUE;
  if (options->duration >= 0)
    run->timer = g_timeout_add ((guint) (options->duration * 1000), ph_cli_run_stop_cb, run);
  if (ph_place_has_name (&options->endpoint->remote) || has_own_target (options))
    ph_cli_run_greet (run);
  if (!options->no_stdin && options->input != PH_CLI_INPUT_RAW)
    read_input (run);
  ph_cli_run_not_quiet (run);
}

static void
closed (PhCliRun *run)
{
  run->open = FALSE;
  run->stopping = TRUE;
  run->closed = TRUE;
  g_clear_handle_id (&run->timer, g_source_remove);
  g_clear_handle_id (&run->quiet_timer, g_source_remove);
}

static void
look_at (PhCliRun *run, const PhRecord *record, const guint8 *payload)
{
  ph_cli_outcome_record (&run->outcome, ph_session_get_names (run->session), record, payload);
  if (ph_record_is_data (record))
    ph_cli_run_not_quiet (run);
  switch ((PhRecordKind) record->kind)
    {
    case PH_RECORD_OPEN:
      opened (run);
      break;
    case PH_RECORD_IN:
    case PH_RECORD_JOINED:
      ph_cli_run_greet (run);
      break;
    case PH_RECORD_OUT:
      if (!(record->flags & PH_RECORD_MORE))
        ph_cli_run_message_seen (run);
      break;
    case PH_RECORD_ERROR:
      ph_cli_run_messages_failed (run, record, payload);
      break;
    case PH_RECORD_LOSS:
      if (record->detail == PH_LOSS_REFUSED)
        ph_cli_run_messages_failed (run, record, payload);
      break;
    case PH_RECORD_REPEAT:
      repeat_ended (run, record, payload);
      break;
    case PH_RECORD_FEED:
      ph_cli_feeds_record (&run->feeds, record);
      ph_cli_run_feed (run);
      break;
    case PH_RECORD_CLOSED:
      closed (run);
      break;
    default:
      break;
    }
}

/* Looks at new records, whether they can be printed or not. */
static void
look_at_new (PhCliRun *run, guint64 end)
{
  PhStore *store = ph_session_get_store (run->session);

  ph_store_begin_read (store);
  for (; run->next < end && !run->closed; run->next++)
    {
      const guint8 *payload = NULL;
      const PhRecord *record = ph_store_fetch (store, run->next, &payload);

      if (record != NULL)
        look_at (run, record, payload);
    }
  ph_store_end_read (store);
}

static void
advanced_cb (PhSession *session, PhCliRun *run)
{
  guint64 end = ph_session_get_end (session);

  ph_cli_output_advance (run->output, end);
  if (run->closed)
    return;
  look_at_new (run, end);
  if (run->closed)
    print_the_rest (run);
  else if (!run->stopping && (run->finished || (run->options->count > 0 && run->outcome.received >= run->options->count)))
    ph_cli_run_stop_cb (run);
  ph_cli_run_pump_cb (run);
}

/* Standard error has room again, or everything is printed. */
static gboolean
output_cb (gpointer data)
{
  PhCliRun *run = data;
  PhCliPrinted printed;

  ph_cli_run_pump_cb (run);
  if (ph_cli_output_is_done (run->output, &printed))
    {
      run->outcome.failed |= printed == PH_CLI_CANNOT_PRINT;
      g_main_loop_quit (run->loop);
    }

  return G_SOURCE_CONTINUE;
}

/* ---- the run ---- */

/* Where nothing is to be looked at again, what was printed need not stay: a stream then goes through a piece of memory that the
 * processor has near. What datagrams bring stays longer, as nobody slows their senders down, and so does what --save may not have begun with. */
static void
be_a_pipe (PhCliRun *run)
{
  const PhCliOptions *options = run->options;

  if (options->format != PH_FORMAT_RAW && !options->quiet)
    return;
  ph_session_set_pause (run->session, PIPE_PAUSE);
  if (ph_transport_is_stream (options->transport) && options->save.pattern == NULL)
    ph_store_set_limit (ph_session_get_store (run->session), PIPE_MEMORY);
}

/**
 * ph_cli_run_new:
 * @options: borrowed; must outlive the run
 *
 * Returns: (transfer full): a run that has not started
 */
PhCliRun *
ph_cli_run_new (const PhCliOptions *options)
{
  PhCliRun *run = g_new0 (PhCliRun, 1);

  run->options = options;
  run->session = ph_session_new ();
  ph_session_set_form (run->session,
                       ph_record_form (options->send.hex ? PH_FORM_HEX : PH_FORM_TEXT, options->charset->number));
  be_a_pipe (run);
  run->send = ph_send_options_new ();
  ph_send_options_set_format (run->send, &options->send);
  if (options->repeat != PH_CLI_ONCE)
    g_object_set (run->send, "full-speed", options->repeat == 0, "interval", MAX (options->repeat, 1), "times", options->times,
                  NULL);
  g_object_set (run->send, "piece-size", options->pieces.size, "piece-pause", options->pieces.pause, "piece-random", options->pieces.random,
                "piece-seed", (guint) options->pieces.seed, NULL);
  run->target = ph_message_target_new (run->session);
  ph_message_target_set_follow (run->target, options->follow);
  run->message = ph_message_new (run->send, run->target);
  run->line = g_string_new (NULL);
  run->whole = options->input == PH_CLI_INPUT_WHOLE ? g_string_new (NULL) : NULL;
  run->loop = g_main_loop_new (NULL, FALSE);
  g_queue_init (&run->pending);

  return run;
}

/** ph_cli_run_free: Must not be called while ph_cli_run() runs. */
void
ph_cli_run_free (PhCliRun *run)
{
  g_clear_handle_id (&run->timer, g_source_remove);
  g_clear_handle_id (&run->quiet_timer, g_source_remove);
  ph_cli_feeds_clear (&run->feeds);
  g_clear_pointer (&run->input, ph_cli_input_free);
  g_clear_pointer (&run->output, ph_cli_output_free);
  g_signal_handlers_disconnect_by_data (run->session, run);
  g_object_unref (run->message);
  g_object_unref (run->target);
  g_object_unref (run->send);
  g_object_unref (run->session);
  g_string_free (run->line, TRUE);
  if (run->whole != NULL)
    g_string_free (run->whole, TRUE);
  ph_cli_outcome_clear (&run->outcome);
  g_queue_clear (&run->pending);
  g_main_loop_unref (run->loop);
  g_free (run);
}

/* ---- the capture ---- */

static gboolean
begin_capture (PhCliRun *run)
{
  const char *path = run->options->capture;
  g_autofree char *name = path != NULL ? ph_marks_dup_filename (path) : NULL;
  g_autoptr (GError) error = NULL;

  if (path == NULL || ph_session_capture_to (run->session, path, &error))
    return TRUE;
  g_printerr (_("porthole-cli: cannot write the recording to %s: %s\n"), name, error->message);

  return FALSE;
}

/* An error of the disk was printed when it happened, but may have been overcome since: what counts is the end. */
static void
tell_not_captured (PhCliRun *run)
{
  g_autofree char *name = ph_marks_dup_filename (run->options->capture);

  g_printerr (_("porthole-cli: the recording in %s is not complete\n"), name);
  run->outcome.failed = TRUE;
}

static const char *
what_had_nobody (const PhCliOptions *options)
{
  if (options->steps != NULL)
    return _("the quick commands were not sent: there was nobody to send to");
  if (options->messages->len > 0)
    return _("--send was not sent: there was nobody to send to");

  return options->send_file != NULL ? _("--send-file was not sent: there was nobody to send to")
                                    : _("the input was not sent: there was nobody to send to");
}

/* Messages for which there was never anybody, and lines that were waiting to be sent at the end. */
static void
tell_not_begun (PhCliRun *run)
{
  guint64 waiting = MIN (run->pending.length, run->lines);
  PhCliLineEnd end;

  if (!run->outcome.failed && !run->greeted && ph_cli_run_has_messages (run))
    {
      g_printerr ("porthole-cli: %s\n", what_had_nobody (run->options));
      run->outcome.failed = TRUE;
    }
  if (!run->outcome.failed && run->whole != NULL && run->whole->len > 0)
    {
      g_printerr (_("porthole-cli: the input was not sent: %s\n"), _("the port was closed before its end"));
      run->outcome.failed = TRUE;
    }
  if (waiting > 0 || (run->input != NULL && ph_cli_input_next (run->input, run->line, &end)))
    {
      g_autofree char *number = ph_format_dup_grouped (run->lines - waiting + 1);

      g_printerr (_("porthole-cli: the input was not sent from line %s on: the port was closed before\n"), number);
      run->outcome.failed = TRUE;
    }
}

static gboolean
begin_output (PhCliRun *run)
{
  g_autoptr (GError) error = NULL;

  run->output = ph_cli_output_new (run->options, ph_session_get_store (run->session), output_cb, run, &error);
  if (run->output == NULL)
    g_printerr ("porthole-cli: %s\n", error->message);

  return run->output != NULL;
}

/**
 * ph_cli_run:
 * @run: one that has not run yet
 *
 * Runs a main loop: opens, sends and prints until something ends it.
 *
 * Returns: the program's exit status
 */
int
ph_cli_run (PhCliRun *run)
{
  if (!begin_capture (run) || !begin_output (run) || !ph_cli_saving_begin (run->options, run->session, &run->save))
    return 1;
  g_signal_connect (run->session, "advanced", G_CALLBACK (advanced_cb), run);
  ph_session_open (run->session, run->options->endpoint);
  g_main_loop_run (run->loop);
  if (run->not_captured || !ph_session_finish_capture (run->session))
    tell_not_captured (run);
  run->outcome.failed |= !ph_cli_saving_end (run->save);
  tell_not_begun (run);

  return ph_cli_outcome_tell (&run->outcome, run->options);
}
