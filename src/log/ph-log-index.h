/* ph-log-index.h: finds where the lines of a payload begin
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-charset.h"

G_BEGIN_DECLS

/** Bytes of a line that are laid out together. A longer line is cut into pieces, so that no peer can stall the window. */
#define PH_LOG_PIECE 1024u

/**
 * PhLogEnding: how a line ends.
 * @length: bytes of the line break; 0 where the text ends, or continues in the next piece
 * @cr: there is a carriage return before the line feed
 */
typedef struct
{
  guint8 length;
  gboolean cr;
} PhLogEnding;

GArray *ph_log_index_new (PhDecoder *decoder, const PhCarry *carry, gboolean after_cr, const guint8 *bytes, gsize length);
gsize ph_log_index_first (const PhCharset *charset, const guint8 *bytes, gsize length);
gsize ph_log_index_last (const PhCharset *charset, const guint8 *bytes, gsize length);
gboolean ph_log_index_begins_with (const PhCharset *charset, const guint8 *bytes, gsize length, guint unit);
gboolean ph_log_index_ends_with (const PhCharset *charset, const guint8 *bytes, gsize length, guint unit);
PhLogEnding ph_log_index_ending (const PhCharset *charset, const guint8 *bytes, gsize start, gsize end);

G_END_DECLS
