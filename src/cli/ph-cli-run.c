/* ph-cli-run.c: runs one session: reads lines, sends them, prints records, until something ends it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-cli-run.h"

#include "ph-cli-input.h"
#include "ph-cli-outcome.h"
#include "ph-cli-output.h"
#include "ph-cli-saving.h"
#include "ph-format.h"
#include "ph-marks.h"
#include "ph-message.h"
#include "ph-needs.h"
#include "ph-plat-interrupt.h"
#include "ph-session-capture.h"

#include <glib/gi18n.h>
#include <string.h>

#define WINDOW (1024u * 1024u)     /* cost of the messages that are pending, at most */
#define MESSAGE_COST 64u           /* bytes of memory of a message beside its own */

struct _PhCliRun
{
  const PhCliOptions *options; /* borrowed */

  guint64 next;  /* sequence number of the next record to look at */
  gboolean open;
  gboolean greeted; /* the messages of --send were sent */
  gboolean all_sent; /* the session knows that nothing more is sent */
  gboolean finished; /* the repeat has ended, and nothing else is to be done */
  gboolean stopping;
  gboolean not_captured; /* not all records are in the file */
  gboolean closed; /* there was a CLOSED record */
  PhCliOutcome outcome;

  GQueue pending; /* cost of each message whose OUT or ERROR record has not come yet */
  gsize pending_cost;
  guint64 lines;
  gboolean in_line; /* the last part did not end its line */
  gboolean refused; /* a part of this line could not be sent, so the others are not sent either */

  /* owned */
  PhSession *session;
  PhSendOptions *send;
  PhMessage *message; /* the one that is sent next */
  PhCliOutput *output; /* nullable */
  PhLiveSave *save; /* nullable */
  PhCliInput *input; /* nullable */
  GString *line;
  GMainLoop *loop;
  guint timer;
};

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

/* ---- sending ---- */

/* Sends a message that was made from @length bytes. An empty message to a stream is skipped. Returns FALSE with @error set if it cannot be
 * sent. */
static gboolean
send_payload (PhCliRun *run, PhPayload *payload, gsize length, GError **error)
{
  g_autoptr (GError) why = NULL;
  gsize cost = length + MESSAGE_COST;

  if (!ph_session_send_compiled (run->session, run->message, payload, &why))
    {
      if (g_error_matches (why, PH_MESSAGE_ERROR, PH_MESSAGE_ERROR_EMPTY))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&why));
      return FALSE;
    }
  if (!ph_send_options_get_repeat (run->send))
    {
      g_queue_push_tail (&run->pending, GSIZE_TO_POINTER (cost));
      run->pending_cost += cost;
    }

  return TRUE;
}

/* Sends @run->message, which was made from @length bytes. */
static gboolean
send_message (PhCliRun *run, gsize length, GError **error)
{
  const PhFileRule rule = { run->options->files, TRUE };
  g_autoptr (PhPayload) payload = ph_message_compile (run->message, NULL, error);
  g_autoptr (PhPayload) filled = payload != NULL ? ph_needs_fill (payload, NULL, &rule, error) : NULL;

  return filled != NULL && send_payload (run, filled, length, error);
}

/* A part of a line that goes on gets no line ending. */
static void
set_ended (PhCliRun *run, gboolean ended)
{
  PhLineEnding ending = ended ? run->options->send.line_ending : PH_LINE_ENDING_NONE;

  if (ph_send_options_get_format (run->send).line_ending != ending)
    g_object_set (run->send, "line-ending", ph_line_ending_id (ending), NULL);
}

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
  if (repeat.steps > 0 && !run->options->rounds_given)
    return;
  if (state != PH_REPEAT_RUNNING && state != PH_REPEAT_STOPPED && run->options->count == 0 && run->options->duration < 0)
    run->finished = TRUE;
}

/* The oldest pending message has its OUT or ERROR record. An error of another cause is counted too: then a little more than
 * WINDOW is pending, while a message that is never counted would stop the input. */
static void
message_seen (PhCliRun *run)
{
  run->pending_cost -= GPOINTER_TO_SIZE (g_queue_pop_head (&run->pending));
}

/* A record may stand for several messages that were not sent. */
static void
messages_failed (PhCliRun *run, const PhRecord *record, const guint8 *payload)
{
  guint64 count = 1;
  PhWords words;

  ph_words_read (&words, payload, record->length);
  ph_words_get_number (&words, "count", &count);
  for (guint64 i = 0; i < count && run->pending_cost > 0; i++)
    message_seen (run);
}

static void
set_input (PhCliRun *run, const char *input, gsize length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (input, length);

  ph_message_set_input (run->message, bytes, run->options->send.encoded);
}

/* Sends the messages of --send, and then those of --command. */
static void
greet (PhCliRun *run)
{
  const PhCliOptions *options = run->options;

  if (run->greeted)
    return;
  run->greeted = TRUE;
  g_object_set (run->send, "repeat", options->repeat != PH_CLI_ONCE, NULL);
  for (guint i = 0; i < options->messages->len; i++)
    {
      PhPayload *payload = g_ptr_array_index (options->messages, i);
      GBytes *bytes = ph_payload_get_message (payload);

      send_payload (run, payload, bytes != NULL ? g_bytes_get_size (bytes) : 0, NULL);
    }
  g_object_set (run->send, "repeat", FALSE, NULL); /* lines of the input are sent once */
  if (options->steps != NULL)
    ph_session_run_sequence (run->session, g_array_ref (options->steps), options->rounds);
}

/* Takes the LF or CR LF off the end of the line, and a byte order mark off the beginning of the input: in UTF-8 it means nothing. */
static void
trim_line (PhCliRun *run, PhCliLineEnd end)
{
  GString *line = run->line;

  if (end == PH_CLI_LINE_ENDED && !run->options->keep_endings)
    {
      g_string_truncate (line, line->len - 1);
      if (line->len > 0 && line->str[line->len - 1] == '\r')
        g_string_truncate (line, line->len - 1);
    }
  if (run->lines == 1 && !run->in_line && !run->options->send.encoded && g_str_has_prefix (line->str, "\uFEFF"))
    g_string_erase (line, 0, strlen ("\uFEFF"));
}

/* The first byte that is not UTF-8, of which NUL is a character; NULL if there is none. */
static const char *
find_invalid (const GString *line)
{
  const char *p = line->str, *end = line->str + line->len;

  while (!g_utf8_validate (p, end - p, &p) && *p == '\0' && p < end)
    p++;

  return p < end ? p : NULL;
}

static gboolean
try_line (PhCliRun *run, PhCliLineEnd end, GError **error)
{
  const PhPayloadFormat *format = &run->options->send;
  const GString *line = run->line;
  const char *wrong = format->encoded ? NULL : find_invalid (line);

  if (end == PH_CLI_LINE_PART && (format->hex || format->escapes || format->variables || format->prefix != NULL || format->suffix != NULL || format->check != NULL))
    {
      g_autofree char *most = ph_format_dup_grouped (PH_CLI_LINE_MAX);

      g_set_error (error, PH_CODEC_ERROR, PH_CODEC_ERROR_ENCODING,
                   ngettext ("longer than %s byte", "longer than %s bytes", PH_CLI_LINE_MAX), most);
      return FALSE;
    }
  if (wrong != NULL)
    {
      g_set_error (error, PH_CODEC_ERROR, PH_CODEC_ERROR_ENCODING,
                   _("byte %02X at position %lu is not UTF-8; with --input-encoding=same it is sent as it is"), (guint8) *wrong,
                   (gulong) g_utf8_pointer_to_offset (line->str, wrong) + 1);
      return FALSE;
    }
  set_ended (run, end == PH_CLI_LINE_ENDED);
  set_input (run, line->str, line->len);

  return send_message (run, line->len, error);
}

static void
tell_refused (PhCliRun *run, gboolean rest, const GError *error)
{
  g_autofree char *number = ph_format_dup_grouped (run->lines);

  run->outcome.failed = TRUE;
  ph_cli_output_say (run->output,
                     rest ? _("porthole-cli: the rest of line %s was not sent: %s\n") : _("porthole-cli: line %s was not sent: %s\n"),
                     number, error->message);
}

static void
send_line (PhCliRun *run, PhCliLineEnd end)
{
  g_autoptr (GError) error = NULL;
  gboolean rest = run->in_line;

  run->refused = rest && run->refused;
  if (!rest)
    run->lines++;
  trim_line (run, end);
  run->in_line = end == PH_CLI_LINE_PART;
  if (run->refused)
    return;

  run->refused = !try_line (run, end, &error);
  if (run->refused)
    tell_refused (run, rest, error);
}

static gboolean
has_messages (const PhCliRun *run)
{
  return run->options->messages->len > 0 || run->options->steps != NULL;
}

/* Tells the session once that nothing more is sent: then it need not wait for that when a peer has finished. */
static void
check_all_sent (PhCliRun *run)
{
  gboolean greeted = run->greeted || !has_messages (run);

  if (run->all_sent || !run->open || !greeted || !(run->input == NULL || ph_cli_input_has_ended (run->input)))
    return;
  run->all_sent = TRUE;
  ph_session_finish_sending (run->session);
}

/* Sends lines of the input until WINDOW is pending. */
static gboolean
pump_cb (gpointer data)
{
  PhCliRun *run = data;
  PhCliLineEnd end;

  while (run->input != NULL && !run->stopping && run->pending_cost < WINDOW && !ph_cli_output_is_full (run->output)
         && ph_cli_input_next (run->input, run->line, &end))
    send_line (run, end);
  check_all_sent (run);

  return G_SOURCE_CONTINUE;
}

/* ---- records ---- */

/* Without the thread that reads, the session goes on. */
static void
read_input (PhCliRun *run)
{
  g_autoptr (GError) error = NULL;

  run->input = ph_cli_input_new (pump_cb, run, &error);
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
    greet (run);
  if (!options->no_stdin)
    read_input (run);
}

static void
closed (PhCliRun *run)
{
  run->open = FALSE;
  run->stopping = TRUE;
  run->closed = TRUE;
  g_clear_handle_id (&run->timer, g_source_remove);
}

static void
look_at (PhCliRun *run, const PhRecord *record, const guint8 *payload)
{
  ph_cli_outcome_record (&run->outcome, ph_session_get_names (run->session), record, payload);
  switch ((PhRecordKind) record->kind)
    {
    case PH_RECORD_OPEN:
      opened (run);
      break;
    case PH_RECORD_IN:
    case PH_RECORD_JOINED:
      greet (run);
      break;
    case PH_RECORD_OUT:
      if (!(record->flags & PH_RECORD_MORE))
        message_seen (run);
      break;
    case PH_RECORD_ERROR:
      messages_failed (run, record, payload);
      break;
    case PH_RECORD_LOSS:
      if (record->detail == PH_LOSS_REFUSED)
        messages_failed (run, record, payload);
      break;
    case PH_RECORD_REPEAT:
      repeat_ended (run, record, payload);
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
  pump_cb (run);
}

/* Standard error has room again, or everything is printed. */
static gboolean
output_cb (gpointer data)
{
  PhCliRun *run = data;
  PhCliPrinted printed;

  pump_cb (run);
  if (ph_cli_output_is_done (run->output, &printed))
    {
      run->outcome.failed |= printed == PH_CLI_CANNOT_PRINT;
      g_main_loop_quit (run->loop);
    }

  return G_SOURCE_CONTINUE;
}

/* ---- the run ---- */

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
  g_autoptr (PhMessageTarget) target = NULL;

  run->options = options;
  run->session = ph_session_new ();
  ph_session_set_form (run->session,
                       ph_record_form (options->send.hex ? PH_FORM_HEX : PH_FORM_TEXT, options->charset->number));
  run->send = ph_send_options_new ();
  ph_send_options_set_format (run->send, &options->send);
  if (options->repeat != PH_CLI_ONCE)
    g_object_set (run->send, "full-speed", options->repeat == 0, "interval", MAX (options->repeat, 1), "times", options->times,
                  NULL);
  g_object_set (run->send, "piece-size", options->pieces.size, "piece-pause", options->pieces.pause, "piece-random", options->pieces.random,
                "piece-seed", (guint) options->pieces.seed, NULL);
  target = ph_message_target_new (run->session);
  ph_message_target_set_follow (target, options->follow);
  run->message = ph_message_new (run->send, target);
  run->line = g_string_new (NULL);
  run->loop = g_main_loop_new (NULL, FALSE);
  g_queue_init (&run->pending);

  return run;
}

/** ph_cli_run_free: Must not be called while ph_cli_run() runs. */
void
ph_cli_run_free (PhCliRun *run)
{
  g_clear_handle_id (&run->timer, g_source_remove);
  g_clear_pointer (&run->input, ph_cli_input_free);
  g_clear_pointer (&run->output, ph_cli_output_free);
  g_signal_handlers_disconnect_by_data (run->session, run);
  g_object_unref (run->message);
  g_object_unref (run->send);
  g_object_unref (run->session);
  g_string_free (run->line, TRUE);
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

/* Messages for which there was never anybody, and lines that were waiting to be sent at the end. */
static void
tell_not_begun (PhCliRun *run)
{
  guint64 waiting = MIN (run->pending.length, run->lines);
  PhCliLineEnd end;

  if (!run->outcome.failed && !run->greeted && has_messages (run))
    {
      g_printerr ("porthole-cli: %s\n", run->options->steps != NULL ? _("the quick commands were not sent: there was nobody to send to")
                                                           : _("--send was not sent: there was nobody to send to"));
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
