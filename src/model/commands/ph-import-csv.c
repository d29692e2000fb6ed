/* ph-import-csv.c: quick commands from tables: lines of values with commas, semicolons or tabs between them (RFC 4180)
 *
 * A first line with the words “name”, “text”, “hex”, “comment” says what the columns are. Without one they are name, text, comment; a single
 * column is the text.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ph-hex.h"
#include "ph-import.h"
#include "ph-marks.h"

typedef enum
{
  COLUMN_NAME,
  COLUMN_TEXT,
  COLUMN_HEX,
  COLUMN_COMMENT,
  N_COLUMNS,
  NO_COLUMN = N_COLUMNS,
} Column;

/* Which value of a line is in which column; -1 for none. */
typedef struct
{
  int of[N_COLUMNS];
} Columns;

static const char *const words[N_COLUMNS] = {
  [COLUMN_NAME] = "name", [COLUMN_TEXT] = "text", [COLUMN_HEX] = "hex", [COLUMN_COMMENT] = "comment",
};

/* ---- lines ---- */

/* What stands most often between the values of the first line. */
static char
find_separator (const char *text)
{
  static const char separators[] = { ',', ';', '\t' };
  guint counts[G_N_ELEMENTS (separators)] = { 0 };
  gboolean quoted = FALSE;
  gsize most = 0;

  for (const char *p = text; *p != '\0' && (quoted || *p != '\n'); p++)
    {
      quoted ^= *p == '"';
      for (gsize i = 0; i < G_N_ELEMENTS (separators) && !quoted; i++)
        counts[i] += *p == separators[i];
    }
  for (gsize i = 1; i < G_N_ELEMENTS (separators); i++)
    if (counts[i] > counts[most])
      most = i;

  return separators[most];
}

/* Appends what stands in quotes at @at. Returns: where it ends; NULL where no quote closes it */
static const char *
read_quoted (PhImport *import, const char *at, GString *value)
{
  for (at++; *at != '\0'; at++)
    {
      if (*at == '"' && at[1] != '"')
        return at + 1;
      at += *at == '"';
      import->line += *at == '\n';
      g_string_append_c (value, *at);
    }

  return NULL;
}

static gboolean
ends_line (const char *at)
{
  return *at == '\0' || *at == '\n' || (at[0] == '\r' && (at[1] == '\n' || at[1] == '\0'));
}

/* Reads one line of values, which may be several lines of the file. */
static GPtrArray *
read_values (PhImport *import, const char **ret_at, char separator, GError **error)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  const char *at = *ret_at;

  import->line++;
  for (;; at++)
    {
      g_autoptr (GString) value = g_string_new (NULL);

      if (*at == '"' && (at = read_quoted (import, at, value)) == NULL)
        {
          ph_import_refuse (import, error, _("a quote is not closed"));
          return NULL;
        }
      for (; *at != separator && !ends_line (at); at++)
        g_string_append_c (value, *at);
      g_ptr_array_add (values, g_string_free (g_steal_pointer (&value), FALSE));
      if (*at != separator)
        break;
    }
  at += *at == '\r';
  *ret_at = at + (*at == '\n');

  return g_steal_pointer (&values);
}

static const char *
get_value (GPtrArray *values, int index)
{
  return index >= 0 && (guint) index < values->len ? g_ptr_array_index (values, index) : "";
}

static gboolean
are_empty (GPtrArray *values)
{
  for (guint i = 0; i < values->len; i++)
    if (*get_value (values, (int) i) != '\0')
      return FALSE;

  return TRUE;
}

/* ---- columns ---- */

static Column
find_column (const char *value)
{
  g_autofree char *word = g_strstrip (g_strdup (value));

  for (Column column = 0; column < N_COLUMNS; column++)
    if (g_ascii_strcasecmp (word, words[column]) == 0)
      return column;

  return NO_COLUMN;
}

static void
note_column (PhImport *import, const char *value)
{
  g_autofree char *shown = ph_marks_dup (value, -1, PH_MARKS_NAME_MAX);

  ph_import_note (import, _("the column “%s” is not read"), shown);
}

/* TRUE where the values are names of columns. */
static gboolean
read_head (PhImport *import, GPtrArray *values, Columns *columns)
{
  guint known = 0;

  *columns = (Columns){ { -1, -1, -1, -1 } };
  for (guint i = 0; i < values->len; i++)
    {
      Column column = find_column (get_value (values, (int) i));

      if (column == NO_COLUMN || columns->of[column] >= 0)
        continue;
      columns->of[column] = (int) i;
      known++;
    }
  if ((columns->of[COLUMN_TEXT] < 0 && columns->of[COLUMN_HEX] < 0) || known < MIN (values->len, 2))
    return FALSE;
  for (guint i = 0; i < values->len; i++)
    if (find_column (get_value (values, (int) i)) == NO_COLUMN)
      note_column (import, get_value (values, (int) i));

  return TRUE;
}

static Columns
usual_columns (GPtrArray *values)
{
  return values->len == 1 ? (Columns){ { -1, 0, -1, -1 } } : (Columns){ { 0, 1, -1, 2 } };
}

/* ---- commands ---- */

static gboolean
add_line (PhImport *import, GPtrArray *values, const Columns *columns, GError **error)
{
  g_autoptr (PhQuickCommand) command = ph_quick_command_new ();
  const char *hex = get_value (values, columns->of[COLUMN_HEX]), *text = get_value (values, columns->of[COLUMN_TEXT]);
  PhPayloadFormat format = *ph_quick_command_get_format (command);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) why = NULL;

  format.hex = *hex != '\0';
  bytes = format.hex ? ph_hex_parse (hex, NULL, &why) : NULL;
  if (format.hex && bytes == NULL)
    return ph_import_refuse (import, error, why->message);
  g_object_set (command, "name", get_value (values, columns->of[COLUMN_NAME]), "comment", get_value (values, columns->of[COLUMN_COMMENT]),
                NULL);
  ph_quick_command_set_format (command, &format);

  return !ph_import_set_text (import, command, format.hex ? hex : text) || ph_import_add (import, g_steal_pointer (&command), error);
}

static gboolean
read_all (PhImport *import, GError **error)
{
  const char *at = import->text;
  const char separator = find_separator (at + strspn (at, "\r\n"));
  Columns columns;
  gboolean begun = FALSE;

  while (*at != '\0')
    {
      g_autoptr (GPtrArray) values = read_values (import, &at, separator, error);

      if (values == NULL)
        return FALSE;
      if (are_empty (values))
        continue;
      if (!begun)
        {
          begun = TRUE;
          if (read_head (import, values, &columns))
            continue;
          columns = usual_columns (values);
        }
      if (!add_line (import, values, &columns, error))
        return FALSE;
    }

  return TRUE;
}

/* Whether the first line has names of columns. */
static gboolean
has_head (const char *text)
{
  g_autofree char *line = g_strndup (text, strcspn (text, "\r\n")), *lower = g_ascii_strdown (line, -1);
  g_auto (GStrv) values = g_strsplit_set (lower, ",;\t", -1);
  guint known = 0;

  for (guint i = 0; values[i] != NULL; i++)
    known += find_column (values[i]) != NO_COLUMN;

  return known >= 2;
}

static gboolean
fits (const char *file_name, const char *text)
{
  static const char *const endings[] = { ".csv", ".tsv", ".txt" };
  gboolean named = has_head (text);

  for (gsize i = 0; i < G_N_ELEMENTS (endings) && !named; i++)
    named = ph_import_has_ending (file_name, endings[i]);
  if (!named)
    return FALSE;
  for (const char *p = text; *p != '\0'; p++)
    if ((guchar) *p < 0x20 && strchr ("\r\n\t", *p) == NULL)
      return FALSE;

  return TRUE;
}

const PhImportForm ph_import_csv = { fits, read_all, .charset = "gb18030" };
