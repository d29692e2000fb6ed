/* ph-expression.h: a regular expression whose cost is bounded, and which can be stopped
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _PhExpression PhExpression;

/**
 * PhExpressionText: a text to match.
 * @text: UTF-8, may contain NUL
 * @length: of @text in bytes
 * @limit: no match begins at or behind this byte; more than @length for none
 * @flags: %G_REGEX_MATCH_NOTBOL where @text does not begin at the beginning of the record, or 0
 * @open: more of the record follows behind @text: a match that depends on it is not claimed
 */
typedef struct
{
  const char *text;
  gsize length;
  gsize limit;
  GRegexMatchFlags flags;
  gboolean open;
} PhExpressionText;

/**
 * PhExpressionBudget: when to give up; looked at every few milliseconds at least.
 * @deadline: monotonic µs; 0 for none
 * @stop: (nullable): atomic; not 0 to stop
 */
typedef struct
{
  gint64 deadline;
  const int *stop;
} PhExpressionBudget;

typedef enum
{
  PH_EXPRESSION_NONE,    /* there is no further match */
  PH_EXPRESSION_FOUND,
  PH_EXPRESSION_UNKNOWN, /* given up before that was known */
} PhExpressionResult;

PhExpression *ph_expression_new (const char *pattern, gboolean match_case, GError **error);
void ph_expression_free (PhExpression *expression);
PhExpressionResult ph_expression_next (PhExpression *expression, const PhExpressionText *text, gsize from,
                                       const PhExpressionBudget *budget, gsize *ret_start, gsize *ret_end);
guint64 ph_expression_get_tries (PhExpression *expression);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhExpression, ph_expression_free)

G_END_DECLS
