/* ph-tab-holder.c: stands for a page among the tabs of a strip, and takes it along to another
 *
 * GtkNotebook has the tabs, which one can reorder, but would show the pages right under them. The tabs are
 * in the header bar and the pages in the window, so what the notebook has are these: widgets of no size, each with a page.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-tab-holder.h"

struct _PhTabHolder
{
  GtkWidget parent_instance;

  /* owned */
  PhSessionPage *page;
  PhTabLabel *label;
};

G_DEFINE_FINAL_TYPE (PhTabHolder, ph_tab_holder, GTK_TYPE_WIDGET)

static void
ph_tab_holder_dispose (GObject *object)
{
  /* The notebook of GTK 4.8 never gives back the reference that it has to a label. The label must not keep the session. */
  if (PH_TAB_HOLDER (object)->label != NULL)
    g_object_run_dispose (G_OBJECT (PH_TAB_HOLDER (object)->label));
  g_clear_object (&PH_TAB_HOLDER (object)->label);
  g_clear_object (&PH_TAB_HOLDER (object)->page);

  G_OBJECT_CLASS (ph_tab_holder_parent_class)->dispose (object);
}

static void
ph_tab_holder_class_init (PhTabHolderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ph_tab_holder_dispose;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
ph_tab_holder_init (PhTabHolder *self)
{
}

/**
 * ph_tab_holder_new:
 * @page: (transfer none): is kept until the holder goes
 *
 * Returns: (transfer floating): a holder, with a label for the tab
 */
GtkWidget *
ph_tab_holder_new (PhSessionPage *page)
{
  PhTabHolder *self = g_object_new (PH_TYPE_TAB_HOLDER, NULL);

  self->page = g_object_ref_sink (page);
  self->label = g_object_ref_sink (PH_TAB_LABEL (ph_tab_label_new (page)));

  return GTK_WIDGET (self);
}

/**
 * ph_tab_holder_get_page:
 *
 * Returns: (transfer none) (nullable): its page; %NULL while it goes
 */
PhSessionPage *
ph_tab_holder_get_page (PhTabHolder *holder)
{
  g_return_val_if_fail (PH_IS_TAB_HOLDER (holder), NULL);

  return holder->page;
}

/**
 * ph_tab_holder_get_label:
 *
 * Returns: (transfer none) (nullable): the label of its tab; %NULL while it goes
 */
PhTabLabel *
ph_tab_holder_get_label (PhTabHolder *holder)
{
  g_return_val_if_fail (PH_IS_TAB_HOLDER (holder), NULL);

  return holder->label;
}
