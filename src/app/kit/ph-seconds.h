/* ph-seconds.h: calls a function at the end of each second, until the function says that it is not needed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Returns whether to be called again after the next second. */
typedef gboolean (*PhSecondsFunc) (gpointer data);

/** PhSeconds: set function and data, and zero the rest. */
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
