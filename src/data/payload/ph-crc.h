/* ph-crc.h: any CRC of up to 64 bits, eight bytes at a time
 *
 * Parameters are those of the Rocksoft model, as the CRC catalogue lists them. Any thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PhCrcModel: which CRC.
 * @width: in bits, 1 to 64
 * @poly: the polynomial without its highest term, highest bit first
 * @init: of the register, highest bit first
 * @refin: whether the lowest bit of a byte comes first
 * @refout: whether the register is reversed before @xorout
 * @xorout: goes over the result
 */
typedef struct
{
  guint8 width;
  gboolean refin, refout;
  guint64 poly, init, xorout;
} PhCrcModel;

typedef struct _PhCrc PhCrc;

PhCrc *ph_crc_new (const PhCrcModel *model);
void ph_crc_free (PhCrc *crc);
guint64 ph_crc_compute (const PhCrc *crc, const guint8 *bytes, gsize length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhCrc, ph_crc_free)

G_END_DECLS
