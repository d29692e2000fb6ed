/* ph-framer-coded.c: SLIP (RFC 1055) and COBS (Cheshire and Baker, 1999): frames that are stored decoded
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-framer-private.h"

#include <string.h>

#define SLIP_END 0xc0
#define SLIP_ESC 0xdb
#define SLIP_ESC_END 0xdc
#define SLIP_ESC_ESC 0xdd

/* The place of the byte that ends a frame, behind those that only stand before it. */
static gboolean
find_end (PhScan *scan, guint8 end, gsize *ret_begin, gsize *ret_end)
{
  const guint8 *found;
  gsize begin = 0;

  while (begin < scan->n && scan->bytes[begin] == end)
    begin++;
  scan->at = MAX (scan->at, begin);
  found = scan->at < scan->n ? memchr (scan->bytes + scan->at, end, scan->n - scan->at) : NULL;
  scan->at = scan->n;
  scan->outside = begin == scan->n;
  if (found == NULL)
    return FALSE;
  *ret_begin = begin;
  *ret_end = (gsize) (found - scan->bytes);

  return TRUE;
}

/* ---- SLIP ---- */

/* An escape before any other byte is wrong; both are kept, as RFC 1055 advises. */
static void
decode_slip (PhScan *scan, gsize begin, gsize end)
{
  for (gsize i = begin; i < end; i++)
    {
      guint8 byte = scan->bytes[i];

      if (byte == SLIP_ESC && i + 1 < end && (scan->bytes[i + 1] == SLIP_ESC_END || scan->bytes[i + 1] == SLIP_ESC_ESC))
        byte = scan->bytes[++i] == SLIP_ESC_END ? SLIP_END : SLIP_ESC;
      g_byte_array_append (scan->decoded, &byte, 1);
    }
}

static gboolean
scan_slip (const PhFrameRule *rule, PhScan *scan)
{
  gsize begin, end;

  if (!find_end (scan, SLIP_END, &begin, &end))
    return FALSE;
  if (end >= PH_FRAME_MOST)
    return ph_framer_found (scan, end + 1);
  decode_slip (scan, begin, end);
  scan->is_decoded = TRUE;

  return ph_framer_found (scan, end + 1);
}

const PhFramer ph_framer_slip = { .id = "slip", .scan = scan_slip };

/* ---- COBS ---- */

static gboolean
decode_cobs (PhScan *scan, gsize begin, gsize end)
{
  for (gsize i = begin; i < end;)
    {
      guint8 code = scan->bytes[i];

      if (i + code > end)
        return FALSE;
      g_byte_array_append (scan->decoded, scan->bytes + i + 1, code - 1u);
      i += code;
      if (code < 0xff && i < end)
        g_byte_array_append (scan->decoded, (const guint8 *) "", 1);
    }

  return TRUE;
}

/* What is no COBS is outside, up to the byte that would have ended it. */
static gboolean
scan_cobs (const PhFrameRule *rule, PhScan *scan)
{
  gsize begin, end;

  if (!find_end (scan, 0, &begin, &end))
    return FALSE;
  if (end >= PH_FRAME_MOST)
    return ph_framer_found (scan, end + 1);
  scan->is_decoded = decode_cobs (scan, begin, end);

  return scan->is_decoded ? ph_framer_found (scan, end + 1) : ph_framer_found_outside (scan, end + 1);
}

const PhFramer ph_framer_cobs = { .id = "cobs", .scan = scan_cobs };
