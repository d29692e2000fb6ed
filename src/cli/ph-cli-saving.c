/* ph-cli-saving.c: the options of a live save, and the save itself
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-cli-saving.h"

#include "ph-cli-check.h"
#include "ph-marks.h"
#include "ph-name-pattern.h"

#include <glib/gi18n.h>
#include <string.h>

/* ---- the options ---- */

/* The last separator of folders that is not inside of a field; NULL if there is none. */
static const char *
find_last_separator (const char *path)
{
  const char *found = NULL;
  gboolean inside = FALSE;

  for (const char *p = path; *p != '\0'; p++)
    if ((*p == '{' || *p == '}') && p[1] == *p)
      p++;
    else if (*p == '{' || *p == '}')
      inside = *p == '{' && strchr (p, '}') != NULL;
    else if (!inside && G_IS_DIR_SEPARATOR (*p))
      found = p;

  return found;
}

/* The folder is taken as it is: only the name has fields. */
static gboolean
set_place (PhCliSave *save, const char *path, GError **error)
{
  const char *separator = find_last_separator (path), *name = separator != NULL ? separator + 1 : path;
  g_autofree char *folder = separator != NULL ? g_strndup (path, (gsize) (separator - path + 1)) : g_strdup (".");
  g_autofree char *shown = ph_marks_dup_filename (folder);
  g_autoptr (PhNamePattern) pattern = NULL;
  gsize at = 0;

  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("%s: “%s” is no folder"), "--save", shown);
      return FALSE;
    }
  if (*name != '\0' && g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "%s: %s", "--save", ph_error_why (PH_ERROR_IS_FOLDER));
      return FALSE;
    }
  pattern = ph_name_pattern_new (name, &at, error);
  if (pattern == NULL)
    {
      /* Translators: %s is “--save”, %lu the position of a character */
      g_prefix_error (error, _("%s, at position %lu of the name: "), "--save", (gulong) at + 1);
      return FALSE;
    }
  save->folder = g_canonicalize_filename (folder, NULL);
  save->pattern = g_strdup (name);

  return TRUE;
}

static gboolean
set_format (PhCliSave *save, const PhCliSaving *words, GError **error)
{
  save->format = PH_FORMAT_RAW;
  if (words->as != NULL && !ph_format_parse (words->as, &save->format))
    return ph_cli_refuse (error, "--save-as", words->as, "raw, log, netassist, netassist-v5, csv, jsonl");
  save->escape = words->escape;
  if (!words->escape || ph_format_escapes (save->format))
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("%s: only for %s"), "--save-escape", "netassist, netassist-v5, csv");

  return FALSE;
}

static gboolean
set_every (PhCliSave *save, const char *word, GError **error)
{
  save->every = PH_SAVE_EVERY_NEVER;
  if (word == NULL || ph_save_every_parse (word, &save->every, error))
    return TRUE;
  g_prefix_error_literal (error, "--save-every: ");

  return FALSE;
}

static gboolean
set_direction (PhCliSave *save, const char *word, GError **error)
{
  save->sides = g_strcmp0 (word, "both") == 0 ? PH_EXPORT_BOTH : PH_EXPORT_RECEIVED;

  return word == NULL || g_str_equal (word, "in") || g_str_equal (word, "both")
         || ph_cli_refuse (error, "--save-direction", word, "in, both");
}

/* The first option given that makes no sense without --save; NULL if there is none. */
static const char *
find_useless (const PhCliSaving *words)
{
  const struct
  {
    const char *option;
    gboolean given;
  } useless[] = {
    { "--save-as", words->as != NULL },
    { "--save-every", words->every != NULL },
    { "--save-per-peer", words->per_peer },
    { "--save-direction", words->direction != NULL },
    { "--save-escape", words->escape },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (useless); i++)
    if (useless[i].given)
      return useless[i].option;

  return NULL;
}

/**
 * ph_cli_saving_understand:
 * @options: (inout): gets its save
 *
 * Returns: %FALSE with @error
 */
gboolean
ph_cli_saving_understand (const PhCliSaving *words, PhCliOptions *options, GError **error)
{
  PhCliSave *save = &options->save;
  const char *useless = find_useless (words);

  if (words->save == NULL)
    return useless == NULL || ph_cli_refuse_without (error, useless, "--save");
  save->per_peer = words->per_peer;

  return set_format (save, words, error) && set_every (save, words->every, error) && set_direction (save, words->direction, error)
         && set_place (save, words->save, error);
}

/** ph_cli_saving_add: has @context parse these options into @words. */
void
ph_cli_saving_add (GOptionContext *context, PhCliSaving *words)
{
  /* GLib converts strings from the encoding of the locale, which may be ASCII. It leaves file names as they were typed. */
  const GOptionEntry entries[] = {
    { "save", 0, 0, G_OPTION_ARG_FILENAME, &words->save,
      N_("Write what is received to a new file while it runs; its name may have {local} {peer} {time} {n}"), N_("FILE") },
    { "save-as", 0, 0, G_OPTION_ARG_FILENAME, &words->as,
      N_("In which format: raw (default), log, netassist, netassist-v5, csv, jsonl"), N_("NAME") },
    { "save-every", 0, 0, G_OPTION_ARG_FILENAME, &words->every,
      N_("Begin a new file after so many bytes (64MiB), or at that time of day (00:00)"), N_("SIZE|HH:MM") },
    { "save-per-peer", 0, 0, G_OPTION_ARG_NONE, &words->per_peer, N_("A file for each peer"), NULL },
    { "save-direction", 0, 0, G_OPTION_ARG_FILENAME, &words->direction,
      N_("What is saved: in (default): what is received; both: what is sent, too"), N_("NAME") },
    { "save-escape", 0, 0, G_OPTION_ARG_NONE, &words->escape,
      N_("Mark lines of a payload that look like a header (netassist) or a formula (csv)"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

/** ph_cli_saving_clear: frees what the fields of @words point to. */
void
ph_cli_saving_clear (PhCliSaving *words)
{
  g_free (words->save);
  g_free (words->as);
  g_free (words->every);
  g_free (words->direction);
}

/* ---- the save ---- */

/**
 * ph_cli_saving_begin:
 * @session: before it is opened
 * @ret_save: (out) (transfer full) (nullable): %NULL where nothing is to be saved
 *
 * Returns: %FALSE if it cannot begin; that is printed
 */
gboolean
ph_cli_saving_begin (const PhCliOptions *options, PhSession *session, PhLiveSave **ret_save)
{
  const PhCliSave *save = &options->save;
  const PhLiveSaveSpec spec = { .folder = save->folder,
                                .pattern = save->pattern,
                                .every = save->every,
                                .per_peer = save->per_peer,
                                .form = { .format = save->format,
                                          .sides = save->sides,
                                          .escape = save->escape,
                                          .payload = { options->send.hex, options->charset } } };
  g_autoptr (GError) error = NULL;

  if (save->folder == NULL)
    return TRUE;
  *ret_save = ph_live_save_new (session, &spec, &error);
  if (*ret_save == NULL)
    g_printerr ("porthole-cli: %s\n", error->message);

  return *ret_save != NULL;
}

/**
 * ph_cli_saving_end:
 * @save: (nullable) (transfer full): of a session that is closed
 *
 * Waits until all is written. What is not is printed.
 *
 * Returns: whether all is
 */
gboolean
ph_cli_saving_end (PhLiveSave *save)
{
  g_auto (PhLiveSaveStatus) status = { 0 };
  g_autofree char *count = NULL;
  gboolean whole;

  if (save == NULL)
    return TRUE;
  whole = ph_live_save_finish (save);
  ph_live_save_get_status (save, &status);
  if (status.failure != NULL)
    g_printerr ("porthole-cli: %s\n", status.failure);
  count = ph_format_dup_grouped (status.missing);
  if (status.missing > 0)
    g_printerr (ngettext ("porthole-cli: %s record is not in the files of --save\n",
                          "porthole-cli: %s records are not in the files of --save\n", (gulong) MIN (status.missing, G_MAXINT)), count);
  ph_live_save_free (save);

  return whole;
}
