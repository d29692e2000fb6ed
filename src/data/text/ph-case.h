/* ph-case.h: case folding: which characters are equal where case is ignored
 *
 * One character for one, as Unicode's simple folding: “ß” is equal to “ẞ” and not to “ss”. The Turkish “İ” and “ı” are equal to
 * nothing but themselves.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gunichar ph_case_fold (gunichar c);
void ph_case_append_equal (gunichar c, GArray *characters);

G_END_DECLS
