/* test-framed.c: a store of frames has the frames of every peer and direction, and the events where they were
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include <string.h>

#include "ph-framed.h"
#include "slow-framers.h"

#define MS G_GINT64_CONSTANT (1000000)
#define MIB (1024u * 1024u)
#define ROOM ((guint64) 300 * PH_STORE_CHUNK) /* for all */

typedef struct
{
  PhStore *from, *to;
  PhFramed *framed;
  gint64 time; /* of what is put next */
} Fixture;

static Fixture
begin_with (const char *words, guint64 limit)
{
  g_autoptr (PhFrameRule) rule = ph_frame_rule_parse (words, NULL);
  Fixture f = { .from = ph_store_new (limit, NULL, NULL), .to = ph_store_new (ROOM, NULL, NULL) };

  g_assert_nonnull (rule);
  ph_store_release (f.from, G_MAXUINT64); /* nobody else reads it */
  f.framed = ph_framed_new (f.from, f.to, rule);

  return f;
}

static Fixture
begin (const char *words)
{
  return begin_with (words, ROOM);
}

static void
end (Fixture *f)
{
  ph_framed_free (f->framed);
  ph_store_free (f->from);
  ph_store_free (f->to);
}

static void
put_bytes (Fixture *f, PhRecordKind kind, guint flags, guint32 peer, const void *bytes, gsize n)
{
  const PhRecord record = { .kind = kind, .flags = (guint16) flags, .peer = peer, .time = f->time, .length = n & (MIB - 1) };

  ph_store_append (f->from, &record, bytes);
  ph_framed_take (f->framed, ph_store_end (f->from), G_MAXUINT);
}

static void
put (Fixture *f, PhRecordKind kind, guint flags, guint32 peer, const char *text)
{
  put_bytes (f, kind, flags, peer, text, strlen (text));
}

static void
put_in (Fixture *f, guint32 peer, const char *text)
{
  put (f, PH_RECORD_IN, PH_RECORD_STREAM, peer, text);
}

static void
show (GString *out, const PhRecord *record, const guint8 *payload)
{
  g_string_append_printf (out, "%s%s %u ", out->len > 0 ? ", " : "", ph_record_kind_id (record->kind), record->peer);
  slow_show (out, payload, record->length);
  if ((record->flags & PH_RECORD_UNFINISHED) != 0)
    g_string_append (out, "?");
  if ((record->flags & PH_RECORD_NO_FRAME) != 0)
    g_string_append (out, "~");
  if ((record->flags & PH_RECORD_CUT) != 0)
    g_string_append (out, "!");
}

static void
assert_frames (Fixture *f, const char *frames)
{
  g_autoptr (GString) shown = g_string_new (NULL);

  ph_store_begin_read (f->to);
  for (guint64 seq = 0; seq < ph_store_end (f->to); seq++)
    {
      const guint8 *payload;
      const PhRecord *record = ph_store_fetch (f->to, seq, &payload);

      show (shown, record, payload);
    }
  ph_store_end_read (f->to);
  g_assert_cmpstr (shown->str, ==, frames);
}

static void
test_each_peer_and_direction_has_its_own_frames (void)
{
  Fixture f = begin ("line");

  put_in (&f, 1, "o");
  put_in (&f, 2, "tw");
  put (&f, PH_RECORD_OUT, PH_RECORD_STREAM, 1, "sent");
  put_in (&f, 1, "ne\nth");
  put_in (&f, 2, "o\n");
  put (&f, PH_RECORD_OUT, PH_RECORD_STREAM, 1, "\n");
  put_in (&f, 1, "ree\n");
  assert_frames (&f, "in 1 one\\x0A, in 2 two\\x0A, out 1 sent\\x0A, in 1 three\\x0A");
  end (&f);
}

static void
test_events_stay_where_they_are_and_end_what_was_begun (void)
{
  Fixture f = begin ("line:drop");

  put (&f, PH_RECORD_JOINED, 0, 1, "a");
  put (&f, PH_RECORD_JOINED, 0, 2, "b");
  put_in (&f, 1, "x\nyz");
  put_in (&f, 2, "w");
  put (&f, PH_RECORD_OUT, PH_RECORD_STREAM, 1, "o");
  put (&f, PH_RECORD_HALF_CLOSED, 0, 1, "");
  put (&f, PH_RECORD_LEFT, 0, 1, "");
  put_in (&f, 2, "v");
  put (&f, PH_RECORD_CLOSED, 0, 0, "");
  assert_frames (&f, "joined 1 a, joined 2 b, in 1 x, in 1 yz?, half-closed 1 , out 1 o?, left 1 , in 2 wv?, closed 0 ");
  end (&f);
}

static void
test_a_datagram_ends_a_frame_unless_it_may_go_on (void)
{
  Fixture f = begin ("fixed:3"), across = begin ("fixed:3,across");

  for (Fixture *one = &f;; one = &across)
    {
      put (one, PH_RECORD_IN, 0, 1, "abcd");
      put (one, PH_RECORD_IN, 0, 1, "ef");
      put (one, PH_RECORD_IN, 0, 1, "");
      if (one == &across)
        break;
    }
  assert_frames (&f, "in 1 abc, in 1 d?, in 1 ef?, in 1 ");
  assert_frames (&across, "in 1 abc, in 1 def, in 1 ");
  end (&f);
  end (&across);
}

static void
test_a_frame_has_its_first_time_and_its_reads (void)
{
  static const gint64 times[] = { 1, 5, 2 };
  static const guint reads[] = { 2, 1, 3 };
  Fixture f = begin ("line");

  f.time = 1, put_in (&f, 1, "a");
  f.time = 2, put_in (&f, 1, "\nb");
  f.time = 3, put_in (&f, 1, "b");
  f.time = 5, put_in (&f, 2, "c\n");
  f.time = 6, put_in (&f, 1, "b\n");
  assert_frames (&f, "in 1 a\\x0A, in 2 c\\x0A, in 1 bbb\\x0A");
  ph_store_begin_read (f.to);
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      const PhRecord *record = ph_store_fetch (f.to, i, NULL);

      g_assert_cmpint (record->time, ==, times[i]);
      g_assert_cmpuint (record->detail, ==, reads[i]);
      g_assert_cmpuint (record->flags & PH_RECORD_STREAM, ==, 0);
    }
  ph_store_end_read (f.to);
  end (&f);
}

static void
test_silence_ends_frames_in_the_order_of_the_clock (void)
{
  Fixture f = begin ("gap:20");

  f.time = 100 * MS, put_in (&f, 1, "a");
  f.time = 110 * MS, put_in (&f, 2, "b");
  f.time = 115 * MS, put_in (&f, 1, "a");
  g_assert_cmpint (ph_framed_get_deadline (f.framed), <=, 130 * MS);
  ph_framed_pass (f.framed, 129 * MS);
  assert_frames (&f, "");
  f.time = 134 * MS, put_in (&f, 3, "c"); /* an hour later in an old capture is the same */
  assert_frames (&f, "in 2 b");
  ph_framed_pass (f.framed, 200 * MS);
  assert_frames (&f, "in 2 b, in 1 aa, in 3 c");
  g_assert_cmpint (ph_framed_get_deadline (f.framed), ==, G_MAXINT64);
  end (&f);
}

/* Ten thousand peers that begin a frame each and never end it must not take all memory. */
static void
test_frames_that_never_end_have_a_limit_together (void)
{
  Fixture f = begin ("line");
  g_autofree char *text = g_strnfill (PH_FRAME_MOST - 1, 'x');
  const guint n = PH_FRAMED_KEPT_MOST / PH_FRAME_MOST;
  gsize bytes = 0, cut = 0;

  for (guint peer = 1; peer <= n + 5; peer++)
    put_in (&f, peer, text);
  ph_store_begin_read (f.to);
  for (guint64 seq = 0; seq < ph_store_end (f.to); seq++)
    {
      const PhRecord *record = ph_store_fetch (f.to, seq, NULL);

      g_assert_cmpuint (record->peer, ==, seq + 1); /* the oldest */
      cut += (record->flags & PH_RECORD_CUT) != 0;
      bytes += record->length;
    }
  ph_store_end_read (f.to);
  g_assert_cmpuint (cut, >=, 5);
  ph_framed_end (f.framed);
  ph_store_begin_read (f.to);
  for (guint64 seq = cut; seq < ph_store_end (f.to); seq++)
    bytes += ph_store_fetch (f.to, seq, NULL)->length;
  ph_store_end_read (f.to);
  g_assert_cmpuint (bytes, ==, (n + 5) * (gsize) (PH_FRAME_MOST - 1));
  end (&f);
}

static void
test_what_was_gone_before_it_was_read_is_counted_and_no_frame_goes_on_behind_it (void)
{
  Fixture f = begin_with ("line", PH_STORE_LIMIT_MIN);
  const PhRecord record = { .kind = PH_RECORD_IN, .flags = PH_RECORD_STREAM, .peer = 1, .length = 1000 };
  g_autofree char *text = g_strnfill (1000, 'x');
  guint unfinished = 0;
  guint64 first;

  text[500] = '\n';
  put_in (&f, 1, "a");
  for (guint i = 0; i < 20 * 1000; i++)
    ph_store_append (f.from, &record, text);
  first = ph_store_first (f.from);
  g_assert_cmpuint (first, >, 1);
  ph_framed_take (f.framed, ph_store_end (f.from), G_MAXUINT);
  g_assert_cmpuint (ph_framed_get_missing (f.framed), >=, first - 1 - 2000); /* its own chunk was held */
  g_assert_cmpuint (ph_framed_get_next (f.framed), ==, ph_store_end (f.from));
  ph_store_begin_read (f.to);
  for (guint64 seq = 0; seq < ph_store_end (f.to); seq++)
    unfinished += (ph_store_fetch (f.to, seq, NULL)->flags & PH_RECORD_UNFINISHED) != 0;
  ph_store_end_read (f.to);
  g_assert_cmpuint (unfinished, ==, 1);
  end (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test) g_test_add_func ("/framed/" name, test_##test)
  ADD ("each-peer-and-direction-has-its-own-frames", each_peer_and_direction_has_its_own_frames);
  ADD ("events-stay-where-they-are-and-end-what-was-begun", events_stay_where_they_are_and_end_what_was_begun);
  ADD ("a-datagram-ends-a-frame-unless-it-may-go-on", a_datagram_ends_a_frame_unless_it_may_go_on);
  ADD ("a-frame-has-its-first-time-and-its-reads", a_frame_has_its_first_time_and_its_reads);
  ADD ("silence-ends-frames-in-the-order-of-the-clock", silence_ends_frames_in_the_order_of_the_clock);
  ADD ("frames-that-never-end-have-a-limit-together", frames_that_never_end_have_a_limit_together);
  ADD ("what-was-gone-before-it-was-read-is-counted-and-no-frame-goes-on-behind-it",
       what_was_gone_before_it_was_read_is_counted_and_no_frame_goes_on_behind_it);

  return g_test_run ();
}
