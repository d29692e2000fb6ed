/* ph-appearance.c: loads the style sheets and follows the user's choice of light, dark, or what the desktop has
 *
 * The settings portal says what the desktop uses. It is asked without waiting: until it answers, and where there is no
 * portal, the window looks as GTK began.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-appearance.h"

#include "ph-compat.h"
#include "ph-plat-desktop.h"
#include "ph-settings.h"

#define RESOURCES "/io/github/porthole/Porthole/"
#define PORTAL "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"
#define PORTAL_SETTINGS "org.freedesktop.portal.Settings"
#define NAMESPACE "org.freedesktop.appearance"
#define PREFERS_DARK 1u

/* One for the whole program. */
static struct
{
  GtkCssProvider *colors;
  gboolean desktop_is_dark;
  gboolean portal_asked;
  int dark; /* as it is shown now; -1: nothing is shown yet */
} look = { .dark = -1 };

static void ask_portal (void);

static void
apply (void)
{
  g_autofree char *choice = g_settings_get_string (ph_settings_get (), "appearance");
  gboolean system = g_str_equal (choice, "system");
  gboolean dark = system ? look.desktop_is_dark : g_str_equal (choice, "dark");

  if (system && !look.portal_asked)
    ask_portal ();
  if (dark == look.dark)
    return;
  look.dark = dark;
  ph_compat_set_dark (dark);
  gtk_css_provider_load_from_resource (look.colors, dark ? RESOURCES "style-dark.css" : RESOURCES "style-light.css");
}

/* ---- the desktop ---- */

static void
take_color_scheme (GVariant *value)
{
  g_autoptr (GVariant) bare = g_variant_ref (value);

  while (g_variant_is_of_type (bare, G_VARIANT_TYPE_VARIANT))
    {
      GVariant *inner = g_variant_get_variant (bare);

      g_variant_unref (bare);
      bare = inner;
    }
  if (!g_variant_is_of_type (bare, G_VARIANT_TYPE_UINT32))
    return;
  look.desktop_is_dark = g_variant_get_uint32 (bare) == PREFERS_DARK;
  apply ();
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);
  g_autoptr (GVariant) value = NULL;

  if (reply == NULL)
    return;
  value = g_variant_get_child_value (reply, 0);
  take_color_scheme (value);
}

static void
changed_cb (GDBusConnection *bus, const char *sender, const char *path, const char *interface, const char *signal,
            GVariant *parameters, gpointer data)
{
  g_autoptr (GVariant) value = NULL;
  const char *name_space, *key;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(ssv)")))
    return;
  g_variant_get (parameters, "(&s&sv)", &name_space, &key, &value);
  if (g_str_equal (name_space, NAMESPACE) && g_str_equal (key, "color-scheme"))
    take_color_scheme (value);
}

static void
bus_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, NULL);

  if (bus == NULL)
    return;
  g_dbus_connection_signal_subscribe (bus, PORTAL, PORTAL_SETTINGS, "SettingChanged", PORTAL_PATH, NAMESPACE,
                                      G_DBUS_SIGNAL_FLAGS_NONE, changed_cb, NULL, NULL);
  g_dbus_connection_call (bus, PORTAL, PORTAL_PATH, PORTAL_SETTINGS, "Read",
                          g_variant_new ("(ss)", NAMESPACE, "color-scheme"), G_VARIANT_TYPE ("(v)"),
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, read_cb, NULL);
}

static void
ask_portal (void)
{
  look.portal_asked = TRUE;
  g_bus_get (G_BUS_TYPE_SESSION, NULL, bus_cb, NULL);
}

/* The system's font comes last in the list: it has the characters of the user's language in their right shape. */
static void
use_fixed_fonts (GdkDisplay *display)
{
  const char *families = ph_plat_get_fixed_fonts ();
  g_autoptr (GtkCssProvider) provider = NULL;
  g_autoptr (PangoFontDescription) font = NULL;
  g_autofree char *name = NULL;
  g_autofree char *style = NULL;

  if (families == NULL)
    return;
  g_object_get (gtk_settings_get_default (), "gtk-font-name", &name, NULL);
  font = pango_font_description_from_string (name);
  style = g_strdup_printf (".monospace { font-family: %s, \"%s\", monospace; }", families,
                           pango_font_description_get_family (font));
  provider = gtk_css_provider_new ();
  ph_compat_load_style (provider, style);
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

/**
 * ph_appearance_init:
 *
 * Main thread, once, with a display.
 */
void
ph_appearance_init (void)
{
  GdkDisplay *display = gdk_display_get_default ();
  g_autoptr (GtkCssProvider) style = gtk_css_provider_new ();
  g_autofree char *theme = NULL;

  if (look.colors != NULL)
    return;
  g_object_get (gtk_settings_get_default (), "gtk-application-prefer-dark-theme", &look.desktop_is_dark,
                "gtk-theme-name",
                &theme, NULL);
  if ((theme != NULL && g_str_has_suffix (theme, "-dark")) || ph_plat_is_dark ())
    look.desktop_is_dark = TRUE;
  look.colors = gtk_css_provider_new ();
  apply ();
  gtk_css_provider_load_from_resource (style, RESOURCES "style.css");
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (look.colors),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  use_fixed_fonts (display);
  g_signal_connect (ph_settings_get (), "changed::appearance", G_CALLBACK (apply), NULL);
}
