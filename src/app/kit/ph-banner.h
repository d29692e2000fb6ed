/* ph-banner.h: shows an error message over the log until it is dismissed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define PH_TYPE_BANNER (ph_banner_get_type ())
G_DECLARE_FINAL_TYPE (PhBanner, ph_banner, PH, BANNER, GtkBox)

void ph_banner_show (PhBanner *banner, const char *message, const char *hint);
void ph_banner_add (PhBanner *banner, const char *message, const char *hint);
void ph_banner_dismiss (PhBanner *banner);

G_END_DECLS
