/* ph-format-code.h: bytes as source code, and as a command that sends them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PhFormatNcat: what ncat shall do with the bytes.
 * @host: where to send them, or with @listens on which address to wait for a peer; nullable then: on all
 * @datagrams: UDP, else TCP
 */
typedef struct
{
  const char *host;
  const char *port;
  gboolean datagrams, listens;
} PhFormatNcat;

char *ph_format_dup_c (const guint8 *bytes, gsize length);
char *ph_format_dup_python (const guint8 *bytes, gsize length);
char *ph_format_dup_ncat (const guint8 *bytes, gsize length, const PhFormatNcat *ncat);

G_END_DECLS
