/* ph-application.c: runs one instance, opens a tab for each further start, and sets the keys
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-application.h"

#include "ph-appearance.h"
#include "ph-command-line.h"
#include "ph-compat.h"
#include "ph-marks.h"
#include "ph-plat-interrupt.h"
#include "ph-preferences.h"
#include "ph-quick-command.h"
#include "ph-rule-window.h"
#include "ph-settings.h"
#include "ph-window-files.h"

#include <glib/gi18n.h>

struct _PhApplication
{
  GtkApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (PhApplication, ph_application, GTK_TYPE_APPLICATION)

/* ---- keys: each is also in shortcuts.ui ---- */

typedef struct
{
  const char *action;
  const char *keys[3];
} Keys;

static const Keys keys[] = {
  { "app.quit", { "<Control>q" } },
  { "app.preferences", { "<Control>comma" } },
  { "app.highlights", { "<Control>k" } },
  { "app.shortcuts", { "<Control>question" } },
  { "app.about", { "F1" } },
  { "app.new-window", { "<Control>n" } },
  { "win.new-tab", { "<Control>t" } },
  { "win.rename-tab", { "F2" } },
  { "win.duplicate-tab", { "<Control><Shift>d" } },
  { "win.reopen-tab", { "<Control><Shift>t" } },
  { "win.close-tab", { "<Control>w" } },
  { "win.loopback-pair", { "<Control>p" } },
  { "win.open-file", { "<Control>o" } },
  { "win.captures", { "<Control><Shift>o" } },
  { "page.save", { "<Control>s" } },
  { "page.save-received", { "<Control><Shift>s" } },
  { "win.step-tab(1)", { "<Control>Tab", "<Control>Page_Down" } },
  { "win.step-tab(-1)", { "<Control><Shift>Tab", "<Control>Page_Up" } },
  { "page.toggle-open", { "F5" } },
  { "page.half-close", { "<Control>F5" } },
  { "page.stop-reading", { "<Control><Shift>F5" } },
  { "page.reset", { "<Shift>F5" } },
  { "page.try-send", { "<Control>Return", "<Control>KP_Enter" } },
  { "page.clear", { "<Control>l" } },
  { "page.reset-counters", { "<Control>r" } },
  { "page.rates", { "<Control><Shift>r" } },
  { "page.side", { "F9" } },
  { "page.drawer", { "F8" } },
  { "page.drawer-page('commands')", { "<Control>e" } },
  { "page.save-command", { "<Control><Shift>e" } },
  { "page.drawer-page('peers')", { "<Control><Shift>p" } },
  { "page.focus('address')", { "<Control>d" } },
  { "page.focus('message')", { "<Control>m" } },
  { "page.focus('target')", { "<Control><Shift>m" } },
  { "page.focus('send-to')", { "<Alt>m" } },
  { "page.follow-sender", { "<Alt><Shift>m" } },
  { "page.focus('log')", { "<Control><Shift>l" } },
  { "page.find", { "<Control>f" } },
  { "page.find-step(1)", { "F3" } },
  { "page.find-step(-1)", { "<Shift>F3" } },
  { "page.filter", { "<Control><Shift>f" } },
  { "page.jump", { "<Control>g" } },
  { "page.history", { "<Control>h" } },
  { "page.walk-history(1)", { "<Control>Up" } },
  { "page.walk-history(-1)", { "<Control>Down" } },
  { "page.zoom('in')", { "<Control>plus", "<Control>equal" } },
  { "page.zoom('out')", { "<Control>minus" } },
  { "page.zoom('reset')", { "<Control>0" } },
  { "page.mode('compact')", { "<Control>1" } },
  { "page.mode('stream')", { "<Control>2" } },
  { "page.mode('table')", { "<Control>3" } },
  { "page.mode('bytes')", { "<Control>4" } },
  { "page.mode('comfortable')", { "<Control>5" } },
  { "page.receive-hex", { "<Alt>h" } },
  { "page.wrap", { "<Alt>w" } },
  { "page.show-time", { "<Alt>t" } },
  { "page.auto-scroll", { "<Alt>a" } },
  { "page.hide", { "<Alt>d" } },
  { "page.send-hex", { "<Alt>x" } },
  { "page.escapes", { "<Alt>e" } },
  { "page.variables", { "<Alt>v" } },
  { "page.focus('send-check')", { "<Alt>c" } },
  { "page.focus('send-pieces')", { "<Alt>p" } },
  { "page.source('file')", { "<Alt>o" } },
  { "page.repeat", { "<Alt>r" } },
  { "page.full-speed", { "<Alt>f" } },
  { "page.clear-message", { "<Alt>l" } },
  { "page.clear-after", { "<Alt><Shift>l" } },
  { "page.enter-sends", { "<Alt>n" } },
};

/* These come after what has the focus: the cursor of a text, an input method that composes, what is selected. */
static const Keys keys_left[] = {
  { "page.dismiss", { "Escape" } },
  { "page.jump-newest", { "<Control>End", "<Control>KP_End" } },
};

static void
set_keys (GtkApplication *application)
{
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      const char *accels[] = { keys[i].keys[0], keys[i].keys[1], NULL };

      gtk_application_set_accels_for_action (application, keys[i].action, accels);
    }
  for (int tab = 1; tab <= 9; tab++)
    {
      g_autofree char *action = g_strdup_printf ("win.go-to-tab(%d)", tab);
      g_autofree char *key = g_strdup_printf ("<Alt>%d", tab);
      const char *accels[] = { key, NULL };

      gtk_application_set_accels_for_action (application, action, accels);
    }
}

/* These come after what has the focus too: in the list of peers they sort. */
static void
add_command_keys (GtkShortcutController *controller)
{
  for (guint key = 1; key <= PH_QUICK_COMMAND_KEYS; key++)
    {
      GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_0 + key, GDK_CONTROL_MASK | GDK_ALT_MASK),
                                                gtk_named_action_new ("page.send-command-key"));

      gtk_shortcut_set_arguments (shortcut, g_variant_new_int32 ((int) key));
      gtk_shortcut_controller_add_shortcut (controller, shortcut);
    }
}

static void
ph_application_window_added (GtkApplication *application, GtkWindow *window)
{
  GtkEventController *controller;

  GTK_APPLICATION_CLASS (ph_application_parent_class)->window_added (application, window);
  if (!PH_IS_WINDOW (window))
    return;
  controller = gtk_shortcut_controller_new ();
  add_command_keys (GTK_SHORTCUT_CONTROLLER (controller));
  for (gsize i = 0; i < G_N_ELEMENTS (keys_left); i++)
    for (const char *const *key = keys_left[i].keys; *key != NULL; key++)
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                            gtk_shortcut_new (gtk_shortcut_trigger_parse_string (*key),
                                                              gtk_named_action_new (keys_left[i].action)));
  gtk_widget_add_controller (GTK_WIDGET (window), controller);
}

/* ---- the windows beside ---- */

static GtkWindow *
get_window (gpointer application)
{
  return gtk_application_get_active_window (GTK_APPLICATION (application));
}

static void
preferences_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_window_present (ph_preferences_new (get_window (data)));
}

static void
highlights_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ph_rule_window_open (GTK_WINDOW (ph_window_find (data)));
}

static void
shortcuts_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource ("/io/github/porthole/Porthole/shortcuts.ui");
  GtkWindow *window = GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts"));

  gtk_window_set_transient_for (window, get_window (data));
  gtk_window_present (window);
}

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_show_about_dialog (get_window (data),
                         "program-name", _("Porthole"),
                         "version", PH_VERSION,
                         "logo-icon-name", PH_APP_ID,
                         "comments", _("Open a port: send, receive, and see what really went over the wire"),
                         "license-type", GTK_LICENSE_GPL_3_0,
                         /* Translators: your names, one a line */
                         "translator-credits", _("translator-credits"),
                         NULL);
}

static void
new_window_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  PhWindow *window = ph_window_new (data);

  ph_window_add_tab (window);
  gtk_window_present (GTK_WINDOW (window));
}

/* Closing saves the size of the window: that of the one that was used last is saved last. */
static void
end_all (gpointer application)
{
  GList *windows = g_list_copy (gtk_application_get_windows (application));

  for (GList *at = g_list_last (windows); at != NULL; at = at->prev)
    if (PH_IS_WINDOW (at->data))
      ph_window_end (at->data);
  g_list_free (windows);
  g_application_quit (application);
}

/* One window asks for all, until none has anything to ask. */
static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  for (GList *at = gtk_application_get_windows (data); at != NULL; at = at->next)
    if (PH_IS_WINDOW (at->data) && ph_window_ask_to_close (at->data))
      {
        gtk_window_present (at->data);
        return;
      }
  end_all (data);
}

static gboolean
end_cb (gpointer application)
{
  end_all (application);

  return G_SOURCE_REMOVE;
}

/* SIGTERM, the end of the session, Ctrl+C in the terminal: as if the window were closed. On a thread of the platform's. */
static void
asked_to_end_cb (gpointer application)
{
  g_idle_add_full (G_PRIORITY_HIGH, end_cb, application, NULL);
}

/* ---- starting ---- */

static PhWindow *
ensure_window (GtkApplication *application)
{
  PhWindow *window = ph_window_find (application);

  return window != NULL ? window : ph_window_new (application);
}

static void
ph_application_startup (GApplication *application)
{
  const GActionEntry entries[] = {
    { .name = "preferences", .activate = preferences_cb },
    { .name = "highlights", .activate = highlights_cb },
    { .name = "shortcuts", .activate = shortcuts_cb },
    { .name = "about", .activate = about_cb },
    { .name = "new-window", .activate = new_window_cb },
    { .name = "quit", .activate = quit_cb },
  };
  g_autoptr (GAction) time_format = NULL;

  G_APPLICATION_CLASS (ph_application_parent_class)->startup (application);
  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries), application);
  time_format = g_settings_create_action (ph_settings_get (), "time-format");
  g_action_map_add_action (G_ACTION_MAP (application), time_format);
  set_keys (GTK_APPLICATION (application));
  ph_appearance_init ();
  ph_compat_name_items ();
  /* Here and not earlier: a start that only hands its words over to the window ends as any program does. */
  ph_plat_interrupt_prepare ();
  ph_plat_interrupt_watch (asked_to_end_cb, application);
}

static void
ph_application_activate (GApplication *application)
{
  PhWindow *window = ensure_window (GTK_APPLICATION (application));

  ph_window_add_tab (window);
  gtk_window_present (GTK_WINDOW (window));
}

static void
begin_tab (PhSessionPage *page, const PhCommandLine *line)
{
  ph_session_page_set_format (page, line->encoding, line->hex);
  if (line->endpoint == NULL)
    return;
  ph_session_page_set_endpoint (page, line->endpoint);
  if (line->open)
    ph_session_page_open (page);
}

/* Names are relative to the folder of the new start, not to the folder of this process. */
static void
open_files (PhWindow *window, GApplicationCommandLine *command_line, char **names)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (GFile) file = g_application_command_line_create_file_for_arg (command_line, names[i]);

      g_ptr_array_add (paths, ph_window_files_dup_path (file));
    }
  g_ptr_array_add (paths, NULL);
  ph_window_open_files (window, (const char *const *) paths->pdata);
}

/* Runs in the first instance, for each start of the program. */
static int
ph_application_command_line (GApplication *application, GApplicationCommandLine *command_line)
{
  g_auto (GStrv) argv = g_application_command_line_get_arguments (command_line, NULL);
  g_auto (PhCommandLine) line = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *shown = NULL;
  PhWindow *window;

  if (!ph_command_line_parse (argv, FALSE, &line, &error))
    {
      shown = ph_marks_dup (error->message, -1, PH_MARKS_LINE_MAX);
      g_application_command_line_printerr (command_line, "porthole: %s\n", shown);
      return 2;
    }
  window = ensure_window (GTK_APPLICATION (application));
  if (line.files != NULL)
    open_files (window, command_line, line.files);
  else
    begin_tab (ph_window_add_tab (window), &line);
  gtk_window_present (GTK_WINDOW (window));

  return 0;
}

static void
ph_application_class_init (PhApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->startup = ph_application_startup;
  application_class->activate = ph_application_activate;
  application_class->command_line = ph_application_command_line;
  GTK_APPLICATION_CLASS (klass)->window_added = ph_application_window_added;
}

static void
ph_application_init (PhApplication *self)
{
}

/**
 * ph_application_new:
 *
 * Returns: (transfer full): the program
 */
PhApplication *
ph_application_new (void)
{
  return g_object_new (PH_TYPE_APPLICATION, "application-id", PH_APP_ID, "flags", G_APPLICATION_HANDLES_COMMAND_LINE,
                       "register-session", FALSE, NULL);
}
