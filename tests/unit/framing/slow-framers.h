/* slow-framers.h: the rules again, for whole streams, without a thought for speed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SlowRule:
 * @words: for ph_frame_rule_parse()
 * @bytes: of which random streams are made, beside others
 * @make: (nullable): puts a frame, or what looks like one, at the end of a stream
 * @find: tells the first frame, or what is outside, in a stream of which nothing follows. Sets how many bytes that is, which of them are
 *   stored, and returns one of "" (a frame), "~" (outside) and "?" (no end)
 */
typedef struct SlowRule SlowRule;
struct SlowRule
{
  const char *words;
  const char *bytes;
  void (*make) (GByteArray *stream);
  const char *(*find) (const SlowRule *rule, const guint8 *bytes, gsize n, gsize *ret_length, GByteArray *stored);
};

extern const SlowRule slow_rules[];
extern const guint slow_n;

GByteArray *slow_stream (const SlowRule *rule);
char *slow_frames (const SlowRule *rule, const guint8 *bytes, gsize n);

/* Letters as they are, other bytes as \xNN. */
void slow_show (GString *out, const guint8 *bytes, gsize n);

/* The opposite of g_strescape(), and knows NUL. */
void slow_unescape (GString *out, const char *text);

G_END_DECLS
