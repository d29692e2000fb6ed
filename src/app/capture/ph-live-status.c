/* ph-live-status.c: the part of the status bar that says what is saved to which file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-live-status.h"

#include "ph-fit-label.h"
#include "ph-format.h"
#include "ph-marks.h"
#include "ph-priority-layout.h"

#include <glib/gi18n.h>

#define DROP 7u /* the rank at which it is hidden, as in status-bar.ui; a warning never is */

/* Setting a tooltip, even to the same text, waits for the display to say where the pointer is. */
static void
set_tooltip (GtkWidget *widget, const char *text)
{
  if (g_strcmp0 (gtk_widget_get_tooltip_text (widget), text) != 0)
    gtk_widget_set_tooltip_text (widget, text);
}

/* "name.txt", "3 files", or that there is none yet. */
static char *
dup_what (const PhLiveSaveStatus *status)
{
  g_autofree char *count = ph_format_dup_grouped (status->files), *name = NULL;

  if (status->files == 0)
    return g_strdup (_("Nothing saved yet"));
  if (status->files > 1)
    return g_strdup_printf (ngettext ("%s file", "%s files", (gulong) MIN (status->files, G_MAXINT)), count);
  name = g_path_get_basename (status->path);

  return ph_marks_dup_filename (name);
}

static char *
dup_help (PhLiveSaving *saving, const PhLiveSaveStatus *status)
{
  g_autofree char *path = status->path != NULL ? ph_marks_dup_filename (status->path) : NULL, *count = NULL;
  GString *help = g_string_new (NULL);

  if (status->failure != NULL)
    g_string_append (help, status->failure);
  else if (path != NULL)
    g_string_append_printf (help, _("Saving to %s"), path);
  else
    g_string_append_printf (help, _("Saving to %s"), ph_save_options_get_folder (ph_live_saving_get_options (saving)));
  count = ph_format_dup_grouped (status->missing);
  if (status->missing > 0)
    g_string_append_printf (help, ngettext ("\n%s record is missing", "\n%s records are missing", (gulong) MIN (status->missing, G_MAXINT)),
                            count);

  return g_string_free (help, FALSE);
}

static void
show (GtkMenuButton *button, PhFitLabel *label, PhLiveSaving *saving, const PhLiveSaveStatus *status)
{
  g_autofree char *what = dup_what (status), *size = ph_format_dup_size (status->total), *help = dup_help (saving, status);
  g_autofree char *all = g_strdup_printf ("● %s · %s", what, size), *short_one = g_strdup_printf ("● %s", size);
  const char *const well[] = { status->files > 0 ? all : what, status->files > 0 ? short_one : NULL, NULL };
  const char *const wrong[] = { _("Cannot save"), NULL };
  gboolean warn = status->failure != NULL || status->missing > 0;

  ph_fit_label_set_texts (label, status->failure != NULL ? wrong : well);
  set_tooltip (GTK_WIDGET (button), help);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, help, -1);
  ph_priority_layout_set_drop (GTK_WIDGET (button), warn ? 0 : DROP);
  if (warn)
    gtk_widget_add_css_class (GTK_WIDGET (label), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (label), "warning");
}

static void
changed_cb (PhLiveSaving *saving, GtkMenuButton *button)
{
  g_auto (PhLiveSaveStatus) status = { 0 };
  gboolean active = ph_live_saving_get_status (saving, &status);

  if (active)
    show (button, PH_FIT_LABEL (gtk_menu_button_get_child (button)), saving, &status);
  gtk_widget_set_visible (GTK_WIDGET (button), active);
}

/**
 * ph_live_status_attach:
 * @button: with a #PhFitLabel; hidden while nothing is saved
 *
 * Shows what @saving does.
 */
void
ph_live_status_attach (GtkMenuButton *button, PhLiveSaving *saving)
{
  g_signal_connect_object (saving, "changed", G_CALLBACK (changed_cb), button, 0);
  changed_cb (saving, button);
}
