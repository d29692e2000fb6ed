/* ph-format-event.c: what happened, beside data, in one sentence
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-format.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ph-format-private.h"
#include "ph-marks.h"
#include "ph-repeat.h"

/* A record's text, safe to show on one line. */
static char *
dup_text (const PhRecord *record, const guint8 *payload)
{
  GString *shown = g_string_new (NULL);

  ph_marks_show ((const char *) payload, record->length, NULL, shown, NULL);
  return g_string_free (shown, FALSE);
}

static char *
loss_sentence (PhLoss where, const char *text, const char *peer)
{
  guint64 count = g_ascii_strtoull (text, NULL, 10);
  g_autofree char *grouped = ph_format_dup_grouped (count);
  gulong n = (gulong) MIN (count, G_MAXULONG);

  if (where == PH_LOSS_LIMIT)
    return g_strdup_printf (_("The memory limit of %s MiB is reached: from now on the oldest records go"), grouped);
  if (where == PH_LOSS_REFUSED)
    return g_strdup_printf (ngettext ("%s more message was not sent: the queue of %s is full",
                                      "%s more messages were not sent: the queue of %s is full", n),
                            grouped, peer);
  return g_strdup_printf (ngettext ("The system dropped %s datagram: its receive buffer was full",
                                    "The system dropped %s datagrams: its receive buffer was full", n),
                          grouped);
}

static char *
left_sentence (const char *peer, PhLeft left)
{
  const char *why = ph_left_why (left);

  return *why == '\0' ? g_strdup_printf (_("%s left"), peer) : g_strdup_printf (_("%s left: %s"), peer, why);
}

static char *
closed_sentence (PhLeft left)
{
  const char *why = ph_left_why (left);

  return *why == '\0' ? g_strdup (_("Closed")) : g_strdup_printf (_("Closed: %s"), why);
}

static char *
open_sentence (const PhRecord *record, const char *local, const char *peer)
{
  g_autofree char *buffer = NULL;

  if (peer != NULL)
    return g_strdup_printf (_("Connected to %s from %s"), peer, local);
  if (record->detail == 0)
    return g_strdup_printf (_("Open on %s"), local);
  buffer = ph_format_dup_size ((guint64) record->detail << 10);

  return g_strdup_printf (_("Open on %s, receive buffer %s"), local, buffer);
}

static char *
repeat_sentence (const PhRecord *record, const guint8 *payload)
{
  g_autofree char *sent = NULL;
  g_autofree char *words = NULL;
  PhRepeat repeat;

  if (!ph_repeat_read (payload, record->length, &repeat) || repeat.sent == 0)
    return g_strdup (_("Repeating has stopped: nothing was sent"));
  sent = ph_format_dup_grouped (repeat.sent);
  words = ph_repeat_describe (&repeat);

  /* Translators: a count, then “998.7 messages/s, 3 late, jitter 0.05 ms” */
  return g_strdup_printf (ngettext ("Repeating has ended: %s message, %s", "Repeating has ended: %s messages, %s",
                                    (gulong) MIN (repeat.sent, G_MAXULONG)),
                          sent, words);
}

/**
 * ph_format_event:
 * @record: a record
 * @payload: its payload
 * @peer: (nullable): the address of its peer
 *
 * Any thread.
 *
 * Returns: (transfer full): a translated sentence without a full stop, in which nothing needs a mark any more; of
 *   records that are no events (data), the name of their kind
 */
char *
ph_format_event (const PhRecord *record, const guint8 *payload, const char *peer)
{
  g_autofree char *text = ph_record_is_data (record) ? NULL : dup_text (record, payload);
  const char *who = peer != NULL ? peer : _("The peer");

  switch ((PhRecordKind) record->kind)
    {
    case PH_RECORD_OPENING:
      return g_strdup_printf (_("Opening %s"), text);
    case PH_RECORD_OPEN:
      return open_sentence (record, text, peer);
    case PH_RECORD_PEER:
      return g_strdup_printf (_("New peer %s"), text);
    case PH_RECORD_JOINED:
      return g_strdup_printf (_("%s joined"), text);
    case PH_RECORD_HALF_CLOSED:
      return g_strdup_printf (_("%s finished sending (FIN); you can still send to it"), who);
    case PH_RECORD_LEFT:
      return left_sentence (who, record->detail);
    case PH_RECORD_LOSS:
      return loss_sentence (record->detail, text, who);
    case PH_RECORD_NOTE:
    case PH_RECORD_ERROR:
      return g_steal_pointer (&text);
    case PH_RECORD_CLOSED:
      return closed_sentence (record->detail);
    case PH_RECORD_REPEAT:
      return repeat_sentence (record, payload);
    case PH_RECORD_DESTINATION:
    case PH_RECORD_IN:
    case PH_RECORD_OUT:
    default:
      return g_strdup (ph_record_kind_id (record->kind));
    }
}
