/* ph-plat-stdio.h: standard input, output and error: bytes go through unchanged, words reach their reader
 *
 * One implementation per platform; meson.build picks it. Pipes and files carry bytes as they are. A terminal shows and
 * gives UTF-8 whatever it is underneath, and a line typed on it ends in one line feed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void ph_plat_stdio_init (gboolean window);
gssize ph_plat_stdio_read (guint8 *buffer, gsize size);
gboolean ph_plat_stdio_write (const char *bytes, gsize length, GError **error);
void ph_plat_stdio_alert (const char *words);

G_END_DECLS
