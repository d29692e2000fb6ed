/* test-transport.c: the table of transports: every row is whole, and what is asked of it is answered
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-transport.h"

static void
test_every_row_is_whole (void)
{
  for (guint i = 0; ph_transport_at (i) != NULL; i++)
    {
      const PhTransport *row = ph_transport_at (i);

      g_test_message ("%s", row->id);
      g_assert_true (ph_transport_find (row->id) == row);
      g_assert_nonnull (row->name);
      g_assert_nonnull (row->summary);
      g_assert_nonnull (row->open_verb);
      g_assert_nonnull (row->close_verb);
      g_assert_nonnull (row->opening);
      g_assert_nonnull (row->local_hint);
      g_assert_nonnull (row->scheme);
      g_assert_nonnull (row->open);
      g_assert_nonnull (row->ready);
      g_assert_nonnull (row->send);
      g_assert_nonnull (row->has_queue);
      g_assert_nonnull (row->close);
    }
  g_assert_null (ph_transport_find ("nothing"));
  g_assert_null (ph_transport_find (NULL));
}

static void
test_words_and_functions_of_a_row_fit_what_it_can (void)
{
  for (guint i = 0; ph_transport_at (i) != NULL; i++)
    {
      const PhTransport *row = ph_transport_at (i);

      g_test_message ("%s", row->id);
      g_assert_true ((row->remote_hint != NULL) == ph_transport_has_remote (row));
      g_assert_true ((row->everyone == NULL) == ph_transport_has_one_peer (row));
      g_assert_true ((row->control != NULL) == ph_transport_is_stream (row));
      g_assert_true (ph_transport_has_remote (row) || !ph_transport_needs_remote (row));
    }
}

static void
test_no_row_can_nothing (void)
{
  g_assert_false (ph_transport_is_stream (NULL));
  g_assert_false (ph_transport_has_clients (NULL));
  g_assert_false (ph_transport_has_one_peer (NULL));
  g_assert_false (ph_transport_has_remote (NULL));
  g_assert_false (ph_transport_needs_remote (NULL));
}

static void
test_a_scheme_leads_to_a_row_that_the_address_is_enough_for (void)
{
  static const struct
  {
    const char *scheme, *current;
    gboolean remote;
    const char *found;
  } rows[] = {
    { "udp", "tcp-client", TRUE, "udp" },        { "udp", "tcp-server", FALSE, "udp" },
    { "tcp", "udp", TRUE, "tcp-client" },        { "tcp", "udp", FALSE, "tcp-server" },
    { "tcp", "tcp-server", TRUE, "tcp-server" }, { "tcp", "tcp-client", FALSE, "tcp-client" },
    { "tcp-server", "udp", TRUE, "tcp-server" }, { "https", "udp", TRUE, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_true (ph_transport_for_scheme (rows[i].scheme, rows[i].remote, ph_transport_find (rows[i].current))
                   == ph_transport_find (rows[i].found));
}

/* Neither of two that are opened together has to know the other before. */
static void
test_a_pair_can_be_opened_and_then_aimed (void)
{
  g_assert_true (ph_transport_has_remote (ph_transport_for_pair ()));
  g_assert_false (ph_transport_needs_remote (ph_transport_for_pair ()));
}

static void
test_the_words_for_what_is_open_name_its_addresses (void)
{
  static const struct
  {
    const char *id, *remote, *words;
  } rows[] = { { "udp", NULL, "Open on a:1" },
               { "tcp-server", NULL, "Listening on a:1" },
               { "tcp-client", "b:2", "Connected: a:1 to b:2" },
               { "tcp-client", NULL, "Open on a:1" } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *words = ph_transport_dup_open (ph_transport_find (rows[i].id), "a:1", rows[i].remote);

      g_assert_cmpstr (words, ==, rows[i].words);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, name) g_test_add_func ("/transport/" path, test_##name)
  ADD ("every-row-is-whole", every_row_is_whole);
  ADD ("words-and-functions-of-a-row-fit-what-it-can", words_and_functions_of_a_row_fit_what_it_can);
  ADD ("no-row-can-nothing", no_row_can_nothing);
  ADD ("a-scheme-leads-to-a-row-that-the-address-is-enough-for", a_scheme_leads_to_a_row_that_the_address_is_enough_for);
  ADD ("a-pair-can-be-opened-and-then-aimed", a_pair_can_be_opened_and_then_aimed);
  ADD ("the-words-for-what-is-open-name-its-addresses", the_words_for_what_is_open_name_its_addresses);
#undef ADD

  return g_test_run ();
}
