/* ph-cli-printer.h: writes records to standard output in the chosen format
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-cli-options.h"
#include "ph-session.h"

G_BEGIN_DECLS

typedef enum
{
  PH_CLI_PRINTED,
  PH_CLI_NOBODY_READS, /* the pipe is closed */
  PH_CLI_CANNOT_PRINT, /* with a message on standard error */
} PhCliPrinted;

typedef struct _PhCliPrinter PhCliPrinter;

PhCliPrinter *ph_cli_printer_new (const PhCliOptions *options);
void ph_cli_printer_free (PhCliPrinter *printer);
void ph_cli_printer_record (PhCliPrinter *printer, guint64 number, PhNames *names, const PhRecord *record, const guint8 *payload);
gboolean ph_cli_printer_bytes (PhCliPrinter *printer, const PhRecord *record, const guint8 *payload, PhCliPrinted *printed);
gsize ph_cli_printer_waiting (PhCliPrinter *printer);
PhCliPrinted ph_cli_printer_flush (PhCliPrinter *printer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhCliPrinter, ph_cli_printer_free)

G_END_DECLS
