/* ph-addresses.c: remembers addresses that were used, with names, and finds them by parts of both
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-addresses.h"

#include "ph-marks.h"
#include "ph-place.h"
#include "ph-plain.h"

#include <string.h>

/* ---- one address ---- */

struct _PhAddress
{
  GObject parent_instance;

  /* owned */
  char *text;
  char *name; /* nullable */
};

G_DEFINE_FINAL_TYPE (PhAddress, ph_address, G_TYPE_OBJECT)

static void
ph_address_finalize (GObject *object)
{
  g_free (PH_ADDRESS (object)->text);
  g_free (PH_ADDRESS (object)->name);

  G_OBJECT_CLASS (ph_address_parent_class)->finalize (object);
}

static void
ph_address_class_init (PhAddressClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ph_address_finalize;
}

static void
ph_address_init (PhAddress *self)
{
}

/** ph_address_get_text: Returns: (transfer none): the address and its port, as ph_place_dup_text() writes them */
const char *
ph_address_get_text (PhAddress *address)
{
  return address->text;
}

/** ph_address_get_name: Returns: (transfer none) (nullable): the name that the user gave it */
const char *
ph_address_get_name (PhAddress *address)
{
  return address->name;
}

/* ---- the list ---- */

struct _PhAddresses
{
  GObject parent_instance;

  /* owned */
  GPtrArray *items; /* PhAddress, newest first */
};

static GType
ph_addresses_get_item_type (GListModel *model)
{
  return PH_TYPE_ADDRESS;
}

static guint
ph_addresses_get_n_items (GListModel *model)
{
  return PH_ADDRESSES (model)->items->len;
}

static gpointer
ph_addresses_get_item (GListModel *model, guint position)
{
  PhAddresses *self = PH_ADDRESSES (model);

  return position < self->items->len ? g_object_ref (g_ptr_array_index (self->items, position)) : NULL;
}

static void
ph_addresses_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = ph_addresses_get_item_type;
  iface->get_n_items = ph_addresses_get_n_items;
  iface->get_item = ph_addresses_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (PhAddresses, ph_addresses, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, ph_addresses_list_model_init))

static void
ph_addresses_finalize (GObject *object)
{
  g_ptr_array_unref (PH_ADDRESSES (object)->items);

  G_OBJECT_CLASS (ph_addresses_parent_class)->finalize (object);
}

static void
ph_addresses_class_init (PhAddressesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ph_addresses_finalize;
}

static void
ph_addresses_init (PhAddresses *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * ph_addresses_new:
 *
 * Returns: (transfer full): an empty list
 */
PhAddresses *
ph_addresses_new (void)
{
  return g_object_new (PH_TYPE_ADDRESSES, NULL);
}

static PhAddress *
get (PhAddresses *self, guint position)
{
  return g_ptr_array_index (self->items, position);
}

/* One form for each address that one can send to; NULL for every other text. */
static char *
dup_plain (const char *text)
{
  g_auto (PhPlace) place = { .port = PH_PORT_UNSET };

  if (!g_utf8_validate (text, -1, NULL) || !ph_place_parse (text, &place, NULL, NULL) || place.kind != PH_PLACE_IP
      || !ph_place_has_name (&place) || place.port <= 0)
    return NULL;

  return ph_place_dup_text (&place);
}

/* A name that can be shown in a line, or NULL for one that is empty. */
static char *
dup_name (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  g_autofree char *start = g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), (glong) PH_ADDRESSES_NAME_MAX));
  g_autofree char *shown = ph_marks_dup (g_strstrip (start), -1, PH_MARKS_NAME_MAX);

  return *shown != '\0' ? g_steal_pointer (&shown) : NULL;
}

static gboolean
find (PhAddresses *self, const char *plain, guint *ret_position)
{
  for (guint i = 0; i < self->items->len; i++)
    if (g_str_equal (get (self, i)->text, plain))
      {
        *ret_position = i;
        return TRUE;
      }

  return FALSE;
}

/* What is left out first: the oldest one without a name; of addresses that all have one, the oldest. */
static guint
find_least (PhAddresses *self)
{
  for (guint i = self->items->len; i > 0; i--)
    if (get (self, i - 1)->name == NULL)
      return i - 1;

  return self->items->len - 1;
}

static void
remove_at (PhAddresses *self, guint position)
{
  g_ptr_array_remove_index (self->items, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

/* @name: (transfer full) (nullable) */
static void
insert (PhAddresses *self, guint position, const char *plain, char *name)
{
  PhAddress *address = g_object_new (PH_TYPE_ADDRESS, NULL);

  address->text = g_strdup (plain);
  address->name = name;
  g_ptr_array_insert (self->items, (int) position, address);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
}

/**
 * ph_addresses_note:
 * @text: an address that was used; what has no port, and any other text, is left out
 *
 * Puts it at the front.
 */
void
ph_addresses_note (PhAddresses *addresses, const char *text)
{
  g_autofree char *plain = NULL, *name = NULL;
  guint position;

  g_return_if_fail (PH_IS_ADDRESSES (addresses));

  plain = dup_plain (text);
  if (plain == NULL)
    return;
  if (find (addresses, plain, &position))
    {
      if (position == 0)
        return;
      name = g_strdup (get (addresses, position)->name);
      remove_at (addresses, position);
    }
  else if (addresses->items->len >= PH_ADDRESSES_LIMIT)
    {
      remove_at (addresses, find_least (addresses));
    }
  insert (addresses, 0, plain, g_steal_pointer (&name));
}

/**
 * ph_addresses_set_name:
 * @name: for the address; empty: none. What cannot be shown in a line becomes marks, what is too long is cut
 *
 * Returns: %FALSE if the address is not in the list
 */
gboolean
ph_addresses_set_name (PhAddresses *addresses, const char *text, const char *name)
{
  g_autofree char *plain = NULL;
  guint position;

  g_return_val_if_fail (PH_IS_ADDRESSES (addresses), FALSE);

  plain = dup_plain (text);
  if (plain == NULL || !find (addresses, plain, &position))
    return FALSE;
  g_ptr_array_remove_index (addresses->items, position);
  g_list_model_items_changed (G_LIST_MODEL (addresses), position, 1, 0);
  insert (addresses, position, plain, dup_name (name));

  return TRUE;
}

/** ph_addresses_remove: does nothing if the address is not in the list */
void
ph_addresses_remove (PhAddresses *addresses, const char *text)
{
  g_autofree char *plain = NULL;
  guint position;

  g_return_if_fail (PH_IS_ADDRESSES (addresses));

  plain = dup_plain (text);
  if (plain != NULL && find (addresses, plain, &position))
    remove_at (addresses, position);
}

/** ph_addresses_find_name: Returns: (transfer none) (nullable): the name of an address, until the list changes */
const char *
ph_addresses_find_name (PhAddresses *addresses, const char *text)
{
  guint position;

  g_return_val_if_fail (PH_IS_ADDRESSES (addresses), NULL);

  return text != NULL && find (addresses, text, &position) ? get (addresses, position)->name : NULL;
}

/* ---- searching ---- */

typedef enum
{
  RANK_NAME_BEGINS,
  RANK_ADDRESS_BEGINS,
  RANK_CONTAINED,
  RANK_NONE
} Rank;

/* @words: each is contained in the name or the address */
static Rank
rank (PhAddress *address, const char *sought, char **words)
{
  g_autofree char *name = g_utf8_casefold (address->name != NULL ? address->name : "", -1);
  g_autofree char *text = g_utf8_casefold (address->text, -1);

  if (*sought != '\0' && g_str_has_prefix (name, sought))
    return RANK_NAME_BEGINS;
  if (g_str_has_prefix (text, sought))
    return RANK_ADDRESS_BEGINS;
  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (name, words[i]) == NULL && strstr (text, words[i]) == NULL)
      return RANK_NONE;

  return RANK_CONTAINED;
}

/**
 * ph_addresses_search:
 * @words: parts of names and addresses; none finds all
 * @most: how many to find
 *
 * Returns: (transfer container) (element-type PhAddress): first those whose name begins with @words, then those whose address does, then the
 *   rest; of each the newest first. They live as long as the list does not change
 */
GPtrArray *
ph_addresses_search (PhAddresses *addresses, const char *words, guint most)
{
  g_autofree char *plain = ph_plain_dup_text (words);
  g_autofree char *sought = g_utf8_casefold (g_strstrip (plain), -1);
  g_auto (GStrv) parts = g_strsplit_set (sought, " \t", -1);
  GPtrArray *found = g_ptr_array_new ();

  for (Rank at = RANK_NAME_BEGINS; at < RANK_NONE; at++)
    for (guint i = 0; i < addresses->items->len && found->len < most; i++)
      if (rank (get (addresses, i), sought, parts) == at)
        g_ptr_array_add (found, get (addresses, i));

  return found;
}

/* ---- settings ---- */

/**
 * ph_addresses_set:
 * @kept: of type %PH_ADDRESSES_TYPE, newest first
 *
 * Replaces what is there. What is no address, or too much, is left out: settings may have been edited by hand.
 */
void
ph_addresses_set (PhAddresses *addresses, GVariant *kept)
{
  GVariantIter iter;
  const char *text, *name;
  guint position, before;

  g_return_if_fail (PH_IS_ADDRESSES (addresses));

  before = addresses->items->len;
  g_ptr_array_set_size (addresses->items, 0);
  g_list_model_items_changed (G_LIST_MODEL (addresses), 0, before, 0);
  g_variant_iter_init (&iter, kept);
  while (addresses->items->len < PH_ADDRESSES_LIMIT && g_variant_iter_next (&iter, "(&s&s)", &text, &name))
    {
      g_autofree char *plain = dup_plain (text);

      if (plain != NULL && !find (addresses, plain, &position))
        insert (addresses, addresses->items->len, plain, dup_name (name));
    }
}

/** ph_addresses_dup: Returns: (transfer floating): of type %PH_ADDRESSES_TYPE, newest first */
GVariant *
ph_addresses_dup (PhAddresses *addresses)
{
  GVariantBuilder builder;

  g_return_val_if_fail (PH_IS_ADDRESSES (addresses), NULL);

  g_variant_builder_init (&builder, G_VARIANT_TYPE (PH_ADDRESSES_TYPE));
  for (guint i = 0; i < addresses->items->len; i++)
    {
      const PhAddress *address = get (addresses, i);

      g_variant_builder_add (&builder, "(ss)", address->text, address->name != NULL ? address->name : "");
    }

  return g_variant_builder_end (&builder);
}
