/* ph-tab-strip.c: the tabs of a window, in its header bar: which is in front, and how much room each has
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-tab-strip.h"

#include "ph-tab-holder.h"
#include "ph-tab-label.h"

#define AWAY 40               /* pixels from the strip where a tab that is let go gets a window of its own */
#define AROUND 22             /* pixels of each tab beside its label: padding and margin in style.css */
#define ARROWS 4              /* pixels that are left free, so that rounding does not bring the arrows */
#define LEAST 96              /* pixels of width: long titles must not keep the window wide */

struct _PhTabStrip
{
  GtkWidget parent_instance;

  int width; /* as of the last allocation; 0 before the first */
  guint idle;
  PhSessionPage *dragged; /* weak: whose tab is pressed */

  /* owned, a child */
  GtkNotebook *notebook;
};

G_DEFINE_FINAL_TYPE (PhTabStrip, ph_tab_strip, GTK_TYPE_WIDGET)

enum
{
  ADDED,
  REMOVED,
  SWITCHED,
  WANTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- which tab is whose ---- */

static GtkWidget *
holder_at (PhTabStrip *self, int position)
{
  return gtk_notebook_get_nth_page (self->notebook, position);
}

static GtkWidget *
holder_of (PhTabStrip *self, PhSessionPage *page)
{
  GtkWidget *holder;

  for (int i = 0; (holder = holder_at (self, i)) != NULL; i++)
    if (ph_tab_holder_get_page (PH_TAB_HOLDER (holder)) == page)
      return holder;

  return NULL;
}

static PhTabLabel *
label_at (PhTabStrip *self, int position)
{
  return ph_tab_holder_get_label (PH_TAB_HOLDER (holder_at (self, position)));
}

/* ---- room ---- */

static int
compare_widths (gconstpointer a, gconstpointer b)
{
  return *(const int *) a - *(const int *) b;
}

/* How wide a label may be at most, so that all of them have room: the short ones whole, the others alike. */
static int
share_room (const int *wanted, guint n, int room)
{
  g_autofree int *widths = g_memdup2 (wanted, n * sizeof *wanted);

  qsort (widths, n, sizeof *widths, compare_widths);
  for (guint i = 0; i < n; i++)
    {
      int share = room / (int) (n - i);

      if (widths[i] > share)
        return share;
      room -= widths[i];
    }

  return G_MAXINT;
}

/* Gives each title as much room as there is. */
static void
fit (PhTabStrip *self)
{
  guint n = ph_tab_strip_get_n_pages (self);
  int current = gtk_notebook_get_current_page (self->notebook);
  g_autofree int *wanted = g_new (int, MAX (n, 1));
  int most;

  if (self->width == 0)
    return;
  for (guint i = 0; i < n; i++)
    wanted[i] = ph_tab_label_get_wanted (label_at (self, (int) i), n > 1);
  most = share_room (wanted, n, self->width - ARROWS - AROUND * (int) n);
  for (guint i = 0; i < n; i++)
    ph_tab_label_set_room (label_at (self, (int) i), MIN (most, wanted[i]), n > 1 && (most >= wanted[i] || (int) i == current));
}

static gboolean
fit_cb (gpointer data)
{
  PhTabStrip *self = data;

  self->idle = 0;
  fit (self);

  return G_SOURCE_REMOVE;
}

static void
fit_soon (PhTabStrip *self)
{
  if (self->idle == 0)
    self->idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, fit_cb, self, NULL);
}

static void
ph_tab_strip_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                      int *minimum_baseline, int *natural_baseline)
{
  gtk_widget_measure (GTK_WIDGET (PH_TAB_STRIP (widget)->notebook), orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = MIN (*minimum, LEAST);
}

static void
ph_tab_strip_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  PhTabStrip *self = PH_TAB_STRIP (widget);
  int least;

  if (self->width != width)
    {
      self->width = width;
      fit_soon (self);
    }
  /* Until the titles are cut to this width, the notebook may need more. */
  gtk_widget_measure (GTK_WIDGET (self->notebook), GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  gtk_widget_allocate (GTK_WIDGET (self->notebook), MAX (width, least), height, baseline, NULL);
}

/* ---- the notebook ---- */

static void
tell_labels (PhTabStrip *self)
{
  int current = gtk_notebook_get_current_page (self->notebook);

  for (int i = 0; holder_at (self, i) != NULL; i++)
    {
      ph_tab_label_set_current (label_at (self, i), i == current);
      ph_tab_label_set_alone (label_at (self, i), ph_tab_strip_get_n_pages (self) == 1);
    }
  fit_soon (self);
}

static void
switched_cb (PhTabStrip *self)
{
  tell_labels (self);
  g_signal_emit (self, signals[SWITCHED], 0);
}

static void
page_added_cb (GtkNotebook *notebook, GtkWidget *holder, guint position, PhTabStrip *self)
{
  g_signal_connect_object (label_at (self, (int) position), "changed", G_CALLBACK (fit_soon), self, G_CONNECT_SWAPPED);
  gtk_notebook_set_tab_reorderable (notebook, holder, TRUE);
  tell_labels (self);
  g_signal_emit (self, signals[ADDED], 0, ph_tab_holder_get_page (PH_TAB_HOLDER (holder)));
}

static void
page_removed_cb (GtkNotebook *notebook, GtkWidget *holder, guint position, PhTabStrip *self)
{
  g_signal_handlers_disconnect_by_func (ph_tab_holder_get_label (PH_TAB_HOLDER (holder)), fit_soon, self);
  tell_labels (self);
  g_signal_emit (self, signals[REMOVED], 0, ph_tab_holder_get_page (PH_TAB_HOLDER (holder)));
}

/* GtkNotebook has a menu of its own on these keys. */
static gboolean
key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, PhTabStrip *self)
{
  int current = gtk_notebook_get_current_page (self->notebook);

  if (key != GDK_KEY_Menu && !(key == GDK_KEY_F10 && (state & gtk_accelerator_get_default_mod_mask ()) == GDK_SHIFT_MASK))
    return GDK_EVENT_PROPAGATE;
  if (current >= 0)
    ph_tab_label_open_menu (label_at (self, current));

  return GDK_EVENT_STOP;
}

/* ---- tabs that are dragged ---- */

/* In pixels of the strip. */
static gboolean
get_place (PhTabStrip *self, GdkEvent *event, graphene_point_t *ret_place)
{
  GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));
  double x, y, left, top;

  if (native == NULL || !gdk_event_get_position (event, &x, &y))
    return FALSE;
  gtk_native_get_surface_transform (native, &left, &top);

  return gtk_widget_compute_point (GTK_WIDGET (native), GTK_WIDGET (self), &GRAPHENE_POINT_INIT ((float) (x - left), (float) (y - top)),
                                   ret_place);
}

/* The page whose tab is there, or NULL, also on the button that closes it: who lets go elsewhere has thought better of it. */
static PhSessionPage *
page_at (PhTabStrip *self, double x, double y)
{
  GtkWidget *at = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);

  if (at != NULL && gtk_widget_get_ancestor (at, GTK_TYPE_BUTTON) != NULL)
    return NULL;
  while (at != NULL && at != GTK_WIDGET (self) && !g_str_equal (gtk_widget_get_css_name (at), "tab"))
    at = gtk_widget_get_parent (at);
  for (int i = 0; at != NULL && holder_at (self, i) != NULL; i++)
    if (gtk_widget_is_ancestor (GTK_WIDGET (label_at (self, i)), at))
      return ph_tab_strip_get_page (self, i);

  return NULL;
}

/* When the notebook has ended its own drag. */
static gboolean
move_out_cb (gpointer data)
{
  PhTabStrip *self = data;
  g_autoptr (PhTabStrip) other = NULL;

  if (self->dragged != NULL && ph_tab_strip_get_position (self, self->dragged) >= 0)
    g_signal_emit (self, signals[WANTED], 0, &other);
  if (other != NULL)
    ph_tab_strip_move (self, self->dragged, other);
  g_clear_weak_pointer (&self->dragged);

  return G_SOURCE_REMOVE;
}

static void
released (PhTabStrip *self, double y)
{
  if (self->dragged != NULL && (y < -AWAY || y > gtk_widget_get_height (GTK_WIDGET (self)) + AWAY))
    g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, move_out_cb, g_object_ref (self), g_object_unref);
  else
    g_clear_weak_pointer (&self->dragged);
}

/* Before the notebook, which takes the release for itself. */
static gboolean
watch_cb (GtkEventControllerLegacy *events, GdkEvent *event, PhTabStrip *self)
{
  GdkEventType type = gdk_event_get_event_type (event);
  graphene_point_t place;

  if ((type != GDK_BUTTON_PRESS && type != GDK_BUTTON_RELEASE) || gdk_button_event_get_button (event) != GDK_BUTTON_PRIMARY
      || !get_place (self, event, &place))
    return GDK_EVENT_PROPAGATE;
  if (type == GDK_BUTTON_PRESS)
    g_set_weak_pointer (&self->dragged, page_at (self, place.x, place.y));
  else
    released (self, place.y);

  return GDK_EVENT_PROPAGATE;
}

/* The header bar would move the window with a drag that is to move the tab. The notebook has seen the press by now. */
static gboolean
keep_press_cb (GtkEventControllerLegacy *events, GdkEvent *event, PhTabStrip *self)
{
  return gdk_event_get_event_type (event) == GDK_BUTTON_PRESS && self->dragged != NULL;
}

static void
follow_drags (PhTabStrip *self)
{
  GtkEventController *before = gtk_event_controller_legacy_new (), *behind = gtk_event_controller_legacy_new ();

  gtk_event_controller_set_propagation_phase (before, GTK_PHASE_CAPTURE);
  g_signal_connect (before, "event", G_CALLBACK (watch_cb), self);
  g_signal_connect (behind, "event", G_CALLBACK (keep_press_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), before);
  gtk_widget_add_controller (GTK_WIDGET (self), behind);
}

/* ---- the object ---- */

static void
ph_tab_strip_dispose (GObject *object)
{
  PhTabStrip *self = PH_TAB_STRIP (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_weak_pointer (&self->dragged);
  if (self->notebook != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->notebook, self);
      gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->notebook)));
    }

  G_OBJECT_CLASS (ph_tab_strip_parent_class)->dispose (object);
}

static void
ph_tab_strip_class_init (PhTabStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_tab_strip_dispose;
  widget_class->measure = ph_tab_strip_measure;
  widget_class->size_allocate = ph_tab_strip_size_allocate;

  signals[ADDED] = g_signal_new ("added", PH_TYPE_TAB_STRIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 PH_TYPE_SESSION_PAGE);
  signals[REMOVED] = g_signal_new ("removed", PH_TYPE_TAB_STRIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                   PH_TYPE_SESSION_PAGE);
  signals[SWITCHED] = g_signal_new ("switched", PH_TYPE_TAB_STRIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[WANTED] = g_signal_new ("wanted", PH_TYPE_TAB_STRIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, PH_TYPE_TAB_STRIP, 0);
}

static void
ph_tab_strip_init (PhTabStrip *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  follow_drags (self);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  self->notebook = GTK_NOTEBOOK (gtk_notebook_new ());
  gtk_notebook_set_scrollable (self->notebook, TRUE);
  gtk_notebook_set_show_border (self->notebook, FALSE);
  gtk_widget_set_parent (GTK_WIDGET (self->notebook), GTK_WIDGET (self));
  g_signal_connect (self->notebook, "page-added", G_CALLBACK (page_added_cb), self);
  g_signal_connect (self->notebook, "page-removed", G_CALLBACK (page_removed_cb), self);
  g_signal_connect_swapped (self->notebook, "notify::page", G_CALLBACK (switched_cb), self);
}

/**
 * ph_tab_strip_insert:
 * @page: (transfer none): gets a tab
 * @position: from 0; -1 for the end
 */
void
ph_tab_strip_insert (PhTabStrip *strip, PhSessionPage *page, int position)
{
  GtkWidget *holder = ph_tab_holder_new (page);

  g_return_if_fail (PH_IS_TAB_STRIP (strip));

  gtk_notebook_insert_page (strip->notebook, holder, GTK_WIDGET (ph_tab_holder_get_label (PH_TAB_HOLDER (holder))), position);
}

/**
 * ph_tab_strip_remove:
 *
 * Drops the tab of @page, if it has one here, and the reference to the page.
 */
void
ph_tab_strip_remove (PhTabStrip *strip, PhSessionPage *page)
{
  int position = ph_tab_strip_get_position (strip, page);

  if (position >= 0)
    gtk_notebook_remove_page (strip->notebook, position);
}

/**
 * ph_tab_strip_move:
 * @page: has a tab in @strip
 *
 * Moves the tab to the end of another strip, as if it had been dragged there.
 */
void
ph_tab_strip_move (PhTabStrip *strip, PhSessionPage *page, PhTabStrip *to)
{
  g_autoptr (GtkWidget) holder = g_object_ref (holder_of (strip, page));

  gtk_notebook_detach_tab (strip->notebook, holder);
  gtk_notebook_append_page (to->notebook, holder, GTK_WIDGET (ph_tab_holder_get_label (PH_TAB_HOLDER (holder))));
}

guint
ph_tab_strip_get_n_pages (PhTabStrip *strip)
{
  /* While the window goes the notebook is gone first. */
  return strip->notebook != NULL ? (guint) gtk_notebook_get_n_pages (strip->notebook) : 0;
}

/**
 * ph_tab_strip_get_page:
 * @position: from 0
 *
 * Returns: (transfer none) (nullable): the page of that tab; %NULL if there is none
 */
PhSessionPage *
ph_tab_strip_get_page (PhTabStrip *strip, int position)
{
  GtkWidget *holder = position >= 0 && strip->notebook != NULL ? holder_at (strip, position) : NULL;

  return holder != NULL ? ph_tab_holder_get_page (PH_TAB_HOLDER (holder)) : NULL;
}

/**
 * ph_tab_strip_get_position:
 *
 * Returns: where the tab of @page is, from 0; -1 if it is not in this strip
 */
int
ph_tab_strip_get_position (PhTabStrip *strip, PhSessionPage *page)
{
  GtkWidget *holder = strip->notebook != NULL ? holder_of (strip, page) : NULL;

  return holder != NULL ? gtk_notebook_page_num (strip->notebook, holder) : -1;
}

/**
 * ph_tab_strip_get_label:
 *
 * Returns: (transfer none) (nullable): what is in the tab of @page
 */
GtkWidget *
ph_tab_strip_get_label (PhTabStrip *strip, PhSessionPage *page)
{
  GtkWidget *holder = holder_of (strip, page);

  return holder != NULL ? GTK_WIDGET (ph_tab_holder_get_label (PH_TAB_HOLDER (holder))) : NULL;
}

/**
 * ph_tab_strip_get_current:
 *
 * Returns: (transfer none) (nullable): the page in front; %NULL where there is none
 */
PhSessionPage *
ph_tab_strip_get_current (PhTabStrip *strip)
{
  return strip->notebook != NULL ? ph_tab_strip_get_page (strip, gtk_notebook_get_current_page (strip->notebook)) : NULL;
}

/**
 * ph_tab_strip_set_current:
 *
 * Brings the tab of @page to the front.
 */
void
ph_tab_strip_set_current (PhTabStrip *strip, PhSessionPage *page)
{
  gtk_notebook_set_current_page (strip->notebook, ph_tab_strip_get_position (strip, page));
}
