/* ph-log-source.c: the records of a store as lines of text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-log-source.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ph-format.h"
#include "ph-log-fold.h"
#include "ph-log-index.h"
#include "ph-log-source-private.h"
#include "ph-log-stream.h"
#include "ph-log-times.h"

static guint
line_hash (gconstpointer data)
{
  const PhLogLine *line = data;

  return (guint) (line->entry * 31 + line->line);
}

static gboolean
line_equal (gconstpointer a, gconstpointer b)
{
  const PhLogLine *left = a, *right = b;

  return left->entry == right->entry && left->line == right->line;
}

static void
item_free (gpointer data)
{
  PhLogItem *item = data;

  g_free (item->starts);
  g_free (item);
}

static void
forget_forms (PhLogSource *self)
{
  for (guint i = 0; i < PH_CHARSETS_MAX; i++)
    {
      g_clear_pointer (&self->carries[i], ph_log_carry_free);
      g_clear_pointer (&self->search_carries[i], ph_log_carry_free);
    }
  g_clear_pointer (&self->forms, ph_log_forms_free);
}

/* The cut characters of records in @charset. */
static PhLogCarry *
get_carries (PhLogSource *self, const PhCharset *charset, gboolean search)
{
  PhLogCarry **carries = search ? &self->search_carries[charset->number] : &self->carries[charset->number];

  if (*carries == NULL)
    *carries = ph_log_carry_new (self->store, self->forms, charset, search);

  return *carries;
}

/**
 * ph_log_source_new:
 * @store: (transfer none): outlives the source; the caller is its reader
 * @peer: (scope forever): returns the addresses of a record
 *
 * Returns: (transfer full): shows text as UTF-8 in Compact; has no records before ph_log_source_advance()
 */
PhLogSource *
ph_log_source_new (PhStore *store, PhLogPeerFunc peer, gpointer data)
{
  PhLogSource *self = g_new0 (PhLogSource, 1);

  self->store = store;
  self->peer = peer;
  self->peer_data = data;
  self->hidden_from = G_MAXUINT64;
  self->format = (PhLogFormat){ .charset = ph_charset_find ("utf-8"), .form = PH_FORM_TEXT, .row = 16 };
  self->forms = ph_log_forms_new (&self->format);
  self->items = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, item_free);
  self->lines = g_hash_table_new_full (line_hash, line_equal, NULL, (GDestroyNotify) ph_log_line_unref);
  self->runs = g_hash_table_new_full (line_hash, line_equal, NULL, (GDestroyNotify) ph_log_line_unref);
  self->found = g_array_new (FALSE, FALSE, sizeof (PhSearchRange));
  self->unfolded = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->highlights = ph_log_highlights_new ();
  ph_log_source_advance (self, 0);

  return self;
}

void
ph_log_source_free (PhLogSource *self)
{
  forget_forms (self);
  g_hash_table_unref (self->items);
  g_hash_table_unref (self->lines);
  g_hash_table_unref (self->runs);
  g_array_unref (self->found);
  g_array_unref (self->unfolded);
  ph_log_highlights_free (self->highlights);
  g_free (self);
}

/**
 * ph_log_source_set_opened:
 * @opened: (transfer none): when the records of the store were opened; outlives the source
 */
void
ph_log_source_set_opened (PhLogSource *self, const PhOpened *opened)
{
  self->opened = opened;
}

/**
 * ph_log_source_set_format:
 * @format: its charset is not %NULL, its row not 0
 *
 * Applies to all records. Lines that were returned before do not change.
 */
void
ph_log_source_set_format (PhLogSource *self, const PhLogFormat *format)
{
  if (self->format.charset != format->charset || self->format.as_it_came != format->as_it_came)
    ph_log_highlights_forget (self->highlights);
  forget_forms (self);
  self->forms = ph_log_forms_new (format);
  self->format = *format;
  ph_log_source_forget (self);
  self->estimate = 1;
}

/* Has all lines made anew. */
void
ph_log_source_forget (PhLogSource *self)
{
  g_hash_table_remove_all (self->lines);
  g_hash_table_remove_all (self->runs);
  g_hash_table_remove_all (self->items);
  self->n_starts = self->n_item_lines = 0;
  self->stream.n = 0;
}

const PhLogFormat *
ph_log_source_get_format (PhLogSource *self)
{
  return &self->format;
}

/**
 * ph_log_source_set_hidden_from:
 * @seq: records from here on are not shown; %G_MAXUINT64 to show all
 */
void
ph_log_source_set_hidden_from (PhLogSource *self, guint64 seq)
{
  self->hidden_from = seq;
  self->hidden_number = seq != G_MAXUINT64 ? ph_log_source_get_number (self, seq + 1) : 0;
}

/**
 * ph_log_source_set_start:
 * @seq: records before it are not shown, from the next ph_log_source_advance() on; 0 to show all
 */
void
ph_log_source_set_start (PhLogSource *self, guint64 seq)
{
  self->start = seq;
}

/**
 * ph_log_source_advance:
 * @end: the records before it are shown. The store may hold more, but their peers have no addresses yet
 *
 * The source does not see later records until the next call, so that all lines of one layout are of the same records.
 */
void
ph_log_source_advance (PhLogSource *self, guint64 end)
{
  self->first = MAX (ph_store_first (self->store), self->start);
  self->end = MAX (end, self->first);
  self->dropped = self->first > ph_store_first (self->store) ? 0 : ph_store_dropped (self->store);
  if (g_hash_table_size (self->items) > 0)
    self->estimate = (guint) MAX ((self->n_item_lines + g_hash_table_size (self->items) / 2) / g_hash_table_size (self->items), 1);
}

guint64
ph_log_source_get_first (PhLogSource *self)
{
  return self->first;
}

/**
 * ph_log_source_begin_read:
 *
 * Begins a read section of the store. Sections may be nested: only the outermost one counts. All functions of the source
 * begin one; a section around many calls saves the others. Keep it short, because the writer may exceed the memory limit
 * meanwhile. The store must not be read in another way until ph_log_source_end_read().
 */
void
ph_log_source_begin_read (PhLogSource *self)
{
  if (self->n_readers++ == 0)
    ph_store_begin_read (self->store);
}

void
ph_log_source_end_read (PhLogSource *self)
{
  if (--self->n_readers == 0)
    ph_store_end_read (self->store);
}

/**
 * ph_log_source_pause_read:
 *
 * Ends the read section and begins another one. The writer can drop chunks in between, and the store those that it has read
 * back from the file. Pointers into the store are not valid any more.
 */
void
ph_log_source_pause_read (PhLogSource *self)
{
  if (self->n_readers == 0)
    return;
  ph_store_end_read (self->store);
  ph_store_begin_read (self->store);
}

/**
 * ph_log_source_get_end:
 *
 * Returns: the sequence number behind the last record shown
 */
guint64
ph_log_source_get_end (PhLogSource *self)
{
  guint64 end = CLAMP (self->hidden_from, self->first, self->end);

  /* It is not known yet whether the records behind it match. */
  return self->filter != NULL ? CLAMP (ph_matches_end (self->filter), self->first, end) : end;
}

/* ---- items ---- */

/* CR at the end of a read and LF at the beginning of the next one are one line end. Where the next one goes on in the line of the
 * first, it ends that. */
static gboolean
ends_before (PhLogSource *self, PhLogItem *item, const guint8 *payload)
{
  PhLogCarry *carries = get_carries (self, item->form.charset, FALSE);
  gboolean after;

  if (!item->stream || item->continues || item->carry.length > 0)
    return FALSE;
  after = ph_log_carry_is_after_cr (carries, item->seq, &item->record, payload);
  item->awaits = item->awaits || ph_log_carry_awaits (carries);

  return after;
}

/* How many lines the text has. */
static guint
index_text (PhLogSource *self, PhLogItem *item, const guint8 *payload)
{
  PhDecoder *decoder = ph_log_forms_get_decoder (self->forms, item->form.charset);
  g_autoptr (GArray) starts = NULL;

  if (self->format.mode == PH_LOG_MODE_STREAM)
    item->continues = ph_log_stream_continues (self, item, payload);
  starts = ph_log_index_new (decoder, item->stream ? &item->carry : NULL, ends_before (self, item, payload), payload,
                             item->record.length);
  item->n_starts = starts->len;
  if (starts->len > 0)
    item->starts = g_array_steal (starts, NULL);

  return item->n_starts;
}

static void
count_lines (PhLogSource *self, PhLogItem *item, const guint8 *payload)
{
  const PhLogFormat *format = &self->format;
  gboolean rows;

  item->n_lines = ph_record_is_silent (&item->record) ? 0 : 1;
  if (!ph_record_is_data (&item->record))
    return;

  item->stream = ph_record_is_stream (&item->record);
  item->form = ph_log_forms_get (self->forms, &item->record, payload);
  rows = format->mode == PH_LOG_MODE_BYTES || item->form.hex;
  if (item->stream && !rows)
    {
      PhLogCarry *carries = get_carries (self, item->form.charset, FALSE);

      ph_log_carry_before (carries, item->seq, &item->record, &item->carry);
      item->awaits = ph_log_carry_awaits (carries);
    }
  if (format->mode == PH_LOG_MODE_TABLE)
    return;
  ph_log_fold_count (self, item, rows ? (item->record.length + format->row - 1) / format->row
                                      : index_text (self, item, payload));
  item->n_lines = MAX (ph_log_lines_n_before (format) + item->n_shown + (item->fold ? 1 : 0), 1);
}

/* Inside a read section. The result is valid until the next call; %NULL if the record is not there, or not yet. */
PhLogItem *
ph_log_source_get_item (PhLogSource *self, guint64 seq, const guint8 **ret_payload)
{
  const PhRecord *record;
  PhLogItem *item;

  if (seq < self->first || seq >= ph_log_source_get_end (self))
    return NULL;
  record = ph_store_get (self->store, seq, ret_payload);
  if (record == NULL)
    return NULL;
  item = g_hash_table_lookup (self->items, &seq);
  /* The file of a capture may have been changed by another program. */
  if (item != NULL && !item->awaits && memcmp (&item->record, record, sizeof *record) == 0)
    return item;

  if (item != NULL && !item->awaits)
    g_hash_table_remove_all (self->lines); /* built from the old record */
  if (g_hash_table_size (self->items) >= PH_LOG_CACHE_ITEMS || self->n_starts > PH_LOG_CACHE_STARTS)
    {
      g_hash_table_remove_all (self->items);
      self->n_starts = self->n_item_lines = 0;
    }
  item = g_new0 (PhLogItem, 1);
  item->record = *record;
  item->seq = seq;
  count_lines (self, item, *ret_payload);
  self->n_starts += item->n_starts * sizeof (guint32);
  self->n_item_lines += item->n_lines;
  g_hash_table_replace (self->items, &item->seq, item);

  return item;
}

/* Inside a read section. The bytes of a character of which the record has the rest, for the search: the same however records are
 * shown. */
PhCarry
ph_log_source_get_carry (PhLogSource *self, const PhLogItem *item)
{
  PhCarry carry = { .length = 0 };

  if (item->stream)
    ph_log_carry_before (get_carries (self, item->form.charset, TRUE), item->seq, &item->record, &carry);

  return carry;
}

PhLogContext
ph_log_source_make_context (PhLogSource *self, const PhLogItem *item, const guint8 *payload)
{
  PhLogContext context = { .format = &self->format, .item = item, .payload = payload };

  if (ph_record_is_data (&item->record))
    context.carries = get_carries (self, item->form.charset, FALSE);
  context.peer = self->peer (self->peer_data, &item->record, &context.to);
  if (self->format.mode == PH_LOG_MODE_TABLE)
    context.number = ph_store_number (self->store, item->seq);
  ph_log_times_find (self, &context);

  return context;
}

/* ---- records that are not there ---- */

/* Whether the record @seq is shown and has to be read first. Inside a read section. */
static gboolean
awaits (PhLogSource *self, guint64 seq)
{
  return seq >= self->first && seq < ph_log_source_get_end (self) && ph_store_awaits (self->store, seq);
}

/* Why the record @seq cannot be read; NULL if it can. The first of the records that cannot be read together tells it, but in a
 * filtered log each does. Inside a read section. */
static const char *
get_failure (PhLogSource *self, guint64 seq, guint64 *ret_n)
{
  guint64 first, end;
  const char *why = ph_store_get_failure (self->store, seq, &first, &end);

  if (why == NULL || (self->filter == NULL && seq != first))
    return NULL;
  *ret_n = self->filter == NULL ? ph_store_number (self->store, end) - ph_store_number (self->store, first) : 1;

  return why;
}

/* How many lines stand for a record that is not there. Inside a read section. */
static guint
count_absent (PhLogSource *self, guint64 seq)
{
  const PhLogItem *known = g_hash_table_lookup (self->items, &seq);
  guint64 n;

  if (awaits (self, seq))
    return known != NULL ? known->n_lines : self->estimate;

  return seq >= self->first && seq < ph_log_source_get_end (self) && get_failure (self, seq, &n) != NULL ? 1 : 0;
}

static PhLogLine *
build_absent (PhLogSource *self, guint64 seq, guint n)
{
  PhLogLine *line = NULL;
  const char *why;
  guint64 n_failed;

  if (awaits (self, seq))
    {
      line = ph_log_lines_build_notice (n == 0 ? _("Reading from the file…") : "");
      line->waits = TRUE;
    }
  else if ((why = get_failure (self, seq, &n_failed)) != NULL)
    {
      g_autofree char *count = ph_format_dup_grouped (n_failed);
      g_autofree char *text = g_strdup_printf (ngettext ("%s record cannot be read from the file: %s",
                                                         "%s records cannot be read from the file: %s", MIN (n_failed, G_MAXULONG)),
                                               count, why);

      line = ph_log_lines_build_notice (text);
    }

  return line;
}

/**
 * ph_log_source_awaits:
 *
 * Returns: whether @entry is a record that has to be read from the file first, or one before it that has a part of its text
 */
gboolean
ph_log_source_awaits (PhLogSource *self, guint64 entry)
{
  const guint8 *payload;
  PhLogItem *item;
  gboolean result;

  if (entry == PH_LOG_ENTRY_GONE || entry == PH_LOG_ENTRY_HIDDEN)
    return FALSE;
  ph_log_source_begin_read (self);
  item = ph_log_source_get_item (self, entry - 1, &payload);
  result = item != NULL ? item->awaits : awaits (self, entry - 1);
  ph_log_source_end_read (self);

  return result;
}

/* ---- lines ---- */

/**
 * ph_log_source_n_lines:
 *
 * Returns: 0 if the entry is not shown or does not exist
 */
guint
ph_log_source_n_lines (PhLogSource *self, guint64 entry)
{
  const guint8 *payload;
  PhLogItem *item;
  guint n_lines;

  if (entry == PH_LOG_ENTRY_GONE)
    return self->dropped > 0 ? 1 : 0;
  if (entry == PH_LOG_ENTRY_HIDDEN)
    return self->hidden_from != G_MAXUINT64 ? 1 : 0;
  if (self->filter != NULL && !ph_matches_contains (self->filter, entry - 1))
    return 0;

  ph_log_source_begin_read (self);
  item = ph_log_source_get_item (self, entry - 1, &payload);
  n_lines = item != NULL ? item->n_lines : count_absent (self, entry - 1);
  ph_log_source_end_read (self);

  return n_lines;
}

/**
 * ph_log_source_get_number:
 * @entry: a record, or the entry behind the last one
 *
 * Returns: its number for users, counted from 1, see ph_store_number()
 */
guint64
ph_log_source_get_number (PhLogSource *self, guint64 entry)
{
  guint64 number;

  ph_log_source_begin_read (self);
  number = ph_store_number (self->store, entry - 1);
  ph_log_source_end_read (self);

  return number;
}

static PhLogLine *
build_notice (PhLogSource *self, guint64 entry)
{
  guint64 behind = entry == PH_LOG_ENTRY_HIDDEN ? ph_log_source_get_number (self, self->end + 1) : 0;
  guint64 n = entry == PH_LOG_ENTRY_GONE ? self->dropped : behind - MIN (behind, self->hidden_number);
  g_autofree char *count = ph_format_dup_grouped (n);
  g_autofree char *text = NULL;

  if (entry == PH_LOG_ENTRY_GONE)
    text = g_strdup_printf (ngettext ("%s older record is gone: the memory limit was reached",
                                      "%s older records are gone: the memory limit was reached", MIN (n, G_MAXULONG)),
                            count);
  else
    text = g_strdup_printf (ngettext ("New records are hidden and kept: %s so far",
                                      "New records are hidden and kept: %s so far", MIN (n, G_MAXULONG)),
                            count);

  return ph_log_lines_build_notice (text);
}

static PhLogLine *
build_line (PhLogSource *self, guint64 entry, guint n)
{
  PhLogLine *line = NULL;
  const guint8 *payload;
  PhLogItem *item;

  ph_log_source_begin_read (self);
  item = ph_log_source_get_item (self, entry - 1, &payload);
  if (item != NULL && n < item->n_lines)
    {
      PhLogContext context = ph_log_source_make_context (self, item, payload);

      line = ph_log_lines_build (&context, n);
    }
  else if (item == NULL)
    {
      line = build_absent (self, entry - 1, n);
    }
  ph_log_source_end_read (self);

  return line;
}

/**
 * ph_log_source_dup_line:
 * Returns: (transfer full) (nullable): line @n of the entry; %NULL if it does not exist
 */
PhLogLine *
ph_log_source_dup_line (PhLogSource *self, guint64 entry, guint n)
{
  PhLogLine key = { .entry = entry, .line = n };
  PhLogLine *line;

  if (n >= ph_log_source_n_lines (self, entry))
    return NULL;
  line = g_hash_table_lookup (self->lines, &key);
  if (line != NULL)
    return ph_log_line_ref (line);

  if (entry == PH_LOG_ENTRY_GONE || entry == PH_LOG_ENTRY_HIDDEN)
    line = build_notice (self, entry);
  else
    line = build_line (self, entry, n);
  if (line == NULL)
    return NULL;

  line->entry = entry;
  line->line = n;
  if (line->final)
    {
      if (g_hash_table_size (self->lines) >= PH_LOG_CACHE_LINES)
        g_hash_table_remove_all (self->lines);
      g_hash_table_add (self->lines, ph_log_line_ref (line));
    }
  return line;
}
