/* ph-appearance.h: light or dark, and the style sheets for it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void ph_appearance_init (void);

G_END_DECLS
