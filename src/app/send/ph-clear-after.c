/* ph-clear-after.c: takes a message out of the box when it was sent, and brings it back if it was not
 *
 * A message goes to the worker, and only records tell what became of it. So the box is cleared at once, for the next message is typed
 * meanwhile; a message that was refused comes back, if nothing was typed or sent since.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-clear-after.h"

struct _PhClearAfter
{
  GObject parent_instance;

  gboolean clearing;
  guint64 taken, refused; /* messages, as counted when this one was sent */

  /* owned */
  PhMessage *message;
  PhSession *session;
  char *text; /* that was cleared, until it is known what became of it; nullable */
};

G_DEFINE_FINAL_TYPE (PhClearAfter, ph_clear_after, G_TYPE_OBJECT)

static void
forget_cb (PhClearAfter *self)
{
  if (!self->clearing)
    g_clear_pointer (&self->text, g_free);
}

static void
advanced_cb (PhClearAfter *self)
{
  const PhCounters *counters = ph_session_get_counters (self->session);
  g_autofree char *text = NULL;

  if (self->text == NULL || (counters->tx_packets == self->taken && counters->refused == self->refused))
    return;
  text = g_steal_pointer (&self->text);
  if (counters->refused > self->refused)
    ph_message_set_text (self->message, text);
}

static void
ph_clear_after_finalize (GObject *object)
{
  PhClearAfter *self = PH_CLEAR_AFTER (object);

  g_clear_object (&self->message);
  g_clear_object (&self->session);
  g_free (self->text);

  G_OBJECT_CLASS (ph_clear_after_parent_class)->finalize (object);
}

static void
ph_clear_after_class_init (PhClearAfterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ph_clear_after_finalize;
}

static void
ph_clear_after_init (PhClearAfter *self)
{
}

/**
 * ph_clear_after_new:
 * @message: that is cleared; a reference is kept
 * @session: that sends it; a reference is kept
 *
 * Returns: (transfer full): to be told of each message that was sent
 */
PhClearAfter *
ph_clear_after_new (PhMessage *message, PhSession *session)
{
  PhClearAfter *self = g_object_new (PH_TYPE_CLEAR_AFTER, NULL);

  self->message = g_object_ref (message);
  self->session = g_object_ref (session);
  g_signal_connect_object (message, "notify::text", G_CALLBACK (forget_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "advanced", G_CALLBACK (advanced_cb), self, G_CONNECT_SWAPPED);

  return self;
}

/** ph_clear_after_sent: the message was given to the session just now: clears it, unless its options say otherwise or it is repeated */
void
ph_clear_after_sent (PhClearAfter *clear)
{
  PhSendOptions *options;
  const PhCounters *counters;
  gboolean foreign;

  g_return_if_fail (PH_IS_CLEAR_AFTER (clear));

  options = ph_message_get_options (clear->message);
  g_clear_pointer (&clear->text, g_free);
  if (!ph_send_options_get_clear_after (options) || ph_send_options_get_repeat (options))
    return;
  counters = ph_session_get_counters (clear->session);
  clear->taken = counters->tx_packets;
  clear->refused = counters->refused;
  clear->text = g_strdup (ph_message_get_text (clear->message));
  foreign = ph_message_is_foreign (clear->message);
  clear->clearing = TRUE;
  ph_message_set_text (clear->message, "");
  clear->clearing = FALSE;
  ph_message_set_foreign (clear->message, foreign); /* undo brings the text back */
}
