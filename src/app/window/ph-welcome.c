/* ph-welcome.c: shows over an empty log how to begin; hidden as soon as there is a record
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-welcome.h"

#include "ph-session-capture.h"
#include "ph-wrap-layout.h"

#include <glib/gi18n.h>

struct _PhWelcome
{
  GtkBox parent_instance;

  guint frames; /* that it was on screen, until its contents are shown */

  /* Whether there was something to show in the log from first on, when it had the records before seen. */
  gboolean begun;
  guint64 first, seen;

  /* template */
  GtkWidget *content;
  GtkLabel *title_label;
  GtkLabel *text_label;
  GtkWidget *pair_button;
  GtkWidget *captures_button;
  GtkWidget *again_button;
};

G_DEFINE_FINAL_TYPE (PhWelcome, ph_welcome, GTK_TYPE_BOX)

/* The contents are shown in the second frame: loading their icon and their large font would delay the first one. */
static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  PhWelcome *self = PH_WELCOME (widget);

  if (self->frames++ == 0)
    return G_SOURCE_CONTINUE;
  gtk_widget_set_visible (self->content, TRUE);

  return G_SOURCE_REMOVE;
}

static void
ph_welcome_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (ph_welcome_parent_class)->map (widget);
  if (PH_WELCOME (widget)->frames == 0)
    gtk_widget_add_tick_callback (widget, tick_cb, NULL, NULL);
}

static void
ph_welcome_class_init (PhWelcomeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->map = ph_welcome_map;

  g_type_ensure (PH_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/porthole/Porthole/welcome.ui");
  gtk_widget_class_bind_template_child (widget_class, PhWelcome, content);
  gtk_widget_class_bind_template_child (widget_class, PhWelcome, title_label);
  gtk_widget_class_bind_template_child (widget_class, PhWelcome, text_label);
  gtk_widget_class_bind_template_child (widget_class, PhWelcome, pair_button);
  gtk_widget_class_bind_template_child (widget_class, PhWelcome, captures_button);
  gtk_widget_class_bind_template_child (widget_class, PhWelcome, again_button);
}

static void
ph_welcome_init (PhWelcome *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Counts only until there is something. */
static gboolean
is_empty (PhWelcome *self, PhSession *session)
{
  PhStore *store = ph_session_get_store (session);
  guint64 first = ph_session_get_first (session);

  if (self->begun && first >= self->first && first < self->seen)
    return FALSE;
  ph_store_begin_read (store);
  self->begun = ph_store_number (store, first) < ph_store_number (store, ph_store_end (store));
  ph_store_end_read (store);
  self->first = first;
  self->seen = ph_store_end (store);

  return !self->begun;
}

static const char *
where_it_is (PhSession *session)
{
  PhCaptureState state = ph_session_get_capture_state (session);

  return state == PH_CAPTURE_WRITING || state == PH_CAPTURE_SLOW ? _("Log cleared; still on disk")
                                                                 : _("Log cleared; still in memory");
}

/**
 * ph_welcome_update:
 * @session: of the log below
 *
 * If the log is empty, shows words for @transport, or where that is which was cleared. Else hides.
 */
void
ph_welcome_update (PhWelcome *welcome, PhSession *session, const PhTransport *transport)
{
  g_autofree char *text = NULL;
  gboolean active, cleared;

  g_return_if_fail (PH_IS_WELCOME (welcome));

  active = ph_session_is_active (session);
  cleared = ph_session_get_first (session) > ph_store_first (ph_session_get_store (session));
  gtk_widget_set_visible (GTK_WIDGET (welcome), (cleared || !active) && is_empty (welcome, session));
  if (!gtk_widget_get_visible (GTK_WIDGET (welcome)))
    return;
  gtk_widget_set_visible (welcome->pair_button, !cleared);
  gtk_widget_set_visible (welcome->captures_button, !cleared);
  gtk_widget_set_visible (welcome->again_button, cleared);
  text = active ? g_strdup (_("What arrives next appears here.")) : ph_transport_dup_invitation (transport);
  gtk_label_set_label (welcome->title_label, cleared ? where_it_is (session) : _("Open a port to begin"));
  gtk_label_set_label (welcome->text_label, text);
}
