/* ph-import.h: what the forms of files have in common that quick commands are imported from
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-commands.h"

G_BEGIN_DECLS

/**
 * PhImport: an import that is going on.
 * @text: (array length=length): the file as UTF-8, without a byte order mark, and with a NUL behind it. What is no text is marked: ⟨E0⟩
 * @line: that is being read, from 1; for forms that have lines
 */
typedef struct
{
  const char *text;
  gsize length;
  guint line;

  /* owned */
  GPtrArray *items; /* PhQuickCommand */
  GPtrArray *notes; /* strings */
  guint more_notes; /* that were left out */
} PhImport;

/**
 * PhImportForm: a form of files.
 * @fits: @text begins behind blanks, and ends at a NUL; it may be no UTF-8
 * @read: adds what the file has, or fails
 * @raw: it looks itself whether the text is UTF-8, and finds nothing marked
 * @charset: else: of a file that is not UTF-8
 */
typedef struct
{
  gboolean (*fits) (const char *file_name, const char *text);
  gboolean (*read) (PhImport *import, GError **error);
  gboolean raw;
  const char *charset;
} PhImportForm;

extern const PhImportForm ph_import_porthole;
extern const PhImportForm ph_import_packet_sender;
extern const PhImportForm ph_import_docklight_ptp;
extern const PhImportForm ph_import_docklight_md;
extern const PhImportForm ph_import_csv;

gboolean ph_import_add (PhImport *import, PhQuickCommand *command, GError **error);
gboolean ph_import_refuse (PhImport *import, GError **error, const char *why);
void ph_import_note (PhImport *import, const char *form, ...) G_GNUC_PRINTF (2, 3);
void ph_import_note_command (PhImport *import, const char *name, const char *what);
gboolean ph_import_set_text (PhImport *import, PhQuickCommand *command, const char *text);
const char *ph_import_find_transport (const char *scheme, gboolean clients);
gboolean ph_import_has_ending (const char *file_name, const char *ending);
char *ph_import_next_line (PhImport *import, const char **at);

G_END_DECLS
