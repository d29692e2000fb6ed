/* ph-plain.h: characters of input methods, documents and web pages as the ASCII characters that they stand for
 *
 * For addresses, ports and hex, whose grammar is ASCII: full-width digits and punctuation, typographic blanks, dashes,
 * quotes and brackets, characters without a width. Not for text that is sent.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gunichar ph_plain_char (gunichar c);
char *ph_plain_dup_text (const char *text);

G_END_DECLS
