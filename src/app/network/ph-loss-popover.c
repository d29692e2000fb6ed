/* ph-loss-popover.c: explains what was lost, where, and what helps
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-loss-popover.h"

#include "ph-damage.h"
#include "ph-direction.h"
#include "ph-format.h"
#include "ph-loss.h"
#include "ph-session-capture.h"

#include <glib/gi18n.h>

#define WIDTH 52 /* characters of a line */

static GtkWidget *
add_text (GtkBox *box, const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), WIDTH);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_focusable (label, FALSE);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (box, label);

  return label;
}

static gulong
plural (guint64 count)
{
  return (gulong) MIN (count, G_MAXULONG);
}

/* @sentence: (transfer full): what was lost */
static void
add_loss (GtkBox *box, char *sentence, const char *help)
{
  add_text (box, sentence, "sentence");
  add_text (box, help, NULL);
  g_free (sentence);
}

/* Datagrams that the system dropped: the receive buffer was full. */
static void
add_dropped (GtkBox *box, const PhFacts *facts, guint64 lost, gsize enough)
{
  gsize most = MIN (enough, PH_RECEIVE_BUFFER);
  g_autofree char *number = ph_format_dup_grouped (lost);
  g_autofree char *command = most > facts->receive_buffer ? ph_plat_dup_buffer_command (most) : NULL;
  const char *help;

  if (command == NULL)
    help = _("Its receive buffer was full, and is as large as it gets. A lower rate helps, and fewer busy programs beside "
             "Porthole.");
  else if (enough > most)
    help = _("Its receive buffer was full. A lower rate helps, and a larger buffer: allow it with this command, then open the "
             "port again.");
  else
    help = _("Its receive buffer was full. A larger one would have held them: allow it with this command, then open the port "
             "again.");
  add_loss (box,
            g_strdup_printf (ngettext ("The system dropped %s datagram", "The system dropped %s datagrams", plural (lost)), number),
            help);
  if (command != NULL)
    ph_direction_keep_label (GTK_LABEL (add_text (box, command, "command")));
}

static void
add_buffer (GtkBox *box, const PhFacts *facts)
{
  g_autofree char *size = ph_format_dup_size (facts->receive_buffer);
  g_autofree char *text = g_strdup_printf (_("Receive buffer: %s"), size);

  add_text (box, text, "field-label");
}

static void
add_others (GtkBox *box, const PhCounters *counters, guint64 gone)
{
  g_autofree char *cut = ph_format_dup_grouped (counters->truncated);
  guint64 n_unsent = counters->refused + counters->lost;
  g_autofree char *unsent = ph_format_dup_grouped (n_unsent);
  g_autofree char *dropped = ph_format_dup_grouped (gone);

  if (counters->truncated > 0)
    add_loss (box, g_strdup_printf (ngettext ("%s datagram was cut", "%s datagrams were cut", plural (counters->truncated)), cut),
              _("Only the beginning could be taken. A sender of shorter ones helps."));
  if (n_unsent > 0)
    add_loss (box,
              g_strdup_printf (ngettext ("%s message was not sent", "%s messages were not sent", plural (n_unsent)), unsent),
              _("The log tells why. If a peer does not read, or the network is slow, a lower rate helps."));
  if (gone > 0)
    add_loss (box, g_strdup_printf (ngettext ("%s old record is gone", "%s old records are gone", plural (gone)), dropped),
              _("The memory limit was reached. A larger one is set in Preferences."));
}

/* The counters of a damaged file count only what is left of it. */
static void
add_damage (GtkBox *box, PhSession *session)
{
  add_loss (box, ph_damage_dup_words (session), _("Losses told in the missing part are not counted."));
}

static void
add_all (GtkBox *box, PhSession *session)
{
  const PhFacts *facts = ph_session_get_facts (session);
  const PhCounters *counters = ph_session_get_counters (session);
  guint64 gone = ph_store_dropped (ph_session_get_store (session));
  gboolean stream = ph_transport_is_stream (ph_session_get_transport (session));

  if (!stream && !ph_plat_counts_drops ())
    add_loss (box, g_strdup (_("This system does not tell what it dropped")),
              _("It drops datagrams when its receive buffer is full, and counts them for no single port."));
  else if (counters->kernel_lost + counters->truncated + counters->refused + counters->lost + gone == 0 && !ph_session_is_damaged (session))
    add_loss (box, g_strdup (_("Nothing was lost")), _("The system counts what it drops for this port, and counted none."));
  if (counters->kernel_lost > 0)
    add_dropped (box, facts, counters->kernel_lost, ph_loss_enough_buffer (facts, counters));
  add_others (box, counters, gone);
  if (ph_session_is_damaged (session))
    add_damage (box, session);
  if (!stream && facts->receive_buffer > 0)
    add_buffer (box, facts);
}

/* The content is made each time the popover is opened, from the counters at that time. */
static void
make_popover_cb (GtkMenuButton *button, gpointer session)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_widget_add_css_class (box, "explanation");
  add_all (GTK_BOX (box), session);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_menu_button_set_popover (button, popover);
}

/** ph_loss_popover_attach: @button opens it. */
void
ph_loss_popover_attach (GtkMenuButton *button, PhSession *session)
{
  gtk_menu_button_set_create_popup_func (button, make_popover_cb, g_object_ref (session), g_object_unref);
}
