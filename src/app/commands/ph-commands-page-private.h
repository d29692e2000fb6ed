/* ph-commands-page-private.h: the struct of the page with the quick commands, for its files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-commands-page.h"

#include "ph-command-form.h"
#include "ph-commands-bar.h"
#include "ph-commands-list.h"
#include "ph-commands-notice.h"

G_BEGIN_DECLS

struct _PhCommandsPage
{
  GtkBox parent_instance;

  /* template */
  GtkStack *stack;  /* "list" or "form" */
  GtkStack *places; /* in "list": "list", or "nothing" that is found, or "empty" */
  GtkEntry *search_entry;
  PhCommandsNotice *notice;
  PhCommandsList *list;
  PhCommandsBar *bar;
  PhCommandForm *form;

  /* owned */
  PhCommands *commands;
  PhCommandsShown *shown;
  PhQuickCommand *created; /* nullable: is edited, and goes again if nothing is typed */
};

PhQuickCommand *ph_commands_page_get_target (PhCommandsPage *page);
gboolean ph_commands_page_is_editing (PhCommandsPage *page);
void ph_commands_page_show_list (PhCommandsPage *page);
void ph_commands_page_drop_empty (PhCommandsPage *page);
void ph_commands_page_import (PhCommandsPage *page, GFile *file);
void ph_commands_page_install_actions (GtkWidgetClass *widget_class);

G_END_DECLS
