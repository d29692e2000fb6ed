/* ph-cli-run-send.c: what a run sends: messages of --send, quick commands, files, and what comes from standard input
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-cli-run-private.h"

#include "ph-format.h"
#include "ph-needs.h"

#include <glib/gi18n.h>
#include <string.h>

#define PH_CLI_WHOLE_MAX (16u * 1024u * 1024u) /* bytes of the one message of --input=whole */
#define WINDOW (1024u * 1024u)     /* cost of the messages that are pending, at most */
#define MESSAGE_COST 64u           /* bytes of memory of a message beside its own */

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

/* The oldest pending message has its OUT or ERROR record. An error of another cause is counted too: then a little more than
 * WINDOW is pending, while a message that is never counted would stop the input. */
void
ph_cli_run_message_seen (PhCliRun *run)
{
  run->pending_cost -= GPOINTER_TO_SIZE (g_queue_pop_head (&run->pending));
}

/* A record may stand for several messages that were not sent. */
void
ph_cli_run_messages_failed (PhCliRun *run, const PhRecord *record, const guint8 *payload)
{
  guint64 count = 1;
  PhWords words;

  ph_words_read (&words, payload, record->length);
  ph_words_get_number (&words, "count", &count);
  for (guint64 i = 0; i < count && run->pending_cost > 0; i++)
    ph_cli_run_message_seen (run);
}

static void
set_input (PhCliRun *run, const char *input, gsize length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (input, length);

  ph_message_set_input (run->message, bytes, run->options->send.encoded);
}

/** ph_cli_run_feed: begins what is sent as a stream of bytes, if its turn has come. */
void
ph_cli_run_feed (PhCliRun *run)
{
  g_autoptr (GError) error = NULL;

  if (!run->greeted || run->stopping || ph_cli_feeds_go_on (&run->feeds, run->options, run->session, run->target, &error))
    return;
  run->outcome.failed = TRUE;
  ph_cli_output_say (run->output, "porthole-cli: %s\n", error->message);
}

/* Sends the messages of --send, then those of --command, then the file. */
void
ph_cli_run_greet (PhCliRun *run)
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
  run->busy = (options->repeat != PH_CLI_ONCE && options->messages->len > 0) + (options->steps != NULL);
  ph_cli_run_feed (run);
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

gboolean
ph_cli_run_has_messages (const PhCliRun *run)
{
  return run->options->messages->len > 0 || run->options->steps != NULL || ph_cli_feeds_are_wanted (run->options);
}

/* Adds to the one message that all of the input is; FALSE if it is too long. */
static gboolean
add_to_whole (PhCliRun *run)
{
  if (run->whole->len + run->line->len > PH_CLI_WHOLE_MAX)
    return FALSE;
  g_string_append_len (run->whole, run->line->str, (gssize) run->line->len);

  return TRUE;
}

static void
tell_whole (PhCliRun *run, const char *why)
{
  run->outcome.failed = TRUE;
  ph_cli_output_say (run->output, _("porthole-cli: the input was not sent: %s\n"), why);
}

/* All of the input was read: it is one message, of which nothing is taken away. */
static void
send_whole (PhCliRun *run)
{
  g_autoptr (GError) error = NULL;

  g_string_assign (run->line, "");
  g_string_append_len (run->line, run->whole->str, (gssize) run->whole->len);
  g_string_free (g_steal_pointer (&run->whole), TRUE);
  run->lines = 1;
  if (run->line->len > 0 && !try_line (run, PH_CLI_LINE_LAST, &error))
    tell_whole (run, error->message);
}

/* Collects the input, and sends it at its end. */
static void
pump_whole (PhCliRun *run)
{
  PhCliLineEnd end;

  while (run->whole != NULL && ph_cli_input_next (run->input, run->line, &end))
    if (!add_to_whole (run))
      {
        g_autofree char *most = ph_format_dup_grouped (PH_CLI_WHOLE_MAX);
        g_autofree char *why = g_strdup_printf (ngettext ("longer than %s byte", "longer than %s bytes", PH_CLI_WHOLE_MAX), most);

        g_string_free (g_steal_pointer (&run->whole), TRUE);
        g_clear_pointer (&run->input, ph_cli_input_free);
        tell_whole (run, why);
        return;
      }
  if (run->whole != NULL && ph_cli_input_has_ended (run->input) && run->greeted)
    send_whole (run);
}

/**
 * ph_cli_run_pump_cb:
 * @data: (type PhCliRun)
 *
 * Sends lines of the input until WINDOW is pending. A #GSourceFunc.
 */
gboolean
ph_cli_run_pump_cb (gpointer data)
{
  PhCliRun *run = data;
  PhCliLineEnd end;

  if (run->input != NULL && !run->stopping && run->options->input == PH_CLI_INPUT_WHOLE)
    pump_whole (run);
  else
    while (run->input != NULL && !run->stopping && run->pending_cost < WINDOW && !ph_cli_output_is_full (run->output)
           && ph_cli_input_next (run->input, run->line, &end))
      send_line (run, end);
  ph_cli_run_check_all_sent (run);

  return G_SOURCE_CONTINUE;
}
