/* ph-is-text.h: whether bytes are text, as far as one can tell
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-charset.h"

G_BEGIN_DECLS

#define PH_IS_TEXT_BYTES 1024u /* of a payload, that are looked at */

gboolean ph_is_text (PhDecoder *decoder, const guint8 *bytes, gsize length, gboolean stream, GString *scratch);

G_END_DECLS
