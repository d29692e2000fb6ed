/* test-history.c: what was sent is remembered newest first, once, not without end, and with what its text means
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-history.h"

static void
assert_texts (PhHistory *history, const char *expected)
{
  g_auto (GStrv) texts = ph_history_dup_texts (history, G_MAXSIZE);
  g_autofree char *joined = g_strjoinv ("|", texts);

  g_assert_cmpstr (joined, ==, expected);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (history)), ==, g_strv_length (texts));
}

static PhHistory *
history_of (guint limit, const char *texts)
{
  PhHistory *history = ph_history_new (limit);
  g_auto (GStrv) parts = g_strsplit (texts, "|", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    ph_history_add (history, parts[i], NULL);

  return history;
}

static void
test_the_newest_is_first (void)
{
  g_autoptr (PhHistory) history = history_of (10, "a|b|c");

  assert_texts (history, "c|b|a");
  g_assert_cmpstr (ph_history_item_get_text (ph_history_get (history, 0)), ==, "c");
  g_assert_null (ph_history_item_get_format (ph_history_get (history, 0))->charset);
  g_assert_null (ph_history_get (history, 3));
}

static void
test_what_is_sent_again_moves_to_the_front (void)
{
  g_autoptr (PhHistory) history = history_of (10, "a|b|c|a|a");

  assert_texts (history, "a|c|b");
}

static void
test_the_limit_drops_the_oldest (void)
{
  g_autoptr (PhHistory) history = history_of (3, "a|b|c|d|e");

  assert_texts (history, "e|d|c");
  ph_history_add (history, "c", NULL);
  assert_texts (history, "c|e|d");
}

static void
test_empty_huge_and_broken_texts_are_not_kept (void)
{
  g_autoptr (PhHistory) history = ph_history_new (PH_HISTORY_LIMIT);
  g_autofree char *most = g_strnfill (PH_HISTORY_TEXT_MAX, 'x');
  g_autofree char *huge = g_strnfill (PH_HISTORY_TEXT_MAX + 1, 'x');

  ph_history_add (history, "", NULL);
  ph_history_add (history, huge, NULL);
  ph_history_add (history, "a\xff", NULL);
  assert_texts (history, "");
  ph_history_add (history, most, NULL);
  assert_texts (history, most);
}

static void
test_texts_come_back_as_they_were (void)
{
  g_autoptr (PhHistory) history = history_of (10, "a|b|两行\n文字");
  g_autoptr (PhHistory) other = history_of (10, "x|y");
  g_auto (GStrv) texts = ph_history_dup_texts (history, G_MAXSIZE);

  ph_history_set_texts (other, (const char *const *) texts);
  assert_texts (other, "两行\n文字|b|a");
}

static void
test_nonsense_from_settings_is_left_out (void)
{
  g_autoptr (PhHistory) history = ph_history_new (3);
  static const char *const texts[] = { "", "a", "a", "\xff", "b", "c", "d", NULL };

  ph_history_set_texts (history, texts);
  assert_texts (history, "a|b|c");
}

static void
count_cb (GListModel *model, guint position, guint removed, guint added, guint *n)
{
  *n += added - removed;
}

static void
test_listeners_hear_every_change (void)
{
  g_autoptr (PhHistory) history = ph_history_new (3);
  static const char *const texts[] = { "p", "q", NULL };
  guint n = 0;

  g_signal_connect (history, "items-changed", G_CALLBACK (count_cb), &n);
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", i % 7);

      ph_history_add (history, text, NULL);
      g_assert_cmpuint (n, ==, g_list_model_get_n_items (G_LIST_MODEL (history)));
    }
  ph_history_set_texts (history, texts);
  g_assert_cmpuint (n, ==, 2);
  ph_history_clear (history);
  g_assert_cmpuint (n, ==, 0);
}

static void
test_items_have_a_text (void)
{
  g_autoptr (PhHistory) history = history_of (3, "hello");
  g_autoptr (PhHistoryItem) item = g_list_model_get_item (G_LIST_MODEL (history), 0);
  g_autofree char *text = NULL;

  g_object_get (item, "text", &text, NULL);
  g_assert_cmpstr (text, ==, "hello");
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (history), 1));
}

/* ---- messages ---- */

static const PhPayloadFormat text = { .charset = "utf-8" };
static const PhPayloadFormat hex = { .charset = "utf-8", .hex = TRUE };
static const PhPayloadFormat gbk = { .charset = "gbk", .escapes = TRUE, .line_ending = PH_LINE_ENDING_CRLF };
static const PhPayloadFormat around = { .charset = "utf-8", .hex = TRUE, .variables = TRUE, .prefix = "AA 55", .suffix = "0D",
                                        .check = "crc-16/modbus,from=1" };

static void
assert_item (PhHistory *history, guint position, const char *expected, const PhPayloadFormat *format)
{
  PhHistoryItem *item = ph_history_get (history, position);
  const PhPayloadFormat *got = ph_history_item_get_format (item);

  g_assert_cmpstr (ph_history_item_get_text (item), ==, expected);
  g_assert_cmpstr (got->charset, ==, format->charset);
  g_assert_cmpint (got->hex, ==, format->hex);
  g_assert_cmpint (got->escapes, ==, format->escapes);
  g_assert_cmpint (got->variables, ==, format->variables);
  g_assert_cmpint (got->line_ending, ==, format->line_ending);
  g_assert_cmpstr (got->prefix, ==, format->prefix);
  g_assert_cmpstr (got->suffix, ==, format->suffix);
  g_assert_cmpstr (got->check, ==, format->check);
}

static void
test_the_same_text_as_hex_is_another_message (void)
{
  g_autoptr (PhHistory) history = ph_history_new (10);

  ph_history_add (history, "41", &text);
  ph_history_add (history, "41", &hex);
  ph_history_add (history, "41", &gbk);
  ph_history_add (history, "41", &text);
  assert_texts (history, "41|41|41");
  assert_item (history, 0, "41", &text);
  assert_item (history, 1, "41", &gbk);
  assert_item (history, 2, "41", &hex);
  ph_history_add (history, "41", &around);
  assert_texts (history, "41|41|41|41");
  ph_history_add (history, "41", &around);
  assert_texts (history, "41|41|41|41");
}

static void
test_a_text_of_unknown_format_is_not_kept_beside_a_message_with_it (void)
{
  g_autoptr (PhHistory) history = history_of (10, "a|b");

  ph_history_add (history, "a", &hex);
  assert_texts (history, "a|b");
  assert_item (history, 0, "a", &hex);
  ph_history_add (history, "b", &text);
  ph_history_add (history, "c", NULL);
  ph_history_add (history, "c", &gbk);
  assert_texts (history, "c|b|a");
  assert_item (history, 0, "c", &gbk);
  assert_item (history, 1, "b", &text);
}

static void
test_messages_come_back_as_they_were (void)
{
  static const PhPayloadFormat unknown = { .charset = NULL };
  g_autoptr (PhHistory) history = ph_history_new (10);
  g_autoptr (PhHistory) other = ph_history_new (10);
  g_autoptr (GVariant) messages = NULL;

  ph_history_add (history, "55 01", &around);
  ph_history_add (history, "55 00", &hex);
  ph_history_add (history, "两行\n文字\\n", &gbk);
  ph_history_add (history, "old", NULL);
  messages = g_variant_ref_sink (ph_history_dup_messages (history, G_MAXSIZE));
  g_assert_true (g_variant_is_of_type (messages, G_VARIANT_TYPE (PH_HISTORY_MESSAGES)));

  ph_history_set_messages (other, messages);
  assert_texts (other, "old|两行\n文字\\n|55 00|55 01");
  assert_item (other, 0, "old", &unknown);
  assert_item (other, 1, "两行\n文字\\n", &gbk);
  assert_item (other, 2, "55 00", &hex);
  assert_item (other, 3, "55 01", &around);
}

static void
test_an_address_that_was_typed_comes_back_with_its_message (void)
{
  g_autoptr (PhHistory) history = ph_history_new (10), other = ph_history_new (10);
  g_autoptr (GVariant) messages = NULL;

  ph_history_add_to (history, "a", &text, NULL);
  ph_history_add_to (history, "a", &text, "127.0.0.1:9");
  ph_history_add_to (history, "a", &text, "127.0.0.1:9");
  ph_history_add_to (history, "b", &text, "no address at all");
  messages = g_variant_ref_sink (ph_history_dup_messages (history, G_MAXSIZE));
  ph_history_set_messages (other, messages);
  assert_texts (other, "b|a|a");
  g_assert_null (ph_history_item_get_to (ph_history_get (other, 0)));
  g_assert_cmpstr (ph_history_item_get_to (ph_history_get (other, 1)), ==, "127.0.0.1:9");
  g_assert_null (ph_history_item_get_to (ph_history_get (other, 2)));
}

static void
test_long_messages_are_not_for_the_settings (void)
{
  g_autoptr (PhHistory) history = ph_history_new (10);
  g_autoptr (GVariant) messages = NULL;
  g_auto (GStrv) texts = NULL;

  ph_history_add (history, "abcd", &text);
  ph_history_add (history, "abcde", &text);
  messages = g_variant_ref_sink (ph_history_dup_messages (history, 4));
  texts = ph_history_dup_texts (history, 4);
  g_assert_cmpuint (g_variant_n_children (messages), ==, 1);
  g_assert_cmpuint (g_strv_length (texts), ==, 1);
  g_assert_cmpstr (texts[0], ==, "abcd");
}

static void
test_nonsense_among_messages_is_left_out (void)
{
  g_autoptr (PhHistory) history = ph_history_new (3);
  g_autoptr (GVariant) messages = NULL;
  static const PhPayloadFormat unknown = { .charset = NULL };

  messages = g_variant_ref_sink (g_variant_new_parsed (
    "[('', {'encoding': <'utf-8'>}), ('a', {'hex': <true>, 'encoding': <'klingon'>}), ('b', {'encoding': <'utf-8'>, 'line-ending': <'both'>}),"
    " ('b', {'encoding': <'utf-8'>, 'escapes': <7>, 'mood': <'good'>}), ('c', {'encoding': <'utf-8'>, 'hex': <true>}),"
    " ('d', {'encoding': <'gbk'>})]"));
  ph_history_set_messages (history, messages);
  assert_texts (history, "a|b|c");
  assert_item (history, 0, "a", &unknown);
  assert_item (history, 1, "b", &text);
  assert_item (history, 2, "c", &hex);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(function) g_test_add_func ("/history/" #function, test_##function)
  TEST (the_newest_is_first);
  TEST (what_is_sent_again_moves_to_the_front);
  TEST (the_limit_drops_the_oldest);
  TEST (empty_huge_and_broken_texts_are_not_kept);
  TEST (texts_come_back_as_they_were);
  TEST (nonsense_from_settings_is_left_out);
  TEST (listeners_hear_every_change);
  TEST (items_have_a_text);
  TEST (a_text_of_unknown_format_is_not_kept_beside_a_message_with_it);
  TEST (the_same_text_as_hex_is_another_message);
  TEST (messages_come_back_as_they_were);
  TEST (an_address_that_was_typed_comes_back_with_its_message);
  TEST (long_messages_are_not_for_the_settings);
  TEST (nonsense_among_messages_is_left_out);

  return g_test_run ();
}
