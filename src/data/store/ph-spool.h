/* ph-spool.h: the thread that writes a store's chunks to a file while they fill
 *
 * Chunk k is at k MiB of the file. A chunk is written when it is full, and the last one once a second. The records are
 * written before the header that counts them, so the file can be opened with all of them even if the program is killed.
 * A chunk that is on file may leave memory, and is read back when somebody asks for it.
 *
 * If the spool cannot write, is not allowed to, or cannot keep up, it says so in a record and tries again. Meanwhile the
 * records stay in memory.
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
  PH_SPOOL_ABSENT,  /* its file could not be created: nothing is written */
  PH_SPOOL_WAITING, /* nobody wants the file yet: see ph_spool_begin() */
} PhSpoolState;

PhSpool *ph_spool_new (PhStore *store, const char *path, GError **error);
PhSpool *ph_spool_new_later (PhStore *store, const char *path, GError **error);
void ph_spool_begin (PhSpool *spool);
void ph_spool_end (PhSpool *spool);
void ph_spool_free (PhSpool *spool);
void ph_spool_flush (PhSpool *spool);
const char *ph_spool_get_path (PhSpool *spool);
PhSpoolState ph_spool_get_state (PhSpool *spool);
guint64 ph_spool_get_backlog (PhSpool *spool);
guint64 ph_spool_get_written (PhSpool *spool);
void ph_spool_set_limits (PhSpool *spool, guint64 size, guint64 reserve);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhSpool, ph_spool_free)

G_END_DECLS
