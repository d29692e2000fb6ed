/* ph-format-code.c: bytes as source code, and as a command that sends them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-format-code.h"

#include <string.h>

#define C_ROW 12u        /* bytes in a line of C */
#define PYTHON_ROW 72u   /* characters in a line of Python, at most, and a little more */

/**
 * ph_format_dup_c:
 *
 * Returns: (transfer full): an array of C
 */
char *
ph_format_dup_c (const guint8 *bytes, gsize length)
{
  GString *out = g_string_sized_new (length * 6 + 64);

  g_string_append_printf (out, "static const unsigned char data[%" G_GSIZE_FORMAT "] = {", MAX (length, 1));
  for (gsize i = 0; i < length; i++)
    g_string_append_printf (out, "%s0x%02X,", i % C_ROW == 0 ? "\n  " : " ", bytes[i]);
  g_string_append (out, length > 0 ? "\n};\n" : " 0 };\n");

  return g_string_free (out, FALSE);
}

/* Appends a byte as it stands in b'': printable ASCII as itself. */
static void
append_python (GString *out, guint8 byte)
{
  if (byte == '\n')
    g_string_append (out, "\\n");
  else if (byte == '\r')
    g_string_append (out, "\\r");
  else if (byte == '\t')
    g_string_append (out, "\\t");
  else if (byte == '\'' || byte == '\\')
    g_string_append_printf (out, "\\%c", byte);
  else if (g_ascii_isprint (byte))
    g_string_append_c (out, (char) byte);
  else
    g_string_append_printf (out, "\\x%02x", byte);
}

/**
 * ph_format_dup_python:
 *
 * Returns: (transfer full): bytes of Python, in several lines where they are long
 */
char *
ph_format_dup_python (const guint8 *bytes, gsize length)
{
  GString *out = g_string_new ("data = b'");
  gboolean long_text = FALSE;
  gsize start = out->len;

  for (gsize i = 0; i < length; i++)
    {
      append_python (out, bytes[i]);
      if (out->len - start < PYTHON_ROW || i + 1 == length)
        continue;
      g_string_append (out, "'\n    b'");
      start = out->len;
      long_text = TRUE;
    }
  g_string_append (out, "'\n");
  if (!long_text)
    return g_string_free (out, FALSE);

  g_string_insert (out, strlen ("data = "), "(\n    ");
  g_string_append (out, ")\n");

  return g_string_free (out, FALSE);
}

/* A name that a shell and ncat take as it is. A file may claim any. */
static gboolean
is_plain (const char *name)
{
  return *name != '\0' && *name != '-' && name[strspn (name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.:%_-")] == '\0';
}

/* Appends a byte for printf(1), between single quotes. A dash at the beginning would be an option. */
static void
append_printf_byte (GString *out, guint8 byte, gboolean first)
{
  if (byte == '\n')
    g_string_append (out, "\\n");
  else if (byte == '\r')
    g_string_append (out, "\\r");
  else if (byte == '\t')
    g_string_append (out, "\\t");
  else if (byte == '%' || byte == '\\')
    g_string_append_printf (out, "%c%c", byte, byte);
  else if (g_ascii_isprint (byte) && byte != '\'' && !(first && byte == '-'))
    g_string_append_c (out, (char) byte);
  else
    g_string_append_printf (out, "\\%03o", byte);
}

/**
 * ph_format_dup_ncat:
 *
 * Returns: (transfer full) (nullable): a line for a POSIX shell; %NULL if host or port are nothing that can stand in it
 */
char *
ph_format_dup_ncat (const guint8 *bytes, gsize length, const PhFormatNcat *ncat)
{
  GString *out;

  if (ncat->port == NULL || !is_plain (ncat->port) || (ncat->host == NULL ? !ncat->listens : !is_plain (ncat->host)))
    return NULL;

  out = g_string_sized_new (length + 64);
  g_string_append (out, "printf '");
  for (gsize i = 0; i < length; i++)
    append_printf_byte (out, bytes[i], i == 0);
  g_string_append_printf (out, "' | ncat%s%s", ncat->datagrams ? " -u" : "", ncat->listens ? " -l" : "");
  if (ncat->host != NULL)
    g_string_append_printf (out, " %s", ncat->host);
  g_string_append_printf (out, " %s\n", ncat->port);

  return g_string_free (out, FALSE);
}
