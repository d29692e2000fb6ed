/* test-commands-json.c: a file of quick commands says all of them, is read as it was written, and is refused with its line where it is wrong
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "ph-commands-json.h"
#include "ph-error.h"

/* One command with these members. */
#define COMMAND(members) "{ \"porthole-commands\": 1, \"groups\": [ { \"commands\": [\n { " members " } ] } ] }"

static PhCommands *
read_text (const char *text, GError **error)
{
  return ph_commands_read_json (text, strlen (text), FALSE, error);
}

static void
test_only_what_is_not_as_usual_is_written (void)
{
  g_autoptr (PhCommands) commands = ph_commands_new ();
  g_autoptr (PhQuickCommand) plain = ph_quick_command_new (), full = ph_quick_command_new ();
  g_autoptr (PhQuickCommand) heading = ph_quick_command_new_heading ("start-up");
  g_autofree char *json = NULL;
  const PhPayloadFormat format = { .charset = "GBK", .hex = TRUE, .escapes = TRUE, .variables = TRUE, .line_ending = PH_LINE_ENDING_CRLF,
                                   .prefix = "AA", .suffix = "55", .check = "crc-16/modbus" };

  g_object_set (plain, "name", "a \"b\"\n\x7f", "text", "AT", NULL);
  g_object_set (full, "name", "n", "text", "01", "comment", "c", "transport", "udp", "target", "h:1", "key", 1, "delay", 100, "period", 2000,
                "marked", TRUE, "foreign", TRUE, NULL);
  g_object_set (heading, "folded", TRUE, NULL);
  ph_quick_command_set_format (full, &format);
  ph_commands_append (commands, plain, NULL);
  ph_commands_append (commands, heading, NULL);
  ph_commands_append (commands, full, NULL);
  json = ph_commands_write_json (commands);
  g_assert_cmpstr (json, ==,
                   "{\n  \"porthole-commands\": 1,\n  \"groups\": [\n"
                   "    {\n      \"name\": null,\n      \"commands\": [\n        {\n"
                   "          \"name\": \"a \\\"b\\\"\\n\\u007F\",\n          \"text\": \"AT\"\n        }\n      ]\n    },\n"
                   "    {\n      \"name\": \"start-up\",\n      \"folded\": true,\n      \"commands\": [\n        {\n"
                   "          \"name\": \"n\",\n          \"text\": \"01\",\n          \"hex\": true,\n          \"escapes\": true,\n"
                   "          \"variables\": true,\n          \"encoding\": \"gbk\",\n          \"line-ending\": \"crlf\",\n"
                   "          \"prefix\": \"AA\",\n          \"suffix\": \"55\",\n          \"check\": \"crc-16/modbus\",\n"
                   "          \"transport\": \"udp\",\n          \"target\": \"h:1\",\n          \"key\": 1,\n          \"delay\": 100,\n"
                   "          \"period\": 2000,\n          \"marked\": true,\n          \"comment\": \"c\",\n"
                   "          \"foreign\": true\n        }\n      ]\n    }\n  ]\n}\n");
}

static void
test_what_was_written_is_read_as_it_was (void)
{
  static const char *const texts[] = {
    "{ \"porthole-commands\": 1 }",
    "\xEF\xBB\xBF{ \"porthole-commands\": 1, \"groups\": [] }",
    "{ \"groups\": [ {}, { \"name\": \"\" }, { \"commands\": [ {} ] } ], \"porthole-commands\": 1 }",
    COMMAND ("\"name\": \"名字 \\uD83D\\uDE00 \\t\\\\\", \"text\": \"\\u0001\\r\\n\\\"/\\/\", \"encoding\": \"UTF-16LE\""),
    COMMAND ("\"key\": 9, \"delay\": 3600000, \"period\": 1, \"line-ending\": \"none\", \"encoding\": \"utf-8\", \"hex\": false"),
    COMMAND ("\"transport\": \"SSL\", \"target\": \"[::1]:443\", \"prefix\": \"not hex\", \"check\": \"what?\""),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PhCommands) commands = read_text (texts[i], &error), again = NULL;
      g_autofree char *json = NULL, *json_again = NULL;

      g_assert_no_error (error);
      json = ph_commands_write_json (commands);
      again = read_text (json, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (again)), ==, g_list_model_get_n_items (G_LIST_MODEL (commands)));
      json_again = ph_commands_write_json (again);
      g_assert_cmpstr (json_again, ==, json);
    }
}

static void
test_longest_strings_come_back (void)
{
  g_autoptr (PhCommands) commands = ph_commands_new (), again = NULL;
  g_autoptr (PhQuickCommand) command = ph_quick_command_new ();
  g_autoptr (GString) wide = g_string_new (NULL);
  g_autofree char *json = NULL, *json_again = NULL, *long_text = g_strnfill (PH_QUICK_COMMAND_TEXT_MAX, '"');

  for (guint i = 0; i < 2 * PH_QUICK_COMMAND_WORD_MAX; i++)
    g_string_append (wide, "字");
  g_object_set (command, "name", wide->str, "comment", wide->str, "target", wide->str, "transport", wide->str, "text", long_text, NULL);
  ph_quick_command_set_format (command, &(PhPayloadFormat){ .prefix = wide->str, .check = "sum-8" });
  g_assert_null (ph_quick_command_get_format (command)->prefix);
  ph_commands_append (commands, command, NULL);
  json = ph_commands_write_json (commands);
  again = read_text (json, NULL);
  g_assert_nonnull (again);
  json_again = ph_commands_write_json (again);
  g_assert_cmpstr (json_again, ==, json);
}

static void
test_members_that_are_not_known_are_passed_over (void)
{
  g_autoptr (PhCommands) commands = read_text (
      "{ \"porthole-commands\": 1, \"more\": { \"key\": [ true ] }, \"groups\": [ { \"name\": \"g\", \"colour\": 3,"
      " \"commands\": [ { \"text\": \"a\", \"speed\": 1e3, \"none\": null } ] } ] }", NULL);

  g_assert_nonnull (commands);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (commands)), ==, 2);
  g_assert_true (ph_quick_command_is_heading (ph_commands_get (commands, 0)));
  g_assert_cmpstr (ph_quick_command_get_text (ph_commands_get (commands, 1)), ==, "a");
}

static void
test_a_foreign_file_has_foreign_commands_only (void)
{
  const char *text = COMMAND ("\"text\": \"a\", \"foreign\": false }, { \"text\": \"b\", \"foreign\": true");
  g_autoptr (PhCommands) own = read_text (text, NULL), foreign = ph_commands_read_json (text, strlen (text), TRUE, NULL);

  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (ph_quick_command_is_foreign (ph_commands_get (own, i)) == (i == 1));
      g_assert_true (ph_quick_command_is_foreign (ph_commands_get (foreign, i)));
    }
}

static const struct
{
  const char *text;
  const char *words;
} wrong[] = {
  { "", "line 1: the file ends too early" },
  { "[]", "line 1: this is not a file of Porthole's commands: it has no “porthole-commands”" },
  { "{}\n{}", "line 2: “{” does not belong here" },
  { "{ \"porthole-commands\": 1,\n\n \"groups\": [", "line 3: the file ends too early" },
  { "{ \"porthole-commands\": 1,\n \"groups\" [] }", "line 2: a comma, a colon or a bracket is missing, or one is too many" },
  { "{ \"porthole-commands\":\n 2 }", "line 2: this file was written by a newer version of Porthole" },
  { "{ \"porthole-commands\":\n \"1\" }", "line 2: “porthole-commands” should be the number of the format" },
  { "{ \"porthole-commands\": 1,\n /* no */ \"groups\": [] }", "line 2: “/” does not belong here" },
  { "{ \"porthole-commands\": 1, \"groups\":\n 5 }", "line 2: “groups” should be a list, in brackets" },
  { "{ \"porthole-commands\": 1, \"groups\": [\n 5 ] }", "line 2: “groups” should hold groups, in braces" },
  { "{ \"porthole-commands\": 1, \"groups\": [ { \"name\":\n 5 } ] }", "line 2: “name” should be a text" },
  { "{ \"porthole-commands\": 1, \"groups\": [ { \"folded\":\n 1 } ] }", "line 2: “folded” should be true or false" },
  { "{ \"porthole-commands\": 1, \"groups\": [ { \"commands\": [ {},\n \"a\" ] } ] }",
    "line 2: “commands” should hold commands, in braces" },
  { COMMAND ("\"name\": null"), "line 2: “name” should be a text" },
  { COMMAND ("\"text\": [ \"a\" ]"), "line 2: “text” should be a text" },
  { COMMAND ("\"hex\": \"yes\""), "line 2: “hex” should be true or false" },
  { COMMAND ("\"key\": 10"), "line 2: “key” should be a whole number from 0 to 9" },
  { COMMAND ("\"key\": -1"), "line 2: “key” should be a whole number from 0 to 9" },
  { COMMAND ("\"key\": \"1\""), "line 2: “key” should be a whole number from 0 to 9" },
  { COMMAND ("\"delay\": 1.5"), "line 2: “delay” should be a whole number from 0 to 3,600,000" },
  { COMMAND ("\"delay\": 99999999999999999999999999"), "line 2: “delay” should be a whole number from 0 to 3,600,000" },
  { COMMAND ("\"period\": 0"), "line 2: “period” should be a whole number from 1 to 3,600,000" },
  { COMMAND ("\"period\": 012"), "line 2: “0” does not belong here" },
  { COMMAND ("\"encoding\": \"klingon\""), "line 2: “klingon” is not an encoding of Porthole" },
  { COMMAND ("\"encoding\": 5"), "line 2: “encoding” should be a text" },
  { COMMAND ("\"line-ending\": \"\\n\""), "line 2: “line-ending” should be “none”, “lf”, “crlf” or “cr”" },
  { COMMAND ("\"text\": \"a\\u0000b\""), "line 2: the character NUL cannot be in a text" },
  { COMMAND ("\"text\": \"\\uD83D\""), "line 2: an escape is not valid" },
  { COMMAND ("\"text\": \"\\uDE00\""), "line 2: an escape is not valid" },
  { COMMAND ("\"text\": \"\\q\""), "line 2: an escape is not valid" },
  { COMMAND ("\"text\": \"\xff\""), "line 2: this is not a text in UTF-8" },
  { COMMAND ("\"text\": \"a\nb\""), "line 2: a text is not closed by a quote" },
  { COMMAND ("\"text\": 'a'"), "line 2: “'” does not belong here" },
};

static void
test_what_is_wrong_is_refused_with_its_line (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *words = g_strconcat ("cannot read the quick commands: ", wrong[i].words, NULL);

      g_assert_null (read_text (wrong[i].text, &error));
      g_assert_error (error, PH_ERROR, PH_ERROR_INVALID);
      g_assert_cmpstr (error->message, ==, words);
    }
}

static void
test_every_beginning_of_a_file_is_refused (void)
{
  const char *text = COMMAND ("\"name\": \"\\u0041é\", \"text\": \"a\", \"key\": 1, \"hex\": true");

  for (gsize n = 0; n < strlen (text); n++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (ph_commands_read_json (text, n, FALSE, &error));
      g_assert_error (error, PH_ERROR, PH_ERROR_INVALID);
    }
}

static void
test_the_last_of_two_members_with_one_name_counts (void)
{
  g_autoptr (PhCommands) commands = read_text (COMMAND ("\"text\": \"a\", \"text\": \"b\""), NULL);

  g_assert_nonnull (commands);
  g_assert_cmpstr (ph_quick_command_get_text (ph_commands_get (commands, 0)), ==, "b");
}

static void
test_brackets_without_end_are_refused (void)
{
  g_autofree char *brackets = g_strnfill (10 * 1024 * 1024, '[');
  g_autoptr (GError) error = NULL;

  g_assert_null (read_text (brackets, &error));
  g_assert_cmpstr (error->message, ==, "cannot read the quick commands: line 1: too many brackets are inside of each other");
}

static void
test_values_without_end_are_refused (void)
{
  g_autoptr (GString) values = g_string_new ("{ \"porthole-commands\": [");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 4000000; i++)
    g_string_append (values, "1,");
  g_string_append (values, "1] }");
  g_assert_null (read_text (values->str, &error));
  g_assert_cmpstr (error->message, ==, "cannot read the quick commands: line 1: the file has too many values");
}

static char *
dup_many (guint n)
{
  GString *json = g_string_new ("{ \"porthole-commands\": 1, \"groups\": [ { \"commands\": [");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (json, "%s\n{ \"name\": \"n%u\", \"text\": \"t\", \"key\": 1, \"marked\": true, \"check\": \"sum-8\" }",
                            i > 0 ? "," : "", i);
  g_string_append (json, "] } ] }");

  return g_string_free (json, FALSE);
}

/* Were the time quadratic, this would take an hour. */
static void
test_as_many_as_may_be_are_read_and_no_more (void)
{
  g_autofree char *most = dup_many (PH_COMMANDS_MAX), *more = dup_many (PH_COMMANDS_MAX + 1), *json = NULL;
  g_autoptr (PhCommands) commands = read_text (most, NULL), none = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (commands);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (commands)), ==, PH_COMMANDS_MAX);
  g_assert_cmpstr (ph_quick_command_get_name (ph_commands_get (commands, PH_COMMANDS_MAX - 1)), ==, "n99999");
  json = ph_commands_write_json (commands);
  none = read_text (more, &error);
  g_assert_null (none);
  g_assert_cmpstr (error->message, ==,
                   "cannot read the quick commands: line 100,002: 100,000 commands and groups are the most that are kept");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/commands-json/only-what-is-not-as-usual-is-written", test_only_what_is_not_as_usual_is_written);
  g_test_add_func ("/commands-json/what-was-written-is-read-as-it-was", test_what_was_written_is_read_as_it_was);
  g_test_add_func ("/commands-json/longest-strings-come-back", test_longest_strings_come_back);
  g_test_add_func ("/commands-json/members-that-are-not-known-are-passed-over", test_members_that_are_not_known_are_passed_over);
  g_test_add_func ("/commands-json/a-foreign-file-has-foreign-commands-only", test_a_foreign_file_has_foreign_commands_only);
  g_test_add_func ("/commands-json/what-is-wrong-is-refused-with-its-line", test_what_is_wrong_is_refused_with_its_line);
  g_test_add_func ("/commands-json/every-beginning-of-a-file-is-refused", test_every_beginning_of_a_file_is_refused);
  g_test_add_func ("/commands-json/the-last-of-two-members-with-one-name-counts", test_the_last_of_two_members_with_one_name_counts);
  g_test_add_func ("/commands-json/brackets-without-end-are-refused", test_brackets_without_end_are_refused);
  g_test_add_func ("/commands-json/values-without-end-are-refused", test_values_without_end_are_refused);
  g_test_add_func ("/commands-json/as-many-as-may-be-are-read-and-no-more", test_as_many_as_may_be_are_read_and_no_more);

  return g_test_run ();
}
