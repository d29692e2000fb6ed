/* ph-cli-interrupt.h: Ctrl+C, and the other ways in which a system asks a program to end
 *
 * One implementation per platform; meson.build picks it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void ph_cli_interrupt_prepare (void);
void ph_cli_interrupt_watch (GSourceFunc func, gpointer data);

G_END_DECLS
