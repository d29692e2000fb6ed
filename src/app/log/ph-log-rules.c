/* ph-log-rules.c: the highlight rules of the view, and a rule made of what is selected
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-log-rules.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ph-log-private.h"

static guint highlight_signal;

/* ---- rules ---- */

/* The source may be new. */
void
ph_log_rules_apply (PhLogView *self)
{
  ph_log_highlights_set_rules (self->source, self->rules.list);
}

void
ph_log_rules_dispose (PhLogView *self)
{
  g_clear_handle_id (&self->rules.idle, g_source_remove);
  g_clear_pointer (&self->rules.notice, g_free);
  g_clear_pointer (&self->rules.list, g_ptr_array_unref);
}

/**
 * ph_log_view_set_rules:
 * @rules: (element-type PhRule) (transfer none): not changed any more after this
 */
void
ph_log_view_set_rules (PhLogView *self, GPtrArray *rules)
{
  g_return_if_fail (PH_IS_LOG_VIEW (self));

  g_clear_pointer (&self->rules.list, g_ptr_array_unref);
  self->rules.list = g_ptr_array_ref (rules);
  for (guint i = 0; i < rules->len; i++)
    ph_log_style_need_hue (self, ((const PhRule *) g_ptr_array_index (rules, i))->hue);
  if (self->source != NULL)
    ph_log_rules_apply (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
draw_cb (gpointer data)
{
  PhLogView *self = data;
  g_autofree char *notice = g_steal_pointer (&self->rules.notice);

  self->rules.idle = 0;
  if (notice != NULL)
    ph_log_view_tell (self, notice);
  gtk_widget_queue_draw (GTK_WIDGET (self));

  return G_SOURCE_REMOVE;
}

/* Not all rules were tried within the time of a frame: draws again, for the rest of them. */
void
ph_log_rules_go_on (PhLogView *self)
{
  if (self->rules.idle == 0)
    self->rules.idle = g_idle_add (draw_cb, self);
}

/* An expression was too slow for a record on screen: says so, but not while the view is drawn. */
void
ph_log_rules_note_slow (PhLogView *self)
{
  guint64 seq = 0;
  const PhRule *rule = ph_log_highlights_take_slow (self->source, &seq);
  gboolean search = rule == NULL && ph_log_matches_take_slow (self->source, &seq);
  g_autofree char *number = NULL;

  if (rule == NULL && !search)
    return;
  number = ph_format_dup_grouped (ph_log_source_get_number (self->source, seq + 1));
  g_clear_pointer (&self->rules.notice, g_free);
  if (rule != NULL)
    /* Translators: the expression of a rule, and the number of a record */
    self->rules.notice = g_strdup_printf (_("The highlight rule “%s” is too slow for record %s: not all its matches are coloured."),
                                          rule->pattern, number);
  else
    self->rules.notice = g_strdup_printf (_("The expression is too slow for record %s: not all its matches are marked."), number);
  ph_log_rules_go_on (self);
}

/* ---- a rule for what is selected ---- */

static gboolean
has_marks (const PhLogLine *line, guint32 from, guint32 to)
{
  for (guint i = 0; i < line->spans->len; i++)
    {
      const PhLogSpan *span = &g_array_index (line->spans, PhLogSpan, i);

      if ((span->style == PH_LOG_STYLE_MARK || span->style == PH_LOG_STYLE_BAD) && span->end > from && span->start < to)
        return TRUE;
    }

  return FALSE;
}

/* The byte at which the text begins that rules search: a payload, or the words of an event. The length of the line if there
 * is none. */
static guint32
searched_from (const PhLogLine *line)
{
  gboolean none = line->kind == PH_LOG_LINE_HEADER || line->kind == PH_LOG_LINE_NOTICE || line->kind == PH_LOG_LINE_FOLD;

  return none ? line->length : line->body;
}

/**
 * ph_log_rules_dup_selected:
 * Returns: (transfer full) (nullable): the pattern of a rule that matches the selection; %NULL if the selection is not within the
 *   text of one line that rules search
 */
char *
ph_log_rules_dup_selected (PhLogView *self, PhSearchMode *ret_mode)
{
  g_autoptr (PhLogLine) line = NULL;
  g_autofree char *pattern = NULL;
  PhLogPos start, end;
  gboolean bytes;
  guint32 to;

  if (self->source == NULL || !ph_log_select_get (self, &start, &end) || start.entry != end.entry
      || start.line != end.line)
    return NULL;
  line = ph_log_source_dup_line (self->source, start.entry, start.line);
  if (line == NULL || start.index < searched_from (line) || start.index >= line->tail)
    return NULL;
  to = MIN (end.index, line->tail); /* a pattern has no line break */
  bytes = line->kind != PH_LOG_LINE_EVENT && line->accent != PH_LOG_STYLE_EVENT && line->accent != PH_LOG_STYLE_ERROR
          && (line->bytes || has_marks (line, start.index, to));
  *ret_mode = bytes ? PH_SEARCH_HEX : PH_SEARCH_TEXT;
  pattern = bytes ? ph_log_copy_dup (self, PH_LOG_COPY_HEX) : g_strndup (line->text + start.index, to - start.index);
  if (pattern == NULL || *pattern == '\0' || g_utf8_strlen (pattern, -1) > (glong) PH_RULE_PATTERN_MAX)
    return NULL;

  return g_steal_pointer (&pattern);
}

static void
highlight_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PhLogView *self = PH_LOG_VIEW (widget);
  PhSearchMode mode;
  g_autofree char *pattern = ph_log_rules_dup_selected (self, &mode);

  if (pattern == NULL)
    ph_log_view_tell (self, _("Select something in one line first."));
  else
    g_signal_emit (self, highlight_signal, 0, mode, pattern);
}

void
ph_log_rules_class_init (GtkWidgetClass *widget_class)
{
  highlight_signal = g_signal_new ("highlight", G_TYPE_FROM_CLASS (widget_class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_STRING);
  gtk_widget_class_install_action (widget_class, "log.highlight", NULL, highlight_cb);
}
