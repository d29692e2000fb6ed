/* ph-retry.h: what the system cannot do for the moment is tried again, and told once
 *
 * Worker thread only.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-plat.h"
#include "ph-timer.h"

G_BEGIN_DECLS

typedef struct _PhLink PhLink;

/**
 * PhRetry: one operation of one socket: it fails for want of memory, or of room in a queue of the system.
 * @action: the word of its records: "send" or "receive"
 * @on: borrowed: the address that its records name
 * @peer: whose address that is, or %PH_PEER_NONE
 * @again: called with @data after a pause; it tries again
 * @pause: ns until the next try
 * @failed: when it failed last, ns on the monotonic clock
 * @waiting: until then it is not worth a try
 * @told: a record says that it fails
 */
typedef struct
{
  PhLink *link;
  const char *action;
  const PhAddr *on;
  guint32 peer;
  PhTimerFunc again;
  gpointer data;

  PhTimer timer;
  gint64 pause;
  gint64 failed;
  gboolean waiting;
  gboolean told;
} PhRetry;

void ph_retry_later (PhRetry *retry, PhError code, const char *cause);
void ph_retry_worked (PhRetry *retry);
void ph_retry_clear (PhRetry *retry);

G_END_DECLS
