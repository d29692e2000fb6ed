/* test-format.c: records as the log, NetAssist's log, JSON and raw bytes, byte for byte
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-error.h"
#include "ph-format.h"

#include <string.h>

#define SECOND G_GINT64_CONSTANT (1000000000)
#define TIME (1562918748 * SECOND + 417123456) /* 2019-07-12 16:05:48.417123456 in a zone of +08:00 */

typedef struct
{
  PhRecordKind kind;
  const char *payload;
  gsize length;
  const char *peer;
  guint32 number;
  guint16 detail;
  guint16 flags;
  gboolean hex;
  const char *to;
  gboolean to_unusual;
} Event;

typedef struct
{
  const char *story;
  Event event;
  const char *log, *netassist, *json; /* NULL: nothing; json without what is the same in each line */
} Case;

#define DATA(kind_, payload_) .kind = PH_RECORD_##kind_, .payload = payload_, .length = sizeof (payload_) - 1
#define FROM .peer = "192.168.56.1:4089", .number = 1
#define NOT_TOLD "\"to\":null,\"clock\":\"program\","
#define STAMP "[2019-07-12 16:05:48.417]# "

static const Case cases[] = {
  { "received-text",
    { DATA (IN, "hello"), FROM },
    "16:05:48.417 ← 192.168.56.1:4089  5 bytes\n    hello\n",
    STAMP "RECV ASCII FROM 192.168.56.1 :4089>\nhello\n\n",
    "\"kind\":\"in\",\"peer\":\"192.168.56.1:4089\",\"local\":\"10.0.0.2:7788\"," NOT_TOLD "\"length\":5,\"text\":\"hello\","
    "\"hex\":\"68656c6c6f\"" },
  { "received-by-a-group",
    { DATA (IN, "x"), FROM, .flags = PH_RECORD_KERNEL_TIME, .to = "239.1.1.1", .to_unusual = TRUE },
    "16:05:48.417 ← 192.168.56.1:4089 → 239.1.1.1  1 byte\n    x\n",
    STAMP "RECV ASCII FROM 192.168.56.1 :4089>\nx\n\n",
    "\"kind\":\"in\",\"peer\":\"192.168.56.1:4089\",\"local\":\"10.0.0.2:7788\",\"to\":\"239.1.1.1\","
    "\"clock\":\"kernel\",\"length\":1,\"text\":\"x\",\"hex\":\"78\"" },
  { "received-at-the-usual-address",
    { DATA (IN, "x"), FROM, .to = "10.0.0.2" },
    "16:05:48.417 ← 192.168.56.1:4089  1 byte\n    x\n",
    STAMP "RECV ASCII FROM 192.168.56.1 :4089>\nx\n\n",
    "\"kind\":\"in\",\"peer\":\"192.168.56.1:4089\",\"local\":\"10.0.0.2:7788\",\"to\":\"10.0.0.2\","
    "\"clock\":\"program\",\"length\":1,\"text\":\"x\",\"hex\":\"78\"" },
  { "sent-hex",
    { DATA (OUT, "\x55\0\x0A"), FROM, .hex = TRUE },
    "16:05:48.417 → 192.168.56.1:4089  3 bytes\n    55 00 0A\n",
    STAMP "SEND HEX TO 192.168.56.1 :4089>\n55 00 0A\n\n",
    "\"kind\":\"out\",\"peer\":\"192.168.56.1:4089\",\"local\":\"10.0.0.2:7788\"," NOT_TOLD "\"length\":3,"
    "\"text\":\"U\\u0000\\n\",\"hex\":\"55000a\"" },
  { "sent-to-all",
    { DATA (OUT, "x"), .number = PH_PEER_ALL, .detail = 3 },
    "16:05:48.417 → 3 clients  1 byte\n    x\n",
    STAMP "SEND ASCII TO ALL>\nx\n\n",
    "\"kind\":\"out\",\"peer\":\"all\",\"clients\":3,\"local\":\"10.0.0.2:7788\"," NOT_TOLD "\"length\":1,\"text\":\"x\",\"hex\":\"78\"" },
  { "a-client-took-a-part-of-what-was-sent-to-all",
    { DATA (OUT, "x"), FROM, .flags = PH_RECORD_NOT_WHOLE | PH_RECORD_MORE },
    "16:05:48.417 → 192.168.56.1:4089  1 byte, the rest follows\n    x\n",
    STAMP "SEND ASCII TO 192.168.56.1 :4089>\nx\n\n",
    "\"kind\":\"out\",\"peer\":\"192.168.56.1:4089\",\"local\":\"10.0.0.2:7788\"," NOT_TOLD "\"length\":1,"
    "\"text\":\"x\",\"hex\":\"78\"" },
  { "a-client-took-nothing-of-what-was-sent-to-all", { DATA (OUT, ""), FROM, .flags = PH_RECORD_NOT_WHOLE }, NULL, NULL, NULL },
  { "empty-datagram",
    { DATA (IN, ""), FROM },
    "16:05:48.417 ← 192.168.56.1:4089  0 bytes\n",
    STAMP "RECV ASCII FROM 192.168.56.1 :4089>\n",
    "\"kind\":\"in\",\"peer\":\"192.168.56.1:4089\",\"local\":\"10.0.0.2:7788\"," NOT_TOLD "\"length\":0,\"text\":\"\","
    "\"hex\":\"\"" },
  { "ipv6-and-flags",
    { DATA (IN, "x"), .peer = "[::1]:80", .flags = PH_RECORD_TRUNCATED | PH_RECORD_MORE },
    "16:05:48.417 ← [::1]:80  1 byte, cut: the datagram was longer, the rest follows\n    x\n",
    STAMP "RECV ASCII FROM [::1] :80>\nx\n\n",
    "\"kind\":\"in\",\"peer\":\"[::1]:80\",\"local\":\"10.0.0.2:7788\"," NOT_TOLD "\"length\":1,\"text\":\"x\",\"hex\":\"78\"" },
  { "no-peer-known",
    { DATA (OUT, "x") },
    "16:05:48.417 → 1 byte\n    x\n",
    STAMP "SEND ASCII>\nx\n\n",
    "\"kind\":\"out\",\"peer\":null,\"local\":\"10.0.0.2:7788\"," NOT_TOLD "\"length\":1,\"text\":\"x\",\"hex\":\"78\"" },
  { "lines-are-indented-and-cannot-forge-ours",
    { DATA (IN, "a\r\n\n16:05:48.417 ! b\n"), FROM },
    "16:05:48.417 ← 192.168.56.1:4089  21 bytes\n    a⟨CR⟩\n    \n    16:05:48.417 ! b\n",
    STAMP "RECV ASCII FROM 192.168.56.1 :4089>\na⟨CR⟩\n\n16:05:48.417 ! b\n\n\n",
    "\"kind\":\"in\",\"peer\":\"192.168.56.1:4089\",\"local\":\"10.0.0.2:7788\"," NOT_TOLD "\"length\":21,"
    "\"text\":\"a\\r\\n\\n16:05:48.417 ! b\\n\",\"hex\":\"610d0a0a31363a30353a34382e3431372021" "20620a\"" },
  { "emoji-are-shown-with-their-selectors",
    { DATA (IN, "\u2764\uFE0F!"), FROM },
    "16:05:48.417 ← 192.168.56.1:4089  7 bytes\n    \u2764\uFE0F!\n",
    STAMP "RECV ASCII FROM 192.168.56.1 :4089>\n\u2764\uFE0F!\n\n",
    "\"kind\":\"in\",\"peer\":\"192.168.56.1:4089\",\"local\":\"10.0.0.2:7788\"," NOT_TOLD "\"length\":7,"
    "\"text\":\"\u2764\uFE0F!\",\"hex\":\"e29da4efb88f21\"" },
  { "controls-bidi-and-bad-bytes-are-marks",
    { DATA (IN, "\033[2J\x7F\u202E\xFF\"\\\t\xF4\x8F\xBF\xA4"), FROM },
    "16:05:48.417 ← 192.168.56.1:4089  16 bytes\n    ⟨ESC⟩[2J⟨DEL⟩⟨U+202E⟩⟨FF⟩\"\\\t⟨U+10FFE4⟩\n",
    STAMP "RECV ASCII FROM 192.168.56.1 :4089>\n⟨ESC⟩[2J⟨DEL⟩⟨U+202E⟩⟨FF⟩\"\\\t⟨U+10FFE4⟩\n\n",
    "\"kind\":\"in\",\"peer\":\"192.168.56.1:4089\",\"local\":\"10.0.0.2:7788\"," NOT_TOLD "\"length\":16,"
    "\"text\":\"\\u001b[2J\\u007f\\u202e⟨FF⟩\\\"\\\\\\t\\udbff\\udfe4\",\"hex\":\"1b5b324a7fe280aeff225c09f48fbfa4\"" },
  { "hex-goes-in-rows",
    { DATA (IN, "0123456789ABCDEFG"), FROM, .hex = TRUE },
    "16:05:48.417 ← 192.168.56.1:4089  17 bytes\n"
    "    30 31 32 33 34 35 36 37 38 39 41 42 43 44 45 46\n    47\n",
    STAMP "RECV HEX FROM 192.168.56.1 :4089>\n30 31 32 33 34 35 36 37 38 39 41 42 43 44 45 46 47\n\n",
    "\"kind\":\"in\",\"peer\":\"192.168.56.1:4089\",\"local\":\"10.0.0.2:7788\"," NOT_TOLD "\"length\":17,"
    "\"text\":\"0123456789ABCDEFG\",\"hex\":\"3031323334353637383941424344454647\"" },
#define EVENT_JSON(kind_, peer_, text_) \
  "\"kind\":\"" kind_ "\",\"peer\":" peer_ ",\"local\":\"10.0.0.2:7788\"," NOT_TOLD "\"length\":0,\"text\":\"" text_ \
  "\",\"hex\":\"\""
#define PEER_JSON "\"192.168.56.1:4089\""
  { "opening",
    { DATA (OPENING, "action=connect\0on=example.org:80\0transport=tcp-client\0name=TCP client\0") },
    "16:05:48.417 · Connecting to example.org:80\n",
    NULL,
    EVENT_JSON ("opening", "null", "Connecting to example.org:80")
    ",\"action\":\"connect\",\"on\":\"example.org:80\",\"transport\":\"tcp-client\",\"name\":\"TCP client\"" },
  { "open",
    { DATA (OPEN, "0.0.0.0:7788") },
    "16:05:48.417 · Open on 0.0.0.0:7788\n",
    STAMP "Open on 0.0.0.0:7788\n",
    EVENT_JSON ("open", "null", "Open on 0.0.0.0:7788") },
  { "open-with-the-buffer-that-was-given",
    { DATA (OPEN, "0.0.0.0:7788"), .detail = 208 },
    "16:05:48.417 · Open on 0.0.0.0:7788, receive buffer 208 KiB\n",
    STAMP "Open on 0.0.0.0:7788, receive buffer 208 KiB\n",
    EVENT_JSON ("open", "null", "Open on 0.0.0.0:7788, receive buffer 208 KiB") },
  { "connected",
    { DATA (OPEN, "10.0.0.2:7788"), FROM },
    "16:05:48.417 · Connected to 192.168.56.1:4089 from 10.0.0.2:7788\n",
    STAMP "Connected to 192.168.56.1:4089 from 10.0.0.2:7788\n",
    EVENT_JSON ("open", PEER_JSON, "Connected to 192.168.56.1:4089 from 10.0.0.2:7788") },
  { "peer-is-no-event", { DATA (PEER, "192.168.56.1:4089"), FROM }, NULL, NULL, NULL },
  { "destination-is-no-event", { DATA (DESTINATION, "239.1.1.1"), .detail = 1 }, NULL, NULL, NULL },
  { "repeat-that-goes-on-is-no-event",
    { DATA (REPEAT, "sent=5\0"), .detail = PH_REPEAT_RUNNING },
    NULL, NULL, NULL },
  { "repeat-that-has-ended",
    { DATA (REPEAT, "sent=1001\0late=3\0elapsed=1000000000\0interval=1000000\0delay=52000\0delay_most=310000\0"), .detail = PH_REPEAT_DONE },
    "16:05:48.417 · Repeating has ended: 1,001 messages, 1,000.0 messages/s, 3 late, jitter 0.05 ms\n",
    STAMP "Repeating has ended: 1,001 messages, 1,000.0 messages/s, 3 late, jitter 0.05 ms\n",
    EVENT_JSON ("repeat", "null", "Repeating has ended: 1,001 messages, 1,000.0 messages/s, 3 late, jitter 0.05 ms")
    ",\"why\":\"done\",\"sent\":1001,\"late\":3,\"elapsed\":1000000000,\"interval\":1000000,\"delay\":52000,"
    "\"delay_most\":310000" },
  { "repeat-at-full-speed-that-has-ended",
    { DATA (REPEAT, "sent=400001\0elapsed=1000000000\0interval=0\0"), .detail = PH_REPEAT_STOPPED },
    "16:05:48.417 · Repeating has ended: 400,001 messages, 400,000 messages/s\n",
    STAMP "Repeating has ended: 400,001 messages, 400,000 messages/s\n",
    EVENT_JSON ("repeat", "null", "Repeating has ended: 400,001 messages, 400,000 messages/s")
    ",\"why\":\"stopped\",\"sent\":400001,\"elapsed\":1000000000,\"interval\":0" },
  { "repeat-of-numbers-that-only-a-file-has",
    { DATA (REPEAT, "sent=18446744073709551615\0elapsed=1\0interval=0\0"), .detail = PH_REPEAT_DONE },
    "16:05:48.417 · Repeating has ended: 18,446,744,073,709,551,615 messages, 1,000,000,000,000,000,000 messages/s\n",
    STAMP "Repeating has ended: 18,446,744,073,709,551,615 messages, 1,000,000,000,000,000,000 messages/s\n",
    EVENT_JSON ("repeat", "null",
                "Repeating has ended: 18,446,744,073,709,551,615 messages, 1,000,000,000,000,000,000 messages/s")
    ",\"why\":\"done\",\"sent\":18446744073709551615,\"elapsed\":1,\"interval\":0" },
  { "repeat-of-which-not-all-was-sent",
    { DATA (REPEAT, "sent=71\0waiting=139\0refused=1790\0lost=0\0elapsed=2000000000\0interval=0\0"), .detail = PH_REPEAT_STOPPED },
    "16:05:48.417 · Repeating has ended: 71 messages sent, 139 waiting, 1,790 refused; 35.0 messages/s\n",
    STAMP "Repeating has ended: 71 messages sent, 139 waiting, 1,790 refused; 35.0 messages/s\n",
    EVENT_JSON ("repeat", "null", "Repeating has ended: 71 messages sent, 139 waiting, 1,790 refused; 35.0 messages/s")
    ",\"why\":\"stopped\",\"sent\":71,\"waiting\":139,\"refused\":1790,\"lost\":0,\"elapsed\":2000000000,\"interval\":0" },
  { "repeat-that-sent-nothing",
    { DATA (REPEAT, "nonsense"), .detail = PH_REPEAT_FAILED },
    "16:05:48.417 · Repeating has stopped: nothing was sent\n",
    STAMP "Repeating has stopped: nothing was sent\n",
    EVENT_JSON ("repeat", "null", "Repeating has stopped: nothing was sent") ",\"why\":\"failed\"" },
  { "joined",
    { DATA (JOINED, "192.168.56.1:4089"), FROM },
    "16:05:48.417 · 192.168.56.1:4089 connected\n",
    STAMP "Client 192.168.56.1:4089 gets online.\n",
    EVENT_JSON ("joined", PEER_JSON, "192.168.56.1:4089 connected") },
  { "joined-before-the-number-is-known",
    { DATA (JOINED, "192.168.56.1:4089") },
    "16:05:48.417 · 192.168.56.1:4089 connected\n",
    STAMP "Client 192.168.56.1:4089 gets online.\n",
    EVENT_JSON ("joined", PEER_JSON, "192.168.56.1:4089 connected") },
  { "left",
    { DATA (LEFT, ""), FROM, .detail = PH_LEFT_RESET },
    "16:05:48.417 · 192.168.56.1:4089 disconnected: reset by the peer\n",
    STAMP "Client 192.168.56.1:4089 gets offline.\n",
    EVENT_JSON ("left", PEER_JSON, "192.168.56.1:4089 disconnected: reset by the peer") ",\"why\":\"reset\",\"by\":\"peer\"" },
  { "left-because-it-had-finished-and-nothing-was-sent",
    { DATA (LEFT, "after=1000\0"), FROM, .detail = PH_LEFT_IDLE },
    "16:05:48.417 · 192.168.56.1:4089 disconnected: nothing was sent for 1 s after the peer had finished\n",
    STAMP "Client 192.168.56.1:4089 gets offline.\n",
    EVENT_JSON ("left", PEER_JSON, "192.168.56.1:4089 disconnected: nothing was sent for 1 s after the peer had finished")
    ",\"why\":\"idle\",\"by\":\"here\",\"after\":1000" },
  { "left-for-no-known-reason",
    { DATA (LEFT, ""), .detail = 99 },
    "16:05:48.417 · The peer disconnected\n",
    STAMP "Client ? gets offline.\n",
    EVENT_JSON ("left", "null", "The peer disconnected") },
  { "half-closed",
    { DATA (HALF_CLOSED, ""), FROM },
    "16:05:48.417 · 192.168.56.1:4089 finished sending (FIN); you can still send to it\n",
    STAMP "192.168.56.1:4089 finished sending (FIN); you can still send to it\n",
    EVENT_JSON ("half-closed", PEER_JSON, "192.168.56.1:4089 finished sending (FIN); you can still send to it") },
  { "loss-of-many",
    { DATA (LOSS, "count=1234567\0"), .detail = PH_LOSS_KERNEL },
    "16:05:48.417 · The system dropped 1,234,567 datagrams: its receive buffer was full\n",
    STAMP "The system dropped 1,234,567 datagrams: its receive buffer was full\n",
    EVENT_JSON ("loss", "null", "The system dropped 1,234,567 datagrams: its receive buffer was full")
    ",\"why\":\"kernel\",\"count\":1234567" },
  { "loss-of-one",
    { DATA (LOSS, "count=1\0"), .detail = PH_LOSS_KERNEL },
    "16:05:48.417 · The system dropped 1 datagram: its receive buffer was full\n",
    STAMP "The system dropped 1 datagram: its receive buffer was full\n",
    EVENT_JSON ("loss", "null", "The system dropped 1 datagram: its receive buffer was full")
    ",\"why\":\"kernel\",\"count\":1" },
  { "loss-of-messages-to-a-peer-that-does-not-read",
    { DATA (LOSS, "count=4321\0"), FROM, .detail = PH_LOSS_REFUSED },
    "16:05:48.417 · 4,321 more messages were not sent: the queue of 192.168.56.1:4089 is full\n",
    STAMP "4,321 more messages were not sent: the queue of 192.168.56.1:4089 is full\n",
    EVENT_JSON ("loss", PEER_JSON, "4,321 more messages were not sent: the queue of 192.168.56.1:4089 is full")
    ",\"why\":\"refused\",\"count\":4321" },
  { "limit",
    { DATA (LOSS, "limit=256\0"), .detail = PH_LOSS_LIMIT },
    "16:05:48.417 · The memory limit of 256 MiB is reached: from now on the oldest records go\n",
    STAMP "The memory limit of 256 MiB is reached: from now on the oldest records go\n",
    EVENT_JSON ("loss", "null", "The memory limit of 256 MiB is reached: from now on the oldest records go")
    ",\"why\":\"limit\",\"limit\":256" },
  { "note",
    { DATA (NOTE, "action=connect\0on=[::1]:80\0"), .detail = PH_ERROR_REFUSED },
    "16:05:48.417 · Cannot connect to [::1]:80: refused: nothing is listening there\n",
    STAMP "Cannot connect to [::1]:80: refused: nothing is listening there\n",
    EVENT_JSON ("note", "null", "Cannot connect to [::1]:80: refused: nothing is listening there")
    ",\"error\":\"refused\",\"action\":\"connect\",\"on\":\"[::1]:80\"" },
  { "error-on-one-line",
    { DATA (ERROR, "action=listen\0on=a\n\033 80\0"), .detail = PH_ERROR_IN_USE },
    "16:05:48.417 ! Cannot listen on a⟨LF⟩⟨ESC⟩ 80: that port is in use already\n",
    STAMP "Cannot listen on a⟨LF⟩⟨ESC⟩ 80: that port is in use already\n",
    EVENT_JSON ("error", "null", "Cannot listen on a⟨LF⟩⟨ESC⟩ 80: that port is in use already")
    ",\"error\":\"in-use\",\"action\":\"listen\",\"on\":\"a\\n\\u001b 80\"" },
  { "closed",
    { DATA (CLOSED, ""), .detail = PH_LEFT_BY_USER },
    "16:05:48.417 · Closed\n",
    STAMP "Closed\n",
    EVENT_JSON ("closed", "null", "Closed") ",\"why\":\"by-user\",\"by\":\"here\"" },
  { "closed-for-no-known-reason",
    { DATA (CLOSED, "") },
    "16:05:48.417 · Closed\n",
    STAMP "Closed\n",
    EVENT_JSON ("closed", "null", "Closed") },
  { "kind-of-the-future",
    { .kind = 200, .payload = "" },
    "16:05:48.417 · unknown\n",
    STAMP "unknown\n",
    EVENT_JSON ("unknown", "null", "unknown") },
};

static void
test_numbers_are_grouped_and_sizes_short (void)
{
  static const struct
  {
    guint64 number;
    const char *grouped, *size;
  } rows[] = { { 0, "0", "0 B" },
               { 999, "999", "999 B" },
               { 1536, "1,536", "1.5 KiB" },
               { 212992, "212,992", "208 KiB" },
               { 1023 << 10, "1,047,552", "1,023 KiB" },
               { (1 << 20) - 1, "1,048,575", "1 MiB" },
               { 33554432, "33,554,432", "32 MiB" },
               { G_MAXUINT64, "18,446,744,073,709,551,615", "16,777,216 TiB" } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *grouped = ph_format_dup_grouped (rows[i].number);
      g_autofree char *size = ph_format_dup_size (rows[i].number);

      g_assert_cmpstr (grouped, ==, rows[i].grouped);
      g_assert_cmpstr (size, ==, rows[i].size);
    }
}

static void
test_fractions_have_a_point_and_bytes_their_word (void)
{
  static const struct
  {
    double number;
    guint digits;
    const char *decimal;
  } rows[] = { { 0, 2, "0.00" }, { 0.5, 1, "0.5" }, { 999.96, 1, "1,000.0" }, { 1234.56, 1, "1,234.6" }, { 12345678.4, 0, "12,345,678" },
               { G_MAXDOUBLE, 0, "1,000,000,000,000,000,000" }, { -1, 0, "0" } };
  static const struct
  {
    guint64 number;
    const char *bytes;
  } counts[] = { { 0, "0 bytes" }, { 1, "1 byte" }, { 2, "2 bytes" }, { 65507, "65,507 bytes" } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *decimal = ph_format_dup_decimal (rows[i].number, rows[i].digits);

      g_assert_cmpstr (decimal, ==, rows[i].decimal);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autofree char *bytes = ph_format_dup_bytes (counts[i].number, PH_LANGUAGE_ENGLISH);

      g_assert_cmpstr (bytes, ==, counts[i].bytes);
    }
}

static void
assert_format (const Event *event, PhFormatKind kind, const char *expected)
{
  g_autoptr (PhDecoder) decoder = ph_decoder_new (ph_charset_find ("utf-8"));
  g_autoptr (GString) out = g_string_new ("> ");
  PhFormatContext context = { .number = 42, .peer = event->peer, .local = "10.0.0.2:7788", .hex = event->hex,
                              .to = event->to, .to_unusual = event->to_unusual, .decoder = decoder };
  PhRecord record = { .time = TIME, .kind = event->kind, .length = event->length, .peer = event->number,
                      .detail = event->detail, .flags = event->flags };
  gboolean written = ph_format_append (out, kind, &context, &record, (const guint8 *) event->payload);

  g_assert_cmpint (written, ==, expected != NULL);
  g_assert_true (g_str_has_prefix (out->str, "> "));
  g_assert_cmpstr (out->str + 2, ==, expected != NULL ? expected : "");
}

static void
test_log (gconstpointer data)
{
  const Case *c = data;

  assert_format (&c->event, PH_FORMAT_LOG, c->log);
}

static void
test_netassist (gconstpointer data)
{
  const Case *c = data;

  assert_format (&c->event, PH_FORMAT_NETASSIST, c->netassist);
}

static void
test_json (gconstpointer data)
{
  const Case *c = data;
  g_autofree char *line = g_strdup_printf ("{\"seq\":42,\"time\":\"2019-07-12T08:05:48.417123456Z\",%s}\n", c->json);

  assert_format (&c->event, PH_FORMAT_JSON, c->json != NULL ? line : NULL);
}

static void
test_raw_is_the_bytes (void)
{
  PhFormatContext context = { .number = 1 };
  PhRecord record = { .time = TIME, .kind = PH_RECORD_IN, .length = 4 };
  g_autoptr (GString) out = g_string_new (NULL);
  const guint8 *payload = (const guint8 *) "\0\033\xFF\n";

  g_assert_true (ph_format_append (out, PH_FORMAT_RAW, &context, &record, payload));
  g_assert_cmpmem (out->str, out->len, payload, 4);
  g_string_truncate (out, 0);
  record.kind = PH_RECORD_OUT;
  g_assert_true (ph_format_append (out, PH_FORMAT_RAW, &context, &record, payload));
  g_assert_cmpmem (out->str, out->len, payload, 4);
  record.kind = PH_RECORD_NOTE;
  g_assert_false (ph_format_append (out, PH_FORMAT_RAW, &context, &record, payload));
  g_assert_cmpuint (out->len, ==, 4);
}

static void
test_json_of_open_tells_the_address_even_before_it_is_known (void)
{
  PhFormatContext context = { .number = 2 };
  PhRecord record = { .time = TIME, .kind = PH_RECORD_OPEN, .length = 14 };
  g_autoptr (GString) out = g_string_new (NULL);

  ph_format_append (out, PH_FORMAT_JSON, &context, &record, (const guint8 *) "127.0.0.1:7788");
  g_assert_nonnull (strstr (out->str, "\"local\":\"127.0.0.1:7788\","));
}

/* ---- streams ---- */

static void
append_piece (GString *out, PhFormatContext *context, guint16 flags, const char *bytes)
{
  PhRecord record = { .time = TIME, .kind = PH_RECORD_IN, .flags = flags, .length = strlen (bytes) };

  g_assert_true (ph_format_append (out, PH_FORMAT_LOG, context, &record, (const guint8 *) bytes));
}

static void
test_a_cut_character_comes_with_the_next_record_of_a_stream (void)
{
  g_autoptr (PhDecoder) decoder = ph_decoder_new (ph_charset_find ("gbk"));
  PhCarry carry = { .length = 0 };
  PhFormatContext context = { .decoder = decoder, .carry = &carry };
  g_autoptr (GString) out = g_string_new (NULL);

  append_piece (out, &context, PH_RECORD_STREAM, "\xC4");
  append_piece (out, &context, PH_RECORD_STREAM, "\xE3\xBA\xC3");
  g_assert_cmpstr (out->str, ==, "16:05:48.417 ← 1 byte\n16:05:48.417 ← 3 bytes\n    你好\n");
}

static void
test_a_datagram_stands_alone (void)
{
  g_autoptr (PhDecoder) decoder = ph_decoder_new (ph_charset_find ("gbk"));
  PhCarry carry = { .length = 0 };
  PhFormatContext context = { .decoder = decoder, .carry = &carry };
  g_autoptr (GString) out = g_string_new (NULL);

  append_piece (out, &context, 0, "\xC4");
  append_piece (out, &context, 0, "\xE3");
  g_assert_cmpstr (out->str, ==, "16:05:48.417 ← 1 byte\n    ⟨C4⟩\n16:05:48.417 ← 1 byte\n    ⟨E3⟩\n");
}

/* ---- times ---- */

static void
test_times (void)
{
  static const struct
  {
    gint64 time;
    PhTimeFormat format;
    const char *text;
  } times[] = {
    { TIME, PH_TIME_MILLISECONDS, "16:05:48.417" },
    { TIME, PH_TIME_MICROSECONDS, "16:05:48.417123" },
    { TIME, PH_TIME_NANOSECONDS, "16:05:48.417123456" },
    { TIME, PH_TIME_DATE, "2019-07-12 16:05:48.417" },
    { TIME, PH_TIME_DATE_MICROSECONDS, "2019-07-12 16:05:48.417123" },
    { TIME, PH_TIME_DATE_NANOSECONDS, "2019-07-12 16:05:48.417123456" },
    { TIME + SECOND, PH_TIME_MILLISECONDS, "16:05:49.417" },
    { 999999999, PH_TIME_MILLISECONDS, "08:00:00.999" },
    { 0, PH_TIME_DATE, "1970-01-01 08:00:00.000" },
    { -1, PH_TIME_NANOSECONDS, "07:59:59.999999999" },
    { -SECOND, PH_TIME_NANOSECONDS, "07:59:59.000000000" },
    { G_MAXINT64, PH_TIME_DATE, "2262-04-12 07:47:16.854" },
    { G_MININT64, PH_TIME_DATE, "1677-09-21 08:12:43.145" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);

      ph_format_time (out, times[i].time, times[i].format);
      g_assert_cmpstr (out->str, ==, times[i].text);
    }
}

static void
test_times_since (void)
{
  static const struct
  {
    gint64 time, from;
    PhTimeFormat format;
    const char *text;
  } times[] = {
    { TIME, TIME, PH_TIME_MILLISECONDS, "      +0.000" },
    { TIME + 123000, TIME, PH_TIME_MICROSECONDS, "      +0.000123" },
    { TIME + 123000, TIME, PH_TIME_DATE, "      +0.000" },
    { TIME + 123456789, TIME, PH_TIME_NANOSECONDS, "      +0.123456789" },
    { TIME + 60 * SECOND - 1, TIME, PH_TIME_MILLISECONDS, "     +59.999" },
    { TIME + 62 * SECOND, TIME, PH_TIME_MILLISECONDS, "   +1:02.000" },
    { TIME + 3723 * SECOND, TIME, PH_TIME_MILLISECONDS, "+1:02:03.000" },
    { TIME + 90061 * SECOND, TIME, PH_TIME_MILLISECONDS, "+25:01:01.000" },
    { TIME - 417 * SECOND / 1000, TIME, PH_TIME_MILLISECONDS, "      -0.417" },
    { G_MAXINT64, G_MININT64, PH_TIME_MILLISECONDS, "+5124095:34:33.709" },
    { G_MININT64, G_MAXINT64, PH_TIME_NANOSECONDS, "-5124095:34:33.709551615" },
  };
  g_autoptr (GString) nothing = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);

      ph_format_since (out, times[i].time, times[i].from, times[i].format);
      g_assert_cmpstr (out->str, ==, times[i].text);
    }
  ph_format_since_nothing (nothing, PH_TIME_MILLISECONDS);
  g_assert_cmpstr (nothing->str, ==, "           –");
}

static void
test_formats_have_names (void)
{
  static const char *const ids[] = { "log", "netassist", "json", "raw", "netassist-v5", "csv" };
  g_autofree char *all = ph_format_dup_ids ();
  PhFormatKind kind = PH_FORMAT_RAW;

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_assert_true (ph_format_parse (ids[i], &kind));
      g_assert_cmpint (kind, ==, i);
    }
  g_assert_cmpstr (all, ==, "log, netassist, json, raw, netassist-v5, csv");
  g_assert_true (ph_format_parse ("jsonl", &kind));
  g_assert_cmpint (kind, ==, PH_FORMAT_JSON);
  g_assert_false (ph_format_parse ("xml", &kind));
  g_assert_false (ph_format_parse (NULL, &kind));
}

static void
add (const char *format, const Case *c, GTestDataFunc func)
{
  g_autofree char *path = g_strdup_printf ("/format/%s/%s", format, c->story);

  g_test_add_data_func (path, c, func);
}

int
main (int argc, char *argv[])
{
  g_setenv ("TZ", "UTC-8", TRUE);
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      add ("log", &cases[i], test_log);
      add ("netassist", &cases[i], test_netassist);
      add ("json", &cases[i], test_json);
    }
  g_test_add_func ("/format/numbers-are-grouped-and-sizes-short", test_numbers_are_grouped_and_sizes_short);
  g_test_add_func ("/format/fractions-have-a-point-and-bytes-their-word", test_fractions_have_a_point_and_bytes_their_word);
  g_test_add_func ("/format/raw/is-the-bytes", test_raw_is_the_bytes);
  g_test_add_func ("/format/json/open-tells-the-address-even-before-it-is-known",
                   test_json_of_open_tells_the_address_even_before_it_is_known);
  g_test_add_func ("/format/stream/a-cut-character-comes-with-the-next-record",
                   test_a_cut_character_comes_with_the_next_record_of_a_stream);
  g_test_add_func ("/format/stream/a-datagram-stands-alone", test_a_datagram_stands_alone);
  g_test_add_func ("/format/times", test_times);
  g_test_add_func ("/format/times-since", test_times_since);
  g_test_add_func ("/format/names", test_formats_have_names);

  return g_test_run ();
}
