/* ph-cli-feeding.c: the options for a file, for standard input as it comes, and for the end of the program when all went out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-cli-feeding.h"

#include "ph-cli-check.h"
#include "ph-cli-feeds.h"
#include "ph-format.h"
#include "ph-rate.h"
#include "ph-size.h"

#include <glib/gi18n.h>

static gboolean
set_input (PhCliOptions *options, const char *word, GError **error)
{
  options->input = PH_CLI_INPUT_LINES;
  if (word == NULL || g_ascii_strcasecmp (word, "lines") == 0)
    return TRUE;
  options->input = g_ascii_strcasecmp (word, "raw") == 0 ? PH_CLI_INPUT_RAW : PH_CLI_INPUT_WHOLE;
  if (options->input == PH_CLI_INPUT_RAW && options->no_stdin)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("%s makes no sense with %s"), "--input=raw", "--no-stdin");
      return FALSE;
    }
  if (options->input == PH_CLI_INPUT_RAW || g_ascii_strcasecmp (word, "whole") == 0)
    return TRUE;

  return ph_cli_refuse (error, "--input", word, "lines, raw, whole");
}

/* The longest piece that can go out at once. */
static guint
longest_piece (const PhCliOptions *options)
{
  return options->transport != NULL && !ph_transport_is_stream (options->transport) ? PH_FEED_DATAGRAM_MAX : PH_FEED_PIECE_MAX;
}

static gboolean
set_piece (PhCliOptions *options, const char *word, GError **error)
{
  guint most = longest_piece (options);
  g_autofree char *bytes = NULL;
  guint64 size;

  if (word == NULL || !ph_cli_feeds_are_wanted (options))
    return TRUE;
  options->feed.lines = g_ascii_strcasecmp (word, "line") == 0;
  if (options->feed.lines)
    return TRUE;
  if (ph_size_parse (word, &size) && size >= 1 && size <= most)
    {
      options->feed.piece = (guint) size;
      return TRUE;
    }
  bytes = ph_format_dup_bytes (most, PH_LANGUAGE_USER);
  /* Translators: “--piece: choose a size of up to 65,507 bytes, or “line””; the word line is typed as it is */
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("%s: choose a size of up to %s, or “line”"), "--piece", bytes);

  return FALSE;
}

static gboolean
set_rate (PhCliOptions *options, const char *word, GError **error)
{
  if (word == NULL)
    return TRUE;
  if (!ph_cli_feeds_are_wanted (options))
    return ph_cli_refuse_without (error, "--rate", "--send-file, --input=raw");
  if (ph_rate_parse (word, &options->feed.rate, &options->feed.rate_in_pieces) && options->feed.rate <= PH_FEED_RATE_MAX)
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _("--rate: “%s” is no rate: write bytes a second (100k), or pieces a second (50p)"), word);

  return FALSE;
}

/* Sets seconds; -1 if none were given. */
static gboolean
set_quiet (PhCliOptions *options, const char *text, GError **error)
{
  char *end = NULL;

  options->end_after_quiet = text != NULL ? g_ascii_strtod (text, &end) : -1;
  if (text == NULL || (end != text && *end == '\0' && options->end_after_quiet > 0 && options->end_after_quiet <= G_MAXINT / 1000))
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("%s: choose a number above 0"), "--end-after-quiet");

  return FALSE;
}

/* Datagrams have no end, and a file has a name. */
static gboolean
check_words (const PhCliFeeding *words, const PhTransport *transport, GError **error)
{
  if (words->send_file != NULL && *words->send_file == '\0')
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "%s: %s", "--send-file", _("the name is empty"));
      return FALSE;
    }
  if (!words->half_close_at_end || transport == NULL || ph_transport_is_stream (transport))
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("%s: only for %s"), "--half-close-at-end", "TCP");

  return FALSE;
}

/**
 * ph_cli_feeding_understand:
 * @piece: (nullable): the word of --piece
 * @options: (inout): with its transport, if there is one
 *
 * Returns: %FALSE with @error
 */
gboolean
ph_cli_feeding_understand (const PhCliFeeding *words, const char *piece, PhCliOptions *options, GError **error)
{
  options->send_file = g_strdup (words->send_file);
  options->half_close_at_end = words->half_close_at_end;
  options->end_when_sent = words->end_when_sent;

  return check_words (words, options->transport, error) && set_input (options, words->input, error)
         && set_piece (options, piece, error) && set_rate (options, words->rate, error)
         && set_quiet (options, words->end_after_quiet, error);
}

/* GLib converts strings from the encoding of the locale, which may be ASCII. It leaves file names as they were typed, and all texts here
 * are UTF-8. */

/** ph_cli_feeding_add: has @context parse these options into @words. */
void
ph_cli_feeding_add (GOptionContext *context, PhCliFeeding *words)
{
  const GOptionEntry entries[] = {
    { "send-file", 0, 0, G_OPTION_ARG_FILENAME, &words->send_file, N_("Send this file, in pieces of --piece"), N_("FILE") },
    { "rate", 0, 0, G_OPTION_ARG_FILENAME, &words->rate,
      N_("So many bytes (100k) or pieces (50p) of the file a second; otherwise as fast as possible"), N_("RATE") },
    { "input", 0, 0, G_OPTION_ARG_FILENAME, &words->input,
      N_("Standard input: lines (default), raw: bytes as they come, whole: one message"), N_("FORM") },
    { "half-close-at-end", 0, 0, G_OPTION_ARG_NONE, &words->half_close_at_end,
      N_("TCP: half-close each connection when all has been sent"), NULL },
    { "end-when-sent", 0, 0, G_OPTION_ARG_NONE, &words->end_when_sent, N_("End when all has been sent"), NULL },
    { "end-after-quiet", 0, 0, G_OPTION_ARG_FILENAME, &words->end_after_quiet,
      N_("End when nothing was received or sent for so long"), N_("SECONDS") },
    G_OPTION_ENTRY_NULL,
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

/** ph_cli_feeding_clear: frees what the fields of @words point to. */
void
ph_cli_feeding_clear (PhCliFeeding *words)
{
  g_free (words->send_file);
  g_free (words->rate);
  g_free (words->input);
  g_free (words->end_after_quiet);
}
