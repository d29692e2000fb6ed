/* ph-enter-sends.c: has Enter send the message instead of beginning a line, if one wants it so
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-enter-sends.h"

static gboolean
is_enter (guint key, GdkModifierType state)
{
  return (key == GDK_KEY_Return || key == GDK_KEY_KP_Enter || key == GDK_KEY_ISO_Enter)
         && (state & gtk_accelerator_get_default_mod_mask ()) == 0;
}

/* An input method comes first: Enter takes over what it composes. The view would ask it too, but only after this. */
static gboolean
pressed_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, PhSendOptions *options)
{
  GtkWidget *view = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (controller));

  if (!ph_send_options_get_enter_sends (options) || !is_enter (key, state))
    return GDK_EVENT_PROPAGATE;
  if (!gtk_text_view_im_context_filter_keypress (GTK_TEXT_VIEW (view), event))
    gtk_widget_activate_action (view, "page.try-send", NULL);

  return GDK_EVENT_STOP;
}

/**
 * ph_enter_sends_attach:
 * @view: where the message is typed, in a page that has the action “try-send”
 * @options: say whether Enter sends; a reference is kept
 *
 * Shift+Enter makes a line as before.
 */
void
ph_enter_sends_attach (GtkTextView *view, PhSendOptions *options)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (pressed_cb), options, 0);
  gtk_widget_add_controller (GTK_WIDGET (view), keys);
}
