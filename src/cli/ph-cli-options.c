/* ph-cli-options.c: parses and checks the command line of porthole-cli, and prints its help
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-cli-options.h"

#include "ph-arguments.h"
#include "ph-cli-check.h"
#include "ph-cli-feeding.h"
#include "ph-cli-saving.h"
#include "ph-cli-sending.h"
#include "ph-cli-showing.h"
#include "ph-responder.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ph-marks.h"

/* The arguments as they were typed, before they are checked. */
typedef struct
{
  char *local, *remote, *format, *duration, *capture;
  char **rest;
  PhCliSending sending;
  PhCliShowing showing;
  PhCliSaving saving;
  PhCliFeeding feeding;
  gint64 count;
  GArray *options; /* of gint64: a value or PH_CLI_NOT_GIVEN for each ph_option_at() */
  gboolean echo, no_stdin, quiet, verify, version;
} Words;

static void
words_clear (Words *words)
{
  g_free (words->local);
  g_free (words->remote);
  g_free (words->format);
  g_free (words->duration);
  g_free (words->capture);
  g_strfreev (words->rest);
  g_array_unref (words->options);
  ph_cli_sending_clear (&words->sending);
  ph_cli_showing_clear (&words->showing);
  ph_cli_saving_clear (&words->saving);
  ph_cli_feeding_clear (&words->feeding);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Words, words_clear)

static GArray *
new_options (void)
{
  const gint64 not_given = PH_CLI_NOT_GIVEN;
  GArray *options = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; ph_option_at (i) != NULL; i++)
    g_array_append_val (options, not_given);

  return options;
}

static const char description[] =
  N_("When the port is open, a line on standard error says so, with the address that is really bound, and two if all\n"
     "addresses are: “open udp 127.0.0.1:7788”. The log goes to standard output, as UTF-8.\n"
     "\n"
     "Sending\n"
     "  Each line of standard input is one message. It goes to --remote, to all clients of a server, or, for UDP\n"
     "  without --remote, to the last sender; if there is nobody to send to, the log says so. A line loses its\n"
     "  end, LF or CR LF; --line-ending says what is sent in its place. A last line without a line end is sent\n"
     "  without one. Lines are UTF-8, and are sent in --encoding; with --input-encoding=same they are in it already,\n"
     "  and their bytes are sent as they are. A line that is not UTF-8 or cannot be encoded is reported and not sent.\n"
     "  Messages of --send go out first, once, as soon as there is somebody to send to. With --repeat the one message\n"
     "  goes out again and again, and the end is told with the rate that was reached.\n"
     "  Quick commands go out after these, in the order of --command, --rounds times, each after its delay, until one\n"
     "  cannot be sent. --remote counts more than their own target. The file is any that the window can import.\n"
     "  With --variables {file:NAME} reads a file: of --send any, of lines and quick commands one in --files.\n"
     "  A file of --send-file comes behind these, and raw input behind the file; both wait while the peer does not read.\n"
     "\n"
     "Ending\n"
     "  The end of standard input ends nothing: what arrives is still shown. It ends when a TCP server closes the\n"
     "  connection, with --count or --duration, and with Ctrl+C; a second Ctrl+C does not wait for anything.\n"
     "  Without --count and --duration it also ends when --repeat or --rounds has come to its end.\n"
     "\n"
     "Formats\n"
     "  log        a line for each event, then the payload; control characters are shown as marks;\n"
     "             --time and --show say how\n"
     "  netassist  “[2019-07-12 16:05:48.417]# RECV ASCII FROM 192.168.56.1 :4089>”, then the payload\n"
     "  netassist-v5  the same as “RECV ASCII/21 from 192.168.56.1:4089 <<<”, with the number of bytes\n"
     "  csv        a table with commas, and a first line with the names of the columns\n"
     "  json       one object a line: seq, time, kind, peer, local, to, clock, length, text, hex\n"
     "  raw        the bytes received and nothing else\n"
     "  With --quiet or raw, errors and losses go to standard error.\n"
     "\n"
     "Recordings\n"
     "  With --capture every record goes to a file while it runs, however much that becomes, whatever --count, --format\n"
     "  and --quiet let through. “read” shows such a file in any format, also one of the window, one that is still\n"
     "  being written, and what is left of a damaged one.\n"
     "\n"
     "Saving\n"
     "  With --save a new file grows while it runs: “--save 'log/{peer}-{time:%F}-{n}.txt' --save-per-peer”. Files that\n"
     "  are there already are left alone. What the disk cannot take waits in memory, or is told in numbers.\n"
     "\n"
     "Exit status\n"
     "  0  it ended as asked, or the peer closed the connection\n"
     "  1  it could not open, the connection failed or was reset, a message or a line was not sent or did not arrive,\n"
     "     --count was not reached, or the output, the recording or --save could not be written or read whole\n"
     "  2  the command line is wrong\n"
     "  130  a second Ctrl+C ended it at once; another signal: 128 and its number\n"
     "\n"
     "Examples\n"
     "  Listen for datagrams, and answer the last sender with what is typed:\n"
     "    porthole-cli udp --local 0.0.0.0:7788\n"
     "  Ask a web server for a page and show what comes back:\n"
     "    porthole-cli tcp-client --remote example.org:80 --escapes \\\n"
     "      --send 'HEAD / HTTP/1.1\\r\\nHost: example.org\\r\\nConnection: close\\r\\n\\r\\n'\n"
     "  Take ten messages from any clients, in GBK, as JSON:\n"
     "    porthole-cli tcp-server --local 127.0.0.1:7788 --encoding gbk --format json --count 10\n"
     "  Keep everything in a file, and look at it later:\n"
     "    porthole-cli udp --local 0.0.0.0:7788 --quiet --capture night.porthole\n"
     "    porthole-cli read night.porthole --hex");

/* ---- check the words ---- */

static gboolean
set_format (PhCliOptions *options, const Words *words, GError **error)
{
  g_autofree char *known = ph_format_dup_ids ();

  options->format = PH_FORMAT_LOG;
  if (words->format == NULL || ph_format_parse (words->format, &options->format))
    return TRUE;

  return ph_cli_refuse (error, "--format", words->format, known);
}

/* Sets seconds; -1 if none were given. */
static gboolean
set_duration (double *ret_duration, const char *text, GError **error)
{
  char *end = NULL;

  *ret_duration = text != NULL ? g_ascii_strtod (text, &end) : -1;
  if (text == NULL || (end != text && *end == '\0' && *ret_duration >= 0 && *ret_duration <= G_MAXINT / 1000))
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("%s: choose a number from %u to %u"), "--duration", 0u,
               (guint) (G_MAXINT / 1000));

  return FALSE;
}

/* An option that only other transports have is no error, as scripts may always give it: a message says that it does nothing. */
static gboolean
set_option (PhEndpoint *endpoint, const PhOptionSpec *spec, gint64 value, GError **error)
{
  g_autoptr (GError) useless = NULL;

  if (!ph_option_check (spec, value, error))
    {
      g_prefix_error_literal (error, "--");
      return FALSE;
    }
  if (!ph_endpoint_set_option (endpoint, spec->id, value, &useless))
    g_printerr ("porthole-cli: --%s\n", useless->message);

  return TRUE;
}

static gboolean
set_options (PhEndpoint *endpoint, const Words *words, GError **error)
{
  const PhOptionSpec *spec;

  for (guint i = 0; (spec = ph_option_at (i)) != NULL; i++)
    {
      gint64 value = g_array_index (words->options, gint64, i);

      if (value != PH_CLI_NOT_GIVEN && !set_option (endpoint, spec, value, error))
        return FALSE;
    }

  return TRUE;
}

/* The first option given that makes no sense for "read"; NULL if there is none. */
static const char *
find_useless (const Words *words)
{
  const struct
  {
    const char *option;
    gboolean given;
  } useless[] = {
    { "--local", words->local != NULL },       { "--remote", words->remote != NULL },
    { "--send", words->sending.send != NULL },         { "--capture", words->capture != NULL },
    { "--save", words->saving.save != NULL },
    { "--echo", words->echo },                          { "--send-file", words->feeding.send_file != NULL },
    { "--input", words->feeding.input != NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (useless); i++)
    if (useless[i].given)
      return useless[i].option;

  return NULL;
}

static gboolean
understand_read (PhCliOptions *options, const Words *words, GError **error)
{
  const char *useless = find_useless (words);

  if (words->rest[1] == NULL)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, _("say which recording to read"));
      return FALSE;
    }
  if (useless != NULL)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, _("%s: there is no port where a recording is read"), useless);
      return FALSE;
    }
  options->capture = g_strdup (words->rest[1]);
  options->verify = words->verify;

  return TRUE;
}

static gboolean
understand_endpoint (PhCliOptions *options, const Words *words, GError **error)
{
  const PhTransport *transport = ph_transport_find (words->rest[0]);
  gboolean connects = words->remote == NULL && transport != NULL && ph_transport_needs_remote (transport);
  g_autofree char *own = connects ? ph_cli_sending_dup_remote (&words->sending) : NULL;

  if (words->verify)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, _("--verify: only a recording that is read can be whole"));
      return FALSE;
    }
  options->endpoint = ph_arguments_endpoint (words->rest[0], words->local, own != NULL ? own : words->remote, TRUE, error);
  if (options->endpoint == NULL)
    return FALSE;
  options->transport = ph_transport_find (options->endpoint->transport);
  options->endpoint->responder = words->echo ? "echo" : NULL;
  options->capture = g_strdup (words->capture);

  return TRUE;
}

static gboolean
understand (PhCliOptions *options, const Words *words, GError **error)
{
  guint n = words->rest != NULL ? g_strv_length (words->rest) : 0;
  gboolean read = n > 0 && g_str_equal (words->rest[0], "read");
  g_autofree char *known = ph_arguments_transports (", ");

  if (n == 0)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, _("say what to open: one of %s"), known);
      return FALSE;
    }
  if (n > (read ? 2 : 1))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, _("“%s” is one word too many"), words->rest[n - 1]);
      return FALSE;
    }
  if (!(read ? understand_read (options, words, error) : understand_endpoint (options, words, error)))
    return FALSE;
  options->no_stdin = words->no_stdin;
  options->quiet = words->quiet;

  return set_format (options, words, error) && ph_cli_showing_understand (&words->showing, options, error)
         && ph_cli_check_count (&options->count, "--count", words->count, error)
         && set_duration (&options->duration, words->duration, error)
         && (options->endpoint == NULL || set_options (options->endpoint, words, error))
         && ph_cli_feeding_understand (&words->feeding, words->sending.piece, options, error)
         && ph_cli_sending_understand (&words->sending, options, error)
         && ph_cli_saving_understand (&words->saving, options, error);
}

/* ---- the help ---- */

/* Returns: columns of a terminal. */
static int
width (const char *text)
{
  int columns = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    columns += g_unichar_iswide (g_utf8_get_char (at)) ? 2 : 1;

  return columns;
}

/* One line for each transport, and one for "read". */
static char *
dup_summary (void)
{
  const char *read = _("read FILE");
  GString *text = g_string_new (_("Opens a UDP or TCP port, sends what it is given, and shows what arrives."));
  const PhTransport *transport;
  int column = width (read);

  for (guint i = 0; (transport = ph_transport_at (i)) != NULL; i++)
    column = MAX (column, width (transport->id));
  g_string_append_c (text, '\n');
  for (guint i = 0; (transport = ph_transport_at (i)) != NULL; i++)
    g_string_append_printf (text, "\n  %-*s  %s", column, transport->id, _(transport->summary));
  g_string_append_printf (text, "\n  %s%*s  %s", read, column - width (read), "", _("shows a recording"));

  return g_string_free (text, FALSE);
}

/* ---- parse argv ---- */

/* Adds an entry for each option of any transport. @texts gets the strings that the entries point to. */
static void
add_options (GOptionContext *context, Words *words, GPtrArray *texts)
{
  g_autoptr (GArray) entries = g_array_new (TRUE, TRUE, sizeof (GOptionEntry));
  const PhOptionSpec *spec;

  for (guint i = 0; (spec = ph_option_at (i)) != NULL; i++)
    {
      /* Translators: what an option does, and its value if it is not given */
      char *help = g_strdup_printf (_("%s (default %u)"), _(spec->help), spec->initial);
      char *value = spec->unit != NULL ? g_utf8_strup (_(spec->unit), -1) : g_strdup ("N");
      GOptionEntry entry = { .long_name = spec->id,
                             .arg = G_OPTION_ARG_INT64,
                             .arg_data = &g_array_index (words->options, gint64, i),
                             .description = help,
                             .arg_description = value };

      g_ptr_array_add (texts, help);
      g_ptr_array_add (texts, value);
      g_array_append_val (entries, entry);
    }
  g_option_context_add_main_entries (context, (const GOptionEntry *) (gconstpointer) entries->data, NULL);
}

static gboolean
read_words (Words *words, char **argv, GError **error)
{
  g_autoptr (GOptionContext) context = NULL;
  g_autofree char *transports = ph_arguments_transports ("|");
  g_autofree char *words_known = g_strconcat (transports, "|read", NULL);
  g_autofree char *summary = dup_summary ();
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) copy = g_strdupv (argv);
  /* GLib converts strings from the encoding of the locale, which may be ASCII. It leaves file names as they were typed, and
   * all texts here are UTF-8. */
  const GOptionEntry entries[] = {
    { "local", 'l', 0, G_OPTION_ARG_FILENAME, &words->local,
      N_("The address and port to bind; without a port the system chooses one"), N_("ADDR:PORT") },
    { "remote", 'r', 0, G_OPTION_ARG_FILENAME, &words->remote, N_("Where to connect or send to"), N_("HOST:PORT") },
    { "echo", 0, 0, G_OPTION_ARG_NONE, &words->echo, ph_responder_find ("echo")->summary, NULL },
    { "format", 'f', 0, G_OPTION_ARG_FILENAME, &words->format, N_("Of the log: log (default), netassist, netassist-v5, csv, json, raw"),
      N_("NAME") },
    { "count", 'c', 0, G_OPTION_ARG_INT64, &words->count, N_("End when this many data records have been received"), N_("N") },
    { "duration", 'd', 0, G_OPTION_ARG_FILENAME, &words->duration, N_("End this long after the port was opened"),
      N_("SECONDS") },
    { "no-stdin", 'n', 0, G_OPTION_ARG_NONE, &words->no_stdin, N_("Do not read standard input"), NULL },
    { "capture", 'C', 0, G_OPTION_ARG_FILENAME, &words->capture,
      N_("Write every record to this file, which must not exist yet"), N_("FILE") },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &words->quiet, N_("Write no log"), NULL },
    { "verify", 0, 0, G_OPTION_ARG_NONE, &words->verify, N_("With read: only tell whether the recording is whole"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &words->version, N_("Show the version and end"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &words->rest, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };

  context = g_option_context_new (words_known);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, summary);
  g_option_context_set_description (context, description);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  ph_cli_sending_add (context, &words->sending);
  ph_cli_showing_add (context, &words->showing);
  ph_cli_saving_add (context, &words->saving);
  ph_cli_feeding_add (context, &words->feeding);
  add_options (context, words, texts);

  return g_option_context_parse_strv (context, &copy, error);
}

/**
 * ph_cli_options_parse:
 * @options: (out caller-allocates): to be cleared with ph_cli_options_clear(), also after an error
 * @argv: (array zero-terminated=1): with the name of the program
 *
 * --help prints the help and ends the program. Errors are printed.
 *
 * Returns: what to do
 */
PhCliWish
ph_cli_options_parse (PhCliOptions *options, char **argv)
{
  g_auto (Words) words = { .count = PH_CLI_NOT_GIVEN, .options = new_options (), .sending = PH_CLI_SENDING_INIT };
  g_autoptr (GError) error = NULL;
  g_autofree char *shown = NULL;

  *options = (PhCliOptions) { 0 };
  if (read_words (&words, argv, &error) && words.version)
    {
      g_print ("porthole-cli %s\n", PH_VERSION);
      return PH_CLI_DONE;
    }
  if (error == NULL && understand (options, &words, &error))
    return options->endpoint != NULL ? PH_CLI_RUN : PH_CLI_READ;
  shown = ph_marks_dup (error->message, -1, PH_MARKS_LINE_MAX);
  g_printerr ("porthole-cli: %s\n%s\n", shown, _("See “porthole-cli --help”."));

  return PH_CLI_WRONG;
}

/** ph_cli_options_clear: Frees the fields, not @options. */
void
ph_cli_options_clear (PhCliOptions *options)
{
  g_clear_pointer (&options->endpoint, ph_endpoint_free);
  g_clear_pointer (&options->messages, g_ptr_array_unref);
  g_clear_pointer (&options->files, g_free);
  g_clear_pointer (&options->steps, g_array_unref);
  g_clear_pointer (&options->capture, g_free);
  g_clear_pointer (&options->save.folder, g_free);
  g_clear_pointer (&options->save.pattern, g_free);
  g_clear_pointer (&options->send_file, g_free);
}
