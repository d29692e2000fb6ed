/* ph-responder.c: the table of responders
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-responders.h"

static const PhResponder *const responders[] = {
  &ph_echo_responder,
};

/** ph_responder_at: any thread. Returns: (nullable) (transfer none): a row; %NULL past the last */
const PhResponder *
ph_responder_at (guint index)
{
  return index < G_N_ELEMENTS (responders) ? responders[index] : NULL;
}

/**
 * ph_responder_find:
 * @id: (nullable):
 *
 * Any thread.
 *
 * Returns: (nullable) (transfer none): the row with this id
 */
const PhResponder *
ph_responder_find (const char *id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (responders); i++)
    if (g_strcmp0 (responders[i]->id, id) == 0)
      return responders[i];

  return NULL;
}
