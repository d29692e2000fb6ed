/* fuzz-search.c: a search finds what decoding everything and looking finds, in every encoding, whatever the records are
 *
 * The first byte chooses the encoding, the second what is searched and how, the next two where the bytes are cut into records, and
 * the fifth how many of the following bytes are the pattern.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fuzz.h"

#include <string.h>

#include "ph-charset.h"
#include "ph-hex.h"
#include "ph-marks.h"
#include "ph-search.h"

#define HEAD 5
#define RECORDS_MAX 64u
#define LIMIT "(*LIMIT_MATCH=5000)" /* so that the plain match ends, too */

/**
 * Input: what is searched in what.
 * @pattern: as a user types it
 */
typedef struct
{
  PhSearchMode mode;
  const PhCharset *charset;
  gboolean match_case, stream;
  char *pattern;
  PhChunk *chunk;
} Input;

/* ---- decoding everything ---- */

/* One unit of decoded text: a character; or a bad byte, which is none. */
static GArray *
split (const GString *text)
{
  GArray *units = g_array_new (FALSE, FALSE, sizeof (gunichar));
  const char *p = text->str, *end = p + text->len;

  while (p < end)
    {
      gunichar c;

      if (ph_marks_next (&p, end, &c) == PH_MARK_BAD)
        c = G_MAXUINT32;
      g_array_append_val (units, c);
    }

  return units;
}

static gunichar
fold (gunichar c, gboolean match_case)
{
  if (match_case || c == G_MAXUINT32 || c == 0x130 || c == 0x131)
    return c;

  return g_unichar_tolower (g_unichar_toupper (c));
}

/* How often the pattern is in the text, without overlap. */
static guint
count_text (const Input *input, const GString *text)
{
  g_autoptr (GArray) units = split (text);
  glong length = g_utf8_strlen (input->pattern, -1);
  guint count = 0;

  for (guint i = 0; i + length <= units->len; i++)
    {
      const char *p = input->pattern;
      guint n = 0;

      for (; *p != '\0'; p = g_utf8_next_char (p), n++)
        if (fold (g_array_index (units, gunichar, i + n), input->match_case) != fold (g_utf8_get_char (p), input->match_case))
          break;
      if (*p != '\0')
        continue;
      count++;
      i += length - 1;
    }

  return count;
}

/* FALSE if the plain match does not end either. */
static gboolean
match_plainly (const Input *input, const GString *text, gboolean *ret_found)
{
  g_autofree char *pattern = g_strconcat (LIMIT, input->pattern, NULL);
  g_autoptr (GRegex) regex = g_regex_new (pattern, input->match_case ? 0 : G_REGEX_CASELESS, 0, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (regex);
  *ret_found = g_regex_match_full (regex, text->str, text->len, 0, 0, NULL, &error);

  return error == NULL;
}

static gboolean
has_bytes (const Input *input, const PhRecord *record, const guint8 *payload)
{
  g_autoptr (GBytes) bytes = ph_hex_parse (input->pattern, NULL, NULL);
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  for (gsize i = 0; i + length <= record->length; i++)
    if (length == 0 || memcmp (payload + i, data, length) == 0)
      return TRUE;

  return FALSE;
}

/* ---- comparing ---- */

static G_GNUC_NORETURN void
fail (const Input *input, guint n, const char *what)
{
  g_autoptr (GString) hex = g_string_new (NULL);

  for (guint i = 0; i < input->chunk->count; i++)
    {
      const PhRecord *record = ph_chunk_record (input->chunk, i);

      g_string_append (hex, i == n ? " [" : " ");
      ph_hex_append (hex, (const guint8 *) input->chunk + record->offset, record->length);
      g_string_append (hex, i == n ? "]" : "");
    }
  g_error ("%s, mode %d, case %d, stream %d, “%s”, record %u of%s: %s", input->charset->id, input->mode, input->match_case,
           input->stream, input->pattern, n, hex->str, what);
}

/* The places of the matches, at once and in two pieces. */
static void
check_ranges (const Input *input, PhSearch *search, guint n, const PhCarry *carry, gsize expected)
{
  const PhRecord *record = ph_chunk_record (input->chunk, n);
  const guint8 *payload = (const guint8 *) input->chunk + record->offset;
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (PhSearchRange));
  g_autoptr (GArray) piece = g_array_new (FALSE, FALSE, sizeof (PhSearchRange));
  g_autoptr (GArray) halves = g_array_new (FALSE, FALSE, sizeof (PhSearchRange));
  g_autofree guint8 *marks = g_malloc0 (record->length + 1);
  PhSearchRange first = { 0, 0 };
  gsize half = record->length / 2, end = 0;

  if (!ph_search_ranges (search, record, carry, payload, 0, all))
    return;
  if (input->mode == PH_SEARCH_TEXT && (carry == NULL || carry->length == 0) && all->len != expected)
    fail (input, n, "another number of places");
  for (guint i = 0; i < all->len; i++)
    {
      const PhSearchRange *range = &g_array_index (all, PhSearchRange, i);

      if (range->start < end || range->end <= range->start || range->end > record->length)
        fail (input, n, "places that overlap or are not there");
      end = range->end;
      memset (marks + range->start, 1, range->end - range->start);
    }
  if (ph_search_first (search, record, carry, payload, 0, &first) && all->len > 0 && input->mode != PH_SEARCH_REGEX
      && first.start != g_array_index (all, PhSearchRange, 0).start)
    fail (input, n, "another first place");
  if (!ph_search_ranges_between (search, record, carry, payload, 0, record->length, 0, piece)
      || !ph_search_ranges_between (search, record, carry, payload, 0, half, 0, halves)
      || !ph_search_ranges_between (search, record, carry, payload, half, record->length, 0, halves))
    return;
  if (piece->len != all->len || (piece->len > 0 && memcmp (piece->data, all->data, piece->len * sizeof (PhSearchRange)) != 0))
    fail (input, n, "other places in one piece");
  for (guint i = 0; i < halves->len; i++)
    for (guint32 at = g_array_index (halves, PhSearchRange, i).start; at < g_array_index (halves, PhSearchRange, i).end; at++)
      marks[at] |= 2;
  for (gsize i = 0; i < record->length; i++)
    if (marks[i] == 1 || marks[i] == 2)
      fail (input, n, "other places in two pieces");
}

static void
check_record (const Input *input, PhSearch *search, guint n, PhDecoder *decoder, PhCarry *carry, gboolean found)
{
  const PhRecord *record = ph_chunk_record (input->chunk, n);
  const guint8 *payload = (const guint8 *) input->chunk + record->offset;
  g_autoptr (GString) text = g_string_new (NULL);
  PhCarry before = *carry;
  gboolean expected;
  guint count = 0;

  ph_decoder_decode (decoder, input->stream ? carry : NULL, payload, record->length, text);
  if (input->mode == PH_SEARCH_HEX)
    expected = has_bytes (input, record, payload);
  else if (input->mode == PH_SEARCH_TEXT)
    expected = (count = count_text (input, text)) > 0;
  else if (!match_plainly (input, text, &expected))
    return;
  if (found != expected)
    fail (input, n, found ? "found, and not there" : "there, and not found");
  check_ranges (input, search, n, &before, count);
}

static void
compare (const Input *input)
{
  PhSearchQuery query = { .mode = input->mode, .text = input->pattern, .charset = input->charset,
                          .match_case = input->match_case, .kinds = PH_SEARCH_ALL };
  g_autoptr (PhSearch) search = ph_search_new (&query, NULL);
  g_autoptr (PhDecoder) decoder = ph_decoder_new (input->charset);
  guint64 bits[RECORDS_MAX / 64] = { 0 }, unknown;
  PhCarry carry = { .length = 0 };
  int stop = 0;

  if (*input->pattern == '\0')
    return;
  g_assert_true (search != NULL || input->mode != PH_SEARCH_TEXT); /* what was decoded can be looked for */
  if (search == NULL)
    return;
  if (input->mode == PH_SEARCH_HEX && input->pattern[strspn (input->pattern, " ,;:-\t\r\n\f")] == '\0')
    return;
  g_assert_true (ph_search_chunk (search, input->chunk, 0, input->chunk->count, &stop, bits));
  if (ph_search_take_unknown (search, &unknown) > 0)
    return;
  for (guint n = 0; n < input->chunk->count; n++)
    check_record (input, search, n, decoder, &carry, (bits[0] >> n & 1) != 0);
}

/* ---- the input ---- */

/* For a text, characters that the encoding has; otherwise as it is. NULL if it cannot be typed. */
static char *
make_pattern (const Input *input, const guint8 *bytes, gsize length)
{
  g_autoptr (PhDecoder) decoder = ph_decoder_new (input->charset);
  g_autoptr (GString) text = g_string_new (NULL), kept = g_string_new (NULL);
  const char *p, *end;

  if (input->mode != PH_SEARCH_TEXT)
    {
      g_string_append_len (kept, (const char *) bytes, length);
      if (!g_utf8_validate_len (kept->str, kept->len, NULL) || strstr (kept->str, "(*") != NULL || strchr (kept->str, 0xF4) != NULL)
        return NULL;
      return g_strdup (kept->str);
    }
  ph_decoder_decode (decoder, NULL, bytes, length, text);
  for (p = text->str, end = p + text->len; p < end;)
    {
      gunichar c;

      if (ph_marks_next (&p, end, &c) != PH_MARK_BAD && c != 0)
        g_string_append_unichar (kept, c);
    }

  return g_strdup (kept->str);
}

static void
put (PhChunk *chunk, const guint8 *bytes, gsize length, gboolean stream)
{
  PhRecord *record = ph_chunk_record (chunk, chunk->count);

  *record = (PhRecord) { .kind = PH_RECORD_IN, .peer = 1, .flags = stream ? PH_RECORD_STREAM : 0 };
  record->offset = chunk->used;
  record->length = (guint32) length;
  memcpy ((guint8 *) chunk + record->offset, bytes, length);
  chunk->used += record->length;
  chunk->count++;
}

static void
make_records (const Input *input, const guint8 *bytes, gsize length, guint16 cuts)
{
  gsize start = 0;

  ph_chunk_init (input->chunk, 0, 0);
  for (gsize i = 0; i < length; i++)
    if (i + 1 == length || ((cuts >> i % 16 & 1) != 0 && input->chunk->count + 1 < RECORDS_MAX))
      {
        put (input->chunk, bytes + start, i + 1 - start, input->stream);
        start = i + 1;
      }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static PhChunk *chunk;
  guint n_charsets;
  const PhCharset *charsets = ph_charsets (&n_charsets);
  Input input = { .chunk = chunk };
  gsize length;

  if (size < HEAD)
    return 0;
  if (chunk == NULL)
    chunk = g_malloc0 (PH_CHUNK_SIZE);
  length = MIN (data[4], size - HEAD);
  input = (Input) { .mode = data[1] % 3, .charset = &charsets[data[0] % n_charsets], .match_case = (data[1] & 0x80) != 0,
                    .stream = (data[1] & 0x40) != 0, .chunk = chunk };
  input.pattern = make_pattern (&input, data + HEAD, length);
  if (input.pattern != NULL && size > HEAD + length)
    {
      make_records (&input, data + HEAD + length, size - HEAD - length, (guint16) (data[2] | data[3] << 8));
      compare (&input);
    }
  g_free (input.pattern);

  return 0;
}
