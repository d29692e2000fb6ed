/* fuzz-marks.c: whatever is shown is valid UTF-8 without a character that needs a mark, and marks lie where they say
 *
 * Where a text is shown in two parts, as the log does to find a byte, it is shown as in one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fuzz.h"

#include "ph-joiner.h"
#include "ph-marks.h"

/* What has no mark needs none where it stands. A joiner has a letter or a picture before it, and no other joiner beside it. */
static void
assert_shown (const GString *out)
{
  const char *end = out->str + out->len;
  gunichar c, before = 0;

  for (const char *p = out->str; p < end; before = c)
    {
      PhMarkKind kind = ph_marks_next_in (out->str, &p, end, &c);

      g_assert_true (kind == PH_MARK_NONE || c == '\n' || c == '\t');
      if (ph_joiner_is (c))
        g_assert_true (before > 0x7F && !ph_joiner_is (before) && !ph_joiner_is (g_utf8_get_char (p)));
    }
}

static void
assert_parts (const char *text, gsize size, const GString *out)
{
  g_autoptr (GString) parts = g_string_new (NULL);
  const char *end = text + size, *middle;

  middle = size > 0 ? text + (guint8) *text % size : text;
  while (middle < end && ((guint8) *middle & 0xC0) == 0x80)
    middle++;
  middle = ph_marks_show_part (text, text, middle, end, "\n\t", parts, NULL);
  ph_marks_show_part (text, middle, end, end, "\n\t", parts, NULL);
  g_assert_cmpstr (parts->str, ==, out->str);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (PhMark));
  gsize end = 0;

  ph_marks_show ((const char *) data, size, "\n\t", out, marks);
  g_assert_true (g_utf8_validate (out->str, out->len, NULL));
  assert_shown (out);
  if (g_utf8_validate_len ((const char *) data, size, NULL))
    assert_parts ((const char *) data, size, out);

  for (guint i = 0; i < marks->len; i++)
    {
      const PhMark *mark = &g_array_index (marks, PhMark, i);

      g_assert_cmpuint (mark->start, >=, end);
      g_assert_cmpuint (mark->length, >=, 3);
      end = (gsize) mark->start + mark->length;
    }
  g_assert_cmpuint (end, <=, out->len);
  return 0;
}
