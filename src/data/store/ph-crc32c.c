/* ph-crc32c.c: CRC-32C (Castagnoli), the checksum of a capture's chunks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-crc32c.h"

#include <string.h>

#define POLYNOMIAL 0x82F63B78u
#define SLICES 8u

/* tables[n][b]: the checksum of byte b, followed by n zero bytes. Eight bytes take eight independent look-ups. */
static guint32 tables[SLICES][256];

static void
make_tables (void)
{
  for (guint32 byte = 0; byte < 256; byte++)
    {
      guint32 crc = byte;

      for (guint bit = 0; bit < 8; bit++)
        crc = (crc & 1) != 0 ? crc >> 1 ^ POLYNOMIAL : crc >> 1;
      tables[0][byte] = crc;
    }
  for (guint n = 1; n < SLICES; n++)
    for (guint32 byte = 0; byte < 256; byte++)
      tables[n][byte] = tables[n - 1][byte] >> 8 ^ tables[0][tables[n - 1][byte] & 0xFF];
}

/**
 * ph_crc32c_portable:
 * @crc: the checksum of the bytes before; 0 at the beginning
 * @length: in bytes
 *
 * ph_crc32c() without the processor's instruction: for other processors, and to test the one against the other.
 *
 * Returns: the checksum of the bytes before and of @bytes
 */
guint32
ph_crc32c_portable (guint32 crc, gconstpointer bytes, gsize length)
{
  static gsize once;
  const guint8 *p = bytes;

  if (g_once_init_enter (&once))
    {
      make_tables ();
      g_once_init_leave (&once, 1);
    }
  crc = ~crc;
  for (; length >= SLICES; p += SLICES, length -= SLICES)
    {
      guint64 word;

      memcpy (&word, p, sizeof word);
      word = GUINT64_FROM_LE (word) ^ crc;
      crc = tables[7][word & 0xFF] ^ tables[6][word >> 8 & 0xFF] ^ tables[5][word >> 16 & 0xFF] ^ tables[4][word >> 24 & 0xFF]
            ^ tables[3][word >> 32 & 0xFF] ^ tables[2][word >> 40 & 0xFF] ^ tables[1][word >> 48 & 0xFF] ^ tables[0][word >> 56];
    }
  for (; length > 0; p++, length--)
    crc = crc >> 8 ^ tables[0][(crc ^ *p) & 0xFF];

  return ~crc;
}

#ifdef __x86_64__
/* Four times as fast as the tables, so that the spooler keeps its core for writing. */
__attribute__ ((target ("sse4.2"))) static guint32
with_instruction (guint32 crc, const guint8 *p, gsize length)
{
  guint64 wide = ~crc;

  for (; length >= sizeof wide; p += sizeof wide, length -= sizeof wide)
    {
      guint64 word;

      memcpy (&word, p, sizeof word);
      wide = __builtin_ia32_crc32di (wide, word);
    }
  crc = (guint32) wide;
  for (; length > 0; p++, length--)
    crc = __builtin_ia32_crc32qi (crc, *p);

  return ~crc;
}
#endif

/**
 * ph_crc32c:
 * @crc: the checksum of the bytes before; 0 at the beginning
 * @length: in bytes
 *
 * Returns: the checksum of the bytes before and of @bytes
 */
guint32
ph_crc32c (guint32 crc, gconstpointer bytes, gsize length)
{
#ifdef __x86_64__
  if (__builtin_cpu_supports ("sse4.2"))
    return with_instruction (crc, bytes, length);
#endif

  return ph_crc32c_portable (crc, bytes, length);
}
