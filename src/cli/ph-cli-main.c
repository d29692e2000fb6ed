/* ph-cli-main.c: starts porthole-cli: locale, network, command line, and then a session or a capture
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-capture-end.h"
#include "ph-cli-read.h"
#include "ph-cli-run.h"
#include "ph-cli-wake.h"
#include "ph-plat-interrupt.h"
#include "ph-plat-paths.h"
#include "ph-plat-stdio.h"
#include "ph-plat.h"
#include "ph-store.h"

#include <glib/gi18n.h>
#include <locale.h>

#define MAIN_LOOP_DESCRIPTORS 2 /* GLib ends the program where its main loop gets none: a pipe, if not an eventfd */

static int
cannot_start (const GError *error)
{
  g_printerr (_("porthole-cli: cannot start: %s\n"), error->message);
  g_printerr ("%s\n", ph_error_hint ((PhError) error->code, 0, FALSE));

  return 1;
}

int
main (int argc, char **argv)
{
  g_auto (GStrv) args = ph_plat_dup_args (argc, argv);
  PhCliOptions options;
  PhCliWish wish;
  int status = 0;

  setlocale (LC_ALL, "");
  ph_plat_bind_translations ();
  ph_plat_stdio_init (FALSE);
  ph_plat_init ();

  wish = ph_cli_options_parse (&options, args);
  if (wish == PH_CLI_RUN)
    {
      g_autoptr (PhCliRun) run = NULL;
      g_autoptr (GError) error = NULL;

      ph_plat_interrupt_prepare ();
      if (!ph_plat_has_memory (PH_STORE_LEFT_OVER))
        ph_error_no_memory (&error);
      else if (ph_plat_has_descriptors (MAIN_LOOP_DESCRIPTORS, &error))
        {
          run = ph_cli_run_new (&options);
          /* The source is never freed: it lives as long as the program. */
          ph_plat_interrupt_watch ((PhInterruptFunc) ph_cli_wake_set_off, ph_cli_wake_new (ph_cli_run_stop_cb, run));
        }
      if (error == NULL)
        status = ph_cli_run (run);
      else
        status = cannot_start (error);
    }
  if (wish == PH_CLI_READ)
    status = options.verify ? ph_cli_verify (&options) : ph_cli_read (&options);
  ph_capture_end_wait ();
  ph_cli_options_clear (&options);

  return wish == PH_CLI_WRONG ? 2 : status;
}
