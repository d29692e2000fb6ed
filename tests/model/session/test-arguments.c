/* test-arguments.c: the endpoint arguments of a command line, as a table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-arguments.h"

typedef struct
{
  const char *transport, *local, *remote;
  const char *result; /* local > remote, or a part of the error's message behind a "!" */
} Case;

static const Case cases[] = {
  { "udp", NULL, NULL, " > " },
  { "udp", "127.0.0.1:7788", NULL, "127.0.0.1:7788 > " },
  { "udp", "127.0.0.1", NULL, "127.0.0.1 > " },
  { "udp", ":7788", NULL, ":7788 > " },
  { "udp", "7788", NULL, ":7788 > " },
  { "udp", "[::1]:7788", "[::1]:80", "[::1]:7788 > [::1]:80" },
  { "udp", NULL, "example.org:7788", " > example.org:7788" },
  { "udp", NULL, "udp://example.org:7788", " > example.org:7788" },
  { "tcp-client", NULL, "example.org:80", " > example.org:80" },
  { "tcp-client", "10.0.0.1:999", "h:80", "10.0.0.1:999 > h:80" },
  { "tcp-server", "0.0.0.0:80", NULL, "0.0.0.0:80 > " },
  { "tcp-client", NULL, NULL, "!needs --remote" },
  { "tcp-client", NULL, "example.org", "!--remote: " },
  { "tcp-client", NULL, "example.org:0", "!ort" },
  { "tcp-client", NULL, ":80", "!--remote: " },
  { "tcp-client", NULL, "a:b:c", "!--remote: " },
  { "tcp-client", NULL, "a:70000", "!--remote: " },
  { "udp", "70000", NULL, "!--local: " },
  { "udp", "a:abc", NULL, "!--local: " },
  { "udp", "a b:1", NULL, "!--local: " },
  { "tcp-server", NULL, "a:1", "!--remote: " },
  { "udp", "/run/a", NULL, "!--local: UDP needs an address and a port" },
  { "tcp-client", NULL, "@a", "!--remote: TCP client needs an address and a port" },
  { "sctp", NULL, NULL, "!udp, tcp-client, tcp-server" },
  { "", NULL, NULL, "!udp, tcp-client, tcp-server" },
};

static void
test_case (gconstpointer data)
{
  const Case *one = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PhEndpoint) endpoint = ph_arguments_endpoint (one->transport, one->local, one->remote, TRUE, &error);
  g_autofree char *local = NULL, *remote = NULL, *result = NULL;

  if (one->result[0] == '!')
    {
      g_assert_null (endpoint);
      g_assert_error (error, PH_ERROR, PH_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, one->result + 1));
      return;
    }
  g_assert_no_error (error);
  local = ph_place_dup_text (&endpoint->local);
  remote = ph_place_dup_text (&endpoint->remote);
  result = g_strdup_printf ("%s > %s", local, remote);
  g_assert_cmpstr (result, ==, one->result);
  g_assert_cmpstr (endpoint->transport, ==, one->transport);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/arguments/%s local %s remote %s", cases[i].transport,
                                               cases[i].local != NULL ? cases[i].local : "(none)",
                                               cases[i].remote != NULL ? cases[i].remote : "(none)");

      g_strdelimit (path + strlen ("/arguments/"), "/", '.');
      g_test_add_data_func (path, &cases[i], test_case);
    }

  return g_test_run ();
}
