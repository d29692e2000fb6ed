/* ph-echo.c: the responder that sends everything back to its sender
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-link.h"
#include "ph-responders.h"

#include <glib/gi18n.h>

static void
echo_received (PhLink *link, guint32 peer, const PhAddr *from, const guint8 *bytes, gsize n)
{
  g_autoptr (GBytes) copy = g_bytes_new (bytes, n);

  ph_link_answer (link, peer, from, copy);
}

const PhResponder ph_echo_responder = {
  .id = "echo",
  .summary = N_("Send everything that arrives back to where it came from"),
  .received = echo_received,
};
