/* ph-rule-window.c: the window with the highlight rules; a change takes effect at once, in every tab
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-rule-window.h"

#include "ph-format.h"
#include "ph-rule-row.h"
#include "ph-rule-store.h"
#include "ph-settings.h"

#include <glib/gi18n.h>

struct _PhRuleWindow
{
  GtkWindow parent_instance;

  /* template */
  GtkBox *rows;
  GtkWidget *empty_label;
  GtkLabel *hint_label;
  GtkSizeGroup *modes;
  GtkSizeGroup *hues;
};

G_DEFINE_FINAL_TYPE (PhRuleWindow, ph_rule_window, GTK_TYPE_WINDOW)

/* ---- the rules of all rows ---- */

static GPtrArray *
dup_rules (PhRuleWindow *self)
{
  GPtrArray *rules = ph_rules_new ();

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->rows)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    g_ptr_array_add (rules, ph_rule_row_dup_rule (PH_RULE_ROW (row)));

  return rules;
}

static void
save (PhRuleWindow *self)
{
  g_autoptr (GPtrArray) rules = dup_rules (self);

  ph_rule_store_set (rules);
}

static void
update (PhRuleWindow *self)
{
  GtkWidget *first = gtk_widget_get_first_child (GTK_WIDGET (self->rows)), *next;
  g_autofree char *most = ph_format_dup_grouped (PH_RULES_MAX);
  g_autofree char *full = g_strdup_printf (ngettext ("No more than %s rule is possible.", "No more than %s rules are possible.",
                                                     PH_RULES_MAX), most);
  guint n = 0;

  for (GtkWidget *row = first; row != NULL; row = next, n++)
    {
      next = gtk_widget_get_next_sibling (row);
      ph_rule_row_set_place (PH_RULE_ROW (row), row == first, next == NULL);
    }
  gtk_widget_set_visible (self->empty_label, n == 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "rules.add", n < PH_RULES_MAX);
  gtk_label_set_label (self->hint_label,
                       n >= PH_RULES_MAX ? full : n > 1 ? _("Where rules overlap, the upper one counts.") : "");
}

/* ---- rows ---- */

static void
move_cb (PhRuleWindow *self, int by, GtkWidget *row)
{
  GtkWidget *before = gtk_widget_get_prev_sibling (row), *after = gtk_widget_get_next_sibling (row);

  if (by < 0 && before != NULL)
    gtk_box_reorder_child_after (self->rows, row, gtk_widget_get_prev_sibling (before));
  if (by > 0 && after != NULL)
    gtk_box_reorder_child_after (self->rows, row, after);
  update (self);
  save (self);
}

static void
remove_cb (PhRuleWindow *self, GtkWidget *row)
{
  GtkWidget *next = gtk_widget_get_next_sibling (row);

  if (next == NULL)
    next = gtk_widget_get_prev_sibling (row);
  gtk_box_remove (self->rows, row);
  if (next != NULL)
    ph_rule_row_focus (PH_RULE_ROW (next));
  update (self);
  save (self);
}

static GtkWidget *
append_row (PhRuleWindow *self, const PhRule *rule)
{
  GtkWidget *row = ph_rule_row_new (rule, self->modes, self->hues);

  g_signal_connect_object (row, "changed", G_CALLBACK (save), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "move", G_CALLBACK (move_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "remove", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->rows, row);

  return row;
}

/* Called for every change of the setting. It rebuilds the rows only from the first that differs: a change that was made here is
 * shown already, and its row must keep the focus. */
static void
show_rules (PhRuleWindow *self)
{
  g_autoptr (GPtrArray) rules = ph_rule_store_dup (), shown = dup_rules (self);
  guint same = ph_rules_n_same (rules, shown);

  if (same == rules->len && same == shown->len)
    return;
  for (guint i = same; i < shown->len; i++)
    gtk_box_remove (self->rows, gtk_widget_get_last_child (GTK_WIDGET (self->rows)));
  for (guint i = same; i < rules->len; i++)
    append_row (self, g_ptr_array_index (rules, i));
  update (self);
}

static void
add_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PhRuleWindow *self = PH_RULE_WINDOW (widget);
  g_autoptr (GPtrArray) rules = dup_rules (self);
  GtkWidget *row;

  if (!ph_rules_add (rules, PH_SEARCH_TEXT, ""))
    return;
  row = append_row (self, g_ptr_array_index (rules, rules->len - 1));
  update (self);
  ph_rule_row_focus (PH_RULE_ROW (row));
  save (self);
}

/* ---- the object ---- */

static void
ph_rule_window_class_init (PhRuleWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/porthole/Porthole/rule-window.ui");
  gtk_widget_class_bind_template_child (widget_class, PhRuleWindow, rows);
  gtk_widget_class_bind_template_child (widget_class, PhRuleWindow, empty_label);
  gtk_widget_class_bind_template_child (widget_class, PhRuleWindow, hint_label);
  gtk_widget_class_bind_template_child (widget_class, PhRuleWindow, modes);
  gtk_widget_class_bind_template_child (widget_class, PhRuleWindow, hues);
  gtk_widget_class_install_action (widget_class, "rules.add", NULL, add_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
ph_rule_window_init (PhRuleWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (ph_settings_get (), "changed::" PH_RULE_STORE_KEY, G_CALLBACK (show_rules), self,
                           G_CONNECT_SWAPPED);
  show_rules (self);
  update (self);
}

/**
 * ph_rule_window_new:
 * @parent: (nullable)
 *
 * Returns: (transfer none): a window that is not shown yet; GTK owns it until it is closed
 */
GtkWindow *
ph_rule_window_new (GtkWindow *parent)
{
  return g_object_new (PH_TYPE_RULE_WINDOW, "transient-for", parent, NULL);
}

/**
 * ph_rule_window_open:
 * @parent: (nullable): only used if the window is not open yet
 *
 * Shows the window with the rules. There is only one.
 */
void
ph_rule_window_open (GtkWindow *parent)
{
  static GtkWindow *window;

  if (window == NULL)
    g_set_weak_pointer (&window, ph_rule_window_new (parent));
  gtk_window_present (window);
}
