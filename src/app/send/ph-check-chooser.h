/* ph-check-chooser.h: a drop-down of all kinds of check bytes, bound to the send options
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-send-options.h"

G_BEGIN_DECLS

void ph_check_chooser_bind (GtkDropDown *drop_down, PhSendOptions *options, GtkMenuButton *details);

G_END_DECLS
