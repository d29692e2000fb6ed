/* ph-cli-printer.c: writes records to standard output in the chosen format
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-cli-printer.h"

#include "ph-flow.h"
#include "ph-marks.h"
#include "ph-plat-stdio.h"
#include "ph-plat.h"

#include <glib/gi18n.h>

struct _PhCliPrinter
{
  const PhCliOptions *options; /* borrowed */

  GString *out;
  PhDecoder *decoder;
  PhFlows *flows;
  char *local[2];      /* nullable: bound before what is printed, the first of them first; the names may know what comes after it */
};

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

  printer->options = options;
  printer->out = g_string_new (NULL);
  printer->decoder = ph_decoder_new (options->charset);
  printer->flows = ph_flows_new ();

  return printer;
}

static void
forget_local (PhCliPrinter *printer)
{
  for (gsize i = 0; i < G_N_ELEMENTS (printer->local); i++)
    g_clear_pointer (&printer->local[i], g_free);
}

/** ph_cli_printer_free: Text that was not flushed is lost. */
void
ph_cli_printer_free (PhCliPrinter *printer)
{
  g_string_free (printer->out, TRUE);
  ph_decoder_free (printer->decoder);
  ph_flows_free (printer->flows);
  forget_local (printer);
  g_free (printer);
}

/* ---- records ---- */

/* Of two addresses, the one that is bound by this record, or through which its peer is reached. */
static const char *
local_for (const PhCliPrinter *printer, const PhRecord *record, const char *peer)
{
  gboolean v6 = peer != NULL && *peer == '[';

  if (printer->local[1] == NULL)
    return printer->local[0];

  return printer->local[record->kind == PH_RECORD_OPEN || v6 == (*printer->local[1] == '[') ? 1 : 0];
}

static void
format_record (PhCliPrinter *printer, guint64 number, const char *peer, const PhDestination *to, const PhRecord *record,
               const guint8 *payload, PhCarry *carry)
{
  PhFormatContext context = { .number = number,
                              .peer = peer,
                              .local = local_for (printer, record, peer),
                              .to = to != NULL ? to->address : NULL,
                              .to_unusual = to != NULL && to->unusual,
                              .hex = printer->options->send.hex,
                              .decoder = printer->decoder,
                              .carry = carry };

  ph_format_append (printer->out, printer->options->format, &context, record, payload);
}

/* What ends a flow, and where that stands. */
typedef struct
{
  PhCliPrinter *printer;
  const PhRecord *record;
  guint64 number;
} End;

/* A character whose rest never came is shown as the bytes it has. The other formats have had them: as hex, or raw. */
static void
format_rest_cb (const PhFlow *flow, gpointer data)
{
  const End *end = data;
  PhFormatKind format = end->printer->options->format;
  const PhRecord record = { .time = end->record->time,
                            .length = flow->carry.length,
                            .peer = flow->peer,
                            .kind = (guint8) flow->kind };

  if (format == PH_FORMAT_LOG || format == PH_FORMAT_NETASSIST)
    format_record (end->printer, end->number, flow->address, NULL, &record, flow->carry.bytes, NULL);
}

/* ---- errors, losses and notes go to standard error if the log does not show them ---- */

static gboolean
is_trouble (const PhRecord *record)
{
  return record->kind == PH_RECORD_ERROR || record->kind == PH_RECORD_LOSS || record->kind == PH_RECORD_NOTE;
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
  char *local = ph_marks_dup ((const char *) payload, record->length, PH_MARKS_NAME_MAX);

  if (printer->local[1] != NULL)
    forget_local (printer);
  printer->local[printer->local[0] != NULL ? 1 : 0] = local;
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
  const char *peer;
  gboolean stream = ph_record_is_data (record) && ph_record_is_stream (record);
  PhCarry carry = { .length = 0 };
  End end = { printer, record, number };

  if (record->kind == PH_RECORD_OPENING)
    forget_local (printer);
  if (record->kind == PH_RECORD_OPEN)
    tell_open (printer, record, payload);
  if (record->kind == PH_RECORD_CLOSED && record->detail == PH_LEFT_RESET && printer->options->endpoint != NULL)
    g_printerr ("porthole-cli: %s\n", ph_left_why (PH_LEFT_RESET));
  if (printer->options->quiet && !is_trouble (record))
    return;
  peer = record->peer != PH_PEER_NONE ? ph_names_get_peer (names, record->peer) : NULL;
  if (is_trouble (record))
    tell_trouble (printer, peer, record, payload);
  if (printer->options->quiet)
    return;

  ph_flows_end (printer->flows, record, format_rest_cb, &end);
  if (stream)
    carry = ph_flows_get_carry (printer->flows, record);
  format_record (printer, number, peer, ph_names_get_destination (names, record), record, payload, &carry);
  if (stream)
    ph_flows_set_carry (printer->flows, record, &carry, peer);
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
  g_autoptr (GError) error = NULL;
  gboolean written = ph_plat_stdio_write (printer->out->str, printer->out->len, &error);

  g_string_truncate (printer->out, 0);
  if (written)
    return PH_CLI_PRINTED;
  if (g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_PIPE))
    return PH_CLI_NOBODY_READS;
  g_printerr (_("porthole-cli: cannot write to standard output: %s\n"), error->message);

  return PH_CLI_CANNOT_PRINT;
}
