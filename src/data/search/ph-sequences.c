/* ph-sequences.c: the byte sequences that decode to a character
 *
 * Where an encoding may have several for one character, each sequence is decoded once, which takes some milliseconds.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-sequences.h"

#include <string.h>

#include "ph-marks.h"

#define N_TABLES 64u /* numbers of encodings */

typedef struct
{
  gunichar c;
  PhSequence sequence;
} Shared;

/**
 * Table: the sequences of an encoding.
 * @first: character → its first sequence, packed
 * @shared: (element-type Shared): all others
 */
typedef struct
{
  PhDecoder *decoder;
  GHashTable *first;
  GArray *shared;
  GString *text;
} Table;

/* Whether the bytes decode to exactly one character. */
static gboolean
decode_one (PhDecoder *decoder, const PhSequence *sequence, GString *text, gunichar *ret_c)
{
  const char *p, *end;

  g_string_truncate (text, 0);
  ph_decoder_decode (decoder, NULL, sequence->bytes, sequence->length, text);
  p = text->str;
  end = p + text->len;

  return p < end && ph_marks_next (&p, end, ret_c) != PH_MARK_BAD && p == end;
}

static guint32
pack (const PhSequence *sequence)
{
  guint32 packed = 0;

  memcpy (&packed, sequence->bytes, sizeof packed);

  return packed;
}

static void
add (Table *table, const PhSequence *sequence)
{
  Shared shared = { .sequence = *sequence };

  if (!decode_one (table->decoder, sequence, table->text, &shared.c))
    return;
  if (g_hash_table_contains (table->first, GUINT_TO_POINTER (shared.c)))
    g_array_append_val (table->shared, shared);
  else
    g_hash_table_insert (table->first, GUINT_TO_POINTER (shared.c), GUINT_TO_POINTER (pack (sequence)));
}

static void
add_pairs (Table *table)
{
  for (guint lead = 0; lead <= 0xFF; lead++)
    {
      add (table, &(PhSequence) { { (guint8) lead }, 1 });
      for (guint trail = 0; trail <= 0xFF && lead >= 0x80; trail++)
        add (table, &(PhSequence) { { (guint8) lead, (guint8) trail }, 2 });
    }
}

/* Three bytes of EUC-JP. */
static void
add_triples (Table *table)
{
  for (guint8 b = 0xA1; b < 0xFF; b++)
    for (guint8 c = 0xA1; c < 0xFF; c++)
      add (table, &(PhSequence) { { 0x8F, b, c }, 3 });
}

/* Four bytes of GB18030, for characters up to U+FFFF. Those beyond have only one sequence, which is computed. */
static void
add_quadruples (Table *table)
{
  for (guint8 a = 0x81; a <= 0x84; a++)
    for (guint8 b = 0x30; b <= 0x39; b++)
      for (guint8 c = 0x81; c < 0xFF; c++)
        for (guint8 d = 0x30; d <= 0x39; d++)
          add (table, &(PhSequence) { { a, b, c, d }, 4 });
}

static Table *
build (const PhCharset *charset)
{
  Table *table = g_new0 (Table, 1);

  table->decoder = ph_decoder_new (charset);
  table->first = g_hash_table_new (NULL, NULL);
  table->shared = g_array_new (FALSE, FALSE, sizeof (Shared));
  table->text = g_string_new (NULL);
  /* Single bytes, UTF-8 and UTF-16 have one sequence for each character, which is the one that it is encoded as. */
  if (charset->longest == 1 || charset->unit == 2 || strcmp (charset->id, "utf-8") == 0)
    return table;
  add_pairs (table);
  if (charset->longest == 3)
    add_triples (table);
  if (charset->longest == 4)
    add_quadruples (table);

  return table;
}

/* The first one in the table. How long it is is found by decoding it, as it may end in a zero byte. */
static gboolean
find_first (const Table *table, gunichar c, PhSequence *ret_sequence)
{
  gpointer packed;

  if (!g_hash_table_lookup_extended (table->first, GUINT_TO_POINTER (c), NULL, &packed))
    return FALSE;
  for (guint8 length = 1; length <= PH_SEQUENCE_MAX; length++)
    {
      PhSequence sequence = { .length = length };
      guint32 bytes = GPOINTER_TO_UINT (packed);
      gunichar again;

      memcpy (sequence.bytes, &bytes, length);
      if (!decode_one (table->decoder, &sequence, table->text, &again) || again != c)
        continue;
      *ret_sequence = sequence;
      return TRUE;
    }

  return FALSE;
}

static void
append_once (GArray *sequences, guint first, const PhSequence *sequence)
{
  for (guint i = first; i < sequences->len; i++)
    {
      const PhSequence *known = &g_array_index (sequences, PhSequence, i);

      if (known->length == sequence->length && memcmp (known->bytes, sequence->bytes, known->length) == 0)
        return;
    }
  g_array_append_val (sequences, *sequence);
}

/* The bytes that the character is encoded as; *@ret_same is FALSE if they decode to another one, such as 5C for “¥” in Shift-JIS. */
static gboolean
encode (Table *table, gunichar c, PhSequence *ret_sequence, gboolean *ret_same, GError **error)
{
  PhSequence sequence = { .length = 0 };
  g_autoptr (GBytes) bytes = NULL;
  char text[6];
  gsize length;
  gunichar again;
  const guint8 *data;

  bytes = ph_charset_encode (ph_decoder_get_charset (table->decoder), text, g_unichar_to_utf8 (c, text), NULL, error);
  if (bytes == NULL)
    return FALSE;
  data = g_bytes_get_data (bytes, &length);
  *ret_same = length > 0 && length <= PH_SEQUENCE_MAX;
  if (!*ret_same)
    return TRUE;
  memcpy (sequence.bytes, data, length);
  sequence.length = (guint8) length;
  *ret_same = decode_one (table->decoder, &sequence, table->text, &again) && again == c;
  *ret_sequence = sequence;

  return TRUE;
}

static gboolean
append_all (Table *table, gunichar c, GArray *sequences, GError **error)
{
  guint first = sequences->len;
  g_autoptr (GError) wrong = NULL;
  gboolean same = FALSE;
  PhSequence sequence;

  if (encode (table, c, &sequence, &same, &wrong) && same)
    append_once (sequences, first, &sequence);
  if (find_first (table, c, &sequence))
    append_once (sequences, first, &sequence);
  for (guint i = 0; i < table->shared->len; i++)
    {
      const Shared *other = &g_array_index (table->shared, Shared, i);

      if (other->c == c)
        append_once (sequences, first, &other->sequence);
    }
  if (wrong == NULL || sequences->len > first)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&wrong));

  return FALSE;
}

/**
 * ph_sequences_append:
 * @sequences: (element-type PhSequence): is appended to
 *
 * Appends all byte sequences that decode to @c: first the one that it is encoded as. There are none if it is encoded as another
 * character. Any thread.
 *
 * Returns: %FALSE with @error if the encoding does not have @c
 */
gboolean
ph_sequences_append (const PhCharset *charset, gunichar c, GArray *sequences, GError **error)
{
  static Table *tables[N_TABLES]; /* kept for good */
  static GMutex mutex;
  gboolean appended;

  g_mutex_lock (&mutex);
  if (tables[charset->number] == NULL)
    tables[charset->number] = build (charset);
  appended = append_all (tables[charset->number], c, sequences, error);
  g_mutex_unlock (&mutex);

  return appended;
}
