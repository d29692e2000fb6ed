/* ph-number.h: counts that people can read
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *ph_number_grouped (guint64 number);

G_END_DECLS
