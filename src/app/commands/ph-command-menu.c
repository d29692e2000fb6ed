/* ph-command-menu.c: the context menu of a quick command, and of the heading of a group
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-command-menu.h"

#include "ph-command-words.h"

#include <glib/gi18n.h>
#include <string.h>

#define GROUPS_MAX 30u /* in the menu; a command can be dragged into any */

static void
add_section (GMenu *menu, GMenu *section)
{
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
  g_object_unref (section);
}

/* For a label of a menu: underlines in it are not mnemonics. */
static char *
dup_label (PhQuickCommand *heading)
{
  g_autofree char *name = ph_command_words_dup_name (heading);
  g_auto (GStrv) parts = g_strsplit (name, "_", -1);

  return g_strjoinv ("__", parts);
}

/* The parameter of the action is the position of the heading, -1 for no group. */
static GMenu *
make_groups (PhCommands *commands, guint *ret_n)
{
  GMenu *menu = g_menu_new ();
  PhQuickCommand *heading;
  guint n = 0;

  g_menu_append (menu, _("_No group"), "commands.join(-1)");
  for (guint i = 0; (heading = ph_commands_get (commands, i)) != NULL && n < GROUPS_MAX; i++)
    if (ph_quick_command_is_heading (heading))
      {
        g_autofree char *label = dup_label (heading);
        g_autofree char *action = g_strdup_printf ("commands.join(%u)", i);

        g_menu_append (menu, label, action);
        n++;
      }
  *ret_n = n;

  return menu;
}

static void
add_command_items (GMenu *menu, PhCommands *commands, PhQuickCommand *item)
{
  GMenu *section = g_menu_new ();
  g_autoptr (GMenu) groups = NULL;
  guint n;

  g_menu_append (section, _("_Send"), "commands.send");
  g_menu_append (section, _("_Put into the send box"), "commands.recall");
  add_section (menu, section);

  section = g_menu_new ();
  g_menu_append (section, _("_Edit…"), "commands.edit");
  g_menu_append (section, _("D_uplicate"), "commands.duplicate");
  g_menu_append (section, ph_quick_command_is_marked (item) ? _("Remove the _mark") : _("_Mark"), "commands.mark");
  groups = make_groups (commands, &n);
  if (n > 0)
    g_menu_append_submenu (section, _("Move to _group"), G_MENU_MODEL (groups));
  add_section (menu, section);
}

static void
add_heading_items (GMenu *menu)
{
  GMenu *section = g_menu_new ();

  g_menu_append (section, _("_Rename…"), "commands.edit");
  g_menu_append (section, _("_Mark all in the group"), "commands.mark-group(true)");
  g_menu_append (section, _("Remove the marks in the _group"), "commands.mark-group(false)");
  add_section (menu, section);
}

/**
 * ph_command_menu_new:
 * @item: of @commands: a command or a heading
 *
 * Returns: (transfer full): of actions “commands.” for what is selected
 */
GMenuModel *
ph_command_menu_new (PhCommands *commands, PhQuickCommand *item)
{
  gboolean heading = ph_quick_command_is_heading (item);
  GMenu *menu = g_menu_new (), *section = g_menu_new ();

  if (heading)
    add_heading_items (menu);
  else
    add_command_items (menu, commands, item);
  g_menu_append (section, heading ? _("_Dissolve the group") : _("_Delete"), "commands.delete");
  add_section (menu, section);

  return G_MENU_MODEL (menu);
}
