/* test-log-sections.c: a refresh of the log takes one read section of the store, however many rows it has, and so does a frame
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "log-fixture.h"

/* The linker has all files call this instead. */
void __real_ph_store_begin_read (PhStore *store);
void __wrap_ph_store_begin_read (PhStore *store);

static guint n_sections;

void
__wrap_ph_store_begin_read (PhStore *store)
{
  n_sections++;
  __real_ph_store_begin_read (store);
}

static void
assert_one_section (LogFixture *fixture)
{
  log_show (fixture);
  n_sections = 0;
  ph_log_view_refresh (fixture->view);
  g_assert_cmpuint (log_n_rows (fixture), >, 10);
  g_assert_cmpuint (n_sections, ==, 1);

  n_sections = 0;
  log_paint (fixture);
  g_assert_cmpuint (n_sections, ==, 1);
}

static void
test_a_refresh_and_a_frame_take_one_section_each (LogFixture *fixture, gconstpointer data)
{
  g_autoptr (PhFinder) finder = ph_finder_new (fixture->session);
  PhSearchQuery query = { .text = "message", .charset = ph_charset_find ("utf-8"), .kinds = PH_SEARCH_ALL };
  g_autoptr (GVariant) value = g_variant_ref_sink (
    g_variant_new_parsed ("[(true,'text','age',false,'red',false)]"));
  g_autoptr (GPtrArray) rules = ph_rules_parse (value);

  log_put_many (fixture, 500);
  for (PhLogMode mode = PH_LOG_MODE_COMPACT; mode < PH_LOG_N_MODES; mode++)
    {
      g_object_set (fixture->view, "mode", mode, "follow", TRUE, NULL);
      assert_one_section (fixture);
      ph_log_scroll_by (fixture->view, 0, -500);
      assert_one_section (fixture);
    }
  ph_log_select_all (fixture->view);
  assert_one_section (fixture);

  ph_log_view_set_rules (fixture->view, rules);
  ph_log_view_set_finder (fixture->view, finder);
  g_assert_true (ph_finder_set_query (finder, &query, NULL));
  while (ph_finder_is_running (finder))
    g_main_context_iteration (NULL, TRUE);
  assert_one_section (fixture);
  ph_log_view_set_filter (fixture->view, TRUE);
  assert_one_section (fixture);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  g_test_add ("/log-sections/a_refresh_and_a_frame_take_one_section_each", LogFixture, NULL, log_set_up,
              test_a_refresh_and_a_frame_take_one_section_each, log_tear_down);

  return g_test_run ();
}
