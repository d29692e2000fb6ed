/* ph-targets.c: makes the list of “Send to”
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-targets.h"

#include <gtk/gtk.h>

struct _PhDefaultTarget
{
  GObject parent_instance;

  /* owned */
  char *text;
  char *address;
};

G_DEFINE_FINAL_TYPE (PhDefaultTarget, ph_default_target, G_TYPE_OBJECT)

enum
{
  PROP_TEXT = 1,
  PROP_ADDRESS,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void
ph_default_target_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_TEXT:
      g_value_set_string (value, PH_DEFAULT_TARGET (object)->text);
      break;
    case PROP_ADDRESS:
      g_value_set_string (value, PH_DEFAULT_TARGET (object)->address);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ph_default_target_finalize (GObject *object)
{
  g_free (PH_DEFAULT_TARGET (object)->text);
  g_free (PH_DEFAULT_TARGET (object)->address);

  G_OBJECT_CLASS (ph_default_target_parent_class)->finalize (object);
}

static void
ph_default_target_class_init (PhDefaultTargetClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = ph_default_target_get_property;
  object_class->finalize = ph_default_target_finalize;

  props[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_ADDRESS] = g_param_spec_string ("address", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
ph_default_target_init (PhDefaultTarget *self)
{
}

/**
 * ph_default_target_new:
 *
 * Returns: (transfer full): an item without a text
 */
PhDefaultTarget *
ph_default_target_new (void)
{
  return g_object_new (PH_TYPE_DEFAULT_TARGET, NULL);
}

/**
 * ph_default_target_set_text:
 * @text: for the list
 * @address: (nullable): for the button, if not @text
 */
void
ph_default_target_set_text (PhDefaultTarget *target, const char *text, const char *address)
{
  g_return_if_fail (PH_IS_DEFAULT_TARGET (target));

  if (address == NULL)
    address = text;
  if (g_strcmp0 (target->text, text) == 0 && g_strcmp0 (target->address, address) == 0)
    return;
  g_free (target->text);
  g_free (target->address);
  target->text = g_strdup (text);
  target->address = g_strdup (address);
  g_object_notify_by_pspec (G_OBJECT (target), props[PROP_TEXT]);
  g_object_notify_by_pspec (G_OBJECT (target), props[PROP_ADDRESS]);
}

/**
 * ph_targets_new:
 *
 * Returns: (transfer full): a list of @first, the peers of @session, and @last
 */
GListModel *
ph_targets_new (PhDefaultTarget *first, PhSession *session, GListStore *last)
{
  GListStore *head = g_list_store_new (G_TYPE_OBJECT);
  GListStore *parts = g_list_store_new (G_TYPE_LIST_MODEL);

  g_list_store_append (head, first);
  g_list_store_append (parts, head);
  g_list_store_append (parts, ph_session_get_peers (session));
  g_list_store_append (parts, last);
  g_object_unref (head);

  return G_LIST_MODEL (gtk_flatten_list_model_new (G_LIST_MODEL (parts)));
}

/**
 * ph_targets_dup_text:
 * @item: (nullable): an item of the list
 * @unused: for the signature of a closure
 *
 * Returns: (transfer full) (nullable): the text that the list shows and searches
 */
char *
ph_targets_dup_text (gpointer item, gpointer unused)
{
  char *text = NULL;

  if (item != NULL)
    g_object_get (item, "address", &text, NULL);

  return text;
}
