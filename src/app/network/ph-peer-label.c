/* ph-peer-label.c: the address of a peer, and below it what was done here with its connection
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-peer-label.h"

#include "ph-direction.h"
#include "ph-peer-control.h"

struct _PhPeerLabel
{
  GtkBox parent_instance;

  /* borrowed: children */
  GtkLabel *address;
  GtkLabel *words; /* NULL until there is something to tell: lists have many rows */

  /* owned */
  PhPeer *peer;
};

G_DEFINE_FINAL_TYPE (PhPeerLabel, ph_peer_label, GTK_TYPE_BOX)

static void
make_words (PhPeerLabel *self)
{
  GtkWidget *words = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (words), 0);
  gtk_label_set_ellipsize (GTK_LABEL (words), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (words, "peer-control");
  gtk_box_append (GTK_BOX (self), words);
  self->words = GTK_LABEL (words);
}

static void
update (PhPeerLabel *self)
{
  g_autofree char *words = ph_peer_control_dup_words (self->peer);

  if (words != NULL && self->words == NULL)
    make_words (self);
  if (self->words == NULL)
    return;
  gtk_label_set_label (self->words, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->words), words != NULL);
}

static void
ph_peer_label_dispose (GObject *object)
{
  ph_peer_label_set_peer (PH_PEER_LABEL (object), NULL);

  G_OBJECT_CLASS (ph_peer_label_parent_class)->dispose (object);
}

static void
ph_peer_label_class_init (PhPeerLabelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ph_peer_label_dispose;
}

static void
ph_peer_label_init (PhPeerLabel *self)
{
  GtkWidget *address = gtk_label_new (NULL);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_label_set_xalign (GTK_LABEL (address), 0);
  ph_direction_keep_label (GTK_LABEL (address));
  gtk_label_set_ellipsize (GTK_LABEL (address), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_add_css_class (address, "numeric");
  gtk_box_append (GTK_BOX (self), address);
  self->address = GTK_LABEL (address);
}

/**
 * ph_peer_label_new:
 * @width_chars: the least width of the address; -1 for any
 *
 * Returns: (transfer floating): of nobody
 */
GtkWidget *
ph_peer_label_new (int width_chars)
{
  PhPeerLabel *self = g_object_new (PH_TYPE_PEER_LABEL, NULL);

  gtk_label_set_width_chars (self->address, width_chars);

  return GTK_WIDGET (self);
}

/**
 * ph_peer_label_set_peer:
 * @peer: (nullable): %NULL in a row that is not used
 */
void
ph_peer_label_set_peer (PhPeerLabel *label, PhPeer *peer)
{
  g_return_if_fail (PH_IS_PEER_LABEL (label));

  if (label->peer == peer)
    return;
  if (label->peer != NULL)
    g_signal_handlers_disconnect_by_func (label->peer, update, label);
  g_set_object (&label->peer, peer);
  if (peer == NULL)
    return;
  gtk_label_set_label (label->address, ph_peer_get_address (peer));
  g_signal_connect_object (peer, "notify::half-closed-here", G_CALLBACK (update), label, G_CONNECT_SWAPPED);
  g_signal_connect_object (peer, "notify::reading-stopped", G_CALLBACK (update), label, G_CONNECT_SWAPPED);
  update (label);
}
