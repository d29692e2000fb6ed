/* ph-clear-after.h: takes a message out of the box when it was sent, and brings it back if it was not
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-message.h"

G_BEGIN_DECLS

#define PH_TYPE_CLEAR_AFTER (ph_clear_after_get_type ())
G_DECLARE_FINAL_TYPE (PhClearAfter, ph_clear_after, PH, CLEAR_AFTER, GObject)

PhClearAfter *ph_clear_after_new (PhMessage *message, PhSession *session);
void ph_clear_after_sent (PhClearAfter *clear);

G_END_DECLS
