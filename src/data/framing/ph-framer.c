/* ph-framer.c: the table of framers, and their rules in words: ID[:WORD,…][,across]
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-framer-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ph-hex.h"
#include "ph-marks.h"

#define ACROSS ",across"

G_DEFINE_QUARK (ph-frame-error-quark, ph_frame_error)

static const PhFramer *const framers[] = {
  &ph_framer_none,      &ph_framer_line,   &ph_framer_delimiter, &ph_framer_between,    &ph_framer_fixed,
  &ph_framer_length,    &ph_framer_gap,    &ph_framer_slip,      &ph_framer_cobs,       &ph_framer_json,
  &ph_framer_modbus_tcp, &ph_framer_modbus_rtu, &ph_framer_nmea, &ph_framer_regex,
};

/* What comes in one piece. */
static gboolean
scan_none (const PhFrameRule *rule, PhScan *scan)
{
  return ph_framer_found (scan, scan->n);
}

const PhFramer ph_framer_none = { .id = "none", .scan = scan_none };

/** ph_framer_ids: Returns: (transfer none) (array zero-terminated=1): of all framers, in the order in which they are offered */
const char *const *
ph_framer_ids (void)
{
  static const char *ids[G_N_ELEMENTS (framers) + 1];
  static gsize once;

  if (g_once_init_enter (&once))
    {
      for (guint i = 0; i < G_N_ELEMENTS (framers); i++)
        ids[i] = framers[i]->id;
      g_once_init_leave (&once, 1);
    }

  return ids;
}

static const PhFramer *
find (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (framers); i++)
    if (g_str_equal (framers[i]->id, id))
      return framers[i];

  return NULL;
}

/* ---- what the rows share ---- */

/** ph_framer_read_mark: @word: hex digits */
gboolean
ph_framer_read_mark (const char *word, PhFramerMark *ret_mark)
{
  g_autoptr (GBytes) bytes = ph_hex_parse (word, NULL, NULL);
  gsize n = bytes != NULL ? g_bytes_get_size (bytes) : 0;

  if (n == 0 || n > PH_FRAME_MARK_MOST)
    return FALSE;
  memcpy (ret_mark->bytes, g_bytes_get_data (bytes, NULL), n);
  ret_mark->n = (guint8) n;

  return TRUE;
}

/** ph_framer_append_mark: Appends hex digits without spaces. */
void
ph_framer_append_mark (GString *out, const PhFramerMark *mark)
{
  for (guint i = 0; i < mark->n; i++)
    g_string_append_printf (out, "%02X", mark->bytes[i]);
}

/**
 * ph_framer_read_number:
 * @name: (nullable): @word is NAME=NUMBER; %NULL: it is the number
 */
gboolean
ph_framer_read_number (const char *word, const char *name, gint64 least, gint64 most, gint64 *ret_number)
{
  const char *value = word;

  if (name != NULL && (!g_str_has_prefix (word, name) || word[strlen (name)] != '='))
    return FALSE;
  if (name != NULL)
    value = word + strlen (name) + 1;

  return g_ascii_string_to_signed (value, 10, least, most, ret_number, NULL);
}

/** ph_framer_find_mark: @from: where to begin; @ret_place: (out): where the mark begins */
gboolean
ph_framer_find_mark (const PhScan *scan, const PhFramerMark *mark, gsize from, gsize *ret_place)
{
  while (from + mark->n <= scan->n)
    {
      const guint8 *found = memchr (scan->bytes + from, mark->bytes[0], scan->n - from - mark->n + 1);

      if (found == NULL)
        return FALSE;
      from = (gsize) (found - scan->bytes);
      if (memcmp (found, mark->bytes, mark->n) == 0)
        {
          *ret_place = from;
          return TRUE;
        }
      from++;
    }

  return FALSE;
}

/** ph_framer_found: Returns: %TRUE: a frame of @length bytes, which are all stored */
gboolean
ph_framer_found (PhScan *scan, gsize length)
{
  scan->outside = FALSE;
  scan->from = 0;
  scan->length = scan->size = length;

  return TRUE;
}

/** ph_framer_found_outside: Returns: %TRUE: @length bytes that are in no frame */
gboolean
ph_framer_found_outside (PhScan *scan, gsize length)
{
  scan->outside = TRUE;
  scan->from = 0;
  scan->length = scan->size = length;

  return TRUE;
}

/* ---- words ---- */

static void
refuse (const char *words, GError **error)
{
  g_autofree char *shown = ph_marks_dup (words, -1, PH_MARKS_NAME_MAX);

  g_set_error (error, PH_FRAME_ERROR, PH_FRAME_ERROR_WORDS, _("“%s” is no rule for frames"), shown);
}

/* A pattern is one word, whatever it contains. */
static gboolean
read_words (PhFrameRule *rule, const char *words)
{
  g_auto (GStrv) parts = rule->framer == &ph_framer_regex ? g_strsplit (words, "\n", 1) : g_strsplit (words, ",", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (rule->framer->read_word == NULL || !rule->framer->read_word (rule, i, parts[i]))
      return FALSE;

  return TRUE;
}

/**
 * ph_frame_rule_parse:
 * @words: as the command line has them, such as "line:crlf"
 * @error: %PH_FRAME_ERROR_WORDS
 *
 * Returns: (transfer full) (nullable): %NULL with @error
 */
PhFrameRule *
ph_frame_rule_parse (const char *words, GError **error)
{
  g_autoptr (PhFrameRule) rule = g_new0 (PhFrameRule, 1);
  gboolean across = g_str_has_suffix (words, ACROSS);
  g_autofree char *all = g_strndup (words, strlen (words) - (across ? strlen (ACROSS) : 0));
  g_auto (GStrv) parts = g_strsplit (all, ":", 2);

  g_atomic_ref_count_init (&rule->refs);
  rule->escape = -1;
  rule->across = across;
  rule->framer = parts[0] != NULL ? find (parts[0]) : NULL;
  if (rule->framer == NULL || (parts[1] == NULL ? rule->framer->needs_words : *parts[1] == '\0')
      || (parts[1] != NULL && !read_words (rule, parts[1])) || (rule->framer->check != NULL && !rule->framer->check (rule)))
    {
      refuse (words, error);
      return NULL;
    }

  return g_steal_pointer (&rule);
}

/** ph_frame_rule_ref: Any thread. Returns: (transfer full): @rule */
PhFrameRule *
ph_frame_rule_ref (PhFrameRule *rule)
{
  g_atomic_ref_count_inc (&rule->refs);

  return rule;
}

/** ph_frame_rule_unref: @rule: (transfer full): */
void
ph_frame_rule_unref (PhFrameRule *rule)
{
  if (!g_atomic_ref_count_dec (&rule->refs))
    return;
  g_clear_pointer (&rule->regex, g_regex_unref);
  g_free (rule->pattern);
  g_free (rule);
}

/** ph_frame_rule_dup_words: Returns: (transfer full): what ph_frame_rule_parse() reads as @rule; what is usual is left out */
char *
ph_frame_rule_dup_words (const PhFrameRule *rule)
{
  g_autoptr (GString) told = g_string_new (NULL);

  if (rule->framer->append_words != NULL)
    rule->framer->append_words (rule, told);

  return g_strconcat (rule->framer->id, told->len > 0 ? ":" : "", told->str, rule->across ? ACROSS : "", NULL);
}

/** ph_frame_rule_is_across: Returns: whether a frame may begin in one datagram and end in another */
gboolean
ph_frame_rule_is_across (const PhFrameRule *rule)
{
  return rule->across;
}

/** ph_frame_rule_get_gap: Returns: the silence that ends a frame, in ns; 0: none does */
gint64
ph_frame_rule_get_gap (const PhFrameRule *rule)
{
  return (gint64) rule->gap * 1000000;
}

const PhFramer *
ph_frame_rule_get_framer (const PhFrameRule *rule)
{
  return rule->framer;
}
