/* ph-command-line.c: reads the arguments of the window program
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-command-line.h"

#include "ph-capture-file.h"
#include "ph-charset.h"
#include "ph-arguments.h"

#include <glib/gi18n.h>
#include <string.h>

/* The options as they were typed. */
typedef struct
{
  char *local;
  char *remote;
  char *encoding;
  char **words;
} Raw;

static void
raw_clear (Raw *raw)
{
  g_free (raw->local);
  g_free (raw->remote);
  g_free (raw->encoding);
  g_strfreev (raw->words);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Raw, raw_clear)

/**
 * ph_command_line_clear:
 * @line: filled by ph_command_line_parse(), or zeros
 */
void
ph_command_line_clear (PhCommandLine *line)
{
  g_clear_pointer (&line->endpoint, ph_endpoint_free);
  g_clear_pointer (&line->encoding, g_free);
  g_clear_pointer (&line->files, g_strfreev);
}

static gboolean
parse_options (char **argv, gboolean help, Raw *raw, PhCommandLine *line, GError **error)
{
  g_autofree char *known = ph_arguments_transports ("|");
  g_autofree char *words = g_strdup_printf ("[%s]", known);
  const GOptionEntry entries[] = {
    { "local", 0, 0, G_OPTION_ARG_STRING, &raw->local, N_("Local address and port"), N_("ADDRESS:PORT") },
    { "remote", 0, 0, G_OPTION_ARG_STRING, &raw->remote, N_("Remote address and port"), N_("HOST:PORT") },
    { "encoding", 0, 0, G_OPTION_ARG_STRING, &raw->encoding, N_("Encoding of text, both ways"), N_("NAME") },
    { "hex", 0, 0, G_OPTION_ARG_NONE, &line->hex, N_("Show and type hex"), NULL },
    { "open", 0, 0, G_OPTION_ARG_NONE, &line->open, N_("Open it at once"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &line->version, N_("Tell the version"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &raw->words, NULL, words },
    { 0 },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_auto (GStrv) copy = g_strdupv (argv);

  g_option_context_set_summary (context, _("Opens a tab; with a protocol, one for that endpoint; with files, one for each recording."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_set_help_enabled (context, help);

  return g_option_context_parse_strv (context, &copy, error);
}

static gboolean
check_encoding (const char *id, PhCommandLine *line, GError **error)
{
  const PhCharset *charset = ph_charset_find (id);

  if (charset == NULL)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("there is no encoding “%s”"), id);
      return FALSE;
    }
  if (!ph_charset_check (charset, error))
    return FALSE;
  line->encoding = g_strdup (charset->id);

  return TRUE;
}

/* Whether it is a path, or named as a capture is. */
static gboolean
is_file (const char *word)
{
  return g_str_has_suffix (word, PH_CAPTURE_SUFFIX) || strchr (word, G_DIR_SEPARATOR) != NULL || strchr (word, '/') != NULL;
}

static gboolean
check_files (const Raw *raw, PhCommandLine *line, GError **error)
{
  if (raw->local != NULL || raw->remote != NULL || line->open)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, _("“%s” is a file: it has no addresses"), raw->words[0]);
      return FALSE;
    }
  line->files = g_strdupv (raw->words);

  return TRUE;
}

static gboolean
check_endpoint (const Raw *raw, PhCommandLine *line, GError **error)
{
  if (raw->words == NULL)
    {
      g_autofree char *known = ph_arguments_transports (", ");

      if (raw->local == NULL && raw->remote == NULL && !line->open)
        return TRUE;
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, _("say a protocol first: one of %s"), known);
      return FALSE;
    }
  if (is_file (raw->words[0]))
    return check_files (raw, line, error);
  if (raw->words[1] != NULL)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, _("“%s” is one word too many"), raw->words[1]);
      return FALSE;
    }
  line->endpoint = ph_arguments_endpoint (raw->words[0], raw->local, raw->remote, FALSE, error);

  return line->endpoint != NULL;
}

/**
 * ph_command_line_parse:
 * @argv: the name of the program is first
 * @help: whether --help prints and ends the process
 * @ret_line: (out): freed by ph_command_line_clear()
 * @error: a sentence for the user
 */
gboolean
ph_command_line_parse (char **argv, gboolean help, PhCommandLine *ret_line, GError **error)
{
  g_auto (PhCommandLine) line = { 0 };
  g_auto (Raw) raw = { 0 };

  if (!parse_options (argv, help, &raw, &line, error))
    return FALSE;
  if (!line.version && raw.encoding != NULL && !check_encoding (raw.encoding, &line, error))
    return FALSE;
  if (!line.version && !check_endpoint (&raw, &line, error))
    return FALSE;
  *ret_line = line;
  line = (PhCommandLine) { 0 };

  return TRUE;
}
