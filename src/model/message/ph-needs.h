/* ph-needs.h: gets what a message needs before it can be sent: reads its files, and puts in the answers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "ph-payload.h"

G_BEGIN_DECLS

#define PH_NEED_FILE_MAX (16u * 1024u * 1024u) /* bytes of a file that is sent as a part of a message */

/**
 * PhFileRule: which files a message may name.
 * @folder: (nullable) (type filename): where relative names begin; %NULL: no file may be named
 * @inside: only files in @folder or below it
 */
typedef struct
{
  const char *folder;
  gboolean inside;
} PhFileRule;

GBytes *ph_needs_read_file (const char *name, const PhFileRule *rule, GError **error);
PhPayload *ph_needs_fill (PhPayload *payload, const char *const *answers, const PhFileRule *rule, GError **error);
void ph_needs_fill_async (PhPayload *payload, const char *const *answers, const PhFileRule *rule, GAsyncReadyCallback callback, gpointer data);
PhPayload *ph_needs_fill_finish (GAsyncResult *result, GError **error);

G_END_DECLS
