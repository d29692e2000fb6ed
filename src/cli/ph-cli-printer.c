/* ph-cli-printer.c: writes records to standard output in the chosen format
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-cli-printer.h"

#include "ph-export.h"
#include "ph-is-text.h"
#include "ph-marks.h"
#include "ph-plat-stdio.h"
#include "ph-plat.h"
#include "ph-words.h"

#include <glib/gi18n.h>

#define AT_ONCE (16u * 1024u) /* bytes of a record that are not worth a copy */

struct _PhCliPrinter
{
  const PhCliOptions *options; /* borrowed */

  GString *out;
  GString *scratch;
  PhDecoder *decoder; /* of the encoding */
  PhExport *export;
};

/* With --show, of all payloads, sent or received. What was sent stays in the encoding that it was sent in. */
static PhExportPayload
show_cb (gpointer data, const PhRecord *record, const guint8 *payload)
{
  PhCliPrinter *printer = data;
  const PhCliShow show = printer->options->show;
  const PhCharset *sent = record->kind == PH_RECORD_OUT ? ph_charset_find_number (record->form >> 2) : NULL;
  PhExportPayload shown = { .charset = sent != NULL ? sent : printer->options->charset };

  if (ph_decoder_get_charset (printer->decoder) != shown.charset)
    {
      ph_decoder_free (printer->decoder);
      printer->decoder = ph_decoder_new (shown.charset);
    }
  shown.dump = show == PH_CLI_SHOW_DUMP;
  shown.hex = shown.dump || show == PH_CLI_SHOW_HEX
              || (show == PH_CLI_SHOW_AUTO
                  && !ph_is_text (printer->decoder, payload, record->length, ph_record_is_stream (record), printer->scratch));

  return shown;
}

/**
 * ph_cli_printer_new:
 * @options: borrowed; must outlive the printer
 *
 * Returns: (transfer full)
 */
PhCliPrinter *
ph_cli_printer_new (const PhCliOptions *options)
{
  PhCliPrinter *printer = g_new0 (PhCliPrinter, 1);
  const PhExportForm form = { .format = options->format,
                              .sides = PH_EXPORT_RECEIVED,
                              .time = options->time,
                              .kind = options->time_kind,
                              .payload = { options->send.hex, options->charset },
                              .payload_func = options->show != PH_CLI_SHOW_AS_SENT ? show_cb : NULL,
                              .data = printer };

  printer->options = options;
  printer->out = g_string_new (options->quiet ? NULL : ph_format_get_head (options->format));
  printer->scratch = g_string_new (NULL);
  printer->decoder = ph_decoder_new (options->charset);
  printer->export = ph_export_new (&form, printer->out);

  return printer;
}

/** ph_cli_printer_free: Text that was not flushed is lost. */
void
ph_cli_printer_free (PhCliPrinter *printer)
{
  g_string_free (printer->out, TRUE);
  g_string_free (printer->scratch, TRUE);
  ph_decoder_free (printer->decoder);
  ph_export_free (printer->export);
  g_free (printer);
}

static PhCliPrinted
write_out (const char *bytes, gsize length)
{
  g_autoptr (GError) error = NULL;

  if (ph_plat_stdio_write (bytes, length, &error))
    return PH_CLI_PRINTED;
  if (g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_PIPE))
    return PH_CLI_NOBODY_READS;
  g_printerr (_("porthole-cli: cannot write to standard output: %s\n"), error->message);

  return PH_CLI_CANNOT_PRINT;
}

/* ---- errors, losses and notes go to standard error if the log does not show them ---- */

/* What was asked for is no trouble. */
static gboolean
is_own_half_close (PhCliPrinter *printer, const PhRecord *record, const guint8 *payload)
{
  PhWords words;

  if (record->kind != PH_RECORD_NOTE || !printer->options->half_close_at_end)
    return FALSE;
  ph_words_read (&words, payload, record->length);

  return g_strcmp0 (ph_words_get (&words, "action"), "half-close") == 0;
}

static gboolean
is_trouble (const PhRecord *record)
{
  return record->kind == PH_RECORD_ERROR || record->kind == PH_RECORD_NOTE
         || (record->kind == PH_RECORD_LOSS && record->detail != PH_LOSS_LIMIT) /* all was printed before it goes */
         || (record->kind == PH_RECORD_FEED && record->detail != PH_FEED_RUNNING && record->detail != PH_FEED_DONE);
}

static void
tell_trouble (PhCliPrinter *printer, const char *peer, const PhRecord *record, const guint8 *payload)
{
  const PhEndpoint *endpoint = printer->options->endpoint;
  gboolean fatal = endpoint != NULL && record->kind == PH_RECORD_ERROR && (record->flags & PH_RECORD_FATAL);
  g_autofree char *text = NULL;
  const char *hint;

  if (!fatal && !printer->options->quiet && printer->options->format != PH_FORMAT_RAW)
    return;
  text = ph_format_event (record, payload, peer, PH_LANGUAGE_USER);
  g_printerr ("porthole-cli: %s\n", text);
  if (!fatal)
    return;
  hint = ph_error_hint (record->detail, endpoint->local.port, ph_plat_is_sandboxed ());
  if (hint != NULL)
    g_printerr ("%s\n", hint);
}

/* Scripts wait for this line to learn the port. */
static void
tell_open (PhCliPrinter *printer, const PhRecord *record, const guint8 *payload)
{
  const PhTransport *transport = printer->options->transport;
  g_autofree char *local = ph_marks_dup ((const char *) payload, record->length, PH_MARKS_NAME_MAX);

  if (transport != NULL)
    g_printerr ("open %s %s\n", transport->id, local);
}

/**
 * ph_cli_printer_record:
 * @number: of the record, counted from 1
 * @names: of the store; knows the record's peer
 *
 * Formats a record. The text is buffered until ph_cli_printer_flush(); errors may go to standard error at once.
 */
void
ph_cli_printer_record (PhCliPrinter *printer, guint64 number, PhNames *names, const PhRecord *record, const guint8 *payload)
{
  const char *peer = record->peer != PH_PEER_NONE ? ph_names_get_peer (names, record->peer) : NULL;

  if (record->kind == PH_RECORD_OPEN)
    tell_open (printer, record, payload);
  if (record->kind == PH_RECORD_CLOSED && record->detail == PH_LEFT_RESET && printer->options->endpoint != NULL)
    g_printerr ("porthole-cli: %s\n", ph_left_why (PH_LEFT_RESET));
  if (is_trouble (record) && !is_own_half_close (printer, record, payload))
    tell_trouble (printer, peer, record, payload);
  if (!printer->options->quiet)
    ph_export_record (printer->export, number, names, record, payload);
}

/**
 * ph_cli_printer_bytes:
 * @printed: (inout): of the last write
 *
 * Writes the payload of @record without copying it, where the format is its bytes and they are many.
 *
 * Returns: %FALSE if it is to be formatted as others are
 */
gboolean
ph_cli_printer_bytes (PhCliPrinter *printer, const PhRecord *record, const guint8 *payload, PhCliPrinted *printed)
{
  if (printer->options->format != PH_FORMAT_RAW || printer->options->quiet || record->kind != PH_RECORD_IN || record->length < AT_ONCE)
    return FALSE;
  if (printer->out->len > 0)
    *printed = ph_cli_printer_flush (printer);
  if (*printed == PH_CLI_PRINTED)
    *printed = write_out ((const char *) payload, record->length);

  return TRUE;
}

/** ph_cli_printer_waiting: Returns: bytes in the buffer */
gsize
ph_cli_printer_waiting (PhCliPrinter *printer)
{
  return printer->out->len;
}

/**
 * ph_cli_printer_flush:
 *
 * Writes the buffer. Blocks if nobody reads standard output: then the store fills up, and TCP slows down the sender.
 *
 * Returns: whether it was written; the buffer is empty in any case
 */
PhCliPrinted
ph_cli_printer_flush (PhCliPrinter *printer)
{
  PhCliPrinted printed = write_out (printer->out->str, printer->out->len);

  g_string_truncate (printer->out, 0);

  return printed;
}
