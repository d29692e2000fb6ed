/* test-commands-real.c: files that people work with give exactly the commands that stand in them
 *
 * They lie beside the tree, in ../shared/real, and are skipped where they are not there.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <json-glib/json-glib.h>
#include <string.h>

#include "ph-commands-import.h"
#include "ph-hex.h"

/* NULL, and the test is skipped, where the file is not there. */
static PhCommands *
import_real (const char *folder, const char *name, char **ret_text, GPtrArray **ret_notes)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "..", "shared", "real", folder, name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  PhCommands *commands;
  gsize length;

  if (!g_file_get_contents (path, ret_text, &length, NULL))
    {
      g_test_skip ("no files of other programs in ../shared/real");
      return NULL;
    }
  bytes = g_bytes_new (*ret_text, length);
  commands = ph_commands_import (name, bytes, ret_notes, &error);
  g_assert_no_error (error);

  return commands;
}

static guint
count (PhCommands *commands)
{
  return g_list_model_get_n_items (G_LIST_MODEL (commands));
}

static GBytes *
build (PhQuickCommand *command)
{
  g_autoptr (PhPayload) payload = ph_payload_new (ph_quick_command_get_format (command), ph_quick_command_get_text (command), NULL, NULL);

  g_assert_nonnull (payload);

  return ph_payload_build (payload, NULL, NULL);
}

static void
check_message (PhQuickCommand *command, JsonObject *message)
{
  const char *transport = json_object_get_string_member (message, "tcporudp");
  g_autofree char *target = g_strdup_printf ("%s:%s", json_object_get_string_member (message, "toip"),
                                             json_object_get_string_member (message, "port"));
  g_autoptr (GBytes) bytes = build (command), expected = ph_hex_parse (json_object_get_string_member (message, "hexstring"), NULL, NULL);

  g_assert_cmpstr (ph_quick_command_get_name (command), ==, json_object_get_string_member (message, "name"));
  g_assert_cmpstr (ph_quick_command_get_target (command), ==, target);
  g_assert_cmpstr (ph_quick_command_get_transport (command), ==,
                   g_str_equal (transport, "UDP") ? "udp" : g_str_equal (transport, "TCP") ? "tcp-client" : transport);
  g_assert_true (g_bytes_equal (bytes, expected));
}

static void
test_the_27_messages_of_packet_sender (void)
{
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (PhCommands) commands = import_real ("packetsender", "starter_set.json", &text, &notes);
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonArray *messages;
  guint n_hex = 0;

  if (commands == NULL)
    return;
  g_assert_true (json_parser_load_from_data (parser, text, -1, NULL));
  messages = json_node_get_array (json_parser_get_root (parser));
  g_assert_cmpuint (count (commands), ==, 27);
  g_assert_cmpuint (json_array_get_length (messages), ==, 27);
  for (guint i = 0; i < 27; i++)
    {
      check_message (ph_commands_get (commands, i), json_array_get_object_element (messages, i));
      n_hex += ph_quick_command_get_format (ph_commands_get (commands, i))->hex;
    }
  g_assert_cmpuint (n_hex, ==, 4);
  g_assert_cmpstr (ph_quick_command_get_text (ph_commands_get (commands, 0)), ==, "domain google.com\\r\\n");
}

/* The text with “??” for what is asked for, as Docklight writes it. */
static char *
dup_docklight (PhQuickCommand *command)
{
  g_autoptr (GRegex) regex = g_regex_new ("\\{ask:[^}]*\\}", 0, 0, NULL);

  return g_regex_replace_literal (regex, ph_quick_command_get_text (command), -1, 0, "??", 0, NULL);
}

/* Name and data of each send sequence of a .ptp, in the order of the file. */
static GPtrArray *
find_sequences (const char *text)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_equal (g_strchomp (lines[i]), "SEND"))
      g_ptr_array_add (found, g_strdup_printf ("%s|%s", g_strchomp (lines[i + 2]), g_strchomp (lines[i + 3])));

  return found;
}

static const struct
{
  const char *name, *transport, *target;
  guint n;
} projects[] = {
  { "Barionet_ASCII_UDP.ptp", "udp", "192.0.2.10:8000", 10 },
  { "Barionet_Modbus_TCP.ptp", "tcp-client", "192.0.2.10:502", 15 },
  { "CobsEncoderDecoder.ptp", "udp", "LOCALHOST:10001", 10 },
  { "PingPong_TCP_Server.ptp", "tcp-server", NULL, 2 },
};

static void
test_the_projects_of_docklight (gconstpointer data)
{
  const guint row = GPOINTER_TO_UINT (data);
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) notes = NULL, sequences = NULL;
  g_autoptr (PhCommands) commands = import_real ("docklight", projects[row].name, &text, &notes);

  if (commands == NULL)
    return;
  sequences = find_sequences (text);
  g_assert_cmpuint (count (commands), ==, projects[row].n);
  g_assert_cmpuint (sequences->len, ==, projects[row].n);
  for (guint i = 0; i < projects[row].n; i++)
    {
      PhQuickCommand *command = ph_commands_get (commands, i);
      g_autofree char *sent = dup_docklight (command);
      g_autofree char *words = g_strdup_printf ("%s|%s", ph_quick_command_get_name (command), sent);

      g_assert_cmpstr (words, ==, g_ptr_array_index (sequences, i));
      g_assert_cmpstr (ph_quick_command_get_transport (command), ==, projects[row].transport);
      g_assert_cmpstr (ph_quick_command_get_target (command), ==, projects[row].target);
    }
}

static void
test_a_project_with_check_bytes_and_a_byte_that_is_no_text (void)
{
  static const char *const data[] = { "01 06 01 02 00 07", "01 05 00 64 FF 00", "01 05 00 64 00 00",
                                      "01 04 00 01 00 01", "02 04 00 01 00 03", "?? 04 00 03 00 01" };
  static const char *const sent[] = { "01 06 01 02 00 07 68 34", "01 05 00 64 FF 00 CD E5", "01 05 00 64 00 00 8C 15",
                                      "01 04 00 01 00 01 60 0A", "02 04 00 01 00 03 E1 F8" };
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (PhCommands) commands = import_real ("docklight", "ModbusRtuCrc.docklight.md", &text, &notes);

  if (commands == NULL)
    return;
  g_assert_cmpuint (count (commands), ==, G_N_ELEMENTS (data));
  for (guint i = 0; i < G_N_ELEMENTS (data); i++)
    {
      PhQuickCommand *command = ph_commands_get (commands, i);
      g_autofree char *words = dup_docklight (command);
      g_autoptr (GBytes) bytes = i < G_N_ELEMENTS (sent) ? build (command) : NULL;
      g_autoptr (GBytes) expected = i < G_N_ELEMENTS (sent) ? ph_hex_parse (sent[i], NULL, NULL) : NULL;

      g_assert_cmpstr (words, ==, data[i]);
      g_assert_cmpstr (ph_quick_command_get_format (command)->check, ==, "crc-16/modbus");
      g_assert_true (bytes == NULL || g_bytes_equal (bytes, expected));
    }
  g_assert_nonnull (strstr (ph_quick_command_get_comment (ph_commands_get (commands, 0)), "Address Hi Byte = 1"));
  g_assert_true (g_str_has_prefix (ph_quick_command_get_comment (ph_commands_get (commands, 0)), "Example for Modbus Function Code 6"));
}

static void
test_readable_projects_of_docklight (void)
{
  static const struct
  {
    const char *name, *transport, *target;
    guint n;
  } rows[] = {
    { "XenaxProtocolEmulator.docklight.md", "tcp-server", NULL, 25 },
    { "crc_finder.docklight.md", "udp", "LOCALHOST:10001", 4 },
  };
  g_autoptr (GRegex) pauses = g_regex_new ("&& [0-9A-F]{2} ", 0, 0, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = NULL, *without_pauses = NULL;
      g_autoptr (GPtrArray) notes = NULL;
      g_autoptr (PhCommands) commands = import_real ("docklight", rows[i].name, &text, &notes);

      if (commands == NULL)
        return;
      without_pauses = g_regex_replace_literal (pauses, text, -1, 0, "", 0, NULL);
      g_assert_cmpuint (count (commands), ==, rows[i].n);
      for (guint j = 0; j < rows[i].n; j++)
        {
          PhQuickCommand *command = ph_commands_get (commands, j);
          g_autofree char *line = g_strdup_printf ("Send %u: %s", j, ph_quick_command_get_name (command));

          g_assert_nonnull (strstr (text, line));
          g_assert_cmpstr (ph_quick_command_get_transport (command), ==, rows[i].transport);
          g_assert_cmpstr (ph_quick_command_get_target (command), ==, rows[i].target);
          g_assert_nonnull (strstr (without_pauses, ph_quick_command_get_text (command)));
        }
    }
}

static void
test_a_list_of_commands_for_tests (void)
{
  static const char *const expected[] = { "Test Case 1|cmd11|answer11", "|cmd12|answer12", "|cmd13|answer13",
                                          "A Second Test Case|cmd21|answer21", "|cmd22|answer22",
                                          "|NonExistingCommand|OfCourseNoAnswer" };
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (PhCommands) commands = import_real ("docklight", "TestRunner_CommandList.csv", &text, &notes);

  if (commands == NULL)
    return;
  g_assert_cmpuint (count (commands), ==, G_N_ELEMENTS (expected));
  g_assert_cmpuint (notes->len, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      PhQuickCommand *command = ph_commands_get (commands, i);
      g_autofree char *words = g_strdup_printf ("%s|%s|%s", ph_quick_command_get_name (command), ph_quick_command_get_text (command),
                                                ph_quick_command_get_comment (command));

      g_assert_cmpstr (words, ==, expected[i]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/commands-real/the-27-messages-of-packet-sender", test_the_27_messages_of_packet_sender);
  for (gsize i = 0; i < G_N_ELEMENTS (projects); i++)
    {
      g_autofree char *path = g_strconcat ("/commands-real/the-projects-of-docklight/", projects[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_the_projects_of_docklight);
    }
  g_test_add_func ("/commands-real/a-project-with-check-bytes-and-a-byte-that-is-no-text",
                   test_a_project_with_check_bytes_and_a_byte_that_is_no_text);
  g_test_add_func ("/commands-real/readable-projects-of-docklight", test_readable_projects_of_docklight);
  g_test_add_func ("/commands-real/a-list-of-commands-for-tests", test_a_list_of_commands_for_tests);

  return g_test_run ();
}
