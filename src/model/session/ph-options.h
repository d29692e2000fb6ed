/* ph-options.h: the endpoint words that both programs take on their command lines
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-transport.h"

G_BEGIN_DECLS

PhEndpoint *ph_options_endpoint (const char *transport, const char *local, const char *remote, GError **error);
char *ph_options_transports (const char *separator);

G_END_DECLS
