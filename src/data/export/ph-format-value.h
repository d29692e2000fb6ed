/* ph-format-value.h: the values that a record has for the sentence of an event
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-format-private.h"
#include "ph-words.h"

G_BEGIN_DECLS

/** PhFormatEvent: a record, and what is known of it. */
typedef struct
{
  const PhRecord *record;
  const guint8 *payload;
  const char *peer;
  PhLanguage language;
  const char *unknown; /* nullable: of the row that is tried */
  PhWords words;
} PhFormatEvent;

void ph_format_event_init (PhFormatEvent *event, const PhRecord *record, const guint8 *payload, const char *peer, PhLanguage language);
char *ph_format_value (const PhFormatEvent *event, const char *place);
char *ph_format_value_shown (const char *text);

G_END_DECLS
