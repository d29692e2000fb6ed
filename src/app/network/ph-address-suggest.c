/* ph-address-suggest.c: shows remembered addresses beside a field while one types a part of their name or address
 *
 * The field keeps the focus and what is typed. Only a row that was reached with the arrows, or clicked, takes its place.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-address-suggest.h"

#include "ph-address-store.h"
#include "ph-direction.h"

#define SHOWN 8u /* addresses at a time */

static const char ADDRESS[] = "ph-address"; /* of a row */

typedef struct
{
  GtkEntry *entry;
  GtkWidget *around; /* holds the popover, and the field somewhere */
  GtkWidget *popover; /* NULL until it is first shown */
  GtkListBox *list;
  GtkPositionType where;
  PhAddressChosenFunc chosen;
  gpointer data;
  gboolean choosing;  /* the program changes the text, not the user */
  gboolean composing; /* an input method has the keys */
} Suggest;

static gboolean
is_shown (const Suggest *suggest)
{
  return suggest->popover != NULL && gtk_widget_get_visible (suggest->popover);
}

static void
hide (Suggest *suggest)
{
  if (is_shown (suggest))
    gtk_popover_popdown (GTK_POPOVER (suggest->popover));
}

static void
choose (Suggest *suggest, GtkListBoxRow *row)
{
  g_autofree char *address = g_strdup (g_object_get_data (G_OBJECT (row), ADDRESS));

  hide (suggest);
  suggest->choosing = TRUE;
  suggest->chosen (suggest->data, address);
  suggest->choosing = FALSE;
}

static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *row, Suggest *suggest)
{
  choose (suggest, row);
}

/* ---- the list ---- */

/**
 * ph_address_suggest_make_label:
 * @name: (nullable): of @address
 *
 * Returns: (transfer floating): a line with both
 */
GtkWidget *
ph_address_suggest_make_label (const char *address, const char *name)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *address_label = gtk_label_new (address);

  if (name != NULL)
    {
      GtkWidget *name_label = gtk_label_new (name);

      gtk_label_set_ellipsize (GTK_LABEL (name_label), PANGO_ELLIPSIZE_END);
      gtk_label_set_max_width_chars (GTK_LABEL (name_label), 28);
      gtk_box_append (GTK_BOX (box), name_label);
      gtk_widget_add_css_class (address_label, "field-label");
    }
  gtk_label_set_ellipsize (GTK_LABEL (address_label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (address_label), 48);
  ph_direction_keep_label (GTK_LABEL (address_label));
  gtk_widget_add_css_class (address_label, "numeric");
  gtk_box_append (GTK_BOX (box), address_label);

  return box;
}

static void
append (GtkListBox *list, PhAddress *address)
{
  GtkWidget *row = gtk_list_box_row_new ();
  const char *text = ph_address_get_text (address), *name = ph_address_get_name (address);
  g_autofree char *label = ph_address_store_dup_label (text);

  gtk_widget_set_focusable (row, FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), ph_address_suggest_make_label (text, name));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data_full (G_OBJECT (row), ADDRESS, g_strdup (text), g_free);
  gtk_list_box_append (list, row);
}

static void
create (Suggest *suggest)
{
  suggest->popover = gtk_popover_new ();
  suggest->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (suggest->list, GTK_SELECTION_SINGLE);
  g_signal_connect (suggest->list, "row-activated", G_CALLBACK (row_activated_cb), suggest);
  gtk_popover_set_child (GTK_POPOVER (suggest->popover), GTK_WIDGET (suggest->list));
  gtk_popover_set_autohide (GTK_POPOVER (suggest->popover), FALSE);
  gtk_popover_set_has_arrow (GTK_POPOVER (suggest->popover), FALSE);
  gtk_popover_set_position (GTK_POPOVER (suggest->popover), suggest->where);
  gtk_widget_set_halign (suggest->popover, GTK_ALIGN_START);
  gtk_widget_set_can_focus (suggest->popover, FALSE);
  gtk_widget_add_css_class (suggest->popover, "list");
  gtk_widget_set_parent (suggest->popover, suggest->around);
}

static void
point (const Suggest *suggest)
{
  graphene_rect_t bounds;
  GdkRectangle at;

  if (!gtk_widget_compute_bounds (GTK_WIDGET (suggest->entry), suggest->around, &bounds))
    return;
  at = (GdkRectangle) { (int) bounds.origin.x, (int) bounds.origin.y, (int) bounds.size.width, (int) bounds.size.height };
  gtk_popover_set_pointing_to (GTK_POPOVER (suggest->popover), &at);
}

/* Shows what @words find, if that is more than what is typed already. */
static void
show (Suggest *suggest, const char *words)
{
  g_autoptr (GPtrArray) found = ph_addresses_search (ph_address_store_get (), words, SHOWN);
  GtkWidget *row;

  if (found->len == 0 || (found->len == 1 && g_str_equal (ph_address_get_text (g_ptr_array_index (found, 0)), words)))
    {
      hide (suggest);
      return;
    }
  if (suggest->popover == NULL)
    create (suggest);
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (suggest->list))) != NULL)
    gtk_list_box_remove (suggest->list, row);
  for (guint i = 0; i < found->len; i++)
    append (suggest->list, g_ptr_array_index (found, i));
  gtk_list_box_unselect_all (suggest->list);
  point (suggest);
  gtk_popover_popup (GTK_POPOVER (suggest->popover));
}

/* ---- input of the user ---- */

static void
changed_cb (Suggest *suggest)
{
  GtkWidget *text = GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (suggest->entry)));
  const char *words = gtk_editable_get_text (GTK_EDITABLE (suggest->entry));

  if (suggest->choosing || !gtk_widget_has_focus (text) || *words == '\0')
    hide (suggest);
  else
    show (suggest, words);
}

static void
preedit_changed_cb (GtkText *text, const char *preedit, Suggest *suggest)
{
  suggest->composing = *preedit != '\0';
}

/* Before the first row is what was typed. */
static void
step (Suggest *suggest, int by)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (suggest->list);
  int to = (row != NULL ? gtk_list_box_row_get_index (row) : -1) + by;

  if (to < 0)
    gtk_list_box_unselect_all (suggest->list);
  else if (gtk_list_box_get_row_at_index (suggest->list, to) != NULL)
    gtk_list_box_select_row (suggest->list, gtk_list_box_get_row_at_index (suggest->list, to));
}

static gboolean
pressed_while_shown (Suggest *suggest, guint key)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (suggest->list);
  gboolean enter = key == GDK_KEY_Return || key == GDK_KEY_KP_Enter || key == GDK_KEY_ISO_Enter;

  if (key == GDK_KEY_Down || key == GDK_KEY_Up)
    step (suggest, key == GDK_KEY_Down ? 1 : -1);
  else if (key == GDK_KEY_Escape)
    hide (suggest);
  else if (enter && row != NULL)
    choose (suggest, row);
  else
    {
      if (enter)
        hide (suggest);
      return GDK_EVENT_PROPAGATE;
    }

  return GDK_EVENT_STOP;
}

static gboolean
pressed_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, Suggest *suggest)
{
  if (suggest->composing || (state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;
  if (is_shown (suggest))
    return pressed_while_shown (suggest, key);
  if (key != GDK_KEY_Down)
    return GDK_EVENT_PROPAGATE;
  show (suggest, gtk_editable_get_text (GTK_EDITABLE (suggest->entry)));
  if (is_shown (suggest))
    step (suggest, 1);

  return is_shown (suggest) ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
}

/**
 * ph_address_suggest_attach:
 * @entry: what is typed there is looked for
 * @around: a box around @entry, which places popovers
 * @where: on which side of @entry they are shown, if there is room
 * @chosen: called with the address of a row that is chosen
 * @data: for @chosen; outlives @entry
 */
void
ph_address_suggest_attach (GtkEntry *entry, GtkWidget *around, GtkPositionType where, PhAddressChosenFunc chosen, gpointer data)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  Suggest *suggest = g_new0 (Suggest, 1);

  *suggest = (Suggest) { .entry = entry, .around = around, .where = where, .chosen = chosen, .data = data };
  g_object_set_data_full (G_OBJECT (entry), "ph-suggest", suggest, g_free);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE); /* else the keys move the focus, or end the dialog */
  g_signal_connect (keys, "key-pressed", G_CALLBACK (pressed_cb), suggest);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (hide), suggest);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (changed_cb), suggest);
  g_signal_connect (gtk_editable_get_delegate (GTK_EDITABLE (entry)), "preedit-changed", G_CALLBACK (preedit_changed_cb), suggest);
  gtk_widget_add_controller (GTK_WIDGET (entry), keys);
  gtk_widget_add_controller (GTK_WIDGET (entry), focus);
}
