/* test-log-columns.c: the columns of the table: short addresses, room for the data, and what the user chooses
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "log-fixture.h"

#include <string.h>

#include "ph-log-row.h"

#define LONG "[2001:db8:1234:5678:9abc:def0:1234:5678]:40001"

static void
begin (LogFixture *fixture)
{
  g_object_set (fixture->view, "mode", PH_LOG_MODE_TABLE, NULL);
  log_put_bytes (fixture->store, PH_RECORD_PEER, 7, LONG, strlen (LONG));
  log_put_bytes (fixture->store, PH_RECORD_IN, 7, "hello", 5);
  log_put (fixture, PH_RECORD_OUT, "answer");
  log_show (fixture);
}

static double
data_part (LogFixture *fixture)
{
  double width = gtk_widget_get_width (GTK_WIDGET (fixture->view)) - 2 * PH_LOG_MARGIN;

  return (width - fixture->view->columns.start[PH_LOG_COLUMN_DATA]) / width;
}

static void
test_an_address_is_shortened_in_its_middle (void)
{
  static const struct
  {
    const char *text;
    guint most;
    const char *expected;
  } rows[] = {
    { "127.0.0.1:4000", 22, "127.0.0.1:4000" }, { LONG, 0, LONG },         { LONG, 22, "[2001:db8:…5678]:40001" },
    { "12345", 5, "12345" },                    { "123456", 5, "12…56" },  { "你好，世界！", 5, "你好…界！" },
    { "", 9, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *shown = ph_log_row_dup_short (rows[i].text, rows[i].most);

      g_assert_cmpstr (shown, ==, rows[i].expected);
    }
}

static void
test_the_data_keeps_a_third (LogFixture *fixture, gconstpointer data)
{
  PhLogLine *line;

  begin (fixture);
  line = log_row_at (fixture, 0)->line;
  g_assert_nonnull (strstr (line->text, "[2001:db8:…5678]:40001"));
  g_assert_true (line->cut);
  g_assert_false (log_row_at (fixture, 1)->line->cut);
  g_assert_cmpfloat (data_part (fixture), >, 0.33);
  for (int format = PH_TIME_MILLISECONDS; format <= PH_TIME_DATE; format++)
    {
      g_object_set (fixture->view, "time-format", format, NULL);
      log_show (fixture);
      g_assert_cmpfloat (data_part (fixture), >, 0.33);
    }
}

static void
test_a_width_that_is_chosen_leaves_the_data_its_third (LogFixture *fixture, gconstpointer data)
{
  begin (fixture);
  for (guint i = 0; i < PH_LOG_COLUMN_DATA; i++)
    {
      ph_log_columns_set_width (fixture->view, i, 5000);
      log_show (fixture);
      g_assert_cmpfloat (data_part (fixture), >, 0.32);
    }
  ph_log_columns_reset (fixture->view);
  ph_log_columns_show (fixture->view, PH_LOG_COLUMN_TIME, FALSE);
  ph_log_columns_set_width (fixture->view, PH_LOG_COLUMN_PEER, 48 * (int) fixture->view->metrics.char_width + 48);
  log_show (fixture);
  g_assert_true (log_row_at (fixture, 0)->line->cut || strstr (log_row_at (fixture, 0)->line->text, LONG) != NULL);
  ph_log_columns_set_width (fixture->view, PH_LOG_COLUMN_PEER, 1);
  log_show (fixture);
  g_assert_nonnull (strstr (log_row_at (fixture, 0)->line->text, "[200…0001"));
}

static void
test_columns_are_hidden_and_ordered (LogFixture *fixture, gconstpointer data)
{
  begin (fixture);
  g_object_set (fixture->view, "time", "none", NULL);
  ph_log_columns_move (fixture->view, PH_LOG_COLUMN_PEER, PH_LOG_COLUMN_NUMBER);
  ph_log_columns_show (fixture->view, PH_LOG_COLUMN_DIRECTION, FALSE);
  log_show (fixture);
  g_assert_cmpstr (log_row_at (fixture, 1)->line->text, ==, "127.0.0.1:4000\t2\t6\tanswer");
  ph_log_columns_move (fixture->view, PH_LOG_COLUMN_PEER, PH_LOG_COLUMN_DATA);
  log_show (fixture);
  g_assert_cmpstr (log_row_at (fixture, 1)->line->text, ==, "\t2\t6\t127.0.0.1:4000\tanswer");
  for (guint i = 0; i < PH_LOG_N_COLUMNS; i++)
    ph_log_columns_show (fixture->view, i, FALSE);
  log_show (fixture);
  g_assert_cmpstr (log_row_at (fixture, 1)->line->text, ==, "answer");
  ph_log_columns_reset (fixture->view);
  log_show (fixture);
  g_assert_cmpstr (log_row_at (fixture, 1)->line->text, ==, "\t2\t→ Out\t127.0.0.1:4000\t6\tanswer");
}

static void
test_what_is_remembered_comes_back_and_nonsense_does_not (LogFixture *fixture, gconstpointer data)
{
  g_autoptr (GVariant) kept = NULL;
  g_autofree char *text = NULL;

  g_object_set (fixture->view, "columns",
                g_variant_new_parsed ("[('length', 90, true), ('shape', 5, true), ('number', -7, false), ('length', 1, false),"
                                      " ('data', 3, false), ('peer', 2000000000, true)]"), NULL);
  g_object_get (fixture->view, "columns", &kept, NULL);
  text = g_variant_print (kept, FALSE);
  g_assert_cmpstr (text, ==, "[('length', 90, true), ('number', 0, false), ('peer', 2000, true), ('time', 0, true), "
                             "('direction', 0, true), ('data', 0, true)]");
  begin (fixture);
  g_assert_cmpint (fixture->view->columns.width[PH_LOG_COLUMN_LENGTH], >=, 90);
}

static void
test_a_row_is_copied_with_its_whole_address (LogFixture *fixture, gconstpointer data)
{
  g_autofree char *copied = NULL;

  begin (fixture);
  g_object_set (fixture->view, "time", "none", NULL);
  log_show (fixture);
  ph_log_select_all (fixture->view);
  copied = ph_log_view_dup_selection (fixture->view);
  g_assert_cmpstr (copied, ==, "1\t← In\t" LONG "\t5\thello\n2\t→ Out\t127.0.0.1:4000\t6\tanswer");
}

static void
test_numbers_end_where_their_heads_end (LogFixture *fixture, gconstpointer data)
{
  PhLogView *view = fixture->view;
  PhLogLine *line;
  PangoRectangle at;

  begin (fixture);
  line = log_row_at (fixture, 0)->line;
  pango_layout_index_to_pos (ph_log_text_layout (view, line), 1, &at);
  g_assert_cmpint (ABS (PANGO_PIXELS (at.x + at.width) - (view->columns.start[0] + view->columns.width[0])), <=, 1);
  g_assert_cmpfloat (log_row_at (fixture, 0)->height, <=, 24);
}

#define ADD(name) g_test_add ("/log-columns/" #name, LogFixture, NULL, log_set_up, test_##name, log_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  g_test_add_func ("/log-columns/an_address_is_shortened_in_its_middle", test_an_address_is_shortened_in_its_middle);
  ADD (the_data_keeps_a_third);
  ADD (a_width_that_is_chosen_leaves_the_data_its_third);
  ADD (columns_are_hidden_and_ordered);
  ADD (what_is_remembered_comes_back_and_nonsense_does_not);
  ADD (a_row_is_copied_with_its_whole_address);
  ADD (numbers_end_where_their_heads_end);

  return g_test_run ();
}
