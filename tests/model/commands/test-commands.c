/* test-commands.c: quick commands are a flat list in which headings begin groups, and say when anything in it changes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "ph-commands.h"
#include "ph-error.h"

/* A word for each item: "[g]" is a heading. */
static PhCommands *
commands_of (const char *words)
{
  PhCommands *commands = ph_commands_new ();
  g_auto (GStrv) parts = g_strsplit (words, " ", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autoptr (PhQuickCommand) item = NULL;
      gsize length = strlen (parts[i]);

      if (length == 0)
        continue;
      if (*parts[i] == '[')
        parts[i][length - 1] = '\0';
      item = *parts[i] == '[' ? ph_quick_command_new_heading (parts[i] + 1) : ph_quick_command_new ();
      if (*parts[i] != '[')
        g_object_set (item, "name", parts[i], NULL);
      g_assert_true (ph_commands_append (commands, item, NULL));
    }

  return commands;
}

static char *
dup_words (PhCommands *commands)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (commands)); i++)
    {
      PhQuickCommand *item = ph_commands_get (commands, i);
      const char *blank = i > 0 ? " " : "", *name = ph_quick_command_get_name (item);

      if (ph_quick_command_is_heading (item))
        g_string_append_printf (words, "%s[%s]", blank, name);
      else
        g_string_append_printf (words, "%s%s", blank, name);
    }

  return g_string_free (words, FALSE);
}

static void
assert_words (PhCommands *commands, const char *expected)
{
  g_autofree char *words = dup_words (commands);

  g_assert_cmpstr (words, ==, expected);
}

static void
count_cb (gpointer source, guint *n)
{
  ++*n;
}

static void
test_a_move_takes_a_group_along (void)
{
  static const struct
  {
    const char *before;
    guint from, to;
    const char *after;
  } rows[] = {
    { "a b c", 0, 2, "b c a" },
    { "a b c", 2, 0, "c a b" },
    { "a b c", 1, 1, "a b c" },
    { "a b c", 0, 99, "b c a" },
    { "[g] a b [h] c", 0, 2, "[h] c [g] a b" },
    { "[g] a b [h] c", 3, 0, "[h] c [g] a b" },
    { "x [g] a [h] c d", 3, 1, "x [h] c d [g] a" },
    { "x [g] a [h] c d", 1, 99, "x [h] c d [g] a" },
    { "[g] a", 0, 1, "[g] a" },
    { "[g] a [h] b", 1, 3, "[g] [h] b a" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (PhCommands) commands = commands_of (rows[i].before);

      ph_commands_move (commands, rows[i].from, rows[i].to);
      assert_words (commands, rows[i].after);
    }
}

static void
test_a_move_is_one_change (void)
{
  g_autoptr (PhCommands) commands = commands_of ("a b c d e");
  guint n = 0;

  g_signal_connect (commands, "changed", G_CALLBACK (count_cb), &n);
  ph_commands_move (commands, 1, 3);
  assert_words (commands, "a c d b e");
  g_assert_cmpuint (n, ==, 1);
}

static void
test_a_command_belongs_to_the_heading_before_it (void)
{
  g_autoptr (PhCommands) commands = commands_of ("a [g] b c [h] d");
  static const int groups[] = { -1, 1, 1, 1, 4, 4 };

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    g_assert_true (ph_commands_get_group (commands, i) == (groups[i] < 0 ? NULL : ph_commands_get (commands, (guint) groups[i])));
  ph_commands_remove (commands, 4);
  assert_words (commands, "a [g] b c d");
  g_assert_true (ph_commands_get_group (commands, 4) == ph_commands_get (commands, 1));
}

static void
test_the_same_case_counts_more_than_another (void)
{
  g_autoptr (PhCommands) commands = commands_of ("Start [stop] start STOP Größe");
  g_autoptr (GError) error = NULL;

  g_assert_true (ph_commands_find_name (commands, "start", NULL) == ph_commands_get (commands, 2));
  g_assert_true (ph_commands_find_name (commands, "START", NULL) == ph_commands_get (commands, 0));
  g_assert_true (ph_commands_find_name (commands, "stop", NULL) == ph_commands_get (commands, 3));
  g_assert_true (ph_commands_find_name (commands, "GRÖSSE", NULL) == ph_commands_get (commands, 4));
  g_assert_null (ph_commands_find_name (commands, "nothing\n\xff", &error));
  g_assert_error (error, PH_ERROR, PH_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, "there is no quick command “nothing⟨LF⟩⟨FF⟩”");
}

static void
test_a_key_finds_the_first_command_that_has_it (void)
{
  g_autoptr (PhCommands) commands = commands_of ("[g] a b c");

  for (guint i = 0; i < 4; i++)
    g_object_set (ph_commands_get (commands, i), "key", i == 1 ? 0 : 7, NULL);
  g_assert_true (ph_commands_find_key (commands, 7) == ph_commands_get (commands, 2));
  g_assert_null (ph_commands_find_key (commands, 6));
  g_assert_null (ph_commands_find_key (commands, 0));
}

static void
test_it_says_when_an_item_changes_while_it_is_in_the_list (void)
{
  g_autoptr (PhCommands) commands = commands_of ("a b");
  g_autoptr (PhQuickCommand) a = g_object_ref (ph_commands_get (commands, 0));
  PhPayloadFormat format = *ph_quick_command_get_format (a);
  guint n = 0;

  g_signal_connect (commands, "changed", G_CALLBACK (count_cb), &n);
  g_object_set (a, "text", "AT", NULL);
  g_assert_cmpuint (n, ==, 1);
  g_object_set (a, "text", "AT", "key", 0, "marked", FALSE, NULL);
  g_assert_cmpuint (n, ==, 1);
  format.variables = TRUE;
  ph_quick_command_set_format (a, &format);
  ph_quick_command_set_format (a, &format);
  g_assert_cmpuint (n, ==, 2);
  ph_commands_move (commands, 0, 1);
  g_object_set (a, "text", "AT2", NULL);
  g_assert_cmpuint (n, ==, 4);
  ph_commands_remove (commands, 1);
  g_assert_cmpuint (n, ==, 5);
  g_object_set (a, "text", "AT3", NULL);
  g_assert_cmpuint (n, ==, 5);
}

static void
test_all_of_another_list_are_taken_or_none (void)
{
  g_autoptr (PhCommands) commands = commands_of ("a b"), other = commands_of ("[g] c");
  g_autoptr (GPtrArray) many = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (PhCommands) full = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (ph_commands_take_all (commands, 1, other, NULL));
  assert_words (commands, "a [g] c b");
  assert_words (other, "");
  for (guint i = 0; i < PH_COMMANDS_MAX - 3; i++)
    g_ptr_array_add (many, ph_quick_command_new ());
  full = ph_commands_new_for_items (many);
  g_assert_false (ph_commands_take_all (full, 0, commands, &error));
  g_assert_error (error, PH_ERROR, PH_ERROR_LIMIT);
  assert_words (commands, "a [g] c b");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (full)), ==, PH_COMMANDS_MAX - 3);
}

static void
test_strings_are_valid_and_within_their_limits (void)
{
  g_autoptr (PhQuickCommand) command = ph_quick_command_new ();
  g_autofree char *long_name = g_strnfill (PH_QUICK_COMMAND_NAME_MAX + 1, 'n');
  g_autofree char *most = g_strnfill (PH_QUICK_COMMAND_TEXT_MAX, 't'), *more = g_strnfill (PH_QUICK_COMMAND_TEXT_MAX + 1, 't');

  g_object_set (command, "name", long_name, "text", most, "comment", "a\xff", "target", "", "transport", NULL, NULL);
  g_assert_cmpuint (strlen (ph_quick_command_get_name (command)), ==, PH_QUICK_COMMAND_NAME_MAX);
  g_assert_cmpstr (ph_quick_command_get_comment (command), ==, "a\xEF\xBF\xBD");
  g_assert_null (ph_quick_command_get_target (command));
  g_assert_null (ph_quick_command_get_transport (command));
  g_object_set (command, "text", more, NULL);
  g_assert_cmpstr (ph_quick_command_get_text (command), ==, most);
  g_object_set (command, "name", NULL, "text", NULL, NULL);
  g_assert_cmpstr (ph_quick_command_get_name (command), ==, "");
  g_assert_cmpstr (ph_quick_command_get_text (command), ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/commands/a-move-takes-a-group-along", test_a_move_takes_a_group_along);
  g_test_add_func ("/commands/a-move-is-one-change", test_a_move_is_one_change);
  g_test_add_func ("/commands/a-command-belongs-to-the-heading-before-it", test_a_command_belongs_to_the_heading_before_it);
  g_test_add_func ("/commands/the-same-case-counts-more-than-another", test_the_same_case_counts_more_than_another);
  g_test_add_func ("/commands/a-key-finds-the-first-command-that-has-it", test_a_key_finds_the_first_command_that_has_it);
  g_test_add_func ("/commands/it-says-when-an-item-changes-while-it-is-in-the-list",
                   test_it_says_when_an_item_changes_while_it_is_in_the_list);
  g_test_add_func ("/commands/all-of-another-list-are-taken-or-none", test_all_of_another_list_are_taken_or_none);
  g_test_add_func ("/commands/strings-are-valid-and-within-their-limits", test_strings_are_valid_and_within_their_limits);

  return g_test_run ();
}
