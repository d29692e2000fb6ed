/* ph-pieces-popover.c: how a message of a stream is cut into pieces
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-pieces-popover.h"

#include "ph-number-field.h"
#include "ph-popover.h"

struct _PhPiecesPopover
{
  GtkPopover parent_instance;

  /* template */
  GtkWidget *pieces_grid;
  PhNumberField *size_field;
  PhNumberField *pause_field;
  GtkCheckButton *random_check;
  PhNumberField *seed_field;
  GtkWidget *no_stream_label;
};

G_DEFINE_FINAL_TYPE (PhPiecesPopover, ph_pieces_popover, GTK_TYPE_POPOVER)

static void
ph_pieces_popover_class_init (PhPiecesPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PH_TYPE_NUMBER_FIELD);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/porthole/Porthole/pieces-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, PhPiecesPopover, pieces_grid);
  gtk_widget_class_bind_template_child (widget_class, PhPiecesPopover, size_field);
  gtk_widget_class_bind_template_child (widget_class, PhPiecesPopover, pause_field);
  gtk_widget_class_bind_template_child (widget_class, PhPiecesPopover, random_check);
  gtk_widget_class_bind_template_child (widget_class, PhPiecesPopover, seed_field);
  gtk_widget_class_bind_template_child (widget_class, PhPiecesPopover, no_stream_label);
}

static void
ph_pieces_popover_init (PhPiecesPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  ph_popover_return_focus (GTK_WIDGET (self));
}

/**
 * ph_pieces_popover_new:
 * @options: bound to the controls
 *
 * Returns: (transfer floating): for a menu button
 */
GtkWidget *
ph_pieces_popover_new (PhSendOptions *options)
{
  const GBindingFlags both = G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL;
  PhPiecesPopover *self = g_object_new (PH_TYPE_PIECES_POPOVER, NULL);

  g_object_bind_property (options, "piece-size", self->size_field, "value", both);
  g_object_bind_property (options, "piece-pause", self->pause_field, "value", both);
  g_object_bind_property (options, "piece-random", self->random_check, "active", both);
  g_object_bind_property (options, "piece-seed", self->seed_field, "value", both);
  g_object_bind_property (options, "piece-random", self->seed_field, "sensitive", G_BINDING_SYNC_CREATE);

  return GTK_WIDGET (self);
}

/**
 * ph_pieces_popover_set_stream:
 * @stream: whether messages go to a stream: a datagram is not cut
 */
void
ph_pieces_popover_set_stream (PhPiecesPopover *popover, gboolean stream)
{
  g_return_if_fail (PH_IS_PIECES_POPOVER (popover));

  gtk_widget_set_sensitive (popover->pieces_grid, stream);
  gtk_widget_set_visible (popover->no_stream_label, !stream);
}
