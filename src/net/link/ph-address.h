/* ph-address.h: what people type and paste into an address field
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-plat.h"

G_BEGIN_DECLS

#define PH_PORT_UNSET (-1)

/**
 * PhHostPort:
 * @scheme: (nullable): what stood before "://", lower case
 * @host: host name or address without brackets; "" where none was given
 * @port: 0 to 65535, or %PH_PORT_UNSET
 */
typedef struct
{
  char *scheme;
  char *host;
  int port;
} PhHostPort;

gboolean ph_host_port_parse (const char *text, PhHostPort *ret_parts, GError **error);
void ph_host_port_clear (PhHostPort *parts);
gboolean ph_port_parse (const char *text, int *ret_port, GError **error);
char *ph_host_port_text (const char *host, int port);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PhHostPort, ph_host_port_clear)

G_END_DECLS
