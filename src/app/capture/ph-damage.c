/* ph-damage.c: the messages about a damaged capture file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-damage.h"

#include "ph-session-capture.h"

#include <glib/gi18n.h>

/**
 * ph_damage_dup_words:
 *
 * Returns: (transfer full) (nullable): what the file misses, as far as it is folded; %NULL if nothing
 */
char *
ph_damage_dup_words (PhSession *session)
{
  gulong missing = (gulong) MIN (ph_session_get_missing (session), G_MAXULONG);

  if (!ph_session_is_damaged (session))
    return NULL;
  if (missing == 0)
    return g_strdup (_("The end of this file is missing"));

  return g_strdup_printf (ngettext ("This file is damaged: %lu record is missing",
                                    "This file is damaged: %lu records are missing", missing), missing);
}

/**
 * ph_damage_get_more:
 *
 * Returns: (nullable): a second sentence, if the end of the file is missing as well as records before it
 */
const char *
ph_damage_get_more (PhSession *session)
{
  gboolean cut = ph_session_is_damaged (session) && ph_store_is_cut (ph_session_get_store (session));

  return cut && ph_session_get_missing (session) > 0 ? _("Its end is missing too.") : NULL;
}
