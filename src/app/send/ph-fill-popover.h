/* ph-fill-popover.h: gets what a message needs before it is sent: asks for answers, and whether files may be read
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ph-payload.h"

G_BEGIN_DECLS

/**
 * PhFilledFunc:
 * @payload: (nullable): one that needs nothing; %NULL if it was given up, or if a file cannot be read
 * @error: (nullable): why not; %NULL where the user gave it up
 */
typedef void (*PhFilledFunc) (GObject *owner, PhPayload *payload, const GError *error);

void ph_fill_payload (GtkWidget *near, PhPayload *payload, gboolean foreign, PhFilledFunc filled, GObject *owner);

G_END_DECLS
