/* ph-format-event.c: an event in one sentence: a table of what can happen, and why
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-format-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ph-error.h"
#include "ph-format-value.h"
#include "ph-marks.h"
#include "ph-plat-cause.h"

#define PLACES_MAX 5u

/**
 * Row: one sentence. The first row counts that has the kind, action and cause of the record, if the record has all its values.
 * @action: (nullable): any
 * @cause: (nullable): any; else the word `cause`, or without one what the detail says (ph_error_id(), ph_record_why_id())
 * @one: N_(), or NP_() with @many
 * @many: (nullable): the sentence for a first place that is not 1
 * @places: what stands for each %s: "why", or a name that ph_format_value() knows
 * @unknown: (nullable): N_(): why, where nothing is known of the cause
 */
typedef struct
{
  PhRecordKind kind;
  const char *action, *cause;
  const char *one, *many;
  const char *places[PLACES_MAX];
  const char *unknown;
} Row;

static const Row rows[] = {
  { PH_RECORD_OPENING, "connect", NULL, N_("Connecting to %s"), NULL, { "on" } },
  { PH_RECORD_OPENING, NULL, NULL, N_("Opening %s"), NULL, { "endpoint" } },
  { PH_RECORD_OPEN, NULL, NULL, N_("Connected to %s from %s"), NULL, { "peer", "text" } },
  { PH_RECORD_OPEN, NULL, NULL, N_("Open on %s, receive buffer %s"), NULL, { "text", "buffer" } },
  { PH_RECORD_OPEN, NULL, NULL, N_("Open on %s"), NULL, { "text" } },
  { PH_RECORD_PEER, NULL, NULL, N_("New peer %s"), NULL, { "text" } },
  { PH_RECORD_JOINED, NULL, NULL, N_("%s connected"), NULL, { "text" } },
  { PH_RECORD_HALF_CLOSED, NULL, NULL, N_("%s finished sending (FIN); you can still send to it"), NULL, { "who" } },
  { PH_RECORD_LEFT, NULL, "by-user", N_("%s disconnected (by you)"), NULL, { "who" } },
  { PH_RECORD_LEFT, NULL, "kicked", N_("%s disconnected (by you)"), NULL, { "who" } },
  { PH_RECORD_LEFT, NULL, "reset-here", N_("%s disconnected (by you, with RST)"), NULL, { "who" } },
  { PH_RECORD_LEFT, NULL, NULL, N_("%s disconnected: %s"), NULL, { "who", "left" } },
  { PH_RECORD_LEFT, NULL, NULL, N_("%s disconnected"), NULL, { "who" } },
  { PH_RECORD_CLOSED, NULL, "closed", N_("Closed by the peer") },
  { PH_RECORD_CLOSED, NULL, "reset-here", N_("Closed (by you, with RST)") },
  { PH_RECORD_CLOSED, NULL, NULL, N_("Closed: %s"), NULL, { "left" } },
  { PH_RECORD_CLOSED, NULL, NULL, N_("Closed") },

  { PH_RECORD_LOSS, "send", NULL,
    NP_("%s more message to %s was not sent: %s", "%s more messages to %s were not sent: %s"), { ",count", "on", "why" } },
  { PH_RECORD_LOSS, "send", NULL, NP_("%s more message was not sent: %s", "%s more messages were not sent: %s"),
    { ",count", "why" } },
  { PH_RECORD_LOSS, "deliver", NULL,
    NP_("%s more datagram to %s was not delivered: %s (ICMP)", "%s more datagrams to %s were not delivered: %s (ICMP)"),
    { ",count", "on", "why" } },
  { PH_RECORD_LOSS, "deliver", NULL,
    NP_("%s more datagram was not delivered: %s (ICMP)", "%s more datagrams were not delivered: %s (ICMP)"),
    { ",count", "why" } },
  { PH_RECORD_LOSS, NULL, "kernel",
    NP_("The system dropped %s datagram: its receive buffer was full",
        "The system dropped %s datagrams: its receive buffer was full"), { ",count" } },
  { PH_RECORD_LOSS, NULL, "limit", N_("The memory limit of %s MiB is reached: from now on the oldest records go"), NULL,
    { ",limit" } },
  { PH_RECORD_LOSS, NULL, "refused",
    NP_("%s more message was not sent: the queue of %s is full",
        "%s more messages were not sent: the queue of %s is full"), { ",count", "who" } },

  /* Translators: a count, then how many messages one round has */
  { PH_RECORD_REPEAT, NULL, "failed",
    NP_("%s message sent, the sequence of %s has stopped at an error", "%s messages sent, the sequence of %s has stopped at an error"),
    { ",sent", ",steps" } },
  { PH_RECORD_REPEAT, NULL, NULL,
    NP_("%s message sent, the sequence of %s has ended", "%s messages sent, the sequence of %s has ended"), { ",sent", ",steps" } },
  /* Translators: a count, a name, “139 waiting, 1,790 refused”, and “998.7 messages/s, 3 late, jitter 0.05 ms” */
  { PH_RECORD_REPEAT, NULL, NULL,
    NP_("%s message sent, repeating “%s” has ended: %s; %s", "%s messages sent, repeating “%s” has ended: %s; %s"),
    { ",sent", "name", "undone", "repeat" } },
  /* Translators: a count, a name, and “998.7 messages/s, 3 late, jitter 0.05 ms” */
  { PH_RECORD_REPEAT, NULL, NULL,
    NP_("%s message sent, repeating “%s” has ended: %s", "%s messages sent, repeating “%s” has ended: %s"),
    { ",sent", "name", "repeat" } },
  /* Translators: a name, and “139 waiting, 1,790 refused” */
  { PH_RECORD_REPEAT, NULL, NULL, N_("Repeating “%s” has ended: nothing was sent, %s"), NULL, { "name", "undone" } },
  { PH_RECORD_REPEAT, NULL, NULL, N_("Repeating “%s” has stopped: nothing was sent"), NULL, { "name" } },
  /* Translators: a count, then “139 waiting, 1,790 refused”, then “998.7 messages/s, 3 late, jitter 0.05 ms” */
  { PH_RECORD_REPEAT, NULL, NULL,
    NP_("Repeating has ended: %s message sent, %s; %s", "Repeating has ended: %s messages sent, %s; %s"),
    { ",sent", "undone", "repeat" } },
  /* Translators: a count, then “998.7 messages/s, 3 late, jitter 0.05 ms” */
  { PH_RECORD_REPEAT, NULL, NULL, NP_("Repeating has ended: %s message, %s", "Repeating has ended: %s messages, %s"),
    { ",sent", "repeat" } },
  /* Translators: “139 waiting, 1,790 refused” */
  { PH_RECORD_REPEAT, NULL, NULL, N_("Repeating has ended: nothing was sent, %s"), NULL, { "undone" } },
  { PH_RECORD_REPEAT, NULL, NULL, N_("Repeating has stopped: nothing was sent") },

  /* A file as source, and standard input. Translators: a name, then sizes: “12.5 MB” */
  { PH_RECORD_FEED, "send-file", "running", N_("Sending the file %s, %s"), NULL, { "on", "#size" } },
  { PH_RECORD_FEED, "send-file", "running", N_("Sending the file %s"), NULL, { "on" } },
  { PH_RECORD_FEED, "send-file", "done", N_("The file %s was sent: %s"), NULL, { "on", "#sent" } },
  { PH_RECORD_FEED, "send-file", NULL, N_("Sending the file %s has ended: %s. %s of %s were sent"), NULL, { "on", "why", "#sent", "#size" } },
  { PH_RECORD_FEED, "send-file", "cancelled", N_("Sending the file %s was cancelled: %s were sent"), NULL, { "on", "#sent" } },
  { PH_RECORD_FEED, "send-file", NULL, N_("Cannot send the file %s: %s. %s were sent"), NULL, { "on", "why", "#sent" } },
  { PH_RECORD_FEED, "send-input", "running", N_("Sending standard input") },
  { PH_RECORD_FEED, "send-input", "done", N_("Standard input was sent: %s"), NULL, { "#sent" } },
  { PH_RECORD_FEED, "send-input", NULL, N_("Sending standard input has ended: %s. %s were sent"), NULL, { "why", "#sent" } },
  { PH_RECORD_NOTE, "cut-lines", NULL,
    NP_("%s line of %s was longer than %s, and went out in several datagrams",
        "%s lines of %s were longer than %s, and went out in several datagrams"), { ",count", "on", "#most" } },

  /* Opening: an endpoint that makes no sense has no address, and the cause says all. */
  { PH_RECORD_ERROR, "open", NULL, N_("Cannot open UDP on %s: %s"), NULL, { "on", "why" } },
  { PH_RECORD_ERROR, "open", NULL, "%s", NULL, { "why" } },
  { PH_RECORD_ERROR, "listen", NULL, N_("Cannot listen on %s: %s"), NULL, { "on", "why" } },
  { PH_RECORD_NOTE, "open", NULL, N_("Cannot open UDP on %s: %s"), NULL, { "on", "why" } },
  { PH_RECORD_NOTE, "listen", NULL, N_("Cannot listen on %s: %s"), NULL, { "on", "why" } },
  { PH_RECORD_ERROR, "resolve", NULL, N_("Cannot find the address of “%s”: %s"), NULL, { "on", "why" } },
  { PH_RECORD_NOTE, "resolve", "changed", N_("%s has another address now: %s"), NULL, { "on", "address" } },
  { PH_RECORD_NOTE, "resolve", NULL, N_("Cannot find the address of %s again: %s. The one that was found before serves on"), NULL,
    { "on", "why" } },
  { PH_RECORD_ERROR, "connect", NULL, N_("Cannot connect to %s: cannot use the local address %s: %s"), NULL,
    { "on", "from", "why" } },
  { PH_RECORD_ERROR, "connect", NULL, N_("Cannot connect to %s: %s"), NULL, { "on", "why" } },
  { PH_RECORD_NOTE, "connect", NULL, N_("Cannot connect to %s: cannot use the local address %s: %s"), NULL,
    { "on", "from", "why" } },
  { PH_RECORD_NOTE, "connect", NULL, N_("Cannot connect to %s: %s"), NULL, { "on", "why" } },

  { PH_RECORD_ERROR, "accept", NULL,
    NP_("Cannot accept more than %s client: %s. Others wait until one leaves",
        "Cannot accept more than %s clients: %s. Others wait until one leaves"), { ",limit", "why" } },
  { PH_RECORD_ERROR, "accept", NULL, N_("Cannot accept a client: %s. It waits, and is tried again every second"), NULL,
    { "why" } },
  { PH_RECORD_NOTE, "acknowledge", NULL,
    NP_("%s byte that the system had taken for %s was not acknowledged",
        "%s bytes that the system had taken for %s were not acknowledged"), { ",bytes", "on" } },
  { PH_RECORD_NOTE, "accept", "again", N_("Clients are accepted again") },
  { PH_RECORD_NOTE, "accept", "gave-up", N_("A client gave up before it was accepted") },
  { PH_RECORD_NOTE, "receive", "again", N_("Receiving goes on (%s)"), NULL, { "on" } },
  { PH_RECORD_NOTE, "receive", NULL, N_("Receiving pauses (%s): %s. It is tried again until it works"), NULL, { "on", "why" } },
  { PH_RECORD_NOTE, "send", "again", N_("Sending goes on (%s)"), NULL, { "on" } },
  { PH_RECORD_NOTE, "send", NULL, N_("Sending pauses (%s): %s. It is tried again until it works"), NULL, { "on", "why" } },
  { PH_RECORD_NOTE, "half-close", "waits", N_("Sending to %s ends with what waits to be sent (by you); it can still send to you"), NULL,
    { "on" } },
  { PH_RECORD_NOTE, "half-close", NULL, N_("Sending to %s has ended (FIN, by you); it can still send to you"), NULL, { "on" } },
  { PH_RECORD_NOTE, "stop-reading", NULL, N_("Reading from %s has stopped (by you); what it sends waits in the system"), NULL, { "on" } },
  { PH_RECORD_NOTE, "read", NULL, N_("Reading from %s goes on (by you)"), NULL, { "on" } },
  { PH_RECORD_ERROR, "serve", NULL, N_("Cannot serve a client: %s"), NULL, { "why" } },
  { PH_RECORD_ERROR, "transfer", NULL, N_("The connection to %s broke: %s"), NULL, { "on", "why" } },
  { PH_RECORD_ERROR, "name-peer", NULL,
    NP_("Cannot tell more than %s peer apart: data of further ones is shown without an address",
        "Cannot tell more than %s peers apart: data of further ones is shown without an address"), { ",limit" } },

  { PH_RECORD_ERROR, "send", "not-open", N_("Cannot send: nothing is open") },
  { PH_RECORD_ERROR, "send", "no-client", N_("Cannot send: no client is connected") },
  { PH_RECORD_ERROR, "send", "client-gone", N_("Cannot send: that client is gone") },
  { PH_RECORD_ERROR, "send", "half-closed-here", N_("Cannot send to %s: its sending side was closed here"), NULL, { "on" } },
  { PH_RECORD_ERROR, "send", "all-half-closed-here", N_("Cannot send: the sending side of each connection was closed here") },
  { PH_RECORD_ERROR, "send", "unknown-peer", N_("Cannot send: that peer is not known") },
  { PH_RECORD_ERROR, "send", "no-target", N_("Cannot send: there is no remote address, and no peer has been heard yet") },
  { PH_RECORD_ERROR, "send", "empty", N_("Cannot send: the message is empty") },
  { PH_RECORD_ERROR, "send", "no-remote-port", N_("Cannot send to %s: the remote port is missing"), NULL, { "on" } },
  { PH_RECORD_ERROR, "send", "too-many-wait", N_("Cannot send to %s: too much is waiting for its address"), NULL, { "on" } },
  { PH_RECORD_ERROR, "send", "waits-for-address",
    NP_("%s message was not sent: it waited for an address", "%s messages were not sent: they waited for an address"),
    { ",count" } },
  { PH_RECORD_ERROR, "compose", "no-character", N_("Cannot send: the encoding does not have all characters of a variable") },
  { PH_RECORD_ERROR, "compose", "not-hex", N_("Cannot send: the check bytes cover something that is no hex digit") },
  { PH_RECORD_ERROR, "send", "cancelled", NP_("%s datagram was not sent", "%s datagrams were not sent"), { ",count" } },
  { PH_RECORD_ERROR, "send", NULL,
    NP_("%s message to %s was not sent whole: %s. Sent of it: %s; lost: %s",
        "%s messages to %s were not sent: %s. Sent of the first: %s; lost: %s"),
    { ",count", "on", "why", "#sent", "#lost" } },
  { PH_RECORD_ERROR, "send", NULL,
    NP_("%s message to %s was not sent: %s. Lost: %s", "%s messages to %s were not sent: %s. Lost: %s"),
    { ",count", "on", "why", "#lost" } },
  { PH_RECORD_ERROR, "send", NULL, N_("Cannot send %s to %s: %s. Nothing of the message went out; waiting: %s"), NULL,
    { "#bytes", "on", "why", "#waiting" } },
  /* Translators: “Cannot send 1,400 bytes to 127.0.0.1:9: the message is too long” */
  { PH_RECORD_ERROR, "send", NULL, N_("Cannot send %s to %s: %s"), NULL, { "#bytes", "on", "why" }, N_("the system refused") },
  { PH_RECORD_ERROR, "send", NULL, N_("Cannot send to “%s”: %s"), NULL, { "on", "why" } },

  /* ICMP; not every system says which peer it was. */
  { PH_RECORD_ERROR, "deliver", "refused", N_("%s did not take a datagram: port unreachable (ICMP)"), NULL, { "on" } },
  { PH_RECORD_ERROR, "deliver", NULL, N_("%s did not get a datagram: %s (ICMP)"), NULL, { "on", "why" }, N_("undeliverable") },
  { PH_RECORD_ERROR, "deliver", NULL, N_("A datagram was not delivered: %s (ICMP)"), NULL, { "why" }, N_("undeliverable") },

  { PH_RECORD_NOTE, "answer", NULL,
    N_("Cannot answer from %s, which was asked: it is not an address of this machine. What is sent leaves from another one"), NULL,
    { "on" } },

  { PH_RECORD_ERROR, "write", NULL,
    N_("Cannot write the recording to %s: %s. It goes on in memory, and is tried again every second"), NULL, { "on", "why" } },
  { PH_RECORD_ERROR, "create", NULL, N_("Cannot write the recording to %s: %s. It is kept in memory only"), NULL, { "on", "why" } },
  { PH_RECORD_ERROR, "keep", NULL, N_("Cannot keep more than %s MiB of records in memory: %s"), NULL, { ",held", "why" } },
  { PH_RECORD_NOTE, "write", "slow", N_("The disk is slower than what arrives: what waits for it is kept in memory") },
  { PH_RECORD_NOTE, "write", "keeps-up", N_("The disk keeps up again") },
  { PH_RECORD_NOTE, "write", "again", N_("The recording is written to %s again"), NULL, { "on" } },

  { PH_RECORD_NOTE, "save", "begun", N_("Saving to %s"), NULL, { "on" } },
  { PH_RECORD_NOTE, "save", "moved", N_("The file that was saved to has been moved or removed. Saving goes on in %s"), NULL, { "on" } },
  { PH_RECORD_NOTE, "save", "again", N_("Saving to %s goes on"), NULL, { "on" } },
  { PH_RECORD_ERROR, "save", "gap",
    NP_("%s record is not in %s: the disk was too slow or full", "%s records are not in %s: the disk was too slow or full"),
    { ",count", "on" } },
  { PH_RECORD_ERROR, "save", NULL,
    N_("Cannot save to %s: %s. It is tried again every second; what arrives meanwhile waits in memory"), NULL, { "on", "why" } },
};

/* Why, where a word says more than PhError can. */
static const struct
{
  const char *cause, *words;
  const char *places[1];
} causes[] = {
  { "connection-exists", N_("there is a connection from that local port already") },
  { "no-protocol", N_("There is no such protocol") },
  { "no-remote-address", N_("The remote address is empty: say where to connect") },
  { "no-remote-port", N_("The remote port is empty: say where to connect") },
  { "port-zero", N_("Port 0 is no destination: choose one from 1 to 65535") },
  { "no-such-interface", N_("this machine has no such interface") },
  { "no-address", N_("it is not an address") },
  { "wrong-place", N_("this kind of address cannot be used here") },
  { "not-regular-file", N_("it is not a regular file") },
  { "captures-full", N_("the recordings have the size that Preferences allow") },
  { "low-disk", N_("less than %s is free on the disk"), { "reserve" } },
  { "closed-here", N_("closed here") },
  { "half-closed-here", N_("its sending side was closed here") },
  { "connection-ended", N_("the connection has ended") },
  { "replaced", N_("something else is sent in its place") },
  { "input-failed", N_("it cannot be read") },
  { "file-shrank", N_("the file has become shorter") },
  { "send-queue-full", N_("the system’s send queue is full: the network or device is slower than what is sent") },
};

static void
append_shown (GString *out, const char *text)
{
  g_autofree char *shown = ph_format_value_shown (text);

  g_string_append (out, shown);
}

/* What the word says, what the system says to it, what the code says, or that nothing is known. */
static char *
dup_why (const PhFormatEvent *event)
{
  const char *cause = ph_words_get (&event->words, "cause");
  PhRecordKind kind = (PhRecordKind) event->record->kind;
  gboolean named = kind == PH_RECORD_LOSS || kind == PH_RECORD_FEED; /* the detail is no PhError */
  PhError code = named ? ph_error_find (cause) : (PhError) event->record->detail;
  const char *words = ph_error_words (code);
  gboolean english = event->language == PH_LANGUAGE_ENGLISH;
  char *system = NULL;

  for (gsize i = 0; cause != NULL && i < G_N_ELEMENTS (causes); i++)
    if (strcmp (causes[i].cause, cause) == 0)
      {
        g_autofree char *value = causes[i].places[0] != NULL ? ph_format_value (event, causes[i].places[0]) : g_strdup ("");
        GString *out = g_string_new (NULL);

        ph_format_expand (out, ph_format_say (event->language, causes[i].words),
                          (const char *const[]){ value != NULL ? value : "?", NULL });
        return g_string_free (out, FALSE);
      }
  if (cause != NULL)
    system = ph_plat_dup_cause_words (cause, english);
  if (system != NULL)
    return system;
  if (words != NULL)
    return g_strdup (ph_format_say (event->language, words));
  if (cause != NULL)
    return ph_format_value_shown (cause);

  return g_strdup (ph_format_say (event->language, event->unknown != NULL ? event->unknown : N_("unknown")));
}

/* ---- sentences ---- */

static char *
dup_value (const PhFormatEvent *event, const char *place)
{
  return g_str_equal (place, "why") ? dup_why (event) : ph_format_value (event, place);
}

static gboolean
is_for (const Row *row, const PhFormatEvent *event)
{
  const PhRecord *record = event->record;
  const char *cause;

  if (row->kind != (PhRecordKind) record->kind)
    return FALSE;
  cause = ph_words_get (&event->words, "cause");
  if (row->action != NULL && g_strcmp0 (row->action, ph_words_get (&event->words, "action")) != 0)
    return FALSE;
  if (cause == NULL)
    cause = record->kind == PH_RECORD_ERROR ? ph_error_id (record->detail) : ph_record_why_id (record);

  return row->cause == NULL || g_strcmp0 (row->cause, cause) == 0;
}

/* NULL where a value is missing. */
static char *
dup_sentence (const Row *row, PhFormatEvent *event)
{
  g_autoptr (GPtrArray) shown = g_ptr_array_new_with_free_func (g_free);
  const char *format;
  guint64 n = 0;
  GString *out;

  event->unknown = row->unknown;
  for (gsize i = 0; i < PLACES_MAX && row->places[i] != NULL; i++)
    {
      char *value = dup_value (event, row->places[i]);

      if (value == NULL)
        return NULL;
      g_ptr_array_add (shown, value);
    }
  g_ptr_array_add (shown, NULL);
  if (row->many != NULL)
    ph_words_get_number (&event->words, row->places[0] + (*row->places[0] == ','), &n);
  format = row->many != NULL ? ph_format_say_many (event->language, row->one, row->many, n)
                             : ph_format_say (event->language, row->one);
  out = g_string_new (NULL);
  ph_format_expand (out, format, (const char *const *) shown->pdata);

  return g_string_free (out, FALSE);
}

/* Of an event of a newer program: "knock 127.0.0.1:9 (limit 5): the limit is reached". */
static char *
dup_words (const PhFormatEvent *event)
{
  const PhWords *words = &event->words;
  const char *action = ph_words_get (words, "action"), *on = ph_words_get (words, "on"), *value, *before = " (";
  gboolean explained = event->record->kind == PH_RECORD_ERROR && words->length > 0;
  g_autofree char *why = explained ? dup_why (event) : NULL;
  GString *out = g_string_new (NULL);
  char name[PH_WORDS_NAME_MAX + 1];
  gsize at = 0;

  append_shown (out, action != NULL ? action : ph_record_kind_id (event->record->kind));
  if (on != NULL)
    {
      g_string_append_c (out, ' ');
      append_shown (out, on);
    }
  while (ph_words_next (words, &at, name, &value))
    {
      if (strcmp (name, "action") == 0 || strcmp (name, "on") == 0 || strcmp (name, "cause") == 0)
        continue;
      g_string_append_printf (out, "%s%s ", before, name);
      append_shown (out, value);
      before = ", ";
    }
  g_string_append (out, *before == ',' ? ")" : "");
  if (why != NULL)
    g_string_append_printf (out, ": %s", why);

  return g_string_free (out, FALSE);
}

/**
 * ph_format_event:
 * @record: any; of data, the name of its kind is returned
 * @peer: (nullable): the address of its peer
 *
 * Any thread.
 *
 * Returns: (transfer full): a sentence without a full stop, in which nothing needs a mark any more
 */
char *
ph_format_event (const PhRecord *record, const guint8 *payload, const char *peer, PhLanguage language)
{
  PhFormatEvent event;

  if (ph_record_is_data (record))
    return g_strdup (ph_record_kind_id (record->kind));
  ph_format_event_init (&event, record, payload, peer, language);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (is_for (&rows[i], &event))
      {
        char *sentence = dup_sentence (&rows[i], &event);

        if (sentence != NULL)
          return sentence;
      }

  return dup_words (&event);
}

/**
 * ph_format_cause:
 * @cause: a word that causes[] has, without a place
 *
 * Returns: (transfer none): its translated words
 */
const char *
ph_format_cause (const char *cause)
{
  for (gsize i = 0; i < G_N_ELEMENTS (causes); i++)
    if (strcmp (causes[i].cause, cause) == 0)
      return _(causes[i].words);

  return cause;
}
