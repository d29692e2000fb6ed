/* place.h: a file in a temporary folder of its own, which a test may write
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib/gstdio.h>

typedef struct
{
  char *folder, *path;
} Place;

/* @name: of the file, which is not made */
static inline Place
place_new (const char *name)
{
  Place place = { .folder = g_dir_make_tmp ("porthole-文件-XXXXXX", NULL) };

  g_assert_nonnull (place.folder);
  place.path = g_build_filename (place.folder, name, NULL);

  return place;
}

static inline void
place_clear (Place *place)
{
  g_remove (place->path);
  g_rmdir (place->folder);
  g_free (place->path);
  g_free (place->folder);
}
