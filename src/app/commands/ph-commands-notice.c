/* ph-commands-notice.c: says over the quick commands what was imported, or what failed, until it is dismissed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-commands-notice.h"

#include "ph-compat.h"

struct _PhCommandsNotice
{
  GtkBox parent_instance;

  /* template */
  GtkLabel *words_label;
  GtkWidget *notes_scroller;
  GtkLabel *notes_label;
};

G_DEFINE_FINAL_TYPE (PhCommandsNotice, ph_commands_notice, GTK_TYPE_BOX)

static void
dismiss_clicked_cb (PhCommandsNotice *self)
{
  ph_commands_notice_dismiss (self);
}

static void
ph_commands_notice_class_init (PhCommandsNoticeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/porthole/Porthole/commands-notice.ui");
  gtk_widget_class_bind_template_child (widget_class, PhCommandsNotice, words_label);
  gtk_widget_class_bind_template_child (widget_class, PhCommandsNotice, notes_scroller);
  gtk_widget_class_bind_template_child (widget_class, PhCommandsNotice, notes_label);
  gtk_widget_class_bind_template_callback (widget_class, dismiss_clicked_cb);
}

static void
ph_commands_notice_init (PhCommandsNotice *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ph_commands_notice_show:
 * @notes: (nullable) (element-type utf8): sentences, a line each
 * @failed: it is an error
 *
 * Takes the place of what was said before.
 */
void
ph_commands_notice_show (PhCommandsNotice *notice, const char *words, GPtrArray *notes, gboolean failed)
{
  GString *lines = g_string_new (NULL);

  g_return_if_fail (PH_IS_COMMANDS_NOTICE (notice));

  for (guint i = 0; notes != NULL && i < notes->len; i++)
    g_string_append_printf (lines, "%s%s", i > 0 ? "\n" : "", (const char *) g_ptr_array_index (notes, i));
  gtk_label_set_label (notice->words_label, words);
  gtk_label_set_label (notice->notes_label, lines->str);
  gtk_widget_set_visible (notice->notes_scroller, lines->len > 0);
  if (failed)
    gtk_widget_add_css_class (GTK_WIDGET (notice), "failed");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (notice), "failed");
  gtk_widget_set_visible (GTK_WIDGET (notice), TRUE);
  ph_compat_announce (GTK_WIDGET (notice), words);
  g_string_free (lines, TRUE);
}

/** ph_commands_notice_dismiss: Returns: whether there was something to hide */
gboolean
ph_commands_notice_dismiss (PhCommandsNotice *notice)
{
  gboolean shown = gtk_widget_get_visible (GTK_WIDGET (notice));

  gtk_widget_set_visible (GTK_WIDGET (notice), FALSE);

  return shown;
}
