/* ph-sequences.h: the byte sequences that decode to a character
 *
 * Some encodings have several for one character, such as 87 9A, ED 40 and EE F9 in Shift-JIS. Text is encoded as one of them, but
 * a peer may send any.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-charset.h"

G_BEGIN_DECLS

#define PH_SEQUENCE_MAX 4u /* bytes of a character, in all encodings of the table */

typedef struct
{
  guint8 bytes[PH_SEQUENCE_MAX];
  guint8 length;
} PhSequence;

gboolean ph_sequences_append (const PhCharset *charset, gunichar c, GArray *sequences, GError **error);

G_END_DECLS
