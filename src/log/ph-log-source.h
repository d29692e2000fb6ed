/* ph-log-source.h: the records of a store as lines of text to show
 *
 * A place in the log is an entry, a line in it and a byte in that line. An entry is a record (its sequence number + 1),
 * or one of two notices: what is gone, before the first record, and what is hidden, after the last. Records that are
 * not shown (ph_record_is_silent()) are entries without lines, which the walking functions step over.
 *
 * Main thread. Nothing here keeps a pointer into the store.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-finder.h"
#include "ph-log-carry.h"
#include "ph-log-format.h"
#include "ph-rules.h"

G_BEGIN_DECLS

#define PH_LOG_ENTRY_GONE ((guint64) 0)
#define PH_LOG_ENTRY_HIDDEN G_MAXUINT64
#define PH_LOG_ENTRY_NONE (G_MAXUINT64 - 1)

#define PH_LOG_CACHE_ITEMS 1024u              /* records whose lines are known */
#define PH_LOG_CACHE_STARTS (4u * 1024 * 1024) /* line starts known, over all of them */
#define PH_LOG_CACHE_LINES 512u               /* lines decoded; the view keeps as many laid out */
#define PH_LOG_PREVIEW 256u                   /* bytes of a payload shown in a row of the table, at most */
#define PH_LOG_PREVIEW_CHARS 300u             /* characters shown of them, at most */

/** PhLogStyle: what a part of a line is; the view knows a colour for each. */
typedef enum
{
  PH_LOG_STYLE_PLAIN,
  PH_LOG_STYLE_DIM,
  PH_LOG_STYLE_FAINT, /* ornament: line breaks, dots for bytes without a character */
  PH_LOG_STYLE_RECEIVED,
  PH_LOG_STYLE_SENT,
  PH_LOG_STYLE_EVENT,
  PH_LOG_STYLE_ERROR,
  PH_LOG_STYLE_MARK, /* stands for a character that cannot be shown */
  PH_LOG_STYLE_BAD,  /* stands for a byte that is not text */
  PH_LOG_STYLE_FOUND, /* behind what was found */
  PH_LOG_STYLE_BASE,  /* the background */
  PH_LOG_N_STYLES
} PhLogStyle;

typedef struct
{
  guint32 start, end; /* bytes of the line's text */
  PhLogStyle style;
} PhLogSpan;

typedef enum
{
  PH_LOG_LINE_HEADER,
  PH_LOG_LINE_EVENT,
  PH_LOG_LINE_PAYLOAD,
  PH_LOG_LINE_ROW, /* of the table: columns parted by tabs */
  PH_LOG_LINE_NOTICE,
} PhLogLineKind;

/** PhLogTint: a part of a line that a rule gives a colour. */
typedef struct
{
  guint32 start, end;
  PhHue hue;
} PhLogTint;

#define PH_LOG_NO_HUE PH_N_HUES

/**
 * PhLogLine: one line, decoded and safe to show.
 * @text: UTF-8, @length bytes; [@lead, @tail) is what can be selected, the rest is ornament
 * @accent: the colour of the record it belongs to
 * @joined: the next line goes on with this one: no line break between them when copied, and a mark where they meet
 * @clip: has combining characters, which could be piled up over its neighbours
 * @final: nothing that arrives later can change it
 * @finds: (nullable) (element-type PhSearchRange): where in @text is what was found with the query @finds_serial
 * @tints: (nullable) (element-type PhLogTint): what the rules @tints_serial colour in it, none over another
 * @band: the colour of the whole record; %PH_LOG_NO_HUE for none
 * @tinted: no rule is left to be tried
 */
typedef struct
{
  guint64 entry;
  guint32 line;
  char *text;
  guint32 length, lead, tail;
  GArray *spans;
  PhLogLineKind kind;
  PhLogStyle accent;
  gboolean joined, clip, final;
  GArray *finds;
  guint finds_serial;
  GArray *tints;
  PhHue band;
  guint tints_serial;
  gboolean tinted;
} PhLogLine;

PhLogLine *ph_log_line_ref (PhLogLine *line);
void ph_log_line_unref (PhLogLine *line);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhLogLine, ph_log_line_unref)

/** PhLogPos: @index is a byte of the line's text. */
typedef struct
{
  guint64 entry;
  guint32 line;
  guint32 index;
} PhLogPos;

/* The address of a record's peer, and where the record was sent to if that is worth showing; NULL where there is none. */
typedef const char *(*PhLogPeerFunc) (gpointer data, const PhRecord *record, const char **ret_to);
typedef struct _PhLogSource PhLogSource;

PhLogSource *ph_log_source_new (PhStore *store, PhLogPeerFunc peer, gpointer data);
void ph_log_source_free (PhLogSource *source);
void ph_log_source_set_format (PhLogSource *source, const PhLogFormat *format);
const PhLogFormat *ph_log_source_get_format (PhLogSource *source);
void ph_log_source_set_stream (PhLogSource *source, guint64 from, gboolean stream);
void ph_log_source_set_hidden_from (PhLogSource *source, guint64 seq);
void ph_log_source_advance (PhLogSource *source, guint64 end);

guint64 ph_log_source_get_first (PhLogSource *source);
guint64 ph_log_source_get_end (PhLogSource *source);
guint ph_log_source_n_lines (PhLogSource *source, guint64 entry);
gboolean ph_log_source_get_record (PhLogSource *source, guint64 entry, PhRecord *ret_record);
PhLogLine *ph_log_source_dup_line (PhLogSource *source, guint64 entry, guint line);

gboolean ph_log_source_first_line (PhLogSource *source, PhLogPos *ret_pos);
gboolean ph_log_source_last_line (PhLogSource *source, PhLogPos *ret_pos);
gboolean ph_log_source_next_line (PhLogSource *source, PhLogPos *pos);
gboolean ph_log_source_previous_line (PhLogSource *source, PhLogPos *pos);
void ph_log_source_clamp (PhLogSource *source, PhLogPos *pos);

gsize ph_log_source_byte_at (PhLogSource *source, const PhLogPos *pos);
guint ph_log_source_line_at_byte (PhLogSource *source, guint64 entry, gsize byte);
char *ph_log_source_describe (PhLogSource *source, guint64 entry);

/* ph-log-filter.c */
void ph_log_source_set_filter (PhLogSource *source, const PhMatches *filter);
const PhMatches *ph_log_source_get_filter (PhLogSource *source);
guint64 ph_log_source_n_shown (PhLogSource *source);
guint64 ph_log_source_rank (PhLogSource *source, guint64 entry);
guint64 ph_log_source_nth (PhLogSource *source, guint64 n);

/* ph-log-finds.c */
void ph_log_source_set_finder (PhLogSource *source, PhFinder *finder);
const GArray *ph_log_source_get_finds (PhLogSource *source, PhLogLine *line);
gboolean ph_log_source_first_find (PhLogSource *source, guint64 entry, PhLogPos *ret_pos);

/* ph-log-tints.c */
void ph_log_source_set_rules (PhLogSource *source, GPtrArray *rules);
gboolean ph_log_source_tint (PhLogSource *source, PhLogLine *line, gint64 deadline);

int ph_log_pos_compare (const PhLogPos *a, const PhLogPos *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhLogSource, ph_log_source_free)

G_END_DECLS
