/* ph-plat-private.h: what the POSIX files of the platform share among themselves
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-plat.h"

#include <netinet/in.h>
#include <sys/socket.h>

G_BEGIN_DECLS

typedef union
{
  struct sockaddr any;
  struct sockaddr_in v4;
  struct sockaddr_in6 v6;
  struct sockaddr_storage storage;
} PhSockaddr;

PhError ph_plat_error_from_errno (int code);
void ph_plat_set_errno (GError **error, int code);

socklen_t ph_plat_addr_to_native (const PhAddr *addr, PhSockaddr *ret_native);
void ph_plat_addr_from_native (const PhSockaddr *native, PhAddr *ret_addr);

gint64 ph_plat_control_time (struct msghdr *message);

/* Whether ph_plat_next_error() empties the queue of ICMP errors that an option would fill. */
extern const gboolean ph_plat_has_error_queue;

G_END_DECLS
