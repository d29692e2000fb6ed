/* test-commands-import.c: files of other programs become commands that send the same, and what has no counterpart is told
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "ph-commands-import.h"
#include "ph-commands-json.h"
#include "ph-error.h"

static PhCommands *
import (const char *name, const char *text, gssize length, GPtrArray **ret_notes, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length < 0 ? strlen (text) : (gsize) length);

  return ph_commands_import (name, bytes, ret_notes, error);
}

/* A command in words: name|text|what is not as usual. */
static void
append_words (GString *words, PhQuickCommand *command)
{
  const PhPayloadFormat *format = ph_quick_command_get_format (command);

  g_string_append_printf (words, "%s|%s|", ph_quick_command_get_name (command), ph_quick_command_get_text (command));
  g_string_append_printf (words, "%s%s%s", format->hex ? "h" : "", format->escapes ? "e" : "", format->variables ? "v" : "");
  if (format->check != NULL)
    g_string_append_printf (words, " check=%s", format->check);
  if (format->suffix != NULL)
    g_string_append_printf (words, " suffix=%s", format->suffix);
  if (ph_quick_command_get_transport (command) != NULL)
    g_string_append_printf (words, " %s", ph_quick_command_get_transport (command));
  if (ph_quick_command_get_target (command) != NULL)
    g_string_append_printf (words, " to=%s", ph_quick_command_get_target (command));
  if (ph_quick_command_get_delay (command) != 0)
    g_string_append_printf (words, " delay=%u", ph_quick_command_get_delay (command));
  if (ph_quick_command_get_period (command) != PH_QUICK_COMMAND_PERIOD)
    g_string_append_printf (words, " period=%u", ph_quick_command_get_period (command));
  if (*ph_quick_command_get_comment (command) != '\0')
    g_string_append_printf (words, " (%s)", ph_quick_command_get_comment (command));
  g_assert_true (ph_quick_command_is_foreign (command));
}

typedef struct
{
  const char *name, *text;
  const char *commands; /* with line feeds between them */
  const char *notes;    /* with line feeds between them */
} Row;

static void
check_rows (const Row *rows, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) notes = NULL;
      g_autoptr (PhCommands) commands = import (rows[i].name, rows[i].text, -1, &notes, &error);
      g_autoptr (GString) words = g_string_new (NULL), said = g_string_new (NULL);

      g_assert_no_error (error);
      for (guint j = 0; j < g_list_model_get_n_items (G_LIST_MODEL (commands)); j++)
        {
          g_string_append (words, j > 0 ? "\n" : "");
          append_words (words, ph_commands_get (commands, j));
        }
      for (guint j = 0; j < notes->len; j++)
        g_string_append_printf (said, "%s%s", j > 0 ? "\n" : "", (char *) g_ptr_array_index (notes, j));
      g_assert_cmpstr (words->str, ==, rows[i].commands);
      g_assert_cmpstr (said->str, ==, rows[i].notes);
    }
}

/* ---- CSV ---- */

static const Row csv[] = {
  { "a.csv", "name,text\nstart,AT\r\n\"a, \"\"b\"\"\",\"two\nlines\"\n", "start|AT|\na, \"b\"|two\nlines|", "" },
  { "a.csv", "Name;HEX\nq;01 02\n", "q|01 02|h", "" },
  { "a.csv", "\xEF\xBB\xBFhex,name,text,colour\n,n,AT,red\n0A,m,,\n", "n|AT|\nm|0A|h", "the column “colour” is not read" },
  { "a.csv", "one;two,three;four;five\n;b;\n", "one|two,three| (four)\n|b|", "" },
  { "a.txt", "only\n\n   \nthis", "|only|\n|   |\n|this|", "" },
  { "a.tsv", "n\ta,b;c\tx", "n|a,b;c| (x)", "" },
  { "a.csv", "n,\\x01 {counter}", "n|\\x01 {counter}|", "" },
  { "a.csv", "\xC3\xFB\xD7\xD6,\xC4\xFA\xBA\xC3", "名字|您好|", "" },
  { "commands", "name,text\nstart,AT", "start|AT|", "" },
};

static void
test_tables_with_any_separator_become_commands (void)
{
  check_rows (csv, G_N_ELEMENTS (csv));
}

/* ---- Packet Sender ---- */

static const Row packet_sender[] = {
  { "a.json",
    "[{\"asciistring\":\"aGVsbG9ccg==\",\"hexstring\":\"68 65 6c 6c 6f 0d\",\"name\":\"n\",\"port\":\"5000\",\"repeat\":0,"
    "\"tcporudp\":\"UDP\",\"toip\":\"192.0.2.2\"}]", "n|hello\\r|e udp to=192.0.2.2:5000", "" },
  { "a", " [{\"hexString\":\"\",\"name\":\"\",\"port\":23,\"repeat\":\"0.5\",\"tcpOrUdp\":\"tcp\",\"toIP\":\"::1\"}]",
    "|| tcp-client to=[::1]:23 period=500", "" },
  { "a", "[{\"hexstring\":\"61 5c 62\"},{\"hexstring\":\"61 5c 62 09\"},{\"hexstring\":\"01\"},{\"hexstring\":\"e9\"},"
    "{\"hexstring\":\"c3 a9\"}]", "|a\\b|\n|a\\\\b\\t|e\n|01|h\n|E9|h\n|é|", "" },
  { "a", "[{\"asciistring\":\"YVxyXG5cMDFcXA==\",\"requestpath\":\"/post\",\"tcporudp\":\"HTTPS Post\",\"name\":\"x\"}]",
    "x|61 0D 0A 01 5C 5C|h HTTPS Post (/post)", "“x”: Porthole has no transport for “HTTPS Post”" },
  { "a", "[{\"hexstring\":\"7b 7b 54 49 4d 45 7d 7d\",\"name\":\"t\",\"repeat\":5e9}]", "t|{{TIME}}| period=3600000",
    "“t”: what stands in “{{” and “}}” is sent as it is\n“t”: its period is too long, and becomes an hour" },
};

static void
test_messages_of_packet_sender_become_commands (void)
{
  check_rows (packet_sender, G_N_ELEMENTS (packet_sender));
}

/* ---- Docklight ---- */

#define PTP(channel) "VERSION\n8\n\nCOMMSETTINGS\n0\n" channel "\nCOM2\n\n"
#define SEND(name, data) "SEND\n0\n" name "\n" data "\n0\n5\n\n"
#define MD(channel) "# DOCKLIGHT:\n\nformat-version: 1\n\nchannel1-setting: " channel "\n\n## DOCKLIGHT: Send Sequence List\n\n"

static const Row docklight[] = {
  { "a.ptp", PTP ("192.0.2.1:502") SEND ("on", "01 05 ff 0a"), "on|01 05 ff 0a|h tcp-client to=192.0.2.1:502", "" },
  { "a", PTP ("UDP:192.0.2.1:8000:8001") SEND ("ask", "41 ?? 4? ## 0D"),
    "ask|41 {ask:byte 2} {ask:byte 3 (4?)} {ask:byte 4} 0D|hv udp to=192.0.2.1:8000",
    "“ask”: bytes that may be missing (##) are asked for\nthe local port of the project, 8001, is no part of a command" },
  { "a", PTP ("1") "COMMCHANNELS\nSERVER:10001\nCOM2\n\n" SEND ("a", "&& 0A 41") "SEND\n1\nb\n41 && 14 42 !! 01 && 01\n1\n0.5\n\n"
    "RECEIVE\n0\nSEND\n41\n\nRECEIVE\n1\nr\n41\n",
    "a|41|h tcp-server delay=100\nb|41 42|h tcp-server period=500",
    "“b”: pauses between its bytes are left out: 210 ms\n“b”: breaks, signals of the port and comparisons of bits are left out\n"
    "the local port of the project, 10001, is no part of a command\n"
    "2 receive sequences are left out: only what is sent becomes a quick command" },
  { "a", "VERSION\r\n8\r\n\r\nSEND\r\n0\r\nn\r\n01 00 02\r\n0\r\n5\r\nMOD256 @ 2 # sum\r\n\r\n", "n|01|h check=sum-8 suffix=02", "" },
  { "a", PTP ("COM3") SEND ("a", "41"), "a|41|h", "the project uses a serial port, “COM3”, which Porthole does not open" },
  { "a", PTP ("PIPE") SEND ("a", "41"), "a|41|h", "the channel of the project, “PIPE”, has no counterpart" },
  { "a.docklight.md",
    MD ("UDP:LOCALHOST:10001") "### DOCKLIGHT: Send 0: a: b\n\ndata: 01 06 00 00\nrepeat-active: true\nrepeat-interval: 2\n"
    "checksum: CRC-MODBUS L # low byte first\n\n\nWhat it does\n\nnote: this\n\n\n### DOCKLIGHT: Receive 0: r\n\ndata: ##\n\n"
    "## DOCKLIGHT: Script\n\n```\ndata: 1\n```\n",
    "a: b|01 06|h check=crc-16/modbus udp to=LOCALHOST:10001 period=2000 (What it does\n\nnote: this)",
    "the script of the project is left out\n1 receive sequence is left out: only what is sent becomes a quick command" },
  { "a", MD ("") "### DOCKLIGHT: Send 0: \xE0\n\ndata: 41\nchecksum:  # (off, no checksum)\n", "⟨E0⟩|41|h",
    "1 byte is no text in the encoding of the file: a mark stands for it" },
};

static void
test_projects_of_docklight_become_commands (void)
{
  check_rows (docklight, G_N_ELEMENTS (docklight));
}

static const struct
{
  const char *words, *data;
  const char *text; /* with what follows it; NULL where there are no such check bytes */
} checks[] = {
  { "MOD256", "01 02 00", "01 02|h check=sum-8" },
  { "-MOD256", "01 02 00", "01 02|h check=lrc" },
  { "LRC", "01 02 00", "01 02|h check=lrc" },
  { "XOR", "01 02 00", "01 02|h check=xor-8" },
  { "MOD65536", "01 00 00", "01|h check=sum-16" },
  { "MOD65536 L", "01 00 00", "01|h check=sum-16,order=little" },
  { "CRC-7", "01 00", "01|h check=crc:width=7,poly=0x9,init=0x0,xorout=0x0" },
  { "CRC-8", "01 00", "01|h check=crc-8" },
  { "CRC-DOW", "01 00", "01|h check=crc-8/maxim" },
  { "CRC-CCITT", "01 00 00", "01|h check=crc-16/ccitt-false" },
  { "CRC-XMODEM L", "01 00 00", "01|h check=crc-16/xmodem,order=little" },
  { "CRC-16", "01 00 00", "01|h check=crc-16/arc,order=big" },
  { "CRC-32", "01 00 00 00 00", "01|h check=crc-32,order=big" },
  { "CRC:16,1021,FFFF,0000,No,No", "01 00 00", "01|h check=crc:width=16,poly=0x1021,init=0xffff,xorout=0x0" },
  { "CRC:8,07,00,00,No,Yes", "01 00", "01|h check=crc:width=8,poly=0x7,init=0x0,refout,xorout=0x0" },
  { "(3, -3) CRC-MODBUS L", "02 ?? 41 42 00 00", "02 {ask:byte 2} 41 42|hv check=crc-16/modbus,from=2" },
  { "(1,3) CRC-16 @ 6", "01 02 03 04 05 00 00 0D", "01 02 03 04 05|h check=crc-16/arc,to=2,order=big suffix=0D" },
  { "LRC A", "3A 30 31 00 00 0D", "3A 30 31|h check=lrc,form=HEX suffix=0D" },
  { "(2, -5) LRC-ASCII A @ -4", "3A 30 31 00 00 0D 0A", "3A 30 31|h check=lrc,from=1,form=HEX,over=hex suffix=0D 0A" },
  { "(1,3) CRC-16 @ 2", "01 02 03 04 05", NULL },
  { "CRC-99", "01 02 03", NULL },
  { "CRC:16,1021", "01 02 03", NULL },
  { "CRC-32", "01 02 03", NULL },
  { "MOD256 @ 0", "01 02", NULL },
  { "MOD256 @ 9", "01 02", NULL },
  { "(0,1) MOD256", "01 02", NULL },
  { "(2, -1) MOD256 what", "## 02 00", NULL },
  { "(3, -2) MOD256", "41 ## 02 00", NULL },
};

static void
test_check_bytes_of_docklight_are_those_of_porthole (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      g_autofree char *text = g_strdup_printf ("%s### DOCKLIGHT: Send 0: n\n\ndata: %s\nchecksum: %s # x\n", MD (""), checks[i].data,
                                               checks[i].words);
      g_autofree char *expected = g_strdup_printf ("n|%s", checks[i].text);
      g_autoptr (GPtrArray) notes = NULL;
      g_autoptr (PhCommands) commands = import ("a", text, -1, &notes, NULL);
      g_autoptr (GString) words = g_string_new (NULL);

      append_words (words, ph_commands_get (commands, 0));
      if (checks[i].text != NULL)
        g_assert_cmpstr (words->str, ==, expected);
      else
        g_assert_null (ph_quick_command_get_format (ph_commands_get (commands, 0))->check);
      if (checks[i].text == NULL)
        g_assert_cmpuint (notes->len, >=, 1);
    }
}

/* ---- Porthole, and what is refused ---- */

static void
test_a_file_of_porthole_is_foreign_here (void)
{
  const char *text = "\n{ \"porthole-commands\": 1, \"groups\": [ { \"name\": \"g\", \"commands\": [ { \"text\": \"a\" } ] } ] }";
  g_autoptr (PhCommands) commands = import ("a.txt", text, -1, NULL, NULL);

  g_assert_nonnull (commands);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (commands)), ==, 2);
  g_assert_true (ph_quick_command_is_foreign (ph_commands_get (commands, 1)));
}

#define UNKNOWN "it has none of the forms that are known: JSON of Porthole or Packet Sender, a project of Docklight, CSV"

static const struct
{
  const char *name, *text, *words;
  gsize length; /* where the text has a NUL */
} wrong[] = {
  { "a.bin", "\x01\x02", "cannot import “a.bin”: " UNKNOWN },
  { "b", "", "cannot import “b”: " UNKNOWN },
  { "a.md", "# Words\n\nabout something, or other\n", "cannot import “a.md”: " UNKNOWN },
  { "a.csv", "a\x01,b", "cannot import “a.csv”: " UNKNOWN },
  { "a.csv", "\xFF\xFEn\0a\0", "cannot import “a.csv”: " UNKNOWN, 6 },
  { "a.csv", "\n\n", "cannot import “a.csv”: there is no command in it" },
  { "a.csv", "a,b\n\"c\nd", "cannot import “a.csv”: line 3: a quote is not closed" },
  { "a.csv", "name,hex\nn,1", "cannot import “a.csv”: line 2: “1” at position 1 is half a byte: write two digits for each byte" },
  { "a.json", "{}",
    "cannot import “a.json”: cannot read the quick commands: line 1: this is not a file of Porthole's commands: it has no “porthole-commands”" },
  { "a.json", "[]", "cannot import “a.json”: there is no command in it" },
  { "a.json", "[{\"hexstring\":\"\"},\n5]", "cannot import “a.json”: line 2: a message should stand in braces" },
  { "a.json", "[\n{}]", "cannot import “a.json”: line 2: a message has neither “hexstring” nor “asciistring”" },
  { "a.json", "[{\"hexstring\":[]}]", "cannot import “a.json”: line 1: “hexstring” should be a text or a number" },
  { "a.json", "[{\"hexstring\":\"\",\n\"name\":null}]", "cannot import “a.json”: line 2: “name” should be a text or a number" },
  { "a.json", "[{\"hexstring\":\"\xff\"}]", "cannot import “a.json”: line 1: this is not a text in UTF-8" },
  { "a.ptp", "VERSION\n8\n", "cannot import “a.ptp”: there is no command in it" },
  { "a.ptp", "VERSION\n8\n\nSEND\n0\nname\n41\n", "cannot import “a.ptp”: line 7: the send sequence “name” is not complete" },
  { "a.ptp", "VERSION\n8\n\nSEND\nname\n41\n0\n5\n\n", "cannot import “a.ptp”: line 9: the send sequence “41” is not complete" },
  { "a.ptp", PTP ("") SEND ("n", "41 4"), "cannot import “a.ptp”: line 14: “4” is not a byte of a sequence" },
  { "a.docklight.md", MD ("") "### DOCKLIGHT: Send 0: n\n\n", "cannot import “a.docklight.md”: line 10: a send sequence has no data" },
  { "a.docklight.md", MD ("") "### DOCKLIGHT: Send 0: n\n\ndata: 4G\n\n",
    "cannot import “a.docklight.md”: line 11: “4G” is not a byte of a sequence" },
};

static void
test_what_is_no_such_file_is_refused_in_words (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) notes = NULL;

      g_assert_null (import (wrong[i].name, wrong[i].text, wrong[i].length > 0 ? (gssize) wrong[i].length : -1, &notes, &error));
      g_assert_null (notes);
      g_assert_cmpstr (error->message, ==, wrong[i].words);
    }
}

static void
test_a_file_that_is_too_large_is_refused (void)
{
  g_autofree char *zeros = g_malloc0 (PH_COMMANDS_FILE_MAX + 1);
  g_autoptr (GError) error = NULL;

  g_assert_null (import ("a.csv", zeros, PH_COMMANDS_FILE_MAX + 1, NULL, &error));
  g_assert_cmpstr (error->message, ==, "cannot import “a.csv”: the file is too large for quick commands");
}

static void
test_notes_have_an_end (void)
{
  g_autoptr (GString) json = g_string_new ("[");
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (PhCommands) commands = NULL;

  for (guint i = 0; i < PH_IMPORT_NOTES_MAX + 1234; i++)
    g_string_append_printf (json, "%s{\"hexstring\":\"\",\"tcporudp\":\"SSL\"}", i > 0 ? "," : "");
  g_string_append (json, "]");
  commands = import ("a", json->str, -1, &notes, NULL);
  g_assert_nonnull (commands);
  g_assert_cmpuint (notes->len, ==, PH_IMPORT_NOTES_MAX + 1);
  g_assert_cmpstr (g_ptr_array_index (notes, PH_IMPORT_NOTES_MAX), ==, "and 1,234 more");
}

static void
test_a_text_that_is_too_long_is_left_out_and_told (void)
{
  g_autofree char *long_text = g_strnfill (PH_QUICK_COMMAND_TEXT_MAX + 1, 'x');
  g_autofree char *text = g_strdup_printf ("name,text\nlong,%s\nshort,a\n", long_text);
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (PhCommands) commands = import ("a.csv", text, -1, &notes, NULL);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (commands)), ==, 1);
  g_assert_cmpstr (ph_quick_command_get_name (ph_commands_get (commands, 0)), ==, "short");
  g_assert_cmpstr (g_ptr_array_index (notes, 0), ==, "“long”: its text is too long, so it is left out (the limit is 65,536)");
}

/* Were the time quadratic, each of these would take many minutes. */
static void
test_many_are_read_at_once (void)
{
  static const struct
  {
    const char *name, *head, *each;
  } rows[] = {
    { "a.csv", "name,text\n", "n,t\n" },
    { "a.ptp", PTP ("COM1"), SEND ("n", "41 ??") },
    { "a.docklight.md", MD ("COM1"), "### DOCKLIGHT: Send 0: n\n\ndata: 41\nchecksum: MOD256\n\nwords\n\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GString) text = g_string_new (rows[i].head);
      g_autoptr (PhCommands) commands = NULL, none = NULL;
      g_autoptr (GError) error = NULL;

      for (guint j = 0; j < PH_COMMANDS_MAX; j++)
        g_string_append (text, rows[i].each);
      commands = import (rows[i].name, text->str, -1, NULL, NULL);
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (commands)), ==, PH_COMMANDS_MAX);
      g_string_append (text, rows[i].each);
      none = import (rows[i].name, text->str, -1, NULL, &error);
      g_assert_null (none);
      g_assert_error (error, PH_ERROR, PH_ERROR_LIMIT);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/commands-import/tables-with-any-separator-become-commands", test_tables_with_any_separator_become_commands);
  g_test_add_func ("/commands-import/messages-of-packet-sender-become-commands", test_messages_of_packet_sender_become_commands);
  g_test_add_func ("/commands-import/projects-of-docklight-become-commands", test_projects_of_docklight_become_commands);
  g_test_add_func ("/commands-import/check-bytes-of-docklight-are-those-of-porthole", test_check_bytes_of_docklight_are_those_of_porthole);
  g_test_add_func ("/commands-import/a-file-of-porthole-is-foreign-here", test_a_file_of_porthole_is_foreign_here);
  g_test_add_func ("/commands-import/what-is-no-such-file-is-refused-in-words", test_what_is_no_such_file_is_refused_in_words);
  g_test_add_func ("/commands-import/a-file-that-is-too-large-is-refused", test_a_file_that_is_too_large_is_refused);
  g_test_add_func ("/commands-import/notes-have-an-end", test_notes_have_an_end);
  g_test_add_func ("/commands-import/a-text-that-is-too-long-is-left-out-and-told", test_a_text_that_is_too_long_is_left_out_and_told);
  g_test_add_func ("/commands-import/many-are-read-at-once", test_many_are_read_at_once);

  return g_test_run ();
}
