/* ph-segments.c: toggle buttons side by side of which one is chosen: one tab stop, arrow keys choose
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-segments.h"

#include "ph-compat.h"

struct _PhSegments
{
  GtkBox parent_instance;
};

G_DEFINE_FINAL_TYPE (PhSegments, ph_segments, GTK_TYPE_BOX)

typedef enum
{
  FIRST,
  LAST,
  BEFORE,
  BEHIND,
} Step;

static gboolean
can_be_chosen (GtkWidget *segment)
{
  return GTK_IS_TOGGLE_BUTTON (segment) && gtk_widget_get_visible (segment) && gtk_widget_is_sensitive (segment);
}

/* From @segment, which is passed by if it cannot be chosen, to the next one that can; NULL at the end. */
static GtkWidget *
find (GtkWidget *segment, gboolean backward)
{
  while (segment != NULL && !can_be_chosen (segment))
    segment = backward ? gtk_widget_get_prev_sibling (segment) : gtk_widget_get_next_sibling (segment);

  return segment;
}

/* The segment that is chosen, or the first that can be. */
static GtkWidget *
find_chosen (GtkWidget *segments)
{
  GtkWidget *first = find (gtk_widget_get_first_child (segments), FALSE);

  for (GtkWidget *at = first; at != NULL; at = find (gtk_widget_get_next_sibling (at), FALSE))
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (at)))
      return at;

  return first;
}

static void
choose (GtkWidget *segment)
{
  gtk_widget_grab_focus (segment);
  if (!gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (segment)))
    g_signal_emit_by_name (segment, "clicked");
}

/* Behind the last comes the first, and the other way round. */
static gboolean
move (GtkWidget *segments, Step step)
{
  GtkWidget *from = gtk_widget_get_focus_child (segments), *to = NULL;
  gboolean backward = step == BEFORE || step == LAST;

  if (from == NULL)
    return FALSE;
  if (step == BEFORE)
    to = find (gtk_widget_get_prev_sibling (from), TRUE);
  else if (step == BEHIND)
    to = find (gtk_widget_get_next_sibling (from), FALSE);
  if (to == NULL)
    to = find (backward ? gtk_widget_get_last_child (segments) : gtk_widget_get_first_child (segments), backward);
  if (to != NULL)
    choose (to);

  return TRUE;
}

static gboolean
ph_segments_grab_focus (GtkWidget *widget)
{
  GtkWidget *chosen = find_chosen (widget);

  return chosen != NULL && gtk_widget_grab_focus (chosen);
}

static gboolean
ph_segments_focus (GtkWidget *widget, GtkDirectionType direction)
{
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  if (gtk_widget_get_focus_child (widget) == NULL)
    return ph_segments_grab_focus (widget);
  switch (direction)
    {
    case GTK_DIR_UP:
      return move (widget, BEFORE);
    case GTK_DIR_DOWN:
      return move (widget, BEHIND);
    case GTK_DIR_LEFT:
      return move (widget, mirrored ? BEHIND : BEFORE);
    case GTK_DIR_RIGHT:
      return move (widget, mirrored ? BEFORE : BEHIND);
    default:
      return FALSE;
    }
}

static gboolean
end_cb (GtkWidget *widget, GVariant *step, gpointer unused)
{
  return move (widget, (Step) g_variant_get_int32 (step));
}

/* The accessible label tells what is chosen, where the text on the button is one word. */
static void
ph_segments_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (ph_segments_parent_class)->root (widget);
  for (GtkWidget *at = gtk_widget_get_first_child (widget); at != NULL; at = gtk_widget_get_next_sibling (at))
    ph_compat_keep_name (at);
}

static void
ph_segments_class_init (PhSegmentsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  static const struct
  {
    guint key;
    Step step;
  } ends[] = { { GDK_KEY_Home, FIRST }, { GDK_KEY_KP_Home, FIRST }, { GDK_KEY_End, LAST }, { GDK_KEY_KP_End, LAST } };

  widget_class->focus = ph_segments_focus;
  widget_class->grab_focus = ph_segments_grab_focus;
  widget_class->root = ph_segments_root;
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    gtk_widget_class_add_binding (widget_class, ends[i].key, 0, end_cb, "i", (int) ends[i].step);
}

static void
ph_segments_init (PhSegments *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "linked");
}
