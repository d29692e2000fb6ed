/* ph-format-netassist.c: a record as NetAssist writes it, in the forms of its versions 4 and 5
 *
 * Their English words are part of the format and not translated: scripts read them.
 *
 *   [2019-07-12 16:05:48.417]# RECV ASCII FROM 192.168.56.1 :4089>     version 4
 *   [2019-07-12 16:05:48.417]# RECV ASCII/21 from 192.168.56.1:4089 <<<     version 5: with the number of bytes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-format-private.h"

#include <string.h>

#include "ph-hex.h"
#include "ph-marks.h"

/* "192.168.56.1 :4089": with a blank before the port's colon. */
static void
append_spaced_peer (GString *out, const char *peer)
{
  const char *colon = strrchr (peer, ':');

  if (colon == NULL)
    g_string_append (out, peer);
  else
    g_string_append_printf (out, "%.*s %s", (int) (colon - peer), peer, colon);
}

static void
append_head (GString *out, const PhFormatContext *context, const PhRecord *record)
{
  gboolean in = record->kind == PH_RECORD_IN;

  g_string_append_printf (out, "%s %s", in ? "RECV" : "SEND", context->hex ? "HEX" : "ASCII");
  if (record->peer == PH_PEER_ALL)
    g_string_append (out, " TO ALL");
  else if (context->peer != NULL)
    {
      g_string_append (out, in ? " FROM " : " TO ");
      append_spaced_peer (out, context->peer);
    }
  g_string_append (out, ">\n");
}

static void
append_head_5 (GString *out, const PhFormatContext *context, const PhRecord *record)
{
  gboolean in = record->kind == PH_RECORD_IN;

  g_string_append_printf (out, "%s %s/%u", in ? "RECV" : "SEND", context->hex ? "HEX" : "ASCII", record->length);
  if (record->peer == PH_PEER_ALL)
    g_string_append (out, " to ALL");
  else if (context->peer != NULL)
    g_string_append_printf (out, " %s %s", in ? "from" : "to", context->peer);
  g_string_append (out, in ? " <<<\n" : " >>>\n");
}

/* A line that begins as a header does, or as an escaped line does, gets a backslash in front. So to take away a backslash at the
 * beginning of a line gives the payload again. */
static void
append_escaped (GString *out, const GString *text)
{
  const char *p = text->str, *end = p + text->len;

  while (p < end)
    {
      const char *line_break = memchr (p, '\n', (gsize) (end - p)), *next = line_break != NULL ? line_break + 1 : end;

      if (*p == '[' || *p == '\\')
        g_string_append_c (out, '\\');
      g_string_append_len (out, p, next - p);
      p = next;
    }
}

static void
append_payload (GString *out, const PhFormatContext *context, const PhRecord *record, const guint8 *payload)
{
  g_autoptr (GString) text = NULL;

  if (record->length == 0)
    return;
  if (context->hex)
    ph_hex_append (out, payload, record->length);
  else if (!context->escape)
    ph_format_shown (out, context, record, payload);
  else
    {
      text = g_string_sized_new (record->length + 1);
      ph_format_shown (text, context, record, payload);
      append_escaped (out, text);
    }
  g_string_append (out, "\n\n");
}

static void
append_event (GString *out, const PhFormatContext *context, const PhRecord *record, const guint8 *payload)
{
  g_autofree char *client = NULL, *event = NULL;

  if (record->kind == PH_RECORD_JOINED)
    {
      client = ph_marks_dup ((const char *) payload, record->length, PH_MARKS_NAME_MAX);
      g_string_append_printf (out, "Client %s gets online.\n", client);
    }
  else if (record->kind == PH_RECORD_LEFT)
    g_string_append_printf (out, "Client %s gets offline.\n", context->peer != NULL ? context->peer : "?");
  else
    {
      event = ph_format_event (record, payload, context->peer, PH_LANGUAGE_USER);
      g_string_append_printf (out, "%s\n", event);
    }
}

static gboolean
append (GString *out, const PhFormatContext *context, const PhRecord *record, const guint8 *payload,
        void (*head) (GString *, const PhFormatContext *, const PhRecord *))
{
  if (ph_record_is_silent (record) || record->kind == PH_RECORD_OPENING)
    return FALSE;
  g_string_append_c (out, '[');
  ph_format_time (out, record->time, PH_TIME_DATE);
  g_string_append (out, "]# ");
  if (ph_record_is_data (record))
    {
      head (out, context, record);
      append_payload (out, context, record, payload);
    }
  else
    append_event (out, context, record, payload);

  return TRUE;
}

/** ph_format_netassist: Appends a record as version 4 does. Returns: %FALSE if it is not shown */
gboolean
ph_format_netassist (GString *out, const PhFormatContext *context, const PhRecord *record, const guint8 *payload)
{
  return append (out, context, record, payload, append_head);
}

/** ph_format_netassist_5: Appends a record as version 5 does. Returns: %FALSE if it is not shown */
gboolean
ph_format_netassist_5 (GString *out, const PhFormatContext *context, const PhRecord *record, const guint8 *payload)
{
  return append (out, context, record, payload, append_head_5);
}
