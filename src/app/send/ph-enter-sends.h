/* ph-enter-sends.h: Enter sends the message instead of beginning a line, if one wants it so
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-send-options.h"

G_BEGIN_DECLS

void ph_enter_sends_attach (GtkTextView *view, PhSendOptions *options);

G_END_DECLS
