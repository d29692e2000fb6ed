/* test-number-field.c: a number field takes a number, or keeps the one it has and says why
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-network-panel.h"
#include "ph-number-field.h"
#include "ph-preferences.h"
#include "ph-settings.h"

typedef struct
{
  GtkWindow *window;
  PhNumberField *field;
  GtkWidget *other; /* what can have the focus instead */
} Fixture;

static void
run_main_loop_dry (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static GtkEditable *
entry_of (gpointer field)
{
  return GTK_EDITABLE (gtk_widget_get_template_child (GTK_WIDGET (field), PH_TYPE_NUMBER_FIELD, "spin"));
}

static void
fixture_set_up (Fixture *fixture, gconstpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  fixture->window = GTK_WINDOW (gtk_window_new ());
  fixture->field = g_object_new (PH_TYPE_NUMBER_FIELD, "lower", 1.0, "upper", 9000.0, "value", 1000.0, NULL);
  fixture->other = gtk_button_new ();
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (fixture->field));
  gtk_box_append (GTK_BOX (box), fixture->other);
  gtk_window_set_child (fixture->window, box);
  gtk_window_present (fixture->window);
  gtk_widget_grab_focus (GTK_WIDGET (entry_of (fixture->field)));
}

static void
fixture_tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (fixture->window);
  run_main_loop_dry ();
}

static GtkWidget *
reason_of (PhNumberField *field)
{
  GtkWidget *last = gtk_widget_get_last_child (GTK_WIDGET (field));

  return GTK_IS_LABEL (last) && gtk_widget_get_visible (last) ? last : NULL;
}

/* Types instead of what is there; nothing is entered yet. */
static void
type_text (PhNumberField *field, const char *text)
{
  gtk_editable_set_text (entry_of (field), text);
}

static const struct
{
  const char *typed;
  double value;
  const char *reason; /* NULL if it is taken */
} typed[] = {
  { "35", 35, NULL },
  { " 9000 ", 9000, NULL },
  { "３５", 35, NULL },
  { "abc", 1000, "“abc” is not a whole number from 1 to 9,000: it stays 1,000" },
  { "0.5", 1000, "“0.5” is not a whole number from 1 to 9,000: it stays 1,000" },
  { "", 1000, "A number from 1 to 9,000 is needed: it stays 1,000" },
  { "0", 1000, "“0” is not a whole number from 1 to 9,000: it stays 1,000" },
  { "9001", 1000, "“9001” is not a whole number from 1 to 9,000: it stays 1,000" },
  { "-5", 1000, "“-5” is not a whole number from 1 to 9,000: it stays 1,000" },
  { "1e3", 1000, "“1e3” is not a whole number from 1 to 9,000: it stays 1,000" },
  { "99999999999999999999", 1000, "“99999999999999999999” is not a whole number from 1 to 9,000: it stays 1,000" },
};

static void
assert_taken_or_refused (PhNumberField *field, guint i)
{
  g_autofree char *shown = g_strdup_printf ("%.0f", typed[i].value);

  g_assert_cmpfloat (ph_number_field_get_value (field), ==, typed[i].value);
  g_assert_cmpstr (gtk_editable_get_text (entry_of (field)), ==, shown);
  g_assert_cmpint (gtk_widget_has_css_class (GTK_WIDGET (entry_of (field)), "error"), ==, typed[i].reason != NULL);
  if (typed[i].reason == NULL)
    g_assert_null (reason_of (field));
  else
    g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (reason_of (field))), ==, typed[i].reason);
}

static void
test_commit (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      ph_number_field_set_value (fixture->field, 1000);
      type_text (fixture->field, typed[i].typed);
      g_assert_cmpfloat (ph_number_field_get_value (fixture->field), ==, 1000);
      g_assert_cmpint (ph_number_field_commit (fixture->field), ==, typed[i].reason == NULL);
      assert_taken_or_refused (fixture->field, i);
      g_assert_true (ph_number_field_commit (fixture->field)); /* the field shows what is in force */
      g_assert_null (reason_of (fixture->field));
    }
}

static void
test_leave (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      ph_number_field_set_value (fixture->field, 1000);
      gtk_widget_grab_focus (GTK_WIDGET (entry_of (fixture->field)));
      type_text (fixture->field, typed[i].typed);
      gtk_widget_grab_focus (fixture->other);
      assert_taken_or_refused (fixture->field, i);
    }
}

static void
count_cb (gpointer object, guint *count)
{
  ++*count;
}

static void
test_enter (Fixture *fixture, gconstpointer data)
{
  guint count = 0, expected = 0;

  g_signal_connect (fixture->field, "activated", G_CALLBACK (count_cb), &count);
  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      ph_number_field_set_value (fixture->field, 1000);
      type_text (fixture->field, typed[i].typed);
      g_signal_emit_by_name (gtk_editable_get_delegate (entry_of (fixture->field)), "activate");
      assert_taken_or_refused (fixture->field, i);
      expected += typed[i].reason == NULL;
      g_assert_cmpuint (count, ==, expected);
    }
}

static void
test_the_reason_goes_when_one_types_again (Fixture *fixture, gconstpointer data)
{
  type_text (fixture->field, "abc");
  g_assert_false (ph_number_field_commit (fixture->field));
  g_assert_nonnull (reason_of (fixture->field));
  type_text (fixture->field, "10005");
  g_assert_null (reason_of (fixture->field));
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (entry_of (fixture->field)), "error"));
}

/* Assistive technology and scripts write into a field that has no focus, and press no key. */
static void
test_what_is_written_without_the_focus_counts_at_once (Fixture *fixture, gconstpointer data)
{
  gtk_widget_grab_focus (fixture->other);
  type_text (fixture->field, "77");
  run_main_loop_dry ();
  g_assert_cmpfloat (ph_number_field_get_value (fixture->field), ==, 77);
  type_text (fixture->field, "x");
  run_main_loop_dry ();
  g_assert_cmpfloat (ph_number_field_get_value (fixture->field), ==, 77);
  g_assert_nonnull (reason_of (fixture->field));
}

static void
test_the_lowest_number_may_have_a_text (Fixture *fixture, gconstpointer data)
{
  g_object_set (fixture->field, "lower", 0.0, "lowest-text", "∞", NULL);
  g_assert_cmpstr (gtk_editable_get_text (entry_of (fixture->field)), ==, "1000");
  for (guint i = 0; i < 3; i++)
    {
      ph_number_field_set_value (fixture->field, 5);
      type_text (fixture->field, ((const char *const[]) { "∞", "", "0" })[i]);
      g_assert_true (ph_number_field_commit (fixture->field));
      g_assert_cmpfloat (ph_number_field_get_value (fixture->field), ==, 0);
      g_assert_cmpstr (gtk_editable_get_text (entry_of (fixture->field)), ==, "∞");
    }
}

static void
test_bound (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GtkAdjustment) other = g_object_ref_sink (gtk_adjustment_new (3, 0, 100000, 1, 1, 0));

  g_object_bind_property (other, "value", fixture->field, "value", G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  g_assert_cmpstr (gtk_editable_get_text (entry_of (fixture->field)), ==, "3");
  type_text (fixture->field, "4");
  g_assert_cmpfloat (gtk_adjustment_get_value (other), ==, 3);
  ph_number_field_commit (fixture->field);
  g_assert_cmpfloat (gtk_adjustment_get_value (other), ==, 4);
  type_text (fixture->field, "44");
  gtk_adjustment_set_value (other, 5);
  g_assert_cmpstr (gtk_editable_get_text (entry_of (fixture->field)), ==, "5");
}

/* ---- where there are such fields ---- */

static PhNumberField *
find_field (GtkWidget *widget, guint *skip)
{
  if (PH_IS_NUMBER_FIELD (widget) && (*skip)-- == 0)
    return PH_NUMBER_FIELD (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      PhNumberField *found = find_field (child, skip);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
assert_no_other_number_is_asked_for (GtkWidget *widget)
{
  g_assert_true (!GTK_IS_SPIN_BUTTON (widget) || PH_IS_NUMBER_FIELD (gtk_widget_get_parent (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    assert_no_other_number_is_asked_for (child);
}

/* Opening by a key while the field has the focus. */
static void
test_what_is_typed_into_an_option_is_opened_or_refused (void)
{
  PhNetworkPanel *panel = g_object_ref_sink (g_object_new (PH_TYPE_NETWORK_PANEL, "transport", "tcp-server", NULL));
  GtkExpander *more = GTK_EXPANDER (gtk_widget_get_template_child (GTK_WIDGET (panel), PH_TYPE_NETWORK_PANEL, "more_expander"));

  assert_no_other_number_is_asked_for (GTK_WIDGET (panel));
  gtk_expander_set_expanded (more, TRUE);
  for (guint i = 0;; i++)
    {
      guint skip = i;
      PhNumberField *field = find_field (GTK_WIDGET (panel), &skip);
      g_autoptr (PhEndpoint) endpoint = NULL;

      if (field == NULL)
        {
          g_assert_cmpuint (i, >, 1);
          break;
        }
      type_text (field, "0.5");
      gtk_expander_set_expanded (more, FALSE);
      g_assert_null (ph_network_panel_dup_endpoint (panel));
      g_assert_true (gtk_expander_get_expanded (more));
      type_text (field, "7");
      endpoint = ph_network_panel_dup_endpoint (panel);
      g_assert_nonnull (endpoint);
      g_assert_cmpfloat (ph_number_field_get_value (field), ==, 7);
    }
  g_object_unref (panel);
}

static void
test_what_is_typed_into_the_preferences_counts_when_they_are_closed (void)
{
  GtkWindow *window = ph_preferences_new (NULL);
  PhNumberField *field =
    PH_NUMBER_FIELD (gtk_widget_get_template_child (GTK_WIDGET (window), PH_TYPE_PREFERENCES, "memory_limit_field"));

  assert_no_other_number_is_asked_for (GTK_WIDGET (window));
  gtk_window_present (window);
  gtk_widget_grab_focus (GTK_WIDGET (entry_of (field)));
  type_text (field, "128");
  gtk_window_close (window);
  run_main_loop_dry ();
  g_assert_cmpuint (g_settings_get_uint (ph_settings_get (), "memory-limit"), ==, 128);
}

static void
add (const char *name, void (*test) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/number/", name, NULL);

  g_test_add (path, Fixture, NULL, fixture_set_up, test, fixture_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();

  add ("commit", test_commit);
  add ("leave", test_leave);
  add ("enter", test_enter);
  add ("the-reason-goes-when-one-types-again", test_the_reason_goes_when_one_types_again);
  add ("what-is-written-without-the-focus-counts-at-once", test_what_is_written_without_the_focus_counts_at_once);
  add ("the-lowest-may-have-a-text", test_the_lowest_number_may_have_a_text);
  add ("bound", test_bound);
  g_test_add_func ("/number/what-is-typed-into-an-option-is-opened-or-refused",
                   test_what_is_typed_into_an_option_is_opened_or_refused);
  g_test_add_func ("/number/what-is-typed-into-the-preferences-counts-when-they-are-closed",
                   test_what_is_typed_into_the_preferences_counts_when_they_are_closed);

  return g_test_run ();
}
