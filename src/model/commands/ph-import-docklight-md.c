/* ph-import-docklight-md.c: quick commands from the readable projects of Docklight, *.docklight.md
 *
 * A heading begins each sequence. Lines “key: value” follow, and behind an empty line what people wrote about it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ph-import-docklight.h"

#define HEADING "DOCKLIGHT:"

typedef struct
{
  PhImport *import;
  PhDocklightSequence sequence; /* its name is NULL between sequences */
  gboolean values_over;         /* only what people wrote follows in this sequence */
  guint line;                   /* of the data */
  char *channel;                /* nullable */
  guint receives;
  GError **error;
} Project;

/* The rest of a heading: “## DOCKLIGHT: Script” → “Script”; NULL where the line is none. */
static const char *
heading_of (const char *line)
{
  gsize marks = strspn (line, "#");

  if (marks == 0 || line[marks] != ' ' || !g_str_has_prefix (line + marks + 1, HEADING))
    return NULL;

  return line + marks + 1 + strlen (HEADING) + strspn (line + marks + 1 + strlen (HEADING), " ");
}

/* The name in “Send 3: NAME”, or NULL. */
static const char *
name_of (const char *heading, const char *word)
{
  const char *at = heading + strlen (word);
  gsize digits;

  if (!g_str_has_prefix (heading, word) || *at != ' ')
    return NULL;
  digits = strspn (at + 1, "0123456789");

  return digits > 0 && at[1 + digits] == ':' ? at + 2 + digits + strspn (at + 2 + digits, " ") : NULL;
}

static void
set_value (Project *project, const char *key, const char *value)
{
  PhDocklightSequence *sequence = &project->sequence;

  if (g_str_equal (key, "data"))
    {
      g_free (sequence->data);
      sequence->data = g_strdup (value);
      project->line = project->import->line;
    }
  else if (g_str_equal (key, "repeat-active"))
    {
      sequence->repeats = g_str_has_prefix (value, "true");
    }
  else if (g_str_equal (key, "repeat-interval"))
    {
      g_free (sequence->interval);
      sequence->interval = g_strdup (value);
    }
  else if (g_str_equal (key, "checksum"))
    {
      g_free (sequence->check);
      sequence->check = g_strdup (value);
    }
}

/* TRUE where the line is “key: value”. */
static gboolean
read_value (Project *project, const char *line)
{
  const gsize length = strspn (line, "abcdefghijklmnopqrstuvwxyz0123456789-");
  g_autofree char *key = g_strndup (line, length);

  if (length == 0 || line[length] != ':')
    return FALSE;
  set_value (project, key, line + length + 1 + strspn (line + length + 1, " \t"));

  return TRUE;
}

/* A line of a sequence that is no heading. */
static void
read_line (Project *project, const char *line)
{
  GString *comment = project->sequence.comment;

  if (!project->values_over && project->sequence.data == NULL && *line == '\0')
    return;
  if (!project->values_over && read_value (project, line))
    return;
  project->values_over = TRUE;
  if (comment->len > 0 || *line != '\0')
    g_string_append_printf (comment, "%s%s", comment->len > 0 ? "\n" : "", line);
}

static gboolean
end_sequence (Project *project)
{
  g_auto (PhDocklightSequence) sequence = project->sequence;
  guint line = project->import->line;
  gboolean added;

  project->sequence = (PhDocklightSequence){ 0 };
  if (sequence.name == NULL)
    return TRUE;
  if (sequence.data == NULL)
    return ph_import_refuse (project->import, project->error, _("a send sequence has no data"));
  g_strchomp (sequence.comment->str);
  project->import->line = project->line;
  added = ph_docklight_add (project->import, &sequence, project->error);
  project->import->line = line;

  return added;
}

static void
begin_section (Project *project, const char *heading)
{
  const char *name = name_of (heading, "Send");

  project->receives += name_of (heading, "Receive") != NULL;
  if (name != NULL)
    {
      project->sequence.name = g_strchomp (g_strdup (name));
      project->sequence.comment = g_string_new (NULL);
      project->values_over = FALSE;
    }
  else if (g_str_equal (heading, "Script"))
    {
      ph_import_note (project->import, "%s", _("the script of the project is left out"));
    }
}

static gboolean
read_lines (Project *project)
{
  static const char channel[] = "channel1-setting:";
  const char *at = project->import->text;

  for (;;)
    {
      g_autofree char *line = ph_import_next_line (project->import, &at);
      const char *heading = line != NULL ? heading_of (line) : NULL;

      if ((line == NULL || heading != NULL) && !end_sequence (project))
        return FALSE;
      if (line == NULL)
        return TRUE;
      if (heading != NULL)
        begin_section (project, heading);
      else if (project->sequence.name != NULL)
        read_line (project, line);
      else if (project->channel == NULL && g_str_has_prefix (line, channel))
        project->channel = g_strstrip (g_strdup (line + strlen (channel)));
    }
}

static gboolean
read_all (PhImport *import, GError **error)
{
  Project project = { .import = import, .error = error };
  gboolean read = read_lines (&project);
  g_autofree char *channel = project.channel;

  ph_docklight_sequence_clear (&project.sequence);
  if (!read)
    return FALSE;
  if (channel != NULL)
    ph_docklight_set_channel (import, channel);
  ph_docklight_note_receives (import, project.receives);

  return TRUE;
}

static gboolean
fits (const char *file_name, const char *text)
{
  return g_str_has_prefix (text, "# " HEADING) || strstr (text, "\n## " HEADING) != NULL
         || ph_import_has_ending (file_name, ".docklight.md");
}

const PhImportForm ph_import_docklight_md = { fits, read_all, .charset = "utf-8" };
