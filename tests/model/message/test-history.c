/* test-history.c: what was sent is remembered newest first, once, and not without end
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-history.h"

static void
assert_texts (PhHistory *history, const char *expected)
{
  g_auto (GStrv) texts = ph_history_dup_texts (history);
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
    ph_history_add (history, parts[i]);

  return history;
}

static void
test_the_newest_is_first (void)
{
  g_autoptr (PhHistory) history = history_of (10, "a|b|c");

  assert_texts (history, "c|b|a");
  g_assert_cmpstr (ph_history_get_text (history, 0), ==, "c");
  g_assert_null (ph_history_get_text (history, 3));
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
  ph_history_add (history, "c");
  assert_texts (history, "c|e|d");
}

static void
test_empty_huge_and_broken_texts_are_not_kept (void)
{
  g_autoptr (PhHistory) history = ph_history_new (PH_HISTORY_LIMIT);
  g_autofree char *most = g_strnfill (PH_HISTORY_TEXT_MAX, 'x');
  g_autofree char *huge = g_strnfill (PH_HISTORY_TEXT_MAX + 1, 'x');

  ph_history_add (history, "");
  ph_history_add (history, huge);
  ph_history_add (history, "a\xff");
  assert_texts (history, "");
  ph_history_add (history, most);
  assert_texts (history, most);
}

static void
test_texts_come_back_as_they_were (void)
{
  g_autoptr (PhHistory) history = history_of (10, "a|b|两行\n文字");
  g_autoptr (PhHistory) other = history_of (10, "x|y");
  g_auto (GStrv) texts = ph_history_dup_texts (history);

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

      ph_history_add (history, text);
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
  g_autoptr (PhHistoryText) item = g_list_model_get_item (G_LIST_MODEL (history), 0);
  g_autofree char *text = NULL;

  g_object_get (item, "text", &text, NULL);
  g_assert_cmpstr (text, ==, "hello");
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (history), 1));
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

  return g_test_run ();
}
