/* ph-commands-shown.c: the rows of quick commands that are shown: what is searched, without the groups that are folded
 *
 * Whatever changes, one pass over the list makes the rows anew, soon after. Only the rows between the first and the last that
 * differ are told to have changed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-commands-shown.h"

#include <string.h>

struct _PhCommandsShown
{
  GObject parent_instance;

  guint marked;
  guint later; /* source */

  /* owned */
  PhCommands *commands;
  GPtrArray *rows;   /* PhQuickCommand */
  GHashTable *sizes; /* heading → commands of its group */
  char *searched;    /* nullable: without case */
  gboolean cased;    /* letters beyond ASCII are searched: texts are to be folded */
};

static GType
ph_commands_shown_get_item_type (GListModel *model)
{
  return PH_TYPE_QUICK_COMMAND;
}

static guint
ph_commands_shown_get_n_items (GListModel *model)
{
  return PH_COMMANDS_SHOWN (model)->rows->len;
}

static gpointer
ph_commands_shown_get_item (GListModel *model, guint position)
{
  GPtrArray *rows = PH_COMMANDS_SHOWN (model)->rows;

  return position < rows->len ? g_object_ref (g_ptr_array_index (rows, position)) : NULL;
}

static void
ph_commands_shown_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = ph_commands_shown_get_item_type;
  iface->get_n_items = ph_commands_shown_get_n_items;
  iface->get_item = ph_commands_shown_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (PhCommandsShown, ph_commands_shown, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, ph_commands_shown_list_model_init))

enum
{
  COUNTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- searching ---- */

/* @searched: lower case; other letters than those of ASCII are compared as they are. */
static gboolean
has_plain (const char *text, const char *searched)
{
  for (; *text != '\0'; text++)
    {
      gsize n = 0;

      while (searched[n] != '\0' && g_ascii_tolower (text[n]) == searched[n])
        n++;
      if (searched[n] == '\0')
        return TRUE;
    }

  return FALSE;
}

static gboolean
has_text (PhCommandsShown *self, const char *text)
{
  g_autofree char *folded = NULL;

  if (!self->cased)
    return has_plain (text, self->searched);
  folded = g_utf8_casefold (text, -1);

  return strstr (folded, self->searched) != NULL;
}

static gboolean
is_found (PhCommandsShown *self, PhQuickCommand *item)
{
  return self->searched == NULL || has_text (self, ph_quick_command_get_name (item))
         || (!ph_quick_command_is_heading (item)
             && (has_text (self, ph_quick_command_get_text (item)) || has_text (self, ph_quick_command_get_comment (item))));
}

/* ---- the rows ---- */

/* A pass over the list. */
typedef struct
{
  PhQuickCommand *heading; /* nullable: of the group */
  gboolean added;          /* the heading is among the rows */
  gboolean found;          /* its name has what is searched: so its whole group is shown */
  guint size;
} Pass;

static void
end_group (PhCommandsShown *self, const Pass *pass)
{
  if (pass->heading != NULL)
    g_hash_table_insert (self->sizes, pass->heading, GUINT_TO_POINTER (pass->size));
}

static void
add_item (PhCommandsShown *self, Pass *pass, GPtrArray *rows, PhQuickCommand *item)
{
  gboolean folded = self->searched == NULL && pass->heading != NULL && ph_quick_command_is_folded (pass->heading);

  pass->size++;
  self->marked += ph_quick_command_is_marked (item);
  if (folded || !(pass->found || is_found (self, item)))
    return;
  if (pass->heading != NULL && !pass->added)
    g_ptr_array_add (rows, g_object_ref (pass->heading));
  pass->added = TRUE;
  g_ptr_array_add (rows, g_object_ref (item));
}

static GPtrArray *
make_rows (PhCommandsShown *self)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);
  Pass pass = { 0 };
  PhQuickCommand *item;

  self->marked = 0;
  g_hash_table_remove_all (self->sizes);
  for (guint i = 0; (item = ph_commands_get (self->commands, i)) != NULL; i++)
    {
      if (!ph_quick_command_is_heading (item))
        {
          add_item (self, &pass, rows, item);
          continue;
        }
      end_group (self, &pass);
      pass = (Pass) { .heading = item };
      pass.found = pass.added = is_found (self, item);
      if (pass.found)
        g_ptr_array_add (rows, g_object_ref (item));
    }
  end_group (self, &pass);

  return rows;
}

static void
update (PhCommandsShown *self)
{
  g_autoptr (GPtrArray) before = self->rows;
  GPtrArray *rows = make_rows (self);
  guint same = 0, end = 0;

  g_clear_handle_id (&self->later, g_source_remove);
  while (same < before->len && same < rows->len && before->pdata[same] == rows->pdata[same])
    same++;
  while (end < before->len - same && end < rows->len - same
         && before->pdata[before->len - 1 - end] == rows->pdata[rows->len - 1 - end])
    end++;
  self->rows = rows;
  if (before->len - same - end > 0 || rows->len - same - end > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), same, before->len - same - end, rows->len - same - end);
  g_signal_emit (self, signals[COUNTED], 0);
}

static gboolean
later_cb (gpointer data)
{
  PhCommandsShown *self = data;

  self->later = 0;
  update (self);

  return G_SOURCE_REMOVE;
}

/* Many items may change together. */
static void
changed_cb (PhCommandsShown *self)
{
  if (self->later == 0)
    self->later = g_idle_add_full (G_PRIORITY_HIGH_IDLE, later_cb, self, NULL);
}

/* ---- the object ---- */

static void
ph_commands_shown_finalize (GObject *object)
{
  PhCommandsShown *self = PH_COMMANDS_SHOWN (object);

  g_clear_handle_id (&self->later, g_source_remove);
  g_clear_object (&self->commands);
  g_ptr_array_unref (self->rows);
  g_hash_table_unref (self->sizes);
  g_free (self->searched);

  G_OBJECT_CLASS (ph_commands_shown_parent_class)->finalize (object);
}

static void
ph_commands_shown_class_init (PhCommandsShownClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ph_commands_shown_finalize;

  signals[COUNTED] = g_signal_new ("counted", PH_TYPE_COMMANDS_SHOWN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ph_commands_shown_init (PhCommandsShown *self)
{
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  self->sizes = g_hash_table_new (NULL, NULL);
}

/** ph_commands_shown_new: Returns: (transfer full): the rows of @commands, followed from now on */
PhCommandsShown *
ph_commands_shown_new (PhCommands *commands)
{
  PhCommandsShown *self = g_object_new (PH_TYPE_COMMANDS_SHOWN, NULL);

  self->commands = g_object_ref (commands);
  g_signal_connect_object (commands, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  update (self);

  return self;
}

/**
 * ph_commands_shown_search:
 * @text: that names, texts or comments have in them, whatever the case; empty: all are shown
 */
void
ph_commands_shown_search (PhCommandsShown *shown, const char *text)
{
  g_autofree char *upper = g_utf8_strup (text, -1), *plain = g_ascii_strup (text, -1);

  g_return_if_fail (PH_IS_COMMANDS_SHOWN (shown));

  g_clear_pointer (&shown->searched, g_free);
  shown->cased = !g_str_equal (upper, plain);
  if (*text != '\0')
    shown->searched = shown->cased ? g_utf8_casefold (text, -1) : g_ascii_strdown (text, -1);
  update (shown);
}

gboolean
ph_commands_shown_is_searching (PhCommandsShown *shown)
{
  return shown->searched != NULL;
}

/** ph_commands_shown_get_size: Returns: how many commands the group of @heading has, shown or not */
guint
ph_commands_shown_get_size (PhCommandsShown *shown, PhQuickCommand *heading)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (shown->sizes, heading));
}

/** ph_commands_shown_get_marked: Returns: how many commands are marked, shown or not */
guint
ph_commands_shown_get_marked (PhCommandsShown *shown)
{
  return shown->marked;
}

/**
 * ph_commands_shown_find:
 * @command: (nullable)
 *
 * What was changed just now counts already.
 *
 * Returns: its row; %GTK_INVALID_LIST_POSITION, which is %G_MAXUINT, if it has none
 */
guint
ph_commands_shown_find (PhCommandsShown *shown, PhQuickCommand *command)
{
  guint position;

  g_return_val_if_fail (PH_IS_COMMANDS_SHOWN (shown), G_MAXUINT);

  if (shown->later != 0)
    update (shown);

  return g_ptr_array_find (shown->rows, command, &position) ? position : G_MAXUINT;
}
