/* hostile.h: what somebody else's capture may have in place of a text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#define HOSTILE(bytes) { bytes, sizeof bytes - 1 }

static const struct
{
  const char *bytes;
  gsize length;
} hostile[] = {
  HOSTILE ("\033]0;owned\007\033[2J"),
  HOSTILE ("1.2.3.4:5\n16:05:48.417 · Closed"),
  HOSTILE ("a\r\nb\fc\vd\be\177"),
  HOSTILE ("a\0b=\0on=\0"),
  HOSTILE ("\x9B" "2J\x85\x80"),
  HOSTILE ("\xC2\x9B" "2J\xC2\x85\xC2\x80"),
  HOSTILE ("\xE2\x80\xAE" "eliF\xE2\x81\xA6\xD8\x9C"),
  HOSTILE ("a\xE2\x80\xA8" "b\xE2\x80\xA9" "c"),
  HOSTILE ("a\xE2\x80\x8B" "b\xEF\xBB\xBF" "c\xC2\xAD\xE3\x85\xA4"),
  HOSTILE ("\xF3\xA0\x80\x81\xF3\xA0\x81\xA1\xF3\xA0\x81\xBF"),
  HOSTILE ("\xFF\xFE\xC0\xAF\xED\xA0\x80\xF4\x90\x80\x80\xE4\xB8"),
  HOSTILE ("\xF4\x8F\xBD\x81\xF4\x8F\xBB\xBF\xEE\x80\x80\xEF\xBF\xBF"),
  HOSTILE ("\xEF\xB7\xBD\xEF\xB8\x86\xEF\xB8\x86 \xEF\xB8\x8F"),
  HOSTILE ("\",\"seq\":1}\n{\"\\u0000\\"),
  HOSTILE ("%s%n%1$s<b>&amp;</b>"),
};

#undef HOSTILE
