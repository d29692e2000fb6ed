/* ph-tab-rename.c: asks for the title of a tab
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-tab-rename.h"

#include "ph-popover.h"

struct _PhTabRename
{
  GtkPopover parent_instance;

  /* template */
  GtkEntry *entry;

  /* borrowed */
  PhSessionPage *page; /* weak */
};

G_DEFINE_FINAL_TYPE (PhTabRename, ph_tab_rename, GTK_TYPE_POPOVER)

static void
activate_cb (PhTabRename *self)
{
  if (self->page != NULL)
    ph_session_page_set_own_title (self->page, gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  gtk_popover_popdown (GTK_POPOVER (self));
}

static void
ph_tab_rename_dispose (GObject *object)
{
  g_clear_weak_pointer (&PH_TAB_RENAME (object)->page);

  G_OBJECT_CLASS (ph_tab_rename_parent_class)->dispose (object);
}

static void
ph_tab_rename_class_init (PhTabRenameClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_tab_rename_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/porthole/Porthole/tab-rename.ui");
  gtk_widget_class_bind_template_child (widget_class, PhTabRename, entry);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
ph_tab_rename_init (PhTabRename *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ph_tab_rename_open:
 * @over: what shows the title
 *
 * Asks for another title of @page, beside @over. An empty one gives back the automatic one.
 */
void
ph_tab_rename_open (PhSessionPage *page, GtkWidget *over)
{
  PhTabRename *self = g_object_new (PH_TYPE_TAB_RENAME, NULL);
  g_autofree char *title = NULL, *automatic = ph_session_page_dup_automatic_title (page);

  g_set_weak_pointer (&self->page, page);
  g_object_get (page, "title", &title, NULL);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), title);
  gtk_entry_set_placeholder_text (self->entry, automatic);
  ph_popover_open_once (GTK_WIDGET (self), over);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_select_region (GTK_EDITABLE (self->entry), 0, -1);
}
