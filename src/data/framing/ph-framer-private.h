/* ph-framer-private.h: what the framers share, and nobody else sees
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-framer.h"

G_BEGIN_DECLS

#define PH_FRAME_MARK_MOST 16u /* bytes of a delimiter, of a start and of an end */

/** PhFramerMark: bytes that begin or end a frame. */
typedef struct
{
  guint8 bytes[PH_FRAME_MARK_MOST];
  guint8 n;
} PhFramerMark;

typedef enum
{
  PH_FRAMER_LF,
  PH_FRAMER_CRLF,
  PH_FRAMER_CR,
  PH_FRAMER_ANY_BREAK,
  PH_FRAMER_NUL,
} PhFramerBreak;

/**
 * PhScan: what a framer looks at, and what it finds.
 * @bytes: of the flow, from where the last frame ended
 * @ended: nothing follows these bytes
 * @at: the framer's own: how far it has looked; 0 at the beginning of a frame
 * @state: the framer's own; 0 at the beginning of a frame
 * @synced: the framer's own; %FALSE at the beginning of the flow, and kept from frame to frame
 * @outside: so far these bytes belong to no frame
 * @length: (out): of the frame, or of what is outside. A framer that reads a length may say more than there is yet
 * @from, @size: (out): which of them are stored
 * @decoded: (out): what is stored in their place, if @is_decoded
 */
typedef struct
{
  const guint8 *bytes;
  gsize n;
  gboolean ended;

  gsize at;
  guint32 state;
  gboolean synced;

  gboolean outside;
  gsize length;
  gsize from, size;
  gboolean is_decoded;
  GByteArray *decoded;
} PhScan;

/**
 * PhFramer: a row.
 * @id: stable, for settings and the command line
 * @needs_words: it says nothing without words behind its id
 * @knows_length: a frame's length is known before all of it is there, so one that is too long is cut and then goes on
 * @read_word: (nullable): reads one of the words between commas; @i counts them. %FALSE: it is wrong
 * @check: (nullable): whether all that it needs was told
 * @append_words: (nullable): the opposite of @read_word
 * @scan: (nullable): %TRUE if a frame, or the end of what is outside, was found. What it finds depends on the bytes only, and not on how
 *   many of them it is shown at a time
 */
typedef struct
{
  const char *id;
  gboolean needs_words;
  gboolean knows_length;
  gboolean (*read_word) (PhFrameRule *rule, guint i, const char *word);
  gboolean (*check) (const PhFrameRule *rule);
  void (*append_words) (const PhFrameRule *rule, GString *out);
  gboolean (*scan) (const PhFrameRule *rule, PhScan *scan);
} PhFramer;

struct _PhFrameRule
{
  gatomicrefcount refs;
  const PhFramer *framer;
  gboolean across; /* a frame goes on in the next datagram */

  PhFramerBreak line_break;
  PhFramerMark start, end;
  gboolean drop;   /* what ends a frame is not stored */
  int escape;      /* the byte behind this one ends nothing; -1: none */
  guint32 fixed;   /* bytes */
  guint32 offset;  /* of the length field */
  guint32 size;    /* of the length field */
  gboolean little;
  gint32 add;
  guint32 gap;     /* ms */
  char *pattern;
  GRegex *regex;
};

extern const PhFramer ph_framer_none;
extern const PhFramer ph_framer_line;
extern const PhFramer ph_framer_delimiter;
extern const PhFramer ph_framer_between;
extern const PhFramer ph_framer_fixed;
extern const PhFramer ph_framer_length;
extern const PhFramer ph_framer_gap;
extern const PhFramer ph_framer_slip;
extern const PhFramer ph_framer_cobs;
extern const PhFramer ph_framer_json;
extern const PhFramer ph_framer_modbus_tcp;
extern const PhFramer ph_framer_modbus_rtu;
extern const PhFramer ph_framer_nmea;
extern const PhFramer ph_framer_regex;

const PhFramer *ph_frame_rule_get_framer (const PhFrameRule *rule);

gboolean ph_framer_read_mark (const char *word, PhFramerMark *ret_mark);
void ph_framer_append_mark (GString *out, const PhFramerMark *mark);
gboolean ph_framer_read_number (const char *word, const char *name, gint64 least, gint64 most, gint64 *ret_number);
gboolean ph_framer_find_mark (const PhScan *scan, const PhFramerMark *mark, gsize from, gsize *ret_place);
gboolean ph_framer_found (PhScan *scan, gsize length);
gboolean ph_framer_found_outside (PhScan *scan, gsize length);

G_END_DECLS
