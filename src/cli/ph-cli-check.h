/* ph-cli-check.h: checks words of the command line: numbers, counts and choices, with errors that name the option
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define PH_CLI_NOT_GIVEN G_MININT64 /* a number */

gboolean ph_cli_refuse (GError **error, const char *option, const char *word, const char *known);
gboolean ph_cli_refuse_without (GError **error, const char *option, const char *missing);
gboolean ph_cli_check_number (guint *ret_value, const char *option, gint64 given, guint min, guint max, GError **error);
gboolean ph_cli_check_count (guint64 *ret_count, const char *option, gint64 given, GError **error);

G_END_DECLS
