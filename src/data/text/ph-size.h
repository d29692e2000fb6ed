/* ph-size.h: a number of bytes as people type it: 4096, 64k, 64KiB, 1.5 MB
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean ph_size_parse (const char *text, guint64 *ret_bytes);

G_END_DECLS
