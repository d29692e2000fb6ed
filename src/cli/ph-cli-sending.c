/* ph-cli-sending.c: the options that say what is sent, and how
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-cli-sending.h"

#include "ph-check.h"
#include "ph-cli-check.h"
#include "ph-cli-feeds.h"
#include "ph-command-message.h"
#include "ph-commands-import.h"
#include "ph-hex.h"
#include "ph-marks.h"
#include "ph-needs.h"
#include "ph-send-options.h"
#include "ph-size.h"

#include <glib/gi18n.h>
#include <string.h>

#define ROUNDS_MAX 1000000000u

/* ---- the form of a message ---- */

/* What this system does not have is not offered. */
static gboolean
refuse_encoding (const char *word, GError **error)
{
  g_autoptr (GString) known = g_string_new (NULL);
  guint n;
  const PhCharset *charsets = ph_charsets (&n);

  for (guint i = 0; i < n; i++)
    if (ph_charset_is_known (&charsets[i]))
      g_string_append_printf (known, "%s%s", known->len > 0 ? ", " : "", charsets[i].id);

  return ph_cli_refuse (error, "--encoding", word, known->str);
}

static gboolean
set_encoding (PhCliOptions *options, const char *word, GError **error)
{
  options->charset = ph_charset_find (word != NULL ? word : "utf-8");
  if (options->charset == NULL)
    return refuse_encoding (word, error);
  if (!ph_charset_check (options->charset, error))
    {
      g_prefix_error_literal (error, "--encoding: ");
      return FALSE;
    }
  options->send.charset = options->charset->id;

  return TRUE;
}

static gboolean
set_input_encoding (PhCliOptions *options, const char *word, GError **error)
{
  if (word == NULL || g_ascii_strcasecmp (word, "utf-8") == 0)
    return TRUE;
  if (g_ascii_strcasecmp (word, "same") != 0)
    return ph_cli_refuse (error, "--input-encoding", word, "utf-8, same");
  /* There a line does not end at the byte 0A. */
  if (options->charset->unit > 1)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("--input-encoding: lines of %s cannot be read, only of utf-8"),
                   options->charset->id);
      return FALSE;
    }
  options->send.encoded = TRUE;

  return TRUE;
}

static gboolean
set_line_ending (PhCliOptions *options, const char *word, GError **error)
{
  options->keep_endings = g_strcmp0 (word, "keep") == 0;
  if (word == NULL || options->keep_endings || ph_line_ending_parse (word, &options->send.line_ending))
    return TRUE;

  return ph_cli_refuse (error, "--line-ending", word, "none, lf, crlf, cr, keep");
}

/* Sets hex digits, which go around each message. */
static gboolean
set_around (const char **ret_digits, const char *option, const char *digits, GError **error)
{
  g_autoptr (GBytes) bytes = digits != NULL ? ph_hex_parse (digits, NULL, error) : NULL;

  *ret_digits = g_intern_string (digits);
  if (digits != NULL && bytes == NULL)
    g_prefix_error (error, "%s: ", option);

  return digits == NULL || bytes != NULL;
}

static gboolean
set_check (PhCliOptions *options, const char *check, GError **error)
{
  PhCheckSpec spec;

  options->send.check = g_intern_string (check);
  if (check == NULL || ph_check_parse (check, &spec, error))
    return TRUE;
  g_prefix_error_literal (error, "--check: ");

  return FALSE;
}

static gboolean
set_form (PhCliOptions *options, const PhCliSending *words, GError **error)
{
  options->send.hex = words->hex;
  options->send.escapes = words->escapes;
  options->send.variables = words->variables;
  options->send.line_ending = PH_LINE_ENDING_NONE;

  return set_line_ending (options, words->line_ending, error) && set_encoding (options, words->encoding, error)
         && set_input_encoding (options, words->input_encoding, error)
         && set_around (&options->send.prefix, "--prefix", words->prefix, error)
         && set_around (&options->send.suffix, "--suffix", words->suffix, error) && set_check (options, words->check, error);
}

/* ---- pieces and files ---- */

static gboolean
set_piece_size (PhPieces *pieces, const char *word, GError **error)
{
  guint64 size = 0;

  if (word != NULL && (!ph_size_parse (word, &size) || size < 1 || size > PH_PIECE_SIZE_MAX))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("%s: choose a number from %u to %u"), "--piece", 1u, PH_PIECE_SIZE_MAX);
      return FALSE;
    }
  pieces->size = (guint) size;

  return TRUE;
}

static gboolean
set_pieces (PhCliOptions *options, const PhCliSending *words, GError **error)
{
  PhPieces *pieces = &options->pieces;
  guint64 seed = 0;

  if (words->piece == NULL && words->piece_pause != PH_CLI_NOT_GIVEN)
    return ph_cli_refuse_without (error, "--piece-pause", "--piece");
  if (words->piece == NULL && words->piece_random != NULL)
    return ph_cli_refuse_without (error, "--piece-random", "--piece");
  if (options->feed.lines || (words->piece != NULL && ph_cli_feeds_are_wanted (options) && !ph_transport_is_stream (options->transport)))
    return TRUE; /* it is of the file only */
  if (words->piece != NULL && options->transport != NULL && !ph_transport_is_stream (options->transport))
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("--piece: a datagram goes out whole"));
      return FALSE;
    }
  if (words->piece_random != NULL && !g_ascii_string_to_unsigned (words->piece_random, 10, 0, G_MAXUINT32, &seed, NULL))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("%s: choose a number from %u to %u"), "--piece-random", 0u, G_MAXUINT32);
      return FALSE;
    }
  pieces->random = words->piece_random != NULL;
  pieces->seed = seed;

  return set_piece_size (pieces, words->piece, error)
         && ph_cli_check_number (&pieces->pause, "--piece-pause", words->piece_pause, 0, PH_PIECE_PAUSE_MAX, error);
}

static gboolean
set_files (PhCliOptions *options, const PhCliSending *words, GError **error)
{
  if (words->files != NULL && !g_file_test (words->files, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("--files: “%s” is no folder"), words->files);
      return FALSE;
    }
  options->files = words->files != NULL ? g_canonicalize_filename (words->files, NULL) : NULL;

  return TRUE;
}

/* ---- messages ---- */

static gboolean
set_repeat (PhCliOptions *options, const PhCliSending *words, GError **error)
{
  options->repeat = PH_CLI_ONCE;
  if (words->times != PH_CLI_NOT_GIVEN && words->repeat == PH_CLI_NOT_GIVEN)
    return ph_cli_refuse_without (error, "--times", "--repeat");
  if (words->repeat != PH_CLI_NOT_GIVEN && (words->send == NULL || g_strv_length (words->send) != 1))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("--repeat: say what, with one --send"));
      return FALSE;
    }

  return ph_cli_check_number (&options->repeat, "--repeat", words->repeat, 0, PH_SEND_INTERVAL_MAX, error)
         && ph_cli_check_count (&options->times, "--times", words->times, error);
}

/* Who gives the text names the file: so one of --send may be anywhere. */
static PhPayload *
compile_text (PhCliOptions *options, const char *text, GError **error)
{
  g_autofree char *here = g_get_current_dir ();
  const PhFileRule rule = { options->files != NULL ? options->files : here, options->files != NULL };
  g_autoptr (PhPayload) payload = ph_payload_new (&options->send, text, NULL, error);

  return payload != NULL ? ph_needs_fill (payload, NULL, &rule, error) : NULL;
}

/* Compiles the messages now: one that cannot be sent is an error of the command line. */
static gboolean
set_messages (PhCliOptions *options, char **texts, GError **error)
{
  options->messages = g_ptr_array_new_with_free_func ((GDestroyNotify) ph_payload_unref);
  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    {
      PhPayload *payload = compile_text (options, texts[i], error);
      GBytes *bytes = payload != NULL ? ph_payload_get_message (payload) : NULL;

      if (payload == NULL)
        {
          g_prefix_error (error, "--send “%s”: ", texts[i]);
          return FALSE;
        }
      g_ptr_array_add (options->messages, payload);
      if (bytes != NULL && g_bytes_get_size (bytes) == 0 && options->transport != NULL && ph_transport_is_stream (options->transport))
        {
          g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                       _("--send: there is nothing in an empty message"));
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
set_follow (PhCliOptions *options, const PhCliSending *words, GError **error)
{
  options->follow = words->follow;
  if (!words->follow || options->transport == NULL || !ph_transport_is_stream (options->transport))
    return TRUE;
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("--follow-last-sender: a connection has one sender only"));

  return FALSE;
}

/* ---- quick commands ---- */

/* All questions and files are known before anything is sent. */
static gboolean
add_command (PhCliOptions *options, PhCommands *known, const char *name, guint64 delay, GError **error)
{
  const PhFileRule rule = { options->files, TRUE };
  PhQuickCommand *command = ph_commands_find_name (known, name, error);
  g_autoptr (PhPayload) payload = command != NULL ? ph_quick_command_compile (command, NULL, error) : NULL;
  g_autoptr (PhPayload) filled = payload != NULL ? ph_needs_fill (payload, NULL, &rule, error) : NULL;
  const char *own = command != NULL ? ph_quick_command_get_target (command) : NULL;
  g_auto (PhPlace) place = { .port = PH_PORT_UNSET };
  PhTarget target = { .peer = PH_PEER_NONE, .follow = options->follow };

  if (filled == NULL)
    {
      g_prefix_error (error, "--command “%s”: ", name);
      return FALSE;
    }
  if (own != NULL && !ph_place_has_name (&options->endpoint->remote) && !ph_transport_is_stream (options->transport)
      && !ph_place_parse (own, &place, NULL, error))
    return FALSE;
  target.place = place;
  ph_sequence_steps_add (options->steps, &target, filled,
                         (gint64) (delay != G_MAXUINT64 ? delay : ph_quick_command_get_delay (command)) * 1000000);

  return TRUE;
}

/* The rest of what could not be taken over is used; @tell: that is told. */
static PhCommands *
read_commands (const char *path, gboolean tell, GError **error)
{
  g_autofree char *shown = ph_marks_dup_filename (path), *text = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (GBytes) bytes = NULL;
  PhCommands *commands;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, error))
    {
      g_prefix_error_literal (error, "--commands: ");
      return NULL;
    }
  bytes = g_bytes_new_take (g_steal_pointer (&text), length);
  commands = ph_commands_import (path, bytes, &notes, error);
  if (commands == NULL)
    g_prefix_error (error, "--commands %s: ", shown);
  for (guint i = 0; tell && commands != NULL && i < notes->len; i++)
    g_printerr ("porthole-cli: %s\n", (const char *) g_ptr_array_index (notes, i));

  return commands;
}

static gboolean
set_commands (PhCliOptions *options, const PhCliSending *words, GError **error)
{
  g_autoptr (PhCommands) known = NULL;
  guint rounds = 1, delay = G_MAXUINT;

  options->rounds_given = words->rounds != PH_CLI_NOT_GIVEN;
  if (words->commands == NULL)
    return words->command == NULL || ph_cli_refuse_without (error, "--command", "--commands");
  if (words->command == NULL)
    return ph_cli_refuse_without (error, "--commands", "--command");
  if (!ph_cli_check_number (&rounds, "--rounds", words->rounds, 0, ROUNDS_MAX, error)
      || !ph_cli_check_number (&delay, "--delay", words->delay, 0, PH_SEND_INTERVAL_MAX, error))
    return FALSE;
  known = read_commands (words->commands, TRUE, error);
  if (known == NULL)
    return FALSE;
  options->rounds = rounds;
  options->steps = ph_sequence_steps_new ();
  for (guint i = 0; words->command[i] != NULL; i++)
    if (!add_command (options, known, words->command[i], delay == G_MAXUINT ? G_MAXUINT64 : delay, error))
      return FALSE;

  return TRUE;
}

/**
 * ph_cli_sending_dup_remote:
 *
 * Returns: (transfer full) (nullable): the target of the first quick command, for a client that --remote does not tell where to connect;
 *   %NULL if there is none. What is wrong with the file is told by ph_cli_sending_understand()
 */
char *
ph_cli_sending_dup_remote (const PhCliSending *words)
{
  g_autoptr (PhCommands) known = NULL;
  PhQuickCommand *command = NULL;

  if (words->commands == NULL || words->command == NULL)
    return NULL;
  known = read_commands (words->commands, FALSE, NULL);
  if (known != NULL)
    command = ph_commands_find_name (known, words->command[0], NULL);

  return command != NULL ? g_strdup (ph_quick_command_get_target (command)) : NULL;
}

/**
 * ph_cli_sending_understand:
 * @options: (inout): with its transport and endpoint, if there are any
 *
 * Returns: %FALSE with @error
 */
gboolean
ph_cli_sending_understand (const PhCliSending *words, PhCliOptions *options, GError **error)
{
  return set_form (options, words, error) && set_follow (options, words, error) && set_pieces (options, words, error) && set_files (options, words, error)
         && set_repeat (options, words, error) && set_messages (options, words->send, error)
         && (options->endpoint == NULL || set_commands (options, words, error));
}

/* ---- the entries ---- */

/* GLib converts strings from the encoding of the locale, which may be ASCII. It leaves file names as they were typed, and all texts here
 * are UTF-8. */
static void
add_form (GOptionContext *context, PhCliSending *words)
{
  const GOptionEntry entries[] = {
    { "encoding", 'e', 0, G_OPTION_ARG_FILENAME, &words->encoding,
      N_("Of texts sent and shown: utf-8 (default), gbk, gb18030, big5, shift-jis, …"), N_("NAME") },
    { "input-encoding", 0, 0, G_OPTION_ARG_FILENAME, &words->input_encoding,
      N_("Of the texts given to be sent: utf-8 (default), or same: that of --encoding already"), N_("NAME") },
    { "hex", 'x', 0, G_OPTION_ARG_NONE, &words->hex, N_("What is sent is hex digits, and without --show payloads are shown so"), NULL },
    { "escapes", 'E', 0, G_OPTION_ARG_NONE, &words->escapes,
      N_("Understand the escapes of C, such as \\n \\0 \\x1B \\033 \\u20AC, in what is sent"), NULL },
    { "variables", 0, 0, G_OPTION_ARG_NONE, &words->variables,
      N_("Replace variables, such as {counter} {time:%T} {random:8}, in what is sent"), NULL },
    { "files", 0, 0, G_OPTION_ARG_FILENAME, &words->files, N_("Where the files are that {file:NAME} may read"), N_("FOLDER") },
    { "line-ending", 'L', 0, G_OPTION_ARG_FILENAME, &words->line_ending,
      N_("What ends each message: none (default), lf, crlf, cr, keep"), N_("NAME") },
    { "check", 0, 0, G_OPTION_ARG_FILENAME, &words->check,
      N_("Check bytes behind each message: crc-16/modbus, sum-8, lrc, nmea, …"), N_("NAME[,…]") },
    { "prefix", 0, 0, G_OPTION_ARG_FILENAME, &words->prefix, N_("Bytes before each message"), N_("HEX") },
    { "suffix", 0, 0, G_OPTION_ARG_FILENAME, &words->suffix, N_("Bytes behind each message and its check bytes"), N_("HEX") },
    G_OPTION_ENTRY_NULL,
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

static void
add_messages (GOptionContext *context, PhCliSending *words)
{
  const GOptionEntry entries[] = {
    { "send", 's', 0, G_OPTION_ARG_FILENAME_ARRAY, &words->send, N_("Send this; may be given again"), N_("TEXT") },
    { "follow-last-sender", 0, 0, G_OPTION_ARG_NONE, &words->follow,
      N_("UDP: send to the last sender, and to --remote until somebody is heard"), NULL },
    { "repeat", 'R', 0, G_OPTION_ARG_INT64, &words->repeat,
      N_("Send it again every so many milliseconds; 0: as fast as possible"), N_("MS") },
    { "times", 'T', 0, G_OPTION_ARG_INT64, &words->times, N_("End repeating after so many messages"), N_("N") },
    { "piece", 0, 0, G_OPTION_ARG_FILENAME, &words->piece,
      N_("Send a file, or with TCP each message, in pieces of so many bytes; a file also line by line"), N_("N|line") },
    { "piece-pause", 0, 0, G_OPTION_ARG_INT64, &words->piece_pause, N_("Wait so many milliseconds between two pieces"), N_("MS") },
    { "piece-random", 0, 0, G_OPTION_ARG_FILENAME, &words->piece_random,
      N_("Make pieces of 1 to N bytes; the same seed makes the same ones"), N_("SEED") },
    { "commands", 0, 0, G_OPTION_ARG_FILENAME, &words->commands,
      N_("Quick commands: a file of Porthole, Packet Sender or Docklight, or a table"), N_("FILE") },
    { "command", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &words->command, N_("Send this quick command; may be given again"), N_("NAME") },
    { "rounds", 0, 0, G_OPTION_ARG_INT64, &words->rounds, N_("Send the quick commands so often; 0: without end"), N_("N") },
    { "delay", 0, 0, G_OPTION_ARG_INT64, &words->delay, N_("Wait so many milliseconds before each quick command"), N_("MS") },
    G_OPTION_ENTRY_NULL,
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

/** ph_cli_sending_add: has @context parse these options into @words. */
void
ph_cli_sending_add (GOptionContext *context, PhCliSending *words)
{
  add_form (context, words);
  add_messages (context, words);
}

/** ph_cli_sending_clear: frees what the fields of @words point to. */
void
ph_cli_sending_clear (PhCliSending *words)
{
  g_free (words->encoding);
  g_free (words->input_encoding);
  g_free (words->line_ending);
  g_free (words->prefix);
  g_free (words->suffix);
  g_free (words->check);
  g_free (words->files);
  g_free (words->piece);
  g_free (words->piece_random);
  g_free (words->commands);
  g_strfreev (words->send);
  g_strfreev (words->command);
}
