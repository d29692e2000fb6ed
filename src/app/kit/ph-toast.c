/* ph-toast.c: says at the bottom of a window what was done, with one button, for a while
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-toast.h"

#include "ph-compat.h"

struct _PhToast
{
  GtkBox parent_instance;

  guint timeout; /* 0: nothing is shown */
  PhToastFunc func;
  gpointer data;
  GDestroyNotify destroy;

  /* template */
  GtkLabel *words_label;
  GtkButton *button;

  /* borrowed: a controller of it */
  GtkEventController *pointer;
};

G_DEFINE_FINAL_TYPE (PhToast, ph_toast, GTK_TYPE_BOX)

/* What is to be done on behalf of the button, or was offered only. The button may show the next words from within. */
static void
go (PhToast *self, gboolean pressed)
{
  PhToastFunc func = self->func;
  GDestroyNotify destroy = g_steal_pointer (&self->destroy);
  gpointer data = g_steal_pointer (&self->data);

  self->func = NULL;
  g_clear_handle_id (&self->timeout, g_source_remove);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  if (pressed && func != NULL)
    func (data);
  if (destroy != NULL)
    destroy (data);
}

static void
clicked_cb (PhToast *self)
{
  go (self, TRUE);
}

static void
dismiss_clicked_cb (PhToast *self)
{
  go (self, FALSE);
}

/* Not from under the pointer or the focus of somebody who is about to press the button. */
static gboolean
timeout_cb (gpointer data)
{
  PhToast *self = data;

  if (gtk_event_controller_motion_contains_pointer (GTK_EVENT_CONTROLLER_MOTION (self->pointer))
      || gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL)
    return G_SOURCE_CONTINUE;
  self->timeout = 0;
  go (self, FALSE);

  return G_SOURCE_REMOVE;
}

static void
ph_toast_dispose (GObject *object)
{
  PhToast *self = PH_TOAST (object);

  go (self, FALSE);

  G_OBJECT_CLASS (ph_toast_parent_class)->dispose (object);
}

static void
ph_toast_class_init (PhToastClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_toast_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/porthole/Porthole/toast.ui");
  gtk_widget_class_bind_template_child (widget_class, PhToast, words_label);
  gtk_widget_class_bind_template_child (widget_class, PhToast, button);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, dismiss_clicked_cb);
}

static void
ph_toast_init (PhToast *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->pointer = gtk_event_controller_motion_new ();
  gtk_widget_add_controller (GTK_WIDGET (self), self->pointer);
}

/**
 * ph_toast_new:
 *
 * Returns: (transfer floating): hidden, to be laid over the contents of a window
 */
GtkWidget *
ph_toast_new (void)
{
  return g_object_new (PH_TYPE_TOAST, NULL);
}

/**
 * ph_toast_show:
 * @button: (nullable): what its button says; %NULL for none
 * @func: (nullable) (scope notified): what the button does
 * @destroy: (nullable): called for @data when the toast goes, whether the button was pressed or not
 *
 * Takes the place of what was shown before. It goes after %PH_TOAST_SECONDS, when it is dismissed, or with its window.
 */
void
ph_toast_show (PhToast *toast, const char *words, const char *button, PhToastFunc func, gpointer data,
               GDestroyNotify destroy)
{
  g_return_if_fail (PH_IS_TOAST (toast));

  go (toast, FALSE);
  toast->func = func;
  toast->data = data;
  toast->destroy = destroy;
  gtk_label_set_label (toast->words_label, words);
  gtk_button_set_label (toast->button, button != NULL ? button : "");
  gtk_widget_set_visible (GTK_WIDGET (toast->button), button != NULL);
  gtk_widget_set_visible (GTK_WIDGET (toast), TRUE);
  toast->timeout = g_timeout_add_seconds (PH_TOAST_SECONDS, timeout_cb, toast);
  ph_compat_announce (GTK_WIDGET (toast), words);
}

/**
 * ph_toast_dismiss:
 *
 * Returns: whether there was something to hide
 */
gboolean
ph_toast_dismiss (PhToast *toast)
{
  g_return_val_if_fail (PH_IS_TOAST (toast), FALSE);

  if (toast->timeout == 0)
    return FALSE;
  go (toast, FALSE);

  return TRUE;
}
