/* ph-drawer.h: the drawer at the right of a tab: pages of what belongs to its session
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-session.h"

G_BEGIN_DECLS

#define PH_TYPE_DRAWER (ph_drawer_get_type ())
G_DECLARE_FINAL_TYPE (PhDrawer, ph_drawer, PH, DRAWER, GtkBox)

/* Properties: "page" (string, read-write): the id of the page that is shown; an unknown one is ignored. */
void ph_drawer_set_session (PhDrawer *drawer, PhSession *session);
void ph_drawer_focus (PhDrawer *drawer);

G_END_DECLS
