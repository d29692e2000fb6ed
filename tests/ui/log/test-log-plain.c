/* test-log-plain.c: what is drawn letter by letter looks as Pango would draw it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include <string.h>

#include "log-fixture.h"

#define MANY 400 /* lines of random length */

static const char *const texts[] = {
  "hello",
  "The quick brown fox -> jumps != over <= the lazy dog => {\"a\": [1, 2]} fi ff ffi www --- === /* */",
  "12345 67890",       /* no letter */
  "   ",
  " a ",
  "GET / HTTP/1.1\r\nHost: example.org\r\n\r\n",
  "caf\303\251",
  "tab\tstop",
  "\344\275\240\345\245\275 hello",
  "\001\002 control",
  "",
};

static void
put_all (LogFixture *fixture)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      log_put (fixture, PH_RECORD_IN, texts[i]);
      log_put (fixture, PH_RECORD_OUT, texts[i]);
    }
  log_show (fixture);
}

/* Has Pango draw everything until something is laid out anew. */
static void
leave_to_pango (LogFixture *fixture)
{
  ph_log_plain_forget (fixture->view);
  fixture->view->plain.measured = TRUE;
}

static GBytes *
picture (LogFixture *fixture)
{
  GtkWidget *widget = GTK_WIDGET (fixture->view);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  GskRenderer *renderer = gtk_native_get_renderer (gtk_widget_get_native (widget));
  guchar *pixels = g_malloc0_n ((gsize) width * height, 4);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  ph_log_draw (fixture->view, snapshot);
  node = gtk_snapshot_to_node (snapshot);
  texture = gsk_renderer_render_texture (renderer, node, &GRAPHENE_RECT_INIT (0, 0, width, height));
  gdk_texture_download (texture, pixels, (gsize) width * 4);

  return g_bytes_new_take (pixels, (gsize) width * height * 4);
}

static void
assert_same_picture (LogFixture *fixture)
{
  g_autoptr (GBytes) plain = NULL, pango = NULL;

  log_paint (fixture);
  plain = picture (fixture);
  g_assert_true (fixture->view->mode == PH_LOG_MODE_BYTES || fixture->view->plain.font != NULL);
  leave_to_pango (fixture);
  pango = picture (fixture);
  ph_log_plain_forget (fixture->view);
  g_assert_true (g_bytes_equal (plain, pango));
}

static void
test_it_looks_the_same_in_every_form (LogFixture *fixture, gconstpointer data)
{
  static const double zooms[] = { 1, 0.8, 1.37 };

  put_all (fixture);
  for (guint i = 0; i < PH_LOG_N_MODES * G_N_ELEMENTS (zooms) * 2; i++)
    {
      g_object_set (fixture->view, "mode", i / 2 % PH_LOG_N_MODES, "wrap", i % 2 == 0, "zoom", zooms[i / 2 / PH_LOG_N_MODES], NULL);
      log_show (fixture);
      assert_same_picture (fixture);
    }
}

static void
test_it_looks_the_same_in_columns_of_any_order (LogFixture *fixture, gconstpointer data)
{
  PhLogView *view = fixture->view;

  g_object_set (view, "mode", PH_LOG_MODE_TABLE, NULL);
  log_put_bytes (fixture->store, PH_RECORD_PEER, 2, "[2001:db8:aaaa:bbbb:cccc:dddd:eeee:ffff]:12345", 46);
  log_put_bytes (fixture->store, PH_RECORD_IN, 2, "a long peer", 11);
  put_all (fixture);
  assert_same_picture (fixture);
  ph_log_columns_move (view, PH_LOG_COLUMN_DATA, PH_LOG_COLUMN_NUMBER);
  log_show (fixture);
  assert_same_picture (fixture);
  ph_log_columns_move (view, PH_LOG_COLUMN_LENGTH, PH_LOG_COLUMN_DATA);
  ph_log_columns_show (view, PH_LOG_COLUMN_DIRECTION, FALSE);
  ph_log_columns_set_width (view, PH_LOG_COLUMN_PEER, 1);
  log_show (fixture);
  assert_same_picture (fixture);
  ph_log_columns_show (view, PH_LOG_COLUMN_PEER, FALSE);
  ph_log_columns_show (view, PH_LOG_COLUMN_TIME, FALSE);
  log_show (fixture);
  assert_same_picture (fixture);
}

static void
test_matches_lie_behind_the_same_letters (LogFixture *fixture, gconstpointer data)
{
  const PhSearchQuery query = { .text = "o", .charset = ph_charset_find ("utf-8"), .kinds = PH_SEARCH_ALL };
  g_autoptr (PhFinder) finder = ph_finder_new (fixture->session);

  put_all (fixture);
  ph_log_view_set_finder (fixture->view, finder);
  g_assert_true (ph_finder_set_query (finder, &query, NULL));
  while (ph_finder_is_running (finder))
    g_main_context_iteration (NULL, TRUE);
  for (PhLogMode mode = 0; mode < PH_LOG_N_MODES; mode++)
    {
      g_object_set (fixture->view, "mode", mode, NULL);
      log_show (fixture);
      assert_same_picture (fixture);
    }
  ph_log_view_set_finder (fixture->view, NULL);
}

/* Of a length about the width of the view, with spaces anywhere. */
static char *
random_line (guint most)
{
  guint length = (guint) g_test_rand_int_range (1, (int) most);
  char *text = g_strnfill (length, ' ');

  for (guint i = 0; i < length; i++)
    if (g_test_rand_int_range (0, 6) > 0)
      text[i] = (char) g_test_rand_int_range ('!', 127);

  return text;
}

static void
test_places_and_rows_are_those_of_pango (LogFixture *fixture, gconstpointer data)
{
  guint plain = 0, wrapped = 0;

  g_object_set (fixture->view, "mode", PH_LOG_MODE_COMFORTABLE, "wrap", TRUE, NULL);
  for (guint i = 0; i < MANY; i++)
    {
      g_autofree char *text = random_line (2 * (guint) (gtk_widget_get_width (GTK_WIDGET (fixture->view))
                                                        / fixture->view->metrics.char_width));

      log_put (fixture, PH_RECORD_IN, text);
    }
  log_show (fixture);
  for (guint i = 0; i < MANY; i++)
    {
      g_autoptr (PhLogLine) line = ph_log_source_dup_line (fixture->view->source, i + 2, 1);
      PangoLayout *layout = ph_log_text_layout (fixture->view, line);
      double y;

      wrapped += pango_layout_get_line_count (layout) > 1;
      if (!ph_log_plain_has (fixture->view, line))
        continue;
      plain++;
      g_assert_cmpint (pango_layout_get_line_count (layout), ==, 1);
      for (guint32 n = 0; n <= line->length; n++)
        g_assert_cmpfloat (ph_log_plain_x (fixture->view, n), ==, ph_log_text_place (fixture->view, line, n, &y));
    }
  g_assert_cmpuint (plain, >, MANY / 4);
  g_assert_cmpuint (wrapped, >, MANY / 4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();

  g_test_add ("/log-plain/it_looks_the_same_in_every_form", LogFixture, NULL, log_set_up, test_it_looks_the_same_in_every_form,
              log_tear_down);
  g_test_add ("/log-plain/it_looks_the_same_in_columns_of_any_order", LogFixture, NULL, log_set_up,
              test_it_looks_the_same_in_columns_of_any_order, log_tear_down);
  g_test_add ("/log-plain/matches_lie_behind_the_same_letters", LogFixture, NULL, log_set_up, test_matches_lie_behind_the_same_letters,
              log_tear_down);
  g_test_add ("/log-plain/places_and_rows_are_those_of_pango", LogFixture, NULL, log_set_up, test_places_and_rows_are_those_of_pango,
              log_tear_down);

  return g_test_run ();
}
