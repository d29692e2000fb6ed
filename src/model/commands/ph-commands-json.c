/* ph-commands-json.c: quick commands as a readable file of JSON, and back
 *
 * Each member of a command is a row of a table, for both directions.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-commands-json.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ph-charset.h"
#include "ph-error.h"
#include "ph-format.h"
#include "ph-json-file.h"
#include "ph-marks.h"

#define VERSION 1
#define GROUPS "groups"
#define COMMANDS "commands"
#define NAME "name"
#define FOLDED "folded"
#define FOREIGN "foreign"

typedef struct _Row Row;
typedef struct _Kind Kind;

/* What is being read. */
typedef struct
{
  PhJsonFile *file;
  GPtrArray *items;
  GError **error;
  PhQuickCommand *command; /* that is being filled */
  PhPayloadFormat format;  /* of it */
} Reader;

struct _Kind
{
  gboolean (*read) (Reader *reader, const Row *row, JsonNode *node);
  void (*write) (GString *out, const Row *row, PhQuickCommand *command);
};

/* A member of a command. */
struct _Row
{
  const char *member; /* and the property, where it is one */
  const Kind *kind;
  gsize offset;       /* in PhPayloadFormat, where it is of that */
  guint least, most;  /* of a number; characters of a text */
  guint most_bytes;   /* of a text, where characters do not count */
};

/* ---- errors ---- */

static gboolean refuse (Reader *reader, JsonNode *node, const char *form, ...) G_GNUC_PRINTF (3, 4);

static gboolean
refuse (Reader *reader, JsonNode *node, const char *form, ...)
{
  g_autofree char *line = ph_json_file_dup_line (reader->file, node), *why = NULL;
  va_list args;

  va_start (args, form);
  why = g_strdup_vprintf (form, args);
  va_end (args);
  g_set_error (reader->error, PH_ERROR, PH_ERROR_INVALID, _("line %s: %s"), line, why);

  return FALSE;
}

/* ---- kinds of members: reading ---- */

static const char *
get_string (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

static gboolean
read_string (Reader *reader, const Row *row, JsonNode *node)
{
  const char *text = get_string (node);
  g_autofree char *most = NULL;

  if (text == NULL)
    return refuse (reader, node, _("“%s” should be a text"), row->member);
  if (row->most_bytes > 0 ? strlen (text) <= row->most_bytes : g_utf8_strlen (text, -1) <= (glong) row->most)
    return TRUE;
  most = ph_format_dup_grouped (row->most_bytes > 0 ? row->most_bytes : row->most);

  return refuse (reader, node, _("“%s” is too long: %s is the most"), row->member, most);
}

static gboolean
read_text (Reader *reader, const Row *row, JsonNode *node)
{
  if (!read_string (reader, row, node))
    return FALSE;
  g_object_set (reader->command, row->member, json_node_get_string (node), NULL);

  return TRUE;
}

static gboolean
read_number (Reader *reader, const Row *row, JsonNode *node)
{
  const gboolean whole = JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64;
  gint64 number = whole ? json_node_get_int (node) : -1;

  if (!whole || number < row->least || number > row->most)
    {
      g_autofree char *least = ph_format_dup_grouped (row->least), *most = ph_format_dup_grouped (row->most);

      return refuse (reader, node, _("“%s” should be a whole number from %s to %s"), row->member, least, most);
    }
  g_object_set (reader->command, row->member, (guint) number, NULL);

  return TRUE;
}

static gboolean
get_switch (Reader *reader, const char *member, JsonNode *node, gboolean *ret_value)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return refuse (reader, node, _("“%s” should be true or false"), member);
  *ret_value = json_node_get_boolean (node);

  return TRUE;
}

static gboolean
read_switch (Reader *reader, const Row *row, JsonNode *node)
{
  gboolean value;

  if (!get_switch (reader, row->member, node, &value))
    return FALSE;
  g_object_set (reader->command, row->member, value, NULL);

  return TRUE;
}

static gboolean
read_format_switch (Reader *reader, const Row *row, JsonNode *node)
{
  return get_switch (reader, row->member, node, &G_STRUCT_MEMBER (gboolean, &reader->format, row->offset));
}

static gboolean
read_format_word (Reader *reader, const Row *row, JsonNode *node)
{
  if (!read_string (reader, row, node))
    return FALSE;
  G_STRUCT_MEMBER (const char *, &reader->format, row->offset) = json_node_get_string (node);

  return TRUE;
}

static gboolean
read_encoding (Reader *reader, const Row *row, JsonNode *node)
{
  const char *id = get_string (node);
  g_autofree char *shown = NULL;

  if (id == NULL)
    return refuse (reader, node, _("“%s” should be a text"), row->member);
  if (ph_charset_find (id) != NULL)
    return read_format_word (reader, row, node);
  shown = ph_marks_dup (id, -1, PH_MARKS_NAME_MAX);

  return refuse (reader, node, _("“%s” is not an encoding of Porthole"), shown);
}

static gboolean
read_line_ending (Reader *reader, const Row *row, JsonNode *node)
{
  const char *id = get_string (node);

  if (id == NULL || !ph_line_ending_parse (id, &reader->format.line_ending))
    return refuse (reader, node, _("“%s” should be “none”, “lf”, “crlf” or “cr”"), row->member);

  return TRUE;
}

/* ---- kinds of members: writing ---- */

static void
begin_member (GString *out, const char *member)
{
  if (out->str[out->len - 1] != '{')
    g_string_append_c (out, ',');
  g_string_append (out, "\n          ");
  ph_json_append_string (out, member);
  g_string_append (out, ": ");
}

static void
write_word (GString *out, const Row *row, const char *word)
{
  if (word == NULL || *word == '\0')
    return;
  begin_member (out, row->member);
  ph_json_append_string (out, word);
}

static void
write_true (GString *out, const Row *row, gboolean value)
{
  if (!value)
    return;
  begin_member (out, row->member);
  g_string_append (out, "true");
}

static void
write_text (GString *out, const Row *row, PhQuickCommand *command)
{
  g_autofree char *text = NULL;

  g_object_get (command, row->member, &text, NULL);
  write_word (out, row, text);
}

static void
write_number (GString *out, const Row *row, PhQuickCommand *command)
{
  GParamSpec *spec = g_object_class_find_property (G_OBJECT_GET_CLASS (command), row->member);
  g_auto (GValue) value = G_VALUE_INIT;

  g_object_get_property (G_OBJECT (command), row->member, &value);
  if (g_param_value_defaults (spec, &value))
    return;
  begin_member (out, row->member);
  g_string_append_printf (out, "%u", G_VALUE_HOLDS_INT (&value) ? (guint) g_value_get_int (&value) : g_value_get_uint (&value));
}

static void
write_switch (GString *out, const Row *row, PhQuickCommand *command)
{
  gboolean value;

  g_object_get (command, row->member, &value, NULL);
  write_true (out, row, value);
}

static void
write_format_switch (GString *out, const Row *row, PhQuickCommand *command)
{
  write_true (out, row, G_STRUCT_MEMBER (gboolean, ph_quick_command_get_format (command), row->offset));
}

static void
write_format_word (GString *out, const Row *row, PhQuickCommand *command)
{
  write_word (out, row, G_STRUCT_MEMBER (const char *, ph_quick_command_get_format (command), row->offset));
}

static void
write_encoding (GString *out, const Row *row, PhQuickCommand *command)
{
  if (!g_str_equal (ph_quick_command_get_format (command)->charset, "utf-8"))
    write_format_word (out, row, command);
}

static void
write_line_ending (GString *out, const Row *row, PhQuickCommand *command)
{
  const PhLineEnding ending = ph_quick_command_get_format (command)->line_ending;

  write_word (out, row, ending != PH_LINE_ENDING_NONE ? ph_line_ending_id (ending) : NULL);
}

/* ---- the table ---- */

static const Kind kind_text = { read_text, write_text };
static const Kind kind_number = { read_number, write_number };
static const Kind kind_on = { read_switch, write_switch };
static const Kind kind_format_on = { read_format_switch, write_format_switch };
static const Kind kind_format_word = { read_format_word, write_format_word };
static const Kind kind_encoding = { read_encoding, write_encoding };
static const Kind kind_line_ending = { read_line_ending, write_line_ending };

#define IN_FORMAT(field) G_STRUCT_OFFSET (PhPayloadFormat, field)
#define WORD_MAX PH_QUICK_COMMAND_WORD_MAX

static const Row rows[] = {
  { NAME, &kind_text, .most = PH_QUICK_COMMAND_NAME_MAX },
  { "text", &kind_text, .most_bytes = PH_QUICK_COMMAND_TEXT_MAX },
  { "hex", &kind_format_on, IN_FORMAT (hex) },
  { "escapes", &kind_format_on, IN_FORMAT (escapes) },
  { "variables", &kind_format_on, IN_FORMAT (variables) },
  { "encoding", &kind_encoding, IN_FORMAT (charset), .most = WORD_MAX },
  { "line-ending", &kind_line_ending },
  { "prefix", &kind_format_word, IN_FORMAT (prefix), .most = WORD_MAX },
  { "suffix", &kind_format_word, IN_FORMAT (suffix), .most = WORD_MAX },
  { "check", &kind_format_word, IN_FORMAT (check), .most = WORD_MAX },
  { "transport", &kind_text, .most = WORD_MAX },
  { "target", &kind_text, .most = WORD_MAX },
  { "key", &kind_number, .most = PH_QUICK_COMMAND_KEYS },
  { "delay", &kind_number, .most = PH_QUICK_COMMAND_WAIT_MAX },
  { "period", &kind_number, .least = 1, .most = PH_QUICK_COMMAND_WAIT_MAX },
  { "marked", &kind_on },
  { "comment", &kind_text, .most = PH_QUICK_COMMAND_COMMENT_MAX },
  { FOREIGN, &kind_on },
};

/* ---- reading ---- */

/* Returns: (transfer full) (nullable): a command, or NULL with an error */
static PhQuickCommand *
read_members (Reader *reader, JsonObject *object)
{
  g_autoptr (PhQuickCommand) command = ph_quick_command_new ();

  reader->command = command;
  reader->format = *ph_quick_command_get_format (command);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      JsonNode *node = json_object_get_member (object, rows[i].member);

      if (node != NULL && !rows[i].kind->read (reader, &rows[i], node))
        return NULL;
    }
  ph_quick_command_set_format (command, &reader->format);

  return g_steal_pointer (&command);
}

/* Takes @item. */
static gboolean
add_item (Reader *reader, JsonNode *node, PhQuickCommand *item)
{
  g_autofree char *most = ph_format_dup_grouped (PH_COMMANDS_MAX);

  if (item == NULL)
    return FALSE;
  g_ptr_array_add (reader->items, item);
  if (reader->items->len > PH_COMMANDS_MAX)
    return refuse (reader, node, _("%s commands and groups are the most that are kept"), most);

  return TRUE;
}

static gboolean
read_command (Reader *reader, JsonNode *node)
{
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse (reader, node, _("“%s” should hold commands, in braces"), COMMANDS);

  return add_item (reader, node, read_members (reader, json_node_get_object (node)));
}

/* A first group that has no name is no group: it holds what stands before the others. */
static gboolean
read_heading (Reader *reader, JsonNode *node, JsonObject *group)
{
  static const Row row = { NAME, NULL, .most = PH_QUICK_COMMAND_NAME_MAX };
  JsonNode *name = json_object_get_member (group, NAME), *folded = json_object_get_member (group, FOLDED);
  const gboolean unnamed = name == NULL || JSON_NODE_HOLDS_NULL (name);
  PhQuickCommand *heading;
  gboolean is_folded = FALSE;

  if ((!unnamed && !read_string (reader, &row, name)) || (folded != NULL && !get_switch (reader, FOLDED, folded, &is_folded)))
    return FALSE;
  if (unnamed && reader->items->len == 0)
    return TRUE;
  heading = ph_quick_command_new_heading (unnamed ? "" : json_node_get_string (name));
  g_object_set (heading, FOLDED, is_folded, NULL);

  return add_item (reader, node, heading);
}

static gboolean read_array (Reader *reader, JsonNode *node, const char *member, gboolean (*read) (Reader *reader, JsonNode *node));

static gboolean
read_group (Reader *reader, JsonNode *node)
{
  JsonObject *group;
  JsonNode *commands;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse (reader, node, _("“%s” should hold groups, in braces"), GROUPS);
  group = json_node_get_object (node);
  commands = json_object_get_member (group, COMMANDS);

  return read_heading (reader, node, group) && (commands == NULL || read_array (reader, commands, COMMANDS, read_command));
}

static gboolean
read_array (Reader *reader, JsonNode *node, const char *member, gboolean (*read) (Reader *reader, JsonNode *node))
{
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return refuse (reader, node, _("“%s” should be a list, in brackets"), member);
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!read (reader, json_array_get_element (array, i)))
      return FALSE;

  return TRUE;
}

static gboolean
read_all (Reader *reader, JsonNode *root)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  JsonNode *version = object != NULL ? json_object_get_member (object, PH_COMMANDS_JSON) : NULL;
  JsonNode *groups = object != NULL ? json_object_get_member (object, GROUPS) : NULL;

  if (version == NULL)
    return refuse (reader, root, _("this is not a file of Porthole's commands: it has no “%s”"), PH_COMMANDS_JSON);
  if (!JSON_NODE_HOLDS_VALUE (version) || json_node_get_value_type (version) != G_TYPE_INT64 || json_node_get_int (version) < VERSION)
    return refuse (reader, version, _("“%s” should be the number of the format"), PH_COMMANDS_JSON);
  if (json_node_get_int (version) > VERSION)
    return refuse (reader, version, _("this file was written by a newer version of Porthole"));

  return groups == NULL || read_array (reader, groups, GROUPS, read_group);
}

/**
 * ph_commands_read_json:
 * @bytes: (array length=length): may be anything
 * @foreign: each command is foreign, whatever the file says
 * @error: %PH_ERROR_INVALID: says in which line
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): the commands, or %NULL with @error
 */
PhCommands *
ph_commands_read_json (const char *bytes, gsize length, gboolean foreign, GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (PhJsonFile) file = ph_json_file_new (bytes, length, error);
  Reader reader = { .file = file, .items = items, .error = error };

  if (file == NULL || !read_all (&reader, ph_json_file_get_root (file)))
    {
      g_prefix_error (error, "%s", _("cannot read the quick commands: "));
      return NULL;
    }
  for (guint i = 0; foreign && i < items->len; i++)
    g_object_set (g_ptr_array_index (items, i), FOREIGN, TRUE, NULL);

  return ph_commands_new_for_items (items);
}

/* ---- writing ---- */

static void
begin_group (GString *out, PhQuickCommand *heading)
{
  g_string_append (out, "    {\n      \"" NAME "\": ");
  if (heading != NULL)
    ph_json_append_string (out, ph_quick_command_get_name (heading));
  else
    g_string_append (out, "null");
  if (heading != NULL && ph_quick_command_is_folded (heading))
    g_string_append (out, ",\n      \"" FOLDED "\": true");
  g_string_append (out, ",\n      \"" COMMANDS "\": [");
}

static void
write_command (GString *out, PhQuickCommand *command)
{
  g_string_append (out, out->str[out->len - 1] == '[' ? "\n        {" : ",\n        {");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    rows[i].kind->write (out, &rows[i], command);
  g_string_append (out, "\n        }");
}

static void
end_group (GString *out)
{
  g_string_append (out, out->str[out->len - 1] == '[' ? "]\n    }" : "\n      ]\n    }");
}

/**
 * ph_commands_write_json:
 *
 * Returns: (transfer full): what ph_commands_read_json() reads as @commands
 */
char *
ph_commands_write_json (PhCommands *commands)
{
  GString *out = g_string_new ("{\n  \"" PH_COMMANDS_JSON "\": 1,\n  \"" GROUPS "\": [");
  guint n = g_list_model_get_n_items (G_LIST_MODEL (commands));

  for (guint i = 0; i < n; i++)
    {
      PhQuickCommand *command = ph_commands_get (commands, i);
      const gboolean is_heading = ph_quick_command_is_heading (command);

      if (i > 0 && is_heading)
        end_group (out);
      if (i == 0 || is_heading)
        {
          g_string_append (out, i > 0 ? ",\n" : "\n");
          begin_group (out, is_heading ? command : NULL);
        }
      if (!is_heading)
        write_command (out, command);
    }
  if (n > 0)
    end_group (out);
  g_string_append (out, n > 0 ? "\n  ]\n}\n" : "]\n}\n");

  return g_string_free (out, FALSE);
}
