/* ph-commands-import.c: quick commands from files of Porthole and of other programs
 *
 * A form of files is a row of a table. What all forms have in common is here, too: their text, and the notes of what has no counterpart.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-commands-import.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ph-charset.h"
#include "ph-commands-json.h"
#include "ph-error.h"
#include "ph-format.h"
#include "ph-import.h"
#include "ph-marks.h"
#include "ph-transport.h"

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

/* ---- Porthole's own form ---- */

static gboolean
fits_porthole (const char *file_name, const char *text)
{
  return *text == '{';
}

static gboolean
read_porthole (PhImport *import, GError **error)
{
  g_autoptr (PhCommands) commands = ph_commands_read_json (import->text, import->length, TRUE, error);
  guint n = commands != NULL ? g_list_model_get_n_items (G_LIST_MODEL (commands)) : 0;

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (import->items, g_list_model_get_item (G_LIST_MODEL (commands), i));

  return commands != NULL;
}

const PhImportForm ph_import_porthole = { fits_porthole, read_porthole, .raw = TRUE };

/* The first one that fits counts. */
static const PhImportForm *const forms[] = {
  &ph_import_porthole, &ph_import_packet_sender, &ph_import_docklight_ptp, &ph_import_docklight_md, &ph_import_csv,
};

/* ---- for the forms ---- */

/**
 * ph_import_add:
 * @command: (transfer full): becomes foreign
 * @error: %PH_ERROR_LIMIT
 *
 * Returns: %FALSE with @error
 */
gboolean
ph_import_add (PhImport *import, PhQuickCommand *command, GError **error)
{
  g_autofree char *most = NULL;

  g_object_set (command, "foreign", TRUE, NULL);
  g_ptr_array_add (import->items, command);
  if (import->items->len <= PH_COMMANDS_MAX)
    return TRUE;
  most = ph_format_dup_grouped (PH_COMMANDS_MAX);
  g_set_error (error, PH_ERROR, PH_ERROR_LIMIT, _("%s commands and groups are the most that are kept"), most);

  return FALSE;
}

/**
 * ph_import_refuse:
 * @why: translated
 * @error: %PH_ERROR_INVALID
 *
 * Returns: %FALSE, with the number of the line and the reason in @error
 */
gboolean
ph_import_refuse (PhImport *import, GError **error, const char *why)
{
  g_autofree char *line = ph_format_dup_grouped (import->line);

  g_set_error (error, PH_ERROR, PH_ERROR_INVALID, _("line %s: %s"), line, why);

  return FALSE;
}

/**
 * ph_import_note:
 * @form: translated; what it shows must be safe to show
 *
 * Notes a sentence that is told after the import.
 */
void
ph_import_note (PhImport *import, const char *form, ...)
{
  va_list args;

  if (import->notes->len >= PH_IMPORT_NOTES_MAX)
    {
      import->more_notes++;
      return;
    }
  va_start (args, form);
  g_ptr_array_add (import->notes, g_strdup_vprintf (form, args));
  va_end (args);
}

/**
 * ph_import_note_command:
 * @name: of the command, as it stands in the file
 * @what: a sentence about it, translated
 */
void
ph_import_note_command (PhImport *import, const char *name, const char *what)
{
  g_autofree char *shown = ph_marks_dup (name, -1, PH_MARKS_NAME_MAX);

  ph_import_note (import, _("“%s”: %s"), shown, what);
}

/**
 * ph_import_set_text:
 *
 * Returns: %FALSE, with a note, where @text is too long for a command
 */
gboolean
ph_import_set_text (PhImport *import, PhQuickCommand *command, const char *text)
{
  g_autofree char *most = NULL, *what = NULL;

  g_object_set (command, "text", text, NULL);
  if (strlen (text) <= PH_QUICK_COMMAND_TEXT_MAX)
    return TRUE;
  most = ph_format_dup_grouped (PH_QUICK_COMMAND_TEXT_MAX);
  what = g_strdup_printf (_("its text is too long, so it is left out (the limit is %s)"), most);
  ph_import_note_command (import, ph_quick_command_get_name (command), what);

  return FALSE;
}

/**
 * ph_import_find_transport:
 * @scheme: of its addresses, in any case
 * @clients: whether it is the one that has clients
 *
 * Returns: (transfer none) (nullable): the id of the row
 */
const char *
ph_import_find_transport (const char *scheme, gboolean clients)
{
  const PhTransport *transport;

  for (guint i = 0; (transport = ph_transport_at (i)) != NULL; i++)
    if (g_ascii_strcasecmp (transport->scheme, scheme) == 0 && ph_transport_has_clients (transport) == clients)
      return transport->id;

  return NULL;
}

/**
 * ph_import_has_ending:
 * @ending: lower case, such as ".csv"
 */
gboolean
ph_import_has_ending (const char *file_name, const char *ending)
{
  gsize length = strlen (file_name), n = strlen (ending);

  return length >= n && g_ascii_strcasecmp (file_name + length - n, ending) == 0;
}

/**
 * ph_import_next_line:
 * @at: (inout): where the line begins; behind it afterwards
 *
 * Returns: (transfer full) (nullable): the line without its end; %NULL behind the last
 */
char *
ph_import_next_line (PhImport *import, const char **at)
{
  const char *start = *at, *over = import->text + import->length;
  const char *end = memchr (start, '\n', (gsize) (over - start));

  if (start == over)
    return NULL;
  import->line++;
  *at = end != NULL ? end + 1 : over;
  end = end != NULL ? end : over;

  return g_strndup (start, (gsize) (end - start) - (end > start && end[-1] == '\r' ? 1 : 0));
}

/* ---- the text of a file ---- */

static gsize
mark_length (GBytes *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  return length >= 3 && memcmp (data, BYTE_ORDER_MARK, 3) == 0 ? 3 : 0;
}

/* Decodes @bytes, and marks what cannot be. */
static GString *
decode (GBytes *bytes, const char *charset, guint *ret_bad)
{
  g_autoptr (PhDecoder) decoder = ph_decoder_new (ph_charset_find (charset));
  g_autoptr (GString) decoded = g_string_new (NULL);
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (PhMark));
  GString *text = g_string_new (NULL);
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  ph_decoder_decode (decoder, NULL, data, length, decoded);
  ph_marks_show (decoded->str, decoded->len, "\r\n\t", text, marks);
  *ret_bad = 0;
  for (guint i = 0; i < marks->len; i++)
    *ret_bad += g_array_index (marks, PhMark, i).bad;

  return text;
}

/* Returns: (transfer full): the text of @bytes for @form */
static GString *
dup_text (PhImport *import, GBytes *bytes, const PhImportForm *form)
{
  const gsize mark = mark_length (bytes);
  g_autoptr (GBytes) rest = g_bytes_new_from_bytes (bytes, mark, g_bytes_get_size (bytes) - mark);
  gsize length;
  const char *data = g_bytes_get_data (rest, &length);
  g_autofree char *number = NULL;
  GString *text;
  guint bad;

  if (form->raw || g_utf8_validate_len (data, length, NULL))
    return g_string_new_len (data, (gssize) length);
  text = decode (rest, form->charset, &bad);
  number = ph_format_dup_grouped (bad);
  if (bad > 0)
    ph_import_note (import, ngettext ("%s byte is no text in the encoding of the file: a mark stands for it",
                                      "%s bytes are no text in the encoding of the file: marks stand for them", bad), number);

  return text;
}

/* ---- importing ---- */

/* A file with a NUL is no text, or one in UTF-16, which no form is in. */
static const PhImportForm *
find_form (const char *file_name, GBytes *bytes)
{
  const gsize mark = mark_length (bytes);
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autofree char *text = g_strndup (data != NULL ? data + mark : "", length - mark);
  const char *start = text + strspn (text, " \t\r\n");

  if (strlen (text) < length - mark)
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    if (forms[i]->fits (file_name, start))
      return forms[i];

  return NULL;
}

static gboolean
read_file (PhImport *import, const char *file_name, GBytes *bytes, GError **error)
{
  const PhImportForm *form = NULL;
  g_autoptr (GString) text = NULL;
  gboolean read;

  if (g_bytes_get_size (bytes) > PH_COMMANDS_FILE_MAX)
    g_set_error_literal (error, PH_ERROR, PH_ERROR_FILE_SIZE, _("the file is too large for quick commands"));
  else if ((form = find_form (file_name, bytes)) == NULL)
    g_set_error_literal (error, PH_ERROR, PH_ERROR_INVALID,
                         _("it has none of the forms that are known: JSON of Porthole or Packet Sender, a project of Docklight, CSV"));
  if (form == NULL)
    return FALSE;
  text = dup_text (import, bytes, form);
  import->text = text->str;
  import->length = text->len;
  read = form->read (import, error);
  import->text = NULL;
  if (read && import->items->len == 0)
    g_set_error_literal (error, PH_ERROR, PH_ERROR_INVALID, _("there is no command in it"));

  return read && import->items->len > 0;
}

/* Returns: (transfer full): the notes, and how many more there are */
static GPtrArray *
take_notes (PhImport *import)
{
  g_autofree char *number = ph_format_dup_grouped (import->more_notes);

  if (import->more_notes > 0)
    g_ptr_array_add (import->notes, g_strdup_printf (ngettext ("and %s more", "and %s more", import->more_notes), number));

  return g_steal_pointer (&import->notes);
}

/**
 * ph_commands_import:
 * @file_name: whose ending tells the form where the content does not, and for messages
 * @bytes: may be anything
 * @ret_notes: (out) (element-type utf8) (transfer full) (optional): sentences on what has no counterpart, translated and safe to show; may
 *   be empty. Written on success only
 * @error: %PH_ERROR: says what cannot be imported and why
 *
 * Any thread. With many commands it takes a while: 20 µs for each.
 *
 * Returns: (transfer full) (nullable): the commands, all of them foreign; %NULL with @error
 */
PhCommands *
ph_commands_import (const char *file_name, GBytes *bytes, GPtrArray **ret_notes, GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref), notes = g_ptr_array_new_with_free_func (g_free);
  PhImport import = { .items = items, .notes = notes };
  g_autofree char *base = g_path_get_basename (file_name), *shown = ph_marks_dup_filename (base);

  if (!read_file (&import, file_name, bytes, error))
    {
      g_prefix_error (error, _("cannot import “%s”: "), shown);
      return NULL;
    }
  notes = take_notes (&import);
  if (ret_notes != NULL)
    *ret_notes = g_steal_pointer (&notes);

  return ph_commands_new_for_items (items);
}
