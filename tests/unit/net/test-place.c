/* test-place.c: places as people type and paste them, and as text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-endpoint.h"
#include "ph-transport.h"

#include <string.h>

static void
test_what_is_typed_is_split (void)
{
  static const struct
  {
    const char *text, *scheme, *host;
    int port;
  } rows[] = {
    { "1.2.3.4", NULL, "1.2.3.4", -1 },
    { "1.2.3.4:80", NULL, "1.2.3.4", 80 },
    { "  1.2.3.4:80 ", NULL, "1.2.3.4", 80 },
    { "example.org:65535", NULL, "example.org", 65535 },
    { "example.org:", NULL, "example.org", -1 },
    { ":7788", NULL, "", 7788 },
    { "*:7788", NULL, "", 7788 },
    { "＊：7788", NULL, "", 7788 },
    { ":0", NULL, "", 0 },
    { "", NULL, "", -1 },
    { "::1", NULL, "::1", -1 },
    { "::", NULL, "::", -1 },
    { "[::1]", NULL, "::1", -1 },
    { "[::1]:80", NULL, "::1", 80 },
    { "fe80::1%eth0", NULL, "fe80::1%eth0", -1 },
    { "[fe80::1%eth0]:9", NULL, "fe80::1%eth0", 9 },
    { "udp://1.2.3.4:9", "udp", "1.2.3.4", 9 },
    { "TCP://[::1]:9", "tcp", "::1", 9 },
    { "http://example.org:8080/a?b#c", "http", "example.org", 8080 },
    { "http://example.org/", "http", "example.org", -1 },
    { "例え.jp:80", NULL, "例え.jp", 80 },
    { "127.0.0.1 : 80", NULL, "127.0.0.1", 80 },
    { "127.0.0.1:080", NULL, "127.0.0.1", 80 },
    { "::ffff:1.2.3.4", NULL, "::ffff:1.2.3.4", -1 },
    { "[fe80::1%no-such-interface]:9", NULL, "fe80::1%no-such-interface", 9 },
    { "3com.example", NULL, "3com.example", -1 },
    { "0xbeef.example:1", NULL, "0xbeef.example", 1 },
    { "1.2.3.4.5x", NULL, "1.2.3.4.5x", -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_auto (PhPlace) place = { 0 };
      g_autofree char *scheme = NULL;

      g_assert_true (ph_place_parse (rows[i].text, &place, &scheme, &error));
      g_assert_no_error (error);
      g_assert_cmpint (place.kind, ==, PH_PLACE_IP);
      g_assert_cmpstr (scheme, ==, rows[i].scheme);
      g_assert_cmpstr (place.name, ==, rows[i].host);
      g_assert_cmpint (place.port, ==, rows[i].port);
    }
}

static void
test_what_is_pasted_or_typed_by_an_input_method_is_understood (void)
{
  static const struct
  {
    const char *text, *scheme, *host;
    int port;
  } rows[] = {
    { "127.0.0.1：80", NULL, "127.0.0.1", 80 },
    { "１９２．１６８．０．１：８０", NULL, "192.168.0.1", 80 },
    { "192。168。0。1：80", NULL, "192.168.0.1", 80 },
    { "［：：１］：80", NULL, "::1", 80 },
    { "【::1】：80", NULL, "::1", 80 },
    { "［ｆｅ８０：：１％ｅｔｈ０］：９", NULL, "fe80::1%eth0", 9 },
    { "：７７８８", NULL, "", 7788 },
    { "ｕｄｐ：／／１.２.３.４：９", "udp", "1.2.3.4", 9 },
    { "\u00A01.2.3.4\u00A0:\u300080\u2009", NULL, "1.2.3.4", 80 },
    { "\uFEFF1.2.3.4:80\u200B", NULL, "1.2.3.4", 80 },
    { "\u202A1.2.3.4\u202C:\u200E80", NULL, "1.2.3.4", 80 },
    { "1.2\u00AD.3.4", NULL, "1.2.3.4", -1 },
    { "“1.2.3.4：80”", NULL, "1.2.3.4", 80 },
    { "'a.example:1'", NULL, "a.example", 1 },
    { "< [::1]:80 >", NULL, "::1", 80 },
    { "《1.2.3.4》", NULL, "1.2.3.4", -1 },
    { "<\"http://a.example:8080/b?c#d\">", "http", "a.example", 8080 },
    { "`1.2.3.4`", NULL, "1.2.3.4", -1 },
    { "my\u2011host:80", NULL, "my-host", 80 },
    { "١٩٢.١٦٨.٠.١:٨٠", NULL, "192.168.0.1", 80 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_auto (PhPlace) place = { 0 };
      g_autofree char *scheme = NULL;

      g_assert_true (ph_place_parse (rows[i].text, &place, &scheme, &error));
      g_assert_no_error (error);
      g_assert_cmpstr (scheme, ==, rows[i].scheme);
      g_assert_cmpstr (place.name, ==, rows[i].host);
      g_assert_cmpint (place.port, ==, rows[i].port);
    }
}

/* inet_aton() and the resolvers that call it read each of these as an address that it does not look like. */
static void
test_numbers_that_are_no_address_are_refused (void)
{
  static const char *const rows[] = {
    "127.0.0.010", "010.0.0.1",   "127.1",       "1.2.3",         "2130706433",     "0x7f.1",       "0x7f000001",
    "0X7F.0.0.1",  "127.0.0.0x1", "1.2.3.4.5",   "256.1.1.1",     "1.2.3.04",       "127.0.0.1.",   "0",
    "00.0.0.0",    "7788",        "1.2.3.4000",  "０x７f.１",     "①②⑦.1",       "127.0.0.1%lo", "0x",
    "127.1:80",    "[127.1]:80",  "udp://127.1", "１２７。１：80", "::ffff:1.2.3.04", "::1.2.3",      "4294967297",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL, unknown = NULL;
      PhPlace place = { 0 };
      PhAddr addr;

      if (ph_place_parse (rows[i], &place, NULL, &error))
        g_error ("“%s” was taken for an address", rows[i]);
      g_assert_error (error, PH_ERROR, PH_ERROR_INVALID);
      if (strpbrk (rows[i], "[/%") != NULL || g_str_has_suffix (rows[i], ":80"))
        continue;
      g_assert_false (ph_plat_addr_parse (rows[i], 80, &addr));
      g_assert_true (ph_plat_addr_is_no_name (rows[i]));
      g_assert_null (ph_plat_resolve (rows[i], 80, &unknown));
      g_assert_error (unknown, PH_ERROR, PH_ERROR_NOT_RESOLVED);
      g_assert_cmpstr (ph_error_get_cause (unknown), ==, "no-address");
    }
}

static void
test_a_link_local_address_needs_its_interface (void)
{
  static const char *const rows[] = { "fe80::1", "[fe80::1]:9", "udp://[FE80::1]:9", "febf::1" };
  g_autoptr (GError) unknown = NULL;
  PhAddr addr;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      PhPlace place = { 0 };

      g_assert_false (ph_place_parse (rows[i], &place, NULL, &error));
      g_assert_error (error, PH_ERROR, PH_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, "as in fe80::1%eth0"));
    }
  g_assert_true (ph_plat_addr_parse ("fe80::1", 9, &addr));
  g_assert_true (ph_plat_addr_lacks_interface (&addr));
  g_assert_true (ph_plat_addr_parse ("fe80::1%1", 9, &addr));
  g_assert_false (ph_plat_addr_lacks_interface (&addr));
  g_assert_null (ph_plat_resolve ("fe80::1%no-such-interface", 9, &unknown));
  g_assert_cmpstr (ph_error_get_cause (unknown), ==, "no-such-interface");
}

static void
test_nonsense_is_refused_with_a_reason (void)
{
  static const char *const rows[] = {
    "host:abc", "host:70000", "host:-1", "[::1", "[::1]80", "[::1]x:80", "a b", "a\tb:1", "host:80:", "\xff\xfe:1",
    "a/b", "<b>:1", "user@host:1", "host:99999999999999999999", "host:8 0", "https://[::1:80", "[1:2]", "@", "/a\nb", "/\xff",
    "1:2:3", "::g", ":::", "::1%", "a%b", "1.2.3.4:80/", "a\u202Eb", "‘a\"", "a\u2028b:1",
  };
  g_autofree char *long_host = g_strnfill (300, 'a');
  g_autofree char *long_path = g_strnfill (PH_PLACE_PATH_MAX + 1, '/');
  const char *const too_long[] = { long_host, long_path };

  for (gsize i = 0; i < G_N_ELEMENTS (rows) + G_N_ELEMENTS (too_long); i++)
    {
      const char *text = i < G_N_ELEMENTS (rows) ? rows[i] : too_long[i - G_N_ELEMENTS (rows)];
      g_autoptr (GError) error = NULL;
      PhPlace place = { 0 };
      gboolean ok = ph_place_parse (text, &place, NULL, &error);

      if (ok)
        g_error ("“%s” was taken for an address", text);
      g_assert_error (error, PH_ERROR, PH_ERROR_INVALID);
      g_assert_null (place.name);
    }
}

static void
test_ports_are_numbers_up_to_65535_or_empty (void)
{
  static const struct
  {
    const char *text;
    int port; /* -2: refused */
  } rows[] = { { "", -1 }, { " ", -1 }, { "0", 0 }, { "80", 80 }, { " 80 ", 80 }, { "65535", 65535 }, { "65536", -2 },
               { "-1", -2 }, { "+1", -2 }, { "abc", -2 }, { "0x50", -2 }, { "8 0", -2 }, { "1e3", -2 }, { "８０", 80 }, { "080", 80 },
               { "\u300080\u00A0", 80 }, { "+80", -2 }, { " 0x50", -2 }, { "http", -2 }, { "²", -2 }, { "０x50", -2 } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      int port = -2;

      g_assert_cmpint (ph_port_parse (rows[i].text, &port, &error), ==, rows[i].port != -2);
      g_assert_cmpint (port, ==, rows[i].port);
      g_assert_cmpint (error == NULL, ==, rows[i].port != -2);
    }
}

static void
test_host_and_port_join_to_what_can_be_split_again (void)
{
  static const struct
  {
    const char *host;
    int port;
    const char *text;
  } rows[] = { { "a.b", 1, "a.b:1" }, { "::1", 80, "[::1]:80" }, { "::1", -1, "::1" }, { "1.2.3.4", 0, "1.2.3.4:0" } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (PhPlace) place = { 0 }, parsed = { 0 };
      g_autofree char *text = NULL;

      ph_place_set_ip (&place, rows[i].host, rows[i].port);
      text = ph_place_dup_text (&place);
      g_assert_cmpstr (text, ==, rows[i].text);
      g_assert_true (ph_place_parse (text, &parsed, NULL, NULL));
      g_assert_true (ph_place_equal (&parsed, &place));
    }
}

static void
test_paths_and_abstract_names_are_parsed_and_written (void)
{
  static const struct
  {
    const char *text, *scheme;
    PhPlaceKind kind;
    const char *name, *written;
  } rows[] = {
    { "/run/a.sock", NULL, PH_PLACE_PATH, "/run/a.sock", "/run/a.sock" },
    { " ./a b:c ", NULL, PH_PLACE_PATH, "./a b:c", "./a b:c" },
    { "../a", NULL, PH_PLACE_PATH, "../a", "../a" },
    { "unix:///run/a?b#c", "unix", PH_PLACE_PATH, "/run/a?b#c", "/run/a?b#c" },
    { "@name", NULL, PH_PLACE_ABSTRACT, "name", "@name" },
    { "unix://@a:1", "unix", PH_PLACE_ABSTRACT, "a:1", "@a:1" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_auto (PhPlace) place = { 0 }, again = { 0 };
      g_autofree char *scheme = NULL, *written = NULL;

      g_assert_true (ph_place_parse (rows[i].text, &place, &scheme, &error));
      g_assert_no_error (error);
      g_assert_cmpint (place.kind, ==, rows[i].kind);
      g_assert_cmpstr (place.name, ==, rows[i].name);
      g_assert_cmpstr (scheme, ==, rows[i].scheme);
      written = ph_place_dup_text (&place);
      g_assert_cmpstr (written, ==, rows[i].written);
      g_assert_true (ph_place_parse (written, &again, NULL, NULL));
      g_assert_true (ph_place_equal (&again, &place));
    }
}

static void
test_places_are_values (void)
{
  g_auto (PhPlace) one = { 0 }, other = { 0 };

  g_assert_false (ph_place_has_name (&one));
  ph_place_set_ip (&one, "::1", 80);
  ph_place_set (&other, &one);
  g_assert_true (other.name != one.name);
  g_assert_true (ph_place_equal (&one, &other));
  ph_place_set (&one, &one);
  g_assert_true (ph_place_equal (&one, &other));
  other.port = 81;
  g_assert_false (ph_place_equal (&one, &other));
  ph_place_set (&other, &(const PhPlace) { .kind = PH_PLACE_ABSTRACT, .name = one.name });
  g_assert_false (ph_place_equal (&one, &other));
  ph_place_clear (&one);
  g_assert_false (ph_place_has_name (&one));
  ph_place_set (&other, &one);
  g_assert_cmpstr (other.name, ==, "");
}

static void
test_addresses_turn_to_text_and_back (void)
{
  static const char *const rows[] = { "0.0.0.0", "255.255.255.255", "127.0.0.1", "::", "::1", "2001:db8::7", "fe80::1%1" };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      char host[PH_ADDR_TEXT_MAX], again[PH_ADDR_TEXT_MAX];
      PhAddr addr, back;

      g_assert_true (ph_plat_addr_parse (rows[i], 9, &addr));
      ph_plat_addr_host (&addr, host);
      if (strchr (rows[i], '%') == NULL)
        g_assert_cmpstr (host, ==, rows[i]);
      g_assert_true (ph_plat_addr_parse (host, 9, &back));
      g_assert_true (ph_plat_addr_equal (&addr, &back));
      g_assert_cmpuint (ph_plat_addr_hash (&addr), ==, ph_plat_addr_hash (&back));
      ph_plat_addr_text (&addr, again);
      g_assert_true (g_str_has_suffix (again, ":9"));
    }
}

static void
test_names_and_nonsense_are_no_addresses (void)
{
  static const char *const rows[] = { "", "localhost", "1.2.3", "1.2.3.4.5", "256.1.1.1", "1.2.3.4:80", "[::1]", ":::",
                                      "fe80::1%no-such-interface", "1.2.3.4 " };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      PhAddr addr;

      if (ph_plat_addr_parse (rows[i], 1, &addr))
        g_error ("“%s” was taken for an address", rows[i]);
    }
}

static void
test_endpoints_say_what_is_missing (void)
{
  static const struct
  {
    const char *transport, *remote;
    int port;
    gboolean ok;
  } rows[] = { { "udp", "", -1, TRUE },          { "udp", "h", 9, TRUE },         { "udp", "h", 0, FALSE },
               { "tcp-client", "h", 9, TRUE },   { "tcp-client", "", 9, FALSE },  { "tcp-client", "h", -1, FALSE },
               { "tcp-server", "", -1, TRUE },   { "carrier-pigeon", "", -1, FALSE } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (PhEndpoint) endpoint = ph_endpoint_new (rows[i].transport);
      g_autoptr (GError) error = NULL;

      ph_place_set_ip (&endpoint->remote, rows[i].remote, rows[i].port);
      g_assert_cmpint (ph_endpoint_check (endpoint, &error), ==, rows[i].ok);
      g_assert_cmpint (error == NULL, ==, rows[i].ok);
    }
}

static void
test_no_transport_takes_paths_yet (void)
{
  static const PhPlace paths[] = { { .kind = PH_PLACE_PATH, .name = (char *) "/a" },
                                   { .kind = PH_PLACE_ABSTRACT, .name = (char *) "a" } };
  const PhTransport *transport;

  for (guint i = 0; (transport = ph_transport_at (i)) != NULL; i++)
    for (gsize j = 0; j < G_N_ELEMENTS (paths); j++)
      for (guint side = 0; side < 2; side++)
        {
          g_autoptr (PhEndpoint) endpoint = ph_endpoint_new (transport->id);
          g_autoptr (GError) error = NULL;

          ph_place_set (side == 0 ? &endpoint->local : &endpoint->remote, &paths[j]);
          g_assert_false (ph_endpoint_check (endpoint, &error));
          g_assert_error (error, PH_ERROR, PH_ERROR_INVALID);
          g_assert_nonnull (strstr (error->message, j == 0 ? "“/a”" : "“@a”"));
        }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, name) g_test_add_func ("/place/" path, test_##name)
  ADD ("what-is-typed-is-split", what_is_typed_is_split);
  ADD ("what-is-pasted-or-typed-by-an-input-method-is-understood", what_is_pasted_or_typed_by_an_input_method_is_understood);
  ADD ("numbers-that-are-no-address-are-refused", numbers_that_are_no_address_are_refused);
  ADD ("a-link-local-address-needs-its-interface", a_link_local_address_needs_its_interface);
  ADD ("nonsense-is-refused-with-a-reason", nonsense_is_refused_with_a_reason);
  ADD ("ports-are-numbers-up-to-65535-or-empty", ports_are_numbers_up_to_65535_or_empty);
  ADD ("host-and-port-join-to-what-can-be-split-again", host_and_port_join_to_what_can_be_split_again);
  ADD ("paths-and-abstract-names-are-parsed-and-written", paths_and_abstract_names_are_parsed_and_written);
  ADD ("places-are-values", places_are_values);
  ADD ("addresses-turn-to-text-and-back", addresses_turn_to_text_and_back);
  ADD ("names-and-nonsense-are-no-addresses", names_and_nonsense_are_no_addresses);
  ADD ("no-transport-takes-paths-yet", no_transport_takes_paths_yet);
  ADD ("endpoints-say-what-is-missing", endpoints_say_what_is_missing);
#undef ADD

  return g_test_run ();
}
