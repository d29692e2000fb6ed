/* ph-log-line.h: one line of the log: its text, and the styles of the parts of its text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-log-format.h"
#include "ph-rules.h"

G_BEGIN_DECLS

/** PhLogStyle: what a part of a line is. The view has a colour for each. */
typedef enum
{
  PH_LOG_STYLE_PLAIN,
  PH_LOG_STYLE_DIM,
  PH_LOG_STYLE_FAINT, /* line breaks, and dots for bytes that are no characters */
  PH_LOG_STYLE_RECEIVED,
  PH_LOG_STYLE_SENT,
  PH_LOG_STYLE_EVENT,
  PH_LOG_STYLE_ERROR,
  PH_LOG_STYLE_MARK,  /* a mark in place of a character that cannot be shown */
  PH_LOG_STYLE_BAD,   /* a mark in place of a byte that is not text */
  PH_LOG_STYLE_FOUND, /* behind a match of the search */
  PH_LOG_STYLE_BASE,  /* the background */
  PH_LOG_N_STYLES
} PhLogStyle;

/** PhLogSpan: bytes of a line's text that have one style. */
typedef struct
{
  guint32 start, end;
  PhLogStyle style;
} PhLogSpan;

typedef enum
{
  PH_LOG_LINE_HEADER,
  PH_LOG_LINE_EVENT,
  PH_LOG_LINE_PAYLOAD,
  PH_LOG_LINE_ROW, /* of the table: columns separated by tabs */
  PH_LOG_LINE_FIELDS, /* of Compact: fields separated by tabs, and the first line of the payload */
  PH_LOG_LINE_FOLD, /* in place of the rest of a payload, or behind a payload that is shown whole */
  PH_LOG_LINE_NOTICE,
} PhLogLineKind;

/** PhLogHighlight: bytes of a text that a rule gives a colour. */
typedef struct
{
  guint32 start, end;
  PhHue hue;
} PhLogHighlight;

#define PH_LOG_NO_HUE PH_N_HUES

/**
 * PhLogFields: where fields are in the text of a line of Compact. Where both ends are the same there is none.
 * @time_end: the time is before it
 * @peer_start, @peer_end: of the peer; a tab is behind it, then the length of the payload, and another tab
 * @peer: (nullable): the whole peer, where the text has it shortened
 * @rest: (nullable): what is behind the fields, see ph_log_compact_get_body()
 */
typedef struct
{
  guint32 time_end, peer_start, peer_end;
  char *peer;
  struct _PhLogLine *rest;
} PhLogFields;

/** PhLogRepeats: which fields are the same as in the line above. */
typedef enum
{
  PH_LOG_REPEATS_TIME = 1,
  PH_LOG_REPEATS_PEER = 2,
} PhLogRepeats;

/**
 * PhLogLine: one line, decoded and safe to show.
 * @text: UTF-8, @length bytes. Those from @lead up to @tail can be selected; what follows is the mark of a line break, which can
 *   be selected as a whole: a place is from @lead to @tail, or at @length
 * @body: where the payload or the words of an event begin in @text; before them are fields or columns
 * @spans: (element-type PhLogSpan): where two overlap, the later one counts; the rest of the text is plain
 * @parts: (nullable) (element-type PhLogPart): the lines it is drawn for, see ph-log-run.h; %NULL if it is one line
 * @accent: the colour of its record
 * @joined: the next line continues this one: a copy has no line break between them, and the view draws a mark here
 * @continues: this line goes on in the line of the record before it: likewise
 * @fields: of Compact
 * @repeats: set by the view
 * @bytes: a payload is shown as hex digits, which do not wrap
 * @cut: an address in a row of the table is not whole
 * @clip: the text has combining characters, which could be piled up over the lines above and below
 * @waits: a record has to be read from the file first: then there is another text
 * @final: no later record can change this line
 * @matches: (nullable) (element-type PhSearchRange): where in @text the query number @matches_serial matches; 0: not all was searched
 * @highlights: (nullable) (element-type PhLogHighlight): what the set of rules number @highlights_serial colours; they do
 *   not overlap
 * @band: the colour of the whole record; %PH_LOG_NO_HUE for none
 * @highlighted: all rules were tried
 */
typedef struct _PhLogLine
{
  guint64 entry;
  guint32 line;
  char *text;
  guint32 length, lead, tail, body;
  GArray *spans;
  GArray *parts;
  PhLogLineKind kind;
  PhLogStyle accent;
  PhLogFields fields;
  PhLogRepeats repeats;
  gboolean joined, continues, bytes, cut, clip, waits, final;
  GArray *matches;
  guint matches_serial;
  GArray *highlights;
  PhHue band;
  guint highlights_serial;
  gboolean highlighted;
} PhLogLine;

PhLogLine *ph_log_line_new (PhLogLineKind kind, PhLogStyle accent);
PhLogLine *ph_log_line_ref (PhLogLine *line);
void ph_log_line_unref (PhLogLine *line);
void ph_log_line_add_span (PhLogLine *line, gsize start, gsize end, PhLogStyle style);
void ph_log_line_add_span_below (PhLogLine *line, gsize start, gsize end, PhLogStyle style);
void ph_log_line_append_styled (PhLogLine *line, GString *out, const char *text, PhLogStyle style);
gboolean ph_log_line_append_shown (PhLogLine *line, GString *out, const char *text, gsize length, const char *keep);
void ph_log_line_take_text (PhLogLine *line, GString *out);
guint32 ph_log_line_aligned (const PhLogLine *line);
guint32 ph_log_line_clamp (const PhLogLine *line, guint32 index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhLogLine, ph_log_line_unref)

G_END_DECLS
