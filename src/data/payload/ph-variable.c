/* ph-variable.c: variables of a message, as rows of a table: their words, and their value in each message
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-variable.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ph-codec.h"
#include "ph-marks.h"

#define NUMBER_WIDTH_MAX 64u

/** PhNumberForm: how a number is written. */
typedef struct
{
  guint width;
  guint base; /* 10 or 16 */
  gboolean zeros, upper;
} PhNumberForm;

#define MICROSECONDS '\001' /* stands for them in the text of a second */

/* A local time takes longer to find out than a datagram to send, and it is the same for a second. */
typedef struct
{
  GMutex lock;
  gint64 second; /* since 1970 */
  char *text;    /* nullable: the time at @second */
} TimeCache;

struct _PhVariable
{
  const PhVariableRow *row;
  gboolean hex;      /* it stands among hex digits */
  PhNumberForm form; /* of a number */
  gint64 first, step; /* of {counter}; the limits of {random_int} */
  guint64 count;     /* bytes of {random} */
  char *words;       /* nullable: the form of a time; the name of a file or a question */
  TimeCache *cache;  /* nullable: of a time */
};

/* ---- numbers ---- */

/* 04x, 4d, x, X and so on. */
static gboolean
parse_form (const char *words, PhNumberForm *ret_form)
{
  PhNumberForm form = { .base = 10 };
  guint64 width = 0;
  char *end;

  form.zeros = *words == '0';
  if (g_ascii_isdigit (*words))
    width = g_ascii_strtoull (words, &end, 10);
  else
    end = (char *) words;
  if (width > NUMBER_WIDTH_MAX || *end == '\0' || end[1] != '\0' || strchr ("dxX", *end) == NULL)
    return FALSE;
  form.width = (guint) width;
  form.base = *end == 'd' ? 10 : 16;
  form.upper = *end == 'X';
  *ret_form = form;

  return TRUE;
}

/* Among hex digits a number has as many digits as its form says: the high ones that do not fit are left out, and zeros stand before one
 * that is too short, as a space is no digit. */
static void
append_number (const PhVariable *variable, gint64 value, GString *out)
{
  const PhNumberForm *form = &variable->form;
  char digits[32];
  gsize length;
  gboolean negative = form->base == 10 && value < 0, zeros = form->zeros || variable->hex;
  guint64 size = negative ? 0 - (guint64) value : (guint64) value;

  length = (gsize) g_snprintf (digits, sizeof digits,
                               form->base == 10 ? "%" G_GINT64_MODIFIER "u" : form->upper ? "%" G_GINT64_MODIFIER "X" : "%" G_GINT64_MODIFIER "x",
                               size);
  if (variable->hex && length > form->width)
    {
      g_string_append_len (out, digits + length - form->width, form->width);
      return;
    }
  if (negative && zeros)
    g_string_append_c (out, '-');
  for (gsize i = length + negative; i < form->width; i++)
    g_string_append_c (out, zeros ? '0' : ' ');
  if (negative && !zeros)
    g_string_append_c (out, '-');
  g_string_append_len (out, digits, (gssize) length);
}

static gboolean
parse_signed (const char *word, gint64 *ret_number)
{
  return g_ascii_string_to_signed (word, 10, G_MININT64, G_MAXINT64, ret_number, NULL);
}

/* ---- the words of each kind ---- */

static gboolean
parse_nothing (PhVariable *variable, const char *arguments)
{
  return arguments == NULL;
}

static gboolean
parse_number (PhVariable *variable, const char *arguments)
{
  return arguments == NULL || parse_form (arguments, &variable->form);
}

static gboolean
parse_counter (PhVariable *variable, const char *arguments)
{
  g_auto (GStrv) words = g_strsplit (arguments != NULL ? arguments : "", ",", -1);

  variable->first = variable->step = 1;
  for (guint i = 0; words[i] != NULL; i++)
    if (!(g_str_has_prefix (words[i], "start=") && parse_signed (words[i] + 6, &variable->first))
        && !(g_str_has_prefix (words[i], "step=") && parse_signed (words[i] + 5, &variable->step))
        && !parse_form (words[i], &variable->form))
      return FALSE;

  return TRUE;
}

static gboolean
parse_random (PhVariable *variable, const char *arguments)
{
  return arguments != NULL
         && g_ascii_string_to_unsigned (arguments, 10, 1, PH_VARIABLE_BYTES_MAX, &variable->count, NULL);
}

static gboolean
parse_random_int (PhVariable *variable, const char *arguments)
{
  g_auto (GStrv) words = g_strsplit (arguments != NULL ? arguments : "", ",", -1);
  guint n = g_strv_length (words);

  return (n == 2 || (n == 3 && parse_form (words[2], &variable->form))) && parse_signed (words[0], &variable->first)
         && parse_signed (words[1], &variable->step) && variable->first <= variable->step;
}

/* @form with a mark in place of each %f. */
static char *
mark_microseconds (const char *form)
{
  GString *marked = g_string_new (NULL);

  for (const char *p = form; *p != '\0'; p++)
    if (p[0] == '%' && p[1] == 'f')
      {
        g_string_append_c (marked, MICROSECONDS);
        p++;
      }
    else
      {
        g_string_append_c (marked, *p);
        if (p[0] == '%' && p[1] != '\0')
          g_string_append_c (marked, *++p);
      }

  return g_string_free (marked, FALSE);
}

static gboolean
parse_time (PhVariable *variable, const char *arguments)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *text = NULL;

  if (arguments != NULL && strchr (arguments, MICROSECONDS) != NULL)
    return FALSE;
  variable->words = mark_microseconds (arguments != NULL ? arguments : "%F %T");
  variable->cache = g_new0 (TimeCache, 1);
  g_mutex_init (&variable->cache->lock);
  text = g_date_time_format (now, variable->words);

  return text != NULL;
}

static gboolean
parse_name (PhVariable *variable, const char *arguments)
{
  variable->words = g_strdup (arguments);

  return arguments != NULL;
}

/* ---- the values of each kind ---- */

static void
append_counter (const PhVariable *variable, const PhValues *values, GString *out)
{
  append_number (variable, (gint64) ((guint64) variable->first + (guint64) variable->step * values->number), out);
}

static void
update_cache (const PhVariable *variable, gint64 second)
{
  TimeCache *cache = variable->cache;
  g_autoptr (GDateTime) time = NULL;

  if (cache->text != NULL && cache->second == second)
    return;
  time = g_date_time_new_from_unix_local (second);
  g_free (cache->text);
  cache->text = time != NULL ? g_date_time_format (time, variable->words) : NULL;
  cache->second = second;
}

static void
append_time (const PhVariable *variable, const PhValues *values, GString *out)
{
  guint microseconds = (guint) (values->time / 1000 % G_USEC_PER_SEC);

  g_mutex_lock (&variable->cache->lock);
  update_cache (variable, values->time / G_GINT64_CONSTANT (1000000000));
  for (const char *p = variable->cache->text; p != NULL && *p != '\0'; p++)
    if (*p == MICROSECONDS)
      g_string_append_printf (out, "%06u", microseconds);
    else
      g_string_append_c (out, *p);
  g_mutex_unlock (&variable->cache->lock);
}

static void
append_unix (const PhVariable *variable, const PhValues *values, GString *out)
{
  append_number (variable, values->time / G_GINT64_CONSTANT (1000000000), out);
}

static void
append_unix_ms (const PhVariable *variable, const PhValues *values, GString *out)
{
  append_number (variable, values->time / 1000000, out);
}

/* A variable at another place has other numbers: @values->random goes on from each to the next. */
static void
append_random (const PhVariable *variable, const PhValues *values, GString *out)
{
  guint64 state = values->random;

  for (guint64 left = variable->count; left > 0;)
    {
      guint64 n = MIN (left, sizeof (guint64)), bits = ph_random_next (&state);

      g_string_append_len (out, (const char *) &bits, (gssize) n);
      left -= n;
    }
}

static void
append_random_int (const PhVariable *variable, const PhValues *values, GString *out)
{
  guint64 state = values->random, span = (guint64) variable->step - (guint64) variable->first + 1;
  guint64 bits = ph_random_next (&state), unfair = span > 0 ? G_MAXUINT64 - (G_MAXUINT64 % span + 1) % span : G_MAXUINT64;

  while (bits > unfair)
    bits = ph_random_next (&state);
  append_number (variable, (gint64) ((guint64) variable->first + (span > 0 ? bits % span : bits)), out);
}

/* RFC 9562, version 4. */
static void
append_uuid (const PhVariable *variable, const PhValues *values, GString *out)
{
  guint64 state = values->random, high = ph_random_next (&state), low = ph_random_next (&state);

  high = (high & ~G_GUINT64_CONSTANT (0xF000)) | 0x4000;
  low = (low & G_GUINT64_CONSTANT (0x3FFFFFFFFFFFFFFF)) | G_GUINT64_CONSTANT (0x8000000000000000);
  g_string_append_printf (out, "%08x-%04x-%04x-%04x-%012" G_GINT64_MODIFIER "x", (guint) (high >> 32), (guint) (high >> 16 & 0xFFFF),
                          (guint) (high & 0xFFFF), (guint) (low >> 48), low & G_GUINT64_CONSTANT (0xFFFFFFFFFFFF));
}

static void
append_peer (const PhVariable *variable, const PhValues *values, GString *out)
{
  g_string_append (out, values->peer);
}

static void
append_local (const PhVariable *variable, const PhValues *values, GString *out)
{
  g_string_append (out, values->local);
}

/* ---- the table ---- */

static const PhVariableRow rows[] = {
  { .id = "counter", .example = "{counter:04x,start=10,step=5}", .number = TRUE, .parse = parse_counter, .append = append_counter,
    .help = N_("1, 2, 3 and so on, one for each message") },
  { .id = "time", .example = "{time:%F %T}", .parse = parse_time, .append = append_time,
    .help = N_("The time of sending, in the form of strftime") },
  { .id = "unix", .example = "{unix}", .number = TRUE, .parse = parse_number, .append = append_unix, .help = N_("Seconds since 1970") },
  { .id = "unix_ms", .example = "{unix_ms}", .number = TRUE, .parse = parse_number, .append = append_unix_ms, .help = N_("Milliseconds since 1970") },
  { .id = "random", .example = "{random:8}", .bytes = TRUE, .parse = parse_random, .append = append_random,
    .help = N_("Random bytes, as many as the number says") },
  { .id = "random_int", .example = "{random_int:1,100}", .number = TRUE, .parse = parse_random_int, .append = append_random_int,
    .help = N_("A random number between two numbers, both included") },
  { .id = "uuid", .example = "{uuid}", .parse = parse_nothing, .append = append_uuid, .help = N_("A random UUID") },
  { .id = "file", .example = "{file:NAME}", .bytes = TRUE, .need = PH_NEED_FILE, .parse = parse_name,
    .help = N_("The bytes of a file, read when the message is sent") },
  { .id = "peer", .example = "{peer}", .parse = parse_nothing, .append = append_peer, .address = TRUE, .help = N_("The address that the message goes to") },
  { .id = "local", .example = "{local}", .parse = parse_nothing, .append = append_local, .address = TRUE, .help = N_("The local address") },
  { .id = "ask", .example = "{ask:LABEL}", .need = PH_NEED_ANSWER, .parse = parse_name,
    .help = N_("What you are asked for before the message is sent") },
};

/** ph_variable_at: Returns: (nullable): a row of the table; %NULL past the last */
const PhVariableRow *
ph_variable_at (guint index)
{
  return index < G_N_ELEMENTS (rows) ? &rows[index] : NULL;
}

static const PhVariableRow *
find (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_str_equal (rows[i].id, id))
      return &rows[i];

  return NULL;
}

static void
refuse (const char *words, const PhVariableRow *row, GError **error)
{
  g_autofree char *shown = ph_marks_dup (words, -1, 64);

  if (row == NULL)
    g_set_error (error, PH_CODEC_ERROR, PH_CODEC_ERROR_VARIABLE, _("“{%s}” is not a variable: write “{{” to send a brace"), shown);
  else
    g_set_error (error, PH_CODEC_ERROR, PH_CODEC_ERROR_VARIABLE, _("“{%s}” is not understood: write it as %s"), shown, row->example);
}

/* A number among hex digits needs a form that makes whole bytes. */
static gboolean
fits_hex (const PhVariable *variable)
{
  return !variable->row->number || (variable->form.base == 16 && variable->form.width > 0 && variable->form.width % 2 == 0);
}

/**
 * ph_variable_new:
 * @words: what stands between the braces, in UTF-8
 * @hex: it stands among hex digits
 * @error: %PH_CODEC_ERROR_VARIABLE
 *
 * Among hex digits a number is hex digits too, and so is an answer; all other values are bytes or text.
 *
 * Returns: (transfer full) (nullable): a variable, which never changes; or %NULL
 */
PhVariable *
ph_variable_new (const char *words, gboolean hex, GError **error)
{
  const char *colon = strchr (words, ':');
  g_autofree char *id = colon != NULL ? g_strndup (words, (gsize) (colon - words)) : g_strdup (words);
  g_autoptr (PhVariable) variable = g_atomic_rc_box_new0 (PhVariable);

  variable->row = find (id);
  variable->hex = hex && variable->row != NULL && variable->row->number;
  variable->form.base = 10;
  if (variable->row == NULL || strlen (words) > PH_VARIABLE_WORDS_MAX || (colon != NULL && colon[1] == '\0')
      || !variable->row->parse (variable, colon != NULL ? colon + 1 : NULL))
    {
      refuse (words, variable->row, error);
      return NULL;
    }
  if (!variable->hex || fits_hex (variable))
    return g_steal_pointer (&variable);
  g_set_error (error, PH_CODEC_ERROR, PH_CODEC_ERROR_VARIABLE,
               /* Translators: the name of a variable comes first */
               _("“{%s}” among hex digits needs to say how many digits it has, such as 02x"), id);

  return NULL;
}

/** ph_variable_ref: Returns: (transfer full): @variable. Any thread. */
PhVariable *
ph_variable_ref (PhVariable *variable)
{
  return g_atomic_rc_box_acquire (variable);
}

static void
variable_clear (gpointer data)
{
  PhVariable *variable = data;

  g_free (variable->words);
  if (variable->cache == NULL)
    return;
  g_mutex_clear (&variable->cache->lock);
  g_free (variable->cache->text);
  g_free (variable->cache);
}

/**
 * ph_variable_unref:
 * @variable: (transfer full):
 *
 * Any thread.
 */
void
ph_variable_unref (PhVariable *variable)
{
  g_atomic_rc_box_release_full (variable, variable_clear);
}

/** ph_variable_is_address: Returns: whether its value is one of the addresses */
gboolean
ph_variable_is_address (const PhVariable *variable)
{
  return variable->row->address;
}

/** ph_variable_get_need: Returns: what has to be known before it has a value; its name lives as long as @variable */
PhNeed
ph_variable_get_need (const PhVariable *variable)
{
  return (PhNeed){ variable->row->need, variable->words };
}

/* Plain text is the same in all encodings of one byte a unit, but for two characters of Shift-JIS. */
static gboolean
is_plain (const PhCharset *charset, const GString *text)
{
  if (charset->unit != 1)
    return FALSE;
  for (gsize i = 0; i < text->len; i++)
    if (text->str[i] < ' ' || text->str[i] > '}' || text->str[i] == '\\')
      return FALSE;

  return TRUE;
}

static gboolean
append_text (const PhCharset *charset, const GString *text, GByteArray *message, GError **error)
{
  g_autoptr (GBytes) encoded = NULL;

  if (is_plain (charset, text))
    {
      g_byte_array_append (message, (const guint8 *) text->str, (guint) text->len);
      return TRUE;
    }
  encoded = ph_charset_encode (charset, text->str, (gssize) text->len, NULL, error);
  if (encoded != NULL)
    g_byte_array_append (message, g_bytes_get_data (encoded, NULL), (guint) g_bytes_get_size (encoded));

  return encoded != NULL;
}

static void
append_digits (const GString *digits, GByteArray *message)
{
  for (gsize i = 0; i + 1 < digits->len; i += 2)
    {
      guint8 byte = (guint8) (g_ascii_xdigit_value (digits->str[i]) << 4 | g_ascii_xdigit_value (digits->str[i + 1]));

      g_byte_array_append (message, &byte, 1);
    }
}

/**
 * ph_variable_append:
 * @variable: one that needs nothing
 * @charset: the encoding of its text
 * @error: %PH_CODEC_ERROR_ENCODING
 *
 * Appends the value in one message. Any thread.
 *
 * Returns: %FALSE if @charset has not all characters of the value
 */
gboolean
ph_variable_append (const PhVariable *variable, const PhCharset *charset, const PhValues *values, GByteArray *message, GError **error)
{
  g_autoptr (GString) value = g_string_sized_new (64);

  variable->row->append (variable, values, value);
  if (variable->hex)
    append_digits (value, message);
  else if (variable->row->bytes)
    g_byte_array_append (message, (const guint8 *) value->str, (guint) value->len);
  else
    return append_text (charset, value, message, error);

  return TRUE;
}

/**
 * ph_random_next:
 * @state: (inout): any number to begin with
 *
 * SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014). It is fast and even, and no secret.
 *
 * Returns: the next random number
 */
guint64
ph_random_next (guint64 *state)
{
  guint64 z = *state += G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);

  z = (z ^ z >> 30) * G_GUINT64_CONSTANT (0xBF58476D1CE4E5B9);
  z = (z ^ z >> 27) * G_GUINT64_CONSTANT (0x94D049BB133111EB);

  return z ^ z >> 31;
}
