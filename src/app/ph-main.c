/* ph-main.c: starts the window program: checks the command line, sets up locale and network, runs the application
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-application.h"
#include "ph-command-line.h"
#include "ph-plat.h"

#include <glib/gi18n.h>
#include <locale.h>

#define EXIT_USAGE 2

/* A locale that this system does not have is no reason not to start: the window then speaks English. */
static void
set_up_locale (void)
{
  if (setlocale (LC_ALL, "") == NULL)
    setlocale (LC_ALL, "C.UTF-8");
  gtk_disable_setlocale ();
  bindtextdomain (GETTEXT_PACKAGE, PH_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

/* Tells here and now what is wrong with the arguments, before any window, and before another instance is asked. */
static gboolean
check_arguments (char **argv, int *ret_status)
{
  g_auto (PhCommandLine) line = { 0 };
  g_autoptr (GError) error = NULL;

  if (!ph_command_line_parse (argv, TRUE, &line, &error))
    {
      g_printerr ("porthole: %s\n", error->message);
      g_printerr (_("“porthole --help” tells what can be said.\n"));
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

int
main (int argc, char **argv)
{
  g_autoptr (PhApplication) application = NULL;
  int status;

  set_up_locale ();
  g_set_prgname ("porthole");
  g_set_application_name (_("Porthole"));
  if (!check_arguments (argv, &status))
    return status;
  ph_plat_init ();
  application = ph_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}
