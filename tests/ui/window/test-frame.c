/* test-frame.c: the parts of a tab have their places at each width, groups fold and are remembered, tools without room are in a menu
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-fit-label.h"
#include "ph-group-column.h"
#include "ph-group.h"
#include "ph-log-tools.h"
#include "ph-page-frame.h"
#include "ph-priority-layout.h"
#include "ph-settings.h"
#include "ph-wrap-layout.h"

#define HEIGHT 400

static GtkWidget *
box_of (int width, int height)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_set_size_request (box, width, height);

  return box;
}

/* "12–324", or "" if it cannot be seen. */
static char *
dup_place (GtkWidget *child, GtkWidget *parent)
{
  graphene_rect_t bounds;

  if (!gtk_widget_get_child_visible (child) || !gtk_widget_compute_bounds (child, parent, &bounds))
    return g_strdup ("");

  return g_strdup_printf ("%.0f–%.0f", bounds.origin.x, bounds.origin.x + bounds.size.width);
}

static void
assert_place (GtkWidget *child, GtkWidget *parent, const char *expected)
{
  g_autofree char *place = dup_place (child, parent);

  g_assert_cmpstr (place, ==, expected);
}

/* ---- the frame ---- */

static const struct
{
  int width;
  gboolean side, drawer;
  const char *side_place, *content_place, *drawer_place;
  GtkTextDirection direction;
} places[] = {
  { 720, FALSE, FALSE, "", "0–720", "", GTK_TEXT_DIR_LTR },
  { 720, TRUE, FALSE, "0–312", "0–720", "", GTK_TEXT_DIR_LTR },
  { 720, FALSE, TRUE, "", "0–720", "360–720", GTK_TEXT_DIR_LTR },
  { 759, TRUE, FALSE, "0–312", "0–759", "", GTK_TEXT_DIR_LTR },
  { 760, TRUE, FALSE, "0–312", "312–760", "", GTK_TEXT_DIR_LTR },
  { 760, FALSE, FALSE, "", "0–760", "", GTK_TEXT_DIR_LTR },
  { 1024, TRUE, FALSE, "0–312", "312–1024", "", GTK_TEXT_DIR_LTR },
  { 1024, TRUE, TRUE, "0–312", "312–1024", "664–1024", GTK_TEXT_DIR_LTR },
  { 1024, FALSE, TRUE, "", "0–664", "664–1024", GTK_TEXT_DIR_LTR },
  { 1280, TRUE, TRUE, "0–312", "312–920", "920–1280", GTK_TEXT_DIR_LTR },
  { 1920, TRUE, TRUE, "0–312", "312–1400", "1400–1920", GTK_TEXT_DIR_LTR },
  { 1280, TRUE, TRUE, "968–1280", "360–968", "0–360", GTK_TEXT_DIR_RTL },
  { 720, TRUE, FALSE, "408–720", "0–720", "", GTK_TEXT_DIR_RTL },
};

static void
test_each_part_has_its_place_at_each_width (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      GtkWidget *side = box_of (312, 100), *content = box_of (440, 100), *drawer = box_of (360, 100);
      GtkWidget *frame = g_object_ref_sink (g_object_new (PH_TYPE_PAGE_FRAME, "side", side, "content", content, "drawer", drawer, NULL));

      gtk_widget_set_direction (frame, places[i].direction);
      gtk_widget_measure (frame, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
      gtk_widget_allocate (frame, places[i].width, HEIGHT, -1, NULL);
      g_object_set (frame, "side-open", places[i].side, "drawer-shown", places[i].drawer, NULL);
      gtk_widget_measure (frame, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
      gtk_widget_allocate (frame, places[i].width, HEIGHT, -1, NULL);
      assert_place (side, frame, places[i].side_place);
      assert_place (content, frame, places[i].content_place);
      assert_place (drawer, frame, places[i].drawer_place);
      g_object_unref (frame);
    }
}

/* What was slid over the log in a narrow window says nothing about a wide one. */
static void
test_a_column_that_is_slid_over_the_log_is_not_remembered (void)
{
  GtkWidget *side = box_of (312, 100), *content = box_of (440, 100);
  GtkWidget *frame = g_object_ref_sink (g_object_new (PH_TYPE_PAGE_FRAME, "side", side, "content", content, NULL));
  gboolean shown;

  g_object_set (frame, "side-shown", FALSE, NULL);
  gtk_widget_measure (frame, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
  gtk_widget_allocate (frame, 720, HEIGHT, -1, NULL);
  g_assert_true (ph_page_frame_is_narrow (PH_PAGE_FRAME (frame)));
  g_object_set (frame, "side-open", TRUE, NULL);
  g_object_get (frame, "side-shown", &shown, NULL);
  g_assert_false (shown);
  gtk_widget_measure (frame, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
  gtk_widget_allocate (frame, 1024, HEIGHT, -1, NULL);
  assert_place (side, frame, "");
  g_object_unref (frame);
}

/* ---- groups ---- */

static GtkWidget *
add_group (GtkWidget *column, const char *name)
{
  GtkWidget *group = g_object_new (PH_TYPE_GROUP, "name", name, "title", name, "summary", "set", "child", box_of (200, 120), NULL);

  gtk_box_append (GTK_BOX (column), group);

  return group;
}

typedef struct
{
  GtkWidget *window, *groups[3];
} Column;

static Column
make_column (int height)
{
  static const char *const names[] = { "network", "receiving", "sending" };
  GtkWidget *column = g_object_new (PH_TYPE_GROUP_COLUMN, "orientation", GTK_ORIENTATION_VERTICAL, NULL);
  GtkWidget *port = gtk_scrolled_window_new ();
  Column made = { .window = gtk_window_new () };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    made.groups[i] = add_group (column, names[i]);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (port), column);
  gtk_window_set_titlebar (GTK_WINDOW (made.window), gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  gtk_window_set_child (GTK_WINDOW (made.window), port);
  gtk_window_set_default_size (GTK_WINDOW (made.window), 300, height);
  gtk_window_present (GTK_WINDOW (made.window));

  return made;
}

/* "folded" is told by a letter: network, receiving, sending. */
static void
wait_for_folded (const Column *column, const char *expected)
{
  for (;;)
    {
      char folded[] = "nrs";

      for (guint i = 0; i < G_N_ELEMENTS (column->groups); i++)
        {
          gboolean is;

          g_object_get (column->groups[i], "folded", &is, NULL);
          folded[i] = is ? folded[i] : '-';
        }
      if (g_str_equal (folded, expected))
        return;
      g_main_context_iteration (NULL, TRUE);
    }
}

static void
click_title (GtkWidget *group)
{
  gpointer button = gtk_widget_get_template_child (group, PH_TYPE_GROUP, "title_button");

  g_signal_emit_by_name (button, "clicked");
}

static void
test_groups_without_room_fold_until_the_user_says_otherwise (void)
{
  Column low = make_column (320), high;

  wait_for_folded (&low, "-rs");
  click_title (low.groups[2]);
  wait_for_folded (&low, "-r-");
  gtk_window_destroy (GTK_WINDOW (low.window));

  high = make_column (700);
  wait_for_folded (&high, "---");
  click_title (high.groups[0]);
  wait_for_folded (&high, "n--");
  low = make_column (700);
  wait_for_folded (&low, "n--");
  gtk_window_destroy (GTK_WINDOW (low.window));
  gtk_window_destroy (GTK_WINDOW (high.window));
  g_settings_reset (ph_settings_get (), "folded-groups");
}

static void
test_a_folded_group_says_what_is_set (void)
{
  GtkWidget *child = box_of (200, 120);
  GtkWidget *group = g_object_ref_sink (g_object_new (PH_TYPE_GROUP, "title", "Receiving", "summary", "Text · GBK", "child", child, NULL));
  GtkWidget *summary = GTK_WIDGET (gtk_widget_get_template_child (group, PH_TYPE_GROUP, "summary_label"));
  int open, folded;

  ph_group_get_heights (PH_GROUP (group), 300, &open, &folded);
  g_assert_cmpint (open - folded, ==, 120);
  g_assert_false (gtk_widget_get_visible (summary));
  g_object_set (group, "folded", TRUE, NULL);
  g_assert_true (gtk_widget_get_visible (summary));
  g_assert_false (gtk_widget_get_child_visible (child));
  g_object_set (group, "keeps-child", TRUE, NULL);
  g_assert_true (gtk_widget_get_child_visible (child));
  g_object_unref (group);
}

/* ---- tools ---- */

static GtkWidget *
tool (GtkWidget *tools, const char *name)
{
  return GTK_WIDGET (gtk_widget_get_template_child (tools, PH_TYPE_LOG_TOOLS, name));
}

static guint
count_hidden (GtkWidget *tools)
{
  guint n = 0;

  for (GtkWidget *at = gtk_widget_get_first_child (tools); at != NULL; at = gtk_widget_get_next_sibling (at))
    n += !gtk_widget_get_child_visible (at);

  return n;
}

static void
test_tools_without_room_leave_the_row_and_the_menu_stays (void)
{
  static const int widths[] = { 1920, 956, 700, 448, 330 };
  GtkWidget *tools = g_object_ref_sink (g_object_new (PH_TYPE_LOG_TOOLS, "visible", TRUE, NULL));
  guint hidden = 0;
  int least;

  gtk_widget_measure (tools, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  g_assert_cmpint (least, <=, 330);
  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      gtk_widget_allocate (tools, widths[i], 34, -1, NULL);
      g_assert_cmpuint (count_hidden (tools), >=, hidden);
      hidden = count_hidden (tools);
      g_assert_true (gtk_widget_get_child_visible (tool (tools, "more_button")));
      g_assert_true (gtk_widget_get_child_visible (tool (tools, "forms")));
      g_assert_true (hidden == 0 || widths[i] < 900);
    }
  g_assert_cmpuint (hidden, >, 0);
  gtk_widget_allocate (tools, 1920, 34, -1, NULL);
  g_assert_cmpuint (count_hidden (tools), ==, 0);
  g_object_unref (tools);
}

/* ---- layouts ---- */

static GtkWidget *
make_row (GType layout, const int *widths, guint n)
{
  GtkWidget *row = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));

  gtk_widget_set_layout_manager (row, g_object_new (layout, "spacing", 6, NULL));
  for (guint i = 0; i < n; i++)
    gtk_box_append (GTK_BOX (row), box_of (widths[i], 20));

  return row;
}

static void
test_what_has_no_room_in_a_row_begins_the_next (void)
{
  static const int widths[] = { 100, 50, 60 };
  GtkWidget *row = make_row (PH_TYPE_WRAP_LAYOUT, widths, G_N_ELEMENTS (widths));
  GtkWidget *first = gtk_widget_get_first_child (row), *last = gtk_widget_get_last_child (row);
  graphene_rect_t bounds;
  int least, height;

  gtk_widget_set_hexpand (first, TRUE);
  gtk_widget_measure (row, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  g_assert_cmpint (least, ==, 100);
  gtk_widget_measure (row, GTK_ORIENTATION_VERTICAL, 222, &height, NULL, NULL, NULL);
  g_assert_cmpint (height, ==, 20);
  gtk_widget_measure (row, GTK_ORIENTATION_VERTICAL, 221, &height, NULL, NULL, NULL);
  g_assert_cmpint (height, ==, 46);
  gtk_widget_allocate (row, 300, 20, -1, NULL);
  assert_place (first, row, "0–178");
  assert_place (last, row, "240–300");
  gtk_widget_allocate (row, 200, 46, -1, NULL);
  assert_place (first, row, "0–144");
  assert_place (last, row, "0–60");
  g_assert_true (gtk_widget_compute_bounds (last, row, &bounds));
  g_assert_cmpfloat (bounds.origin.y, ==, 26);
  g_object_unref (row);
}

static void
measure_and_allocate (GtkWidget *row, int width)
{
  gtk_widget_measure (row, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
  gtk_widget_allocate (row, width, 20, -1, NULL);
}

static void
test_a_part_that_gets_shorter_leaves_its_neighbour_where_it_is (void)
{
  static const int widths[] = { 100, 50 };
  GtkWidget *row = make_row (PH_TYPE_PRIORITY_LAYOUT, widths, G_N_ELEMENTS (widths));
  GtkWidget *first = gtk_widget_get_first_child (row), *last = gtk_widget_get_last_child (row);
  GtkLayoutManager *manager = gtk_widget_get_layout_manager (row);

  g_object_set (gtk_layout_manager_get_layout_child (manager, first), "keep", TRUE, NULL);
  measure_and_allocate (row, 300);
  assert_place (last, row, "106–156");
  gtk_widget_set_size_request (first, 40, 20);
  measure_and_allocate (row, 300);
  assert_place (last, row, "106–156");
  measure_and_allocate (row, 120); /* no room to keep */
  assert_place (last, row, "46–96");
  measure_and_allocate (row, 300);
  assert_place (last, row, "106–156");
  ph_priority_layout_forget (row);
  measure_and_allocate (row, 300);
  assert_place (last, row, "46–96");
  g_object_unref (row);
}

static void
set_child (GtkWidget *child, const char *property, guint value)
{
  GtkLayoutManager *manager = gtk_widget_get_layout_manager (gtk_widget_get_parent (child));

  g_object_set (gtk_layout_manager_get_layout_child (manager, child), property, value, NULL);
}

static void
test_rows_stand_in_the_middle_where_they_are_centered (void)
{
  static const int widths[] = { 100, 50 };
  GtkWidget *row = make_row (PH_TYPE_WRAP_LAYOUT, widths, G_N_ELEMENTS (widths));
  GtkWidget *first = gtk_widget_get_first_child (row), *last = gtk_widget_get_last_child (row);

  g_object_set (gtk_widget_get_layout_manager (row), "centered", TRUE, NULL);
  gtk_widget_allocate (row, 200, 20, -1, NULL);
  assert_place (first, row, "22–122");
  assert_place (last, row, "128–178");
  gtk_widget_allocate (row, 150, 46, -1, NULL);
  assert_place (first, row, "25–125");
  assert_place (last, row, "50–100");
  g_object_unref (row);
}

static GtkWidget *
label_of (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);

  return label;
}

static int
width_of (GtkWidget *child)
{
  return gtk_widget_get_width (child);
}

static void
test_parts_of_a_rank_shrink_alike_and_empty_room_goes_before (void)
{
  static const int widths[] = { 100 };
  GtkWidget *row = make_row (PH_TYPE_PRIORITY_LAYOUT, widths, G_N_ELEMENTS (widths));
  GtkWidget *roomy = gtk_widget_get_first_child (row), *one = label_of ("received: much of it"), *two = label_of ("received: much of it");
  int natural;

  gtk_box_append (GTK_BOX (row), one);
  gtk_box_append (GTK_BOX (row), two);
  set_child (roomy, "room", 160);
  set_child (roomy, "tighten", 1);
  set_child (one, "shrink", 2);
  set_child (two, "shrink", 2);
  gtk_widget_measure (one, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);

  measure_and_allocate (row, 172 + 2 * natural);
  assert_place (roomy, row, "0–160");
  measure_and_allocate (row, 152 + 2 * natural);
  assert_place (roomy, row, "0–140");
  g_assert_cmpint (width_of (one), ==, natural);
  measure_and_allocate (row, 92 + 2 * natural);
  assert_place (roomy, row, "0–100");
  g_assert_cmpint (width_of (one), ==, natural - 10);
  g_assert_cmpint (width_of (two), ==, natural - 10);
  g_object_unref (row);
}

static void
test_a_part_that_wraps_makes_its_row_higher (void)
{
  static const int widths[] = { 100 };
  GtkWidget *row = make_row (PH_TYPE_PRIORITY_LAYOUT, widths, G_N_ELEMENTS (widths));
  GtkWidget *words = gtk_label_new ("words that need a row or else two of them");
  int natural, height, higher;

  gtk_label_set_wrap (GTK_LABEL (words), TRUE);
  gtk_box_append (GTK_BOX (row), words);
  set_child (words, "shrink", 1);
  gtk_widget_measure (words, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  gtk_widget_measure (row, GTK_ORIENTATION_VERTICAL, 106 + natural, &height, NULL, NULL, NULL);
  gtk_widget_measure (row, GTK_ORIENTATION_VERTICAL, 96 + natural, &higher, NULL, NULL, NULL);
  g_assert_cmpint (higher, >, height);
  g_object_unref (row);
}

static void
test_a_label_says_as_much_as_has_room (void)
{
  PhFitLabel *label = g_object_ref_sink (g_object_new (PH_TYPE_FIT_LABEL, NULL));
  GtkWidget *widget = GTK_WIDGET (label);
  int least, most;

  ph_fit_label_set_texts (label, (const char *const[]) { "12 bytes · 3 packets", "12 bytes", "12 B", NULL });
  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &least, &most, NULL, NULL);
  g_assert_cmpint (least, <, most);
  gtk_widget_allocate (widget, most, 20, -1, NULL);
  g_assert_cmpstr (ph_fit_label_get_shown (label), ==, "12 bytes · 3 packets");
  gtk_widget_allocate (widget, most - 1, 20, -1, NULL);
  g_assert_cmpstr (ph_fit_label_get_shown (label), ==, "12 bytes");
  gtk_widget_allocate (widget, least, 20, -1, NULL);
  g_assert_cmpstr (ph_fit_label_get_shown (label), ==, "12 B");
  ph_fit_label_set_texts (label, (const char *const[]) { "13 bytes · 4 packets", "13 bytes", "13 B", NULL });
  g_assert_cmpstr (ph_fit_label_get_shown (label), ==, "13 B");
  g_object_unref (label);
}

static void
count_cb (GdkFrameClock *clock, guint *count)
{
  ++*count;
}

/* Of the frames after @text is set: how many laid out the window. */
static guint
layouts_for (GtkWidget *window, PhFitLabel *label, const char *text)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);
  guint laid_out = 0, painted = 0;
  gulong layout = g_signal_connect (clock, "layout", G_CALLBACK (count_cb), &laid_out);
  gulong paint = g_signal_connect (clock, "after-paint", G_CALLBACK (count_cb), &painted);

  ph_fit_label_set_text (label, text);
  while (painted == 0)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (clock, layout);
  g_signal_handler_disconnect (clock, paint);
  g_assert_cmpstr (ph_fit_label_get_shown (label), ==, text);

  return laid_out;
}

static void
test_only_a_text_that_needs_other_room_lays_out_the_window (void)
{
  GtkWidget *window = gtk_window_new ();
  PhFitLabel *label = g_object_new (PH_TYPE_FIT_LABEL, NULL);

  gtk_widget_add_css_class (GTK_WIDGET (label), "numeric");
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (label));
  ph_fit_label_set_text (label, "1,000 packets");
  gtk_window_present (GTK_WINDOW (window));
  while (gtk_widget_get_width (GTK_WIDGET (label)) == 0)
    g_main_context_iteration (NULL, TRUE);
  while (layouts_for (window, label, "1,001 packets") > 0) /* until the window has settled */
    layouts_for (window, label, "1,000 packets");
  g_assert_cmpuint (layouts_for (window, label, "9,999 packets"), ==, 0);
  g_assert_cmpuint (layouts_for (window, label, "10,000 packets"), >, 0);
  g_assert_cmpuint (layouts_for (window, label, "9,999 packets"), ==, 0);
  g_assert_cmpuint (layouts_for (window, label, "0"), >, 0);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();

  g_test_add_func ("/frame/each-part-has-its-place-at-each-width", test_each_part_has_its_place_at_each_width);
  g_test_add_func ("/frame/a-column-that-is-slid-over-the-log-is-not-remembered",
                   test_a_column_that_is_slid_over_the_log_is_not_remembered);
  g_test_add_func ("/groups/without-room-fold-until-the-user-says-otherwise",
                   test_groups_without_room_fold_until_the_user_says_otherwise);
  g_test_add_func ("/groups/a-folded-one-says-what-is-set", test_a_folded_group_says_what_is_set);
  g_test_add_func ("/tools/without-room-leave-the-row-and-the-menu-stays",
                   test_tools_without_room_leave_the_row_and_the_menu_stays);
  g_test_add_func ("/layouts/what-has-no-room-in-a-row-begins-the-next", test_what_has_no_room_in_a_row_begins_the_next);
  g_test_add_func ("/layouts/a-part-that-gets-shorter-leaves-its-neighbour-where-it-is",
                   test_a_part_that_gets_shorter_leaves_its_neighbour_where_it_is);
  g_test_add_func ("/layouts/rows-stand-in-the-middle-where-they-are-centered", test_rows_stand_in_the_middle_where_they_are_centered);
  g_test_add_func ("/layouts/parts-of-a-rank-shrink-alike-and-empty-room-goes-before",
                   test_parts_of_a_rank_shrink_alike_and_empty_room_goes_before);
  g_test_add_func ("/layouts/a-part-that-wraps-makes-its-row-higher", test_a_part_that_wraps_makes_its_row_higher);
  g_test_add_func ("/layouts/a-label-says-as-much-as-has-room", test_a_label_says_as_much_as_has_room);
  g_test_add_func ("/layouts/only-a-text-that-needs-other-room-lays-out-the-window",
                   test_only_a_text_that_needs_other_room_lays_out_the_window);

  return g_test_run ();
}
