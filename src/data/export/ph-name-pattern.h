/* ph-name-pattern.h: names of files by a pattern, such as {local}-{peer}-{time:%F_%H%M%S}-{n}.txt
 *
 * What an address or a time becomes is part of one name in any file system: it leads into no other folder, acts upon no terminal, and
 * Windows takes it too.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define PH_NAME_PATTERN_MAX 200u       /* characters of a pattern */
#define PH_NAME_PATTERN_PART_MAX 60u   /* characters of what a field becomes */
#define PH_NAME_PATTERN_BYTES_MAX 200u /* bytes of a name: file systems take 255, and a number may come to it */

#define PH_NAME_PATTERN_DEFAULT "{local}-{peer}-{time:%F_%H%M%S}-{n}.txt"
#define PH_NAME_PATTERN_TIME "%F_%H%M%S"

/**
 * PhNameValues: what the fields stand for.
 * @local, @peer: (nullable): addresses in UTF-8; %NULL: not known
 * @time: in ns since 1970; shown in local time
 * @number: of the file, from 1 on
 */
typedef struct
{
  const char *local, *peer;
  gint64 time;
  guint64 number;
} PhNameValues;

typedef struct _PhNamePattern PhNamePattern;

PhNamePattern *ph_name_pattern_new (const char *text, gsize *ret_at, GError **error);
void ph_name_pattern_free (PhNamePattern *pattern);
gboolean ph_name_pattern_has_number (const PhNamePattern *pattern);
char *ph_name_pattern_dup_name (const PhNamePattern *pattern, const PhNameValues *values);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhNamePattern, ph_name_pattern_free)

G_END_DECLS
