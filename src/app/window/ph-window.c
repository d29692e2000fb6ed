/* ph-window.c: shows the tab in front, and gives its actions to menus and keys
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-window.h"

#include "ph-closed-tabs.h"
#include "ph-compat.h"
#include "ph-format.h"
#include "ph-loopback-pair.h"
#include "ph-plat.h"
#include "ph-settings.h"
#include "ph-store.h"
#include "ph-tab-label.h"
#include "ph-tab-strip.h"
#include "ph-toast.h"
#include "ph-window-above.h"
#include "ph-window-files.h"
#include "ph-window-tabs.h"

#include <glib/gi18n.h>

struct _PhWindow
{
  GtkApplicationWindow parent_instance;

  gboolean ending; /* it is closed whatever is in it */
  gboolean asked;  /* whether to close it: the words can be seen */

  /* template */
  GtkMenuButton *menu_button;
  GMenuModel *primary_menu;
  PhTabStrip *strip;
  GtkOverlay *overlay;
  GtkStack *pages;

  /* borrowed */
  PhToast *toast; /* a child of the overlay; NULL until something is told */
  PhSessionPage *current; /* weak */
};

G_DEFINE_FINAL_TYPE (PhWindow, ph_window, GTK_TYPE_APPLICATION_WINDOW)

static void
forget_page (PhWindow *self)
{
  if (self->current != NULL)
    ph_session_page_set_current (self->current, FALSE);
  g_clear_weak_pointer (&self->current);
}

static void
update_title (PhWindow *self)
{
  g_autofree char *title = NULL;
  g_autofree char *full = NULL;

  if (self->current == NULL)
    return;
  g_object_get (self->current, "title", &title, NULL);
  full = g_strdup_printf ("%s — %s", title, _("Porthole"));
  gtk_window_set_title (GTK_WINDOW (self), full);
}

static void
page_switched_cb (PhWindow *self)
{
  PhSessionPage *page = ph_tab_strip_get_current (self->strip);

  if (page == self->current)
    return;
  forget_page (self);
  if (page == NULL || gtk_widget_get_parent (GTK_WIDGET (page)) == NULL)
    return;
  g_set_weak_pointer (&self->current, page);
  ph_session_page_set_current (page, TRUE);
  gtk_stack_set_visible_child (self->pages, GTK_WIDGET (page));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "page", ph_session_page_get_actions (page));
  update_title (self);
}

static void
page_added_cb (PhWindow *self, PhSessionPage *page)
{
  gtk_stack_add_child (self->pages, GTK_WIDGET (page));
  ph_session_page_renew_actions (page);
  g_signal_connect_object (page, "notify::title", G_CALLBACK (update_title), self, G_CONNECT_SWAPPED);
  page_switched_cb (self);
}

/* The last tab was dragged to another window. Not at once: the drag is still at work in this one. */
static gboolean
close_if_empty_cb (gpointer data)
{
  g_autoptr (PhWindow) self = data;

  if (self->strip != NULL && ph_tab_strip_get_n_pages (self->strip) == 0)
    gtk_window_close (GTK_WINDOW (self));

  return G_SOURCE_REMOVE;
}

static void
page_removed_cb (PhWindow *self, PhSessionPage *page)
{
  /* Newer versions of GTK drop the children of the template before the strip drops its pages. */
  if (self->pages == NULL)
    return;
  g_signal_handlers_disconnect_by_func (page, update_title, self);
  page_switched_cb (self);
  gtk_stack_remove (self->pages, GTK_WIDGET (page));
  if (ph_tab_strip_get_n_pages (self->strip) == 0)
    g_idle_add (close_if_empty_cb, g_object_ref (self));
}

/* A tab that was let go away from the others gets a new window, but not if it is the only one of this one. */
static PhTabStrip *
strip_wanted_cb (PhWindow *self)
{
  PhWindow *window;

  if (ph_tab_strip_get_n_pages (self->strip) < 2)
    return NULL;
  window = ph_window_new (gtk_window_get_application (GTK_WINDOW (self)));
  gtk_window_present (GTK_WINDOW (window));

  return g_object_ref (window->strip);
}

/* ---- actions ---- */

static void
tab_wanted_cb (PhTabLabel *label, const char *what, PhSessionPage *page)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (page));

  if (root != NULL)
    ph_window_tabs_do (PH_WINDOW (root), page, what);
}

static void
new_tab_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PhWindow *self = PH_WINDOW (widget);

  /* Without memory GTK would end the program, and with it the other tabs. */
  if (self->current != NULL && !ph_plat_has_memory (PH_STORE_LEFT_OVER))
    ph_session_page_tell (self->current, ph_error_why (PH_ERROR_NO_MEMORY), ph_error_hint (PH_ERROR_NO_MEMORY, 0, FALSE));
  else
    ph_window_add_tab (self);
}

static void
show_tab (PhWindow *self, int number)
{
  PhSessionPage *page = ph_tab_strip_get_page (self->strip, number);

  if (page != NULL)
    ph_window_show_page (self, page);
}

/* 1: the next tab, -1: the one before; the first follows the last. */
static void
step_tab_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PhWindow *self = PH_WINDOW (widget);
  int n = (int) ph_tab_strip_get_n_pages (self->strip);

  if (self->current != NULL)
    show_tab (self, (ph_tab_strip_get_position (self->strip, self->current) + g_variant_get_int32 (parameter) + n) % n);
}

static void
go_to_tab_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  show_tab (PH_WINDOW (widget), g_variant_get_int32 (parameter) - 1);
}

static void
loopback_pair_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ph_loopback_pair_open (PH_WINDOW (widget));
}

/* ---- the window's size ---- */

static void
restore_size (PhWindow *self)
{
  GSettings *settings = ph_settings_get ();

  gtk_window_set_default_size (GTK_WINDOW (self), g_settings_get_int (settings, "window-width"),
                               g_settings_get_int (settings, "window-height"));
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
}

static void
save_size (GtkWindow *window)
{
  GSettings *settings = ph_settings_get ();
  int width, height;

  gtk_window_get_default_size (window, &width, &height);
  g_settings_set_int (settings, "window-width", CLAMP (width, 320, 16384));
  g_settings_set_int (settings, "window-height", CLAMP (height, 240, 16384));
  g_settings_set_boolean (settings, "window-maximized", gtk_window_is_maximized (window));
}

/* ---- the end of the window ---- */

static guint
count_unsaved (PhWindow *self)
{
  PhSessionPage *page;
  guint n = 0;

  for (guint i = 0; (page = ph_window_get_page (self, i)) != NULL; i++)
    n += ph_session_page_is_unsaved (page);

  return n;
}

static void
close_all_the_same_cb (gpointer window)
{
  gtk_window_close (window);
}

static void
not_asked_cb (gpointer window)
{
  PH_WINDOW (window)->asked = FALSE;
  g_object_unref (window);
}

static gboolean
ph_window_close_request (GtkWindow *window)
{
  PhWindow *self = PH_WINDOW (window);
  PhSessionPage *page;

  if (!self->ending && ph_window_ask_to_close (self))
    return GDK_EVENT_STOP;
  for (guint i = 0; (page = ph_window_get_page (self, i)) != NULL; i++)
    ph_closed_tabs_add (page, NULL);
  save_size (window);

  return GTK_WINDOW_CLASS (ph_window_parent_class)->close_request (window);
}

/* ---- the object ---- */

static void
ph_window_dispose (GObject *object)
{
  forget_page (PH_WINDOW (object));

  G_OBJECT_CLASS (ph_window_parent_class)->dispose (object);
}

static void
ph_window_class_init (PhWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = ph_window_close_request;

  g_type_ensure (PH_TYPE_TAB_STRIP);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/porthole/Porthole/window.ui");
  gtk_widget_class_bind_template_child (widget_class, PhWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, PhWindow, primary_menu);
  gtk_widget_class_bind_template_child (widget_class, PhWindow, strip);
  gtk_widget_class_bind_template_child (widget_class, PhWindow, overlay);
  gtk_widget_class_bind_template_child (widget_class, PhWindow, pages);
  gtk_widget_class_bind_template_callback (widget_class, page_added_cb);
  gtk_widget_class_bind_template_callback (widget_class, page_removed_cb);
  gtk_widget_class_bind_template_callback (widget_class, page_switched_cb);
  gtk_widget_class_bind_template_callback (widget_class, strip_wanted_cb);
  gtk_widget_class_install_action (widget_class, "win.new-tab", NULL, new_tab_cb);
  gtk_widget_class_install_action (widget_class, "win.step-tab", "i", step_tab_cb);
  gtk_widget_class_install_action (widget_class, "win.go-to-tab", "i", go_to_tab_cb);
  gtk_widget_class_install_action (widget_class, "win.loopback-pair", NULL, loopback_pair_cb);
  ph_window_files_install (widget_class);
  ph_window_tabs_install (widget_class);
}

static void
name_buttons (PhWindow *self)
{
  ph_compat_name_close_button (gtk_window_get_titlebar (GTK_WINDOW (self)));
}

/* The menu is made when it is first opened, so that the window starts sooner. */
static void
create_menu_cb (GtkMenuButton *button, gpointer data)
{
  if (gtk_menu_button_get_menu_model (button) == NULL)
    gtk_menu_button_set_menu_model (button, PH_WINDOW (data)->primary_menu);
}

static void
ph_window_init (PhWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->menu_button, create_menu_cb, self, NULL);
  restore_size (self);
  ph_window_files_accept (self);
  ph_window_above_add (self);
  g_signal_connect (self, "map", G_CALLBACK (name_buttons), NULL);
  g_signal_connect (self, "notify::maximized", G_CALLBACK (name_buttons), NULL);
  g_signal_connect (self, "notify::is-active", G_CALLBACK (name_buttons), NULL);
}

/**
 * ph_window_new:
 *
 * Returns: (transfer none): a window without tabs, as large as the one that was used last
 */
PhWindow *
ph_window_new (GtkApplication *application)
{
  PhWindow *last = application != NULL ? ph_window_find (application) : NULL;

  if (last != NULL)
    save_size (GTK_WINDOW (last));

  return g_object_new (PH_TYPE_WINDOW, "application", application, NULL);
}

/**
 * ph_window_find:
 *
 * Returns: (transfer none) (nullable): the window with tabs that was used last; %NULL if there is none
 */
PhWindow *
ph_window_find (GtkApplication *application)
{
  /* The one that was used last comes first. The windows beside it belong to it. */
  for (GList *at = gtk_application_get_windows (application); at != NULL; at = at->next)
    {
      GtkWindow *window = at->data;

      while (window != NULL && !PH_IS_WINDOW (window))
        window = gtk_window_get_transient_for (window);
      if (window != NULL)
        return PH_WINDOW (window);
    }

  return NULL;
}

/**
 * ph_window_insert_page:
 * @page: (transfer floating): gets a tab in front
 * @position: of the tab, from 0; -1 for the end
 */
void
ph_window_insert_page (PhWindow *window, PhSessionPage *page, int position)
{
  g_return_if_fail (PH_IS_WINDOW (window));

  ph_tab_strip_insert (window->strip, page, position);
  g_signal_connect_object (ph_tab_strip_get_label (window->strip, page), "wanted", G_CALLBACK (tab_wanted_cb), page, 0);
  ph_tab_strip_set_current (window->strip, page);
}

/**
 * ph_window_add_page:
 * @page: (transfer floating): a #PhSessionPage: gets a tab in front
 */
void
ph_window_add_page (PhWindow *window, GtkWidget *page)
{
  ph_window_insert_page (window, PH_SESSION_PAGE (page), -1);
}

/**
 * ph_window_add_tab:
 *
 * Returns: (transfer none): the page of a new tab in front
 */
PhSessionPage *
ph_window_add_tab (PhWindow *window)
{
  GtkWidget *page = ph_session_page_new ();

  ph_window_add_page (window, page);

  return PH_SESSION_PAGE (page);
}

/**
 * ph_window_close_page:
 *
 * Closes the tab of @page, and with the last one the window.
 */
void
ph_window_close_page (PhWindow *window, PhSessionPage *page)
{
  g_return_if_fail (PH_IS_WINDOW (window));

  if (ph_tab_strip_get_n_pages (window->strip) == 1)
    {
      gtk_window_close (GTK_WINDOW (window));
      return;
    }
  ph_closed_tabs_add (page, window);
  ph_tab_strip_remove (window->strip, page);
}

/**
 * ph_window_detach_page:
 *
 * Moves the tab of @page to a new window, unless it is the only one.
 */
void
ph_window_detach_page (PhWindow *window, PhSessionPage *page)
{
  g_autoptr (PhTabStrip) strip = strip_wanted_cb (window);

  if (strip != NULL)
    ph_tab_strip_move (window->strip, page, strip);
}

/**
 * ph_window_ask_to_close:
 *
 * If something in it would be lost, says so, and offers to close it all the same.
 *
 * Returns: whether it has asked, and not just before
 */
gboolean
ph_window_ask_to_close (PhWindow *window)
{
  g_autofree char *words = NULL, *count = NULL;
  guint n = count_unsaved (window);

  g_return_val_if_fail (PH_IS_WINDOW (window), FALSE);

  if (n == 0 || window->asked)
    return FALSE;
  count = ph_format_dup_grouped (n);
  words = g_strdup_printf (ngettext ("%s tab holds data that is not on disk", "%s tabs hold data that is not on disk", n), count);
  ph_window_toast (window, words, _("Close all the same"), close_all_the_same_cb, g_object_ref (window), not_asked_cb);
  window->asked = TRUE;

  return TRUE;
}

/** ph_window_end: closes it at once, whatever is in it: the user's desktop ends. */
void
ph_window_end (PhWindow *window)
{
  g_return_if_fail (PH_IS_WINDOW (window));

  window->ending = TRUE;
  gtk_window_close (GTK_WINDOW (window));
}

/**
 * ph_window_show_page:
 *
 * Brings the tab of @page to the front. The focus goes where the user goes on: to the message if the port is open, else to the fields.
 */
void
ph_window_show_page (PhWindow *window, PhSessionPage *page)
{
  gboolean active = ph_session_is_active (ph_session_page_get_session (page));

  ph_tab_strip_set_current (window->strip, page);
  gtk_widget_activate_action (GTK_WIDGET (page), "page.focus", "s", active ? "message" : "address");
}

/**
 * ph_window_present_page:
 * @page: has a tab in a window
 *
 * Brings the tab to the front, and its window.
 */
void
ph_window_present_page (PhSessionPage *page)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (page));

  if (!PH_IS_WINDOW (root))
    return;
  ph_tab_strip_set_current (PH_WINDOW (root)->strip, page);
  gtk_window_present (GTK_WINDOW (root));
}

/**
 * ph_window_get_current:
 *
 * Returns: (transfer none) (nullable): the page in front; %NULL where there is none
 */
PhSessionPage *
ph_window_get_current (PhWindow *window)
{
  return window->current;
}

/**
 * ph_window_get_page:
 * @position: of a tab, from 0
 *
 * Returns: (transfer none) (nullable): its page; %NULL if there are fewer tabs
 */
PhSessionPage *
ph_window_get_page (PhWindow *window, guint position)
{
  return ph_tab_strip_get_page (window->strip, (int) position);
}

/** ph_window_get_position: Returns: where the tab of @page is, from 0; -1 if it has none here */
int
ph_window_get_position (PhWindow *window, PhSessionPage *page)
{
  return ph_tab_strip_get_position (window->strip, page);
}

/** ph_window_get_label: Returns: (transfer none) (nullable): what is in the tab of @page */
GtkWidget *
ph_window_get_label (PhWindow *window, PhSessionPage *page)
{
  return ph_tab_strip_get_label (window->strip, page);
}

/**
 * ph_window_toast:
 * @button: (nullable): what its button says; %NULL for none
 * @func: (nullable) (scope notified): what the button does
 * @destroy: (nullable): called for @data when the words go, whether the button was pressed or not
 *
 * Says at the bottom of the window what was done, for a while, in place of what was said before.
 */
void
ph_window_toast (PhWindow *window, const char *words, const char *button, PhToastFunc func, gpointer data,
                 GDestroyNotify destroy)
{
  g_return_if_fail (PH_IS_WINDOW (window));

  if (window->toast == NULL)
    {
      window->toast = PH_TOAST (ph_toast_new ());
      gtk_overlay_add_overlay (window->overlay, GTK_WIDGET (window->toast));
    }
  ph_toast_show (window->toast, words, button, func, data, destroy);
}

/**
 * ph_window_dismiss_toast:
 *
 * Returns: whether there was something to hide
 */
gboolean
ph_window_dismiss_toast (PhWindow *window)
{
  return window->toast != NULL && ph_toast_dismiss (window->toast);
}
