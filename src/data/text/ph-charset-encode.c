/* ph-charset-encode.c: text to bytes of an encoding, or the character that it lacks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-charset-private.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <iconv.h>
#include <string.h>

#include "ph-codec.h"
#include "ph-marks.h"

/* Names the character and its code point; a mark stands for a character that cannot be shown. */
static void
set_encode_error (GError **error, const PhCharset *charset, const char *at)
{
  g_autoptr (GString) shown = g_string_new (NULL);
  g_autofree char *name = ph_charset_dup_short_name (charset);

  ph_marks_show (at, g_utf8_next_char (at) - at, NULL, shown, NULL);
  /* Translators: a character, its code point, the name of an encoding */
  g_set_error (error, PH_CODEC_ERROR, PH_CODEC_ERROR_ENCODING, _("cannot encode “%s” (U+%04X) in %s"),
               shown->str, g_utf8_get_char (at), name);
}

/* Encodes up to a character that the encoding does not have. Returns how many bytes of @text that was. */
static gsize
encode_some (iconv_t to, const char *text, gsize length, GByteArray *out)
{
  char *in = (char *) text;
  gsize left = length, status;

  do
    {
      char bytes[4096], *p = bytes;
      gsize room = sizeof bytes;

      status = iconv (to, &in, &left, &p, &room);
      g_byte_array_append (out, (guint8 *) bytes, p - bytes);
    }
  while (status == (gsize) -1 && errno == E2BIG);
  return length - left;
}

/*
 * The offset of the first tag character (U+E0000 … U+E007F: F3 A0 80 80 … F3 A0 81 BF), or @length. glibc's iconv drops
 * them silently if the encoding does not have them.
 */
static gsize
find_tag (const char *text, gsize length)
{
  const char *p = text, *end = text + length;

  while ((p = memchr (p, 0xF3, end - p)) != NULL)
    {
      if (g_utf8_get_char (p) >> 7 == 0xE0000 >> 7)
        return p - text;
      p += 4;
    }
  return length;
}

/* Returns how many bytes of @text were encoded: fewer than @length where the encoding does not have the next character. */
static gsize
encode (iconv_t to, const char *text, gsize length, GByteArray *out)
{
  gsize i = 0;

  while (i < length)
    {
      gsize tag = i + find_tag (text + i, length - i);
      gsize piece = tag == i ? 4 : tag - i;
      guint before = out->len;
      gsize done = encode_some (to, text + i, piece, out);

      if (done < piece || (tag == i && out->len == before))
        return i + (tag == i ? 0 : done);
      i += piece;
    }
  return i;
}

/**
 * ph_charset_encode:
 * @text: UTF-8; may contain NUL
 * @length: of @text in bytes, or -1 if it ends with a NUL
 * @error_offset: (out) (optional): written on failure only: the byte of @text that cannot be encoded
 * @error: %PH_CODEC_ERROR_ENCODING: names the first character that the encoding does not have
 *
 * UTF-16 gets no byte order mark.
 *
 * Returns: (transfer full) (nullable): the bytes, or %NULL
 */
GBytes *
ph_charset_encode (const PhCharset *charset, const char *text, gssize length, gsize *error_offset, GError **error)
{
  g_autoptr (GByteArray) out = NULL;
  gsize size = length < 0 ? strlen (text) : (gsize) length, done = 0;
  gboolean cut;
  gsize valid = ph_utf8_run ((const guint8 *) text, size, &cut);
  iconv_t to;

  if (valid < size)
    {
      if (error_offset != NULL)
        *error_offset = valid;
      g_set_error (error, PH_CODEC_ERROR, PH_CODEC_ERROR_ENCODING,
                   _("the text is not UTF-8: byte %02X at position %lu"),
                   (guint8) text[valid], (gulong) g_utf8_pointer_to_offset (text, text + valid) + 1);
      return NULL;
    }
  if (strcmp (charset->id, "utf-8") == 0)
    return g_bytes_new (text, size);

  to = iconv_open (charset->iconv_name, "UTF-8");
  if (to == (iconv_t) -1)
    {
      if (error_offset != NULL)
        *error_offset = 0;
      ph_charset_set_lacking (error, charset);
      return NULL;
    }
  out = g_byte_array_sized_new (MIN (size, G_MAXUINT / 4));
  done = encode (to, text, size, out);
  iconv_close (to);
  if (done == size)
    return g_byte_array_free_to_bytes (g_steal_pointer (&out));

  set_encode_error (error, charset, text + done);
  if (error_offset != NULL)
    *error_offset = done;
  return NULL;
}
