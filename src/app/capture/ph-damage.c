/* ph-damage.c: the messages about a damaged capture file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-damage.h"

#include "ph-format.h"
#include "ph-session-capture.h"

#include <glib/gi18n.h>

/* Which record is the first that is missing or changed, numbered as in the log. */
static char *
dup_place (const PhProof *proof)
{
  g_autofree char *number = ph_format_dup_grouped (proof->number);

  if (proof->state == PH_PROOF_CHANGED)
    return g_strdup_printf (_("It was changed at record %s."), number);
  if (proof->state == PH_PROOF_MISSING)
    return g_strdup_printf (_("Records are missing from record %s on."), number);

  return g_strdup_printf (_("It is cut off at record %s."), number);
}

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
  if (missing > 0)
    {
      g_autofree char *number = ph_format_dup_grouped (missing);

      return g_strdup_printf (ngettext ("This file is damaged: %s record is missing", "This file is damaged: %s records are missing",
                                        missing), number);
    }

  return g_strdup (ph_store_get_proof (ph_session_get_store (session)).state == PH_PROOF_CHANGED
                     ? _("This file is not what was written")
                     : _("The end of this file is missing"));
}

/**
 * ph_damage_dup_more:
 *
 * Returns: (transfer full) (nullable): more sentences: from which record on, and whether the end is missing as well
 */
char *
ph_damage_dup_more (PhSession *session)
{
  PhProof proof = ph_store_get_proof (ph_session_get_store (session));
  gboolean cut = ph_store_is_cut (ph_session_get_store (session)), missing = ph_session_get_missing (session) > 0;
  g_autofree char *place = dup_place (&proof);

  if (!ph_session_is_damaged (session))
    return NULL;
  if (cut && (missing || proof.state == PH_PROOF_CHANGED))
    return g_strdup_printf ("%s %s", place, _("Its end is missing too."));

  return g_steal_pointer (&place);
}
