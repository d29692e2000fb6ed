/* test-format-table.c: records in the form of NetAssist's version 5 and as rows of a table, and what is escaped in them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-format.h"

#include <string.h>

#define TIME G_GINT64_CONSTANT (1562918748417123456) /* 2019-07-12 16:05:48 in UTC+8 */

typedef struct
{
  PhRecordKind kind;
  const char *payload;
  gsize length;
  const char *peer;
  guint32 number;
  guint16 detail;
  gboolean hex;
} Event;

static void
assert_format (const Event *event, gboolean escape, PhFormatKind kind, const char *expected)
{
  g_autoptr (PhDecoder) decoder = ph_decoder_new (ph_charset_find ("utf-8"));
  g_autoptr (GString) out = g_string_new ("> ");
  const PhFormatContext context = { .number = 42, .peer = event->peer, .local = "10.0.0.2:7788", .hex = event->hex, .escape = escape,
                                    .decoder = decoder };
  const PhRecord record = { .time = TIME, .kind = event->kind, .length = (guint32) event->length, .peer = event->number,
                            .detail = event->detail };

  g_assert_cmpint (ph_format_append (out, kind, &context, &record, (const guint8 *) event->payload), ==, expected != NULL);
  g_assert_cmpstr (out->str + 2, ==, expected != NULL ? expected : "");
}

static const struct
{
  const char *story;
  Event event;
  gboolean escape;
  const char *netassist_5, *csv;
} both[] = {
  { "received-text", { .kind = PH_RECORD_IN, .payload = "ping 001", .length = 8, .peer = "192.168.56.1:4089" }, FALSE,
    "[2019-07-12 16:05:48.417]# RECV ASCII/8 from 192.168.56.1:4089 <<<\nping 001\n\n",
    "42,2019-07-12 16:05:48.417123,in,192.168.56.1:4089,10.0.0.2:7788,,8,\"ping 001\",70 69 6E 67 20 30 30 31\n" },
  { "sent-hex", { .kind = PH_RECORD_OUT, .payload = "U\0\n", .length = 3, .peer = "192.168.0.9:88", .hex = TRUE }, FALSE,
    "[2019-07-12 16:05:48.417]# SEND HEX/3 to 192.168.0.9:88 >>>\n55 00 0A\n\n",
    "42,2019-07-12 16:05:48.417123,out,192.168.0.9:88,10.0.0.2:7788,,3,\"U⟨NUL⟩\n\",55 00 0A\n" },
  { "sent-to-all", { .kind = PH_RECORD_OUT, .payload = "x", .length = 1, .number = PH_PEER_ALL, .detail = 3 }, FALSE,
    "[2019-07-12 16:05:48.417]# SEND ASCII/1 to ALL >>>\nx\n\n",
    "42,2019-07-12 16:05:48.417123,out,all,10.0.0.2:7788,,1,\"x\",78\n" },
  { "empty", { .kind = PH_RECORD_IN, .payload = "", .length = 0 }, FALSE, "[2019-07-12 16:05:48.417]# RECV ASCII/0 <<<\n",
    "42,2019-07-12 16:05:48.417123,in,,10.0.0.2:7788,,0,\"\",\n" },
  { "joined", { .kind = PH_RECORD_JOINED, .payload = "10.0.0.1:5", .length = 10, .peer = "10.0.0.1:5" }, FALSE,
    "[2019-07-12 16:05:48.417]# Client 10.0.0.1:5 gets online.\n",
    "42,2019-07-12 16:05:48.417123,joined,10.0.0.1:5,10.0.0.2:7788,,0,\"10.0.0.1:5 connected\",\n" },
  { "what-looks-like-a-header", { .kind = PH_RECORD_IN, .payload = "a\n[x]# RECV\n\\y\n\nb[\"", .length = 19 }, TRUE,
    "[2019-07-12 16:05:48.417]# RECV ASCII/19 <<<\na\n\\[x]# RECV\n\\\\y\n\nb[\"\n\n",
    "42,2019-07-12 16:05:48.417123,in,,10.0.0.2:7788,,19,\"a\n[x]# RECV\n\\y\n\nb[\"\"\","
    "61 0A 5B 78 5D 23 20 52 45 43 56 0A 5C 79 0A 0A 62 5B 22\n" },
  { "what-looks-like-a-formula", { .kind = PH_RECORD_IN, .payload = "=1+1", .length = 4 }, TRUE,
    "[2019-07-12 16:05:48.417]# RECV ASCII/4 <<<\n=1+1\n\n",
    "42,2019-07-12 16:05:48.417123,in,,10.0.0.2:7788,,4,\"'=1+1\",3D 31 2B 31\n" },
  { "a-formula-that-is-not-escaped", { .kind = PH_RECORD_IN, .payload = "=1", .length = 2 }, FALSE,
    "[2019-07-12 16:05:48.417]# RECV ASCII/2 <<<\n=1\n\n",
    "42,2019-07-12 16:05:48.417123,in,,10.0.0.2:7788,,2,\"=1\",3D 31\n" },
  { "silent", { .kind = PH_RECORD_PEER, .payload = "10.0.0.1:5", .length = 10 }, FALSE, NULL, NULL },
};

static void
test_netassist_5_and_csv (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (both); i++)
    {
      assert_format (&both[i].event, both[i].escape, PH_FORMAT_NETASSIST_5, both[i].netassist_5);
      assert_format (&both[i].event, both[i].escape, PH_FORMAT_CSV, both[i].csv);
    }
}

/* Whoever takes a backslash off the beginning of a line has the payload again, and no line of it begins as a header does. */
static void
test_what_is_escaped_can_be_had_again (void)
{
  static const char *const texts[] = { "[", "\\", "\\[", "[[\n[\n\\\\\n", "a[\n b\n", "\n\n[", "x\n\\[2019]# RECV" };
  g_autoptr (PhDecoder) decoder = ph_decoder_new (ph_charset_find ("utf-8"));
  const PhFormatContext context = { .decoder = decoder, .escape = TRUE };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const PhRecord record = { .time = TIME, .kind = PH_RECORD_IN, .length = (guint32) strlen (texts[i]) };
      g_autoptr (GString) out = g_string_new (NULL), again = g_string_new (NULL);
      g_auto (GStrv) lines = NULL;

      g_assert_true (ph_format_append (out, PH_FORMAT_NETASSIST, &context, &record, (const guint8 *) texts[i]));
      lines = g_strsplit (strchr (out->str, '\n') + 1, "\n", -1);
      for (guint j = 0; lines[j] != NULL; j++)
        {
          g_assert_cmpint (lines[j][0], !=, '[');
          g_string_append_printf (again, "%s%s", j > 0 ? "\n" : "", lines[j] + (lines[j][0] == '\\'));
        }
      g_string_truncate (again, again->len - 2);
      g_assert_cmpstr (again->str, ==, texts[i]);
    }
}

int
main (int argc, char *argv[])
{
  g_setenv ("TZ", "UTC-8", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/format-table/netassist-5-and-csv", test_netassist_5_and_csv);
  g_test_add_func ("/format-table/what-is-escaped-can-be-had-again", test_what_is_escaped_can_be_had_again);

  return g_test_run ();
}
