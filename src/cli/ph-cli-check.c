/* ph-cli-check.c: checks words of the command line: numbers, counts and choices, with errors that name the option
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-cli-check.h"

#include <glib/gi18n.h>

/** ph_cli_refuse: sets an error: @word is none of @known. Returns: %FALSE */
gboolean
ph_cli_refuse (GError **error, const char *option, const char *word, const char *known)
{
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("%s: “%s” is none of %s"), option, word, known);

  return FALSE;
}

/** ph_cli_refuse_without: sets an error: @option makes sense only with @missing. Returns: %FALSE */
gboolean
ph_cli_refuse_without (GError **error, const char *option, const char *missing)
{
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("%s makes sense only with %s"), option, missing);

  return FALSE;
}

/**
 * ph_cli_check_number:
 * @ret_value: (out): written if the number was given
 * @error: it is less than @min or more than @max
 *
 * Returns: %FALSE with @error
 */
gboolean
ph_cli_check_number (guint *ret_value, const char *option, gint64 given, guint min, guint max, GError **error)
{
  if (given == PH_CLI_NOT_GIVEN)
    return TRUE;
  if (given < min || given > max)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("%s: choose a number from %u to %u"), option, min,
                   max);
      return FALSE;
    }
  *ret_value = (guint) given;

  return TRUE;
}

/**
 * ph_cli_check_count:
 * @ret_count: (out): above 0; 0 if none was given
 *
 * Returns: %FALSE with @error
 */
gboolean
ph_cli_check_count (guint64 *ret_count, const char *option, gint64 given, GError **error)
{
  *ret_count = given != PH_CLI_NOT_GIVEN ? (guint64) given : 0;
  if (given == PH_CLI_NOT_GIVEN || given > 0)
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("%s: choose a number above 0"), option);

  return FALSE;
}
