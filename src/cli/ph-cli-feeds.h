/* ph-cli-feeds.h: what a run sends as a stream of bytes: the file of --send-file, and then standard input with --input=raw
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-cli-options.h"
#include "ph-message-target.h"

G_BEGIN_DECLS

/** PhCliFeeds: all zero at the beginning. */
typedef struct
{
  PhFeed *current; /* nullable: the one that runs */
  gboolean file_begun, input_begun;
} PhCliFeeds;

gboolean ph_cli_feeds_go_on (PhCliFeeds *feeds, const PhCliOptions *options, PhSession *session, PhMessageTarget *target, GError **error);
void ph_cli_feeds_record (PhCliFeeds *feeds, const PhRecord *record);
gboolean ph_cli_feeds_are_wanted (const PhCliOptions *options);
gboolean ph_cli_feeds_are_done (const PhCliFeeds *feeds, const PhCliOptions *options);
void ph_cli_feeds_clear (PhCliFeeds *feeds);

G_END_DECLS
