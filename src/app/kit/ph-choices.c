/* ph-choices.c: fills drop-downs from tables, and binds the selected row to a property or setting by its id
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-choices.h"

#include "ph-codec.h"
#include "ph-compat.h"
#include "ph-store.h"
#include "ph-transport.h"

#include <glib/gi18n.h>


/* ---- the tables ---- */

static const char *
transport_id (guint index)
{
  const PhTransport *transport = ph_transport_at (index);

  return transport != NULL ? transport->id : NULL;
}

static const char *
transport_name (guint index)
{
  return _(ph_transport_at (index)->name);
}

const PhChoices ph_choices_transports = { transport_id, transport_name };

static const char *
line_ending_id (guint index)
{
  return index <= PH_LINE_ENDING_CR ? ph_line_ending_id (index) : NULL;
}

static const char *
line_ending_name (guint index)
{
  static const char *const names[] = { N_("None"), "LF  \\n", "CR LF  \\r\\n", "CR  \\r" };

  return _(names[index]);
}

const PhChoices ph_choices_line_endings = { line_ending_id, line_ending_name };

static const char *
time_format_id (guint index)
{
  static const char *const ids[] = { "milliseconds", "microseconds", "nanoseconds", "date" };

  return index < G_N_ELEMENTS (ids) ? ids[index] : NULL;
}

static const char *
time_format_name (guint index)
{
  static const char *const names[] = { N_("Milliseconds"), N_("Microseconds"), N_("Nanoseconds"),
                                      N_("Date and milliseconds") };

  return _(names[index]);
}

const PhChoices ph_choices_time_formats = { time_format_id, time_format_name };

static const char *
appearance_id (guint index)
{
  static const char *const ids[] = { "system", "light", "dark" };

  return index < G_N_ELEMENTS (ids) ? ids[index] : NULL;
}

static const char *
appearance_name (guint index)
{
  static const char *const names[] = { N_("As the desktop"), N_("Light"), N_("Dark") };

  return _(names[index]);
}

const PhChoices ph_choices_appearances = { appearance_id, appearance_name };

/* ---- finding and binding ---- */

/**
 * ph_choices_find:
 * @id: (nullable)
 *
 * Returns: the index of the row with that id; 0 if there is none
 */
guint
ph_choices_find (const PhChoices *choices, const char *id)
{
  for (guint i = 0; choices->id (i) != NULL; i++)
    if (g_strcmp0 (choices->id (i), id) == 0)
      return i;

  return 0;
}

static void
fill (const PhChoices *choices, GtkDropDown *drop_down)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  ph_compat_keep_name (GTK_WIDGET (drop_down));
  for (guint i = 0; choices->id (i) != NULL; i++)
    gtk_string_list_append (names, choices->name (i));
  gtk_drop_down_set_model (drop_down, G_LIST_MODEL (names));
}

static void
setup_name_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), PH_CHOICES_NAME_CHARS);
  gtk_list_item_set_child (item, label);
}

static void
bind_name_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)),
                       gtk_string_object_get_string (gtk_list_item_get_item (item)));
}

/* Ellipsizes the selected name, so that a long one does not make the panel wider. The open list shows the whole names. */
static void
keep_width (GtkDropDown *drop_down)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_name_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_name_cb), NULL);
  gtk_drop_down_set_list_factory (drop_down, gtk_drop_down_get_factory (drop_down));
  gtk_drop_down_set_factory (drop_down, factory);
}

static gboolean
id_to_selected_cb (GBinding *binding, const GValue *from, GValue *to, gpointer choices)
{
  g_value_set_uint (to, ph_choices_find (choices, g_value_get_string (from)));

  return TRUE;
}

static gboolean
selected_to_id_cb (GBinding *binding, const GValue *from, GValue *to, gpointer choices)
{
  guint selected = g_value_get_uint (from);

  if (selected == GTK_INVALID_LIST_POSITION)
    return FALSE;
  g_value_set_static_string (to, ((const PhChoices *) choices)->id (selected));

  return TRUE;
}

/**
 * ph_choices_fill:
 * @drop_down: shows the names, and is not bound to anything
 */
void
ph_choices_fill (const PhChoices *choices, GtkDropDown *drop_down)
{
  keep_width (drop_down);
  fill (choices, drop_down);
}

/**
 * ph_choices_bind:
 * @drop_down: is filled with the names
 * @property: a string property of @object that holds the id
 *
 * Binds in both directions; at first the property sets the drop-down.
 */
void
ph_choices_bind (const PhChoices *choices, GtkDropDown *drop_down, gpointer object, const char *property)
{
  ph_choices_fill (choices, drop_down);
  g_object_bind_property_full (object, property, drop_down, "selected", G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL,
                               id_to_selected_cb, selected_to_id_cb, (gpointer) choices, NULL);
}

static GtkWidget *
find_below (GtkWidget *widget, GType type)
{
  GtkWidget *found = NULL;

  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_below (child, type);

  return found;
}

/**
 * ph_choices_make_searchable:
 * @drop_down: with its model
 * @text: (transfer full): what is searched of each row
 *
 * What is typed while the list has the focus, which it gets when it is opened, is searched for. Newer GTK takes Escape for an end of the
 * search only: it closes the list too.
 *
 * Returns: (transfer none) (nullable): the entry in the list, by which one sees what is typed
 */
GtkEditable *
ph_choices_make_searchable (GtkDropDown *drop_down, GtkExpression *text)
{
  GtkWidget *popover = find_below (GTK_WIDGET (drop_down), GTK_TYPE_POPOVER);
  GtkWidget *entry = popover != NULL ? find_below (popover, GTK_TYPE_SEARCH_ENTRY) : NULL;

  gtk_drop_down_set_expression (drop_down, text);
  gtk_expression_unref (text);
  gtk_drop_down_set_enable_search (drop_down, TRUE);
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (drop_down), "search-match-mode") != NULL)
    g_object_set (drop_down, "search-match-mode", GTK_STRING_FILTER_MATCH_MODE_SUBSTRING, NULL);
  if (entry == NULL)
    return NULL;
  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (entry), popover);
  g_signal_connect_object (entry, "stop-search", G_CALLBACK (gtk_popover_popdown), popover, G_CONNECT_SWAPPED);

  return GTK_EDITABLE (entry);
}

/**
 * ph_choices_fill_searchable:
 * @names: a #GtkStringList, long enough to be searched
 *
 * Typing in the open list finds a name by its beginning, or in newer GTK by any part of it.
 */
void
ph_choices_fill_searchable (GtkDropDown *drop_down, GListModel *names)
{
  keep_width (drop_down);
  ph_compat_keep_name (GTK_WIDGET (drop_down));
  gtk_drop_down_set_model (drop_down, names);
  ph_choices_make_searchable (drop_down, gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string"));
}

static gboolean
setting_to_selected_cb (GValue *value, GVariant *variant, gpointer choices)
{
  g_value_set_uint (value, ph_choices_find (choices, g_variant_get_string (variant, NULL)));

  return TRUE;
}

static GVariant *
selected_to_setting_cb (const GValue *value, const GVariantType *type, gpointer choices)
{
  guint selected = g_value_get_uint (value);

  return selected == GTK_INVALID_LIST_POSITION ? NULL
                                               : g_variant_new_string (((const PhChoices *) choices)->id (selected));
}

/**
 * ph_choices_bind_setting:
 * @drop_down: is filled with the names
 * @key: a string key that holds the id
 */
void
ph_choices_bind_setting (const PhChoices *choices, GtkDropDown *drop_down, GSettings *settings, const char *key)
{
  fill (choices, drop_down);
  g_settings_bind_with_mapping (settings, key, drop_down, "selected", G_SETTINGS_BIND_DEFAULT, setting_to_selected_cb,
                                selected_to_setting_cb, (gpointer) choices, NULL);
}

static const char *
memory_full_id (guint index)
{
  static const char *const ids[] = { [PH_STORE_DROP_OLDEST] = "drop-oldest", [PH_STORE_PAUSE] = "pause" };

  return index < G_N_ELEMENTS (ids) ? ids[index] : NULL;
}

static const char *
memory_full_name (guint index)
{
  static const char *const names[] = { [PH_STORE_DROP_OLDEST] = N_("Drop the oldest"), [PH_STORE_PAUSE] = N_("Pause") };

  return _(names[index]);
}

const PhChoices ph_choices_memory_full = { memory_full_id, memory_full_name };
