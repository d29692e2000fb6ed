/* ph-window.c: keeps the tabs, and gives the actions of the one in front to menus and keys
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-window.h"

#include "ph-compat.h"
#include "ph-plat.h"
#include "ph-session-capture.h"
#include "ph-settings.h"
#include "ph-store.h"
#include "ph-tab-label.h"
#include "ph-window-files.h"

#include <glib/gi18n.h>

#define LOOPBACK "127.0.0.1"

struct _PhWindow
{
  GtkApplicationWindow parent_instance;

  /* template */
  GtkLabel *title_label;
  GtkMenuButton *menu_button;
  GMenuModel *primary_menu;
  GtkNotebook *notebook;

  /* borrowed */
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
  gtk_label_set_label (self->title_label, title);
  gtk_window_set_title (GTK_WINDOW (self), full);
}

static void
notify_page_cb (PhWindow *self)
{
  int number = gtk_notebook_get_current_page (self->notebook);
  GtkWidget *page = number >= 0 ? gtk_notebook_get_nth_page (self->notebook, number) : NULL;

  if (page == (GtkWidget *) self->current)
    return;
  forget_page (self);
  if (page == NULL)
    return;
  g_set_weak_pointer (&self->current, PH_SESSION_PAGE (page));
  ph_session_page_set_current (self->current, TRUE);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "page", ph_session_page_get_actions (self->current));
  update_title (self);
}

static void
pages_changed_cb (PhWindow *self)
{
  /* Newer versions of GTK drop the children of the template before the notebook drops its pages. */
  if (self->notebook == NULL)
    return;
  gtk_notebook_set_show_tabs (self->notebook, gtk_notebook_get_n_pages (self->notebook) > 1);
  notify_page_cb (self);
}

/* ---- actions ---- */

static void
close_page (PhWindow *self, GtkWidget *page)
{
  int number = gtk_notebook_page_num (self->notebook, page);

  if (number < 0)
    return;
  if (gtk_notebook_get_n_pages (self->notebook) == 1)
    gtk_window_close (GTK_WINDOW (self));
  else
    gtk_notebook_remove_page (self->notebook, number);
}

static void
tab_close_cb (PhTabLabel *label, PhSessionPage *page)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (page));

  if (root != NULL)
    close_page (PH_WINDOW (root), GTK_WIDGET (page));
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
close_tab_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PhWindow *self = PH_WINDOW (widget);

  if (self->current != NULL)
    close_page (self, GTK_WIDGET (self->current));
}

/* Focus where the user goes on: in the message if the port is open, else in the fields. */
static void
show_tab (PhWindow *self, int number)
{
  gtk_notebook_set_current_page (self->notebook, number);
  if (self->current == NULL)
    return;
  if (ph_session_is_active (ph_session_page_get_session (self->current)))
    gtk_widget_activate_action (GTK_WIDGET (self->current), "page.focus", "s", "message");
  else
    gtk_widget_activate_action (GTK_WIDGET (self->current), "page.focus", "s", "address");
}

/* 1: the next tab, -1: the one before; the first follows the last. */
static void
step_tab_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PhWindow *self = PH_WINDOW (widget);
  int n = gtk_notebook_get_n_pages (self->notebook);

  if (n > 0)
    show_tab (self, (gtk_notebook_get_current_page (self->notebook) + g_variant_get_int32 (parameter) + n) % n);
}

static void
go_to_tab_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PhWindow *self = PH_WINDOW (widget);
  int number = g_variant_get_int32 (parameter) - 1;

  if (number < gtk_notebook_get_n_pages (self->notebook))
    show_tab (self, number);
}

/* ---- a loopback pair ---- */

typedef struct
{
  PhSessionPage *page; /* weak: its remote is set to the address of the other one */
} Aim;

static void
aim_free (gpointer data, GClosure *closure)
{
  Aim *aim = data;

  g_clear_weak_pointer (&aim->page);
  g_free (aim);
}

/* If it was not opened, a later opening does not make a pair. */
static void
aim_at_bound_cb (PhSession *session, GParamSpec *pspec, Aim *aim)
{
  const char *local = ph_session_get_local (session);
  g_auto (PhPlace) place = { 0 };

  if (local == NULL || !ph_place_parse (local, &place, NULL, NULL))
    {
      if (!ph_session_is_active (session))
        g_signal_handlers_disconnect_by_data (session, aim);
      return;
    }
  if (aim->page != NULL)
    ph_session_page_set_remote (aim->page, &place);
  g_signal_handlers_disconnect_by_data (session, aim);
}

/* Sets the remote of @page to the address of @other, which is being opened, as soon as it is bound. */
static void
aim_at (PhSessionPage *page, PhSessionPage *other)
{
  PhSession *session = ph_session_page_get_session (other);
  Aim *aim;

  if (!ph_session_is_active (session))
    return;
  aim = g_new0 (Aim, 1);
  g_set_weak_pointer (&aim->page, page);
  g_signal_connect (session, "notify::state", G_CALLBACK (aim_at_bound_cb), aim);
  g_signal_connect_data (session, "notify::local", G_CALLBACK (aim_at_bound_cb), aim, aim_free, 0);
}

static PhSessionPage *
page_for_pair (PhWindow *self)
{
  PhSession *session = self->current != NULL ? ph_session_page_get_session (self->current) : NULL;

  if (session == NULL || ph_session_is_active (session) || ph_session_is_read_only (session))
    return ph_window_add_tab (self);

  return self->current;
}

static void
loopback_pair_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PhWindow *self = PH_WINDOW (widget);
  g_autoptr (PhEndpoint) endpoint = ph_endpoint_new (ph_transport_for_pair ()->id);
  PhSessionPage *one = page_for_pair (self);
  PhSessionPage *two = ph_window_add_tab (self);

  ph_place_set_ip (&endpoint->local, LOOPBACK, 0);
  ph_session_page_set_endpoint (one, endpoint);
  ph_session_page_set_endpoint (two, endpoint);
  ph_session_page_open (one);
  ph_session_page_open (two);
  aim_at (one, two);
  aim_at (two, one);
  show_tab (self, gtk_notebook_page_num (self->notebook, GTK_WIDGET (one)));
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

static gboolean
ph_window_close_request (GtkWindow *window)
{
  GSettings *settings = ph_settings_get ();
  int width, height;

  gtk_window_get_default_size (window, &width, &height);
  g_settings_set_int (settings, "window-width", CLAMP (width, 320, 16384));
  g_settings_set_int (settings, "window-height", CLAMP (height, 240, 16384));
  g_settings_set_boolean (settings, "window-maximized", gtk_window_is_maximized (window));

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

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/porthole/Porthole/window.ui");
  gtk_widget_class_bind_template_child (widget_class, PhWindow, title_label);
  gtk_widget_class_bind_template_child (widget_class, PhWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, PhWindow, primary_menu);
  gtk_widget_class_bind_template_child (widget_class, PhWindow, notebook);
  gtk_widget_class_bind_template_callback (widget_class, notify_page_cb);
  gtk_widget_class_bind_template_callback (widget_class, pages_changed_cb);
  gtk_widget_class_install_action (widget_class, "win.new-tab", NULL, new_tab_cb);
  gtk_widget_class_install_action (widget_class, "win.close-tab", NULL, close_tab_cb);
  gtk_widget_class_install_action (widget_class, "win.step-tab", "i", step_tab_cb);
  gtk_widget_class_install_action (widget_class, "win.go-to-tab", "i", go_to_tab_cb);
  gtk_widget_class_install_action (widget_class, "win.loopback-pair", NULL, loopback_pair_cb);
  ph_window_files_install (widget_class);
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
  g_signal_connect (self, "map", G_CALLBACK (name_buttons), NULL);
  g_signal_connect (self, "notify::maximized", G_CALLBACK (name_buttons), NULL);
  g_signal_connect (self, "notify::is-active", G_CALLBACK (name_buttons), NULL);
}

/**
 * ph_window_new:
 *
 * Returns: (transfer none): a window without tabs, in its last size
 */
PhWindow *
ph_window_new (GtkApplication *application)
{
  return g_object_new (PH_TYPE_WINDOW, "application", application, NULL);
}

/**
 * ph_window_add_page:
 * @page: (transfer floating): a #PhSessionPage: gets a tab in front
 */
void
ph_window_add_page (PhWindow *window, GtkWidget *page)
{
  GtkWidget *label;
  int number;

  g_return_if_fail (PH_IS_WINDOW (window));

  label = ph_tab_label_new (PH_SESSION_PAGE (page));
  g_signal_connect_object (label, "close", G_CALLBACK (tab_close_cb), page, 0);
  g_signal_connect_object (page, "notify::title", G_CALLBACK (update_title), window, G_CONNECT_SWAPPED);
  number = gtk_notebook_append_page (window->notebook, page, label);
  gtk_notebook_set_tab_reorderable (window->notebook, page, TRUE);
  gtk_notebook_set_current_page (window->notebook, number);
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
 * ph_window_get_pages:
 *
 * Returns: (transfer full): its tabs, #GtkNotebookPage items
 */
GListModel *
ph_window_get_pages (PhWindow *window)
{
  return gtk_notebook_get_pages (window->notebook);
}
