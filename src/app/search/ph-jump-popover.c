/* ph-jump-popover.c: asks for the number of a record or a time, and scrolls the log there
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-jump-popover.h"

#include "ph-direction.h"
#include "ph-jump.h"
#include "ph-popover.h"

#include <glib/gi18n.h>

#define BELOW 6 /* pixels below the upper edge of the log */

struct _PhJumpPopover
{
  GtkPopover parent_instance;

  /* template */
  GtkEntry *entry;
  GtkLabel *reason_label;

  gboolean awaits; /* the log goes there when what has to be looked at was read from the file */

  /* borrowed */
  PhSession *session; /* outlives the popover, as the view does: both belong to the page */
  PhLogView *view;
};

G_DEFINE_FINAL_TYPE (PhJumpPopover, ph_jump_popover, GTK_TYPE_POPOVER)

static void
show_reason (PhJumpPopover *self, const char *reason, gboolean wrong)
{
  gtk_label_set_label (self->reason_label, reason != NULL ? reason : "");
  gtk_widget_set_visible (GTK_WIDGET (self->reason_label), reason != NULL);
  if (wrong)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
      gtk_widget_add_css_class (GTK_WIDGET (self->reason_label), "error");
    }
  else
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
      gtk_widget_remove_css_class (GTK_WIDGET (self->reason_label), "error");
    }
}

static void
forget (PhJumpPopover *self)
{
  self->awaits = FALSE;
  show_reason (self, NULL, FALSE);
}

static void
changed_cb (PhJumpPopover *self)
{
  forget (self);
}

static void
activate_cb (PhJumpPopover *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autoptr (GError) error = NULL;
  guint64 seq;
  PhJump found = ph_jump_find (text, ph_session_get_newest (self->session), ph_session_get_store (self->session),
                               ph_session_get_end (self->session), &seq, &error);

  self->awaits = found == PH_JUMP_AWAITS;
  if (error != NULL || self->awaits)
    {
      show_reason (self, self->awaits ? _("Reading from the file…") : error->message, !self->awaits);
      return;
    }
  gtk_popover_popdown (GTK_POPOVER (self));
  if (found != PH_JUMP_FOUND)
    return;
  /* To the nearest one, where the log was cleared. */
  ph_log_view_go_to (self->view, MAX (seq, ph_session_get_first (self->session)));
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
advanced_cb (PhJumpPopover *self)
{
  if (self->awaits)
    activate_cb (self);
}

static void
ph_jump_popover_class_init (PhJumpPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/porthole/Porthole/jump-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, PhJumpPopover, entry);
  gtk_widget_class_bind_template_child (widget_class, PhJumpPopover, reason_label);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
ph_jump_popover_init (PhJumpPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  ph_popover_return_focus (GTK_WIDGET (self));
  ph_direction_keep_entry (GTK_EDITABLE (self->entry));
  g_signal_connect (self, "closed", G_CALLBACK (forget), NULL);
}

/**
 * ph_jump_popover_new:
 * @session: (transfer none): outlives the popover
 * @view: (transfer none): shows the log of @session; outlives the popover
 *
 * Returns: (transfer floating): its parent must contain @view
 */
GtkWidget *
ph_jump_popover_new (PhSession *session, PhLogView *view)
{
  PhJumpPopover *self = g_object_new (PH_TYPE_JUMP_POPOVER, NULL);

  self->session = session;
  self->view = view;
  g_signal_connect_object (session, "advanced", G_CALLBACK (advanced_cb), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

/**
 * ph_jump_popover_open:
 *
 * Opens it at the upper edge of the log. It must have a parent.
 */
void
ph_jump_popover_open (PhJumpPopover *popover)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (popover));
  graphene_rect_t bounds;

  if (gtk_widget_compute_bounds (GTK_WIDGET (popover->view), parent, &bounds))
    gtk_popover_set_pointing_to (GTK_POPOVER (popover),
                                 &(GdkRectangle) { (int) (bounds.origin.x + bounds.size.width / 2),
                                                   (int) bounds.origin.y + BELOW, 1, 1 });
  forget (popover);
  gtk_popover_popup (GTK_POPOVER (popover));
  gtk_editable_select_region (GTK_EDITABLE (popover->entry), 0, -1);
  gtk_widget_grab_focus (GTK_WIDGET (popover->entry));
}
