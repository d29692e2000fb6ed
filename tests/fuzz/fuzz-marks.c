/* fuzz-marks.c: whatever is shown is valid UTF-8 without a character that needs a mark, and marks lie where they say
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fuzz.h"

#include "ph-marks.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (PhMark));
  gsize end = 0;

  ph_marks_show ((const char *) data, size, "\n\t", out, marks);
  g_assert_true (g_utf8_validate (out->str, out->len, NULL));
  for (const char *p = out->str, *next; *p != '\0'; p = next)
    {
      g_assert_true (*p == '\n' || *p == '\t' || !ph_mark_needed (g_utf8_get_char (p)));
      next = g_utf8_next_char (p);
      next = ph_marks_after_selector (g_utf8_get_char (p), next, out->str + out->len);
    }

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
