/* ph-seconds.h: looks again whenever a second is over, as long as there is something to look at, and then not at all
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Returns: whether to look again in a second. */
typedef gboolean (*PhSecondsFunc) (gpointer data);

/** PhSeconds: where somebody keeps when to look; all zero is never. */
typedef struct
{
  PhSecondsFunc look;
  gpointer data;
  guint source;
} PhSeconds;

gint64 ph_seconds_now (void);
void ph_seconds_begin (PhSeconds *seconds);
void ph_seconds_stop (PhSeconds *seconds);

G_END_DECLS
