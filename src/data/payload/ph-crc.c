/* ph-crc.c: any CRC of up to 64 bits, eight bytes at a time
 *
 * The register has 64 bits. Where the lowest bit of a byte comes first, it holds the CRC in its lower end, reversed; else in its upper end. So
 * the width plays no part in the loop. A table for each of eight bytes says what the byte makes of the register when it has gone through
 * it ("slicing by 8").
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-crc.h"

#include <string.h>

#define SLICES 8

struct _PhCrc
{
  PhCrcModel model;
  guint64 start; /* the register before the first byte */
  guint64 tables[SLICES][256];
};

static guint64
reverse (guint64 value, guint width)
{
  guint64 reversed = 0;

  for (guint i = 0; i < width; i++)
    reversed |= (value >> i & 1) << (width - 1 - i);

  return reversed;
}

/* The register after the byte @n, if it was 0 before. */
static guint64
after_byte (const PhCrcModel *model, guint n)
{
  guint64 poly = model->refin ? reverse (model->poly, model->width) : model->poly << (64 - model->width);
  guint64 value = model->refin ? n : (guint64) n << 56;

  for (guint bit = 0; bit < 8; bit++)
    if (model->refin)
      value = value >> 1 ^ ((value & 1) != 0 ? poly : 0);
    else
      value = value << 1 ^ ((value >> 63) != 0 ? poly : 0);

  return value;
}

/* The register after a byte of zeros. */
static guint64
after_zeros (const PhCrc *crc, guint64 value)
{
  return crc->model.refin ? value >> 8 ^ crc->tables[0][value & 0xFF] : value << 8 ^ crc->tables[0][value >> 56];
}

/**
 * ph_crc_new:
 *
 * Makes the tables, which takes some microseconds.
 *
 * Returns: (transfer full): a CRC that does not change
 */
PhCrc *
ph_crc_new (const PhCrcModel *model)
{
  PhCrc *crc = g_new (PhCrc, 1);

  crc->model = *model;
  crc->start = model->refin ? reverse (model->init, model->width) : model->init << (64 - model->width);
  for (guint n = 0; n < 256; n++)
    crc->tables[0][n] = after_byte (model, n);
  for (guint slice = 1; slice < SLICES; slice++)
    for (guint n = 0; n < 256; n++)
      crc->tables[slice][n] = after_zeros (crc, crc->tables[slice - 1][n]);

  return crc;
}

void
ph_crc_free (PhCrc *crc)
{
  g_free (crc);
}

/* What eight bytes, of which the first one is the lowest of @value, make of the register. Without a loop, which GCC keeps at -O2, it
 * takes half of the time. */
static guint64
slice_reflected (const PhCrc *crc, guint64 value)
{
  return crc->tables[7][value & 0xFF] ^ crc->tables[6][value >> 8 & 0xFF] ^ crc->tables[5][value >> 16 & 0xFF]
         ^ crc->tables[4][value >> 24 & 0xFF] ^ crc->tables[3][value >> 32 & 0xFF] ^ crc->tables[2][value >> 40 & 0xFF]
         ^ crc->tables[1][value >> 48 & 0xFF] ^ crc->tables[0][value >> 56];
}

/* The same where the first one is the highest. */
static guint64
slice_straight (const PhCrc *crc, guint64 value)
{
  return crc->tables[0][value & 0xFF] ^ crc->tables[1][value >> 8 & 0xFF] ^ crc->tables[2][value >> 16 & 0xFF]
         ^ crc->tables[3][value >> 24 & 0xFF] ^ crc->tables[4][value >> 32 & 0xFF] ^ crc->tables[5][value >> 40 & 0xFF]
         ^ crc->tables[6][value >> 48 & 0xFF] ^ crc->tables[7][value >> 56];
}

static guint64
run (const PhCrc *crc, const guint8 *bytes, gsize length)
{
  guint64 value = crc->start, eight;

  for (; length >= SLICES; bytes += SLICES, length -= SLICES)
    {
      memcpy (&eight, bytes, SLICES);
      value = crc->model.refin ? slice_reflected (crc, value ^ GUINT64_FROM_LE (eight))
                               : slice_straight (crc, value ^ GUINT64_FROM_BE (eight));
    }
  for (; length > 0; bytes++, length--)
    value = after_zeros (crc, value ^ (crc->model.refin ? *bytes : (guint64) *bytes << 56));

  return value;
}

/**
 * ph_crc_compute:
 *
 * Returns: the CRC of @bytes
 */
guint64
ph_crc_compute (const PhCrc *crc, const guint8 *bytes, gsize length)
{
  const PhCrcModel *model = &crc->model;
  guint64 value = run (crc, bytes, length);

  if (!model->refin)
    value >>= 64 - model->width;
  if (model->refout != model->refin)
    value = reverse (value, model->width);

  return (value ^ model->xorout) & (G_MAXUINT64 >> (64 - model->width));
}
