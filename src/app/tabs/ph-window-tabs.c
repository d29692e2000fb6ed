/* ph-window-tabs.c: what can be done with a tab: from its menu, and from the window's for the tab in front
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-window-tabs.h"

#include "ph-closed-tabs.h"
#include "ph-tab-rename.h"
#include "ph-tab-setup.h"

static void
rename_tab (PhWindow *window, PhSessionPage *page)
{
  ph_tab_rename_open (page, ph_window_get_label (window, page));
}

/* Beside it, and not open: the port is in use. */
static void
duplicate_tab (PhWindow *window, PhSessionPage *page)
{
  g_autoptr (PhTabSetup) setup = NULL;
  PhSessionPage *other;

  if (ph_session_page_is_file (page))
    return;
  setup = ph_tab_setup_new (page);
  other = PH_SESSION_PAGE (ph_session_page_new ());
  ph_tab_setup_apply (setup, other);
  ph_window_insert_page (window, other, ph_window_get_position (window, page) + 1);
}

static void
close_others (PhWindow *window, PhSessionPage *page)
{
  PhSessionPage *other;
  guint i = 0;

  while ((other = ph_window_get_page (window, i)) != NULL)
    if (other == page)
      i++;
    else
      ph_window_close_page (window, other);
}

static void
reopen_tab (PhWindow *window, PhSessionPage *page)
{
  ph_closed_tabs_reopen (window);
}

static const struct
{
  const char *name;
  void (*func) (PhWindow *window, PhSessionPage *page);
} deeds[] = {
  { "rename", rename_tab },
  { "duplicate", duplicate_tab },
  { "detach", ph_window_detach_page },
  { "reopen", reopen_tab },
  { "close", ph_window_close_page },
  { "close-others", close_others },
};

/**
 * ph_window_tabs_do:
 * @page: has a tab in @window
 * @what: "rename", "duplicate", "detach" (moves it to a window of its own), "reopen" (what was closed last), "close", "close-others"
 */
void
ph_window_tabs_do (PhWindow *window, PhSessionPage *page, const char *what)
{
  for (gsize i = 0; i < G_N_ELEMENTS (deeds); i++)
    if (g_str_equal (deeds[i].name, what))
      deeds[i].func (window, page);
}

/* @name: such as “win.rename-tab” */
static void
deed_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PhWindow *self = PH_WINDOW (widget);
  g_autofree char *what = g_strndup (name + strlen ("win."), strlen (name) - strlen ("win.") - strlen ("-tab"));

  if (ph_window_get_current (self) != NULL)
    ph_window_tabs_do (self, ph_window_get_current (self), what);
}

/**
 * ph_window_tabs_install:
 *
 * Adds an action for each of what ph_window_tabs_do() does to the class of the window: “win.rename-tab” and so on, for the tab in front.
 */
void
ph_window_tabs_install (GtkWidgetClass *klass)
{
  for (gsize i = 0; i < G_N_ELEMENTS (deeds); i++)
    {
      g_autofree char *name = g_strdup_printf ("win.%s-tab", deeds[i].name);

      gtk_widget_class_install_action (klass, name, NULL, deed_cb);
    }
}
