/* ph-window-above.c: a window that stays over the windows of other programs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-window-above.h"

#include "ph-compat-above.h"

#include <glib/gi18n.h>

static void
change_cb (GSimpleAction *action, GVariant *state, gpointer data)
{
  PhWindow *window = data;

  if (ph_compat_set_above (GTK_WINDOW (window), g_variant_get_boolean (state)))
    g_simple_action_set_state (action, state);
  else
    ph_window_toast (window, _("This desktop does not let a program keep its window on top"), NULL, NULL, NULL, NULL);
}

/**
 * ph_window_above_add:
 *
 * Adds “win.always-on-top” to @window. Where the desktop cannot do it, the action says so.
 */
void
ph_window_above_add (PhWindow *window)
{
  const GActionEntry entries[] = { { .name = "always-on-top", .state = "false", .change_state = change_cb } };

  g_action_map_add_action_entries (G_ACTION_MAP (window), entries, G_N_ELEMENTS (entries), window);
}
