/* test-flow.c: which records belong together, and what becomes of a character whose rest never came
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-flow.h"

static PhRecord
piece (PhRecordKind kind, guint32 peer)
{
  return (PhRecord) { .kind = (guint8) kind, .peer = peer, .flags = PH_RECORD_STREAM };
}

static void
test_a_flow_is_one_peer_and_one_direction (void)
{
  const PhRecord in = piece (PH_RECORD_IN, 1), again = in, out = piece (PH_RECORD_OUT, 1), other = piece (PH_RECORD_IN, 2);
  const PhRecord datagram = { .kind = PH_RECORD_IN, .peer = 1 };

  g_assert_true (ph_flow_has (&in, &again));
  g_assert_false (ph_flow_has (&in, &out));
  g_assert_false (ph_flow_has (&in, &other));
  g_assert_false (ph_flow_has (&in, &datagram));
}

static void
test_a_flow_ends_with_its_side_its_peer_or_everything (void)
{
  const struct
  {
    PhRecordKind kind;
    guint32 peer;
    gboolean in, out; /* whether it is a border of what peer 1 sent, and got */
  } rows[] = {
    { PH_RECORD_OPENING, 0, TRUE, TRUE },      { PH_RECORD_OPEN, 0, TRUE, TRUE },       { PH_RECORD_CLOSED, 0, TRUE, TRUE },
    { PH_RECORD_JOINED, 1, TRUE, TRUE },       { PH_RECORD_JOINED, 2, FALSE, FALSE },   { PH_RECORD_LEFT, 1, TRUE, TRUE },
    { PH_RECORD_LEFT, 2, FALSE, FALSE },       { PH_RECORD_HALF_CLOSED, 1, TRUE, FALSE },
    { PH_RECORD_HALF_CLOSED, 2, FALSE, FALSE }, { PH_RECORD_NOTE, 1, FALSE, FALSE },    { PH_RECORD_IN, 1, FALSE, FALSE },
  };
  const PhRecord in = piece (PH_RECORD_IN, 1), out = piece (PH_RECORD_OUT, 1);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const PhRecord record = { .kind = (guint8) rows[i].kind, .peer = rows[i].peer };

      g_assert_cmpint (ph_flow_is_border (&in, &record), ==, rows[i].in);
      g_assert_cmpint (ph_flow_is_border (&out, &record), ==, rows[i].out);
    }
}

static void
keep (PhFlows *flows, PhRecordKind kind, guint32 peer, guint8 byte)
{
  const PhRecord record = piece (kind, peer);
  const PhCarry carry = { .bytes = { byte }, .length = byte != 0 };

  ph_flows_set_carry (flows, &record, &carry, "a:1");
}

static void
ended_cb (const PhFlow *flow, gpointer out)
{
  g_assert_cmpstr (flow->address, ==, "a:1");
  g_string_append_printf (out, "%u%s%02X ", flow->peer, flow->kind == PH_RECORD_IN ? "<" : ">", flow->carry.bytes[0]);
}

static void
assert_ends (PhFlows *flows, PhRecordKind kind, guint32 peer, const char *expected)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const PhRecord record = { .kind = (guint8) kind, .peer = peer };

  ph_flows_end (flows, &record, ended_cb, out);
  g_assert_cmpstr (out->str, ==, expected);
}

static void
test_what_was_cut_goes_on_or_is_told_at_the_end (void)
{
  g_autoptr (PhFlows) flows = ph_flows_new ();
  const PhRecord in = piece (PH_RECORD_IN, 1);

  g_assert_cmpuint (ph_flows_get_carry (flows, &in).length, ==, 0);
  keep (flows, PH_RECORD_IN, 1, 0xE4);
  keep (flows, PH_RECORD_OUT, 1, 0xE5);
  keep (flows, PH_RECORD_IN, 2, 0xE6);
  g_assert_cmpuint (ph_flows_get_carry (flows, &in).bytes[0], ==, 0xE4);
  assert_ends (flows, PH_RECORD_IN, 1, "");
  assert_ends (flows, PH_RECORD_HALF_CLOSED, 1, "1<E4 ");
  assert_ends (flows, PH_RECORD_LEFT, 1, "1>E5 ");
  assert_ends (flows, PH_RECORD_LEFT, 1, "");
  keep (flows, PH_RECORD_IN, 3, 0xE7);
  keep (flows, PH_RECORD_IN, 3, 0); /* the rest came */
  assert_ends (flows, PH_RECORD_CLOSED, 0, "2<E6 ");
}

static void
count_cb (const PhFlow *flow, gpointer n)
{
  (*(guint *) n)++;
}

static void
test_there_is_no_more_cut_than_there_is_room_for (void)
{
  g_autoptr (PhFlows) flows = ph_flows_new ();
  const PhRecord next = piece (PH_RECORD_IN, 1);
  guint n = 0;

  for (guint32 peer = 1; peer <= PH_FLOWS_MAX; peer++)
    keep (flows, PH_RECORD_IN, peer, 0xE4);
  ph_flows_end (flows, &next, count_cb, &n);
  g_assert_cmpuint (n, ==, PH_FLOWS_MAX);
  g_assert_cmpuint (ph_flows_get_carry (flows, &next).length, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, name) g_test_add_func ("/flow/" path, test_##name)
  ADD ("a-flow-is-one-peer-and-one-direction", a_flow_is_one_peer_and_one_direction);
  ADD ("a-flow-ends-with-its-side-its-peer-or-everything", a_flow_ends_with_its_side_its_peer_or_everything);
  ADD ("what-was-cut-goes-on-or-is-told-at-the-end", what_was_cut_goes_on_or_is_told_at_the_end);
  ADD ("there-is-no-more-cut-than-there-is-room-for", there_is_no_more_cut_than_there_is_room_for);
#undef ADD

  return g_test_run ();
}
