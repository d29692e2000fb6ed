/* ph-cli-wake.h: a GSource that another thread triggers; several triggers before the dispatch are one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

GSource *ph_cli_wake_new (GSourceFunc func, gpointer data);
void ph_cli_wake_set_off (GSource *wake);

G_END_DECLS
