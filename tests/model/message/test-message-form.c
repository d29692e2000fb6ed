/* test-message-form.c: the text of a message follows the switch between text and hex, or the switch goes back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-message.h"

typedef struct
{
  PhSendOptions *options;
  PhMessage *message;
} Fixture;

static void
fixture_init (Fixture *fixture)
{
  g_autoptr (PhSession) session = ph_session_new ();
  g_autoptr (PhMessageTarget) target = ph_message_target_new (session);

  fixture->options = ph_send_options_new ();
  fixture->message = ph_message_new (fixture->options, target);
}

static void
fixture_clear (Fixture *fixture)
{
  g_object_unref (fixture->message);
  g_object_unref (fixture->options);
}

static void
test_the_text_follows_between_text_and_hex (void)
{
  Fixture fixture;

  fixture_init (&fixture);
  ph_message_set_text (fixture.message, "AZ");
  g_object_set (fixture.options, "hex", TRUE, NULL);
  g_assert_cmpstr (ph_message_get_text (fixture.message), ==, "41 5A");
  g_object_set (fixture.options, "hex", FALSE, NULL);
  g_assert_cmpstr (ph_message_get_text (fixture.message), ==, "AZ");
  ph_message_set_text (fixture.message, "FF");
  g_object_set (fixture.options, "escapes", TRUE, "hex", TRUE, NULL);
  ph_message_set_text (fixture.message, "41 FF");
  g_object_set (fixture.options, "hex", FALSE, NULL);
  g_assert_cmpstr (ph_message_get_text (fixture.message), ==, "A\\xFF");
  fixture_clear (&fixture);
}

typedef struct
{
  char *reason;
  guint64 place;
  guint count;
} Refusal;

static void
not_converted_cb (PhMessage *message, const char *reason, guint64 place, Refusal *refusal)
{
  g_free (refusal->reason);
  refusal->reason = g_strdup (reason);
  refusal->place = place;
  refusal->count++;
}

static const struct
{
  const char *text;
  gboolean hex;
  const char *encoding;
  gboolean escapes;
  const char *says;
  guint64 place;
} refusals[] = {
  { "FF", TRUE, "utf-8", FALSE, "It stays hex: these bytes are not plain text in UTF-8", PH_MESSAGE_NO_PLACE },
  { "41 0D", TRUE, "utf-8", FALSE, "It stays hex: these bytes are not plain text in UTF-8", PH_MESSAGE_NO_PLACE },
  { "41 5g", TRUE, "utf-8", FALSE, "It stays hex: ", 4 },
  { "a中", FALSE, "ascii", FALSE, "It stays text: ", 1 },
  { "ab\\q", FALSE, "utf-8", TRUE, "It stays text: ", 2 },
};

static void
test_a_switch_that_would_change_the_bytes_goes_back_and_says_why (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      Refusal refusal = { 0 };
      Fixture fixture;

      fixture_init (&fixture);
      g_object_set (fixture.options, "hex", refusals[i].hex, "encoding", refusals[i].encoding, "escapes", refusals[i].escapes, NULL);
      ph_message_set_text (fixture.message, refusals[i].text);
      g_signal_connect (fixture.message, "not-converted", G_CALLBACK (not_converted_cb), &refusal);
      g_object_set (fixture.options, "hex", !refusals[i].hex, NULL);
      g_assert_cmpint (ph_send_options_get_format (fixture.options).hex, ==, refusals[i].hex);
      g_assert_cmpstr (ph_message_get_text (fixture.message), ==, refusals[i].text);
      g_assert_cmpuint (refusal.count, ==, 1);
      g_assert_true (g_str_has_prefix (refusal.reason, refusals[i].says));
      g_assert_cmpuint (refusal.place, ==, refusals[i].place);
      g_free (refusal.reason);
      fixture_clear (&fixture);
    }
}

static void
test_what_is_recalled_is_not_converted (void)
{
  const PhPayloadFormat hex = { .charset = "gbk", .hex = TRUE }, unknown = { .charset = NULL };
  Fixture fixture;

  fixture_init (&fixture);
  ph_message_set_text (fixture.message, "typed");
  ph_message_recall (fixture.message, "41", &hex);
  g_assert_cmpstr (ph_message_get_text (fixture.message), ==, "41");
  g_assert_true (ph_send_options_get_format (fixture.options).hex);
  ph_message_recall (fixture.message, "old", &unknown);
  g_assert_cmpstr (ph_message_get_text (fixture.message), ==, "old");
  g_assert_true (ph_send_options_get_format (fixture.options).hex);
  fixture_clear (&fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/message-form/the-text-follows-between-text-and-hex", test_the_text_follows_between_text_and_hex);
  g_test_add_func ("/message-form/a-switch-that-would-change-the-bytes-goes-back-and-says-why",
                   test_a_switch_that_would_change_the_bytes_goes_back_and_says_why);
  g_test_add_func ("/message-form/what-is-recalled-is-not-converted", test_what_is_recalled_is_not_converted);

  return g_test_run ();
}
