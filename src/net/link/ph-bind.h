/* ph-bind.h: sockets that are bound to the local addresses of a link
 *
 * Worker thread only.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-link.h"

G_BEGIN_DECLS

/** The most sockets that one local address takes: all addresses of this machine are one of IPv4 and one of IPv6. */
#define PH_BOUND_MAX 2

/** PhBound: @fd: owned by whoever asked for it. @addr: what it is bound to, with the port that the system chose. */
typedef struct
{
  PhFd fd;
  PhAddr addr;
} PhBound;

PhFd ph_bind_first (PhLink *link, PhSocketType type, PhFamily family, PhAddr *ret_local, GError **error);
guint ph_bind_all (PhLink *link, PhSocketType type, int backlog, PhBound bound[PH_BOUND_MAX], PhAddr *ret_local,
                   GError **error);

G_END_DECLS
