/* ph-commands.c: the quick commands: a flat list in which headings begin groups
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-commands.h"

#include <glib/gi18n.h>

#include "ph-error.h"
#include "ph-format.h"
#include "ph-marks.h"

struct _PhCommands
{
  GObject parent_instance;

  /* owned */
  GListStore *list; /* PhQuickCommand */
};

static GType
ph_commands_get_item_type (GListModel *model)
{
  return PH_TYPE_QUICK_COMMAND;
}

static guint
ph_commands_get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (PH_COMMANDS (model)->list));
}

static gpointer
ph_commands_get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (PH_COMMANDS (model)->list), position);
}

static void
ph_commands_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = ph_commands_get_item_type;
  iface->get_n_items = ph_commands_get_n_items;
  iface->get_item = ph_commands_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (PhCommands, ph_commands, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, ph_commands_list_model_init))

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static guint
count (PhCommands *self)
{
  return ph_commands_get_n_items (G_LIST_MODEL (self));
}

static void
item_changed_cb (PhCommands *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
disconnect_all (PhCommands *self, guint position, guint n)
{
  for (guint i = position; i < position + n; i++)
    g_signal_handlers_disconnect_by_func (ph_commands_get (self, i), item_changed_cb, self);
}

/* Takes @removed items away at @position and puts @items there. */
static void
splice (PhCommands *self, guint position, guint removed, GPtrArray *items)
{
  disconnect_all (self, position, removed);
  for (guint i = 0; i < items->len; i++)
    g_signal_connect_swapped (g_ptr_array_index (items, i), "notify", G_CALLBACK (item_changed_cb), self);
  g_list_store_splice (self->list, position, removed, items->pdata, items->len);
  if (removed == 0 && items->len == 0)
    return;
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, items->len);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Returns: (transfer container): references to @n items */
static GPtrArray *
dup_items (PhCommands *self, guint position, guint n)
{
  GPtrArray *items = g_ptr_array_new_full (n, g_object_unref);

  for (guint i = position; i < position + n; i++)
    g_ptr_array_add (items, ph_commands_get_item (G_LIST_MODEL (self), i));

  return items;
}

static void
ph_commands_dispose (GObject *object)
{
  PhCommands *self = PH_COMMANDS (object);

  if (self->list != NULL)
    disconnect_all (self, 0, count (self));
  g_clear_object (&self->list);

  G_OBJECT_CLASS (ph_commands_parent_class)->dispose (object);
}

static void
ph_commands_class_init (PhCommandsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ph_commands_dispose;

  signals[SIGNAL_CHANGED]
      = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ph_commands_init (PhCommands *self)
{
  self->list = g_list_store_new (PH_TYPE_QUICK_COMMAND);
}

/**
 * ph_commands_new:
 *
 * Returns: (transfer full): an empty list
 */
PhCommands *
ph_commands_new (void)
{
  return g_object_new (PH_TYPE_COMMANDS, NULL);
}

/**
 * ph_commands_new_for_items:
 * @items: (element-type PhQuickCommand): at most %PH_COMMANDS_MAX, in no list yet
 *
 * Returns: (transfer full): a list of them
 */
PhCommands *
ph_commands_new_for_items (GPtrArray *items)
{
  PhCommands *self = ph_commands_new ();

  splice (self, 0, 0, items);

  return self;
}

/**
 * ph_commands_get:
 *
 * Returns: (transfer none) (nullable): the item, or %NULL past the last
 */
PhQuickCommand *
ph_commands_get (PhCommands *commands, guint position)
{
  g_autoptr (PhQuickCommand) item = ph_commands_get_item (G_LIST_MODEL (commands), position);

  return item; /* the list has a reference */
}

static gboolean
has_room (PhCommands *self, guint more, GError **error)
{
  g_autofree char *most = NULL;

  if (more <= PH_COMMANDS_MAX - count (self))
    return TRUE;
  most = ph_format_dup_grouped (PH_COMMANDS_MAX);
  g_set_error (error, PH_ERROR, PH_ERROR_LIMIT, _("cannot add quick commands: %s are the most that are kept"), most);

  return FALSE;
}

/**
 * ph_commands_append:
 * @command: is in no list yet
 * @error: %PH_ERROR_LIMIT
 *
 * Returns: %FALSE with @error
 */
gboolean
ph_commands_append (PhCommands *commands, PhQuickCommand *command, GError **error)
{
  return ph_commands_insert (commands, G_MAXUINT, command, error);
}

/**
 * ph_commands_insert:
 * @position: that it will have; past the last: at the end
 * @command: is in no list yet
 * @error: %PH_ERROR_LIMIT
 *
 * Returns: %FALSE with @error
 */
gboolean
ph_commands_insert (PhCommands *commands, guint position, PhQuickCommand *command, GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();

  g_return_val_if_fail (PH_IS_COMMANDS (commands), FALSE);
  g_return_val_if_fail (PH_IS_QUICK_COMMAND (command), FALSE);

  if (!has_room (commands, 1, error))
    return FALSE;
  g_ptr_array_add (items, command);
  splice (commands, MIN (position, count (commands)), 0, items);

  return TRUE;
}

/**
 * ph_commands_take_all:
 * @position: that the first one will have; past the last: at the end
 * @other: what was read or imported: is empty afterwards
 * @error: %PH_ERROR_LIMIT
 *
 * All of them or none.
 *
 * Returns: %FALSE with @error
 */
gboolean
ph_commands_take_all (PhCommands *commands, guint position, PhCommands *other, GError **error)
{
  g_autoptr (GPtrArray) items = NULL, none = g_ptr_array_new ();

  g_return_val_if_fail (PH_IS_COMMANDS (commands), FALSE);
  g_return_val_if_fail (PH_IS_COMMANDS (other) && other != commands, FALSE);

  if (!has_room (commands, count (other), error))
    return FALSE;
  items = dup_items (other, 0, count (other));
  splice (other, 0, items->len, none);
  splice (commands, MIN (position, count (commands)), 0, items);

  return TRUE;
}

/**
 * ph_commands_remove:
 *
 * What follows a heading stays when the heading goes.
 */
void
ph_commands_remove (PhCommands *commands, guint position)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  g_return_if_fail (PH_IS_COMMANDS (commands));
  g_return_if_fail (position < count (commands));

  splice (commands, position, 1, none);
}

/* How many items move with the one at @position: a heading takes its group along. */
static guint
count_moving (PhCommands *self, guint position)
{
  guint n = 1;

  if (!ph_quick_command_is_heading (ph_commands_get (self, position)))
    return 1;
  while (position + n < count (self) && !ph_quick_command_is_heading (ph_commands_get (self, position + n)))
    n++;

  return n;
}

/**
 * ph_commands_move:
 * @to: the position that it has afterwards; with more than fits it goes to the end
 *
 * A heading takes its group along.
 */
void
ph_commands_move (PhCommands *commands, guint from, guint to)
{
  g_autoptr (GPtrArray) moving = NULL, others = NULL;
  guint n, low, high;

  g_return_if_fail (PH_IS_COMMANDS (commands));
  g_return_if_fail (from < count (commands));

  n = count_moving (commands, from);
  to = MIN (to, count (commands) - n);
  if (to == from)
    return;
  low = MIN (from, to);
  high = MAX (from, to) + n;
  moving = dup_items (commands, from, n);
  others = to < from ? dup_items (commands, low, from - low) : dup_items (commands, from + n, high - from - n);
  g_ptr_array_extend_and_steal (to < from ? moving : others, g_ptr_array_ref (to < from ? others : moving));
  splice (commands, low, high - low, to < from ? moving : others);
}

/**
 * ph_commands_find_name:
 * @error: %PH_ERROR_INVALID: none has this name
 *
 * The same case counts more than another one, then the first counts. Headings have no part in it.
 *
 * Returns: (transfer none) (nullable): the command, or %NULL with @error
 */
PhQuickCommand *
ph_commands_find_name (PhCommands *commands, const char *name, GError **error)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1), *folded = g_utf8_casefold (valid, -1), *shown = NULL;
  PhQuickCommand *similar = NULL;

  g_return_val_if_fail (PH_IS_COMMANDS (commands), NULL);

  for (guint i = 0; i < count (commands); i++)
    {
      PhQuickCommand *command = ph_commands_get (commands, i);
      g_autofree char *other = NULL;

      if (ph_quick_command_is_heading (command))
        continue;
      if (g_str_equal (ph_quick_command_get_name (command), name))
        return command;
      other = g_utf8_casefold (ph_quick_command_get_name (command), -1);
      if (similar == NULL && g_str_equal (other, folded))
        similar = command;
    }
  if (similar != NULL)
    return similar;
  shown = ph_marks_dup (name, -1, PH_MARKS_NAME_MAX);
  g_set_error (error, PH_ERROR, PH_ERROR_INVALID, _("there is no quick command “%s”"), shown);

  return NULL;
}

/**
 * ph_commands_find_key:
 * @key: 1 to %PH_QUICK_COMMAND_KEYS
 *
 * Returns: (transfer none) (nullable): the first command with this key
 */
PhQuickCommand *
ph_commands_find_key (PhCommands *commands, guint key)
{
  g_return_val_if_fail (PH_IS_COMMANDS (commands), NULL);

  for (guint i = 0; i < count (commands); i++)
    {
      PhQuickCommand *command = ph_commands_get (commands, i);

      if (key > 0 && ph_quick_command_get_key (command) == key && !ph_quick_command_is_heading (command))
        return command;
    }

  return NULL;
}

/**
 * ph_commands_get_group:
 *
 * Returns: (transfer none) (nullable): the heading that the item belongs to, which is itself if it is one; %NULL before the first
 */
PhQuickCommand *
ph_commands_get_group (PhCommands *commands, guint position)
{
  g_return_val_if_fail (PH_IS_COMMANDS (commands), NULL);
  g_return_val_if_fail (position < count (commands), NULL);

  for (guint i = position + 1; i-- > 0;)
    if (ph_quick_command_is_heading (ph_commands_get (commands, i)))
      return ph_commands_get (commands, i);

  return NULL;
}
