/* ph-cli-main.c: porthole-cli: the engine of Porthole without a window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-cli-interrupt.h"
#include "ph-cli-run.h"
#include "ph-plat.h"

#include <glib/gi18n.h>
#include <locale.h>

int
main (int argc, char **argv)
{
  PhCliOptions options;
  PhCliWish wish;
  int status = 0;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, PH_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  ph_plat_init ();

  wish = ph_cli_options_parse (&options, argc, argv);
  if (wish == PH_CLI_RUN)
    {
      g_autoptr (PhCliRun) run = NULL;

      ph_cli_interrupt_prepare ();
      run = ph_cli_run_new (&options);
      ph_cli_interrupt_watch (ph_cli_run_stop_cb, run);
      status = ph_cli_run (run);
    }
  ph_cli_options_clear (&options);

  return wish == PH_CLI_WRONG ? 2 : status;
}
