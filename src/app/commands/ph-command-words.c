/* ph-command-words.c: what a quick command is called and tells of itself, in words that are safe to show
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-command-words.h"

#include "ph-charset.h"
#include "ph-marks.h"
#include "ph-transport.h"

#include <glib/gi18n.h>
#include <gtk/gtk.h>

#define TEXT_MAX 256u      /* bytes of a text in a row */
#define TIP_TEXT_MAX 1024u /* bytes of a text in a tooltip */

/**
 * ph_command_words_dup_name:
 *
 * Returns: (transfer full): the name; the beginning of the text where there is none
 */
char *
ph_command_words_dup_name (PhQuickCommand *command)
{
  const char *name = ph_quick_command_get_name (command);

  if (*name != '\0')
    return ph_marks_dup (name, -1, PH_MARKS_LINE_MAX);
  if (ph_quick_command_is_heading (command))
    return g_strdup (_("Group without a name"));
  if (*ph_quick_command_get_text (command) != '\0')
    return ph_command_words_dup_text (command);

  return g_strdup (_("New command"));
}

/**
 * ph_command_words_dup_text:
 *
 * Returns: (transfer full): the beginning of what is sent, in one line
 */
char *
ph_command_words_dup_text (PhQuickCommand *command)
{
  return ph_marks_dup (ph_quick_command_get_text (command), -1, TEXT_MAX);
}

/**
 * ph_command_words_dup_key:
 * @key: 1 to %PH_QUICK_COMMAND_KEYS
 *
 * Returns: (transfer full): “Ctrl+Alt+1”
 */
char *
ph_command_words_dup_key (guint key)
{
  return gtk_accelerator_get_label (GDK_KEY_0 + key, GDK_CONTROL_MASK | GDK_ALT_MASK);
}

static char *
dup_format (const PhPayloadFormat *format)
{
  g_autofree char *charset = ph_charset_dup_short_name (ph_charset_find (format->charset));
  g_autofree char *ending = g_ascii_strup (ph_line_ending_id (format->line_ending), -1);

  if (format->hex)
    return g_strdup (_("Hex"));

  return format->line_ending == PH_LINE_ENDING_NONE ? g_steal_pointer (&charset) : g_strconcat (charset, " · ", ending, NULL);
}

/**
 * ph_command_words_dup_tip:
 *
 * Returns: (transfer full): name, text, form, target and comment, a line each
 */
char *
ph_command_words_dup_tip (PhQuickCommand *command)
{
  g_autofree char *name = ph_command_words_dup_name (command), *format = dup_format (ph_quick_command_get_format (command));
  g_autofree char *text = ph_marks_dup (ph_quick_command_get_text (command), -1, TIP_TEXT_MAX);
  g_autofree char *comment = ph_marks_dup (ph_quick_command_get_comment (command), -1, TIP_TEXT_MAX);
  const char *target = ph_quick_command_get_target (command);
  g_autofree char *where = target != NULL ? ph_marks_dup (target, -1, TEXT_MAX) : NULL;
  GString *tip = g_string_new (name);

  if (ph_quick_command_is_heading (command))
    return g_string_free (tip, FALSE);
  g_string_append_printf (tip, "\n%s\n%s", text, format);
  if (where != NULL)
    g_string_append_printf (tip, " → %s", where);
  if (*comment != '\0')
    g_string_append_printf (tip, "\n%s", comment);

  return g_string_free (tip, FALSE);
}
