/* ph-main.c: starts the window program: checks the command line, sets up locale and network, runs the application
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-application.h"
#include "ph-captures-here.h"
#include "ph-closed-tabs.h"
#include "ph-command-line.h"
#include "ph-commands-here.h"
#include "ph-marks.h"
#include "ph-plat-desktop.h"
#include "ph-plat-paths.h"
#include "ph-plat-stdio.h"
#include "ph-plat.h"

#include <glib/gi18n.h>
#include <locale.h>

#define EXIT_USAGE 2

/* Without the locale that the user asked for, the window starts in English. */
static void
set_up_locale (void)
{
  if (setlocale (LC_ALL, "") == NULL)
    setlocale (LC_ALL, "C.UTF-8");
  gtk_disable_setlocale ();
  ph_plat_bind_translations ();
}

/* Checks the arguments before there is a window, and before another instance gets them. */
static gboolean
check_arguments (char **argv, int *ret_status)
{
  g_auto (PhCommandLine) line = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *shown = NULL;

  if (!ph_command_line_parse (argv, TRUE, &line, &error))
    {
      shown = ph_marks_dup (error->message, -1, PH_MARKS_LINE_MAX);
      /* In one call: without a terminal each call is a message box. */
      g_printerr ("porthole: %s\n%s", shown, _("“porthole --help” tells what can be said.\n"));
      *ret_status = EXIT_USAGE;
      return FALSE;
    }
  if (line.version)
    {
      g_print ("porthole %s\n", PH_VERSION);
      *ret_status = 0;
      return FALSE;
    }

  return TRUE;
}

/* GTK aborts when one of its own schemas is missing, but only when a file or a character is chosen. So they are looked for
 * at the start. Porthole's schema is built in. */
static gboolean
check_schemas (void)
{
  static const char *const needed[] = { "org.gtk.gtk4.Settings.FileChooser", "org.gtk.gtk4.Settings.EmojiChooser" };
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();

  for (gsize i = 0; i < G_N_ELEMENTS (needed); i++)
    {
      g_autoptr (GSettingsSchema) schema = NULL;
      g_autofree char *words = NULL;

      if (source != NULL)
        schema = g_settings_schema_source_lookup (source, needed[i], TRUE);
      if (schema != NULL)
        continue;
      words = g_strdup_printf (_("Porthole cannot start, because a file of GTK is missing: share/glib-2.0/schemas/"
                                 "gschemas.compiled, with the settings “%s” in it. Unpack Porthole again, or install "
                                 "GTK again."), needed[i]);
      ph_plat_stdio_alert (words);
      return FALSE;
    }

  return TRUE;
}

int
main (int argc, char **argv)
{
  g_auto (GStrv) args = ph_plat_dup_args (argc, argv);
  g_autoptr (PhApplication) application = NULL;
  int status;

  set_up_locale ();
  g_set_prgname ("porthole");
  g_set_application_name (_("Porthole"));
  ph_plat_stdio_init (TRUE);
  if (!check_arguments (args, &status))
    return status;
  if (!check_schemas ())
    return 1;
  ph_plat_init ();
  ph_plat_desktop_init ();
  application = ph_application_new ();
  status = g_application_run (G_APPLICATION (application), (int) g_strv_length (args), args);
  ph_closed_tabs_forget ();
  g_clear_object (&application);
  ph_commands_here_end ();
  ph_captures_here_end ();
  g_settings_sync ();

  return status;
}
