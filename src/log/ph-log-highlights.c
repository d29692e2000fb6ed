/* ph-log-highlights.c: finds what the highlight rules colour in the lines on screen
 *
 * A record is searched in pieces of the same size, and only where its lines are on screen. So its length does not matter. When
 * the time of a frame is over, the rest of the rules is tried for the next frames.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-log-highlights.h"

#include <string.h>

#include "ph-log-places.h"
#include "ph-log-source-private.h"

#define PIECE 4096u          /* bytes of a record that are searched together */
#define PIECES_MAX 512u      /* in the cache */
#define LINE_HIGHLIGHTS 512u /* in one line */
#define STEP_MAX (10 * G_TIME_SPAN_MILLISECOND) /* for one rule in one piece: later matches are not coloured */
#define WHOLE G_MAXUINT32 /* the number of the piece that holds the colour of the whole record */

struct _PhLogHighlights
{
  GPtrArray *rules;    /* of PhRule; nullable */
  GPtrArray *searches; /* of PhSearch, NULL for a rule that is off or not valid; NULL until needed */
  GHashTable *pieces;  /* itself → Piece */
  GArray *ranges;      /* of PhSearchRange: scratch */
  guint serial;
  gboolean any, any_whole;

  /* The first rule that was given up in a record, and whether nobody was told yet. */
  guint slow_rule, slow_serial;
  guint64 slow_seq;
  gboolean slow;
};

/**
 * Piece: a piece of a record and what the rules have coloured in it.
 * @rule: the rules before this one were tried
 * @at: this rule was tried for the bytes before
 * @band: of the piece %WHOLE: the rule that colours the whole record; the number of rules if none does
 * @highlights: (element-type PhLogHighlight): bytes of the payload
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

/* The encoding or the rules have changed. */
void
ph_log_highlights_forget (PhLogHighlights *self)
{
  self->slow = FALSE;
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
 * @rules: (nullable) (element-type PhRule): not changed any more after this
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

/* A rule that is not valid matches nothing. The window for rules shows the error. */
static void
compile (PhLogSource *self)
{
  PhLogHighlights *highlights = self->highlights;

  highlights->searches = g_ptr_array_new_with_free_func (search_free);
  for (guint i = 0; i < highlights->rules->len; i++)
    {
      const PhRule *rule = g_ptr_array_index (highlights->rules, i);

      g_ptr_array_add (highlights->searches, rule->on ? ph_rule_compile (rule, self->format.charset, self->format.as_it_came, NULL)
                                                           : NULL);
    }
}

/* ---- parts of a text, in colours ---- */

/* Appends a part to @highlights, which are in the order of the text and do not overlap. A part that touches the last one in the
 * same colour makes that longer. */
static void
append_highlight (GArray *highlights, guint32 start, guint32 end, PhHue hue)
{
  PhLogHighlight *last = highlights->len > 0 ? &g_array_index (highlights, PhLogHighlight, highlights->len - 1) : NULL;
  PhLogHighlight highlight = { start, end, hue };

  if (start >= end)
    return;
  if (last != NULL && last->end == start && last->hue == hue)
    last->end = end;
  else
    g_array_append_val (highlights, highlight);
}

/* Adds what the next rule matched, in order, except where a rule before has coloured the text. */
static void
add_highlights (GArray **highlights, const GArray *ranges, PhHue hue)
{
  g_autoptr (GArray) old = g_steal_pointer (highlights);
  GArray *all = g_array_sized_new (FALSE, FALSE, sizeof (PhLogHighlight), old->len + ranges->len);
  guint next = 0;
  guint32 covered = 0; /* by the highlights before */

  for (guint i = 0; i < ranges->len; i++)
    {
      const PhSearchRange *range = &g_array_index (ranges, PhSearchRange, i);
      guint32 at = MAX (range->start, covered);

      for (; next < old->len && g_array_index (old, PhLogHighlight, next).start < range->end; next++)
        {
          const PhLogHighlight *taken = &g_array_index (old, PhLogHighlight, next);

          append_highlight (all, at, taken->start, hue);
          append_highlight (all, taken->start, taken->end, taken->hue);
          covered = taken->end;
          at = MAX (at, covered);
        }
      append_highlight (all, at, range->end, hue);
    }
  for (; next < old->len; next++)
    {
      const PhLogHighlight *rest = &g_array_index (old, PhLogHighlight, next);

      append_highlight (all, rest->start, rest->end, rest->hue);
    }
  *highlights = all;
}

/* ---- pieces of records ---- */

/* @words: (nullable): the text of an event; NULL for a payload. @carry: the bytes of a character of which the record has the rest. */
typedef struct
{
  PhLogHighlights *highlights;
  const PhLogContext *context;
  PhCarry carry;
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

static void
note_slow (PhLogHighlights *self, guint rule, guint64 seq)
{
  if (self->slow_serial == self->serial)
    return;
  self->slow_serial = self->serial;
  self->slow = TRUE;
  self->slow_rule = rule;
  self->slow_seq = seq;
}

/* Searches the bytes from @from to @to; the matches are in the ranges. */
static gboolean
find (const Work *work, guint rule, gsize from, gsize to)
{
  PhSearch *search = g_ptr_array_index (work->highlights->searches, rule);
  const PhLogItem *item = work->context->item;
  GArray *ranges = work->highlights->ranges;
  gint64 deadline = g_get_monotonic_time () + STEP_MAX;
  gboolean done;

  g_array_set_size (ranges, 0);
  if (work->words != NULL)
    done = ph_search_text_ranges (search, work->words, strlen (work->words), deadline, ranges);
  else
    done = ph_search_ranges_between (search, &item->record, &work->carry, work->context->payload, from, to, deadline, ranges);
  if (!done)
    note_slow (work->highlights, rule, item->seq);

  return ranges->len > 0;
}

static const PhRule *
get_rule (const PhLogHighlights *self, guint n, gboolean whole)
{
  const PhRule *rule = g_ptr_array_index (self->rules, n);

  return rule->whole == whole && g_ptr_array_index (self->searches, n) != NULL ? rule : NULL;
}

/* Finds the rule that colours the whole record. FALSE if the time was over before. */
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

/* Finds what the rules colour in a piece: the rules before @band, and @band itself, whose matches stand out in the record. FALSE
 * if the time was over before. */
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
        add_highlights (&piece->highlights, work->highlights->ranges, rule->hue);
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

      append_highlight (line->highlights, highlight.start + start, highlight.end + start, highlight.hue);
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

          append_highlight (line->highlights, range->start, range->end, highlight->hue);
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
 * @deadline: monotonic µs; no rule is tried after it
 *
 * Brings the highlights and the band of @line up to date.
 *
 * Returns: %FALSE if not all rules were tried; then it must be called again
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
  line->highlighted = item != NULL; /* else again when it is there */
  if (item != NULL && line->line < item->n_lines)
    {
      PhLogContext context = ph_log_source_make_context (self, item, payload);
      Work work = { .highlights = highlights, .context = &context, .deadline = deadline };

      work.carry = ph_log_source_get_carry (self, item);
      line->highlighted = highlight_line (&work, line);
    }
  ph_log_source_end_read (self);

  return line->highlighted || item == NULL;
}

/**
 * ph_log_highlights_take_slow:
 * @ret_seq: (out): a record of which a rule has not coloured all matches, because its expression is too slow
 *
 * Returns: (transfer none) (nullable): that rule; only once for the same rules and encoding
 */
const PhRule *
ph_log_highlights_take_slow (PhLogSource *self, guint64 *ret_seq)
{
  PhLogHighlights *highlights = self->highlights;

  if (!highlights->slow || highlights->rules == NULL || highlights->slow_rule >= highlights->rules->len)
    return NULL;
  highlights->slow = FALSE;
  *ret_seq = highlights->slow_seq;

  return g_ptr_array_index (highlights->rules, highlights->slow_rule);
}
