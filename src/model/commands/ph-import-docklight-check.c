/* ph-import-docklight-check.c: check bytes as Docklight specifies them, in the words of Porthole
 *
 * [ (START, LENGTH) ] NAME [ A | L ] [ @ PLACE ] [ # comment ]. Places count the characters of the sequence from 1, or from its end: -1 is the
 * last. The check bytes replace what stands at their place; they are the last ones unless said, with A those before the last.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include <string.h>

#include "ph-check.h"
#include "ph-import-docklight.h"

static const struct
{
  const char *name;
  const char *words;
} names[] = {
  { "MOD256", "sum-8" },
  { "-MOD256", "lrc" },
  { "LRC", "lrc" },
  { "LRC-ASCII", "lrc,over=hex" },
  { "MOD65536", "sum-16" },
  { "XOR", "xor-8" },
  { "CRC-7", "crc:width=7,poly=0x09,init=0,xorout=0" },
  { "CRC-8", "crc-8" },
  { "CRC-DOW", "crc-8/maxim" },
  { "CRC-CCITT", "crc-16/ccitt-false" },
  { "CRC-XMODEM", "crc-16/xmodem" },
  { "CRC-16", "crc-16/arc" },
  { "CRC-MODBUS", "crc-16/modbus" },
  { "CRC-32", "crc-32" },
};

/* What is specified; 0 where a place or a length is not said. */
typedef struct
{
  char *name;
  int start, length, place;
  gboolean ascii, little;
} Spec;

/* Reads a number behind blanks; FALSE where there is none. */
static gboolean
read_number (const char **at, int *ret_number)
{
  char *end;
  gint64 number = g_ascii_strtoll (*at, &end, 10);

  if (end == *at || ABS (number) > PH_QUICK_COMMAND_TEXT_MAX)
    return FALSE;
  *at = end + strspn (end, " \t");
  *ret_number = (int) number;

  return TRUE;
}

/* FALSE where @character does not stand there. */
static gboolean
pass (const char **at, char character)
{
  if (**at != character)
    return FALSE;
  *at += 1 + strspn (*at + 1, " \t");

  return TRUE;
}

static gboolean
read_range (const char **at, Spec *spec)
{
  if (!pass (at, '('))
    return TRUE;

  return read_number (at, &spec->start) && pass (at, ',') && read_number (at, &spec->length) && pass (at, ')') && spec->start != 0
         && spec->length != 0;
}

static gboolean
read_spec (const char *words, Spec *spec)
{
  const char *at = words + strspn (words, " \t"), *name;

  if (!read_range (&at, spec))
    return FALSE;
  name = at;
  at += strcspn (at, " \t@");
  spec->name = g_strndup (name, (gsize) (at - name));
  at += strspn (at, " \t");
  spec->ascii = pass (&at, 'A');
  spec->little = !spec->ascii && pass (&at, 'L');
  if (pass (&at, '@') && (!read_number (&at, &spec->place) || spec->place == 0))
    return FALSE;

  return *at == '\0';
}

/* CRC:16,1021,FFFF,0000,No,Yes */
static char *
dup_own (const char *name)
{
  g_auto (GStrv) parts = g_strsplit (name, ",", -1);
  gboolean in, out;

  if (g_ascii_strncasecmp (name, "CRC:", 4) != 0 || g_strv_length (parts) != 6)
    return NULL;
  in = g_ascii_strcasecmp (parts[4], "Yes") == 0;
  out = g_ascii_strcasecmp (parts[5], "Yes") == 0;

  return g_strdup_printf ("crc:width=%s,poly=0x%s,init=0x%s%s%s,xorout=0x%s", parts[0] + 4, parts[1], parts[2], in ? ",refin" : "",
                          out ? ",refout" : "", parts[3]);
}

static gboolean
find_check (const Spec *spec, PhCheckSpec *ret_check)
{
  g_autofree char *own = dup_own (spec->name);
  const char *words = own;
  gboolean usual_is_little;

  for (gsize i = 0; i < G_N_ELEMENTS (names) && words == NULL; i++)
    if (g_ascii_strcasecmp (names[i].name, spec->name) == 0)
      words = names[i].words;
  if (words == NULL || !ph_check_parse (words, ret_check, NULL))
    return FALSE;
  usual_is_little = ret_check->row.kind == PH_CHECK_CRC && ret_check->row.crc.refin;
  if (ret_check->row.width > 8 && spec->little != usual_is_little)
    ret_check->order = spec->little ? PH_CHECK_ORDER_LITTLE : PH_CHECK_ORDER_BIG;
  if (spec->ascii)
    ret_check->form = PH_CHECK_FORM_HEX_UPPER;

  return TRUE;
}

/* How many bytes are sent from @from to before @to; -1 where that differs from time to time. */
static int
count_sent (const GArray *kinds, int from, int to)
{
  int n = 0;

  for (int i = from; i < to; i++)
    {
      const PhDocklightKind kind = g_array_index (kinds, PhDocklightKind, i);

      if (kind == PH_DOCKLIGHT_MAYBE)
        return -1;
      n += kind != PH_DOCKLIGHT_FUNCTION;
    }

  return n;
}

/**
 * ph_docklight_check:
 * @words: without the comment
 * @kinds: (element-type PhDocklightKind): of all characters of the sequence
 * @ret_at, @ret_length: (out): the characters that the check bytes replace
 * @ret_check: (out) (transfer full): words for ph_check_parse()
 *
 * Returns: %FALSE where Porthole has no such check bytes
 */
gboolean
ph_docklight_check (const char *words, const GArray *kinds, guint *ret_at, guint *ret_length, char **ret_check)
{
  const int total = (int) kinds->len;
  Spec spec = { 0 };
  gboolean known = read_spec (words, &spec);
  PhCheckSpec check;
  int length, at, begin, end, from, to;

  known = known && find_check (&spec, &check);
  g_clear_pointer (&spec.name, g_free);
  if (!known)
    return FALSE;
  length = (check.row.width + 7) / 8 * (spec.ascii ? 2 : 1);
  at = spec.place > 0 ? spec.place - 1 : total + (spec.place < 0 ? spec.place : -length - spec.ascii);
  begin = spec.start < 0 ? total + spec.start : MAX (spec.start - 1, 0);
  end = spec.length == 0 ? at : spec.length < 0 ? total + spec.length + 1 : begin + spec.length;
  if (at < 0 || at + length > total || begin < 0 || begin > end || end > at)
    return FALSE;
  from = count_sent (kinds, 0, begin);
  to = count_sent (kinds, end, at);
  if (from < 0 || to < 0 || count_sent (kinds, at, at + length) != length)
    return FALSE;
  check.from = (guint32) from;
  check.to = (guint32) to;
  *ret_at = (guint) at;
  *ret_length = (guint) length;
  *ret_check = ph_check_dup_words (&check);

  return TRUE;
}
