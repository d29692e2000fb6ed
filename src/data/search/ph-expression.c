/* ph-expression.c: a regular expression whose cost is bounded, and which can be stopped
 *
 * PCRE cannot be interrupted, and its match limit counts anew for each place at which a match may begin. So it is given a short
 * window of the text at a time, and asked to stop where the answer depends on what is behind the window (partial matching). Only
 * then are the places of the window tried one by one, each with as much text as it needs. The result is the same as with the whole
 * text at once.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-expression.h"

#include <string.h>

#include "ph-marks.h"

#define WINDOW 512u /* bytes in which a match may begin, given to one call */
#define WINDOW_MORE 111u /* bytes that are added to it where its end cuts a word */
#define TRY 64u     /* bytes given to the first call for one place, ... */
#define TRY_MORE 8u /* ... and so many times more to each next one */
#define WHOLE_MAX 4096u /* bytes given to an expression that cannot be divided */
/* Backtracking steps: of a window, which is tried again place by place where they do not suffice, and of one place. */
#define WINDOW_LIMIT "(*LIMIT_MATCH=10000)"
#define PLACE_LIMIT "(*LIMIT_MATCH=200000)"

/**
 * PhExpression:
 * @scan: finds the first match; or, if @relaxed, the first place at which there may be one
 * @place: matches only at the place where it begins; without compilation to machine code, whose stack is small
 * @lines: it begins with “.*”, so a match can begin only where a line begins, or where the search does
 * @undivided: it depends on where a search begins
 * @tries: calls of PCRE so far
 */
struct _PhExpression
{
  GRegex *scan, *place;
  gboolean relaxed, lines, undivided;
  guint64 tries;
};

/* GLib's message repeats the whole expression before it says what is wrong. Keeps only the latter. */
static void
shorten (GError *error)
{
  const char *colon = strrchr (error->message, ':'), *wide = g_strrstr (error->message, "：");
  const char *from = wide != NULL && (colon == NULL || wide > colon) ? wide : colon;
  g_autofree char *why = from != NULL ? g_strstrip (g_strdup (g_utf8_next_char (from))) : NULL;

  if (why == NULL || *why == '\0')
    return;
  g_free (error->message);
  error->message = ph_marks_dup (why, -1, PH_MARKS_NAME_MAX);
}

/* With “\b” each window would depend on what is behind it. So returns the expression without it, which matches at the same places
 * and at some more; NULL if it has none, or if fewer places may match without it. */
static char *
relax (const char *pattern)
{
  g_autoptr (GString) relaxed = g_string_new (NULL);
  const char *class = NULL; /* where the brackets begin in which @p is */
  gboolean some = FALSE;

  for (const char *p = pattern; *p != '\0'; p++)
    {
      gboolean possessive = strchr ("*+?}", *p) != NULL && p[1] == '+';

      if (possessive || g_str_has_prefix (p, "(*") || (g_str_has_prefix (p, "(?") && p[2] != ':')
          || g_str_has_prefix (p, "\\Q") || g_str_has_prefix (p, "\\K") || g_str_has_prefix (p, "\\G"))
        return NULL;
      if (p[0] == '\\' && (p[1] == 'b' || p[1] == 'B') && class == NULL)
        {
          g_string_append (relaxed, "(?:)");
          some = TRUE;
          p++;
          continue;
        }
      if (p[0] == '\\' && p[1] != '\0')
        g_string_append_c (relaxed, *p++);
      else if (p[0] == '[' && class == NULL)
        class = p;
      else if (p[0] == ']' && class != NULL && p > class + 1 + (class[1] == '^'))
        class = NULL;
      g_string_append_c (relaxed, *p);
    }

  return some ? g_string_free (g_steal_pointer (&relaxed), FALSE) : NULL;
}

/**
 * ph_expression_new:
 * @error: %G_REGEX_ERROR
 *
 * Returns: (transfer full) (nullable): for one thread at a time; %NULL if @pattern is not valid
 */
PhExpression *
ph_expression_new (const char *pattern, gboolean match_case, GError **error)
{
  g_autofree char *relaxed = relax (pattern);
  g_autofree char *window = g_strconcat (WINDOW_LIMIT, relaxed != NULL ? relaxed : pattern, NULL);
  g_autofree char *place = g_strconcat (PLACE_LIMIT, pattern, NULL);
  GRegexCompileFlags flags = match_case ? 0 : G_REGEX_CASELESS;
  g_autoptr (PhExpression) self = g_new0 (PhExpression, 1);
  g_autoptr (GError) wrong = NULL;
  /* As it was typed, because the message and the place of an error must not include the limit. */
  g_autoptr (GRegex) typed = g_regex_new (pattern, flags, 0, &wrong);

  if (typed == NULL)
    {
      shorten (wrong);
      g_propagate_error (error, g_steal_pointer (&wrong));
      return NULL;
    }
  self->scan = g_regex_new (window, flags | G_REGEX_OPTIMIZE, 0, error);
  self->place = self->scan != NULL ? g_regex_new (place, flags | G_REGEX_ANCHORED, 0, error) : NULL;
  if (self->place == NULL)
    return NULL;
  self->relaxed = relaxed != NULL;
  self->lines = g_str_has_prefix (pattern, ".*") && strpbrk (pattern + 2, "|\\(") == NULL && strchr ("+{", pattern[2]) == NULL;
  self->undivided = strstr (pattern, "\\G") != NULL || strstr (pattern, "(*") != NULL;

  return g_steal_pointer (&self);
}

void
ph_expression_free (PhExpression *expression)
{
  g_clear_pointer (&expression->scan, g_regex_unref);
  g_clear_pointer (&expression->place, g_regex_unref);
  g_free (expression);
}

/**
 * ph_expression_get_tries:
 *
 * Returns: how often PCRE was called so far
 */
guint64
ph_expression_get_tries (PhExpression *expression)
{
  return expression->tries;
}

/* ---- one call ---- */

typedef enum
{
  CALL_NONE,
  CALL_FOUND,
  CALL_MORE,  /* the answer depends on what is behind @end */
  CALL_LIMIT, /* the steps did not suffice */
} Call;

/* Matches @text up to @end from @from on. What is behind @end is neither seen nor guessed. */
static Call
call (PhExpression *self, GRegex *regex, const PhExpressionText *text, gsize from, gsize end, gsize *ret_start, gsize *ret_end)
{
  gboolean cut = end < text->length || text->open;
  GRegexMatchFlags flags = text->flags | (cut ? G_REGEX_MATCH_PARTIAL_HARD : 0);
  g_autoptr (GMatchInfo) info = NULL;
  g_autoptr (GError) error = NULL;
  gboolean found = g_regex_match_full (regex, text->text, end, from, flags, &info, &error);
  int first, last;

  self->tries++;
  if (error != NULL)
    return CALL_LIMIT;
  if (found && g_match_info_fetch_pos (info, 0, &first, &last))
    {
      *ret_start = first;
      *ret_end = MAX (first, last);
      return CALL_FOUND;
    }

  return g_match_info_is_partial_match (info) ? CALL_MORE : CALL_NONE;
}

static gboolean
is_over (const PhExpressionBudget *budget)
{
  return (budget->stop != NULL && g_atomic_int_get (budget->stop) != 0)
         || (budget->deadline > 0 && g_get_monotonic_time () > budget->deadline);
}

/* The end of @length bytes from @from on, moved back to where a character begins. */
static gsize
end_of (const PhExpressionText *text, gsize from, gsize length)
{
  gsize end = from + MIN (length, text->length - from);

  while (end < text->length && end > from && ((guchar) text->text[end] & 0xC0) == 0x80)
    end--;

  return end;
}

static gsize
next_character (const PhExpressionText *text, gsize at)
{
  return at < text->length ? (gsize) (g_utf8_next_char (text->text + at) - text->text) : at + 1;
}

/* ---- place by place ---- */

static gboolean
begins_line (const PhExpressionText *text, gsize at)
{
  const char *before = at > 0 ? g_utf8_prev_char (text->text + at) : NULL;
  gunichar c = before != NULL ? g_utf8_get_char (before) : '\n';

  return (c >= '\n' && c <= '\r') || c == 0x85 || c == 0x2028 || c == 0x2029;
}

static PhExpressionResult
match_at (PhExpression *self, const PhExpressionText *text, gsize at, const PhExpressionBudget *budget, gsize *ret_start,
          gsize *ret_end)
{
  for (gsize length = TRY;; length *= TRY_MORE)
    {
      gsize end = end_of (text, at, length);

      if (is_over (budget))
        return PH_EXPRESSION_UNKNOWN;
      switch (call (self, self->place, text, at, end, ret_start, ret_end))
        {
        case CALL_FOUND:
          return PH_EXPRESSION_FOUND;
        case CALL_NONE:
          return PH_EXPRESSION_NONE;
        case CALL_LIMIT:
          return PH_EXPRESSION_UNKNOWN;
        case CALL_MORE:
          if (end == text->length)
            return PH_EXPRESSION_NONE; /* the text is open, so nothing is claimed */
        }
    }
}

static PhExpressionResult
match_places (PhExpression *self, const PhExpressionText *text, gsize from, gsize to, gboolean begins,
              const PhExpressionBudget *budget, gsize *ret_start, gsize *ret_end)
{
  for (gsize at = from; at < to; at = next_character (text, at))
    {
      PhExpressionResult result;

      if (self->lines && !(begins && at == from) && !begins_line (text, at))
        continue;
      result = match_at (self, text, at, budget, ret_start, ret_end);
      if (result != PH_EXPRESSION_NONE)
        return result;
    }

  return PH_EXPRESSION_NONE;
}

/* ---- the interface ---- */

/* One call for the beginning of the text: such an expression must not be divided, and may cost the square of the length. */
static PhExpressionResult
match_undivided (PhExpression *self, const PhExpressionText *text, gsize from, gsize *ret_start, gsize *ret_end)
{
  switch (call (self, self->scan, text, from, end_of (text, from, WHOLE_MAX), ret_start, ret_end))
    {
    case CALL_FOUND:
      return PH_EXPRESSION_FOUND;
    case CALL_NONE:
      return text->length - from <= WHOLE_MAX ? PH_EXPRESSION_NONE : PH_EXPRESSION_UNKNOWN;
    default:
      return PH_EXPRESSION_UNKNOWN;
    }
}

/* Matches a window from @at on. Where the answer depends on what is behind it, a little more of the text may help: mostly it is the
 * border that cuts a word. *@ret_window becomes the end of the window. */
static Call
scan (PhExpression *self, const PhExpressionText *text, gsize at, gsize *ret_window, gsize *ret_start, gsize *ret_end)
{
  Call result = CALL_MORE;

  for (gsize more = 0; more <= WINDOW_MORE && result == CALL_MORE; more += WINDOW_MORE / 3)
    {
      *ret_window = end_of (text, at, WINDOW + more);
      result = call (self, self->scan, text, at, *ret_window, ret_start, ret_end);
    }

  return result;
}

/**
 * ph_expression_next:
 * @from: where the search begins in the text
 * @ret_start: (out): where the match begins
 * @ret_end: (out): where it ends; not before @ret_start, at which it may be empty
 *
 * Finds the first match from @from on.
 */
PhExpressionResult
ph_expression_next (PhExpression *expression, const PhExpressionText *text, gsize from, const PhExpressionBudget *budget,
                    gsize *ret_start, gsize *ret_end)
{
  gsize limit = MIN (text->limit, text->length + 1);

  if (expression->undivided && from <= text->length)
    return match_undivided (expression, text, from, ret_start, ret_end);
  for (gsize at = from; at < limit;)
    {
      gsize end;
      Call result = scan (expression, text, at, &end, ret_start, ret_end);
      /* A match that begins at the end of the window begins in the next one. */
      gsize next = end < text->length ? end : end + 1;

      PhExpressionResult tried = PH_EXPRESSION_NONE;

      if (result == CALL_FOUND && *ret_start >= limit)
        return PH_EXPRESSION_NONE;
      if (result == CALL_FOUND && !expression->relaxed)
        return PH_EXPRESSION_FOUND;
      if (result == CALL_FOUND)
        {
          gsize place = *ret_start;

          tried = match_at (expression, text, place, budget, ret_start, ret_end);
          next = next_character (text, place);
        }
      else if (result != CALL_NONE)
        tried = match_places (expression, text, at, MIN (next, limit), at == from, budget, ret_start, ret_end);
      if (tried != PH_EXPRESSION_NONE)
        return tried;
      if (is_over (budget) && next < limit)
        return PH_EXPRESSION_UNKNOWN;
      at = next;
    }

  return PH_EXPRESSION_NONE;
}
