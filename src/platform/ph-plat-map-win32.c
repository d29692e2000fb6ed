/* ph-plat-map-win32.c: parts of files as memory
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-plat-private.h"

static gpointer
map_part (HANDLE file, guint64 offset, gsize length)
{
  LARGE_INTEGER size;
  HANDLE mapping;
  gpointer map;
  DWORD code;

  if (!GetFileSizeEx (file, &size))
    return NULL;
  if (offset + length < offset || offset + length > (guint64) size.QuadPart)
    {
      SetLastError (ERROR_HANDLE_EOF);
      return NULL;
    }
  mapping = CreateFileMappingW (file, NULL, PAGE_READONLY, 0, 0, NULL);
  if (mapping == NULL)
    return NULL;
  map = MapViewOfFile (mapping, FILE_MAP_READ, (DWORD) (offset >> 32), (DWORD) offset, length);
  code = GetLastError ();
  CloseHandle (mapping); /* the view keeps it */
  SetLastError (code);

  return map;
}

/**
 * ph_plat_map:
 * @path: (type filename): a file, in UTF-8, which others may be writing
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
  g_autofree gunichar2 *wide = g_utf8_to_utf16 (path, -1, NULL, NULL, NULL);
  HANDLE file = INVALID_HANDLE_VALUE;
  gpointer map = NULL;
  DWORD code = ERROR_INVALID_NAME;

  if (wide != NULL)
    {
      file = CreateFileW ((const wchar_t *) wide, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                          NULL, OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, NULL);
      code = GetLastError ();
    }
  if (file != INVALID_HANDLE_VALUE)
    {
      map = map_part (file, offset, length);
      code = GetLastError ();
      CloseHandle (file);
    }
  if (map == NULL)
    ph_plat_set_win32 (error, (int) code);

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
  UnmapViewOfFile (map);
}
