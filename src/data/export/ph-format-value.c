/* ph-format-value.c: the values that a record has for the sentence of an event
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-format-value.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ph-marks.h"

/** ph_format_value_shown: Returns: (transfer full): any text, safe to show on one line */
char *
ph_format_value_shown (const char *text)
{
  return ph_marks_dup (text, -1, PH_WORDS_MAX);
}

/** ph_format_event_init: @event borrows what it is given. @peer: (nullable): the address of its peer */
void
ph_format_event_init (PhFormatEvent *event, const PhRecord *record, const guint8 *payload, const char *peer, PhLanguage language)
{
  event->record = record;
  event->payload = payload;
  event->peer = peer;
  event->language = language;
  event->unknown = NULL;
  ph_words_read (&event->words, payload, record->length);
}

/* ---- values that are not words of the record ---- */

static char *
dup_text (const PhFormatEvent *event)
{
  return ph_marks_dup ((const char *) event->payload, event->record->length, PH_MARKS_NAME_MAX);
}

static char *
dup_peer (const PhFormatEvent *event)
{
  return event->peer != NULL ? ph_format_value_shown (event->peer) : NULL;
}

static char *
dup_who (const PhFormatEvent *event)
{
  return event->peer != NULL ? dup_peer (event) : g_strdup (ph_format_say (event->language, N_("The peer")));
}

static char *
dup_buffer (const PhFormatEvent *event)
{
  guint64 size = (guint64) event->record->detail << 10;

  return size > 0 ? ph_format_dup_size (size) : NULL;
}

/* "1 s", "20 ms" */
static char *
dup_after (const PhFormatEvent *event)
{
  guint64 ms = 0;
  gboolean whole;
  g_autofree char *number = NULL;
  GString *out = g_string_new (NULL);

  ph_words_get_number (&event->words, "after", &ms);
  whole = ms > 0 && ms % 1000 == 0;
  number = ph_format_dup_grouped (whole ? ms / 1000 : ms);
  ph_format_expand (out, ph_format_say (event->language, whole ? N_("%s s") : N_("%s ms")), (const char *const[]){ number, NULL });

  return g_string_free (out, FALSE);
}

static char *
dup_left (const PhFormatEvent *event)
{
  const char *words = ph_left_words (event->record->detail);
  g_autofree char *after = dup_after (event);
  GString *out;

  if (words == NULL)
    return NULL;
  out = g_string_new (NULL);
  ph_format_expand (out, ph_format_say (event->language, words), (const char *const[]){ after, NULL });

  return g_string_free (out, FALSE);
}

static char *
dup_reserve (const PhFormatEvent *event)
{
  guint64 size;

  return ph_words_get_number (&event->words, "reserve", &size) ? ph_format_dup_size (size) : NULL;
}

static char *
dup_repeat (const PhFormatEvent *event)
{
  PhRepeat repeat;

  ph_repeat_read (&event->words, &repeat);

  return repeat.sent > 0 ? ph_format_dup_repeat (&repeat, event->language) : NULL;
}

static char *
dup_undone (const PhFormatEvent *event)
{
  PhRepeat repeat;

  ph_repeat_read (&event->words, &repeat);

  return ph_format_dup_undone (&repeat, event->language);
}

/* What was asked for, without a port that the system was to choose. NULL if that leaves nothing. */
static char *
dup_asked (const char *where)
{
  g_autofree char *asked = g_strdup (where);

  if (g_str_has_suffix (asked, ":0"))
    asked[strlen (asked) - 2] = '\0';

  return g_str_equal (asked, "*") ? NULL : ph_format_value_shown (asked);
}

/* "TCP client to example.org:80", "UDP on *:7788", "UDP" */
static char *
dup_endpoint (const PhFormatEvent *event)
{
  const PhWords *words = &event->words;
  const char *name = ph_words_get (words, "name"), *where = ph_words_get (words, "on");
  gboolean connects = g_strcmp0 (ph_words_get (words, "action"), "connect") == 0;
  g_autofree char *shown_name = NULL, *shown_where = NULL;
  GString *out;

  if (name != NULL)
    name = ph_format_say (event->language, name);
  else
    name = ph_words_get (words, "transport");
  if (name == NULL || where == NULL)
    return NULL;
  shown_name = ph_format_value_shown (name);
  shown_where = dup_asked (where);
  if (shown_where == NULL)
    return g_steal_pointer (&shown_name);
  out = g_string_new (NULL);
  ph_format_expand (out, ph_format_say (event->language, connects ? N_("%s to %s") : N_("%s on %s")),
                    (const char *const[]){ shown_name, shown_where, NULL });

  return g_string_free (out, FALSE);
}

static const struct
{
  const char *place;
  char *(*dup) (const PhFormatEvent *event); /* NULL where the record has no such value */
} values[] = {
  { "text", dup_text },     { "peer", dup_peer }, { "who", dup_who },
  { "buffer", dup_buffer }, { "left", dup_left }, { "endpoint", dup_endpoint }, { "repeat", dup_repeat },
  { "reserve", dup_reserve }, { "undone", dup_undone },
};

/**
 * ph_format_value:
 * @place: a name of values[], or of a word of the record; ",NAME" is a number as 1,234,567, "#NAME" so many bytes
 *
 * Returns: (transfer full) (nullable): the value, safe to show; %NULL where the record has none
 */
char *
ph_format_value (const PhFormatEvent *event, const char *place)
{
  const char *word;
  guint64 number;

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    if (strcmp (values[i].place, place) == 0)
      return values[i].dup (event);
  if (*place == ',')
    return ph_words_get_number (&event->words, place + 1, &number) ? ph_format_dup_grouped (number) : NULL;
  if (*place == '#')
    return ph_words_get_number (&event->words, place + 1, &number) ? ph_format_dup_bytes (number, event->language) : NULL;
  word = ph_words_get (&event->words, place);

  return word != NULL ? ph_format_value_shown (word) : NULL;
}

/**
 * ph_format_dup_endpoint:
 * @record: of kind %PH_RECORD_OPENING
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): what is opened, in a few words: "TCP client to example.org:80"; %NULL where the record does
 *   not say
 */
char *
ph_format_dup_endpoint (const PhRecord *record, const guint8 *payload, PhLanguage language)
{
  PhFormatEvent event;

  ph_format_event_init (&event, record, payload, NULL, language);

  return dup_endpoint (&event);
}
