/* ph-compat.c: what differs between the versions of GTK that Porthole runs with
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-compat.h"

#include <glib/gi18n.h>

/**
 * ph_compat_set_dark:
 * @dark: whether to use the dark variant of GTK's own theme
 *
 * Main thread. There must be a display.
 */
void
ph_compat_set_dark (gboolean dark)
{
  GtkSettings *settings = gtk_settings_get_default ();

#if GTK_CHECK_VERSION(4, 20, 0)
  g_object_set (settings, "gtk-interface-color-scheme",
                dark ? GTK_INTERFACE_COLOR_SCHEME_DARK : GTK_INTERFACE_COLOR_SCHEME_LIGHT, NULL);
#else
  gboolean is_dark;

  /* GTK loads its whole theme again when this is set, even to the same value. */
  g_object_get (settings, "gtk-application-prefer-dark-theme", &is_dark, NULL);
  if (is_dark != dark)
    g_object_set (settings, "gtk-application-prefer-dark-theme", dark, NULL);
#endif
}

/**
 * ph_compat_name_close_button:
 * @widget: the header bar of a window
 *
 * Gives the button that closes the window another accessible name. GTK calls it “Close”, like the button that closes a port, and a
 * screen reader could not tell them apart. GTK sometimes creates the button anew; then this has to be called again.
 */
void
ph_compat_name_close_button (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget) && gtk_widget_has_css_class (widget, "close"))
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Close the window"), -1);
  for (GtkWidget *at = gtk_widget_get_first_child (widget); at != NULL; at = gtk_widget_get_next_sibling (at))
    ph_compat_name_close_button (at);
}

/**
 * ph_compat_keep_name:
 * @widget: a drop-down, a menu button or a button that has an accessible label
 *
 * Newer versions of GTK take the accessible name from the selected row of a drop-down, or the text of a button, although there is a
 * label. A screen reader would then not say what the control is for. This makes them use the label. The button inside of a drop-down
 * or a menu button has the focus, and in older versions the name “GtkToggleButton”: it gets the name of the whole.
 */
void
ph_compat_keep_name (GtkWidget *widget)
{
  GtkWidget *inside = gtk_widget_get_first_child (widget);

  gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  if ((GTK_IS_DROP_DOWN (widget) || GTK_IS_MENU_BUTTON (widget)) && GTK_IS_TOGGLE_BUTTON (inside))
    gtk_accessible_update_relation (GTK_ACCESSIBLE (inside), GTK_ACCESSIBLE_RELATION_LABELLED_BY, widget, NULL, -1);
}

/** ph_compat_keep_names: calls ph_compat_keep_name() for all buttons with a text in @tree; one without a label is still named by its text. */
void
ph_compat_keep_names (GtkWidget *tree)
{
  if (GTK_IS_BUTTON (tree) && !GTK_IS_TOGGLE_BUTTON (tree) && gtk_button_get_label (GTK_BUTTON (tree)) != NULL)
    ph_compat_keep_name (tree);
  for (GtkWidget *at = gtk_widget_get_first_child (tree); at != NULL; at = gtk_widget_get_next_sibling (at))
    ph_compat_keep_names (at);
}

static void
name_items (GtkWidget *widget)
{
  g_autofree char *text = NULL;

  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), "GtkModelButton"))
    {
      g_object_get (widget, "text", &text, NULL);
      gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
      gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, text != NULL ? text : "", -1);
    }
  for (GtkWidget *at = gtk_widget_get_first_child (widget); at != NULL; at = gtk_widget_get_next_sibling (at))
    name_items (at);
}

static gboolean
mapped_cb (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer unused)
{
  GtkWidget *widget = g_value_get_object (values);

  if (GTK_IS_POPOVER_MENU (widget))
    name_items (widget);

  return TRUE;
}

/**
 * ph_compat_name_items:
 *
 * Gives the items of every menu that opens their texts as accessible names. GTK 4.18 names them after labels that are not in the
 * accessibility tree, and a screen reader would say nothing. Main thread, once.
 */
void
ph_compat_name_items (void)
{
  g_type_class_unref (g_type_class_ref (GTK_TYPE_WIDGET)); /* it brings the signal */
  g_signal_add_emission_hook (g_signal_lookup ("map", GTK_TYPE_WIDGET), 0, mapped_cb, NULL, NULL);
}

/**
 * ph_compat_get_color:
 * @ret_color: (out): the colour of the text of @widget in the style sheet
 */
void
ph_compat_get_color (GtkWidget *widget, GdkRGBA *ret_color)
{
#if GTK_CHECK_VERSION(4, 10, 0)
  gtk_widget_get_color (widget, ret_color);
#else
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), ret_color);
#endif
}

/**
 * ph_compat_announce:
 * @message: read out by a screen reader at once; does nothing before GTK 4.14
 */
void
ph_compat_announce (GtkWidget *widget, const char *message)
{
#if GTK_CHECK_VERSION(4, 14, 0)
  gtk_accessible_announce (GTK_ACCESSIBLE (widget), message, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
#else
  (void) widget;
  (void) message;
#endif
}

/**
 * ph_compat_load_style:
 * @style: a style sheet as text
 */
void
ph_compat_load_style (GtkCssProvider *provider, const char *style)
{
#if GTK_CHECK_VERSION(4, 12, 0)
  gtk_css_provider_load_from_string (provider, style);
#else
  gtk_css_provider_load_from_data (provider, style, -1);
#endif
}
