/* ph-import-docklight.c: a send sequence of Docklight as a quick command, the same for both forms of its projects
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-import-docklight.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ph-format.h"
#include "ph-marks.h"

#define MS 1000.0     /* of a second */
#define PAUSE_UNIT 10 /* ms */

/* A sequence that is becoming a command. */
typedef struct
{
  PhImport *import;
  const PhDocklightSequence *sequence;
  GStrv words;   /* the characters, as they are written */
  GArray *kinds; /* of PhDocklightKind, for each of them */
  guint delay;   /* ms before the first byte */
  guint pauses;  /* ms behind it */
  gboolean asks, leaves_out;
} Work;

void
ph_docklight_sequence_clear (PhDocklightSequence *sequence)
{
  g_free (sequence->name);
  g_free (sequence->data);
  g_free (sequence->interval);
  g_free (sequence->check);
  if (sequence->comment != NULL)
    g_string_free (sequence->comment, TRUE);
}

static void
note (const Work *work, const char *what)
{
  ph_import_note_command (work->import, work->sequence->name, what);
}

/* ---- characters ---- */

static gboolean
is_digit_or_any (char c)
{
  return g_ascii_isxdigit (c) || c == '?';
}

/* FALSE where @word is no character of a sequence. A single digit that is not known is asked for with the other one. */
static gboolean
find_kind (const char *word, PhDocklightKind *ret_kind)
{
  if (strlen (word) != 2)
    return FALSE;
  if (g_ascii_isxdigit (word[0]) && g_ascii_isxdigit (word[1]))
    *ret_kind = PH_DOCKLIGHT_BYTE;
  else if (is_digit_or_any (word[0]) && is_digit_or_any (word[1]))
    *ret_kind = PH_DOCKLIGHT_ASK;
  else if (g_str_equal (word, "##"))
    *ret_kind = PH_DOCKLIGHT_MAYBE;
  else if (word[0] == word[1] && strchr ("&%!^", word[0]) != NULL)
    *ret_kind = PH_DOCKLIGHT_FUNCTION;
  else
    return FALSE;

  return TRUE;
}

/* Reads what a function needs behind it. Returns: how many characters that is */
static guint
read_function (Work *work, guint index, gboolean sent)
{
  const char *function = work->words[index], *value = work->words[index + 1];
  guint ms = value != NULL ? (guint) g_ascii_strtoull (value, NULL, 16) * PAUSE_UNIT : 0;

  if (*function != '&')
    work->leaves_out = TRUE;
  else if (sent)
    work->pauses += ms;
  else
    work->delay += ms;

  return value != NULL ? 1 : 0;
}

static gboolean
read_characters (Work *work, GError **error)
{
  g_autofree char *shown = NULL, *why = NULL;
  gboolean sent = FALSE;

  for (guint i = 0; work->words[i] != NULL; i++)
    {
      PhDocklightKind kind;
      guint more = 0;

      if (!find_kind (work->words[i], &kind))
        {
          shown = ph_marks_dup (work->words[i], -1, PH_MARKS_NAME_MAX);
          why = g_strdup_printf (_("“%s” is not a byte of a sequence"), shown);
          return ph_import_refuse (work->import, error, why);
        }
      if (kind == PH_DOCKLIGHT_FUNCTION)
        more = read_function (work, i, sent);
      else
        sent = TRUE;
      g_array_append_val (work->kinds, kind);
      for (; more > 0; more--, i++)
        g_array_append_val (work->kinds, kind);
    }

  return TRUE;
}

/* ---- text ---- */

static void
append_ask (Work *work, GString *text, const char *word, guint place)
{
  g_autofree char *number = ph_format_dup_grouped (place), *label = g_strdup_printf (_("byte %s"), number);

  /* “4?”: the digit that is known is shown with the label. */
  if (g_str_equal (word, "??") || g_str_equal (word, "##"))
    g_string_append_printf (text, "{ask:%s}", label);
  else
    g_string_append_printf (text, "{ask:%s (%s)}", label, word);
  work->asks = TRUE;
}

/* Appends the characters from @from to before @to as hex digits, and questions. @place counts the bytes. */
static void
append_text (Work *work, GString *text, guint from, guint to, guint *place)
{
  for (guint i = from; i < to; i++)
    {
      const PhDocklightKind kind = g_array_index (work->kinds, PhDocklightKind, i);

      if (kind == PH_DOCKLIGHT_FUNCTION)
        continue;
      if (text->len > 0)
        g_string_append_c (text, ' ');
      ++*place;
      if (kind == PH_DOCKLIGHT_BYTE)
        g_string_append (text, work->words[i]);
      else
        append_ask (work, text, work->words[i], *place);
    }
}

/* Sets the text, and the check bytes where Porthole has them. FALSE where it is left out. */
static gboolean
set_text (Work *work, PhQuickCommand *command)
{
  g_autofree char *check = NULL, *words = NULL, *what = NULL, *shown = NULL;
  g_autoptr (GString) text = g_string_new (NULL), suffix = g_string_new (NULL);
  PhPayloadFormat format = *ph_quick_command_get_format (command);
  guint at = work->kinds->len, length = 0, place = 0, asked = 0;

  words = work->sequence->check != NULL ? g_strndup (work->sequence->check, strcspn (work->sequence->check, "#")) : g_strdup ("");
  g_strstrip (words);
  if (*words != '\0' && !ph_docklight_check (words, work->kinds, &at, &length, &check))
    {
      shown = ph_marks_dup (words, -1, PH_MARKS_NAME_MAX);
      what = g_strdup_printf (_("there are no such check bytes as “%s”; the bytes of the project are sent"), shown);
      note (work, what);
    }
  append_text (work, text, 0, at, &place);
  for (guint i = at + length; i < work->kinds->len; i++)
    asked += g_array_index (work->kinds, PhDocklightKind, i) != PH_DOCKLIGHT_BYTE;
  append_text (work, suffix, at + length, work->kinds->len, &place);
  if (asked > 0)
    {
      note (work, _("what is asked for behind its check bytes is left out"));
      g_string_truncate (suffix, 0);
    }
  format.hex = TRUE;
  format.variables = work->asks;
  format.check = check;
  format.suffix = suffix->str;
  ph_quick_command_set_format (command, &format);

  return ph_import_set_text (work->import, command, text->str);
}

static void
note_functions (const Work *work)
{
  g_autofree char *pauses = ph_format_dup_grouped (work->pauses), *what = NULL;

  if (work->pauses > 0)
    {
      what = g_strdup_printf (_("pauses between its bytes are left out: %s ms"), pauses);
      note (work, what);
    }
  if (work->leaves_out)
    note (work, _("breaks, signals of the port and comparisons of bits are left out"));
  for (guint i = 0; i < work->kinds->len; i++)
    if (g_array_index (work->kinds, PhDocklightKind, i) == PH_DOCKLIGHT_MAYBE)
      {
        note (work, _("bytes that may be missing (##) are asked for"));
        return;
      }
}

static guint
read_period (const char *interval)
{
  double period = interval != NULL ? g_ascii_strtod (interval, NULL) * MS : 0;

  return period > 0 ? (guint) CLAMP (period + 0.5, 1, PH_QUICK_COMMAND_WAIT_MAX) : PH_QUICK_COMMAND_PERIOD;
}

/* Blanks and line breaks of any number may stand between bytes. */
static GStrv
split (const char *data)
{
  g_auto (GStrv) parts = g_strsplit_set (data, " \t", -1);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      g_strv_builder_add (words, parts[i]);

  return g_strv_builder_end (words);
}

/**
 * ph_docklight_add:
 * @error: %PH_ERROR_INVALID, %PH_ERROR_LIMIT
 *
 * Adds a command that sends what the sequence does, and notes what it cannot.
 *
 * Returns: %FALSE with @error
 */
gboolean
ph_docklight_add (PhImport *import, const PhDocklightSequence *sequence, GError **error)
{
  g_autoptr (PhQuickCommand) command = ph_quick_command_new ();
  g_autoptr (GArray) kinds = g_array_new (FALSE, FALSE, sizeof (PhDocklightKind));
  g_auto (GStrv) words = split (sequence->data);
  Work work = { .import = import, .sequence = sequence, .words = words, .kinds = kinds };

  if (!read_characters (&work, error))
    return FALSE;
  g_object_set (command, "name", sequence->name, "comment", sequence->comment != NULL ? sequence->comment->str : "", "delay",
                MIN (work.delay, PH_QUICK_COMMAND_WAIT_MAX), NULL);
  if (sequence->repeats)
    g_object_set (command, "period", read_period (sequence->interval), NULL);
  note_functions (&work);

  return !set_text (&work, command) || ph_import_add (import, g_steal_pointer (&command), error);
}

/* ---- where it is sent ---- */

static void
set_all (PhImport *import, const char *transport, const char *target)
{
  for (guint i = 0; i < import->items->len; i++)
    g_object_set (g_ptr_array_index (import->items, i), "transport", transport, "target", target, NULL);
}

static gboolean
is_serial (const char *channel)
{
  const gsize com = g_ascii_strncasecmp (channel, "COM", 3) == 0 ? 3 : 0;

  return g_ascii_isdigit (channel[com]) && strspn (channel + com, "0123456789") == strcspn (channel + com, ":");
}

/* UDP:PORT, UDP:HOST:REMOTE and UDP:HOST:REMOTE:LOCAL */
static void
set_datagrams (PhImport *import, const char *transport, const char *address)
{
  g_auto (GStrv) parts = g_strsplit (address, ":", 3);
  g_autofree char *target = NULL, *shown = NULL;
  guint n = g_strv_length (parts);
  const char *local = n == 3 ? parts[2] : n == 1 ? parts[0] : NULL;

  if (n >= 2)
    target = g_strdup_printf ("%s:%s", parts[0], parts[1]);
  set_all (import, transport, target);
  if (local == NULL)
    return;
  shown = ph_marks_dup (local, -1, PH_MARKS_NAME_MAX);
  ph_import_note (import, _("the local port of the project, %s, is no part of a command"), shown);
}

static void
set_server (PhImport *import, const char *transport, const char *address)
{
  g_autofree char *shown = ph_marks_dup (address, -1, PH_MARKS_NAME_MAX);

  set_all (import, transport, NULL);
  ph_import_note (import, _("the local port of the project, %s, is no part of a command"), shown);
}

/**
 * ph_docklight_set_channel:
 * @channel: as the project has it: UDP:HOST:REMOTE:LOCAL, SERVER:PORT, HOST:PORT, COM1 or 1
 *
 * Sets transport and target of all that was added.
 */
void
ph_docklight_set_channel (PhImport *import, const char *channel)
{
  static const char datagrams[] = "UDP", server[] = "SERVER", stream[] = "TCP";
  const char *colon = strrchr (channel, ':');
  g_autofree char *shown = ph_marks_dup (channel, -1, PH_MARKS_NAME_MAX);

  if (*channel == '\0')
    return;
  if (is_serial (channel))
    ph_import_note (import, _("the project uses a serial port, “%s”, which Porthole does not open"), shown);
  else if (g_ascii_strncasecmp (channel, "UDP:", 4) == 0)
    set_datagrams (import, ph_import_find_transport (datagrams, FALSE), channel + 4);
  else if (g_ascii_strncasecmp (channel, server, strlen (server)) == 0 && channel[strlen (server)] == ':')
    set_server (import, ph_import_find_transport (stream, TRUE), channel + strlen (server) + 1);
  else if (colon != NULL && colon > channel && colon[1] != '\0' && strspn (colon + 1, "0123456789") == strlen (colon + 1))
    set_all (import, ph_import_find_transport (stream, FALSE), channel);
  else
    ph_import_note (import, _("the channel of the project, “%s”, has no counterpart"), shown);
}

/**
 * ph_docklight_note_receives:
 * @n: receive sequences of the project
 */
void
ph_docklight_note_receives (PhImport *import, guint n)
{
  g_autofree char *number = ph_format_dup_grouped (n);

  if (n > 0)
    ph_import_note (import, ngettext ("%s receive sequence is left out: only what is sent becomes a quick command",
                                      "%s receive sequences are left out: only what is sent becomes a quick command", n), number);
}
