/* ph-tab-label.c: shows a session page's state and title in its tab, and what came since it was last in front
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-tab-label.h"

#include "ph-format.h"
#include "ph-lamp.h"
#include "ph-popover.h"
#include "ph-session-capture.h"

#include <glib/gi18n.h>

#define TITLE_LEAST 40 /* pixels of a title, however many tabs there are, */
#define TITLE_MOST 320 /* and where there is room */
#define CLOSE_WIDTH 22 /* of the button, also while it is hidden */
#define NEW_MOST 999   /* records; of more, it is only said that they are more */
#define PACE 300       /* ms between two updates of their number: each lays out the window */

struct _PhTabLabel
{
  GtkWidget parent_instance;

  gboolean current;
  guint64 seen; /* the number of the next record, when the tab was last in front */
  guint later;  /* the source of the next update */

  /* template */
  GtkBox *box; /* has no popovers among its children: the style of the last child is another */
  PhLamp *lamp;
  GtkLabel *title_label;
  GtkLabel *new_label;
  GtkWidget *close_button;
  GMenuModel *menu;

  /* owned */
  PhSession *session;
};

G_DEFINE_FINAL_TYPE (PhTabLabel, ph_tab_label, GTK_TYPE_WIDGET)

enum
{
  WANTED,
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *const actions[] = { "tab.rename", "tab.duplicate", "tab.detach", "tab.reopen", "tab.close", "tab.close-others" };

/* ---- what is new ---- */

static guint64
next_number (PhTabLabel *self)
{
  PhStore *store = ph_session_get_store (self->session);
  guint64 number;

  ph_store_begin_read (store);
  number = ph_store_number (store, ph_session_get_end (self->session));
  ph_store_end_read (store);

  return number;
}

static void
show_new (PhTabLabel *self)
{
  guint64 number = self->current || ph_session_is_read_only (self->session) ? 0 : next_number (self);
  guint64 n = number - MIN (number, self->seen);
  g_autofree char *count = n > NEW_MOST ? g_strdup_printf ("%d+", NEW_MOST) : ph_format_dup_grouped (n);
  g_autofree char *words = NULL;

  if (n > 0)
    /* Translators: in a tab behind others: how many records came; at most “999+” */
    words = g_strdup_printf (ngettext ("(%s new)", "(%s new)", MIN (n, NEW_MOST + 1)), count);
  if (g_strcmp0 (gtk_label_get_label (self->new_label), words != NULL ? words : "") == 0)
    return;
  gtk_label_set_label (self->new_label, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->new_label), n > 0);
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
later_cb (gpointer data)
{
  PhTabLabel *self = data;

  self->later = 0;
  show_new (self);

  return G_SOURCE_REMOVE;
}

static void
advanced_cb (PhTabLabel *self)
{
  if (!self->current && self->later == 0)
    self->later = g_timeout_add (PACE, later_cb, self);
}

/* ---- the object ---- */

static void
title_changed_cb (PhTabLabel *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
want (PhTabLabel *self, const char *what)
{
  g_signal_emit (self, signals[WANTED], 0, what);
}

static void
close_clicked_cb (PhTabLabel *self)
{
  want (self, "close");
}

/* @name: such as “tab.rename” */
static void
wanted_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  want (PH_TAB_LABEL (widget), name + strlen ("tab."));
}

static void
middle_cb (GtkGestureClick *gesture, int n_press, double x, double y, PhTabLabel *self)
{
  want (self, "close");
}

/* The window below would become as large as the screen. */
static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, PhTabLabel *self)
{
  if (n_press != 2)
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  want (self, "rename");
}

static void
secondary_cb (GtkGestureClick *gesture, int n_press, double x, double y, PhTabLabel *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  ph_tab_label_open_menu (self);
}

static void
ph_tab_label_dispose (GObject *object)
{
  PhTabLabel *self = PH_TAB_LABEL (object);

  g_clear_handle_id (&self->later, g_source_remove);
  g_clear_object (&self->session);
  for (GtkWidget *child; (child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL;)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (ph_tab_label_parent_class)->dispose (object);
}

static void
ph_tab_label_class_init (PhTabLabelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_tab_label_dispose;
  signals[WANTED] = g_signal_new ("wanted", PH_TYPE_TAB_LABEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_STRING);
  signals[CHANGED] = g_signal_new ("changed", PH_TYPE_TAB_LABEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (PH_TYPE_LAMP);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/porthole/Porthole/tab-label.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_bind_template_child (widget_class, PhTabLabel, box);
  gtk_widget_class_bind_template_child (widget_class, PhTabLabel, lamp);
  gtk_widget_class_bind_template_child (widget_class, PhTabLabel, title_label);
  gtk_widget_class_bind_template_child (widget_class, PhTabLabel, new_label);
  gtk_widget_class_bind_template_child (widget_class, PhTabLabel, close_button);
  gtk_widget_class_bind_template_child (widget_class, PhTabLabel, menu);
  gtk_widget_class_bind_template_callback (widget_class, close_clicked_cb);
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i], NULL, wanted_cb);
}

static void
add_click (PhTabLabel *self, guint button, const char *when, GCallback func)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), button);
  g_signal_connect_object (click, when, func, self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

static void
ph_tab_label_init (PhTabLabel *self)
{
  self->current = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  add_click (self, GDK_BUTTON_PRIMARY, "pressed", G_CALLBACK (pressed_cb));
  add_click (self, GDK_BUTTON_MIDDLE, "released", G_CALLBACK (middle_cb));
  add_click (self, GDK_BUTTON_SECONDARY, "pressed", G_CALLBACK (secondary_cb));
}

/**
 * ph_tab_label_new:
 *
 * Returns: (transfer floating): a label for the tab of @page, with a menu; a click with the middle button closes the tab, a double click
 *   renames it
 */
GtkWidget *
ph_tab_label_new (PhSessionPage *page)
{
  PhTabLabel *self = g_object_new (PH_TYPE_TAB_LABEL, NULL);

  self->session = g_object_ref (ph_session_page_get_session (page));
  g_object_bind_property (page, "title", self->title_label, "label", G_BINDING_SYNC_CREATE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "tab.duplicate", !ph_session_page_is_file (page));
  g_object_bind_property (self->session, "state", self->lamp, "state", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (self->title_label, "notify::label", G_CALLBACK (title_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "advanced", G_CALLBACK (advanced_cb), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

/**
 * ph_tab_label_set_current:
 * @current: whether its tab is in front: then nothing is new
 */
void
ph_tab_label_set_current (PhTabLabel *label, gboolean current)
{
  g_return_if_fail (PH_IS_TAB_LABEL (label));

  if (label->current == current)
    return;
  label->seen = next_number (label);
  label->current = current;
  show_new (label);
}

/**
 * ph_tab_label_set_alone:
 * @alone: whether there is no other tab in the window
 */
void
ph_tab_label_set_alone (PhTabLabel *label, gboolean alone)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (label), "tab.detach", !alone);
  gtk_widget_action_set_enabled (GTK_WIDGET (label), "tab.close-others", !alone);
}

/** ph_tab_label_open_menu: shows what can be done with the tab. */
void
ph_tab_label_open_menu (PhTabLabel *label)
{
  GtkWidget *menu = gtk_popover_menu_new_from_model (label->menu);

  g_return_if_fail (PH_IS_TAB_LABEL (label));

  gtk_widget_set_halign (menu, GTK_ALIGN_START);
  gtk_popover_set_has_arrow (GTK_POPOVER (menu), FALSE);
  ph_popover_open_once (menu, GTK_WIDGET (label));
}

/* ---- its width ---- */

static int
natural_width (GtkWidget *widget)
{
  int natural = 0;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);

  return natural;
}

/* Everything but the title. */
static int
rest_width (PhTabLabel *self, gboolean closable)
{
  int spacing = gtk_box_get_spacing (self->box);
  int width = natural_width (GTK_WIDGET (self->lamp)) + spacing;

  if (gtk_widget_get_visible (GTK_WIDGET (self->new_label)))
    width += natural_width (GTK_WIDGET (self->new_label)) + spacing;
  if (closable)
    width += CLOSE_WIDTH + spacing;

  return width;
}

/**
 * ph_tab_label_get_wanted:
 * @closable: whether it has a button to close the tab
 *
 * Returns: pixels that it needs to show everything
 */
int
ph_tab_label_get_wanted (PhTabLabel *label, gboolean closable)
{
  g_autoptr (PangoLayout) layout =
    gtk_widget_create_pango_layout (GTK_WIDGET (label->title_label), gtk_label_get_label (label->title_label));
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);

  return rest_width (label, closable) + CLAMP (width + 1, TITLE_LEAST, TITLE_MOST);
}

/**
 * ph_tab_label_set_room:
 * @width: pixels; it takes more if it needs them
 * @closable: whether it has a button to close the tab
 */
void
ph_tab_label_set_room (PhTabLabel *label, int width, gboolean closable)
{
  gtk_widget_set_visible (label->close_button, closable);
  gtk_widget_set_size_request (GTK_WIDGET (label->title_label), MAX (width - rest_width (label, closable), TITLE_LEAST), -1);
}
