/* ph-plat-cause-win32.c: codes of Windows that are none of the causes of PhError, and their words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-plat-cause.h"
#include "ph-plat-private.h"

#include <string.h>
#include <windows.h>

#define PREFIX "win32 "

/**
 * ph_plat_win32_cause:
 * @code: what WSAGetLastError() or GetLastError() said
 * @text: room for what is returned
 *
 * Returns: "win32 10057"
 */
const char *
ph_plat_win32_cause (int code, char text[PH_PLAT_CAUSE_MAX])
{
  g_snprintf (text, PH_PLAT_CAUSE_MAX, PREFIX "%d", code);

  return text;
}

/* NULL where this Windows has no English words. */
static char *
dup_english (DWORD code)
{
  wchar_t text[512];
  DWORD n = FormatMessageW (FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS, NULL, code,
                            MAKELANGID (LANG_ENGLISH, SUBLANG_ENGLISH_US), text, G_N_ELEMENTS (text), NULL);
  char *words = g_utf16_to_utf8 ((const gunichar2 *) text, (glong) n, NULL, NULL, NULL);

  if (n > 0 && words != NULL)
    return g_strstrip (words);
  g_free (words);

  return NULL;
}

char *
ph_plat_dup_cause_words (const char *cause, gboolean english)
{
  guint64 code;

  if (!g_str_has_prefix (cause, PREFIX)
      || !g_ascii_string_to_unsigned (cause + strlen (PREFIX), 10, 0, G_MAXINT32, &code, NULL))
    return NULL;

  return english ? dup_english ((DWORD) code) : g_win32_error_message ((int) code);
}
