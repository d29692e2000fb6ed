/* fuzz-read.c: a capture with any records is read to its end: as a state, as lines of the window, and in every format
 *
 * The input is records, which become a sound store, or a sound file. Byte 0 chooses between them, byte 1 the encoding, byte 2 the
 * mode of the log; then for each record: kind, peer, detail (2 bytes), flags (2), form, a byte for its time, length, payload. The
 * checksums and sums of the file are made here, so that a fuzzer gets behind them; fuzz-capture tries wrong ones.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fuzz.h"

#include "ph-flow.h"
#include "ph-fold.h"
#include "ph-format.h"
#include "ph-log-source.h"
#include "ph-log-walk.h"
#include "ph-log-words.h"
#include "ph-plat-file.h"
#include "ph-plat.h"

#include <glib/gstdio.h>
#include <string.h>

#include "../shown.h"
#include "json-line.h"

#define HEAD 3
#define RECORD 9
#define RECORDS_MOST 200u
#define LINES_MOST 400u /* of the log that are built */

/* ---- the capture ---- */

static char *path;

static void
remove_file (void)
{
  g_remove (path);
}

static gint64
time_of (guint8 byte, guint n)
{
  static const gint64 times[] = { 1562918748417123456, 0, -1, G_MAXINT64, G_MININT64, 253402300800000000, -62135596800000000 };

  return byte < G_N_ELEMENTS (times) ? times[byte] : times[0] + (gint64) n * ((gint64) byte << 30);
}

static void
add_records (const guint8 *data, gsize size, void (*add) (gpointer to, const PhRecord *record, const guint8 *payload), gpointer to)
{
  for (guint n = 0; size >= RECORD && n < RECORDS_MOST; n++)
    {
      gsize length = MIN (data[8], size - RECORD);
      const PhRecord record = { .kind = data[0] % 18,
                                .peer = data[1] < 250 ? data[1] % 8 : G_MAXUINT32 - (255 - data[1]),
                                .detail = (guint16) (data[2] | data[3] << 8),
                                .flags = (guint16) (data[4] | data[5] << 8),
                                .form = data[6],
                                .time = time_of (data[7], n),
                                .length = (guint32) length };

      add (to, &record, data + RECORD);
      data += RECORD + length;
      size -= RECORD + length;
    }
}

static void
add_to_store (gpointer store, const PhRecord *record, const guint8 *payload)
{
  ph_store_append (store, record, payload);
}

static void
add_to_chunk (gpointer to, const PhRecord *record, const guint8 *payload)
{
  PhChunk *chunk = to;
  PhRecord *place = ph_chunk_record (chunk, chunk->count);

  *place = *record;
  place->offset = chunk->used;
  memcpy ((guint8 *) chunk + chunk->used, payload, record->length);
  chunk->used += record->length;
  chunk->count++;
}

static PhStore *
read_file (const guint8 *data, gsize size)
{
  g_autofree guint8 *bytes = g_malloc0 (PH_CHUNK_SIZE);
  PhChunk *chunk = (PhChunk *) (gpointer) bytes;
  g_autoptr (GError) error = NULL;
  PhProof proof = { 0 };
  PhStore *store;

  if (path == NULL)
    {
      g_autofree char *name = g_strdup_printf ("porthole-fuzz-%08x%08x.porthole", g_random_int (), g_random_int ());

      path = g_build_filename (g_get_tmp_dir (), name, NULL);
      atexit (remove_file);
    }
  ph_chunk_init (chunk, 0, 0);
  add_records (data, size, add_to_chunk, chunk);
  ph_proof_seal (chunk, TRUE);
  g_assert_true (g_file_set_contents (path, (const char *) bytes, PH_CHUNK_SIZE, NULL));
  g_assert_true (ph_proof_check (path, &proof, NULL));
  g_assert_cmpint (proof.state, ==, PH_PROOF_WHOLE);
  store = ph_store_new_from_file (path, &error);
  g_assert_no_error (error);
  /* From then on its only chunk is in memory. */
  ph_store_begin_read (store);
  ph_store_fetch (store, 0, NULL);
  ph_store_end_read (store);

  return store;
}

/* ---- what is made of it ---- */

static void
check_state (PhStore *store)
{
  PhRateBucket buckets[PH_RATES_WHOLE];
  PhFold fold;
  gint64 first, width;

  ph_fold_init (&fold, 4);
  ph_fold_store (&fold, store, ph_store_end (store), G_MAXINT64);
  ph_peers_flush (fold.peers);
  ph_rates_get_recent (fold.rates, ph_rates_newest (fold.rates) - 9, 10, buckets);
  ph_rates_get_whole (fold.rates, buckets, &first, &width);
  g_assert_cmpuint (fold.missing, ==, 0);
  ph_store_begin_read (store);
  g_assert_cmpuint (ph_store_number (store, fold.end), ==, fold.shown + 1);
  ph_store_end_read (store);
  ph_fold_clear (&fold);
}

static void
check_format (PhFormatKind kind, const PhFormatContext *context, const PhRecord *record, const guint8 *payload)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const char *end;

  if (!ph_format_append (out, kind, context, record, payload) || kind == PH_FORMAT_RAW)
    return;
  g_assert_true (shown_is_safe (out->str, out->len, kind == PH_FORMAT_JSON ? "\n" : "\n\t"));
  g_assert_true (g_str_has_suffix (out->str, "\n"));
  if (kind == PH_FORMAT_JSON)
    g_assert_true (json_line_is_sound (out->str));
  if (kind == PH_FORMAT_LOG)
    for (end = strchr (out->str, '\n'); end[1] != '\0'; end = strchr (end + 1, '\n'))
      g_assert_true (g_str_has_prefix (end + 1, "    "));
}

static void
check_rest_cb (const PhFlow *flow, gpointer context)
{
  const PhRecord record = { .length = flow->carry.length, .peer = flow->peer, .kind = (guint8) flow->kind };

  check_format (PH_FORMAT_LOG, context, &record, flow->carry.bytes);
}

static void
check_formats (PhStore *store, const PhCharset *charset)
{
  g_autoptr (PhDecoder) decoder = ph_decoder_new (charset);
  g_autoptr (PhNames) names = ph_names_new (4, NULL, NULL);
  g_autoptr (PhFlows) flows = ph_flows_new ();

  ph_store_begin_read (store);
  for (guint64 seq = 0; seq < ph_store_end (store); seq++)
    {
      const guint8 *payload;
      const PhRecord *record = ph_store_get (store, seq, &payload);
      PhFormatContext context = { .number = ph_store_number (store, seq), .decoder = decoder, .hex = seq % 2 == 1 };
      PhCarry carry = { .length = 0 };
      const PhDestination *to;

      ph_names_record (names, record, payload);
      to = ph_names_get_destination (names, record);
      context.peer = ph_names_get_peer (names, record->peer);
      context.local = ph_names_get_local (names);
      context.to = to != NULL ? to->address : NULL;
      context.to_unusual = to != NULL && to->unusual;
      ph_flows_end (flows, record, check_rest_cb, &context);
      for (PhFormatKind kind = 0; kind < PH_N_FORMATS; kind++)
        {
          carry = ph_flows_get_carry (flows, record);
          context.carry = &carry;
          check_format (kind, &context, record, payload);
        }
      if (ph_record_is_data (record) && ph_record_is_stream (record))
        ph_flows_set_carry (flows, record, &carry, context.peer);
    }
  ph_store_end_read (store);
}

static const char *
name_cb (gpointer data, const PhRecord *record, const char **ret_to)
{
  return record->peer % 2 == 1 ? "127.0.0.1:7788" : NULL;
}

static void
check_log (PhStore *store, const PhCharset *charset, guint8 mode)
{
  const PhLogFormat format = { .mode = mode % PH_LOG_N_MODES, .form = mode & 0x80 ? PH_FORM_HEX : PH_FORM_TEXT, .charset = charset, .row = 8 + mode % 24,
                               .time = (PhTimeKind) (mode / 0x20 % 4), .time_format = mode % 4 };
  g_autoptr (PhLogSource) source = ph_log_source_new (store, name_cb, NULL);
  guint n = 0;
  PhLogPos pos;

  ph_log_source_set_format (source, &format);
  ph_log_source_advance (source, ph_store_end (store));
  for (gboolean more = ph_log_walk_first (source, &pos); more && n < LINES_MOST; more = ph_log_walk_next (source, &pos), n++)
    {
      g_autoptr (PhLogLine) line = ph_log_source_dup_line (source, pos.entry, pos.line);
      g_autofree char *words = ph_log_words_describe (source, pos.entry);

      g_assert_true (shown_is_safe (line->text, line->length, "\t"));
      g_assert_cmpuint (line->lead, <=, line->tail);
      g_assert_cmpuint (line->tail, <=, line->length);
      g_assert_true (shown_is_safe (words, strlen (words), ""));
      pos.index = line->tail;
      ph_log_source_byte_at (source, &pos);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  guint n;
  const PhCharset *charsets = ph_charsets (&n), *charset;
  PhStore *store;

  if (size < HEAD)
    return 0;
  charset = &charsets[data[1] % n];
  if (data[0] % 8 == 0)
    store = read_file (data + HEAD, size - HEAD);
  else
    {
      store = ph_store_new (PH_STORE_LIMIT_MIN, NULL, NULL);
      add_records (data + HEAD, size - HEAD, add_to_store, store);
    }
  check_state (store);
  check_formats (store, charset);
  check_log (store, charset, data[2]);
  ph_store_free (store);

  return 0;
}
