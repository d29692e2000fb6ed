/* ph-history.c: what was sent, newest first: a bounded list that a menu shows and settings keep
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-history.h"

#include <string.h>

/* ---- one text ---- */

struct _PhHistoryText
{
  GObject parent_instance;

  /* owned */
  char *text;
};

G_DEFINE_FINAL_TYPE (PhHistoryText, ph_history_text, G_TYPE_OBJECT)

enum
{
  PROP_TEXT = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void
ph_history_text_finalize (GObject *object)
{
  g_free (PH_HISTORY_TEXT (object)->text);

  G_OBJECT_CLASS (ph_history_text_parent_class)->finalize (object);
}

static void
ph_history_text_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_TEXT)
    g_value_set_string (value, PH_HISTORY_TEXT (object)->text);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
ph_history_text_class_init (PhHistoryTextClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = ph_history_text_finalize;
  object_class->get_property = ph_history_text_get_property;

  props[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
ph_history_text_init (PhHistoryText *self)
{
}

/**
 * ph_history_text_get:
 * @text: an item of a history
 *
 * Returns: (transfer none): the text as it was typed
 */
const char *
ph_history_text_get (PhHistoryText *text)
{
  g_return_val_if_fail (PH_IS_HISTORY_TEXT (text), NULL);

  return text->text;
}

/* ---- the list ---- */

struct _PhHistory
{
  GObject parent_instance;

  guint limit;

  /* owned */
  GPtrArray *texts; /* PhHistoryText, newest first */
};

static GType
ph_history_get_item_type (GListModel *model)
{
  return PH_TYPE_HISTORY_TEXT;
}

static guint
ph_history_get_n_items (GListModel *model)
{
  return PH_HISTORY (model)->texts->len;
}

static gpointer
ph_history_get_item (GListModel *model, guint position)
{
  PhHistory *self = PH_HISTORY (model);

  return position < self->texts->len ? g_object_ref (g_ptr_array_index (self->texts, position)) : NULL;
}

static void
ph_history_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = ph_history_get_item_type;
  iface->get_n_items = ph_history_get_n_items;
  iface->get_item = ph_history_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (PhHistory, ph_history, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, ph_history_list_model_init))

/* Whether it can be kept: something, not huge, and text, for settings hold nothing else. */
static gboolean
is_worth_keeping (const char *text)
{
  gsize length = strlen (text);

  return length > 0 && length <= PH_HISTORY_TEXT_MAX && g_utf8_validate (text, (gssize) length, NULL);
}

static PhHistoryText *
make_text (const char *text)
{
  PhHistoryText *item = g_object_new (PH_TYPE_HISTORY_TEXT, NULL);

  item->text = g_strdup (text);

  return item;
}

static gboolean
has_text (gconstpointer item, gconstpointer text)
{
  return strcmp (((const PhHistoryText *) item)->text, text) == 0;
}

static void
remove_at (PhHistory *self, guint position)
{
  g_ptr_array_remove_index (self->texts, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

static void
ph_history_finalize (GObject *object)
{
  g_ptr_array_unref (PH_HISTORY (object)->texts);

  G_OBJECT_CLASS (ph_history_parent_class)->finalize (object);
}

static void
ph_history_class_init (PhHistoryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ph_history_finalize;
}

static void
ph_history_init (PhHistory *self)
{
  self->texts = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * ph_history_new:
 * @limit: texts to keep, at least 1; %PH_HISTORY_LIMIT but in tests
 *
 * Returns: (transfer full): an empty history
 */
PhHistory *
ph_history_new (guint limit)
{
  PhHistory *self = g_object_new (PH_TYPE_HISTORY, NULL);

  self->limit = MAX (limit, 1);

  return self;
}

/**
 * ph_history_add:
 * @history: a history
 * @text: what was sent
 *
 * Puts it at the front. Empty text, what is longer than %PH_HISTORY_TEXT_MAX and what is not UTF-8 is not remembered.
 */
void
ph_history_add (PhHistory *history, const char *text)
{
  guint position;

  g_return_if_fail (PH_IS_HISTORY (history));
  g_return_if_fail (text != NULL);

  if (!is_worth_keeping (text))
    return;
  if (g_ptr_array_find_with_equal_func (history->texts, text, has_text, &position))
    {
      if (position == 0)
        return;
      remove_at (history, position);
    }
  else if (history->texts->len >= history->limit)
    {
      remove_at (history, history->texts->len - 1);
    }
  g_ptr_array_insert (history->texts, 0, make_text (text));
  g_list_model_items_changed (G_LIST_MODEL (history), 0, 0, 1);
}

/**
 * ph_history_get_text:
 * @history: a history
 * @position: 0 for the newest
 *
 * Returns: (nullable) (transfer none): the text; %NULL past the oldest
 */
const char *
ph_history_get_text (PhHistory *history, guint position)
{
  g_return_val_if_fail (PH_IS_HISTORY (history), NULL);

  if (position >= history->texts->len)
    return NULL;
  return ph_history_text_get (g_ptr_array_index (history->texts, position));
}

/**
 * ph_history_clear:
 * @history: a history
 */
void
ph_history_clear (PhHistory *history)
{
  guint n;

  g_return_if_fail (PH_IS_HISTORY (history));

  n = history->texts->len;
  g_ptr_array_set_size (history->texts, 0);
  if (n > 0)
    g_list_model_items_changed (G_LIST_MODEL (history), 0, n, 0);
}

/**
 * ph_history_set_texts:
 * @history: a history
 * @texts: (array zero-terminated=1): newest first, as ph_history_dup_texts() gave them or as a user edited them
 *
 * Replaces what is there. What could not be added is left out.
 */
void
ph_history_set_texts (PhHistory *history, const char *const *texts)
{
  g_return_if_fail (PH_IS_HISTORY (history));
  g_return_if_fail (texts != NULL);

  ph_history_clear (history);
  for (guint i = 0; texts[i] != NULL && history->texts->len < history->limit; i++)
    if (is_worth_keeping (texts[i]) && !g_ptr_array_find_with_equal_func (history->texts, texts[i], has_text, NULL))
      g_ptr_array_add (history->texts, make_text (texts[i]));
  if (history->texts->len > 0)
    g_list_model_items_changed (G_LIST_MODEL (history), 0, 0, history->texts->len);
}

/**
 * ph_history_dup_texts:
 * @history: a history
 *
 * Returns: (transfer full) (array zero-terminated=1): newest first
 */
char **
ph_history_dup_texts (PhHistory *history)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_return_val_if_fail (PH_IS_HISTORY (history), NULL);

  for (guint i = 0; i < history->texts->len; i++)
    g_strv_builder_add (builder, ph_history_get_text (history, i));

  return g_strv_builder_end (builder);
}
