/* ph-history.c: keeps what was sent or searched for, without duplicates and not without end
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-history.h"

#include "ph-charset.h"
#include "ph-place.h"

#include <string.h>

/* ---- one item ---- */

struct _PhHistoryItem
{
  GObject parent_instance;

  PhPayloadFormat format; /* its charset is the id in the table, or NULL */

  /* owned */
  char *text;
  char *to; /* nullable */
};

G_DEFINE_FINAL_TYPE (PhHistoryItem, ph_history_item, G_TYPE_OBJECT)

enum
{
  PROP_TEXT = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void
ph_history_item_finalize (GObject *object)
{
  g_free (PH_HISTORY_ITEM (object)->text);
  g_free (PH_HISTORY_ITEM (object)->to);

  G_OBJECT_CLASS (ph_history_item_parent_class)->finalize (object);
}

static void
ph_history_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_TEXT)
    g_value_set_string (value, PH_HISTORY_ITEM (object)->text);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
ph_history_item_class_init (PhHistoryItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = ph_history_item_finalize;
  object_class->get_property = ph_history_item_get_property;

  props[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
ph_history_item_init (PhHistoryItem *self)
{
}

/**
 * ph_history_item_get_text:
 *
 * Returns: (transfer none): the text as it was typed
 */
const char *
ph_history_item_get_text (PhHistoryItem *item)
{
  g_return_val_if_fail (PH_IS_HISTORY_ITEM (item), NULL);

  return item->text;
}

/**
 * ph_history_item_get_format:
 *
 * Returns: (transfer none): what the text means; its charset is %NULL where that is not known
 */
const PhPayloadFormat *
ph_history_item_get_format (PhHistoryItem *item)
{
  g_return_val_if_fail (PH_IS_HISTORY_ITEM (item), NULL);

  return &item->format;
}

/**
 * ph_history_item_get_to:
 *
 * Returns: (transfer none) (nullable): the address that was typed to send it to
 */
const char *
ph_history_item_get_to (PhHistoryItem *item)
{
  g_return_val_if_fail (PH_IS_HISTORY_ITEM (item), NULL);

  return item->to;
}

/* ---- the list ---- */

struct _PhHistory
{
  GObject parent_instance;

  guint limit;

  /* owned */
  GPtrArray *items; /* PhHistoryItem, newest first */
};

static GType
ph_history_get_item_type (GListModel *model)
{
  return PH_TYPE_HISTORY_ITEM;
}

static guint
ph_history_get_n_items (GListModel *model)
{
  return PH_HISTORY (model)->items->len;
}

static gpointer
ph_history_get_item (GListModel *model, guint position)
{
  PhHistory *self = PH_HISTORY (model);

  return position < self->items->len ? g_object_ref (g_ptr_array_index (self->items, position)) : NULL;
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

/* Settings hold UTF-8 only, and are no place for large texts. */
static gboolean
is_worth_keeping (const char *text)
{
  gsize length = strlen (text);

  return length > 0 && length <= PH_HISTORY_TEXT_MAX && g_utf8_validate (text, (gssize) length, NULL);
}

static gboolean
is_address (const char *text)
{
  g_auto (PhPlace) place = { 0 };

  return ph_place_parse (text, &place, NULL, NULL);
}

/* Returns: (transfer full): an item that is in no list yet. */
static PhHistoryItem *
make_item (const char *text, const PhPayloadFormat *format, const char *to)
{
  PhHistoryItem *item = g_object_new (PH_TYPE_HISTORY_ITEM, NULL);
  const PhCharset *charset = format != NULL ? ph_charset_find (format->charset) : NULL;

  item->text = g_strdup (text);
  item->to = to != NULL && is_address (to) ? g_strdup (to) : NULL;
  if (charset != NULL)
    {
      item->format = *format;
      item->format.charset = charset->id;
    }

  return item;
}

static gboolean
are_equal (gconstpointer a, gconstpointer b)
{
  const PhHistoryItem *item = a, *other = b;
  const PhPayloadFormat *format = &item->format, *its = &other->format;

  return format->charset == its->charset && format->hex == its->hex && format->escapes == its->escapes
         && format->variables == its->variables && format->line_ending == its->line_ending && g_strcmp0 (format->prefix, its->prefix) == 0
         && g_strcmp0 (format->suffix, its->suffix) == 0 && g_strcmp0 (format->check, its->check) == 0 && g_strcmp0 (item->to, other->to) == 0
         && strcmp (item->text, other->text) == 0;
}

/* Whether an old item is not kept beside a new one: its text is the same, and its format is the same or not known. */
static gboolean
is_repeated (gconstpointer old, gconstpointer item)
{
  const PhHistoryItem *before = old, *now = item;

  return are_equal (before, now) || (before->format.charset == NULL && strcmp (before->text, now->text) == 0);
}

static void
remove_at (PhHistory *self, guint position)
{
  g_ptr_array_remove_index (self->items, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

static void
ph_history_finalize (GObject *object)
{
  g_ptr_array_unref (PH_HISTORY (object)->items);

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
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * ph_history_new:
 * @limit: items to keep, at least 1; %PH_HISTORY_LIMIT but in tests
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

/** ph_history_add: like ph_history_add_to(), for what has no address */
void
ph_history_add (PhHistory *history, const char *text, const PhPayloadFormat *format)
{
  ph_history_add_to (history, text, format, NULL);
}

/**
 * ph_history_add_to:
 * @format: (nullable): what @text means, if it is a message
 * @to: (nullable): the address that was typed to send it to
 *
 * Puts it at the front. A text that is empty, longer than %PH_HISTORY_TEXT_MAX or not UTF-8 is left out.
 */
void
ph_history_add_to (PhHistory *history, const char *text, const PhPayloadFormat *format, const char *to)
{
  g_autoptr (PhHistoryItem) item = NULL;
  guint position;

  g_return_if_fail (PH_IS_HISTORY (history));
  g_return_if_fail (text != NULL);

  if (!is_worth_keeping (text))
    return;
  item = make_item (text, format, to);
  if (g_ptr_array_find_with_equal_func (history->items, item, is_repeated, &position))
    {
      if (position == 0 && are_equal (ph_history_get (history, 0), item))
        return;
      remove_at (history, position);
    }
  else if (history->items->len >= history->limit)
    {
      remove_at (history, history->items->len - 1);
    }
  g_ptr_array_insert (history->items, 0, g_steal_pointer (&item));
  g_list_model_items_changed (G_LIST_MODEL (history), 0, 0, 1);
}

/**
 * ph_history_get:
 * @position: 0 for the newest
 *
 * Returns: (nullable) (transfer none): the item; %NULL past the oldest
 */
PhHistoryItem *
ph_history_get (PhHistory *history, guint position)
{
  g_return_val_if_fail (PH_IS_HISTORY (history), NULL);

  return position < history->items->len ? g_ptr_array_index (history->items, position) : NULL;
}

void
ph_history_clear (PhHistory *history)
{
  guint n;

  g_return_if_fail (PH_IS_HISTORY (history));

  n = history->items->len;
  g_ptr_array_set_size (history->items, 0);
  if (n > 0)
    g_list_model_items_changed (G_LIST_MODEL (history), 0, n, 0);
}

/* ---- settings ---- */

/* Appends an item, unless it must not be kept: settings may have been edited by hand. */
static void
append (PhHistory *self, const char *text, const PhPayloadFormat *format, const char *to)
{
  g_autoptr (PhHistoryItem) item = NULL;

  if (self->items->len >= self->limit || !is_worth_keeping (text))
    return;
  item = make_item (text, format, to);
  if (!g_ptr_array_find_with_equal_func (self->items, item, are_equal, NULL))
    g_ptr_array_add (self->items, g_steal_pointer (&item));
}

static void
tell_all (PhHistory *self)
{
  if (self->items->len > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, self->items->len);
}

/**
 * ph_history_set_texts:
 * @texts: (array zero-terminated=1): newest first
 *
 * Replaces what is there. What cannot be added is left out. What the texts mean is not known.
 */
void
ph_history_set_texts (PhHistory *history, const char *const *texts)
{
  g_return_if_fail (PH_IS_HISTORY (history));
  g_return_if_fail (texts != NULL);

  ph_history_clear (history);
  for (guint i = 0; texts[i] != NULL; i++)
    append (history, texts[i], NULL, NULL);
  tell_all (history);
}

/**
 * ph_history_dup_texts:
 * @longest: bytes; longer texts are left out
 *
 * Returns: (transfer full) (array zero-terminated=1): newest first
 */
char **
ph_history_dup_texts (PhHistory *history, gsize longest)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_return_val_if_fail (PH_IS_HISTORY (history), NULL);

  for (guint i = 0; i < history->items->len; i++)
    {
      const char *text = ph_history_get (history, i)->text;

      if (strlen (text) <= longest)
        g_strv_builder_add (builder, text);
    }

  return g_strv_builder_end (builder);
}

/* The words of an option, which are kept until the program ends: NULL where there are none. */
static const char *
read_words (GVariant *options, const char *name)
{
  const char *words;

  return g_variant_lookup (options, name, "&s", &words) ? g_intern_string (words) : NULL;
}

static PhPayloadFormat
read_format (GVariant *options)
{
  PhPayloadFormat format = { .charset = read_words (options, "encoding"), .prefix = read_words (options, "prefix"),
                             .suffix = read_words (options, "suffix"), .check = read_words (options, "check") };
  const char *ending = read_words (options, "line-ending");

  g_variant_lookup (options, "hex", "b", &format.hex);
  g_variant_lookup (options, "escapes", "b", &format.escapes);
  g_variant_lookup (options, "variables", "b", &format.variables);
  if (ending == NULL || !ph_line_ending_parse (ending, &format.line_ending))
    format.line_ending = PH_LINE_ENDING_NONE;

  return format;
}

/**
 * ph_history_set_messages:
 * @messages: of type %PH_HISTORY_MESSAGES, newest first
 *
 * Replaces what is there. What cannot be added is left out.
 */
void
ph_history_set_messages (PhHistory *history, GVariant *messages)
{
  GVariantIter iter;
  const char *text;
  GVariant *options = NULL;

  g_return_if_fail (PH_IS_HISTORY (history));

  ph_history_clear (history);
  g_variant_iter_init (&iter, messages);
  while (g_variant_iter_loop (&iter, "(&s@a{sv})", &text, &options))
    {
      const PhPayloadFormat format = read_format (options);
      const char *to = NULL;

      g_variant_lookup (options, "to", "&s", &to);
      append (history, text, &format, to);
    }
  tell_all (history);
}

static void
add_option (GVariantBuilder *builder, const char *name, GVariant *value)
{
  g_variant_builder_add (builder, "{sv}", name, value);
}

static void
add_words (GVariantBuilder *builder, const char *name, const char *words)
{
  if (words != NULL)
    add_option (builder, name, g_variant_new_string (words));
}

static void
add_switch (GVariantBuilder *builder, const char *name, gboolean on)
{
  if (on)
    add_option (builder, name, g_variant_new_boolean (TRUE));
}

/* What is not set is left out. */
static void
add_message (GVariantBuilder *builder, const PhHistoryItem *item)
{
  const PhPayloadFormat *format = &item->format;

  g_variant_builder_open (builder, G_VARIANT_TYPE ("(sa{sv})"));
  g_variant_builder_add (builder, "s", item->text);
  g_variant_builder_open (builder, G_VARIANT_TYPE_VARDICT);
  add_switch (builder, "hex", format->hex);
  add_words (builder, "encoding", format->charset);
  add_switch (builder, "escapes", format->escapes);
  add_switch (builder, "variables", format->variables);
  if (format->line_ending != PH_LINE_ENDING_NONE)
    add_words (builder, "line-ending", ph_line_ending_id (format->line_ending));
  add_words (builder, "prefix", format->prefix);
  add_words (builder, "suffix", format->suffix);
  add_words (builder, "check", format->check);
  add_words (builder, "to", item->to);
  g_variant_builder_close (builder);
  g_variant_builder_close (builder);
}

/**
 * ph_history_dup_messages:
 * @longest: bytes; messages with longer texts are left out
 *
 * Returns: (transfer floating): of type %PH_HISTORY_MESSAGES, newest first
 */
GVariant *
ph_history_dup_messages (PhHistory *history, gsize longest)
{
  GVariantBuilder builder;

  g_return_val_if_fail (PH_IS_HISTORY (history), NULL);

  g_variant_builder_init (&builder, G_VARIANT_TYPE (PH_HISTORY_MESSAGES));
  for (guint i = 0; i < history->items->len; i++)
    {
      const PhHistoryItem *item = ph_history_get (history, i);

      if (strlen (item->text) <= longest)
        add_message (&builder, item);
    }

  return g_variant_builder_end (&builder);
}
