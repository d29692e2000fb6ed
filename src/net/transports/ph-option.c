/* ph-option.c: the options of all transports, and what their values may be
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-option.h"

#include "ph-transport.h"

#include <glib/gi18n.h>

static gboolean
is_listed_before (const PhOptionSpec *spec, guint transport)
{
  for (guint i = 0; i < transport; i++)
    if (ph_transport_has_option (ph_transport_at (i), spec))
      return TRUE;

  return FALSE;
}

/**
 * ph_option_at:
 *
 * Returns: (nullable) (transfer none): a row; each is there once, in the order of the transports. %NULL past the last
 */
const PhOptionSpec *
ph_option_at (guint index)
{
  const PhTransport *transport;

  for (guint i = 0; (transport = ph_transport_at (i)) != NULL; i++)
    for (guint j = 0; transport->options[j] != NULL; j++)
      if (!is_listed_before (transport->options[j], i) && index-- == 0)
        return transport->options[j];

  return NULL;
}

/**
 * ph_option_check:
 * @error: %PH_ERROR_INVALID; begins with the id
 *
 * Returns: %TRUE if @value is in the range; else %FALSE with @error set
 */
gboolean
ph_option_check (const PhOptionSpec *spec, gint64 value, GError **error)
{
  if (value >= spec->min && value <= spec->max)
    return TRUE;
  g_set_error (error, PH_ERROR, PH_ERROR_INVALID, _("%s: choose a number from %u to %u"), spec->id, spec->min, spec->max);

  return FALSE;
}
