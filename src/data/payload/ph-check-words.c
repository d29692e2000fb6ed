/* ph-check-words.c: check bytes in words: NAME[,from=N][,to=N][,order=big|little][,form=bytes|hex|HEX][,over=bytes|hex]
 *
 * NAME may be crc:width=16,poly=0x8005,init=0xffff,refin,refout,xorout=0 for a CRC of one's own.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-check.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ph-marks.h"

#define OWN "crc:"
#define COVER_MAX G_MAXUINT16 /* @from and @to: more than a datagram has */

static gboolean
refuse (GError **error, const char *word)
{
  g_autofree char *shown = ph_marks_dup (word, -1, PH_MARKS_NAME_MAX);

  g_set_error (error, PH_CHECK_ERROR, PH_CHECK_ERROR_WORDS, _("“%s” is not understood in the check bytes"), shown);

  return FALSE;
}

/* A number with or without 0x, of at most @most. */
static gboolean
read_number (const char *text, guint64 most, guint64 *ret_number)
{
  gboolean hex = g_ascii_strncasecmp (text, "0x", 2) == 0;

  return g_ascii_string_to_unsigned (hex ? text + 2 : text, hex ? 16 : 10, 0, most, ret_number, NULL);
}

/* The position of @value among @choices, with “|” between them; -1 if it is none of them. */
static int
choice (const char *choices, const char *value)
{
  g_auto (GStrv) words = g_strsplit (choices, "|", -1);

  for (int i = 0; words[i] != NULL; i++)
    if (g_str_equal (words[i], value))
      return i;

  return -1;
}

static gboolean
set_option (PhCheckSpec *spec, const char *name, const char *value)
{
  guint64 number = 0;
  int n;

  if (g_str_equal (name, "from") || g_str_equal (name, "to"))
    {
      if (!read_number (value, COVER_MAX, &number))
        return FALSE;
      *(g_str_equal (name, "from") ? &spec->from : &spec->to) = (guint32) number;
      return TRUE;
    }
  if (g_str_equal (name, "order") && (n = choice ("little|big", value)) >= 0)
    return spec->order = n == 0 ? PH_CHECK_ORDER_LITTLE : PH_CHECK_ORDER_BIG, TRUE;
  if (g_str_equal (name, "form") && (n = choice ("bytes|hex|HEX", value)) >= 0)
    return spec->form = (PhCheckForm) n, TRUE;
  if (g_str_equal (name, "over") && (n = choice ("bytes|hex", value)) >= 0)
    return spec->over_hex = n == 1, TRUE;

  return FALSE;
}

/* ---- a CRC of one's own ---- */

static gboolean
set_parameter (PhCrcModel *crc, const char *name, const char *value)
{
  guint64 number = 0;

  if (value == NULL && g_str_equal (name, "refin"))
    return crc->refin = TRUE;
  if (value == NULL && g_str_equal (name, "refout"))
    return crc->refout = TRUE;
  if (value == NULL || !read_number (value, G_MAXUINT64, &number))
    return FALSE;
  if (g_str_equal (name, "width"))
    return number >= 1 && number <= 64 && (crc->width = (guint8) number) > 0;
  if (g_str_equal (name, "poly"))
    crc->poly = number;
  else if (g_str_equal (name, "init"))
    crc->init = number;
  else if (g_str_equal (name, "xorout"))
    crc->xorout = number;
  else
    return FALSE;

  return TRUE;
}

static gboolean
fits (const PhCrcModel *crc)
{
  guint64 most = crc->width > 0 ? G_MAXUINT64 >> (64 - crc->width) : 0;

  return crc->width > 0 && crc->poly > 0 && crc->poly <= most && crc->init <= most && crc->xorout <= most;
}

/* ---- all of it ---- */

static gboolean
read_word (PhCheckSpec *spec, gboolean own, const char *word)
{
  g_auto (GStrv) parts = g_strsplit (word, "=", 2);
  const char *name = parts[0] != NULL ? parts[0] : "", *value = parts[0] != NULL ? parts[1] : NULL;

  return (own && set_parameter (&spec->row.crc, name, value)) || (value != NULL && set_option (spec, name, value));
}

/**
 * ph_check_parse:
 * @words: as the command line has them
 * @ret_spec: (out): written on success only
 * @error: %PH_CHECK_ERROR_WORDS
 *
 * Returns: %FALSE with @error
 */
gboolean
ph_check_parse (const char *words, PhCheckSpec *ret_spec, GError **error)
{
  gboolean own = g_ascii_strncasecmp (words, OWN, strlen (OWN)) == 0;
  g_auto (GStrv) parts = g_strsplit (own ? words + strlen (OWN) : words, ",", -1);
  PhCheckSpec spec = { .row = { .id = "crc", .kind = PH_CHECK_CRC } };
  const PhCheckRow *row = own || parts[0] == NULL ? NULL : ph_check_find (parts[0]);

  if (!own && row == NULL)
    return refuse (error, parts[0] != NULL ? parts[0] : "");
  if (row != NULL)
    spec.row = *row;
  spec.form = spec.row.kind == PH_CHECK_NMEA ? PH_CHECK_FORM_HEX_UPPER : PH_CHECK_FORM_BYTES;
  for (guint i = own ? 0 : 1; parts[i] != NULL; i++)
    if (!read_word (&spec, own, parts[i]))
      return refuse (error, *parts[i] != '\0' ? parts[i] : words);
  if (own && !fits (&spec.row.crc))
    return refuse (error, words);
  if (own)
    spec.row.width = spec.row.crc.width;
  *ret_spec = spec;

  return TRUE;
}

static void
append_number (GString *words, const char *name, guint64 value)
{
  g_string_append_printf (words, ",%s=%" G_GUINT64_FORMAT, name, value);
}

static void
append_own (GString *words, const PhCrcModel *crc)
{
  g_string_append_printf (words, OWN "width=%u,poly=0x%" G_GINT64_MODIFIER "x,init=0x%" G_GINT64_MODIFIER "x%s%s,xorout=0x%"
                                 G_GINT64_MODIFIER "x", crc->width, crc->poly, crc->init, crc->refin ? ",refin" : "",
                          crc->refout ? ",refout" : "", crc->xorout);
}

/**
 * ph_check_dup_words:
 *
 * Returns: (transfer full): what ph_check_parse() reads as @spec; what is usual is left out
 */
char *
ph_check_dup_words (const PhCheckSpec *spec)
{
  GString *words = g_string_new (NULL);
  PhCheckForm usual = spec->row.kind == PH_CHECK_NMEA ? PH_CHECK_FORM_HEX_UPPER : PH_CHECK_FORM_BYTES;

  if (g_str_equal (spec->row.id, "crc"))
    append_own (words, &spec->row.crc);
  else
    g_string_append (words, spec->row.id);
  if (spec->from > 0)
    append_number (words, "from", spec->from);
  if (spec->to > 0)
    append_number (words, "to", spec->to);
  if (spec->order != PH_CHECK_ORDER_USUAL)
    g_string_append (words, spec->order == PH_CHECK_ORDER_LITTLE ? ",order=little" : ",order=big");
  if (spec->form != usual)
    g_string_append_printf (words, ",form=%s", spec->form == PH_CHECK_FORM_BYTES ? "bytes"
                                               : spec->form == PH_CHECK_FORM_HEX_LOWER ? "hex" : "HEX");
  if (spec->over_hex)
    g_string_append (words, ",over=hex");

  return g_string_free (words, FALSE);
}
