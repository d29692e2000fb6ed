/* ph-plat-interrupt.h: Ctrl+C, and the other ways in which a system asks a program to end
 *
 * One implementation per platform; meson.build picks it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** PhInterruptFunc: called on a thread of the platform's. */
typedef void (*PhInterruptFunc) (gpointer data);

void ph_plat_interrupt_prepare (void);
void ph_plat_interrupt_watch (PhInterruptFunc func, gpointer data);
void ph_plat_interrupt_end (void) G_GNUC_NORETURN;

G_END_DECLS
