/* ph-framer-modbus.c: Modbus TCP (its header says how long a frame is), and Modbus RTU over TCP (its CRC does)
 *
 * Modbus Application Protocol Specification 1.1b3, and Modbus over Serial Line 1.02.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-framer-private.h"

typedef enum
{
  VERDICT_NO,
  VERDICT_MORE, /* more bytes are needed to tell */
  VERDICT_YES,
} Verdict;

typedef Verdict (*Judge) (const guint8 *bytes, gsize n, gsize *ret_length);

/* What begins no frame is outside, up to the next place where one begins. */
static gboolean
scan_for (PhScan *scan, Judge judge)
{
  for (; scan->at < scan->n; scan->at++)
    {
      gsize length;
      Verdict verdict = judge (scan->bytes + scan->at, scan->n - scan->at, &length);

      if (verdict == VERDICT_MORE && !scan->ended)
        return FALSE;
      if (verdict == VERDICT_YES)
        return scan->at > 0 ? ph_framer_found_outside (scan, scan->at) : ph_framer_found (scan, length);
      scan->outside = TRUE;
    }

  return FALSE;
}

/* ---- Modbus TCP ---- */

#define MBAP 6u          /* bytes before those that the length counts */
#define MBAP_LEAST 2u    /* unit and function code */
#define MBAP_MOST 254u   /* unit and the longest PDU */

static Verdict
judge_tcp (const guint8 *bytes, gsize n, gsize *ret_length)
{
  guint length;

  if ((n > 2 && bytes[2] != 0) || (n > 3 && bytes[3] != 0) || (n > 4 && bytes[4] != 0))
    return VERDICT_NO;
  if (n < MBAP)
    return VERDICT_MORE;
  length = bytes[5];
  if (length < MBAP_LEAST || length > MBAP_MOST)
    return VERDICT_NO;
  *ret_length = MBAP + length;

  return VERDICT_YES;
}

static gboolean
scan_tcp (const PhFrameRule *rule, PhScan *scan)
{
  return scan_for (scan, judge_tcp);
}

const PhFramer ph_framer_modbus_tcp = { .id = "modbus-tcp", .knows_length = TRUE, .scan = scan_tcp };

/* ---- Modbus RTU ---- */

#define RTU_LEAST 4u
#define RTU_MOST 256u
#define CRC_BYTES 2u
#define LENGTHS 2u

/* CRC-16/MODBUS of each byte by itself. */
static const guint16 *
crc_table (void)
{
  static guint16 table[256];
  static gsize once;

  if (g_once_init_enter (&once))
    {
      for (guint byte = 0; byte < 256; byte++)
        {
          table[byte] = (guint16) byte;
          for (guint i = 0; i < 8; i++)
            table[byte] = (guint16) (table[byte] & 1 ? table[byte] >> 1 ^ 0xa001 : table[byte] >> 1);
        }
      g_once_init_leave (&once, 1);
    }

  return table;
}

/* The lengths of a request and of an answer, from the byte that counts the rest; 0: @n is too small to tell. */
static gsize
counted (const guint8 *bytes, gsize n, gsize place, gsize around)
{
  return n > place ? around + bytes[place] + CRC_BYTES : 0;
}

/* How long a frame that begins like this can be. Returns FALSE for a function code that nothing is known of. */
static gboolean
get_lengths (const guint8 *bytes, gsize n, gsize *ret_lengths)
{
  guint8 function = bytes[1];

  if ((function & 0x80) != 0)
    ret_lengths[0] = ret_lengths[1] = 3 + CRC_BYTES;
  else if (function >= 1 && function <= 4)
    ret_lengths[0] = 6 + CRC_BYTES, ret_lengths[1] = counted (bytes, n, 2, 3);
  else if (function == 5 || function == 6)
    ret_lengths[0] = ret_lengths[1] = 6 + CRC_BYTES;
  else if (function == 15 || function == 16)
    ret_lengths[0] = 6 + CRC_BYTES, ret_lengths[1] = counted (bytes, n, 6, 7);
  else if (function == 22)
    ret_lengths[0] = ret_lengths[1] = 8 + CRC_BYTES;
  else if (function == 23)
    ret_lengths[0] = counted (bytes, n, 2, 3), ret_lengths[1] = counted (bytes, n, 10, 11);
  else
    return FALSE;

  return TRUE;
}

static gboolean
may_end (const gsize *lengths, gboolean known, gsize length)
{
  return !known || length == lengths[0] || length == lengths[1];
}

/* The shortest length at which the CRC is right: with its own CRC behind it a frame has the CRC 0. */
static Verdict
judge_rtu (const guint8 *bytes, gsize n, gsize *ret_length)
{
  gsize lengths[LENGTHS] = { 0 }, most = RTU_MOST;
  const guint16 *table = crc_table ();
  gboolean known;
  guint16 crc = 0xffff;

  if (n < 2)
    return VERDICT_MORE;
  known = get_lengths (bytes, n, lengths);
  if (known && lengths[0] > 0 && lengths[1] > 0)
    most = MIN (MAX (lengths[0], lengths[1]), RTU_MOST);
  for (gsize i = 0; i < MIN (n, most); i++)
    {
      crc = (guint16) (crc >> 8 ^ table[(crc ^ bytes[i]) & 0xff]);
      if (crc != 0 || i + 1 < RTU_LEAST || !may_end (lengths, known, i + 1))
        continue;
      *ret_length = i + 1;
      return VERDICT_YES;
    }

  return n < most ? VERDICT_MORE : VERDICT_NO;
}

static gboolean
scan_rtu (const PhFrameRule *rule, PhScan *scan)
{
  return scan_for (scan, judge_rtu);
}

const PhFramer ph_framer_modbus_rtu = { .id = "modbus-rtu", .scan = scan_rtu };
