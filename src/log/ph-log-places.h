/* ph-log-places.h: computes where bytes of a payload are in the text of a line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-log-lines.h"

G_BEGIN_DECLS

/**
 * PhLogPlaces: decodes a line step by step, from its beginning on.
 * @start, @end: the bytes of the payload that the line shows
 * @plain: so many bytes at the beginning are printable ASCII and need no decoding
 * @byte: the bytes before it are decoded, to the first @length bytes of the line's text
 * @carry: the bytes of a character that is cut at @byte
 * @text: (nullable): all of the line decoded: what stands beside a character says whether it is shown as a mark
 * @at: the bytes of @text that are shown, in @shown
 */
typedef struct
{
  const PhLogContext *context;
  const PhLogLine *line;
  gsize start, end;
  gsize plain;
  gsize byte;
  PhCarry carry;
  GString *text, *shown;
  gsize length, at;
} PhLogPlaces;

gboolean ph_log_places_init (PhLogPlaces *places, const PhLogContext *context, const PhLogLine *line);
void ph_log_places_clear (PhLogPlaces *places);
gsize ph_log_places_shown (PhLogPlaces *places, gsize byte);
void ph_log_places_append (PhLogPlaces *places, const PhSearchRange *bytes, GArray *ranges);
char *ph_log_places_dup_words (const PhLogContext *context, const PhLogLine *line, gsize *ret_start);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PhLogPlaces, ph_log_places_clear)

G_END_DECLS
