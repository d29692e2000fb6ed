/* test-receive-options.c: how received data is shown: choices that are kept, and what follows from them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-receive-options.h"

static void
count_cb (GObject *object, GParamSpec *pspec, guint *n)
{
  (*n)++;
}

static void
assert_follows (PhReceiveOptions *options, gboolean follow, gboolean auto_scroll, gboolean at_start)
{
  gboolean got[3];

  g_object_get (options, "follow", &got[0], "auto-scroll", &got[1], "follow-at-start", &got[2], NULL);
  g_assert_cmpint (got[0], ==, follow);
  g_assert_cmpint (got[1], ==, auto_scroll);
  g_assert_cmpint (got[2], ==, at_start);
}

static void
test_scrolling_is_no_choice_but_auto_scroll_is (void)
{
  g_autoptr (PhReceiveOptions) options = ph_receive_options_new ();
  guint choices = 0;

  g_signal_connect (options, "notify::follow-at-start", G_CALLBACK (count_cb), &choices);
  assert_follows (options, TRUE, TRUE, TRUE);
  g_object_set (options, "follow", FALSE, NULL);
  assert_follows (options, FALSE, FALSE, TRUE);
  g_assert_cmpuint (choices, ==, 0);
  g_object_set (options, "auto-scroll", TRUE, NULL);
  assert_follows (options, TRUE, TRUE, TRUE);
  g_assert_cmpuint (choices, ==, 1);
  g_object_set (options, "auto-scroll", FALSE, NULL);
  assert_follows (options, FALSE, FALSE, FALSE);
  g_object_set (options, "follow-at-start", TRUE, NULL);
  assert_follows (options, TRUE, TRUE, TRUE);
}

static void
test_receive_options_ignore_what_there_is_not (void)
{
  g_autoptr (PhReceiveOptions) options = ph_receive_options_new ();
  g_autofree char *mode = NULL, *encoding = NULL, *form = NULL, *time = NULL;

  g_object_set (options, "mode", "table", "encoding", "gbk", "form", "automatic", "time", "since-record", NULL);
  g_object_set (options, "mode", "cards", "encoding", "klingon", "form", "pictures", "time", "noon", NULL);
  g_object_set (options, "mode", NULL, "encoding", NULL, "form", NULL, "time", NULL, NULL);
  g_object_get (options, "mode", &mode, "encoding", &encoding, "form", &form, "time", &time, NULL);
  g_assert_cmpstr (mode, ==, "table");
  g_assert_cmpstr (encoding, ==, "gbk");
  g_assert_cmpstr (form, ==, "automatic");
  g_assert_cmpstr (time, ==, "since-record");
}

static void
assert_choices (PhReceiveOptions *options, const char *form, gboolean hex, const char *time, gboolean show_time)
{
  g_autofree char *its_form = NULL, *its_time = NULL;
  gboolean is_hex, shows_time;

  g_object_get (options, "form", &its_form, "hex", &is_hex, "time", &its_time, "show-time", &shows_time, NULL);
  g_assert_cmpstr (its_form, ==, form);
  g_assert_cmpint (is_hex, ==, hex);
  g_assert_cmpstr (its_time, ==, time);
  g_assert_cmpint (shows_time, ==, show_time);
}

static void
test_hex_and_the_time_are_switched_by_one_key_each (void)
{
  g_autoptr (PhReceiveOptions) options = ph_receive_options_new ();
  guint hexes = 0, shows = 0;

  g_signal_connect (options, "notify::hex", G_CALLBACK (count_cb), &hexes);
  g_signal_connect (options, "notify::show-time", G_CALLBACK (count_cb), &shows);
  assert_choices (options, "text", FALSE, "time-of-day", TRUE);
  g_object_set (options, "hex", TRUE, "show-time", FALSE, NULL);
  assert_choices (options, "hex", TRUE, "none", FALSE);
  g_object_set (options, "hex", FALSE, "show-time", TRUE, NULL);
  assert_choices (options, "text", FALSE, "time-of-day", TRUE);
  g_assert_cmpuint (hexes, ==, 2);
  g_assert_cmpuint (shows, ==, 2);
  g_object_set (options, "form", "automatic", "hex", FALSE, "time", "since-opening", "show-time", TRUE, NULL);
  assert_choices (options, "automatic", FALSE, "since-opening", TRUE);
  g_assert_cmpuint (hexes + shows, ==, 4);
  g_object_set (options, "show-time", FALSE, "form", "hex", NULL);
  g_object_set (options, "show-time", TRUE, NULL);
  assert_choices (options, "hex", TRUE, "since-opening", TRUE);
  g_assert_cmpuint (hexes, ==, 3);
  g_assert_cmpuint (shows, ==, 4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(function) g_test_add_func ("/receive-options/" #function, test_##function)
  TEST (scrolling_is_no_choice_but_auto_scroll_is);
  TEST (receive_options_ignore_what_there_is_not);
  TEST (hex_and_the_time_are_switched_by_one_key_each);

  return g_test_run ();
}
