/* ph-charset-chooser.c: a drop-down of all encodings that this system has, with a search
 *
 * The button shows the short name, the list the whole one. What is typed is looked for in names, ids and other names. Which encodings
 * the system has is asked when a list is first opened, on a thread of its own, as it may read a disk.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-charset-chooser.h"

#include "ph-charset.h"
#include "ph-choices.h"
#include "ph-compat.h"
#include "ph-send-options.h"
#include "ph-task.h"

#include <glib/gi18n.h>

#define DATA "ph-charset-chooser" /* a Chooser, of its drop-down */

/* The rows are ids, or PH_SEND_ENCODING_SAME. */
typedef struct
{
  GtkDropDown *drop_down; /* borrowed */
  GtkEditable *typed;     /* borrowed; nullable: what is searched for */
  char *same;             /* nullable: the name of the first row */

  GListStore *rows; /* of GtkStringObject */
  gboolean asked;   /* for what the system lacks */
} Chooser;

static void
chooser_free (gpointer data)
{
  Chooser *self = data;

  g_object_unref (self->rows);
  g_free (self->same);
  g_free (self);
}

static const char *
id_of (gpointer row)
{
  return gtk_string_object_get_string (row);
}

/* ---- names ---- */

static char *
dup_name (const Chooser *self, const char *id, gboolean whole)
{
  const PhCharset *charset = ph_charset_find (id);

  if (charset == NULL)
    return g_strdup (self->same);

  return whole ? g_strdup (_(charset->name)) : ph_charset_dup_short_name (charset);
}

static gboolean
contains (const char *text, const char *part)
{
  g_autofree char *folded = g_utf8_casefold (text, -1), *folded_part = g_utf8_casefold (part, -1);

  return strstr (folded, folded_part) != NULL;
}

/* What GTK compares with the text that is typed: where the row matches, that text itself. So every name of a row is found by any
 * part of it, whatever else GTK would compare. */
static char *
dup_searched (GtkStringObject *row, gpointer data)
{
  const Chooser *self = data;
  const char *typed = self->typed != NULL ? gtk_editable_get_text (self->typed) : "";
  const PhCharset *charset = ph_charset_find (id_of (row));
  g_autofree char *name = dup_name (self, id_of (row), TRUE);

  return g_strdup (contains (name, typed) || (charset != NULL && ph_charset_matches (charset, typed)) ? typed : "");
}

static void
setup_cb (GtkListItemFactory *factory, GtkListItem *item, gpointer whole)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (!GPOINTER_TO_INT (whole))
    {
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_width_chars (GTK_LABEL (label), PH_CHOICES_NAME_CHARS);
    }
  gtk_list_item_set_child (item, label);
}

static void
bind_short_cb (GtkListItemFactory *factory, GtkListItem *item, gpointer self)
{
  g_autofree char *name = dup_name (self, id_of (gtk_list_item_get_item (item)), FALSE);

  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)), name);
}

static void
bind_whole_cb (GtkListItemFactory *factory, GtkListItem *item, gpointer self)
{
  g_autofree char *name = dup_name (self, id_of (gtk_list_item_get_item (item)), TRUE);

  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)), name);
}

static GtkListItemFactory *
make_factory (Chooser *self, gboolean whole)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), GINT_TO_POINTER (whole));
  g_signal_connect (factory, "bind", whole ? G_CALLBACK (bind_whole_cb) : G_CALLBACK (bind_short_cb), self);

  return factory;
}

/* ---- rows ---- */

static void
append (Chooser *self, const char *id)
{
  g_autoptr (GtkStringObject) row = gtk_string_object_new (id);

  g_list_store_append (self->rows, row);
}

/* The position of an encoding; a row that was taken away, because the system lacks it, is put back where it is what is set. */
static guint
find (Chooser *self, const char *id)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->rows));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GtkStringObject) row = g_list_model_get_item (G_LIST_MODEL (self->rows), i);

      if (g_strcmp0 (id_of (row), id) == 0)
        return i;
    }
  if (ph_charset_find (id) == NULL)
    return GTK_INVALID_LIST_POSITION;
  append (self, id);

  return n;
}

static void
remove_lacking (Chooser *self)
{
  const char *selected = ph_charset_chooser_get (self->drop_down);

  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->rows)); i > 0; i--)
    {
      g_autoptr (GtkStringObject) row = g_list_model_get_item (G_LIST_MODEL (self->rows), i - 1);
      const PhCharset *charset = ph_charset_find (id_of (row));

      if (charset != NULL && !ph_charset_is_known (charset) && g_strcmp0 (selected, id_of (row)) != 0)
        g_list_store_remove (self->rows, i - 1);
    }
}

static void
ask_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  guint n;
  const PhCharset *charsets = ph_charsets (&n);

  for (guint i = 0; i < n; i++)
    ph_charset_is_known (&charsets[i]);
  g_task_return_boolean (task, TRUE);
}

static void
answered_cb (GObject *drop_down, GAsyncResult *result, gpointer data)
{
  Chooser *self = g_object_get_data (drop_down, DATA);

  if (g_task_propagate_boolean (G_TASK (result), NULL))
    remove_lacking (self);
}

static void
opened_cb (Chooser *self)
{
  g_autoptr (GTask) task = NULL;

  if (self->asked)
    return;
  self->asked = TRUE;
  task = g_task_new (self->drop_down, NULL, answered_cb, NULL);
  ph_task_run (task, ask_thread);
}

/* ---- the drop-down ---- */

/**
 * ph_charset_chooser_fill:
 * @drop_down: is bound to nothing
 * @same: (nullable): the name of a first row, for %PH_SEND_ENCODING_SAME
 */
void
ph_charset_chooser_fill (GtkDropDown *drop_down, const char *same)
{
  Chooser *self = g_new0 (Chooser, 1);
  g_autoptr (GtkListItemFactory) button = make_factory (self, FALSE), list = make_factory (self, TRUE);
  guint n;
  const PhCharset *charsets = ph_charsets (&n);

  self->drop_down = drop_down;
  self->same = g_strdup (same);
  self->rows = g_list_store_new (GTK_TYPE_STRING_OBJECT);
  g_object_set_data_full (G_OBJECT (drop_down), DATA, self, chooser_free);
  if (same != NULL)
    append (self, PH_SEND_ENCODING_SAME);
  for (guint i = 0; i < n; i++)
    append (self, charsets[i].id);
  ph_compat_keep_name (GTK_WIDGET (drop_down));
  gtk_drop_down_set_model (drop_down, G_LIST_MODEL (self->rows));
  self->typed = ph_choices_make_searchable (
    drop_down, gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 0, NULL, G_CALLBACK (dup_searched), self, NULL));
  /* Newer GTK puts its own factories in place of these when it is given what to search. */
  gtk_drop_down_set_list_factory (drop_down, list);
  gtk_drop_down_set_factory (drop_down, button);
  if (self->typed != NULL)
    g_signal_connect_swapped (self->typed, "map", G_CALLBACK (opened_cb), self);
}

static gboolean
id_to_selected_cb (GBinding *binding, const GValue *from, GValue *to, gpointer self)
{
  g_value_set_uint (to, find (self, g_value_get_string (from)));

  return TRUE;
}

static gboolean
selected_to_id_cb (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  Chooser *self = data;
  const char *id = ph_charset_chooser_get (self->drop_down);

  if (id == NULL)
    return FALSE;
  g_value_set_string (to, id);

  return TRUE;
}

/**
 * ph_charset_chooser_bind:
 * @property: a string property of @object that holds the id, or %PH_SEND_ENCODING_SAME
 * @same: (nullable): as in ph_charset_chooser_fill()
 *
 * Fills the drop-down, and binds in both directions; at first the property sets the drop-down.
 */
void
ph_charset_chooser_bind (GtkDropDown *drop_down, gpointer object, const char *property, const char *same)
{
  ph_charset_chooser_fill (drop_down, same);
  g_object_bind_property_full (object, property, drop_down, "selected", G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL,
                               id_to_selected_cb, selected_to_id_cb, g_object_get_data (G_OBJECT (drop_down), DATA), NULL);
}

/** ph_charset_chooser_select: Selects the row of an id. */
void
ph_charset_chooser_select (GtkDropDown *drop_down, const char *id)
{
  gtk_drop_down_set_selected (drop_down, find (g_object_get_data (G_OBJECT (drop_down), DATA), id));
}

/**
 * ph_charset_chooser_get:
 *
 * Returns: (transfer none) (nullable): the id of the selected row
 */
const char *
ph_charset_chooser_get (GtkDropDown *drop_down)
{
  GtkStringObject *row = gtk_drop_down_get_selected_item (drop_down);
  const PhCharset *charset = row != NULL ? ph_charset_find (id_of (row)) : NULL;

  if (charset != NULL)
    return charset->id;

  return row != NULL ? PH_SEND_ENCODING_SAME : NULL;
}
