/* shown.h: whether a text is safe to show, told in another way than the program does it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>
#include <string.h>

#include "ph-marks.h"

/* One variation selector may stand behind a character that is shown: not a blank, and of ASCII only what keycaps are made of. */
static inline gboolean
shown_takes_selector (gunichar c)
{
  return c < 0x80 ? c != 0 && strchr ("0123456789#*", (int) c) != NULL : !g_unichar_isspace (c) && !ph_mark_needed (c);
}

/* Whether @text is UTF-8 in which nothing needs a mark but what @keep has. */
static inline gboolean
shown_is_safe (const char *text, gsize length, const char *keep)
{
  gunichar before = 0;

  if (!g_utf8_validate_len (text, length, NULL))
    return FALSE;
  for (const char *p = text; p < text + length; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean selector = c >= 0xFE00 && c <= 0xFE0F;

      if (ph_mark_needed (c) && !(selector && shown_takes_selector (before)) && (c >= 0x80 || strchr (keep, (int) c) == NULL))
        return FALSE;
      before = selector ? 0 : c;
    }

  return TRUE;
}
