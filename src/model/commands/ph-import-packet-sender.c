/* ph-import-packet-sender.c: quick commands from what Packet Sender exports: JSON, a list of messages
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ph-error.h"
#include "ph-hex.h"
#include "ph-import.h"
#include "ph-json-file.h"
#include "ph-marks.h"

#define MS 1000.0 /* of a second */

/* A message that is being read. */
typedef struct
{
  PhImport *import;
  PhJsonFile *file;
  JsonNode *node;
  PhQuickCommand *command;
  GError **error;
} Message;

static gboolean
refuse (Message *message, JsonNode *node, const char *why)
{
  g_autofree char *line = ph_json_file_dup_line (message->file, node);

  g_set_error (message->error, PH_ERROR, PH_ERROR_INVALID, _("line %s: %s"), line, why);

  return FALSE;
}

/* Versions of the program differ in the case of names. */
static JsonNode *
find_member (Message *message, const char *name)
{
  JsonObjectIter iter;
  const char *other;
  JsonNode *node;

  json_object_iter_init (&iter, json_node_get_object (message->node));
  while (json_object_iter_next (&iter, &other, &node))
    if (g_ascii_strcasecmp (name, other) == 0)
      return node;

  return NULL;
}

/* Versions also differ in what is a number and what is a text. */
static gboolean
read_word (Message *message, const char *name, char **ret_word)
{
  JsonNode *node = find_member (message, name);
  g_autofree char *why = NULL;
  GType type = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  if (node == NULL)
    *ret_word = g_strdup ("");
  else if (type == G_TYPE_STRING)
    *ret_word = g_strdup (json_node_get_string (node));
  else if (type == G_TYPE_INT64)
    *ret_word = g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  else if (type == G_TYPE_DOUBLE)
    *ret_word = g_strdup (g_ascii_dtostr (number, sizeof number, json_node_get_double (node)));
  else
    {
      why = g_strdup_printf (_("“%s” should be a text or a number"), name);
      return refuse (message, node, why);
    }

  return TRUE;
}

/* ---- what is sent ---- */

/* What Packet Sender shows as text, with its own escapes: only where the bytes are not said. */
static GBytes *
unescape (const guchar *text, gsize length)
{
  static const char letters[] = "nrt", stand_for[] = "\n\r\t";
  GByteArray *bytes = g_byte_array_new ();

  for (gsize i = 0; i < length; i++)
    {
      const gboolean escape = text[i] == '\\' && i + 1 < length && text[i + 1] != '\0';
      const char *found = escape ? strchr (letters, text[i + 1]) : NULL;
      int high = text[i] == '\\' && i + 2 < length ? g_ascii_xdigit_value ((char) text[i + 1]) : -1;
      int low = high >= 0 ? g_ascii_xdigit_value ((char) text[i + 2]) : -1;
      guint8 byte = text[i];

      if (found != NULL)
        byte = (guint8) stand_for[found - letters], i++;
      else if (low >= 0)
        byte = (guint8) (high << 4 | low), i += 2;
      g_byte_array_append (bytes, &byte, 1);
    }

  return g_byte_array_free_to_bytes (bytes);
}

/* Returns: (transfer full) (nullable): the bytes of the message; NULL with an error */
static GBytes *
read_bytes (Message *message)
{
  g_autofree char *hex = NULL, *base64 = NULL;
  g_autoptr (GError) error = NULL;
  JsonNode *node = find_member (message, "hexstring");
  GBytes *bytes;

  if (node == NULL)
    {
      g_autofree guchar *text = NULL;
      gsize length;

      if (!read_word (message, "asciistring", &base64))
        return NULL;
      text = g_base64_decode (base64, &length);
      return unescape (text, length);
    }
  if (!read_word (message, "hexstring", &hex))
    return NULL;
  bytes = ph_hex_parse (hex, NULL, &error);
  if (bytes == NULL)
    refuse (message, node, error->message);

  return bytes;
}

/* Returns: (transfer full) (nullable): a text to type for @bytes, with escapes for CR, LF and tab; NULL where they are better read as hex */
static char *
dup_text (GBytes *bytes, gboolean *ret_escapes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autoptr (GString) text = g_string_new_len (data, (gssize) length);

  *ret_escapes = strpbrk (text->str, "\r\n\t") != NULL;
  if (!g_utf8_validate_len (text->str, text->len, NULL))
    return NULL;
  for (const char *p = text->str; *p != '\0'; p = g_utf8_next_char (p))
    if (strchr ("\r\n\t", *p) == NULL && ph_mark_needed (g_utf8_get_char (p)))
      return NULL;
  if (*ret_escapes)
    {
      g_string_replace (text, "\\", "\\\\", 0);
      g_string_replace (text, "\r", "\\r", 0);
      g_string_replace (text, "\n", "\\n", 0);
      g_string_replace (text, "\t", "\\t", 0);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
dup_hex (GBytes *bytes)
{
  GString *hex = g_string_new (NULL);
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  ph_hex_append (hex, data, length);

  return g_string_free (hex, FALSE);
}

/* FALSE with an error, or where the text is too long: then @ret_left_out is TRUE. */
static gboolean
read_text (Message *message, gboolean *ret_left_out)
{
  g_autoptr (GBytes) bytes = read_bytes (message);
  PhPayloadFormat format = *ph_quick_command_get_format (message->command);
  g_autofree char *text = bytes != NULL ? dup_text (bytes, &format.escapes) : NULL;

  if (bytes == NULL)
    return FALSE;
  if (text == NULL)
    {
      text = dup_hex (bytes);
      format.hex = TRUE;
      format.escapes = FALSE;
    }
  ph_quick_command_set_format (message->command, &format);
  if (!format.hex && strstr (text, "{{") != NULL)
    ph_import_note_command (message->import, ph_quick_command_get_name (message->command),
                            _("what stands in “{{” and “}}” is sent as it is"));
  *ret_left_out = !ph_import_set_text (message->import, message->command, text);

  return TRUE;
}

/* ---- whom it is sent to, and how often ---- */

static void
set_transport (Message *message, const char *word)
{
  const char *id = ph_import_find_transport (word, FALSE);
  g_autofree char *shown = NULL, *what = NULL;

  g_object_set (message->command, "transport", id != NULL ? id : word, NULL);
  if (id != NULL || *word == '\0')
    return;
  shown = ph_marks_dup (word, -1, PH_MARKS_NAME_MAX);
  what = g_strdup_printf (_("Porthole has no transport for “%s”"), shown);
  ph_import_note_command (message->import, ph_quick_command_get_name (message->command), what);
}

static gboolean
read_target (Message *message)
{
  g_autofree char *transport = NULL, *host = NULL, *port = NULL, *target = NULL, *path = NULL;

  if (!read_word (message, "tcporudp", &transport) || !read_word (message, "toip", &host) || !read_word (message, "port", &port)
      || !read_word (message, "requestpath", &path))
    return FALSE;
  set_transport (message, transport);
  if (*host != '\0')
    target = g_strdup_printf (strchr (host, ':') != NULL && *host != '[' ? "[%s]:%s" : "%s:%s", host, port);
  g_object_set (message->command, "target", target, "comment", path, NULL);

  return TRUE;
}

static gboolean
read_repeat (Message *message)
{
  g_autofree char *word = NULL;
  double period;
  guint ms;

  if (!read_word (message, "repeat", &word))
    return FALSE;
  period = g_ascii_strtod (word, NULL) * MS;
  if (!(period > 0))
    return TRUE;
  ms = (guint) CLAMP (period + 0.5, 1, PH_QUICK_COMMAND_WAIT_MAX);
  g_object_set (message->command, "period", ms, NULL);
  if (period > PH_QUICK_COMMAND_WAIT_MAX)
    ph_import_note_command (message->import, ph_quick_command_get_name (message->command), _("its period is too long, and becomes an hour"));

  return TRUE;
}

static gboolean
add_message (PhImport *import, PhJsonFile *file, JsonNode *node, GError **error)
{
  g_autoptr (PhQuickCommand) command = ph_quick_command_new ();
  Message message = { import, file, node, command, error };
  g_autofree char *name = NULL;
  gboolean left_out = FALSE;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse (&message, node, _("a message should stand in braces"));
  if (find_member (&message, "hexstring") == NULL && find_member (&message, "asciistring") == NULL)
    return refuse (&message, node, _("a message has neither “hexstring” nor “asciistring”"));
  if (!read_word (&message, "name", &name))
    return FALSE;
  g_object_set (command, "name", name, NULL);
  if (!read_text (&message, &left_out) || !read_target (&message) || !read_repeat (&message))
    return FALSE;

  return left_out || ph_import_add (import, g_steal_pointer (&command), error);
}

static gboolean
read_all (PhImport *import, GError **error)
{
  g_autoptr (PhJsonFile) file = ph_json_file_new (import->text, import->length, error);
  JsonArray *messages;

  if (file == NULL)
    return FALSE;
  messages = json_node_get_array (ph_json_file_get_root (file));
  for (guint i = 0; i < json_array_get_length (messages); i++)
    if (!add_message (import, file, json_array_get_element (messages, i), error))
      return FALSE;

  return TRUE;
}

static gboolean
fits (const char *file_name, const char *text)
{
  return *text == '[';
}

const PhImportForm ph_import_packet_sender = { fits, read_all, .raw = TRUE };
