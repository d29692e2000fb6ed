/* ph-spool.h: the thread that writes a store's chunks to a file while they fill
 *
 * The file is the sequence of chunks, chunk k at k MiB. Whole chunks are written as they fill, what there is of the last one
 * every second, records before the header that counts them: whenever the program ends, however it ends, the file opens
 * again with every record that had been written. What is on file may leave memory and is read back.
 *
 * A spool that cannot write, may not, or cannot keep up says so in a record, and goes on trying; the capture goes on in memory.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-store.h"

G_BEGIN_DECLS

typedef struct _PhSpool PhSpool;

typedef enum
{
  PH_SPOOL_WRITING, /* or waiting for something to write */
  PH_SPOOL_SLOW,    /* writing, but a good part of the memory waits for it */
  PH_SPOOL_BROKEN,  /* the last try failed; the next one comes in a second */
} PhSpoolState;

PhSpool *ph_spool_new (PhStore *store, const char *path, GError **error);
void ph_spool_free (PhSpool *spool);
void ph_spool_flush (PhSpool *spool);
const char *ph_spool_get_path (PhSpool *spool);
PhSpoolState ph_spool_get_state (PhSpool *spool);
guint64 ph_spool_get_backlog (PhSpool *spool);
guint64 ph_spool_get_written (PhSpool *spool);
void ph_spool_set_limits (PhSpool *spool, guint64 size, guint64 reserve);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhSpool, ph_spool_free)

G_END_DECLS
