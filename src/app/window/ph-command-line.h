/* ph-command-line.h: the arguments of the window program
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-endpoint.h"

G_BEGIN_DECLS

/**
 * PhCommandLine:
 * @endpoint: (nullable): for the fields of the new tab
 * @encoding: (nullable): a PhCharset id, for both directions
 * @hex: text is shown and typed as hex
 * @open: whether the endpoint is opened at once
 * @files: (nullable) (element-type filename): captures to show; then the other fields are empty
 * @version: whether the version is printed, and nothing else done
 */
typedef struct
{
  PhEndpoint *endpoint;
  char *encoding;
  gboolean hex;
  gboolean open;
  char **files;
  gboolean version;
} PhCommandLine;

gboolean ph_command_line_parse (char **argv, gboolean help, PhCommandLine *ret_line, GError **error);
void ph_command_line_clear (PhCommandLine *line);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PhCommandLine, ph_command_line_clear)

G_END_DECLS
