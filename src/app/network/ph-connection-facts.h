/* ph-connection-facts.h: what is known of a connection, one row of a table for each fact
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-session.h"

G_BEGIN_DECLS

/** PhConnectionFact: @title: N_(). @dup_text: (transfer full) (nullable): translated; %NULL where there is nothing to tell */
typedef struct
{
  const char *id, *title;
  char *(*dup_text) (PhSession *session);
} PhConnectionFact;

const PhConnectionFact *ph_connection_fact_at (guint index);

G_END_DECLS
