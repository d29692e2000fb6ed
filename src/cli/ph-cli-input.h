/* ph-cli-input.h: lines of standard input, read without blocking the main thread
 *
 * A thread reads into a bounded queue; so files, pipes and terminals need no different code. It may be blocked in a read when
 * the program ends, so the data of both threads is reference counted.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define PH_CLI_LINE_MAX (512u * 1024u)        /* bytes; a longer line comes in parts */
#define PH_CLI_INPUT_WAITING (1024u * 1024u) /* bytes to read ahead */

typedef enum
{
  PH_CLI_LINE_ENDED, /* by a LF */
  PH_CLI_LINE_LAST,  /* the input ended without a line end */
  PH_CLI_LINE_PART,  /* the line is too long and goes on in the next part */
} PhCliLineEnd;

typedef struct _PhCliInput PhCliInput;

PhCliInput *ph_cli_input_new (GSourceFunc func, gpointer data, GError **error);
void ph_cli_input_free (PhCliInput *input);
gboolean ph_cli_input_has_ended (PhCliInput *input);
gboolean ph_cli_input_next (PhCliInput *input, GString *line, PhCliLineEnd *ret_end);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhCliInput, ph_cli_input_free)

G_END_DECLS
