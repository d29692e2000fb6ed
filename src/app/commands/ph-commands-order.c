/* ph-commands-order.c: moves quick commands within their list and between groups, and groups among each other
 *
 * Commands in front of the first heading belong to no group, so no group goes in front of them: they would become a part of it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-commands-order.h"

static guint
count (PhCommands *commands)
{
  return g_list_model_get_n_items (G_LIST_MODEL (commands));
}

static gboolean
is_heading (PhCommands *commands, guint position)
{
  return ph_quick_command_is_heading (ph_commands_get (commands, position));
}

/* The first heading at or behind @position; the number of items if there is none. */
static guint
next_heading (PhCommands *commands, guint position)
{
  while (position < count (commands) && !is_heading (commands, position))
    position++;

  return position;
}

/* The last heading in front of @position; G_MAXUINT if there is none. */
static guint
previous_heading (PhCommands *commands, guint position)
{
  while (position-- > 0)
    if (is_heading (commands, position))
      return position;

  return G_MAXUINT;
}

/* How many items move with the one at @position. */
static guint
count_moving (PhCommands *commands, guint position)
{
  return is_heading (commands, position) ? next_heading (commands, position + 1) - position : 1;
}

/* Moves what is at @from to in front of what is at @before now, which may be the end. */
static void
move_before (PhCommands *commands, guint from, guint before)
{
  guint n = count_moving (commands, from);

  if (before >= from && before <= from + n)
    return;
  ph_commands_move (commands, from, before > from ? before - n : before);
}

/* It must be seen where it has come to. */
static void
unfold_around (PhCommands *commands, PhQuickCommand *item)
{
  PhQuickCommand *heading = ph_commands_get_group (commands, ph_commands_order_find (commands, item));

  if (heading != NULL && heading != item)
    g_object_set (heading, "folded", FALSE, NULL);
}

/** ph_commands_order_find: Returns: the position of @item; %G_MAXUINT if it is not in the list (any more) */
guint
ph_commands_order_find (PhCommands *commands, PhQuickCommand *item)
{
  for (guint i = 0; i < count (commands); i++)
    if (ph_commands_get (commands, i) == item)
      return i;

  return G_MAXUINT;
}

/**
 * ph_commands_order_step:
 * @by: -1: up, 1: down
 *
 * A command goes past its neighbour, so into the group above or below at the end of its own; a heading goes past a whole group.
 */
void
ph_commands_order_step (PhCommands *commands, PhQuickCommand *item, int by)
{
  guint from = ph_commands_order_find (commands, item), before = G_MAXUINT;

  g_return_if_fail (from != G_MAXUINT);

  if (!is_heading (commands, from))
    before = by > 0 ? from + 2 : from > 0 ? from - 1 : G_MAXUINT;
  else if (by < 0)
    before = previous_heading (commands, from);
  else if (from + count_moving (commands, from) < count (commands))
    before = next_heading (commands, from + count_moving (commands, from) + 1);
  if (before > count (commands))
    return;
  move_before (commands, from, before);
  unfold_around (commands, item);
}

/* Where a group goes that is dropped at @at: in front of the group there, or behind it. */
static guint
find_gap (PhCommands *commands, guint at, gboolean behind)
{
  guint heading = is_heading (commands, at) ? at : previous_heading (commands, at);

  if (heading == G_MAXUINT)
    return next_heading (commands, at);

  return is_heading (commands, at) && !behind ? heading : next_heading (commands, heading + 1);
}

/**
 * ph_commands_order_drop:
 * @behind: it goes behind @at, else in front of it; behind a heading: to the beginning of the group
 *
 * A heading goes in front of or behind the whole group.
 */
void
ph_commands_order_drop (PhCommands *commands, PhQuickCommand *item, PhQuickCommand *at, gboolean behind)
{
  guint from = ph_commands_order_find (commands, item), to = ph_commands_order_find (commands, at);

  if (from == G_MAXUINT || to == G_MAXUINT || item == at)
    return;
  if (is_heading (commands, from))
    move_before (commands, from, find_gap (commands, to, behind));
  else
    move_before (commands, from, behind ? to + 1 : to);
  unfold_around (commands, item);
}

/**
 * ph_commands_order_join:
 * @heading: (nullable): of the group; %NULL: of none
 *
 * Moves a command to the end of that group.
 */
void
ph_commands_order_join (PhCommands *commands, PhQuickCommand *item, PhQuickCommand *heading)
{
  guint from = ph_commands_order_find (commands, item);
  guint at = heading != NULL ? ph_commands_order_find (commands, heading) : 0;

  if (from == G_MAXUINT || at == G_MAXUINT)
    return;
  move_before (commands, from, next_heading (commands, heading != NULL ? at + 1 : 0));
  unfold_around (commands, item);
}
