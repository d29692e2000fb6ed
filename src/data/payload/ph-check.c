/* ph-check.c: check bytes: sums, CRCs and their like, as rows of a table
 *
 * Names and parameters of the CRCs, and their values of "123456789", are those of the Catalogue of parametrised CRC algorithms
 * (reveng.sourceforge.io/crc-catalogue).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-check.h"

#include <glib/gi18n.h>
#include <string.h>

G_DEFINE_QUARK (ph-check-error-quark, ph_check_error)

#define CRC(name, others, bits, polynomial, start, in, out, over, value) \
  { .id = name, .also = others, .kind = PH_CHECK_CRC, .width = bits, .proof = value, \
    .crc = { .width = bits, .poly = polynomial, .init = start, .refin = in, .refout = out, .xorout = over } }

static const PhCheckRow rows[] = {
  { "sum-8", "sum sum8", PH_CHECK_SUM, 8, { 0 }, 0xDD },
  { "sum-16", "sum16", PH_CHECK_SUM, 16, { 0 }, 0x01DD },
  { "sum-8/complement", "sum8/complement", PH_CHECK_COMPLEMENT, 8, { 0 }, 0x23 },
  { "xor-8", "xor bcc xor8", PH_CHECK_XOR, 8, { 0 }, 0x31 },
  { "lrc", NULL, PH_CHECK_COMPLEMENT, 8, { 0 }, 0x23 },
  CRC ("crc-8", "crc-8/smbus", 8, 0x07, 0, FALSE, FALSE, 0, 0xF4),
  CRC ("crc-8/maxim", "crc-8/maxim-dow dow-crc maxim-dow", 8, 0x31, 0, TRUE, TRUE, 0, 0xA1),
  CRC ("crc-16/modbus", "modbus", 16, 0x8005, 0xFFFF, TRUE, TRUE, 0, 0x4B37),
  CRC ("crc-16/ccitt-false", "crc-16/ibm-3740 ibm-3740 crc-16/autosar", 16, 0x1021, 0xFFFF, FALSE, FALSE, 0, 0x29B1),
  CRC ("crc-16/xmodem", "xmodem crc-16/acorn crc-16/lte crc-16/v-41-msb zmodem", 16, 0x1021, 0, FALSE, FALSE, 0, 0x31C3),
  CRC ("crc-16/kermit", "kermit crc-16/ccitt crc-16/ccitt-true crc-16/v-41-lsb crc-ccitt", 16, 0x1021, 0, TRUE, TRUE, 0, 0x2189),
  CRC ("crc-16/arc", "arc crc-16 crc-16/lha crc-ibm", 16, 0x8005, 0, TRUE, TRUE, 0, 0xBB3D),
  CRC ("crc-16/usb", NULL, 16, 0x8005, 0xFFFF, TRUE, TRUE, 0xFFFF, 0xB4C8),
  CRC ("crc-16/dnp", "dnp", 16, 0x3D65, 0, TRUE, TRUE, 0xFFFF, 0xEA82),
  CRC ("crc-16/x-25", "x-25 crc-16/ibm-sdlc ibm-sdlc crc-16/iso-hdlc crc-b", 16, 0x1021, 0xFFFF, TRUE, TRUE, 0xFFFF, 0x906E),
  CRC ("crc-32", "crc-32/iso-hdlc iso-hdlc crc-32/adccp crc-32/v-42 crc-32/xz pkzip", 32, 0x04C11DB7, 0xFFFFFFFF, TRUE, TRUE, 0xFFFFFFFF,
       0xCBF43926),
  CRC ("crc-32c", "crc-32/iscsi iscsi crc-32/castagnoli castagnoli crc-32/base91-c", 32, 0x1EDC6F41, 0xFFFFFFFF, TRUE, TRUE, 0xFFFFFFFF,
       0xE3069283),
  CRC ("crc-32/mpeg-2", "mpeg-2", 32, 0x04C11DB7, 0xFFFFFFFF, FALSE, FALSE, 0, 0x0376E6E7),
  CRC ("crc-64/xz", "crc-64/go-ecma", 64, G_GUINT64_CONSTANT (0x42F0E1EBA9EA3693), G_MAXUINT64, TRUE, TRUE, G_MAXUINT64,
       G_GUINT64_CONSTANT (0x995DC9BBDF1939FA)),
  { "adler-32", "adler", PH_CHECK_ADLER, 32, { 0 }, 0x091E01DE },
  { "fletcher-16", "fletcher", PH_CHECK_FLETCHER, 16, { 0 }, 0x1EDE },
  { "nmea", NULL, PH_CHECK_NMEA, 8, { 0 }, 0x31 },
};

/**
 * ph_check_rows:
 *
 * Returns: (transfer none) (array length=ret_n): all kinds of check bytes
 */
const PhCheckRow *
ph_check_rows (guint *ret_n)
{
  *ret_n = G_N_ELEMENTS (rows);

  return rows;
}

static gboolean
has_name (const PhCheckRow *row, const char *name)
{
  g_auto (GStrv) others = g_strsplit (row->also != NULL ? row->also : "", " ", -1);

  if (g_ascii_strcasecmp (row->id, name) == 0)
    return TRUE;
  for (guint i = 0; others[i] != NULL; i++)
    if (g_ascii_strcasecmp (others[i], name) == 0)
      return TRUE;

  return FALSE;
}

/**
 * ph_check_find:
 * @name: in any case
 *
 * Returns: (nullable): the row with this id or other name
 */
const PhCheckRow *
ph_check_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (has_name (&rows[i], name))
      return &rows[i];

  return NULL;
}

/* ---- computing ---- */

struct _PhCheck
{
  PhCheckSpec spec;
  PhCrc *crc; /* nullable */
};

/**
 * ph_check_new:
 *
 * Returns: (transfer full): a check that never changes, so any thread may use it
 */
PhCheck *
ph_check_new (const PhCheckSpec *spec)
{
  PhCheck *check = g_atomic_rc_box_new0 (PhCheck);

  check->spec = *spec;
  if (spec->row.kind == PH_CHECK_CRC)
    check->crc = ph_crc_new (&spec->row.crc);

  return check;
}

PhCheck *
ph_check_ref (PhCheck *check)
{
  return g_atomic_rc_box_acquire (check);
}

static void
check_clear (gpointer data)
{
  g_clear_pointer (&((PhCheck *) data)->crc, ph_crc_free);
}

void
ph_check_unref (PhCheck *check)
{
  g_atomic_rc_box_release_full (check, check_clear);
}

static guint64
sum_of (const guint8 *bytes, gsize length)
{
  guint64 sum = 0;

  for (gsize i = 0; i < length; i++)
    sum += bytes[i];

  return sum;
}

static guint8
xor_of (const guint8 *bytes, gsize length)
{
  guint8 value = 0;

  for (gsize i = 0; i < length; i++)
    value ^= bytes[i];

  return value;
}

/* Two sums modulo @modulus, the second one of the first; as many bytes go between two divisions as do not overflow. */
static guint64
two_sums (const guint8 *bytes, gsize length, guint64 first, guint32 modulus, guint shift)
{
  guint64 second = 0;

  for (gsize i = 0; i < length; i++)
    {
      first += bytes[i];
      second += first;
      if (i % 4096 == 4095)
        {
          first %= modulus;
          second %= modulus;
        }
    }

  return (second % modulus) << shift | first % modulus;
}

static guint64
compute (const PhCheck *check, const guint8 *bytes, gsize length)
{
  guint64 most = G_MAXUINT64 >> (64 - check->spec.row.width);

  switch (check->spec.row.kind)
    {
    case PH_CHECK_SUM:
      return sum_of (bytes, length) & most;
    case PH_CHECK_COMPLEMENT:
      return (0 - sum_of (bytes, length)) & most;
    case PH_CHECK_XOR:
    case PH_CHECK_NMEA:
      return xor_of (bytes, length);
    case PH_CHECK_ADLER:
      return two_sums (bytes, length, 1, 65521, 16);
    case PH_CHECK_FLETCHER:
      return two_sums (bytes, length, 0, 255, 8);
    case PH_CHECK_CRC:
      break;
    }

  return ph_crc_compute (check->crc, bytes, length);
}

/* ---- what is covered ---- */

/* What is covered of an NMEA sentence begins behind its first byte, before which there may be others. */
static gsize
sentence_start (const guint8 *bytes, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (bytes[i] == '$' || bytes[i] == '!')
      return i + 1;

  return 0;
}

/* The bytes that the hex digits stand for; spaces between them are not counted. */
static GByteArray *
from_hex (const guint8 *digits, gsize length, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  int high = -1;

  for (gsize i = 0; i < length; i++)
    {
      int value = g_ascii_xdigit_value ((char) digits[i]);
      guint8 byte;

      if (g_ascii_isspace ((char) digits[i]) && high < 0)
        continue;
      if (value < 0)
        {
          g_set_error (error, PH_CHECK_ERROR, PH_CHECK_ERROR_HEX, _("The check bytes cover hex digits, but byte %02X is not one"), digits[i]);
          return NULL;
        }
      byte = (guint8) (MAX (high, 0) * 16 + value);
      if (high >= 0)
        g_byte_array_append (bytes, &byte, 1);
      high = high < 0 ? value : -1;
    }
  if (high < 0)
    return g_steal_pointer (&bytes);
  g_set_error_literal (error, PH_CHECK_ERROR, PH_CHECK_ERROR_HEX, _("The check bytes cover an odd number of hex digits"));

  return NULL;
}

static gboolean
compute_covered (const PhCheck *check, const GByteArray *message, guint64 *ret_value, GError **error)
{
  gsize from = MIN (check->spec.from, message->len), end = message->len - MIN (check->spec.to, message->len - from);
  const guint8 *bytes = message->data != NULL ? message->data + from : NULL;
  g_autoptr (GByteArray) meant = NULL;

  if (check->spec.row.kind == PH_CHECK_NMEA)
    {
      gsize skipped = sentence_start (bytes, end - from);

      bytes += skipped;
      from += skipped;
    }
  if (!check->spec.over_hex)
    return *ret_value = compute (check, bytes, end - from), TRUE;
  meant = from_hex (bytes, end - from, error);
  if (meant != NULL)
    *ret_value = compute (check, meant->data, meant->len);

  return meant != NULL;
}

/* ---- appending ---- */

static void
append_byte (const PhCheck *check, GByteArray *message, guint8 byte)
{
  const char *digits = check->spec.form == PH_CHECK_FORM_HEX_LOWER ? "0123456789abcdef" : "0123456789ABCDEF";
  guint8 pair[] = { (guint8) digits[byte >> 4], (guint8) digits[byte & 15] };

  if (check->spec.form == PH_CHECK_FORM_BYTES)
    g_byte_array_append (message, &byte, 1);
  else
    g_byte_array_append (message, pair, sizeof pair);
}

static gboolean
is_little (const PhCheckSpec *spec)
{
  if (spec->order != PH_CHECK_ORDER_USUAL)
    return spec->order == PH_CHECK_ORDER_LITTLE;

  return spec->row.kind == PH_CHECK_CRC && spec->row.crc.refin;
}

static guint
bytes_of (const PhCheckSpec *spec)
{
  return (spec->row.width + 7u) / 8;
}

/**
 * ph_check_get_length:
 *
 * Returns: how many bytes ph_check_append() appends
 */
gsize
ph_check_get_length (const PhCheck *check)
{
  guint n = bytes_of (&check->spec);

  return (check->spec.row.kind == PH_CHECK_NMEA ? 1 : 0) + (check->spec.form == PH_CHECK_FORM_BYTES ? n : 2 * n);
}

/**
 * ph_check_append:
 * @message: what is covered, but for @from and @to of the spec
 * @error: %PH_CHECK_ERROR_HEX
 *
 * Appends the check bytes. Any thread.
 *
 * Returns: %FALSE with @error; then @message is as it was
 */
gboolean
ph_check_append (const PhCheck *check, GByteArray *message, GError **error)
{
  guint n = bytes_of (&check->spec);
  guint64 value;

  if (!compute_covered (check, message, &value, error))
    return FALSE;
  if (check->spec.row.kind == PH_CHECK_NMEA)
    g_byte_array_append (message, (const guint8 *) "*", 1);
  for (guint i = 0; i < n; i++)
    append_byte (check, message, (guint8) (value >> 8 * (is_little (&check->spec) ? i : n - 1 - i)));

  return TRUE;
}
