/* ph-file-source.h: a file that is sent: its thread reads it block by block into a feed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-feed.h"

G_BEGIN_DECLS

PhFeed *ph_file_source_new (const char *path, const PhFeedHow *how, GError **error);

G_END_DECLS
