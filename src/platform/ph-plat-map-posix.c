/* ph-plat-map-posix.c: parts of files as memory
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-plat-private.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* Of a mapping behind the end of a file every look would be a SIGBUS, so there is none. */
static gpointer
map_part (int fd, guint64 offset, gsize length)
{
  struct stat file;

  if (fstat (fd, &file) != 0)
    return MAP_FAILED;
  if (offset + length < offset || offset + length > (guint64) file.st_size)
    {
      errno = EOVERFLOW;
      return MAP_FAILED;
    }

  return mmap (NULL, length, PROT_READ, MAP_SHARED, fd, (off_t) offset);
}

/**
 * ph_plat_map:
 * @path: (type filename): a file, which others may be writing
 * @offset: in bytes, a multiple of %PH_PLAT_MAP_ALIGN
 * @length: in bytes, at least 1; all of it lies within the file
 * @error: why not
 *
 * Any thread.
 *
 * Returns: (nullable): that part of the file, to be read only; to be freed with ph_plat_unmap()
 */
const guint8 *
ph_plat_map (const char *path, guint64 offset, gsize length, GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  gpointer map = fd >= 0 ? map_part (fd, offset, length) : MAP_FAILED;
  int code = errno;

  if (fd >= 0)
    close (fd);
  if (map == MAP_FAILED)
    {
      ph_plat_set_errno (error, code);
      return NULL;
    }

  return map;
}

/**
 * ph_plat_unmap:
 * @map: (transfer full): from ph_plat_map()
 * @length: as it was mapped
 *
 * Any thread.
 */
void
ph_plat_unmap (const guint8 *map, gsize length)
{
  munmap ((gpointer) map, length);
}
