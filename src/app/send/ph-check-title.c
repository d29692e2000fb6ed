/* ph-check-title.c: what check bytes, and bytes around a message, are called in one line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-check-title.h"

#include <glib/gi18n.h>

/**
 * ph_check_title:
 * @row: of the table, or a CRC of one's own
 *
 * Main thread.
 *
 * Returns: (transfer none): such as “CRC-16/MODBUS”
 */
const char *
ph_check_title (const PhCheckRow *row)
{
  g_autofree char *title = g_ascii_strup (row->id, -1);

  return g_str_equal (row->id, "crc") ? _("Own CRC") : g_intern_string (title);
}

/**
 * ph_check_title_dup:
 *
 * Returns: (transfer full) (nullable): such as “Bytes around · CRC-16/MODBUS”; %NULL where @format adds no bytes
 */
char *
ph_check_title_dup (const PhPayloadFormat *format)
{
  const char *around = format->prefix != NULL || format->suffix != NULL ? _("Bytes around") : NULL;
  PhCheckSpec spec;
  const char *check = format->check != NULL && ph_check_parse (format->check, &spec, NULL) ? ph_check_title (&spec.row) : NULL;

  if (around != NULL && check != NULL)
    return g_strconcat (around, " · ", check, NULL);

  return g_strdup (check != NULL ? check : around);
}
