/* ph-name-pattern.c: names of files by a pattern, such as {local}-{peer}-{time:%F_%H%M%S}-{n}.txt
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-name-pattern.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ph-error.h"
#include "ph-marks.h"

#define SECOND G_GINT64_CONSTANT (1000000000) /* in nanoseconds */

typedef enum
{
  LITERAL,
  LOCAL,
  PEER,
  TIME,
  NUMBER,
} FieldKind;

/* @text: of a literal, or how a time is written; else NULL */
typedef struct
{
  FieldKind kind;
  char *text;
} Field;

struct _PhNamePattern
{
  GArray *fields; /* of Field */
};

static const struct
{
  const char *name;
  FieldKind kind;
} names[] = { { "local", LOCAL }, { "peer", PEER }, { "time", TIME }, { "n", NUMBER } };

static void
field_clear (gpointer data)
{
  g_free (((Field *) data)->text);
}

void
ph_name_pattern_free (PhNamePattern *pattern)
{
  g_array_unref (pattern->fields);
  g_free (pattern);
}

/* ---- characters of names ---- */

/* Neither a separator of folders, nor what Windows takes in no name. */
static gboolean
is_forbidden (gunichar c)
{
  return c < 0x80 && strchr ("/\\:*?\"<>|", (int) c) != NULL;
}

/* Controls, and characters that change the order or cannot be seen. */
static gboolean
is_special (const char *p)
{
  const char *end = g_utf8_next_char (p);
  gunichar c;

  return ph_marks_next_in (p, &p, end, &c) != PH_MARK_NONE;
}

/* ---- reading a pattern ---- */

static gboolean
fail (GError **error, gsize *ret_at, gsize at, const char *words)
{
  if (ret_at != NULL)
    *ret_at = at;
  g_set_error_literal (error, PH_ERROR, PH_ERROR_INVALID, words);

  return FALSE;
}

static void
add (PhNamePattern *self, FieldKind kind, char *text)
{
  const Field field = { kind, text };

  g_array_append_val (self->fields, field);
}

static gboolean
is_time (const char *form)
{
  g_autoptr (GDateTime) some = g_date_time_new_utc (2026, 1, 31, 23, 59, 58);
  g_autofree char *text = g_date_time_format (some, form);

  return *form != '\0' && text != NULL && *text != '\0';
}

/* Adds the field {@inside}. */
static gboolean
add_field (PhNamePattern *self, const char *inside, gsize at, gsize *ret_at, GError **error)
{
  const char *colon = strchr (inside, ':');
  gsize length = colon != NULL ? (gsize) (colon - inside) : strlen (inside);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (strlen (names[i].name) != length || strncmp (names[i].name, inside, length) != 0)
        continue;
      if (colon != NULL && names[i].kind != TIME)
        return fail (error, ret_at, at, _("only {time:…} has something behind a colon"));
      if (colon != NULL && !is_time (colon + 1))
        return fail (error, ret_at, at, _("this is not how a time is written: see %F, %H%M%S"));
      add (self, names[i].kind, names[i].kind == TIME ? g_strdup (colon != NULL ? colon + 1 : PH_NAME_PATTERN_TIME) : NULL);
      return TRUE;
    }

  return fail (error, ret_at, at, _("there is no such field: choose {local}, {peer}, {time}, {time:%F} or {n}"));
}

/* Reads what begins with a brace at @p. Returns what is behind it; NULL with @error. */
static const char *
read_brace (PhNamePattern *self, const char *text, const char *p, GString *literal, gsize *ret_at, GError **error)
{
  gsize at = (gsize) g_utf8_pointer_to_offset (text, p);
  g_autofree char *inside = NULL;
  const char *end;

  if (p[1] == *p)
    {
      g_string_append_c (literal, *p);
      return p + 2;
    }
  end = *p == '{' ? strchr (p, '}') : NULL;
  if (end == NULL)
    {
      fail (error, ret_at, at, *p == '{' ? _("“{” without “}”; write {{ for the character") : _("“}” without “{”; write }} for the character"));
      return NULL;
    }
  if (literal->len > 0)
    add (self, LITERAL, g_strdup (literal->str));
  g_string_truncate (literal, 0);
  inside = g_strndup (p + 1, (gsize) (end - p - 1));

  return add_field (self, inside, at, ret_at, error) ? end + 1 : NULL;
}

static gboolean
read_pattern (PhNamePattern *self, const char *text, gsize *ret_at, GError **error)
{
  g_autoptr (GString) literal = g_string_new (NULL);
  const char *p = text;

  while (*p != '\0')
    {
      gsize at = (gsize) g_utf8_pointer_to_offset (text, p);
      const char *next = g_utf8_next_char (p);

      if (at >= PH_NAME_PATTERN_MAX)
        return fail (error, ret_at, at, _("the pattern is too long"));
      if (*p == '{' || *p == '}')
        {
          p = read_brace (self, text, p, literal, ret_at, error);
          if (p == NULL)
            return FALSE;
          continue;
        }
      if (is_forbidden (g_utf8_get_char (p)))
        return fail (error, ret_at, at, _("a name cannot have / \\ : * ? \" < > |"));
      if (is_special (p))
        return fail (error, ret_at, at, _("a name cannot have characters that are not seen"));
      g_string_append_len (literal, p, next - p);
      p = next;
    }
  if (literal->len > 0)
    add (self, LITERAL, g_strdup (literal->str));

  return TRUE;
}

/**
 * ph_name_pattern_new:
 * @text: fields {local} {peer} {time} {time:STRFTIME} {n}, and other characters that a name may have; {{ and }} are braces
 * @ret_at: (out) (optional): where the error is, in characters
 *
 * Returns: (transfer full) (nullable): %NULL with @error (%PH_ERROR_INVALID)
 */
PhNamePattern *
ph_name_pattern_new (const char *text, gsize *ret_at, GError **error)
{
  g_autoptr (PhNamePattern) self = g_new0 (PhNamePattern, 1);

  self->fields = g_array_new (FALSE, FALSE, sizeof (Field));
  g_array_set_clear_func (self->fields, field_clear);
  if (!g_utf8_validate (text, -1, NULL))
    {
      fail (error, ret_at, 0, _("the name is not UTF-8"));
      return NULL;
    }
  if (*text == '\0')
    {
      fail (error, ret_at, 0, _("the name is empty"));
      return NULL;
    }

  return read_pattern (self, text, ret_at, error) ? g_steal_pointer (&self) : NULL;
}

/** ph_name_pattern_has_number: Returns: whether {n} is in it */
gboolean
ph_name_pattern_has_number (const PhNamePattern *pattern)
{
  for (guint i = 0; i < pattern->fields->len; i++)
    if (g_array_index (pattern->fields, Field, i).kind == NUMBER)
      return TRUE;

  return FALSE;
}

/* ---- making a name ---- */

/* Appends what a field stands for, with one hyphen for whatever a name must not have: "127.0.0.1-7788", "fe80-1-eth0-80". */
static void
append_part (GString *out, const char *text)
{
  gsize start = out->len;
  guint n = 0;

  for (const char *p = text; *p != '\0' && n < PH_NAME_PATTERN_PART_MAX; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean kept = !is_forbidden (c) && !is_special (p) && (c >= 0x80 || strchr ("[]{}%\t ", (int) c) == NULL);

      if (kept)
        g_string_append_unichar (out, c);
      else if (out->len > start && out->str[out->len - 1] != '-')
        g_string_append_c (out, '-');
      n++;
    }
  while (out->len > start && out->str[out->len - 1] == '-')
    g_string_truncate (out, out->len - 1);
}

static void
append_time (GString *out, const char *form, gint64 time)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_local (time / SECOND);
  g_autofree char *text = date != NULL ? g_date_time_format (date, form) : NULL;

  append_part (out, text != NULL ? text : "");
}

static void
append_field (GString *out, const Field *field, const PhNameValues *values)
{
  switch (field->kind)
    {
    case LITERAL:
      g_string_append (out, field->text);
      break;
    case LOCAL:
      append_part (out, values->local != NULL ? values->local : "local");
      break;
    case PEER:
      append_part (out, values->peer != NULL ? values->peer : "all");
      break;
    case TIME:
      append_time (out, field->text, values->time);
      break;
    case NUMBER:
      g_string_append_printf (out, "%" G_GUINT64_FORMAT, values->number);
      break;
    default:
      g_assert_not_reached ();
    }
}

/* Whether Windows takes @name for a device, whatever its suffix. */
static gboolean
is_device (const char *name)
{
  static const char *const devices[] = { "con", "prn", "aux", "nul", "conin$", "conout$" };
  gsize length = strcspn (name, ".");

  while (length > 0 && name[length - 1] == ' ')
    length--;
  for (gsize i = 0; i < G_N_ELEMENTS (devices); i++)
    if (strlen (devices[i]) == length && g_ascii_strncasecmp (name, devices[i], length) == 0)
      return TRUE;

  return length == 4 && (g_ascii_strncasecmp (name, "com", 3) == 0 || g_ascii_strncasecmp (name, "lpt", 3) == 0)
         && g_ascii_isdigit (name[3]);
}

/* Cuts in front of the suffix, so that the suffix stays. */
static void
limit_length (GString *name)
{
  const char *point = strrchr (name->str, '.'), *end = name->str + name->len;
  gsize suffix = point != NULL && end - point <= 16 ? (gsize) (end - point) : 0, keep;

  if (name->len < PH_NAME_PATTERN_BYTES_MAX)
    return;
  keep = PH_NAME_PATTERN_BYTES_MAX - 1 - suffix;
  keep = (gsize) (g_utf8_find_prev_char (name->str, name->str + keep + 1) - name->str);
  g_string_erase (name, (gssize) keep, (gssize) (name->len - suffix - keep));
}

/**
 * ph_name_pattern_dup_name:
 *
 * Any thread.
 *
 * Returns: (transfer full): a name in UTF-8 without a folder, of 1 to %PH_NAME_PATTERN_BYTES_MAX bytes
 */
char *
ph_name_pattern_dup_name (const PhNamePattern *pattern, const PhNameValues *values)
{
  GString *name = g_string_new (NULL);

  for (guint i = 0; i < pattern->fields->len; i++)
    append_field (name, &g_array_index (pattern->fields, Field, i), values);
  limit_length (name);
  /* Windows drops blanks and points at the end, and nobody wants a name that looks like an option. */
  while (name->len > 0 && strchr (" .", name->str[name->len - 1]) != NULL)
    g_string_truncate (name, name->len - 1);
  if (name->len == 0 || is_device (name->str) || *name->str == '-' || *name->str == ' ')
    g_string_prepend_c (name, '_');

  return g_string_free (name, FALSE);
}
