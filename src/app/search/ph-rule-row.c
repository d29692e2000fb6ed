/* ph-rule-row.c: edits one highlight rule, and says why it is not valid
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-rule-row.h"

#include "ph-compat.h"
#include "ph-direction.h"

struct _PhRuleRow
{
  GtkBox parent_instance;

  gboolean filling; /* the controls are being set by the program, not by the user */

  /* template */
  GtkCheckButton *on_check;
  GtkEntry *entry;
  GtkDropDown *mode_drop_down;
  GtkToggleButton *case_button;
  GtkToggleButton *whole_button;
  GtkDropDown *hue_drop_down;
  GtkLabel *reason_label;
};

G_DEFINE_FINAL_TYPE (PhRuleRow, ph_rule_row, GTK_TYPE_BOX)

enum
{
  CHANGED,
  MOVE,
  REMOVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- colours ---- */

static void
setup_hue_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *swatch = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_widget_add_css_class (swatch, "swatch");
  gtk_widget_set_valign (swatch, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), swatch);
  gtk_box_append (GTK_BOX (box), gtk_label_new (NULL));
  gtk_list_item_set_child (item, box);
}

static void
bind_hue_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  PhHue hue = (PhHue) gtk_list_item_get_position (item);
  GtkWidget *swatch = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  g_autofree char *name = g_strconcat ("hue-", ph_hue_id (hue), NULL);
  const char *classes[] = { "swatch", name, NULL };

  gtk_widget_set_css_classes (swatch, classes);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_next_sibling (swatch)), ph_hue_name (hue));
}

static void
list_hues (PhRuleRow *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < PH_N_HUES; i++)
    gtk_string_list_append (names, ph_hue_name (i));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_hue_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_hue_cb), NULL);
  gtk_drop_down_set_factory (self->hue_drop_down, factory);
  gtk_drop_down_set_model (self->hue_drop_down, G_LIST_MODEL (names));
  g_object_unref (factory);
}

/* ---- the rule ---- */

static void
show_reason (PhRuleRow *self, const char *reason)
{
  GtkAccessibleInvalidState invalid = reason != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE;

  if (reason != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID, invalid, -1);
  gtk_label_set_label (self->reason_label, reason != NULL ? reason : "");
  gtk_widget_set_visible (GTK_WIDGET (self->reason_label), reason != NULL);
}

/* Checks in UTF-8, which has all characters: each tab may have another encoding. */
static void
check (PhRuleRow *self)
{
  g_autoptr (PhRule) rule = ph_rule_row_dup_rule (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (PhSearch) search = ph_rule_compile (rule, ph_charset_find ("utf-8"), FALSE, &error);

  gtk_widget_set_sensitive (GTK_WIDGET (self->case_button), rule->mode != PH_SEARCH_HEX);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, rule->pattern, -1);
  show_reason (self, search == NULL && error != NULL ? error->message : NULL); /* an empty pattern is no mistake */
}

static void
changed_cb (PhRuleRow *self)
{
  if (self->filling)
    return;
  check (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
fill (PhRuleRow *self, const PhRule *rule)
{
  self->filling = TRUE;
  gtk_check_button_set_active (self->on_check, rule->on);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), rule->pattern);
  gtk_drop_down_set_selected (self->mode_drop_down, rule->mode);
  gtk_toggle_button_set_active (self->case_button, rule->match_case);
  gtk_toggle_button_set_active (self->whole_button, rule->whole);
  gtk_drop_down_set_selected (self->hue_drop_down, rule->hue);
  self->filling = FALSE;
  check (self);
}

/* ---- the object ---- */

static void
move_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit (widget, signals[MOVE], 0, g_str_equal (name, "rule.up") ? -1 : 1);
}

static void
remove_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit (widget, signals[REMOVE], 0);
}

static void
ph_rule_row_class_init (PhRuleRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  signals[CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[MOVE] = g_signal_new ("move", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[REMOVE] = g_signal_new ("remove", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP); /* a screen reader names it by its label */
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/porthole/Porthole/rule-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PhRuleRow, on_check);
  gtk_widget_class_bind_template_child (widget_class, PhRuleRow, entry);
  gtk_widget_class_bind_template_child (widget_class, PhRuleRow, mode_drop_down);
  gtk_widget_class_bind_template_child (widget_class, PhRuleRow, case_button);
  gtk_widget_class_bind_template_child (widget_class, PhRuleRow, whole_button);
  gtk_widget_class_bind_template_child (widget_class, PhRuleRow, hue_drop_down);
  gtk_widget_class_bind_template_child (widget_class, PhRuleRow, reason_label);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_install_action (widget_class, "rule.up", NULL, move_cb);
  gtk_widget_class_install_action (widget_class, "rule.down", NULL, move_cb);
  gtk_widget_class_install_action (widget_class, "rule.remove", NULL, remove_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "rule.up", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "rule.down", NULL);
}

static void
ph_rule_row_init (PhRuleRow *self)
{
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  ph_compat_keep_name (GTK_WIDGET (self->mode_drop_down));
  ph_compat_keep_name (GTK_WIDGET (self->hue_drop_down));
  ph_compat_keep_name (GTK_WIDGET (self->case_button));
  ph_direction_keep_entry (GTK_EDITABLE (self->entry));
  gtk_entry_set_max_length (self->entry, PH_RULE_PATTERN_MAX);
  list_hues (self);
}

/**
 * ph_rule_row_new:
 * @rule: copied
 * @modes: makes the mode drop-downs of all rows equally wide
 * @hues: the same for the colours
 *
 * Returns: (transfer floating): a row that shows @rule
 */
GtkWidget *
ph_rule_row_new (const PhRule *rule, GtkSizeGroup *modes, GtkSizeGroup *hues)
{
  PhRuleRow *self = g_object_new (PH_TYPE_RULE_ROW, NULL);

  gtk_size_group_add_widget (modes, GTK_WIDGET (self->mode_drop_down));
  gtk_size_group_add_widget (hues, GTK_WIDGET (self->hue_drop_down));
  fill (self, rule);

  return GTK_WIDGET (self);
}

/**
 * ph_rule_row_dup_rule:
 *
 * Returns: (transfer full): the rule as edited, whether valid or not
 */
PhRule *
ph_rule_row_dup_rule (PhRuleRow *row)
{
  PhRule *rule;

  g_return_val_if_fail (PH_IS_RULE_ROW (row), NULL);

  rule = ph_rule_new ((PhSearchMode) gtk_drop_down_get_selected (row->mode_drop_down),
                      gtk_editable_get_text (GTK_EDITABLE (row->entry)),
                      (PhHue) gtk_drop_down_get_selected (row->hue_drop_down));
  rule->on = gtk_check_button_get_active (row->on_check);
  rule->match_case = gtk_toggle_button_get_active (row->case_button);
  rule->whole = gtk_toggle_button_get_active (row->whole_button);

  return rule;
}

/**
 * ph_rule_row_set_place:
 * @first: whether it is the first row, so that it cannot move up
 * @last: whether it is the last row
 */
void
ph_rule_row_set_place (PhRuleRow *row, gboolean first, gboolean last)
{
  g_return_if_fail (PH_IS_RULE_ROW (row));

  gtk_widget_action_set_enabled (GTK_WIDGET (row), "rule.up", !first);
  gtk_widget_action_set_enabled (GTK_WIDGET (row), "rule.down", !last);
}

/**
 * ph_rule_row_focus:
 *
 * Moves the focus to the pattern.
 */
void
ph_rule_row_focus (PhRuleRow *row)
{
  g_return_if_fail (PH_IS_RULE_ROW (row));

  gtk_widget_grab_focus (GTK_WIDGET (row->entry));
}
