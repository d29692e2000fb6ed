/* ph-import-docklight-ptp.c: quick commands from projects of Docklight, *.ptp
 *
 * Sections begin with their name in a line of its own and end with an empty line. What stands at which place is said nowhere.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ph-import-docklight.h"
#include "ph-marks.h"

typedef struct
{
  PhImport *import;
  const char *at;
  char *channel; /* nullable */
  guint receives;
  GError **error;
} Project;

static gboolean
is_index (const char *line)
{
  return *line != '\0' && strspn (line, "0123456789") == strlen (line);
}

static gboolean
refuse_sequence (Project *project, const char *name)
{
  g_autofree char *shown = ph_marks_dup (name != NULL ? name : "", -1, PH_MARKS_NAME_MAX);
  g_autofree char *why = g_strdup_printf (_("the send sequence “%s” is not complete"), shown);

  return ph_import_refuse (project->import, project->error, why);
}

/* Index, name, bytes, whether it is repeated, seconds, and in newer versions check bytes. */
static gboolean
read_send (Project *project)
{
  g_auto (PhDocklightSequence) sequence = { 0 };
  g_autofree char *index = ph_import_next_line (project->import, &project->at), *repeats = NULL;

  sequence.name = ph_import_next_line (project->import, &project->at);
  sequence.data = ph_import_next_line (project->import, &project->at);
  repeats = ph_import_next_line (project->import, &project->at);
  sequence.interval = ph_import_next_line (project->import, &project->at);
  if (sequence.interval == NULL || !is_index (index))
    return refuse_sequence (project, sequence.name);
  sequence.repeats = *repeats != '\0' && !g_str_equal (repeats, "0");
  if (*project->at != '\r' && *project->at != '\n')
    sequence.check = ph_import_next_line (project->import, &project->at);

  return ph_docklight_add (project->import, &sequence, project->error);
}

static gboolean
read_receive (Project *project)
{
  project->receives++;

  return TRUE;
}

static gboolean
read_channel (Project *project)
{
  g_free (project->channel);
  project->channel = ph_import_next_line (project->import, &project->at);

  return TRUE;
}

/* The mode, then the channel. */
static gboolean
read_settings (Project *project)
{
  g_free (ph_import_next_line (project->import, &project->at));

  return read_channel (project);
}

static const struct
{
  const char *name;
  gboolean (*read) (Project *project);
} sections[] = {
  { "COMMSETTINGS", read_settings },
  { "COMMCHANNELS", read_channel },
  { "SEND", read_send },
  { "RECEIVE", read_receive },
};

static gboolean
read_sections (Project *project)
{
  gboolean begins = TRUE;

  for (;;)
    {
      g_autofree char *line = ph_import_next_line (project->import, &project->at);

      if (line == NULL)
        return TRUE;
      for (gsize i = 0; i < G_N_ELEMENTS (sections) && begins; i++)
        if (g_str_equal (line, sections[i].name) && !sections[i].read (project))
          return FALSE;
      begins = *line == '\0';
    }
}

static gboolean
read_all (PhImport *import, GError **error)
{
  Project project = { .import = import, .at = import->text, .error = error };
  gboolean read = read_sections (&project);
  g_autofree char *channel = project.channel;

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
  return g_str_has_prefix (text, "VERSION\n") || g_str_has_prefix (text, "VERSION\r\n") || ph_import_has_ending (file_name, ".ptp");
}

const PhImportForm ph_import_docklight_ptp = { fits, read_all, .charset = "utf-8" };
