/* ph-appearance.c: loads the style sheets and follows the user's choice of light, dark, or what the desktop has, and its high contrast
 *
 * The settings portal says what the desktop uses. It is asked without waiting: until it answers, and where there is no
 * portal, the name of GTK's theme says it.
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
#define PREFERS_CONTRAST 1u

/* One for the whole program. */
static struct
{
  GtkCssProvider *colors;
  GtkCssProvider *shapes; /* of high contrast; empty without */
  gboolean desktop_is_dark;
  gboolean desktop_has_contrast;
  gboolean portal_asked;
  const char *shown; /* the name of the colours; NULL: nothing is shown yet */
} look;

static void ask_portal (void);

static const char *
name_colors (gboolean dark, gboolean contrast)
{
  if (contrast)
    return dark ? RESOURCES "style-dark-contrast.css" : RESOURCES "style-light-contrast.css";

  return dark ? RESOURCES "style-dark.css" : RESOURCES "style-light.css";
}

static void
apply (void)
{
  g_autofree char *choice = g_settings_get_string (ph_settings_get (), "appearance");
  gboolean system = g_str_equal (choice, "system");
  gboolean dark = system ? look.desktop_is_dark : g_str_equal (choice, "dark");
  const char *name = name_colors (dark, look.desktop_has_contrast);

  if (!look.portal_asked)
    ask_portal ();
  if (name == look.shown)
    return;
  look.shown = name;
  ph_compat_set_dark (dark);
  gtk_css_provider_load_from_resource (look.colors, name);
  if (look.desktop_has_contrast)
    gtk_css_provider_load_from_resource (look.shapes, RESOURCES "style-contrast.css");
  else
    ph_compat_load_style (look.shapes, "");
}

/* ---- the desktop ---- */

/* GTK has high contrast as themes of their own: “HighContrast”, “HighContrastInverse”, “Default-hc”, “Default-hc-dark”. */
static gboolean
is_contrast_theme (const char *theme)
{
  return theme != NULL && g_regex_match_simple ("highcontrast|-hc(-|:|$)", theme, G_REGEX_CASELESS, 0);
}

static gboolean
is_dark_theme (const char *theme)
{
  return theme != NULL && g_regex_match_simple ("(-|:)dark$|inverse$", theme, G_REGEX_CASELESS, 0);
}

/* GTK reads the variable, and does not say so in its settings. */
static void
read_theme (void)
{
  g_autofree char *name = NULL;
  const char *theme = g_getenv ("GTK_THEME");

  g_object_get (gtk_settings_get_default (), "gtk-theme-name", &name, NULL);
  if (theme == NULL)
    theme = name;
  look.desktop_has_contrast = is_contrast_theme (theme) || ph_plat_has_contrast ();
  if (is_dark_theme (theme) || ph_plat_is_dark ())
    look.desktop_is_dark = TRUE;
}

static void
theme_changed_cb (void)
{
  read_theme ();
  apply ();
}

static GVariant *
unwrap (GVariant *value)
{
  GVariant *bare = g_variant_ref (value);

  while (g_variant_is_of_type (bare, G_VARIANT_TYPE_VARIANT))
    {
      GVariant *inner = g_variant_get_variant (bare);

      g_variant_unref (bare);
      bare = inner;
    }

  return bare;
}

/* A portal that knows no contrast answers with an error, and the theme counts. */
static void
take_setting (const char *key, GVariant *value)
{
  g_autoptr (GVariant) bare = unwrap (value);

  if (!g_variant_is_of_type (bare, G_VARIANT_TYPE_UINT32))
    return;
  if (g_str_equal (key, "color-scheme"))
    look.desktop_is_dark = g_variant_get_uint32 (bare) == PREFERS_DARK;
  else if (g_str_equal (key, "contrast") && g_variant_get_uint32 (bare) == PREFERS_CONTRAST)
    look.desktop_has_contrast = TRUE;
  else if (g_str_equal (key, "contrast"))
    read_theme ();
  apply ();
}

/* @key: a static string */
static void
read_cb (GObject *source, GAsyncResult *result, gpointer key)
{
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);
  g_autoptr (GVariant) value = NULL;

  if (reply == NULL)
    return;
  value = g_variant_get_child_value (reply, 0);
  take_setting (key, value);
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
  if (g_str_equal (name_space, NAMESPACE))
    take_setting (key, value);
}

static void
bus_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  static const char *const settings[] = { "color-scheme", "contrast" };
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, NULL);

  if (bus == NULL)
    return;
  g_dbus_connection_signal_subscribe (bus, PORTAL, PORTAL_SETTINGS, "SettingChanged", PORTAL_PATH, NAMESPACE,
                                      G_DBUS_SIGNAL_FLAGS_NONE, changed_cb, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    g_dbus_connection_call (bus, PORTAL, PORTAL_PATH, PORTAL_SETTINGS, "Read", g_variant_new ("(ss)", NAMESPACE, settings[i]),
                            G_VARIANT_TYPE ("(v)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL, read_cb, (gpointer) settings[i]);
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

  if (look.colors != NULL)
    return;
  g_object_get (gtk_settings_get_default (), "gtk-application-prefer-dark-theme", &look.desktop_is_dark, NULL);
  read_theme ();
  look.colors = gtk_css_provider_new ();
  look.shapes = gtk_css_provider_new ();
  apply ();
  gtk_css_provider_load_from_resource (style, RESOURCES "style.css");
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (look.colors),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (look.shapes),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1);
  use_fixed_fonts (display);
  /* Else facts that can be copied are selected as soon as the keys come to them. */
  g_object_set (gtk_settings_get_default (), "gtk-label-select-on-focus", FALSE, NULL);
  g_signal_connect (gtk_settings_get_default (), "notify::gtk-theme-name", G_CALLBACK (theme_changed_cb), NULL);
  g_signal_connect (ph_settings_get (), "changed::appearance", G_CALLBACK (apply), NULL);
}
