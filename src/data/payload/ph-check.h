/* ph-check.h: check bytes: sums, CRCs and their like, as rows of a table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-crc.h"

G_BEGIN_DECLS

#define PH_CHECK_BYTES_MAX 32u /* check bytes that one check makes */

typedef enum
{
  PH_CHECK_SUM,        /* of all bytes, without what exceeds the width */
  PH_CHECK_COMPLEMENT, /* what makes that sum 0 */
  PH_CHECK_XOR,
  PH_CHECK_CRC,
  PH_CHECK_ADLER,    /* RFC 1950 */
  PH_CHECK_FLETCHER, /* RFC 1146, with sums modulo 255 */
  PH_CHECK_NMEA,     /* XOR from behind “$” or “!”, as “*” and two digits: NMEA 0183 */
} PhCheckKind;

/**
 * PhCheckRow: a kind of check bytes.
 * @id: stable, for settings and the command line
 * @also: (nullable): other names, with spaces between them
 * @width: in bits
 * @crc: of %PH_CHECK_CRC
 * @proof: the value of the nine bytes "123456789"
 */
typedef struct
{
  const char *id;
  const char *also;
  PhCheckKind kind;
  guint8 width;
  PhCrcModel crc;
  guint64 proof;
} PhCheckRow;

typedef enum
{
  PH_CHECK_ORDER_USUAL, /* low byte first where the row reflects its input, else high byte first */
  PH_CHECK_ORDER_LITTLE,
  PH_CHECK_ORDER_BIG,
} PhCheckOrder;

typedef enum
{
  PH_CHECK_FORM_BYTES,
  PH_CHECK_FORM_HEX_LOWER, /* ASCII hex digits */
  PH_CHECK_FORM_HEX_UPPER,
} PhCheckForm;

/**
 * PhCheckSpec: which check bytes, and of what.
 * @row: a copy of a row of the table, or a CRC of one's own, whose id is "crc"
 * @from: the first byte that is covered
 * @to: bytes at the end that are left out
 * @over_hex: covered are the bytes that the hex digits stand for
 */
typedef struct
{
  PhCheckRow row;
  guint32 from, to;
  PhCheckOrder order;
  PhCheckForm form;
  gboolean over_hex;
} PhCheckSpec;

#define PH_CHECK_ERROR (ph_check_error_quark ())
GQuark ph_check_error_quark (void);

typedef enum
{
  PH_CHECK_ERROR_WORDS, /* no such check or option */
  PH_CHECK_ERROR_HEX,   /* what is covered should be hex digits, and is not */
} PhCheckError;

typedef struct _PhCheck PhCheck;

const PhCheckRow *ph_check_rows (guint *ret_n);
const PhCheckRow *ph_check_find (const char *name);
gboolean ph_check_parse (const char *words, PhCheckSpec *ret_spec, GError **error);
char *ph_check_dup_words (const PhCheckSpec *spec);

PhCheck *ph_check_new (const PhCheckSpec *spec);
PhCheck *ph_check_ref (PhCheck *check);
void ph_check_unref (PhCheck *check);
gsize ph_check_get_length (const PhCheck *check);
gboolean ph_check_append (const PhCheck *check, GByteArray *message, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhCheck, ph_check_unref)

G_END_DECLS
