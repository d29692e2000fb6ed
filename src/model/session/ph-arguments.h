/* ph-arguments.h: makes an endpoint from the arguments that both programs take
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-transport.h"

G_BEGIN_DECLS

PhEndpoint *ph_arguments_endpoint (const char *transport, const char *local, const char *remote, gboolean whole,
                                   GError **error);
char *ph_arguments_transports (const char *separator);

G_END_DECLS
