/* ph-joiner.h: whether an invisible joiner, U+200C or U+200D, joins the characters beside it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define PH_JOINER_NONE 0x200Cu /* ZERO WIDTH NON-JOINER */
#define PH_JOINER_JOIN 0x200Du /* ZERO WIDTH JOINER */

gboolean ph_joiner_is (gunichar c);
gboolean ph_joiner_joins (const char *start, const char *at, const char *end);

G_END_DECLS
