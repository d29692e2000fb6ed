/* ph-cli-read.c: prints the records of a capture
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-cli-read.h"

#include "ph-cli-printer.h"
#include "ph-endpoint.h"
#include "ph-format.h"
#include "ph-marks.h"

#include <glib/gi18n.h>

#define PRINT_AT_MOST (64u * 1024u) /* bytes to format before they are written */
#define READ_AT_MOST (1024u * 1024u) /* bytes of records and payloads in one read section: it keeps their chunks in memory */

typedef struct
{
  const PhCliOptions *options;
  PhStore *store;
  PhCliPrinter *printer;
  PhNames *names;
  guint64 next;     /* record to print next */
  guint64 number;   /* of it, counted from 1 */
  guint64 missing;  /* before it, of those that would be shown */
  gboolean gap;     /* something is missing, of which the number may not be known */
  guint64 received;
} Read;

static gboolean
is_done (Read *read)
{
  return read->next >= ph_store_end (read->store)
         || (read->options->count > 0 && read->received >= read->options->count);
}

static void
print_some (Read *read)
{
  gsize looked_at = 0;

  ph_store_begin_read (read->store);
  while (!is_done (read) && looked_at < READ_AT_MOST && ph_cli_printer_waiting (read->printer) < PRINT_AT_MOST)
    {
      const guint8 *payload = NULL;
      guint64 seq = read->next, number;
      const PhRecord *record = ph_store_fetch (read->store, seq, &payload);

      read->next = record != NULL ? seq + 1 : ph_store_next (read->store, seq + 1);
      if (record == NULL)
        {
          read->gap = TRUE;
          number = MAX (ph_store_number (read->store, read->next), read->number);
          read->missing += number - read->number;
          read->number = number;
          continue;
        }
      looked_at += sizeof *record + record->length;
      ph_names_record (read->names, record, payload);
      read->received += record->kind == PH_RECORD_IN;
      ph_cli_printer_record (read->printer, read->number, read->names, record, payload);
      read->number += !ph_record_is_silent (record);
    }
  ph_store_end_read (read->store);
}

/* Whoever ends a capture in order says so in the file. */
static void
tell_end (const Read *read)
{
  if (ph_store_is_live (read->store))
    g_printerr ("porthole-cli: %s\n", _("the file is still being written"));
  else if (!ph_store_is_ended (read->store))
    g_printerr ("porthole-cli: %s\n", _("the file was not ended in order: records may be missing at its end"));
}

/* Returns: the exit status. */
static int
print_all (Read *read)
{
  PhCliPrinted printed = PH_CLI_PRINTED;
  g_autofree char *count = NULL;
  g_autofree char *place = NULL;
  gulong missing;
  PhProof proof;

  while (!is_done (read) && printed == PH_CLI_PRINTED)
    {
      print_some (read);
      printed = ph_cli_printer_flush (read->printer);
    }
  proof = ph_store_get_proof (read->store);
  missing = (gulong) MIN (read->missing, G_MAXULONG);
  count = ph_format_dup_grouped (read->missing);
  place = ph_format_dup_grouped (proof.number);
  if (missing > 0)
    g_printerr (ngettext ("porthole-cli: the file is damaged: %s record is missing\n",
                          "porthole-cli: the file is damaged: %s records are missing\n", missing), count);
  else if (read->gap)
    g_printerr ("porthole-cli: %s\n", _("records of the file cannot be read"));
  if (proof.state == PH_PROOF_CHANGED)
    g_printerr (_("porthole-cli: the file was changed at record %s\n"), place);
  if (ph_store_is_cut (read->store))
    g_printerr ("porthole-cli: %s\n", _("the end of the file is missing"));
  else
    tell_end (read);

  return printed == PH_CLI_CANNOT_PRINT || read->gap || proof.state == PH_PROOF_CHANGED || ph_store_is_cut (read->store);
}

static void
complain (const char *path, const GError *error)
{
  g_autofree char *name = ph_marks_dup_filename (path);

  g_printerr (_("porthole-cli: cannot read %s: %s\n"), name, error->message);
}

/**
 * ph_cli_read:
 *
 * Prints the records of a capture. How many are missing is printed on standard error.
 *
 * Returns: the program's exit status
 */
int
ph_cli_read (const PhCliOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PhStore) store = ph_store_new_from_file (options->capture, &error);
  Read read = { .options = options, .store = store, .number = 1 };
  int status;

  if (store == NULL)
    {
      complain (options->capture, error);
      return 1;
    }
  read.printer = ph_cli_printer_new (options);
  read.names = ph_names_new (PH_LIMIT_PEERS, NULL, NULL);
  status = print_all (&read);
  ph_cli_printer_free (read.printer);
  ph_names_free (read.names);

  return status;
}

/**
 * ph_cli_verify:
 * @options: what to look at
 *
 * Prints one line that tells whether a capture is whole.
 *
 * Returns: the program's exit status: 0 only if it is
 */
int
ph_cli_verify (const PhCliOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *place = NULL;
  PhProof proof;

  if (!ph_proof_check (options->capture, &proof, &error))
    {
      complain (options->capture, error);
      return 1;
    }
  place = ph_format_dup_grouped (proof.number);
  switch (proof.state)
    {
    case PH_PROOF_WHOLE:
      g_print ("%s\n", _("whole"));
      break;
    case PH_PROOF_WRITING:
      g_print ("%s\n", _("still being written"));
      break;
    case PH_PROOF_CUT:
      g_print (_("cut off at record %s\n"), place);
      break;
    case PH_PROOF_MISSING:
      g_print (_("records are missing from record %s on\n"), place);
      break;
    case PH_PROOF_CHANGED:
      g_print (_("changed at record %s\n"), place);
      break;
    }

  return proof.state != PH_PROOF_WHOLE;
}
