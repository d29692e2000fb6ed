/* ph-log-highlights.c: what the highlight rules colour in the lines on screen
 *
 * A record is looked at in pieces of the same size, however long it is, and only where its lines are seen. A rule that is
 * slow does not hold up a frame: what is not known by then is worked out for the next ones, from where it was left.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-log-highlights.h"

#include <string.h>

#include "ph-log-highlight-list.h"
#include "ph-log-places.h"
#include "ph-log-source-private.h"

#define PIECE 4096u       /* bytes of a record that are looked at together */
#define PIECES_MAX 512u   /* known at a time */
#define LINE_HIGHLIGHTS 512u   /* in one line */
#define STEP_MAX (10 * G_TIME_SPAN_MILLISECOND) /* what a rule has found in a piece by then is all that it colours there */
#define WHOLE G_MAXUINT32 /* in place of a piece: whether the whole record has a colour */

struct _PhLogHighlights
{
  GPtrArray *rules;    /* of PhRule; nullable */
  GPtrArray *searches; /* of PhSearch, NULL for a rule that matches nothing; NULL until they are needed */
  GHashTable *pieces;  /* itself → Piece */
  GArray *ranges;      /* of PhSearchRange: at hand */
  guint serial;
  gboolean any, any_whole;
};

/**
 * Piece:
 * @rule: the first of the rules that was not tried yet
 * @at: the byte from which on it was not tried
 * @band: of the record: the rule that colours all of it; as many as there are if none does
 */
typedef struct
{
  guint64 seq;
  guint32 number;
  guint rule;
  gsize at;
  guint band;
  GArray *highlights;
} Piece;

static guint
piece_hash (gconstpointer data)
{
  const Piece *piece = data;

  return (guint) piece->seq * 31 + piece->number;
}

static gboolean
piece_equal (gconstpointer a, gconstpointer b)
{
  const Piece *left = a, *right = b;

  return left->seq == right->seq && left->number == right->number;
}

static void
piece_free (gpointer data)
{
  Piece *piece = data;

  g_array_unref (piece->highlights);
  g_free (piece);
}

static void
search_free (gpointer search)
{
  g_clear_pointer ((PhSearch **) &search, ph_search_free);
}

PhLogHighlights *
ph_log_highlights_new (void)
{
  PhLogHighlights *self = g_new0 (PhLogHighlights, 1);

  self->pieces = g_hash_table_new_full (piece_hash, piece_equal, NULL, piece_free);
  self->ranges = g_array_new (FALSE, FALSE, sizeof (PhSearchRange));

  return self;
}

/* The encoding or the rules are others. */
void
ph_log_highlights_forget (PhLogHighlights *self)
{
  g_hash_table_remove_all (self->pieces);
  g_clear_pointer (&self->searches, g_ptr_array_unref);
  self->serial++;
}

void
ph_log_highlights_free (PhLogHighlights *self)
{
  ph_log_highlights_forget (self);
  g_clear_pointer (&self->rules, g_ptr_array_unref);
  g_hash_table_unref (self->pieces);
  g_array_unref (self->ranges);
  g_free (self);
}

/**
 * ph_log_highlights_set_rules:
 * @self: a source
 * @rules: (nullable) (element-type PhRule): what to colour; does not change any more
 */
void
ph_log_highlights_set_rules (PhLogSource *self, GPtrArray *rules)
{
  PhLogHighlights *highlights = self->highlights;

  if (highlights->rules == rules)
    return;
  g_clear_pointer (&highlights->rules, g_ptr_array_unref);
  highlights->rules = rules != NULL ? g_ptr_array_ref (rules) : NULL;
  highlights->any = highlights->any_whole = FALSE;
  for (guint i = 0; rules != NULL && i < rules->len; i++)
    {
      const PhRule *rule = g_ptr_array_index (rules, i);

      highlights->any = highlights->any || rule->on;
      highlights->any_whole = highlights->any_whole || (rule->on && rule->whole);
    }
  ph_log_highlights_forget (highlights);
}

/* One that is off, or cannot be, matches nothing: whoever wrote it is told where it is written. */
static void
compile (PhLogSource *self)
{
  PhLogHighlights *highlights = self->highlights;

  highlights->searches = g_ptr_array_new_with_free_func (search_free);
  for (guint i = 0; i < highlights->rules->len; i++)
    {
      const PhRule *rule = g_ptr_array_index (highlights->rules, i);

      g_ptr_array_add (highlights->searches, rule->on ? ph_rule_compile (rule, self->format.charset, NULL) : NULL);
    }
}

/* ---- pieces of records ---- */

/* What a line is made of. @words: of an event. */
typedef struct
{
  PhLogHighlights *highlights;
  const PhLogContext *context;
  const char *words;
  gint64 deadline;
} Work;

static gboolean
is_late (const Work *work)
{
  return g_get_monotonic_time () > work->deadline;
}

static Piece *
get_piece (PhLogHighlights *self, guint64 seq, guint32 number)
{
  Piece key = { .seq = seq, .number = number }, *piece = g_hash_table_lookup (self->pieces, &key);

  if (piece != NULL)
    return piece;
  if (g_hash_table_size (self->pieces) >= PIECES_MAX)
    g_hash_table_remove_all (self->pieces);
  piece = g_new0 (Piece, 1);
  *piece = (Piece) { .seq = seq, .number = number, .band = self->rules->len };
  piece->highlights = g_array_new (FALSE, FALSE, sizeof (PhLogHighlight));
  g_hash_table_add (self->pieces, piece);

  return piece;
}

/* Whether @rule matches something between @from and @to, and where. */
static gboolean
find (const Work *work, guint rule, gsize from, gsize to)
{
  PhSearch *search = g_ptr_array_index (work->highlights->searches, rule);
  GArray *ranges = work->highlights->ranges;
  gint64 deadline = g_get_monotonic_time () + STEP_MAX;

  g_array_set_size (ranges, 0);
  if (work->words != NULL)
    ph_search_text_ranges (search, work->words, strlen (work->words), ranges);
  else
    ph_search_ranges_between (search, &work->context->item->record, work->context->payload, from, to, deadline, ranges);

  return ranges->len > 0;
}

static const PhRule *
get_rule (const PhLogHighlights *self, guint n, gboolean whole)
{
  const PhRule *rule = g_ptr_array_index (self->rules, n);

  return rule->whole == whole && g_ptr_array_index (self->searches, n) != NULL ? rule : NULL;
}

/* Which rule colours the whole record. */
static gboolean
find_band (const Work *work, Piece *piece)
{
  gsize length = work->words != NULL ? 1 : work->context->item->record.length;

  for (; piece->rule < work->highlights->rules->len; piece->rule++, piece->at = 0)
    for (; get_rule (work->highlights, piece->rule, TRUE) != NULL && piece->at < length; piece->at += PIECE)
      {
        if (is_late (work))
          return FALSE;
        if (!find (work, piece->rule, piece->at, piece->at + PIECE))
          continue;
        piece->band = piece->rule;
        piece->rule = work->highlights->rules->len;
        return TRUE;
      }

  return TRUE;
}

/* What the rules colour in a piece: those before @band, and that one, whose matches stand out from the rest of the record. */
static gboolean
find_highlights (const Work *work, Piece *piece, guint band)
{
  gsize from = (gsize) piece->number * PIECE;

  for (; piece->rule < work->highlights->rules->len; piece->rule++)
    {
      const PhRule *rule = get_rule (work->highlights, piece->rule, piece->rule == band);

      if (rule == NULL || piece->rule > band)
        continue;
      if (is_late (work))
        return FALSE;
      if (find (work, piece->rule, from, from + PIECE))
        ph_log_highlight_list_add (&piece->highlights, work->highlights->ranges, rule->hue);
    }

  return TRUE;
}

/* ---- lines ---- */

static void
append_shifted (PhLogLine *line, const Piece *piece, gsize start)
{
  for (guint i = 0; i < piece->highlights->len; i++)
    {
      PhLogHighlight highlight = g_array_index (piece->highlights, PhLogHighlight, i);

      ph_log_highlight_list_append (line->highlights, highlight.start + start, highlight.end + start, highlight.hue);
    }
}

static void
append_places (PhLogHighlights *self, PhLogLine *line, const Piece *piece, PhLogPlaces *places)
{
  for (guint i = 0; i < piece->highlights->len && line->highlights->len < LINE_HIGHLIGHTS; i++)
    {
      const PhLogHighlight *highlight = &g_array_index (piece->highlights, PhLogHighlight, i);

      g_array_set_size (self->ranges, 0);
      ph_log_places_append (places, &(PhSearchRange) { highlight->start, highlight->end }, self->ranges);
      for (guint n = 0; n < self->ranges->len; n++)
        {
          const PhSearchRange *range = &g_array_index (self->ranges, PhSearchRange, n);

          ph_log_highlight_list_append (line->highlights, range->start, range->end, highlight->hue);
        }
    }
}

static gboolean
highlight_data (const Work *work, PhLogLine *line, guint band)
{
  guint64 seq = work->context->item->seq;
  g_auto (PhLogPlaces) places = { 0 };
  gboolean done = TRUE;

  if (!ph_log_places_init (&places, work->context, line))
    return TRUE;
  for (gsize at = places.start / PIECE * PIECE; at < places.end; at += PIECE)
    {
      Piece *piece = get_piece (work->highlights, seq, (guint32) (at / PIECE));

      done = find_highlights (work, piece, band) && done;
      append_places (work->highlights, line, piece, &places);
    }

  return done;
}

static gboolean
highlight_line (Work *work, PhLogLine *line)
{
  PhLogHighlights *self = work->highlights;
  const PhLogItem *item = work->context->item;
  gboolean event = !ph_record_is_data (&item->record);
  gsize start = 0;
  g_autofree char *words = event ? ph_log_places_dup_words (work->context, line, &start) : NULL;
  guint band = self->rules->len;
  Piece *piece;

  if (event && words == NULL)
    return TRUE;
  work->words = words;
  if (self->any_whole)
    {
      piece = get_piece (self, item->seq, WHOLE);
      if (!find_band (work, piece))
        return FALSE;
      band = piece->band;
      if (band < self->rules->len)
        line->band = get_rule (self, band, TRUE)->hue;
    }
  if (!event)
    return highlight_data (work, line, band);
  piece = get_piece (self, item->seq, 0);
  if (!find_highlights (work, piece, band))
    return FALSE;
  append_shifted (line, piece, start);

  return TRUE;
}

static void
begin (PhLogHighlights *self, PhLogLine *line)
{
  if (line->highlights == NULL)
    line->highlights = g_array_new (FALSE, FALSE, sizeof (PhLogHighlight));
  g_array_set_size (line->highlights, 0);
  line->band = PH_LOG_NO_HUE;
  line->highlights_serial = self->serial;
  line->highlighted = FALSE;
}

/**
 * ph_log_highlights_update:
 * @self: a source
 * @line: one of its lines, which gets its colours
 * @deadline: monotonic µs after which no further rule is tried
 *
 * Returns: %FALSE if there are rules left that were not tried: call it again
 */
gboolean
ph_log_highlights_update (PhLogSource *self, PhLogLine *line, gint64 deadline)
{
  PhLogHighlights *highlights = self->highlights;
  const guint8 *payload;
  PhLogItem *item;

  if (line->highlighted && line->highlights_serial == highlights->serial)
    return TRUE;
  begin (highlights, line);
  if (!highlights->any || line->entry == PH_LOG_ENTRY_GONE || line->entry == PH_LOG_ENTRY_HIDDEN)
    {
      line->highlighted = TRUE;
      return TRUE;
    }
  if (highlights->searches == NULL)
    compile (self);
  ph_log_source_begin_read (self);
  item = ph_log_source_get_item (self, line->entry - 1, &payload);
  line->highlighted = TRUE;
  if (item != NULL && line->line < item->n_lines)
    {
      PhLogContext context = ph_log_source_make_context (self, item, payload);
      Work work = { .highlights = highlights, .context = &context, .deadline = deadline };

      line->highlighted = highlight_line (&work, line);
    }
  ph_log_source_end_read (self);

  return line->highlighted;
}
