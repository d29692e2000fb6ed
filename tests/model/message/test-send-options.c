/* test-send-options.c: how typed messages are sent: an encoding of its own, or that of what is received
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-send-options.h"

static void
count_cb (GObject *object, GParamSpec *pspec, guint *count)
{
  ++*count;
}

static void
assert_encoding (PhSendOptions *options, const char *encoding, const char *charset)
{
  g_autofree char *now = NULL;

  g_object_get (options, "encoding", &now, NULL);
  g_assert_cmpstr (now, ==, encoding);
  g_assert_cmpstr (ph_send_options_get_format (options).charset, ==, charset);
}

static void
test_the_encoding_follows_what_is_received (void)
{
  g_autoptr (PhSendOptions) options = ph_send_options_new ();
  guint changes = 0;

  assert_encoding (options, "utf-8", "utf-8");
  g_signal_connect (options, "notify::encoding", G_CALLBACK (count_cb), &changes);
  g_object_set (options, "receive-encoding", "gbk", NULL);
  assert_encoding (options, "utf-8", "utf-8");
  g_assert_cmpuint (changes, ==, 0);
  g_object_set (options, "encoding", PH_SEND_ENCODING_SAME, NULL);
  assert_encoding (options, PH_SEND_ENCODING_SAME, "gbk");
  g_assert_cmpuint (changes, ==, 1);
  g_object_set (options, "receive-encoding", "big5", NULL);
  assert_encoding (options, PH_SEND_ENCODING_SAME, "big5");
  g_assert_cmpuint (changes, ==, 2);
  g_object_set (options, "receive-encoding", "klingon", "encoding", "klingon", "receive-encoding", NULL, "encoding", NULL, NULL);
  assert_encoding (options, PH_SEND_ENCODING_SAME, "big5");
  g_object_set (options, "encoding", "big5", NULL);
  assert_encoding (options, "big5", "big5");
  g_assert_cmpuint (changes, ==, 3);
  g_object_set (options, "receive-encoding", "utf-8", NULL);
  assert_encoding (options, "big5", "big5");
  g_assert_cmpuint (changes, ==, 3);
}

/* A message of the history has the encoding that it was sent in. */
static void
test_a_message_with_another_encoding_ends_that_it_follows (void)
{
  g_autoptr (PhSendOptions) options = ph_send_options_new ();
  PhPayloadFormat format;

  g_object_set (options, "receive-encoding", "gbk", "encoding", PH_SEND_ENCODING_SAME, NULL);
  format = ph_send_options_get_format (options);
  g_assert_cmpstr (format.charset, ==, "gbk");
  ph_send_options_set_format (options, &format);
  assert_encoding (options, PH_SEND_ENCODING_SAME, "gbk");
  format.charset = NULL;
  ph_send_options_set_format (options, &format);
  assert_encoding (options, PH_SEND_ENCODING_SAME, "gbk");
  format.charset = "utf-8";
  ph_send_options_set_format (options, &format);
  assert_encoding (options, "utf-8", "utf-8");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/send-options/the-encoding-follows-what-is-received", test_the_encoding_follows_what_is_received);
  g_test_add_func ("/send-options/a-message-with-another-encoding-ends-that-it-follows",
                   test_a_message_with_another_encoding_ends_that_it_follows);

  return g_test_run ();
}
