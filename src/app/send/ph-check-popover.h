/* ph-check-popover.h: the details of check bytes, and the bytes around a message
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-send-options.h"

G_BEGIN_DECLS

#define PH_TYPE_CHECK_POPOVER (ph_check_popover_get_type ())
G_DECLARE_FINAL_TYPE (PhCheckPopover, ph_check_popover, PH, CHECK_POPOVER, GtkPopover)

void ph_check_popover_attach (GtkMenuButton *button, PhSendOptions *options);

G_END_DECLS
