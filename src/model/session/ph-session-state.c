/* ph-session-state.c: the states of a session, for properties and expressions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-session.h"

GType
ph_session_state_get_type (void)
{
  static const GEnumValue values[] = {
    { PH_SESSION_CLOSED, "PH_SESSION_CLOSED", "closed" },
    { PH_SESSION_OPENING, "PH_SESSION_OPENING", "opening" },
    { PH_SESSION_OPEN, "PH_SESSION_OPEN", "open" },
    { PH_SESSION_HALF_CLOSED, "PH_SESSION_HALF_CLOSED", "half-closed" },
    { PH_SESSION_CLOSING, "PH_SESSION_CLOSING", "closing" },
    { 0, NULL, NULL },
  };
  static gsize type;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("PhSessionState", values));

  return type;
}
