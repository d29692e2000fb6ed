/* fuzz-frames.c: any words are a rule for frames, and mean the same when they are written again; or they are refused
 *
 * The words end at the first NUL. What follows is cut by the rule: no byte is lost, and the same frames come of it however it is fed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fuzz.h"

#include <string.h>

#include "ph-frames.h"

typedef struct
{
  GByteArray *all; /* of each frame: its flags, its size, its bytes */
  gsize taken;
} Got;

static void
frame_cb (gpointer data, const PhFrame *frame)
{
  Got *got = data;
  const guint32 head[] = { frame->flags, (guint32) frame->size, (guint32) frame->taken };

  g_assert_cmpuint (frame->taken, >, 0);
  g_assert_cmpuint (frame->size, <=, frame->taken);
  g_byte_array_append (got->all, (const guint8 *) head, sizeof head);
  if (frame->size > 0)
    g_byte_array_append (got->all, frame->bytes, (guint) frame->size);
  got->taken += frame->taken;
}

static GByteArray *
cut (PhFrameRule *rule, const guint8 *bytes, gsize n, gsize piece)
{
  Got got = { .all = g_byte_array_new () };
  PhFrames *frames = ph_frames_new (rule, frame_cb, &got);

  for (gsize at = 0; at < n; at += piece)
    ph_frames_feed (frames, bytes + at, MIN (piece, n - at), 0);
  ph_frames_end (frames);
  ph_frames_free (frames);
  g_assert_cmpuint (got.taken, ==, n);

  return got.all;
}

static void
check_same (PhFrameRule *rule, const guint8 *bytes, gsize n)
{
  g_autoptr (GByteArray) whole = cut (rule, bytes, n, MAX (n, 1)), single = cut (rule, bytes, n, 1), some = cut (rule, bytes, n, 7);

  g_assert_cmpmem (whole->data, whole->len, single->data, single->len);
  g_assert_cmpmem (whole->data, whole->len, some->data, some->len);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *copy = g_strndup ((const char *) data, size), *words = g_utf8_make_valid (copy, -1), *again = NULL;
  gsize used = MIN (strlen (copy) + 1, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (PhFrameRule) rule = ph_frame_rule_parse (words, &error), same = NULL;
  g_autofree char *last = NULL;

  g_assert_true ((rule == NULL) == (error != NULL));
  if (rule == NULL)
    return 0;
  again = ph_frame_rule_dup_words (rule);
  same = ph_frame_rule_parse (again, NULL);
  g_assert_nonnull (same);
  last = ph_frame_rule_dup_words (same);
  g_assert_cmpstr (again, ==, last);
  /* A pattern may look back at what was before the frame, and "none" is what came at once. */
  if (!g_str_has_prefix (again, "regex") && !g_str_has_prefix (again, "none"))
    check_same (rule, data + used, size - used);

  return 0;
}
