/* ph-status-bar.c: shows the state and the counters of a session; changes only when records arrive
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-status-bar.h"

#include "ph-fit-label.h"
#include "ph-format.h"
#include "ph-lamp.h"
#include "ph-live-status.h"
#include "ph-loss-popover.h"
#include "ph-number.h"
#include "ph-peer-control.h"
#include "ph-plat.h"
#include "ph-priority-layout.h"
#include "ph-rate-meter.h"
#include "ph-session-capture.h"

#include <glib/gi18n.h>

#define CAPTURE_DROP 1u /* the rank at which the recording is hidden, as in status-bar.ui; warnings never are */
#define PACE 100 /* ms between two updates of the counters: nobody can read more */

struct _PhStatusBar
{
  GtkWidget parent_instance;

  /* template */
  PhLamp *lamp;
  PhRateMeter *rate_meter;
  GtkLabel *state_label;
  PhFitLabel *rx_label;
  PhFitLabel *tx_label;
  GtkLabel *repeat_label;
  GtkMenuButton *lost_button;
  PhFitLabel *lost_label;
  PhFitLabel *cut_label;
  PhFitLabel *gone_label;
  GtkWidget *capture_part;
  GtkWidget *capture_icon;
  PhFitLabel *capture_label;
  GtkMenuButton *save_button;
  GtkWidget *reset_button;

  /* owned */
  PhSession *session;
  gint64 updated; /* µs on the monotonic clock */
  guint later;    /* the source of the next update */
};

G_DEFINE_FINAL_TYPE (PhStatusBar, ph_status_bar, GTK_TYPE_WIDGET)

/* Where there is no room the packets go first, and then the exact number of bytes. */
static void
show_traffic (PhFitLabel *label, const char *direction, guint64 bytes, const char *packets)
{
  g_autofree char *n_bytes = ph_format_dup_bytes (bytes, PH_LANGUAGE_USER);
  g_autofree char *size = ph_format_dup_size (bytes);
  g_autofree char *all = g_strdup_printf ("%s  %s · %s", direction, n_bytes, packets);
  g_autofree char *without_packets = g_strdup_printf ("%s  %s", direction, n_bytes);
  g_autofree char *shortest = g_strdup_printf ("%s  %s", direction, size);
  const char *const texts[] = { all, without_packets, shortest, NULL };

  ph_fit_label_set_texts (label, texts);
}

static char *
words_open (PhSession *session, const PhTransport *transport, const char *local)
{
  if (local == NULL)
    /* Translators: how things are; the same word without “state” is what a button does */
    return g_strdup (C_("state", "Open"));

  return ph_transport_dup_open (transport, local, ph_session_get_remote (session));
}

static char *
state_words (PhSession *session)
{
  const PhTransport *transport = ph_session_get_transport (session);
  const char *remote = ph_session_get_remote (session);

  switch (ph_session_get_state (session))
    {
    case PH_SESSION_OPENING:
      return g_strdup (transport != NULL ? _(transport->opening) : _("Opening…"));
    case PH_SESSION_OPEN:
      return words_open (session, transport, ph_session_get_local (session));
    case PH_SESSION_HALF_CLOSED:
      return g_strdup_printf (_("Half closed: %s sends no more"), remote != NULL ? remote : _("the peer"));
    case PH_SESSION_CLOSING:
      return g_strdup (_("Closing…"));
    case PH_SESSION_CLOSED:
      break;
    }
  if (ph_session_is_read_only (session))
    return g_strdup (ph_session_is_folded (session) ? _("Recording, read only") : _("Reading…"));

  return g_strdup (_("Closed"));
}

static char *
words (PhSession *session)
{
  g_autofree char *state = state_words (session), *control = ph_peer_control_dup_words (ph_session_get_server (session));

  return control != NULL ? g_strdup_printf ("%s · %s", state, control) : g_steal_pointer (&state);
}

/* Setting a tooltip, even to the same text, waits for the display to say where the pointer is. */
static void
set_tooltip (gpointer widget, const char *text)
{
  if (g_strcmp0 (gtk_widget_get_tooltip_text (widget), text) != 0)
    gtk_widget_set_tooltip_text (widget, text);
}

static void
set_count (PhFitLabel *label, const char *format, guint64 count, gboolean always)
{
  g_autofree char *number = ph_format_dup_grouped (count);
  g_autofree char *text = g_strdup_printf ("%s %s", format, number);

  ph_fit_label_set_text (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), always || count > 0);
}

/* Some systems do not count drops, and a damaged file may miss some of the counts: then 0 does not mean none. */
static void
update_lost (PhStatusBar *self, guint64 lost, gboolean stream)
{
  if (lost > 0 || (ph_plat_counts_drops () && !ph_session_is_damaged (self->session)))
    /* Translators: a count follows: datagrams that the system dropped */
    set_count (self->lost_label, _("Lost"), lost, TRUE);
  else
    ph_fit_label_set_text (self->lost_label, _("Lost unknown"));
  gtk_widget_set_visible (GTK_WIDGET (self->lost_button), !stream || lost > 0);
  if (lost > 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->lost_label), "lost");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->lost_label), "lost");
}

static void
update_losses (PhStatusBar *self, const PhCounters *counters, gboolean stream)
{
  update_lost (self, counters->kernel_lost, stream);
  /* Translators: a count follows: datagrams that were longer than what could be taken */
  set_count (self->cut_label, _("Cut short"), counters->truncated, FALSE);
  /* Translators: a count follows: the oldest records, that the memory limit took */
  set_count (self->gone_label, _("Dropped oldest"), ph_store_dropped (ph_session_get_store (self->session)), FALSE);
}

/* A recording that goes well shows its size and not its name, which is for screen readers. */
static void
show_capture (PhStatusBar *self, const char *words, const char *more, gboolean warn, gboolean goes_well)
{
  PhSpool *spool = ph_session_get_spool (self->session);
  g_autofree char *size = goes_well && spool != NULL ? ph_format_dup_size (ph_spool_get_written (spool) + PH_CHUNK_SIZE) : NULL;

  ph_fit_label_set_text (self->capture_label, size != NULL ? size : words != NULL ? words : "");
  gtk_widget_set_visible (self->capture_icon, size != NULL);
  gtk_widget_set_visible (self->capture_part, words != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->capture_part), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words != NULL ? words : "", -1);
  set_tooltip (self->capture_part, more);
  ph_priority_layout_set_drop (self->capture_part, warn ? 0 : CAPTURE_DROP);
  if (warn)
    gtk_widget_add_css_class (GTK_WIDGET (self->capture_label), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->capture_label), "warning");
}

/* Says where the records are kept, and warns when they cannot be written. */
static void
update_capture (PhStatusBar *self)
{
  gboolean warn = FALSE, goes_well = FALSE;
  const char *words = NULL, *more = NULL;

  switch (ph_session_get_capture_state (self->session))
    {
    case PH_CAPTURE_NONE:
    case PH_CAPTURE_READ:
      break;
    case PH_CAPTURE_MEMORY:
      words = _("In memory only");
      more = _("This tab is not written to disk: at the memory limit the oldest records go, or it pauses");
      break;
    case PH_CAPTURE_WRITING:
      words = _("Recording");
      more = _("This tab is written to a recording, which Earlier recordings lists");
      goes_well = TRUE;
      break;
    case PH_CAPTURE_SLOW:
      words = _("Disk too slow");
      more = _("The disk is slower than what arrives: what waits for it is kept in memory");
      warn = TRUE;
      break;
    case PH_CAPTURE_BROKEN:
      words = _("Not recorded");
      more = _("The recording cannot be written just now; it goes on in memory, and is tried again every second");
      warn = TRUE;
      break;
    }
  if (ph_session_is_paused (self->session))
    {
      words = _("Paused");
      more = _("Memory is full and nothing is received: clear the log, or raise the limit in Preferences");
      warn = TRUE;
      goes_well = FALSE;
    }
  show_capture (self, words, more, warn, goes_well);
}

/* The report of a repeat that is running. */
static void
update_repeat (PhStatusBar *self, const PhRepeat *repeat)
{
  g_autofree char *undone = ph_format_dup_undone (repeat, PH_LANGUAGE_USER);
  gboolean shown = ph_session_get_repeating (self->session) && (repeat->sent > 0 || undone != NULL);
  g_autofree char *rate = NULL;
  g_autofree char *words = NULL;
  g_autofree char *most = NULL;
  g_autofree char *help = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->repeat_label), shown);
  if (!shown)
    return;
  rate = ph_format_dup_repeat (repeat, PH_LANGUAGE_USER);
  words = undone != NULL ? g_strdup_printf ("%s; %s", rate, undone) : g_strdup (rate);
  most = ph_format_dup_decimal ((double) repeat->delay_most / 1e6, 2);
  if (repeat->interval > 0)
    help = g_strdup_printf (_("Late: left out because the next message was due.\nJitter: how long after its time a message "
                              "goes out, on average; at most %s ms."), most);
  gtk_label_set_label (self->repeat_label, words);
  set_tooltip (self->repeat_label, help);
}

/* The tooltip of RX: the receive buffer, and the clock of the time stamps. */
static void
update_clock (PhStatusBar *self, const PhFacts *facts, guint64 packets)
{
  g_autofree char *size = ph_format_dup_size (facts->receive_buffer);
  g_autoptr (GString) text = g_string_new (NULL);

  if (facts->receive_buffer > 0)
    g_string_append_printf (text, _("Receive buffer: %s"), size);
  if (packets > 0)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "",
                            facts->kernel_time ? _("Time stamps: the system's, of when a datagram came in")
                                               : _("Time stamps: Porthole's, of when it read"));
  set_tooltip (self->rx_label, text->len > 0 ? text->str : NULL);
}

static void
later_cb (gpointer data)
{
  PH_STATUS_BAR (data)->later = 0;
  ph_status_bar_update (data);
}

/* Emitted with each frame when much arrives. */
static void
advanced_cb (PhStatusBar *self)
{
  gint64 passed = (g_get_monotonic_time () - self->updated) / G_TIME_SPAN_MILLISECOND;

  if (self->later == 0)
    self->later = g_timeout_add_once ((guint) CLAMP (PACE - passed, 0, PACE), later_cb, self);
}

/* The parts may have other widths now. */
static void
notify_state_cb (PhStatusBar *self)
{
  ph_priority_layout_forget (GTK_WIDGET (self));
  ph_status_bar_update (self);
}

static void
ph_status_bar_dispose (GObject *object)
{
  GtkWidget *child;

  g_clear_handle_id (&PH_STATUS_BAR (object)->later, g_source_remove);
  g_clear_object (&PH_STATUS_BAR (object)->session);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (ph_status_bar_parent_class)->dispose (object);
}

static void
ph_status_bar_class_init (PhStatusBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_status_bar_dispose;

  g_type_ensure (PH_TYPE_PRIORITY_LAYOUT);
  g_type_ensure (PH_TYPE_FIT_LABEL);
  g_type_ensure (PH_TYPE_LAMP);
  g_type_ensure (PH_TYPE_RATE_METER);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/porthole/Porthole/status-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, PhStatusBar, lamp);
  gtk_widget_class_bind_template_child (widget_class, PhStatusBar, rate_meter);
  gtk_widget_class_bind_template_child (widget_class, PhStatusBar, state_label);
  gtk_widget_class_bind_template_child (widget_class, PhStatusBar, rx_label);
  gtk_widget_class_bind_template_child (widget_class, PhStatusBar, tx_label);
  gtk_widget_class_bind_template_child (widget_class, PhStatusBar, repeat_label);
  gtk_widget_class_bind_template_child (widget_class, PhStatusBar, lost_button);
  gtk_widget_class_bind_template_child (widget_class, PhStatusBar, lost_label);
  gtk_widget_class_bind_template_child (widget_class, PhStatusBar, cut_label);
  gtk_widget_class_bind_template_child (widget_class, PhStatusBar, gone_label);
  gtk_widget_class_bind_template_child (widget_class, PhStatusBar, capture_part);
  gtk_widget_class_bind_template_child (widget_class, PhStatusBar, capture_icon);
  gtk_widget_class_bind_template_child (widget_class, PhStatusBar, capture_label);
  gtk_widget_class_bind_template_child (widget_class, PhStatusBar, save_button);
  gtk_widget_class_bind_template_child (widget_class, PhStatusBar, reset_button);
}

static void
ph_status_bar_init (PhStatusBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ph_status_bar_set_session:
 * @session: shown from now on; set once
 */
void
ph_status_bar_set_session (PhStatusBar *bar, PhSession *session)
{
  g_return_if_fail (PH_IS_STATUS_BAR (bar));

  g_set_object (&bar->session, session);
  gtk_widget_set_visible (bar->reset_button, !ph_session_is_read_only (session));
  ph_loss_popover_attach (bar->lost_button, session);
  ph_rate_meter_set_session (bar->rate_meter, session);
  g_object_bind_property (session, "state", bar->lamp, "state", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (session, "advanced", G_CALLBACK (advanced_cb), bar, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::state", G_CALLBACK (notify_state_cb), bar, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::repeating", G_CALLBACK (ph_status_bar_update), bar, G_CONNECT_SWAPPED);
  ph_status_bar_update (bar);
}

/** ph_status_bar_set_saving: shows what @saving does; set once. */
void
ph_status_bar_set_saving (PhStatusBar *bar, PhLiveSaving *saving)
{
  g_return_if_fail (PH_IS_STATUS_BAR (bar));

  ph_live_status_attach (bar->save_button, saving);
}

/**
 * ph_status_bar_update:
 *
 * Shows the present state and counters.
 */
void
ph_status_bar_update (PhStatusBar *bar)
{
  const PhTransport *transport;
  const PhCounters *counters;
  g_autofree char *state = NULL, *received = NULL, *sent = NULL;
  gboolean stream;

  g_return_if_fail (PH_IS_STATUS_BAR (bar));

  g_clear_handle_id (&bar->later, g_source_remove);
  bar->updated = g_get_monotonic_time ();
  transport = ph_session_get_transport (bar->session);
  counters = ph_session_get_counters (bar->session);
  stream = transport != NULL ? ph_transport_is_stream (transport) : ph_session_is_stream (bar->session);
  state = words (bar->session);
  gtk_label_set_label (bar->state_label, state);
  received = ph_number_packets (counters->rx_packets, stream, FALSE);
  sent = ph_number_packets (counters->tx_packets, stream, TRUE);
  show_traffic (bar->rx_label, _("RX"), counters->rx_bytes, received);
  show_traffic (bar->tx_label, _("TX"), counters->tx_bytes, sent);
  update_losses (bar, counters, stream);
  update_capture (bar);
  update_repeat (bar, &ph_session_get_facts (bar->session)->repeat);
  update_clock (bar, ph_session_get_facts (bar->session), counters->rx_packets);
}
