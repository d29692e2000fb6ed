/* ph-welcome.h: shows over an empty log how to begin
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-session.h"

G_BEGIN_DECLS

#define PH_TYPE_WELCOME (ph_welcome_get_type ())
G_DECLARE_FINAL_TYPE (PhWelcome, ph_welcome, PH, WELCOME, GtkBox)

void ph_welcome_update (PhWelcome *welcome, PhSession *session, const PhTransport *transport);

G_END_DECLS
