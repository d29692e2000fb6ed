/* ph-json-file.c: a file of JSON that is not trusted, and the line of each value in it
 *
 * The text is looked through before json-glib sees it: its parser calls itself for each bracket, ends the program where half of a
 * surrogate pair is missing, and cuts a string off at a NUL.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-json-file.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ph-error.h"
#include "ph-format.h"
#include "ph-marks.h"

struct _PhJsonFile
{
  JsonParser *parser;
  GHashTable *lines; /* of a JsonNode: the line that it ends in */
  guint bad_line;    /* where it cannot be read */
};

/* ---- looking through ---- */

typedef struct
{
  const char *at, *end;
  guint line, depth, values;
  gboolean done; /* the one value of the file is over */
  GError **error;
} Scan;

static gboolean
refuse (GError **error, guint line, const char *why)
{
  g_autofree char *shown = ph_format_dup_grouped (line);

  g_set_error (error, PH_ERROR, PH_ERROR_INVALID, _("line %s: %s"), shown, why);

  return FALSE;
}

static gboolean
refuse_character (Scan *scan)
{
  const char *next = g_utf8_next_char (scan->at);
  g_autofree char *shown = ph_marks_dup_character (scan->at, next);
  g_autofree char *why = g_strdup_printf (_("“%s” does not belong here"), shown);

  return refuse (scan->error, scan->line, why);
}

/* Reads four hex digits at @at; -1 where there are none. */
static int
read_unit (const Scan *scan, const char *at)
{
  int unit = 0;

  if (scan->end - at < 4)
    return -1;
  for (guint i = 0; i < 4; i++)
    {
      if (!g_ascii_isxdigit (at[i]))
        return -1;
      unit = unit << 4 | g_ascii_xdigit_value (at[i]);
    }

  return unit;
}

/* At the “u” of \uXXXX. */
static gboolean
pass_code_point (Scan *scan)
{
  int unit = read_unit (scan, scan->at + 1), low;

  if (unit == 0)
    return refuse (scan->error, scan->line, _("the character NUL cannot be in a text"));
  if (unit < 0 || (unit >= 0xDC00 && unit <= 0xDFFF))
    return refuse (scan->error, scan->line, _("an escape is not valid"));
  scan->at += 5;
  if (unit < 0xD800 || unit > 0xDFFF)
    return TRUE;
  low = scan->end - scan->at > 6 && scan->at[0] == '\\' && scan->at[1] == 'u' ? read_unit (scan, scan->at + 2) : -1;
  if (low < 0xDC00 || low > 0xDFFF)
    return refuse (scan->error, scan->line, _("an escape is not valid"));
  scan->at += 6;

  return TRUE;
}

/* At the opening quote. */
static gboolean
pass_string (Scan *scan)
{
  for (scan->at++; scan->at < scan->end;)
    {
      char c = *scan->at++;

      if (c == '"')
        return TRUE;
      if ((guchar) c < 0x20)
        break;
      if (c != '\\')
        continue;
      if (scan->at < scan->end && *scan->at == 'u')
        {
          if (!pass_code_point (scan))
            return FALSE;
        }
      else if (scan->at == scan->end || strchr ("\"\\/bfnrt", *scan->at++) == NULL)
        return refuse (scan->error, scan->line, _("an escape is not valid"));
    }

  return refuse (scan->error, scan->line, _("a text is not closed by a quote"));
}

static gsize
count_digits (const char *at)
{
  return strspn (at, "0123456789");
}

static gboolean
is_number (const char *word)
{
  const char *at = *word == '-' ? word + 1 : word;
  gsize n = count_digits (at);

  if (n == 0 || (n > 1 && *at == '0'))
    return FALSE;
  at += n;
  if (*at == '.')
    {
      n = count_digits (at + 1);
      if (n == 0)
        return FALSE;
      at += n + 1;
    }
  if (*at == 'e' || *at == 'E')
    {
      at += at[1] == '+' || at[1] == '-' ? 2 : 1;
      n = count_digits (at);
      at += n;
    }

  return n > 0 && *at == '\0';
}

/* true, false, null or a number */
static gboolean
pass_word (Scan *scan)
{
  const char *start = scan->at;
  g_autofree char *word = NULL;

  while (scan->at < scan->end && (g_ascii_isalnum (*scan->at) || strchr ("+-.", *scan->at) != NULL))
    scan->at++;
  if (scan->at == start)
    return refuse_character (scan);
  word = g_strndup (start, (gsize) (scan->at - start));
  if (is_number (word) || g_str_equal (word, "true") || g_str_equal (word, "false") || g_str_equal (word, "null"))
    return TRUE;
  scan->at = start;

  return refuse_character (scan);
}

static gboolean
pass_bracket (Scan *scan)
{
  if (*scan->at == '{' || *scan->at == '[')
    scan->depth++;
  else if (scan->depth > 0)
    scan->depth--;
  else
    return refuse_character (scan);
  if (scan->depth > PH_JSON_FILE_DEPTH)
    return refuse (scan->error, scan->line, _("too many brackets are inside of each other"));
  scan->at++;

  return TRUE;
}

static gboolean
pass_value (Scan *scan)
{
  gboolean passed;

  if (scan->done)
    return refuse_character (scan);
  if (*scan->at == '"')
    passed = pass_string (scan);
  else if (strchr ("{}[]", *scan->at) != NULL)
    passed = pass_bracket (scan);
  else
    passed = pass_word (scan);
  scan->done = scan->depth == 0;

  return passed;
}

/* FALSE where json-glib must not see the text. Whether colons and commas are in their places is left to it. */
static gboolean
pass_all (Scan *scan)
{
  while (scan->at < scan->end)
    {
      char c = *scan->at;

      scan->line += c == '\n';
      if (strchr (" \t\r\n", c) != NULL)
        scan->at++;
      else if (scan->depth > 0 && (c == ',' || c == ':'))
        scan->at++;
      else if (!pass_value (scan))
        return FALSE;
      else if (++scan->values > PH_JSON_FILE_VALUES)
        return refuse (scan->error, scan->line, _("the file has too many values"));
    }

  return scan->done || refuse (scan->error, scan->line, _("the file ends too early"));
}

static gboolean
is_text (const char *text, gsize length, GError **error)
{
  const char *bad;
  guint line = 1;

  if (g_utf8_validate_len (text, length, &bad))
    return TRUE;
  for (const char *p = text; p < bad; p++)
    line += *p == '\n';

  return refuse (error, line, _("this is not a text in UTF-8"));
}

/* ---- lines ---- */

static void
note_line (PhJsonFile *file, JsonNode *node)
{
  g_hash_table_insert (file->lines, node, GUINT_TO_POINTER (json_parser_get_current_line (file->parser)));
}

static void
member_cb (JsonParser *parser, JsonObject *object, const char *name, PhJsonFile *file)
{
  note_line (file, json_object_get_member (object, name));
}

static void
element_cb (JsonParser *parser, JsonArray *array, int index, PhJsonFile *file)
{
  note_line (file, json_array_get_element (array, (guint) index));
}

/* Afterwards the parser knows no line any more. */
static void
error_cb (JsonParser *parser, const GError *error, PhJsonFile *file)
{
  file->bad_line = json_parser_get_current_line (parser);
}

/* ---- public ---- */

/**
 * ph_json_file_new:
 * @text: (array length=length): may be anything, with a byte order mark or without
 * @error: %PH_ERROR_INVALID: says in which line
 *
 * Returns: (transfer full) (nullable): what the text says, or %NULL with @error
 */
PhJsonFile *
ph_json_file_new (const char *text, gsize length, GError **error)
{
  const gsize mark = length >= 3 && memcmp (text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
  Scan scan = { .at = text + mark, .end = text + length, .line = 1, .error = error };
  g_autoptr (PhJsonFile) file = g_new0 (PhJsonFile, 1);

  file->parser = json_parser_new ();
  file->lines = g_hash_table_new (NULL, NULL);
  if (!is_text (text, length, error) || !pass_all (&scan))
    return NULL;
  g_signal_connect (file->parser, "object-member", G_CALLBACK (member_cb), file);
  g_signal_connect (file->parser, "array-element", G_CALLBACK (element_cb), file);
  g_signal_connect (file->parser, "error", G_CALLBACK (error_cb), file);
  if (!json_parser_load_from_data (file->parser, text + mark, (gssize) (length - mark), NULL))
    {
      refuse (error, file->bad_line, _("a comma, a colon or a bracket is missing, or one is too many"));
      return NULL;
    }

  return g_steal_pointer (&file);
}

void
ph_json_file_free (PhJsonFile *file)
{
  g_object_unref (file->parser);
  g_hash_table_unref (file->lines);
  g_free (file);
}

/**
 * ph_json_file_get_root:
 *
 * Returns: (transfer none): the value that the file is
 */
JsonNode *
ph_json_file_get_root (PhJsonFile *file)
{
  return json_parser_get_root (file->parser);
}

/**
 * ph_json_file_dup_line:
 * @node: of @file
 *
 * Returns: (transfer full): the line that it ends in, for a message
 */
char *
ph_json_file_dup_line (PhJsonFile *file, JsonNode *node)
{
  guint line = GPOINTER_TO_UINT (g_hash_table_lookup (file->lines, node));

  return ph_format_dup_grouped (MAX (line, 1));
}

/**
 * ph_json_append_string:
 * @text: UTF-8
 *
 * Appends it with quotes and escapes.
 */
void
ph_json_append_string (GString *out, const char *text)
{
  static const char plain[] = "\b\f\n\r\t\"\\", letters[] = "bfnrt\"\\";

  g_string_append_c (out, '"');
  for (const char *p = text; *p != '\0'; p++)
    {
      const char *known = strchr (plain, *p);

      if (known != NULL)
        g_string_append_printf (out, "\\%c", letters[known - plain]);
      else if ((guchar) *p < 0x20 || *p == 0x7F)
        g_string_append_printf (out, "\\u%04X", (guint) *p);
      else
        g_string_append_c (out, *p);
    }
  g_string_append_c (out, '"');
}
