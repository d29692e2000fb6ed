/* test-option.c: every option of every transport: its row is whole, and its values go into an endpoint and come back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-transport.h"

#include <string.h>

/* Calls @check for every option of every transport. */
static void
walk (void (*check) (const PhTransport *transport, const PhOptionSpec *spec))
{
  const PhTransport *transport;
  guint n = 0;

  for (guint i = 0; (transport = ph_transport_at (i)) != NULL; i++)
    {
      guint j = 0;

      for (; transport->options[j] != NULL; j++, n++)
        {
          g_test_message ("%s --%s", transport->id, transport->options[j]->id);
          check (transport, transport->options[j]);
        }
      g_assert_cmpuint (j, <=, PH_LIMIT_OPTIONS);
    }
  g_assert_cmpuint (n, >, 3);
}

static void
check_whole (const PhTransport *transport, const PhOptionSpec *spec)
{
  g_assert_cmpstr (spec->id, !=, "");
  g_assert_cmpuint (strspn (spec->id, "abcdefghijklmnopqrstuvwxyz-"), ==, strlen (spec->id));
  g_assert_cmpstr (spec->label, !=, "");
  g_assert_cmpstr (spec->help, !=, "");
  g_assert_false (g_str_has_suffix (spec->help, "."));
  g_assert_true (spec->unit == NULL || *spec->unit != '\0');
  g_assert_cmpint (spec->kind, ==, PH_OPTION_KIND_NUMBER);
  g_assert_cmpuint (spec->min, <=, spec->initial);
  g_assert_cmpuint (spec->initial, <=, spec->max);
  g_assert_cmpuint (spec->step, >, 0);
}

static void
test_every_row_is_whole (void)
{
  walk (check_whole);
}

static void
check_listed_once (const PhTransport *transport, const PhOptionSpec *spec)
{
  const PhOptionSpec *other;
  guint n = 0;

  for (guint i = 0; (other = ph_option_at (i)) != NULL; i++)
    if (g_str_equal (other->id, spec->id))
      {
        g_assert_true (other == spec);
        n++;
      }
  g_assert_cmpuint (n, ==, 1);
  g_assert_true (ph_transport_has_option (transport, spec));
}

static void
test_an_id_means_the_same_row_in_every_transport (void)
{
  walk (check_listed_once);
}

static void
check_round_trip (const PhTransport *transport, const PhOptionSpec *spec)
{
  g_autoptr (PhEndpoint) endpoint = ph_endpoint_new (transport->id);
  const guint values[] = { spec->min, spec->max, spec->initial };

  g_assert_cmpuint (ph_endpoint_get_option (endpoint, spec), ==, spec->initial);
  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PhEndpoint) copy = NULL;

      g_assert_true (ph_endpoint_set_option (endpoint, spec->id, values[i], &error));
      g_assert_no_error (error);
      copy = ph_endpoint_copy (endpoint);
      g_assert_cmpuint (ph_endpoint_get_option (copy, spec), ==, values[i]);
    }
}

static void
test_values_go_into_an_endpoint_and_come_back (void)
{
  walk (check_round_trip);
}

static void
check_range (const PhTransport *transport, const PhOptionSpec *spec)
{
  const gint64 values[] = { (gint64) spec->min - 1, (gint64) spec->max + 1, G_MININT64, G_MAXINT64 };

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr (PhEndpoint) endpoint = ph_endpoint_new (transport->id);
      g_autoptr (GError) error = NULL;
      g_autofree char *words = g_strdup_printf ("%s: choose a number from %u to %u", spec->id, spec->min, spec->max);

      g_assert_false (ph_endpoint_set_option (endpoint, spec->id, values[i], &error));
      g_assert_error (error, PH_ERROR, PH_ERROR_INVALID);
      g_assert_cmpstr (error->message, ==, words);
      g_assert_cmpuint (ph_endpoint_get_option (endpoint, spec), ==, spec->initial);
    }
}

static void
test_what_is_out_of_range_is_refused_and_changes_nothing (void)
{
  walk (check_range);
}

static void
test_the_option_of_another_transport_is_refused_and_at_its_default (void)
{
  const PhTransport *transport;
  const PhOptionSpec *spec;

  for (guint i = 0; (transport = ph_transport_at (i)) != NULL; i++)
    for (guint j = 0; (spec = ph_option_at (j)) != NULL; j++)
      {
        g_autoptr (PhEndpoint) endpoint = ph_endpoint_new (transport->id);
        g_autoptr (GError) error = NULL;
        g_autofree char *words = g_strdup_printf ("%s: %s has no such option", spec->id, transport->id);

        if (ph_transport_has_option (transport, spec))
          continue;
        g_assert_false (ph_endpoint_set_option (endpoint, spec->id, spec->max, &error));
        g_assert_error (error, PH_ERROR, PH_ERROR_INVALID);
        g_assert_cmpstr (error->message, ==, words);
        g_assert_cmpuint (ph_endpoint_get_option (endpoint, spec), ==, spec->initial);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, name) g_test_add_func ("/option/" path, test_##name)
  ADD ("every-row-is-whole", every_row_is_whole);
  ADD ("an-id-means-the-same-row-in-every-transport", an_id_means_the_same_row_in_every_transport);
  ADD ("values-go-into-an-endpoint-and-come-back", values_go_into_an_endpoint_and_come_back);
  ADD ("what-is-out-of-range-is-refused-and-changes-nothing", what_is_out_of_range_is_refused_and_changes_nothing);
  ADD ("the-option-of-another-transport-is-refused-and-at-its-default",
       the_option_of_another_transport_is_refused_and_at_its_default);
#undef ADD

  return g_test_run ();
}
