/* ph-cli-input.h: standard input, line by line, without ever waiting for it
 *
 * A thread of its own reads, into a bounded queue: files, pipes and terminals are all the same to it. It may be inside
 * a read when the program ends, so what the two threads share lives as long as both.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define PH_CLI_LINE_MAX (512u * 1024u)        /* bytes; a longer line comes in parts */
#define PH_CLI_INPUT_WAITING (1024u * 1024u) /* bytes read ahead */

typedef enum
{
  PH_CLI_LINE_ENDED, /* a line end followed */
  PH_CLI_LINE_LAST,  /* the input ended without a line end */
  PH_CLI_LINE_PART,  /* the line is too long: it goes on in the next */
} PhCliLineEnd;

typedef struct _PhCliInput PhCliInput;

PhCliInput *ph_cli_input_new (GSourceFunc func, gpointer data);
void ph_cli_input_free (PhCliInput *input);
gboolean ph_cli_input_next (PhCliInput *input, GString *line, PhCliLineEnd *ret_end);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhCliInput, ph_cli_input_free)

G_END_DECLS
