/* ph-charset-private.h: what both directions of a conversion share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-charset.h"

G_BEGIN_DECLS

void ph_charset_set_lacking (GError **error, const PhCharset *charset);
gsize ph_utf8_run (const guint8 *bytes, gsize length, gboolean *ret_cut);

G_END_DECLS
