/* ph-resolver.h: looks up the addresses of names on threads of its own, because the system's resolver blocks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-place.h"

G_BEGIN_DECLS

/**
 * PhResolvedFunc:
 * @addrs: (transfer full) (nullable) (element-type PhAddr): what was found
 * @error: (transfer full) (nullable): or why not
 *
 * Called on any thread.
 */
typedef void (*PhResolvedFunc) (guint64 id, GArray *addrs, GError *error, gpointer data);

/** ph_resolver_ask: asks the system, and blocks: ph_plat_resolve(), but in tests. Set before the first look-up. */
extern GArray *(*ph_resolver_ask) (const char *host, guint16 port, GError **error);

void ph_resolver_start (const PhPlace *place, guint64 id, PhResolvedFunc func, gpointer data, GDestroyNotify destroy);

G_END_DECLS
