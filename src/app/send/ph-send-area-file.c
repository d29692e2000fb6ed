/* ph-send-area-file.c: a file in place of the typed text: it is dropped or chosen, and a card shows it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-send-area-private.h"

static gboolean
drop_cb (PhSendArea *self, const GValue *value)
{
  GSList *files = g_value_get_boxed (value);

  for (GSList *at = files; at != NULL; at = at->next)
    g_signal_emit_by_name (self, "file-dropped", at->data);

  return files != NULL;
}

/** ph_send_area_accept_files: the box takes a file before the text view takes its name. */
void
ph_send_area_accept_files (PhSendArea *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (target), GTK_PHASE_CAPTURE);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

static void
closed_cb (PhSendArea *self)
{
  g_signal_emit_by_name (self, "file-closed");
}

/**
 * ph_send_area_set_file:
 * @file: (nullable): what is sent in place of the text, which is kept; %NULL: the text again
 */
void
ph_send_area_set_file (PhSendArea *area, GFile *file)
{
  g_return_if_fail (PH_IS_SEND_AREA (area));

  if (file != NULL && area->card == NULL)
    {
      area->card = PH_FILE_CARD (ph_file_card_new ());
      gtk_box_append (GTK_BOX (area->card_place), GTK_WIDGET (area->card));
      g_signal_connect_object (area->card, "changed", G_CALLBACK (ph_send_area_update_button), area, G_CONNECT_SWAPPED);
      g_signal_connect_object (area->card, "closed", G_CALLBACK (closed_cb), area, G_CONNECT_SWAPPED);
    }
  gtk_widget_set_visible (area->card_place, file != NULL);
  gtk_widget_set_visible (area->typed_box, file == NULL);
  gtk_widget_set_visible (area->preview, area->preview_fits && file == NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (area->summary), file == NULL);
  gtk_widget_set_opacity (GTK_WIDGET (area->summary), file == NULL ? 1 : 0); /* it keeps its room */
  gtk_widget_set_sensitive (GTK_WIDGET (area->pieces_button), file == NULL);
  if (file != NULL)
    {
      ph_file_card_set_stream (area->card, area->stream);
      ph_file_card_set_file (area->card, file);
    }
  ph_send_area_update_button (area);
}

/** ph_send_area_has_file: Returns: whether a file is sent, and not what is typed */
gboolean
ph_send_area_has_file (PhSendArea *area)
{
  return gtk_widget_get_visible (area->card_place);
}

/** ph_send_area_get_card: Returns: (transfer none) (nullable): the file that is sent; %NULL if none was chosen yet */
PhFileCard *
ph_send_area_get_card (PhSendArea *area)
{
  return area->card;
}
