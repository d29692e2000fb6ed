/* ph-rate.h: a rate as people type it: 100k (bytes a second), 50p (pieces a second)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean ph_rate_parse (const char *text, guint64 *ret_rate, gboolean *ret_in_pieces);

G_END_DECLS
