/* ph-log-record.c: one record of the log for its menu: copied in several forms, or looked for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-log-record.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ph-format-code.h"
#include "ph-hex.h"
#include "ph-log-bytes.h"
#include "ph-log-private.h"
#include "ph-marks.h"
#include "ph-payload-recover.h"

#define FIND_MAX 4096u /* bytes of a record that are looked for */

/**
 * ph_log_record_read:
 * @entry: of the log
 * @ret_record: (out caller-allocates): the record; cleared with ph_log_record_clear()
 *
 * Returns: %FALSE if it is no record, or has to be read from the file first
 */
gboolean
ph_log_record_read (PhLogView *self, guint64 entry, PhLogRecord *ret_record)
{
  PhStore *store = self->session != NULL ? ph_session_get_store (self->session) : NULL;
  const PhRecord *record;
  const guint8 *payload;

  if (store == NULL || entry == PH_LOG_ENTRY_GONE || entry == PH_LOG_ENTRY_HIDDEN || entry == PH_LOG_ENTRY_NONE)
    return FALSE;
  ph_log_source_begin_read (self->source);
  record = ph_store_get (store, entry - 1, &payload);
  if (record != NULL)
    *ret_record = (PhLogRecord) { entry, *record, g_bytes_new (payload, record->length) };
  ph_log_source_end_read (self->source);

  return record != NULL;
}

void
ph_log_record_clear (PhLogRecord *record)
{
  g_clear_pointer (&record->payload, g_bytes_unref);
}

/* What of its payload is selected; all of it where the selection is not within the record. */
static GBytes *
dup_selected (PhLogView *self, const PhLogRecord *record)
{
  PhLogPos start, end;
  PhLogBytes bytes;
  gsize length = g_bytes_get_size (record->payload);

  if (!ph_log_select_get (self, &start, &end) || start.entry != record->entry || end.entry != record->entry)
    return g_bytes_ref (record->payload);
  ph_log_bytes_select (self->source, &start, &end, &bytes);
  if (bytes.from >= MIN (bytes.to, length))
    return g_bytes_ref (record->payload);

  return g_bytes_new_from_bytes (record->payload, bytes.from, MIN (bytes.to, length) - bytes.from);
}

/* ---- as a command ---- */

/* Of two addresses that are bound, the one of the same family as @like. */
static char *
dup_bound (const char *local, const char *like)
{
  const char *both = local != NULL ? strstr (local, PH_NAMES_AND) : NULL;
  const char *second = both != NULL ? both + strlen (PH_NAMES_AND) : NULL;

  if (second == NULL)
    return g_strdup (local);
  if (like != NULL && (*second == '[') == (*like == '['))
    return g_strdup (second);

  return g_strndup (local, (gsize) (both - local));
}

/* What is bound to all addresses is reached at the machine's own. */
static const char *
reachable (const char *host)
{
  if (g_strcmp0 (host, "0.0.0.0") == 0)
    return "127.0.0.1";

  return g_strcmp0 (host, "::") == 0 ? "::1" : host;
}

/**
 * ph_log_record_dup_command:
 *
 * The command stands in for whoever sent the record: it sends what is selected to where it went. Where that one had been connected to,
 * it waits for a connection.
 *
 * Returns: (transfer full) (nullable): a line for a shell; %NULL if the record is no data, or its addresses are not known
 */
char *
ph_log_record_dup_command (PhLogView *self, const PhLogRecord *record)
{
  const PhTransport *transport = ph_session_get_transport (self->session);
  const PhDestination *told = ph_session_get_destination (self->session, &record->record);
  const char *peer = ph_session_get_peer_address (self->session, record->record.peer);
  g_autofree char *local = dup_bound (ph_session_get_local (self->session), peer), *port = NULL;
  gboolean in = record->record.kind == PH_RECORD_IN, stream = ph_record_is_stream (&record->record);
  gboolean serves = transport != NULL && ph_transport_has_clients (transport);
  PhFormatNcat ncat = { .datagrams = !stream, .listens = stream && in != serves };
  const char *to = ncat.listens == in ? peer : told != NULL ? told->address : local;
  g_auto (PhPlace) place = { 0 };
  g_autoptr (GBytes) bytes = NULL;
  gsize length;
  const guint8 *data;

  if (!ph_record_is_data (&record->record) || to == NULL || !ph_place_parse (to, &place, NULL, NULL) || place.kind != PH_PLACE_IP)
    return NULL;
  port = g_strdup_printf ("%d", place.port);
  ncat.port = port;
  ncat.host = ncat.listens ? NULL : reachable (place.name);
  bytes = dup_selected (self, record);
  data = g_bytes_get_data (bytes, &length);

  return ph_format_dup_ncat (data, length, &ncat);
}

/* ---- copying ---- */

/* The payload in the encoding in which it is shown. Line breaks and tabs stay; all else that has no glyph is a mark. */
static char *
dup_text (PhLogView *self, const PhLogRecord *record, const char *keep)
{
  g_autoptr (PhDecoder) decoder = ph_decoder_new (ph_log_words_get_form (self->source, record->entry).charset);
  g_autoptr (GBytes) bytes = dup_selected (self, record);
  g_autoptr (GString) decoded = g_string_new (NULL);
  GString *text = g_string_new (NULL);
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  ph_decoder_decode (decoder, NULL, data, length, decoded);
  ph_marks_show (decoded->str, decoded->len, keep, text, NULL);

  return g_string_free (text, FALSE);
}

static char *
dup_hex (PhLogView *self, const PhLogRecord *record)
{
  g_autoptr (GBytes) bytes = dup_selected (self, record);
  GString *hex = g_string_new (NULL);
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  ph_hex_append (hex, data, length);

  return g_string_free (hex, FALSE);
}

static char *
dup_words (PhLogView *self, const PhLogRecord *record)
{
  return ph_format_event (&record->record, g_bytes_get_data (record->payload, NULL),
                          ph_session_get_peer_address (self->session, record->record.peer), PH_LANGUAGE_USER);
}

static char *
dup_as (PhLogView *self, const PhLogRecord *record, const char *form)
{
  g_autoptr (GBytes) bytes = NULL;
  gsize length;
  const guint8 *data;

  if (!ph_record_is_data (&record->record))
    return g_str_equal (form, "text") ? dup_words (self, record) : NULL;
  if (g_str_equal (form, "text") && ph_log_words_get_form (self->source, record->entry).hex)
    return dup_hex (self, record);
  if (g_str_equal (form, "text"))
    return dup_text (self, record, "\n\t");
  if (g_str_equal (form, "payload"))
    return dup_text (self, record, "\r\n\t");
  if (g_str_equal (form, "ncat"))
    return ph_log_record_dup_command (self, record);

  bytes = dup_selected (self, record);
  data = g_bytes_get_data (bytes, &length);

  return g_str_equal (form, "c") ? ph_format_dup_c (data, length) : ph_format_dup_python (data, length);
}

/* Parameters: the entry, and "text", "payload", "c", "python" or "ncat". */
static void
copy_record_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PhLogView *self = PH_LOG_VIEW (widget);
  g_auto (PhLogRecord) record = { 0 };
  g_autofree char *text = NULL;
  const char *form;
  guint64 entry;

  g_variant_get (parameter, "(t&s)", &entry, &form);
  if (ph_log_record_read (self, entry, &record))
    text = dup_as (self, &record, form);
  if (text != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
}

/* ---- finding ---- */

/* What is selected as one line of text that can be typed, without the line break at its end; NULL if it is not such a text. */
static char *
dup_line (PhLogView *self, const PhLogRecord *record)
{
  g_autoptr (PhDecoder) decoder = ph_decoder_new (ph_log_words_get_form (self->source, record->entry).charset);
  g_autoptr (GBytes) bytes = dup_selected (self, record);
  g_autoptr (GString) decoded = g_string_new (NULL);
  g_autofree char *typed = NULL;
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  ph_decoder_decode (decoder, NULL, data, length, decoded);
  if (g_str_has_suffix (decoded->str, "\n"))
    g_string_truncate (decoded, decoded->len - 1);
  if (g_str_has_suffix (decoded->str, "\r"))
    g_string_truncate (decoded, decoded->len - 1);
  typed = ph_payload_dup_typed (decoded, FALSE);

  return typed != NULL && *typed != '\0' && strpbrk (typed, "\n\t") == NULL ? g_steal_pointer (&typed) : NULL;
}

/* Parameter: the entry. Looks for what is selected, or for the whole record. */
static void
find_record_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PhLogView *self = PH_LOG_VIEW (widget);
  PhSearchMode mode = PH_SEARCH_TEXT;
  g_auto (PhLogRecord) record = { 0 };
  g_autofree char *pattern = ph_log_rules_dup_selected (self, &mode);
  gboolean hex = mode == PH_SEARCH_HEX;

  if (pattern == NULL && ph_log_record_read (self, g_variant_get_uint64 (parameter), &record))
    pattern = ph_record_is_data (&record.record) ? dup_line (self, &record) : dup_words (self, &record);
  if (pattern == NULL && record.payload != NULL)
    {
      hex = TRUE;
      pattern = dup_hex (self, &record);
    }
  if (pattern != NULL && *pattern != '\0' && strlen (pattern) <= FIND_MAX)
    gtk_widget_activate_action (widget, "page.find-this", "(sb)", pattern, hex);
  else
    ph_log_view_tell (self, _("This is too long to be looked for: select a part of it."));
}

void
ph_log_record_class_init (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "log.copy-record", "(ts)", copy_record_cb);
  gtk_widget_class_install_action (widget_class, "log.find-record", "t", find_record_cb);
}
