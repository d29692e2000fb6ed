/* ph-cli-showing.c: the options that say how records are shown: the form of payloads, and the time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-cli-showing.h"

#include "ph-cli-check.h"

#include <glib/gi18n.h>

#define FORMS "text, hex, auto, dump"
#define TIMES "time, date, open, previous, none, ms, us, ns"

/* Scripts may always give an option: where it does nothing, that is told and is no error. */
static void
tell_useless (const char *option)
{
  g_printerr ("porthole-cli: %s: %s\n", option, _("this does nothing in the format that was chosen"));
}

static gboolean
set_show (PhCliOptions *options, const char *word, GError **error)
{
  static const char *const forms[] = {
    [PH_CLI_SHOW_TEXT] = "text",
    [PH_CLI_SHOW_HEX] = "hex",
    [PH_CLI_SHOW_AUTO] = "auto",
    [PH_CLI_SHOW_DUMP] = "dump",
  };

  for (guint i = PH_CLI_SHOW_TEXT; i < G_N_ELEMENTS (forms) && word != NULL; i++)
    if (g_str_equal (forms[i], word))
      options->show = (PhCliShow) i;
  if (word != NULL && options->show == PH_CLI_SHOW_AS_SENT)
    return ph_cli_refuse (error, "--show", word, FORMS);
  if (options->show == PH_CLI_SHOW_DUMP && options->format == PH_FORMAT_NETASSIST)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("--show: the log of NetAssist has no dump, only text and hex"));
      return FALSE;
    }
  if (word != NULL && options->format != PH_FORMAT_LOG && options->format != PH_FORMAT_NETASSIST)
    tell_useless ("--show");

  return TRUE;
}

/* A kind of time, with a date or without. */
static gboolean
find_kind (const char *word, PhTimeKind *ret_kind, gboolean *ret_date)
{
  static const struct
  {
    const char *word;
    PhTimeKind kind;
    gboolean date;
  } kinds[] = {
    { "time", PH_TIME_OF_DAY, FALSE },         { "date", PH_TIME_OF_DAY, TRUE }, { "open", PH_TIME_SINCE_OPENING, FALSE },
    { "previous", PH_TIME_SINCE_RECORD, FALSE }, { "none", PH_TIME_NONE, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].word, word))
      {
        *ret_kind = kinds[i].kind;
        *ret_date = kinds[i].date;
        return TRUE;
      }

  return FALSE;
}

static gboolean
find_digits (const char *word, guint *ret_digits)
{
  static const char *const digits[] = { "ms", "us", "ns" };

  for (guint i = 0; i < G_N_ELEMENTS (digits); i++)
    if (g_str_equal (digits[i], word))
      {
        *ret_digits = i;
        return TRUE;
      }

  return FALSE;
}

/* A kind, digits, or both, in any order. */
static gboolean
set_time (PhCliOptions *options, const char *text, GError **error)
{
  static const PhTimeFormat formats[2][3] = {
    { PH_TIME_MILLISECONDS, PH_TIME_MICROSECONDS, PH_TIME_NANOSECONDS },
    { PH_TIME_DATE, PH_TIME_DATE_MICROSECONDS, PH_TIME_DATE_NANOSECONDS },
  };
  g_auto (GStrv) words = text != NULL ? g_strsplit (text, ",", 3) : NULL;
  gboolean has_kind = FALSE, has_digits = FALSE, date = FALSE;
  guint digits = 0;

  if (text != NULL && *text == '\0')
    return ph_cli_refuse (error, "--time", text, TIMES);
  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    if (!has_kind && find_kind (words[i], &options->time_kind, &date))
      has_kind = TRUE;
    else if (!has_digits && find_digits (words[i], &digits))
      has_digits = TRUE;
    else if (find_kind (words[i], &options->time_kind, &date) || find_digits (words[i], &digits))
      {
        g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("--time: “%s” is one word too many"), words[i]);
        return FALSE;
      }
    else
      return ph_cli_refuse (error, "--time", words[i], TIMES);
  options->time = formats[date][digits];
  if (text != NULL && options->format != PH_FORMAT_LOG)
    tell_useless ("--time");

  return TRUE;
}

/**
 * ph_cli_showing_understand:
 * @options: (inout): with its format
 *
 * Returns: %FALSE with @error
 */
gboolean
ph_cli_showing_understand (const PhCliShowing *words, PhCliOptions *options, GError **error)
{
  return set_show (options, words->show, error) && set_time (options, words->time, error);
}

/** ph_cli_showing_add: Adds the entries, which write to @words. */
void
ph_cli_showing_add (GOptionContext *context, PhCliShowing *words)
{
  const GOptionEntry entries[] = {
    { "show", 0, 0, G_OPTION_ARG_FILENAME, &words->show,
      N_("How payloads are shown, whatever form they are sent in: text, hex, auto, dump"), N_("FORM") },
    { "time", 0, 0, G_OPTION_ARG_FILENAME, &words->time,
      N_("Of records: time (default), date, since open or previous, none; with ms, us or ns: date,us"), N_("KIND[,DIGITS]") },
    G_OPTION_ENTRY_NULL,
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

/** ph_cli_showing_clear: Frees the strings, not @words. */
void
ph_cli_showing_clear (PhCliShowing *words)
{
  g_clear_pointer (&words->show, g_free);
  g_clear_pointer (&words->time, g_free);
}
