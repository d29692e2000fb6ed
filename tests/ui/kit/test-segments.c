/* test-segments.c: a group of segments is one tab stop, and arrow keys choose in it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-segments.h"

static const char *const names[] = { "a", "b", "c" };

typedef struct
{
  GtkWidget *window;
  GtkWidget *before, *behind;
  GtkWidget *segments;
  GtkWidget *buttons[G_N_ELEMENTS (names)];
} Group;

static void
group_init (Group *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->window = gtk_window_new ();
  self->before = gtk_button_new_with_label ("before");
  self->behind = gtk_button_new_with_label ("behind");
  self->segments = g_object_new (PH_TYPE_SEGMENTS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      self->buttons[i] = gtk_toggle_button_new_with_label (names[i]);
      gtk_box_append (GTK_BOX (self->segments), self->buttons[i]);
      if (i > 0)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (self->buttons[i]), GTK_TOGGLE_BUTTON (self->buttons[0]));
    }
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->buttons[1]), TRUE);
  gtk_box_append (GTK_BOX (box), self->before);
  gtk_box_append (GTK_BOX (box), self->segments);
  gtk_box_append (GTK_BOX (box), self->behind);
  gtk_window_set_child (GTK_WINDOW (self->window), box);
  gtk_window_present (GTK_WINDOW (self->window));
  while (gtk_widget_get_width (box) == 0) /* newer GTK goes by the places */
    g_main_context_iteration (NULL, TRUE);
  gtk_widget_grab_focus (self->before);
}

static void
group_clear (Group *self)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
}

static void
assert_moves_to (Group *self, GtkDirectionType direction, GtkWidget *expected)
{
  gtk_widget_child_focus (self->window, direction);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (self->window)) == expected);
}

static gboolean
is_active (const Group *self, guint button)
{
  return gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->buttons[button]));
}

static void
test_a_group_is_one_tab_stop (void)
{
  Group group;

  group_init (&group);
  assert_moves_to (&group, GTK_DIR_TAB_FORWARD, group.buttons[1]);
  assert_moves_to (&group, GTK_DIR_TAB_FORWARD, group.behind);
  assert_moves_to (&group, GTK_DIR_TAB_BACKWARD, group.buttons[1]);
  assert_moves_to (&group, GTK_DIR_TAB_BACKWARD, group.before);
  group_clear (&group);
}

static void
test_arrows_choose_and_go_round (void)
{
  Group group;

  group_init (&group);
  gtk_widget_grab_focus (group.segments);
  assert_moves_to (&group, GTK_DIR_RIGHT, group.buttons[2]);
  g_assert_true (is_active (&group, 2));
  g_assert_false (is_active (&group, 1));
  assert_moves_to (&group, GTK_DIR_RIGHT, group.buttons[0]);
  assert_moves_to (&group, GTK_DIR_LEFT, group.buttons[2]);
  gtk_widget_set_sensitive (group.buttons[1], FALSE);
  assert_moves_to (&group, GTK_DIR_UP, group.buttons[0]);
  assert_moves_to (&group, GTK_DIR_DOWN, group.buttons[2]);
  gtk_widget_set_direction (group.segments, GTK_TEXT_DIR_RTL);
  assert_moves_to (&group, GTK_DIR_RIGHT, group.buttons[0]);
  g_assert_true (is_active (&group, 0));
  group_clear (&group);
}

/* Where an action says what is chosen, as for the forms of the log. */
static void
test_segments_of_an_action_choose_by_it (void)
{
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) form =
    g_simple_action_new_stateful ("form", G_VARIANT_TYPE_STRING, g_variant_new_string ("b"));
  g_autoptr (GVariant) state = NULL;
  Group group;

  group_init (&group);
  g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (form));
  gtk_widget_insert_action_group (group.window, "test", G_ACTION_GROUP (actions));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (group.buttons[i]), NULL);
      gtk_actionable_set_action_target (GTK_ACTIONABLE (group.buttons[i]), "s", names[i]);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (group.buttons[i]), "test.form");
    }
  gtk_widget_grab_focus (group.segments);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (group.window)) == group.buttons[1]);
  assert_moves_to (&group, GTK_DIR_RIGHT, group.buttons[2]);
  state = g_action_get_state (G_ACTION (form));
  g_assert_cmpstr (g_variant_get_string (state, NULL), ==, "c");
  group_clear (&group);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();

  g_test_add_func ("/segments/a-group-is-one-tab-stop", test_a_group_is_one_tab_stop);
  g_test_add_func ("/segments/arrows-choose-and-go-round", test_arrows_choose_and_go_round);
  g_test_add_func ("/segments/those-of-an-action-choose-by-it", test_segments_of_an_action_choose_by_it);

  return g_test_run ();
}
